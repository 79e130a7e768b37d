"""The part of an input around its title and above its body, in which it says who wrote it and when.

What stands further off names other authors and other days.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from cleaner.document import Category, Decision, Document
from cleaner.reading.authors import byline_names, front_of, in_small, is_full, is_opener, names_in, opened
from cleaner.reading.days import date_in, dates_in
from cleaner.reading.titles import plain
from cleaner.span import Span

LONGEST = 150
"""Characters of the longest byline and date."""

PROSE = 80
"""Characters from which a kept line is one of the body's paragraphs, above which bylines and dates stand ..."""

ABOVE, BESIDE, BELOW, FARTHEST = 2000, 300, 600, 20_000
"""... so many characters above it, or above the title where that is known and no further than the last of these; and so
many below, as a summary may read like a paragraph."""

MOST = 20
"""Elements that are looked at for a name."""

PARTICLE = 2
"""Letters up to which a word of a name says nothing."""

LABEL = 40
"""Characters before a date in which it is said what it is."""

_ABOUT_AUTHOR = re.compile(
    r"(?<![a-z])(?:author|byline|by-line|writer|autor|auteur|autore|redakteur|creator)s?(?![a-z])"
)
_ABOUT_DAY = re.compile(
    r"(?<![a-z])(?:date|dateline|time|timestamp|published|datepublished|pubdate|posted|datum|fecha)(?![a-z])"
)
_OTHERS = re.compile(
    r"(?<![a-z])(?:avatar|bio|caption|cards?|comments?|copyright|credits?|event|footer|image|img|modified|next|photo|"
    r"popular|prev|quote|recent|related|reply|share|sidebar|social|teaser|updated|widget)(?![a-z])"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Top(NamedTuple):
    """The part of an input around its title and above its body, in which bylines and dates stand: `span`, of which
    `title` is the offset of the title, and what was dropped of it."""

    document: Document
    span: Span
    title: int
    dropped: Sequence[Decision]

    @classmethod
    def of(cls, document: Document, account: Sequence[Decision]) -> Top:
        """The part that an account shows."""
        text, said = document.text, document.title
        end = next(_prose(text, account), len(text))
        title = _title_above(text, end, said) if said else -1
        if said and title < 0:  # prose may stand above the title, too
            title = f"\n{text}\n".find(f"\n{said}\n", end)
            end = next((edge for edge in _prose(text, account) if edge > title), end) if title >= 0 else end
        start = max(title - BESIDE if title >= 0 else end - ABOVE, 0)
        near = [each for each in account if each.start < end + BELOW and each.end > start]
        return cls(document, Span(start, end), title, [each for each in near if not each.keep or each.category])

    def lines(self, category: Category | None = None) -> list[str]:
        """The lines that were dropped here, all of them or those of a category; those above the title last."""
        below: list[str] = []
        above: list[str] = []
        for decision in self.dropped:
            edge = decision.start
            if category in (None, decision.category):
                text = self.document.text[edge : min(decision.end, edge + FARTHEST)]
                for line in text.splitlines(keepends=True):
                    if line.strip():
                        (above if edge < self.title else below).append(line.strip())
                    edge += len(line)
        return below + above

    def elements(self, about: re.Pattern[str], tag: str = "") -> list[Span]:
        """Short elements that say by tag, class, id or itemprop what they are; those above the title last."""
        if self.document.page is None:
            return []
        markup, found = self.document.page.markup, []
        kinds = {
            kind
            for kind, each in enumerate(markup.elements)
            if each.tag == tag or _is_about(f"{each.names} {each.role}", about)
        }
        for number, kind in enumerate(markup.kinds):
            if kind in kinds and markup.first[number] < markup.last[number]:
                span = Span(markup.starts[markup.first[number]], markup.ends[markup.last[number] - 1])
                if span.start >= self.span.end + BELOW:
                    break
                if self.span.start <= span.start and span.end - span.start <= LONGEST:
                    found.append(span)
        return sorted(found, key=lambda span: span.start < self.title)

    def told(self, span: Span) -> str:
        """The text of an element."""
        return self.document.text[span.start : span.end]

    def byline(self, houses: Container[str] = ()) -> str | None:
        """Who wrote it, as the elements and the lines say; `houses` are the site's own names."""
        stamped = (line for line in self.lines(Category.BYLINE) if any(dates_in(line)))
        told = chain(
            self._names_in_elements(),
            _opened(self.lines()),
            map(_plain_names, stamped),
        )
        people = ([name for name in names if " " in name or plain(name) not in houses] for names in told)
        return ", ".join(map(in_small, next(filter(None, people), ()))) or None

    def _names_in_elements(self) -> Iterator[list[str]]:
        """The names in elements. Several above the title are of the articles of a list; so is one behind a headline."""
        above: list[list[str]] = []
        for span in self.elements(_ABOUT_AUTHOR)[:MOST]:
            names = [name for name in _plain_names(self.told(span)) if not self._is_common(name)]
            if span.start >= self.title:
                yield names
            elif names and names not in above:
                behind = span.start - self.document.text.rfind("\n", 0, span.start) > LABEL
                above += [names, []] if behind else [names]
        yield above[0] if len(above) == 1 else []

    def _is_common(self, name: str) -> bool:
        """Whether most of the words of a name stand in the text in small letters, too."""
        near = self.document.text[self.span.start : self.span.end + FARTHEST]
        words = [word.lower() for word in re.findall(r"\w+", name) if len(word) > PARTICLE]
        found = sum(re.search(rf"\b{re.escape(word)}\b", near) is not None for word in words)
        return 2 * found > len(words)

    def days(self, language: str | None) -> list[str]:
        """When it was published, as the elements and the lines say. What stands before an element in its line may say
        that it is no such day."""
        text = self.document.text
        elements = (
            text[max(text.rfind("\n", 0, span.start) + 1, span.start - LABEL) : span.end]
            for span in self.elements(_ABOUT_DAY, "time")
        )
        told = (*elements, *self.lines(Category.DATE), *self.lines(Category.BYLINE))
        return [day for day in (date_in(each, language) for each in told) if day]

    def names(self) -> set[str]:
        """What stands here on lines or in elements of its own, that a declared name may be found among it."""
        lines = self.document.text[self.span.start : self.span.end].splitlines()
        told = (*lines, *map(self.told, self.elements(_ABOUT_AUTHOR)))
        return {plain(front_of(opened(line[:LONGEST])[1])) for line in told}


def _plain_names(told: str) -> list[str]:
    """The full names in what need not be one: those that capitals tell from other words."""
    return [name for name in names_in(told) if is_full(name) and " " in name]


def _title_above(text: str, end: int, title: str) -> int:
    """Where the title stands above an offset, -1 where it does not: the first time close by, else the last time."""
    near = text.find(title, max(end - ABOVE, 0), end)
    return near if near >= 0 else text.rfind(title, max(end - FARTHEST, 0), end)


def _opened(lines: Sequence[str]) -> Iterator[list[str]]:
    """The names behind words such as "By", which may stand on a line of their own."""
    for line, following in pairwise((*lines, "")):
        yield byline_names(line)
        if is_opener(line):
            yield names_in(following)


def _prose(text: str, account: Iterable[Decision]) -> Iterator[int]:
    """Where kept paragraphs begin."""
    for decision in account:
        if decision.keep and decision.category is None:
            edge = decision.start
            for line in text[decision.start : decision.end].splitlines(keepends=True):
                if len(line) >= PROSE:
                    yield edge
                edge += len(line)


def _is_about(names: str, about: re.Pattern[str]) -> bool:
    spelt = _HUMP.sub("-", names).lower().replace("_", "-")
    return about.search(spelt) is not None and _OTHERS.search(spelt) is None
