"""What the opinions of a pass mean for the elements: a table of named features, as `opinions.OPINIONS` is for lines.

A body stands in one element more often than not; how much of the probable body each element holds, and how much else,
says where.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.bands import Borders, Column, stretched
from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.features.features import NEAR
from cleaner.heuristics.markup.containers import Containers, Outlook
from cleaner.heuristics.markup.elements import Elements
from cleaner.heuristics.markup.markup_features import LEVELS
from cleaner.heuristics.markup.surroundings import surroundings_of

Look = Callable[[Outlook], npt.NDArray[np.generic]]


class MarkupOpinion(NamedTuple):
    """One row of the table, see `features.Feature`."""

    name: str
    says: str
    compute: Look
    shifts: tuple[int, ...] = ()


def _here(column: Callable[[Containers], npt.NDArray[np.generic]]) -> Look:
    return lambda o: o.here(column(o.containers))


def _body_out(steps: int) -> Look:
    return lambda o: o.density(o.around.outwards(steps))


def _share_out(steps: int) -> Look:
    return lambda o: o.share(o.around.outwards(steps))


def _smallest(words: int) -> Look:
    return lambda o: o.smallest(words)


AMONG = "in an element of boilerplate|in an element of body"
OUTSIDE = "in the element that holds the article|outside the element that holds the article"

MARKUP_OPINIONS: tuple[MarkupOpinion, ...] = (
    *(MarkupOpinion(f"body-out-{n}", AMONG, _body_out(n)) for n in LEVELS),
    *(MarkupOpinion(f"share-out-{n}", AMONG, _share_out(n)) for n in LEVELS),
    *(MarkupOpinion(f"element-of-{n}-words", AMONG, _smallest(n)) for n in (30, 100, 300)),
    MarkupOpinion(
        "best-fit", "in no element that fits an article|in an element that fits an article", Outlook.best_fit
    ),
    MarkupOpinion("fit-of-page", "", Outlook.fit_of_page),
    MarkupOpinion("steps-to-container", OUTSIDE, _here(lambda c: c.steps_to_container), NEAR),
    MarkupOpinion("steps-to-common", OUTSIDE, _here(lambda c: c.steps_to_common), NEAR),
    MarkupOpinion("common-share", OUTSIDE, Outlook.common_share),
    MarkupOpinion(
        "branch-words", "in a small part of the page|in a large part", lambda o: o.elements.words.take(o.branch)
    ),
    MarkupOpinion("branch-body", AMONG, lambda o: o.density(o.branch)),
    MarkupOpinion(
        "branch-links",
        "in a part of the page with few links|in a part of the page with many links",
        lambda o: o.elements.link_density.take(o.branch),
    ),
    MarkupOpinion(
        "branch-names",
        "in a part named as boilerplate is|in a part named as an article is",
        lambda o: o.elements.kinds.names.take(o.elements.kinds.number.take(o.branch)),
    ),
    MarkupOpinion(
        "element-alike",
        "elements like its own look like boilerplate|elements like its own look like body",
        _here(lambda c: c.alike),
    ),
    MarkupOpinion(
        "elements-alike",
        "no other element like its own|many elements like its own",
        _here(lambda c: c.elements.signatures[1]),
    ),
    MarkupOpinion("depth-from-body", "not deeper than the article|deeper than the article", Outlook.depth_from_body),
)


def opinion_rows_of_elements(
    elements: Elements, likely: Floats, borders: Borders | None = None, first: int = 0
) -> tuple[Column, ...]:
    """The table for a pass's probabilities, as `bands.columns_of` gives it."""
    containers = Containers(elements, likely)
    parts = ((slice(some.low, some.high), Outlook(containers, some)) for some in surroundings_of(elements))
    return stretched(MARKUP_OPINIONS, parts, elements.batch.count, borders, first)
