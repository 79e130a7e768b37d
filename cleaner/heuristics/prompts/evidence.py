"""Which prompt a block names: phrases of the lexicon, found for all blocks of a batch at once.

A phrase of one word counts where it is the whole block or opens it; a longer one also inside a short block. In
scripts without spaces characters serve for words.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.batches.columns import Ints
from cleaner.heuristics.derived import derived
from cleaner.heuristics.prompts import lexicon
from cleaner.heuristics.prompts.phrases import Phrases

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
ROW_BITS = 5
"""Bits of a number that hold a row ..."""
ROW_MASK = (1 << ROW_BITS) - 1
"""... and a number of which all of these are set."""

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


class Hits(NamedTuple):
    """The prompts that blocks hold, in the order of the text, with an entry for each: its block, its kind, its words,
    where it stands in the text, and whether it opens the block."""

    blocks: Ints
    kinds: Ints
    sizes: Ints
    starts: Ints
    ends: Ints
    opening: npt.NDArray[np.bool_]

    @classmethod
    def at(cls, batch: Batch, places: Ints, sizes: Ints, kinds: Ints) -> Hits:
        """Those that begin at some of the words of a batch."""
        words, order = batch.characters.words, np.lexsort((-sizes, places))
        places, sizes = places[order], sizes[order]
        blocks = batch.word_block[places]
        opening = places == batch.word_first[blocks]
        return cls(blocks, kinds[order], sizes, words.starts[places], words.ends[places + sizes - 1], opening)

    def moved(self, numbers: Ints, shifts: Ints) -> Hits:
        """Those of some blocks: `numbers` are the blocks' new ones, -1 for those left out, and `shifts` how far each
        block is moved."""
        stays = np.flatnonzero(numbers[self.blocks] >= 0)
        some = Hits(*(each[stays] for each in self))
        shift = shifts[some.blocks]
        return some._replace(blocks=numbers[some.blocks], starts=some.starts + shift, ends=some.ends + shift)


class Prompts:
    """The prompts of a batch (`hits`), and what follows for its blocks. `counted` holds for each phrase found, function
    words and months among them, its block and its row in `ROWS`, together in one number, by block."""

    def __init__(self, batch: Batch, hits: Hits, counted: Ints) -> None:
        # not the batch, which holds this: a cycle is freed late
        self._texts, self._count, self._words, self._length = batch.texts, batch.count, batch.words, batch.length
        self._hits, self._counted = hits, counted
        self.blocks, self.kinds, self.sizes, self.opening = hits.blocks, hits.kinds, hits.sizes, hits.opening

    @classmethod
    def found_in(cls, batch: Batch) -> Prompts:
        """The prompts of a batch, looked up."""
        phrases, kinds = _lexicon()
        blocks, found = batch.word_block, []
        counted = [np.zeros(0, np.int64)]
        for places, numbers in phrases.found(batch.characters.words.hashes, blocks):
            rows = kinds.take(numbers)
            counted.append(np.sort(np.left_shift(blocks.take(places), ROW_BITS, dtype=np.int64) | rows))
            prompts = np.flatnonzero(rows < len(KINDS))
            found.append(Hits.at(batch, places[prompts], phrases.sizes[numbers[prompts]], rows[prompts]))
        none = np.zeros(0, np.int64)
        found = found or [Hits.at(batch, none, none, kinds[:0])]
        return cls(batch, Hits(*map(np.concatenate, zip(*found, strict=True))), np.concatenate(counted))

    def carried(self, batch: Batch, blocks: Ints, starts: Ints) -> Prompts:
        """Those of the blocks of another batch, which are these `blocks` of this one, in order; they stood at
        `starts`."""
        numbers, shifts = np.full(self._count, -1, blocks.dtype), np.zeros(self._count, batch.starts.dtype)
        numbers[blocks] = np.arange(len(blocks), dtype=blocks.dtype)
        shifts[blocks] = batch.starts - starts
        number = numbers[self._counted >> ROW_BITS]
        counted = np.left_shift(number, ROW_BITS, dtype=np.int64) | (self._counted & ROW_MASK)
        return Prompts(batch, self._hits.moved(numbers, shifts), counted[number >= 0])

    def counts(self) -> Ints:
        """(kinds, blocks): how many phrases of each kind there are, in as few bytes as that takes."""
        most = int(np.bincount(self._counted >> ROW_BITS, minlength=1).max())
        result = np.empty((len(ROWS), self._count), np.min_scalar_type(most))
        for low in range(0, self._count, AT_ONCE):
            size = min(AT_ONCE, self._count - low)
            first, last = np.searchsorted(self._counted, np.array([low, low + size]) << ROW_BITS)
            counted = self._counted[first:last]
            places = (counted & ROW_MASK) * size + ((counted >> ROW_BITS) - low)
            result[:, low : low + size] = np.bincount(places, minlength=len(ROWS) * size).reshape(len(ROWS), size)
        return result

    def kinds_of(self, block: int) -> list[str]:
        """The kinds of the phrases that a block holds, one for each different phrase."""
        first, end = np.searchsorted(self.blocks, (block, block + 1)).tolist()
        found = {(self._phrase(hit).lower(), kind) for hit, kind in enumerate(self.kinds[first:end].tolist(), first)}
        return sorted(KINDS[kind] for _, kind in found)

    def opens(self) -> npt.NDArray[np.bool_]:
        """(kinds, blocks): whether a prompt of the kind opens the block."""
        result = np.zeros((len(KINDS), self._count), np.bool_)
        first = self._hits.opening
        result[self.kinds[first], self.blocks[first]] = True
        return result

    @cached_property
    def labels(self) -> npt.NDArray[np.bool_]:
        """(kinds, blocks): whether a block names a prompt of the kind and little else."""
        length, opening = self._length[self.blocks], self._hits.opening
        covered = (self._hits.ends - self._hits.starts) / length
        enough = np.where(opening, covered >= STRONG, (covered >= STRONG_INSIDE) & (self.sizes > 1))
        label = enough & (length <= LONGEST_SEARCHED)
        result = np.zeros((len(KINDS), self._count), np.bool_)
        result[self.kinds[label], self.blocks[label]] = True
        return result

    @cached_property
    def strong(self) -> npt.NDArray[np.bool_]:
        """Per block, whether it names a prompt of any kind and little else."""
        return np.asarray(self.labels.any(axis=0))

    @cached_property
    def _named(self) -> Ints:
        """Per block the hit that says what prompt it is, -1 where it is none: the longest phrase; one that opens the
        block before one inside."""
        opening, long = self._hits.opening, self._length[self.blocks] > LONGEST_SEARCHED
        hits = np.flatnonzero(opening | ~(long | (self.sizes == 1)))
        result = np.full(self._count, -1, np.int32)
        if hits.size:
            rank = (opening[hits] * (int(self.sizes.max()) + 1) + self.sizes[hits]) * len(KINDS)
            rank = (rank + len(KINDS) - 1 - self.kinds[hits]) * len(hits) + np.arange(len(hits))
            first = np.flatnonzero(np.diff(self.blocks[hits], prepend=-1))
            result[self.blocks[hits[first]]] = hits[np.maximum.reduceat(rank, first) % len(hits)]
        return result

    @cached_property
    def said(self) -> npt.NDArray[np.int8]:
        """Per block the row in `KINDS` of the prompt that it is, and little else; -1 where it is none."""
        named = np.flatnonzero(self._named >= 0)
        hits = self._named[named]
        opening = self._hits.opening[hits]
        whole = opening & (self.sizes[hits] == self._words[named])
        share = (self._hits.ends[hits] - self._hits.starts[hits]) / self._length[named].astype(np.float64)
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
        whole = self._hits.opening[hits] & (self.sizes[hits] == words)
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
        phrase, opens = self._phrase(hit), bool(self._hits.opening[hit])
        whole = opens and int(self.sizes[hit]) == int(self._words[block])
        where: Place = "whole" if whole else "start" if opens else "inside"
        share = 1.0 if whole else len(phrase) / float(self._length[block])
        return Evidence(KINDS[int(self.kinds[hit])], phrase.lower(), where, share)

    def _phrase(self, hit: int) -> str:
        """A phrase as the text has it."""
        return self._texts.part(int(self._hits.starts[hit]), int(self._hits.ends[hit]))


def prompts_of(batch: Batch) -> Prompts:
    """The batch's prompts, found once."""
    return batch.once("prompts", lambda: Prompts.found_in(batch))


def use_prompts(batch: Batch, prompts: Prompts) -> None:
    """Let these be the batch's prompts."""
    batch.memo["prompts"] = prompts
