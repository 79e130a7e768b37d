"""What a block looks like on its own: counts that need no lexicon and hold in any script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

# Marks that end a sentence, and marks that may follow them.
SENTENCE_ENDS = frozenset(".!?…。！？｡۔؟।։።។။")
CLOSERS = "\"'”’»›“‘)]）」』】*†‡ \u200b\u200f\u200e"
BULLETS = frozenset("-–—*•·‣◦▪■●○►✓")
QUOTES = frozenset("\"'“„«‘‚»「『")
COLONS = frozenset(":：")
# A character of a script without spaces says about as much as half a word of English.
UNSPACED_WORD = 0.5
# Words from which a block can be prose, and from which it needs no end of a sentence; least share of lower case.
PROSE_WORDS, LONG_PROSE, PROSE_LOWER = 8, 25, 0.35
# Characters of a block that can be prose: so many words of one letter, and blanks between them.
SHORTEST_PROSE = 2 * PROSE_WORDS - 1
# Characters of a block up to which the share of its digits says something.
LONGEST_OF_DIGITS = 120
# Characters that Chinese prose uses all the time and its labels rarely.
HAN_PARTICLES = "的了在是和不有这也就为与对這為與對"
# What counts as the share of lower case in scripts with spaces but without case.
CASELESS_PROSE, CASELESS_LABEL = 0.6, 0.2

_UNSPACED = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u9fff]+"
_KANA, _HAN = "[\u3041-\u309f]+", "[\u30a0-\u9fff]+"

# Characters of a block whose words are counted at once.
STRETCH = 1 << 16


class Shape:
    """The shape of one block. Nothing is counted before somebody asks for it: most blocks are asked next to nothing.

    >>> menu = Shape("Home | News | Sport")
    >>> sentence = Shape("The ferry left at noon, and nobody waved from the pier.")
    >>> menu.words, menu.prose, sentence.words, sentence.prose
    (5.0, False, 11.0, True)
    """

    __slots__ = ("_block", "_counted", "_is_prose")

    def __init__(self, block: str) -> None:
        self._block = block
        self._counted: tuple[float, float] | None = None
        self._is_prose: bool | None = None

    @property
    def words(self) -> float:
        """Words, or half of the characters where the script has no spaces."""
        block = self._block
        spaced = self._counted is None and len(block) <= STRETCH and (block.isascii() or not _may_be_unspaced(block))
        return float(len(block.split())) if spaced else self._counts[0]

    @property
    def prose(self) -> bool:
        """Whether it is a sentence or more: long enough, and ended as sentences are, or long beyond doubt."""
        if self._is_prose is None:
            self._is_prose = self._reads_as_prose()
        return self._is_prose

    def _reads_as_prose(self) -> bool:
        block, least = self._block, PROSE_WORDS if self.ends else LONG_PROSE
        spaced = block.isascii() or not _may_be_unspaced(block)
        if spaced and len(block.split(None, least - 1)) < least:
            return False
        words, lower = self._counts
        return words >= PROSE_WORDS and lower >= PROSE_LOWER and (words >= LONG_PROSE or self.ends)

    @property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return self._last in SENTENCE_ENDS

    @property
    def colon(self) -> bool:
        """Whether it ends in a colon."""
        return self._last in COLONS

    @property
    def digits(self) -> float:
        """The share of digits in a short block."""
        block = self._block
        return sum(map(str.isdigit, block)) / len(block) if len(block) <= LONGEST_OF_DIGITS else 0.0

    @property
    def bullet(self) -> bool:
        """Whether it is an item of a list."""
        return is_bullet(self._block)

    @property
    def quoted(self) -> bool:
        """Whether it opens with a quotation mark."""
        return self._block[0] in QUOTES

    @property
    def _last(self) -> str:
        """The last character but for closing marks, or nothing."""
        return self._block.rstrip(CLOSERS)[-1:]

    @property
    def _counts(self) -> tuple[float, float]:
        """Words, and their share in lower case, or what serves where the script has no case."""
        if self._counted is None:
            self._counted = _counts_of(self._block)
        return self._counted


def _counts_of(block: str) -> tuple[float, float]:
    words, lower, cased = 0, 0, block.isascii()
    for stretch in _stretches(block):
        parts = stretch.split()
        words += len(parts)
        lower += sum(map(str.islower, parts))
        cased = cased or any(part.lower() != part.upper() for part in parts)
    counts = float(words), lower / words
    return counts if block.isascii() else _other_scripts(block, *counts, cased)


def is_bullet(block: str) -> bool:
    """Whether a block is an item of a list."""
    return block[0] in BULLETS and len(block) > 2


def _stretches(block: str) -> Iterator[str]:
    """A block in parts that end with a word: of a long one the words would take many times what it takes."""
    if len(block) <= STRETCH:
        yield block
        return
    start = 0
    while start < len(block):
        space = _pattern(r"\s").search(block, start + STRETCH) if start + STRETCH < len(block) else None
        end = space.start() if space else len(block)
        yield block[start:end]
        start = end


def _other_scripts(block: str, words: float, lower: float, cased: bool) -> tuple[float, float]:  # noqa: FBT001
    """Word count and share of lower case for text that may have neither spaces nor case.

    Where a script has no case, its particles and function characters stand in for it: their usual share in prose is
    scaled to that of lower case.
    """
    unspaced = _count(_UNSPACED, block) if _may_be_unspaced(block) else 0
    if unspaced * 3 > len(block):
        kana, han = _count(_KANA, block), _count(_HAN, block)
        particles = 1.5 * kana if kana else 6.0 * sum(map(block.count, HAN_PARTICLES)) + 0.6 * (unspaced - han)
        return max(words, unspaced * UNSPACED_WORD), min(particles / unspaced, 0.8)
    if not cased:
        return words, CASELESS_PROSE if words >= 7 else CASELESS_LABEL
    return words, lower


def _may_be_unspaced(block: str) -> bool:
    """Whether a third of a block may be of scripts without spaces: such a character has three bytes in UTF-8."""
    return 3 * (len(block.encode(errors="replace")) - len(block)) > 2 * len(block)


def _count(characters: str, block: str) -> int:
    """How many of the characters of a class a block has."""
    return len(block) - len(_pattern(characters).sub("", block))


@cache
def _pattern(characters: str) -> re.Pattern[str]:
    """A class as a pattern, made when it is first used: of large classes that takes as long as a small text."""
    return re.compile(characters)
