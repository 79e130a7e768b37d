"""The page inside what a browser or curl has saved around it.

Observations: Chrome and Edge save a page "as a single file" as MHTML, a mail whose first HTML part is the page; the
pictures follow. `curl -i` writes what the server said before the page, once more for each redirection. Read as text,
both would be markup from end to end.
"""

from __future__ import annotations

import re

START = 80
"""Characters that hold the first header's name, or the first line of HTTP."""

HEAD = 16_384
"""Bytes within which headers end. Servers allow 8,192, some twice that."""

_HTTP = re.compile(rb"HTTP/[0-9](?:\.[0-9])? [0-9]{3}\b")
_HEADER = re.compile(rb"[A-Z][A-Za-z0-9-]{0,60}:")
_MHTML = re.compile(rb"^content-type:[ \t]*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_BLANK = re.compile(rb"\r?\n\r?\n")
_PAGE = re.compile(rb"\s{0,99}<(?:!doctype\s|html\b|head\b)", re.IGNORECASE)


def page_inside(raw: str | bytes) -> str | bytes:
    """The HTML inside an MHTML file or behind the headers of HTTP, as bytes, else the input itself.

    >>> page_inside("HTTP/2 200\\r\\nserver: nginx\\r\\n\\r\\n<!doctype html><p>Rain fell.")
    b'<!doctype html><p>Rain fell.'
    >>> page_inside("HTTP/2 200 is what a server says.\\n\\nRain fell.")
    'HTTP/2 200 is what a server says.\\n\\nRain fell.'
    """
    start = _bytes(raw[:START])
    if _HTTP.match(start):
        return _behind_headers(_bytes(raw)) or raw
    if _HEADER.match(start):
        head = _bytes(raw[:HEAD])
        end = _BLANK.search(head)
        if end and _MHTML.search(head, 0, end.end()):
            return _first_page(_bytes(raw)) or raw
    return raw


def _bytes(raw: str | bytes) -> bytes:
    return raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass")


def _behind_headers(raw: bytes) -> bytes | None:
    position = 0
    while _HTTP.match(raw, position):
        end = _BLANK.search(raw, position, position + HEAD)
        if end is None:
            return None
        position = end.end()
    return raw[position:] if _PAGE.match(raw, position) else None


def _first_page(raw: bytes) -> bytes | None:
    from email import message_from_bytes  # heavy, and few files are saved so

    for part in message_from_bytes(raw).walk():
        if part.get_content_type() == "text/html":
            return bytes(part.get_payload(decode=True))
    return None
