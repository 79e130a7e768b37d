"""From probabilities to what stays: the choice of blocks with the best expected F-measure.

If blocks were misjudged one by one, the best set would hold those whose probability exceeds half of that measure (Z.
Lipton, C. Elkan, B. Naryanaswamy, "Optimal thresholding of classifiers to maximize F1 measure", ECML 2014), so that of
a doubtful document nearly everything would stay. But the blocks of a document are misjudged together: all remarks of a
thread are body, or none. So one unknown is shared by the whole document: at which level the true body ends. Each level
from 0 to 1 is as likely as another, and at level u a block that is body with probability p in all is body with
sigmoid(sqrt(1 + k**2) logit(p) - k logit(u)), which is near 0 below u and near 1 above it: a model with one common
factor, as O. Vasicek, "Probability of loss on loan portfolio", 1987, has it for loans, with the logistic in place of
the normal distribution. What counts is the mean of the measure over all levels. For F-beta a greater beta favours
recall, a smaller one precision.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats

Favor = Literal["precision", "balanced", "recall"]
BETA: dict[Favor, float] = {"precision": 0.6, "balanced": 1.0, "recall": 1.7}
WEIGHT_OF_A_BLOCK = 0.5
"""Words that a block counts for besides its own, so that one without words counts at all."""
TOGETHER = 5.0
"""How much more the blocks of a document err together than each by itself: k above. Of 0 to 30, word F1 on
cross-validated dumps hardly differs from 4 on (`docs/experiments.md`)."""
LEAST = 0.1
"""The probability from which a block stays at least: of a text without a body, some block is the best set. Of 4,060
gold dumps none is cut below it."""
LONGEST_ALONE, LEAST_ALONE = 12, 0.4
"""Words and probability of a short line that stays although it is too improbable, as those on both sides of it do. Of
2,150 dumps (html_text and soup, cross-validated) 253 gain and 260 lose, together 0.11 of word F1; from 0.3 on as many
more lose."""
STEPS = 128
"""Probabilities that are told apart; a power of two, so that blocks fall on the same side of a step everywhere."""
LEVELS = 16
"""Levels over which the mean is taken."""


def thresholds(batch: Batch, likely: Floats, favor: Favor = "balanced") -> Floats:
    """Per document the probability from which a block stays. Time linear."""
    step = np.minimum((likely * STEPS).astype(np.int64), STEPS - 1)
    words = batch.words + WEIGHT_OF_A_BLOCK
    size = batch.documents * STEPS
    mass = np.bincount(batch.document * STEPS + step, weights=words, minlength=size).reshape(-1, STEPS)[:, ::-1]
    chosen = np.cumsum(mass, axis=1)
    square = BETA[favor] ** 2
    measure = np.zeros(mass.shape)
    for probable in _at_levels():
        hits = np.cumsum(mass * probable, axis=1)
        measure += hits / np.maximum(chosen + square * hits[:, -1:], 1e-9)
    return np.asarray(np.maximum((STEPS - 1 - measure.argmax(axis=1)) / STEPS, LEAST), np.float32)


def alone(batch: Batch, likely: Floats, improbable: Booleans) -> Booleans:
    """Which of the improbable blocks are short lines in doubt that stand alone between blocks that stay: a subheading
    more often than not."""
    stays = (~improbable).astype(np.int8)
    between = (batch.neighbour(stays, -1, 0) > 0) & (batch.neighbour(stays, 1, 0) > 0)
    return np.asarray(improbable & between & (batch.words <= LONGEST_ALONE) & (likely >= LEAST_ALONE))


@lru_cache(maxsize=1)
def _at_levels() -> npt.NDArray[np.float64]:
    """(levels, steps), from the likeliest step down: the probability of a block of a step at a level."""
    step = _logit((np.arange(STEPS)[::-1] + 0.5) / STEPS)
    level = _logit((np.arange(LEVELS) + 0.5) / LEVELS)
    return np.asarray(1 / (1 + np.exp(TOGETHER * level[:, None] - np.sqrt(1 + TOGETHER**2) * step)))


def _logit(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(np.log(values / (1 - values)))
