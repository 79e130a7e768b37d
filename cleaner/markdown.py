"""A page's kept text as Markdown: a small tree of what the body needs is made, and markdownify writes it.

The tree holds the elements that Markdown has a form for, each around the text in it that was kept. Others vanish, so
that however deep a page nests, the tree is shallow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


MEANING = _names(
    "a b blockquote caption code dd del dl dt em figcaption figure h1 h2 h3 h4 h5 h6 i kbd li ol p pre s samp strong "
    "table tbody td tfoot th thead tr ul"
)
"""Elements that stand in the tree as they are."""

DIVISION = _names("address article aside center details div fieldset footer header hgroup main section summary")
"""Elements that stand apart without a form of their own."""

INLINE = _names("a b code del em i kbd s samp strong")
TABLE = _names("caption table tbody td tfoot th thead tr")
CELLS = frozenset(["td", "th"])

LAYOUT = ("table", "p", "div", "ul", "ol", "dl", "blockquote", "pre", "h1", "h2", "h3", "h4", "section", "article")
"""Elements that a table of values does not hold. A table with one of them is a part of the page's layout."""

LINKS = frozenset(["http", "https", "mailto", "ftp", ""])
"""Schemes of links that are worth to be kept; the empty one is that of a link inside the site."""

DEEPEST = 40
"""Elements that stand inside each other in the tree; inner ones vanish. The writer recurses, and no text needs more."""


def markdown(page: Any, text: str, kept: Iterable[tuple[int, int]], url: str | None = None) -> str:
    """The kept parts of a page's text, half-open offsets in order. With `url`, links inside the site become whole.

    `page` is the page's tree, and `text` the text that it lays out.
    """
    from markdownify import MarkdownConverter  # for this alone

    tree = _Tree(url)
    for element, tail, (start, end) in _pieces(page, kept):
        tree.add(element.getparent() if tail else element, text, start, end)
    written: str = MarkdownConverter(bullets="-", heading_style="atx", escape_misc=False).convert(tree.markup())
    return _settled(written)


def _pieces(page: Any, kept: Iterable[tuple[int, int]]) -> Iterator[tuple[Any, bool, tuple[int, int]]]:
    """The texts of the tree, as far as they are kept."""
    spans = iter(kept)
    span = next(spans, None)
    for element, tail, (start, end) in page.texts():
        while span is not None and span[1] <= start:
            span = next(spans, None)
        while span is not None and span[0] < end:
            yield element, tail, (max(start, span[0]), min(end, span[1]))
            if span[1] > end:
                break
            span = next(spans, None)


class _Tree:
    """The tree while it is made. `open` are the elements around the last text: originals and their copies."""

    def __init__(self, url: str | None) -> None:
        from lxml import etree  # whoever has a page has it

        self._make = etree.SubElement
        self._write = etree.tostring
        self._root = etree.Element("div")
        self._url = url
        self._open: list[tuple[Any, Any]] = []
        self._end = 0
        self._continued: Any = None
        self._layout: dict[Any, bool] = {}
        self._columns: dict[Any, int] = {}
        self._filled: dict[Any, int] = {}

    def markup(self) -> str:
        """The tree as HTML."""
        return str(self._write(self._root, encoding="unicode", method="html"))

    def add(self, element: Any, text: str, start: int, end: int) -> None:
        """Add a text that stands directly in an element of the page."""
        if text[start:end].isspace():
            return  # the gap before the next text holds it
        path = self._path(element)
        shared = 0
        while shared < min(len(path), len(self._open)) and path[shared] is self._open[shared][0]:
            shared += 1
        same_block = all(_tag(each) in INLINE for each in [*path[shared:], *(old for old, _ in self._open[shared:])])
        del self._open[shared:]
        gap, self._end = text[self._end : start] if self._end else "", end
        preformatted = any(_tag(each) == "pre" for each in path[:shared])
        if preformatted:
            _append(self._parent(), gap if not gap.strip() else "\n" * (not gap.endswith("\n")))
        elif same_block:
            self._part(gap)
        for original in path[shared:]:
            self._open.append((original, self._copy(original)))
        _append(self._parent(), text[start:end])

    def _parent(self, tag: str = "") -> Any:
        """Where the next text, or the next element of a tag, goes. What follows a list gets its own."""
        parent = self._open[-1][1] if self._open else self._root
        last = _last(parent)
        if last is None or (tag and tag not in INLINE):
            return parent
        if last.tag in ("ul", "ol"):
            self._continued = last = self._make(parent, "p")
        return last if last is self._continued else parent

    def _part(self, gap: str) -> None:
        """Part a text from the one before it in the same block."""
        if "\n" in gap:
            for _ in range(2 if "\n\n" in gap else 1):
                self._make(self._parent(), "br")
        elif any(map(str.isspace, gap)):
            _append(self._parent(), " ")

    def _path(self, element: Any) -> list[Any]:
        """The elements around a text that are to be in the tree, outermost first."""
        path: list[Any] = []
        while element is not None:
            tag = self._named(element)
            inner = self._named(path[-1]) if path else ""
            if tag in MEANING or (tag == "div" and inner != "div"):
                path.append(element)
            element = element.getparent()
        return path[::-1][:DEEPEST]

    def _named(self, element: Any) -> str:
        """The tag that an element would have in the tree; empty for one that has none."""
        tag = _tag(element)
        if tag in TABLE and self._is_layout(element):
            return "div" if tag in ("table", "td", "th", "caption") else ""
        return tag if tag in MEANING else "div" if tag in DIVISION else ""

    def _is_layout(self, element: Any) -> bool:
        table = element if element.tag == "table" else next(element.iterancestors("table"), None)
        if table is None:
            return True
        if table not in self._layout:
            inside = table.iter(*LAYOUT)
            self._layout[table] = any(each is not table for each in inside)
        return self._layout[table]

    def _copy(self, original: Any) -> Any:
        tag = self._named(original)
        parent = self._parent(tag)
        if tag in CELLS:
            self._fill(parent, self._column(original))
        copy = self._make(parent, tag)
        for name in ("colspan", "start"):
            if original.get(name, "").isdigit():
                copy.set(name, original.get(name))
        if tag == "a":
            _set_link(copy, original.get("href") or "", self._url)
        return copy

    def _fill(self, row: Any, column: int) -> None:
        """Make empty cells for those before a column of which nothing was kept."""
        for _ in range(column - self._filled.get(row, 0)):
            self._make(row, "td")
        self._filled[row] = column + 1

    def _column(self, cell: Any) -> int:
        if cell not in self._columns:
            row = cell.getparent()
            self._columns.update((each, column) for column, each in enumerate(row.iterchildren("td", "th")))
        return self._columns[cell]


def _tag(element: Any) -> str:
    return str(element.tag)


def _last(element: Any) -> Any:
    """The last child, or None. Counting the children, as `len` does, would take time in their square."""
    return next(element.iterchildren(reversed=True), None)


def _append(element: Any, text: str) -> None:
    last = _last(element)
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        element.text = (element.text or "") + text


def _set_link(copy: Any, href: str, url: str | None) -> None:
    try:
        whole = urljoin(url or "", href.strip())
        if href and not href.startswith("#") and urlsplit(whole).scheme in LINKS:
            copy.set("href", whole)
    except ValueError:
        copy.attrib.pop("href", None)  # no address, so no link


def _settled(written: str) -> str:
    """Without runs of blank lines, and without white space where a paragraph ends."""
    lines: list[str] = []
    for line in written.strip().split("\n"):
        if line.strip():
            lines.append(line)
        elif lines and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
    return "\n".join(lines) + "\n" if lines != [""] else ""
