"""What a block looks like on its own: counts that need no lexicon and hold in any script."""

from __future__ import annotations

from typing import NamedTuple

# Marks that end a sentence, in the scripts of the gold pages, and marks that may follow them.
SENTENCE_ENDS = frozenset(".!?…。！？｡۔؟।")
CLOSERS = "\"'”’»›“‘)]）」』】*†‡ \u200b\u200f\u200e"
SEPARATORS = frozenset("|›»·•→←▸▶⋅/&+#@©↩✓×")
BULLETS = frozenset("-–—*•·‣◦▪■●○►✓")
COMMAS = frozenset(",;，、،；")
# A character of a script without spaces says about as much as half a word of English.
UNSPACED_WORD = 0.5
# Words from which a block can be prose, and from which it needs no end of a sentence; least share of lower case.
PROSE_WORDS, LONG_PROSE, PROSE_LOWER = 8, 25, 0.35
# Characters that Chinese prose uses all the time and its labels rarely.
HAN_PARTICLES = "的了在是和不有这也就为与对這為與對"
# What counts as the share of lower case in scripts with spaces but without case.
CASELESS_PROSE, CASELESS_LABEL = 0.6, 0.2


class Shape(NamedTuple):
    """Counts of one block.

    `words` counts words, or half of the characters where the script has no spaces. `lower` is the share of words in
    lower case, or what serves where the script has no case. `times` is how often the same text stands in the document
    as a block.
    """

    words: float
    ends: bool
    lower: float
    commas: int
    digits: float
    separators: int
    upper: bool
    bullet: bool
    fragment: bool
    times: int
    colon: bool
    quoted: bool

    @property
    def prose(self) -> bool:
        """A sentence or more: long enough, and ended as sentences are, or long beyond doubt."""
        return self.words >= PROSE_WORDS and self.lower >= PROSE_LOWER and (self.ends or self.words >= LONG_PROSE)


def shape_of(block: str, times: int = 1) -> Shape:
    """The shape of one block that stands `times` times in its document.

    >>> menu = shape_of("Home | News | Sport")
    >>> sentence = shape_of("The ferry left at noon, and nobody waved from the pier.")
    >>> menu.prose, menu.separators, sentence.prose, sentence.commas
    (False, 2, True, 1)
    """
    words, lower = words_of(block)
    last = _last(block)
    short = len(block) <= 120
    return Shape(
        words=words,
        ends=last in SENTENCE_ENDS,
        lower=lower,
        commas=sum(map(block.count, COMMAS)) if not block.isascii() else block.count(",") + block.count(";"),
        digits=sum(map(str.isdigit, block)) / len(block) if short else 0.0,
        separators=sum(map(SEPARATORS.__contains__, block)) if short else 0,
        upper=short and block.isupper(),
        bullet=is_bullet(block),
        fragment=block[0].islower() or block[0] in ",.;:)!?",
        times=times,
        colon=last in {":", "："},
        quoted=block[0] in "\"'“„«‘‚»「『",
    )


def is_prose(block: str) -> bool:
    """What `Shape.prose` says of a block, for less.

    >>> is_prose("The ferry left at noon, and nobody waved from the pier."), is_prose("The ferry left at noon.")
    (True, False)
    """
    if block.isascii() and len(block.split(None, PROSE_WORDS - 1)) < PROSE_WORDS:
        return False
    words, lower = words_of(block)
    return words >= PROSE_WORDS and lower >= PROSE_LOWER and (words >= LONG_PROSE or _last(block) in SENTENCE_ENDS)


def words_of(block: str) -> tuple[float, float]:
    """Words of a block and their share in lower case."""
    parts = block.split()
    words = float(len(parts))
    lower = sum(map(str.islower, parts)) / words
    return (words, lower) if block.isascii() else _other_scripts(block, words, lower)


def _last(block: str) -> str:
    """The last character but for closing marks, or nothing."""
    return block.rstrip(CLOSERS)[-1:]


def is_bullet(block: str) -> bool:
    """Whether a block is an item of a list."""
    return block[0] in BULLETS and len(block) > 2


def _other_scripts(block: str, words: float, lower: float) -> tuple[float, float]:
    """Word count and share of lower case for text that may have neither spaces nor case.

    Where a script has no case, its particles and function characters stand in for it: their usual share in prose is
    scaled to that of lower case.
    """
    han = kana = other = 0
    for character in block:
        if character > "\u0dff":
            if "\u3041" <= character <= "\u309f":
                kana += 1
            elif "\u30a0" <= character <= "\u9fff":
                han += 1
            elif "\u0e00" <= character <= "\u0eff" or "\u1000" <= character <= "\u109f":
                other += 1
    unspaced = han + kana + other
    if unspaced * 3 > len(block):
        words = max(words, unspaced * UNSPACED_WORD)
        particles = 1.5 * kana if kana else 6.0 * sum(map(block.count, HAN_PARTICLES)) + 0.6 * other
        return words, min(particles / unspaced, 0.8)
    if block.lower() == block.upper():
        return words, CASELESS_PROSE if words >= 7 else CASELESS_LABEL
    return words, lower
