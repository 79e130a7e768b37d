"""Packed numbers come out as they went in, whatever bits they take and wherever a stretch ends."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from cleaner.heuristics.batches import packed
from cleaner.heuristics.batches.packed import Packed

RANGES = ((9, 9), (0, 1), (254, 255), (4, 7), (0, 15), (200, 216), (0, 255))
WIDE = (*RANGES, (999, 1000), (0, 65_535), (65_535, 65_535), (70, 300))


@pytest.mark.parametrize(("kind", "ranges"), [(np.uint8, RANGES), (np.uint16, WIDE)])
@pytest.mark.parametrize("at_once", [1, 3, 8, 50])
def test_numbers_come_out_as_they_went_in(
    kind: type[np.uint8], ranges: tuple[tuple[int, int], ...], at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "AT_ONCE", at_once)
    chance, every, row = np.random.default_rng(7), [], Packed(np.dtype(kind))
    for size, (least, most) in enumerate(ranges * 3):
        every.append(chance.integers(least, most, size, endpoint=True).astype(kind))
        row.append(every[-1])
    numbers = np.concatenate(every)
    assert len(row) == len(numbers)
    for low, high in pairwise(np.sort(chance.integers(0, len(row), 300, endpoint=True)).tolist()):
        found = row.between(low, high)
        assert found.dtype == kind
        assert found.tolist() == numbers[low:high].tolist()
        assert row.single(low, high) in (None, *set(found.tolist()))
        assert row.single(low, high) is None or len(set(found.tolist())) == 1


def test_what_is_everywhere_the_same_is_known_and_takes_no_memory() -> None:
    row = Packed(np.dtype(np.uint8))
    for number in (5, 5, 6):
        row.append(np.full(packed.AT_ONCE, number, np.uint8))
    assert row.single(0, 2 * packed.AT_ONCE) == 5
    assert row.single(packed.AT_ONCE, 2 * packed.AT_ONCE + 1) is None
    assert row.single(2 * packed.AT_ONCE, 3 * packed.AT_ONCE) == 6
    assert row.single(4, 4) is None
    assert not [stretch for stretch in row._stretches if stretch.added is not None]


@pytest.mark.parametrize(("most", "size"), [(1, 1024), (3, 2048), (15, 4096), (16, 8192)])
def test_numbers_take_as_few_bits_as_their_range(most: int, size: int) -> None:
    row = Packed(np.dtype(np.uint16))
    row.append(np.arange(packed.AT_ONCE, dtype=np.uint16) % (most + 1))
    added = row._stretches[0].added
    assert added is not None
    assert added.nbytes == size
