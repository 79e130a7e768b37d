"""The heuristics over a batch of documents.

Each document goes through the same steps: how likely is each block body (`score.py`), which runs of blocks go (gated
here: a run needs evidence that it belongs to a page), what is known of special spans (title, teasers …), what to call
what goes, and a cap.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import groupby
from typing import NamedTuple

from cleaner.document import Category, Decision, Document, Span
from cleaner.heuristics.credits import picture_credits
from cleaner.heuristics.endings import reprint_marks, topic_box
from cleaner.heuristics.inserted_headline import inserted_headlines
from cleaner.heuristics.naming import name_run
from cleaner.heuristics.opening import opening
from cleaner.heuristics.page import Finding, Page, open_blocks
from cleaner.heuristics.running_text import running_text
from cleaner.heuristics.score import keep_probabilities
from cleaner.heuristics.teasers import teasers
from cleaner.heuristics.threads import comment_thread


class Judgement(NamedTuple):
    """What the heuristics say of one document; `decisions` do not overlap, nor touch what the rules decided."""

    decisions: list[Decision]
    title: str | None = None
    warnings: tuple[str, ...] = ()


def judge(documents: Sequence[Document], ruled: Sequence[Sequence[Decision]]) -> list[Judgement]:
    """One judgement per document.

    >>> sentence = "The ferry left at noon, and nobody waved from the long pier.\\n"
    >>> text = "Sign up for our newsletter\\n" + sentence * 3
    >>> [decision.category.value for decision in judge([Document.from_text(text)], [[]])[0].decisions]
    ['newsletter']
    """
    return [_judge(document, rules) for document, rules in zip(documents, ruled, strict=True)]


# Improbable blocks go only where this many different prompts show that there is a page around the text.
PROMPTS_OF_A_PAGE = 3
# Words of a label between sentences, and how many of them make a series, in which a prompt may be one of them.
LONGEST_LABEL = 3
SERIES_OF_LABELS = 3
# Inside the article a block that names no prompt, and prose near prose that stays, go only below this probability.
# In doubt keep: 0.2 to 0.5 score alike on the development pages.
DOUBT = 0.25
# Where nothing else speaks for a page: kinds of which no prompt is enough, and of which a single word is.
MISTAKABLE = frozenset({"more", "navigation", "media", "tags", "byline", "sign-off"})
UNMISTAKABLE = frozenset({"advertisement"})
# So many words, and this share of them, stay at least; or the input is given back whole.
LEAST_WORDS = 25
LEAST_SHARE = 0.01


def _judge(document: Document, ruled: Sequence[Decision]) -> Judgement:
    page = Page.of(document, ruled)
    if not len(page):
        return Judgement([])
    findings, title = opening(page)
    findings += [*teasers(page), *comment_thread(page), *topic_box(page), *reprint_marks(page), *picture_credits(page)]
    goes: dict[int, Finding] = {}
    for finding in findings:
        for index in range(finding.run.start, finding.run.end):
            goes.setdefault(index, finding)
    probabilities = keep_probabilities(page.shapes, page.prompts)
    for finding in _unlikely(page, probabilities, goes):
        goes[finding.run.start] = finding
    warning = _too_much(page, goes)
    if warning:
        return Judgement([], title, (warning,))
    title = title or next((page.blocks[i] for i in sorted(goes) if goes[i].category is Category.TITLE), None)
    decisions = [_decision(page, index, goes[index]) for index in sorted(goes)]
    return Judgement(_with_insertions(document, ruled, decisions), title)


def _with_insertions(document: Document, ruled: Sequence[Decision], decisions: list[Decision]) -> list[Decision]:
    """The decisions, and those on what was inserted into the text, in the blocks that are left."""
    left = open_blocks(document, [*ruled, *decisions])
    inside = running_text(document, left)
    untouched = open_blocks(document, [*ruled, *decisions, *inside])
    return [*decisions, *inside, *inserted_headlines(document, untouched)]


def _unlikely(page: Page, probabilities: Sequence[float], taken: Container[int]) -> list[Finding]:
    """The improbable blocks that evidence shows to belong to a page rather than to the text."""
    low = [index in taken or probability < 0.5 for index, probability in enumerate(probabilities)]
    body = _body(low)
    labels, listed = _labels(page), _listed(page)
    silent = labels | listed
    signs = {page.blocks[index] for index in range(len(page)) if page.strong(index) and index not in silent}
    is_page = len(signs) >= PROMPTS_OF_A_PAGE
    spared = silent if len(labels) >= SERIES_OF_LABELS else listed
    prose = [not is_low and shape.prose for is_low, shape in zip(low, page.shapes, strict=True)]
    findings = []
    for run in _runs(low):
        inside = body.start < run.start and run.end < body.end
        proven = any(map(page.strong, range(run.start, run.end)))
        in_doubt = inside and not proven
        for index, name in zip(range(run.start, run.end), name_run(page, run, body), strict=True):
            doubtful = page.shapes[index].prose and not page.strong(index) and (inside or _beside(prose, index))
            goes = probabilities[index] < (DOUBT if doubtful or in_doubt else 0.5)
            goes = goes and (is_page or (index not in spared and _names_itself(page, index)))
            if goes and index not in taken:
                certainty = 1 - probabilities[index]
                findings.append(Finding(Span(index, index + 1), name.category, name.heuristic, name.why, certainty))
    return findings


def _beside(prose: Sequence[bool], index: int) -> bool:
    """Whether prose that stays is near: the block above or below, or the one past that."""
    return any(prose[max(index - 2, 0) : index + 3])


def _labels(page: Page) -> frozenset[int]:
    """The short blocks between two sentences, as subheadings and the names of what follows stand."""
    shapes = page.shapes
    return frozenset(
        index
        for index in range(1, len(page) - 1)
        if shapes[index].words <= LONGEST_LABEL
        and shapes[index].times == 1
        and not shapes[index].ends
        and shapes[index - 1].ends
        and shapes[index + 1].ends
    )


def _listed(page: Page) -> frozenset[int]:
    """The items of lists that a line with a colon announces: prompts among them are quoted, not meant."""
    listed, announced = [], False
    for index, shape in enumerate(page.shapes):
        if shape.bullet and announced:
            listed.append(index)
        else:
            announced = shape.colon
    return frozenset(listed)


def _names_itself(page: Page, index: int) -> bool:
    """Whether a block says what it is beyond doubt, in a text that otherwise shows no sign of a page."""
    prompt = page.prompts[index]
    if prompt is None or not prompt.strong or prompt.kind in MISTAKABLE:
        return False
    return " " in prompt.phrase or prompt.kind in UNMISTAKABLE


def _body(low: Sequence[bool]) -> Span:
    kept = [index for index, is_low in enumerate(low) if not is_low]
    return Span(kept[0], kept[-1] + 1) if kept else Span(0, 0)


def _runs(low: Sequence[bool]) -> list[Span]:
    runs, start = [], 0
    for is_low, group in groupby(low):
        end = start + sum(1 for _ in group)
        if is_low:
            runs.append(Span(start, end))
        start = end
    return runs


def _too_much(page: Page, goes: Container[int]) -> str | None:
    """The warning if almost nothing would be left."""
    words = sum(shape.words for shape in page.shapes)
    left = sum(shape.words for index, shape in enumerate(page.shapes) if index not in goes)
    if left < min(LEAST_WORDS, words / 2) or left < LEAST_SHARE * words:
        return "the heuristics would have left almost nothing of this text, so it is kept whole"
    return None


def _decision(page: Page, index: int, finding: Finding) -> Decision:
    start, end = page.spans[index]
    by = f"heuristic/{finding.heuristic}"
    return Decision(start, end, False, finding.category, by, finding.why, finding.confidence)
