"""The title of a page that is HTML: its heading of the first rank that says what the page's metadata call it, or most
of it; where they call it nothing, as in an element that is handed over alone, the only such heading above its prose.

Why: on a page with few words around the article the title reads like its first subheading.
Spares: every later heading, whatever it says; a heading that says something else.
On the gold pages 754 of 767 such headings are no part of the body; of those in other words that would stay otherwise
(cross-validated), six are none and two are.
"""

from __future__ import annotations

from bisect import bisect_left

from cleaner.document import Category
from cleaner.heuristics.named.page import Finding, Page
from cleaner.span import Span

LONGEST = 300
"""Characters of a title."""
LEAST_OF_LONGER = 15
"""Characters from which a heading may be the beginning of a title that goes on with the site's name."""

LEAST_SHARED, MOST = 3, 0.66
"""Words, and share of the shorter one's words, that a title in other words has in common with what it is called."""


def page_title(page: Page) -> Finding | None:
    """The block that is the title, if the page has one."""
    document = page.document
    if document.page is None:
        return None
    titles = [_plain(title) for title in document.page.markup.titles]
    headings = []
    for span in document.page.select("h1"):
        index = bisect_left(page.numbers, bisect_left(document.starts, span.start))
        if index < len(page) and span.end - span.start <= LONGEST and page.span(index) == span:
            headings.append((index, _plain(page.blocks[index])))
    for same in (_is, _is_in_other_words):
        for index, heading in headings:
            if any(same(heading, title) for title in titles):
                why = "the heading that says what the page's metadata call it"
                return Finding(Span(index, index + 1), Category.TITLE, "page-title", why, 0.98)
    if not titles and len(headings) == 1 and _is_above_prose(page, headings[0][0]):
        index = headings[0][0]
        why = "the only heading of the first rank, above the prose"
        return Finding(Span(index, index + 1), Category.TITLE, "page-title", why)
    return None


def _is_above_prose(page: Page, heading: int) -> bool:
    """Whether there is prose, all of it below the heading."""
    first = next(filter(page.prose, range(len(page))), -1)
    return heading < first


def _is(heading: str, title: str) -> bool:
    return bool(heading) and (heading == title or (len(heading) >= LEAST_OF_LONGER and title.startswith(heading)))


def _is_in_other_words(heading: str, title: str) -> bool:
    said, called = set(heading.split()), set(title.split())
    return len(said & called) >= max(LEAST_SHARED, MOST * min(len(said), len(called)))


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
