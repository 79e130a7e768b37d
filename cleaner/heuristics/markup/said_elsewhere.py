"""What the blocks of pages say that something else of their page says too: its titles, a text taken from it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Characters, Floats, among

LEAST_OF_TITLE = 3
"""Words from which a block may be the beginning of a title."""

RUN = 4
"""Words of the runs by which a block is found again in another text of the page."""


def titled(batch: Batch, titles: Sequence[Sequence[str]]) -> Booleans:
    """Whether each block says one of the titles of its page, or how one begins: titles go on with the site's name."""
    said = np.zeros(batch.count, np.bool_)
    lines = Characters("".join(f"{title}\n" for each in titles for title in each))
    words, line = lines.words, 0
    firsts = np.searchsorted(words.starts, [0, *(np.flatnonzero(lines.codes == ord("\n")) + 1)]).tolist()
    for number, each in enumerate(titles):
        lasts = range(line, line := line + len(each))
        beginnings = [_beginnings(words.hashes[firsts[last] : firsts[last + 1]]) for last in lasts]
        if beginnings:
            here = slice(int(batch.first[number]), int(batch.last[number]))
            hashes = batch.block_hash[here] ^ np.uint64(number)
            said[here] = among(hashes, np.sort(np.concatenate(beginnings))) & (batch.words[here] > 0)
    return said


def found_in(batch: Batch, texts: Sequence[str | None]) -> Floats:
    """Per block the share of its runs of words that stand in a text of its page; -1 where the page has none."""
    if not any(texts):
        return np.broadcast_to(np.float32(-1), batch.count)
    result = np.full(batch.count, -1, np.float32)
    hashes = batch.characters.words.hashes
    middles = batch.word_block[RUN // 2 :][: max(len(hashes) - RUN + 1, 0)]
    for number, text in enumerate(texts):
        first, last = int(batch.first[number]), int(batch.last[number])
        known = np.sort(_runs(Characters(text).words.hashes)) if text else ()
        if first == last or not len(known):
            continue
        # a run counts for the block in which its middle stands
        low, high = np.searchsorted(middles, np.array([first, last], middles.dtype)).tolist()
        runs = _runs(hashes[low : high + RUN - 1])
        at = np.minimum(np.searchsorted(known, runs), len(known) - 1)
        block = middles[low:high] - first
        found = np.bincount(block, weights=known[at] == runs, minlength=last - first)
        every = np.bincount(block, minlength=last - first)
        result[first:last] = found / np.maximum(every, 1)
    return result


def _beginnings(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """What `Batch.block_hash` gives, but for the document, to the whole of some words and to how they begin."""
    places = 2 * np.arange(len(hashes), dtype=np.uint64) + np.uint64(1)
    sums = np.cumsum(hashes * places, dtype=np.uint64)
    return sums[min(LEAST_OF_TITLE, len(sums)) - 1 :]


def _runs(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """A hash of each run of `RUN` words."""
    count = len(hashes) - RUN + 1
    if count <= 0:
        return hashes[:0]
    total = np.zeros(count, np.uint64)
    for number in range(RUN):
        total = total * np.uint64(0x9E3779B97F4A7C15) + hashes[number : number + count]
    return total
