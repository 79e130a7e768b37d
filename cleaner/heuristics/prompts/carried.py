"""What is told of a block by its words alone, carried from one batch to another that holds the block too.

Why: each text is cleaned until nothing more goes, and what a later pass sees is lines that the one before saw as well.
Their words need not be found, hashed and looked up again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Hashes, Ints
from cleaner.heuristics.prompts.evidence import Prompts, prompts_of, use_prompts


@dataclass(frozen=True)
class Told:
    """Per block of a batch: where it stands, how many words it has, their hash, the prompts among them, whether it is
    prose, and what hints said of it by itself, by their names."""

    starts: Ints
    counts: Ints
    hashes: Hashes
    prompts: Prompts
    prose: Booleans
    flags: Mapping[str, Booleans]

    def carry(self, blocks: Ints, batch: Batch) -> None:
        """Have some of the blocks, in order, told in a batch of which they are all the blocks."""
        batch.word_counts, batch.hash_of_words = self.counts[blocks], self.hashes[blocks]
        batch.is_prose = self.prose[blocks]
        batch.flags.update((name, flags[blocks]) for name, flags in self.flags.items())
        use_prompts(batch, self.prompts.carried(batch, blocks, self.starts[blocks]))


@dataclass(frozen=True)
class Left:
    """What is left of a document: these blocks of those that are told."""

    told: Told
    blocks: Ints


def told_of(batch: Batch) -> Told:
    """What is told of the blocks of a batch. What hints say of them once somebody asks is told, too."""
    return batch.once("told", lambda: _told_of(batch))


def _told_of(batch: Batch) -> Told:
    of_words = batch.word_counts, batch.hash_of_words, prompts_of(batch)
    return Told(batch.starts, *of_words, batch.is_prose, batch.flags)


def carry_all(left: Sequence[Left], batch: Batch) -> None:
    """Have told in a batch what is left of the documents of another, one after the other; if it is of these."""
    if left:
        left[0].told.carry(np.concatenate([each.blocks for each in left]), batch)
