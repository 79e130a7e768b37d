"""Two runs must not write one output: what a run writes is locked while it does, where the system can."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cleaner.errors import OutputError


def lock(number: int, name: str) -> None:
    """Keep other runs away from an open file, or folder, of that number. Raises `OutputError` where one is at it."""
    try:
        import fcntl
    except ImportError:  # Windows, which does not let two write one file anyway
        return
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutputError(f"{name}: another run is writing this; wait for it, or choose another OUT") from None


@contextmanager
def claimed(place: Path, name: str) -> Iterator[None]:
    """Keep other runs away from a folder, or from a file if it is there; where it is of no kind that can be locked,
    as on some file servers, that is left to the files in it."""
    try:
        number = os.open(place, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        with suppress(OSError):
            lock(number, name)
        yield
    finally:
        os.close(number)
