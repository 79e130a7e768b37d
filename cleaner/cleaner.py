"""The stages in order: read, locate the source, rules, heuristics, body.

One pass of the stages is a function of the text, the URL and the options alone. A cleaned text must come out of
another cleaning unchanged, so the passes are repeated until nothing more goes; nearly always the second pass is the
one that finds nothing. A text that has not settled after `MAX_PASSES` is given back whole, with a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from cleaner.body import assemble
from cleaner.document import Category, Cleaned, Decision, Document, Format
from cleaner.errors import OptionError
from cleaner.heuristics.judge import Judgement, judge
from cleaner.reading import Raw, read
from cleaner.reading.sniff import sniff
from cleaner.sources.locate import DEFAULT, Collection, Source
from cleaner.sources.matching import apply_rules, split_points

MAX_PASSES = 6
"""Passes until a text counts as unsettled. On the gold pages the most ever needed is measured in the tests."""

BATCH_CHARACTERS = 2_000_000
"""How much text `clean_many` reads ahead: bounds its memory, and is enough for work on whole columns to pay."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class _Run:
    """One input on its way through the passes. `account` covers `document.text`; `text` is what it keeps.

    `original` is the text as it was read. `document` holds it with each lone surrogate as U+FFFD, so that offsets are
    the same: matchers work on UTF-8, which has no lone surrogates.
    """

    original: str
    document: Document
    url: str | None
    source_name: str | None
    text: str
    account: list[Decision]
    source: Source | None = None
    title: str | None = None
    confidence: float = 1.0
    settled: bool = False
    warnings: list[str] = field(default_factory=list)


class Cleaner:
    """Built once, then used for any number of texts, from any number of threads.

    `rules` are folders of rule files: `DEFAULT` (a name for the shipped collection), paths, or a mixture; an empty
    sequence runs the heuristics alone. `keep` names categories that stay with the body. With `strict`, a rule file
    that is wrong raises `RuleError`; otherwise it is left aside and listed in `rule_problems`.
    """

    def __init__(
        self, rules: str | Path | Sequence[str | Path] = DEFAULT, keep: Iterable[str] = (), *, strict: bool = False
    ) -> None:
        self._keep = frozenset(_category(name) for name in keep)
        folders = [rules] if isinstance(rules, str | Path) else list(rules)
        self._collection = Collection(folders, strict=strict)

    @property
    def rule_problems(self) -> tuple[Exception, ...]:
        """Errors of rule files that were left aside, in the order of their paths."""
        return self._collection.problems

    def clean(
        self,
        raw: Raw,
        url: str | None = None,
        *,
        source: str | None = None,
        format: Format | None = None,  # noqa: A002
    ) -> str:
        """The body of one text or page."""
        return self.explain(raw, url, source=source, format=format).text

    def explain(
        self,
        raw: Raw,
        url: str | None = None,
        *,
        source: str | None = None,
        format: Format | None = None,  # noqa: A002
    ) -> Cleaned:
        """The body of one text or page, with the account of what went.

        `url` or `source` (a rule file's name) say where it is from; without them its source is recognised by its
        fingerprint, if it has a rule file. `format` is told from the content unless given.
        """
        return self._settle([self._start(raw, url, source, format)])[0]

    def clean_many(self, raws: Iterable[Raw], urls: Iterable[str | None] | None = None) -> Iterator[str]:
        """The bodies of many inputs, in order. Reads ahead a bounded amount of text, see `BATCH_CHARACTERS`."""
        for cleaned in self.explain_many(raws, urls):
            yield cleaned.text

    def explain_many(self, raws: Iterable[Raw], urls: Iterable[str | None] | None = None) -> Iterator[Cleaned]:
        """The same as `explain` for each input, batched."""
        batch: list[_Run] = []
        size = 0
        pairs = ((raw, None) for raw in raws) if urls is None else zip(raws, urls, strict=True)
        for raw, url in pairs:
            run = self._start(raw, url, None, None)
            batch.append(run)
            size += len(run.text)
            if size >= BATCH_CHARACTERS:
                yield from self._settle(batch)
                batch, size = [], 0
        yield from self._settle(batch)

    def _start(self, raw: Raw, url: str | None, source: str | None, format: Format | None) -> _Run:  # noqa: A002
        document = read(raw, format)
        text = _SURROGATE.sub("\ufffd", document.text)
        run = _Run(document.text, replace(document, text=text), url, source, text, _whole(text))
        run.title, run.warnings = document.title, list(document.warnings)
        return run

    def _settle(self, runs: list[_Run]) -> list[Cleaned]:
        for number in range(MAX_PASSES):
            open_runs = [run for run in runs if not run.settled]
            if not open_runs:
                break
            documents = [run.document if number == 0 else Document.from_text(run.text) for run in open_runs]
            self._pass(open_runs, documents)
        return [_result(run) for run in runs]

    def _pass(self, runs: list[_Run], documents: list[Document]) -> None:
        """Run all stages once over the present text of each run."""
        ruled: list[list[Decision]] = []
        for index, (run, document) in enumerate(zip(runs, documents, strict=True)):
            source = self._collection.locate(document, run.url, run.source_name)
            run.source = run.source or source
            if source is None:
                ruled.append([])
                continue
            documents[index] = document.split(split_points(source.rules, document))
            outcome = apply_rules(source.rules, documents[index])
            run.warnings.extend(warning for warning in outcome.warnings if warning not in run.warnings)
            ruled.append(outcome.decisions)
        judgements = judge(documents, ruled)
        for run, document, rules, judgement in zip(runs, documents, ruled, judgements, strict=True):
            self._conclude(run, document, rules, judgement)

    def _conclude(self, run: _Run, document: Document, rules: list[Decision], judgement: Judgement) -> None:
        decisions = [self._kept_category(decision) for decision in (*rules, *judgement.decisions)]
        body = assemble(document, decisions)
        run.title = run.title or judgement.title
        run.warnings.extend(warning for warning in judgement.warnings if warning not in run.warnings)
        run.settled = body.text == run.text
        run.account = _compose(run.account, body.decisions)
        run.text = body.text

    def _kept_category(self, decision: Decision) -> Decision:
        if decision.keep or decision.category not in self._keep:
            return decision
        why = f"{decision.category} is kept on demand"
        return Decision(decision.start, decision.end, True, decision.category, "option/keep", why)


def _category(name: str) -> Category:
    try:
        return Category(name)
    except ValueError:
        known = ", ".join(category.value for category in Category)
        raise OptionError(f"{name!r} is no category; use one or more of: {known}") from None


def _whole(text: str) -> list[Decision]:
    return [Decision(0, len(text), True, None, "default/untouched", "nothing has judged this yet")] if text else []


def _compose(account: Sequence[Decision], later: Sequence[Decision]) -> list[Decision]:
    """Lay a later account, which covers what `account` keeps, into `account`, in the offsets of the original."""
    result: list[Decision] = []
    position, used = 0, 0
    for decision in account:
        if not decision.keep:
            result.append(decision)
            continue
        edge = decision.start
        while edge < decision.end:
            there = later[position]
            length = min(decision.end - edge, there.end - there.start - used)
            result.append(
                Decision(edge, edge + length, there.keep, there.category, there.by, there.why, there.confidence)
            )
            edge, used = edge + length, used + length
            if used == there.end - there.start:
                position, used = position + 1, 0
    return result


def _result(run: _Run) -> Cleaned:
    original, account, status = run.original, tuple(run.account), "ok"
    text = "".join(original[decision.start : decision.end] for decision in account if decision.keep)
    if not original.strip():
        status = "empty"
    elif not run.settled:
        account, text, status = tuple(_whole(original)), original, "kept-whole"
        run.warnings.append(f"the text was still changing after {MAX_PASSES} passes and is given back whole")
    elif _would_turn_into_a_page(original, text):
        account, text, status = tuple(_whole(original)), original, "kept-whole"
        run.warnings.append("what would be left reads as HTML; the text is given back whole")
    elif text == original:
        status = "unchanged"
    return Cleaned(
        text=text,
        original=original,
        decisions=account,
        source=run.source.name if run.source else None,
        title=run.title,
        confidence=_confidence(account),
        status=status,
        warnings=tuple(run.warnings),
    )


def _would_turn_into_a_page(original: str, text: str) -> bool:
    """Whether a second cleaning would take for a page, and strip of its tags, what is left of a text."""
    return sniff(text) == "html" and sniff(original) == "text"


def _confidence(account: Sequence[Decision]) -> float:
    """The mean confidence of a character's decision."""
    total = sum(decision.end - decision.start for decision in account)
    return sum((d.end - d.start) * d.confidence for d in account) / total if total else 1.0


@cache
def _default_cleaner() -> Cleaner:
    return Cleaner()


def clean(raw: Raw, url: str | None = None, **options: Any) -> str:
    """The body of one text or page; see `Cleaner.clean`."""
    return _default_cleaner().clean(raw, url, **options)


def explain(raw: Raw, url: str | None = None, **options: Any) -> Cleaned:
    """The body of one text or page and the account of it; see `Cleaner.explain`."""
    return _default_cleaner().explain(raw, url, **options)
