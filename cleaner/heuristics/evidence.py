"""Which prompt a block names: look-ups of lexicon phrases by their first words, in time linear in the block.

A phrase of one word counts where it is the whole block or opens it; a longer one also inside a short block. Where
words have no spaces, two characters serve for two words.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple, TypeVar

from cleaner.heuristics import lexicon

Key = TypeVar("Key")
Place = Literal["whole", "start", "inside"]
PLACES: tuple[Place, ...] = ("whole", "start", "inside")
# Kinds in the order in which they win where a phrase stands under several.
KINDS = (
    "consent",
    "paywall",
    "newsletter",
    "comments",
    "share",
    "advertisement",
    "media",
    "credit",
    "footer",
    "author-bio",
    "sign-off",
    "byline",
    "tags",
    "more",
    "navigation",
)
# A prompt inside a longer block is a mention in prose; of such a block only the opening is read.
LONGEST_SEARCHED = 240
OPENING = 80
# A single word opens a label of at most so many words; in a longer block it opens a sentence.
LONGEST_LABELLED = 7
MARKS = " \t\u00a0:：.…!?,;|·•»«›‹→←▸▶►-–—*#+()[]（）【】「」\"'“”‘’\u200b"


class Evidence(NamedTuple):
    """`kind` is the lexicon kind, `place` where the phrase stands, `share` the part of the block that it covers."""

    kind: str
    phrase: str
    place: Place
    share: float

    @property
    def strong(self) -> bool:
        """Whether the prompt says what the block is, rather than being mentioned in it."""
        return self.share >= (0.5 if self.place == "inside" else 0.35)


class _Index(NamedTuple):
    """Phrases by their whole, by their first two words, and by their first two characters.

    `closing` holds those with a colon behind them ("wrote:"), which inside a block count at its end only.
    """

    whole: dict[str, str]
    by_words: dict[tuple[str, str], tuple[str, ...]]
    by_characters: dict[str, tuple[str, ...]]
    closing: frozenset[str]


@cache
def _index() -> _Index:
    whole: dict[str, str] = {}
    by_words: dict[tuple[str, str], list[str]] = {}
    by_characters: dict[str, list[str]] = {}
    closing: set[str] = set()
    for kind in KINDS:
        for phrase in lexicon.phrases(kind):
            words = _words(phrase)
            bare = " ".join(words)
            if len(bare) < 2 <= len(phrase) or bare in whole:
                continue
            whole[bare] = kind
            if phrase.endswith(":"):
                closing.add(bare)
            if _unspaced(bare):
                by_characters.setdefault(bare[:2], []).append(bare)
            elif len(words) > 1:
                by_words.setdefault((words[0], words[1]), []).append(bare)
    return _Index(whole, _frozen(by_words), _frozen(by_characters), frozenset(closing))


def _frozen(groups: dict[Key, list[str]]) -> dict[Key, tuple[str, ...]]:
    return {key: tuple(sorted(phrases, key=len, reverse=True)) for key, phrases in groups.items()}


def _words(text: str) -> list[str]:
    return [word for part in text.split() if (word := part.strip(MARKS))]


def _unspaced(text: str) -> bool:
    return not text.isascii() and any("\u0e00" <= c <= "\u0eff" or "\u3040" <= c <= "\u9fff" for c in text)


def evidence(block: str) -> Evidence | None:
    """The prompt that the block names, or None. The whole block wins over its opening, that over its inside.

    >>> evidence("Sign up for our newsletter")[0::2]
    ('newsletter', 'start')
    >>> evidence("The river rose by night.") is None
    True
    """
    index = _index()
    long = len(block) > LONGEST_SEARCHED
    words = _words(lexicon.fold(block[:OPENING] if long else block))
    text = " ".join(words)
    kind = index.whole.get(text)
    if kind is not None and not long:
        return Evidence(kind, text, "whole", 1.0)
    phrase = _opening(words, text, index)
    if phrase:
        return Evidence(index.whole[phrase], phrase, "start", len(phrase) / len(block))
    phrase = "" if long else _inside(words, text, index)
    if phrase:
        return Evidence(index.whole[phrase], phrase, "inside", len(phrase) / len(block))
    return None


def _opening(words: list[str], text: str, index: _Index) -> str:
    """The longest phrase that opens the block, or an empty text."""
    for phrase in index.by_words.get((words[0], words[1]), ()) if len(words) > 1 else ():
        if text.startswith(phrase + " "):
            return phrase
    for phrase in index.by_characters.get(text[:2], ()):
        if text.startswith(phrase):
            return phrase
    return words[0] if len(words) <= LONGEST_LABELLED and words and words[0] in index.whole else ""


def _inside(words: list[str], text: str, index: _Index) -> str:
    """The longest phrase that stands inside the block, or an empty text."""
    best = ""
    padded = f" {text} "
    by_words = index.by_words
    for pair in pairwise(words):
        if pair in by_words:
            for phrase in by_words[pair]:
                if len(phrase) <= len(best) or f" {phrase} " not in padded:
                    continue
                if phrase not in index.closing or text.endswith(phrase):
                    best = phrase
    if not text.isascii():
        by_characters = index.by_characters
        for position in range(len(text) - 1):
            for phrase in by_characters.get(text[position : position + 2], ()):
                if len(phrase) > len(best) and text.startswith(phrase, position):
                    best = phrase
    return best
