"""Captions of figures that the model takes for sentences of the article.

Why: a caption without a credit reads like a short paragraph; its element says what it is.
Spares: what stands below a quotation or code, as its source or its name; pages told in pictures, of which captions are
a greater part.
On pages as HTML (cross-validated) 48 that would stay otherwise are no body; 13 are by the gold, all but one on pages
whose gold keeps every caption.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from cleaner.document import Category
from cleaner.heuristics.named.page import Finding, Page, findings_of
from cleaner.heuristics.named.places import elements_of, span_of
from cleaner.page_tree import Markup
from cleaner.span import Span

MOST = 0.07
"""Share of the words that stay up to which captions go."""
NOT_OF = frozenset(("blockquote", "pre", "q"))
"""Elements whose captions are their source or their name."""


def figure_captions(page: Page, left: Sequence[int]) -> list[Finding]:
    """The captions among the blocks that are left.

    >>> from cleaner.reading import read
    >>> from cleaner.heuristics.batches.batch import Batch
    >>> said = "The ferry left at noon, and nobody waved from the long pier. " * 4
    >>> figure = "<figure><img><figcaption>The pier.</figcaption></figure>"
    >>> document = read(f"<p>{said}</p>{figure}<p>{said}</p>", "html")
    >>> [tuple(found.run) for found in figure_captions(Page(document, (), Batch([document]), 0), range(3))]
    [(1, 2)]
    """
    tree = page.document.page
    if tree is None or not left:
        return []
    found: list[int] = []
    starts: list[int] = []
    for span in _captions(tree.markup):
        starts = starts or [page.span(index).start for index in left]
        found += left[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
    if not found or page.words[found].sum() > MOST * page.words[np.asarray(left)].sum():
        return []
    why = "the caption of a figure"
    return findings_of(found, Category.CAPTION, "figure-caption", why)


def _captions(markup: Markup) -> list[Span]:
    """Where the captions stand, but for those of quotations and code."""
    elements = elements_of(markup, lambda element: element.tag == "figcaption").tolist()
    if not elements:
        return []
    quoting = {markup.parents[number] for number in elements_of(markup, lambda element: element.tag in NOT_OF).tolist()}
    return [span_of(markup, number) for number in elements if markup.parents[number] not in quoting]
