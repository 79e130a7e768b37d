"""The stages in order: read, locate the source, rules, heuristics, body.

One pass of the stages is a function of the text, the URL and the options alone. A cleaned text must come out of
another cleaning unchanged, so the passes are repeated until nothing more goes; nearly always the second pass is the
one that finds nothing. A text that has not settled after `MAX_PASSES` is given back whole, with a warning.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.body import assemble, remove
from cleaner.document import Category, Cleaned, Decision, Document, Format
from cleaner.errors import InputError, OptionError
from cleaner.heuristics.decode import BETA, Favor
from cleaner.heuristics.element_names import name_by_element
from cleaner.heuristics.judge import Judgement, judge
from cleaner.heuristics.kind import ARTICLE, EMPTY_PAGE, Kind
from cleaner.reading import Raw, read
from cleaner.reading.metadata import About, about
from cleaner.reading.sniff import sniff
from cleaner.sources.locate import DEFAULT, Collection, Source
from cleaner.sources.selecting import Selected, select

if TYPE_CHECKING:
    from cleaner.heuristics.pages import Trained

MAX_PASSES = 6
"""Passes until a text counts as unsettled. On the gold pages the most ever needed is measured in the tests."""

BATCH_CHARACTERS = 2_000_000
"""How much text `clean_many` reads ahead: bounds its memory, and is enough for work on whole columns to pay."""

KEPT = "option/keep"
"""Who decides that a category stays that the caller asked for."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class _Run:
    """One input on its way through the passes. `text` is what is left of `document`.

    `account` covers the original and is kept only where somebody asks for it: naming costs more than cleaning.
    """

    original: str
    document: Document
    url: str | None
    source_name: str | None
    text: str
    account: list[Decision] | None = None
    source: Source | None = None
    title: str | None = None
    settled: bool = False
    kind: Kind | None = None
    warnings: list[str] = field(default_factory=list)

    def accounted(self) -> _Run:
        """The same run, with an account of what goes."""
        self.account = _whole(self.original)
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
            account, text, status = tuple(_whole(self.original)) if account else (), self.original, "kept-whole"
        known = about(self.document, account, self.url) if account else About()
        said = [sentence for sentence in (kind.sentence, warning) if sentence]
        return Cleaned(
            text=text,
            original=self.original,
            decisions=account,
            source=self.source.name if self.source else None,
            title=self.title or known.title,
            byline=known.byline,
            published=known.published,
            site_name=known.site_name,
            language=known.language or (self.source.language if self.source and account else None),
            page=self.document.page,
            confidence=_confidence(account),
            status="no-article" if kind.why else status,
            article=kind.article,
            format=self.document.format,
            warnings=(*self.warnings, *said),
        )

    def _safeguard(self, text: str) -> str | None:
        """Why the input is given back whole, if it is."""
        if not self.settled:
            return f"the text was still changing after {MAX_PASSES} passes and is given back whole"
        if _would_turn_into_a_page(self.original, text):
            return "what would be left reads as HTML; the text is given back whole"
        return None


class Cleaner:
    """Built once, then used for any number of texts, from any number of threads.

    `rules` are folders of rule files: `DEFAULT` (a name for the shipped collection), paths, or a mixture; an empty
    sequence runs the heuristics alone. `keep` names categories that stay with the body. With `strict`, a rule file
    that is wrong raises `RuleError`; otherwise it is left aside and listed in `rule_problems`. `favor` is "precision",
    "balanced" or "recall". `weights` is a folder that `python -m cleaner.heuristics.train --out` has written, to use in
    place of the shipped models; the one that tells articles from other pages only where it was trained too
    (`--others`). With `fast`, trafilatura's second opinion of HTML pages is not asked for.
    """

    def __init__(  # noqa: PLR0913 - the options of everything
        self,
        rules: str | Path | Sequence[str | Path] = DEFAULT,
        keep: str | Iterable[str] = (),
        *,
        favor: Favor = "balanced",
        strict: bool = False,
        weights: str | Path | None = None,
        fast: bool = False,
    ) -> None:
        self._fast = fast
        self._keep = frozenset(_category(name) for name in ([keep] if isinstance(keep, str) else keep))
        folders = [rules] if isinstance(rules, str | Path) else list(rules)
        self._collection = Collection(folders, strict=strict)
        if favor not in BETA:
            raise OptionError(f"{favor!r} cannot be favoured; use one of: {', '.join(BETA)}")
        self._favor = favor
        self._model = None if weights is None else _weights(Path(weights))
        self._made_by = partial(
            Cleaner,
            folders,
            sorted(self._keep),
            favor=favor,
            strict=strict,
            weights=None if weights is None else str(weights),
            fast=fast,
        )

    def __reduce__(self) -> tuple[Callable[[], Cleaner], tuple[()]]:
        """Another process builds its own from the same options, and reads the same folders for it."""
        return self._made_by, ()

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
        return self._settle([self._start(raw, url, source, format)])[0].body()

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
        return self._settle([self._start(raw, url, source, format).accounted()])[0].result()

    def outcome(
        self,
        raw: Raw,
        url: str | None = None,
        *,
        source: str | None = None,
        format: Format | None = None,  # noqa: A002
    ) -> Cleaned:
        """As `explain`, but for the account and what the input says of itself. Costs as little as `clean`."""
        return self._settle([self._start(raw, url, source, format)])[0].result()

    def clean_many(self, raws: Iterable[Raw], urls: Iterable[str | None] | None = None) -> Iterator[str]:
        """The bodies of many inputs, in order. Reads ahead a bounded amount of text, see `BATCH_CHARACTERS`.

        Raises InputError at the first input that cannot be read, when those before it have been given; `outcomes` goes
        on behind it.
        """
        return (cleaned.text for cleaned in map(_readable, self.outcomes(raws, urls)))

    def explain_many(self, raws: Iterable[Raw], urls: Iterable[str | None] | None = None) -> Iterator[Cleaned]:
        """The same as `explain` for each input, batched. Raises as `clean_many` does."""
        return map(_readable, self.accounts(raws, urls))

    def outcomes(
        self,
        raws: Iterable[Raw],
        urls: Iterable[str | None] | None = None,
        *,
        format: Format | None = None,  # noqa: A002
    ) -> Iterator[Cleaned | InputError]:
        """The same as `outcome` for each input, batched. One that cannot be read has its error in its place."""
        for batch in self._batches(raws, urls, format):
            self._settle([run for run in batch if isinstance(run, _Run)])
            yield from (run.result() if isinstance(run, _Run) else run for run in batch)

    def accounts(
        self,
        raws: Iterable[Raw],
        urls: Iterable[str | None] | None = None,
        *,
        format: Format | None = None,  # noqa: A002
    ) -> Iterator[Cleaned | InputError]:
        """The same as `explain` for each input, batched. One that cannot be read has its error in its place."""
        for batch in self._batches(raws, urls, format):
            self._settle([run.accounted() for run in batch if isinstance(run, _Run)])
            yield from (run.result() if isinstance(run, _Run) else run for run in batch)

    def _batches(
        self,
        raws: Iterable[Raw],
        urls: Iterable[str | None] | None,
        format: Format | None,  # noqa: A002
    ) -> Iterator[list[_Run | InputError]]:
        batch: list[_Run | InputError] = []
        size = 0
        pairs = ((raw, None) for raw in raws) if urls is None else zip(raws, urls, strict=True)
        for raw, url in pairs:
            try:
                run = self._start(raw, url, None, format)
            except InputError as error:
                batch.append(error)
                continue
            batch.append(run)
            size += len(run.text)
            if size >= BATCH_CHARACTERS:
                yield batch
                batch, size = [], 0
        yield batch

    def _start(self, raw: Raw, url: str | None, source: str | None, format: Format | None) -> _Run:  # noqa: A002
        document = read(raw, format, second_opinion=not self._fast)
        text = _SURROGATE.sub("\ufffd", document.text)
        run = _Run(document.text, replace(document, text=text), url, source, text)
        run.title, run.warnings = document.title, list(document.warnings)
        if document.format == "html" and not text.strip():
            run.kind = EMPTY_PAGE
        return run.accounted() if self._keep or text != document.text else run

    def _settle(self, runs: list[_Run]) -> list[_Run]:
        for number in range(MAX_PASSES):
            open_runs = [run for run in runs if not run.settled]
            if not open_runs:
                break
            documents = [run.document if number == 0 else Document.from_text(run.text) for run in open_runs]
            self._pass(open_runs, documents)
        return runs

    def _pass(self, runs: list[_Run], documents: list[Document]) -> None:
        """Run all stages once over the present text of each run."""
        chosen: list[Selected] = []
        ruled: list[list[Decision]] = []
        for run, document in zip(runs, documents, strict=True):
            selected, decisions = self._ask_rules(run, document)
            chosen.append(selected)
            ruled.append(decisions)
        judgements = judge([selected.document for selected in chosen], ruled, self._favor, self._model)
        for run, selected, rules, judgement in zip(runs, chosen, ruled, judgements, strict=True):
            self._conclude(run, selected, rules, judgement)

    def _ask_rules(self, run: _Run, document: Document) -> tuple[Selected, list[Decision]]:
        """What the selectors and the rules for text of a document's source say of it, its glued lines divided."""
        source = self._collection.locate(document, run.url, run.source_name)
        run.source = run.source or source
        if source is None:
            return Selected(document), []
        from cleaner.sources.matching import apply_rules, split_points  # costs a start-up without rules 9 ms

        document = document.split(split_points(source.rules, document))
        selected = select(source.layouts, document)
        outcome = apply_rules(source.rules, selected.left())
        run.warn((*selected.warnings, *outcome.warnings))
        return selected, outcome.decisions

    def _conclude(self, run: _Run, selected: Selected, rules: list[Decision], judgement: Judgement) -> None:
        document = selected.document
        run.title = run.title or judgement.title or _ruled_title(document, [*selected.firm, *rules])
        run.kind = run.kind or (ARTICLE if selected.found else judgement.kind)
        if not selected.found:
            run.warn(judgement.warnings)
        if run.account is None:
            text = remove(document, selected.drops(rules, judgement.drops))
        else:
            decisions = name_by_element(document, selected.over(rules, judgement.decisions()), selected.unnamed)
            decisions = _still_kept([self._kept_category(each) for each in decisions], run.account)
            text, account = assemble(document, decisions)
            run.account = _compose(run.account, account)
        run.settled = text == run.text
        run.text = text

    def _kept_category(self, decision: Decision) -> Decision:
        if decision.keep or decision.category not in self._keep:
            return decision
        why = f"{decision.category} is kept on demand"
        return Decision(decision.start, decision.end, True, decision.category, KEPT, why)


def _still_kept(decisions: list[Decision], account: Sequence[Decision]) -> list[Decision]:
    """The decisions on what an account has left, but for what an option kept in it: that stays in every later pass."""
    starts, held, edge = list[int](), list[Decision](), 0
    for each in account:
        length = (each.end - each.start) if each.keep else 0
        if each.by == KEPT:
            starts.append(edge)
            held.append(replace(each, start=edge, end=edge + length))
        edge += length
    for number, decision in enumerate(decisions if held else ()):
        before = held[max(bisect_right(starts, decision.end - 1) - 1, 0)]
        if not decision.keep and before.start < decision.end and decision.start < before.end:
            decisions[number] = replace(before, start=decision.start, end=decision.end)
    return decisions


def _readable(outcome: Cleaned | InputError) -> Cleaned:
    if isinstance(outcome, InputError):
        raise outcome
    return outcome


def _ruled_title(document: Document, rules: Sequence[Decision]) -> str | None:
    """The first line that a rule drops as a title."""
    for decision in rules:
        if not decision.keep and decision.category is Category.TITLE:
            return document.text[decision.start : decision.end].strip().splitlines()[0]
    return None


def _category(name: str) -> Category:
    try:
        return Category(name)
    except ValueError:
        known = ", ".join(category.value for category in Category)
        raise OptionError(f"{name!r} is no category; use one or more of: {known}") from None


def _weights(folder: Path) -> Trained:
    from cleaner.heuristics.pages import load  # those who try models need it

    try:
        return load(folder)
    except OSError as error:
        remedy = "give a folder that python -m cleaner.heuristics.train --out has written"
        raise OptionError(f"there is no model in {folder} ({error.strerror}); {remedy}") from None


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
