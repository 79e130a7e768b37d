"""The trained model: two passes of boosted oblivious trees (`trees.py`) over the features, and networks.

The second pass sees the features again and, besides, what the first pass thought of the blocks around
(`opinions.py`). Texts are judged by two networks besides (`network.py`), which see the same rows. `weights.json` holds
the trees, `networks.json` the networks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.bands import Asking, Borders, Column, columns_of, exceeded
from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.batches.stretches import Chosen
from cleaner.heuristics.derived import derived
from cleaner.heuristics.features.features import FEATURES, matrix
from cleaner.heuristics.features.features_in_turn import features_in_turn
from cleaner.heuristics.features.measures import FUNCTION_WORDS
from cleaner.heuristics.features.opinion_measures import Opinions
from cleaner.heuristics.features.opinions import OPINIONS
from cleaner.heuristics.features.wording import Vocabulary, parse_vocabulary, use_vocabulary, vocabulary
from cleaner.heuristics.model.calibration import Curve
from cleaner.heuristics.model.network import Networks
from cleaner.heuristics.model.sureness import below
from cleaner.heuristics.model.trees import Forest, probability
from cleaner.heuristics.trained import shipped_file


class Row(Protocol):
    """A row of a table of features, whatever it is computed from; see `features.Feature`."""

    @property
    def name(self) -> str: ...
    @property
    def says(self) -> str: ...
    @property
    def shifts(self) -> tuple[int, ...]: ...


TABLE: tuple[Row, ...] = (*FEATURES, *OPINIONS)
WEIGHTS, NETWORKS, VOCABULARY = "weights.json", "networks.json", "vocabulary.tsv"
ROWS = {row.name: number for number, row in enumerate(TABLE)}
SURE = 0.9
"""Expected F-measure from which the networks are not asked about a text, but for those in a language that the lexicon
does not hold. Seven blocks in ten stand in such texts; asking about them changes the mean word F1 of no folder by 0.001
(`docs/experiments.md`)."""
KNOWN = 0.5
"""Share of a text's words, counted by blocks of which the vocabulary knows a word, from which its wording is known."""
LONG = 1000
"""Words of a long text, page and all."""
SHARE, SHARE_OF_OTHERS = 0.7, 0.28
"""How much the networks count beside the trees in long texts of known wording and in others. English texts they judge
as well as trees do, others worse: few of these can be learnt from, and networks take what holds in one language for
true in all. Short articles they end at the first prompt (`docs/experiments.md`)."""

Rows = Callable[[], tuple[Column, ...]]
"""Makes the rows of a table."""


class Model(NamedTuple):
    """Both passes, the learnt vocabulary, the calibration curve, and the networks that judge beside the passes."""

    vocabulary: Vocabulary
    first: Forest
    second: Forest
    curve: Curve
    networks: Networks

    @property
    def asking(self) -> tuple[Asking, ...]:
        """All that asks about the rows of texts."""
        return self.first, self.second, self.networks, Language(), Known()


class Language:
    """Asks of a text whether it is in a language that the lexicon holds."""

    borders: Borders = MappingProxyType({ROWS["text-function-words"]: np.array([FUNCTION_WORDS], np.float32)})


class Known:
    """Asks of a block whether the vocabulary knows a word of it: its wording is not 0 then."""

    borders: Borders = MappingProxyType({ROWS["wording-sum"]: np.array([-1e-3, 1e-3], np.float32)})


@dataclass(frozen=True)
class Layer:
    """One pass over a batch: its trees, the log odds of each block that they found, and what makes the rows of values
    that they looked at."""

    forest: Forest
    scores: Floats
    rows: Rows

    @classmethod
    def over(cls, batch: Batch, forest: Forest, rows: Rows) -> Layer:
        """The pass of a forest over the blocks of a batch."""
        values = rows()
        layer = cls(forest, forest.scores(values, batch), rows)
        layer.__dict__["values"] = values
        return layer

    @cached_property
    def values(self) -> tuple[Column, ...]:
        """The rows that the trees looked at."""
        return self.rows()

    def forget(self) -> None:
        """Free the rows; whoever asks for them again, has them made again."""
        self.__dict__.pop("values", None)

    @property
    def probability(self) -> Floats:
        """What the pass says of each block."""
        return probability(self.scores)


@dataclass(frozen=True)
class Verdict:
    """`likely` is each block's calibrated probability of being body, `weighed` the one to decide by; `layers` are the
    passes, for reasons, and `table` says what the rows are that the last one looked at."""

    likely: Floats
    weighed: Floats
    batch: Batch
    layers: tuple[Layer, ...]
    table: tuple[Row, ...] = TABLE

    @property
    def features(self) -> tuple[Column, ...]:
        """The rows of `FEATURES`."""
        return self.layers[0].values[: len(FEATURES)]

    def forget(self) -> None:
        """Free the rows of the passes."""
        for layer in self.layers:
            layer.forget()

    @cached_property
    def bands(self) -> npt.NDArray[np.uint8]:
        """(rows, blocks): how many of the borders that a pass asks of a row each value exceeds; the most of any."""
        values = self.layers[-1].values
        result = np.zeros((len(values), self.batch.count), np.uint8)
        for layer in self.layers:
            layer.forest.bands(values, result)
        return result


def opinion_rows(batch: Batch, likely: Floats, borders: Borders | None) -> tuple[Column, ...]:
    """The rows of `OPINIONS` for the probabilities of a pass."""
    return columns_of(OPINIONS, Opinions(batch, likely), batch.count, borders, len(FEATURES))


@cache
def shipped() -> Model:
    """The model inside the package."""
    return derived("text", _read)


def _read() -> Model:
    weights, networks = (json.loads(shipped_file(name)) for name in (WEIGHTS, NETWORKS))
    return parse(weights, networks, vocabulary())


def load(folder: Path) -> Model:
    """The model of a folder that `train.py` has written."""
    words = parse_vocabulary((folder / VOCABULARY).read_text(encoding="utf-8"))
    weights, networks = (json.loads((folder / name).read_text(encoding="utf-8")) for name in (WEIGHTS, NETWORKS))
    return parse(weights, networks, words)


def parse(weights: dict[str, Any], networks: dict[str, Any], words: Vocabulary) -> Model:
    """The model of a file of weights, one of networks and a vocabulary (`train.py` writes them)."""
    first, second = (Forest.parse(weights[name], ROWS) for name in ("first", "second"))
    return Model(words, first, second, Curve.parse(weights), Networks.parse(networks, ROWS))


def judge_text(model: Model, of_trees: Verdict) -> Verdict:
    """The verdict on the blocks of texts, given that of the trees: where these are in doubt of a document, with what
    the networks say of it besides."""
    chosen = Chosen(of_trees.batch, _in_doubt(of_trees))
    likely = of_trees.likely.copy()
    likely[chosen.origin] = model.networks.curve(beside_trees(model.networks, of_trees, chosen))
    return replace(of_trees, likely=likely, weighed=likely)


def _in_doubt(of_trees: Verdict) -> Booleans:
    """Per document whether the networks are to be asked about it."""
    batch = of_trees.batch
    result = below(batch, of_trees.likely, SURE)
    some = np.flatnonzero(batch.last > batch.first)
    if len(some):
        ((row, border),) = Language.borders.items()
        result[some] |= exceeded(of_trees.layers[-1].values[row], batch.first[some], border) == 0
    return result


def beside_trees(networks: Networks, of_trees: Verdict, chosen: Chosen) -> Floats:
    """How likely trees and networks together say that the chosen blocks are body, not calibrated."""
    if not chosen.count:
        return np.zeros(0, np.float32)
    last = of_trees.layers[-1]
    own = networks.scores(last.values, chosen)
    return networks.beside(last.scores[chosen.origin], own, _share(last.values, chosen))


def _share(values: Sequence[Column], chosen: Chosen) -> Floats:
    """Per chosen block how much the networks count."""
    ((row, borders),) = Known.borders.items()
    words = chosen.total(chosen.words)
    known = chosen.total(chosen.words * (exceeded(values[row], chosen.origin, borders) != 1))
    return np.where((words >= LONG) & (known >= KNOWN * words), SHARE, SHARE_OF_OTHERS).astype(np.float32)


def judge_blocks(model: Model, batch: Batch, borders: Borders | None = None) -> Verdict:
    """What the trees say of each block of the batch: texts are judged upon that by networks, pages by their elements.
    Given all `borders` that anybody asks about, the rows that were looked at are held as bands."""
    use_vocabulary(batch, model.vocabulary)
    if not batch.count:
        return Verdict(np.zeros(0, np.float32), np.zeros(0, np.float32), batch, ())
    features = tuple(matrix(batch)) if borders is None else features_in_turn(batch, borders)
    first = Layer.over(batch, model.first, lambda: features)
    looks = first.probability
    second = Layer.over(batch, model.second, lambda: (*features, *opinion_rows(batch, looks, borders)))
    likely = model.curve(second.probability)
    return Verdict(likely, likely, batch, (first, second))
