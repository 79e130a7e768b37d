"""What the `[html]` of a file says, selector by selector, of the elements that each finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from cleaner.document import Category, Decision
from cleaner.span import Span

if TYPE_CHECKING:
    from cleaner.sources.inherit import Layout
    from cleaner.sources.model import Html


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


class Stated(NamedTuple):
    """A selector, its place in the layout's version, such as `drop[0]`, and what it says of the elements it finds.

    Of those that `body` finds it says what becomes of the text outside them.
    """

    place: str
    select: str
    mark: Mark


def stated(layout: Layout, version: Html) -> Iterator[Stated]:
    """All that a version says, as the file has it: the body, what goes, what stays."""
    for number, selector in enumerate(version.body):
        yield Stated(f"body[{number}]", selector, outside(layout, selector))
    yield from dropped(layout, version)
    yield from kept(layout, version)


def outside(layout: Layout, selector: str) -> Mark:
    """What becomes of the text outside the body."""
    return Mark(False, _by(layout), f"outside the body, {selector}")


def inside(layout: Layout, version: Html, selector: str) -> Mark:
    """What becomes of the text inside the body; with `inside = "judge"` a place for what the heuristics say."""
    return Mark(version.inside == "keep", _by(layout), f"inside the body, {selector}")


def kept(layout: Layout, version: Html) -> Iterator[Stated]:
    """What stays."""
    for number, selector in enumerate(version.keep):
        yield Stated(f"keep[{number}]", selector, Mark(True, _by(layout), f"an element to keep, {selector}"))


def dropped(layout: Layout, version: Html) -> Iterator[Stated]:
    """What goes, but for what a file that inherits it switched off."""
    for number, drop in enumerate(version.drops):
        if drop.id not in layout.gone:
            why = drop.why or f"an element to drop, {drop.select}"
            by = f"{layout.origin}/{drop.id}" if drop.id else _by(layout)
            yield Stated(f"drop[{number}]", drop.select, Mark(False, by, why, drop.category))


def _by(layout: Layout) -> str:
    return f"{layout.origin}/html"
