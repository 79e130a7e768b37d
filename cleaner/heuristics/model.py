"""The trained model: two passes of boosted oblivious trees over the features, scored in numpy alone.

An oblivious tree (CatBoost's kind) asks the same question of every block at each level, so that a leaf's number is
the bits of the answers, and many trees are answered for many blocks at once. The second pass sees the features again
and, besides, what the first pass thought of the blocks around (`opinions.py`). `weights.json` holds the trees; its
`about` says how it was made.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batch import Batch
from cleaner.heuristics.columns import Floats, Ints
from cleaner.heuristics.features import FEATURES, Feature, matrix
from cleaner.heuristics.opinions import OPINIONS, Opinion, opinion_matrix
from cleaner.heuristics.wording import Vocabulary, parse_vocabulary, use_vocabulary, vocabulary
from cleaner.resources import read_text

DECIMALS = 4
"""Digits of a leaf's value that `weights.json` holds."""
STEPS = 10**DECIMALS
PAD = 4
"""Empty columns between documents: as far as any feature looks. They lie below every threshold."""
CHUNK = 1024
"""Blocks scored at once: keeps the answers of all trees in the processor's cache."""
TABLE: tuple[Feature | Opinion, ...] = (*FEATURES, *OPINIONS)
SAYS = [row.says.split("|") for row in TABLE]
"""What a low and what a high value of each row say; an empty text where a row says nothing of a single block."""
ROWS = {row.name: number for number, row in enumerate(TABLE)}


class Forest(NamedTuple):
    """One pass. Of T trees of depth D: `rows`, `shifts` and `bins`, each (T * D,), say which row of the binned matrix
    each level looks at, how many blocks away, and the bin that the value must exceed; `leaves` is (T, 2**D), in steps
    of 1 / STEPS: sums of whole numbers are the same in any order."""

    borders: dict[int, npt.NDArray[np.float32]]
    rows: Ints
    shifts: Ints
    bins: npt.NDArray[np.uint8]
    leaves: Ints
    bias: float

    @property
    def depth(self) -> int:
        """Levels of each tree."""
        return int(self.leaves.shape[1]).bit_length() - 1


class Model(NamedTuple):
    """Both passes, the learnt vocabulary, and the points of the calibration curve: as scored, as observed."""

    vocabulary: Vocabulary
    first: Forest
    second: Forest
    scored: Floats
    observed: Floats


class Verdict(NamedTuple):
    """`likely` is each block's calibrated probability of being body; `layers` are the binned matrices, for reasons."""

    model: Model
    likely: Floats
    batch: Batch
    layers: tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]


@cache
def shipped() -> Model:
    """The model inside the package."""
    weights = json.loads(read_text(sys.modules[__name__], "weights.json"))
    return parse(weights, vocabulary())


def load(folder: Path) -> Model:
    """The model of a folder that `train.py` has written."""
    words = parse_vocabulary((folder / "vocabulary.tsv").read_text(encoding="utf-8"))
    return parse(json.loads((folder / "weights.json").read_text(encoding="utf-8")), words)


def parse(weights: dict[str, Any], words: Vocabulary) -> Model:
    """The model of a weights file and a vocabulary (`train.py` writes both)."""
    scored, observed = np.array(weights["calibration"], np.float32).T
    return Model(words, _forest(weights["first"]), _forest(weights["second"]), scored, observed)


def _forest(layer: dict[str, Any]) -> Forest:
    splits = [split for tree in layer["trees"] for split in tree["splits"]]
    columns = {name: name.partition("@") for name in {name for name, _ in splits}}
    places = {name: (ROWS[row], int(shift or 0)) for name, (row, _, shift) in columns.items()}
    asked: dict[int, dict[float, int]] = {}
    for name, border in splits:
        asked.setdefault(places[name][0], {})[border] = 0
    for row, levels in asked.items():
        asked[row] = {border: level for level, border in enumerate(sorted(levels))}
    return Forest(
        borders={row: np.array(list(levels), np.float32) for row, levels in asked.items()},
        rows=np.array([places[name][0] for name, _ in splits]),
        shifts=np.array([places[name][1] for name, _ in splits]),
        bins=np.array([asked[places[name][0]][border] for name, border in splits], np.uint8),
        leaves=np.rint(np.array([tree["leaves"] for tree in layer["trees"]]) * STEPS).astype(np.int32),
        bias=layer["bias"],
    )


def judge_blocks(model: Model, batch: Batch) -> Verdict:
    """The probability of each block of the batch."""
    use_vocabulary(batch, model.vocabulary)
    if not batch.count:
        nothing = np.zeros((len(ROWS), 0), np.uint8)
        return Verdict(model, np.zeros(0, np.float32), batch, (nothing, nothing))
    features = matrix(batch)
    first = _binned(model.first, tuple(features), batch)
    looks = opinion_matrix(batch, _probability(_scores(model.first, first, batch)))
    second = _binned(model.second, (*features, *looks), batch)
    likely = _probability(_scores(model.second, second, batch))
    calibrated = np.interp(likely, model.scored, model.observed).astype(np.float32)
    return Verdict(model, calibrated, batch, (first, second))


def _probability(scores: Floats) -> Floats:
    return (1 / (1 + np.exp(-scores))).astype(np.float32)


def places(batch: Batch) -> Ints:
    """The column of each block in a padded matrix."""
    return np.arange(batch.count) + PAD * (batch.document + 1)


def _binned(forest: Forest, values: Sequence[Floats], batch: Batch) -> npt.NDArray[np.uint8]:
    """(rows, padded blocks): how many of a row's thresholds each value exceeds."""
    width = batch.count + PAD * (batch.documents + 1)
    binned = np.zeros((len(ROWS), width), np.uint8)
    columns = places(batch)
    for row, borders in forest.borders.items():
        binned[row, columns] = np.searchsorted(borders, values[row])
    return binned


def leaf_numbers(forest: Forest, binned: npt.NDArray[np.uint8], start: int, stop: int) -> npt.NDArray[np.uint8]:
    """(trees, columns start..stop): the leaf that each block falls into."""
    view = np.lib.stride_tricks.sliding_window_view(binned[:, start - PAD : stop + PAD], 2 * PAD + 1, axis=1)
    answers = view.transpose(0, 2, 1)[forest.rows, forest.shifts + PAD] > forest.bins[:, None]
    answers = answers.reshape(len(forest.leaves), forest.depth, stop - start)
    leaves = answers[:, 0].astype(np.uint8)
    for level in range(1, forest.depth):
        leaves |= answers[:, level].view(np.uint8) << np.uint8(level)
    return np.asarray(leaves)


def _scores(forest: Forest, binned: npt.NDArray[np.uint8], batch: Batch) -> Floats:
    """The sum of the trees for each block."""
    width = binned.shape[1]
    sums = np.zeros(width, np.int32)
    offsets = (np.arange(len(forest.leaves)) * forest.leaves.shape[1])[:, None]
    flat = forest.leaves.ravel()
    for start in range(PAD, width - PAD, CHUNK):
        stop = min(start + CHUNK, width - PAD)
        leaves = leaf_numbers(forest, binned, start, stop)
        sums[start:stop] = flat[leaves + offsets].sum(axis=0, dtype=np.int32)
    return np.asarray(sums[places(batch)] / STEPS + forest.bias)
