"""What pages say outside their articles: words and phrases by kind and language, in plain text files beside this one.

A file `KIND.txt` holds `# comment` lines, `[language]` sections and one phrase a line, written as `fold` gives it.
Compare a folded line, or its first words, with them; the head of each file says what fits the kind. One phrase alone
proves little: a heuristic asks for the place and the neighbours as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

KINDS = (
    "advertisement",
    "author-bio",
    "byline",
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
    "paywall",
    "share",
    "sign-off",
    "tags",
)
"""The files, named here so that finding them needs no listing of a folder, which a zip may not give."""

_SPELLING = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u00ad": None})


def kinds() -> tuple[str, ...]:
    """The names of all kinds, sorted."""
    return KINDS


def fold(line: str) -> str:
    """A line in the spelling of the phrases: casefolded, blanks single, apostrophes straight, no soft hyphens.

    >>> fold("  Don’t\\xa0miss   IT ")
    "don't miss it"
    """
    return " ".join(line.translate(_SPELLING).casefold().split())


@cache
def phrases(kind: str) -> tuple[str, ...]:
    """The phrases of one kind in all languages, sorted, each once. Raises `ValueError` for an unknown kind.

    >>> "read more" in phrases("more"), "weiterlesen" in phrases("more")
    (True, True)
    """
    return tuple(sorted({phrase for group in by_language(kind).values() for phrase in group}))


@cache
def by_language(kind: str) -> Mapping[str, tuple[str, ...]]:
    """The phrases of one kind under their language, an ISO 639-1 code. Raises `ValueError` for an unknown kind.

    >>> by_language("months")["fr"][:2]
    ('août', 'avr.')
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of phrase; use one of: {', '.join(KINDS)}")
    from importlib.resources import files  # noqa: PLC0415  (costs milliseconds that `--help` need not pay)

    groups: dict[str, list[str]] = {}
    group: list[str] = []
    for line in files(__name__).joinpath(f"{kind}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            group = groups.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            group.append(line)
    return MappingProxyType({language: tuple(group) for language, group in groups.items()})
