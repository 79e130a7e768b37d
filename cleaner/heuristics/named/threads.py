"""Comment threads below the article: the heading, every remark, the reply buttons between them.

Why: remarks are prose; only the buttons and headings around them say that readers wrote them.
Spares: a heading "Comments" with no buttons below it; whatever stands after the last button.
Begins: at the heading, or where the heading is a count ("3 Comments"), at that, if the first button is near.
Known mistakes: the remark below the last button stays for the judgement by neighbours; a thread without buttons too.
"""

from __future__ import annotations

from itertools import accumulate

from cleaner.document import Category
from cleaner.heuristics.features.measures import lexicon_share
from cleaner.heuristics.named.page import Finding, Page
from cleaner.span import Span

FEWEST_BUTTONS = 3
LONGEST_BUTTON = 5  # words
FARTHEST_BUTTON = 25  # blocks from one button to the next
FARTHEST_HEADING = 8  # blocks from a count to the first button
LEAST_ARTICLE = 80  # words of prose above the thread


def comment_thread(page: Page) -> list[Finding]:
    """The run of a comment thread, from its heading or first button to its last button.

    >>> prose = "The council met on Monday and talked about the new bridge, which costs more than the old one did."
    >>> page = Page.from_lines(*[prose] * 5, "Comments", *["I like it as it was.", "Reply"] * 3, "More news")
    >>> [tuple(finding.run) for finding in comment_thread(page)]
    [(5, 12)]
    """
    buttons = [index for index in page.names("comments") if page.shapes[index].words <= LONGEST_BUTTON]
    runs: list[list[int]] = []
    for index in buttons:
        if runs and index - runs[-1][-1] <= FARTHEST_BUTTON:
            runs[-1].append(index)
        else:
            runs.append([index])
    why = "remarks of readers, with buttons to answer them"
    found = [run for run in runs if len(run) >= FEWEST_BUTTONS and _repeats(page, run)]
    threads = [Span(_heading(page, run[0]), run[-1] + 1) for run in found]
    return [
        Finding(run, Category.COMMENTS, "comment-thread", why) for run in threads if _below_article(page, run.start)
    ]


def _heading(page: Page, first: int) -> int:
    """The block in which a thread begins of which the first button is known."""
    named = lexicon_share("comments")(page.batch)[page.first :]
    for index in range(first - 1, max(first - FARTHEST_HEADING, 0) - 1, -1):
        count, _, noun = page.blocks[index].partition(" ")
        if count.isdigit() and len(noun.split()) == 1 and named[page.numbers[index]] > 0:
            return index
    return first


def _repeats(page: Page, run: list[int]) -> bool:
    """Whether one button returns, as below every remark."""
    return any(page.times(index) >= FEWEST_BUTTONS - 1 for index in run)


def _below_article(page: Page, start: int) -> bool:
    return any(words >= LEAST_ARTICLE for words in accumulate(page.prose_words(Span(0, start))))
