"""The lines of preformatted text (`<pre>`) stay or go together.

Why: a line of code such as "}" or "end" looks like no body by itself, and a listing without it is spoilt. Of the 32
gold pages that come out otherwise, 16 gain word F1 and one loses 0.0005: wcxb-dev gains 0.0014, readability-dev 0.0010.
Known mistakes: a page that is a letter within one `<pre>` keeps its head and its signature.
"""

from __future__ import annotations

import numpy as np

from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.markup.element_kinds import OWN
from cleaner.heuristics.markup.elements import Elements

PREFORMATTED = OWN.index(("pre",))


def whole_listings(elements: Elements, likely: Floats) -> Floats:
    """The probabilities of the blocks, each line of a listing with that of its likeliest line."""
    kinds = elements.kinds
    found = np.flatnonzero((kinds.own == PREFORMATTED).take(kinds.number[:-1]) & (elements.last > elements.first))
    begins = elements.piece_block[elements.first[found]]
    ends = np.searchsorted(elements.batch.starts, elements.piece_ends[elements.last[found] - 1])
    result, edge = likely.copy(), 0
    for first, end in zip(begins.tolist(), ends.tolist(), strict=True):
        start = max(first, edge)  # one listing may stand within another
        if start < end:
            result[start:end] = result[start:end].max()
            edge = end
    return result
