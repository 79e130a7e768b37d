"""The learnt wording: words and pairs of words that boilerplate or articles use, and how a block's add up."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.batches.sums import Sums
from cleaner.heuristics.features.measures import Measure
from cleaner.heuristics.prompts.phrases import Phrases
from cleaner.heuristics.trained import shipped_file

AT_ONCE = 1 << 17
"""Terms that are counted at once."""


class Vocabulary(NamedTuple):
    """The learnt words and pairs of words, and the weight of each: its log odds of standing in a body."""

    phrases: Phrases
    weights: Floats


class Wording(NamedTuple):
    """Per block, of the weights of its terms: the sum over the root of its length, the sum, the lowest, the highest."""

    scaled: Floats
    total: Floats
    low: Floats
    high: Floats


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary."""
    return parse_vocabulary(shipped_file("vocabulary.tsv"))


def parse_vocabulary(text: str) -> Vocabulary:
    """The vocabulary of a file of lines "TERM<tab>WEIGHT". Raises `ValueError` for other lines."""
    codes = np.frombuffer(text.encode(), np.uint8)
    in_weight = np.cumsum((codes == ord("\t")).astype(np.int8) - (codes == ord("\n")), dtype=np.int8) > 0
    weights = np.fromstring(codes[in_weight].tobytes().decode(), sep="\t")
    phrases = Phrases(codes[~in_weight].tobytes().decode())
    if len(weights) != len(phrases.sizes):
        raise ValueError("vocabulary.tsv must have lines of a term, a tab and a weight; train again to write it")
    return Vocabulary(phrases, weights.astype(np.float32))


def use_vocabulary(b: Batch, words: Vocabulary) -> None:
    """Have the words of a batch looked up in this vocabulary; before the features are computed."""
    b.memo["vocabulary"] = words
    for name in ("wording", "wording-sums"):
        b.memo.pop(name, None)


def _looked_up(b: Batch) -> Wording:
    words: Vocabulary = b.memo["vocabulary"]
    owners, weights = [b.word_block[:0]], [words.weights[:0]]
    for places, numbers in words.phrases.found(b.characters.words.hashes, b.word_block):
        owners.append(b.word_block[places])
        weights.append(words.weights[numbers])
    return wording_of(b, np.concatenate(owners), np.concatenate(weights))


def set_wording(b: Batch, wording: Wording) -> None:
    """Let the features of the batch see this wording."""
    b.memo["wording"] = wording
    b.memo["wording-sums"] = b.sums(wording.total)


def wording_of(b: Batch, owner: Ints, found: Floats) -> Wording:
    """The wording of blocks in which terms of the weights `found` stand, each in the block `owner`."""
    sums, low, high = (np.zeros(b.count, kind) for kind in (np.float64, np.float32, np.float32))
    for first in range(0, len(owner), AT_ONCE):
        block, weights = owner[first : first + AT_ONCE].astype(np.int64), found[first : first + AT_ONCE]
        np.add.at(sums, block, weights.astype(np.float64))
        np.minimum.at(low, block, weights)
        np.maximum.at(high, block, weights)
    total = sums.astype(np.float32)
    return Wording(total / np.maximum(np.sqrt(b.words), 1), total, low, high)


def wording(b: Batch) -> Wording:
    """What the vocabulary says of the blocks."""
    return b.once("wording", lambda: _looked_up(b))


def wording_within(before: int, after: int) -> Measure:
    """The weights of a window, per word."""
    span = [(before, after)]
    return lambda b: _sums(b).within(span)[0] / np.maximum(b.word_sums.within(span)[0], 1)


def _sums(b: Batch) -> Sums:
    return b.once("wording-sums", lambda: b.sums(wording(b).total))
