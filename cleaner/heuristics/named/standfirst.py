"""The summary between the title and the body of a page, where an element says that it is one.

Why: it is a sentence on the matter of the article, in the article's own element, so that the model takes it for the
first paragraph.
Spares: what stands in an element with the first paragraph; a lead or a teaser right above it, which may be the
opening: a byline, a picture or another line that goes must stand between.
Known mistakes: an opening paragraph that a page styles as its excerpt and says nowhere else.
On pages as HTML (cross-validated) 19 that would stay otherwise are no body, and 6 are by the gold; 15 others are
optional there.
"""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import islice, takewhile

from cleaner.document import Category
from cleaner.heuristics.named.page import Finding, Page, staying
from cleaner.heuristics.named.places import around
from cleaner.heuristics.named.summary import LEAST_WORDS, has_body
from cleaner.page_tree import Markup
from cleaner.span import Span

SAYS_SO = frozenset(
    (
        *("standfirst", "dek", "deck", "strapline", "subtitle", "subheadline", "excerpt"),
        *("bajada", "copete", "entradilla", "chapo", "vorspann"),
    )
)
"""Words of classes and ids that name a summary."""
MAY_SAY_SO = frozenset(("lead", "teaser", "sub"))
"""Those that name an opening paragraph as often."""
MOST_WORDS = 60
"""Words of the longest."""
TITLE_WITHIN = 4
"""Blocks above it among which the heading of the first rank stands."""

_WORDS = re.compile("[A-Z]?[a-z]+")


def standfirst(page: Page, goes: Container[int]) -> list[Finding]:
    """The first block that stays, if it is such a summary.

    >>> from cleaner.reading import read
    >>> from cleaner.heuristics.batches.batch import Batch
    >>> said = "The ferry left at noon, and nobody waved from the long pier. It will be back before the winter ends."
    >>> head = '<h1>The ferry has left</h1><div class="dek">It took the last baker of the island along.</div>'
    >>> document = read(f"{head}<p>{said}</p><p>{said}</p>", "html")
    >>> [tuple(finding.run) for finding in standfirst(Page(document, (), Batch([document]), 0), {0})]
    [(1, 2)]
    """
    tree = page.document.page
    if tree is None:
        return []
    first, second = (*islice(staying(range(len(page)), goes), 2), 0, 0)[:2]
    run = range(first, first + 1)
    if not first < second or not LEAST_WORDS <= page.shapes[first].words <= MOST_WORDS or page.shapes[first].colon:
        return []
    said = _said_around(tree.markup, page.span(first).start, page.span(second).start)
    if not (said & SAYS_SO or (said & MAY_SAY_SO and second > first + 1)):
        return []
    if not _below_title(page, tree.markup, first) or not has_body(page, run, goes):
        return []
    why = "a sentence below the title, in an element named as a summary is"
    return [Finding(Span(first, first + 1), Category.SUMMARY, "standfirst", why)]


def _said_around(markup: Markup, offset: int, body: int) -> set[str]:
    """The words of the names of the elements around a text, up to one that holds what stands at `body`."""
    outer = set(around(markup, body))
    own = (markup.element(number) for number in takewhile(lambda number: number not in outer, around(markup, offset)))
    return {word.lower() for element in own for word in _WORDS.findall(element.names)}


def _below_title(page: Page, markup: Markup, first: int) -> bool:
    above = range(max(first - TITLE_WITHIN, 0), first)
    return any(
        markup.element(number).tag == "h1" for index in above for number in around(markup, page.span(index).start)
    )
