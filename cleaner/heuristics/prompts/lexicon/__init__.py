"""What pages say outside their articles: words and phrases by kind and language, in plain text files beside this one.

A file `KIND.txt` opens with `# comment` lines; then come `[language]` sections, each after one blank line, with one
phrase a line, sorted, written as `fold` gives it.
Compare a folded line, or its first words, with them; the head of each file says what fits the kind. One phrase alone
proves little: a heuristic asks for the place and the neighbours as well.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from cleaner.resources import read_text

KINDS = (
    "advertisement",
    "author-bio",
    "byline",
    "calls",
    "comments",
    "consent",
    "credit",
    "footer",
    "function-words",
    "media",
    "months",
    "more",
    "navigation",
    "newsletter",
    "no-article",
    "paywall",
    "share",
    "sign-off",
    "tags",
)
"""The files, named here so that finding them needs no listing of a folder, which a zip may not give."""

# The Turkish dotted capital I becomes two characters in small letters, where a page that writes it small has one.
_SPELLING = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u00ad": None, "\u0130": "i"})


def kinds() -> tuple[str, ...]:
    """The names of all kinds, sorted."""
    return KINDS


def fold(line: str) -> str:
    """A line in the spelling of the phrases: small letters, blanks single, apostrophes straight, no soft hyphens.

    A word that is written with ß or with ss has both spellings in the files; letters whose capitals or keyboards differ
    (Greek accents, Arabic yeh) need one: `columns` takes them for the same.

    >>> fold("  Don’t\\xa0miss   IT ")
    "don't miss it"
    >>> fold("İlgili Haberler")
    'ilgili haberler'
    """
    return " ".join(line.translate(_SPELLING).lower().split())


@cache
def phrases(kind: str) -> tuple[str, ...]:
    """The phrases of one kind in all languages, sorted, each once. Raises `ValueError` for an unknown kind.

    >>> "read more" in phrases("more"), "weiterlesen" in phrases("more")
    (True, True)
    """
    return tuple(sorted(set().union(*by_language(kind).values())))


@cache
def by_language(kind: str) -> Mapping[str, tuple[str, ...]]:
    """The phrases of one kind under their language, an ISO 639-1 code. Raises `ValueError` for an unknown kind.

    >>> by_language("months")["fr"][:2]
    ('août', 'avr.')
    """
    _, *sections = _text(kind).rstrip("\n").split("\n\n")
    groups = (section.split("\n") for section in sections)
    return MappingProxyType({header[1:-1]: tuple(group) for header, *group in groups})


def lines(kind: str) -> list[str]:
    """The phrases of one kind as the file has them: quicker than `phrases`, and a phrase of two languages twice."""
    return [line for line in _text(kind).split("\n") if line and line[0] not in "#["]


def _text(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of phrase; use one of: {', '.join(KINDS)}")
    return read_text(sys.modules[__name__], f"{kind}.txt")
