"""Running sums of a value per block, and what they say of the blocks around: cut where a document ends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.columns import Floats, Ints

UNIT = float(1 << 32)
"""Sums are taken in whole steps of 1 / UNIT, so that they are exact and what stands before a document adds nothing."""
PART = 1 << 13
"""Blocks whose surroundings are summed at once: several windows of so many fit into the processor's cache."""


def exact_sums(values: npt.NDArray[np.generic]) -> Ints:
    """The sums of the first 0, 1, 2, … values, in steps of 1 / UNIT. Their differences hold even if they overflow."""
    sums = np.zeros(len(values) + 1, np.int64)
    steps = np.multiply(values, UNIT, dtype=np.float64)
    np.cumsum(np.rint(steps, out=steps).astype(np.int64), out=sums[1:])
    return sums


class Sums:
    """The sums of a value per block over other blocks of its document, which are those from `begin` up to `stop`."""

    def __init__(self, values: npt.NDArray[np.generic], begin: Ints, stop: Ints) -> None:
        self._sums, self._begin, self._stop = exact_sums(values), begin, stop

    def within(self, spans: Sequence[tuple[int, int]]) -> Floats:
        """(spans, blocks): the sum from so many blocks back to so many on, of each span; -1 leaves the block out."""
        count = len(self._begin)
        edges = sorted({edge for back, on in spans for edge in (-back, on + 1)})
        result = np.empty((len(spans), count), np.float32)
        for first in range(0, count, PART):
            here = np.arange(first, min(first + PART, count))
            # of the type of `here`, or they would be made so for each edge anew
            begin, stop = (each[first : first + PART].astype(here.dtype) for each in (self._begin, self._stop))
            up_to = {edge: self._sums.take(np.minimum(np.maximum(here + edge, begin), stop)) for edge in edges}
            for row, (back, on) in zip(result, spans, strict=True):
                row[first : first + PART] = (up_to[on + 1] - up_to[-back]) / UNIT
        return result

    @cached_property
    def before(self) -> Floats:
        """The sum over the blocks of the document before this one."""
        return ((self._sums[:-1] - self._sums.take(self._begin)) / UNIT).astype(np.float32)

    @cached_property
    def total(self) -> Floats:
        """The sum over the document."""
        return ((self._sums.take(self._stop) - self._sums.take(self._begin)) / UNIT).astype(np.float32)
