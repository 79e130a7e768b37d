"""The training data as arrays: features of all blocks of all dumps, computed once, their wording made anew per model.

The wording features come from the learnt vocabulary, whose weights must not have seen the page they describe, nor the
fold on which a model is tested; so these rows alone differ from one model to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.features.features import FEATURES, matrix
from cleaner.heuristics.features.opinions import OPINIONS, opinion_matrix
from cleaner.heuristics.features.wording import Wording, set_wording, wording_of
from cleaner.heuristics.model.model import Row
from cleaner.heuristics.training import vocabulary
from cleaner.heuristics.training.gold import Dump

DUMPS_AT_ONCE = 60
FEATURE_COLUMNS = [(number, shift) for number, row in enumerate(FEATURES) for shift in (0, *row.shifts)]
OPINION_COLUMNS = [(number, shift) for number, row in enumerate(OPINIONS) for shift in (0, *row.shifts)]
WORDING = [number for number, row in enumerate(FEATURES) if row.name.startswith("wording")]
BEYOND = -3e38
"""The value of a neighbour that does not exist: below every threshold, as at run time."""

VARIANT_WEIGHTS = {"trafilatura": 0.5, "newspaper": 0.5, "gold": 0.3}
FOLDER_WEIGHTS = {"publishers-dev": 2.0, "readability-dev": 1.5, "other-types": 0.5}
"""The small folders count for more: they alone bring other languages and other annotators. Pages that are no article
count for less: they teach what lists, threads and manuals look like."""
MOST_WEIGHT = 3.0
"""Of one dump: a page whose gold is a fraction of its text would otherwise outweigh many others."""
SAMPLE = 0.5
"""Share of the blocks that are trained on. Neighbouring blocks and other flattenings say nearly the same."""


def column_names(rows: Sequence[Row], columns: Sequence[tuple[int, int]]) -> list[str]:
    """Names such as "words" and "words@-1"."""
    return [rows[number].name + (f"@{shift:+d}" if shift else "") for number, shift in columns]


NAMES = column_names(FEATURES, FEATURE_COLUMNS)
ALL_NAMES = NAMES + column_names(OPINIONS, OPINION_COLUMNS)


class Part:
    """Some dumps, their batch, features, labels and weights. Of each block: its `fold`; `drawn`, random in 0..1."""

    def __init__(self, dumps: Sequence[Dump], counts: vocabulary.Counts, seed: int) -> None:
        self.dumps = dumps
        self.batch = Batch([dump.document for dump in dumps])
        self.terms = vocabulary.find(counts, self.batch)
        self.fold = np.array([dump.fold for dump in dumps])[self.batch.document]
        self.labels = np.concatenate([np.array(dump.labels, np.float32) for dump in dumps])
        self.weights = block_weights(self.batch, self.labels, dumps)
        self.drawn = np.random.default_rng(seed).random(self.batch.count)
        set_wording(self.batch, Wording(*_nothing(self.batch)))
        self.features = matrix(self.batch)

    def set_wording(self, counts: vocabulary.Counts, without: Iterable[int]) -> None:
        """Make the wording features as a model sees them that must not know the folds `without`."""
        left_out = set(without)
        made = _nothing(self.batch)
        for fold in np.unique(self.fold).tolist():
            weights = counts.weights({*left_out, fold})
            here = self.fold == fold
            block, term = self.terms
            mine = here[block]
            for row, values in zip(made, wording_of(self.batch, block[mine], weights[term[mine]]), strict=True):
                row[here] = values[here]
        set_wording(self.batch, Wording(*made))
        for number in WORDING:
            self.features[number] = np.asarray(FEATURES[number].compute(self.batch), np.float32)

    def columns(self, which: npt.NDArray[np.bool_], likely: Floats | None = None) -> Floats:
        """(blocks, columns) of the chosen blocks; with the first pass's probabilities, the opinions as well."""
        chosen = np.flatnonzero(which)
        blocks = [shifted(self.batch, self.features, FEATURE_COLUMNS, chosen)]
        if likely is not None:
            looks = opinion_matrix(self.batch, likely)
            blocks.append(shifted(self.batch, looks, OPINION_COLUMNS, chosen))
        return np.concatenate(blocks, axis=1)


def parts(dumps: Sequence[Dump], counts: vocabulary.Counts) -> list[Part]:
    """All dumps, `DUMPS_AT_ONCE` in each part."""
    starts = range(0, len(dumps), DUMPS_AT_ONCE)
    return [Part(dumps[start : start + DUMPS_AT_ONCE], counts, seed=start) for start in starts]


def _nothing(batch: Batch) -> list[Floats]:
    return [np.zeros(batch.count, np.float32) for _ in Wording._fields]


def shifted(batch: Batch, rows: Sequence[Floats] | Floats, columns: Sequence[tuple[int, int]], chosen: Ints) -> Floats:
    """(chosen blocks, columns): the rows as the trees see them, neighbours' values among them."""
    result = np.empty((len(chosen), len(columns)), np.float32)
    first, stop = batch.begin[chosen], batch.stop[chosen]
    for number, (row, shift) in enumerate(columns):
        there = chosen + shift
        exists = (there >= first) & (there < stop)
        result[:, number] = np.where(exists, rows[row][np.clip(there, 0, batch.count - 1)], BEYOND)
    return result


def block_weights(batch: Batch, labels: Floats, dumps: Sequence[Dump]) -> Floats:
    """A block weighs as many words as it adds to or takes from the body, in shares of the body."""
    body = np.bincount(batch.document, weights=batch.words * labels, minlength=batch.documents) + 30
    weights = (batch.words + 1) / body[batch.document]
    sums = np.bincount(batch.document, weights=weights, minlength=batch.documents)
    scale = np.minimum(1, MOST_WEIGHT / np.maximum(sums, 1e-9))
    scale *= [FOLDER_WEIGHTS.get(d.folder, 1.0) * VARIANT_WEIGHTS.get(d.variant, 1.0) for d in dumps]
    return (weights * scale[batch.document]).astype(np.float32)
