"""Phrases of a list, found in the words of a text: each is known by a hash of the hashes of its words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.columns import Characters, Hashes, Ints

AT_ONCE = 1 << 16
"""Words that are looked up at once."""
_JOIN = 0x9E3779B97F4A7C15
_SIEVE = 1 << 16
_SIEVE_SHIFT = np.uint64(48)
_SIZES = 8
"""Sizes that have a sieve of their own; of all longer phrases there is one."""
_ENDS, _GOES_ON = np.uint8(1), np.uint8(2)


class Phrases:
    """Phrases, one a line and known by its number, found in a text by their words whatever stands between those.

    `sizes` says how many words each phrase has. A hash is looked up by its top bits: `_first[bits]` is the place in the
    sorted hashes where those with these bits begin. The sieve of a size holds for the same bits whether there is such a
    phrase (`_ENDS`), and whether a longer one begins so (`_GOES_ON`); most words of a text end there.
    """

    def __init__(self, lines: str) -> None:
        characters = Characters(lines)
        words, breaks = characters.words, np.flatnonzero(characters.codes == 10)
        owner = np.searchsorted(breaks, words.starts)
        self.sizes = np.bincount(owner, minlength=len(breaks))
        self._sieves = np.zeros((_SIZES, _SIEVE), np.uint8)
        firsts = np.cumsum(self.sizes) - self.sizes
        hashes = np.zeros(len(self.sizes), np.uint64)
        which = np.flatnonzero(self.sizes)
        joined = words.hashes[firsts[which]]
        for size in range(1, int(self.sizes.max(initial=0)) + 1):
            longer = self.sizes[which] > size
            self._sieve(size)[_top(joined[~longer])] |= _ENDS
            self._sieve(size)[_top(joined[longer])] |= _GOES_ON
            hashes[which[~longer]] = joined[~longer]
            which = which[longer]
            joined = join_hashes(joined[longer], words.hashes[firsts[which] + size])
        some = np.flatnonzero(self.sizes)
        order = some[np.argsort(hashes[some])]
        first = np.concatenate(([True], hashes[order][1:] != hashes[order][:-1]))[: len(order)]
        self._known = hashes[order[first]]
        self._numbers = np.minimum.reduceat(order, np.flatnonzero(first)) if order.size else order
        self._first = np.zeros(_SIEVE + 1, np.int64)
        np.cumsum(np.bincount(_top(self._known), minlength=_SIEVE), out=self._first[1:])

    def find(self, hashes: Hashes, owner: Ints) -> tuple[Ints, Ints]:
        """Where phrases begin (index of their first word), and their numbers. No phrase crosses owners.

        A phrase that was given twice is found once, under its first number. Phrases that begin at the same word stand
        in the order of their sizes.
        """
        found = [*self.found(hashes, owner)] or [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        return np.concatenate([places for places, _ in found]), np.concatenate([numbers for _, numbers in found])

    def found(self, hashes: Hashes, owner: Ints) -> Iterator[tuple[Ints, Ints]]:
        """The same, `AT_ONCE` words after the other."""
        goes_on = np.append(owner[1:] == owner[:-1], False)
        for low in range(0, len(hashes), AT_ONCE):
            joined = hashes[low : low + AT_ONCE]
            here, may_go_on = np.arange(low, low + len(joined)), goes_on[low : low + AT_ONCE]
            places, numbers = [here[:0]], [self._numbers[:0]]
            for size in range(1, int(self.sizes.max(initial=0)) + 1):
                if not here.size:
                    break
                top = _top(joined)
                sieved = self._sieve(size).take(top)
                maybe = np.flatnonzero((sieved & _ENDS).view(np.bool_))  # of whole numbers it takes three times as long
                sure, number = self._look_up(joined.take(maybe), top.take(maybe))
                places.append(here.take(maybe.take(sure)))
                numbers.append(number)
                longer = np.flatnonzero((sieved >= _GOES_ON) & may_go_on)
                here = here.take(longer)
                joined = join_hashes(joined.take(longer), hashes.take(here + size))
                may_go_on = goes_on.take(here + size)
            yield np.concatenate(places), np.concatenate(numbers)

    def _sieve(self, size: int) -> npt.NDArray[np.uint8]:
        """The sieve of phrases of a size."""
        return np.asarray(self._sieves[min(size, _SIZES) - 1])

    def _look_up(self, hashes: Hashes, top: Ints) -> tuple[Ints, Ints]:
        """Which of the hashes are known, in order, and the numbers of their phrases."""
        at = self._first.take(top)
        known = self._known.take(at, mode="clip")
        wrong = np.flatnonzero(known < hashes)
        while (wrong := wrong[at[wrong] + 1 < len(self._known)]).size:
            at[wrong] += 1
            known[wrong] = self._known[at[wrong]]
            wrong = wrong[known[wrong] < hashes[wrong]]
        sure = np.flatnonzero(known == hashes)
        return sure, self._numbers.take(at.take(sure))


def _top(hashes: Hashes) -> Ints:
    """The top bits of hashes, as an index."""
    result: Ints = (hashes >> _SIEVE_SHIFT).view(np.int64)
    return result


def join_hashes(left: Hashes, right: Hashes) -> Hashes:
    """The hashes of phrases made longer by one word each; the order of the words counts."""
    result: Hashes = left * np.uint64(_JOIN) + (right ^ (right >> np.uint64(29)))
    return result
