"""Where in the probable body the prompts stand that follow articles: four rows per group of kinds, for `opinions.py`.

A heading such as "Read more" stands between paragraphs as often as behind the last one. What tells them apart is how
much of the body is above it, how much below, and how many prompts of its kind follow. Two passes that know the next
four lines alone cannot see that.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.batches.sums import Sums
from cleaner.heuristics.prompts.evidence import ROWS, prompts_of

GROUPS: dict[str, tuple[str, ...]] = {
    "an-ending": ("more", "comments", "author-bio", "sign-off", "tags", "share"),
    "comments": ("comments",),
    "a-box": ("newsletter", "paywall", "advertisement"),
    "a-footer": ("footer", "navigation"),
}
"""Kinds of the lexicon that stand together: what names the end, remarks, boxes inside the article, the page's edge."""
DOUBTFUL = 0.5
"""Below this probability a prompt counts: one that is body is none."""
LATE = 0.5
"""Share of the body above a prompt from which it may stand at the end."""
MOST_BELOW = 300
"""Words of body below a prompt up to which they are told apart, so that long texts look like others."""
NOWHERE = -1.0
"""The value of a block above which no such prompt stands."""


class PromptPlaces(NamedTuple):
    """Of one group: `marked` are its prompts, `last` the index of the last one above each block, -1 if there is none;
    `above` is the expected body above each block, `total` that of its document."""

    batch: Batch
    marked: Booleans
    last: Ints
    above: Floats
    total: Floats

    def share_above(self) -> Floats:
        """The share of the body above the last prompt that stands above the block."""
        return self._at_last(self.above / np.maximum(self.total, 1))

    def below(self) -> Floats:
        """The words of the body below that prompt, up to `MOST_BELOW`."""
        return self._at_last(np.minimum(self.total - self.above, MOST_BELOW))

    def to_come(self) -> Floats:
        """How many of them stand from the block on."""
        sums = self.batch.sums(self.marked)
        return np.asarray(sums.total - sums.before)

    def late(self) -> Floats:
        """How many stand above the block and below half of the body."""
        return self.batch.sums(self.marked & (self.above > LATE * self.total)).before

    def _at_last(self, values: Floats) -> Floats:
        found = self.last >= 0
        return np.where(found, values[np.maximum(self.last, 0)], NOWHERE).astype(np.float32)


def places_of(batch: Batch, likely: Floats, body: Sums) -> dict[str, PromptPlaces]:
    """The places of each group, given the opinions `likely` and the expected words of body."""
    found = {}
    for name, named in prompts_by_group(batch).items():
        marked = named & (likely < DOUBTFUL)
        last = batch.last_before(marked).astype(np.int32)
        found[name] = PromptPlaces(batch, marked, last, body.before, body.total)
    return found


def prompts_by_group(batch: Batch) -> dict[str, Booleans]:
    """Per group, the blocks that name a prompt of it and little else; found once."""
    return batch.once("prompts-by-group", lambda: _named(batch))


def _named(batch: Batch) -> dict[str, Booleans]:
    labels = prompts_of(batch).labels
    return {name: np.asarray(labels[[ROWS[kind] for kind in kinds]].any(axis=0)) for name, kinds in GROUPS.items()}
