"""Blocks of a batch taken some at a time: whole documents together, and pieces of what is still too much."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.batches.blocks import Blocks, Booleans


class Chosen(Blocks):
    """The blocks of some documents of a batch: `origin` are their places there, `words` the words of each."""

    def __init__(self, batch: Batch, documents: Booleans) -> None:
        super().__init__((batch.last - batch.first)[documents].astype(np.int64))
        self.origin = np.flatnonzero(documents[batch.document])
        self.words = batch.words[self.origin]

    @classmethod
    def every(cls, batch: Batch) -> Chosen:
        """All documents."""
        return cls(batch, np.ones(batch.documents, np.bool_))


def groups(batch: Blocks, size: int) -> Iterator[slice]:
    """The blocks of whole documents, of as many together as have up to `size` blocks, and at least of one.

    >>> list(groups(Blocks(np.array([2, 0, 3, 9, 4])), 5))
    [slice(0, 5, None), slice(5, 14, None), slice(14, 18, None)]
    """
    start = 0
    while start < batch.count:
        last = max(int(np.searchsorted(batch.last, start + size, "right")) - 1, int(batch.document[start]))
        stop = int(batch.last[last])
        yield slice(start, stop)
        start = stop


def stretches(blocks: slice, size: int) -> Iterator[slice]:
    """Up to `size` of the blocks after the other."""
    for start in range(blocks.start, blocks.stop, size):
        yield slice(start, min(start + size, blocks.stop))


def counted_from(start: int, blocks: slice) -> slice:
    """The places of blocks among those from the block `start` on."""
    return slice(blocks.start - start, blocks.stop - start)


def documents_of(batch: Blocks, blocks: slice) -> list[tuple[int, slice]]:
    """The number of each document that has some of the blocks, and the places of its own among them.

    >>> documents_of(Blocks(np.array([2, 0, 3])), slice(1, 4))
    [(0, slice(0, 1, None)), (2, slice(1, 3, None))]
    """
    found = []
    for number in range(int(batch.document[blocks.start]), int(batch.document[blocks.stop - 1]) + 1):
        start, stop = max(int(batch.first[number]), blocks.start), min(int(batch.last[number]), blocks.stop)
        if start < stop:
            found.append((number, counted_from(blocks.start, slice(start, stop))))
    return found
