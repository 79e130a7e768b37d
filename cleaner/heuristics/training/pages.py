"""Fit the passes over pages.

They learn from what the passes over text say of pages which those have not seen: the opinions of a page come from the
text model of its fold. The weights of the elements' names leave out the fold of the page that they describe, and the
second pass sees first opinions of folds that the first had not seen. Only then are the folds tested.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

import numpy as np

from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.features.features import FEATURES
from cleaner.heuristics.markup.element_kinds import Names, tokens_of
from cleaner.heuristics.markup.elements import Elements
from cleaner.heuristics.markup.pages import PAGE_ROWS, PAGE_TABLE, PageValues
from cleaner.heuristics.model.model import Model, judge_blocks
from cleaner.heuristics.training.boosting import Settings, boost, forest, probabilities
from cleaner.heuristics.training.dataset import DUMPS_AT_ONCE, block_weights, column_names, shifted
from cleaner.heuristics.training.gold import FOLDS, Dump
from cleaner.page_tree import Markup

PASSES = (Settings(trees=500, rate=0.08), Settings(trees=450, rate=0.08))
LEAST_PAGES = 6
"""On fewer pages a name says more of them than of how elements are named."""
LEAST_WEIGHT = 0.3
WITHOUT_EXTRACTOR = 0.3
"""Share of the pages that are learnt from as if no extractor had been asked, for those who ask none."""

COLUMNS = [(number, shift) for number, row in enumerate(PAGE_TABLE) for shift in (0, *row.shifts)]
NAMES = column_names(PAGE_TABLE, COLUMNS)
EXTRACTED_ROW = PAGE_ROWS["extracted"]
EXTRACTED = np.array([number for number, (row, _) in enumerate(COLUMNS) if row == EXTRACTED_ROW])
NOTHING = Markup([], [], [], [], [], [], [], [], [], [])

Log = Callable[[str], None]


class NameCounts:
    """Of each token of an element, by fold: the sums over pages of its share outside and inside the body."""

    def __init__(self) -> None:
        self._counts: dict[str, Floats] = defaultdict(lambda: np.zeros((FOLDS, 2)))

    def add(self, dumps: Sequence[Dump]) -> None:
        """Count the elements of some pages."""
        batch = Batch([dump.document for dump in dumps])
        elements = Elements(batch, [dump.markup or NOTHING for dump in dumps], Names({}))
        body = elements.over_blocks(batch.words * np.concatenate([dump.labels for dump in dumps]))
        first = 0
        for dump in dumps:
            markup = dump.markup or NOTHING
            last = first + len(markup.kinds)
            held: dict[str, list[float]] = {}
            rows = zip(markup.kinds, elements.words[first:last], body[first:last], strict=True)
            for kind, words, inside in rows:
                if words:
                    for token in tokens_of(*markup.elements[kind][:3]):
                        sums = held.setdefault(token, [0.0, 0.0])
                        sums[0] += words
                        sums[1] += inside
            for token, (words, inside) in held.items():
                self._counts[token][dump.fold] += (1 - inside / words, inside / words)
            first = last

    def names(self, without: Iterable[int] = ()) -> Names:
        """The weights from the other folds: log odds of the mean share."""
        return Names(self._weights(without))

    def lines(self, without: Iterable[int] = ()) -> list[str]:
        """The lines of `names.tsv`: token, tab, weight; sorted."""
        return sorted(f"{token}\t{weight:.2f}" for token, weight in self._weights(without).items())

    def _weights(self, without: Iterable[int]) -> dict[str, float]:
        folds = [fold for fold in range(FOLDS) if fold not in set(without)]
        weights = {}
        for token, counts in self._counts.items():
            outside, inside = counts[folds].sum(axis=0).tolist()
            weight = float(np.log((inside + 1) / (outside + 1)))
            if outside + inside >= LEAST_PAGES and abs(weight) >= LEAST_WEIGHT and "\t" not in token:
                weights[token] = weight
        return weights


class PagePart:
    """Some pages of one fold: their rows, labels and weights, and what has been thought of them so far."""

    def __init__(self, dumps: Sequence[Dump], text: Model, names: Names) -> None:
        self.fold = dumps[0].fold
        self.batch = Batch([dump.document for dump in dumps])
        verdict = judge_blocks(text, self.batch)
        markups = [dump.markup or NOTHING for dump in dumps]
        elements = Elements(self.batch, markups, names)
        self._values = PageValues(elements, verdict.layers[-1].values[: len(FEATURES)])
        self.likely = self._of_text = verdict.likely
        self.labels = np.concatenate([np.array(dump.labels, np.float32) for dump in dumps])
        self.weights = block_weights(self.batch, self.labels, dumps)
        drawn = np.random.default_rng(self.fold).random(len(dumps)) < WITHOUT_EXTRACTOR
        self._unasked = drawn[self.batch.document]

    def rows(self) -> list[Floats]:
        """All rows as the first pass sees them; what no extractor was asked is not known."""
        rows = list(cast(Sequence[Floats], self._values.after(self._of_text)))  # without borders no bands are made
        rows[EXTRACTED_ROW] = np.where(self._unasked, -1, rows[EXTRACTED_ROW])
        return rows

    def columns(self) -> Floats:
        """(blocks, columns), given the opinions so far."""
        rows = cast(Sequence[Floats], self._values.after(self.likely))  # without borders no bands are made
        made = shifted(self.batch, rows, COLUMNS, np.arange(self.batch.count))
        made[np.ix_(self._unasked, EXTRACTED)] = -1
        return made


def page_parts(dumps: Sequence[Dump], text: Sequence[Model]) -> tuple[list[PagePart], NameCounts]:
    """The pages, those of a fold together, and the names of their elements. `text` are the text models that have not
    seen each fold."""
    counts = NameCounts()
    groups = by_fold(dumps)
    for group in groups:
        counts.add(group)
    return [PagePart(group, text[group[0].fold], counts.names({group[0].fold})) for group in groups], counts


def fit_pages(parts: Sequence[PagePart], log: Log) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Per fold the weights that have not seen it, and the weights from all pages."""
    folds: list[dict[str, Any]] = [{"passes": []} for _ in range(FOLDS)]
    every: dict[str, Any] = {"passes": []}
    for number, settings in enumerate(PASSES):
        values = [part.columns() for part in parts]
        every["passes"].append(forest(_fit(parts, values, settings, without=-1), NAMES))
        for fold in range(FOLDS):
            model = _fit(parts, values, settings, without=fold)
            folds[fold]["passes"].append(forest(model, NAMES))
            for part, rows in zip(parts, values, strict=True):
                if part.fold == fold:
                    part.likely = probabilities(model, rows)
        log(f"pass {number + 1} over pages")
    return folds, every


def by_fold(dumps: Sequence[Dump]) -> list[Sequence[Dump]]:
    """The dumps in groups, each of one fold."""
    folds = [[dump for dump in dumps if dump.fold == fold] for fold in range(FOLDS)]
    return [fold[at : at + DUMPS_AT_ONCE] for fold in folds for at in range(0, len(fold), DUMPS_AT_ONCE)]


def _fit(parts: Sequence[PagePart], values: Sequence[Floats], settings: Settings, without: int) -> Any:
    chosen = [number for number, part in enumerate(parts) if part.fold != without]
    labels = np.concatenate([parts[number].labels for number in chosen])
    weights = np.concatenate([parts[number].weights for number in chosen])
    return boost(np.concatenate([values[number] for number in chosen]), labels, weights, settings)
