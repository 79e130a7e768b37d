"""One JSON value that is a list of records, or a record. It is held whole, so it may not be large."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import BinaryIO

import msgspec

from cleaner.errors import InputError
from cleaner.records.jsonl import BYTE_ORDER_MARK, Lines
from cleaner.records.record import BATCH_BYTES, BATCH_RECORDS, Batch, Begun, refuse_wide

LARGEST = 256_000_000
"""Bytes of a value, above which it must be written as JSON Lines."""

REMEDY = "write it one record a line, for example by jq -c '.[]', as .jsonl"

IN_A_LINE = bytes.maketrans(b"\r\n", b"  ")
"""Line breaks stand between values only: inside a text they are escapes."""


def begin(stream: BinaryIO) -> Begun:
    """The records may have any fields. Raises `InputError` where the file is no list of records, and no record."""
    data = stream.read(LARGEST + 1).removeprefix(BYTE_ORDER_MARK)
    refuse_wide(data)
    if len(data) > LARGEST:
        raise InputError(f"the file is one JSON value of more than {LARGEST:,} bytes; {REMEDY}")
    try:
        records = msgspec.json.decode(data, type=list[msgspec.Raw] | dict[str, msgspec.Raw])
    except RecursionError:
        raise InputError(f"the file is nested too deeply; {REMEDY}") from None
    except msgspec.ValidationError:
        raise InputError(f"the file is neither a list of records nor a record; {REMEDY}") from None
    except msgspec.DecodeError as error:
        raise InputError(f"the file is no whole JSON value ({error}); {REMEDY}") from None
    return Begun(None, _read([msgspec.Raw(data)] if isinstance(records, dict) else records))


def _read(records: list[msgspec.Raw]) -> Generator[Batch, None, None]:
    first = 1
    for lines in _batches(records):
        yield Lines(first, b"\n".join(lines), "number")
        first += len(lines)


def _batches(records: list[msgspec.Raw]) -> Iterator[list[bytes]]:
    lines: list[bytes] = []
    size = 0
    for record in records:
        lines.append(bytes(record).translate(IN_A_LINE))
        size += len(lines[-1])
        if size >= BATCH_BYTES or len(lines) >= BATCH_RECORDS:
            yield lines
            lines, size = [], 0
    if lines:
        yield lines
