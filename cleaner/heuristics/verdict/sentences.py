"""Blocks that are pieces of one sentence stay or go together.

Why: some dumps put every link of a paragraph on a line of its own ("said in a", "statement", ", adding"), others wrap
lines at a width; the pieces look like menu entries, the sentence does not. Joined, such dumps of the gold pages gain
0.2 to 0.3 points of word F1, and others lose nothing.
Lines of verse run on in small letters too, and "home," or "follow me" among them is no prompt; no gold page shows it.
Spares: a heading above a sentence, which starts in capitals; menus in small letters, which have no long entry.
Known mistakes: pieces in scripts without case are not joined.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches import columns as c
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.prompts.evidence import prompts_of

LONGEST_BRIDGE = 60
"""Characters of a name that stands as a link between two pieces."""
LEAST_PIECE, LEAST_SENTENCE = 4, 6
"""Words of the longest piece of a sentence, and of all pieces."""
LEAST_LINE = 3
"""The same of the lines of a verse."""

_CONTINUING = c.character_set(",.;:)!?%”’…")
_GOING_ON = c.character_set(",;")
_AWAITING = c.character_set(",(“")


def whole_sentences(batch: Batch, likely: Floats) -> Floats:
    """The probabilities of the blocks, each piece of a sentence with that of its likeliest piece.

    >>> from cleaner.document import Document
    >>> text = "Oldport\\nShe said in a\\nHarbour Times\\n, adding that it rained.\\nMore"
    >>> whole_sentences(Batch([Document.from_text(text)]), np.array([0.1, 0.9, 0.2, 0.8, 0.1])).tolist()
    [0.1, 0.9, 0.9, 0.9, 0.1]
    """
    joins = _joins(batch)
    if not joins.any():
        return likely
    starts = np.flatnonzero(~joins)
    run = np.cumsum(~joins) - 1
    longest, words = np.maximum.reduceat(batch.words, starts), np.add.reduceat(batch.words, starts)
    whole = (longest >= np.where(_verse(batch, joins, starts), LEAST_LINE, LEAST_PIECE)) & (words >= LEAST_SENTENCE)
    return np.where(whole[run], np.maximum.reduceat(likely, starts)[run], likely)


def _joins(batch: Batch) -> npt.NDArray[np.bool_]:
    """For each block whether it continues the sentence of the block before it."""
    characters = batch.characters
    first, last = batch.starts, batch.ends - 1
    meant = ~prompts_of(batch).strong | _after(c.held(batch.last_codes, _GOING_ON))
    continuing = (characters.classes[first] == c.LOWER) & meant
    continuing |= c.held(batch.first_codes, _CONTINUING)
    ends = characters.classes[last]
    opening = (ends != c.STOP) & (ends != c.COLON) & (ends != c.SEPARATOR)
    awaiting = (ends == c.LOWER) | c.held(batch.last_codes, _AWAITING)
    open_before = _after(opening) & (batch.index > 0)
    bridge = _after(awaiting) & opening & _before(continuing & (batch.index > 0)) & (batch.length <= LONGEST_BRIDGE)
    result: npt.NDArray[np.bool_] = open_before & (continuing | bridge)
    return result


def _verse(batch: Batch, joins: npt.NDArray[np.bool_], starts: Ints) -> npt.NDArray[np.bool_]:
    """For each run of joined blocks whether it runs as verse does: on in small letters, and to a full stop."""
    classes = batch.characters.classes
    lower = ~joins | (classes[batch.starts] == c.LOWER)
    last = np.append(starts[1:], batch.count) - 1
    closed = classes[batch.ends[last] - 1] == c.STOP
    return np.asarray(np.logical_and.reduceat(lower, starts) & closed)


def _after(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """The flag of the block before."""
    return np.concatenate(([False], flags[:-1]))


def _before(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """The flag of the block after."""
    return np.concatenate((flags[1:], [False]))
