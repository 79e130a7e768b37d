"""How the features are computed: each function gives one value per block of a batch."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import numpy as np
import numpy.typing as npt

from cleaner.heuristics import columns as c
from cleaner.heuristics.batch import Batch, Booleans
from cleaner.heuristics.columns import Floats, Ints
from cleaner.heuristics.evidence import KINDS, ROWS, prompts_of

Measure = Callable[[Batch], npt.NDArray[np.generic]]

LONG_WORD = 4
"""Characters from which a word says something of the topic."""
RUN = 4
"""Words of a run that is looked for elsewhere in the document."""
COMMON_SHARE = 150
"""A form is common that makes up one of so many words of a document, and stands in it at least `COMMON` times."""
COMMON = 3
PERIOD = 12
"""Blocks on either side among which blocks of the same shape are counted."""


# Characters.


def count(kind: int) -> Measure:
    """Characters of a class."""
    return lambda b: np.asarray(b.class_counts[:, kind])


def share(kind: int) -> Measure:
    """Characters of a class, per character."""
    return lambda b: np.asarray(b.class_counts[:, kind] / np.maximum(b.length, 1))


def per_word(kind: int) -> Measure:
    """Characters of a class, per word."""
    return lambda b: np.asarray(b.class_counts[:, kind] / np.maximum(b.words, 1))


def first_class(b: Batch) -> Ints:
    """The class of the first character."""
    return b.characters.classes[b.starts].astype(np.int64)


def last_class(b: Batch) -> Ints:
    """The class of the last character."""
    return b.characters.classes[b.ends - 1].astype(np.int64)


def ends_sentence(b: Batch) -> Booleans:
    """Whether a block ends in a full stop, or in one and a closing mark."""
    last = last_class(b)
    inner = b.characters.classes[np.maximum(b.ends - 2, b.starts)]
    closed = (last == c.QUOTE) | (last == c.BRACKET)
    return np.asarray((last == c.STOP) | (closed & (inner == c.STOP)))


def sentences(b: Batch) -> Floats:
    """Full stops that end a sentence, as far as what follows them tells."""
    classes = b.characters.classes
    following = classes[1:]
    after = (following == c.SPACE) | (following == c.QUOTE) | (following == c.IDEOGRAPH)
    places = np.flatnonzero((classes[:-1] == c.STOP) & after)
    return np.asarray(np.searchsorted(places, b.ends) - np.searchsorted(places, b.starts), np.float32)


def last_is(characters: str) -> Measure:
    """Whether a block ends in one of these characters."""
    codes = np.array([ord(character) for character in characters], np.uint32)
    return lambda b: np.isin(b.characters.codes[b.ends - 1], codes)


def trails_off(b: Batch) -> Booleans:
    """Whether a block ends in an ellipsis, as shortened teasers do."""
    codes = b.characters.codes
    dots = (codes[b.ends - 1] == ord(".")) & (codes[np.maximum(b.ends - 2, b.starts)] == ord("."))
    return np.asarray(dots | (codes[b.ends - 1] == ord("…")))


def case_free(b: Batch) -> Floats:
    """Share of the document's characters that are letters without case."""
    kinds = b.total(b.class_counts[:, c.CASELESS] + b.class_counts[:, c.IDEOGRAPH])
    return np.asarray(kinds / np.maximum(b.total(b.length), 1))


# Words.


def word_length(b: Batch) -> Floats:
    """Characters of a word in the mean."""
    return b.mean_words(b.characters.words.ends - b.characters.words.starts)


def longest_word(b: Batch) -> Floats:
    """Characters of the longest word."""
    words = b.characters.words
    result = np.zeros(b.count, np.float32)
    np.maximum.at(result, b.word_block, (words.ends - words.starts).astype(np.float32))
    return result


def capitals(b: Batch) -> Floats:
    """Share of the words that begin with a capital."""
    return np.asarray(b.capitals / np.maximum(b.words, 1))


def in_prose(b: Batch) -> Floats:
    """Share of a block's longer words that prose elsewhere in the document uses."""
    words = b.characters.words
    prose = b.is_prose[b.word_block]
    uses = np.bincount(b.vocabulary, weights=prose, minlength=len(b.forms))
    own = np.where(prose, 1, 0)
    long = (words.ends - words.starts >= LONG_WORD).astype(np.float32)
    elsewhere = (uses[b.vocabulary] > own) * long
    return np.asarray(b.sum_words(elsewhere) / np.maximum(b.sum_words(long), 1))


def common_forms(b: Batch) -> Floats:
    """Share of a block's words that are among the forms the document repeats most: function words, in any language."""
    total = b.total(b.words)[b.word_block]
    return b.mean_words(np.asarray(b.forms[b.vocabulary] >= np.maximum(COMMON, total / COMMON_SHARE)))


def rare_forms(b: Batch) -> Floats:
    """Share of a block's words that stand nowhere else in the document."""
    return b.mean_words(np.asarray(b.forms[b.vocabulary] == 1))


def same_opening(b: Batch) -> Floats:
    """Whether a block begins with the same word as the block before or after it.

    A block without words takes the next word there is in the document.
    """
    hashes = b.characters.words.hashes
    if not len(hashes):
        return np.zeros(b.count, np.float32)
    first = hashes[np.minimum(b.word_first, len(hashes) - 1)]
    exists = b.word_first < np.cumsum(b.words, dtype=np.int64)[b.stop - 1]
    same = np.concatenate(([False], (first[1:] == first[:-1]) & (b.begin[1:] == b.begin[:-1]) & exists[1:]))
    return (same | np.concatenate((same[1:], [False]))).astype(np.float32)


def covered(b: Batch) -> Floats:
    """Share of a block's runs of four words that stand elsewhere in the document too."""
    hashes, block = b.characters.words.hashes, b.word_block
    if len(hashes) < RUN:
        return np.zeros(b.count, np.float32)
    runs = hashes[:-3] + hashes[1:-2] * np.uint64(3) + hashes[2:-1] * np.uint64(5) + hashes[3:] * np.uint64(7)
    runs = runs ^ b.salt[block[:-3]]
    inside = block[:-3] == block[3:]
    _, inverse, counts = np.unique(runs, return_inverse=True, return_counts=True)
    twice = np.bincount(block[:-3][inside], weights=counts[inverse][inside] > 1, minlength=b.count)
    every = np.bincount(block[:-3][inside], minlength=b.count)
    return (twice / np.maximum(every, 1)).astype(np.float32)


# Neighbourhood and place.


def alike_near(b: Batch) -> Floats:
    """How many of the twelve blocks before and after have the block's shape: the period of lists and teasers."""
    alike = np.zeros(b.count, np.float32)
    for shift in (*range(-PERIOD, 0), *range(1, PERIOD + 1)):
        alike += b.shape == b.neighbour(b.shape, shift, -1)
    return alike


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


def prose_within(before: int, after: int) -> Measure:
    """Prose words in a window."""
    return lambda b: b.window(prose_words(b), before, after)


def prose_above(b: Batch) -> Floats:
    """Prose words before the block."""
    return b.before(prose_words(b))


def prose_below(b: Batch) -> Floats:
    """Prose words after the block."""
    return np.asarray(b.total(prose_words(b)) - prose_above(b) - prose_words(b))


def prose_so_far(b: Batch) -> Floats:
    """Share of the document's prose words that stand before the block."""
    return np.asarray(prose_above(b) / np.maximum(b.total(prose_words(b)), 1))


def prose_share(b: Batch) -> Floats:
    """Share of the document's words that stand in prose."""
    return _per_document_word(b, prose_words(b))


def words_so_far(b: Batch) -> Floats:
    """Share of the document's words that stand before the block."""
    return np.asarray(b.before(b.words) / np.maximum(b.total(b.words), 1))


def relative_length(b: Batch) -> Floats:
    """Words of a block beside those of the document's long blocks."""
    return np.asarray(b.words / np.maximum(b.quantile(b.words, 0.95), 1))


def _per_document_word(b: Batch, values: Floats) -> Floats:
    return np.asarray(b.total(values) / np.maximum(b.total(b.words), 1))


# Word lists.


def lexicon_share(kind: str) -> Measure:
    """Phrases of a kind, per word."""
    return lambda b: _shares(b)[ROWS[kind]]


def lexicon_opens(kind: str) -> Measure:
    """Whether a phrase of a kind opens the block."""
    return lambda b: b.once("lexicon-opens", prompts_of(b).opens)[ROWS[kind]]


def lexicon_around(b: Batch) -> Floats:
    """Prompts per word, of any kind, in the blocks around."""
    return b.window(np.minimum(reduce(np.add, _shares(b)[: len(KINDS)]), 1), 3, 3)


def text_function_words(b: Batch) -> Floats:
    """Share of the document's words that are function words."""
    return _per_document_word(b, _shares(b)[ROWS["function-words"]] * b.words)


def _shares(b: Batch) -> Floats:
    return b.once("lexicon-share", prompts_of(b).shares)
