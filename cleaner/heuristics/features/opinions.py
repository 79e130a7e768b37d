"""What the second pass looks at besides the features: the first pass's opinions, of a block and of those around it.

The table has the form of `features.FEATURES`; a row is computed from what follows from the first pass's probabilities
(`opinion_measures.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.bands import matrix_of
from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.features.neighbourhood import words_around
from cleaner.heuristics.features.opinion_measures import SIZES, SPANS, Opinions
from cleaner.heuristics.features.prompt_places import GROUPS, PromptPlaces

NEIGHBOURS = (-4, -3, -2, -1, 1, 2, 3, 4)
CLOSE, SURE = 0.5, 0.85
"""Probabilities from which a block counts as body, and as body without doubt, in the distances to the next such."""
FARTHEST = 50
"""Blocks up to which distances from the probable body are told apart."""


Look = Callable[[Opinions], npt.NDArray[np.generic]]


PROMPTS = {
    "an-ending": "a prompt such as “read more”",
    "comments": "a prompt of comments",
    "a-box": "a prompt such as for a newsletter",
    "a-footer": "a line of a menu or a footer",
}
"""The groups of prompts in words. How many are still to come says nothing of a line in anybody's eyes."""


class Opinion(NamedTuple):
    """One row of the table, see `features.Feature`."""

    name: str
    says: str
    compute: Look
    shifts: tuple[int, ...] = ()


def _density(before: int, after: int) -> Look:
    number = SPANS.index((before, after))
    return lambda o: o.density(number)


def _near(o: Opinions) -> Floats:
    """Mean opinion of the blocks around."""
    here, span = o.batch, [(4, 4)]
    every = here.once("blocks-around", lambda: np.maximum(here.sums(np.ones(here.count)).within(span)[0], 1))
    return np.asarray(here.sums(o.likely).within(span)[0] / every)


def _in_segment(o: Opinions) -> Booleans:
    return np.asarray((o.below_start >= 0) & (o.below_end < 0))


def _distance(values: Ints) -> Ints:
    return np.asarray(np.clip(values, -FARTHEST, FARTHEST))


def _place_in_segment(o: Opinions) -> Floats:
    low, high = o.segment
    return np.asarray(np.clip(o.below_start / np.maximum(high - low, 1), -2, 3), np.float32)


def _doubt_around(o: Opinions) -> Floats:
    return np.asarray(o.doubts.within([(5, 5)])[0] / np.maximum(words_around(o.batch), 1))


def _since(least: float) -> Look:
    return lambda o: o.batch.since(np.asarray(o.likely >= least))


def _until(least: float) -> Look:
    return lambda o: o.batch.until(np.asarray(o.likely >= least))


def _densities(size: int) -> tuple[Opinion, ...]:
    return (
        Opinion(f"body-within-{size}", "surrounded by boilerplate|surrounded by body", _density(size, size)),
        Opinion(f"body-before-{size}", "below boilerplate|below body", _density(size, -1)),
        Opinion(f"body-after-{size}", "above boilerplate|above body", _density(-1, size)),
    )


def _places(name: str) -> tuple[Opinion, ...]:
    said = PROMPTS[name]

    def row(compute: Callable[[PromptPlaces], Floats]) -> Look:
        return lambda o: compute(o.places[name])

    ends = f"not below {said} late in the article|stands below {said}"
    below = f"no body below {said} above it|body goes on below {said} above it"
    return (
        Opinion(f"body-above-{name}", ends, row(PromptPlaces.share_above)),
        Opinion(f"body-below-{name}", below, row(PromptPlaces.below)),
        Opinion(f"{name}-to-come", "", row(PromptPlaces.to_come)),
        Opinion(f"late-{name}", f"|below {said} late in the article", row(PromptPlaces.late)),
    )


START = "above or near the article's start|well below the article's start"
END = "above the article's end|after the end of the article"
PLACE = "before or early in the article|late in the article or after it"
COHESION = "words that the article does not use|words that the article uses"
ALIKE = "lines of its shape look like boilerplate|lines of its shape look like body"

OPINIONS: tuple[Opinion, ...] = (
    Opinion("first-look", "", lambda o: o.likely, NEIGHBOURS),
    *(row for size in SIZES for row in _densities(size)),
    Opinion("blocks-alike-near", "neighbours look like boilerplate|neighbours look like body", _near),
    Opinion("body-share", "", lambda o: o.per_document_word(o.body)),
    Opinion("in-segment", "outside the article|inside the article", _in_segment),
    Opinion("from-segment-start", START, lambda o: _distance(o.below_start)),
    Opinion("from-segment-end", END, lambda o: _distance(o.below_end)),
    Opinion("place-in-segment", PLACE, _place_in_segment),
    Opinion("cohesion", COHESION, lambda o: o.cohesion[0]),
    Opinion("clear-cohesion", COHESION, lambda o: o.cohesion[1]),
    Opinion("since-body", "right after body|far below the last body", _since(CLOSE)),
    Opinion("until-body", "right before body|far above the next body", _until(CLOSE)),
    Opinion("since-sure-body", "right after sure body|far below sure body", _since(SURE)),
    Opinion("until-sure-body", "right before sure body|far above sure body", _until(SURE)),
    Opinion(
        "since-pillar",
        "close below a long paragraph|far below the last long paragraph",
        lambda o: o.batch.since(o.pillars),
    ),
    Opinion(
        "until-pillar",
        "close above a long paragraph|far above the next long paragraph",
        lambda o: o.batch.until(o.pillars),
    ),
    Opinion("alike", ALIKE, lambda o: o.alike[0]),
    Opinion("blocks-alike", "no other line of its shape|many lines of its shape", lambda o: o.alike[1]),
    Opinion("copies-look", "its copies look like boilerplate|its copies look like body", lambda o: o.copies),
    Opinion("doubt-around", "|lines around it that are in doubt", _doubt_around),
    Opinion("doubt", "", lambda o: o.per_document_word(o.doubts.total)),
    *(row for name in GROUPS for row in _places(name)),
)


def opinion_matrix(batch: Batch, likely: Floats) -> Floats:
    """(opinions, blocks): the table for the first pass's probabilities."""
    return matrix_of(OPINIONS, Opinions(batch, likely), batch.count)
