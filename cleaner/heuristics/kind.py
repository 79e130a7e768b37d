"""Whether a text is an article at all: a table of features of whole documents, judged by a forest of their own.

A listing, a forum, a product page or a login wall has no body in the sense of the model; it is cleaned as well as it
can be, and said to be no article.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics import columns as c
from cleaner.heuristics.batch import Batch
from cleaner.heuristics.columns import Floats
from cleaner.heuristics.evidence import KINDS
from cleaner.heuristics.features import FEATURES
from cleaner.heuristics.opinions import Opinions

_FEATURE = {row.name: row.compute for row in FEATURES}


class Evidence(NamedTuple):
    """What the table works on: a batch and the probability of each block."""

    batch: Batch
    likely: Floats

    def sum(self, values: npt.NDArray[np.generic]) -> Floats:
        """Per document the sum of a value per block."""
        summed = np.bincount(self.batch.document, weights=values, minlength=self.batch.documents)
        return summed.astype(np.float32)

    def share(self, values: npt.NDArray[np.generic], of: npt.NDArray[np.generic]) -> Floats:
        """One sum over another, 0 where the other is 0."""
        return self.sum(values) / np.maximum(self.sum(of), 1e-6)


def _kept_mean(name: str) -> Callable[[Evidence], Floats]:
    """A feature's mean over the probable body, weighted by how probable."""
    return lambda e: e.share(np.asarray(_FEATURE[name](e.batch), np.float32) * e.likely, e.likely)


def _mean(name: str) -> Callable[[Evidence], Floats]:
    return lambda e: e.share(np.asarray(_FEATURE[name](e.batch), np.float32), np.ones(e.batch.count))


def _runs(e: Evidence) -> Floats:
    """Stretches of probable body."""
    inside = e.likely >= 0.5
    before = np.concatenate(([False], inside[:-1])) & (e.batch.index > 0)
    return e.sum(inside & ~before)


def _segment_share(e: Evidence) -> Floats:
    """Share of the probable body that lies in one stretch."""
    low, high = Opinions(e.batch, e.likely).segment
    here = np.arange(e.batch.count)
    mass = e.likely * e.batch.words
    return e.share(mass * ((here >= low) & (here < high)), mass)


OF_THE_BODY = (
    "words",
    "stops-per-word",
    "commas-per-word",
    "digits",
    "capitals",
    "ends-sentence",
    "function-words",
    "copies",
    "covered",
    "same-opening",
    "in-prose",
    "wording",
    "wording-low",
    "months",
    "currency",
    "marks",
    "brackets",
    "breaks-before",
    "run-of-short",
    "quotes",
    "colons",
)
"""Features whose mean over the probable body is looked at."""
OF_ALL_BLOCKS = (
    "words",
    "capitals",
    "ends-sentence",
    "copies",
    "covered",
    "same-opening",
    "wording",
    "months",
    "run-of-short",
    *(f"names-{kind}" for kind in KINDS),
)
"""Features whose mean over all blocks is looked at."""

KIND_FEATURES: tuple[tuple[str, Callable[[Evidence], Floats]], ...] = (
    ("words", lambda e: np.log1p(e.sum(e.batch.words))),
    ("blocks", lambda e: np.log1p(e.sum(np.ones(e.batch.count)))),
    ("body-words", lambda e: np.log1p(e.sum(e.batch.words * e.likely))),
    ("body-share", lambda e: e.share(e.batch.words * e.likely, e.batch.words)),
    ("body-blocks", lambda e: e.share(e.likely, np.ones(e.batch.count))),
    ("doubt", lambda e: e.share(e.likely * (1 - e.likely) * e.batch.words, e.batch.words)),
    ("doubt-blocks", lambda e: e.share(e.likely * (1 - e.likely), np.ones(e.batch.count))),
    ("runs", _runs),
    ("segment-share", _segment_share),
    ("prose-share", lambda e: e.share(e.batch.words * e.batch.is_prose, e.batch.words)),
    ("pillars", lambda e: e.sum((e.likely > 0.7) & (e.batch.words >= 30))),
    ("currency", lambda e: e.share(e.batch.class_counts[:, c.CURRENCY], e.batch.words)),
    ("digits", lambda e: e.share(e.batch.class_counts[:, c.DIGIT], e.batch.length)),
    *((f"kept-{name}", _kept_mean(name)) for name in OF_THE_BODY),
    *((f"mean-{name}", _mean(name)) for name in OF_ALL_BLOCKS),
)


def kind_matrix(batch: Batch, likely: Floats) -> Floats:
    """(features, documents): the table for every document of a batch."""
    evidence = Evidence(batch, likely)
    return np.stack([np.asarray(compute(evidence), np.float32) for _, compute in KIND_FEATURES])
