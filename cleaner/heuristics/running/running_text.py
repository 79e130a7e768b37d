"""Prompts and headlines inside a line that holds a whole article.

A dump that lost its line breaks cannot be judged line by line. What stands between two sentences there and belongs
to neither is found by `running_prompt.py` and `running_headline.py`; this module says in which blocks they look.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.document import Decision, Document
from cleaner.heuristics.named.hints import SHORTEST_RUNNING
from cleaner.heuristics.running.running_evidence import is_reporting
from cleaner.heuristics.running.running_headline import running_headlines
from cleaner.heuristics.running.running_prompt import (
    may_hold_prompts,
    may_open_with_prompt,
    opening_prompts,
    prompts_between,
)
from cleaner.heuristics.running.running_words import sentences
from cleaner.span import Span

FEWEST_SENTENCES = 6
"""Sentences of such a block: less is a table, a list or code on one line."""


def running_text(document: Document, open_blocks: Sequence[int]) -> list[Decision]:
    """Drops inside long blocks, in order, without overlap. `open_blocks` are those that no rule has decided.

    >>> line = (
    ...     "Share The mayor of Orland said on Monday that the bridge over the bay stays shut. “We found cracks,” Mira "
    ...     "Dolan told the council. Commuters drive round the bay, an hour each way. ADVERTISEMENT The repair "
    ...     "will cost 2.4 million crowns, Dolan said. Drought Empties Markets in Southern Provinces The council "
    ...     "meets in July, when the report of the engineers is ready. It will be long, she said. Nobody has seen it."
    ... )
    >>> [line[drop.start : drop.end] for drop in running_text(Document.from_text(line), [0])]
    ['Share', 'ADVERTISEMENT', 'Drought Empties Markets in Southern Provinces']

    What it spares: a block that is short or has few sentences; every sentence; subheadings, as far as the text goes
    on to name what they name. Known mistakes: a headline before a sentence that begins with a name unknown to the
    article stays, so does one that shares its topics with the article.
    """
    decisions: list[Decision] = []
    starts, ends = document.starts, document.ends
    for index in [index for index in open_blocks if ends[index] - starts[index] >= SHORTEST_RUNNING]:
        block = Span(starts[index], ends[index])
        if _stops(document.text, block) >= FEWEST_SENTENCES - 1:
            decisions.extend(_inside(document.text, block))
    return decisions


def _stops(text: str, block: Span) -> int:
    """Marks that may end a sentence: counting them is cheaper than finding the sentences."""
    return sum(text.count(mark, block.start, block.end) for mark in ".!?")


def _inside(text: str, block: Span) -> list[Decision]:
    content = text[block.start : block.end]
    prompted, reporting = may_hold_prompts(content), is_reporting(content)
    if not (prompted or reporting or may_open_with_prompt(content)):
        return []
    found = list(sentences(text, block))
    if len(found) < FEWEST_SENTENCES:
        return []
    drops = opening_prompts(text, found[0])
    if prompted:
        drops.extend(drop for sentence in found[1:] for drop in prompts_between(text, sentence))
    if reporting:
        prompts = {drop.start for drop in drops}
        drops.extend(drop for drop in running_headlines(text, found) if drop.start not in prompts)
    return sorted(drops, key=lambda drop: drop.start)
