"""Small whole numbers in order, held in as few bits as the range of each stretch of them takes.

That is a frame of reference (J. Goldstein, R. Ramakrishnan, U. Shaft, "Compressing relations and indexes", ICDE 1998):
the least number of a stretch, and how much each exceeds it. Most of what is known of the blocks of a long page is the
same for thousands of them, and takes no memory then.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

AT_ONCE = 1 << 13
"""Numbers of a stretch: those of a tree's blocks, so that most of the time one is unpacked for many questions."""
WIDTHS = (1, 2, 4)
"""Bits that a number can take; of more, and of whole bytes, nothing would be gained."""

Numbers = npt.NDArray[np.unsignedinteger[Any]]


class Stretch(NamedTuple):
    """Up to `AT_ONCE` numbers: the least of them and what each adds to it, in so many bits; None where they are all
    the same. With 0 bits the numbers stand there as they are."""

    least: int
    bits: int
    added: Numbers | None


class Packed:
    """Unsigned whole numbers of one type, to which more can be added at the end.

    >>> some = Packed(np.dtype(np.uint8))
    >>> some.append(np.array([7, 7, 7, 8], np.uint8))
    >>> some.append(np.array([250, 2, 3], np.uint8))
    >>> some.between(2, 6).tolist()
    [7, 8, 250, 2]
    """

    def __init__(self, kind: np.dtype[Any]) -> None:
        self._kind = kind
        self._stretches: list[Stretch] = []
        self._singles: list[int | None] = []
        self._edges = [0]

    def __len__(self) -> int:
        return self._edges[-1]

    def append(self, numbers: Numbers) -> None:
        """Add numbers behind the last."""
        for low in range(0, len(numbers), AT_ONCE):
            some = numbers[low : low + AT_ONCE]
            packed = _packed(some)
            self._stretches.append(packed)
            self._singles.append(packed.least if packed.added is None else None)
            self._edges.append(len(self) + len(some))

    def between(self, low: int, high: int) -> Numbers:
        """The numbers from one place up to another."""
        result = np.empty(high - low, self._kind)
        around = self._around(low, high)
        for number, part in enumerate(self._stretches[around], around.start or 0):
            start, stop = max(self._edges[number], low), min(self._edges[number + 1], high)
            _put(part, start - self._edges[number], result[start - low : stop - low])
        return result

    def single(self, low: int, high: int) -> int | None:
        """The number that stands everywhere from one place up to another, if it is known that one does.

        >>> some = Packed(np.dtype(np.uint8))
        >>> some.append(np.array([7, 7], np.uint8))
        >>> some.single(0, 2)
        7
        """
        found = set(self._singles[self._around(low, high)])
        return found.pop() if len(found) == 1 else None

    def _around(self, low: int, high: int) -> slice:
        """The stretches that hold the numbers from one place up to another."""
        return slice(bisect_right(self._edges, low) - 1, bisect_left(self._edges, high)) if low < high else slice(0)


def _packed(numbers: Numbers) -> Stretch:
    least, most = int(numbers.min()), int(numbers.max())
    bits = next((bits for bits in WIDTHS if most - least < 1 << bits), 0)
    if least == most:
        return Stretch(least, bits, None)
    if not bits:
        return Stretch(0, bits, numbers.astype(np.min_scalar_type(most)))
    per = 8 // bits
    added = np.zeros(-(-len(numbers) // per) * per, np.uint8)
    np.subtract(numbers, numbers.dtype.type(least), out=added[: len(numbers)], casting="unsafe")
    packed = added[0::per].copy()
    for place in range(1, per):
        packed |= added[place::per] << np.uint8(place * bits)
    return Stretch(least, bits, packed)


@cache
def _unpacking(bits: int) -> Numbers:
    """Per byte the numbers of so many bits in it, each as a byte: together one number of as many bytes."""
    each = np.arange(256, dtype=np.uint8)[:, None] >> np.arange(0, 8, bits, dtype=np.uint8) & np.uint8((1 << bits) - 1)
    return np.ascontiguousarray(each).view(f"u{8 // bits}")[:, 0].copy()


def _put(stretch: Stretch, first: int, result: Numbers) -> None:
    """Put some of the numbers of a stretch, from the place `first` on, into `result`."""
    if stretch.added is None:
        result[:] = stretch.least
    elif not stretch.bits:
        result[:] = stretch.added[first : first + len(result)]
    else:
        per = 8 // stretch.bits
        some = stretch.added[first // per : -(-(first + len(result)) // per)]
        each = _unpacking(stretch.bits).take(some).view(np.uint8)
        np.add(each[first % per : first % per + len(result)], stretch.least, out=result, dtype=result.dtype)
