"""The trained model: two passes of boosted oblivious trees (`trees.py`) over the features.

The second pass sees the features again and, besides, what the first pass thought of the blocks around
(`opinions.py`). `weights.json` holds the trees; its `about` says how it was made.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batch import Batch
from cleaner.heuristics.columns import Floats
from cleaner.heuristics.features import FEATURES, Feature, matrix
from cleaner.heuristics.opinions import OPINIONS, Opinion, opinion_matrix
from cleaner.heuristics.trees import Forest
from cleaner.heuristics.wording import Vocabulary, parse_vocabulary, use_vocabulary, vocabulary
from cleaner.resources import read_text

TABLE: tuple[Feature | Opinion, ...] = (*FEATURES, *OPINIONS)
SAYS = [row.says.split("|") for row in TABLE]
"""What a low and what a high value of each row say; an empty text where a row says nothing of a single block."""
ROWS = {row.name: number for number, row in enumerate(TABLE)}


class Model(NamedTuple):
    """Both passes, the learnt vocabulary, and the points of the calibration curve: as scored, as observed."""

    vocabulary: Vocabulary
    first: Forest
    second: Forest
    scored: Floats
    observed: Floats


@dataclass(frozen=True)
class Verdict:
    """`likely` is each block's calibrated probability of being body; `values` are the rows that the passes looked at,
    for reasons."""

    model: Model
    likely: Floats
    batch: Batch
    values: tuple[Floats, ...]

    @cached_property
    def bands(self) -> npt.NDArray[np.uint8]:
        """(rows, blocks): how many of the borders that either pass asks of a row each value exceeds."""
        first, second = (forest.bands(self.values) for forest in (self.model.first, self.model.second))
        return np.maximum(first, second)


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
    return Model(words, Forest.parse(weights["first"], ROWS), Forest.parse(weights["second"], ROWS), scored, observed)


def judge_blocks(model: Model, batch: Batch) -> Verdict:
    """The probability of each block of the batch."""
    use_vocabulary(batch, model.vocabulary)
    if not batch.count:
        return Verdict(model, np.zeros(0, np.float32), batch, tuple(np.zeros((len(ROWS), 0), np.float32)))
    features = tuple(matrix(batch))
    looks = opinion_matrix(batch, _probability(model.first.scores(features, batch)))
    values = (*features, *looks)
    likely = _probability(model.second.scores(values, batch))
    calibrated = np.interp(likely, model.scored, model.observed).astype(np.float32)
    return Verdict(model, calibrated, batch, values)


def _probability(scores: Floats) -> Floats:
    return (1 / (1 + np.exp(-scores))).astype(np.float32)
