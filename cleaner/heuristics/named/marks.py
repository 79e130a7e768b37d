"""Marks on a line of their own stay where the lines that they stand between do.

Why: some dumps put each piece of a paragraph on a line of its own, and so the full stop behind a link, the brackets
around one, the last line of a block of code. The model sees a line without words, drops half of them, and a sentence
without its full stop, code without its closing bracket is spoilt. No measure that counts words notices.
Spares: marks that stand between entries, such as "|" and "·", and stars; what another heuristic has found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from cleaner.heuristics.batches import columns as c
from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.named.hints import by_itself
from cleaner.heuristics.named.page import Finding, Page

CLOSING = frozenset(".!?…)]}”»。！？）」』】")
"""Marks that belong to what is before them ..."""
MARKS = CLOSING.union(",;:([{\"'“„«‘’‹›，、；：（「『【")
"""... and all that belong to a sentence, or to code."""
COMMENTS = frozenset(("/*", "/**", "*/"))
"""The marks of a comment in code."""
LONGEST = 4
"""Characters of such a line."""

_FIRST = c.character_set("".join(sorted(MARKS.union("/*"))))


@by_itself
def may_be_marks(b: Batch) -> Booleans:
    """Short blocks that begin and end with such a mark."""
    return np.asarray((b.length <= LONGEST) & c.held(b.first_codes, _FIRST) & c.held(b.last_codes, _FIRST))


def marks_between(page: Page, goes: Mapping[int, Finding | None]) -> list[int]:
    """The blocks of marks that stay although `goes` holds them.

    >>> lines = ["It rained, says the", "Harbour Post", ".", "if (rain) {", "close();", "}", "See above.", "|"]
    >>> marks_between(Page.from_lines(*lines), dict.fromkeys((2, 5, 7)))
    [2, 5]
    """
    return [index for run in _runs(page, goes) for index in _staying(page, run, goes)]


def _runs(page: Page, goes: Mapping[int, Finding | None]) -> Iterator[range]:
    """The runs of blocks of marks that the model drops."""
    start = end = -1
    for index in page.hinted(may_be_marks):
        if index not in goes or goes[index] is not None or not _are_marks(page.blocks[index]):
            continue
        if index != end:
            if end > 0:
                yield range(start, end)
            start = index
        end = index + 1
    if end > 0:
        yield range(start, end)


def _are_marks(block: str) -> bool:
    return MARKS.issuperset(block) or block in COMMENTS


def _staying(page: Page, run: range, goes: Mapping[int, Finding | None]) -> range:
    """What stays of a run: all of it between lines that stay, else what closes the line above."""
    if run.start == 0 or run.start - 1 in goes:
        return range(0)
    if run.stop < len(page) and run.stop not in goes:
        return run
    closes = page.blocks[run.start - 1][-1].isalnum() and page.blocks[run.start][0] in CLOSING
    return run[:1] if closes else range(0)
