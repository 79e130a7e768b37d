"""Reading: str or bytes, text or HTML, become one `Document`."""

from __future__ import annotations

from dataclasses import replace

from cleaner.document import Document, Format
from cleaner.errors import InputError, OptionError
from cleaner.reading.encoding import Decoded, decode
from cleaner.reading.sniff import sniff
from cleaner.reading.text import text_document

__all__ = ["Raw", "read"]

Raw = str | bytes


def read(raw: Raw, format: Format | None = None) -> Document:  # noqa: A002
    """The document of an input, which is told from text to be HTML by its content unless `format` says.

    Raises InputError for what is neither str nor bytes, and for bytes that are plainly no text.

    >>> read("<h1>Rain</h1><p>It fell all day.</p>").blocks()
    ['Rain', 'It fell all day.']
    >>> read(b"One line.\\r\\n").encoding
    'utf-8'
    """
    if format not in (None, "text", "html"):
        raise OptionError(f"{format!r} is no format; use 'text' or 'html', or leave it out")
    if isinstance(raw, bytes):
        decoded = decode(raw)
    elif isinstance(raw, str):
        decoded = Decoded(raw, "")
    else:
        raise InputError(f"the input is of type {type(raw).__name__}; pass str or bytes")
    if (format or sniff(decoded.text)) == "text":
        return text_document(decoded)
    return _page_document(decoded)


def _page_document(decoded: Decoded) -> Document:
    from cleaner.reading.html import read_page  # pages alone need it

    page = read_page(decoded.text)
    document = Document.from_text(page.text, "html")
    warnings = (*decoded.warnings, *page.warnings)
    return replace(document, title=page.title, encoding=decoded.encoding or None, warnings=warnings)
