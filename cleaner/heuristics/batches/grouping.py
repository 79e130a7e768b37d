"""Equal hashes of a batch, found by sorting each together with its place, which takes a third of `numpy.unique`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.columns import Hashes, Ints, places_of

SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""What small numbers are multiplied by to differ in their high bits, as hashes do."""
AT_ONCE = 1 << 18
"""Hashes, or a few more, that are sorted at once: sorting takes four numbers of eight bytes for each."""


class Groups(NamedTuple):
    """Per hash the number of its group (equal hashes); per group how many it holds and the place of the first."""

    numbers: Ints
    sizes: Ints
    firsts: Ints


def groups_of(hashes: Hashes) -> Groups:
    """The groups of equal hashes, in order of the hash."""
    numbers = np.empty(len(hashes), np.int32)
    sizes, firsts, edge = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)], 0
    for places in _parts(hashes):
        order, opens = _sorted(hashes[places])
        order = places[order]
        numbers[order] = np.cumsum(opens, dtype=np.int32) + np.int32(edge - 1)
        bounds = np.flatnonzero(opens)
        sizes.append(np.diff(bounds, append=len(order)).astype(np.int32))
        firsts.append(order[bounds])
        edge += len(bounds)
    return Groups(numbers, np.concatenate(sizes), np.concatenate(firsts))


def repeated(hashes: Hashes) -> npt.NDArray[np.bool_]:
    """Of each hash whether it stands in another place too."""
    result = np.empty(len(hashes), np.bool_)
    for places in _parts(hashes):
        order, opens = _sorted(hashes[places])
        result[places[order]] = ~(opens & np.append(opens[1:], True))
    return result


def _parts(hashes: Hashes) -> Iterator[Ints]:
    """The places of some hashes after the other, in order of their highest bits: equal ones are in one part."""
    bits = min((len(hashes) // AT_ONCE).bit_length(), 8)
    if not bits:
        yield np.arange(len(hashes), dtype=np.int32)
        return
    parts = np.empty(len(hashes), np.uint8)
    for low in range(0, len(hashes), AT_ONCE):
        parts[low : low + AT_ONCE] = hashes[low : low + AT_ONCE] >> np.uint64(64 - bits)
    for part in range(1 << bits):
        yield places_of(parts == part)


def _sorted(hashes: Hashes) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """The places of hashes in order, equal ones as they stand; and, in this order, where a new hash begins.

    The low bits of each hash give way to its place. Where those above are equal and the hashes are not, which is rare,
    all are sorted once more.
    """
    below = np.uint64((1 << max(len(hashes) - 1, 0).bit_length()) - 1)
    packed = hashes & ~below
    packed |= np.arange(len(hashes), dtype=np.uint64)
    packed.sort()
    order = (packed & below).view(np.int64)
    ordered = hashes[order]
    opens = np.ones(len(hashes), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=opens[1:])
    packed &= ~below
    if (opens[1:] & (packed[1:] == packed[:-1])).any():
        order = np.argsort(hashes, kind="stable")
        ordered = hashes[order]
        np.not_equal(ordered[1:], ordered[:-1], out=opens[1:])
    return order, opens
