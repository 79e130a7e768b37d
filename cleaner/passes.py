"""The passes: each runs all stages once over what is left of an input.

One pass is a function of the text, the URL and the options alone. A cleaned text must come out of another cleaning
unchanged, so passes follow until nothing more goes; nearly always the second is the one that finds nothing, and as most
of what it sees is body, it costs little. A text that has not settled after `MAX_PASSES` is given back whole, with a
warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.account import KEPT, compose, unless_kept
from cleaner.body import assemble, remove
from cleaner.document import Category, Decision, Document
from cleaner.heuristics.account.judgement import Judgement
from cleaner.heuristics.judge import judge
from cleaner.heuristics.kind.kind import ARTICLE, Kind
from cleaner.heuristics.kind.link_pages import LINKS, is_of_links
from cleaner.heuristics.model.decode import Favor
from cleaner.passage import MAX_PASSES, Passage
from cleaner.sources.locate import Collection
from cleaner.sources.selecting import Selected, select

if TYPE_CHECKING:
    from cleaner.heuristics.markup.pages import Trained


@dataclass(frozen=True, slots=True)
class Passes:
    """The stages with the options of a `Cleaner`: rule files, categories to keep, what is favoured, the models."""

    collection: Collection
    keep: frozenset[Category]
    favor: Favor
    trained: Trained | None

    def settle(self, passages: list[Passage]) -> list[Passage]:
        """Run passes until nothing more goes of any passage."""
        for number in range(MAX_PASSES):
            unsettled = [passage for passage in passages if not passage.settled]
            if not unsettled:
                break
            documents = [passage.document if number == 0 else Document.from_text(passage.text) for passage in unsettled]
            self._pass(unsettled, documents)
        return passages

    def _pass(self, passages: list[Passage], documents: list[Document]) -> None:
        """Run all stages once over the present text of each passage."""
        chosen: list[Selected] = []
        ruled: list[list[Decision]] = []
        for passage, document in zip(passages, documents, strict=True):
            selected, decisions = self._ask_rules(passage, document)
            chosen.append(selected)
            ruled.append(decisions)
        left = [passage.left for passage in passages]
        judgements = judge([selected.judged for selected in chosen], ruled, self.favor, self.trained, left)
        for passage, selected, rules, judgement in zip(passages, chosen, ruled, judgements, strict=True):
            self._conclude(passage, selected, rules, judgement)

    def _ask_rules(self, passage: Passage, document: Document) -> tuple[Selected, list[Decision]]:
        """What the selectors and the rules for text of a document's source say of it, its glued lines divided."""
        source = self.collection.locate(document, passage.url, passage.source_name)
        passage.source = passage.source or source
        if source is None:
            return Selected(document, document), []
        from cleaner.sources.matching import apply_rules, split_points  # costs a start-up without rules 9 ms

        document = document.split(split_points(source.rules, document))
        selected = select(source.layouts, document)
        outcome = apply_rules(source.rules, selected.left())
        passage.warn((*selected.warnings, *outcome.warnings))
        return selected, outcome.decisions

    def _conclude(self, passage: Passage, selected: Selected, rules: list[Decision], judgement: Judgement) -> None:
        document = selected.document
        if passage.told:
            passage.title = passage.title or judgement.title or _ruled_title(document, [*selected.firm, *rules])
        passage.kind = passage.kind or (ARTICLE if selected.found else _kind(passage, judgement))
        if not selected.found:
            passage.warn(judgement.warnings)
        if passage.account is None:
            text = remove(document, selected.drops(rules, judgement.drops))
        else:
            judged = judgement.dropped() if passage.account else judgement.decisions()
            decisions = passage.named(selected, selected.over(rules, judged))
            decisions = unless_kept([self._kept_category(each) for each in decisions], passage.account)
            text, account = assemble(document, decisions)
            passage.account = compose(passage.account, account) if passage.account else list(account)
        passage.settled = text == passage.text
        passage.text = text
        passage.left = judgement.left if not (rules or selected.found or selected.firm or passage.settled) else None

    def _kept_category(self, decision: Decision) -> Decision:
        if decision.keep or decision.category not in self.keep:
            return decision
        why = f"{decision.category} is kept on demand"
        return Decision(decision.start, decision.end, True, decision.category, KEPT, why)


def _kind(passage: Passage, judgement: Judgement) -> Kind:
    """What an input is by its text, or by its links."""
    kind = judgement.kind
    return LINKS if kind.why is None and is_of_links(passage.document) else kind


def _ruled_title(document: Document, rules: Sequence[Decision]) -> str | None:
    """The first line that a rule drops as a title."""
    for decision in rules:
        if not decision.keep and decision.category is Category.TITLE:
            return document.text[decision.start : decision.end].strip().splitlines()[0]
    return None
