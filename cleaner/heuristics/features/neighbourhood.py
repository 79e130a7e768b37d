"""How the features of a block's neighbourhood and place are computed: each function gives one value per block."""

from __future__ import annotations

import numpy as np

from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.batches.sums import Sums
from cleaner.heuristics.features.measures import Measure

PERIOD = 12
"""Blocks on either side among which blocks of the same shape are counted."""


def alike_near(b: Batch) -> Ints:
    """How many of the twelve blocks before and after have the block's shape: the period of lists and teasers."""
    alike, shape = np.zeros(b.count, np.uint8), shape_in_document(b)
    for shift in range(1, min(PERIOD, b.count - 1) + 1):
        same = shape[shift:] == shape[:-shift]
        alike[shift:] += same.view(np.uint8)
        alike[:-shift] += same.view(np.uint8)
    return alike


def shape_in_document(b: Batch) -> Ints:
    """A number for what a block looks like and the document it stands in."""
    return np.asarray(b.shape + (b.document << np.int64(24)))


def run_length(b: Batch) -> Floats:
    """How many short blocks stand in a row here, this one among them; 0 for a prose block.

    A row at the top or at the end of a document, with no prose on one side, counts as 99 and more.
    """
    short = ~b.is_prose
    return np.where(short, b.since(~short) + b.until(~short) - 1, 0).astype(np.float32)


def repeats(b: Batch) -> Booleans:
    """Whether an earlier block of the document says the same."""
    return np.asarray(b.copies[1] < np.arange(b.count))


def prose_words(b: Batch) -> Floats:
    """Words of a prose block, 0 for others."""
    return np.asarray(b.words * b.is_prose)


def _prose(b: Batch) -> Sums:
    return b.once("prose-sums", lambda: b.sums(prose_words(b)))


def prose_within(before: int, after: int) -> Measure:
    """Prose words in a window."""
    return lambda b: np.asarray(_prose(b).within([(before, after)])[0])


def prose_above(b: Batch) -> Floats:
    """Prose words before the block."""
    return _prose(b).before


def prose_below(b: Batch) -> Floats:
    """Prose words after the block."""
    return np.asarray(_prose(b).total - prose_above(b) - prose_words(b))


def prose_so_far(b: Batch) -> Floats:
    """Share of the document's prose words that stand before the block."""
    return np.asarray(prose_above(b) / np.maximum(_prose(b).total, 1))


def prose_share(b: Batch) -> Floats:
    """Share of the document's words that stand in prose."""
    return np.asarray(_prose(b).total / np.maximum(b.word_sums.total, 1))


def words_around(b: Batch) -> Floats:
    """Words in the blocks around."""
    return np.asarray(b.word_sums.within([(5, 5)])[0])


def words_so_far(b: Batch) -> Floats:
    """Share of the document's words that stand before the block."""
    return np.asarray(b.word_sums.before / np.maximum(b.word_sums.total, 1))


def relative_length(b: Batch) -> Floats:
    """Words of a block beside those of the document's long blocks."""
    return np.asarray(b.words / np.maximum(b.quantile(0.95), 1))
