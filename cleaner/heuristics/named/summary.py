"""The summary of an article whose byline or date stands below it: a sentence or two between these and the title.

Why: what stands above the byline is written about the article, not in it; but it is a sentence on the same matter, and
the model takes it for the first.
Spares: on pages read as HTML, what no element calls a summary; what has a byline or a date above it, too; what no title
stands above; the opening of a text that has little more.
Known mistakes: a page that prints the first paragraph above the byline.
On gold dumps (html_text and soup, cross-validated) 89 blocks that would stay otherwise are no body, and 17 are; nearly
all of these are summaries that the gold keeps. On pages as HTML 11 are none and 9 are.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import accumulate, islice, takewhile

from cleaner.document import Category
from cleaner.heuristics.named.dates import holds_date
from cleaner.heuristics.named.headline import headline, is_stamp
from cleaner.heuristics.named.page import Finding, Page, staying
from cleaner.span import Span

MOST_BLOCKS, LEAST_WORDS, MOST_WORDS = 2, 6, 80
"""Blocks of a summary; words of the longest, and of all of them."""
STAMP_WITHIN = 3
"""Blocks below the summary among which a byline or a date stands ..."""
NO_STAMP_WITHIN = 4
"""... and those above it among which none does ..."""
TITLE_WITHIN = 3
"""... and the title does."""
PROSE_WITHIN = 3
"""Blocks that stay below the summary among which there is prose."""
LEAST_BODY = 3
"""Times the words of the summary that stay below it."""
SURE = 0.84
"""Share of the blocks found that are no body by the gold."""


def summary_above_byline(page: Page, goes: Container[int]) -> list[Finding]:
    """The first blocks that stay, if they are such a summary.

    >>> said = "The bridge at Oldport opened on Monday, and the whole town came to see the ships that pass below it."
    >>> lines = ["A bridge opens at last", "It took ten years and two storms.", "By Nora Blank", said, said]
    >>> [tuple(finding.run) for finding in summary_above_byline(Page.from_lines(*lines), {0, 2})]
    [(1, 2)]
    """
    blocks = range(len(page))
    first = next((index for index in blocks if index not in goes), 0)
    if not first:
        return []
    run = range(first, first + len(list(islice(_stays(blocks[first:], goes), MOST_BLOCKS + 1))))
    if len(run) > MOST_BLOCKS or not _may_be_summary(page, run) or not _is_stamped(page, run, goes):
        return []
    if page.document.page is not None and not _is_told(page, run):
        return []
    title = headline(page, goes)
    if title is None or title < first - TITLE_WITHIN or not has_body(page, run, goes):
        return []
    why = "a sentence between the title and the byline or the date"
    return [Finding(Span(run.start, run.stop), Category.SUMMARY, "summary-above-byline", why, SURE)]


def _is_told(page: Page, run: range) -> bool:
    """Whether the elements of a page say that it is a summary."""
    return all(page.element_category(index, run.stop) is Category.SUMMARY for index in run)


def _stays(blocks: range, goes: Container[int]) -> Iterator[int]:
    return takewhile(lambda index: index not in goes, blocks)


def _may_be_summary(page: Page, run: range) -> bool:
    words = [page.shapes[index].words for index in run]
    return max(words) >= LEAST_WORDS and sum(words) <= MOST_WORDS and not page.shapes[run[-1]].colon


def _is_stamped(page: Page, run: range, goes: Container[int]) -> bool:
    """Whether a byline or a date that goes stands close below, and none close above."""
    below = takewhile(goes.__contains__, range(run.stop, min(run.stop + STAMP_WITHIN, len(page))))
    above = range(max(run.start - NO_STAMP_WITHIN, 0), run.start)
    return any(_is_stamp(page, index) for index in below) and not any(_is_stamp(page, index) for index in above)


def _is_stamp(page: Page, index: int) -> bool:
    prompt = page.prompts[index]
    by = prompt is not None and prompt.kind == "byline" and prompt.place != "inside" and not page.prose(index)
    return by or is_stamp(page, index) or holds_date(page.blocks[index])


def has_body(page: Page, run: range, goes: Container[int]) -> bool:
    """Whether prose follows, and that much that the text does not begin with the byline."""
    below = list(staying(range(run.stop, len(page)), goes))
    least = LEAST_BODY * sum(page.shapes[index].words for index in run)
    enough = any(words >= least for words in accumulate(page.shapes[index].words for index in below))
    return enough and any(page.prose(index) for index in below[:PROSE_WITHIN])
