"""Fixed endings: the box on a running topic, the marks of a reprint.

Why: these stand below the body as sentences and short lines without any heading that names a page.
Spares: the same lines anywhere but at the end; a list "Label: text" without a topic line above it, or without a line
that points to other pages.
Known mistakes: a topic box in a language that `TOPIC_HEADS` does not hold.
"""

from __future__ import annotations

from cleaner.document import Category
from cleaner.heuristics.named.page import Finding, Page
from cleaner.span import Span

# What follows the colon in the heading of a topic box.
TOPIC_HEADS = (
    "what you need to know",
    "what to know",
    "was sie wissen müssen",
    "ce qu'il faut savoir",
    "lo que debe saber",
)
POINTERS = (
    "our full coverage",
    "full coverage",
    "our coverage",
    "subscribe to our",
    "photos",
    "live updates",
    "our channel",
)
MOST_BOX = 12  # lines of a topic box
LONGEST_LABEL = 5  # words before the colon
REPRINT_LINES = frozenset({"source link", "by admin", "source", "admin", "read original article", "go to source"})


def topic_box(page: Page) -> list[Finding]:
    """A box "Topic: What you need to know" with its "Label: text" lines, at the end of the page.

    >>> page = Page.from_lines("It rained.", "Flood in Norland: What you need to know", "The latest: The river fell.",
    ...     "Photos: See the town from above.", "Read our full coverage of the flood.")
    >>> [tuple(finding.run) for finding in topic_box(page)]
    [(1, 5)]
    """
    for index in range(len(page) - 1, max(len(page) - MOST_BOX - 8, 0), -1):
        if ":" not in page.blocks[index]:
            continue
        _, _, head = page.blocks[index].partition(":")
        if head.casefold().replace("’", "'").strip() not in TOPIC_HEADS:
            continue
        end, labels, pointers = index + 1, 0, 0
        while end < len(page) and end - index <= MOST_BOX:
            label, colon, _ = page.blocks[end].partition(":")
            labelled = bool(colon) and len(label.split()) <= LONGEST_LABEL
            pointing = any(pointer in page.blocks[end].casefold() for pointer in POINTERS)
            if not labelled and not pointing:
                break
            labels, pointers, end = labels + labelled, pointers + pointing, end + 1
        if labels >= 2 and pointers:
            why = "a box on the running topic, which links to other pages"
            return [Finding(Span(index, end), Category.TEASER, "topic-box", why)]
    return []


def reprint_marks(page: Page) -> list[Finding]:
    """Lines at the very end that say where a copy was taken from.

    >>> [tuple(finding.run) for finding in reprint_marks(Page.from_lines("It rained.", "Source link", "By admin"))]
    [(1, 3)]
    """
    start = len(page)
    while start > 1 and _is_mark(page.blocks[start - 1]):
        start -= 1
    if start == len(page):
        return []
    why = "the mark of a copy, at the end of the text"
    return [Finding(Span(start, len(page)), Category.FOOTER, "reprint-mark", why)]


def _is_mark(block: str) -> bool:
    """Whether a block is a mark of a copy; in small letters it is the end of a sentence or of a poem."""
    return block[0].isupper() and block.casefold().strip(" .:") in REPRINT_LINES
