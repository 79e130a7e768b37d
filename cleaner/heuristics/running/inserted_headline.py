"""Headlines of other articles on a line of their own between the paragraphs of a report.

A news page links related articles between its paragraphs; in the text their headlines look like subheadings. A
subheading says what comes next, so the next paragraphs name its topics; the headline of another article brings
topics that this one has not, and what follows goes on as if it were not there. Novelty alone would still cut odd
subheadings of guides and essays: only reports are looked at, and not those with many short lines.

Spared: subheadings, questions, list items, verse and dialogue, whatever ends as a sentence does or has no paragraph
on both sides. Known mistakes: the headline of a close relation of the article stays; so does one of fewer than five
words; the caption of a picture on other things than the article's, where no credit gives it away, goes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

import numpy as np

from cleaner.document import Category, Decision, Document
from cleaner.heuristics.named.hints import LONGEST_HEADLINE, between_paragraphs, may_be_headline, paragraphs
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.running.running_evidence import (
    MEDIA_INITIALS,
    Headline,
    is_foreign,
    is_link,
    is_reporting,
    read_headline,
)
from cleaner.heuristics.running.running_headline import (
    FIRST,
    LABELLED_WORDS,
    is_clause,
    is_long_enough,
    is_titled,
    may_end,
)
from cleaner.heuristics.running.running_words import count_topics, topics, words
from cleaner.span import Span

MOST_LINES = 4
"""Short lines between paragraphs, of any kind, from which they may be a series of subheadings ..."""

PARAGRAPHS_A_LINE = 6
"""... if there is one to fewer paragraphs than this."""

FEWEST_WORDS = 6
"""Words of a headline without a label: a line of its own is as often a subheading, those are shorter."""

_CREDIT_MARKS = "/|©"
"""Marks of credits and navigation, which other heuristics name."""

PARAGRAPHS_AHEAD = 3
"""Paragraphs after a headline in which its topics must not come up."""


def inserted_headlines(page: Page, open_blocks: Sequence[int]) -> list[Decision]:
    """Drops of whole blocks of the page's document, in order, among `open_blocks`, which are numbers of its blocks.

    >>> said = "The mayor told reporters that the harbour stays open, and she said why."
    >>> page = Page.from_lines(said, "Drought Empties Markets in Southern Provinces", said, said)
    >>> [drop.start for drop in inserted_headlines(page, range(4))]
    [72]
    """
    between = page.of_document(between_paragraphs(page.batch))
    among = [number for number in open_blocks if between[number]]
    if not among:
        return []
    prose = page.of_document(paragraphs(page.batch))
    if between.sum() > max(MOST_LINES, prose.sum() // PARAGRAPHS_A_LINE):
        return []
    document = page.document
    shaped = {number: headline for number in among if (headline := _headline(document.block(number)))}
    page.rule_out(may_be_headline, [bisect_left(page.numbers, number) for number in among if number not in shaped])
    if not shaped:
        return []
    report = "\n".join(map(document.block, np.flatnonzero(prose).tolist()))
    if not is_reporting(report):
        return []
    article = count_topics(report, {topic for headline in shaped.values() for topic in headline.named})
    foreign = [number for number, headline in shaped.items() if _is_foreign(document, number, headline, article)]
    if 2 * len(foreign) < len(shaped):
        foreign = [number for number in foreign if is_link(document.block(number))]
    return [_drop(Span(document.starts[number], document.ends[number])) for number in foreign]


def _headline(block: str) -> Headline | None:
    """The form of a line that is written like a headline: in title case, a clause, with a lead and a colon, a label."""
    if len(block) > LONGEST_HEADLINE or any(mark in block for mark in _CREDIT_MARKS):
        return None
    if len(block.split(None, LABELLED_WORDS)) < LABELLED_WORDS or not FIRST.search(block[:4]):
        return None
    stretch = words(block, Span(0, len(block)))
    if not may_end(stretch[-1]):
        return None
    formal = len(stretch) >= FEWEST_WORDS and (is_titled(stretch) or is_clause(stretch))
    if not (formal or ": " in block or block[0] in MEDIA_INITIALS):  # else it has no label, and tells of no lead
        return None
    headline = read_headline(block)
    if not is_long_enough(stretch, headline):
        return None
    formal = formal or (len(stretch) >= FEWEST_WORDS and headline.telling_form)
    return headline if headline.label or formal else None


def _is_foreign(document: Document, number: int, headline: Headline, article: Counter[str]) -> bool:
    ahead = 1 if headline.telling_form or headline.label else PARAGRAPHS_AHEAD
    below = range(number + 1, min(number + 1 + ahead, len(document)))
    after = set(topics("\n".join(map(document.block, below))))
    return is_foreign(headline, article, after)


def _drop(block: Span) -> Decision:
    why = "a headline between two paragraphs, on topics that the text does not take up"
    return Decision(block.start, block.end, False, Category.TEASER, "heuristic/inserted-headline", why, 0.85)
