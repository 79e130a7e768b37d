"""The records of an archive that may hold a page or a text, one after another, and on behind damage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from cleaner.errors import InputError
from cleaner.records.extras import need
from cleaner.records.record import Defect, Place, oversized
from cleaner.records.resync import can_go_back, is_compressed, next_record
from cleaner.records.transfer import PURPOSE, records_of


def past_damage(stream: BinaryIO, limit: int) -> Iterator[tuple[Place, bytes | Defect]]:
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
