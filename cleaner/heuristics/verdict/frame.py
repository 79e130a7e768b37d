"""Whether there is a frame around a text: a page whose prompts are in no language that the lexicon holds.

Why: the page gate asks for prompts. A page in a language without any would be left as it is, menus and all, though the
model, which looks at shapes and places, hardly doubts a line of them.
Asks for: a text with hardly a function word that the lexicon knows; prose that is body beyond doubt; above as well as
below it several different lines that probably are none, with little else beside them. A poem has no such prose, an
article without its page has nothing above it, and what is cleaned already has neither.
Known mistakes: a text with a list before and behind its prose, which the model knows from menus alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.features.measures import FUNCTION_WORDS, text_function_words
from cleaner.heuristics.named.page import Page

LINES = 3
"""Different lines that a frame has at least, above the prose and below it."""
SURELY, HARDLY, UNLIKELY = 0.9, 0.35, 0.5
"""Probabilities of body from which a block is prose of it; up to which it is a line of a frame; and up to which most of
the blocks beside these must lie. Generous, as a text without a known word leaves the model in doubt about all of it."""
PROSE_WORDS = 12
"""Words of a block of prose."""
CORE_WORDS = 60
"""Words of such prose that a text must hold."""
MOST = 0.5
"""Share of the blocks above, and of those below, that must be unlikely."""


def may_be_framed(batch: Batch, asked: Sequence[bool]) -> Booleans:
    """Per document, if it is one of those asked about, whether it is in an unknown language and has lines enough above
    its prose and below it."""
    prose = np.flatnonzero(batch.is_prose)
    documents = batch.document[prose]
    above = np.zeros(batch.documents, np.int64)
    below = np.zeros(batch.documents, np.int64)
    above[documents[::-1]] = (prose - batch.begin[prose])[::-1]
    below[documents] = (batch.stop[prose] - 1) - prose
    found = (above >= LINES) & (below >= LINES) & np.array(asked, np.bool_)
    if found.any():
        found[batch.document[text_function_words(batch) >= FUNCTION_WORDS]] = False
    return np.asarray(found)


def framed(page: Page, likely: Floats) -> bool:
    """Whether lines of a frame stand above and below the body, given the probability of each block of the page's
    document."""
    here = page.of_open(likely)
    words = page.words
    core = np.flatnonzero((here >= SURELY) & (words >= PROSE_WORDS))
    if words[core].sum() < CORE_WORDS:
        return False
    return _is_frame(page, here, 0, int(core[0])) and _is_frame(page, here, int(core[-1]) + 1, len(page))


def _is_frame(page: Page, likely: Floats, first: int, stop: int) -> bool:
    lines = {page.blocks[index] for index in range(first, stop) if likely[index] < HARDLY}
    return len(lines) >= LINES and float((likely[first:stop] < UNLIKELY).mean()) > MOST
