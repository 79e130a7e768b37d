"""Text that a page holds and does not show.

Why: menus, players and copies of the article wait hidden until a script shows them, and read like text.
Spares: hidden text that is most of what would be kept: a page whose script shows its article later.
On every third gold page, hidden text that the model keeps is body on the three pages where it is most of the kept text
(73 % or more), and never on the six where it is less (49 % or less).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from cleaner.document import Category
from cleaner.heuristics.named.page import Finding, Page, findings_of
from cleaner.heuristics.named.places import spans_of

MOST = 0.5
"""Share of the kept words up to which hidden text goes."""


def hidden_text(page: Page, left: Sequence[int]) -> list[Finding]:
    """The hidden ones of the blocks that are left."""
    if page.document.page is None:
        return []
    hidden = list(spans_of(page.document.page.markup, lambda element: element.hidden))
    if not hidden:
        return []
    starts = [page.span(index).start for index in left]
    found = [
        left[number]
        for span in hidden
        for number in range(bisect_left(starts, span.start), bisect_left(starts, span.end))
    ]
    if page.words[found].sum() > MOST * page.words[left].sum():
        return []
    why = "the page does not show it"
    return findings_of(found, Category.OTHER, "hidden", why)
