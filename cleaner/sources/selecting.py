"""Apply the `[html]` of rule files to the tree of a page.

Each file in force (a source's, its families') has one version that holds: the first of which a body selector finds
text, else the first. The body is that of the strongest file which has one; `drop` and `keep` hold for all of them.
Elements nest, and so do their spans: where an element to drop and one to keep stand around a block, the inner one
decides; where they are the same, it is kept.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from cleaner.document import Category, Decision, Document
from cleaner.page_tree import PageTree
from cleaner.sources.layouts import Mark, dropped, inside, kept, outside
from cleaner.sources.spans import apart_from, merged, minus
from cleaner.span import Span

if TYPE_CHECKING:
    from cleaner.sources.inherit import Layout
    from cleaner.sources.model import Html

BUILT_IN = (
    ("figcaption", Category.CAPTION, "the caption of a figure"),
    ("nav, [role=navigation]", Category.NAVIGATION, "an element for navigation"),
    ("form", Category.OTHER, "a form or a button"),
    (
        "//button[normalize-space(.) != normalize-space(ancestor::*[contains('h2h3h4h5h6', name())][1])]",
        Category.OTHER,
        "a form or a button",
    ),
)
"""Elements that HTML itself says are no prose. Inside a body they go, unless a selector keeps them. A button that is
all of a heading unfolds what stands below it, as in lists of questions; it is a subheading like any other."""


_Marked = tuple[Span, Mark]


@dataclass(frozen=True, slots=True)
class Selected:
    """What the selectors say of a document, whose blocks are divided where elements begin and end.

    `judged` is the document as it was, whose blocks the heuristics judge: a selector that finds a part of a line must
    not change what they make of the others. `firm` are blocks that go, and blocks that a `keep` selector keeps; `body`
    those of the body, in which rules for text may still drop something; both in order. `unnamed` are the starts of
    blocks that go as nothing in particular. `found` tells whether there is a body.
    """

    document: Document
    judged: Document
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
        judged = list(self._divided(judged))
        names = {decision.start: decision.category for decision in judged if not decision.keep}
        firm = [
            replace(decision, category=names.get(decision.start) or decision.category)
            if decision.start in self.unnamed
            else decision
            for decision in self.firm
        ]
        ruled = list(apart_from(ruled, firm))
        body = list(apart_from(self.body, ruled))
        rest = apart_from(judged, sorted((*firm, *self.body), key=lambda decision: decision.start))
        return [*firm, *ruled, *body, *rest]

    def _divided(self, judged: Iterable[Decision]) -> Iterator[Decision]:
        """The decisions on blocks as decisions on what the blocks were divided into."""
        starts, ends = self.document.starts, self.document.ends
        for decision in judged:
            low, high = bisect_right(starts, decision.start), bisect_left(starts, decision.end)
            begins = (decision.start, *starts[low:high])
            stops = (*ends[low - 1 : high - 1], decision.end) if low < high else (decision.end,)
            yield from (replace(decision, start=start, end=end) for start, end in zip(begins, stops, strict=True))

    def drops(self, ruled: Sequence[Decision], judged: Sequence[Span]) -> list[Span]:
        """What goes by these decisions, in order; `judged` are runs of what the heuristics would drop."""
        decided = sorted(Span(decision.start, decision.end) for decision in (*self.firm, *self.body))
        ours = (*self.firm, *apart_from(ruled, self.firm))
        gone = [Span(decision.start, decision.end) for decision in ours if not decision.keep]
        return sorted([*gone, *(minus(judged, decided) if decided else judged)])


def select(layouts: Sequence[Layout], document: Document) -> Selected:
    """What the layouts, strongest first, say of a page; nothing of a document without a tree."""
    page = document.page
    if page is None or not layouts:
        return Selected(document, document)
    asked = _Asked(page)
    asked.ask(layouts)
    selected = _painted(document, asked)
    if _leaves_nothing(selected):
        problem = f"{layouts[0].origin}: [html] leaves nothing of this page; it is left aside, and the heuristics judge"
        return Selected(document, document, warnings=(*asked.warnings, problem))
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
            for stated in chain(kept(layout, version), dropped(layout, version)):
                self.marks += ((span, stated.mark) for span in self._find(layout, stated.select))
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
        self.body = list(merged(body))
        self.outside, self.inside = outside(layout, selector), inside(layout, version, selector)
        for built_in, category, why in BUILT_IN:
            mark = Mark(False, "html/element", f"{why}, inside the body", category)
            found = self._page.select(built_in)
            self.built_in += [(span, mark) for span in found if _holds(self.body, span)]

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
    judged, document = document, document.split([offset for layer in layers for span, _ in layer for offset in span])
    firm, within, unnamed = [], [], []
    said = _by_block(layers, document.starts, asked.outside)
    for start, end, mark in zip(document.starts, document.ends, said, strict=True):
        if mark is None:
            continue
        if mark is asked.inside:
            within.append(mark.decision(Span(start, end)))
            continue
        firm.append(mark.decision(Span(start, end)))
        if not mark.keep and mark.category is None:
            unnamed.append(start)
    body_kept = within if asked.inside and asked.inside.keep else []
    return Selected(document, judged, tuple(firm), tuple(body_kept), frozenset(unnamed), asked.body is not None)


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


def _by_block(
    layers: Sequence[Sequence[_Marked]], starts: Sequence[int], outside: Mark | None
) -> Sequence[Mark | None]:
    """What becomes of the block at each of the starts: what the first layer says that says something of it."""
    said = [outside] * len(starts)
    for layer in reversed(layers):
        for span, mark in layer:
            low, high = bisect_left(starts, span.start), bisect_left(starts, span.end)
            said[low:high] = [mark] * (high - low)
    return said


def _leaves_nothing(selected: Selected) -> bool:
    """Whether every block goes by a selector."""
    gone = sum(not decision.keep for decision in selected.firm)
    return 0 < gone == len(selected.document)
