"""The tables of a page on their way to Markdown: which hold values, and in which column each of their cells stands."""

from __future__ import annotations

from typing import Any

CELLS = frozenset(["td", "th"])

LAYOUT = frozenset(["table", "dl", "blockquote", "pre", "h1", "h2", "h3", "h4"])
"""Elements that a table of values does not hold. A table with one of them is a part of the page's layout."""

PARAGRAPHS, LISTS = frozenset(["p", "div", "section", "article"]), frozenset(["ul", "ol"])
"""Those that a cell of values may hold, if the table has rows and columns and the cell is short; lists if the table has
headings, too."""

LONGEST = 300
"""Characters of such a cell. In such tables of every seventh gold page the longest has 186."""

WIDEST = 100
"""Columns that a cell may be wide, and up to which cells that reach down are noted."""


class Tables:
    """What is known of the tables of a page, each looked at once."""

    def __init__(self) -> None:
        self._layout: dict[Any, bool] = {}
        self._columns: dict[Any, int] = {}

    def is_layout(self, element: Any) -> bool:
        """Whether a table, or the one around one of its parts, only arranges parts of the page."""
        table = element if element.tag == "table" else next(element.iterancestors("table"), None)
        if table is None:
            return True
        if table not in self._layout:
            self._layout[table] = _arranges(table)
        return self._layout[table]

    def column(self, cell: Any) -> int:
        """The column of a cell."""
        if cell not in self._columns:
            self._lay_out(next(cell.iterancestors("table")))
        return self._columns[cell]

    def _lay_out(self, table: Any) -> None:
        """Find the columns of a table's cells, of which some reach down into the rows below."""
        down: dict[int, int] = {}
        for row in table.iter("tr"):
            column, reaching = 0, {each: rows - 1 for each, rows in down.items() if rows > 1}
            for cell in row.iterchildren("td", "th"):
                while column in down:
                    column += 1
                self._columns[cell] = column
                end = column + spanned(cell, "colspan")
                reaching.update(dict.fromkeys(range(column, min(end, WIDEST)), spanned(cell, "rowspan") - 1))
                column = end
            down = {each: rows for each, rows in reaching.items() if rows > 0}


def spanned(cell: Any, name: str) -> int:
    """The columns or rows of a cell."""
    told = cell.get(name, "")
    return min(max(int(told), 1), WIDEST) if told.isdecimal() and len(told) < 6 else 1


def _arranges(table: Any) -> bool:
    """Whether a table only arranges parts of the page."""
    if table.get("role") in ("presentation", "none"):
        return True
    parted: dict[Any, None] = {}
    headed = next(table.iter("th"), None) is not None
    for element in table.iter(*LAYOUT, *PARAGRAPHS, *LISTS):
        if element is not table and (element.tag in LAYOUT or (element.tag in LISTS and not headed)):
            return True
        cell = next(element.iterancestors(*CELLS), None)
        if cell is not None:
            parted[cell] = None
    if not parted:
        return False
    rows = [sum(1 for _ in row.iterchildren(*CELLS)) for row in table.iter("tr")]
    return sum(count > 1 for count in rows) < 2 or any(_is_long(cell) for cell in parted)


def _is_long(cell: Any) -> bool:
    """Whether a cell holds more text than a value has."""
    left = LONGEST
    for text in cell.itertext():
        left -= len(" ".join(text.split()))
        if left < 0:
            return True
    return False
