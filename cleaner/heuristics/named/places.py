"""Where the elements of a page stand in its text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator

import numpy as np

from cleaner.heuristics.batches.columns import Ints
from cleaner.page_tree import Element, Markup
from cleaner.span import Span


def elements_of(markup: Markup, sought: Callable[[Element], bool]) -> Ints:
    """The elements that hold text and are of a sort, in the order of the page."""
    kinds = np.fromiter(map(sought, markup.elements), np.bool_, len(markup.elements))
    if not kinds.any():
        return np.zeros(0, np.int64)
    filled = np.asarray(markup.first) < np.asarray(markup.last)
    return np.flatnonzero(kinds[np.asarray(markup.kinds)] & filled)


def spans_of(markup: Markup, sought: Callable[[Element], bool]) -> Iterator[Span]:
    """Where the text of the elements of a sort stands, each but once."""
    end = 0
    for element in elements_of(markup, sought).tolist():
        span = span_of(markup, element)
        if span.start >= end:
            end = span.end
            yield span


def span_of(markup: Markup, element: int) -> Span:
    """Where the text of an element stands."""
    return Span(markup.starts[markup.first[element]], markup.ends[markup.last[element] - 1])


def around(markup: Markup, offset: int) -> Iterator[int]:
    """The elements around the text at an offset, the innermost first."""
    number = markup.owners[max(bisect_right(markup.starts, offset) - 1, 0)] if markup.owners else -1
    while number >= 0:
        yield number
        number = markup.parents[number]
