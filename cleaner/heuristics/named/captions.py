"""Captions that stand above the line with their credit.

Why: where caption and credit are lines of their own, the credit says what it is and goes; the caption is a sentence on
the article's matter, and stays.
Spares: what is no single whole sentence, as the paragraph above a picture without a caption mostly is; a sentence of
which the model is sure; what stands above "Photo" alone, which labels pictures without a caption, too; the last line
of an article above a notice of rights, which begins as a credit may.
Known mistakes: a paragraph of one sentence above a picture that has a credit and no caption.
"""

from __future__ import annotations

from collections.abc import Callable, Container

from cleaner.document import Category
from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.batches.shapes import CLOSERS, QUOTES, SENTENCE_ENDS
from cleaner.heuristics.named.credits import CREDIT_WORDS, is_credit
from cleaner.heuristics.named.hints import may_be_credit
from cleaner.heuristics.named.page import Finding, Page, findings_of, staying

LEAST_WORDS, MOST_WORDS = 6, 60
"""Words of a caption."""
RIGHTS = ("©", "(©", "(c)", "(C)", "Copyright", "Riproduzione")
"""With which notices of rights begin below articles."""
SURE = 0.9
"""Probability from which a sentence is the article's. On gold dumps (html_text and soup, cross-validated) 154 of those
below it that stand so are no body, and 15 are; of those above it 10 and 4."""


def captions_above_credits(page: Page, goes: Container[int], likely: Callable[[], Floats]) -> list[Finding]:
    """The captions that stay above a credit that goes. `likely` gives the probabilities of the blocks.

    >>> import numpy as np
    >>> said = "The ferry left at noon, and nobody waved from the long pier."
    >>> page = Page.from_lines(said, "Two boys wait on the pier at Oldport.", "Photo: Nora Blank", said)
    >>> [tuple(finding.run) for finding in captions_above_credits(page, {2}, lambda: np.full(4, 0.8))]
    [(1, 2)]
    """
    named = {*page.hinted(may_be_credit), *page.names("credit")}
    below = sorted(index for index in named if index and index in goes and index - 1 not in goes)
    last = next(staying(reversed(range(len(page))), goes), 0)
    below = [index for index in below if index < last or not page.blocks[index].startswith(RIGHTS)]
    found = [index - 1 for index in below if _is_credit(page, index) and _is_caption(page, index - 1)]
    if not found:
        return []
    unsure = likely() < SURE
    why = "the line below it names who made the picture"
    return findings_of((index for index in found if unsure[index]), Category.CAPTION, "caption-above-credit", why)


def _is_credit(page: Page, index: int) -> bool:
    """Whether a block is a credit and nothing else."""
    block = page.blocks[index]
    if page.shapes[index].words > CREDIT_WORDS or not (" " in block or block.endswith(":")):
        return False
    return is_credit(block) or page.says(index, "credit")


def _is_caption(page: Page, index: int) -> bool:
    """Whether a block is one whole sentence."""
    block, shape = page.blocks[index], page.shapes[index]
    if not shape.ends or not LEAST_WORDS <= shape.words <= MOST_WORDS:
        return False
    if block[0].islower() or not (block[0].isalnum() or block[0] in QUOTES):
        return False
    return sum(word.rstrip(CLOSERS)[-1:] in SENTENCE_ENDS for word in block.split()) == 1
