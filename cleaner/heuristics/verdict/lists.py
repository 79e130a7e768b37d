"""The few lines of a list that would stay where the rest of it goes.

Why: lines that follow each other without a blank line, in a text that has blank lines between its paragraphs, are the
items of one list, or the lines of one box: a headline, what it promises, who wrote it. One of them may read like the
article; the list does not.
Spares: texts without blank lines; lists of which more than a third stays, or that are in doubt as a whole; the first
paragraph right below the lines of a head, the last right above a list: those that are probable, next to what stays.
Known mistakes: a summary that the head of an article holds on lines without blanks between them.
On gold dumps (html_text, cross-validated) 55 lines that would stay otherwise are no body, and 8 are.
"""

from __future__ import annotations

import numpy as np

from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats, Ints

LINES = (3, 40)
"""Lines of a list."""
MOST_STAYING = 1 / 3
"""The share of a list that would stay, at most."""
LEAST_BELOW = 1.0
"""By how much the mean of the log odds of its lines lies below what a line must have to stay: with 0.7, 99 lines are no
body and 20 are; with 0.5, 125 and 30."""
BESIDE_BODY = 0.8
"""Probability from which a line stays that joins what stays outside the list."""
LEAST_BLANK = 0.2
"""The share of the lines of a text that blank lines part from those above."""
SCALE = 1 << 10
"""Steps of the log odds: whole numbers, which give the same sum in any batch."""
LEAST = 1e-4
"""Of smaller probabilities, or greater ones below 1, the log odds are those of this."""


def left_in_lists(batch: Batch, likely: Floats, limits: Floats, improbable: Booleans) -> Booleans:
    """Which blocks go with the list around them; `limits` holds what stays in each document.

    >>> from cleaner.document import Document
    >>> text = "It rained.\\n\\nBoats\\nA pier for Oldport\\nIt took ten years.\\nTides\\n\\nNobody came."
    >>> likely = np.array([0.9, 0.1, 0.1, 0.6, 0.1, 0.9], np.float32)
    >>> limits = np.array([0.5], np.float32)
    >>> left_in_lists(Batch([Document.from_text(text)]), likely, limits, likely < 0.5).tolist()
    [False, False, False, True, False, False]
    """
    if not batch.count:
        return improbable
    parted = batch.breaks > 1
    starts = np.flatnonzero(parted)
    size = np.diff(starts, append=batch.count)
    least, most = LINES
    staying = np.add.reduceat((~improbable).astype(np.int64), starts)
    below = np.add.reduceat(_log_odds(limits)[batch.document] - _log_odds(likely), starts)
    goes = (size >= least) & (size <= most) & (staying <= MOST_STAYING * size) & (below > LEAST_BELOW * SCALE * size)
    blank = np.bincount(batch.document[parted], minlength=batch.documents)
    lines = np.bincount(batch.document, minlength=batch.documents)
    goes &= (blank >= LEAST_BLANK * lines)[batch.document[starts]]
    found = np.asarray(np.repeat(goes, size) & ~improbable)
    if found.any():
        found &= (likely < BESIDE_BODY) | ~_reaches_out(batch, ~improbable, np.cumsum(parted))
    return found


def _reaches_out(batch: Batch, stays: Booleans, run: Ints) -> Booleans:
    """Which of the blocks that stay belong to a stretch of such blocks that goes on in another run."""
    kept = stays.astype(np.int8)
    first = np.flatnonzero(stays & (batch.neighbour(kept, -1, 0) == 0))
    last = np.flatnonzero(stays & (batch.neighbour(kept, 1, 0) == 0))
    result = np.zeros(batch.count, np.bool_)
    result[stays] = np.repeat(run[first] != run[last], last + 1 - first)
    return result


def _log_odds(likely: Floats) -> Ints:
    clipped = np.clip(likely.astype(np.float64), LEAST, 1 - LEAST)
    return np.asarray(np.rint(SCALE * np.log(clipped / (1 - clipped))), np.int64)
