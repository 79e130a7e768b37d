"""Teasers of other articles below the article: heading, picture line, prose and "more" line go together.

Why: the prose of a teaser looks like body, and only the line below it ("keep reading") says what it is.
Spares: a list of things with a link under each, which is all article; a "more" line inside the article, with no
heading lines of its own above its prose; the article's own opening, shortened behind a "more" line.
Known mistakes: a lone teaser with a single heading line and no credit stays.
"""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from cleaner.document import Category
from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.named.credits import is_credit
from cleaner.heuristics.named.hints import beginnings, begins, by_itself
from cleaner.heuristics.named.page import Finding, Page
from cleaner.span import Span

LONGEST_MORE = 6  # words of a "more" line
LONGEST_END = 100  # characters of it
# Openings of the line that ends a teaser; a heading such as "Related" opens one instead and is not meant.
ENDS = (
    "keep reading",
    "read more",
    "continue reading",
    "read the full",
    "read full",
    "read article",
    "read story",
    "show less",
    "weiterlesen",
    "mehr lesen",
    "jetzt lesen",
    "zum artikel",
    "lire la suite",
    "lire plus",
    "leer más",
    "seguir leyendo",
    "leggi tutto",
    "continua a leggere",
    "leia mais",
    "ler mais",
    "lees meer",
    "lees verder",
    "läs mer",
    "les mer",
    "læs mere",
    "lue lisää",
    "czytaj więcej",
    "czytaj dalej",
    "číst dál",
    "читать далее",
    "читать полностью",
    "читати далі",
    "devamını oku",
    "διαβάστε περισσότερα",
    "اقرأ المزيد",
    "続きを読む",
    "もっと読む",
    "阅读更多",
    "阅读全文",
    "閱讀更多",
    "더 보기",
    "더보기",
)
_BEGINNINGS = beginnings(ENDS)
MOST_PROSE = 8  # blocks of prose in one teaser
MOST_HEADING = 7  # lines above the prose: section, text of the picture, credit, title, section
LONGEST_TITLE = 18  # words
MOST_BETWEEN = 120  # words of prose below the first teaser that belong to none: boxes of the page
LEAST_ARTICLE = 80  # words of prose that must stand above the first teaser


@by_itself
def may_be_more(b: Batch) -> Booleans:
    """The hint for "more" lines: short blocks that begin with the letters of one."""
    return np.asarray(begins(b, _BEGINNINGS) & (b.length <= LONGEST_END))


def teasers(page: Page) -> list[Finding]:
    """The runs of teasers.

    >>> page = Page.from_lines(
    ...     *["The council met on Monday and talked about the new bridge, which will cost more than the old one."] * 5,
    ...     "Rivers", "Top photo credit: A boat at dusk (Nora Blank/Agency)", "Boats return", "South",
    ...     "After ten years without a single boat, the river carries freight again, said the port.", "Keep reading")
    >>> [(finding.run.start, finding.run.end) for finding in teasers(page)]
    [(5, 11)]
    """
    found: list[Span] = []
    floor = 0
    for index in page.hinted(may_be_more):
        if not page.blocks[index].casefold().startswith(ENDS):
            continue
        if page.shapes[index].words > LONGEST_MORE:
            continue
        run = _teaser(page, floor, index)
        if run is not None:
            found.append(run)
        floor = index + 1
    if not found or not _below_article(page, found):
        return []
    why = "heading, prose and “more” line of another article"
    return [
        Finding(run, Category.TEASER, "whole-teaser", why)
        for number, run in enumerate(found)
        if _is_sure(page, found, number)
    ]


def _teaser(page: Page, floor: int, more: int) -> Span | None:
    """The teaser that a "more" line ends, or None."""
    top = more - (more > floor and page.shapes[more - 1].prose)
    while (
        top < more
        and top > max(floor, more - MOST_PROSE)
        and page.shapes[top - 1].prose
        and not _short_or_credit(page, top - 1)
    ):
        top -= 1
    if top == more:
        return None
    start, sentences = top, 0
    while start > max(floor, top - MOST_HEADING) and _short_or_credit(page, start - 1):
        sentences += page.shapes[start - 1].prose and not is_credit(page.blocks[start - 1])
        if sentences > 1:
            break
        start -= 1
    while start < top and page.shapes[start].prose and not is_credit(page.blocks[start]):
        start += 1
    return Span(start, more + 1) if top - start >= 2 else None


def _short_or_credit(page: Page, index: int) -> bool:
    shape = page.shapes[index]
    return is_credit(page.blocks[index]) or shape.words < 8 or (shape.words <= LONGEST_TITLE and not shape.quoted)


def _is_sure(page: Page, found: list[Span], number: int) -> bool:
    """A teaser is sure with a credit in its heading, or with another teaser right above or below it."""
    run = found[number]
    above = number > 0 and found[number - 1].end >= run.start
    below = number + 1 < len(found) and found[number + 1].start <= run.end
    return above or below or any(is_credit(page.blocks[index]) for index in range(run.start, run.end))


def _below_article(page: Page, found: list[Span]) -> bool:
    """Whether more prose stands above the teasers than in them, and next to none after the first that is in none."""
    inside = sum(sum(page.prose_words(run)) for run in found)
    least, most = max(LEAST_ARTICLE, inside), MOST_BETWEEN + inside
    above, below = Span(0, found[0].start), Span(found[0].start, len(page))
    if any(words > most for words in accumulate(page.prose_words(below))):  # most pages end here, and soon
        return False
    return any(words >= least for words in accumulate(page.prose_words(above)))
