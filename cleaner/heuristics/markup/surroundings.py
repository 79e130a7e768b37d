"""What some blocks have from the elements around them: as many blocks as fit into the processor's cache.

What a block inherits is gathered along `chain`, its ancestors from the innermost outwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.batch import Booleans
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.markup.elements import DEEPEST, Elements

AT_ONCE = 1 << 13
"""Blocks that are looked at at once. Their ancestors are as many numbers for each level."""


class Surroundings:
    """The elements around the blocks `low` up to `high`."""

    def __init__(self, elements: Elements, low: int, high: int) -> None:
        self.elements, self.low, self.high = elements, low, high

    def here(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Of a value per block those of these blocks."""
        return values[self.low : self.high]

    @cached_property
    def innermost(self) -> Ints:
        """The element of each block's first piece."""
        elements = self.elements
        return elements.owners.take(elements.pieces_below[self.low : self.high])

    @cached_property
    def chain(self) -> Ints:
        """(levels, blocks): each block's ancestors, from the innermost outwards, -1 beyond."""
        up, levels = self.elements.parents, [self.innermost]
        while len(levels) < DEEPEST and (levels[-1] >= 0).any():
            levels.append(up.take(levels[-1]))
        return np.array(levels)

    @cached_property
    def _kinds(self) -> Ints:
        return self.elements.kinds.number.take(self.chain)

    @cached_property
    def around(self) -> Ints:
        """Per block the bits of all that it stands in."""
        return np.asarray(np.bitwise_or.reduce(self.elements.kinds.around.take(self._kinds), axis=0))

    @cached_property
    def around_names(self) -> tuple[Floats, Floats, Floats]:
        """Of the scores by name of each block's ancestors the lowest and the highest, at most and at least 0, and the
        sum."""
        known = self.elements.kinds.names.astype(np.float64)
        known[-1] = 0
        scores = known.take(self._kinds)
        return scores.min(axis=0, initial=0), scores.max(axis=0, initial=0), scores.sum(axis=0)

    def outwards(self, steps: int) -> Ints:
        """The ancestor of each block's own element so many steps outwards; -1 beyond the root."""
        return self._steps[steps]

    @cached_property
    def _steps(self) -> list[Ints]:
        steps = [self.here(self.elements.own)]
        for _ in range(6):
            steps.append(self.elements.parents.take(steps[-1]))
        return steps

    def names(self, steps: int) -> Floats:
        """The score by name of an ancestor, `ALONE` beyond the root."""
        kinds = self.elements.kinds
        return kinds.names.take(kinds.number.take(self.outwards(steps)))

    @cached_property
    def _pieces(self) -> tuple[slice, Ints, Ints]:
        """The pieces that begin in these blocks, which of the blocks each, and their sizes."""
        elements = self.elements
        edges = np.array([self.low, self.high], elements.piece_block.dtype)
        here = slice(*np.searchsorted(elements.piece_block, edges).tolist())
        sizes = elements.piece_ends[here] - elements.piece_starts[here]
        return here, elements.piece_block[here] - edges[0], sizes

    def linked_share(self, linked: Booleans) -> Floats:
        """Share of each block's characters that are in links, given which pieces count as such."""
        here, block, sizes = self._pieces
        within = np.bincount(block, weights=np.where(linked[here], sizes, 0), minlength=self.high - self.low)
        return (within / np.maximum(self._sizes, 1)).astype(np.float32)

    @cached_property
    def _sizes(self) -> Floats:
        _, block, sizes = self._pieces
        return np.bincount(block, weights=sizes, minlength=self.high - self.low)

    @cached_property
    def links(self) -> Floats:
        """Linked pieces of each block."""
        here, block, _ = self._pieces
        return np.bincount(block, weights=self.elements.linked[here], minlength=self.high - self.low)


def surroundings_of(elements: Elements) -> Iterator[Surroundings]:
    """Those of all blocks, some at a time."""
    for low in range(0, elements.batch.count, AT_ONCE):
        yield Surroundings(elements, low, min(low + AT_ONCE, elements.batch.count))
