"""Boosted oblivious trees, scored in numpy alone.

An oblivious tree (CatBoost's kind) asks the same question of every block at each level, so that a leaf's number is the
bits of the answers. Trees share most of their questions: each is answered once, for thousands of blocks at a time, and
the leaf numbers of many trees are put together from rows of answers. Of a few blocks all questions are answered at
once, as there the calls would outweigh the work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise, starmap
from typing import Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.bands import Bands, Column
from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.batches.packed import Numbers

STEPS = 10_000
"""A leaf's value is a whole number of steps of 1 / STEPS."""
CHUNK = 8192
"""Blocks scored at once: enough that the work outweighs the calls, few enough for the processor's cache."""
FEW = 768
"""Blocks up to which all questions are asked at once, and each leaf is looked up by itself: of more it takes less time
to ask one question after the other, and what two trees add is looked up in a table of 4,096 entries a pair."""
QUESTIONS = 512
"""Questions asked of a few blocks at once, and ..."""
AT_ONCE = 128
"""... trees whose leaves are looked up for them at once, for the same reason."""
TOGETHER = 1 << 17
"""Leaf numbers put together at once, for the same reason."""


class Question(NamedTuple):
    """Whether the value of `row`, `shift` blocks away, exceeds `borders`: the answers are the rows `place`."""

    row: int
    shift: int
    borders: Floats
    place: slice


class Windows(NamedTuple):
    """All questions as columns: the `rows` asked for, which of them each question asks (`order`), how many blocks away,
    the border that it must exceed; and where the questions of each shift stand."""

    rows: Sequence[int]
    order: Ints
    shifts: Ints
    borders: Floats
    by_shift: dict[int, slice]


def probability(scores: Floats) -> Floats:
    """The probability of log odds."""
    return (1 / (1 + np.exp(-scores))).astype(np.float32)


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
        """Every question once, by shift, and (levels, trees) the number of the one that a level asks."""
        reach, rows = int(np.abs(self.shifts).max(initial=0)), int(self.rows.max()) + 1
        where = (self.shifts + reach) * rows + self.rows
        codes, levels = np.unique(where * 256 + self.bins, return_inverse=True)
        bounds = [0, *(np.flatnonzero(np.diff(codes >> 8)) + 1).tolist(), len(codes)]
        questions = []
        for low, high in pairwise(bounds):
            shift, row = divmod(int(codes[low]) >> 8, rows)
            borders = self.borders[row][codes[low:high] & 255]
            questions.append(Question(row, shift - reach, borders[:, None], slice(low, high)))
        return questions, np.ascontiguousarray(levels.reshape(-1, self.depth).T)

    @cached_property
    def _windows(self) -> Windows:
        """The same questions as columns, for `_answer_few`."""
        questions, _ = self._asked
        rows = sorted({question.row for question in questions})
        sizes = [len(question.borders) for question in questions]
        shifts = np.array([question.shift for question in questions])
        by_shift: dict[int, slice] = {}
        for question in questions:
            start = by_shift.get(question.shift, question.place).start
            by_shift[question.shift] = slice(start, question.place.stop)
        return Windows(
            rows,
            np.repeat(np.searchsorted(rows, [question.row for question in questions]), sizes),
            np.repeat(shifts, sizes),
            np.concatenate([question.borders for question in questions]),
            {shift: place for shift, place in by_shift.items() if shift},
        )

    def answers(
        self, values: Sequence[Column], batch: Batch, blocks: slice, space: Booleans | None = None
    ) -> npt.NDArray[np.uint8]:
        """(questions, blocks): 1 for yes. Beyond its document a block's neighbours answer no.

        `space` is where answers may stand: to fetch as much memory anew takes longer than to write them.
        """
        start, stop = blocks.start, blocks.stop
        if stop - start <= FEW and not isinstance(values[self._windows.rows[0]], Bands):  # then none of them is
            answers = self._answer_few(cast(Sequence[Floats], values), batch, start, stop)
        else:
            size = len(self._windows.borders) * (stop - start)
            answers = (np.empty(size, np.bool_) if space is None else space[:size]).reshape(-1, stop - start)
            self._answer_many(values, batch, start, answers)
        for shift, place in self._windows.by_shift.items():
            answers[place, np.flatnonzero(~batch.has_neighbour(shift)[start:stop])] = False
        return answers.view(np.uint8)

    def _answer_many(self, values: Sequence[Column], batch: Batch, start: int, answers: Booleans) -> None:
        """One question after the other; what a document's neighbours would answer beyond its ends is left open."""
        stop = start + answers.shape[1]
        reach = int(np.abs(self.shifts).max(initial=0))
        first, last = max(start - reach, 0), min(stop + reach, batch.count)
        levels: dict[int, Numbers | int] = {}
        for row, shift, borders, place in self._asked[0]:
            low, high = min(max(start + shift, 0), batch.count), min(max(stop + shift, 0), batch.count)
            here = slice(low - shift - start, high - shift - start)
            column = values[row]
            if isinstance(column, Bands):
                if row not in levels:
                    single = column.single(first, last)
                    levels[row] = column.between(first, last) if single is None else single
                known = levels[row]
                if isinstance(known, int):
                    answers[place, here] = column.places(borders) < known
                else:
                    np.greater(known[low - first : high - first], column.places(borders), out=answers[place, here])
            else:
                np.greater(column[low:high], borders, out=answers[place, here])

    def _answer_few(self, values: Sequence[Floats], batch: Batch, start: int, stop: int) -> Booleans:
        """The same, all at once, of windows of the rows laid one behind the other: those of the neighbours
        begin a few places earlier or later."""
        windows = self._windows
        reach = np.zeros(int(np.abs(windows.shifts).max(initial=0)), np.float32)
        low, high = max(start - len(reach), 0), min(stop + len(reach), batch.count)
        line = np.concatenate((reach, *(values[row][low:high] for row in windows.rows), reach), dtype=np.float32)
        every = np.ndarray((len(line) - (stop - start) + 1, stop - start), np.float32, line, strides=(4, 4))
        first = len(reach) + start - low
        places = first + windows.order * (high - low) + windows.shifts
        answers = np.empty((len(places), stop - start), np.bool_)
        for some in (slice(low, low + QUESTIONS) for low in range(0, len(places), QUESTIONS)):
            np.greater(every[places[some]], windows.borders[some], out=answers[some])
        return answers

    def leaf_numbers(self, answers: npt.NDArray[np.uint8]) -> Iterator[tuple[int, npt.NDArray[np.uint8]]]:
        """Some trees at a time, but for the last an even number: the number of the first, and (trees, blocks) the leaf
        that each block falls into."""
        levels = self._asked[1]
        step = max(TOGETHER // answers.shape[1] // 2, 1) * 2
        for first in range(0, len(self.leaves), step):
            some = levels[:, first : first + step]
            leaves = answers.take(some[-1], axis=0, mode="clip")
            answer = np.empty_like(leaves)
            for level in some[-2::-1]:
                leaves += leaves
                leaves |= answers.take(level, axis=0, out=answer, mode="clip")
            yield first, leaves

    @cached_property
    def _pairs(self) -> Ints:
        """(pairs, leaves * leaves): what a tree and the next add together, by the leaves of both."""
        return self._paired(np.int32)

    @cached_property
    def _small_pairs(self) -> Ints:
        """The same in numbers of two bytes, while that is enough: of many blocks it takes no longer."""
        fits = 2 * int(np.abs(self.leaves).max(initial=0)) <= np.iinfo(np.int16).max
        return self._paired(np.int16) if fits else self._pairs

    def _paired(self, kind: type[np.signedinteger[Any]]) -> Ints:
        odd = np.zeros((len(self.leaves) % 2, self.leaves.shape[1]), np.int32)
        leaves: Ints = np.concatenate((self.leaves, odd)).astype(kind)
        return np.asarray((leaves[0::2, :, None] + leaves[1::2, None, :]).reshape(len(leaves) // 2, -1))

    def scores(self, values: Sequence[Column], batch: Batch) -> Floats:
        """The sum of the trees for each block. `values` are the rows that the trees ask for."""
        sums = np.zeros(batch.count, np.int32)
        held = isinstance(values[self._windows.rows[0]], Bands)  # and so they all are
        add_up = self._one_by_one
        if batch.count > FEW:
            add_up = partial(self._in_pairs, self._small_pairs if held else self._pairs)
        pieces = -(-batch.count // CHUNK)
        edges = [batch.count * number // max(pieces, 1) for number in range(pieces + 1)]
        space = np.empty(len(self._windows.borders) * min(CHUNK, batch.count), np.bool_)
        for blocks in starmap(slice, pairwise(edges)):
            for first, leaves in self.leaf_numbers(self.answers(values, batch, blocks, space)):
                sums[blocks] += add_up(first, leaves)
        return np.asarray(sums / STEPS + self.bias)

    def _one_by_one(self, first: int, leaves: npt.NDArray[np.uint8]) -> Ints:
        """Per block what the leaves of some trees add, `first` that of the first of them."""
        result = np.zeros(leaves.shape[1], np.int32)
        tops = np.arange(AT_ONCE, dtype=np.uint16)[:, None] << self.depth
        for low in range(0, len(leaves), AT_ONCE):
            some, trees = leaves[low : low + AT_ONCE], self.leaves[first + low : first + low + AT_ONCE]
            places = np.add(some, tops[: len(some)], dtype=np.uint16)
            result += trees.ravel().take(places, mode="clip").sum(axis=0, dtype=np.int32)
        return result

    def _in_pairs(self, pairs: Ints, first: int, leaves: npt.NDArray[np.uint8]) -> Ints:
        """The same, looked up in `pairs` for two trees at once."""
        both = np.left_shift(leaves[0::2], self.depth, dtype=np.uint16)
        both[: len(leaves) // 2] |= leaves[1::2]
        added = np.empty(both.shape, pairs.dtype)
        for pair, places, sums in zip(pairs[first // 2 :], both, added, strict=False):
            pair.take(places, out=sums, mode="clip")
        return np.asarray(added.sum(axis=0, dtype=np.int32))

    def bands(self, values: Sequence[Column], result: npt.NDArray[np.uint8]) -> None:
        """Raise `result`, (rows, blocks), to how many of a row's borders each value exceeds."""
        for row, borders in self.borders.items():
            column = values[row]
            if isinstance(column, Bands):
                levels = np.searchsorted(column.places(borders), column.levels)
            else:
                levels = np.searchsorted(borders, column)
            np.maximum(result[row], levels, out=result[row], casting="unsafe")


def _steps(trees: Sequence[Mapping[str, Any]]) -> Ints:
    """(trees, leaves): a tree has its leaves as a list of numbers, or as a text of steps, which is read much faster."""
    if isinstance(trees[0]["leaves"], str):
        steps: Ints = np.fromstring(" ".join(tree["leaves"] for tree in trees), np.int32, sep=" ")
        return steps.reshape(len(trees), -1)
    return np.asarray(np.rint(np.array([tree["leaves"] for tree in trees]) * STEPS), np.int32)
