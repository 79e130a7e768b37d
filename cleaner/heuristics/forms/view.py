"""A document as it is judged, where that is not how it is written.

Lines wrapped at a width are judged as the paragraphs that they make, Markdown without its markup, a page on one line
by its sentences. The judges see a `View`: a document of its own, of whose characters each stands in the original too,
and what they say of it is told in offsets of the original. Most texts are judged as they are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cleaner.document import Decision, Document
from cleaner.heuristics.batches.columns import Ints
from cleaner.heuristics.named.page import open_blocks
from cleaner.span import Span


@dataclass(frozen=True)
class View:
    """`document` is what is judged; `places` holds, for each of its characters, where that stands in `original`;
    `ruled` are the decisions of rules on that."""

    original: Document
    document: Document
    places: Ints
    ruled: Sequence[Decision] = ()

    @cached_property
    def extents(self) -> list[Span]:
        """Per block of the view, what of the original goes with it: lines that hold nothing else are whole.

        Lines of which the view has nothing go with the block below; those behind the last block, with that. Lines that
        a rule has decided go with none.
        """
        starts = self.places[np.array(self.document.starts, np.int64)]
        ends = self.places[np.array(self.document.ends, np.int64) - 1] + 1
        first, last = self._lines_of(starts), self._lines_of(ends - 1)
        original = self.original
        blocks = self._lines_of(np.array(original.starts, np.int64))
        above, below = np.concatenate(([-1], last[:-1])), np.concatenate((first[1:], [-1]))
        own = np.searchsorted(blocks, first), np.searchsorted(blocks, last, side="right") - 1
        decided = np.setdiff1d(np.arange(len(original)), open_blocks(original, self.ruled))
        ruled_above = np.concatenate(([-1], decided))[np.searchsorted(decided, own[0])]
        ruled_below = np.concatenate((decided, [len(original)]))[np.searchsorted(decided, own[1], side="right")]
        top = np.minimum(np.maximum(np.searchsorted(blocks, above, side="right"), ruled_above + 1), own[0])
        bottom = np.where(below < 0, ruled_below - 1, own[1])
        low = np.where(first == above, starts, np.minimum(starts, np.array(original.starts, np.int64)[top]))
        high = np.where(last == below, ends, np.maximum(ends, np.array(original.ends, np.int64)[bottom]))
        return [Span(start, end) for start, end in zip(low.tolist(), high.tolist(), strict=True)]

    def _lines_of(self, offsets: Ints) -> Ints:
        return np.searchsorted(np.array(self.original.line_ends, np.int64), offsets, side="right")

    def seen(self) -> list[Decision]:
        """The rules' decisions as ones on the view; those of which the view has nothing are left out."""
        found = []
        for decision in self.ruled:
            start, end = np.searchsorted(self.places, (decision.start, decision.end)).tolist()
            if start < end:
                found.append(_moved(decision, Span(start, end)))
        return found

    def told(self, decision: Decision) -> Decision | None:
        """A decision on the view as one on the original; None where it would tear markup apart."""
        span = self.back(Span(decision.start, decision.end))
        return None if span is None else _moved(decision, span)

    def back(self, span: Span) -> Span | None:
        """What a span of the view is in the original; None where it would tear markup apart."""
        first = self._block_from.get(span.start)
        last = self._block_to.get(span.end)
        text = self.original.text
        start = self.extents[first].start if first is not None else int(self.places[span.start])
        end = self.extents[last].end if last is not None else int(self.places[span.end - 1]) + 1
        torn = (first is None and not text[start - 1].isspace()) or (last is None and not text[end].isspace())
        return None if torn else Span(start, end)

    @cached_property
    def _block_from(self) -> dict[int, int]:
        return {start: number for number, start in enumerate(self.document.starts)}

    @cached_property
    def _block_to(self) -> dict[int, int]:
        return {end: number for number, end in enumerate(self.document.ends)}


def thinned(document: Document, gone: Sequence[Span], spaces: Sequence[int]) -> tuple[Document, Ints]:
    """A document without some stretches of its text, and where its characters stood; `spaces` are put in place.

    >>> seen, places = thinned(Document.from_text("a\\n b\\nc"), [Span(2, 3)], [1])
    >>> seen.text, places.tolist()
    ('a b\\nc', [0, 1, 3, 4, 5])
    """
    codes = np.frombuffer(document.text.encode("utf-32-le", "surrogatepass"), np.uint32).copy()
    codes[list(spaces)] = ord(" ")
    edges = np.zeros(len(codes) + 1, np.int64)
    np.add.at(edges, [span.start for span in gone], 1)
    np.add.at(edges, [span.end for span in gone], -1)
    places = np.flatnonzero(np.cumsum(edges[:-1]) == 0)
    seen = Document.from_text(codes[places].tobytes().decode("utf-32-le", "surrogatepass"))
    starts = np.array(document.starts, np.int64)
    lines = np.searchsorted(np.array(document.line_ends, np.int64), starts, side="right")
    inner = starts[1:][np.diff(lines) == 0]  # blocks that rules have parted inside lines
    return seen.split(np.searchsorted(places, inner).tolist()), places


def _moved(decision: Decision, span: Span) -> Decision:
    return Decision(
        span.start,
        span.end,
        decision.keep,
        decision.category,
        decision.by,
        decision.why,
        decision.confidence,
    )
