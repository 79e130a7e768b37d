"""Boosted oblivious trees, scored in numpy alone.

An oblivious tree (CatBoost's kind) asks the same question of every block at each level, so that a leaf's number is the
bits of the answers. Trees share most of their questions: each is answered once, for thousands of blocks at a time, and
the leaf numbers of many trees are put together from rows of answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batch import Batch
from cleaner.heuristics.columns import Floats, Ints

STEPS = 10_000
"""A leaf's value is a whole number of steps of 1 / STEPS."""
CHUNK = 8192
"""Blocks scored at once: enough that the work outweighs the calls, few enough for the processor's cache."""
TOGETHER = 1 << 16
"""Leaf numbers looked up at once, for the same reason."""


class Question(NamedTuple):
    """Whether the value of `row`, `shift` blocks away, exceeds `borders`: the answers are the rows `place`."""

    row: int
    shift: int
    borders: Floats
    place: slice


@dataclass(frozen=True)
class Forest:
    """One pass. Of T trees of depth D: `rows`, `shifts` and `bins`, each (T * D,), say which row of the values each
    level looks at, how many blocks away, and the number of the border that the value must exceed; `leaves` is
    (T, 2**D), in steps of 1 / STEPS: sums of whole numbers are the same in any order."""

    borders: dict[int, npt.NDArray[np.float32]]
    rows: Ints
    shifts: Ints
    bins: npt.NDArray[np.uint8]
    leaves: Ints
    bias: float

    @classmethod
    def parse(cls, layer: Mapping[str, Any], numbers: Mapping[str, int]) -> Forest:
        """The forest of a pass in `weights.json`. `numbers` are those of the rows, by name."""
        splits = [split for tree in layer["trees"] for split in tree["splits"]]
        columns = {name: name.partition("@") for name in {name for name, _ in splits}}
        places = {name: (numbers[row], int(shift or 0)) for name, (row, _, shift) in columns.items()}
        asked: dict[int, dict[float, int]] = {}
        for name, border in splits:
            asked.setdefault(places[name][0], {})[border] = 0
        for row, borders in asked.items():
            asked[row] = {border: number for number, border in enumerate(sorted(borders))}
        return cls(
            borders={row: np.array(list(borders), np.float32) for row, borders in asked.items()},
            rows=np.array([places[name][0] for name, _ in splits]),
            shifts=np.array([places[name][1] for name, _ in splits]),
            bins=np.array([asked[places[name][0]][border] for name, border in splits], np.uint8),
            leaves=_steps(layer["trees"]),
            bias=layer["bias"],
        )

    @property
    def depth(self) -> int:
        """Levels of each tree."""
        return int(self.leaves.shape[1]).bit_length() - 1

    @cached_property
    def _asked(self) -> tuple[list[Question], Ints]:
        """Every question once, and (levels, trees) the number of the one that a level asks."""
        reach = int(np.abs(self.shifts).max(initial=0))
        where = self.rows * (2 * reach + 1) + self.shifts + reach
        codes, levels = np.unique(where * 256 + self.bins, return_inverse=True)
        bounds = [0, *(np.flatnonzero(np.diff(codes >> 8)) + 1).tolist(), len(codes)]
        questions = []
        for low, high in pairwise(bounds):
            row, shift = divmod(int(codes[low]) >> 8, 2 * reach + 1)
            borders = self.borders[row][codes[low:high] & 255]
            questions.append(Question(row, shift - reach, borders[:, None], slice(low, high)))
        return questions, np.ascontiguousarray(levels.reshape(-1, self.depth).T)

    def answers(self, values: Sequence[Floats], batch: Batch, start: int, stop: int) -> npt.NDArray[np.uint8]:
        """(questions, blocks start..stop): 1 for yes. Beyond its document a block's neighbours answer no."""
        questions, levels = self._asked
        answers = np.empty((int(levels.max()) + 1, stop - start), np.bool_)
        for row, shift, borders, place in questions:
            if not shift:
                np.greater(values[row][start:stop], borders, out=answers[place])
                continue
            low, high = min(max(start + shift, 0), batch.count), min(max(stop + shift, 0), batch.count)
            here = slice(low - shift - start, high - shift - start)
            if high - low < stop - start:
                answers[place] = False
            np.greater(values[row][low:high], borders, out=answers[place, here])
            answers[place, here] &= batch.has_neighbour(shift)[low - shift : high - shift]
        return answers.view(np.uint8)

    def leaf_numbers(self, answers: npt.NDArray[np.uint8]) -> Iterator[tuple[int, npt.NDArray[np.uint8]]]:
        """Some trees at a time: the number of the first, and (trees, blocks) the leaf that each block falls into."""
        levels = self._asked[1]
        step = max(TOGETHER // answers.shape[1], 1)
        for first in range(0, len(self.leaves), step):
            some = levels[:, first : first + step]
            leaves = answers.take(some[-1], axis=0)
            for level in some[-2::-1]:
                leaves += leaves
                leaves |= answers.take(level, axis=0)
            yield first, leaves

    def scores(self, values: Sequence[Floats], batch: Batch) -> Floats:
        """The sum of the trees for each block. `values` are the rows that the trees ask for."""
        sums = np.zeros(batch.count, np.int32)
        flat = self.leaves.ravel()
        for start in range(0, batch.count, CHUNK):
            stop = min(start + CHUNK, batch.count)
            for first, leaves in self.leaf_numbers(self.answers(values, batch, start, stop)):
                trees = np.arange(first, first + len(leaves))[:, None]
                places = leaves + trees * self.leaves.shape[1]
                sums[start:stop] += flat.take(places, mode="clip").sum(axis=0, dtype=np.int32)
        return np.asarray(sums / STEPS + self.bias)

    def bands(self, values: Sequence[Floats], result: npt.NDArray[np.uint8]) -> None:
        """Raise `result`, (rows, blocks), to how many of a row's borders each value exceeds."""
        for row, borders in self.borders.items():
            np.maximum(result[row], np.searchsorted(borders, values[row]), out=result[row], casting="unsafe")


def _steps(trees: Sequence[Mapping[str, Any]]) -> Ints:
    """(trees, leaves): a tree has its leaves as a list of numbers, or as a text of steps, which is read much faster."""
    if isinstance(trees[0]["leaves"], str):
        steps: Ints = np.fromstring(" ".join(tree["leaves"] for tree in trees), np.int32, sep=" ")
        return steps.reshape(len(trees), -1)
    return np.asarray(np.rint(np.array([tree["leaves"] for tree in trees]) * STEPS), np.int32)
