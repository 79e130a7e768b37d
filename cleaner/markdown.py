"""A page's kept text as Markdown: a small tree of what the body needs is made, and markdownify writes it, with the
manners of markdown_manners.py.

The tree holds the elements that Markdown has a form for, each around the text in it that was kept. Others vanish, so
that however deep a page nests, the tree is shallow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from cleaner.markdown_manners import INLINE, LANGUAGE, Manners


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


MEANING = _names(
    "a b blockquote caption code dd del dl dt em figcaption figure h1 h2 h3 h4 h5 h6 i kbd li ol p pre s samp strong "
    "table tbody td tfoot th thead tr ul"
)
"""Elements that stand in the tree as they are."""

DIVISION = _names("address article aside center details div fieldset footer header hgroup main section summary")
"""Elements that stand apart without a form of their own."""

EMPHASIS = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
"""Elements of emphasis, and which of them are the same. Two that follow each other are one."""

HEADINGS = _names("h1 h2 h3 h4 h5 h6")
TABLE = _names("caption table tbody td tfoot th thead tr")
CELLS = frozenset(["td", "th"])

LAYOUT = ("table", "p", "div", "ul", "ol", "dl", "blockquote", "pre", "h1", "h2", "h3", "h4", "section", "article")
"""Elements that a table of values does not hold. A table with one of them is a part of the page's layout."""

_CODE = re.compile(r"(?:lang(?:uage)?-|highlight-source-)([\w+#.-]{1,20})")

LINKS = frozenset(["http", "https", "mailto", "ftp", ""])
"""Schemes of links that are worth to be kept; the empty one is that of a link inside the site."""

WIDEST, FILLED = 100, 1000
"""Columns that a cell may be wide, and up to which cells that reach down are noted; and empty cells made at once."""

DEEPEST = 40
"""Elements that stand inside each other in the tree; inner ones vanish. The writer recurses, and no text needs more."""


def markdown(page: Any, text: str, kept: Iterable[tuple[int, int]], url: str | None = None) -> str:
    """The kept parts of a page's text, half-open offsets in order. With `url`, links inside the site become whole.

    `page` is the page's tree, and `text` the text that it lays out.
    """
    from markdownify import MarkdownConverter  # for this alone

    tree = _Tree(_base(page, url))
    for element, tail, (start, end) in _pieces(page, kept):
        tree.add(element.getparent() if tail else element, text, start, end)
    writer: Any = type("Writer", (Manners, MarkdownConverter), {})
    return _settled(writer(bullets="-", heading_style="atx").convert(tree.markup()))


def _base(page: Any, url: str | None) -> str:
    """The address from which the page's links start: the one given, or what the page says that it is."""
    links = (each.attributes for each in page.telling if each.tag == "link")
    own = next((link.get("href", "") for link in links if link.get("rel") == "canonical"), "")
    base = next((each.get("href") for each in page.root.iter("base") if each.get("href")), "")
    try:
        return str(urljoin(url or own, base))
    except ValueError:
        return url or ""


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

    def __init__(self, base: str) -> None:
        from lxml import etree  # whoever has a page has it

        self._make = etree.SubElement
        self._write = etree.tostring
        self._root = etree.Element("div")
        self._base = base
        self._open: list[tuple[Any, Any]] = []
        self._end = 0
        self._continued: Any = None
        self._layout: dict[Any, bool] = {}
        self._columns: dict[Any, int] = {}
        self._filled: dict[Any, int] = {}

    def markup(self) -> str:
        """The tree as HTML. A table's caption stands above it, as Markdown has no form for one."""
        captions: list[Any] = list(self._root.iter("caption"))
        for caption in captions:
            caption.tag = "p"
            caption.getparent().addprevious(caption)
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
            same = None if preformatted else self._same_emphasis(original)
            self._open.append((original, self._copy(original) if same is None else same))
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

    def _same_emphasis(self, original: Any) -> Any:
        """The element of the tree that an element of emphasis continues: the last one, if it is the same and nothing
        but white space stands between."""
        last = _last(self._parent())
        kind = EMPHASIS.get(_tag(original))
        if kind is None or last is None or EMPHASIS.get(_tag(last)) != kind or (last.tail or "").strip():
            return None
        _append(last, last.tail or "")
        last.tail = None
        return last

    def _part(self, gap: str) -> None:
        """Part a text from the one before it in the same block."""
        if "\n" in gap:
            for _ in range(2 if "\n\n" in gap else 1):
                self._make(self._parent(), "br")
        elif any(map(str.isspace, gap)):
            _append(self._parent(), " ")

    def _path(self, element: Any) -> list[Any]:
        """The elements around a text that are to be in the tree, outermost first: those inside a line last, so that a
        link around paragraphs becomes one in each. A heading is bold by itself."""
        path: list[Any] = []
        while element is not None:
            tag = self._named(element)
            inner = self._named(path[-1]) if path else ""
            if tag in MEANING or (tag == "div" and inner != "div"):
                path.append(element)
            element = element.getparent()
        if any(_tag(each) in HEADINGS for each in path):
            path = [each for each in path if EMPHASIS.get(_tag(each)) != "strong"]
        path.reverse()
        return sorted(path, key=lambda each: self._named(each) in INLINE)[:DEEPEST]

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
            self._fill(parent, self._column(original), _spanned(original, "colspan"))
        copy = self._make(parent, tag)
        for name in ("colspan", "start"):
            if original.get(name, "").isdigit():
                copy.set(name, str(_spanned(original, name)) if name == "colspan" else original.get(name))
        if tag == "a":
            _set_link(copy, original.get("href") or "", self._base)
        elif tag == "pre":
            copy.set(LANGUAGE, _language(original))
        return copy

    def _fill(self, row: Any, column: int, wide: int) -> None:
        """Make empty cells for those before a column of which nothing was kept."""
        for _ in range(min(column - self._filled.get(row, 0), FILLED)):
            self._make(row, "td")
        self._filled[row] = column + wide

    def _column(self, cell: Any) -> int:
        if cell not in self._columns:
            self._lay_out(next(cell.iterancestors("table")))
        return self._columns[cell]

    def _lay_out(self, table: Any) -> None:
        """Find the columns of a table's cells, of which some reach down into the rows below."""
        down: dict[int, int] = {}
        for row in table.iter("tr"):
            column, reaching = 0, {each: rows - 1 for each, rows in down.items() if rows > 1}
            for cell in row.iterchildren("td", "th"):
                while column in down:
                    column += 1
                self._columns[cell] = column
                end = column + _spanned(cell, "colspan")
                reaching.update(dict.fromkeys(range(column, min(end, WIDEST)), _spanned(cell, "rowspan") - 1))
                column = end
            down = {each: rows for each, rows in reaching.items() if rows > 0}


def _spanned(cell: Any, name: str) -> int:
    """The columns or rows of a cell."""
    told = cell.get(name, "")
    return min(max(int(told), 1), WIDEST) if told.isdecimal() and len(told) < 6 else 1


def _language(code: Any) -> str:
    """The language of some code, as class names tell it; empty where they do not."""
    for element in (code, next(iter(code), None), code.getparent()):
        if element is not None:
            for name in (element.get("class") or "").split():
                found = _CODE.fullmatch(name)
                if found:
                    return found[1].lower()
    return ""


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


def _set_link(copy: Any, href: str, base: str) -> None:
    try:
        whole = urljoin(base, href.strip())
        if href and not href.startswith("#") and urlsplit(whole).scheme in LINKS:
            pairs = whole.count("(") == whole.count(")")
            copy.set("href", whole if pairs else whole.replace("(", "%28").replace(")", "%29"))
    except ValueError:
        copy.attrib.pop("href", None)  # no address, so no link


def _settled(written: str) -> str:
    """Without runs of blank lines, and without white space where a paragraph ends; code stays as it is."""
    lines: list[str] = []
    fence = ""
    for line in written.strip().split("\n"):
        bare = line.lstrip(" >-.0123456789")
        if fence:
            fence = "" if bare == fence else fence
            lines.append(line)
        elif line.strip():
            fence = bare[: len(bare) - len(bare.lstrip("`"))] if bare.startswith("```") else ""
            lines.append(line)
        elif lines and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
    return "\n".join(lines) + "\n" if lines != [""] else ""
