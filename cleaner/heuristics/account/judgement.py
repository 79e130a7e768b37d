"""What the heuristics say of one document. What goes is named only when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from itertools import pairwise

import numpy as np

from cleaner.document import Decision
from cleaner.heuristics.account.naming import name_run
from cleaner.heuristics.account.reasons import UNTRUE_ABOVE, UNTRUE_BELOW, UNTRUE_INSIDE, in_words
from cleaner.heuristics.account.setting import Setting
from cleaner.heuristics.forms.view import View
from cleaner.heuristics.kind.kind import Kind
from cleaner.heuristics.named.headline import headline
from cleaner.heuristics.named.page import Finding, Page
from cleaner.heuristics.prompts.carried import Left, told_of
from cleaner.heuristics.verdict.verdicts import Opinion
from cleaner.span import Span

EVEN = 0.5
"""Where a block goes that is more likely body than this, its place at the edge of the body decided, not the model."""
EDGE = 0.8
"""How sure that is: of 62 such blocks of every third gold page 50 are no body."""
JOINED = 0.9
"""How sure it is that marks stay where the lines around them do: of 3,243 on gold dumps 2,940 stand so in the body."""
WITHOUT_PAGE = 0.9
"""How sure it is that a text stays around which there is no page, where the model would have dropped some of it."""

_Reason = tuple[str, float]
"""What weighed most, and how likely the block is body."""


class Judgement:
    """What goes of a document. Nothing of it touches what the rules decided.

    `goes` holds the blocks that go, each with the finding by which it goes, or None where the model says so; `inside`
    are decisions on parts of blocks. `ask` gives what the model says of the document, which it may have to find out.
    `joined` are blocks of marks that stay because the lines around them do.
    `kind` says whether the document is an article, and is no part of what goes.
    """

    def __init__(
        self,
        page: Page,
        ask: Callable[[], Opinion],
        goes: Mapping[int, Finding | None],
        inside: Sequence[Decision] = (),
    ) -> None:
        self._page, self._ask, self._goes, self._inside = page, ask, goes, inside
        self.view: View | None = None
        self.known_title: str | None = None
        self.is_page = True
        self.joined: frozenset[int] = frozenset()
        self.warnings: tuple[str, ...] = ()
        self.tell: Callable[[], Kind] = partial(Kind, 1.0)

    @property
    def kind(self) -> Kind:
        """Whether the document is an article; found out for the whole batch when somebody asks for the first time."""
        return self.tell()

    @cached_property
    def title(self) -> str | None:
        """The title, if one is known or a line above the body reads like one."""
        if self.known_title is None and self._headline is not None:
            return self._page.blocks[self._headline]
        return self.known_title

    @cached_property
    def _headline(self) -> int | None:
        """The block that is the title."""
        if self.known_title is None:
            return headline(self._page, self._goes)
        return self._page.blocks.index(self.known_title)

    @cached_property
    def drops(self) -> list[Span]:
        """The runs of text that go, in order; neighbouring blocks that go are one run."""
        document = self._page.document
        runs = _runs(sorted(map(self._page.numbers.__getitem__, self._goes)))
        whole = [Span(document.starts[first], document.ends[end - 1]) for first, end in runs]
        drops = sorted([*whole, *(Span(decision.start, decision.end) for decision in self._inside)])
        return drops if self.view is None else [span for drop in drops if (span := self.view.back(drop))]

    def dropped(self) -> list[Decision]:
        """What goes, block by block, with category, reason and confidence."""
        return self._told([*self._named(self._reasons(self._unnamed)), *self._inside])

    def decisions(self) -> list[Decision]:
        """What goes, and the blocks that stay, with reason and confidence."""
        partly = {number for decision in self._inside for number in self._numbers(decision)}
        whole = [index for index in self._kept if self._page.numbers[index] not in partly]
        reasons = self._reasons([*self._unnamed, *whole])
        stays = (self._stays(index, *reasons[index]) for index in whole)
        return self._told([*self._named(reasons), *self._inside, *stays])

    def _stays(self, index: int, why: str, likely: float) -> Decision:
        """The decision on a block that stays."""
        by = "heuristic/body"
        if likely < EVEN and index in self.joined:
            by, why, likely = "heuristic/marks-between", "marks that belong to the lines around them", JOINED
        elif likely < EVEN and not self.is_page:
            by, why, likely = "heuristic/no-page", "nothing in this text tells of a page around it", WITHOUT_PAGE
        elif likely < EVEN:
            why = f"in doubt, and kept; against it: {why}"
        return Decision(*self._page.span(index), True, None, by, why, likely)

    def _told(self, decisions: Sequence[Decision]) -> list[Decision]:
        found = sorted(decisions, key=lambda decision: decision.start)
        return found if self.view is None else [told for each in found if (told := self.view.told(each))]

    @property
    def left(self) -> Left | None:
        """What is left of the document's blocks, where none of them is seen otherwise than it is written, decided by a
        rule, or dropped in part."""
        page = self._page
        if self.view is not None or self._inside or len(page) < len(page.document):
            return None
        stays = np.ones(len(page), np.bool_)
        stays[list(self._goes)] = False
        return Left(told_of(page.batch), np.flatnonzero(stays) + page.first)

    @cached_property
    def _kept(self) -> list[int]:
        return [index for index in range(len(self._page)) if index not in self._goes]

    @cached_property
    def _unnamed(self) -> list[int]:
        """The blocks that go because the model says so."""
        return sorted(index for index, finding in self._goes.items() if finding is None)

    def _named(self, reasons: Mapping[int, _Reason]) -> list[Decision]:
        """The blocks that go, named."""
        page, setting = self._page, self._setting
        named = {index: finding for index, finding in self._goes.items() if finding is not None}
        for run in _runs(self._unnamed):
            for index, name in zip(range(run.start, run.end), name_run(page, run, setting), strict=True):
                why, likely = reasons[index]
                sure, why = (
                    (EDGE, name.why) if likely > EVEN else (1 - likely, "; ".join(filter(None, (name.why, why))))
                )
                named[index] = Finding(Span(index, index + 1), name.category, name.heuristic, why, sure)
        return [_decision(page.span(index), finding) for index, finding in sorted(named.items())]

    @cached_property
    def _setting(self) -> Setting:
        return Setting.of(self._page, self._goes, self._headline)

    def _untrue(self, index: int) -> Sequence[str]:
        """What is not true of a block's place."""
        body = self._setting.body
        if index not in self._goes or body.start <= index < body.end:
            return UNTRUE_INSIDE
        return UNTRUE_ABOVE if index < body.start else UNTRUE_BELOW

    def _reasons(self, indices: Sequence[int]) -> dict[int, _Reason]:
        """What the model says of blocks."""
        if not indices:
            return {}
        opinion = self._ask()
        verdict = opinion.part.verdict
        blocks = [opinion.first + self._page.numbers[index] for index in indices]
        said = zip(
            in_words(verdict, blocks, list(map(self._untrue, indices))),
            opinion.part.likely[blocks].tolist(),
            strict=True,
        )
        return dict(zip(indices, said, strict=True))

    def _numbers(self, decision: Decision) -> range:
        starts = self._page.document.starts
        low = int(np.searchsorted(starts, decision.start, side="right")) - 1
        return range(low, int(np.searchsorted(starts, decision.end)))


def _runs(indices: Sequence[int]) -> list[Span]:
    """Runs of neighbours among indices in order."""
    gaps = [place for place, (left, right) in enumerate(pairwise(indices), 1) if right != left + 1]
    bounds = pairwise([0, *gaps, len(indices)]) if indices else ()
    return [Span(indices[low], indices[high - 1] + 1) for low, high in bounds]


def _decision(span: Span, finding: Finding) -> Decision:
    by = f"heuristic/{finding.heuristic}"
    return Decision(span.start, span.end, False, finding.category, by, finding.why, finding.confidence)
