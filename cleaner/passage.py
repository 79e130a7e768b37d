"""One input on its way through the passes, and what comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from cleaner.account import mean_confidence, whole
from cleaner.document import Cleaned, Decision, Document
from cleaner.heuristics.kind.kind import ARTICLE, EMPTY_PAGE, NEEDS_SCRIPT, Kind
from cleaner.heuristics.prompts.carried import Left
from cleaner.reading.sniff import sniff
from cleaner.sources.locate import Source
from cleaner.sources.selecting import Selected

if TYPE_CHECKING:
    from cleaner.reading.metadata import About

MAX_PASSES = 10
"""Passes until a text counts as unsettled. Of 6,500 texts of gold pages (six kinds of dumps and bodies) four need more
than six, and one more than ten; what has not settled comes back with all its menus."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Passage:
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
    def of(cls, document: Document, url: str | None, source_name: str | None) -> Passage:
        """An input as it was read. One whose lone surrogates no matcher may see is put together from its account."""
        text = _without_surrogates(document.text)
        passage = cls(document.text, replace(document, text=text), url, source_name, text)
        passage.title, passage.warnings = document.title, list(document.warnings)
        if document.page is not None and document.page.wants_script:
            passage.kind = NEEDS_SCRIPT
        elif document.format == "html" and not text.strip():
            passage.kind = EMPTY_PAGE
        return passage if text == document.text else passage.accounted()

    def accounted(self) -> Passage:
        """The same passage, with an account of what goes."""
        self.account = []
        return self

    def for_body(self) -> Passage:
        """The same passage, asked for the body alone: neither for its title nor whether it is an article."""
        self.kind, self.told = ARTICLE, False
        return self

    def untitled(self) -> Passage:
        """The same passage, for whose title nobody asks; an account needs it."""
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
