"""Spans in order: joined, taken from each other, told apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from cleaner.document import Decision
from cleaner.span import Span


def merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans in order, those that touch or overlap as one."""
    start, end = 0, 0
    for span in spans:
        if span.start > end:
            if start < end:
                yield Span(start, end)
            start = span.start
        end = max(end, span.end)
    if start < end:
        yield Span(start, end)


def apart_from(decisions: Iterable[Decision], taken: Sequence[Decision]) -> Iterator[Decision]:
    """The decisions that overlap none that is taken; the latter are in order."""
    for decision in decisions:
        index = bisect_right(taken, decision.start, key=lambda each: each.start)
        before = taken[index - 1] if index else None
        after = taken[index] if index < len(taken) else None
        if (before is None or before.end <= decision.start) and (after is None or decision.end <= after.start):
            yield decision


def minus(spans: Iterable[Span], taken: Sequence[Span]) -> Iterator[Span]:
    """What is left of spans in order outside others in order."""
    position = 0
    for start, end in spans:
        while position < len(taken) and taken[position].end <= start:
            position += 1
        edge, index = start, position
        while index < len(taken) and taken[index].start < end:
            if edge < taken[index].start:
                yield Span(edge, taken[index].start)
            edge = taken[index].end
            index += 1
        if edge < end:
            yield Span(edge, end)
