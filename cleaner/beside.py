"""What stands beside an article, looked at as a whole once every line that goes has its name: where an account is asked
for, and so where categories are kept.

What gives a date, a name or a caption is of the article only near it: in a menu or a box of teasers it is of another
one. And what the page says of itself (its title, who wrote it, when) tells which lines say the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from cleaner.document import Category, Decision, Document
from cleaner.reading.authors import opened
from cleaner.reading.days import date_in, dates_in
from cleaner.reading.metadata import About
from cleaner.reading.titles import plain

PROSE = 80
"""Characters from which a kept block is a paragraph, above which the article's head stands."""

ABOVE_TITLE, ABOVE_BODY = 4, 12
"""Blocks above the title that may be of the article, and above the body where there is no title."""

FARTHEST_DAY = 60
"""Blocks above the body among which the day of publication may stand apart from the title."""

INTO_BODY = 3
"""Kept blocks below which a byline or a date may still stand: a summary may read like a paragraph."""

BELOW = {
    **dict.fromkeys((Category.TITLE, Category.SUMMARY, Category.KICKER), 0),
    **dict.fromkeys((Category.BYLINE, Category.DATE), 3),
    Category.CAPTION: 4,
    Category.CREDIT: 2,
    **dict.fromkeys((Category.AUTHOR_BIO, Category.SIGN_OFF, Category.TAGS, Category.CORRECTION_LINK), 30),
}
"""The categories of what stands beside an article, and how many blocks behind its end each may stand. Of 80 gold pages
(40 of them not seen before) whose lines were read one by one, these and the numbers above let some 160 lines go that
are not of the article, and none that is."""

LONGEST = {Category.BYLINE: 150, Category.DATE: 80}
"""Characters of the longest line that may be one."""

BELOW_BODY = 12
"""Blocks below the body among which it is told who wrote it."""

DEEP = 12
"""Kept blocks below which a name or a day is that of something else, such as of an event or another article."""

SUMMARY_WORDS, ENTRY_WORDS = 6, 4
"""Words of a summary at least, and of an entry of a menu at most."""

LEAST_TITLE = 15
"""Letters and digits from which a line that is a part of the title, or holds it, says it."""

OPEN = frozenset(
    {Category.NAVIGATION, Category.OTHER, Category.KICKER, Category.FOOTER, Category.TAGS, Category.TEASER}
)
"""Categories that a line got by its place, so that what the page declares tells more."""

OF_THE_PAGE = frozenset({Category.NAVIGATION, Category.FOOTER, Category.COMMENTS, Category.TEASER})

_LEGAL = re.compile("[©®]|copyright", re.IGNORECASE)
_FAR = "it stands too far from the article to be of it"


def beside(document: Document, decisions: Sequence[Decision], known: About) -> list[Decision]:
    """The decisions in order, those of heuristics on what stands beside the article named by the whole of it.

    `known` is what is known of the article; nothing of it need be.
    """
    ordered = sorted(decisions, key=lambda decision: decision.start)
    kept = [number for number, decision in enumerate(ordered) if decision.keep]
    if not kept:
        return ordered
    article = _Article.of(document, ordered, kept, known)
    for number, decision in enumerate(ordered):
        if not decision.keep and decision.by.startswith("heuristic/"):
            named = article.named(number)
            if named is not None:
                ordered[number] = named
    return ordered


class _Article(NamedTuple):
    """Where an article stands among the decisions: its `title`, the `first` of its paragraphs, the `last` block that is
    kept, the `top` above which nothing is of it, and the `bottom` from which on no other's name is its byline."""

    document: Document
    decisions: list[Decision]
    known: About
    title: int | None
    top: int
    first: int
    last: int
    bottom: int

    @classmethod
    def of(cls, document: Document, decisions: list[Decision], kept: Sequence[int], known: About) -> _Article:
        long = (number for number in kept if decisions[number].end - decisions[number].start >= PROSE)
        first = next(long, kept[0])
        article = cls(document, decisions, known, None, 0, first, kept[-1], len(decisions))
        title = article._find_title() if known.title else None
        top = max(first - ABOVE_BODY, 0) if title is None else max(title - ABOVE_TITLE, 0)
        if title is None or document.page is None:
            return article._replace(title=title, top=min(top, first if title is None else title))
        edges = document.page.markup.around(decisions[title].start, decisions[first].start)
        above, bottom = (bisect_left(decisions, edge, key=lambda decision: decision.start) for edge in edges)
        return article._replace(title=title, top=min(max(top, above), title), bottom=bottom)

    def _find_title(self) -> int | None:
        """The last line above the body that says the title, best one that is named so: another may stand in a menu.
        Where none does, it may be a part of the body."""
        said = [number for number in range(self.first) if self._says_title(number)]
        gone = [number for number in said if not self.decisions[number].keep]
        named = [number for number in gone if self.decisions[number].category is Category.TITLE]
        near = [number for number in gone if number >= self.first - ABOVE_BODY]
        return max(named or near, default=max(set(said).difference(gone), default=None))

    def _text(self, number: int) -> str:
        decision = self.decisions[number]
        return self.document.text[decision.start : decision.end].strip()

    def _says_title(self, number: int) -> bool:
        line, title = plain(self._text(number)), plain(self.known.title or "")
        part = min(len(line), len(title)) >= LEAST_TITLE and (line in title or title in line)
        return bool(line) and (line == title or (part and not self.decisions[number].keep))

    def named(self, number: int) -> Decision | None:
        """A decision under another name; None where it has the right one."""
        decision = self.decisions[number]
        found = self._by_title(number) or self._by_metadata(number) or self._by_distance(number)
        if found is None:
            return None
        category, heuristic, why = found
        return replace(decision, category=category, by=f"heuristic/{heuristic}", why=f"{why}; {decision.why}")

    def _by_title(self, number: int) -> tuple[Category, str, str] | None:
        """What is named a title and is not, and what is above a title and cannot be."""
        category = self.decisions[number].category
        if number == self.title and category in OPEN:
            return Category.TITLE, "says-the-title", "it says the title of the page"
        if self.title is None or number == self.title:
            return None
        if category is Category.TITLE and number < self.first:
            if number < self.title:
                again = self._says_title(number)
                why = "the title is said again below" if again else "it stands above the title and says something else"
                return Category.NAVIGATION, "above-the-title", why
            if not self._says_title(number):
                long = len(self._text(number).split()) >= SUMMARY_WORDS
                return Category.SUMMARY if long else Category.KICKER, "below-the-title", "it stands below the title"
        if category is Category.SUMMARY and number < self.title:
            return Category.NAVIGATION, "above-the-title", "it stands above the title"
        if category is Category.BYLINE and self.known.byline and not self._author(number):
            if number < self.title:
                return Category.NAVIGATION, "above-the-title", "it stands above the title and does not name the author"
            if number >= self.bottom:
                return Category.TEASER, "below-the-article", "it stands below the article and does not name the author"
        return None

    def _author(self, number: int) -> str | None:
        """The first of the declared authors that a line names."""
        names, text = (self.known.byline or "").split(", "), self._text(number)
        return next((name for name in names if name and name in text), None)

    def _opens_with_author(self, text: str) -> bool:
        """Whether a line opens with a declared author's name, or, as prose, with the first of its names."""
        names = [name for name in (self.known.byline or "").split(", ") if " " in name]
        if any(text.startswith(name) for name in names):
            return True
        return len(text) >= PROSE and text.split(None, 1)[0] in {name.split()[0] for name in names}

    def _by_metadata(self, number: int) -> tuple[Category, str, str] | None:
        """A line that names the declared author or gives the declared day, or opens as a byline and gives a day."""
        decision, text = self.decisions[number], self._text(number)
        if self.last < number <= self.last + BELOW_BODY and decision.category in OPEN and self._opens_with_author(text):
            return Category.AUTHOR_BIO, "declared-author", "it names the author below the article"
        near = self.top <= number <= self.first + INTO_BODY
        if not near or len(text) > LONGEST[Category.BYLINE]:
            return None
        if decision.category in OPEN or decision.category in (Category.DATE, Category.CAPTION):
            author = self._author(number)
            if author and decision.category is not Category.CAPTION:
                return Category.BYLINE, "declared-byline", f"it names the author, “{author}”"
            if opened(text)[0] and any(dates_in(text)):
                return Category.BYLINE, "dated-byline", "it opens as a byline does and gives a date"
        if decision.category in OPEN and self._gives_day(text):
            return Category.DATE, "declared-date", f"it gives the day of publication, {self.known.published}"
        return None

    def _gives_day(self, text: str) -> bool:
        """Whether a line gives the day on which the article was published."""
        day = self.known.published
        return day is not None and day[:4] in text and date_in(text, self.known.language) == day

    def _by_distance(self, number: int) -> tuple[Category, str, str] | None:
        """What stands too far from the article to be of it."""
        decision = self.decisions[number]
        if decision.category not in BELOW:
            return None
        if self.first + DEEP < number < self.last and self._is_of_another(number):
            why = "it stands inside the article, and gives neither its author nor its day"
            return Category.OTHER, "inside-the-article", why
        if number < self.top:
            near = self.title is not None and number >= self.first - FARTHEST_DAY
            declared = near and decision.category is Category.DATE and self._gives_day(self._text(number))
            return None if declared else (Category.NAVIGATION, "far-from-the-article", _FAR)
        if decision.end - decision.start > LONGEST.get(decision.category, decision.end):
            return self._like_above(number), "too-long", f"it is too long for a {decision.category}"
        if number > self.last and decision.category is Category.CREDIT and _LEGAL.search(self._text(number)):
            return Category.FOOTER, "legal-notice", "it names who holds the rights"
        if number - self.last > BELOW[decision.category]:
            return self._like_above(number), "far-from-the-article", _FAR
        return None

    def _is_of_another(self, number: int) -> bool:
        """Whether a byline or a date is of something else than the article, of which these are declared."""
        category = self.decisions[number].category
        if category is Category.BYLINE:
            return self.known.byline is not None and self._author(number) is None
        return (
            category is Category.DATE and self.known.published is not None and not self._gives_day(self._text(number))
        )

    def _like_above(self, number: int) -> Category:
        """What a line is below or inside the article that is not of it: what the one above is, if that tells."""
        decision, above = self.decisions[number], self.decisions[number - 1]
        if not above.keep and above.category in OF_THE_PAGE:
            return above.category
        if number < self.last:
            return Category.OTHER
        if decision.category in (Category.CREDIT, Category.SIGN_OFF):
            return Category.FOOTER
        return Category.TEASER if len(self._text(number).split()) > ENTRY_WORDS else Category.NAVIGATION
