"""A batch of documents as columns over all their blocks: the raw material of the features.

Every property is an array with one entry per block (or per word, where it says so), computed once, for the whole
batch. Blocks of different documents never see each other: whatever looks beyond a block is cut at its document.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.document import Document
from cleaner.heuristics.batches.blocks import Blocks, Booleans, small
from cleaner.heuristics.batches.columns import (
    CLASSES,
    LOWER,
    OTHER,
    SPACE,
    STOP,
    UPPER,
    Characters,
    Floats,
    Hashes,
    Ints,
    places_of,
)
from cleaner.heuristics.batches.grouping import SPREAD, Groups, groups_of
from cleaner.heuristics.batches.short_lived import FOR_FEATURES, FOR_LOOKS, FOR_LOOKS_ALONE, OF_WORDS
from cleaner.heuristics.batches.sums import Sums
from cleaner.heuristics.batches.texts import Texts

__all__ = ["Batch", "Booleans"]

PROSE_WORDS = 10
"""From this many words on, a block with a full stop in it counts as prose in the neighbourhood features."""

LONG = 1 << 22
"""Characters of a batch from which what is known of its words is freed early: of fewer, as are in those of
`clean_many`, it takes little."""
STRETCH = 1 << 17
"""Characters whose classes are counted, and words that are hashed, at once: bounds the memory of a long text."""
SIZES = np.array([1, 2, 3, 6, 10, 15, 25, 40, 63, 101, 161, 255], np.float32)
"""Words from which a block is of the next size: three sizes for every fourfold length."""


class Batch(Blocks):
    """The blocks of `documents`, in order. `flags` holds by name what hints say of single blocks, `hinted` the
    blocks of which a hint is true (`hints.py`)."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.texts = Texts([document.text for document in documents])
        self.flags: dict[str, Booleans] = {}
        self.hinted: dict[Callable[[Batch], Booleans], array[int]] = {}
        self.shifts = np.array(self.texts.tops, np.int64)
        counts = np.array([len(document) for document in documents], np.int64)
        super().__init__(counts)
        kind = small(self.texts.size)
        shift = np.repeat(self.shifts.astype(kind), counts)
        self.starts: Ints = _joined([document.starts for document in documents], kind) + shift
        self.ends: Ints = _joined([document.ends for document in documents], kind) + shift

    @cached_property
    def characters(self) -> Characters:
        """The characters of the text."""
        return Characters(self.texts.joined)

    def block(self, number: int) -> str:
        """The text of one block."""
        return self.texts.part(int(self.starts[number]), int(self.ends[number]))

    def forget(self) -> None:
        """Free what only the features of words need; whoever asks for it again, has it made again."""
        self.free(OF_WORDS, FOR_FEATURES)

    def forget_looks(self) -> None:
        """Free what only the features of single blocks need, in the same way; of many blocks it is much."""
        self.free(FOR_LOOKS, FOR_LOOKS_ALONE)
        self.characters.forget()

    def forget_words(self) -> None:
        """Free what is known of each word of a long text, but not what follows of the blocks."""
        if self.texts.size >= LONG:
            self.copies, self.word_counts  # noqa: B018 - made before what they are made of goes
            self.free(("word_block",))
            self.characters.forget_words()

    def free(self, columns: Iterable[str] = (), remembered: Iterable[str] = ()) -> None:
        """Free some columns, and what is remembered under some names."""
        for name in columns:
            self.__dict__.pop(name, None)
        for name in remembered:
            self.memo.pop(name, None)

    @cached_property
    def salt(self) -> Hashes:
        """Per block a number of its document, to keep the hashes of one document from those of others."""
        return self.document.astype(np.uint64) * SPREAD

    @cached_property
    def class_counts(self) -> Floats:
        """(blocks, CLASSES): how many characters of each class a block has. Spaces, small letters and `OTHER`, most of
        a text, are not counted: NaN."""
        counts = np.zeros((self.count, CLASSES), np.float32)
        for low in range(0, self.texts.size, STRETCH):
            classes = self.characters.classes[low : low + STRETCH]
            first = np.searchsorted(self.ends, low, side="right")
            last = np.searchsorted(self.starts, low + len(classes))
            counted = np.flatnonzero((classes >= UPPER) & (classes < OTHER))
            begin, end = (np.searchsorted(counted, edges[first:last] - low) for edges in (self.starts, self.ends))
            size = end - begin
            keys = np.repeat(np.arange(last - first) * CLASSES, size)
            if len(keys) < len(counted):  # some stand in no block
                counted = counted[np.arange(len(keys)) + np.repeat(begin - (np.cumsum(size) - size), size)]
            keys += classes[counted]
            counts[first:last] += np.bincount(keys, minlength=(last - first) * CLASSES).reshape(-1, CLASSES)
        counts[:, [SPACE, LOWER, OTHER]] = np.nan
        return counts

    @cached_property
    def every_mark(self) -> tuple[Ints, npt.NDArray[np.uint8]]:
        """Where marks (of `STOP` and the classes below it) stand in the text, and the class of each."""
        classes = self.characters.classes
        flags = np.empty(len(classes), np.bool_)
        for low in range(0, len(classes), STRETCH):
            shifted = classes[low : low + STRETCH] - np.uint8(STOP)  # what is below wraps around
            np.less(shifted, OTHER - STOP, out=flags[low : low + STRETCH])
        places = places_of(flags)
        return places, classes[places]

    def marks(self, kind: int) -> Ints:
        """Where the marks of a class stand in the text."""
        places, kinds = self.every_mark
        return np.asarray(places[kinds == kind])

    @cached_property
    def first_codes(self) -> Ints:
        """The first character of the block, as a number."""
        return np.asarray(self.characters.codes[self.starts])

    @cached_property
    def last_codes(self) -> Ints:
        """The last character of the block, as a number."""
        return np.asarray(self.characters.codes[self.ends - 1])

    @cached_property
    def length(self) -> Floats:
        """Characters of the block."""
        return (self.ends - self.starts).astype(np.float32)

    # Words: arrays with one entry per word of the batch.

    @cached_property
    def word_first(self) -> Ints:
        """Index of the first word of each block (of the next word there is, where a block has none)."""
        starts = self.characters.words.starts
        return np.searchsorted(starts, self.starts).astype(starts.dtype)

    @cached_property
    def word_counts(self) -> Ints:
        """Words of the block, as whole numbers."""
        first = self.word_first
        return np.diff(first, append=first.dtype.type(len(self.characters.words.starts)))

    @cached_property
    def word_block(self) -> Ints:
        """The block of each word."""
        return np.repeat(np.arange(self.count, dtype=self.characters.words.starts.dtype), self.word_counts)

    @cached_property
    def words(self) -> Floats:
        """Words of the block."""
        return self.word_counts.astype(np.float32)

    def sum_words(self, values: npt.NDArray[np.generic]) -> Floats:
        """Per block the sum of a whole number per word."""
        result, some = np.zeros(self.count, np.float32), np.flatnonzero(self.word_counts > 0)
        if some.size:
            result[some] = np.add.reduceat(values, self.word_first[some], dtype=np.int64)
        return result

    def mean_words(self, values: npt.NDArray[np.generic]) -> Floats:
        """Per block the mean of a whole number per word, 0 where there is no word."""
        return self.sum_words(values) / np.maximum(self.words, 1)

    @cached_property
    def capitals(self) -> Floats:
        """Words of the block that begin with a capital."""
        return self.sum_words(self.characters.classes[self.characters.words.starts] == UPPER)

    @cached_property
    def _forms(self) -> Groups:
        if self.documents == 1:  # of no other are they to be kept apart, and a copy is large
            return groups_of(self.characters.words.hashes)
        salted = self.characters.words.hashes.copy()
        for low in range(0, len(salted), STRETCH):
            salted[low : low + STRETCH] ^= self.salt[self.word_block[low : low + STRETCH]]
        return groups_of(salted)

    @cached_property
    def vocabulary(self) -> Ints:
        """Per word the number of its form within its document (a form has another number in every document)."""
        return self._forms.numbers

    @cached_property
    def forms(self) -> Ints:
        """Per form, how often it occurs in its document."""
        return self._forms.sizes

    def uses(self, words: slice) -> Ints:
        """Of some words, how often the form of each occurs in its document."""
        return np.asarray(self.forms[self.vocabulary[words]])

    # Blocks as wholes.

    @cached_property
    def block_hash(self) -> Hashes:
        """A hash of the block's words in order: equal for blocks of a document that say the same."""
        return self.hash_of_words ^ self.document.astype(np.uint64)

    @cached_property
    def hash_of_words(self) -> Hashes:
        """The same, equal for blocks of any document."""
        result, hashes = np.zeros(self.count, np.uint64), self.characters.words.hashes
        for low in range(0, len(hashes), STRETCH):
            blocks = self.word_block[low : low + STRETCH]
            mixed = np.arange(low, low + len(blocks)) - self.word_first[blocks]
            mixed *= 2
            mixed += 1
            mixed = mixed.view(np.uint64)
            mixed *= hashes[low : low + STRETCH]
            opens = np.flatnonzero(np.diff(blocks, prepend=-1) > 0)
            result[blocks[opens]] += np.add.reduceat(mixed, opens)
        return result

    @cached_property
    def copies(self) -> tuple[Ints, Ints]:
        """How often a block's words occur as a block of the document, and the index of the first such block."""
        numbers, sizes, firsts = groups_of(self.block_hash * SPREAD)  # of blocks without words it is a small number
        return sizes[numbers], firsts[numbers]

    @cached_property
    def is_prose(self) -> Booleans:
        """Whether a block is long and has a full stop: a first guess, for the neighbourhood features alone."""
        stops = self.marks(STOP)
        block = np.searchsorted(self.ends, stops, side="right")
        inside = block < self.count
        inside[inside] = self.starts[block[inside]] <= stops[inside]
        ended = np.zeros(self.count, np.bool_)
        ended[block[inside]] = True
        return (self.words >= PROSE_WORDS) & ended

    @cached_property
    def newlines(self) -> Ints:
        """Where the text has its line feeds, the one after each document among them."""
        return places_of(self.characters.codes == 10)

    @cached_property
    def breaks(self) -> Ints:
        """Line breaks between a block and the one before it; 9 at the top of a document."""
        previous = np.append(self.ends.dtype.type(0), self.ends[:-1])
        gaps = np.searchsorted(self.newlines, self.starts) - np.searchsorted(self.newlines, previous)
        return np.where(self.index == 0, 9, np.minimum(gaps, 9))

    @cached_property
    def indent(self) -> Floats:
        """White space between the line's start and the block."""
        at = np.searchsorted(self.newlines, self.starts) - 1
        line = np.where(at >= 0, self.newlines[np.maximum(at, 0)] + 1, 0)
        return (self.starts - line).astype(np.float32)

    @cached_property
    def shape(self) -> Ints:
        """A number for what a block looks like: how it begins and ends, its size, the line breaks around it."""
        classes = self.characters.classes
        size = np.searchsorted(SIZES, self.words, side="right")
        after = np.concatenate((self.breaks[1:], [9]))
        marks = (classes[self.starts].astype(np.int64) * 16 + classes[self.ends - 1]) * 16 + size
        return np.asarray(marks * 16 + np.minimum(self.breaks, 3) * 4 + np.minimum(after, 3))

    @cached_property
    def group(self) -> tuple[Ints, Floats, Ints]:
        """Of the blocks between two blank lines: how many, how many words in all, and the block's place among them."""
        opens = (self.breaks > 1) | (self.index == 0)
        number = np.cumsum(opens) - 1
        sizes = np.bincount(number, minlength=1)
        words = np.bincount(number, weights=self.words, minlength=1).astype(np.float32)
        return sizes[number], words[number], np.arange(self.count) - np.flatnonzero(opens)[number]

    @cached_property
    def word_sums(self) -> Sums:
        """The running sums of the words."""
        return self.sums(self.words)

    @cached_property
    def _sorted_words(self) -> Floats:
        """The words of the blocks, sorted within each document."""
        return self.words[np.lexsort((self.words, self.document))]

    def quantile(self, share: float) -> Floats:
        """Per block, the words at this share of the sorted blocks of its document."""
        at = self.first + np.floor((self.last - self.first - 1) * share).astype(np.int64)
        some = self.last > self.first
        result = np.zeros(self.documents, np.float32)
        result[some] = self._sorted_words[at[some]]
        return result[self.document]


def _joined(offsets: Sequence[Sequence[int]], kind: type[np.signedinteger[Any]]) -> Ints:
    return np.concatenate([np.asarray(each, kind) for each in offsets]) if offsets else np.zeros(0, kind)
