"""Bytes from wherever an input lies, decompressed; and the compression of what is written.

What is written is compressed piece by piece, each piece a gzip member, a Zstandard frame or a bzip2 stream of its own.
Readers take such files for one, they can be cut between pieces, and the pieces are made in the workers.
"""

from __future__ import annotations

import bz2
import gzip
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from cleaner.errors import InputError
from cleaner.records.extras import need
from cleaner.records.names import STANDARD, Compression, is_remote

GZIP_LEVEL, ZSTD_LEVEL = 6, 3
"""The defaults of gzip and zstd."""


class Source(NamedTuple):
    """An open input. `stream` gives its bytes decompressed, `raw` as they lie; `size` is that of `raw`, or 0."""

    stream: BinaryIO
    raw: BinaryIO
    size: int

    def position(self) -> int:
        """How much of `raw` has been read, in bytes; 0 where that cannot be told."""
        try:
            return self.raw.tell()
        except (OSError, ValueError):
            return 0


@contextmanager
def opened(name: str, compression: Compression) -> Iterator[Source]:
    """An input's bytes. Raises `InputError`, with the remedy, for whatever is wrong with the file."""
    try:
        with _raw(name) as raw, _unpacking(raw, compression) as stream:
            yield Source(stream, raw, size_of(name))
    except FileNotFoundError:
        raise InputError("no such file; check the name and the folder you are in") from None
    except PermissionError:
        raise InputError("no permission to read this; change its mode or ask its owner") from None
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"the file is damaged ({error}); fetch it anew") from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error}); check the disk or copy the file") from None


def size_of(name: str) -> int:
    """The size of a local file in bytes; 0 where it cannot be told beforehand."""
    try:
        return 0 if name == STANDARD or is_remote(name) else Path(name).stat().st_size
    except OSError:
        return 0


def _raw(name: str) -> Any:
    if name == STANDARD:
        if sys.stdin is None:
            raise InputError("standard input is closed; name a file, or redirect one")
        return _left_open(sys.stdin.buffer)
    if is_remote(name):
        return _remote(name)
    try:
        return Path(name).open("rb")
    except ValueError as error:
        raise InputError(f"cannot be opened ({error}); check the name") from None


@contextmanager
def _left_open(stream: BinaryIO) -> Iterator[BinaryIO]:
    yield stream


def _remote(name: str) -> Any:
    fsspec = need("fsspec", f"{name.partition(':')[0]}://")
    try:
        return fsspec.open(name, "rb").open()
    except ImportError as error:
        raise InputError(f"cannot be opened: {error}") from None


def _unpacking(raw: BinaryIO, compression: Compression) -> Any:
    if compression == "gz":
        return gzip.GzipFile(fileobj=raw)
    if compression == "bz2":
        return bz2.BZ2File(raw)
    if compression == "zst":
        zstandard = need("zstandard", "a .zst file")
        return _zstd(zstandard, raw)
    return _left_open(raw)


@contextmanager
def _zstd(zstandard: Any, raw: BinaryIO) -> Iterator[BinaryIO]:
    reader = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True, closefd=False)
    try:
        yield cast(BinaryIO, reader)
    except zstandard.ZstdError as error:
        raise InputError(f"the file is damaged ({error}); fetch it anew") from None


def packed(data: bytes, compression: Compression) -> bytes:
    """Bytes as a piece of a compressed file; the same bytes always give the same piece."""
    if not data:
        return b""
    if compression == "gz":
        return gzip.compress(data, GZIP_LEVEL, mtime=0)
    if compression == "bz2":
        return bz2.compress(data)
    if compression == "zst":
        return cast(bytes, need("zstandard", "a .zst file").ZstdCompressor(level=ZSTD_LEVEL).compress(data))
    return data
