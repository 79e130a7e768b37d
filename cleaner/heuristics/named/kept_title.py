"""The title that stays as the first line, above the byline or the date of the article.

Why: on a short page the model has little to go by, and takes a title on the matter of the article for a subheading.
Spares: texts without a page; a first line of which another above says more of the article; one without a byline or a
date close below, as a subheading has none; one that no paragraph follows soon.
Known mistakes: a first subheading below the title of which a date stands.
On gold dumps (html_text and soup, cross-validated) two lines that would stay otherwise are no body, and none is.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice

from cleaner.document import Category
from cleaner.heuristics.named.headline import headline, is_stamped
from cleaner.heuristics.named.page import Finding, Page, staying
from cleaner.span import Span

PROSE_WITHIN = 2
"""Blocks that stay below the title among which there is prose."""


def kept_title(page: Page, goes: Collection[int]) -> list[Finding]:
    """The first block that stays, if it is the title.

    >>> said = "The bridge at Oldport opened on Monday, and the whole town came to see the ships below it."
    >>> lines = ["Home", "A bridge opens at Oldport", "By Nora Blank", said, said]
    >>> [finding.run.start for finding in kept_title(Page.from_lines(*lines), {0, 2})]
    [1]
    """
    stays = list(islice(staying(range(len(page)), goes), PROSE_WITHIN + 1))
    if page.document.page is not None or not stays or page.prose(stays[0]) or not any(map(page.prose, stays)):
        return []
    first = stays[0]
    if not is_stamped(page, first) or headline(page, {*goes, first}) != first:
        return []
    why = "the line above the article's byline or date that speaks of what the article does"
    return [Finding(Span(first, first + 1), Category.TITLE, "title-above-a-stamp", why)]
