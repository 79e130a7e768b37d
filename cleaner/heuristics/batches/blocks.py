"""The blocks of several documents, one behind the other: which document each belongs to, and what stands around it.

Blocks of different documents never see each other: whatever looks beyond a block is cut at its document.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.batches.sums import Sums

Booleans = npt.NDArray[np.bool_]

Made = TypeVar("Made")


def small(size: int) -> type[np.signedinteger[Any]]:
    """The type of numbers up to a size, of four bytes while that is enough."""
    return np.int32 if size <= np.iinfo(np.int32).max else np.int64


class Blocks:
    """So many blocks of each document, in order."""

    def __init__(self, counts: npt.NDArray[np.int64]) -> None:
        self.documents = len(counts)
        self.count = int(counts.sum())
        kind = small(self.count)
        self.document: Ints = np.repeat(np.arange(len(counts), dtype=kind), counts)
        self.last: Ints = np.cumsum(counts).astype(kind)
        self.first: Ints = self.last - counts.astype(kind)
        self.memo: dict[str, Any] = {}

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What `make` gives, made once for this batch."""
        if name not in self.memo:
            self.memo[name] = make()
        made: Made = self.memo[name]
        return made

    @cached_property
    def begin(self) -> Ints:
        """Index of the first block of the block's document."""
        return self.first[self.document]

    @cached_property
    def stop(self) -> Ints:
        """Index just past the last block of the block's document."""
        return self.last[self.document]

    @cached_property
    def size(self) -> Ints:
        """Number of blocks of the block's document."""
        return self.stop - self.begin

    @cached_property
    def index(self) -> Ints:
        """Position of the block in its document, from 0."""
        return np.arange(self.count, dtype=self.begin.dtype) - self.begin

    def neighbour(self, values: Ints, shift: int, beyond: int) -> Ints:
        """The value of the block `shift` blocks away, `beyond` where the document has none."""
        there = np.arange(self.count) + shift
        return np.where(self.has_neighbour(shift), values[np.clip(there, 0, max(self.count - 1, 0))], beyond)

    def has_neighbour(self, shift: int) -> Booleans:
        """Whether the document of the block has a block `shift` blocks away."""
        return self.once(f"has-neighbour{shift:+}", lambda: self._inside(np.arange(self.count) + shift))

    def _inside(self, there: Ints) -> Booleans:
        return np.asarray((there >= self.begin) & (there < self.stop))

    def sums(self, values: npt.NDArray[np.generic]) -> Sums:
        """The running sums of a value per block."""
        return Sums(values, self.begin, self.stop)

    def total(self, values: npt.NDArray[np.generic]) -> Floats:
        """Sum of a value over the document."""
        return self.sums(values).total

    def since(self, marked: Booleans) -> Ints:
        """Blocks since the last marked one before this block (1 = the one before); 99 where there is none.

        `marked` is (blocks,), or (rows, blocks) for several questions at once.
        """
        previous = self.last_before(marked)
        distance: Ints = np.minimum(self._numbers - previous, 99)
        distance[previous < 0] = 99
        return distance

    def last_before(self, marked: Booleans) -> Ints:
        """The index of the last marked block of the document before this one; -1 where there is none."""
        previous = np.full(marked.shape, -1, np.int32)
        here = np.where(marked, self._numbers, np.int32(-1))
        np.maximum.accumulate(here[..., :-1], axis=-1, out=previous[..., 1:])
        previous[previous < self.begin.astype(np.int32)] = -1
        return previous

    def until(self, marked: Booleans) -> Ints:
        """Blocks until the next marked one after this block, as `since`."""
        here, none = self._numbers, np.int32(self.count)
        after = np.full(marked.shape, none)
        following = np.where(marked, here, none)[..., :0:-1]
        after[..., :-1] = np.minimum.accumulate(following, axis=-1)[..., ::-1]
        distance: Ints = np.minimum(after - here, 99)
        distance[after >= self.stop.astype(np.int32)] = 99
        return distance

    @cached_property
    def _numbers(self) -> Ints:
        """The blocks' indices, of four bytes."""
        return np.arange(self.count, dtype=np.int32)
