"""What a page that still has its HTML tells beside its text: its elements, as columns and as a tree."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Any, NamedTuple, Protocol

from cleaner.span import Span


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


MATHML = _names(
    "math maction merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms msqrt mstyle "
    "msub msubsup msup mtable mtd mtext mtr munder munderover semantics"
)
"""Elements of formulas. A formula stands inside a line."""


class Element(NamedTuple):
    """What an element says of itself: its tag, its class and id attributes, its ARIA role and itemprop, and whether it
    is hidden by itself."""

    tag: str
    names: str = ""
    role: str = ""
    hidden: bool = False


class Markup(NamedTuple):
    """What the HTML of a page says of its text, as columns.

    `elements` are the different elements of the page, in the order in which each is met first. Of each element that
    there is, in document order: the number of its parent (-1 for the root), which of `elements` it is (`kinds`), and
    the pieces of text that it holds (`first` up to `last`). Of each piece: its offsets in the document's text, the
    element it is directly in, and whether it is within a link, and within one to a place in the page itself.
    `extracted` is what an extractor takes for the main content, where it was asked, `declared` the article's body as
    the page's metadata (JSON-LD) has it; each None where there is none. `titles` is what its metadata call it.
    """

    elements: Sequence[Element]
    parents: Sequence[int]
    kinds: Sequence[int]
    first: Sequence[int]
    last: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]
    owners: Sequence[int]
    linked: Sequence[int]
    anchored: Sequence[int]
    extracted: str | None = None
    declared: str | None = None
    titles: tuple[str, ...] = ()

    def element(self, number: int) -> Element:
        """What one of the elements says of itself."""
        return self.elements[self.kinds[number]]

    def around(self, first: int, other: int) -> tuple[int, float]:
        """Where the text begins, and before which offset it ends, of the innermost element that holds what stands at
        two offsets; all of the page's text where none does."""
        wanted = self._piece(other)
        number = self.owners[self._piece(first)] if self.owners else -1
        while number >= 0 and not self.first[number] <= wanted < self.last[number]:
            number = self.parents[number]
        if number < 0:
            return 0, inf
        last = self.last[number]
        return self.starts[self.first[number]], self.starts[last] if last < len(self.starts) else inf

    def _piece(self, offset: int) -> int:
        """The piece of text in which, or behind which, an offset lies."""
        return max(bisect_right(self.starts, offset) - 1, 0)


class Telling(NamedTuple):
    """An element that speaks for its page as a whole. `text` is that of a title, and of what JSON-LD declares."""

    tag: str
    attributes: Mapping[str, str]
    text: str = ""
    in_head: bool = False


class PageTree(Protocol):
    """The tree of a page, for those who know what to look for in it.

    Those that speak for the page are, in document order, `html`, `body`, `title`, `meta`, `link`, `script`, `iframe`,
    and the first of its pictures.
    """

    @property
    def telling(self) -> Sequence[Telling]:
        """The elements that speak for the page."""

    @property
    def headings(self) -> Sequence[str]:
        """What its headings of the first rank say."""

    @property
    def wants_script(self) -> bool:
        """Whether it is but a frame, and asks for JavaScript in its `noscript`."""

    @property
    def root(self) -> Any:
        """The root of the page as lxml parses it; for those whom the columns do not serve."""

    @property
    def markup(self) -> Markup:
        """What the elements say of the text."""

    @property
    def extracted(self) -> str | None:
        """What an extractor takes for the main content, found out when somebody asks; None where nothing is."""

    def select(self, selector: str) -> list[Span]:
        """Where the text of the matched elements stands."""

    def span(self, element: Any) -> Span:
        """Where the text of an element stands."""

    def texts(self) -> Iterator[tuple[Any, bool, Span]]:
        """Each piece of text: its element, whether it is that element's tail, its span."""
