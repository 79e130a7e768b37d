"""What the parser tells of a page, tag by tag: its text, its elements as columns, and what speaks for all of it.

No tree is made of that: a tree of small elements takes twenty times the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleaner.page_tree import Element, Telling
from cleaner.reading.declared import is_json_ld
from cleaner.reading.formulas import Formulas
from cleaner.reading.layout import BLANK, GAPS, PARTS_OF_CELLS, SPACE, SPECIAL
from cleaner.reading.markup import HIDDEN, RAW

SKIPPED = (RAW - {"xmp"}) | HIDDEN | {"head", "optgroup", "datalist", "math"}
"""Elements none of whose text is read: what no browser shows, and the choices of forms; a formula only where it stands
beside a copy for the eyes."""

TELLING = frozenset({"html", "body", "title", "meta", "link", "script", "iframe", "img", "h1", "noscript"})
"""Elements that may speak for the whole page; of `noscript` it is only counted what it holds. A `title` inside a
drawing is the name of a part of that."""

PICTURES = 50
"""Pictures that are noted. Their addresses tell a platform, and one does as well as a thousand."""

DEEPEST = 256
"""Open elements up to which libxml2 makes a tree."""

_NAMING, _PLAYING = frozenset({"class", "id"}), frozenset({"role", "itemprop"})
_DESCRIBING = _NAMING | _PLAYING | {"style", "hidden", "aria-hidden"}
_SELDOM = _DESCRIBING - {"class"}
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BEHIND = 1 << 40


class TooDeepError(Exception):
    """More elements are open than a tree may have levels."""


class GoesOnError(Exception):
    """The page goes on behind the end of its root, and its parts have to be brought together first."""


class Target(Formulas):
    """The target of a parser, which calls `start`, `data`, `end` and `close` in the order of the page.

    Element `j` holds the pieces of text from `first[j]` up to `last[j]`; see `document.Markup` for the columns.
    `elements` are the different ones, in the order in which each is met first, `telling` those that speak for the
    page, `headings` the texts of its `h1`, `ids` those of the elements that are read, `unread` the classes and ids of
    what is `skipped`, `without_script` the characters that it holds for readers without scripts, below its head;
    `names_script` says whether they name JavaScript.
    """

    __slots__ = (
        *("skipped", "telling", "headings", "ids", "unread", "without_script", "names_script", "data"),
        *("_numbers", "_buffer", "_skipping", "_in_head", "_awaiting", "_noscripts", "_pictures", "_drawings"),
        *("_heading", "_headings_from"),
    )

    def __init__(self, skipped: frozenset[str]) -> None:
        super().__init__()
        self.skipped = skipped
        self.telling: list[Telling] = []
        self.headings: list[str] = []
        self.ids: set[str] = set()
        self.unread: list[str] = []
        self.without_script = 0
        self.names_script = False
        self._numbers: dict[tuple[str, str, str, bool], int] = {}
        self._buffer: list[str] = []
        self.data = self._buffer.append  # called for each text, which may come in parts
        self._skipping = 0
        self._in_head = self._awaiting = False
        self._noscripts = self._pictures = self._drawings = 0
        self._heading: list[str] = []
        self._headings_from: list[int] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self._buffer:
            self._flush()
        if self._cells and tag in PARTS_OF_CELLS:
            self._part_cells()
        if self._skipping or (tag in self.skipped and not self._is_shown(tag, attributes)):
            self._skip(tag, attributes)
            return
        if self._after_math == len(self.starts) and self._is_copy_of_math(attributes):
            self.copies.append(len(self.parents))
            self._skip(tag, attributes)
            return
        number, around = len(self.parents), self._around
        if len(around) > DEEPEST:
            raise TooDeepError
        self.parents.append(around[-1])
        around.append(number)
        self.first.append(len(self.starts))
        self.last.append(0)
        self.kinds.append(self._kind(tag, attributes))
        if tag in TELLING:
            self._tell(tag, attributes)
        if tag in SPECIAL:
            self._open(tag, attributes)
        else:
            gap = GAPS.get(tag, 0)
            if gap > self._gap and not (gap == BLANK and self._item_open):
                self._gap = gap
        self._after_link = False

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._buffer:
            self._flush()
        self._after_link = False
        if self._skipping:
            self._end_skipped(tag)
            return
        number = self._around.pop()
        self.last[number] = len(self.starts)
        if tag in SPECIAL:
            self._leave(tag, number)
        else:
            self._gap = max(self._gap, GAPS.get(tag, 0))
            if tag == "h1":
                self._end_heading()
            elif number == 0:
                self._skipping = _BEHIND  # what follows the page's root is no part of it

    def close(self) -> None:
        """The page ends."""

    def _kind(self, tag: str, attributes: Mapping[str, str]) -> int:
        """Which of the different elements one is."""
        if _SELDOM.isdisjoint(attributes):  # most say no more than their class
            described = (tag, attributes.get("class", ""), "", False)
        else:
            described = _described(tag, attributes)
            if "id" in attributes:
                self.ids.add(attributes["id"])
        kind = self._numbers.get(described)
        if kind is None:
            element, kind = Element._make(described), len(self.elements)
            self.elements.append(element)
            self._numbers[element] = kind  # no second tuple is kept for it
        return kind

    def _skip(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins whose text is not read."""
        self._after_link = self._awaiting = False
        if self._skipping == _BEHIND:
            raise GoesOnError
        if not self._skipping:
            self._in_head = tag == "head"
        self._skipping += 1
        self._drawings += tag == "svg"
        if len(self._around) + self._skipping > DEEPEST + 1:
            raise TooDeepError
        if attributes:
            self.unread += [attributes[name] for name in _NAMING if name in attributes]
        if tag in TELLING:
            self._tell(tag, attributes)

    def _end_skipped(self, tag: str) -> None:
        self._skipping -= 1
        self._awaiting = False
        if tag == "svg":
            self._drawings -= 1
        elif tag == "noscript" and self._noscripts:
            self._noscripts -= 1
        elif tag == "h1" and self._headings_from:
            self._end_heading()

    def _tell(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "h1":
            self._headings_from.append(len(self._heading))
        elif tag == "noscript":
            self._noscripts += not self._in_head
        elif tag != "title" or not self._drawings:
            self._pictures += tag == "img"
            if tag != "img" or self._pictures <= PICTURES:
                self._awaiting = tag == "title" or (tag == "script" and is_json_ld(attributes))
                self.telling.append(Telling(tag, attributes, "", self._in_head and self._skipping == 2))

    def _flush(self) -> None:
        """A text is complete."""
        text = self._buffer.pop()
        if self._buffer:
            text = "".join(self._buffer) + text
            self._buffer.clear()
        self._after_link = False
        if self._headings_from:
            self._heading.append(text)
        if self._skipping:
            self._overhear(text)
        elif self._preformatted:
            self._say_verbatim(text)
        elif not text.isspace():
            self._say(text)
        elif not self._gap:
            self._gap = SPACE

    def _overhear(self, text: str) -> None:
        """A text that is not read, but for what it says of the page."""
        if self._awaiting:
            self.telling[-1] = self.telling[-1]._replace(text=text)
            self._awaiting = False
        if self._noscripts:
            self.without_script += len(" ".join(text.split())) * self._noscripts
            self.names_script = self.names_script or "javascript" in text.lower()

    def _end_heading(self) -> None:
        said = " ".join("".join(self._heading[self._headings_from.pop() :]).split())
        self.headings += [said] if said else []
        if not self._headings_from:
            self._heading.clear()


def _described(tag: str, attributes: Mapping[str, str]) -> tuple[str, str, str, bool]:
    """What `document.Element` has of an element."""
    names = role = ""
    hidden = False
    for name, value in attributes.items():
        if name not in _DESCRIBING:  # most are addresses and data of scripts
            continue
        if name in _NAMING:
            names = f"{names} {value}" if names else value
        elif name in _PLAYING:
            role = f"{role} {value}" if role else value
        elif not hidden:
            hidden = name == "hidden" or (_HIDING.search(value) is not None if name == "style" else value == "true")
    return tag, names, role, hidden
