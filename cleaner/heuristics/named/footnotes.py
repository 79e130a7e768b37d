"""Footnotes of a page stay: what ends in a link that leads back up to the place that they belong to.

Why: they stand below the last paragraph, as small lines and addresses do, and the model takes them for the page's.
Spares: what another heuristic has found; what the model is sure is none, such as lists of addresses; references without
links back; a text of a word or two.
On pages as HTML (cross-validated) 11 blocks that would go otherwise are body, on three pages, and none is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.named.page import Finding, Page
from cleaner.heuristics.named.permalinks import signs_of

BACK = frozenset("↩⤴⏎↵")
"""Signs that lead back up, not those that lead to the top of the page."""
LEAST_WORDS = 3
"""Words of a footnote."""
LEAST = 0.27
"""Probability from which one stays: those that are body on gold pages have 0.28 to 0.45, the others up to 0.2."""


def footnotes(page: Page, goes: Mapping[int, Finding | None], likely: Callable[[], Floats]) -> list[int]:
    """The footnotes among the blocks that the model drops. `likely` gives the probabilities of the blocks.

    >>> import numpy as np
    >>> from cleaner.reading import read
    >>> from cleaner.heuristics.batches.batch import Batch
    >>> note = '<ol><li id="n1">The old pier was longer. <a href="#r1">↩</a></li><li><a href="#top">↩</a></li></ol>'
    >>> document = read(f"<p>The ferry left at noon, and nobody waved from the long pier.</p>{note}", "html")
    >>> footnotes(Page(document, (), Batch([document]), 0), {1: None, 2: None}, lambda: np.full(3, 0.3))
    [1]
    """
    may_be = [
        index
        for index, sign in signs_of(page)
        if index in goes
        and goes[index] is None
        and not BACK.isdisjoint(page.document.text[sign.start : sign.end])
        and page.shapes[index].words >= LEAST_WORDS
    ]
    if not may_be:
        return []
    probable = likely() >= LEAST
    return [index for index in may_be if probable[index]]
