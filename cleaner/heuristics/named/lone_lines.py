"""Lines of a page that say by their shape what they are: buttons, offers of shops, signatures of remarks.

Why: such a line stands between paragraphs as a subheading does, and the model takes it for one.
Spares: texts without a page; items of lists; a word alone, as a label has, but for "Advertisement", "Share" and their
like; what a sentence goes on from or goes on with on the next line; a line with a colon; prices among other words.
Known mistakes: a heading of an article that is no more than the words of a button; a list of what shops ask.
On gold dumps (html_text and soup) lines that would stay otherwise were no body, and body: buttons 118 and 9, offers 160
and 2, signatures 14 and 2.
"""

from __future__ import annotations

import numpy as np

from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.shapes import is_bullet
from cleaner.heuristics.named.hints import LONGEST_LONE, beginnings, begins, by_itself, may_be_offer, may_be_signed
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.prompts import evidence

KINDS = frozenset({"advertisement", "media", "navigation", "newsletter", "paywall", "share"})
"""Kinds of prompts that are buttons. A line such as "Read more" is body half of the time by the gold, and stays."""
LABELS = frozenset({"advertisement"})
"""Kinds of which one word is a label of the page ..."""
SHARE = frozenset(("compartilhar", "compartir", "condividi", "del", "dela", "delen", "partager", "partilhar"))
SHARE = SHARE.union(("share", "teilen", "tweet"))
"""... and single words that are buttons."""
GOING_ON = ",.;:)!?"
"""Marks in which the rest of a sentence begins on a line of its own."""
OFFER_WORDS = 8
ASKED_AT = frozenset(("at", "from", "on", "bei", "auf", "chez", "sur", "bij", "hos", "en"))
"""Words between a price and the shop."""
CURRENCIES = ("$", "€", "£", "¥", "₹", "₽", "₩")
SIGNED = ("—", "–", "-")
"""Dashes that open a signature."""


_KINDS, _LABELS = (tuple(map(evidence.KINDS.index, kinds)) for kinds in (KINDS, LABELS))
_SHARE = beginnings(SHARE)


@by_itself
def may_be_button(b: Batch) -> Booleans:
    """Blocks for `is_button`: a prompt of several words, a label, or what begins as the single words do."""
    prompts = evidence.prompts_of(b)
    alone = np.isin(prompts.said, _LABELS) | begins(b, _SHARE)
    return np.asarray(np.isin(prompts.said, _KINDS) & (prompts.phrased | alone))


def lone_lines(page: Page) -> list[int]:
    """The blocks of a page that are such a line and nothing else.

    >>> said = "The ferry left at noon, and nobody waved from the long pier."
    >>> lone_lines(Page.from_lines(said, "Learn more", said, "Learn more", "about ferries.", "$30 at Quill's", "Share"))
    [1, 5, 6]
    """
    found = {index for index in page.hinted(may_be_button) if is_button(page, index)}
    found.update(index for index in page.hinted(may_be_offer) if is_offer(page.blocks[index]))
    found.update(index for index in page.hinted(may_be_signed) if is_signature(page.blocks[index]))
    return sorted(found)


def is_button(page: Page, index: int) -> bool:
    """Whether a prompt that is nothing else is a button."""
    block = page.blocks[index]
    several = " " in block
    if not (page.phrased[index] if several else block.lower() in SHARE or any(page.says(index, k) for k in LABELS)):
        return False
    if is_bullet(block) or block.endswith((":", "：")):
        return False
    first = next(filter(str.isalpha, block), "")
    below = page.blocks[index + 1][0] if index + 1 < len(page) else ""
    if first.islower() or below.islower() or (below and below in GOING_ON):
        return False
    prompt = page.prompts[index]
    return prompt is not None and prompt.place == "whole" and (" " in prompt.phrase or not several)


def is_offer(block: str) -> bool:
    """Whether a line says what a shop asks, and nothing behind it.

    >>> [is_offer(line) for line in ("$30 at Quill's", "Buy for 49,99 € bei Blank & Quill", "He asked $30 at the pier")]
    [True, True, False]
    """
    words = block.split()
    if len(block) > LONGEST_LONE or not 3 <= len(words) <= OFFER_WORDS or block.endswith((".", "!", "?", ":")):
        return False
    for place in range(1, len(words) - 1):
        if words[place] in ASKED_AT and _is_price("".join(words[max(place - 2, 0) : place])):
            return all(word[0].isupper() or not word[0].isalnum() for word in words[place + 1 :])
    return False


def _is_price(text: str) -> bool:
    """Whether a text ends in an amount with the sign of a currency before or behind it."""
    before = text.rstrip("0123456789.,")
    if before == text:
        return text.endswith(CURRENCIES) and text.rstrip("".join(CURRENCIES))[-1:].isdigit()
    return before.endswith(CURRENCIES) and text[-1].isdigit()


def is_signature(block: str) -> bool:
    """Whether a line signs a remark of a network: "— Name (@handle) date".

    >>> [is_signature(line) for line in ("— Ida Quill (@idaquill) May 4, 2031", "— Ida Quill, keeper of the pier")]
    [True, False]
    """
    if not block.startswith(SIGNED) or len(block) > LONGEST_LONE:
        return False
    _, opened, rest = block.partition("(@")
    handle, closed, _ = rest.partition(")")
    return bool(opened and closed) and handle.replace("_", "").isalnum()
