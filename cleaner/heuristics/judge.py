"""The heuristics over a batch of documents.

The model says how likely each block is body, for all blocks of all documents at once, and `decode.py` how likely it
must be to stay. Each document then goes through the same steps: is there a page around the text at all; what is known
of special spans that the model cannot see as wholes (title, teasers, comment threads, insertions); a cap. What goes is
named only when somebody asks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cleaner.document import Decision, Document, Span
from cleaner.heuristics import model
from cleaner.heuristics.batch import Batch, Booleans
from cleaner.heuristics.columns import Ints
from cleaner.heuristics.credits import picture_credits
from cleaner.heuristics.decode import Favor, thresholds
from cleaner.heuristics.edges import edges
from cleaner.heuristics.endings import reprint_marks, topic_box
from cleaner.heuristics.evidence import prompts_of
from cleaner.heuristics.forms import view_of
from cleaner.heuristics.hidden import hidden_text
from cleaner.heuristics.inserted_headline import inserted_headlines
from cleaner.heuristics.kind import Kind, kinds
from cleaner.heuristics.model import Verdict
from cleaner.heuristics.naming import name_run
from cleaner.heuristics.opening import opening
from cleaner.heuristics.page import Finding, Page, open_blocks
from cleaner.heuristics.page_title import page_title
from cleaner.heuristics.reasons import in_words
from cleaner.heuristics.running_text import running_text
from cleaner.heuristics.sentences import whole_sentences
from cleaner.heuristics.shapes import is_bullet
from cleaner.heuristics.teasers import teasers
from cleaner.heuristics.threads import comment_thread
from cleaner.heuristics.view import View

if TYPE_CHECKING:
    from cleaner.heuristics.pages import Trained

PROMPTS_OF_A_PAGE = 3
"""Different prompts from which there is a page around the text; without, only what names itself goes."""
FURNITURE = frozenset({"nav", "header", "footer", "aside", "form", "iframe", "button"})
"""Elements that stand around articles, not in them."""
LEAST_WORDS = 25
"""Words that stay at least, or the input is given back whole."""
LEAST_SHARE = 0.01
"""The share of words that stays at least."""
PROMPTS_BEYOND_DOUBT = 12
"""Different prompts from which nobody need look whether some of them are labels or quoted."""
LONGEST_LABEL = 3
"""Words of a label between sentences, as subheadings stand."""
SERIES_OF_LABELS = 3
"""Labels that make a series, in which a prompt may be one of them."""
MISTAKABLE = frozenset({"more", "navigation", "media", "tags", "byline", "sign-off"})
"""Kinds of which no prompt is enough where nothing else speaks for a page."""
UNMISTAKABLE = frozenset({"advertisement"})
"""Kinds of which a single word is enough there."""


class Judgement:
    """What the heuristics say of one document. Nothing of it touches what the rules decided.

    `drops` are runs of text that go, in order. `decisions()` are the same, block by block, named and with reasons, and
    the blocks that stay besides. `kind` says whether the document is an article, and is no part of what goes.
    """

    def __init__(self, page: Page, verdict: Verdict, goes: dict[int, Finding | None], inside: list[Decision]) -> None:
        self._page, self._verdict, self._goes, self._inside = page, verdict, goes, inside
        self.view: View | None = None
        self.title: str | None = None
        self.warnings: tuple[str, ...] = ()
        self.tell: Callable[[], Kind] = partial(Kind, 1.0)

    @property
    def kind(self) -> Kind:
        """Whether the document is an article; found out for the whole batch when somebody asks for the first time."""
        return self.tell()

    @cached_property
    def drops(self) -> list[Span]:
        """Neighbouring blocks that go are one run."""
        document = self._page.document
        runs = _runs(sorted(self._page.numbers[index] for index in self._goes))
        whole = [Span(document.starts[first], document.ends[end - 1]) for first, end in runs]
        drops = sorted([*whole, *(Span(decision.start, decision.end) for decision in self._inside)])
        return drops if self.view is None else [span for drop in drops if (span := self.view.back(drop))]

    def decisions(self) -> list[Decision]:
        """What goes and what stays, with category, reason and confidence."""
        page, blocks = self._page, range(len(self._page))
        kept = [index for index in blocks if index not in self._goes]
        body = Span(kept[0], kept[-1] + 1) if kept else Span(0, 0)
        reasons = in_words(self._verdict, [page.first + number for number in page.numbers])
        named = {index: finding for index, finding in self._goes.items() if finding is not None}
        for run in _runs(sorted(set(self._goes) - set(named))):
            for index, name in zip(range(run.start, run.end), name_run(page, run, body), strict=True):
                confidence = 1 - float(self._verdict.likely[page.first + page.numbers[index]])
                why = f"{name.why}; {reasons[index]}"
                named[index] = Finding(Span(index, index + 1), name.category, name.heuristic, why, confidence)
        dropped = [_decision(page.span(index), finding) for index, finding in sorted(named.items())]
        partly = {number for d in self._inside for number in self._numbers(d)}
        stays = [
            Decision(*page.span(index), True, None, "heuristic/body", reasons[index], self._likely(index))
            for index in kept
            if page.numbers[index] not in partly
        ]
        found = sorted([*dropped, *self._inside, *stays], key=lambda decision: decision.start)
        return found if self.view is None else [told for each in found if (told := self.view.told(each))]

    def _likely(self, index: int) -> float:
        return float(self._verdict.likely[self._page.first + self._page.numbers[index]])

    def _numbers(self, decision: Decision) -> range:
        starts = self._page.document.starts
        low = int(np.searchsorted(starts, decision.start, side="right")) - 1
        return range(low, int(np.searchsorted(starts, decision.end)))


def judge(
    documents: Sequence[Document],
    ruled: Sequence[Sequence[Decision]],
    favor: Favor = "balanced",
    trained: Trained | None = None,
) -> list[Judgement]:
    """One judgement per document. `trained` are the shipped models unless others are to be tried.

    >>> sentence = "The ferry left at noon, and nobody waved from the long pier.\\n"
    >>> text = "Sign up for our newsletter\\n" + sentence * 3
    >>> [tuple(drop) for drop in judge([Document.from_text(text)], [[]])[0].drops]
    [(0, 26)]
    """
    judgements: dict[int, Judgement] = {}
    views = [view_of(document, rules) for document, rules in zip(documents, ruled, strict=True)]
    seen = [view.document if view else document for view, document in zip(views, documents, strict=True)]
    for group in _alike(documents):
        rules = [view.seen() if (view := views[number]) else ruled[number] for number in group]
        made = _judge_batch([seen[number] for number in group], rules, favor, trained)
        judgements.update(zip(group, made, strict=True))
    for number, view in enumerate(views):
        judgements[number].view = view
    return [judgements[number] for number in range(len(documents))]


def _alike(documents: Sequence[Document]) -> list[list[int]]:
    """The numbers of the texts, and those of the pages that have a tree."""
    groups: tuple[list[int], list[int]] = ([], [])
    for number, document in enumerate(documents):
        groups[document.page is not None].append(number)
    return [group for group in groups if group]


def _judge_batch(
    documents: Sequence[Document], ruled: Sequence[Sequence[Decision]], favor: Favor, trained: Trained | None
) -> list[Judgement]:
    batch = Batch(documents)
    verdict = of_text = model.judge_blocks(trained.text if trained else model.shipped(), batch)
    markups = [document.page.markup for document in documents if document.page is not None]
    if markups:
        from cleaner.heuristics import pages  # pages alone need it

        verdict = pages.judge_pages(trained.pages if trained else pages.shipped(), of_text, markups)
    batch.forget()
    limits = thresholds(batch, verdict.weighed, favor)
    low = whole_sentences(batch, verdict.weighed) < limits[batch.document]
    named = _signs(batch)
    signs = np.where([_has_furniture(document) for document in documents], np.inf, named)
    judgements = [
        _judge(Page(document, rules, batch, int(batch.first[number])), verdict, low, float(signs[number]))
        for number, (document, rules) in enumerate(zip(documents, ruled, strict=True))
    ]
    kind = trained.kind if trained else None
    told = cache(lambda: kinds(batch, of_text.likely, named >= PROMPTS_OF_A_PAGE, kind))
    for number, judgement in enumerate(judgements):
        judgement.tell = partial(_one_of, told, number)
    return judgements


def names_prompts(batch: Batch) -> Booleans:
    """Per document, whether its blocks name as many prompts as a page does."""
    return np.asarray(_signs(batch) >= PROMPTS_OF_A_PAGE)


def _one_of(told: Callable[[], list[Kind]], number: int) -> Kind:
    return told()[number]


def _has_furniture(document: Document) -> bool:
    """Whether an input is HTML with more than paragraphs in it: there is a page around its text."""
    if document.page is None:
        return document.format == "html"
    markup = document.page.markup
    return any(markup.linked) or not FURNITURE.isdisjoint(markup.tags)


def _signs(batch: Batch) -> Ints:
    """Per document, how many different prompts its blocks name."""
    signs = prompts_of(batch).strong() & (batch.copies[1] == np.arange(batch.count))
    return np.bincount(batch.document[signs], minlength=batch.documents)


def _is_page(page: Page, signs: float) -> bool:
    """Whether there is a page around the text. Labels between sentences and items of announced lists are no signs."""
    if not PROMPTS_OF_A_PAGE <= signs < PROMPTS_BEYOND_DOUBT:
        return signs >= PROMPTS_OF_A_PAGE
    silent = _labels(page) | _listed(page)
    strong = [index for index in range(len(page)) if page.strong(index)]
    told = {page.blocks[index] for index in strong if index not in silent}
    return signs - len({page.blocks[index] for index in strong}) + len(told) >= PROMPTS_OF_A_PAGE


def _that_name_themselves(page: Page, low: Sequence[int]) -> list[int]:
    """Of the improbable blocks those that go though nothing else speaks for a page."""
    found = [index for index in low if _names_itself(page, index)]
    if not found:
        return found
    labels, listed = _labels(page), _listed(page)
    spared = labels | listed if len(labels) >= SERIES_OF_LABELS else listed
    return [index for index in found if index not in spared]


def _labels(page: Page) -> frozenset[int]:
    """The short blocks between two sentences, as subheadings and the names of what follows stand."""
    shapes = page.shapes
    return frozenset(
        index
        for index in range(1, len(page) - 1)
        if len(page.blocks[index].split(None, LONGEST_LABEL)) <= LONGEST_LABEL
        and shapes[index].words <= LONGEST_LABEL
        and shapes[index].times == 1
        and not shapes[index].ends
        and shapes[index - 1].ends
        and shapes[index + 1].ends
    )


def _listed(page: Page) -> frozenset[int]:
    """The items of lists that a line with a colon announces: prompts among them are quoted, not meant."""
    listed: set[int] = set()
    for index, block in enumerate(page.blocks):
        if is_bullet(block) and index and (index - 1 in listed or page.shapes[index - 1].colon):
            listed.add(index)
    return frozenset(listed)


def _judge(page: Page, verdict: Verdict, low: Booleans, signs: float) -> Judgement:
    findings, title = opening(page)
    headed = page_title(page)
    if headed is not None:
        findings.append(headed)
        title = title or page.blocks[headed.run.start]
    findings += [*teasers(page), *comment_thread(page), *topic_box(page), *reprint_marks(page)]
    goes: dict[int, Finding | None] = {}
    for finding in findings:
        for index in range(finding.run.start, finding.run.end):
            goes.setdefault(index, finding)
    here = low[page.first : page.first + len(page.document)].tolist()
    improbable = [index for index, number in enumerate(page.numbers) if here[number] and index not in goes]
    if _is_page(page, signs):
        goes.update(dict.fromkeys(improbable))
        goes.update(dict.fromkeys(edges(page, goes)))
    else:
        goes.update(dict.fromkeys(_that_name_themselves(page, improbable)))
    left = [index for index in range(len(page)) if index not in goes]
    for finding in (*picture_credits(page, left), *hidden_text(page, left)):
        goes[finding.run.start] = finding
    warning = _too_much(page, goes)
    if warning:
        judgement = Judgement(page, verdict, {}, [])
        judgement.warnings = (warning,)
    else:
        judgement = Judgement(page, verdict, goes, _insertions(page, goes))
    judgement.title = title
    return judgement


def _insertions(page: Page, goes: dict[int, Finding | None]) -> list[Decision]:
    """What was inserted into the text, in the blocks that are left."""
    left = [number for index, number in enumerate(page.numbers) if index not in goes]
    inside = running_text(page.document, left)
    if inside:
        untouched = set(open_blocks(page.document, inside))
        left = [number for number in left if number in untouched]
    return [*inside, *inserted_headlines(page.document, left)]


def _names_itself(page: Page, index: int) -> bool:
    """Whether a block says what it is beyond doubt, in a text that otherwise shows no sign of a page."""
    prompt = page.prompts[index]
    if prompt is None or not prompt.strong or prompt.kind in MISTAKABLE:
        return False
    return " " in prompt.phrase or prompt.kind in UNMISTAKABLE


def _too_much(page: Page, goes: dict[int, Finding | None]) -> str | None:
    """The warning if almost nothing would be left."""
    words = page.batch.words[[page.first + number for number in page.numbers]]
    stays = np.ones(len(words), np.bool_)
    stays[list(goes)] = False
    every, left = float(words.sum()), float(words[stays].sum())
    if left < min(LEAST_WORDS, every / 2) or left < LEAST_SHARE * every:
        return "the heuristics would have left almost nothing of this text, so it is kept whole"
    return None


def _runs(indices: Sequence[int]) -> list[Span]:
    """Runs of neighbours among indices in order."""
    gaps = [place for place, (left, right) in enumerate(pairwise(indices), 1) if right != left + 1]
    bounds = pairwise([0, *gaps, len(indices)]) if indices else ()
    return [Span(indices[low], indices[high - 1] + 1) for low, high in bounds]


def _decision(span: Span, finding: Finding) -> Decision:
    by = f"heuristic/{finding.heuristic}"
    return Decision(span.start, span.end, False, finding.category, by, finding.why, finding.confidence)
