"""What follows from the opinions of a pass: the numbers that the table of `opinions.py` has rows for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np

from cleaner.heuristics.batches import bands
from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.batches.grouping import SPREAD, groups_of
from cleaner.heuristics.batches.sums import Sums
from cleaner.heuristics.features.measures import long_words, long_words_of
from cleaner.heuristics.features.neighbourhood import shape_in_document
from cleaner.heuristics.features.prompt_places import PromptPlaces, places_of, prompts_by_group
from cleaner.heuristics.prompts.evidence import prompts_of

LIKELY = 0.7
"""From this probability on a long block counts as a pillar of the body."""
PILLAR_WORDS = 15
SEGMENT_PRIOR = 0.45
"""What a block's probability must exceed to lengthen the probable body (the study's maximum-sum segment)."""
SIZES = (2, 4, 8, 20)
"""Blocks on either side over which the expected body is summed."""
SPANS = tuple(span for size in SIZES for span in ((size, size), (size, -1), (-1, size)))
"""Around a block, above it and below it."""
AT_ONCE = 1 << 13
"""Blocks whose words are looked at at once."""
ALONE = -0.1
"""The mean opinion of the others where there are none: below any opinion."""


class Opinions:
    """The first pass's probabilities `likely`, one per block of `batch`, and what follows from them."""

    def __init__(self, batch: Batch, likely: Floats) -> None:
        self.batch = batch
        self.likely = likely

    @cached_property
    def mass(self) -> Floats:
        """Expected body words of a block."""
        return np.asarray(self.likely * self.batch.words)

    @cached_property
    def pillars(self) -> Booleans:
        """Long blocks that are probably body."""
        return np.asarray((self.likely >= LIKELY) & (self.batch.words >= PILLAR_WORDS))

    @cached_property
    def _masses(self) -> Sums:
        return self.batch.sums(self.mass)

    @property
    def body(self) -> Floats:
        """Expected body words of the document."""
        return self._masses.total

    def density(self, number: int) -> Floats:
        """Share of body words expected in the blocks around, as far as one of `SPANS` goes."""
        if self.batch.count < bands.MANY:
            return np.asarray(self._densities[number])
        span, words = SPANS[number : number + 1], self.batch.word_sums  # of many blocks all at once take much memory
        return np.asarray((self._masses.within(span) / np.maximum(words.within(span), 1))[0])

    @cached_property
    def _densities(self) -> Floats:
        words = self.batch.once("words-in-spans", lambda: np.maximum(self.batch.word_sums.within(SPANS), 1))
        return self._masses.within(SPANS) / words

    @cached_property
    def places(self) -> dict[str, PromptPlaces]:
        """Where the prompts of each group stand in the expected body."""
        return places_of(self.batch, self.likely, self._masses)

    def per_document_word(self, total: Floats) -> Floats:
        """The sum of a value over the document, per word."""
        return np.asarray(total / np.maximum(self.batch.word_sums.total, 1))

    @cached_property
    def segment(self) -> tuple[Ints, Ints]:
        """Half-open bounds of the probable body of each block's document: the segment of the greatest sum."""
        batch = self.batch
        gains = (self.likely - SEGMENT_PRIOR) * np.sqrt(batch.words + 1)
        low, high = batch.first.copy(), batch.first.copy()
        for number, (first, last) in enumerate(zip(batch.first.tolist(), batch.last.tolist(), strict=True)):
            if first < last:
                sums = np.concatenate(([0.0], np.cumsum(gains[first:last], dtype=np.float64)))
                least = np.minimum.accumulate(sums)
                end = int(np.argmax(sums - least))
                low[number] = first + int(np.flatnonzero(sums[: end + 1] == least[end])[-1])
                high[number] = first + end
        return low.astype(np.int32)[batch.document], high.astype(np.int32)[batch.document]

    @cached_property
    def below_start(self) -> Ints:
        """Blocks between the start of the probable body and the block, negative above it."""
        return np.asarray(np.arange(self.batch.count, dtype=np.int32) - self.segment[0])

    @cached_property
    def below_end(self) -> Ints:
        """Blocks between the end of the probable body and the block, negative above it."""
        return np.asarray(np.arange(self.batch.count, dtype=np.int32) - self.segment[1])

    @cached_property
    def cohesion(self) -> tuple[Floats, Floats]:
        """How body-like the other blocks are that share a block's longer words: mean, and share of clear cases."""
        words, long, likely = shared_words(self.batch), long_words_of(self.batch), self.likely
        every = np.zeros(len(words.others), np.float64)
        for here, block, form in words.stretches():
            np.add.at(every, form, likely[here][block].astype(np.float64))
        mean, clear = np.zeros(len(likely), np.float32), np.zeros(len(likely), np.float32)
        for here, block, form in words.stretches():
            summed = every[form] - likely[here][block]
            size = here.stop - here.start
            mean[here] = np.bincount(block, weights=summed / words.others[form], minlength=size)
            clear[here] = np.bincount(block[summed > LIKELY], minlength=size)
        return mean / np.maximum(words.counts.astype(np.float32), 1), clear / np.maximum(long, 1)

    @cached_property
    def alike(self) -> tuple[Floats, Ints]:
        """Mean opinion of the other blocks of the document that have a block's shape, and how many blocks have it."""
        number, several = shapes(self.batch)
        summed = np.bincount(number, weights=self.likely)[number] - self.likely
        return np.where(several > 1, summed / np.maximum(several - 1, 1), ALONE).astype(np.float32), several

    @cached_property
    def copies(self) -> Floats:
        """Mean opinion of the other copies of a block, `ALONE` where there is none."""
        count, first = self.batch.copies
        summed = np.bincount(first, weights=self.likely, minlength=self.batch.count)[first] - self.likely
        return np.where(count > 1, summed / np.maximum(count - 1, 1), ALONE).astype(np.float32)

    @cached_property
    def doubts(self) -> Sums:
        """Words of the blocks weighted by how undecided the first pass is."""
        return self.batch.sums(self.likely * (1 - self.likely) * self.batch.words)


def use_words(b: Batch) -> None:
    """Find out what opinions need of the words of a batch and of the looks of its blocks, before these are freed."""
    use_long_words(b)
    shapes(b)
    prompts_by_group(b)
    prompts_of(b).forget()


def use_long_words(b: Batch) -> None:
    """The same, of the longer words alone."""
    shared_words(b)
    long_words_of(b)


class SharedWords(NamedTuple):
    """The longer words that stand in their document several times, in order: the form of each, how many of them each
    block has (`counts`), and how often besides each form stands in its document (`others`)."""

    forms: Ints
    counts: Ints
    others: Ints

    def stretches(self) -> Iterator[tuple[slice, Ints, Ints]]:
        """Some blocks after the other, and of each word in them the block, counted from the first, and the form."""
        edges = np.append(0, np.cumsum(self.counts))
        for low in range(0, len(self.counts), AT_ONCE):
            here = slice(low, min(low + AT_ONCE, len(self.counts)))
            block = np.repeat(np.arange(here.stop - low), self.counts[here])
            yield here, block, self.forms[edges[low] : edges[here.stop]].astype(np.int64)


def shared_words(b: Batch) -> SharedWords:
    """The longer words that stand in their document several times."""
    return b.once("shared-words", lambda: _shared_words(b))


def _shared_words(b: Batch) -> SharedWords:
    block, form = long_words(b)
    several = np.flatnonzero(b.forms[form] > 1)
    counts = np.bincount(block[several], minlength=b.count).astype(np.int32)
    return SharedWords(form[several], counts, b.forms - 1)


def shapes(b: Batch) -> tuple[Ints, Ints]:
    """A number for each block's shape in its document, and how many blocks of the document have it."""
    return b.once("shapes-in-documents", lambda: _shapes(b))


def _shapes(b: Batch) -> tuple[Ints, Ints]:
    number, counts, _ = groups_of(shape_in_document(b).view(np.uint64) * SPREAD)
    return number, counts[number]
