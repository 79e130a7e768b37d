"""A page's HTML becomes the text of its main content: trafilatura's choice of elements, laid out as text.

Its options are those that scored best on a sample of the gold pages (balanced 0.942, recall 0.942, precision 0.930,
fast 0.930 mean word F1). Its duplicate filter stays off: it remembers earlier pages, so that a page's text would
depend on what came before it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from cleaner.reading.markup import Token, Verbatim, flatten, lay_out

EXTRACTED = 5_000_000
TAGS = 30_000
"""Size in characters and number of tags up to which a page goes through trafilatura. Its time may grow with the square
of the tags (5 s for 32,000 spans, 25 s for 64,000; the most on a gold page is 10,000), so that beyond all text of the
page is taken, which is linear."""

ONE_LINE = 1_000
"""Characters from which a result on one line has lost its paragraphs: the extractor's last resort glues them."""

LOOKED_UP, LONG = 3_000, 40
"""Lines of the page that are looked for in such a result, and the characters one needs to be no chance find."""

PARAGRAPHS = frozenset({"p", "head", "quote", "list", "table", "code", "div", "body", "figure"})
ROWS = frozenset({"item", "row", "lb"})
"""Elements of trafilatura's result that stand apart by a blank line, and by a line break."""

_FURNITURE = re.compile(r"<(?:html|head|body|script|style|link|nav|header|footer|aside|form|iframe)\b", re.IGNORECASE)
"""A fragment without any of these is all content, and an extractor, which looks for the part that is, loses some."""

_SURROGATES = re.compile("[\ud800-\udfff]")
_DEEP = "ERR_RESOURCE_LIMIT"


class Page(NamedTuple):
    """The text of a page, its title where the page names one, and what went wrong on the way."""

    text: str
    title: str | None = None
    warnings: tuple[str, ...] = ()


def read_page(markup: str) -> Page:
    """The main content of a page, or all its text with a warning where the extractor gives nothing.

    >>> read_page("<html><body></body></html>").text
    ''
    """
    if not _FURNITURE.search(markup):
        return Page(flatten(markup))
    if len(markup) > EXTRACTED or markup.count("<") > TAGS:
        return _whole(markup, None, "the page is very large")
    from lxml import etree  # heavy: only for pages

    tree, problem = _parse(markup)
    if tree is None:
        return _whole(markup, None, problem)
    title = None
    try:
        title = _title(tree)
        text = _extract(tree)
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, etree.LxmlError) as error:
        return _whole(markup, title, f"the extractor failed ({type(error).__name__})")
    if len(text) > ONE_LINE and "\n" not in text:
        text = _with_breaks(text, flatten(markup))
    return Page(text, title) if text else _whole(markup, title, "the extractor found no main content")


def _whole(markup: str, title: str | None, problem: str) -> Page:
    text = flatten(markup)
    return Page(text, title, (f"{problem}: all text of the page was read",) if text else ())


def _parse(markup: str) -> tuple[Any, str]:
    """The page's tree, or None and the reason."""
    from lxml import etree, html  # heavy: only for pages

    raw = _SURROGATES.sub("\ufffd", markup.lstrip("\ufeff")).encode("utf-8")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(raw, parser=parser)
    except etree.LxmlError:
        return None, "the page holds no elements"
    if any(entry.type_name == _DEEP for entry in parser.error_log):
        return None, "elements are nested too deeply for the parser"
    return tree, ""


def _extract(tree: Any) -> str:
    from trafilatura import bare_extraction  # heavy: only for pages

    logger = logging.getLogger("trafilatura")
    if not logger.handlers:  # else its complaints about a page go to standard error
        logger.addHandler(logging.NullHandler())
    found = bare_extraction(
        tree, include_comments=False, include_tables=True, include_formatting=False, deduplicate=False
    )
    body = getattr(found, "body", None)
    return "" if body is None else lay_out(_tokens(body))


def _tokens(body: Any) -> Iterator[Token]:
    """The texts of the result and the breaks between them."""
    from lxml import etree  # heavy: only for pages

    for event, element in etree.iterwalk(body, events=("start", "end")):
        gap = _gap(element)
        if gap:
            yield gap
        if event == "start":
            yield Verbatim(element.text or "") if element.tag == "code" and gap else element.text or ""
        else:
            yield (" " if element.tag == "cell" else "") + (element.tail or "")


def _gap(element: Any) -> int:
    parent = element.getparent()
    if element.tag == "code":
        return 2 if "\n" in (element.text or "") else 0  # else a word of the sentence
    if parent is not None and parent.tag in {"item", "cell"}:
        return 1 if element.tag in PARAGRAPHS | ROWS else 0
    return 2 if element.tag in PARAGRAPHS else 1 if element.tag in ROWS else 0


def _with_breaks(text: str, whole: str) -> str:
    """The text, parted where lines of the page's whole text begin and end. Nothing but blanks changes."""
    edges: set[int] = set()
    for line in whole.split("\n")[:LOOKED_UP]:
        start = text.find(line) if len(line) >= LONG else -1
        if start >= 0:
            edges.update((start - 1, start + len(line)))
    blanks = sorted(edge for edge in edges if 0 < edge < len(text) and text[edge] == " ")
    starts, ends = [0, *(edge + 1 for edge in blanks)], [*blanks, len(text)]
    return "\n\n".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def _title(tree: Any) -> str | None:
    from trafilatura.metadata import examine_meta, extract_title  # heavy: only for pages

    title = examine_meta(tree).title or extract_title(tree)
    return " ".join(title.split()) or None if title else None
