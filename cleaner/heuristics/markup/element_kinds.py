"""What elements are by their tag, names and role: what a block in one is, and what it stands in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.batch import Booleans
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.page_tree import MATHML, Element, Markup


def _words(words: str) -> tuple[str, ...]:
    return tuple(words.split())


INLINE = frozenset(
    _words(
        "a abbr acronym b bdi bdo big cite code del em font i ins kbd mark q s samp small span strike strong sub sup "
        "tt u var label time"
    )
).union(MATHML)
"""Elements that stand inside a line: the innermost other one is what a block is."""

OWN = (
    ("p",),
    ("h1",),
    ("h2",),
    ("h3", "h4", "h5", "h6"),
    ("li",),
    ("td", "th", "tr", "table"),
    ("dd", "dt", "dl"),
    ("blockquote",),
    ("pre",),
    ("figcaption", "figure"),
    ("div",),
    ("button", "form"),
    ("section", "article", "main"),
)
"""What a block's own element can be."""

AROUND_TAGS = _words(
    "nav header footer aside article main figure table form ul,ol blockquote section a pre button figcaption li "
    "h1,h2,h3,h4 strong,b em,i small address time cite details"
)
AROUND_ROLES = (
    "navigation,menu,menubar,banner,search,toolbar",
    "complementary,contentinfo,dialog,alertdialog,alert,tablist",
    "main,article,document",
    "articleBody,text,reviewBody,blogPost",
    "author,datePublished,dateModified,headline,alternativeHeadline,description,keywords",
)
"""What a block can stand in: kinds of elements, and of ARIA roles and itemprops (schema.org)."""
HIDDEN = len(AROUND_TAGS) + len(AROUND_ROLES)
"""The number of the last such thing: an element that is hidden."""
_TAG_BITS = {tag: 1 << bit for bit, tags in enumerate(AROUND_TAGS) for tag in tags.split(",")}
_ROLE_BITS = {role: 1 << bit for bit, roles in enumerate(AROUND_ROLES, len(AROUND_TAGS)) for role in roles.split(",")}
_OWN_NUMBERS = {tag: number for number, tags in enumerate(OWN) for tag in tags}

NONE = (False, 0, len(OWN))
"""What `_kind` would say of no element."""

_TOKEN = re.compile("[A-Z]?[a-z]+|[A-Z]+")


KNOWN_WORDS = 100_000
"""Words of class and id whose weights are remembered: sites have many elements of the same names, and a framework's
names stand on many sites."""
KNOWN_MARKS = 1_000
"""Tags and roles of which it is remembered what they make of an element; there are fewer on nearly all sites."""


def tokens_of(tag: str, names: str, role: str) -> frozenset[str]:
    """The words by which an element can be known: its tag, the parts and the wholes of its class and id, its role.

    >>> sorted(tokens_of("div", "storyBody c-12", ""))
    ['<div>', '@c-12', '@storybody', 'body', 'c', 'story']
    """
    tokens = {f"<{tag}>"}
    for whole in names.split():
        tokens.update(_tokens_of_name(whole))
    tokens.update("#" + part.lower() for part in role.split())
    return frozenset(tokens)


def _tokens_of_name(whole: str) -> list[str]:
    return ["@" + whole.lower(), *map(str.lower, _TOKEN.findall(whole))]


class Names:
    """How much each token of an element's tag, names and roles speaks for body: its log odds on many sites."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._bounds_of_name = lru_cache(KNOWN_WORDS)(lambda whole: self._bounds(_tokens_of_name(whole)))
        self._bounds_of_mark = lru_cache(KNOWN_MARKS)(lambda token: self._bounds((token,)))

    def __reduce__(self) -> tuple[type[Names], tuple[Mapping[str, float]]]:
        return Names, (self._weights,)

    @classmethod
    def parse(cls, text: str) -> Names:
        """The names of a file of lines "TOKEN<tab>WEIGHT"."""
        fields = text.rstrip("\n").replace("\n", "\t").split("\t")
        return cls(dict(zip(fields[0::2], map(float, fields[1::2]), strict=True)))

    def score(self, tag: str, names: str, role: str) -> float:
        """The highest and the lowest weight of the `tokens_of` an element together, each 0 if there is none of its
        side."""
        high, low = self._bounds_of_mark(f"<{tag}>")
        for part in role.split() if role else ():
            most, least = self._bounds_of_mark("#" + part.lower())
            high, low = max(high, most), min(low, least)
        for whole in names.split() if names else ():
            most, least = self._bounds_of_name(whole)
            if most > high:  # noqa: PLR1730 - a call takes as long as the rest of the loop
                high = most
            if least < low:  # noqa: PLR1730
                low = least
        return high + low

    def _bounds(self, tokens: Sequence[str]) -> tuple[float, float]:
        """The highest weight and the lowest, each 0 if there is none of its side."""
        known = [weight for weight in map(self._weights.get, tokens) if weight is not None]
        return (max(0.0, *known), min(0.0, *known)) if known else (0.0, 0.0)


class Kinds(NamedTuple):
    """Per element the `number` of its tag and names, -1 behind the last; and by this number, with what is none behind
    the last: whether it stands inside a line, bits of what it is to those within, the number of what it is itself, its
    score by name (-1 for none)."""

    number: Ints
    inline: Booleans
    around: Ints
    own: npt.NDArray[np.int8]
    names: Floats


def kinds_of(markups: Sequence[Markup], names: Names) -> Kinds:
    """The kinds of the elements of some pages. Those that hold no text have the kind of any other: no block is in
    them."""
    numbers: dict[Element, int] = {}
    every = []
    for markup in markups:
        kinds, known = np.asarray(markup.kinds, np.int32), np.zeros(len(markup.elements), np.int32)
        met = np.zeros(len(known), np.bool_)
        met[kinds[np.asarray(markup.first, np.int32) < np.asarray(markup.last, np.int32)]] = True
        elements = markup.elements
        places = np.flatnonzero(met)
        known[places] = [numbers.setdefault(elements[kind], len(numbers)) for kind in places.tolist()]
        every.append(known.take(kinds))
    if not numbers:
        numbers[Element("")] = 0
    inline, around, own = np.array([*(_kind(tag, role, hidden) for tag, _, role, hidden in numbers), NONE]).T
    scores = [*(names.score(tag, said, role) for tag, said, role, _ in numbers), -1]
    number = np.concatenate([*every, np.array([-1], np.int32)])
    return Kinds(
        number, inline.astype(np.bool_), around.astype(np.int32), own.astype(np.int8), np.array(scores, np.float32)
    )


@lru_cache(KNOWN_MARKS)
def _kind(tag: str, role: str, hidden: bool) -> tuple[bool, int, int]:  # noqa: FBT001 - a column
    around = _TAG_BITS.get(tag, 0) | (hidden << HIDDEN)
    for part in role.split():
        around |= _ROLE_BITS.get(part, 0)
    return tag in INLINE, around, _OWN_NUMBERS.get(tag, len(OWN))
