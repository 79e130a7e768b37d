"""Links to a place in the page itself that are but a sign at the edge of a block.

Why: handbooks and weblogs set a `¶` beside each heading, and show it under the pointer alone; a `↩` leads back from a
footnote. The rest of the block is body.
Spares: numbers and asterisks, which tell where a footnote belongs; signs inside a sentence; signs that are no link.
Known mistakes: such a link to the same place by its whole address.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence

import numpy as np

from cleaner.document import Category, Decision
from cleaner.heuristics.named.page import Page
from cleaner.span import Span

SIGNS = frozenset("#¶§🔗⚓∞^↩⏎⤴↵↑⇑⇧▲\u200b\ufe0e\ufe0f")
"""The signs, what no reader sees, and what says how a sign is drawn."""
LONGEST = 3
"""Characters of such a link."""


def permalinks(page: Page, goes: Container[int], others: Sequence[Decision]) -> list[Decision]:
    """The signs at the edges of the blocks that stay, and of which none of the `others` drops a part.

    >>> from cleaner.reading import read
    >>> from cleaner.heuristics.batches.batch import Batch
    >>> document = read('<h2 id="why">Why two piers?<a href="#why">¶</a></h2><p>See <a href="#b">§</a> 2.</p>', "html")
    >>> page = Page(document, (), Batch([document]), 0)
    >>> [page.document.text[found.start : found.end] for found in permalinks(page, (), ())]
    ['¶']
    """
    text = page.document.text
    found = []
    for index, sign in signs_of(page):
        block = page.span(index)
        if index in goes or _is_edge(text[block.start : sign.start]) == _is_edge(text[sign.end : block.end]):
            continue
        if not any(other.start < block.end and block.start < other.end for other in others):
            why = "a link to this place in the page"
            found.append(Decision(*sign, False, Category.NAVIGATION, "heuristic/permalink", why))
    return found


def signs_of(page: Page) -> Iterator[tuple[int, Span]]:
    """The pieces of text that are such a sign within such a link, each with its block."""
    document = page.document
    if document.page is None:
        return
    markup = document.page.markup
    for piece in np.flatnonzero(np.asarray(markup.anchored)).tolist():
        span = Span(markup.starts[piece], markup.ends[piece])
        if span.end - span.start <= LONGEST and SIGNS.issuperset(document.text[span.start : span.end]):
            index = _place(page, bisect_right(document.starts, span.start) - 1)
            if index is not None:
                yield index, span


def _is_edge(text: str) -> bool:
    """Whether a part of a block is nothing but blanks and signs."""
    return SIGNS.issuperset("".join(text.split()))


def _place(page: Page, number: int) -> int | None:
    """The place among the open blocks of a block of the document, if it is one of them."""
    index = bisect_right(page.numbers, number) - 1
    return index if index >= 0 and page.numbers[index] == number else None
