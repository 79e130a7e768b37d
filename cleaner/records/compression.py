"""Compressed files: what is read of them, and the pieces that are written.

How an input is compressed is told by its first bytes. The ending of a name may lie, as servers decompress what they
send, and standard input has no name.

What is written is compressed piece by piece, each piece a gzip member, a Zstandard frame, a bzip2 or an xz stream of
its own. Readers take such files for one, they can be cut between pieces, and the pieces are made in the workers.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
from collections.abc import Callable, Collection
from typing import Any, BinaryIO, cast, get_args

from cleaner.records.extras import need
from cleaner.records.names import Compression

MARKS: dict[bytes, Compression] = {
    b"\x1f\x8b\x08": "gz",
    b"\x28\xb5\x2f\xfd": "zst",
    b"\xfd7zXZ\0": "xz",
    **{b"BZh%d1AY&SY" % level: "bz2" for level in range(1, 10)},
    **{bytes([first]) + b"\x2a\x4d\x18": "zst" for first in range(0x50, 0x60)},
}
"""How compressed files begin, as their formats say. The last are Zstandard's frames that readers skip."""

LONGEST = max(map(len, MARKS))

PIECE = 4_096
"""Bytes of a Zstandard file that are decompressed at once. They may become 128 MB at the very worst."""

WINDOW = 2**31
"""The largest window of a Zstandard file, in bytes: that of `zstd --long=31`, as which large dumps are published."""

EVERY: frozenset[Compression] = frozenset(get_args(Compression))

GZIP_LEVEL, ZSTD_LEVEL, XZ_LEVEL = 6, 3, 3
"""The defaults of gzip and zstd. That of xz, 6, takes as long as the cleaning."""


def unpacking(raw: BinaryIO, leave: Collection[Compression] = ()) -> BinaryIO:
    """The stream of what `raw` holds; of its own bytes where it is not compressed, or in a way to `leave`.

    Reading it raises EOFError where the file ends too early, and OSError without a number where it is damaged.
    """
    head, stream = _peeked(raw)
    found = next((compression for mark, compression in MARKS.items() if head.startswith(mark)), None)
    return stream if found is None or found in leave else _opened(stream, found)


def _peeked(raw: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes, and the stream from before them."""
    head = raw.read(LONGEST)
    try:
        raw.seek(-len(head), os.SEEK_CUR)
    except (OSError, ValueError):  # a pipe, or an object of a store that is sent in one go
        return head, io.BufferedReader(_Rejoined(head, raw))
    return head, raw


def _opened(stream: BinaryIO, compression: Compression) -> Any:
    if compression == "gz":
        return gzip.GzipFile(fileobj=stream)
    if compression == "bz2":
        return bz2.BZ2File(stream)
    if compression == "xz":
        return io.BufferedReader(_Frames(stream, lzma.LZMADecompressor, lzma.LZMAError))
    zstandard = need("zstandard", "a .zst file")
    whole = zstandard.ZstdDecompressor(max_window_size=WINDOW)
    return io.BufferedReader(_Frames(stream, whole.decompressobj, zstandard.ZstdError))


class _Stream(io.RawIOBase):
    """A stream of pieces, each as large as it comes."""

    _held = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._held:
            self._held = memoryview(self._piece())
        size = min(len(buffer), len(self._held))
        buffer[:size] = self._held[:size]
        self._held = self._held[size:]
        return size

    def _piece(self) -> bytes:
        """The next bytes, none at the end."""
        raise NotImplementedError


class _Rejoined(_Stream):
    """A stream, and before it what has been read of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._held, self._rest = memoryview(head), rest

    def _piece(self) -> bytes:
        return self._rest.read(PIECE)


class _Frames(_Stream):
    """What the frames of a file hold, one behind the other. The reader of zstandard takes a frame that is cut short for
    a whole one, and that of lzma stops at what is no frame, so neither is used.
    """

    def __init__(self, raw: BinaryIO, begin: Callable[[], Any], damage: type[Exception]) -> None:
        self._raw, self._begin, self._damage = raw, begin, damage
        self._left = b""
        self._frame: Any = None

    def _piece(self) -> bytes:
        while data := self._left or self._raw.read(PIECE):
            if self._frame is None and not (data := data.lstrip(b"\0")):  # xz files may be padded
                self._left = b""
                continue
            self._frame = self._frame or self._begin()
            try:
                piece: bytes = self._frame.decompress(data)
            except self._damage as error:
                raise OSError(str(error)) from None
            self._left = self._frame.unused_data if self._frame.eof else b""
            self._frame = None if self._frame.eof else self._frame
            if piece:
                return piece
        if self._frame is not None:
            raise EOFError("it ends within a frame")
        return b""


def packed(data: bytes, compression: Compression) -> bytes:
    """Bytes as a piece of a compressed file; the same bytes always give the same piece."""
    if not data:
        return b""
    if compression == "gz":
        return gzip.compress(data, GZIP_LEVEL, mtime=0)
    if compression == "bz2":
        return bz2.compress(data)
    if compression == "xz":
        return lzma.compress(data, preset=XZ_LEVEL)
    if compression == "zst":
        return cast(bytes, need("zstandard", "a .zst file").ZstdCompressor(level=ZSTD_LEVEL).compress(data))
    return data
