"""Bylines and days of publication that stay above the first paragraph of a page.

Why: they stand in the article's element, in a paragraph of their own, so that the model takes one for a short sentence.
Spares: texts without a page; a line that says more; a month alone; diaries and timelines, where more such lines stay
below.
Known mistakes: a letter that begins with its date.
On gold dumps and pages (html_text, soup, HTML, cross-validated) 31 lines that would stay otherwise are no body, and one
is: a byline that the gold keeps. Lines that open with a word for an author or for the time that reading takes, and
names beside dates: 8 and none.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import islice

from cleaner.document import Category
from cleaner.heuristics.named.dates import DIGITS, holds_date, is_date
from cleaner.heuristics.named.line_kinds import is_byline, is_name, opens_byline
from cleaner.heuristics.named.page import Finding, Page, staying
from cleaner.span import Span

WITHIN = 6
"""Lines that stay above the paragraph, at most."""
PARAGRAPH_WORDS = 12
"""Words of a paragraph."""
NUMBERS = 2
"""Numbers in a date that has a day: it and the year, or the time of the day."""
LONGEST_STAMP, STAMP_WORDS, OFFICE_WORDS = 90, 12, 4
"""Characters and words of a stamp, and words of a name with an office."""
NAME_WORDS = (2, 3)
"""Words of a name in a script without capitals."""
OFFICES = (" 기자", " 특파원", " 에디터", " 논설위원", " 선임기자", " 객원기자", " 인턴기자", "記者", " 记者", "特派員")
"""What stands behind the name of who wrote an article."""
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
    stays = list(islice(staying(range(len(page)), goes), WITHIN + 2))
    first = _first_paragraph(page, stays)
    found = [(index, category) for index in stays[:first] if (category := _category(page, index))]
    names = [index for index in stays[:first] if _may_be_name(page.blocks[index])]
    found += [(index, Category.BYLINE) for index in names if _is_author(page, index, stays[first])]
    if not found:
        return []
    below = {_category(page, index) for index in staying(range(stays[first], len(page)), goes)}
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
    if is_date(block) and has_day(block):
        return Category.DATE
    return Category.BYLINE if _says_who(page, index) else None


def _says_who(page: Page, index: int) -> bool:
    """Whether a short line says who wrote the article, when and for how long, in whatever language.

    >>> lines = ["Автор: Тамара", "Đăng bởi Mai Chi - 08/05/2031", "김하늘 기자", "Author: who waits on a pier."]
    >>> page = Page.from_lines(*lines)
    >>> [_says_who(page, index) for index in range(4)]
    [True, True, True, False]
    """
    block, prompt, shape = page.blocks[index], page.prompts[index], page.shapes[index]
    if len(block) > LONGEST_STAMP or shape.words > (OFFICE_WORDS if shape.ends else STAMP_WORDS):
        return False
    if block.endswith(OFFICES) and shape.words <= OFFICE_WORDS:
        return True
    if prompt is None or prompt.kind != "byline" or prompt.place == "inside":
        return False
    labelled = block[len(prompt.phrase) :].lstrip().startswith((":", "："))
    return labelled or prompt.strong or holds_date(block)


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
    if page.document.page is None and any(_is_day(page, near) for near in (index - 1, index + 1)):
        return True
    return page.element_category(index, first) is Category.BYLINE


def _is_day(page: Page, index: int) -> bool:
    """Whether a line is there, and gives the day of an article."""
    return 0 <= index < len(page) and is_date(page.blocks[index]) and has_day(page.blocks[index])


def _may_be_name(block: str) -> bool:
    """Whether a line may be the name of a person, in a script without capitals, too.

    >>> [_may_be_name(line) for line in ("Nora Blank", "דנה לביא", "הגשר ייסגר עד האביב בשל סדקים", "the harbour")]
    [True, True, False, False]
    """
    if is_name(block):
        return True
    words = block.split()
    return len(words) in NAME_WORDS and not any(map(_is_cased, words)) and all(map(str.isalpha, words))


def _is_cased(word: str) -> bool:
    return word.lower() != word.upper()


def has_day(date: str) -> bool:
    """Whether a date is more than a month.

    >>> [has_day(date) for date in ("4 May 2031", "22.11.2031", "May 2031", "2031年11月22日")]
    [True, True, False, True]
    """
    numbers = "".join(character if character in DIGITS else " " for character in date).split()
    return len(numbers) >= NUMBERS
