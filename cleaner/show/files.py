"""Bytes in and bytes out: inputs read whole, outputs written whole or not at all."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO

from cleaner.errors import InputError, OutputError
from cleaner.records.names import STANDARD
from cleaner.whole_files import unwritable, whole_file


def read_input(name: str) -> bytes:
    """All bytes of a file, or of standard input; raises `InputError` with what is wrong and the remedy."""
    if name == STANDARD:
        return _standard_input()
    try:
        return Path(name).read_bytes()
    except FileNotFoundError:
        raise InputError("no such file; check the name and the folder you are in") from None
    except IsADirectoryError:
        raise InputError(
            "this is a folder; name its files, for example its *.txt, or write their bodies to another with -o FOLDER/"
        ) from None
    except PermissionError:
        raise InputError("no permission to read this; change its mode or ask its owner") from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error}); check the disk or copy the file") from None
    except ValueError as error:
        raise InputError(f"cannot be opened ({error}); check the name") from None


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise InputError("standard input is closed; name a file, or redirect one")
    try:
        return sys.stdin.buffer.read()
    except IsADirectoryError:
        raise InputError("standard input is a folder; redirect a file") from None
    except OSError as error:
        raise InputError(f"standard input cannot be read ({error.strerror or error}); name a file") from None


def encode(text: str) -> bytes:
    """UTF-8, whatever the locale. A lone surrogate, which UTF-8 forbids, is passed on in its three-byte form."""
    return text.encode("utf-8", "surrogatepass")


@contextmanager
def open_output(name: str | None) -> Iterator[BinaryIO]:
    """A stream for one output: standard output, or a file that takes its name only when all is written.

    An error inside the block leaves the file as it was and nothing beside it. Pipes and devices are written straight.
    Raises `OutputError` where the file cannot be written.
    """
    status = None if name is None or name == STANDARD else _status(name)
    if name is None or name == STANDARD or (status is not None and _is_standard_output(status)):
        with _standard_output() as stream:
            yield stream
    elif status is not None and not stat.S_ISREG(status.st_mode):
        with _straight(name) as stream:
            yield stream
    else:
        with _replacing(name, status) as stream:
            yield stream


def _status(name: str) -> os.stat_result | None:
    try:
        return Path(name).stat()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise unwritable(name, error) from None


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    if sys.stdout is None:
        raise OutputError("standard output is closed; name a file with -o")
    try:
        with _buffered(sys.stdout.buffer) as stream:
            yield stream
            stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable("standard output", error) from None


def _buffered(stream: BinaryIO) -> AbstractContextManager[BinaryIO]:
    """The stream, with the buffer that PYTHONUNBUFFERED takes away: else a write may stop half-way, unnoticed."""
    if isinstance(stream, io.RawIOBase):
        return os.fdopen(stream.fileno(), "wb", closefd=False)
    return nullcontext(stream)


def _is_standard_output(status: os.stat_result) -> bool:
    """Whether `/dev/stdout` or its like was named: what already stands in the file must stay in it."""
    try:
        return os.path.samestat(status, os.fstat(1))
    except OSError:
        return False


@contextmanager
def _straight(name: str) -> Iterator[BinaryIO]:
    """A pipe or a device."""
    try:
        with Path(name).open("wb") as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(name, error) from None


@contextmanager
def _replacing(name: str, status: os.stat_result | None) -> Iterator[BinaryIO]:
    """A file that replaces the target when it is whole, with the target's mode."""
    target = Path(name).resolve()
    if status is not None and not os.access(target, os.W_OK):
        raise OutputError(f"{name}: no permission to write this; change its mode, or choose another OUT")
    try:
        with whole_file(target, None if status is None else stat.S_IMODE(status.st_mode)) as stream:
            yield stream
    except OSError as error:
        raise unwritable(name, error) from None
