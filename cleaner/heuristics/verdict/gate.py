"""The page gate: is there a page around the text at all?

Why: a poem, a recipe or minutes hold lines that look like entries of a menu, and no page. A text that names few
prompts is none; there only a block that says itself what it is may go.
Spares: labels between sentences, items of announced lists: prompts among them are a text's own. A long text names
prompts by chance, far from each other; if most of it is body, what is left of a page goes above and below, but inside
only what names itself.
Known mistakes: a page whose prompts are all in a language that the lexicon does not hold, if `frame.py` sees none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import takewhile
from typing import NamedTuple

import numpy as np

from cleaner.document import Document
from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.batches.shapes import is_bullet
from cleaner.heuristics.named.hints import ends_sentence, may_be_bullet, may_be_numbered, may_end_sentence
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.prompts.evidence import KINDS, prompts_of
from cleaner.heuristics.verdict.menus import entries_of_menus
from cleaner.heuristics.verdict.series import series_of

PROMPTS_OF_A_PAGE = 3
"""Different prompts from which there is a page around the text; without, only what names itself goes."""
FURNITURE = frozenset({"nav", "header", "footer", "aside", "form", "iframe", "button"})
"""Elements that stand around articles, not in them."""
MENU = 11
"""Blocks within which a page names so many: of the dumps that name less than twelve in all nine in ten do; of the gold
bodies and half-cleaned dumps that name three half do not within twice as many."""
LEAST_BODY = 0.5
"""The share of a text's words that is probably body where prompts far from each other are taken for chance."""
PROMPTS_BEYOND_DOUBT = 12
"""Different prompts from which nobody need look whether some of them are labels or quoted."""
LONGEST_LABEL = 3
"""Words of a label between sentences, as subheadings stand."""
SERIES_OF_LABELS = 3
"""Labels that make a series, in which a prompt may be one of them."""
MISTAKABLE = frozenset({"more", "navigation", "media", "tags", "byline", "sign-off"})
"""Kinds of which no prompt is enough where nothing else speaks for a page ..."""
TELLING = frozenset(KINDS) - MISTAKABLE
"""... and the others."""
UNMISTAKABLE = frozenset({"advertisement"})
"""Kinds of which a single word is enough there."""


def prompts_named(batch: Batch) -> Ints:
    """Per document, how many different prompts its blocks name."""
    return np.bincount(batch.document[_signs(batch)], minlength=batch.documents)


def _signs(batch: Batch) -> Booleans:
    """The blocks that name a prompt, and of those alike the first."""
    return batch.once("signs", lambda: prompts_of(batch).strong & (batch.copies[1] == np.arange(batch.count)))


def names_prompts(batch: Batch) -> Booleans:
    """Per document, whether its blocks name as many prompts as a page does."""
    return np.asarray(prompts_named(batch) >= PROMPTS_OF_A_PAGE)


class Stake(NamedTuple):
    """Whether there is a page around a text, and the blocks that may go as improbable: of a page any, of other texts
    those that name themselves. A page is `scattered` whose prompts stand far from each other."""

    is_page: bool
    blocks: Sequence[int]
    scattered: bool = False

    @classmethod
    def of(cls, page: Page, signs: float) -> Stake:
        """What is at stake, given the signs of a page."""
        if signs >= PROMPTS_BEYOND_DOUBT:
            return cls.whole(page)
        if signs >= PROMPTS_OF_A_PAGE:
            silent = _labels(page) | _listed(page)
            if signs - _quoted(page, silent) >= PROMPTS_OF_A_PAGE:
                return cls(True, range(len(page)), _is_scattered(page, silent))
        return cls(False, that_name_themselves(page))

    @classmethod
    def whole(cls, page: Page) -> Stake:
        """That there is a page around the text."""
        return cls(True, range(len(page)))

    def named(self, page: Page) -> Sequence[int]:
        """The blocks of the page at stake that name themselves."""
        return that_name_themselves(page) if self.is_page else self.blocks


def signs_of_pages(batch: Batch, documents: Sequence[Document]) -> Floats:
    """Per document, how many signs of a page there are: prompts, or the furniture of HTML or a menu in one line, which
    are beyond doubt."""
    signs = prompts_named(batch).astype(np.float32)
    for number, document in enumerate(documents):
        few = signs[number] < PROMPTS_OF_A_PAGE
        if _has_furniture(document) or (few and entries_of_menus(document) >= PROMPTS_OF_A_PAGE):
            signs[number] = np.inf
    return signs


def _has_furniture(document: Document) -> bool:
    """Whether an input is HTML with more than paragraphs in it: there is a page around its text."""
    if document.page is None:
        return document.format == "html"
    markup = document.page.markup
    return any(markup.linked) or any(element.tag in FURNITURE for element in markup.elements)


def _quoted(page: Page, silent: Collection[int]) -> int:
    """How many different prompts stand on silent blocks alone: labels between sentences and items of announced lists
    are no signs of a page."""
    named = {page.blocks[index] for index in page.prompted}
    return len(named) - len({page.blocks[index] for index in page.prompted if index not in silent})


def _is_scattered(page: Page, silent: Collection[int]) -> bool:
    """Whether nowhere in a text as many prompts that are not silent stand within `MENU` blocks as a page names. Where
    rules have decided of some, the others say nothing."""
    if len(page) < len(page.document):
        return False
    places = np.flatnonzero(page.of_document(_signs(page.batch)))
    places = places[~np.isin(places, list(silent))]
    distances = places[PROMPTS_OF_A_PAGE - 1 :] - places[: 1 - PROMPTS_OF_A_PAGE]
    return not (distances < MENU).any()


def left_of_a_page(page: Page, goes: Collection[int], improbable: Iterable[int]) -> list[int]:
    """Of the improbable blocks what may be left of a page: above all that stays, if a prompt is among them; below it,
    from the first prompt on; and what names itself. What is in `goes` already is as good as a prompt.

    >>> said = "The ferry left at noon, and nobody waved from the long pier."
    >>> page = Page.from_lines("Home", "Ferry", said, "Tides", said, "High 2:10", "Related articles", "Home and away")
    >>> left_of_a_page(page, (), [0, 1, 3, 5, 6, 7])
    [0, 1, 6, 7]
    """
    found, blocks = set(improbable), range(len(page))
    going = [index in found or index in goes for index in blocks]
    above = list(takewhile(going.__getitem__, blocks))
    below = list(takewhile(going.__getitem__, reversed(blocks)))
    signs = {index for index in (*above, *below) if index in goes or page.strong(index)}
    left = set(that_name_themselves(page))
    left.update(above if signs.intersection(above) else ())
    left.update(range(min(signs.intersection(below)), len(page)) if signs.intersection(below) else ())
    return sorted(left & found)


def that_name_themselves(page: Page) -> list[int]:
    """The blocks that may go though nothing else speaks for a page.

    >>> said = "The ferry left at noon, and nobody waved from the long pier."
    >>> that_name_themselves(Page.from_lines(said, "Sign up for our newsletter", said))
    [1]
    """
    found = [index for index in page.of_kinds(TELLING) if _names_itself(page, index)]
    if not found:
        return found
    labels, listed = _labels(page), _listed(page)
    spared = labels | listed if len(labels) >= SERIES_OF_LABELS else listed
    return [index for index in found if index not in spared]


def _names_itself(page: Page, index: int) -> bool:
    """Whether a prompt says what it is beyond doubt, in a text that otherwise shows no sign of a page."""
    prompt = page.prompts[index]
    return prompt is not None and (" " in prompt.phrase or prompt.kind in UNMISTAKABLE)


def _labels(page: Page) -> frozenset[int]:
    """The short blocks between two sentences, as subheadings and the names of what follows stand."""
    shapes = page.shapes
    ends, ended = page.flags(may_end_sentence), page.flags(ends_sentence)
    return frozenset(
        index
        for index in (np.flatnonzero(ends[:-2] & ends[2:] & ~ended[1:-1]) + 1).tolist()
        if len(page.blocks[index].split(None, LONGEST_LABEL)) <= LONGEST_LABEL
        and shapes[index].words <= LONGEST_LABEL
        and page.times(index) == 1
        and not shapes[index].ends
        and shapes[index - 1].ends
        and shapes[index + 1].ends
    )


def _listed(page: Page) -> frozenset[int]:
    """The items of numbered series, and of lists that a line with a colon announces: prompts among them are quoted, not
    meant."""
    numbered = ((index, page.blocks[index]) for index in page.hinted(may_be_numbered))
    listed = {index for series in series_of(numbered) for index in series}
    for index in page.hinted(may_be_bullet):
        if is_bullet(page.blocks[index]) and index and (index - 1 in listed or page.shapes[index - 1].colon):
            listed.add(index)
    return frozenset(listed)
