"""The elements of a batch of pages as columns, and what they say of the blocks in them.

The pages of a batch are laid one behind the other, as `Batch` does with their blocks. What an element holds (words,
links, probable body) is a difference of running sums over the pieces or blocks that it spans; what a block inherits is
gathered along `chain`, its ancestors from the innermost outwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batch import Batch, Booleans
from cleaner.heuristics.columns import Characters, Floats, Ints, among
from cleaner.heuristics.element_kinds import OWN, Names, kinds_of
from cleaner.page_tree import Markup

DEEPEST = 48
"""Ancestors that are looked at, from the innermost outwards; the deepest block of the gold pages has 40."""

LEAST_OF_TITLE = 3
"""Words from which a block may be the beginning of a title."""

RUN = 4
"""Words of the runs by which a block is found again in another text of the page."""


class Elements:
    """The elements of the pages `markups`, whose blocks are those of `batch`."""

    def __init__(self, batch: Batch, markups: Sequence[Markup], names: Names) -> None:
        self.batch, self.markups = batch, markups
        counts = np.array([len(m.parents) for m in markups], np.int64)
        pieces = np.array([len(m.starts) for m in markups], np.int64)
        base = np.cumsum(counts) - counts
        self.page = np.repeat(np.arange(len(markups)), counts)
        parents = _joined([m.parents for m in markups])
        self.count = len(parents)
        self.parents = np.where(parents < 0, self.count, parents + np.repeat(base, counts))  # past the end: none
        piece_base = np.repeat(np.cumsum(pieces) - pieces, counts)
        self.first = _joined([m.first for m in markups]) + piece_base
        self.last = np.maximum(_joined([m.last for m in markups]) + piece_base, self.first)
        self.owners = _joined([m.owners for m in markups]) + np.repeat(base, pieces)
        self.linked = _joined([m.linked for m in markups]).astype(np.bool_)
        self.anchored = _joined([m.anchored for m in markups]).astype(np.bool_)
        shifts = np.repeat(batch.shifts, pieces)
        self.piece_starts = _joined([m.starts for m in markups]) + shifts
        self.piece_ends = _joined([m.ends for m in markups]) + shifts
        self.kinds = kinds_of(markups, names)

    @cached_property
    def pieces_below(self) -> Ints:
        """Per block the number of its first piece, and behind the last block that of all pieces."""
        return np.append(np.searchsorted(self.piece_ends, self.batch.starts, side="right"), len(self.owners))

    @cached_property
    def piece_block(self) -> Ints:
        """The block in which each piece begins."""
        return np.asarray(np.searchsorted(self.batch.ends, self.piece_starts, side="right"))

    @cached_property
    def block_bounds(self) -> tuple[Ints, Ints]:
        """The blocks of each element, from the first up to past the last (which it may share with others)."""
        some = self.last > self.first
        low = np.zeros(self.count, np.int64)
        high = np.zeros(self.count, np.int64)
        low[some] = self.piece_block[self.first[some]]
        high[some] = self.piece_block[self.last[some] - 1] + 1
        return low, high

    @cached_property
    def chain(self) -> Ints:
        """(levels, blocks): each block's ancestors, from the element of its first piece outwards, `count` beyond."""
        up = np.append(self.parents, self.count)
        here = np.append(self.owners, self.count)[np.minimum(self.pieces_below[:-1], len(self.owners))]
        levels = [here]
        while len(levels) < DEEPEST and (levels[-1] < self.count).any():
            levels.append(up[levels[-1]])
        return np.array(levels)

    @cached_property
    def own(self) -> Ints:
        """The innermost element of each block that does not stand inside a line."""
        inline = np.append(self.kinds.inline, False)
        own: Ints = self.chain[0]
        for outer in self.chain[1:]:
            inside = inline.take(own)
            if not inside.any():
                return own
            own = np.where(inside, outer, own)
        return np.where(inline.take(own), self.chain[0], own)

    def around_blocks(self, marked: Booleans) -> Ints:
        """Per block how many of the elements around it are marked."""
        pieces = len(self.owners) + 1
        opened = np.bincount(self.first[marked], minlength=pieces)
        opened -= np.bincount(self.last[marked], minlength=pieces)
        return np.cumsum(opened).take(self.pieces_below[:-1])

    @cached_property
    def levels(self) -> Ints:
        """How many elements are around each block."""
        return self.around_blocks(np.ones(self.count, np.bool_))

    def outwards(self, steps: int) -> Ints:
        """The ancestor of each block's own element so many steps outwards; `count` beyond the root."""
        return self._steps[steps]

    @cached_property
    def _steps(self) -> list[Ints]:
        up = np.append(self.parents, self.count)
        steps = [self.own]
        for _ in range(6):
            steps.append(up[steps[-1]])
        return steps

    @cached_property
    def around(self) -> Ints:
        """Per block the bits of all that it stands in."""
        return np.asarray(np.bitwise_or.reduce(np.append(self.kinds.around, 0).take(self.chain), axis=0))

    @cached_property
    def own_kind(self) -> Ints:
        """Per block the number in `OWN` of what its own element is, past the last for others."""
        return np.append(self.kinds.own, len(OWN))[self.own]

    @cached_property
    def around_names(self) -> tuple[Floats, Floats, Floats]:
        """Of the scores by name of each block's ancestors the lowest and the highest, at most and at least 0, and the
        sum."""
        scores = np.append(self.kinds.names, 0).take(self.chain)
        return scores.min(axis=0, initial=0), scores.max(axis=0, initial=0), scores.sum(axis=0)

    @cached_property
    def depth(self) -> Floats:
        """Ancestors of each block, as far as they are looked at."""
        return np.minimum(self.levels, DEEPEST).astype(np.float32)

    @cached_property
    def signature(self) -> Ints:
        """Per block a number for its own element's tag and names and those of the next two outwards, by page."""
        kinds = np.append(self.kinds.number, -1)
        made = kinds[self.own]
        for steps in (1, 2):
            made = made * np.int64(1_000_003) + kinds[self.outwards(steps)]
        return np.asarray(made * np.int64(1_000_003) + self.batch.document)

    @cached_property
    def alike(self) -> tuple[Ints, Ints, Floats, Floats]:
        """Per block the number of its signature, how many blocks have that, its own weight, and that of the others."""
        _, number, counts = np.unique(self.signature, return_inverse=True, return_counts=True)
        weight = np.sqrt(self.batch.words + 1)
        return number, counts[number], weight, np.bincount(number, weights=weight)[number] - weight

    @cached_property
    def extracted(self) -> Floats:
        """How much of each block the extractor took, see `found_in`."""
        return self.found_in([markup.extracted for markup in self.markups])

    @cached_property
    def declared(self) -> Floats:
        """How much of each block stands in the body that the page declares."""
        return self.found_in([markup.declared for markup in self.markups])

    def at(self, values: npt.NDArray[Any], elements: Ints, beyond: float = 0) -> Floats:
        """The values of the given elements."""
        return np.append(values, beyond).take(elements).astype(np.float32)

    def over_pieces(self, values: npt.NDArray[Any]) -> Floats:
        """Per element the sum of a value per piece."""
        sums = np.concatenate(([0], np.cumsum(values, dtype=np.int64)))
        return np.asarray(sums[self.last] - sums[self.first], np.float32)

    def over_blocks(self, values: npt.NDArray[Any]) -> Floats:
        """Per element the sum of a value per block."""
        low, high = self.block_bounds
        sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
        return np.asarray(sums[high] - sums[low], np.float32)

    @cached_property
    def size(self) -> Floats:
        """Characters of each element."""
        return self.over_pieces(self.piece_ends - self.piece_starts)

    @cached_property
    def link_density(self) -> Floats:
        """Share of each element's characters that are links."""
        linked = self.over_pieces(np.where(self.linked, self.piece_ends - self.piece_starts, 0))
        return np.asarray(linked / np.maximum(self.size, 1))

    def linked_share(self, linked: Booleans) -> Floats:
        """Share of each block's characters that are in links, given which pieces count as such."""
        sizes = self.piece_ends - self.piece_starts
        within = np.bincount(self.piece_block, weights=np.where(linked, sizes, 0), minlength=self.batch.count)
        every = np.bincount(self.piece_block, weights=sizes, minlength=self.batch.count)
        return (within / np.maximum(every, 1)).astype(np.float32)

    @cached_property
    def links(self) -> Floats:
        """Linked pieces of each block."""
        return np.bincount(self.piece_block, weights=self.linked, minlength=self.batch.count).astype(np.float32)

    @cached_property
    def titled(self) -> Booleans:
        """Whether each block says a title of its page, or how one begins: titles go on with the site's name."""
        batch = self.batch
        said = np.zeros(batch.count, np.bool_)
        lines = Characters("".join(f"{title}\n" for markup in self.markups for title in markup.titles))
        words, line = lines.words, 0
        firsts = np.searchsorted(words.starts, [0, *(np.flatnonzero(lines.codes == ord("\n")) + 1)]).tolist()
        for number, markup in enumerate(self.markups):
            lasts = range(line, line := line + len(markup.titles))
            beginnings = [_beginnings(words.hashes[firsts[each] : firsts[each + 1]]) for each in lasts]
            if beginnings:
                here = slice(int(batch.first[number]), int(batch.last[number]))
                hashes = batch.block_hash[here] ^ np.uint64(number)
                said[here] = among(hashes, np.sort(np.concatenate(beginnings))) & (batch.words[here] > 0)
        return said

    @cached_property
    def words(self) -> Floats:
        """Words of each element."""
        return self.over_blocks(self.batch.words)

    @cached_property
    def direct_words(self) -> Floats:
        """Per element the words of the paragraphs directly in it and of the text that is in no smaller element."""
        paragraph = self.own_kind == OWN.index(("p",))
        holder = np.where(paragraph, self.outwards(1), self.own)
        held = np.bincount(holder, weights=self.batch.words, minlength=self.count + 1)
        return held[: self.count].astype(np.float32)

    def found_in(self, texts: Sequence[str | None]) -> Floats:
        """Per block the share of its runs of words that stand in a text of its page; -1 where the page has none."""
        batch = self.batch
        result = np.full(batch.count, -1, np.float32)
        runs = _runs(batch.characters.words.hashes)
        middles = batch.word_block[RUN // 2 :][: len(runs)]  # a run counts for the block in which its middle stands
        for number, text in enumerate(texts):
            first, last = int(batch.first[number]), int(batch.last[number])
            known = np.unique(_runs(Characters(text).words.hashes)) if text else ()
            if first == last or not len(known):
                continue
            low, high = np.searchsorted(middles, np.array([first, last], middles.dtype))
            at = np.minimum(np.searchsorted(known, runs[low:high]), len(known) - 1)
            block = middles[low:high] - first
            found = np.bincount(block, weights=known[at] == runs[low:high], minlength=last - first)
            every = np.bincount(block, minlength=last - first)
            result[first:last] = found / np.maximum(every, 1)
        return result


def _beginnings(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """What `Batch.block_hash` gives, but for the document, to the whole of some words and to how they begin."""
    places = 2 * np.arange(len(hashes), dtype=np.uint64) + np.uint64(1)
    sums = np.cumsum(hashes * places, dtype=np.uint64)
    return sums[min(LEAST_OF_TITLE, len(sums)) - 1 :]


def _runs(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """A hash of each run of `RUN` words."""
    count = len(hashes) - RUN + 1
    if count <= 0:
        return hashes[:0]
    total = np.zeros(count, np.uint64)
    for number in range(RUN):
        total = total * np.uint64(0x9E3779B97F4A7C15) + hashes[number : number + count]
    return total


def _joined(lists: Sequence[Sequence[Any]]) -> npt.NDArray[np.int64]:
    return np.concatenate([np.asarray(values, np.int64) for values in lists]) if lists else np.zeros(0, np.int64)
