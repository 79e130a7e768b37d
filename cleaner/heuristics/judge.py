"""The heuristics over a batch of documents.

Each document goes through the same steps: is there a page around the text at all; what is known of special spans that
the model cannot see as wholes (title, teasers, comment threads, insertions); what the model finds improbable; a cap.
The model judges at once all blocks of those documents of the batch in which its verdict decides anything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING

import numpy as np

from cleaner.document import Decision, Document
from cleaner.heuristics.account.judgement import Judgement
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.batches.sums import exact_sums
from cleaner.heuristics.forms.forms import view_of
from cleaner.heuristics.forms.view import View
from cleaner.heuristics.model.decode import Favor
from cleaner.heuristics.named.author_box import author_box
from cleaner.heuristics.named.calls import calls
from cleaner.heuristics.named.captions import captions_above_credits
from cleaner.heuristics.named.cards import cards
from cleaner.heuristics.named.credits import picture_credits
from cleaner.heuristics.named.edges import edges
from cleaner.heuristics.named.endings import legal_notice, reprint_marks, topic_box
from cleaner.heuristics.named.figure_captions import figure_captions
from cleaner.heuristics.named.footnotes import footnotes
from cleaner.heuristics.named.hidden import hidden_text
from cleaner.heuristics.named.hints import may_be_inserted, may_run
from cleaner.heuristics.named.kept_title import kept_title
from cleaner.heuristics.named.lone_lines import lone_lines
from cleaner.heuristics.named.marks import marks_between
from cleaner.heuristics.named.opening import head_of_page, opening
from cleaner.heuristics.named.page import Finding, Page, indices_of, open_blocks
from cleaner.heuristics.named.page_title import page_title
from cleaner.heuristics.named.permalinks import permalinks
from cleaner.heuristics.named.pointers import pointers
from cleaner.heuristics.named.requests import requests
from cleaner.heuristics.named.resumed import resumed
from cleaner.heuristics.named.sign_offs import sign_offs
from cleaner.heuristics.named.stamps import stamps
from cleaner.heuristics.named.standfirst import standfirst
from cleaner.heuristics.named.summary import summary_above_byline
from cleaner.heuristics.named.teasers import teasers
from cleaner.heuristics.named.threads import comment_thread, counted_remarks
from cleaner.heuristics.prompts.carried import Left, carry_all
from cleaner.heuristics.running.inserted_headline import inserted_headlines
from cleaner.heuristics.running.running_text import running_text
from cleaner.heuristics.verdict.frame import framed, may_be_framed
from cleaner.heuristics.verdict.gate import LEAST_BODY, Stake, left_of_a_page, signs_of_pages
from cleaner.heuristics.verdict.verdicts import Opinion, Verdicts

if TYPE_CHECKING:
    from cleaner.heuristics.markup.pages import Trained

LEAST_WORDS = 25
"""Words that stay at least, or the input is given back whole."""
LEAST_NAMED = 0.65
"""Probability from which a block stays that says of itself what it is: of those between 0.5 and 0.7 a third is body (of
317 in cross-validated dumps)."""
LEAST_SHARE = 0.01
"""The share of words that stays at least."""


def judge(
    documents: Sequence[Document],
    ruled: Sequence[Sequence[Decision]],
    favor: Favor = "balanced",
    trained: Trained | None = None,
    left: Sequence[Left | None] = (),
) -> list[Judgement]:
    """One judgement per document. `trained` are the shipped models unless others are to be tried. `left` tells of which
    documents judged before these are what is left, see `Judgement.left`.

    >>> sentence = "The ferry left at noon, and nobody waved from the long pier.\\n"
    >>> text = "Sign up for our newsletter\\n" + sentence * 3
    >>> [tuple(drop) for drop in judge([Document.from_text(text)], [[]])[0].drops]
    [(0, 26)]
    """
    judgements: dict[int, Judgement] = {}
    views = [view_of(document, rules) for document, rules in zip(documents, ruled, strict=True)]
    known = [_known(*each) for each in zip_longest(documents, views, left)]
    for group in _alike(documents, known):
        seen = [view.document if (view := views[number]) else documents[number] for number in group]
        rules = [view.seen() if (view := views[number]) else ruled[number] for number in group]
        batch = Batch(seen)
        carry_all([each for number in group if (each := known[number])], batch)
        made = _judge_batch(batch, seen, rules, Verdicts(seen, batch, favor, trained))
        judgements.update(zip(group, made, strict=True))
    for number, view in enumerate(views):
        judgements[number].view = view
    return [judgements[number] for number in range(len(documents))]


def _known(document: Document, view: View | None, left: Left | None) -> Left | None:
    """What is told of a document's blocks; nothing where these are not those that were left."""
    return left if left and view is None and len(left.blocks) == len(document) else None


def _alike(documents: Sequence[Document], known: Sequence[Left | None]) -> list[list[int]]:
    """The numbers of the texts, and those of the pages that have a tree; apart from each other those of which another
    batch tells."""
    groups: dict[tuple[bool, int], list[int]] = {}
    for number, (document, left) in enumerate(zip(documents, known, strict=True)):
        groups.setdefault((document.page is not None, id(left.told) if left else 0), []).append(number)
    return list(groups.values())


def _judge_batch(
    batch: Batch, documents: Sequence[Document], ruled: Sequence[Sequence[Decision]], verdicts: Verdicts
) -> list[Judgement]:
    pages = [
        Page(document, rules, batch, int(first))
        for document, rules, first in zip(documents, ruled, batch.first, strict=True)
    ]
    signs = signs_of_pages(batch, documents).tolist()
    stakes = [Stake.of(page, found) for page, found in zip(pages, signs, strict=True)]
    doubtful = may_be_framed(batch, [not stake.is_page for stake in stakes])
    verdicts.want(number for number, stake in enumerate(stakes) if stake.blocks or doubtful[number])
    for number in np.flatnonzero(doubtful).tolist():
        opinion = verdicts.of(number)
        if framed(pages[number], opinion.here(opinion.part.weighed, pages[number])):
            stakes[number] = Stake.whole(pages[number])
    batch.forget_words()
    judgements = []
    for number, (page, stake) in enumerate(zip(pages, stakes, strict=True)):
        judgement = _judge(page, stake, partial(verdicts.of, number))
        judgement.tell = partial(verdicts.kind, number)
        judgements.append(judgement)
    return judgements


def _judge(page: Page, stake: Stake, ask: Callable[[], Opinion]) -> Judgement:
    findings, title = opening(page)
    headed = page_title(page)
    if headed is not None:
        findings.append(headed)
        title = title or page.blocks[headed.run.start]
    findings += [*teasers(page), *comment_thread(page), *counted_remarks(page), *topic_box(page), *reprint_marks(page)]
    goes: dict[int, Finding | None] = {}
    for finding in findings:
        for index in range(finding.run.start, finding.run.end):
            goes.setdefault(index, finding)
    improbable, spared = _by_the_model(page, goes, stake, ask)
    goes.update(dict.fromkeys(index for index in improbable if index not in spared))
    if stake.is_page:
        goes.update(dict.fromkeys(index for index in (*lone_lines(page), *pointers(page)) if index not in goes))
        goes.update(dict.fromkeys(index for index in edges(page, goes) if index not in spared))
    goes.update(dict.fromkeys(index for index in head_of_page(page) if index not in goes))
    stays = np.ones(len(page), np.bool_)
    stays[list(goes)] = False
    left = indices_of(stays)
    for finding in (
        *figure_captions(page, left),
        *cards(page, left),
        *picture_credits(page, left),
        *hidden_text(page, left),
    ):
        goes[finding.run.start] = finding
    goes.update((finding.run.start, finding) for finding in requests(page, goes))
    if stake.is_page or headed is not None:
        _drop_beside_the_body(page, goes, lambda: _weighed(page, ask()))
    goes.update((finding.run.start, finding) for finding in legal_notice(page, goes))
    joined = frozenset(marks_between(page, goes))
    for index in joined.union(footnotes(page, goes, lambda: _weighed(page, ask()))):
        del goes[index]
    warning = _too_much(page, goes)
    judgement = Judgement(page, ask, {}) if warning else Judgement(page, ask, goes, _insertions(page, goes))
    judgement.warnings = (warning,) if warning else ()
    judgement.known_title, judgement.is_page, judgement.joined = title, stake.is_page, joined
    return judgement


def _drop_beside_the_body(page: Page, goes: dict[int, Finding | None], likely: Callable[[], Floats]) -> None:
    """Add to what goes captions above credits, what is told of the author, and what else goes above the body.
    `likely` gives the probabilities of the blocks."""
    for finding in (*captions_above_credits(page, goes, likely), *author_box(page, goes), *sign_offs(page, goes)):
        goes[finding.run.start] = finding
    for beside in (calls, stamps, kept_title, standfirst, summary_above_byline):
        for finding in beside(page, goes):
            goes.update(dict.fromkeys(range(*finding.run), finding))


def _by_the_model(
    page: Page, goes: Collection[int], stake: Stake, ask: Callable[[], Opinion]
) -> tuple[list[int], frozenset[int]]:
    """The blocks at stake that are too improbable to stay, and those of them that stay as a short article goes on."""
    if not stake.blocks:
        return [], frozenset()
    improbable = [index for index in _improbable(page, stake, ask()) if index not in goes]
    if stake.scattered and _mostly_body(page, ask()):
        return left_of_a_page(page, goes, improbable), frozenset()
    if not stake.is_page:
        return improbable, frozenset()
    return improbable, frozenset(resumed(page, goes, frozenset(improbable), _weighed(page, ask())))


def _improbable(page: Page, stake: Stake, opinion: Opinion) -> list[int]:
    """The blocks at stake that are too improbable to stay; of those that name themselves more is asked."""
    low = page.of_open(opinion.here(opinion.part.improbable, page))
    more = ~low & (_weighed(page, opinion) < LEAST_NAMED)
    if more[page.prompted].any():
        named = stake.named(page)
        low = low.copy()
        low[named] |= more[named]
    if not stake.is_page:
        return [index for index in stake.blocks if low[index]]
    improbable: list[int] = np.flatnonzero(low).tolist()
    return improbable


def _weighed(page: Page, opinion: Opinion) -> Floats:
    """How likely each block is body, as far as it is decided by that."""
    return page.of_open(opinion.here(opinion.part.weighed, page))


def _mostly_body(page: Page, opinion: Opinion) -> bool:
    """Whether the greater part of a document's words is probably body."""
    likely = opinion.here(opinion.part.verdict.likely, page)
    words = page.of_document(page.batch.words)
    expected, every = (int(exact_sums(values)[-1]) for values in (words * likely, words))
    return expected >= LEAST_BODY * every


def _insertions(page: Page, goes: dict[int, Finding | None]) -> list[Decision]:
    """What was inserted into the text, in the blocks that are left."""
    long = [index for index in page.hinted(may_run) if index not in goes]
    inside = running_text(page.document, [page.numbers[index] for index in long])
    if not inside:
        page.rule_out(may_run, long)
    lines = [page.numbers[index] for index in page.hinted(may_be_inserted) if index not in goes]
    if lines and inside:
        untouched = set(open_blocks(page.document, inside))
        lines = [number for number in lines if number in untouched]
    inside += inserted_headlines(page, lines)
    return [*inside, *permalinks(page, goes, inside)]


def _too_much(page: Page, goes: dict[int, Finding | None]) -> str | None:
    """The warning if almost nothing would be left."""
    if not goes:
        return None
    every = float(page.words.sum(dtype=np.float64))
    left = every - float(page.words[list(goes)].sum(dtype=np.float64))
    if left < min(LEAST_WORDS, every / 2) or left < LEAST_SHARE * every:
        return "the heuristics would have left almost nothing of this text, so it is kept whole"
    return None
