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

from collections import Counter
from collections.abc import Sequence

from cleaner.document import Category, Decision, Document
from cleaner.heuristics.hints import LONGEST_HEADLINE, SHORTEST_PARAGRAPH
from cleaner.heuristics.running_evidence import is_foreign, is_link, is_reporting, read_headline
from cleaner.heuristics.running_headline import FIRST, is_clause, is_long_enough, is_titled, may_end
from cleaner.heuristics.running_words import topics, words
from cleaner.span import Span

MOST_LINES = 4
"""Short lines between paragraphs, of any kind, from which they may be a series of subheadings ..."""

PARAGRAPHS_A_LINE = 6
"""... if there is one to fewer paragraphs than this."""

FEWEST_WORDS = 6
"""Words of a headline without a label: a line of its own is as often a subheading, those are shorter."""

_STOPS, _CLOSING = frozenset(".!?…"), "\"'”’“»)]"
_CREDIT_MARKS = frozenset("/|©")
"""Marks of credits and navigation, which other heuristics name."""

PARAGRAPHS_AHEAD = 3
"""Paragraphs after a headline in which its topics must not come up."""


def inserted_headlines(document: Document, open_blocks: Sequence[int]) -> list[Decision]:
    """Drops of whole blocks, in order, among `open_blocks`, of which the hint `may_be_inserted` may be true.

    >>> said = "The mayor told reporters that the harbour stays open, and she said why."
    >>> lines = [said, "Drought Empties Markets in Southern Provinces", said, said]
    >>> [drop.start for drop in inserted_headlines(Document.from_text("\\n".join(lines)), range(4))]
    [72]
    """
    among = [i for i in open_blocks if _is_between(document, i)]
    if not among:
        return []
    prose = [_is_paragraph(document, i) for i in range(len(document))]
    between = [i for i in range(1, len(prose) - 1) if not prose[i] and prose[i - 1] and prose[i + 1]]
    if len(between) > max(MOST_LINES, sum(prose) // PARAGRAPHS_A_LINE):
        return []
    shaped = [i for i in among if _has_form(document.block(i))]
    if not shaped:
        return []
    blocks = document.blocks()
    report = "\n".join(block for block, is_prose in zip(blocks, prose, strict=True) if is_prose)
    if not is_reporting(report):
        return []
    article = Counter(topics(report))
    foreign = [i for i in shaped if _is_foreign(blocks, i, article)]
    if 2 * len(foreign) < len(shaped):
        foreign = [i for i in foreign if is_link(blocks[i])]
    return [_drop(Span(document.starts[i], document.ends[i])) for i in foreign]


def _is_between(document: Document, index: int) -> bool:
    """Whether a block is no paragraph and stands between two."""
    return (
        0 < index < len(document) - 1
        and not _is_paragraph(document, index)
        and _is_paragraph(document, index - 1)
        and _is_paragraph(document, index + 1)
    )


def _is_paragraph(document: Document, index: int) -> bool:
    """Whether a block is a paragraph: long enough, and ended as a sentence is."""
    start, end = document.starts[index], document.ends[index]
    if end - start < SHORTEST_PARAGRAPH:
        return False
    last = document.text[end - 1]
    return last in _STOPS or (last in _CLOSING and _closes_sentence(document.text[start:end]))


def _closes_sentence(block: str) -> bool:
    return block.rstrip(_CLOSING)[-1:] in _STOPS


def _has_form(block: str) -> bool:
    """Whether a line is written like a headline: title case, a clause, a lead with a colon, a label."""
    if len(block) > LONGEST_HEADLINE or _CREDIT_MARKS.intersection(block) or not FIRST.search(block[:4]):
        return False
    stretch, headline = words(block, Span(0, len(block))), read_headline(block)
    if not may_end(stretch[-1]) or not is_long_enough(stretch, headline):
        return False
    if headline.label:
        return True
    return len(stretch) >= FEWEST_WORDS and (headline.telling_form or is_titled(stretch) or is_clause(stretch))


def _is_foreign(blocks: Sequence[str], index: int, article: Counter[str]) -> bool:
    headline = read_headline(blocks[index])
    ahead = 1 if headline.telling_form or headline.label else PARAGRAPHS_AHEAD
    after = set(topics("\n".join(blocks[index + 1 : index + 1 + ahead])))
    return is_foreign(headline, article, after)


def _drop(block: Span) -> Decision:
    why = "a headline between two paragraphs, on topics that the text does not take up"
    return Decision(block.start, block.end, False, Category.TEASER, "heuristic/inserted-headline", why, 0.85)
