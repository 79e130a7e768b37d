"""Lines between the paragraphs of a page that point to another article: "Read more: Why the ferry stays in port".

Why: such a line is of the page, not of the article, but stands where a paragraph does and speaks of the same matter.
Spares: texts without a page; a line that ends as a sentence does; one word before the colon, as a list of values has
it ("Recommended: two eggs"), if the lexicon does not hold it with its colon.
On gold dumps and pages (html_text, soup, HTML, cross-validated) 184 lines that would stay otherwise are no body, and
103 are: whether such a line is body is the annotator's choice there, and no teaser is body here.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.named.hints import LONGEST_HEADLINE, by_itself
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.prompts import lexicon
from cleaner.heuristics.prompts.evidence import KINDS, prompts_of

MORE = KINDS.index("more")
COLONS = (":", "：")
ENDS = (".", "。", ";", ":", "：", ",")
"""Marks in which a headline does not end."""
MARKS = " \t»›>→▶►•●|*-–—"
"""What may stand before the words."""
LONG_WORD = 10
"""Characters from which one word may be a headline, as in scripts without spaces."""


@by_itself
def may_point(b: Batch) -> Booleans:
    """Opens with a phrase that names other articles."""
    prompts = prompts_of(b)
    result = np.zeros(b.count, np.bool_)
    result[prompts.blocks[prompts.opening & (prompts.kinds == MORE)]] = True
    return result & (b.length <= LONGEST_HEADLINE)


def pointers(page: Page) -> list[int]:
    """The blocks that are such a line, or the two that make one.

    >>> said = "The ferry left at noon, and nobody waved from the long pier."
    >>> pointers(Page.from_lines(said, "Read more: Why the ferry stays in port", said))
    [1]
    >>> pointers(Page.from_lines(said, "See also:", "Why the ferry stays in port", "Recommended: two eggs", said))
    [1, 2]
    """
    found = []
    for index in page.hinted(may_point):
        rest = pointed_to(page.blocks[index])
        if rest:
            found.append(index)
        elif rest is not None and index + 1 < len(page) and _is_headline(page.blocks[index + 1]):
            found += [index, index + 1]
    return found


def pointed_to(block: str) -> str | None:
    """The headline that a line points to, empty where it should follow on the next line; None where it does not point.

    >>> pointed_to("» Related: Ferry stays in port"), pointed_to("Read more:"), pointed_to("Related: one")
    ('Ferry stays in port', '', None)
    """
    colon = next((mark for mark in COLONS if mark in block), None)
    if colon is None:
        return None
    head, _, rest = (part.strip() for part in block.lstrip(MARKS).partition(colon))
    if lexicon.fold(head) not in _heads():
        return None
    return rest if not rest or _is_headline(rest) else None


def _is_headline(text: str) -> bool:
    long = " " in text or len(text) >= LONG_WORD
    return long and len(text) <= LONGEST_HEADLINE and not text.endswith(ENDS)


@cache
def _heads() -> frozenset[str]:
    """What may stand before the colon."""
    phrases = lexicon.phrases("more")
    return frozenset(phrase.rstrip(": ") for phrase in phrases if " " in phrase or phrase.endswith(":"))
