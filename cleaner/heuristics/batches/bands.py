"""Rows of values as trees see them: of each value is held how many of the borders that trees ask about it exceeds.

That takes a quarter of the memory that the values take or, as most rows of long pages change little from block to
block, much less (`packed.py`). It is asked for where a batch has so many blocks that its rows would take more than all
else. Every answer stays the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.batches.packed import Numbers, Packed

MANY = 1 << 16
"""Blocks from which the rows of a batch are held as bands. Of fewer the values take 100 MB at most, and
the batches of `clean_many`, which seldom have so many, take 4 % less time with them."""
AT_ONCE = 1 << 13
"""Values that are compared at once: they fit into the processor's cache, and are packed together."""
FEW = 2048
"""Values up to which it takes less time to search for each among the borders than to compare all with each border."""

BELOW_ZERO = np.float32(-1e-30)
"""A border of every row, so that its bands tell negative values from others; no value lies between it and zero."""

Borders = Mapping[int, Floats]
"""Per row all borders that trees ask of it, in order."""


class Bands:
    """A row: of each value the number of `borders`, which are in order, that it exceeds."""

    def __init__(self, borders: Floats) -> None:
        self.borders = borders
        self._levels = Packed(np.min_scalar_type(len(borders)))
        self._asked: dict[bytes, tuple[Ints, npt.NDArray[np.uint8]]] = {}

    @classmethod
    def of(cls, values: Floats, borders: Floats) -> Bands:
        """The bands of some values; NaN exceeds nothing.

        >>> Bands.of(np.array([0.5, 1, 7], np.float32), np.array([0.5, 2], np.float32)).levels.tolist()
        [0, 1, 2]
        """
        bands = cls(borders)
        bands.append(values)
        return bands

    @property
    def levels(self) -> Numbers:
        """The numbers."""
        return self.between(0, len(self._levels))

    def between(self, low: int, high: int) -> Numbers:
        """The numbers of the blocks from one up to another."""
        return self._levels.between(low, high)

    def single(self, low: int, high: int) -> int | None:
        """The number of all these blocks, where it is known to be the same; that takes less time than to compare it
        with each of them."""
        return self._levels.single(low, high)

    def append(self, values: Floats) -> None:
        """Have some more values behind the last."""
        kind = np.min_scalar_type(len(self.borders))
        for low in range(0, len(values), AT_ONCE):
            some = values[low : low + AT_ONCE]
            least, most = some.min(), some.max()
            if np.isnan(least):
                least, most = -np.inf, np.inf
            exceeded, between = np.searchsorted(self.borders, least), np.searchsorted(self.borders, most)
            levels = np.full(len(some), exceeded, kind)
            for border in self.borders[exceeded:between]:
                levels += some > border
            self._levels.append(levels)

    def places(self, borders: Floats) -> Ints:
        """The numbers of some of its borders: a value exceeds one if its level does."""
        return self._of(borders)[0].reshape(borders.shape)

    def counts(self, borders: Floats) -> npt.NDArray[np.uint8]:
        """Per level how many of some of its borders, up to 255 and in order, it exceeds."""
        return self._of(borders)[1]

    def _of(self, borders: Floats) -> tuple[Ints, npt.NDArray[np.uint8]]:
        """Both, remembered: the same is asked of one stretch of blocks after the other."""
        asked = borders.tobytes()
        if asked not in self._asked:
            places = np.searchsorted(self.borders, borders.ravel()).astype(np.min_scalar_type(len(self.borders)))
            counts = np.searchsorted(places, np.arange(len(self.borders) + 1)).astype(np.uint8)
            self._asked[asked] = places, counts
        return self._asked[asked]

    def __getitem__(self, blocks: npt.NDArray[np.bool_]) -> Bands:
        """The bands of some of the blocks."""
        return self._with(self.levels[blocks])

    def __setitem__(self, blocks: npt.NDArray[np.bool_], row: Column) -> None:
        """Have others in the place of some of the blocks."""
        levels = self.levels.copy()
        levels[blocks] = row.levels if isinstance(row, Bands) else Bands.of(row, self.borders).levels
        self._levels = self._with(levels)._levels

    def _with(self, levels: Numbers) -> Bands:
        """Others of the same borders."""
        bands = Bands(self.borders)
        bands._levels.append(levels)
        return bands


Column = Floats | Bands


def exceeded(column: Column, blocks: Ints, borders: Floats) -> npt.NDArray[np.unsignedinteger[Any]]:
    """How many of a row's borders, up to 255 and in order, the values of some blocks, in order, exceed; one number
    where all exceed as many. NaN exceeds nothing."""
    low, high = int(blocks[0]), int(blocks[-1]) + 1
    gaps = high - low > len(blocks)
    if isinstance(column, Bands):
        single = column.single(low, high)
        levels = column.between(low, high) if single is None else np.array([single])
        return column.counts(borders).take(levels[blocks - low] if gaps and single is None else levels)
    some = column[blocks] if gaps else column[low:high]
    if len(some) <= FEW:
        return np.searchsorted(borders, some).astype(np.uint8)
    exceeds = np.empty((len(borders), len(some) + 1), np.bool_)[:, :-1]  # rows that touch take numpy longer
    np.greater(some, borders[:, None], out=exceeds)
    return np.asarray(np.add.reduce(exceeds.view(np.uint8), axis=0, dtype=np.uint8))


class Asking(Protocol):
    """What asks about rows; a forest of trees."""

    @property
    def borders(self) -> Borders: ...


class Computed(Protocol):
    """A row of a table that is computed from something; see `features.Feature`."""

    @property
    def compute(self) -> Callable[[Any], npt.NDArray[np.generic]]: ...


def borders_of(count: int, forests: Iterable[Asking]) -> Borders | None:
    """All borders that some forests ask about; None where the blocks are so few that their values are held."""
    if count < MANY:
        return None
    asked: dict[int, list[Floats]] = {}
    for forest in forests:
        for row, borders in forest.borders.items():
            asked.setdefault(row, [np.array([BELOW_ZERO])]).append(borders)
    return {row: np.unique(np.concatenate(borders)) for row, borders in asked.items()}


def columns_of(
    rows: Sequence[Computed], seen: Any, count: int, borders: Borders | None = None, first: int = 0
) -> tuple[Column, ...]:
    """The rows of a table, computed for `count` blocks: the values, or, given the borders, their bands. The first row
    has the number `first` in `borders`; what nobody asks about is not computed then."""
    return stretched(rows, [(slice(0, count), seen)], count, borders, first)


def stretched(
    rows: Sequence[Computed],
    parts: Iterable[tuple[slice, Any]],
    count: int,
    borders: Borders | None = None,
    first: int = 0,
) -> tuple[Column, ...]:
    """The same, computed for some blocks after the other: of each part from what is seen there."""
    if borders is None:
        made = np.zeros((len(rows), count), np.float32)
        for here, seen in parts if count else ():
            for values, row in zip(made, rows, strict=True):
                values[here] = row.compute(seen)
        return tuple(made)
    none = np.zeros(0, np.float32)
    bands = [Bands(borders.get(number, none)) for number in range(first, first + len(rows))]
    for here, seen in parts:
        nothing = np.broadcast_to(np.float32(0), here.stop - here.start)
        for band, row in zip(bands, rows, strict=True):
            band.append(np.asarray(row.compute(seen), np.float32) if len(band.borders) else nothing)
    return tuple(bands)


def matrix_of(rows: Sequence[Computed], seen: Any, count: int) -> Floats:
    """(rows, blocks): every row of a table, in its order, computed for `count` blocks."""
    result = np.zeros((len(rows), count), np.float32)
    for values, row in zip(result, rows if count else (), strict=False):
        values[:] = row.compute(seen)
    return result


def negative(column: Column, blocks: Ints) -> npt.NDArray[np.bool_]:
    """Which of the blocks have a negative value."""
    if isinstance(column, Bands):
        return np.asarray(column.levels[blocks] <= np.searchsorted(column.borders, BELOW_ZERO))
    return np.asarray(column[blocks] < 0)
