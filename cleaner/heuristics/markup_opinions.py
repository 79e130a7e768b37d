"""What the opinions of a pass mean for the elements: a table of named features, as `opinions.OPINIONS` is for lines.

A body stands in one element more often than not; how much of the probable body each element holds, and how much else,
says where.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.bands import matrix_of
from cleaner.heuristics.columns import Floats, Ints
from cleaner.heuristics.elements import DEEPEST, Elements
from cleaner.heuristics.features import NEAR
from cleaner.heuristics.markup_features import LEVELS

ALONE = -1.0
"""The value where there is nothing to compare with."""


class Containers:
    """The elements of a batch and how likely each block is body so far."""

    def __init__(self, elements: Elements, likely: Floats) -> None:
        self.elements, self.likely, self.batch = elements, likely, elements.batch
        self.expected = np.asarray(likely * self.batch.words)

    def _of_page(self, values: npt.NDArray[np.generic]) -> Floats:
        """Per element the sum of a value over its page's blocks."""
        sums = np.bincount(self.batch.document, weights=values, minlength=self.batch.documents)
        return np.asarray(sums[self.elements.page])

    @cached_property
    def mass(self) -> Floats:
        """Probable body words of each element."""
        return self.elements.over_blocks(self.expected)

    @cached_property
    def page_mass(self) -> Floats:
        """Probable body words of each element's page."""
        return self._of_page(self.expected)

    @cached_property
    def density(self) -> Floats:
        """Share of each element's words that are probable body."""
        return np.asarray(self.mass / np.maximum(self.elements.words, 1))

    @cached_property
    def share(self) -> Floats:
        """Share of the page's probable body that each element holds."""
        return np.asarray(self.mass / np.maximum(self.page_mass, 1), np.float32)

    @cached_property
    def fit(self) -> Floats:
        """The F-measure to expect if an element were taken as the body."""
        return np.asarray(2 * self.mass / np.maximum(self.elements.words + self.page_mass, 1), np.float32)

    @cached_property
    def best(self) -> Floats:
        """The best fit on each element's page."""
        most = np.zeros(self.batch.documents)
        np.maximum.at(most, self.elements.page, self.fit)
        return np.asarray(most[self.elements.page], np.float32)

    @cached_property
    def container(self) -> Ints:
        """The numbers of the innermost elements that fit best, one a page."""
        near = np.flatnonzero(self.fit >= self.best)
        last = np.full(self.batch.documents, -1, np.int64)
        np.maximum.at(last, self.elements.page[near], near)
        return last[last >= 0]

    @cached_property
    def _shared(self) -> Ints:
        """How many elements are around both, each block and the container of its page."""
        marked = np.zeros(self.elements.count, np.bool_)
        for number in self.container.tolist():
            here = number
            while here < self.elements.count:
                marked[here] = True
                here = int(self.elements.parents[here])
        return self.elements.around_blocks(marked)

    @cached_property
    def steps_to_container(self) -> Ints:
        """Steps from each block out to the container; many where it stands elsewhere."""
        marked = np.zeros(self.elements.count, np.bool_)
        marked[self.container] = True
        inside = self.elements.around_blocks(marked) > 0
        return np.where(inside, self.steps_to_common, DEEPEST)

    @cached_property
    def steps_to_common(self) -> Ints:
        """Steps from each block out to the innermost element that it has in common with the container."""
        return np.where(self._shared > 0, np.minimum(self.elements.levels - self._shared, DEEPEST), DEEPEST)

    def _upwards(self, levels: Ints) -> Ints:
        """The ancestor so many steps out from each block."""
        chain = self.elements.chain
        return np.asarray(chain[np.clip(levels, 0, len(chain) - 1), np.arange(chain.shape[1])])

    @cached_property
    def _common(self) -> Ints:
        return self._upwards(self.steps_to_common)

    @cached_property
    def _branch(self) -> Ints:
        return self._upwards(self.steps_to_common - 1)

    def at_common(self, column: Floats) -> Floats:
        """The value of the innermost element that a block has in common with the container; `ALONE` for none."""
        return self.elements.at(column, self._common, ALONE)

    def at_branch(self, column: Floats) -> Floats:
        """The value of the largest element around a block that does not hold the container."""
        return self.elements.at(column, self._branch, ALONE)

    def at_first(self, column: Floats) -> Floats:
        """The value of the innermost element around a block."""
        return self.elements.at(column, self.elements.chain[0], ALONE)

    def smallest(self, words: int) -> Floats:
        """Body share of the innermost ancestor of at least so many words."""
        levels = self.elements.around_blocks(self.elements.words < words)
        outermost = len(self.elements.chain) - 1
        return self.elements.at(self.density, self._upwards(np.where(levels > outermost, 0, levels)), ALONE)

    @cached_property
    def alike(self) -> tuple[Floats, Ints]:
        """Mean opinion of the other blocks in elements of the same signature, and how many there are."""
        number, several, weight, others = self.elements.alike
        summed = np.bincount(number, weights=self.likely * weight)[number] - self.likely * weight
        return np.where(several > 1, summed / np.maximum(others, 1e-6), ALONE).astype(np.float32), several

    @cached_property
    def depth_from_body(self) -> Floats:
        """How much deeper than the probable body a block stands."""
        depth, document, size = self.elements.depth, self.batch.document, self.batch.documents
        mean = np.bincount(document, weights=depth * self.expected, minlength=size) / np.maximum(
            np.bincount(document, weights=self.expected, minlength=size), 1e-6
        )
        return np.asarray(depth - mean[document], np.float32)


Look = Callable[[Containers], npt.NDArray[np.generic]]


class MarkupOpinion(NamedTuple):
    """One row of the table, see `features.Feature`."""

    name: str
    says: str
    compute: Look
    shifts: tuple[int, ...] = ()


def _outwards(column: Callable[[Containers], Floats], steps: int) -> Look:
    return lambda o: o.elements.at(column(o), o.elements.outwards(steps), ALONE)


def _smallest(words: int) -> Look:
    return lambda o: o.smallest(words)


AMONG = "in an element of boilerplate|in an element of body"
OUTSIDE = "in the element that holds the article|outside the element that holds the article"

MARKUP_OPINIONS: tuple[MarkupOpinion, ...] = (
    *(MarkupOpinion(f"body-out-{n}", AMONG, _outwards(lambda o: o.density, n)) for n in LEVELS),
    *(MarkupOpinion(f"share-out-{n}", AMONG, _outwards(lambda o: o.share, n)) for n in LEVELS),
    *(MarkupOpinion(f"element-of-{n}-words", AMONG, _smallest(n)) for n in (30, 100, 300)),
    MarkupOpinion(
        "best-fit",
        "in no element that fits an article|in an element that fits an article",
        lambda o: np.append(o.fit, 0).take(o.elements.chain).max(axis=0) / np.maximum(o.at_common(o.best), 1e-6),
    ),
    MarkupOpinion("fit-of-page", "", lambda o: o.at_first(o.best)),
    MarkupOpinion("steps-to-container", OUTSIDE, lambda o: o.steps_to_container, NEAR),
    MarkupOpinion("steps-to-common", OUTSIDE, lambda o: o.steps_to_common, NEAR),
    MarkupOpinion(
        "common-share",
        OUTSIDE,
        lambda o: o.at_common(o.elements.words / np.maximum(o.page_mass, 1)),
    ),
    MarkupOpinion(
        "branch-words", "in a small part of the page|in a large part", lambda o: o.at_branch(o.elements.words)
    ),
    MarkupOpinion("branch-body", AMONG, lambda o: o.at_branch(o.density)),
    MarkupOpinion(
        "branch-links",
        "in a part of the page with few links|in a part of the page with many links",
        lambda o: o.at_branch(o.elements.link_density),
    ),
    MarkupOpinion(
        "branch-names",
        "in a part named as boilerplate is|in a part named as an article is",
        lambda o: o.at_branch(o.elements.kinds.names),
    ),
    MarkupOpinion(
        "element-alike",
        "elements like its own look like boilerplate|elements like its own look like body",
        lambda o: o.alike[0],
    ),
    MarkupOpinion("elements-alike", "no other element like its own|many elements like its own", lambda o: o.alike[1]),
    MarkupOpinion(
        "depth-from-body", "not deeper than the article|deeper than the article", lambda o: o.depth_from_body
    ),
)


def markup_opinion_matrix(elements: Elements, likely: Floats) -> Floats:
    """(opinions, blocks): the table for a pass's probabilities."""
    return matrix_of(MARKUP_OPINIONS, Containers(elements, likely), elements.batch.count)
