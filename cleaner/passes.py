"""The passes: each runs all stages once over what is left of an input.

One pass is a function of the text, the URL and the options alone. A cleaned text must come out of another cleaning
unchanged, so passes follow until nothing more goes; nearly always the second is the one that finds nothing, and as most
of what it sees is body, it costs little. A text that has not settled after `MAX_PASSES` is given back whole, with a
warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from cleaner.account import KEPT, compose, mean_confidence, unless_kept, whole
from cleaner.body import assemble, remove
from cleaner.document import Category, Cleaned, Decision, Document
from cleaner.heuristics.account.judgement import Judgement
from cleaner.heuristics.judge import judge
from cleaner.heuristics.kind.kind import ARTICLE, EMPTY_PAGE, NEEDS_SCRIPT, Kind
from cleaner.heuristics.kind.link_pages import LINKS, is_of_links
from cleaner.heuristics.model.decode import Favor
from cleaner.heuristics.prompts.carried import Left
from cleaner.reading.sniff import sniff
from cleaner.sources.locate import Collection, Source
from cleaner.sources.selecting import Selected, select

if TYPE_CHECKING:
    from cleaner.heuristics.markup.pages import Trained
    from cleaner.reading.metadata import About

MAX_PASSES = 10
"""Passes until a text counts as unsettled. Of 6,500 texts of gold pages (six kinds of dumps and bodies) four need more
than six, and one more than ten; what has not settled comes back with all its menus."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Run:
    """One input on its way through the passes. `text` is what is left of `document`.

    `account` covers the original once a pass has told something, and is None where nobody asks for it: naming costs
    more than cleaning. What stays is accounted for as the first pass saw it, in its context; later passes add what
    goes. `told` is false where nobody asks for the title. `left` is what the last pass found out of the lines that are
    left.
    """

    original: str
    document: Document
    url: str | None
    source_name: str | None
    text: str
    account: list[Decision] | None = None
    source: Source | None = None
    title: str | None = None
    told: bool = True
    settled: bool = False
    kind: Kind | None = None
    known: About | None = None
    left: Left | None = None
    warnings: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, document: Document, url: str | None, source_name: str | None) -> Run:
        """An input as it was read. One whose lone surrogates no matcher may see is put together from its account."""
        text = _without_surrogates(document.text)
        run = cls(document.text, replace(document, text=text), url, source_name, text)
        run.title, run.warnings = document.title, list(document.warnings)
        if document.page is not None and document.page.wants_script:
            run.kind = NEEDS_SCRIPT
        elif document.format == "html" and not text.strip():
            run.kind = EMPTY_PAGE
        return run if text == document.text else run.accounted()

    def accounted(self) -> Run:
        """The same run, with an account of what goes."""
        self.account = []
        return self

    def for_body(self) -> Run:
        """The same run, of which nobody asks more than the body: neither whether it is an article nor for its title."""
        self.kind, self.told = ARTICLE, False
        return self

    def untitled(self) -> Run:
        """The same run, for whose title nobody asks; an account needs it."""
        self.told = self.account is not None
        return self

    def warn(self, warnings: Iterable[str]) -> None:
        """Note what is not noted yet."""
        self.warnings.extend(warning for warning in warnings if warning not in self.warnings)

    def body(self) -> str:
        """What is left in the end."""
        if self.account is not None:
            return self.result().text
        return self.original if self._safeguard(self.text) else self.text

    def result(self) -> Cleaned:
        """Body, account and what is known of the input."""
        account, text = tuple(self.account or ()), self.text
        if self.account is not None:
            text = "".join(self.original[decision.start : decision.end] for decision in account if decision.keep)
        kind = self.kind or ARTICLE
        status = "empty" if not self.original.strip() else "unchanged" if text == self.original else "ok"
        warning = self._safeguard(text)
        if warning:
            account, text, status = tuple(whole(self.original)) if account else (), self.original, "kept-whole"
        said = [sentence for sentence in (kind.sentence, warning) if sentence]
        return Cleaned(
            text=text,
            original=self.original,
            decisions=account,
            source=self.source.name if self.source else None,
            **self._about(account),
            page=self.document.page,
            confidence=mean_confidence(account),
            status="no-article" if kind.why else status,
            article=kind.article,
            format=self.document.format,
            warnings=(*self.warnings, *said),
        )

    def _about(self, account: Sequence[Decision]) -> dict[str, str | None]:
        """What is known of the article: its title, and with an account the rest."""
        if not account:
            return {"title": self.title}
        known = self.known or self._look_up(account)
        language = known.language or (self.source.language if self.source else None)
        return known._replace(title=self.title or known.title, language=language)._asdict()

    def _look_up(self, decisions: Sequence[Decision]) -> About:
        """What the input says of itself, as its lines have been named."""
        from cleaner.reading.metadata import about  # costs a start 1 ms

        return about(self.document, decisions, self.url)

    def named(self, selected: Selected, decisions: Sequence[Decision]) -> list[Decision]:
        """The decisions of a pass in order, each with the name that the elements of the page and the article as a whole
        give it. Where the input is a page, this finds out what it says of itself."""
        from cleaner.beside import beside  # an account alone needs these
        from cleaner.heuristics.named.element_names import name_by_element
        from cleaner.reading.metadata import About

        document = selected.document
        by_element = name_by_element(document, decisions, selected.unnamed)
        if document.page is not None:
            self.known = self._look_up(sorted(by_element, key=attrgetter("start")))
        known = self.known or About()
        return beside(document, by_element, known._replace(title=self.title or known.title))

    def _safeguard(self, text: str) -> str | None:
        """Why the input is given back whole, if it is."""
        if not self.settled:
            return f"the text was still changing after {MAX_PASSES} passes and is given back whole"
        if _would_turn_into_a_page(self.original, text):
            return "what would be left reads as HTML; the text is given back whole"
        return None


@dataclass(frozen=True, slots=True)
class Passes:
    """The stages with the options of a `Cleaner`: rule files, categories to keep, what is favoured, the models."""

    collection: Collection
    keep: frozenset[Category]
    favor: Favor
    trained: Trained | None

    def settle(self, runs: list[Run]) -> list[Run]:
        """Run passes until nothing more goes of any run."""
        for number in range(MAX_PASSES):
            open_runs = [run for run in runs if not run.settled]
            if not open_runs:
                break
            documents = [run.document if number == 0 else Document.from_text(run.text) for run in open_runs]
            self._pass(open_runs, documents)
        return runs

    def _pass(self, runs: list[Run], documents: list[Document]) -> None:
        """Run all stages once over the present text of each run."""
        chosen: list[Selected] = []
        ruled: list[list[Decision]] = []
        for run, document in zip(runs, documents, strict=True):
            selected, decisions = self._ask_rules(run, document)
            chosen.append(selected)
            ruled.append(decisions)
        left = [run.left for run in runs]
        judgements = judge([selected.judged for selected in chosen], ruled, self.favor, self.trained, left)
        for run, selected, rules, judgement in zip(runs, chosen, ruled, judgements, strict=True):
            self._conclude(run, selected, rules, judgement)

    def _ask_rules(self, run: Run, document: Document) -> tuple[Selected, list[Decision]]:
        """What the selectors and the rules for text of a document's source say of it, its glued lines divided."""
        source = self.collection.locate(document, run.url, run.source_name)
        run.source = run.source or source
        if source is None:
            return Selected(document, document), []
        from cleaner.sources.matching import apply_rules, split_points  # costs a start-up without rules 9 ms

        document = document.split(split_points(source.rules, document))
        selected = select(source.layouts, document)
        outcome = apply_rules(source.rules, selected.left())
        run.warn((*selected.warnings, *outcome.warnings))
        return selected, outcome.decisions

    def _conclude(self, run: Run, selected: Selected, rules: list[Decision], judgement: Judgement) -> None:
        document = selected.document
        if run.told:
            run.title = run.title or judgement.title or _ruled_title(document, [*selected.firm, *rules])
        run.kind = run.kind or (ARTICLE if selected.found else _kind(run, judgement))
        if not selected.found:
            run.warn(judgement.warnings)
        if run.account is None:
            text = remove(document, selected.drops(rules, judgement.drops))
        else:
            judged = judgement.dropped() if run.account else judgement.decisions()
            decisions = run.named(selected, selected.over(rules, judged))
            decisions = unless_kept([self._kept_category(each) for each in decisions], run.account)
            text, account = assemble(document, decisions)
            run.account = compose(run.account, account) if run.account else list(account)
        run.settled = text == run.text
        run.text = text
        run.left = judgement.left if not (rules or selected.found or selected.firm or run.settled) else None

    def _kept_category(self, decision: Decision) -> Decision:
        if decision.keep or decision.category not in self.keep:
            return decision
        why = f"{decision.category} is kept on demand"
        return Decision(decision.start, decision.end, True, decision.category, KEPT, why)


def _kind(run: Run, judgement: Judgement) -> Kind:
    """What an input is by its text, or by its links."""
    kind = judgement.kind
    return LINKS if kind.why is None and is_of_links(run.document) else kind


def _ruled_title(document: Document, rules: Sequence[Decision]) -> str | None:
    """The first line that a rule drops as a title."""
    for decision in rules:
        if not decision.keep and decision.category is Category.TITLE:
            return document.text[decision.start : decision.end].strip().splitlines()[0]
    return None


def _without_surrogates(text: str) -> str:
    """A text with a mark in place of each lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:  # to search each text for them takes several times as long
        return _SURROGATE.sub("\ufffd", text)
    return text


def _would_turn_into_a_page(original: str, text: str) -> bool:
    """Whether a second cleaning would take for a page, and strip of its tags, what is left of a text."""
    return sniff(text) == "html" and sniff(original) == "text"
