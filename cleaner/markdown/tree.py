"""The tree that becomes Markdown: the elements of a page that Markdown has a form for, each around the text in it that
was kept. Others vanish, so that however deep a page nests, the tree is shallow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from cleaner.markdown.manners import INLINE, LANGUAGE
from cleaner.markdown.tables import CELLS, Tables, spanned


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


MEANING = _names(
    "a b blockquote caption code dd del dl dt em figcaption figure h1 h2 h3 h4 h5 h6 i kbd li ol p pre s samp strong "
    "table tbody td tfoot th thead tr ul"
)
"""Elements that stand in the tree as they are."""

DIVISION = _names("address article aside center details div fieldset footer header hgroup main section summary")
"""Elements that stand apart without a form of their own."""

EMPHASIS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "code": "code", "kbd": "code", "samp": "code"}
"""Elements of emphasis and of code, and which of them are the same. Two that follow each other are one."""

HEADINGS = _names("h1 h2 h3 h4 h5 h6")
TABLE = _names("caption table tbody td tfoot th thead tr")

_CODE = re.compile(r"(?:lang(?:uage)?-|highlight-source-)([\w+#.-]{1,20})")

LINKS = frozenset(["http", "https", "mailto", "ftp", ""])
"""Schemes of links that are worth to be kept; the empty one is that of a link inside the site."""

LISTS = frozenset(["ol", "ul"])

TERMS = frozenset(["dd", "dt"])
"""Terms and their meanings, none of which holds another."""

FILLED = 1000
"""Empty cells that are made at once."""

DEEPEST = 40
"""Elements that stand inside each other in the tree; inner ones vanish. The writer recurses, and no text needs more."""


class Tree:
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
        self._tables = Tables()
        self._filled: dict[Any, int] = {}

    def markup(self) -> str:
        """The tree as HTML. A table's caption stands above it, as Markdown has no form for one."""
        captions: list[Any] = list(self._root.iter("caption"))
        for caption in captions:
            caption.tag = "p"
            caption.getparent().addprevious(caption)
        for table in self._root.iter("table"):
            self._widen(table)
        _free_meanings(self._root)
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
            if "\n\n" in gap:  # no mark reaches over a blank line
                self._close_inline()
            self._part(gap)
        for original in path[len(self._open) :]:
            same = None if preformatted else self._same_emphasis(original)
            self._open.append((original, self._copy(original) if same is None else same))
        _append(self._parent(), text[start:end])

    def _parent(self, tag: str = "") -> Any:
        """Where the next text, or the next element of a tag, goes. What follows a list gets its own paragraph; what
        stands between items belongs to the item above."""
        parent = self._open[-1][1] if self._open else self._root
        last = _last(parent)
        inside = tag == "" or tag in INLINE
        if parent.tag in LISTS and tag != "li":
            if last is not None and last.tag == "li":
                parent, last = last, _last(last)
            if inside and (last is None or last is not self._continued):
                self._continued = last = self._make(parent, "p")
        elif last is not None and inside and last.tag in LISTS:
            self._continued = last = self._make(parent, "p")
        return last if last is not None and inside and last is self._continued else parent

    def _same_emphasis(self, original: Any) -> Any:
        """The element of the tree that an element of emphasis continues: the last one, if it is the same and nothing
        but white space stands between, and not even that between code."""
        last = _last(self._parent())
        kind = EMPHASIS.get(_tag(original))
        if kind is None or last is None or EMPHASIS.get(_tag(last)) != kind:
            return None
        if last.tail and (kind == "code" or last.tail.strip()):
            return None
        _append(last, last.tail or "")
        last.tail = None
        return last

    def _close_inline(self) -> None:
        while self._open and _tag(self._open[-1][0]) in INLINE:
            self._open.pop()

    def _part(self, gap: str) -> None:
        """Part a text from the one before it in the same block."""
        if "\n" in gap:
            for _ in range(2 if "\n\n" in gap else 1):
                self._make(self._parent(), "br")
        elif any(map(str.isspace, gap)):
            _append(self._parent(), " ")

    def _path(self, element: Any) -> list[Any]:
        """The elements around a text that are to be in the tree, outermost first: those inside a line last, so that a
        link around paragraphs becomes one in each. A heading is bold by itself, and nothing is twice of one emphasis.
        """
        path: list[Any] = []
        while element is not None:
            tag = self._named(element)
            inner = self._named(path[-1]) if path else ""
            if tag in TERMS and inner in TERMS and path[-1].getparent() is element:
                tag = ""  # its end tag is missing
            if tag in MEANING or (tag == "div" and inner not in ("div", "li")):
                path.append(element)
            element = element.getparent()
        if any(_tag(each) in HEADINGS for each in path):
            path = [each for each in path if EMPHASIS.get(_tag(each)) != "strong"]
        path.reverse()
        return sorted(_once_emphasized(path), key=lambda each: self._named(each) in INLINE)[:DEEPEST]

    def _named(self, element: Any) -> str:
        """The tag that an element would have in the tree; empty for one that has none."""
        tag = _tag(element)
        if tag in TABLE and self._tables.is_layout(element):
            return "div" if tag in ("table", "td", "th", "caption") else ""
        return tag if tag in MEANING else "div" if tag in DIVISION else ""

    def _copy(self, original: Any) -> Any:
        tag = self._named(original)
        parent = self._parent(tag)
        if tag in CELLS:
            self._fill(parent, self._tables.column(original), spanned(original, "colspan"))
        copy = self._make(parent, tag)
        for name in ("colspan", "start"):
            if original.get(name, "").isdigit():
                copy.set(name, str(spanned(original, name)) if name == "colspan" else original.get(name))
        if tag == "a":
            _set_link(copy, original.get("href") or "", self._base)
        elif tag == "pre":
            copy.set(LANGUAGE, _language(original))
        return copy

    def _widen(self, table: Any) -> None:
        """Give the first row as many cells as any has: readers of Markdown leave out those of others beyond it."""
        rows = list(table.iter("tr"))
        widest = max((self._filled.get(row, 0) for row in rows), default=0)
        if rows:
            tag = "th" if all(cell.tag == "th" for cell in rows[0]) else "td"
            for _ in range(min(widest - self._filled.get(rows[0], 0), FILLED)):
                self._make(rows[0], tag)

    def _fill(self, row: Any, column: int, wide: int) -> None:
        """Make empty cells for those before a column of which nothing was kept."""
        for _ in range(min(column - self._filled.get(row, 0), FILLED)):
            self._make(row, "td")
        self._filled[row] = column + wide


def _once_emphasized(path: Iterable[Any]) -> Iterator[Any]:
    """The elements, but those of an emphasis that one around them has."""
    seen: set[str] = set()
    for element in path:
        kind = EMPHASIS.get(_tag(element), "")
        if kind not in seen:
            yield element
        if kind:
            seen.add(kind)


def _free_meanings(root: Any) -> None:
    """Make paragraphs of those meanings of a list that stand below no term: pages indent by them."""
    for meanings in root.iter("dl"):
        for child in meanings:
            if child.tag == "dt":
                break
            if child.tag == "dd":
                child.tag = "p"


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
