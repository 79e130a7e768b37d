"""A page out of a record of an archive: its headers read, chunks and compression taken off.

FastWARC does so for pages as servers send them. Archives also hold pages that the archiver has taken out of their
transfer while the header still names it, and transfers that FastWARC does not know; these are seen to here.
"""

from __future__ import annotations

import io
import re
import zlib
from typing import Any, BinaryIO, NamedTuple

from cleaner.records.extras import need

PURPOSE = "WARC"

CHUNK = re.compile(rb"\s*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]*)?\r?\n")
"""The line above a chunk: its size, and what else a server may say there."""

CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s;"']+)""", re.IGNORECASE)

WINDOWS = {
    "gzip": (zlib.MAX_WBITS + 16,),
    "x-gzip": (zlib.MAX_WBITS + 16,),
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),
}
"""How zlib is to be asked for each content coding; some servers leave out the head of `deflate`."""


class Payload(NamedTuple):
    """What a record holds: its WARC headers, the media type and the charset that are told of it, and its bytes."""

    headers: Any
    media: str
    charset: str
    raw: bytes


class _Counted:
    """A stream that tells how far it has been read, as FastWARC must know and a pipe does not say."""

    def __init__(self, stream: BinaryIO, place: int) -> None:
        # What a single read brings, as what comes before damage would be lost with a read that goes on to it.
        self._read, self._place = getattr(stream, "read1", stream.read), place

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._read(size)
        self._place += len(data)
        return data

    def tell(self) -> int:
        return self._place


def records_of(stream: BinaryIO, place: int = 0, **options: Any) -> Any:
    """The records of an archive from a place of it at which the stream is, with FastWARC's options."""
    return need("fastwarc.warc", PURPOSE).ArchiveIterator(_Counted(stream, place), **options)


def payload(record: bytes, limit: int) -> Payload:
    """What a record holds, up to a byte more than the limit. Raises OSError or ValueError where it is damaged."""
    try:
        found = _parsed(record, "all")
        raw = found.reader.read(limit + 1)
    except (OSError, ValueError):
        found = _parsed(record, "none")
        headers = found.http_headers or {}
        told = [(headers.get(name) or "").lower() for name in ("Transfer-Encoding", "Content-Encoding")]
        raw = taken_off(found.reader.read(), told[0], told[1], limit)
    media = found.headers.get("Content-Type") or ""
    if found.is_http:
        media = (found.http_headers and found.http_headers.get("Content-Type")) or ""
    charset = CHARSET.search(media)
    return Payload(found.headers, media.partition(";")[0].strip().lower(), charset[1].lower() if charset else "", raw)


def _parsed(record: bytes, decode: str) -> Any:
    return next(iter(records_of(io.BytesIO(record), parse_http=True, quirks_mode=True, auto_decode=decode)))


def taken_off(data: bytes, transfer: str, codings: str, limit: int) -> bytes:
    """Bytes out of the transfer that headers name, as far as they are in it. Raises ValueError where it is damaged.

    >>> taken_off(b"5;a=b\\r\\nRain.\\r\\n0\\r\\n\\r\\n", "chunked", "", 100)
    b'Rain.'
    >>> taken_off(b"Rain.", "chunked", "gzip", 100)
    b'Rain.'
    """
    if "chunked" in transfer:
        data = _joined(data)
    for coding in reversed(codings.split(",")):
        data = _decompressed(data, coding.strip(), limit)
    return data


def _joined(data: bytes) -> bytes:
    """Chunks joined; the data as they lie where they do not begin with one."""
    chunks: list[bytes] = []
    place = 0
    while found := CHUNK.match(data, place):
        size = int(found[1], 16)
        if not size:
            return b"".join(chunks)
        chunks.append(data[found.end() : found.end() + size])
        place = found.end() + size
    if chunks and data[place:].strip():
        raise ValueError(f"there is no chunk at byte {place:,} of the page")
    return b"".join(chunks) if chunks else data


def _decompressed(data: bytes, coding: str, limit: int) -> bytes:
    for window in WINDOWS.get(coding, ()):
        try:
            return zlib.decompressobj(window).decompress(data, limit + 1)
        except zlib.error:
            continue
    return data
