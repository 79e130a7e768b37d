"""Tell a page's HTML from text, by content.

Observations: HTML begins with a tag, once marks, blanks, comments and an XML declaration are past; text about HTML
begins with a word, a fence or a template's brace. A fragment has nearly all its text inside elements; Markdown with
some HTML, and prose that names tags, has it outside.
"""

from __future__ import annotations

import re

from cleaner.document import Format
from cleaner.reading.markup import KNOWN, PARAGRAPH, Piece, pieces

LOOK = 60_000
"""Characters that are looked at, from the first tag on."""

OUTSIDE = 0.15
"""Share of the text outside elements up to which tags make a fragment. Made-up dumps with a bare line above their
paragraphs lie below; READMEs that begin with a centred logo lie above 0.8."""

_DOCTYPE = re.compile(r"<!doctype\s+html", re.IGNORECASE)
_PAGE = frozenset({"html", "head", "body", "meta", "title", "link", "script", "style", "base", "frameset"})
_CONTAINERS = PARAGRAPH | {"li", "tr", "td", "th", "dt", "dd", "a", "span", "b", "strong", "em", "i", "font"}
_BLOCK = PARAGRAPH | {"li", "tr"}
_SKIP = re.compile(r"[\ufeff\s]*")


def sniff(text: str) -> Format:
    """ "html" for a page or a fragment of one, else "text".

    >>> sniff("<p>Rain fell.</p><p>It stopped.</p>")
    'html'
    >>> sniff("The <p> tag opens a paragraph, </p> ends it. <br> breaks a line.")
    'text'
    """
    start, doctype = _first_tag(text)
    if not text.startswith("<", start):
        return "html" if doctype and start == len(text) else "text"
    look = text[start : start + LOOK]
    first = next(pieces(look), None)
    if first is None or not first.name or first.start > 0:
        return "text"
    if doctype or first.name in _PAGE:
        return "html" if _is_page(look) else "text"
    found = list(pieces(look))
    tags = [piece for piece in found if piece.name]
    blocks = sum(tag.name.lstrip("/") in _BLOCK for tag in tags)
    if tags[0].name not in KNOWN or blocks < 2:  # one alone may be the subject of a sentence
        return "text"
    return "html" if _share_outside(look, found) <= OUTSIDE else "text"


def _first_tag(text: str) -> tuple[int, bool]:
    """The offset behind blanks, comments, XML and doctype declarations; whether an HTML doctype was among them."""
    position, doctype = 0, False
    while True:
        skipped = _SKIP.match(text, position)
        position = skipped.end() if skipped else position
        if text.startswith("<!--", position):
            end = text.find("-->", position)
        elif text.startswith("<?xml", position) or _DOCTYPE.match(text, position):
            doctype = doctype or text.startswith("<!", position)
            end = text.find(">", position) - 2
        else:
            return position, doctype
        if end < 0:
            return position, doctype
        position = end + 3


def _is_page(look: str) -> bool:
    """A page's first tag is followed by another tag, or ended somewhere; prose that opens with a tag's name is not."""
    if any(piece.name.startswith("/") for piece in pieces(look)):  # nearly always soon: the rest is not looked at
        return True
    found = list(pieces(look))
    second = next((piece for piece in found[1:] if piece.name or not look[piece.start : piece.end].isspace()), None)
    return bool(second.name if second else found[-1].end == len(look))


def _share_outside(look: str, found: list[Piece]) -> float:
    """The share of the characters of text that stand in no element. Paragraphs and items may lack their end tag,
    as long as the next one begins a line or follows a tag.
    """
    outside = total = depth = 0
    open_until_next = False
    for name, start, end in found:
        if not name:
            length = len(look[start:end].strip())
            total += length
            outside += 0 if depth or open_until_next else length
        elif name in {"p", "li", "br", "/br"}:
            open_until_next = True
        elif name in {"/p", "/li"}:
            open_until_next = False
        elif name in _CONTAINERS:
            depth += 1
        elif name[1:] in _CONTAINERS:
            depth = max(depth - 1, 0)
    return outside / total if total else 0.0
