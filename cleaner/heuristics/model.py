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
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.bands import Borders, Column, columns_of
from cleaner.heuristics.batch import Batch
from cleaner.heuristics.columns import Floats
from cleaner.heuristics.derived import derived
from cleaner.heuristics.features import FEATURES, matrix
from cleaner.heuristics.opinions import OPINIONS, Opinions
from cleaner.heuristics.trees import Forest
from cleaner.heuristics.wording import Vocabulary, parse_vocabulary, use_vocabulary, vocabulary
from cleaner.resources import read_text


class Row(Protocol):
    """A row of a table of features, whatever it is computed from; see `features.Feature`."""

    @property
    def name(self) -> str: ...
    @property
    def says(self) -> str: ...
    @property
    def shifts(self) -> tuple[int, ...]: ...


TABLE: tuple[Row, ...] = (*FEATURES, *OPINIONS)
ROWS = {row.name: number for number, row in enumerate(TABLE)}


class Model(NamedTuple):
    """Both passes, the learnt vocabulary, and the points of the calibration curve: as scored, as observed."""

    vocabulary: Vocabulary
    first: Forest
    second: Forest
    scored: Floats
    observed: Floats


class Layer(NamedTuple):
    """One pass over a batch: its trees, and the rows of values that they looked at."""

    forest: Forest
    values: tuple[Column, ...]

    def probability(self, batch: Batch) -> Floats:
        """What the pass says of each block."""
        return (1 / (1 + np.exp(-self.forest.scores(self.values, batch)))).astype(np.float32)


@dataclass(frozen=True)
class Verdict:
    """`likely` is each block's calibrated probability of being body, `weighed` the one to decide by; `layers` are the
    passes, for reasons, and `table` says what the rows are that the last one looked at."""

    likely: Floats
    weighed: Floats
    batch: Batch
    layers: tuple[Layer, ...]
    table: tuple[Row, ...] = TABLE

    @cached_property
    def bands(self) -> npt.NDArray[np.uint8]:
        """(rows, blocks): how many of the borders that a pass asks of a row each value exceeds; the most of any."""
        values = self.layers[-1].values
        result = np.zeros((len(values), self.batch.count), np.uint8)
        for forest, _ in self.layers:
            forest.bands(values, result)
        return result


def opinion_rows(batch: Batch, likely: Floats, borders: Borders | None) -> tuple[Column, ...]:
    """The rows of `OPINIONS` for the probabilities of a pass."""
    return columns_of(OPINIONS, Opinions(batch, likely), batch.count, borders, len(FEATURES))


@cache
def shipped() -> Model:
    """The model inside the package."""
    return derived("text", _read)


def _read() -> Model:
    weights = json.loads(read_text(sys.modules[__name__], "weights.json"))
    return parse(weights, vocabulary())


def load(folder: Path) -> Model:
    """The model of a folder that `train.py` has written."""
    words = parse_vocabulary((folder / "vocabulary.tsv").read_text(encoding="utf-8"))
    return parse(json.loads((folder / "weights.json").read_text(encoding="utf-8")), words)


def parse(weights: dict[str, Any], words: Vocabulary) -> Model:
    """The model of a weights file and a vocabulary (`train.py` writes both)."""
    scored, observed = np.array(weights["calibration"], np.float32).T.copy()
    return Model(words, Forest.parse(weights["first"], ROWS), Forest.parse(weights["second"], ROWS), scored, observed)


def judge_blocks(model: Model, batch: Batch, borders: Borders | None = None) -> Verdict:
    """The probability of each block of the batch. Given all `borders` that anybody asks about, the rows that were
    looked at are held as bands."""
    use_vocabulary(batch, model.vocabulary)
    if not batch.count:
        return Verdict(np.zeros(0, np.float32), np.zeros(0, np.float32), batch, ())
    features = tuple(matrix(batch)) if borders is None else columns_of(FEATURES, batch, batch.count, borders)
    if borders is not None:
        batch.forget_looks()
    first = Layer(model.first, features)
    second = Layer(model.second, (*features, *opinion_rows(batch, first.probability(batch), borders)))
    likely = np.interp(second.probability(batch), model.scored, model.observed).astype(np.float32)
    return Verdict(likely, likely, batch, (first, second))
