"""What is left of the page above the first and below the last paragraph of the body.

Why: on a short page the model has little to go by; a menu entry above the article, and the titles below a heading such
as "Read more", stay as if they were its subheadings.
Spares: longer lines above the body that are no prompts, and short lines below it that no heading stands above; a body
of one paragraph, whose edges cannot be told.
Known mistakes: a last line of the article without a full stop, below a prompt inside the article's end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container

from cleaner.heuristics.named.page import Page, staying

FEWEST_ENTRIES = 2
"""Prompts above the body that make a menu ..."""
LONGEST_ENTRY = 3
"""... of which lines of so many words are entries, too."""


def edges(page: Page, goes: Container[int]) -> list[int]:
    """The blocks at the edges that go beside those that `goes` already holds.

    >>> said = "The ferry left at noon, and nobody waved from the long pier."
    >>> edges(Page.from_lines("Home", said, said, "Read more", "The crane nobody wanted"), {3})
    [0, 4]
    """
    stays = list(staying(range(len(page)), goes))
    first = next((index for index in stays if page.prose(index)), len(page))
    last = next((index for index in reversed(stays) if page.prose(index)), 0)
    if first >= last:
        return []
    menu = bisect_left(page.prompted, first) >= FEWEST_ENTRIES
    above = stays[: bisect_left(stays, first)]
    found = [index for index in above if page.strong(index) or (menu and _entry(page, index, goes))]
    headings = page.prompted[bisect_right(page.prompted, last) :]
    return found + stays[bisect_left(stays, headings[0]) :] if headings else found


def _entry(page: Page, index: int, goes: Container[int]) -> bool:
    """Whether a block may be an entry of the menu: short, and with another right below it."""
    followed = index + 1 in goes or page.strong(index + 1)
    return followed and page.shapes[index].words <= LONGEST_ENTRY
