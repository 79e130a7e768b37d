"""Fit networks: for each fold some that have not seen it, and some from all pages.

The fits run beside each other, each on one thread, so that they give the same weights on any number of processors.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cleaner.heuristics.batches.bands import Bands
from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.training.fitting import Log, calibration_points
from cleaner.heuristics.training.gold import FOLDS, WORKERS
from cleaner.heuristics.training.network import Levels, Rows, Settings, borders_for, fit, packs, stretch
from cleaner.heuristics.training.whole_numbers import Saved, whole

SAMPLE_OF_BLOCKS = 60_000
"""Values that the borders of a row are made from."""
SAMPLE_OF_DOCUMENTS = 400
"""Documents that the greatest values of units are taken from."""


class Blocks(NamedTuple):
    """All blocks that are learnt from: `document` numbers their documents, whatever these are; `fold`, `words`,
    `labels` and `weights` as in `dataset.Part`."""

    document: Floats
    fold: Floats
    words: Floats
    labels: Floats
    weights: Floats


class Judged(NamedTuple):
    """What the model of a fold says of blocks which it has not seen, and their labels."""

    fold: int
    scored: Floats
    labels: Floats


Values = Callable[[int], Iterable[Sequence[Floats] | Floats]]
"""Given a fold, or -1 for none, the rows of all blocks as a model sees them that must not know it, part by part."""


class Fits(NamedTuple):
    """What is to be fitted: the blocks, their rows with their names, and the settings of each network."""

    blocks: Blocks
    values: Values
    names: Sequence[str]
    settings: Sequence[Settings]


def fit_all(fits: Fits, log: Log) -> list[Saved]:
    """What the files of networks hold but for the calibration: of each fold, and last of all pages."""
    networks: list[Saved] = []
    borders = [_rounded(of_row) for of_row in _borders(fits)]
    saved = {name: of_row.tolist() for name, of_row in zip(fits.names, borders, strict=True)}
    with tempfile.TemporaryDirectory() as folder, _pool() as pool:
        asked = []
        for without in (*range(FOLDS), -1):
            file = Path(folder) / f"{without}.npz"
            np.savez(file, **_rows(fits, borders, without)._asdict())
            asked.append([pool.submit(_fitted, file, one, borders) for one in fits.settings])
        for number, results in enumerate(asked):
            networks.append({"borders": saved, "networks": [result.result() for result in results]})
            log(f"networks without fold {number}" if number < FOLDS else "networks from all pages")
    return networks


def _pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn"), initializer=_alone)


def _alone() -> None:
    """Have a process compute on one thread; before JAX is loaded."""
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"


def _fitted(file: Path, settings: Settings, borders: Sequence[Floats]) -> Saved:
    with np.load(file) as read:
        rows = Rows(**{name: read[name] for name in Rows._fields})
    weights = fit(rows, settings)
    drawn = np.random.default_rng(settings.seed).permutation(len(rows.starts))[:SAMPLE_OF_DOCUMENTS]
    return whole(weights, settings, borders, packs(rows, drawn))


def _rounded(borders: Floats) -> Floats:
    """To as many digits as a file holds."""
    return np.array([float(f"{border:.6g}") for border in borders])


def _borders(fits: Fits) -> list[Floats]:
    drawn = np.random.default_rng(0).random(len(fits.blocks.fold)) < SAMPLE_OF_BLOCKS / len(fits.blocks.fold)
    first, sampled = 0, []
    for part in fits.values(-1):
        stop = first + len(part[0])
        sampled.append([np.asarray(row)[drawn[first:stop]] for row in part])
        first = stop
    return [borders_for(np.concatenate(row)) for row in zip(*sampled, strict=True)]


def _rows(fits: Fits, borders: Sequence[Floats], without: int) -> Rows:
    """What is learnt from without a fold."""
    blocks, first = fits.blocks, 0
    learnt = blocks.fold != without
    levels: Levels = np.empty((int(learnt.sum()), len(borders)), np.uint8)
    filled = 0
    for part in fits.values(without):
        mine = learnt[first : first + len(part[0])]
        first += len(part[0])
        rows = slice(filled, filled + int(mine.sum()))
        filled = rows.stop
        for number, (row, of_row) in enumerate(zip(part, borders, strict=True)):
            exceeded = Bands.of(np.asarray(row, np.float32)[mine], of_row).levels
            levels[rows, number] = exceeded * stretch(of_row)
    document = blocks.document[learnt]
    starts = np.flatnonzero(np.diff(document, prepend=-1))
    stops = np.append(starts[1:], len(document))
    words, labels, weights = (values[learnt].astype(np.float32) for values in blocks[2:])
    return Rows(levels, words, labels, weights, starts, stops)


UNCALIBRATED: Saved = {"calibration": [[0.0, 0.0], [1.0, 1.0]]}
"""Of a file of which the curve is not known yet."""
NONE: Saved = {**UNCALIBRATED, "borders": {}, "networks": []}
"""The file of a model that has no networks yet."""


def calibrated(networks: Sequence[Saved], judged: Sequence[Judged]) -> list[Saved]:
    """What the files hold: of each fold with the curve from the others, and last with that from all."""
    saved = []
    for number, each in enumerate(networks):
        seen = [some for some in judged if some.fold != number]
        scored, labels = (np.concatenate(values) for values in zip(*(some[1:] for some in seen), strict=True))
        saved.append({"calibration": calibration_points(scored, labels), **each})
    return saved
