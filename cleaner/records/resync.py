"""Behind damage in an archive: where the next record begins.

A record begins with its version, behind a blank line; compressed, with a gzip member that holds this. A page that
quotes a record behind a blank line, inside a damaged one, is taken for a record.
"""

from __future__ import annotations

import bz2
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

VERSION = b"WARC/1."
GZIP = b"\x1f\x8b\x08"
BEGINS = re.compile(rb"\x1f\x8b\x08|(?<=\n\r\n)WARC/1\.|(?<=\n\n)WARC/1\.")
PREFIX = 1_024
"""Bytes of a gzip member that tell how what it holds begins: its head and its first codes take fewer."""
STRETCH = 1 << 20
"""Bytes that are looked through at once."""


def can_go_back(stream: BinaryIO) -> bool:
    """Whether a stream can be read again from a place, and that at once: bzip2 is decompressed anew up to there."""
    return stream.seekable() and not isinstance(stream, bz2.BZ2File)


def is_compressed(stream: BinaryIO, place: int) -> bool:
    """Whether the record at a place is a gzip member."""
    stream.seek(place)
    return stream.read(len(GZIP)) == GZIP


def next_record(stream: BinaryIO, place: int) -> int | None:
    """Where the first record behind a place begins, if any."""
    return next((at for at, head in _candidates(stream, place) if _is_record(head)), None)


def _candidates(stream: BinaryIO, place: int) -> Iterator[tuple[int, bytes]]:
    """Where a record may begin, and the bytes from there."""
    stream.seek(place)
    held, more = b"", True
    while more:
        block = stream.read(STRETCH)
        held, more = held + block, bool(block)
        done = 0
        for found in BEGINS.finditer(held):
            if more and found.start() > len(held) - PREFIX:
                break
            done = found.end()
            yield place + found.start(), held[found.start() : found.start() + PREFIX]
        cut = max(done, len(held) - PREFIX) if more else len(held)
        # what stands before a version decides whether it is one
        cut = max(cut - len(b"\n\r\n"), 0)
        held, place = held[cut:], place + cut


def _is_record(head: bytes) -> bool:
    if not head.startswith(GZIP):
        return True
    try:
        return zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(head, len(VERSION)).startswith(VERSION)
    except zlib.error:
        return False
