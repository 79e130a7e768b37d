"""The learnt wording: words and pairs of words that boilerplate or articles use, and how a block's add up."""

from __future__ import annotations

import sys
from functools import cache
from typing import NamedTuple

import numpy as np

from cleaner.heuristics.batch import Batch
from cleaner.heuristics.columns import Floats, Ints
from cleaner.heuristics.measures import Measure
from cleaner.heuristics.phrases import Phrases
from cleaner.heuristics.sums import Sums
from cleaner.resources import read_text


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
    return parse_vocabulary(read_text(sys.modules[__name__], "vocabulary.tsv"))


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
    """Look the words of a batch up; before the features are computed."""
    places, numbers = words.phrases.find(b.characters.words.hashes, b.word_block)
    set_wording(b, wording_of(b, b.word_block[places], words.weights[numbers]))


def set_wording(b: Batch, wording: Wording) -> None:
    """Let the features of the batch see this wording."""
    b.memo["wording"] = wording
    b.memo["wording-sums"] = b.sums(wording.total)


def wording_of(b: Batch, owner: Ints, found: Floats) -> Wording:
    """The wording of blocks in which terms of the weights `found` stand, each in the block `owner`."""
    total = np.bincount(owner, weights=found, minlength=b.count).astype(np.float32)
    low, high = np.zeros(b.count, np.float32), np.zeros(b.count, np.float32)
    np.minimum.at(low, owner, found)
    np.maximum.at(high, owner, found)
    return Wording(total / np.maximum(np.sqrt(b.words), 1), total, low, high)


def wording(b: Batch) -> Wording:
    """What `use_vocabulary` has found."""
    found: Wording = b.memo["wording"]
    return found


def wording_within(before: int, after: int) -> Measure:
    """The weights of a window, per word."""
    span = [(before, after)]
    return lambda b: _sums(b).within(span)[0] / np.maximum(b.word_sums.within(span)[0], 1)


def _sums(b: Batch) -> Sums:
    sums: Sums = b.memo["wording-sums"]
    return sums
