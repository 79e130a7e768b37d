"""A page's tree as text: every visible text of it, laid out in document order, and which element each piece is from.

As the text follows the tree, whatever stands in one element is one span of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any

from cleaner.document import Markup, Span
from cleaner.reading.declared import declared_body, declared_titles
from cleaner.reading.markup import CELL, HIDDEN, PARAGRAPH, RAW, ROW
from cleaner.reading.needs import names_needed
from cleaner.reading.second_opinion import ELEMENTS, EXTRACTED, extracted

SKIPPED = (RAW - {"xmp"}) | HIDDEN | {"head", "optgroup", "datalist"}
"""Elements none of whose text is read: what no browser shows, and the choices of forms."""

LEAST_WITHOUT_SCRIPT = 1_000
"""Characters of `noscript` from which it may be the page, for readers without scripts; fewer are a request for them."""

SPACE, LINE, BLANK = 1, 2, 3
"""What may be due before the next text: a space, a line break, a blank line. The greatest counts."""

GAPS = {
    **dict.fromkeys(CELL, SPACE),
    **dict.fromkeys(ROW, LINE),
    **dict.fromkeys((*PARAGRAPH, "xmp"), BLANK),
}
PREFORMATTED = ("pre", "xmp")
"""Elements whose blanks and line breaks count."""

PARTS_OF_CELLS = ("p", "div", "table", "ul", "ol", "br", "h1", "h2", "h3", "h4", "blockquote")
"""A table cell that holds one of these is a part of the layout, not a value among others, and begins a line."""

TELLING = frozenset({"class", "id", "role", "itemprop", "style", "hidden", "aria-hidden"})
"""Attributes that say what an element is."""

_BREAKS = "\t\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029"
_BLANKS = re.compile(f" {{2,}}|[ {_BREAKS}]*[{_BREAKS}][ {_BREAKS}]*")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_XPATH = re.compile(r"\.?/|\(")

Element = Any
"""An lxml element, whose type the stubs cannot tell from that of a comment."""


@lru_cache(maxsize=10_000)
def _compiled(selector: str) -> Any:
    """A selector as XPath; a source's are asked for on each of its pages, and take longer to compile than to use."""
    from lxml import etree  # heavy: only for pages
    from lxml.cssselect import CSSSelector

    return etree.XPath(selector) if _XPATH.match(selector.strip()) else CSSSelector(selector, translator="html")


class Tree:
    """A page's tree, its text, and the pieces of text of which that is made.

    Piece `i` is `text[starts[i]:ends[i]]`; it is the text of element `owners[i]`, or the tail of one below it. Element
    `j` (in document order) holds the pieces from `first[j]` up to `last[j]`.
    """

    def __init__(self, root: Element, *, second_opinion: bool = True) -> None:
        self.root = root
        self._second_opinion = second_opinion
        layout = _Layout(SKIPPED)
        layout.walk(root)
        if _without_script(root) > max(layout.size, LEAST_WITHOUT_SCRIPT):
            layout = _Layout(SKIPPED - {"noscript"})
            layout.walk(root)
        self.text = "".join(layout.out)
        self._layout = layout

    @cached_property
    def markup(self) -> Markup:
        """What the elements say of the blocks, as columns."""
        made = self._layout
        return Markup(
            parents=made.parents,
            tags=made.tags,
            names=made.names,
            roles=made.roles,
            hidden=made.hidden,
            first=made.first,
            last=made.last,
            starts=made.starts,
            ends=made.ends,
            owners=made.owners,
            linked=made.linked,
            anchored=made.anchored,
            declared=declared_body(self.root),
            titles=declared_titles(self.root),
        )

    @cached_property
    def extracted(self) -> str | None:
        """What an extractor takes for the main content; None where it may not be asked, finds nothing or fails."""
        asked = self._second_opinion and len(self._layout.elements) <= ELEMENTS and len(self.text) <= EXTRACTED
        return extracted(self.root) if asked else None

    @cached_property
    def _number(self) -> dict[Element, int]:
        return {element: number for number, element in enumerate(self._layout.elements)}

    def _may_match(self, selector: str) -> bool:
        """Whether the page has all names of some alternative of a selector; its names are read if all ask for some."""
        needed = names_needed(selector)
        return not all(needed) or any(names <= self._known_names for names in needed)

    @cached_property
    def _known_names(self) -> frozenset[str]:
        """The classes and ids of all elements."""
        from lxml import etree  # heavy: only for pages

        values: Any = etree.XPath("//@class | //@id", smart_strings=False)(self.root)
        return frozenset(name for value in values for name in value.split())

    def span(self, element: Element) -> Span:
        """Where an element's text stands; an empty span if it has none."""
        made, number = self._layout, self._number.get(element, -1)
        if number < 0 or made.first[number] == made.last[number]:
            return Span(0, 0)
        return Span(made.starts[made.first[number]], made.ends[made.last[number] - 1])

    def select(self, selector: str) -> list[Span]:
        """The spans of what a CSS selector, or an XPath (which begins with "/", "./" or "("), matches, in order.

        Raises ValueError for what is neither.
        """
        spans = [self.span(element) for element in self._matches(selector)]
        return sorted({span for span in spans if span.end > span.start})

    def _matches(self, selector: str) -> list[Element]:
        from cssselect import SelectorError
        from lxml import etree  # heavy: only for pages

        try:
            compiled = _compiled(selector)
            found = compiled(self.root) if self._may_match(selector) else []
        except (etree.XPathError, SelectorError, SyntaxError) as error:
            raise ValueError(f"{selector!r} is no selector: {error}") from None
        return [element for element in found if isinstance(element, etree._Element)] if isinstance(found, list) else []

    def texts(self) -> Iterator[tuple[Element, bool, Span]]:
        """Each piece: its element, whether it is that element's tail, its span."""
        made = self._layout
        for (element, tail), start, end in zip(made.sources, made.starts, made.ends, strict=True):
            yield element, tail, Span(start, end)


class _Layout:
    """The walk over a tree and what it has found so far."""

    def __init__(self, skipped: frozenset[str]) -> None:
        self._skipped = skipped
        self.elements: list[Element] = []
        self.parents: list[int] = []
        self.tags: list[str] = []
        self.names: list[str] = []
        self.roles: list[str] = []
        self.hidden: list[bool] = []
        self.first: list[int] = []
        self.last: list[int] = []
        self.out: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.owners: list[int] = []
        self.linked: list[bool] = []
        self.anchored: list[bool] = []
        self._anchors = 0
        self._links = 0
        self.sources: list[tuple[Element, bool]] = []
        self.size = 0
        self._gap = 0
        self._held = ""
        self._item_open = False
        self._after_br = False
        self._parted = False

    def walk(self, root: Element) -> None:
        """Read every element below the root."""
        from lxml import etree  # heavy: only for pages

        walker = etree.iterwalk(root, events=("start", "end"))
        open_elements, preformatted = [-1], 0
        for event, element in walker:
            tag = element.tag
            text = element.tail if event == "end" else None
            if event == "start" and tag in self._skipped:
                walker.skip_subtree()
            elif event == "start":
                open_elements.append(len(self.elements))
                self._enter(element, tag, open_elements[-2])
                preformatted += tag in PREFORMATTED
                self._links += tag == "a"
                self._anchors += _is_anchor(element)
                text = element.text
            elif tag not in self._skipped:
                self._leave(tag, open_elements.pop())
                self._links -= tag == "a"
                self._anchors -= _is_anchor(element)
                preformatted -= tag in PREFORMATTED
            if text and open_elements[-1] >= 0:
                say = self._say_verbatim if preformatted else self._say
                say(text, (element, event == "end"), open_elements[-1])

    def _enter(self, element: Element, tag: str, parent: int) -> None:
        names = role = ""
        hidden = False
        for name, value in element.items():
            if name not in TELLING:  # most are addresses and data of scripts
                continue
            if name in ("class", "id"):
                names = f"{names} {value}" if names else value
            elif name in ("role", "itemprop"):
                role = f"{role} {value}" if role else value
            else:
                hidden = hidden or _hides(name, value)
        self.elements.append(element)
        self.parents.append(parent)
        self.tags.append(tag)
        self.names.append(names)
        self.roles.append(role)
        self.hidden.append(hidden)
        self.first.append(len(self.starts))
        self.last.append(0)
        self._open(element, tag)

    def _open(self, element: Element, tag: str) -> None:
        """What is due before the text of an element."""
        gap = GAPS.get(tag, 0)
        if tag == "li":
            self._gap, self._item_open = max(self._gap, LINE), True
        elif tag == "br":
            self._gap, self._after_br = BLANK if self._after_br else max(self._gap, LINE), True
        elif tag == "a" and not self._gap and _follows_a_link(element):
            self._gap = SPACE
        elif tag in ("a", "span"):
            self._parted = True
        elif tag in ("td", "th") and next(element.iter(*PARTS_OF_CELLS), None) is not None:
            self._gap = max(self._gap, LINE)
        elif gap > self._gap and not (self._item_open and gap == BLANK):
            self._gap = gap

    def _leave(self, tag: str, number: int) -> None:
        self.last[number] = len(self.starts)
        if tag == "li":
            self._gap, self._item_open = LINE, False
        elif tag != "br":
            self._gap = max(self._gap, GAPS.get(tag, 0))
        if tag in PREFORMATTED:
            self._held = ""

    def _say(self, text: str, source: tuple[Element, bool], owner: int) -> None:
        if text.isspace():
            self._gap = self._gap or SPACE
            return
        if "  " in text or not text.isprintable():  # of the blanks and breaks that are looked for a space alone is
            text = _BLANKS.sub(" ", text)
        bare = text.strip(" ")
        if not self._gap and (text[0] == " " or (self._parted and self._begins_a_word(bare))):
            self._gap = SPACE
        self._add(("", " ", "\n", "\n\n")[self._gap], bare, source, owner)
        self._gap = SPACE if text[-1] == " " else 0

    def _begins_a_word(self, text: str) -> bool:
        """Whether a link or a span without a blank before it is a label of its own, which a style sheet parts.

        It is if a capital follows a small letter: of 1,032 such places on the gold pages, 2 are inside a word.
        """
        return self.size > 0 and self.out[-1][-1].islower() and text[0].isupper()

    def _say_verbatim(self, text: str, source: tuple[Element, bool], owner: int) -> None:
        """Preformatted text, whose blanks and line breaks count; those at its ends are `held` until more follows."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        bare = text.strip()
        if not bare:
            self._held += text
            return
        lead = self._held + text[: len(text) - len(text.lstrip())]
        self._held = text[len(text.rstrip()) :]
        before = "\n" * (self._gap - 1) + lead.rpartition("\n")[2] if self._gap >= LINE else lead
        self._add(before, bare, source, owner)
        self._gap = 0

    def _add(self, before: str, bare: str, source: tuple[Element, bool], owner: int) -> None:
        if self.size:
            self.out.append(before)
            self.size += len(before)
        self.out.append(bare)
        self.starts.append(self.size)
        self.size += len(bare)
        self.ends.append(self.size)
        self.owners.append(owner)
        self.linked.append(self._links > 0)
        self.anchored.append(self._anchors > 0)
        self.sources.append(source)
        self._item_open = self._after_br = self._parted = False


def _without_script(root: Element) -> int:
    """Characters that the page holds for readers without scripts, below its head."""
    body = root.find("body")
    found = body.iter("noscript") if body is not None else ()
    return sum(len(" ".join(text.split())) for element in found for text in element.itertext())


def _hides(name: str, value: str) -> bool:
    """Whether an attribute hides its element."""
    if name == "style":
        return _HIDING.search(value) is not None
    return name == "hidden" or (name == "aria-hidden" and value == "true")


def _is_anchor(element: Element) -> bool:
    """Whether an element is a link to a place in the page."""
    return element.tag == "a" and (element.get("href") or "").startswith("#")


def _follows_a_link(element: Element) -> bool:
    """Whether a link follows another without a blank, as in menus whose style sheet parts them."""
    previous = element.getprevious()
    return previous is not None and previous.tag == "a" and not previous.tail
