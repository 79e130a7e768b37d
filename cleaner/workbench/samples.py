"""Sample pages of one source: their lines, and what the heuristics and the families in force say of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner.cleaner import Cleaner
from cleaner.document import Category, Document
from cleaner.errors import InputError, OptionError
from cleaner.reading.encoding import decode
from cleaner.reading.markup import flatten
from cleaner.reading.sniff import sniff
from cleaner.sources.folders import FAMILIES

SAME = 0.5
"""Share of the text that the smaller page keeps and that stands in another too: from here on they are one article."""

COMMON = 3
"""Pages on which a line must stand at least, and on more than half of all, to be taken for the source's."""

OWN = 0.25
"""Share of the text a page keeps that must be left without such lines; if less is, they are those of an article that
was given many times."""

ENOUGH = 2
"""Pages that are needed at least: what recurs cannot be seen in one."""


class Sample(NamedTuple):
    """A page as lines. `dropped` holds the category of each line that heuristics drop, `ruled` what families drop."""

    name: str
    lines: tuple[str, ...]
    dropped: dict[int, Category]
    ruled: frozenset[int]
    families: frozenset[str]
    markup: str | None

    def kept(self) -> set[str]:
        """The lines that stay."""
        return {line for index, line in enumerate(self.lines) if index not in self.dropped and index not in self.ruled}


class Samples(NamedTuple):
    """Pages of different articles, and the names of those that repeat one of them."""

    pages: tuple[Sample, ...]
    repeats: tuple[str, ...]


def read_samples(files: Sequence[str | Path]) -> Samples:
    """The pages in some files (a folder stands for all `.txt` and `.html` in it).

    Raises `OptionError` for fewer than two articles, `InputError` for a page that cannot be read.
    """
    cleaner = Cleaner()
    pages: list[Sample] = []
    repeats: list[str] = []
    told: list[set[str]] = []
    given = [_sample(cleaner, file) for file in _files(files)]
    for page, text in zip(given, _articles([page.kept() for page in given]), strict=True):
        if any(_same(text, other) for other in told):
            repeats.append(page.name)
        else:
            pages.append(page)
            told.append(text)
    if len(pages) < ENOUGH:
        found = "1 article" if pages else "no article"
        raise OptionError(f"{found} among the pages; give pages of {ENOUGH} articles or more, better five")
    return Samples(tuple(pages), tuple(repeats))


def _files(given: Iterable[str | Path]) -> list[Path]:
    found: list[Path] = []
    for each in map(Path, given):
        inside = [path for path in each.rglob("*") if path.suffix in {".txt", ".html", ".htm"}] if each.is_dir() else []
        found.extend(sorted(inside) or [each])
    return found


def _sample(cleaner: Cleaner, file: Path) -> Sample:
    try:
        text = decode(file.read_bytes()).text
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}); check the name") from None
    except InputError as error:
        raise InputError(f"{file}: {error}") from None
    markup = text if sniff(text) == "html" else None
    cleaned = cleaner.explain(flatten(text) if markup else text, format="text")
    document = Document.from_text(cleaned.original)
    dropped: dict[int, Category] = {}
    ruled: set[int] = set()
    position = 0
    drops = cleaned.dropped
    for index, (start, end) in enumerate(zip(document.starts, document.ends, strict=True)):
        while position < len(drops) and drops[position].end < end:
            position += 1
        if position == len(drops) or drops[position].start > start:
            continue
        drop = drops[position]
        if drop.by.startswith("heuristic/"):
            dropped[index] = drop.category or Category.OTHER
        else:
            ruled.add(index)
    families = {drop.by.split("/")[1] for drop in drops if drop.by.startswith(f"{FAMILIES}/")}
    return Sample(str(file), tuple(document.blocks()), dropped, frozenset(ruled), frozenset(families), markup)


def _articles(kept: Sequence[set[str]]) -> list[set[str]]:
    """What the pages keep without the lines that most of them share, as the heuristics know few of a source's own.

    >>> _articles([{"Our motto", f"There was {word} in the night."} for word in ("rain", "snow", "hail")])
    [{'There was rain in the night.'}, {'There was snow in the night.'}, {'There was hail in the night.'}]
    """
    times = Counter(line for lines in kept for line in lines)
    common = {line for line, count in times.items() if count >= COMMON and count > len(kept) / 2}
    return [own if _size(own := lines - common) >= OWN * _size(lines) else lines for lines in kept]


def _same(one: set[str], two: set[str]) -> bool:
    return bool(one and two) and _size(one & two) >= SAME * min(_size(one), _size(two))


def _size(lines: Iterable[str]) -> int:
    return sum(map(len, lines))
