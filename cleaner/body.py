"""The one place that removes text: input minus dropped spans, and the account of every character.

Rules of the removal, which keep the guarantee:

* What goes depends on the dropped words alone: drops between which only white space stands are one run, and white
  space at the edges of a drop is no part of it.
* A line whose whole content is dropped goes with its line break. A run of blank lines that such lines leave behind
  collapses to one blank line, or to none at the top and at the bottom. Blank lines elsewhere stay as they are.
  That holds for blank lines inside a run of drops too: paragraphs that stood apart still do.
* A span dropped inside a line takes the white space on one side with it, so that one separator is left. Where no
  white space would be left between two words, the span stays: a removal must not make a new word.

The work is per run, not per line: most of a page goes, and nearly all of it in a few long runs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress, count, pairwise
from operator import attrgetter
from typing import NamedTuple

from cleaner.document import Category, Decision, Document
from cleaner.span import Span

BLANK_RUN = "layout/blank-run"
UNTOUCHED = "default/untouched"

_LEFT_BEHIND = Decision(0, 0, False, Category.OTHER, BLANK_RUN, "blank lines left behind by dropped lines")
_UNTOUCHED = Decision(0, 0, True, None, UNTOUCHED, "no rule and no heuristic speaks against it")

_Extent = tuple[int, int]
"""Half-open offsets, as a plain tuple: there is one for each run of drops."""


class Body(NamedTuple):
    """`text` is what is left, `decisions` a gapless account of the input."""

    text: str
    decisions: tuple[Decision, ...]


def remove(document: Document, drops: Sequence[Span]) -> str:
    """The body: what `assemble` leaves, without the account. The drops stand in order and do not overlap.

    >>> remove(Document.from_text("Menu\\n\\nA storm came.\\n\\nShare\\n\\nIt left.\\n"), [Span(0, 4), Span(21, 26)])
    'A storm came.\\n\\nIt left.\\n'
    """
    return _without(document.text, _removed(document, drops))


def assemble(document: Document, decisions: Iterable[Decision]) -> Body:
    """Remove what the decisions drop. They may come in any order but must not overlap.

    >>> text = "Menu\\n\\nA storm came.\\n\\nShare\\n\\nIt left.\\n"
    >>> drop = [Decision(0, 4, False, Category.NAVIGATION, "x", ""), Decision(21, 26, False, Category.SHARE, "x", "")]
    >>> body = assemble(Document.from_text(text), drop)
    >>> body.text
    'A storm came.\\n\\nIt left.\\n'
    >>> "".join(text[d.start:d.end] for d in body.decisions) == text
    True
    """
    ordered = _in_order(decisions)
    drops = [decision for decision in ordered if not decision.keep]
    removed = _removed(document, spans_of_drops(drops))
    kept = [decision for decision in ordered if decision.keep]
    account = _account(document.text, _shared_out(document, removed, drops), kept)
    return Body(_without(document.text, removed), account)


def spans_of_drops(decisions: Iterable[Decision]) -> list[Span]:
    """What the decisions drop, in order: what `remove` takes."""
    return sorted(Span(drop.start, drop.end) for drop in decisions if not drop.keep and drop.start < drop.end)


def _in_order(decisions: Iterable[Decision]) -> list[Decision]:
    ordered = sorted((d for d in decisions if d.start < d.end), key=attrgetter("start"))
    for left, right in pairwise(ordered):
        if right.start < left.end:
            raise ValueError(f"decisions overlap: {left} and {right}")
    return ordered


def _without(text: str, removed: Sequence[_Extent]) -> str:
    edges = [0, *chain.from_iterable(removed), len(text)]
    return "".join([text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)])


def _removed(document: Document, drops: Sequence[Span]) -> list[_Extent]:
    """What really goes, in order: the runs of drops with their line breaks or white space, and surplus blank lines."""
    text, line_ends, length = document.text, document.line_ends, len(document.text)
    removed: list[_Extent] = []
    for start, end in _runs(text, drops):
        before, behind = _skip_blank_back(text, start, 0), _skip_blank(text, end, length)
        # Nothing is left of the lines from `top` up to `bottom`; words are left of the lines above and below them.
        top = bisect_right(line_ends, before - 1) + 1 if before else 0
        bottom = bisect_right(line_ends, behind)
        if bottom < top:  # words of one line on both sides
            right = behind if before < start else end
            if not _would_join_words(text[start - 1], text[right]):
                removed.append((start, right))
            continue
        first, last = line_ends[top - 1] if top else 0, line_ends[bottom - 1] if bottom else 0
        if start < first:
            removed.append((before, _skip_blank_back(text, min(first, end), start)))
        if bottom - top == 1 and first <= start < last:
            removed.append((first, last))
        elif first < end and start < last:
            removed.extend(_whole_lines(document, top, bottom))
        if last < end:
            tail = _skip_blank(text, max(last, start), end)
            if removed and removed[-1][1] == tail:
                tail = removed.pop()[0]
            removed.append((tail, behind))
    return removed


def _runs(text: str, drops: Sequence[Span]) -> Iterator[_Extent]:
    """The drops without their outer white space, those together between which nothing else stands."""
    start = end = 0
    for left, right in drops:
        if left < end:
            raise ValueError(f"drops overlap or stand out of order: {Span(start, end)} and {Span(left, right)}")
        between = text[end:left]
        if between and not between.isspace():
            if start < end:
                yield start, _skip_blank_back(text, end, start)
            start = end = left
        start, end = start if start < end else _skip_blank(text, left, right), right
    if start < end:
        yield start, _skip_blank_back(text, end, start)


def _skip_blank(text: str, position: int, ceiling: int) -> int:
    """The first offset from `position` on, at most `ceiling`, where no white space stands."""
    width = 0  # the first step is one character: most often a line break alone stands there
    while position < ceiling and text[position].isspace():
        position += 1
        if width:
            stretch = text[position : min(position + width, ceiling)]
            position += len(stretch) - len(stretch.lstrip())
        width = 2 * width + 8
    return position


def _skip_blank_back(text: str, position: int, floor: int) -> int:
    """The last offset up to `position`, at least `floor`, before which no white space stands."""
    width = 0
    while position > floor and text[position - 1].isspace():
        position -= 1
        if width:
            stretch = text[max(position - width, floor) : position]
            position -= len(stretch) - len(stretch.rstrip())
        width = 2 * width + 8
    return position


def _would_join_words(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum() and not (_unspaced(left) or _unspaced(right))


def _unspaced(character: str) -> bool:
    """Whether the script writes words without spaces: kana, Han, Thai, Lao, Khmer, Myanmar."""
    return (
        "\u0e00" <= character <= "\u0eff"
        or "\u1000" <= character <= "\u109f"
        or ("\u1780" <= character <= "\u17ff" or "\u3040" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff")
    )


def _whole_lines(document: Document, top: int, bottom: int) -> list[_Extent]:
    """Dropped lines and the blank ones around and between them, but for the first blank one inside the text."""
    line_ends = document.line_ends
    start, end = line_ends[top - 1] if top else 0, line_ends[bottom - 1]
    blank = _first_blank_line(document, top, bottom) if top and bottom < len(line_ends) else None
    extents = [(start, end)] if blank is None else [(start, line_ends[blank - 1]), (line_ends[blank], end)]
    return [extent for extent in extents if extent[0] < extent[1]]


def _first_blank_line(document: Document, top: int, bottom: int) -> int | None:
    text, start, end = document.text, document.line_ends[top - 1], document.line_ends[bottom - 1]
    if text[start] == "\n":
        return top
    empty = text.find("\n\n", start, end)  # no line behind this one can be the first
    lines = text[start : end if empty < 0 else empty + 2].splitlines(keepends=True)
    return next(compress(count(top), map(str.isspace, lines)), None)


def _shared_out(document: Document, removed: Sequence[_Extent], drops: Sequence[Decision]) -> list[Decision]:
    """Every removed extent, shared out among the decisions in it; blank lines between them are left behind."""
    shared: list[Decision] = []
    position = 0
    for start, end in removed:
        while position < len(drops) and drops[position].end <= start:
            position += 1
        edge = start
        while position < len(drops) and drops[position].start < end:
            drop = drops[position]
            begin = max(_line_start(document, drop.start), edge) if drop.start > edge else edge
            if edge < begin:
                shared.append(_moved(_LEFT_BEHIND, edge, begin))
            following = drops[position + 1].start if position + 1 < len(drops) else end
            edge = min(_line_end(document, drop.end), following, end)
            shared.append(_moved(drop, begin, edge))
            if drop.end >= end:
                break
            position += 1
        if edge < end:
            shared.append(_moved(_LEFT_BEHIND, edge, end))
    return shared


def _line_start(document: Document, offset: int) -> int:
    """The start of the line that holds the character at the offset."""
    line = bisect_right(document.line_ends, offset)
    return document.line_ends[line - 1] if line else 0


def _line_end(document: Document, offset: int) -> int:
    """The end of the line that holds the character before the offset."""
    return document.line_ends[bisect_right(document.line_ends, offset - 1)]


def _moved(decision: Decision, start: int, end: int) -> Decision:
    return Decision(start, end, decision.keep, decision.category, decision.by, decision.why, decision.confidence)


def _account(text: str, removed: Sequence[Decision], kept: Sequence[Decision]) -> tuple[Decision, ...]:
    """Cover the text without gap: the removals, and between them the kept spans stretched over white space."""
    account: list[Decision] = []
    at_the_end = _moved(_UNTOUCHED, len(text), len(text))
    kept = [*kept, at_the_end]
    edge = position = 0
    for removal in [*removed, at_the_end]:
        while edge < removal.start:
            while kept[position].end <= edge:
                position += 1
            here = kept[position]
            start = min(max(here.start, edge), removal.start)
            if edge < start:
                account.append(_moved(_UNTOUCHED, edge, start))
            edge = start
            if start < removal.start:
                edge = _skip_blank(text, min(here.end, removal.start), removal.start)
                account.append(_moved(here, start, edge))
        if removal.start < removal.end:
            account.append(removal)
        edge = removal.end
    return tuple(account)
