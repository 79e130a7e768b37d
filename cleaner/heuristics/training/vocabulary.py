"""The learnt vocabulary: words and pairs of words that stand in bodies, or outside them, on many sites.

A term's weight is the log odds, over sites, that it was seen in a body rather than outside one. The model must not be
trained on weights that its own page helped to make, so the counts are kept by fold and the weights can be made without
some of the folds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.document import Document
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.batches.columns import Floats, Hashes, Ints
from cleaner.heuristics.prompts.phrases import join_hashes
from cleaner.heuristics.training.gold import FOLDS, Dump

LEAST_SITES = 8
"""On fewer sites a term says more of them than of the language of pages."""
LEAST_WEIGHT = 0.4
LEAST_SHIPPED = 1.0
"""Weight from which a term is in the file. Without the others, more than a third, cross-validated word F1 on every
second gold page stays within 0.0005 in each folder, and a start takes 15 ms less."""
VARIANT = "html_text"


class Counts(NamedTuple):
    """`sites[term, fold, side]`: on how many pages of a fold a term was seen outside (0) and inside (1) the body."""

    terms: Hashes
    texts: list[str]
    sites: Floats

    def weights(self, without: Iterable[int] = ()) -> Floats:
        """The log odds of every term, 0 where it is too rare or says too little, from the other folds."""
        left_out = set(without)
        folds = [fold for fold in range(FOLDS) if fold not in left_out]
        counted = self.sites[:, folds].sum(axis=1)
        odds = np.log((counted[:, 1] + 1) / (counted[:, 0] + 1))
        useful = (counted.sum(axis=1) >= LEAST_SITES) & (np.abs(odds) >= LEAST_WEIGHT)
        return np.where(useful, odds, 0).astype(np.float32)


def terms_of(batch: Batch) -> tuple[Hashes, Ints, Ints, Ints]:
    """Hashes of a batch's words and word pairs, the block of each, and their character offsets."""
    words = batch.characters.words
    owner = batch.word_block
    pairs = join_hashes(words.hashes[:-1], words.hashes[1:])
    inside = owner[:-1] == owner[1:]
    return (
        np.concatenate((words.hashes, pairs[inside])),
        np.concatenate((owner, owner[:-1][inside])),
        np.concatenate((words.starts, words.starts[:-1][inside])),
        np.concatenate((words.ends, words.ends[1:][inside])),
    )


def count(dumps: Sequence[Dump]) -> Counts:
    """Count the terms of the pages' dumps of one flattening."""
    seen: list[tuple[Hashes, int, int]] = []
    chosen = [dump for dump in dumps if dump.variant == VARIANT]
    for dump in chosen:
        batch = Batch([dump.document])
        hashes, owner, _, _ = terms_of(batch)
        inside = np.array(dump.labels)[owner] >= 0.5
        seen.extend((np.unique(hashes[inside == side]), dump.fold, side) for side in (0, 1))
    every = np.concatenate([hashes for hashes, _, _ in seen])
    terms, inverse, totals = np.unique(every, return_inverse=True, return_counts=True)
    sites = np.zeros((len(terms), FOLDS, 2), np.float32)
    sizes = [len(hashes) for hashes, _, _ in seen]
    folds = np.repeat([fold for _, fold, _ in seen], sizes)
    sides = np.repeat([side for _, _, side in seen], sizes)
    np.add.at(sites, (inverse, folds, sides), 1)
    frequent = totals >= LEAST_SITES
    terms, sites = terms[frequent], sites[frequent]
    return Counts(terms, spell(terms, [dump.document for dump in chosen]), sites)


def spell(terms: Hashes, documents: Sequence[Document]) -> list[str]:
    """The text of each term as it first stands in a document, its words in lower case with one blank between them."""
    texts = [""] * len(terms)
    for document in documents:
        hashes, _, starts, ends = terms_of(Batch([document]))
        at = np.minimum(np.searchsorted(terms, hashes), len(terms) - 1)
        for place in np.flatnonzero(terms[at] == hashes).tolist():
            if not texts[at[place]]:
                texts[at[place]] = _plain(document.text[starts[place] : ends[place]])
    return texts


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() or c == "_" else " " for c in text.lower()).split())


def lines(counts: Counts, without: Iterable[int] = ()) -> list[str]:
    """The lines of `vocabulary.tsv`: term, tab, weight; sorted. Terms that say little are left out there."""
    weights = counts.weights(without)
    chosen = np.flatnonzero(np.abs(weights) >= LEAST_SHIPPED)
    return sorted(
        f"{counts.texts[number]}\t{weights[number]:.2f}" for number in chosen.tolist() if counts.texts[number]
    )


def find(counts: Counts, batch: Batch) -> tuple[Ints, Ints]:
    """The block and the number of each term that the batch's blocks have."""
    hashes, owner, _, _ = terms_of(batch)
    at: npt.NDArray[np.int64] = np.minimum(np.searchsorted(counts.terms, hashes), len(counts.terms) - 1)
    known = counts.terms[at] == hashes
    return owner[known], at[known]
