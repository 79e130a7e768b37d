"""Files that are written whole or not at all, and what is said of one that cannot be written."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cleaner.errors import OutputError

REMEDIES = {
    **dict.fromkeys((errno.ENOSPC, errno.EFBIG, errno.EDQUOT), "make room, or choose another place"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "change its mode, or choose another place"),
    errno.ENOENT: "make its folder, or choose another place",
}
"""What helps against an error of the system."""


@contextmanager
def whole_file(target: Path, mode: int | None = None) -> Iterator[BinaryIO]:
    """A stream to a temporary file beside the target, which takes the target's name when all is written.

    An error inside the block leaves the target as it was and nothing beside it. `mode` is that of the new file, else
    what the process gives its files. Raises OSError.
    """
    scratch = target.with_name(f".clean-{os.getpid()}-{os.urandom(4).hex()}.tmp")
    try:
        with scratch.open("xb") as stream:
            if mode is not None:
                scratch.chmod(mode)
            yield stream
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)


def unwritable(name: str, error: Exception) -> OutputError:
    """What is said of an output that cannot be written: its name, what is wrong, the remedy."""
    remedy = REMEDIES.get(getattr(error, "errno", None) or 0, "choose another place")
    return OutputError(f"{name}: cannot be written ({getattr(error, 'strerror', None) or error}); {remedy}")
