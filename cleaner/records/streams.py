"""Bytes from wherever an input lies, decompressed."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from cleaner.errors import InputError
from cleaner.records.compression import unpacking
from cleaner.records.extras import need
from cleaner.records.names import STANDARD, Compression, is_remote


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
def opened(name: str, leave: Collection[Compression] = ()) -> Iterator[Source]:
    """An input's bytes, decompressed unless it is compressed in a way to `leave`.

    Raises `InputError`, with the remedy, for whatever is wrong with the file.
    """
    try:
        with _raw(name) as raw:
            yield Source(unpacking(raw, leave), raw, size_of(name))
    except FileNotFoundError:
        raise InputError("no such file; check the name and the folder you are in") from None
    except PermissionError:
        raise InputError("no permission to read this; change its mode or ask its owner") from None
    except IsADirectoryError:
        raise InputError("this is a folder; name its files") from None
    except (EOFError, zlib.error) as error:
        raise InputError(f"the file is damaged ({error}); fetch it anew") from None
    except OSError as error:
        if error.errno is None:  # it is not the system that says so, but a reader of a compressed file
            raise InputError(f"the file is damaged ({error}); fetch it anew") from None
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
