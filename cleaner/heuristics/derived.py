"""What is made of the readable files beside this one (phrases, trees), kept ready so that a start need not make it.

Making it takes longer than the rest of a start; reading what was made takes a tenth of that. It lies in the user's
cache folder (`kept.py`), a file for each part, and holds good for one state of the files of this folder, of Python and
of numpy: any other state, and any damage, has it made anew. Nothing is kept of a package in a zip, whose files have no
time of change.

The parts are pickled. What is read names no class but those of this folder and what numpy arrays are made of.
"""

from __future__ import annotations

import os
import pickle
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import numpy as np

from cleaner.kept import forget, keep, read_kept

Made = TypeVar("Made")

SOURCES = Path(__file__).parent
"""The folder of the files that parts are made of, and of the code that makes them."""
NONE_OF_THEM = frozenset({"__pycache__", "training"})
"""Folders in it that hold neither."""
SUFFIXES = (".py", ".txt", ".tsv", ".json")
ALIGNED = 16
"""Arrays begin at multiples of so many bytes: numpy is slow with others."""
CHECK = 10
"""Bytes of a checksum, with the blank before it and the line break behind."""
ENDING = ".model"
FORGOTTEN = 90 * 24 * 3600
"""Seconds after which a kept file goes when another is written: that of a package that is gone would stay for ever."""
LOADED = time.time_ns()
"""When this module was loaded, in nanoseconds."""

_ARRAYS = {("builtins", "slice"), ("numpy", "dtype"), (np.arange(0).__reduce_ex__(5)[0].__module__, "_frombuffer")}
"""What a pickle of arrays names."""


def derived(part: str, make: Callable[[], Made]) -> Made:
    """What `make` makes of the files of the package, or what was kept of it. `part` is its name."""
    state = _state()
    if state is None:
        return make()
    name = f"{part}-{crc32(os.fsencode(SOURCES)):08x}-{sys.implementation.cache_tag}{ENDING}"
    with suppress(OSError, ValueError, pickle.UnpicklingError):
        kept: Made = _unpacked(read_kept(name), state)
        return kept
    made = make()
    keep(name, _packed(made, state))
    forget(f"*{ENDING}", FORGOTTEN)
    return made


@cache
def _state() -> bytes | None:
    """A line that is another one when a file or what reads it changes; None where that cannot be told.

    It cannot where a file changed after this module was loaded: the code that runs may be older.
    """
    try:
        stamps = sorted(_stamps(SOURCES))
    except OSError:
        return None
    if max(changed for _, changed, _ in stamps) >= LOADED:
        return None
    told = repr((stamps, sys.version, sys.maxsize, sys.byteorder, np.__version__)).encode()
    return b"%08x-%d" % (crc32(told), len(told))


def _stamps(folder: str | Path) -> Iterator[tuple[str, int, int]]:
    """Name, time of change and size of the files of a folder and of those in it."""
    for file in os.scandir(folder):
        if file.name.endswith(SUFFIXES):
            status = file.stat()
            yield file.name, status.st_mtime_ns, status.st_size
        elif file.is_dir() and file.name not in NONE_OF_THEM:
            yield from _stamps(file.path)


def _packed(made: object, state: bytes) -> bytes:
    """The state and a checksum, the sizes of the pickle and of its arrays, and these, padded."""
    arrays: list[pickle.PickleBuffer] = []
    pickled = pickle.dumps(made, protocol=5, buffer_callback=arrays.append)
    pieces = [pickled, *(bytes(array.raw()) for array in arrays)]
    sizes = b" ".join(b"%d" % len(piece) for piece in pieces) + b"\n"
    sizes = sizes.rjust(len(sizes) + _gap(len(state) + CHECK + len(sizes)))
    rest = sizes + b"".join(piece + bytes(_gap(len(piece))) for piece in pieces)
    return b"%b %08x\n%b" % (state, crc32(rest), rest)


def _unpacked(data: bytes, state: bytes) -> Any:
    """The part that `_packed` gave these bytes. Raises `ValueError` where its state was another, or it is damaged."""
    front, view = len(state) + CHECK, memoryview(data)
    if data[:front] != b"%b %08x\n" % (state, crc32(view[front:])):
        raise ValueError("made of other files, or damaged")
    place = data.index(b"\n", front) + 1
    pieces = []
    for size in map(int, data[front:place].split()):
        pieces.append(view[place : place + size])
        place += size + _gap(size)
    return _Unpickler(BytesIO(pieces[0]), buffers=pieces[1:]).load()


def _gap(size: int) -> int:
    return -size % ALIGNED


class _Unpickler(pickle.Unpickler):
    """Reads what names nothing but the classes of this folder and what arrays are made of."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _ARRAYS:
            return super().find_class(module, name)
        found = super().find_class(module, name) if module.startswith("cleaner.heuristics.") else None
        if isinstance(found, type) and found.__module__ == module:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a model")
