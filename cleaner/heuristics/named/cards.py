"""Links around several blocks: cards that lead to other pages, with a title, a line and an address.

Why: a card between two paragraphs reads like a subheading and a sentence.
Spares: a link around a single block; one around more than a card holds, which somebody forgot to close.
Known mistakes: a table of prices or of a programme whose rows are such links.
On pages as HTML (cross-validated) 61 blocks that would stay otherwise are no body, and none is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner.document import Category
from cleaner.heuristics.named.page import Finding, Page, findings_of
from cleaner.heuristics.named.places import elements_of

MOST_WORDS = 80
"""Words of a card."""
MOST = 0.5
"""Share of the words that stay up to which cards go."""


def cards(page: Page, left: Sequence[int]) -> list[Finding]:
    """The blocks of cards among those that are left.

    >>> from cleaner.reading import read
    >>> from cleaner.heuristics.batches.batch import Batch
    >>> said = "The ferry left at noon, and nobody waved from the long pier."
    >>> card = '<a href="/pier"><h3>The pier</h3><p>It is long.</p></a>'
    >>> document = read(f"<p>{said}</p>{card}<p>{said}</p>", "html")
    >>> [found.run.start for found in cards(Page(document, (), Batch([document]), 0), range(4))]
    [1, 2]
    """
    tree = page.document.page
    if tree is None or not left:
        return []
    markup = tree.markup
    links = elements_of(markup, lambda element: element.tag == "a")
    first, last = np.asarray(markup.first)[links], np.asarray(markup.last)[links]
    several = last > first + 1
    if not several.any():
        return []
    indices = np.asarray(left)
    starts, ends = np.array([page.span(index) for index in left]).T
    low = np.searchsorted(starts, np.asarray(markup.starts)[first[several]])
    high = np.searchsorted(ends, np.asarray(markup.ends)[last[several] - 1], side="right")
    found: set[int] = set()
    for begin, end in zip(low.tolist(), high.tolist(), strict=True):
        if end > begin + 1 and page.words[indices[begin:end]].sum() <= MOST_WORDS:
            found.update(left[begin:end])
    if not found or page.words[sorted(found)].sum() > MOST * page.words[indices].sum():
        return []
    why = "a link around several blocks"
    return findings_of(sorted(found), Category.TEASER, "link-card", why)
