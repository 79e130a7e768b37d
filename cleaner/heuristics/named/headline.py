"""The title of an article of which the text alone is left: the line above the body that reads most like one.

Why: no line of a dump says that it is the title; but a title is said again (the page's own title on the first line,
the heading below it), speaks of what the body speaks of, and stands close above it.
Spares: prompts, dates, credits, whole sentences, lines of one or two words.
Known mistakes: the headline of a teaser right above the body, on the same matter; a title of one or two words.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from cleaner.heuristics.batches.shapes import CLOSERS, QUOTES
from cleaner.heuristics.named.credits import is_credit
from cleaner.heuristics.named.dates import is_date
from cleaner.heuristics.named.line_kinds import is_byline, is_name
from cleaner.heuristics.named.page import Page, staying

FARTHEST = 60
"""Blocks above the body that are looked at ..."""
TOP = 4
"""... and those of the top, among which pages say their title."""
TITLE_WORDS = (3, 22)
LEAST_TOLD = 1.25
"""Signs from which a line is the title. This and the weights below were tried out on the dumps of html_text,
inscriptis and resiliparse of two folds of the gold, whose pages declare their titles."""
SHARED, MANY_SHARED, SAID_ABOVE, STAMPED, FAR = 2.0, 3.0, 3.0, 2.0, 1.75
"""What signs count: the share of its words that the body uses, so many of them (of `ENOUGH`), that a line at the top
says it and more, that a date or a byline follows, and, against it, the distance from the body (of `FARTHEST`)."""
ENOUGH = 6
STAMP_WITHIN = 4
"""Blocks below a title among which its date or byline stands."""
BODY_BLOCKS = 40
"""Blocks of the body whose words are compared."""
LEAST_LETTERS = 4
"""Letters of a word that says what a text is about."""
FIRST_UNSPACED = "\u0e00"
"""The first character of Thai, with which the scripts without spaces begin."""
AROUND_WORDS = ".,;:!?…()[]\"'“”„’‘«»"
OPENERS = QUOTES | frozenset("([¿¡#$€£@")
NO_END = frozenset(".,;:。")
"""Marks in which a title may begin, and those in which none ends."""
LONGEST = 300
"""Characters of a title."""


def headline(page: Page, goes: Container[int]) -> int | None:
    """The block that is the title, above the first paragraph that does not go.

    >>> said = "The bridge at Oldport opened on Monday, and the whole town came to see the ships below it."
    >>> lines = ["Bridge opens at Oldport | The Harbour Post", "Home", "News", "Bridge opens at Oldport", said]
    >>> headline(Page.from_lines(*lines), range(4))
    3
    """
    first = next(filter(page.prose, staying(range(len(page)), goes)), 0)
    if not any(index in goes for index in range(first)):
        return None
    top = range(min(TOP, first))
    titles = [index for index in sorted({*top, *range(max(first - FARTHEST, 0), first)}) if _looks_titled(page, index)]
    if not titles:
        return None
    tops = [page.blocks[index].casefold() for index in top]
    below = range(first, min(first + BODY_BLOCKS, len(page)))
    about = _words(page.blocks[index] for index in below if index not in goes)
    told = {index: _signs(page.blocks[index].casefold(), tops, about) for index in titles}
    best, most = None, LEAST_TOLD
    # What a line is, and what stands below it, takes long to find out: the lines that may win are asked first.
    for index in sorted(titles, key=lambda index: (told[index] + STAMPED - _far(first - index), index), reverse=True):
        if told[index] + STAMPED - _far(first - index) < most:
            break
        if not _is_something_else(page.blocks[index]):
            signs = told[index] + STAMPED * is_stamped(page, index) - _far(first - index)
            if signs > most or (signs == most and (best is None or index > best)):
                best, most = index, signs
    return best


def _far(blocks: int) -> float:
    """What speaks against a line so many blocks above the body."""
    return FAR * blocks / FARTHEST


def _looks_titled(page: Page, index: int) -> bool:
    """Whether a block has the form of a title."""
    block, (least, most) = page.blocks[index], TITLE_WORDS
    if len(block) > LONGEST or page.strong(index) or block[0].islower():
        return False
    if not (block[0].isalnum() or block[0] in OPENERS) or block.rstrip(CLOSERS)[-1:] in NO_END:
        return False
    words = len(block.split()) if block.isascii() else page.shapes[index].words
    return least <= words <= most


def _is_something_else(block: str) -> bool:
    """Whether a line of that form is known for another."""
    return is_byline(block) or is_name(block) or is_credit(block) or is_date(block)


def _signs(block: str, tops: Sequence[str], about: frozenset[str]) -> float:
    words = _words([block])
    shared = len(words & about)
    said_above = any(block in top and len(block) < len(top) for top in tops)
    return SHARED * shared / max(len(words), 1) + MANY_SHARED * min(shared / ENOUGH, 1) + SAID_ABOVE * said_above


def is_stamped(page: Page, index: int) -> bool:
    """Whether a date or a byline stands close below."""
    return any(is_stamp(page, near) for near in range(index + 1, min(index + 1 + STAMP_WITHIN, len(page))))


def is_stamp(page: Page, index: int) -> bool:
    """Whether a block says when an article was written, or by whom, and little else."""
    block = page.blocks[index]
    return page.says(index, "byline") or is_date(block) or is_byline(block)


def _words(blocks: Iterable[str]) -> frozenset[str]:
    """The words of blocks that say what they are about; of scripts without spaces, pairs of characters."""
    words = set(" ".join(blocks).casefold().split())
    found = {word.strip(AROUND_WORDS) for word in words if len(word) >= LEAST_LETTERS and word[0] < FIRST_UNSPACED}
    unspaced = (word for word in words if word[0] >= FIRST_UNSPACED)
    found.update(word[at : at + 2] for word in unspaced for at in range(len(word) - 1))
    return frozenset(found)
