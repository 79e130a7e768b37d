"""Which blocks a named heuristic need look at: cheap tests of a few characters, for all blocks of a batch at once.

A hint is true of every block that its heuristic could say something of, and false of most others.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cleaner.heuristics import columns as c
from cleaner.heuristics.batch import Batch, Booleans
from cleaner.heuristics.columns import Ints

CREDIT_HEAD = 40
"""Characters of a block among which the label of a credit ends."""
DATELINE_HEAD = 60
"""Characters of a block among which the dash of a wire dateline stands."""


def character_codes(characters: str) -> Ints:
    """The codes of characters, to look for in `Characters.codes`."""
    return np.array([ord(character) for character in characters], np.uint32)


_OPENING, _CLOSING, _FINAL = character_codes("PpIi"), character_codes(")）]"), character_codes('.!?”"')


def may_be_credit(b: Batch) -> Booleans:
    """Blocks for `credits.is_credit`: a label at the head, a parenthesis at the end, or words after a full stop."""
    codes = b.characters.codes
    first, last = codes[b.starts], codes[b.ends - 1]
    trailing = (b.class_counts[:, c.STOP] > 0) & ~np.isin(last, _FINAL)
    labelled = _within(b, np.flatnonzero(codes == ord(":")), CREDIT_HEAD)
    return np.asarray(trailing | labelled | np.isin(first, _OPENING) | np.isin(last, _CLOSING))


def may_have_dateline(b: Batch) -> Booleans:
    """Blocks for `opening.has_dateline`: a dash near the start."""
    return _within(b, np.flatnonzero(b.characters.classes == c.DASH), DATELINE_HEAD)


def _within(b: Batch, places: Ints, size: int) -> Booleans:
    """Blocks of whose first characters one stands at one of the places."""
    block = np.searchsorted(b.starts, places, side="right") - 1
    near: npt.NDArray[np.bool_] = np.zeros(b.count, np.bool_)
    near[block[(block >= 0) & (places - b.starts[block] < size)]] = True
    return near
