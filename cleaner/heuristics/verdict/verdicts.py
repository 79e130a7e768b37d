"""What the model says of the documents of a batch, asked for those alone of which somebody wants to know.

Why: most of what is judged is a body already (every text is cleaned until nothing more goes). No page is around it, and
no verdict on its blocks would change anything. A document is judged independently of those beside it, so any part of a
batch gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from cleaner.document import Document
from cleaner.heuristics.batches.bands import Asking, borders_of
from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.kind.kind import ARTICLE, Kind, kinds, may_be_none
from cleaner.heuristics.model import model
from cleaner.heuristics.model.decode import Favor, alone, thresholds
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.prompts.carried import told_of
from cleaner.heuristics.verdict.gate import names_prompts
from cleaner.heuristics.verdict.lists import left_in_lists
from cleaner.heuristics.verdict.sentences import whole_sentences
from cleaner.heuristics.verdict.series import whole_series

if TYPE_CHECKING:
    from cleaner.heuristics.markup.pages import Trained

Value = TypeVar("Value", bound=np.generic)

MOSTLY = 0.5
"""Share of a batch's characters from which the batch is asked about as a whole: a part of it is a batch of its own, and
what was computed for the whole is computed for it again."""


class Part:
    """The documents of a batch, and what the model says of them."""

    def __init__(self, documents: Sequence[Document], batch: Batch, favor: Favor, trained: Trained | None) -> None:
        self._batch, self._favor = batch, favor
        self._kind_model = trained.kind if trained else None
        text, paged = trained.text if trained else model.shipped(), None
        if any(document.page is not None for document in documents):
            from cleaner.heuristics.markup import doubt, pages  # pages alone need them

            paged = trained.pages if trained else pages.shipped()
        asking: tuple[Asking, ...] = text.asking
        if paged:
            asking = (text.first, text.second, *paged.passes, paged.networks)
        borders = borders_of(batch.count, asking)
        self._of_text = model.judge_blocks(text, batch, borders)
        if paged:
            self.verdict = doubt.judge_and_ask(paged, self._of_text, documents)
        else:
            self.verdict = model.judge_text(text, self._of_text)
        if borders is not None:
            self.verdict.forget()
        batch.forget()

    @cached_property
    def kinds(self) -> list[Kind]:
        """Whether the documents are articles."""
        return kinds(self._batch, self._of_text.likely, names_prompts(self._batch), self._kind_model)

    @cached_property
    def likely(self) -> Floats:
        """Per block, how likely it is body, what stays or goes together alike."""
        return self._together(self.verdict.likely)

    @cached_property
    def weighed(self) -> Floats:
        """The same, not calibrated: what is decided by."""
        return self._together(self.verdict.weighed)

    def _together(self, likely: Floats) -> Floats:
        return whole_sentences(self._batch, whole_series(self._batch, likely))

    @cached_property
    def improbable(self) -> Booleans:
        """Per block, whether it is too improbable to stay."""
        limits = thresholds(self._batch, self.weighed, self._favor)
        improbable = np.asarray(self.weighed < limits[self._batch.document])
        improbable &= ~alone(self._batch, self.weighed, improbable)
        return improbable | left_in_lists(self._batch, self.weighed, limits, improbable)


class Opinion(NamedTuple):
    """What is said of one document: it is the `number`th of a part, and its first block the `first` of that."""

    part: Part
    number: int
    first: int

    def here(self, values: npt.NDArray[Value], page: Page) -> npt.NDArray[Value]:
        """Of values of the part's blocks those of the document, which is that of the page."""
        return values[self.first : self.first + len(page.document)]


class Verdicts:
    """What is said of `documents`, which are those of `batch`."""

    def __init__(self, documents: Sequence[Document], batch: Batch, favor: Favor, trained: Trained | None) -> None:
        self._documents, self._batch, self._favor, self._trained = documents, batch, favor, trained
        self._known: dict[int, Opinion] = {}

    def want(self, numbers: Iterable[int]) -> None:
        """Ask about these documents at once, but for those of which something is known."""
        asked = [number for number in numbers if number not in self._known]
        if not asked:
            return
        documents, batch = [self._documents[number] for number in asked], self._batch
        size = sum(len(document.text) for document in documents)
        if not self._known and size >= MOSTLY * batch.texts.size:
            asked, documents = list(range(len(self._documents))), list(self._documents)
        else:
            chosen = np.zeros(batch.documents, np.bool_)
            chosen[asked] = True
            batch = Batch(documents)
            told_of(self._batch).carry(np.flatnonzero(chosen[self._batch.document]), batch)
        part = Part(documents, batch, self._favor, self._trained)
        for place, number in enumerate(asked):
            self._known[number] = Opinion(part, place, int(batch.first[place]))

    def of(self, number: int) -> Opinion:
        """What is said of one document. If nothing is known of it, the rest of the batch is asked about with it."""
        if number not in self._known:
            self.want(range(len(self._documents)))
        return self._known[number]

    def kind(self, number: int) -> Kind:
        """Whether a document is an article; found out for the whole batch when somebody asks for the first time."""
        if not self._doubtful[number]:
            return ARTICLE
        self.want(np.flatnonzero(self._doubtful).tolist())
        opinion = self.of(number)
        return opinion.part.kinds[opinion.number]

    @cached_property
    def _doubtful(self) -> Booleans:
        return may_be_none(self._batch, names_prompts(self._batch))
