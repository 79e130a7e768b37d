"""A text as arrays: characters and words.

Everything is computed for all documents of a batch at once, in numpy, so that no Python loop runs per line. Words are
known by a 64-bit polynomial hash of their case-folded characters (the Rabin-Karp fingerprint, wrapped to 64 bits). In
scripts that write no spaces (Han, kana, Thai, Lao, Burmese, Khmer) and in Hangul each character is a word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache, cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.shapes import SENTENCE_ENDS
from cleaner.lines import codes_of

Floats = npt.NDArray[Any]
Ints = npt.NDArray[Any]
Hashes = npt.NDArray[Any]

SPACE, LOWER, UPPER, CASELESS, DIGIT, IDEOGRAPH = 0, 1, 2, 3, 4, 5
STOP, COMMA, COLON, QUOTE, BRACKET, DASH, SEPARATOR, CURRENCY, MARK, OTHER = 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
CLASSES = 16

_SPECIAL = {
    STOP: "".join(sorted(SENTENCE_ENDS)),
    COMMA: ",;，、；،؛､",
    COLON: ":：",
    QUOTE: "\"'“”„‟‘’‚‛«»‹›「」『』＂",
    BRACKET: "()[]{}（）【】〔〕［］",
    DASH: "-–—―‐‑‒−",
    SEPARATOR: "|/\\•·●▪■◆►▶→←»›>＞<｜／・*#~",
    CURRENCY: "$€£¥₹₽₩%",
    MARK: "©®™@_=+^`",
}
_SAME = str.maketrans(
    {
        **dict.fromkeys("ı", "i"),  # I is the capital of both
        **dict.fromkeys("ş", "ș"),
        **dict.fromkeys("ţ", "ț"),
        **dict(zip("άέήίΐόύΰώς", "αεηιιουυωσ", strict=True)),  # capitals have no accents, and one sigma
        **dict.fromkeys("ё", "е"),
        **dict.fromkeys("أإآ", "ا"),
        **dict.fromkeys("يى", "ی"),
        **dict.fromkeys("ك", "ک"),
    }
)
"""Small letters that pages write for one another, by their capitals or their keyboards, and the one that stands for
them in a hash."""
_COMMON = 0x180
"""Latin letters and marks, which need not be looked for in a text."""
PIECE = 1 << 15
"""Characters or words that are worked on at once where numbers of eight bytes are needed for each."""

_PRIME = 0x100000001B3
_INVERSE = pow(_PRIME, -1, 1 << 64)


_BY_CHARACTER = {character: kind for kind, characters in _SPECIAL.items() for character in characters}
_BY_UNICODE = {"Ll": LOWER, "Lu": UPPER, "Lt": UPPER, "Lo": CASELESS, "Lm": CASELESS, "Mn": CASELESS, "Mc": CASELESS}
_BY_UNICODE |= {"Nd": DIGIT, "Zs": SPACE, "Zl": SPACE, "Zp": SPACE}
_IDEOGRAPHS = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF)),  # Thai and Lao, Burmese, Khmer
    *((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF)),  # kana, Han, Hangul
)


def _class_of(code: int) -> int:
    character = chr(code)
    if character in _BY_CHARACTER:
        return _BY_CHARACTER[character]
    if code < 33:
        return SPACE
    kind = _BY_UNICODE.get(unicodedata.category(character), OTHER)
    alone = kind != DIGIT and any(first <= code <= last for first, last in _IDEOGRAPHS)
    return IDEOGRAPH if alone else kind


def _term_of(code: int) -> int:
    """What a character adds to a hash: the code of its small letter, or of the one that stands for it, and 1."""
    return ord(chr(code).lower()[0].translate(_SAME)) + 1


@cache
def _common() -> tuple[npt.NDArray[np.uint8], Hashes]:
    """The classes and terms of the characters that occur nearly everywhere."""
    classes = np.array([_class_of(code) for code in range(_COMMON)], np.uint8)
    return classes, np.array([_term_of(code) for code in range(_COMMON)], np.uint64)


@cache
def _powers(base: int) -> Hashes:
    """The first `PIECE` powers of a number."""
    powers = np.full(PIECE, base, np.uint64)
    powers[0] = 1
    return np.cumprod(powers, dtype=np.uint64)


def _power(base: int, exponent: int) -> Hashes:
    """One power of a number, as an array: of those an overflow is no warning."""
    return np.array([pow(base, exponent, 1 << 64)], np.uint64)


def character_set(characters: str) -> npt.NDArray[np.bool_]:
    """A set of characters, of which `held` asks: for each code up to the highest, and one more, whether it is in it."""
    codes = [ord(character) for character in characters]
    holds = np.zeros(max(codes) + 2, np.bool_)
    holds[codes] = True
    return holds


def held(codes: Ints, characters: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which of the codes a set of characters holds."""
    return np.asarray(characters.take(codes, mode="clip"))


def among(numbers: Ints, known: Ints) -> npt.NDArray[np.bool_]:
    """Which of the numbers are among the known ones, which are in order. Of few `numpy.isin` takes much longer."""
    return np.asarray(known.take(known.searchsorted(numbers), mode="clip") == numbers)


def places_of(flags: npt.NDArray[np.bool_]) -> Ints:
    """Where a flag is true, as numbers of four bytes while that is enough: a text has many words."""
    kind = np.int32 if len(flags) <= np.iinfo(np.int32).max else np.int64
    places = np.empty(int(np.count_nonzero(flags)), kind)
    edge = 0
    for low in range(0, len(flags), PIECE):
        here = np.flatnonzero(flags[low : low + PIECE])
        np.add(here, low, out=places[edge : edge + len(here)], casting="same_kind")
        edge += len(here)
    return places


class Words:
    """The words of a text in order: half-open character offsets and, on demand, hashes."""

    def __init__(self, starts: Ints, ends: Ints, make: Callable[[Ints, Ints], Hashes]) -> None:
        self.starts, self.ends, self._make = starts, ends, make

    @cached_property
    def hashes(self) -> Hashes:
        """A hash of each word."""
        make: Callable[[Ints, Ints], Hashes] = self.__dict__.pop("_make")  # it holds the characters
        return make(self.starts, self.ends)


class Characters:
    """The characters of one text as arrays: `codes`, `classes` and, on demand, `words`.

    What is to be put together of other texts, `text` gives when it is needed; nobody holds it then.
    """

    def __init__(self, text: str | Callable[[], str]) -> None:
        self._text = text
        codes = self.codes
        size = max(int(codes.max(initial=0)) + 1, _COMMON)
        occurs = np.zeros(size, np.bool_)
        occurs[codes[codes >= _COMMON]] = True
        present = np.flatnonzero(occurs)
        classes, terms = np.zeros(size, np.uint8), np.zeros(size, np.uint64)
        classes[:_COMMON], terms[:_COMMON] = _common()
        classes[present] = [_class_of(code) for code in present.tolist()]
        terms[present] = [_term_of(code) for code in present.tolist()]
        self._classes, self._terms = classes, terms

    @cached_property
    def codes(self) -> npt.NDArray[np.unsignedinteger[Any]]:
        """The characters as numbers."""
        return codes_of(self._text if isinstance(self._text, str) else self._text())

    @cached_property
    def classes(self) -> npt.NDArray[np.uint8]:
        """The class of each character."""
        classes = np.empty(len(self.codes), np.uint8)
        for low in range(0, len(classes), PIECE):
            self._classes.take(self.codes[low : low + PIECE], mode="clip", out=classes[low : low + PIECE])
        return classes

    def forget(self) -> None:
        """Free the arrays; whoever asks for one again, has it made again."""
        self.forget_codes()
        self.forget_words()

    def forget_codes(self) -> None:
        """Free those of characters, once the words have hashes."""
        for name in ("codes", "classes"):
            self.__dict__.pop(name, None)

    def forget_words(self) -> None:
        """Free those of words."""
        self.__dict__.pop("words", None)

    @cached_property
    def words(self) -> Words:
        """Runs of letters, marks and digits; each ideograph alone."""
        joined = np.zeros(len(self.classes) + 2, np.bool_)
        np.subtract(self.classes, LOWER, out=joined[1:-1].view(np.uint8))  # what is below wraps around
        np.less_equal(joined[1:-1].view(np.uint8), DIGIT - LOWER, out=joined[1:-1])
        ideographs = self.classes == IDEOGRAPH
        if ideographs.any():
            opens, closes = joined[1:] > joined[:-1], joined[1:] < joined[:-1]
            opens[:-1] |= ideographs
            closes[1:] |= ideographs
            starts, ends = places_of(opens), places_of(closes)
        else:
            edges = places_of(joined[1:] != joined[:-1])
            starts, ends = edges[0::2].copy(), edges[1::2].copy()
        return Words(starts, ends, partial(_hashes, self.codes, self._terms))


def _hashes(codes: Ints, terms_of: Hashes, starts: Ints, ends: Ints) -> Hashes:
    """sum(c[i] * p**i) over the word, divided by p**start: the same word hashes alike wherever it stands."""
    hashes = np.zeros(len(starts), np.uint64)
    sums = np.zeros(PIECE + 1, np.uint64)
    for low in range(0, len(codes), PIECE):
        terms = terms_of.take(codes[low : low + PIECE], mode="clip")
        high = low + len(terms)
        terms *= _powers(_PRIME)[: len(terms)]
        np.cumsum(terms, out=sums[1 : len(terms) + 1])
        # of the type of those that are searched, or these would be made anew as others
        first = np.searchsorted(starts, starts.dtype.type(low))
        last = np.searchsorted(ends, ends.dtype.type(high), side="right")
        inside = slice(first, max(first, last))
        begin, end = (np.subtract(edges[inside], low, dtype=np.intp) for edges in (starts, ends))
        here = hashes[inside]
        np.subtract(sums.take(end, mode="clip"), sums.take(begin, mode="clip"), out=here)
        here *= _powers(_INVERSE).take(begin, mode="clip")
        if first and ends[first - 1] > low:  # what a word has here that began before
            rest = sums[np.minimum(ends[first - 1 : first], high) - low]
            hashes[first - 1 : first] += rest * _power(_PRIME, low - int(starts[first - 1]))
        if last < len(starts) and low <= starts[last] < high:  # and of one that goes on
            begin = starts[last : last + 1] - low
            hashes[last : last + 1] = (sums[len(terms) :][:1] - sums[begin]) * _powers(_INVERSE)[begin]
    for low in range(0, len(hashes), PIECE):
        hashes[low : low + PIECE] = _mix(hashes[low : low + PIECE])
    return hashes


def _mix(hashes: Hashes) -> Hashes:
    """Spread the bits (the finaliser of splitmix64), so that the top bits serve as a table index."""
    mixed = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    result: Hashes = mixed ^ (mixed >> np.uint64(31))
    return result
