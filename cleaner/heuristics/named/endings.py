"""Fixed endings: the box on a running topic, the marks of a reprint, the notice who holds the rights.

Why: these stand below the body as sentences and short lines without any heading that names a page.
Spares: the same lines anywhere but at the end; a list "Label: text" without a topic line above it, or without a line
that points to other pages; a notice with prose below it.
Known mistakes: a topic box in a language that `TOPIC_HEADS` does not hold.
On gold dumps (html_text and soup, cross-validated) 15 notices that would stay otherwise are no body, and none is.
"""

from __future__ import annotations

from collections.abc import Container
from itertools import islice, takewhile

from cleaner.document import Category
from cleaner.heuristics.named.page import Finding, Page, staying
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


NOTICE_WITHIN = 6
"""Blocks that stay at the end of a text, among which the notice stands."""
LONGEST_NOTICE, NOTICE_HEAD = 200, 60
"""Characters of a notice, and those among which the year stands."""
LONGEST_RESERVED = 60
"""Characters of one that does not open with a sign of copyright: in more, somebody may speak of notices."""
YEAR_DIGITS = 4
HOLDERS = ("©", "ⓒ", "(c)", "c)", "copyright")
RESERVED = (
    "all rights reserved",
    "alle rechte vorbehalten",
    "tous droits réservés",
    "todos los derechos reservados",
    "todos os direitos reservados",
    "tutti i diritti riservati",
    "alle rechten voorbehouden",
    "wszelkie prawa zastrzeżone",
    "все права защищены",
    "무단 전재",
    "무단전재",
    "無断転載",
)


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


def legal_notice(page: Page, goes: Container[int]) -> list[Finding]:
    """The notice who holds the rights, among the last blocks that stay, and all that stays below it.

    >>> said = "The ferry left at noon, and nobody waved from the long pier."
    >>> page = Page.from_lines(said, said, "© 2031 Harbour Post", "1 Pier Road")
    >>> [tuple(finding.run) for finding in legal_notice(page, ())]
    [(2, 3), (3, 4)]
    """
    below = list(islice(staying(reversed(range(len(page))), goes), NOTICE_WITHIN))
    notices = [index for index in below if _is_notice(page.blocks[index])]
    if not notices:
        return []
    last = list(takewhile(lambda index: index in notices or not page.prose(index), below))
    start = next((index for index in reversed(last) if index in notices), 0)
    if not any(map(page.prose, staying(range(start), goes))):
        return []
    why = "the notice who holds the rights, at the end of the text"
    return [
        Finding(Span(index, index + 1), Category.FOOTER, "legal-notice", why)
        for index in reversed(last)
        if index >= start
    ]


def _is_notice(block: str) -> bool:
    """Whether a block says who holds the rights, and since when.

    >>> [_is_notice(line) for line in ("(c) 2031 Nora Blank", "<Copyright ⓒ Post. All rights reserved>", "© is a sign")]
    [True, True, False]
    """
    if len(block) > LONGEST_NOTICE:
        return False
    folded = block.casefold().lstrip("<([ ")
    if not folded.startswith(HOLDERS):
        return len(block) <= LONGEST_RESERVED and any(phrase in folded for phrase in RESERVED)
    if any(phrase in folded for phrase in RESERVED):
        return True
    head = folded[:NOTICE_HEAD].replace("-", " ").replace("–", " ").split()
    return any(_is_year(word.strip("©,.()")) for word in head)


def _is_year(word: str) -> bool:
    return len(word) == YEAR_DIGITS and word.isdecimal() and word[:2] in ("19", "20")
