"""The elements of a batch of pages as columns, and what they say of the blocks in them.

The pages of a batch are laid one behind the other, as `Batch` does with their blocks. What an element holds (words,
links, probable body) is a difference of running sums over the pieces or blocks that it spans. What a block has from
the elements around it is in `surroundings.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.batches.grouping import SPREAD, groups_of
from cleaner.heuristics.markup.element_kinds import OWN, Names, kinds_of
from cleaner.heuristics.markup.said_elsewhere import found_in, titled
from cleaner.page_tree import Markup

DEEPEST = 48
"""Ancestors that are looked at, from the innermost outwards; the deepest block of the gold pages has 40."""
ALONE = -1.0
"""The value where there is no such element."""
AT_ONCE = 1 << 16
"""Elements, pieces or blocks that are worked on at once where numbers of eight bytes are needed for each."""


class Elements:
    """The elements of the pages `markups`, whose blocks are those of `batch`, and `count` how many there are.

    An element is known by its number, -1 is none. Columns of elements that are asked by number, the blocks' own among
    them, have an entry for none behind the last.
    """

    def __init__(self, batch: Batch, markups: Sequence[Markup], names: Names) -> None:
        self.batch, self.markups = batch, markups
        self.counts = np.array([len(m.parents) for m in markups], np.int64)
        pieces = np.array([len(m.starts) for m in markups], np.int64)
        self.base, piece_base = np.cumsum(self.counts) - self.counts, np.cumsum(pieces) - pieces
        self.count = int(self.counts.sum())
        self.parents = np.append(_joined([m.parents for m in markups], self.base), np.int32(-1))
        self.parents[self.base[self.counts > 0]] = -1  # a root is the first element of its page
        self.first = _joined([m.first for m in markups], piece_base)
        self.last = np.maximum(_joined([m.last for m in markups], piece_base), self.first)
        self.owners = np.append(_joined([m.owners for m in markups], self.base), np.int32(-1))
        self.linked = np.concatenate([np.zeros(0, np.bool_), *(np.asarray(m.linked, np.bool_) for m in markups)])
        self.anchored = np.concatenate([np.zeros(0, np.bool_), *(np.asarray(m.anchored, np.bool_) for m in markups)])
        self.piece_starts = _joined([m.starts for m in markups], batch.shifts)
        self.piece_ends = _joined([m.ends for m in markups], batch.shifts)
        self.kinds = kinds_of(markups, names)

    def forget(self) -> None:
        """Free what follows from the columns of the pages; whoever asks for it again, has it made again."""
        for name in list(self.__dict__):
            if isinstance(getattr(type(self), name, None), cached_property):
                del self.__dict__[name]

    def of_pages(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Per element a value of its page."""
        return np.repeat(values, self.counts)

    def page_of(self, elements: Ints) -> Ints:
        """The pages of some elements."""
        return np.asarray(np.searchsorted(self.base, elements, side="right") - 1)

    @cached_property
    def pieces_below(self) -> Ints:
        """Per block the number of its first piece, and behind the last block that of all pieces."""
        starts = self.batch.starts.astype(self.piece_ends.dtype)
        below = np.searchsorted(self.piece_ends, starts, side="right").astype(np.int32)
        return np.append(below, np.int32(len(self.piece_ends)))

    @cached_property
    def piece_block(self) -> Ints:
        """The block in which each piece begins."""
        ends = self.batch.ends.astype(self.piece_starts.dtype)
        return np.searchsorted(ends, self.piece_starts, side="right").astype(np.int32)

    @cached_property
    def own(self) -> Ints:
        """The innermost element of each block that does not stand inside a line."""
        innermost = self.owners.take(self.pieces_below[:-1])
        own = innermost.copy()
        inside = np.flatnonzero(self._is_inline(own))
        for _ in range(DEEPEST - 1):
            if not inside.size:
                return own
            own[inside] = self.parents.take(own[inside])
            inside = inside[self._is_inline(own[inside])]
        own[inside] = innermost[inside]
        return own

    def _is_inline(self, elements: Ints) -> Booleans:
        return self.kinds.inline.take(self.kinds.number.take(elements))

    @cached_property
    def own_kind(self) -> npt.NDArray[np.int8]:
        """Per block the number in `OWN` of what its own element is, past the last for others."""
        return self.kinds.own.take(self.kinds.number.take(self.own))

    def around_blocks(self, marked: Booleans) -> Ints:
        """Per block how many of the elements around it are marked."""
        pieces = len(self.owners)
        opened = np.bincount(self.first[marked], minlength=pieces)
        opened -= np.bincount(self.last[marked], minlength=pieces)
        np.cumsum(opened, out=opened)
        return opened.take(self.pieces_below[:-1]).astype(np.int16)

    @cached_property
    def levels(self) -> Ints:
        """How many elements are around each block."""
        return self.around_blocks(np.ones(self.count, np.bool_))

    def smaller(self, words: int) -> Ints:
        """How many elements of fewer words are around each block."""
        if words not in self._smaller:
            self._smaller[words] = self.around_blocks(self.words[:-1] < words)
        return self._smaller[words]

    @cached_property
    def _smaller(self) -> dict[int, Ints]:
        return {}

    @cached_property
    def depth(self) -> Floats:
        """Ancestors of each block, as far as they are looked at."""
        return np.minimum(self.levels, DEEPEST).astype(np.float32)

    @cached_property
    def signatures(self) -> tuple[Ints, Ints, Booleans]:
        """Per block a number for its own element's tag and names and those of the next two outwards, by page; how many
        blocks have that number, and whether the block before has."""
        made = self.batch.document.astype(np.int64)
        for low, high in stretches(self.batch.count):
            element = self.own[low:high]
            signature = self.kinds.number.take(element).astype(np.int64)
            for _ in range(2):
                element = self.parents.take(element)
                signature = signature * np.int64(1_000_003) + self.kinds.number.take(element)
            made[low:high] += signature * np.int64(1_000_003)
        as_before = made == np.concatenate(([0], made[:-1]))
        made *= SPREAD.view(np.int64)
        groups = groups_of(made.view(np.uint64))
        return groups.numbers, groups.sizes[groups.numbers], as_before

    @cached_property
    def extracted(self) -> Floats:
        """How much of each block the extractor took, see `found_in`."""
        return found_in(self.batch, [markup.extracted for markup in self.markups])

    @cached_property
    def declared(self) -> Floats:
        """How much of each block stands in the body that the page declares."""
        return found_in(self.batch, [markup.declared for markup in self.markups])

    @cached_property
    def titled(self) -> Booleans:
        """Whether each block says a title of its page, or how one begins."""
        return titled(self.batch, [markup.titles for markup in self.markups])

    @cached_property
    def since_title(self) -> npt.NDArray[np.uint8]:
        """Blocks since one that says a title."""
        return self.batch.since(self.titled).astype(np.uint8)

    @cached_property
    def since_heading(self) -> npt.NDArray[np.uint8]:
        """Blocks since a heading of the first rank."""
        return self.batch.since(self.own_kind == OWN.index(("h1",))).astype(np.uint8)

    def over_pieces(self, values: npt.NDArray[Any]) -> Floats:
        """Per element the sum of a value per piece."""
        sums = np.zeros(len(values) + 1, np.int64)
        np.cumsum(values, out=sums[1:])
        return self._differences(sums, self.first, self.last)

    def over_blocks(self, values: npt.NDArray[Any]) -> Floats:
        """Per element the sum of a value per block, from the first up to the last (which it may share with others)."""
        sums = np.zeros(len(values) + 1, np.float64)
        np.cumsum(values, out=sums[1:])
        result = np.zeros(self.count, np.float32)
        for low, high in stretches(self.count):
            first, last = self.first[low:high], self.last[low:high]
            some = np.flatnonzero(last > first)
            begin, end = self.piece_block.take(first[some]), self.piece_block.take(last[some] - 1) + 1
            result[low:high][some] = sums.take(end) - sums.take(begin)
        return result

    def _differences(self, sums: npt.NDArray[Any], first: Ints, last: Ints) -> Floats:
        result = np.empty(self.count, np.float32)
        for low, high in stretches(self.count):
            result[low:high] = sums.take(last[low:high]) - sums.take(first[low:high])
        return result

    @cached_property
    def link_density(self) -> Floats:
        """Share of each element's characters that are links."""
        sizes = self.piece_ends - self.piece_starts
        linked, size = self.over_pieces(np.where(self.linked, sizes, 0)), self.over_pieces(sizes)
        linked /= np.maximum(size, 1, out=size)
        return np.append(linked, np.float32(ALONE))

    @cached_property
    def words(self) -> Floats:
        """Words of each element."""
        return np.append(self.over_blocks(self.batch.words), np.float32(ALONE))

    @cached_property
    def direct_words(self) -> Floats:
        """Per element the words of the paragraphs directly in it and of the text that is in no smaller element."""
        paragraph = self.own_kind == OWN.index(("p",))
        holder = np.where(paragraph, self.parents.take(self.own), self.own)
        holder += 1  # none is the first, then
        held = np.bincount(holder, weights=self.batch.words, minlength=self.count + 1)
        return np.append(held[1:].astype(np.float32), np.float32(ALONE))

    @cached_property
    def siblings(self) -> Ints:
        """How many blocks have their own element directly in the same parent."""
        parents = self.parents.take(self.own)
        parents += 1  # none is the first, then
        return np.bincount(parents).take(parents).astype(np.int32)


def stretches(count: int) -> list[tuple[int, int]]:
    """Bounds of parts of at most `AT_ONCE`.

    >>> stretches(0), stretches(70_000)
    ([], [(0, 65536), (65536, 70000)])
    """
    return list(pairwise([*range(0, count, AT_ONCE), count])) if count else []


def _joined(lists: Sequence[Sequence[int]], shifts: Ints | None = None) -> npt.NDArray[Any]:
    """The columns of some pages as one, the values of each raised by its shift."""
    columns: list[npt.NDArray[Any]] = [np.asarray(values, np.int32) for values in lists]
    if len(columns) == 1:
        return columns[0]  # an array of the page's own: nobody changes it
    if shifts is not None and columns:
        kind = np.int64 if int(shifts[-1]) >= 1 << 30 else np.int32
        columns = [column + shift for column, shift in zip(columns, shifts.astype(kind), strict=True)]
    return np.concatenate(columns) if columns else np.zeros(0, np.int32)
