"""JSON Lines. Values that nobody asks for are never decoded: they come out as the bytes that came in."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Sequence
from functools import cache
from typing import Any, BinaryIO, NamedTuple

import msgspec

from cleaner.document import Cleaned
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

NO_TEXT = object()
"""Stands for a value that is not text."""

LIST = "the line begins a list; where the file is one, write it one object a line, for example by jq -c '.[]'"
"""What is wrong with a line of a file that is one JSON value."""

RETURNS = (
    "the line holds several records parted by carriage returns; part them by line breaks, for example by tr '\\r' '\\n'"
)
"""What is wrong with the one line of a file whose lines end in CR alone."""

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
            self.values = _fields(line)
        except ValueError as error:
            return Defect(self.place, "malformed", _told(error), shown(line))
        if wanted.field not in self.values:
            there_are = f"its fields are: {listed(self.values)}; name one with --field"
            missing = f"the record has no field {wanted.field!r}; {there_are}"
            return Defect(self.place, "malformed", missing, shown(line))
        try:
            raw, url = _text(self.values[wanted.field]), _url(self.values, wanted.url_field)
        except ValueError as error:
            return Defect(self.place, "malformed", _told(error), shown(line))
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


@cache
def _decoder() -> msgspec.json.Decoder[dict[str, msgspec.Raw]]:
    return msgspec.json.Decoder(dict[str, msgspec.Raw])


def _fields(line: bytes) -> dict[str, Any]:
    """The fields of an object, undecoded. Raises ValueError.

    >>> {name: bytes(value) for name, value in _fields(b'{"n": 1e2, "text": "Rain"}').items()}
    {'n': b'1e2', 'text': b'"Rain"'}
    """
    try:
        return dict(_decoder().decode(line))
    except RecursionError:
        raise ValueError("the line is nested too deeply; flatten its fields") from None
    except msgspec.ValidationError as error:
        if _begins_list(line):
            raise ValueError(LIST) from None
        raise ValueError(f"the line is no JSON object: {error}; write one object a line") from None
    except msgspec.DecodeError as error:
        broken = f"the line is no whole JSON object ({error}); write one object a line"
        if b"}\r" in line.rstrip():
            broken = RETURNS
        return _leniently(line, LIST if _begins_list(line) else broken)


def _begins_list(line: bytes) -> bool:
    return line.lstrip().startswith(b"[")


def _told(error: ValueError) -> str:
    """What is wrong with a line, and the remedy."""
    if isinstance(error, UnicodeDecodeError):
        return f"the line is no UTF-8 ({error.reason}); save the file as UTF-8"
    return str(error)


def _leniently(line: bytes, error: str) -> dict[str, Any]:
    """The same by Python's own reader, which takes lone surrogates, NaN and infinities, as Python writes them."""
    try:
        fields = json.loads(line)
    except UnicodeDecodeError:
        raise
    except ValueError:
        raise ValueError(error) from None
    if not isinstance(fields, dict):
        raise ValueError(error)
    return {name: _escaped(value) for name, value in fields.items()}


def _text(value: msgspec.Raw) -> Any:
    """A value that should be text or null; `NO_TEXT` where it is neither."""
    if bytes(memoryview(value)[:1]) not in (b'"', b"n"):
        return NO_TEXT
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError:
        return json.loads(bytes(value))


def _url(values: dict[str, Any], name: str) -> Any:
    """The text at a name, or along a path of names parted by dots: empty for a null, None where there is no such field.

    >>> _url(_fields(b'{"meta": {"url": "https://example.org/a"}}'), "meta.url")
    'https://example.org/a'
    """
    if name in values:
        return _text(values[name]) or ""
    first, dot, rest = name.partition(".")
    if not dot or bytes(memoryview(values.get(first, b""))[:1]) != b"{":
        return None
    return _url(_fields(bytes(values[first])), rest)


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
    return b"".join(map(_encoded, rows))


def _encoded(row: dict[str, Any]) -> bytes:
    try:
        return msgspec.json.encode(row) + b"\n"
    except UnicodeEncodeError:  # a lone surrogate is written as its escape
        parts = (json.dumps(name).encode() + b":" + _alone(value) for name, value in row.items())
        return b"{" + b",".join(parts) + b"}\n"


def _alone(value: Any) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return bytes(_escaped(value))


def _escaped(value: Any) -> msgspec.Raw:
    return msgspec.Raw(json.dumps(value).encode())
