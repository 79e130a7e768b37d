"""Lines that recur over the pages of a source, generalised: digits, dates and names become patterns."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from cleaner.document import Category
from cleaner.heuristics.prompts import lexicon
from cleaner.sources.matching import place_of
from cleaner.sources.rule import Where
from cleaner.sources.toml import literal
from cleaner.workbench.samples import Sample

LONGEST = 160
"""Characters of the longest line that may become a rule: boilerplate that varies is short."""

NAMED = frozenset({Category.BYLINE, Category.CREDIT, Category.CAPTION, Category.DATE, Category.AUTHOR_BIO})
"""Categories whose lines hold names, so that lines which differ in names alone are one."""

NAME = r"\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*)*"
EXAMPLE = ("Ada", "Example")
"""A name that stands for all names of people, in patterns and in hits."""

LETTERS = 2
"""Letters that the fixed part of a pattern must hold at least."""

_TOKEN = re.compile(r"\S+")
_DIGITS = re.compile(r"[0-9]+")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")


class Recurring(NamedTuple):
    """Lines of one shape. `hit` is an example without anyone's name, `pages` the numbers of the pages that have one."""

    pattern: str
    hit: str
    pages: frozenset[int]
    category: Category | None
    where: Where
    spots: tuple[tuple[int, int], ...]


class _Line(NamedTuple):
    page: int
    at: int
    text: str


def recurring(pages: Sequence[Sample]) -> list[Recurring]:
    """The shapes of lines that stand on two pages or more, those of the most pages first.

    Those that the heuristics keep on half of their pages have no category. What the rules of a family drop is left out.
    """
    shapes: dict[tuple[str, ...], list[_Line]] = defaultdict(list)
    for number, page in enumerate(pages):
        for index, text in enumerate(page.lines):
            if index not in page.ruled and len(text) <= LONGEST:
                shapes[_shape(text, named=page.dropped.get(index) in NAMED)].append(_Line(number, index, text))
    found = [made for shape, lines in shapes.items() if (made := _recurring(shape, lines, pages))]
    return sorted(found, key=lambda each: (-len(each.pages), each.hit))


def _recurring(shape: tuple[str, ...], lines: list[_Line], pages: Sequence[Sample]) -> Recurring | None:
    numbers = frozenset(line.page for line in lines)
    columns = list(zip(*(_parts(line.text, shape) for line in lines), strict=True))
    pattern, hit, fixed = _generalised(shape, columns)
    if len(numbers) < 2 or sum(map(str.isalpha, fixed)) < LETTERS or ("N" in shape and not _introduces(fixed)):
        return None
    categories = Counter(pages[line.page].dropped.get(line.at) for line in lines)
    category, count = categories.most_common(1)[0]
    category = category if category and count * 2 > len(lines) else None
    spots = tuple((line.page, line.at) for line in lines)
    return Recurring(f"^{pattern}$", hit, numbers, category, _where(spots, pages), spots)


def _shape(text: str, *, named: bool) -> tuple[str, ...]:
    """The tokens of a line: those with digits as "0", months and days as "M", runs of names as "N".

    >>> _shape("By Mina Solberg, 4 May 2024", named=True)
    ('By', 'N', '0', 'M', '0')
    """
    shape: list[str] = []
    for number, token in enumerate(_TOKEN.findall(text)):
        if _DIGITS.search(token):
            shape.append("0")
        elif lexicon.fold(token).strip(".,") in _months():
            shape.append("M")
        elif named and number and token[0].isupper():
            if shape[-1] != "N":
                shape.append("N")
        else:
            shape.append(token)
    return tuple(shape)


def _parts(text: str, shape: tuple[str, ...]) -> list[str]:
    """The pieces of a line that stand for the parts of its shape."""
    parts: list[str] = []
    tokens = iter(_TOKEN.findall(text))
    token = next(tokens, None)
    for each in shape:
        piece = [token or ""]
        token = next(tokens, None)
        while each == "N" and token and token[0].isupper() and not _special(token):
            piece.append(token)
            token = next(tokens, None)
        parts.append(" ".join(piece))
    return parts


def _special(token: str) -> bool:
    return bool(_DIGITS.search(token)) or lexicon.fold(token).strip(".,") in _months()


def _generalised(shape: tuple[str, ...], columns: Sequence[tuple[str, ...]]) -> tuple[str, str, str]:
    """The pattern of a shape, an example, and the text that the pattern fixes."""
    patterns, hits, fixed = [], [], []
    for kind, column in zip(shape, columns, strict=True):
        part = column[0]
        loose = kind == "N" or (kind in {"0", "M"} and (len(set(column)) > 1 or bool(_YEAR.search(part))))
        edge = part[len(part.rstrip(",.:;|)")) :]
        if not loose:
            patterns.append(literal(part))
            hits.append(part)
            fixed.append(part)
        elif kind == "0":
            patterns.append(_DIGITS.sub("[0-9]+", literal(part)))
            hits.append(part)
        elif kind == "M":
            patterns.append(r"\p{L}+" + literal(edge))
            hits.append(part)
        else:
            patterns.append(NAME + literal(edge.replace(".", "")))
            hits.append(" ".join(EXAMPLE) + edge.replace(".", ""))
    return " ".join(patterns), " ".join(hits), " ".join(fixed)


def _introduces(fixed: str) -> bool:
    """Whether the fixed words around a name are words, not a name themselves.

    >>> [_introduces(text) for text in ("By", "Photo:", "writes about", "Mina", "")]
    [True, True, True, False, False]
    """
    words = fixed.split()
    return any(word.endswith(":") or word[0].islower() or lexicon.fold(word) in _introductions() for word in words)


@cache
def _introductions() -> frozenset[str]:
    return frozenset(phrase.split()[0] for kind in ("byline", "credit", "media") for phrase in lexicon.phrases(kind))


def _where(spots: Sequence[tuple[int, int]], pages: Sequence[Sample]) -> Where:
    """Head or tail, where the lines stand there on every page."""
    for where in ("head", "tail"):
        if all(index in place_of(where, len(pages[page].lines)) for page, index in spots):
            return where
    return "anywhere"


@cache
def _months() -> frozenset[str]:
    return frozenset(month.strip(".") for month in lexicon.phrases("months"))


def endings(found: Sequence[Recurring], pages: Sequence[Sample]) -> Iterator[Recurring]:
    """Lines below which nothing is kept on any page that has them, and something varies: where an article ends.

    Those that stand on the most pages come first, of these the topmost.
    """
    many = max((len(each.pages) for each in found), default=0)
    wanted = []
    for each in found:
        last = dict(sorted(each.spots, reverse=True))
        tails = [pages[page].lines[index + 1 :] for page, index in last.items()]
        if each.category is None or len(each.pages) < many / 2 or min(map(len, tails)) < 2:
            continue
        gone = all(
            below in pages[page].dropped or below in pages[page].ruled
            for page, index in last.items()
            for below in range(index + 1, len(pages[page].lines))
        )
        if gone and len(set(tails)) > 1:
            wanted.append((-len(each.pages), -sum(map(len, tails)) / len(tails), each.hit, each))
    yield from (each for _, _, _, each in sorted(wanted, key=lambda row: row[:3]))
