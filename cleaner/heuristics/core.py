"""The core of a page: the run of blocks in which prose outweighs what is not."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.document import Span


def core(gains: Sequence[float]) -> Span:
    """The run with the greatest sum; the first of equals, and (0, 0) where nothing is positive.

    >>> core([-1.0, 2.0, -1.0, 3.0, -9.0, 1.0])
    Span(start=1, end=4)
    """
    best, span = 0.0, Span(0, 0)
    total, start = 0.0, 0
    for index, gain in enumerate(gains):
        if total <= 0:
            total, start = 0.0, index
        total += gain
        if total > best:
            best, span = total, Span(start, index + 1)
    return span
