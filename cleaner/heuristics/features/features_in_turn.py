"""The features of many blocks, made in an order in which what they are made of can soon be freed.

A text has several times as many words as blocks, and what is known of each word takes more than all bands of features.
"""

from __future__ import annotations

from typing import NamedTuple

from cleaner.heuristics.batches.bands import Borders, Column, columns_of
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.batches.short_lived import OF_WORDS
from cleaner.heuristics.features.features import FEATURES
from cleaner.heuristics.features.opinion_measures import use_long_words, use_words
from cleaner.heuristics.prompts.evidence import KINDS


class Turn(NamedTuple):
    """Some features by name, and the columns and what is remembered of the batch that no later one needs."""

    names: frozenset[str]
    columns: tuple[str, ...]
    remembered: tuple[str, ...]


def _named(*names: str) -> frozenset[str]:
    return frozenset(" ".join(names).split())


OF_FORMS = Turn(_named("common-forms rare-forms in-prose covered"), OF_WORDS, ("long-words",))
OF_SINGLE_WORDS = Turn(
    _named(
        "copies copy same-opening word-length longest-word wording wording-sum wording-low wording-high",
        "wording-around wording-ahead wording-behind",
    ),
    ("block_hash",),
    ("wording", "wording-sums"),
)
OF_PHRASES = Turn(
    _named(
        "function-words months text-function-words lexicon-around",
        *(f"names-{kind} opens-{kind}" for kind in KINDS),
    ),
    ("word_block",),
    ("lexicon-counts", "lexicon-opens"),
)
OF_CLASSES = Turn(
    _named(
        "stops stops-per-word commas-per-word colons quotes brackets dashes separators currency marks digits upper",
        "case-free",
    ),
    ("class_counts",),
    (),
)


def features_in_turn(batch: Batch, borders: Borders) -> tuple[Column, ...]:
    """The bands of all features, in the order of the table."""
    made: dict[str, Column] = {}
    batch.is_prose, batch.capitals, batch.copies  # noqa: B018 - made before what they are made of goes
    batch.characters.forget_codes()
    for turn in (OF_FORMS, OF_SINGLE_WORDS, OF_PHRASES, OF_CLASSES):
        made.update(_bands(batch, borders, turn.names))
        if turn is OF_FORMS:
            use_long_words(batch)
        batch.free(turn.columns, turn.remembered)
        if turn is OF_SINGLE_WORDS:
            batch.characters.forget_words()
    made.update(_bands(batch, borders, frozenset(row.name for row in FEATURES) - made.keys()))
    use_words(batch)
    batch.forget_looks()
    return tuple(made[row.name] for row in FEATURES)


def _bands(batch: Batch, borders: Borders, names: frozenset[str]) -> dict[str, Column]:
    """The bands of some features."""
    rows = [(number, row) for number, row in enumerate(FEATURES) if row.name in names]
    return {row.name: columns_of([row], batch, batch.count, borders, number)[0] for number, row in rows}
