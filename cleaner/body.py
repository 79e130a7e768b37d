"""The one place that removes text: input minus dropped spans, and the account of every character.

Rules of the removal, which keep the guarantee:

* A line whose whole content is dropped goes with its line break. A run of blank lines that such lines leave behind
  collapses to one blank line, or to none at the top and at the bottom. Blank lines elsewhere stay as they are.
  That holds for blank lines inside a dropped span too: paragraphs that stood apart still do.
* A span dropped inside a line takes the white space on one side with it, so that one separator is left. Where no
  white space would be left between two words, the span stays: a removal must not make a new word.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from cleaner.document import Category, Decision, Document, Span

BLANK_RUN = "layout/blank-run"
UNTOUCHED = "default/untouched"

_LEFT_BEHIND = Decision(0, 0, False, Category.OTHER, BLANK_RUN, "blank lines left behind by dropped lines")


class _Piece(NamedTuple):
    """Part of a drop: its share of one line, then what is removed for it."""

    start: int
    end: int
    drop: Decision


class Body(NamedTuple):
    """`text` is what is left, `decisions` a gapless account of the input."""

    text: str
    decisions: tuple[Decision, ...]


def assemble(document: Document, decisions: Iterable[Decision]) -> Body:
    """Remove what the decisions drop. They may come in any order but must not overlap.

    >>> from cleaner.document import Category, Decision, Document
    >>> text = "Menu\\n\\nA storm came.\\n\\nShare\\n\\nIt left.\\n"
    >>> drop = [Decision(0, 4, False, Category.NAVIGATION, "x", ""), Decision(21, 26, False, Category.SHARE, "x", "")]
    >>> body = assemble(Document.from_text(text), drop)
    >>> body.text
    'A storm came.\\n\\nIt left.\\n'
    >>> "".join(text[d.start:d.end] for d in body.decisions) == text
    True
    """
    ordered = _in_order(decisions)
    removed = _merged(_removals(document, [decision for decision in ordered if not decision.keep]))
    account = _account(len(document.text), removed, [decision for decision in ordered if decision.keep])
    text = document.text
    return Body("".join(text[d.start : d.end] for d in account if d.keep), account)


def _in_order(decisions: Iterable[Decision]) -> list[Decision]:
    ordered = sorted((d for d in decisions if d.start < d.end), key=lambda decision: decision.start)
    for left, right in pairwise(ordered):
        if right.start < left.end:
            raise ValueError(f"decisions overlap: {left} and {right}")
    return ordered


def _removals(document: Document, drops: Sequence[Decision]) -> list[_Piece]:
    """What really goes: the drops with their line breaks or white space, and the blank lines left behind."""
    by_line: dict[int, list[_Piece]] = {}
    line_ends = document.line_ends
    for drop in drops:
        line = bisect_right(line_ends, drop.start)
        start = drop.start
        while start < drop.end:
            end = min(drop.end, line_ends[line])
            by_line.setdefault(line, []).append(_Piece(start, end, drop))
            start, line = end, line + 1
    removed: list[_Piece] = []
    gone: dict[int, list[_Piece]] = {}
    for line, pieces in by_line.items():
        span = _line(document, line)
        if _covers(document.text, span, pieces):
            gone[line] = pieces
        else:
            removed.extend(_inside_line(document.text, span, pieces))
    removed.extend(_whole_lines(document, gone))
    removed.sort(key=itemgetter(0))
    return removed


def _merged(pieces: Sequence[_Piece]) -> list[Decision]:
    """One decision for the pieces of one drop that touch."""
    merged: list[Decision] = []
    position = 0
    while position < len(pieces):
        start, end, drop = pieces[position]
        position += 1
        while position < len(pieces) and pieces[position].start == end and pieces[position].drop is drop:
            end = pieces[position].end
            position += 1
        merged.append(Decision(start, end, False, drop.category, drop.by, drop.why, drop.confidence))
    return merged


def _line(document: Document, line: int) -> Span:
    return Span(document.line_ends[line - 1] if line else 0, document.line_ends[line])


def _covers(text: str, line: Span, pieces: Sequence[_Piece]) -> bool:
    """Whether only white space is left of the line."""
    edge = line.start
    for piece in pieces:
        if not _blank(text, edge, piece.start):
            return False
        edge = piece.end
    return _blank(text, edge, line.end)


def _blank(text: str, start: int, end: int) -> bool:
    return start >= end or text[start:end].isspace()


def _inside_line(text: str, line: Span, pieces: Sequence[_Piece]) -> list[_Piece]:
    """Drops that leave something of their line, each with the white space that would otherwise stand double."""
    removed: list[_Piece] = []
    for group in _neighbours(text, pieces):
        start, end = group[0].start, group[-1].end
        before = _skip_blank_back(text, start, line.start)
        after = _skip_blank(text, end, line.end)
        if after == line.end:
            start = before
        elif before < start or before == line.start:
            end = after
        if not _would_join_words(text, start, end, line):
            removed.extend(_shared_out(Span(start, end), group))
    return removed


def _neighbours(text: str, pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """The drops without their outer white space, those together between which nothing else stands."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        content = text[piece.start : piece.end]
        if content.isspace():
            continue
        start = piece.start + len(content) - len(content.lstrip())
        bare = _Piece(start, piece.start + len(content.rstrip()), piece.drop)
        if groups and _blank(text, groups[-1][-1].end, start):
            groups[-1].append(bare)
        else:
            groups.append([bare])
    return groups


def _shared_out(span: Span, pieces: Sequence[_Piece]) -> list[_Piece]:
    """One removal, shared out among the decisions that ask for it: each up to the start of the next."""
    if len(pieces) == 1:
        return [_Piece(span.start, span.end, pieces[0].drop)]
    starts = [span.start, *(piece.start for piece in pieces[1:])]
    ends = [*starts[1:], span.end]
    return [_Piece(start, end, piece.drop) for piece, start, end in zip(pieces, starts, ends, strict=True)]


def _skip_blank(text: str, position: int, ceiling: int) -> int:
    while position < ceiling and text[position].isspace():
        position += 1
    return position


def _skip_blank_back(text: str, position: int, floor: int) -> int:
    while position > floor and text[position - 1].isspace():
        position -= 1
    return position


def _would_join_words(text: str, start: int, end: int, line: Span) -> bool:
    if start <= line.start or end >= line.end:
        return False
    left, right = text[start - 1], text[end]
    return left.isalnum() and right.isalnum() and not (_unspaced(left) or _unspaced(right))


def _unspaced(character: str) -> bool:
    """Whether the script writes words without spaces: kana, Han, Thai, Lao, Khmer, Myanmar."""
    return (
        "\u0e00" <= character <= "\u0eff"
        or "\u1000" <= character <= "\u109f"
        or ("\u1780" <= character <= "\u17ff" or "\u3040" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff")
    )


def _whole_lines(document: Document, gone: dict[int, list[_Piece]]) -> list[_Piece]:
    """The dropped lines with their breaks, and the surplus of the blank lines around each run of them."""
    removed: list[_Piece] = []
    last, position = len(document.line_ends), -1
    for first in sorted(gone):
        if first < position:
            continue
        top = first
        while top > max(position, 0) and _is_blank_line(document, top - 1):
            top -= 1
        bottom = first
        while bottom < last and (bottom in gone or _is_blank_line(document, bottom)):
            bottom += 1
        position = bottom
        spare = next((number for number in range(top, bottom) if _is_blank_line(document, number)), None)
        if top == 0 or bottom == last:
            spare = None
        for number in range(top, bottom):
            if number != spare:
                removed.extend(_line_removal(_line(document, number), gone.get(number)))
    return removed


def _is_blank_line(document: Document, number: int) -> bool:
    line = _line(document, number)
    return _blank(document.text, line.start, line.end)


def _line_removal(line: Span, pieces: list[_Piece] | None) -> list[_Piece]:
    """One whole line, shared out among the decisions that drop it."""
    if pieces is None:
        return [_Piece(line.start, line.end, _LEFT_BEHIND)]
    return _shared_out(line, pieces)


def _account(length: int, removed: Sequence[Decision], kept: Sequence[Decision]) -> tuple[Decision, ...]:
    """Cover 0..length without gap: the removals, and between them the kept spans stretched over white space."""
    account: list[Decision] = []
    edge, position = 0, 0
    for removal in [*removed, Decision(length, length, False, None, "", "")]:
        while position < len(kept) and kept[position].end <= edge:
            position += 1
        while edge < removal.start:
            inside = position < len(kept) and kept[position].start < removal.start
            if not inside:
                _stretch(account, edge, removal.start)
                edge = removal.start
                break
            here = kept[position]
            if edge < here.start:
                _stretch(account, edge, here.start)
            end = min(here.end, removal.start)
            account.append(replace(here, start=max(edge, here.start), end=end))
            edge = end
            if here.end <= removal.start:
                position += 1
        if removal.start < removal.end:
            account.append(removal)
            edge = removal.end
    return tuple(account)


def _stretch(account: list[Decision], start: int, end: int) -> None:
    """Give start..end to the kept decision before it, or to nobody's where there is none."""
    if account and account[-1].keep and account[-1].end == start:
        account[-1] = replace(account[-1], end=end)
    else:
        account.append(Decision(start, end, True, None, UNTOUCHED, "no rule and no heuristic speaks against it"))
