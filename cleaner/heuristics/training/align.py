"""Which blocks of a dump the gold body holds.

The body's words stand in the dump in the same order, with boilerplate between them. Runs of words that are unique on
both sides anchor the alignment (the patience diff of B. Cohen); the longest chain of anchors in order is kept, and the
gaps between them are aligned in the same way with shorter runs, the smallest by `difflib`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

WORD = re.compile(r"[぀-ヿ㐀-鿿가-힯]|\w+?(?=[぀-ヿ㐀-鿿가-힯])|\w+")
"""As the benchmark counts words: an ideograph or a syllable alone, else a run of word characters."""
LONGEST_RUN = 4
SMALL = 100_000
"""Product of the sizes up to which a gap is given to difflib, whose time is quadratic."""


class Gap(NamedTuple):
    """A stretch of the dump and the stretch of the gold that may stand in it."""

    low: int
    high: int
    gold_low: int
    gold_high: int
    run: int


def shares(blocks: Sequence[str], gold: str) -> list[float]:
    """For each block, the share of its words that the gold body holds in this place.

    >>> shares(["Menu", "The storm came at night.", "More storms"], "The storm came at night.")
    [0.0, 1.0, 0.0]
    """
    words = [WORD.findall(block.lower()) for block in blocks]
    matched = _matched([word for part in words for word in part], WORD.findall(gold.lower()))
    result, position = [], 0
    for part in words:
        hits = sum(matched[position : position + len(part)])
        result.append(hits / len(part) if part else 0.0)
        position += len(part)
    return result


def _matched(words: list[str], gold: list[str]) -> bytearray:
    """For each word of the dump, whether it is aligned to a word of the gold."""
    matched = bytearray(len(words))
    gaps = [Gap(0, len(words), 0, len(gold), LONGEST_RUN)]
    while gaps:
        gap = gaps.pop()
        if gap.low == gap.high or gap.gold_low == gap.gold_high:
            continue
        if gap.run < 2:
            _align_small(words, gold, gap, matched)
            continue
        low, gold_low = gap.low, gap.gold_low
        for at, gold_at in _anchors(words, gold, gap):
            if at < low or gold_at < gold_low:
                if at - low != gold_at - gold_low or at + gap.run <= low:
                    continue
            else:
                gaps.append(Gap(low, at, gold_low, gold_at, gap.run - 1))
            low, gold_low = at + gap.run, gold_at + gap.run
            matched[at:low] = b"\1" * gap.run
        gaps.append(Gap(low, gap.high, gold_low, gap.gold_high, gap.run - 1))
    return matched


def _anchors(words: list[str], gold: list[str], gap: Gap) -> list[tuple[int, int]]:
    """The longest chain, in order on both sides, of runs that are unique on both sides of the gap."""
    here = _unique_runs(words, gap.low, gap.high, gap.run)
    there = _unique_runs(gold, gap.gold_low, gap.gold_high, gap.run)
    return _rising(sorted((at, there[run]) for run, at in here.items() if run in there))


def _unique_runs(words: list[str], low: int, high: int, size: int) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    for at in range(low, high - size + 1):
        run = tuple(words[at : at + size])
        places[run] = -1 if run in places else at
    return {run: at for run, at in places.items() if at >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence whose second members rise (patience sorting)."""
    tops: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, value) in enumerate(pairs):
        pile = bisect_left(tops, value)
        before.append(last[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(value)
            last.append(number)
        else:
            tops[pile], last[pile] = value, number
    chain, number = [], last[-1] if last else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _align_small(words: list[str], gold: list[str], gap: Gap, matched: bytearray) -> None:
    here, there = words[gap.low : gap.high], gold[gap.gold_low : gap.gold_high]
    if len(here) * len(there) > SMALL:
        return
    for match in SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks():
        start = gap.low + match.a
        matched[start : start + match.size] = b"\1" * match.size
