"""WARC and WET. A record that holds a page or a text becomes one of ours; requests, images and the like are left out.

Records are written as `conversion` records: the plain text of a page, which says which record it was made from.
"""

from __future__ import annotations

import uuid
from collections.abc import Generator, Sequence
from typing import Any, BinaryIO, NamedTuple

from cleaner.document import Cleaned
from cleaner.errors import InputError
from cleaner.reading.encoding import LABELS
from cleaner.records.archive import past_damage
from cleaner.records.compression import packed
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
)
from cleaner.records.transfer import payload

FIELDS = ("id", "url", "date")
"""What a record of an archive has beside its text."""

TEXTS = ("text/html", "application/xhtml+xml", "text/plain", "")
"""The media types that are cleaned; the last stands for a page that came without one."""

LOOKED_AT = 4_096
"""Bytes of a page in which zeros are looked for."""

TOLD = 200
"""Characters of what FastWARC says of a record, which may quote all of it."""


class Records(NamedTuple):
    """Records as they lie in the archive, decompressed, and the offsets of each in the file as it lies."""

    offsets: tuple[int, ...]
    records: tuple[bytes, ...]

    @property
    def size(self) -> int:
        """Bytes of the records, headers included."""
        return sum(map(len, self.records))

    def parse(self, wanted: Wanted) -> ParsedRecords:
        """Read the headers, and take the content out of its transfer."""
        return ParsedRecords(self, wanted.limit)

    def singles(self) -> list[tuple[Place, Batch]]:
        """A batch for each record."""
        return [
            (Place("offset", offset), Records((offset,), (record,)))
            for offset, record in zip(self.offsets, self.records, strict=True)
        ]


class ParsedRecords:
    """Records of an archive that hold a page or a text."""

    def __init__(self, batch: Records, limit: int) -> None:
        self.entries: list[Item | Defect] = []
        self._rows: list[dict[str, Any]] = []
        for offset, record in zip(batch.offsets, batch.records, strict=True):
            place = Place("offset", offset)
            try:
                found = payload(record, limit)
            except (OSError, ValueError) as error:
                told = " ".join(str(error).split())[:TOLD]
                self._append({}, Defect(place, "malformed", f"the record cannot be read ({told}); fetch it anew"))
                continue
            if len(found.raw) > limit:
                self._append({}, oversized(place, len(found.raw), limit))
            elif found.media in TEXTS:
                row = _row(found.headers)
                self._append(row, Item(place, _decoded(found.raw, found.charset), row["url"]))

    def _append(self, row: dict[str, Any], entry: Item | Defect) -> None:
        self._rows.append(row)
        self.entries.append(entry)

    def row(self, index: int) -> dict[str, Any]:
        """The id, the address and the date of a record."""
        return self._rows[index]


def _row(headers: Any) -> dict[str, Any]:
    return {
        "id": headers.get("WARC-Record-ID"),
        "url": (headers.get("WARC-Target-URI") or "").strip("<>") or None,
        "date": headers.get("WARC-Date"),
    }


def _decoded(raw: bytes, charset: str) -> str | bytes:
    """The text, where HTTP names an encoding in which the bytes are legal and neither a byte order mark nor zeros, as
    UTF-16 and UTF-32 have them, gainsay it."""
    codec = LABELS.get(charset)
    if codec is None or raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw[:LOOKED_AT]:
        return raw
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return raw


def begin(stream: BinaryIO, limit: int) -> Begun:
    """The archive's records. The stream may be compressed with gzip: offsets are those of the file then."""
    return Begun(Shape.of_texts((*FIELDS, "text")), _read(stream, limit))


def _read(stream: BinaryIO, limit: int) -> Generator[Batch, None, None]:
    offsets: list[int] = []
    records: list[bytes] = []
    size = 0
    try:
        for place, data in past_damage(stream, limit):
            if isinstance(data, Defect):
                yield Broken((data,))
                continue
            offsets.append(place.number)
            records.append(data)
            size += len(data)
            if size >= BATCH_BYTES or len(records) >= BATCH_RECORDS:
                yield Records(tuple(offsets), tuple(records))
                offsets, records, size = [], [], 0
    except InputError:
        if records:
            yield Records(tuple(offsets), tuple(records))
        raise
    if records:
        yield Records(tuple(offsets), tuple(records))


def render(parsed: Parsed, results: Sequence[Cleaned | None], wanted: Wanted) -> bytes:
    """A conversion record for each result; compressed, each is a piece of its own, as readers of archives expect."""
    pieces = []
    for index, cleaned in enumerate(results):
        if cleaned is not None:
            pieces.append(packed(_conversion(parsed.row(index), cleaned, wanted), wanted.compression))
    return b"".join(pieces)


def _conversion(row: dict[str, Any], cleaned: Cleaned, wanted: Wanted) -> bytes:
    body = cleaned.text.encode("utf-8", "replace")
    name = f"clean:{row['id']}:{row['url']}"
    headers = {
        "WARC-Type": "conversion",
        "WARC-Target-URI": row["url"],
        "WARC-Date": row["date"],
        "WARC-Record-ID": f"<{uuid.uuid5(uuid.NAMESPACE_URL, name).urn}>",
        "WARC-Refers-To": row["id"],
        **{f"X-Clean-{name.title()}": _header(value) for name, value in wanted.added(cleaned).items()},
        "Content-Type": "text/plain",
        "Content-Length": len(body),
    }
    lines = [f"{name}: {value}\r\n" for name, value in headers.items() if value is not None]
    return f"WARC/1.0\r\n{''.join(lines)}\r\n".encode() + body + b"\r\n\r\n"


def _header(value: Any) -> str | None:
    return None if value is None else " ".join(str(value).split())
