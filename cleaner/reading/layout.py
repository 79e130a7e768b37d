"""The text of a page, laid out in document order: what is due between two pieces of text.

Nothing is due at inline elements, so that no word comes apart; a blank line at paragraphs, a line break at items, rows
and `<br>`, a space at cells. Of several the greatest counts.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from cleaner.page_tree import MATHML
from cleaner.reading.markup import CELL, PARAGRAPH, ROW

SPACE, LINE, BLANK = 1, 2, 3
"""What may be due before the next text: a space, a line break, a blank line. The greatest counts."""

GAPS = {
    **dict.fromkeys(CELL, SPACE),
    **dict.fromkeys(ROW, LINE),
    **dict.fromkeys((*PARAGRAPH, "xmp"), BLANK),
}
PREFORMATTED = ("pre", "xmp")
"""Elements whose blanks and line breaks count."""
SPECIAL = frozenset({"a", "span", "li", "br", "td", "th", *PREFORMATTED, *MATHML})
"""Elements at which more is to do than to note their gap."""

STACKED = frozenset({"mfrac", "mroot", "msqrt", "mtable", "mtr"})
"""Elements of formulas that stand apart, as do their parts: a half is no 12."""

PARTS_OF_CELLS = frozenset(("p", "div", "table", "ul", "ol", "br", "h1", "h2", "h3", "h4", "blockquote"))
"""A table cell that holds one of these is a part of the layout, not a value among others, and begins a line."""

TOGETHER = 10_000
"""Strings from which those that are laid out are made one: many short ones take several times their text."""

_BREAKS = "\t\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029"
_BLANKS = re.compile(f" {{2,}}|[ {_BREAKS}]*[{_BREAKS}][ {_BREAKS}]*")
_BEFORE = ("", " ", "\n", "\n\n")


@dataclass(slots=True)
class _Cell:
    """A table cell that is open, and not yet known to be a part of the layout.

    `piece` is the piece of text with which it begins, `place` where what stands before that is among the strings that
    are laid out, `instead` what would stand there if it is such a part.
    """

    element: int
    piece: int = -1
    place: int = -1
    instead: str = ""


class Layout:
    """The pieces of text and what stands between them.

    Piece `i` stands from `starts[i]` up to `ends[i]`, in the element `owners[i]`; `linked` and `anchored` say whether
    it is within a link, and within one to a place in the page. `_around` are the elements that are open.
    """

    __slots__ = (
        *("starts", "ends", "owners", "linked", "anchored", "size", "_out", "_before_out", "_last", "_gap", "_held"),
        *("_around", "_links", "_preformatted", "_cells", "_after_link", "_item_open", "_after_br", "_parted"),
        *("_stacked", "_math", "_after_math"),
    )

    def __init__(self) -> None:
        self.starts, self.ends, self.owners = array("i"), array("i"), array("i")
        self.linked, self.anchored = array("b"), array("b")
        self.size = 0
        self._out: list[str] = []
        self._before_out: list[str] = []
        self._last = ""
        self._gap = 0
        self._held = ""
        self._around = [-1]
        self._links: list[bool] = []
        self._preformatted = 0
        self._cells: list[_Cell] = []
        self._after_link = self._item_open = self._after_br = self._parted = False
        self._stacked: list[int] = []
        self._math = self._after_math = -1

    def take_text(self) -> str:
        """All of it, which is then no longer held here."""
        text = "".join((*self._before_out, *self._out))
        self._before_out.clear()
        self._out.clear()
        return text

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        """What is due before the text of one of the `SPECIAL` elements."""
        if tag == "a":
            self._open_link(attributes)
        elif tag == "span":
            self._parted = True
        elif tag == "li":
            self._gap, self._item_open = max(self._gap, LINE), True
        elif tag == "br":
            self._gap, self._after_br = BLANK if self._after_br else max(self._gap, LINE), True
        elif tag in PREFORMATTED:
            self._gap = self._gap if self._item_open else BLANK
            self._preformatted += 1
        elif tag in MATHML:
            self._open_formula(tag)
        elif self._gap <= SPACE:
            self._gap = SPACE
            self._cells.append(_Cell(self._around[-1]))

    def _open_link(self, attributes: Mapping[str, str]) -> None:
        if self._after_link and not self._gap:  # as in menus whose style sheet parts the links
            self._gap = SPACE
        else:
            self._parted = True
        self._links.append(attributes.get("href", "").startswith("#"))

    def _open_formula(self, tag: str) -> None:
        if tag in STACKED or (self._stacked and self._around[-2] == self._stacked[-1]):
            self._gap = max(self._gap, SPACE)
        if tag in STACKED:
            self._stacked.append(self._around[-1])

    def _leave(self, tag: str, element: int) -> None:
        """What is due behind one of the `SPECIAL` elements."""
        if tag == "a":
            self._links.pop()
            self._after_link = True
        elif tag == "li":
            self._gap, self._item_open = LINE, False
        elif tag in PREFORMATTED:
            self._gap, self._held = BLANK, ""
            self._preformatted -= 1
        elif tag in STACKED:
            self._stacked.pop()
            self._gap = max(self._gap, SPACE)
        elif tag == "math":
            self._math, self._after_math = element, len(self.starts)
        elif tag in ("td", "th"):
            self._gap = self._gap or SPACE
            if self._cells and self._cells[-1].element == element:
                self._cells.pop()

    def _say(self, text: str) -> None:
        if "  " in text or not text.isprintable():  # of the blanks and breaks that are looked for a space alone is
            text = _BLANKS.sub(" ", text)
        bare = text.strip(" ")
        if not self._gap and (text[0] == " " or (self._parted and self._begins_a_word(bare))):
            self._gap = SPACE
        if self._cells:
            self._begin_cells(_BEFORE[max(self._gap, LINE)])
        self._add(_BEFORE[self._gap], bare)
        self._gap = SPACE if text[-1] == " " else 0

    def _begins_a_word(self, text: str) -> bool:
        """Whether a link or a span without a blank before it is a label of its own, which a style sheet parts.

        It is if a capital follows a small letter: of 1,032 such places on the gold pages, 2 are inside a word.
        """
        return self._last[-1:].islower() and text[0].isupper()

    def _say_verbatim(self, text: str) -> None:
        """Preformatted text, whose blanks and line breaks count; those at its ends are `held` until more follows."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        bare = text.strip()
        if not bare:
            self._held += text
            return
        lead = self._held + text[: len(text) - len(text.lstrip())]
        self._held = text[len(text.rstrip()) :]
        if self._cells:
            self._begin_cells(_before_verbatim(max(self._gap, LINE), lead))
        self._add(_before_verbatim(self._gap, lead), bare)
        self._gap = 0

    def _add(self, before: str, bare: str) -> None:
        if self.size:
            self._out.append(before)
            self.size += len(before)
        self._out.append(bare)
        self._last = bare
        self.starts.append(self.size)
        self.size += len(bare)
        self.ends.append(self.size)
        self.owners.append(self._around[-1])
        self.linked.append(bool(self._links))
        self.anchored.append(True in self._links)
        self._item_open = self._after_br = self._parted = False
        if len(self._out) > TOGETHER and not self._cells:
            self._before_out.append("".join(self._out))
            self._out.clear()

    def _begin_cells(self, instead: str) -> None:
        """Note where the cells begin that have no text yet, and what is to stand before them if they are parts."""
        if not self.size:
            self._cells.clear()
        for cell in reversed(self._cells):
            if cell.piece >= 0:
                break
            cell.piece, cell.place, cell.instead = len(self.starts), len(self._out), instead

    def _part_cells(self) -> None:
        """Make the open cells parts of the layout."""
        for cell in self._cells:
            if cell.piece < 0:
                self._gap = max(self._gap, LINE)
            else:
                more = len(cell.instead) - len(self._out[cell.place])
                self._out[cell.place] = cell.instead
                self._shift(cell.piece, more)
        self._cells.clear()

    def _shift(self, piece: int, more: int) -> None:
        """Move the text from a piece on; only in preformatted text is what a cell begins with of another length."""
        for number in range(piece, len(self.starts)) if more else ():
            self.starts[number] += more
            self.ends[number] += more
        self.size += more


def _before_verbatim(gap: int, lead: str) -> str:
    """What stands before preformatted text that begins with the blanks `lead`."""
    return "\n" * (gap - 1) + lead.rpartition("\n")[2] if gap >= LINE else lead
