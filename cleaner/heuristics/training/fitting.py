"""Fit both passes, and predict every page by models that never saw its site.

The second pass learns from first opinions of the quality that it will meet at run time, so these come from first
passes that did not see the page: for the model that is tested on fold k, the opinions of fold j come from a first pass
without j and k. All of it is nested: neither pass, nor the vocabulary, nor the calibration of a tested page has seen
its fold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.training import vocabulary
from cleaner.heuristics.training.boosting import Settings, boost, forest, probabilities
from cleaner.heuristics.training.dataset import ALL_NAMES, NAMES, SAMPLE, Part
from cleaner.heuristics.training.gold import FOLDS

FIRST = Settings(trees=400, rate=0.1)
SECOND = Settings(trees=600, rate=0.09)
POINTS = 25
SAMPLE_OF_PAIRS = 0.25
"""Share of the blocks for the ten first passes whose only use is to give opinions to learn from."""

Log = Callable[[str], None]
Likely = list[Floats]


class Fitter:
    """Holds the data; fits and predicts with folds left out."""

    def __init__(self, parts: Sequence[Part], counts: vocabulary.Counts, log: Log) -> None:
        self.parts, self.counts, self.log = parts, counts, log

    def first(self, without: Sequence[int], share: float = SAMPLE) -> tuple[Any, dict[int, Likely]]:
        """A first pass that has not seen the folds, and what it says of each of them."""
        self._see(without)
        model = self._fit(without, None, FIRST, share)
        self.log(f"first pass without {list(without)}")
        return model, {fold: [self._predict(part, model, fold, None) for part in self.parts] for fold in without}

    def second(self, without: Sequence[int], opinions: Likely) -> tuple[Any, dict[int, Likely]]:
        """The same for the second pass, given first opinions of every block."""
        self._see(without)
        model = self._fit(without, opinions, SECOND, SAMPLE)
        self.log(f"second pass without {list(without)}")
        return model, {
            fold: [self._predict(part, model, fold, seen) for part, seen in zip(self.parts, opinions, strict=True)]
            for fold in without
        }

    def _see(self, without: Sequence[int]) -> None:
        for part in self.parts:
            part.set_wording(self.counts, without)

    def _fit(self, without: Sequence[int], opinions: Likely | None, settings: Settings, share: float) -> Any:
        chosen = [(part.drawn < share) & ~np.isin(part.fold, without) for part in self.parts]
        seen: Sequence[Floats | None] = opinions or [None] * len(self.parts)
        values = [part.columns(which, look) for part, which, look in zip(self.parts, chosen, seen, strict=True)]
        labels = [part.labels[which] for part, which in zip(self.parts, chosen, strict=True)]
        weights = [part.weights[which] for part, which in zip(self.parts, chosen, strict=True)]
        return boost(np.concatenate(values), np.concatenate(labels), np.concatenate(weights), settings)

    def _predict(self, part: Part, model: Any, fold: int, seen: Floats | None) -> Floats:
        which = part.fold == fold
        likely = np.zeros(len(part.fold), np.float32)
        if which.any():
            likely[which] = probabilities(model, part.columns(which, seen))
        return likely


def cross_validate(fitter: Fitter) -> tuple[list[dict[str, Any]], Likely, Likely]:
    """Per fold the weights of a model that has not seen it, and the first and second opinions of every block."""
    pairs = {pair: fitter.first(pair, share=SAMPLE_OF_PAIRS)[1] for pair in combinations(range(FOLDS), 2)}
    weights, firsts, seconds = [], _zeros(fitter.parts), _zeros(fitter.parts)
    for tested in range(FOLDS):
        first, said = fitter.first([tested])
        opinions = [looks.copy() for looks in said[tested]]
        for fold in set(range(FOLDS)) - {tested}:
            _add(opinions, pairs[min(fold, tested), max(fold, tested)][fold])
        second, final = fitter.second([tested], opinions)
        _add(firsts, said[tested])
        _add(seconds, final[tested])
        weights.append({"first": forest(first, NAMES), "second": forest(second, ALL_NAMES)})
    return weights, firsts, seconds


def fit_all(fitter: Fitter, opinions: Likely) -> dict[str, Any]:
    """The weights from all pages; `opinions` are the first opinions of a cross-validation."""
    first, _ = fitter.first([])
    second, _ = fitter.second([], opinions)
    return {"first": forest(first, NAMES), "second": forest(second, ALL_NAMES)}


def calibration(parts: Sequence[Part], likely: Likely, without: int | None = None) -> list[list[float]]:
    """Points (probability as scored, share of body as observed), both rising, on the folds but one."""
    chosen = [np.ones(len(p.fold), np.bool_) if without is None else p.fold != without for p in parts]
    scored = np.concatenate([looks[which] for looks, which in zip(likely, chosen, strict=True)])
    labels = np.concatenate([part.labels[which] for part, which in zip(parts, chosen, strict=True)])
    return calibration_points(scored, labels)


def calibration_points(scored: Floats, labels: Floats) -> list[list[float]]:
    """Points (probability as scored, share of body as observed), both rising."""
    edges = np.linspace(0, 1, POINTS + 1)
    inside = np.clip(np.digitize(scored, edges) - 1, 0, POINTS - 1)
    counts = np.bincount(inside, minlength=POINTS)
    observed = np.bincount(inside, weights=labels, minlength=POINTS) / np.maximum(counts, 1)
    middle = np.bincount(inside, weights=scored, minlength=POINTS) / np.maximum(counts, 1)
    rising = np.maximum.accumulate(observed)
    points = [[round(float(x), 4), round(float(y), 4)] for x, y, n in zip(middle, rising, counts, strict=True) if n]
    return [[0.0, 0.0], *points, [1.0, 1.0]]


def _zeros(parts: Sequence[Part]) -> Likely:
    return [np.zeros(len(part.fold), np.float32) for part in parts]


def _add(to: Likely, more: Likely) -> None:
    for total, looks in zip(to, more, strict=True):
        np.add(total, looks, out=total)
