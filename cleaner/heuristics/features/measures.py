"""How the features of a block's characters and words are computed: each function gives one value per block of a batch.

Those of its neighbourhood and place stand in `neighbourhood.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches import bands
from cleaner.heuristics.batches import columns as c
from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats, Hashes, Ints
from cleaner.heuristics.batches.grouping import repeated
from cleaner.heuristics.prompts.evidence import KINDS, ROWS, prompts_of

Measure = Callable[[Batch], npt.NDArray[np.generic]]

LONG_WORD = 4
"""Characters from which a word says something of the topic."""
RUN = 4
"""Words of a run that is looked for elsewhere in the document."""
COMMON_SHARE = 150
"""A form is common that makes up one of so many words of a document, and stands in it at least `COMMON` times."""
COMMON = 3
AT_ONCE = 1 << 18
"""Values that are computed at once where eight bytes are needed for each."""
FUNCTION_WORDS = 0.1
"""Share of the words below which a text may be in no language of the lexicon: gold pages in Xhosa and Zulu have
0.04 to 0.06, those in languages that it holds 0.07 and more, mostly above 0.2."""
MANY_RUNS, PARTS = 1 << 20, 8
"""Runs above which they are compared in so many parts: each takes twelve bytes."""


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
    return np.asarray(b.characters.classes[b.ends - 1].astype(np.int64))


def ends_sentence(b: Batch) -> Booleans:
    """Whether a block ends in a full stop, or in one and a closing mark."""
    last = last_class(b)
    inner = b.characters.classes[np.maximum(b.ends - 2, b.starts)]
    closed = (last == c.QUOTE) | (last == c.BRACKET)
    return np.asarray((last == c.STOP) | (closed & (inner == c.STOP)))


def sentences(b: Batch) -> Floats:
    """Full stops that end a sentence, as far as what follows them tells."""
    stops = b.marks(c.STOP)
    following = b.characters.classes[stops + 1]  # a line feed is the last character there
    after = (following == c.SPACE) | (following == c.QUOTE) | (following == c.IDEOGRAPH)
    places = stops[after]
    return np.asarray(np.searchsorted(places, b.ends) - np.searchsorted(places, b.starts), np.float32)


def last_is(characters: str) -> Measure:
    """Whether a block ends in one of these characters."""
    wanted = c.character_set(characters)
    return lambda b: c.held(b.last_codes, wanted)


def trails_off(b: Batch) -> Booleans:
    """Whether a block ends in an ellipsis, as shortened teasers do."""
    dots = (b.last_codes == ord(".")) & (b.characters.codes[np.maximum(b.ends - 2, b.starts)] == ord("."))
    return np.asarray(dots | (b.last_codes == ord("…")))


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
    words, some = b.characters.words, np.flatnonzero(b.word_counts > 0)
    result = np.zeros(b.count, np.float32)
    if some.size:
        result[some] = np.maximum.reduceat(words.ends - words.starts, b.word_first[some])
    return result


def capitals(b: Batch) -> Floats:
    """Share of the words that begin with a capital."""
    return np.asarray(b.capitals / np.maximum(b.words, 1))


def in_prose(b: Batch) -> Floats:
    """Share of a block's longer words that prose elsewhere in the document uses."""
    block, form = long_words(b)
    prose = b.is_prose[block]
    uses = np.bincount(form[prose], minlength=len(b.forms))
    elsewhere = np.bincount(block[uses[form] > prose], minlength=b.count).astype(np.float32)
    return np.asarray(elsewhere / np.maximum(long_words_of(b), 1))


def long_words(b: Batch) -> tuple[Ints, Ints]:
    """Block and form of each longer word."""
    return b.once("long-words", lambda: _long_words(b))


def _long_words(b: Batch) -> tuple[Ints, Ints]:
    long = c.places_of(b.characters.words.ends - b.characters.words.starts >= LONG_WORD)
    return b.word_block[long].astype(np.int32), b.vocabulary[long]


def long_words_of(b: Batch) -> Floats:
    """The longer words of a block."""
    return b.once("long-words-of", lambda: np.bincount(long_words(b)[0], minlength=b.count).astype(np.float32))


def common_forms(b: Batch) -> Floats:
    """Share of a block's words that are among the forms the document repeats most: function words, in any language."""
    enough = np.maximum(COMMON, b.word_sums.total / COMMON_SHARE)
    return b.mean_words(_of_uses(b, lambda words: b.uses(words) >= enough[b.word_block[words]]))


def rare_forms(b: Batch) -> Floats:
    """Share of a block's words that stand nowhere else in the document."""
    return b.mean_words(_of_uses(b, lambda words: b.uses(words) == 1))


def _of_uses(b: Batch, told: Callable[[slice], Booleans]) -> Booleans:
    """Per word what is told of it; it is asked about some words at a time."""
    values = np.empty(len(b.vocabulary), np.bool_)
    for low in range(0, len(values), AT_ONCE):
        words = slice(low, low + AT_ONCE)
        values[words] = told(words)
    return values


def same_opening(b: Batch) -> Floats:
    """Whether a block begins with the same word as the block before or after it.

    A block without words takes the next word there is in the document.
    """
    hashes = b.characters.words.hashes
    if not len(hashes):
        return np.zeros(b.count, np.float32)
    first = hashes[np.minimum(b.word_first, len(hashes) - 1)]
    exists = b.word_first < np.cumsum(b.word_counts)[b.stop - 1]
    same = np.concatenate(([False], (first[1:] == first[:-1]) & (b.begin[1:] == b.begin[:-1]) & exists[1:]))
    return (same | np.concatenate((same[1:], [False]))).astype(np.float32)


def covered(b: Batch) -> Floats:
    """Share of a block's runs of four words that stand elsewhere in the document too."""
    hashes, block = b.characters.words.hashes, b.word_block
    if len(hashes) < RUN:
        return np.zeros(b.count, np.float32)
    several = _of_uses(b, lambda words: b.uses(words) > 1)  # a run can stand elsewhere only if each of its words does
    may = several[: 1 - RUN].copy()
    for place in range(1, RUN):
        may &= several[place : len(several) - RUN + 1 + place]
    crossing = (np.searchsorted(block, b.first[1:].astype(block.dtype))[:, None] - np.arange(1, RUN)).ravel()
    may[crossing[(crossing >= 0) & (crossing < len(may))]] = False  # what runs into the next document stands nowhere
    twice = np.zeros(b.count, np.int64)
    parts = PARTS if np.count_nonzero(may) > MANY_RUNS else 1
    for part in range(parts):
        places, runs = _runs(b, may, part, parts)
        places = places[repeated(runs)]
        here = block[places]
        twice += np.bincount(here[here == block[places + (RUN - 1)]], minlength=b.count)
    return np.asarray(twice / np.maximum(b.word_counts - (RUN - 1), 1), np.float32)


def _runs(b: Batch, begins: Booleans, part: int, parts: int) -> tuple[Ints, Hashes]:
    """Where runs begin, of those words of which this is asked, and their hashes: those of one part of so many, which is
    told by a hash's low bits, as equal ones are put together by their high bits."""
    hashes, found, made = b.characters.words.hashes, [], []
    for low in range(0, len(begins), AT_ONCE):
        at = np.flatnonzero(begins[low : low + AT_ONCE]) + low
        runs = hashes[at]
        for place in range(1, RUN):
            runs += hashes[at + place] * np.uint64(2 * place + 1)
        runs ^= b.salt[b.word_block[at]]
        if parts > 1:
            mine = np.flatnonzero(runs % np.uint64(parts) == part)
            at, runs = at[mine], runs[mine]
        found.append(at.astype(b.word_block.dtype))
        made.append(runs)
    return np.concatenate(found), np.concatenate(made)


# Word lists.


def lexicon_share(kind: str) -> Measure:
    """Phrases of a kind, per word."""
    return lambda b: _shares(b, ROWS[kind])


def lexicon_opens(kind: str) -> Measure:
    """Whether a phrase of a kind opens the block."""
    return lambda b: b.once("lexicon-opens", prompts_of(b).opens)[ROWS[kind]]


def lexicon_around(b: Batch) -> Floats:
    """Prompts per word, of any kind, in the blocks around."""
    every = reduce(np.add, (_shares(b, row) for row in range(len(KINDS))))
    prompts = b.sums(np.minimum(every, 1))
    return np.asarray(prompts.within([(3, 3)])[0])


def since_label(kind: str) -> Measure:
    """Blocks since the last that names a prompt of a kind and little else; 99 where there is none."""
    return lambda b: _of_label(b, b.since, "since-labels", ROWS[kind])


def until_label(kind: str) -> Measure:
    """Blocks until the next such; 99 where there is none."""
    return lambda b: _of_label(b, b.until, "until-labels", ROWS[kind])


def _of_label(b: Batch, distance: Callable[[Booleans], Ints], name: str, row: int) -> Ints:
    """How far each block is from labels of a kind; of many blocks those of all kinds would take much memory."""
    if b.count >= bands.MANY:
        return distance(prompts_of(b).labels[row])
    return np.asarray(b.once(name, lambda: _of_labels(b, distance))[row])


def _of_labels(b: Batch, distance: Callable[[Booleans], Ints]) -> npt.NDArray[np.uint8]:
    """(kinds, blocks): how far each block is from labels, asked of so many kinds at once as memory allows."""
    labels = prompts_of(b).labels
    kinds = max(AT_ONCE // max(b.count, 1), 1)
    found = [distance(labels[first : first + kinds]).astype(np.uint8) for first in range(0, len(labels), kinds)]
    return np.concatenate(found)


def text_function_words(b: Batch) -> Floats:
    """Share of the document's words that are function words."""
    return np.asarray(b.total(_shares(b, ROWS["function-words"]) * b.words) / np.maximum(b.word_sums.total, 1))


def _shares(b: Batch, row: int) -> Floats:
    """Phrases of a kind, per word."""
    counts = b.once("lexicon-counts", prompts_of(b).counts)
    return np.asarray(counts[row].astype(np.float64) / np.maximum(b.words, 1), np.float32)
