"""Apply the `[html]` of rule files to the tree of a page.

Each file in force (a source's, its families') has one version that holds: the first of which a body selector finds
text, else the first. The body is that of the strongest file which has one; `drop` and `keep` hold for all of them.
Elements nest, and so do their spans: where an element to drop and one to keep stand around a block, the inner one
decides; where they are the same, it is kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from cleaner.document import Category, Decision, Document, PageTree, Span

if TYPE_CHECKING:
    from cleaner.sources.inherit import Layout
    from cleaner.sources.model import Html

BUILT_IN = (
    ("figcaption", Category.CAPTION, "the caption of a figure"),
    ("nav, [role=navigation]", Category.NAVIGATION, "an element for navigation"),
    ("form, button", Category.OTHER, "a form or a button"),
)
"""Elements that HTML itself says are no prose. Inside a body they go, unless a selector keeps them."""


class Mark(NamedTuple):
    """What becomes of the text of an element, and who says so. A category of None is left to the heuristics."""

    keep: bool
    by: str
    why: str
    category: Category | None = None

    def decision(self, span: Span) -> Decision:
        """The decision on one block."""
        category = None if self.keep else self.category or Category.OTHER
        return Decision(span.start, span.end, self.keep, category, self.by, self.why)


_Marked = tuple[Span, Mark]


@dataclass(frozen=True, slots=True)
class Selected:
    """What the selectors say of a document, whose blocks are divided where elements begin and end.

    `firm` are blocks that go, and blocks that a `keep` selector keeps; `body` those of the body, in which rules for
    text may still drop something; both in order. `unnamed` are the starts of blocks that go as nothing in particular.
    `found` tells whether there is a body.
    """

    document: Document
    firm: tuple[Decision, ...] = ()
    body: tuple[Decision, ...] = ()
    unnamed: frozenset[int] = frozenset()
    found: bool = False
    warnings: tuple[str, ...] = ()

    def left(self) -> Document:
        """The document without the blocks that go: what the rules for text see."""
        gone = {decision.start for decision in self.firm if not decision.keep}
        if not gone:
            return self.document
        pairs = zip(self.document.starts, self.document.ends, strict=True)
        left = [(start, end) for start, end in pairs if start not in gone]
        return replace(self.document, starts=tuple(start for start, _ in left), ends=tuple(end for _, end in left))

    def over(self, ruled: Sequence[Decision], judged: Sequence[Decision]) -> list[Decision]:
        """All decisions on the document: of the selectors, then of the rules for text, then of the heuristics."""
        if not self.firm and not self.body:
            return [*ruled, *judged]
        names = {decision.start: decision.category for decision in judged if not decision.keep}
        firm = [
            replace(decision, category=names.get(decision.start) or decision.category)
            if decision.start in self.unnamed
            else decision
            for decision in self.firm
        ]
        ruled = list(_outside(ruled, firm))
        body = list(_outside(self.body, ruled))
        rest = _outside(judged, sorted((*firm, *self.body), key=lambda decision: decision.start))
        return [*firm, *ruled, *body, *rest]

    def drops(self, ruled: Sequence[Decision], judged: Sequence[Span]) -> list[Span]:
        """What goes by these decisions, in order; `judged` are runs of what the heuristics would drop."""
        decided = sorted(Span(decision.start, decision.end) for decision in (*self.firm, *self.body))
        ours = (*self.firm, *_outside(ruled, self.firm))
        gone = [Span(decision.start, decision.end) for decision in ours if not decision.keep]
        return sorted([*gone, *(_minus(judged, decided) if decided else judged)])


def select(layouts: Sequence[Layout], document: Document) -> Selected:
    """What the layouts, strongest first, say of a page; nothing of a document without a tree."""
    page = document.page
    if page is None or not layouts:
        return Selected(document)
    asked = _Asked(page)
    asked.ask(layouts)
    selected = _painted(document, asked)
    if _leaves_nothing(selected):
        problem = f"{layouts[0].origin}: [html] leaves nothing of this page; it is left aside, and the heuristics judge"
        return Selected(document, warnings=(*asked.warnings, problem))
    return replace(selected, warnings=tuple(asked.warnings))


class _Asked:
    """A page that is asked for what selectors find.

    `marks` are the elements to drop and to keep; `body` the elements of the body, None where no body was found;
    `inside` whether the blocks in it stay.
    """

    def __init__(self, page: PageTree) -> None:
        self._page = page
        self.marks: list[_Marked] = []
        self.built_in: list[_Marked] = []
        self.body: list[Span] | None = None
        self.inside: Mark | None = None
        self.outside: Mark | None = None
        self.warnings: list[str] = []

    def ask(self, layouts: Sequence[Layout]) -> None:
        """Go through the files, strongest first."""
        for layout in layouts:
            version, selector, body = self._in_force(layout)
            if selector and self.body is None:
                self._take(layout, version, selector, body)
            self.marks += chain(self._kept(layout, version), self._dropped(layout, version))
        expected = next(
            (layout for layout in layouts if layout.expected and any(v.body for v in layout.versions)), None
        )
        if expected and (self.inside is None or self.inside.by != f"{expected.origin}/html"):
            instead = "the heuristics judge the page" if self.body is None else "a family's body is taken"
            self.warnings.append(f"{expected.origin}: no body selector of [html] finds text; {instead}")
        self.marks.sort(key=_outer_first)

    def _in_force(self, layout: Layout) -> tuple[Html, str, list[Span]]:
        """The version that holds, with the body selector that finds text and what it finds."""
        for version in layout.versions:
            for selector in version.body:
                body = self._find(layout, selector)
                if body:
                    return version, selector, body
        return layout.versions[0], "", []

    def _take(self, layout: Layout, version: Html, selector: str, body: list[Span]) -> None:
        self.body = list(_merged(body))
        by = f"{layout.origin}/html"
        self.outside = Mark(False, by, f"outside the body, {selector}")
        self.inside = Mark(version.inside == "keep", by, f"inside the body, {selector}")
        for built_in, category, why in BUILT_IN:
            found = self._page.select(built_in)
            inside = [span for span in found if _holds(self.body, span)]
            self.built_in += [
                (span, Mark(False, "html/element", f"{why}, inside the body", category)) for span in inside
            ]

    def _kept(self, layout: Layout, version: Html) -> Iterator[_Marked]:
        for selector in version.keep:
            mark = Mark(True, f"{layout.origin}/html", f"an element to keep, {selector}")
            yield from ((span, mark) for span in self._find(layout, selector))

    def _dropped(self, layout: Layout, version: Html) -> Iterator[_Marked]:
        for drop in version.drops:
            if drop.id not in layout.gone:
                why = drop.why or f"an element to drop, {drop.select}"
                mark = Mark(False, f"{layout.origin}/{drop.id or 'html'}", why, drop.category)
                yield from ((span, mark) for span in self._find(layout, drop.select))

    def _find(self, layout: Layout, selector: str) -> list[Span]:
        try:
            return self._page.select(selector)
        except ValueError as error:
            problem = f"{layout.origin}: {error}; it is left aside"
            self.warnings.extend([problem] if problem not in self.warnings else [])
            return []


def _outer_first(marked: _Marked) -> tuple[int, int, bool]:
    """Of equal elements, the one to keep comes last and so counts as the inner one."""
    span, mark = marked
    return span.start, -span.end, mark.keep


def _holds(body: Sequence[Span], span: Span) -> bool:
    """Whether a span lies inside one of the body's, and is not all of it."""
    index = bisect_right(body, span.start, key=lambda each: each.start) - 1
    return index >= 0 and span.end <= body[index].end and span != body[index]


def _painted(document: Document, asked: _Asked) -> Selected:
    marks, built_in = list(_innermost(asked.marks)), list(_innermost(sorted(asked.built_in, key=_outer_first)))
    body = [] if asked.body is None or asked.inside is None else [(span, asked.inside) for span in asked.body]
    layers = [layer for layer in (marks, built_in, body) if layer]
    document = document.split([offset for layer in layers for span, _ in layer for offset in span])
    firm, inside, unnamed = [], [], []
    for start, end in zip(document.starts, document.ends, strict=True):
        mark = next((mark for layer in layers if (mark := _at(layer, start))), asked.outside)
        if mark is None:
            continue
        if mark is asked.inside:
            inside.append(mark.decision(Span(start, end)))
            continue
        firm.append(mark.decision(Span(start, end)))
        if not mark.keep and mark.category is None:
            unnamed.append(start)
    kept = inside if asked.inside and asked.inside.keep else []
    return Selected(document, tuple(firm), tuple(kept), frozenset(unnamed), asked.body is not None)


def _innermost(marked: Iterable[_Marked]) -> Iterator[_Marked]:
    """Nested spans, outer ones first, as spans side by side that bear the mark of the innermost around them.

    >>> keep, drop = Mark(True, "", ""), Mark(False, "", "")
    >>> [(*span, mark.keep) for span, mark in _innermost([(Span(0, 9), drop), (Span(2, 4), keep)])]
    [(0, 2, False), (2, 4, True), (4, 9, False)]
    """
    around: list[_Marked] = []
    edge = 0
    for span, mark in chain(marked, [(Span(1 << 62, 1 << 62), Mark(True, "", ""))]):
        while around and around[-1][0].end <= span.start:
            last, theirs = around.pop()
            if edge < last.end:
                yield Span(edge, last.end), theirs
                edge = last.end
        if around and edge < span.start:
            yield Span(edge, span.start), around[-1][1]
        edge = span.start
        around.append((span, mark))


def _at(layer: Sequence[_Marked], offset: int) -> Mark | None:
    index = bisect_right(layer, offset, key=lambda marked: marked[0].start) - 1
    return layer[index][1] if index >= 0 and offset < layer[index][0].end else None


def _leaves_nothing(selected: Selected) -> bool:
    """Whether every block goes by a selector."""
    gone = sum(not decision.keep for decision in selected.firm)
    return 0 < gone == len(selected.document)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans in order, those that touch or overlap as one."""
    start, end = 0, 0
    for span in spans:
        if span.start > end:
            if start < end:
                yield Span(start, end)
            start = span.start
        end = max(end, span.end)
    if start < end:
        yield Span(start, end)


def _outside(decisions: Iterable[Decision], taken: Sequence[Decision]) -> Iterator[Decision]:
    """The decisions that overlap none that is taken; the latter are in order."""
    for decision in decisions:
        index = bisect_right(taken, decision.start, key=lambda each: each.start)
        before = taken[index - 1] if index else None
        after = taken[index] if index < len(taken) else None
        if (before is None or before.end <= decision.start) and (after is None or decision.end <= after.start):
            yield decision


def _minus(spans: Iterable[Span], taken: Sequence[Span]) -> Iterator[Span]:
    """What is left of spans in order outside others in order."""
    position = 0
    for start, end in spans:
        while position < len(taken) and taken[position].end <= start:
            position += 1
        edge, index = start, position
        while index < len(taken) and taken[index].start < end:
            if edge < taken[index].start:
                yield Span(edge, taken[index].start)
            edge = taken[index].end
            index += 1
        if edge < end:
            yield Span(edge, end)
