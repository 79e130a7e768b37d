"""Reading: str or bytes, text or HTML, become one `Document`."""

from cleaner.document import Document, Format

Raw = str | bytes


def read(raw: Raw, format: Format | None = None) -> Document:  # noqa: A002
    """The document of an input. STUB: to be written by the reading helper."""
    text = raw if isinstance(raw, str) else raw.decode("utf-8")
    return Document.from_text(text)
