"""A text becomes a document: its lines that are not blank are the blocks."""

from __future__ import annotations

from dataclasses import replace

from cleaner.document import Document
from cleaner.reading.encoding import Decoded


def text_document(decoded: Decoded) -> Document:
    """The document of a text. No character is changed, NULs, lone surrogates and odd line ends included.

    >>> text_document(Decoded("One.\\u2028Two.\\r\\n\\x00", "")).blocks()
    ['One.', 'Two.', '\\x00']
    """
    document = Document.from_text(decoded.text)
    return replace(document, encoding=decoded.encoding or None, warnings=decoded.warnings)
