"""Fit the networks that judge dumps and pages beside the trees, and calibrate both together.

The networks see the same rows as the trees, with the wording, the names of elements and the first opinions that a page
of another fold would have. The curves come from what the models of the folds say of pages which they have not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.batches.stretches import Chosen
from cleaner.heuristics.features.features import FEATURES
from cleaner.heuristics.markup.pages import PAGE_ROWS, PAGE_TABLE, Trained, judge_pages
from cleaner.heuristics.model.model import ROWS, Model, beside_trees, judge_blocks
from cleaner.heuristics.model.network import Networks
from cleaner.heuristics.training import vocabulary
from cleaner.heuristics.training.dataset import Part, parts
from cleaner.heuristics.training.fitting import Log
from cleaner.heuristics.training.gold import Dump
from cleaner.heuristics.training.network import Settings
from cleaner.heuristics.training.networks import UNCALIBRATED, Blocks, Fits, Judged, calibrated, fit_all
from cleaner.heuristics.training.pages import NOTHING, PagePart, by_fold
from cleaner.heuristics.training.whole_numbers import Saved

OF_TEXT = (Settings(rounds=13, seed=1), Settings(rounds=13, seed=2))
OF_PAGES = (Settings(rounds=30, seed=1),)


def networks_of_text(dumps: Sequence[Dump], trees: Sequence[Model], log: Log) -> list[Saved]:
    """What the files of networks hold: of each fold, and last of all pages. `trees` are the models of the folds."""
    networks = fit_all(_of_text(dumps), log)

    def judged(fold: int, some: Sequence[Dump]) -> Floats:
        of_trees = judge_blocks(trees[fold], _batch(some))
        beside = Networks.parse({**UNCALIBRATED, **networks[fold]}, ROWS)
        return beside_trees(beside, of_trees, Chosen.every(of_trees.batch))

    return calibrated(networks, _judged(dumps, judged))


def networks_of_pages(
    dumps: Sequence[Dump], made: Sequence[PagePart], trees: Sequence[Trained], log: Log
) -> list[Saved]:
    """The same for pages, of which `made` are the parts."""
    networks = fit_all(_of_pages(made), log)

    def judged(fold: int, some: Sequence[Dump]) -> Floats:
        text, pages, _ = trees[fold]
        together = pages._replace(networks=Networks.parse({**UNCALIBRATED, **networks[fold]}, PAGE_ROWS))
        markups = [dump.markup or NOTHING for dump in some]
        return judge_pages(together, judge_blocks(text, _batch(some)), markups).weighed

    return calibrated(networks, _judged(dumps, judged))


def _batch(dumps: Sequence[Dump]) -> Batch:
    return Batch([dump.document for dump in dumps])


def _judged(dumps: Sequence[Dump], judge: Callable[[int, Sequence[Dump]], Floats]) -> list[Judged]:
    """What the model of each fold says of its dumps, some at a time."""
    said = []
    for some in by_fold(dumps):
        labels = np.concatenate([np.array(dump.labels, np.float32) for dump in some])
        said.append(Judged(some[0].fold, judge(some[0].fold, some), labels))
    return said


def _of_text(dumps: Sequence[Dump]) -> Fits:
    """The features of dumps, their wording as a model sees it that must not know a fold."""
    counts = vocabulary.count(dumps)
    made = parts(dumps, counts)

    def values(without: int) -> Iterable[Floats]:
        for part in made:
            part.set_wording(counts, [without] if without >= 0 else [])
            yield part.features

    return Fits(_blocks(made), values, [row.name for row in FEATURES], OF_TEXT)


def _of_pages(made: Sequence[PagePart]) -> Fits:
    """All rows of pages after what the trees say of their text. The names of elements leave out the page's own fold
    alone, as for the trees."""
    return Fits(_blocks(made), lambda _: (part.rows() for part in made), [row.name for row in PAGE_TABLE], OF_PAGES)


def _blocks(made: Sequence[Part | PagePart]) -> Blocks:
    """The blocks of all parts; the documents of each are numbered on from those before."""
    first = np.cumsum([0, *(part.batch.documents for part in made)])
    documents = [part.batch.document + number for part, number in zip(made, first, strict=False)]
    folds = [np.broadcast_to(part.fold, part.batch.count) for part in made]
    return Blocks(
        document=np.concatenate(documents),
        fold=np.concatenate(folds),
        words=np.concatenate([part.batch.words for part in made]),
        labels=np.concatenate([part.labels for part in made]),
        weights=np.concatenate([part.weights for part in made]),
    )
