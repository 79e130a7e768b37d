"""WARC and WET. A record that holds a page or a text becomes one of ours; requests, images and the like are left out.

Records are written as `conversion` records: the plain text of a page, which says which record it was made from.
"""

from __future__ import annotations

import uuid
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple

from cleaner.document import Cleaned
from cleaner.errors import InputError
from cleaner.reading.encoding import LABELS
from cleaner.records.compression import packed
from cleaner.records.extras import need
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
from cleaner.records.resync import can_go_back, is_compressed, next_record
from cleaner.records.transfer import PURPOSE, payload, records_of

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
        for place, data in _pages(stream, limit):
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


def _pages(stream: BinaryIO, limit: int) -> Iterator[tuple[Place, bytes | Defect]]:
    """The records that may hold a page or a text, and the damage between them.

    Raises `InputError` where the archive is damaged and there is no record behind that, or it cannot be looked for.
    """
    begins = 0
    damage: list[Defect] = []  # to be told when it is sure that it does not go on at the record behind it
    while True:
        at = _At(begins)
        try:
            for found in _undamaged(stream, limit, at):
                yield from ((defect.place, defect) for defect in damage)
                damage.clear()
                yield found
            break
        except (OSError, EOFError) as error:
            behind = next_record(stream, _behind(stream, at)) if can_go_back(stream) else None
            if at.place is not None:
                yield from ((defect.place, defect) for defect in damage)
            damage.clear()
            if behind is None:
                raise InputError(f"{at.in_words(error)}; fetch it anew") from None
            if not at.told:
                place = at.place or Place("offset", begins)
                said = f"{at.in_words(error)}, and read on at offset {behind}; fetch it anew"
                damage.append(Defect(place, "malformed", said))
            begins = behind
            stream.seek(begins)
    yield from ((defect.place, defect) for defect in damage)


@dataclass(slots=True)
class _At:
    """How far an archive has been read since a record that `begins` somewhere: the place of the last record, its
    length where all of it was read, and whether what is wrong with it was told."""

    begins: int
    place: Place | None = None
    length: int = 0
    told: bool = False

    def in_words(self, error: Exception) -> str:
        """What is wrong with the archive, and where."""
        if self.place:
            return f"the archive is damaged at the record at {self.place} or behind it ({error})"
        return f"the archive is damaged at {f'offset {self.begins}' if self.begins else 'its beginning'} ({error})"


def _behind(stream: BinaryIO, at: _At) -> int:
    """The place from which a record may be one that was not read yet."""
    if at.place is None:
        return at.begins + 1
    return at.place.number + (1 if is_compressed(stream, at.place.number) else max(at.length, 1))


def _undamaged(stream: BinaryIO, limit: int, at: _At) -> Iterator[tuple[Place, bytes | Defect]]:
    """The records that may hold a page or a text, up to damage. Raises OSError or EOFError there."""
    types = need("fastwarc.warc", PURPOSE).WarcRecordType
    kinds = (types.response, types.conversion, types.resource)
    for record in records_of(stream, at.begins, parse_http=False):
        at.place, at.length = Place("offset", record.stream_pos), 0
        told = record.headers.get("Content-Length") or ""
        if not (told.isascii() and told.isdigit()):
            raise OSError("it does not say how long it is in a header that ends in CR LF")
        length = int(told)
        if record.record_type in kinds:
            data = _whole(record, length, limit)
            at.told = isinstance(data, Defect) and data.reason == "malformed"
            yield at.place, data
            if isinstance(data, Defect) and (at.told or record.reader.consume() < length):
                raise OSError("the archive ends in it")
        at.length = length


def _whole(record: Any, length: int, limit: int) -> bytes | Defect:
    place = Place("offset", record.stream_pos)
    if length > limit:
        return oversized(place, length, limit)
    content: bytes = record.reader.read()
    if len(content) < length:
        return Defect(place, "malformed", f"the record ends after {len(content):,} of {length:,} bytes; fetch it anew")
    head = "".join(f"{name}: {value}\r\n" for name, value in _headers(record, content))
    return f"WARC/1.0\r\n{head}\r\n".encode("utf-8", "backslashreplace") + content + b"\r\n\r\n"


def _headers(record: Any, content: bytes) -> list[tuple[str, str]]:
    """The headers of a record, of which the type says whether there are headers of HTTP above the page. Some archives
    say so of pages that have lost them, or leave the type out."""
    headers = list(record.headers.items())
    told = (record.headers.get("Content-Type") or "").lower().startswith("application/http")
    there = content.startswith(b"HTTP/")
    response = record.headers.get("WARC-Type") == "response"
    if told == there or (there and not response):
        return headers
    media = [("Content-Type", "application/http")] if there else []
    return [*(each for each in headers if each[0].lower() != "content-type"), *media]


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
