"""Reading: str or bytes, text or HTML, or a page that somebody has parsed, become one `Document`."""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import replace
from typing import Any, Protocol

from cleaner.document import Document, Format
from cleaner.errors import InputError, OptionError
from cleaner.reading.encoding import Decoded, decode
from cleaner.reading.saved import page_inside
from cleaner.reading.sniff import sniff
from cleaner.reading.text import text_document

__all__ = ["Parsed", "Raw", "read"]


class _Soup(Protocol):
    """A document or an element of BeautifulSoup."""

    def prettify(self) -> str: ...


class _Element(Protocol):
    """An element of lxml."""

    def getroottree(self) -> object: ...


class _Tree(Protocol):
    """A tree of lxml."""

    def getroot(self) -> object: ...


Parsed = _Soup | _Element | _Tree
"""A page, or a part of one, as BeautifulSoup or lxml hold it. It is read, never changed."""

Raw = str | bytes | Parsed


def read(raw: Raw, format: Format | None = None, *, second_opinion: bool = True) -> Document:
    """The document of an input, which is told from text to be HTML by its content unless `format` says.

    What is parsed is HTML; of MHTML, and behind the headers of HTTP, the page inside is read. With `second_opinion`,
    trafilatura may be asked what it takes for a page's body. Raises InputError for other types, and for bytes that are
    plainly no text.

    >>> read("<h1>Rain</h1><p>It fell all day.</p>").blocks()
    ['Rain', 'It fell all day.']
    >>> read(b"One line.\\r\\n").encoding
    'utf-8'
    """
    if format not in (None, "text", "html"):
        raise OptionError(f"{format!r} is no format; use 'text' or 'html', or leave it out")
    if isinstance(raw, (str, bytes)) and format != "text":
        raw = page_inside(raw)
    if isinstance(raw, bytes):
        decoded = decode(raw)
    elif isinstance(raw, str):
        decoded = Decoded(raw, "")
    else:
        return _page_document(Decoded(_markup(raw), ""), None, second_opinion=second_opinion)
    if (format or sniff(decoded.text)) == "text":
        return text_document(decoded)
    sound = decoded.encoding == "utf-8" and not decoded.warnings
    same = raw if isinstance(raw, bytes) and sound and not raw.startswith(BOM_UTF8) else None
    return _page_document(decoded, same, second_opinion=second_opinion)


def _markup(page: Any) -> str:
    """The markup of a parsed page. Its type is told by what it can do, as importing the parsers would take long."""
    if callable(getattr(page, "prettify", None)):
        return str(page)
    root = page.getroot() if hasattr(page, "getroot") else page
    if hasattr(root, "getroottree"):
        from lxml import etree  # whoever holds such an element has imported it

        return str(etree.tostring(root, encoding="unicode", method="html", with_tail=False))
    remedy = "pass str or bytes, or a page as BeautifulSoup or lxml hold it"
    raise InputError(f"the input is of type {type(page).__name__}; {remedy}")


def _page_document(decoded: Decoded, raw: bytes | None, *, second_opinion: bool) -> Document:
    """The document of a page; `raw` is its markup in UTF-8 where the input is just that."""
    from cleaner.reading.html import read_page  # pages alone need it

    page = read_page(decoded.text, raw, second_opinion=second_opinion)
    document = Document.from_text(page.text, "html")
    warnings = (*decoded.warnings, *page.warnings)
    return replace(document, page=page.tree, title=page.title, encoding=decoded.encoding or None, warnings=warnings)
