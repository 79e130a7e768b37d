"""CSV and TSV with a header line. Values are text; bytes that are no UTF-8 come out as they came in.

CSV whose header is parted by semicolons or tabs is read as such, and written with commas.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Generator, Iterator, Sequence
from itertools import chain
from typing import Any, BinaryIO, NamedTuple

from cleaner.document import Cleaned
from cleaner.errors import InputError
from cleaner.records.record import (
    BATCH_BYTES,
    BATCH_RECORDS,
    Batch,
    Begun,
    Broken,
    Defect,
    Item,
    Parsed,
    Place,
    Shape,
    Wanted,
    oversized,
    refuse_wide,
    shown,
    size_of_text,
    with_column,
)

DELIMITERS = {"csv": ",", "tsv": "\t"}
OTHERS = {",": ";\t", "\t": ""}
"""By what else a file of each delimiter may be parted."""

LARGEST_FIELD = 2**31 - 1
"""What the reader is told to accept, so that it is this module that decides what is too large."""

LONE = re.compile("[\ud800-\udfff]")
"""A lone surrogate, as which a byte is held that is no UTF-8."""

UNCLOSED = "the row opens a quotation mark that the file never closes; close it, or write it twice"
"""What is wrong with a row that the file ends in."""


class Rows(NamedTuple):
    """Rows of a file, with the lines they end on."""

    header: tuple[str, ...]
    lines: tuple[int, ...]
    rows: tuple[list[str], ...]
    size: int

    def parse(self, wanted: Wanted) -> ParsedRows:
        """Look at each row."""
        return ParsedRows(self, wanted)

    def singles(self) -> list[tuple[Place, Batch]]:
        """A batch for each row."""
        return [
            (Place("line", line), Rows(self.header, (line,), (row,), 0))
            for line, row in zip(self.lines, self.rows, strict=True)
        ]


class ParsedRows:
    """Rows as records."""

    def __init__(self, batch: Rows, wanted: Wanted) -> None:
        self._batch = batch
        self.entries = [
            _entry(batch.header, Place("line", line), row, wanted)
            for line, row in zip(batch.lines, batch.rows, strict=True)
        ]

    def row(self, index: int) -> dict[str, Any]:
        """The values of a row by their column."""
        return dict(zip(self._batch.header, self._batch.rows[index], strict=True))


def _entry(header: Sequence[str], place: Place, row: list[str], wanted: Wanted) -> Item | Defect:
    size = sum(map(size_of_text, row))
    if size > wanted.limit:
        return oversized(place, size, wanted.limit)
    if len(row) != len(header):
        error = f"the row has {len(row)} fields, and the header has {len(header)}; quote what holds a delimiter"
        return Defect(place, "malformed", error, shown(",".join(row)))
    if wanted.kind == "parquet" and (column := _beyond_utf8(row)) is not None:
        error = f"the column {header[column]!r} holds bytes that are no UTF-8, which Parquet has no form for"
        return Defect(place, "malformed", f"{error}; save the file as UTF-8", shown(",".join(row)))
    url = row[header.index(wanted.url_field)] if wanted.url_field in header else None
    return Item(place, row[header.index(wanted.field)], url)


def _beyond_utf8(values: Sequence[str]) -> int | None:
    """The place of the first value that holds bytes which are no UTF-8.

    >>> _beyond_utf8(["Zoë", "Zo\\udceb"]), _beyond_utf8(["Zoë"])
    (1, None)
    """
    return next((place for place, value in enumerate(values) if LONE.search(value)), None)


def begin(stream: BinaryIO, delimiter: str, wanted: Wanted) -> Begun:
    """Read the header. Raises `InputError` where there is none, it lacks the field or the output has no form for it."""
    csv.field_size_limit(LARGEST_FIELD)
    text = _text(stream)
    first = next(text, "")
    refuse_wide(first.encode("utf-8", "surrogateescape"))
    lines = _Lines(chain([first], text))
    rows = csv.reader(lines, delimiter=_delimiter(first, delimiter, wanted.field))
    header = _header(rows)
    with_column(header, wanted.field)
    if wanted.kind == "parquet" and _beyond_utf8(header) is not None:
        raise InputError("the header is no UTF-8, and Parquet has no form for it; save the file as UTF-8")
    return Begun(Shape.of_texts(header), _read(rows, lines, header))


def _delimiter(first: str, usual: str, field: str) -> str:
    """What parts the columns of a file whose first line names `field`, if any part it so.

    >>> _delimiter("id;text;url", ",", "text"), _delimiter('"a;b",text', ",", "text")
    (';', ',')
    """
    fitting = (each for each in (usual, *OTHERS[usual]) if field in next(csv.reader([first], delimiter=each), ()))
    return next(fitting, usual)


class _Lines:
    """The lines of a file. `over` says that there are no more and that somebody has asked for one: a row that is made
    then is not whole, as a quotation mark in it is never closed."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.over = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines, None)
        if line is None:
            self.over = True
            raise StopIteration
        return line


def _text(stream: BinaryIO) -> io.TextIOWrapper:
    return io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")


def _header(rows: Iterator[list[str]]) -> tuple[str, ...]:
    try:
        header = tuple(next(rows, ()))
    except csv.Error as error:
        raise InputError(f"the header line cannot be read ({error}); is it CSV?") from None
    if not header:
        raise InputError("there is no header line; the first line must name the columns")
    if len(set(header)) < len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise InputError(f"the header names the column {twice!r} twice; give each its own name")
    return header


def _read(rows: Any, source: _Lines, header: tuple[str, ...]) -> Generator[Batch, None, None]:
    lines: list[int] = []
    held: list[list[str]] = []
    size = 0
    broken: Defect | None = None
    while True:
        first = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            row, broken = [], Defect(Place("line", rows.line_num), "malformed", str(error))
        if row and source.over:
            row, broken = [], Defect(Place("line", first), "malformed", UNCLOSED, shown(",".join(row)))
        if row:
            lines.append(rows.line_num)
            held.append(row)
            size += sum(map(size_of_text, row)) + len(row)
        if held and (row is None or broken or size >= BATCH_BYTES or len(held) >= BATCH_RECORDS):
            yield Rows(header, tuple(lines), tuple(held), size)
            lines, held, size = [], [], 0
        if broken:
            yield Broken((broken,))
            broken = None
        if row is None:
            return


def heading(columns: Sequence[str], delimiter: str) -> bytes:
    """The header line of an output."""
    return _written([list(columns)], delimiter)


def render(parsed: Parsed, results: Sequence[Cleaned | None], wanted: Wanted) -> bytes:
    """The rows of the records that have a result. What is no text is written as JSON, what is missing as nothing."""
    rows = []
    for index, cleaned in enumerate(results):
        if cleaned is not None:
            row = {**parsed.row(index), **wanted.written(cleaned)}
            rows.append([_cell(value) for value in row.values()])
    return _written(rows, DELIMITERS[wanted.kind])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _written(rows: Sequence[Sequence[str]], delimiter: str) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return _encoded(buffer.getvalue())


def _encoded(text: str) -> bytes:
    """UTF-8 in which bytes that were none are themselves again. A lone surrogate of another kind has no form in CSV."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
