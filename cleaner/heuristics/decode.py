"""From probabilities to what stays: the choice of blocks with the best expected F-measure.

The set of blocks whose expected F1 is greatest holds just those whose probability exceeds half of that F1 (Z. Lipton,
C. Elkan, B. Naryanaswamy, "Optimal thresholding of classifiers to maximize F1 measure", ECML 2014). So a document
that the model is sure of is cut at nearly one half, and a doubtful one loses less: it is cut lower. For F-beta the
share is 1 / (1 + beta**2): favouring recall is a greater beta, favouring precision a smaller one.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batch import Batch
from cleaner.heuristics.columns import Floats
from cleaner.heuristics.sums import UNIT, exact_sums

Favor = Literal["precision", "balanced", "recall"]
BETA: dict[Favor, float] = {"precision": 0.6, "balanced": 1.0, "recall": 1.7}
WEIGHT_OF_A_BLOCK = 0.5
"""Words that a block counts for besides its own, so that one without words counts at all."""


def thresholds(batch: Batch, likely: Floats, favor: Favor = "balanced") -> Floats:
    """Per document the probability from which a block stays; time linear but for the sort."""
    return (expected(batch, likely, favor) / (1 + BETA[favor] ** 2)).astype(np.float32)


def expected(batch: Batch, likely: Floats, favor: Favor = "balanced") -> npt.NDArray[np.float64]:
    """Per document the best expected F-measure that a set of its blocks has; 0 where there are no blocks."""
    words = batch.words + WEIGHT_OF_A_BLOCK
    order = np.lexsort((-likely, batch.document))
    hits = _so_far(batch, (words * likely)[order])
    chosen = _so_far(batch, words[order])
    total = batch.total(words * likely)
    square = BETA[favor] ** 2
    measure = (1 + square) * hits / np.maximum(chosen + square * total, 1e-9)
    best = np.zeros(batch.documents, np.float64)
    np.maximum.at(best, batch.document, measure)
    return best


def _so_far(batch: Batch, values: Floats) -> Floats:
    """Sums over each document up to and with each value."""
    sums = exact_sums(values)
    return np.asarray((sums[1:] - sums[batch.begin]) / UNIT)
