"""Markup as a stream of tags and texts, in one pass and linear time, whatever the nesting and the mistakes.

For two jobs that a parser's tree is wrong for: telling HTML from text, and the text of a page on which the
extractor fails. libxml2 stops silently at a depth of 256 elements, and recursive tree walkers end in RecursionError.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


RAW = _names("script style title textarea iframe noscript noframes xmp noembed")
"""Elements whose content is no markup, up to their end tag; none of it is shown as the page's text."""

HIDDEN = _names("svg template select canvas object audio video annotation annotation-xml")
"""Elements whose content is markup but no text of the page: drawings with their labels, and the source of a formula
beside the formula."""

PARAGRAPH = _names(
    "address article aside blockquote body center details dialog div dl fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hgroup hr html main menu nav ol p pre section summary table tbody tfoot thead ul"
)
"""Elements that stand apart by a blank line."""

ROW = _names("br dd dt li option tr caption legend")
"""Elements that begin a line."""

CELL = _names("td th button label")
"""Elements whose text is divided from the next by a space."""

INLINE = _names(
    "a abbr acronym b base basefont bdi bdo big cite code col colgroup data del dfn em embed font frame frameset "
    "head i img input ins kbd link map mark meta meter output param picture progress q rp rt ruby s samp slot small "
    "source span strike strong sub sup time track tt u var wbr"
)

KNOWN = RAW | HIDDEN | PARAGRAPH | ROW | CELL | INLINE | {"math"}
"""The names of HTML elements. Others (`<you@example.org>`, `<T>`) may be anything."""

_OPENING = re.compile(r"<(?:[a-zA-Z]|/[a-zA-Z]|[!?])")
_NAME = re.compile(r"[a-zA-Z][^\s/><\"'=]*")
_TAG_END = re.compile(r"""(?:[^>=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|=)*+>""")  # possessive: linear
_SPACE = re.compile(r"[ \t\n\r\f\v\u0085\u2028\u2029]+")


class Piece(NamedTuple):
    """A tag (`name` set, with a "/" before it when it ends an element), or a text. Offsets are those of the markup."""

    name: str
    start: int
    end: int


class Verbatim(NamedTuple):
    """Preformatted text, whose blanks and line breaks count."""

    text: str


Token = str | int | Verbatim
"""What `lay_out` reads: a text, a break of 1 or 2 lines, a preformatted text."""


def pieces(markup: str) -> Iterator[Piece]:
    """The tags and the texts of some markup, in order; comments, declarations and raw elements are left out."""
    position, length = 0, len(markup)
    while position < length:
        found = _OPENING.search(markup, position)
        start = found.start() if found else length
        if start > position:
            yield Piece("", position, start)
        if found is None:
            return
        position, name = _tag(markup, start)
        if name:
            yield Piece(name, start, position)
        if name in RAW:
            position = _raw_end(markup, name, position)


def _tag(markup: str, start: int) -> tuple[int, str]:
    """Where the tag that begins at `start` ends, and its name, empty for a comment or a declaration."""
    if markup.startswith("<!--", start):
        end = markup.find("-->", start + 2)
        return (end + 3 if end >= 0 else len(markup)), ""
    closing = markup.startswith("/", start + 1)
    named = _NAME.match(markup, start + 1 + closing)
    if named is None:
        end = markup.find(">", start)
        return (end + 1 if end >= 0 else len(markup)), ""
    ended = _TAG_END.match(markup, named.end())
    return (ended.end() if ended else len(markup)), "/" * closing + named[0].lower()


def _raw_end(markup: str, name: str, position: int) -> int:
    found = re.compile(f"</{name}(?![a-z0-9])", re.IGNORECASE).search(markup, position)
    return found.start() if found else len(markup)


def flatten(markup: str) -> str:
    """All text of a page: paragraphs apart by a blank line, list items and rows by a line break.

    >>> flatten("<h1>Rain</h1><p>It fell<br>all day.<ul><li>one<li>two</ul>")
    'Rain\\n\\nIt fell\\nall day.\\n\\none\\ntwo'
    """
    return lay_out(_tokens(markup))


def _tokens(markup: str) -> Iterator[Token]:
    from html import unescape  # its table of names costs a start 1 ms

    hidden, depth, preformatted = "", 0, False
    for name, start, end in pieces(markup):
        bare = name.lstrip("/")
        if hidden:
            depth += (name == hidden) - (bare == hidden and name != bare)
            hidden = hidden if depth > 0 else ""
        elif not name:
            text = unescape(markup[start:end])
            yield Verbatim(text) if preformatted else text
        elif name in HIDDEN:
            hidden, depth = name, 1
        elif bare in PARAGRAPH:
            preformatted = name == "pre" or (preformatted and bare != "pre")
            yield 2
        elif bare in ROW:
            yield 1
        elif bare in CELL:
            yield " "


def lay_out(tokens: Iterable[Token]) -> str:
    """Texts and the breaks between them as one text: a break of 1 begins a line, of 2 leaves a line blank before it.

    Runs of blanks become one. Breaks do not add up: the greatest counts.

    >>> lay_out([2, "One ", " day", 1, 2, "\\n", 2, Verbatim("if x:\\n    y"), 1, "end"])
    'One day\\n\\nif x:\\n    y\\nend'
    """
    lines: list[str] = []
    line: list[str] = []
    gap = 0
    for token in (*tokens, 2):
        if isinstance(token, str):
            line.append(token)
            continue
        gap = _flush(lines, _SPACE.sub(" ", "".join(line)).strip(), gap)
        line.clear()
        gap = _flush(lines, token.text.strip("\n"), gap) if isinstance(token, Verbatim) else max(gap, token)
    return "".join(lines)


def _flush(lines: list[str], text: str, gap: int) -> int:
    """Add a line behind the gap that is due; the gap that is still due after it."""
    if not text or text.isspace():
        return gap
    lines.append("\n" * gap + text if lines else text)
    return 0
