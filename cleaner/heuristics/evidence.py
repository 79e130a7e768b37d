"""Which prompt a block names: phrases of the lexicon, found for all blocks of a batch at once.

A phrase of one word counts where it is the whole block or opens it; a longer one also inside a short block. In
scripts without spaces characters serve for words.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics import lexicon
from cleaner.heuristics.batch import Batch
from cleaner.heuristics.columns import Ints
from cleaner.heuristics.derived import derived
from cleaner.heuristics.phrases import Phrases

Place = Literal["whole", "start", "inside"]

KINDS = (
    "consent",
    "paywall",
    "newsletter",
    "comments",
    "share",
    "advertisement",
    "media",
    "credit",
    "footer",
    "author-bio",
    "sign-off",
    "byline",
    "tags",
    "more",
    "navigation",
)
"""Kinds in the order in which they win where a phrase stands under several."""
ROWS = {kind: row for row, kind in enumerate((*KINDS, "function-words", "months"))}

LONGEST_SEARCHED = 240
"""Characters of a block that is searched inside; of a longer one, which is prose, only the opening is read."""
AT_ONCE = 1 << 13
"""Blocks whose phrases are counted at once: bounds the memory that a long text takes."""
STRONG, STRONG_INSIDE = 0.35, 0.5
"""Share of a block that a phrase must cover to say what the block is, at its start and inside."""


class Evidence(NamedTuple):
    """`kind` is the lexicon kind, `place` where the phrase stands, `share` the part of the block that it covers."""

    kind: str
    phrase: str
    place: Place
    share: float

    @property
    def strong(self) -> bool:
        """Whether the prompt says what the block is, rather than being mentioned in it."""
        return self.share >= (STRONG_INSIDE if self.place == "inside" else STRONG)


@cache
def _lexicon() -> tuple[Phrases, Ints]:
    """All phrases, and the row of each one's kind in `ROWS`."""
    return derived("lexicon", _read_lexicon)


def _read_lexicon() -> tuple[Phrases, Ints]:
    found = {kind: lexicon.lines(kind) for kind in ROWS}
    kinds = np.repeat(np.arange(len(ROWS), dtype=np.int8), [len(lines) for lines in found.values()])
    return Phrases("".join("\n".join(lines) + "\n" for lines in found.values())), kinds


class Prompts:
    """The phrases of a batch, in the order of the text. `kinds` and `sizes` (words) have an entry per phrase found."""

    def __init__(self, batch: Batch) -> None:
        phrases, kinds = _lexicon()
        every = [(batch.word_block[:0], np.zeros(0, np.int32), kinds[:0])]
        for places, numbers in phrases.found(batch.characters.words.hashes, batch.word_block):
            sizes = phrases.sizes[numbers]
            order = np.lexsort((-sizes, places))
            first = places[order].astype(batch.word_block.dtype)
            every.append((first, sizes[order].astype(np.int32), kinds[numbers[order]]))
        # not the batch, which holds this: a cycle is freed late
        self._count, self._words, self._length = batch.count, batch.words, batch.length
        self._text, self._characters, self._word_first = batch.text, batch.characters, batch.word_first
        self._places = np.concatenate([places for places, _, _ in every])
        self.sizes = np.concatenate([sizes for _, sizes, _ in every])
        self.kinds = np.concatenate([found for _, _, found in every])
        self.blocks = batch.word_block[self._places]

    def counts(self) -> Ints:
        """(kinds, blocks): how many phrases of each kind there are, in as few bytes as that takes."""
        most = int(np.bincount(self.blocks, minlength=1).max())
        result = np.empty((len(ROWS), self._count), np.min_scalar_type(most))
        for low in range(0, self._count, AT_ONCE):
            size = min(AT_ONCE, self._count - low)
            first, last = np.searchsorted(self.blocks, np.array([low, low + size], self.blocks.dtype))
            places = self.kinds[first:last].astype(np.int64) * size + (self.blocks[first:last] - low)
            result[:, low : low + size] = np.bincount(places, minlength=len(ROWS) * size).reshape(len(ROWS), size)
        return result

    def kinds_of(self, block: int) -> list[str]:
        """The kinds of the phrases that a block holds, one for each different phrase."""
        first, end = np.searchsorted(self.blocks, (block, block + 1)).tolist()
        found = {(self._phrase(hit).lower(), kind) for hit, kind in enumerate(self.kinds[first:end].tolist(), first)}
        return sorted(KINDS[kind] for _, kind in found if kind < len(KINDS))

    def opens(self) -> npt.NDArray[np.bool_]:
        """(kinds, blocks): whether a phrase of the kind opens the block."""
        result = np.zeros((len(ROWS), self._count), np.bool_)
        first = self._opening
        result[self.kinds[first], self.blocks[first]] = True
        return result

    @cached_property
    def labels(self) -> npt.NDArray[np.bool_]:
        """(kinds, blocks): whether a block names a prompt of the kind and little else."""
        words = self._characters.words
        last = np.minimum(self._places + self.sizes - 1, len(words.ends) - 1)
        covered = (words.ends[last] - words.starts[self._places]) / self._length[self.blocks]
        enough = np.where(self._opening, covered >= STRONG, (covered >= STRONG_INSIDE) & (self.sizes > 1))
        label = enough & (self.kinds < len(KINDS)) & (self._length[self.blocks] <= LONGEST_SEARCHED)
        result = np.zeros((len(KINDS), self._count), np.bool_)
        result[self.kinds[label], self.blocks[label]] = True
        return result

    @cached_property
    def strong(self) -> npt.NDArray[np.bool_]:
        """Per block, whether it names a prompt of any kind and little else."""
        return np.asarray(self.labels.any(axis=0))

    @cached_property
    def _opening(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self._places == self._word_first[self.blocks])

    @cached_property
    def _named(self) -> Ints:
        """Per block the place of the phrase that says what prompt it is, -1 where it is none: the longest phrase; one
        that opens the block before one inside."""
        long = self._length[self.blocks] > LONGEST_SEARCHED
        may = (self.kinds < len(KINDS)) & (self._opening | ~(long | (self.sizes == 1)))
        hits = np.flatnonzero(may)
        result = np.full(self._count, -1, np.int32)
        if hits.size:
            rank = (self._opening[hits] * (int(self.sizes.max()) + 1) + self.sizes[hits]) * len(KINDS)
            rank = (rank + len(KINDS) - 1 - self.kinds[hits]) * len(hits) + np.arange(len(hits))
            first = np.flatnonzero(np.diff(self.blocks[hits], prepend=-1))
            result[self.blocks[hits[first]]] = hits[np.maximum.reduceat(rank, first) % len(hits)]
        return result

    @cached_property
    def said(self) -> npt.NDArray[np.int8]:
        """Per block the row in `KINDS` of the prompt that it is, and little else; -1 where it is none."""
        named = np.flatnonzero(self._named >= 0)
        hits, words = self._named[named], self._characters.words
        places, sizes, opening = self._places[hits], self.sizes[hits], self._opening[hits]
        whole = opening & (sizes == self._words[named])
        share = (words.ends[places + sizes - 1] - words.starts[places]) / self._length[named].astype(np.float64)
        strong = whole | (share >= np.where(opening, STRONG, STRONG_INSIDE))
        result = np.full(self._count, -1, np.int8)
        result[named[strong]] = self.kinds[hits[strong]]
        return result

    @cached_property
    def phrased(self) -> npt.NDArray[np.bool_]:
        """Per block, whether it is a prompt of several words, and nothing else."""
        hits, words = np.maximum(self._named, 0), self._words
        if not self.sizes.size:
            return np.zeros(self._count, np.bool_)
        whole = self._opening[hits] & (self.sizes[hits] == words)
        return np.asarray(whole & (words > 1) & (self._named >= 0))

    def forget(self) -> None:
        """Free what is large and seldom asked for, but for what each block says; it is made again when asked for."""
        self.said  # noqa: B018 - made before what it is made of goes
        for name in ("labels", "_named"):
            self.__dict__.pop(name, None)

    def of(self, block: int) -> Evidence | None:
        """The prompt that a block names, or None."""
        hit = int(self._named[block])
        return None if hit < 0 else self._evidence(block, hit)

    def _evidence(self, block: int, hit: int) -> Evidence:
        phrase, opens = self._phrase(hit), bool(self._opening[hit])
        whole = opens and int(self.sizes[hit]) == int(self._words[block])
        where: Place = "whole" if whole else "start" if opens else "inside"
        share = 1.0 if whole else len(phrase) / float(self._length[block])
        return Evidence(KINDS[int(self.kinds[hit])], phrase.lower(), where, share)

    def _phrase(self, hit: int) -> str:
        """A phrase as the text has it."""
        words, place = self._characters.words, int(self._places[hit])
        return self._text[int(words.starts[place]) : int(words.ends[place + int(self.sizes[hit]) - 1])]


def prompts_of(batch: Batch) -> Prompts:
    """The batch's prompts, found once."""
    return batch.once("prompts", lambda: Prompts(batch))
