"""The title of a page that is HTML: its heading of the first rank that says what the page's metadata call it, or most
of it.

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
    return None


def _is(heading: str, title: str) -> bool:
    return bool(heading) and (heading == title or (len(heading) >= LEAST_OF_LONGER and title.startswith(heading)))


def _is_in_other_words(heading: str, title: str) -> bool:
    said, called = set(heading.split()), set(title.split())
    return len(said & called) >= max(LEAST_SHARED, MOST * min(len(said), len(called)))


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
