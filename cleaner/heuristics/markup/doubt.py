"""The heuristics ask for a second opinion where they are in doubt.

What an extractor takes for the main content (`PageTree.extracted`) changes little where the trained model is sure of a
page, and takes longer to find out than the rest of the judging. So pages are judged without it first. Those of which
the body would be found with too small an expected F-measure are judged again, with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from cleaner.document import Document
from cleaner.heuristics.batches.bands import Column
from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.features.features import FEATURES
from cleaner.heuristics.markup.pages import PageModel, judge_pages
from cleaner.heuristics.model.model import Layer, Verdict
from cleaner.heuristics.model.sureness import below

SURE = 0.93
"""Expected F-measure from which nobody else is asked, as on nine gold pages in ten. Asking about more of them changes
the mean word F1 of no set of pages by 0.001; with 0.9 one set is 0.002 worse (`docs/experiments.md`)."""


def judge_and_ask(model: PageModel, of_text: Verdict, documents: Sequence[Document]) -> Verdict:
    """The verdict on the blocks of pages, given that on their text alone. `documents` are those of its batch."""
    markups = [document.page.markup for document in documents if document.page is not None]
    alone = judge_pages(model, of_text, markups)
    told = {number: markups[number]._replace(extracted=text) for number, text in _second_opinions(documents, alone)}
    if not told:
        return alone
    blocks = np.isin(alone.batch.document, list(told))
    batch = alone.batch if blocks.all() else Batch([documents[number] for number in told])
    again = judge_pages(model, _part(of_text, batch, blocks), list(told.values()))
    return _merged(alone, again, blocks)


def in_doubt(verdict: Verdict) -> Booleans:
    """Per document, whether the verdict on it is not to be relied on."""
    return below(verdict.batch, verdict.weighed, SURE)


def _second_opinions(documents: Sequence[Document], verdict: Verdict) -> list[tuple[int, str]]:
    """The numbers of the documents in doubt of which there is a second opinion, and this."""
    asked = [(number, documents[number].page) for number in np.flatnonzero(in_doubt(verdict)).tolist()]
    return [(number, page.extracted) for number, page in asked if page is not None and page.extracted]


def _part(of_text: Verdict, batch: Batch, blocks: Booleans) -> Verdict:
    """What the verdict says of some blocks, which are those of `batch`: as much of it as pages are judged by."""
    last = of_text.layers[-1]
    values = tuple(row[blocks] for row in of_text.features)
    seen = Layer(last.forest, last.scores[blocks], lambda: values)
    return Verdict(of_text.likely[blocks], of_text.weighed[blocks], batch, (seen,))


def _merged(alone: Verdict, again: Verdict, blocks: Booleans) -> Verdict:
    """The verdict `alone`, with all of `again` in place of what it says of these blocks."""
    likely, weighed = alone.likely.copy(), alone.weighed.copy()
    likely[blocks], weighed[blocks] = again.likely, again.weighed
    of_text = len(alone.layers) - len(again.layers) + 1
    passes = (
        replace(layer, rows=partial(_merged_rows, layer, other, blocks))
        for layer, other in zip(alone.layers[of_text:], again.layers[1:], strict=True)
    )
    return replace(alone, likely=likely, weighed=weighed, layers=(*alone.layers[:of_text], *passes))


def _merged_rows(alone: Layer, again: Layer, blocks: Booleans) -> tuple[Column, ...]:
    """The rows of a pass, with those of `again` in place of what they say of these blocks."""
    for row, its in zip(alone.values[len(FEATURES) :], again.values[len(FEATURES) :], strict=True):
        row[blocks] = its  # in place: nobody else has these rows, and a copy would be of most of a batch's memory
    return alone.values
