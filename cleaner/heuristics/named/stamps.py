"""Bylines and days of publication that stay above the first paragraph of a page.

Why: they stand in the article's element, in a paragraph of their own, so that the model takes one for a short sentence.
Spares: texts without a page; a line that says more; a month alone; diaries and timelines, where more such lines stay
below.
Known mistakes: a letter that begins with its date.
On gold dumps and pages (html_text, soup, HTML, cross-validated) 31 lines that would stay otherwise are no body, and one
is: a byline that the gold keeps.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import islice

from cleaner.document import Category
from cleaner.heuristics.named.line_kinds import DIGITS, is_byline, is_date, is_name, opens_byline
from cleaner.heuristics.named.page import Finding, Page
from cleaner.span import Span

WITHIN = 6
"""Lines that stay above the paragraph, at most."""
PARAGRAPH_WORDS = 12
"""Words of a paragraph."""
NUMBERS = 2
"""Numbers in a date that has a day: it and the year, or the time of the day."""
WHY = {Category.BYLINE: "a byline above the first paragraph", Category.DATE: "a date above the first paragraph"}


def stamps(page: Page, goes: Container[int]) -> list[Finding]:
    """The bylines and dates among the first lines that stay.

    >>> said = "The bridge at Oldport opened on Monday, and the whole town came to see the ships that pass below it."
    >>> lines = ["A bridge opens at last", "By Nora Blank", "4 May 2031", said]
    >>> [(finding.run.start, finding.category.value) for finding in stamps(Page.from_lines(*lines), {0})]
    [(1, 'byline'), (2, 'date')]
    >>> stamps(Page.from_lines(*lines, "By Ida Quill", "5 May 2031", said), {0})
    []
    """
    stays = list(islice((index for index in range(len(page)) if index not in goes), WITHIN + 2))
    first = _first_paragraph(page, stays)
    found = [(index, category) for index in stays[:first] if (category := _category(page, index))]
    names = [index for index in stays[:first] if is_name(page.blocks[index])]
    found += [(index, Category.BYLINE) for index in names if _is_author(page, index, stays[first])]
    if not found:
        return []
    below = {_category(page, index) for index in range(stays[first], len(page)) if index not in goes}
    return [
        Finding(Span(index, index + 1), category, "stamp-above-the-body", WHY[category])
        for index, category in found
        if category not in below
    ]


def _first_paragraph(page: Page, stays: Sequence[int]) -> int:
    """The place among the blocks that stay of the first paragraph that is no summary above the first byline; 0 if it
    stands too far down."""
    stamped = False
    for place, index in enumerate(stays[: WITHIN + 1]):
        stamped = stamped or _category(page, index) is not None
        if page.prose(index) and page.shapes[index].words >= PARAGRAPH_WORDS:
            below = _category(page, stays[place + 1]) if place + 1 < len(stays) else None
            if stamped or below is not Category.BYLINE:
                return place
    return 0


def _category(page: Page, index: int) -> Category | None:
    block = page.blocks[index]
    if is_byline(block) or (opens_byline(block) and not page.prose(index)):
        return Category.BYLINE
    return Category.DATE if is_date(block) and has_day(block) else None


def _is_author(page: Page, index: int, first: int) -> bool:
    """Whether a name stands below a "By" alone, or in an element that says it is a byline. The body begins at `first`.

    >>> said = "The bridge at Oldport opened on Monday, and the whole town came to see the ships that pass below it."
    >>> page = Page.from_lines("A bridge opens at last", "By", "Nora Blank", said)
    >>> [finding.run.start for finding in stamps(page, {0, 1})]
    [2]
    """
    above = page.prompts[index - 1] if index else None
    if above is not None and above.kind == "byline" and above.place == "whole":
        return True
    return page.element_category(index, first) is Category.BYLINE


def has_day(date: str) -> bool:
    """Whether a date is more than a month.

    >>> [has_day(date) for date in ("4 May 2031", "22.11.2031", "May 2031", "2031年11月22日")]
    [True, True, False, True]
    """
    numbers = "".join(character if character in DIGITS else " " for character in date).split()
    return len(numbers) >= NUMBERS
