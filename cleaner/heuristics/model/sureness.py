"""How sure a verdict is of each document: by the F-measure that the best body of it can be expected to have."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.batches.sums import UNIT, exact_sums
from cleaner.heuristics.model.decode import WEIGHT_OF_A_BLOCK


def below(batch: Batch, likely: Floats, measure: float) -> Booleans:
    """Per document, whether its best body can be expected to have a smaller F1; False where there are no blocks."""
    return np.asarray((expected(batch, likely) < measure) & (batch.last > batch.first))


def expected(batch: Batch, likely: Floats) -> npt.NDArray[np.float64]:
    """Per document the best F1 that a set of its blocks can be expected to have if they are misjudged one by one: a
    measure of doubt. 0 where there are no blocks. Time linear but for the sort."""
    words = batch.words + WEIGHT_OF_A_BLOCK
    order = np.lexsort((-likely, batch.document))
    hits = _so_far(batch, (words * likely)[order])
    chosen = _so_far(batch, words[order])
    measure = 2 * hits / np.maximum(chosen + batch.total(words * likely), 1e-9)
    best = np.zeros(batch.documents, np.float64)
    np.maximum.at(best, batch.document, measure)
    return best


def _so_far(batch: Batch, values: Floats) -> Floats:
    """Sums over each document up to and with each value."""
    sums = exact_sums(values)
    return np.asarray((sums[1:] - sums[batch.begin]) / UNIT)
