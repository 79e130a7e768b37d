"""What is known of the files of a folder, kept in the user's cache folder so that a start need not open them all.

An index holds the fingerprint and the hosts of each file beside its size and time of change; a file of another size or
time is read anew. It is JSON; see `kept.py` for where it is read and written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from cleaner.kept import keep, read_kept
from cleaner.sources.marks import Mark

FORMAT = 1
"""Version of the index, to be raised with its form and with what is checked of rule files."""

WORTH_IT = 24
"""Files of a folder from which an index pays. Below, no cache file is made."""


class Stamp(NamedTuple):
    """The time of a file's last change in nanoseconds, and its size in bytes."""

    time: int
    size: int


class Index(NamedTuple):
    """The marks of a folder's files with the stamp each had, and the state in which all files were found sound."""

    marks: Mapping[str, tuple[Stamp, Mark]]
    sound: str = ""


EMPTY = Index({})


def stamp_of(file: Path) -> Stamp | None:
    """The stamp of a file, None where it cannot be told."""
    try:
        status = file.stat()
    except OSError:
        return None
    return Stamp(status.st_mtime_ns, status.st_size)


def state(stamps: Mapping[str, Stamp]) -> str:
    """A short text that is another one when a file is added, removed or changed."""
    told = json.dumps(sorted(stamps.items())).encode("utf-8", "backslashreplace")
    return f"{crc32(told):08x}-{len(stamps)}-{max((stamp.time for stamp in stamps.values()), default=0)}"


def load(folder: Path) -> Index:
    """The index of a folder; empty where there is none that can be trusted."""
    try:
        data = json.loads(read_kept(_name(folder)))
        if data["format"] != FORMAT or data["folder"] != str(folder):
            return EMPTY
        return Index({name: _entry(name, row) for name, row in data["files"].items()}, str(data["sound"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return EMPTY


def save(folder: Path, index: Index) -> None:
    """Keep an index; where that cannot be, the next start reads the files again."""
    rows = {
        name: [*stamp, mark.least, mark.lines, mark.html, mark.hosts] for name, (stamp, mark) in index.marks.items()
    }
    data = {"format": FORMAT, "folder": str(folder), "sound": index.sound, "files": rows}
    keep(_name(folder), json.dumps(data, separators=(",", ":")).encode("ascii"))


def _name(folder: Path) -> str:
    return f"rules-{crc32(os.fsencode(folder)):08x}.json"


def _entry(name: str, row: Any) -> tuple[Stamp, Mark]:
    time, size, least, lines, html, hosts = row
    if not all(isinstance(number, int) for number in (time, size, least)):
        raise TypeError(name)
    if not all(isinstance(text, str) for texts in (lines, html, hosts) for text in texts):
        raise TypeError(name)
    return Stamp(time, size), Mark(name, tuple(lines), least, tuple(html), tuple(hosts))
