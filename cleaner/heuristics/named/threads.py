"""Comment threads below the article: the heading, every remark, the reply buttons between them.

Why: remarks are prose; only the buttons and headings around them say that readers wrote them. Where there are no
buttons, a heading with a count ("3 Comments") has so many dates below it.
Spares: a heading "Comments" with no buttons below it; whatever stands after the last button; a count with fewer dates
below it, or with no article above it; the posts of a forum.
Begins: at the heading, or where the heading is a count ("3 Comments"), at that, if the first button is near.
Known mistakes: the remark below the last button stays for the judgement by neighbours; a thread with neither buttons
nor dates too.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, islice

import numpy as np

from cleaner.document import Category
from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.named.dates import is_date
from cleaner.heuristics.named.hints import by_itself, may_be_numbered
from cleaner.heuristics.named.page import Finding, Page
from cleaner.heuristics.prompts.evidence import KINDS, prompts_of
from cleaner.span import Span

REMARKS = KINDS.index("comments")
FEWEST_BUTTONS = 3
LONGEST_BUTTON = 5  # words
FARTHEST_BUTTON = 25  # blocks from one button to the next
FARTHEST_HEADING = 8  # blocks from a count to the first button
LEAST_ARTICLE = 80  # words of prose above the thread
FEWEST_REMARKS = 2  # that a heading counts
FARTHEST_DATE = 40  # blocks from the heading to the first date, and from one date to the next: a form may be between
MOST_DIGITS = 6  # of a count
MOST_COUNTS = 8  # headings that are looked at, as each may look through the whole text
LONGEST_FORM = 100  # words of prose between the heading and the first date
LONGEST_REMARK = 25  # blocks below the last date
# What the words for remarks begin with. "3 Likes" and "3 replies" stand below the posts of forums.
NOUNS = (
    *("comment", "kommentar", "coment", "reactie", "komentar", "komentář", "yorum"),
    *("thoughts on", "responses to", "коммент", "комент", "コメント", "评论", "評論", "댓글", "bình luận", "تعليق"),
)


@by_itself
def may_count_remarks(b: Batch) -> Booleans:
    """Begins with a digit and holds a word for remarks."""
    prompts = prompts_of(b)
    result = np.zeros(b.count, np.bool_)
    result[prompts.blocks[prompts.kinds == REMARKS]] = True
    return result & may_be_numbered(b)


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


def counted_remarks(page: Page) -> list[Finding]:
    """The run of a comment thread from a heading that counts its remarks to the end of the last one.

    >>> prose = "The council met on Monday and talked about the new bridge, which costs more than the old one did."
    >>> remarks = ["Ida", "4 May 2031, 9:33", "I like it.", "Jan", "5 May 2031, 8:12", "I do not."]
    >>> page = Page.from_lines(*[prose] * 5, "2 Comments on the bridge", *remarks, "Related articles")
    >>> [tuple(finding.run) for finding in counted_remarks(page)]
    [(5, 12)]
    """
    why = "remarks of readers, each with its date, as many as the heading above counts"
    for index in islice(_counts(page), MOST_COUNTS):
        count = int(page.blocks[index].partition(" ")[0])
        if not FEWEST_REMARKS <= count <= len(page) or not _below_article(page, index):
            continue
        dates = list(_dates(page, index, count))
        if len(dates) < count:
            continue
        if all(words <= LONGEST_FORM for words in accumulate(page.prose_words(Span(index + 1, dates[0])))):
            return [Finding(Span(index, _end_of_remark(page, dates[-1])), Category.COMMENTS, "counted-remarks", why)]
    return []


def _counts(page: Page) -> Iterator[int]:
    """The blocks that begin with a number and the word for remarks."""
    for index in page.hinted(may_count_remarks):
        count, _, noun = page.blocks[index].partition(" ")
        if count.isdecimal() and len(count) < MOST_DIGITS and noun.casefold().startswith(NOUNS):
            yield index


def _dates(page: Page, heading: int, count: int) -> Iterator[int]:
    """The first dates below a heading, none of them far from the one before."""
    last = heading
    for index in range(heading + 1, len(page)):
        if count == 0 or index - last > FARTHEST_DATE:
            return
        if is_date(page.blocks[index]):
            yield index
            last, count = index, count - 1


def _end_of_remark(page: Page, date: int) -> int:
    """Where the remark below the last date ends: at the next prompt."""
    end = date + 1
    while end < len(page) and end - date <= LONGEST_REMARK and not page.strong(end):
        end += 1
    return end


def _heading(page: Page, first: int) -> int:
    """The block in which a thread begins of which the first button is known."""
    for index in range(first - 1, max(first - FARTHEST_HEADING, 0) - 1, -1):
        count, _, noun = page.blocks[index].partition(" ")
        if count.isdigit() and len(noun.split()) == 1 and "comments" in page.kinds(index):
            return index
    return first


def _repeats(page: Page, run: list[int]) -> bool:
    """Whether one button returns, as below every remark."""
    return any(page.times(index) >= FEWEST_BUTTONS - 1 for index in run)


def _below_article(page: Page, start: int) -> bool:
    return any(words >= LEAST_ARTICLE for words in accumulate(page.prose_words(Span(0, start))))
