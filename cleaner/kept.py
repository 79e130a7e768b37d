"""Files of the user's cache folder: what can be made again, kept so that a start need not make it.

A file is read only where it and its folder belong to the user and nobody else can write them, and is written whole or
not at all. One that is missing or of no use costs time, nothing else.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cleaner.userfolders import cache_folder
from cleaner.whole_files import whole_file


def read_kept(name: str) -> bytes:
    """The bytes of a file of the cache folder. Raises `OSError` where there is none that can be trusted."""
    file = cache_folder() / name
    if not (_private(file.parent, stat.S_ISDIR) and _private(file, stat.S_ISREG)):
        raise PermissionError(f"{file}: not the user's own")
    return file.read_bytes()


def keep(name: str, data: bytes) -> None:
    """Write a file of the cache folder; where that cannot be, nothing is kept."""
    file = cache_folder() / name
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with whole_file(file, 0o600) as stream:
            stream.write(data)


def forget(pattern: str, age: float) -> None:
    """Remove the files of the cache folder with names like the pattern that are older, in seconds."""
    with suppress(OSError):
        for file in cache_folder().glob(pattern):
            if file.stat().st_mtime < time.time() - age:
                file.unlink(missing_ok=True)


def _private(path: Path, is_kind: Callable[[int], bool]) -> bool:
    """Whether a file or folder is the user's own, and nobody else can write it."""
    status = path.lstat()
    own = not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)
    return is_kind(status.st_mode) and own
