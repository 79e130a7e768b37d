"""What a page tells of its author below the last paragraph.

Why: it is prose in whole sentences, and where no heading such as "About the author" stands above it, the model takes
it for the article's last paragraph.
Spares: a page whose byline does not name the person; what is told in the words of a company ("our"); a paragraph with
more than a box below it.
Known mistakes: an article on its own author; a box that opens with something else than the name.
On gold dumps (html_text and soup, cross-validated) 17 paragraphs that would stay otherwise are no body, and seven are:
all seven tell of the author, and nothing else.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import islice

from cleaner.document import Category
from cleaner.heuristics.named.line_kinds import PARTICLES, is_name, opens_byline
from cleaner.heuristics.named.page import Finding, Page, findings_of, staying

MOST_BLOCKS, MOST_WORDS, MOST_SHARE = 7, 150, 0.2
"""Blocks and words that stay from the paragraph on, and their share of all that stay."""
LEAST_WORDS = 8
"""Words of the paragraph."""
BYLINE_WITHIN = 20
"""Blocks above the first paragraph among which the byline stands: farther up are menus."""
LONGEST_BYLINE = 10
"""Words of a byline."""
OF_NAMES = (4, 3, 2)
"""Words of a name with something else behind it."""
TELLS = frozenset(
    (
        *("is", "was", "has", "covers", "writes", "works", "lives", "holds", "leads", "reports", "serves", "studies"),
        *("ist", "schreibt", "arbeitet", "leitet", "berichtet", "lebt", "est", "écrit", "travaille", "couvre"),
        *("es", "escribe", "trabaja", "é", "escreve", "trabalha", "è", "scrive", "lavora", "schrijft", "werkt"),
        *("är", "er", "skriver", "arbetar", "arbejder", "jobber", "jest", "pisze", "je", "píše"),
    )
)
"""What follows the name."""
OF_COMPANIES = frozenset(("we", "our", "us", "wir", "unser", "unsere", "nous", "notre", "nos", "nuestro", "nuestra"))


def author_box(page: Page, goes: Container[int]) -> list[Finding]:
    """The blocks that stay from the paragraph on that tells of the author, with the name above it.

    >>> said = "The bridge at Oldport opened on Monday, and the whole town came to see the ships that pass below it."
    >>> lines = ["A bridge", "By Nora Blank", *[said] * 5, "Nora Blank", "Nora Blank has written on ships since 2031."]
    >>> [tuple(finding.run) for finding in author_box(Page.from_lines(*lines), {0, 1})]
    [(7, 8), (8, 9)]
    """
    below = islice(staying(reversed(range(len(page))), goes), MOST_BLOCKS)
    box = list(below)[::-1]
    told = [index for index in box if _tells(page, index)]
    if not told:
        return []
    stays = list(staying(range(len(page)), goes))
    first = next((index for index in stays if page.prose(index)), 0)
    above = range(max(first - BYLINE_WITHIN, 0), first)
    names = {name for index in above if index in goes for name in _names(page, index)}
    start = next((index for index in told if index > first and _name(page.blocks[index]) in names), None)
    if start is None or not _is_small(page, stays, start):
        return []
    name = _name(page.blocks[start])
    run = [index for index in box if index >= start or (index == start - 1 and page.blocks[index] == name)]
    why = "it tells of the author, below the article"
    return findings_of(run, Category.AUTHOR_BIO, "author-box", why)


def _tells(page: Page, index: int) -> bool:
    """Whether a block opens with a name and tells of who has it."""
    block = page.blocks[index]
    words = block.split(None, LEAST_WORDS - 1)
    if len(words) < LEAST_WORDS or TELLS.isdisjoint(words[min(OF_NAMES) : max(OF_NAMES) + 1]):
        return False
    if words[1].isalpha() and words[1].islower() and words[1] not in PARTICLES:  # mostly, and no name goes on so
        return False
    name = _name(block)
    behind = block[len(name) :].split()
    return bool(name) and behind[0] in TELLS and OF_COMPANIES.isdisjoint(map(str.casefold, behind))


def _name(block: str) -> str:
    """The name that a block opens with."""
    words = block.split(None, OF_NAMES[0])
    return next((name for size in OF_NAMES if is_name(name := " ".join(words[:size]))), "")


def _names(page: Page, index: int) -> Iterator[str]:
    """The name that a block is, or the names that may follow the "By" of one."""
    block = page.blocks[index]
    if page.shapes[index].words > LONGEST_BYLINE:
        return
    if is_name(block):
        yield block
    elif opens_byline(block):
        words = block.split()[1:]
        yield from (" ".join(words[:size]).rstrip(",") for size in OF_NAMES)


def _is_small(page: Page, stays: Sequence[int], start: int) -> bool:
    """Whether what stays from a block on is no more than a box."""
    below = sum(page.shapes[index].words for index in stays if index >= start)
    return below <= MOST_WORDS and below <= MOST_SHARE * sum(page.shapes[index].words for index in stays)
