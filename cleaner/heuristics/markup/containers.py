"""Which elements hold the probable body: what the opinions of a pass make of elements, and of the blocks in them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.markup.elements import ALONE, DEEPEST, Elements
from cleaner.heuristics.markup.surroundings import Surroundings


class Containers:
    """The elements of a batch and how likely each block is body so far."""

    def __init__(self, elements: Elements, likely: Floats) -> None:
        self.elements, self.likely, self.batch = elements, likely, elements.batch
        self.expected = np.asarray(likely * self.batch.words)

    @cached_property
    def mass(self) -> Floats:
        """Probable body words of each element."""
        return np.append(self.elements.over_blocks(self.expected), np.float32(ALONE))

    @cached_property
    def page_mass(self) -> Floats:
        """Probable body words of each page."""
        return np.bincount(self.batch.document, weights=self.expected, minlength=self.batch.documents)

    @cached_property
    def fit(self) -> Floats:
        """The F-measure to expect if an element were taken as the body."""
        every = self.elements.of_pages(self.page_mass)
        every += self.elements.words[:-1]
        fit = (2 * self.mass[:-1] / np.maximum(every, 1, out=every)).astype(np.float32)
        return np.append(fit, np.float32(ALONE))

    @cached_property
    def best(self) -> Floats:
        """The best fit on each page."""
        most, some = np.zeros(self.batch.documents, np.float32), self.elements.counts > 0
        if some.any():
            most[some] = np.maximum.reduceat(self.fit[:-1], self.elements.base[some])
        return most

    @cached_property
    def container(self) -> Ints:
        """The numbers of the innermost elements that fit best, one a page."""
        near = np.flatnonzero(self.fit[:-1] >= self.elements.of_pages(self.best))
        last = np.full(self.batch.documents, -1, np.int64)
        np.maximum.at(last, self.elements.page_of(near), near)
        return last[last >= 0]

    @cached_property
    def _shared(self) -> Ints:
        """How many elements are around both, each block and the container of its page."""
        marked = np.zeros(self.elements.count, np.bool_)
        for number in self.container.tolist():
            here = number
            while here >= 0:
                marked[here] = True
                here = int(self.elements.parents[here])
        return self.elements.around_blocks(marked)

    @cached_property
    def steps_to_container(self) -> Ints:
        """Steps from each block out to the container; many where it stands elsewhere."""
        marked = np.zeros(self.elements.count, np.bool_)
        marked[self.container] = True
        inside = self.elements.around_blocks(marked) > 0
        return np.where(inside, self.steps_to_common, np.int16(DEEPEST))

    @cached_property
    def steps_to_common(self) -> Ints:
        """Steps from each block out to the innermost element that it has in common with the container."""
        steps = np.minimum(self.elements.levels - self._shared, np.int16(DEEPEST))
        return np.where(self._shared > 0, steps, np.int16(DEEPEST))

    @cached_property
    def alike(self) -> Floats:
        """Mean opinion of the other blocks in elements of the same signature."""
        number, several, _ = self.elements.signatures
        weight = np.sqrt(self.batch.words + 1)
        others = np.bincount(number, weights=weight)[number] - weight
        weight *= self.likely
        summed = np.bincount(number, weights=weight)[number] - weight
        return np.where(several > 1, summed / np.maximum(others, 1e-6), ALONE).astype(np.float32)

    @cached_property
    def depth_of_body(self) -> Floats:
        """How deep the probable body of each page stands in the mean."""
        depth, document, size = self.elements.depth, self.batch.document, self.batch.documents
        summed = np.bincount(document, weights=depth * self.expected, minlength=size)
        return np.asarray(summed / np.maximum(self.page_mass, 1e-6))


class Outlook:
    """What some blocks have from the containers: from the elements around them and what these hold."""

    def __init__(self, containers: Containers, around: Surroundings) -> None:
        self.containers, self.around, self.elements = containers, around, around.elements
        self._pages = around.here(self.elements.batch.document)

    def here(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Of a value per block those of these blocks."""
        return self.around.here(values)

    def density(self, elements: Ints) -> Floats:
        """Share of the words of some elements that are probable body; `ALONE` for none."""
        return np.asarray(self.containers.mass.take(elements) / np.maximum(self.elements.words.take(elements), 1))

    def share(self, elements: Ints) -> Floats:
        """Share of the page's probable body that some elements hold; `ALONE` for none."""
        return self._where(elements, self.containers.mass.take(elements) / self._page_mass)

    def _where(self, elements: Ints, values: Floats) -> Floats:
        """The values, but `ALONE` where there is no element."""
        return np.where(elements < 0, ALONE, values)

    @cached_property
    def _page_mass(self) -> Floats:
        return np.maximum(self.containers.page_mass, 1).take(self._pages)

    def _upwards(self, levels: Ints) -> Ints:
        """The ancestor so many steps out from each block."""
        chain = self.around.chain
        return np.asarray(chain[np.clip(levels, 0, len(chain) - 1), np.arange(chain.shape[1])])

    @cached_property
    def _common(self) -> Ints:
        """The innermost element that a block has in common with the container."""
        return self._upwards(self.here(self.containers.steps_to_common))

    @cached_property
    def branch(self) -> Ints:
        """The largest element around a block that does not hold the container."""
        return self._upwards(self.here(self.containers.steps_to_common) - 1)

    @cached_property
    def _best(self) -> Floats:
        return self.containers.best.take(self._pages)

    def fit_of_page(self) -> Floats:
        """The best fit on the page of a block that stands in an element."""
        return self._where(self.around.innermost, self._best)

    def best_fit(self) -> Floats:
        """The best fit of the elements around a block, beside the best on the page."""
        fit = self.containers.fit.take(self.around.chain).max(axis=0, initial=0).astype(np.float64)
        return np.asarray(fit / np.maximum(self._where(self._common, self._best), 1e-6))

    def common_share(self) -> Floats:
        """Words of the innermost element in common, beside those that are probably body."""
        return self._where(self._common, self.elements.words.take(self._common) / self._page_mass)

    def smallest(self, words: int) -> Floats:
        """Body share of the innermost ancestor of at least so many words."""
        levels = self.here(self.elements.smaller(words))
        outermost = len(self.around.chain) - 1
        return self.density(self._upwards(np.where(levels > outermost, 0, levels)))

    def depth_from_body(self) -> Floats:
        """How much deeper than the probable body a block stands."""
        return np.asarray(self.here(self.elements.depth) - self.containers.depth_of_body.take(self._pages))
