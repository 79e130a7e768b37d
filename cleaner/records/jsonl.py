"""JSON Lines. Values that nobody asks for are never decoded: they come out as the bytes that came in."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

from cleaner.document import Cleaned
from cleaner.records.json_line import NO_TEXT, encoded, fields_of, text_of, told, url_of
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
    Wanted,
    listed,
    oversized,
    refuse_wide,
    shown,
)

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Lines(NamedTuple):
    """Whole lines of a file, of which the first has the number `first`; or records, as `unit` says."""

    first: int
    data: bytes
    unit: str = "line"

    @property
    def size(self) -> int:
        """Bytes of the lines."""
        return len(self.data)

    def parse(self, wanted: Wanted) -> ParsedLines:
        """Read each line that is not blank."""
        lines = enumerate(self.data.split(b"\n"), self.first)
        return ParsedLines([_Line(Place(self.unit, number), line, wanted) for number, line in lines if line.strip()])

    def singles(self) -> list[tuple[Place, Batch]]:
        """A batch for each line that is not blank."""
        lines = enumerate(self.data.split(b"\n"), self.first)
        return [(Place(self.unit, number), Lines(number, line, self.unit)) for number, line in lines if line.strip()]


class _Line:
    """One line. `values` are the fields as bytes, in order; empty where the line is no record."""

    def __init__(self, place: Place, line: bytes, wanted: Wanted) -> None:
        self.place, self.values = place, dict[str, Any]()
        self.entry = self._read(line, wanted)

    def _read(self, line: bytes, wanted: Wanted) -> Item | Defect:
        if len(line) > wanted.limit:
            return oversized(self.place, len(line), wanted.limit)
        try:
            self.values = fields_of(line)
        except ValueError as error:
            return Defect(self.place, "malformed", told(error), shown(line))
        if wanted.field not in self.values:
            there_are = f"its fields are: {listed(self.values)}; name one with --field"
            missing = f"the record has no field {wanted.field!r}; {there_are}"
            return Defect(self.place, "malformed", missing, shown(line))
        try:
            raw, url = text_of(self.values[wanted.field]), url_of(self.values, wanted.url_field)
        except ValueError as error:
            return Defect(self.place, "malformed", told(error), shown(line))
        if raw is NO_TEXT or url is NO_TEXT:
            name, option = (wanted.field, "--field") if raw is NO_TEXT else (wanted.url_field, "--url-field")
            remedy = f"the field {name!r} is no text; write text or null, or name another with {option}"
            return Defect(self.place, "malformed", remedy, shown(line))
        return Item(self.place, raw, url)


class ParsedLines:
    """Lines as records."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._lines = lines
        self.entries = [line.entry for line in lines]

    def row(self, index: int) -> dict[str, Any]:
        """The fields of a line; their values are JSON already."""
        return self._lines[index].values


def begin(stream: BinaryIO, limit: int) -> Begun:
    """The records may have any fields."""
    return Begun(None, _read(stream, limit))


def _read(stream: BinaryIO, limit: int) -> Generator[Batch, None, None]:
    """The lines of a file, in batches that the file alone determines. A line above the limit is never held whole."""
    line, carry, skipped = 1, b"", 0
    for block in _blocks(stream):
        rest = block
        if skipped:
            end = rest.find(b"\n") + 1
            skipped += end or len(rest)
            if not end:
                continue
            yield _too_long(line, skipped, limit)
            rest, line, skipped = rest[end:], line + 1, 0
        cut = rest.rfind(b"\n") + 1
        if cut:
            for batch in _batches(line, carry + rest[:cut]):
                yield batch
                line += batch.data.count(b"\n")
            carry = b""
        carry += rest[cut:]
        if len(carry) > limit:
            carry, skipped = b"", len(carry)
    if skipped:
        yield _too_long(line, skipped, limit)
    elif carry:
        yield Lines(line, carry)


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    block = stream.read(BATCH_BYTES).removeprefix(BYTE_ORDER_MARK)
    refuse_wide(block)
    while block:
        yield block
        block = stream.read(BATCH_BYTES)


def _too_long(line: int, size: int, limit: int) -> Broken:
    return Broken((oversized(Place("line", line), size, limit),), size)


def _batches(line: int, data: bytes) -> Iterator[Lines]:
    """Lines in batches of at most `BATCH_RECORDS`."""
    if data.count(b"\n") <= BATCH_RECORDS:
        yield Lines(line, data)
        return
    lines = data.split(b"\n")[:-1]
    for start in range(0, len(lines), BATCH_RECORDS):
        yield Lines(line + start, b"\n".join([*lines[start : start + BATCH_RECORDS], b""]))


def render(parsed: Parsed, results: Sequence[Cleaned | None], wanted: Wanted) -> bytes:
    """The lines of the records that have a result."""
    rows = [
        {**parsed.row(index), **wanted.written(cleaned)} for index, cleaned in enumerate(results) if cleaned is not None
    ]
    return b"".join(map(encoded, rows))
