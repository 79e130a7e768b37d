"""Paragraphs in which a short article goes on below a prompt that stands inside it, and its last one.

Why: where an article has a few paragraphs, a line such as "Read also" or "Sign up" halfway down looks like its end, and
the model takes the rest for what pages say below articles: half of a short report would be lost.
Spares: longer articles, of which the model knows the end; pages read as HTML, whose elements say it; prose that names a
prompt itself; teasers, each a headline with a sentence below; a last paragraph that may be about the newsletter above.
Known mistakes: a note on the author, or what a newsletter holds, if it is told in the words of the article.
On gold dumps (html_text and soup, cross-validated) it changes nothing: no article there is so short and goes on so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, pairwise, takewhile
from typing import NamedTuple

import numpy as np

from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.named.pointers import pointed_to

MOST_WORDS = 300
"""Words that stay of an article, at most. Of gold dumps with more, what follows is another's in one case of two."""
MOST_INSERT, MOST_SILENT = 4, 2
"""Blocks of a prompt inside the article, and those of them that name nothing: headlines, mostly."""
INSERTED = frozenset({"more", "newsletter", "advertisement", "paywall", "media", "share"})
"""Kinds of prompts that stand inside articles ..."""
BESIDE = frozenset({"consent"})
"""... and what may stand beside them: whether players may be shown."""
SENTENCE_WORDS = 5
"""Words of a sentence that is a paragraph."""
LEAST, SURE, LEAST_BELOW = 0.3, 0.4, 0.15
"""Probabilities from which the last paragraph stays: right below the others, below a teaser, below another insert."""
LABEL_WORDS = 4
"""Words up to which a prompt is the heading of what stands below it."""
STEM, SHORTEST = 6, 5
"""Letters by which words of an article are known again, and letters of such words."""
_WORDS = re.compile(r"\w+")


class Run(NamedTuple):
    """Paragraphs without a prompt, from `first` on up to `stop`, below an insert that begins at `insert`."""

    insert: int
    first: int
    stop: int


def resumed(page: Page, goes: Collection[int], improbable: Collection[int], likely: Floats) -> list[int]:
    """The improbable blocks that are such paragraphs, given what goes besides and how likely each block is body.

    >>> import numpy as np
    >>> said = "The ferry left at noon, and nobody waved from the long pier."
    >>> lines = ["Home", said, "Read also", "Bakery closes", "The ferry came back at dusk.", said, "Contact"]
    >>> resumed(Page.from_lines(*lines), (), {0, 2, 3, 4, 5, 6}, np.full(7, 0.25))
    [4, 5]
    """
    if page.document.page is not None:
        return []
    flags = np.ones(len(page), np.bool_)
    flags[[*improbable, *goes]] = False
    stays: list[int] = np.flatnonzero(flags).tolist()
    if any(words > MOST_WORDS for words in accumulate(page.shapes[index].words for index in stays)):  # nearly always
        return []
    said = [index for index in stays if page.prose(index)]
    found = []
    for stretch in _stretches(stays, len(page)) if said else ():
        if stretch.start > said[0]:
            runs = list(_runs(page, stretch, goes, likely))
            inserted = [run for run in runs if run.first > run.insert]
            if stretch.start < said[-1]:
                found += _sure(page, inserted, stays, likely)
            else:
                found += [] if inserted and _goes_on(page, runs[-1].stop) else _sure(page, runs, stays, likely)
                break
    return [index for run in found for index in range(run.first, run.stop)]


def _stretches(stays: Sequence[int], size: int) -> Iterator[range]:
    """The blocks that go, between those that stay and below them."""
    for above, below in pairwise((*stays, size)):
        if below > above + 1:
            yield range(above + 1, below)


def _runs(page: Page, stretch: range, goes: Collection[int], likely: Floats) -> Iterator[Run]:
    """The runs of paragraphs of a stretch, up to where something else than an insert stands between. Right below the
    body they end with the first that is unlikely."""
    while stretch:
        paragraphs = (index for index in stretch[: MOST_INSERT + 1] if _is_paragraph(page, index, goes))
        first = next(paragraphs, None)
        if first is None or not _is_insert(page, range(stretch.start, first)):
            return
        run = takewhile(lambda index: _is_paragraph(page, index, goes), range(first, stretch.stop))
        if first == stretch.start:
            run = takewhile(lambda index: likely[index] >= LEAST, run)
        stop = first + len(list(run))
        if stop == first:
            return
        yield Run(stretch.start, first, stop)
        stretch = range(stop, stretch.stop)


def _sure(page: Page, runs: list[Run], stays: Sequence[int], likely: Floats) -> list[Run]:
    """The runs down to the last that is of the article beyond doubt; none of teasers."""
    if sum(_is_teaser(page, run) for run in runs) > 1:
        return []
    sure = [number for number, run in enumerate(runs, 1) if _is_sure(page, run, stays, likely)]
    return runs[: max(sure, default=0)]


def _is_paragraph(page: Page, index: int, goes: Collection[int]) -> bool:
    shape = page.shapes[index]
    said = page.prose(index) or (shape.words >= SENTENCE_WORDS and shape.ends)
    return said and index not in goes and page.prompts[index] is None


def _is_insert(page: Page, blocks: range) -> bool:
    """Whether blocks are what stands inside articles; no block at all is, too."""
    if not blocks:
        return True
    prompts = [page.prompts[index] for index in blocks]
    opening = prompts[0]
    if opening is None or opening.place == "inside" or opening.kind not in INSERTED:
        return False
    kinds = {prompt.kind for index, prompt in zip(blocks, prompts, strict=True) if prompt and page.strong(index)}
    return kinds <= INSERTED | BESIDE and prompts.count(None) <= MOST_SILENT


def _goes_on(page: Page, start: int) -> bool:
    """Whether more prose without a prompt stands below, before a prompt says that the article is over."""
    for index in range(start, len(page)):
        prompt = page.prompts[index]
        if prompt is None and page.prose(index):
            return True
        if prompt is not None and prompt.kind not in INSERTED and (page.strong(index) or not page.prose(index)):
            return False
    return False


def _is_teaser(page: Page, run: Run) -> bool:
    """Whether a run may be the sentence below the headline of a teaser."""
    return run.stop - run.first == 1 and run.first > run.insert and page.prompts[run.first - 1] is None


def _is_sure(page: Page, run: Run, stays: Sequence[int], likely: Floats) -> bool:
    """Whether the last run is of the article: several paragraphs are, or one that does not read like what the insert
    is about."""
    probability = float(likely[run.first : run.stop].min())
    if run.insert == run.first or run.stop - run.first > 1:
        return True
    if _is_teaser(page, run):
        return probability >= SURE
    closing, prompt = page.blocks[run.first - 1], page.prompts[run.first - 1]
    closed = bool(pointed_to(closing)) or len(closing.split()) > LABEL_WORDS
    if closed or (prompt is not None and prompt.kind == "advertisement"):
        return probability >= LEAST_BELOW
    return not _stems(page.blocks[run.first]).isdisjoint(_stems("\n".join(page.blocks[index] for index in stays)))


def _stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words."""
    return frozenset(word[:STEM] for word in _WORDS.findall(text.casefold()) if len(word) >= SHORTEST)
