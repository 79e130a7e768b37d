"""What a run writes: under another name until it is whole, and then under its own.

A file under way is called `NAME.partial`. Nothing in it is ever changed, pieces are only added, so that it can be cut
back to where a checkpoint knows it and gone on with. What goes to a store is written to the user's cache first, where
that is possible. Pipes and devices are written straight.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from cleaner.errors import OutputError
from cleaner.records import parquet
from cleaner.records.claims import lock
from cleaner.records.extras import need
from cleaner.records.names import STANDARD, is_remote
from cleaner.records.record import Shape, Wanted
from cleaner.whole_files import unwritable


class Target(NamedTuple):
    """An output that is to be made, and the shape of its input, if it has one."""

    name: str
    wanted: Wanted
    shape: Shape | None


class Output(Protocol):
    """A stream of pieces. Each method raises `OutputError`, or BrokenPipeError where a reader went away."""

    size: int

    def write(self, data: bytes) -> None:
        """Add a piece."""

    def sync(self) -> None:
        """See to it that all pieces are safe."""

    def finish(self) -> None:
        """Nothing is to come: give the output its name."""

    def discard(self) -> None:
        """Let go of it and of what was written under another name."""

    def close(self) -> None:
        """Let go of it, finished or not."""


def opened(target: Target, size: int) -> Output:
    """An output, cut back to its first `size` bytes where it was under way already."""
    if can_resume(target.name):
        return _File(target, size)
    return _Assembled(target) if target.wanted.kind == "parquet" else _Straight(target)


def can_resume(name: str) -> bool:
    """Whether an output is a file, or will be one."""
    if name == STANDARD:
        return False
    path = Path(name)
    return is_remote(name) or not path.exists() or path.is_file()


def beside(name: str, suffix: str) -> Path:
    """The file beside an output that has its name and a suffix; of what lies in a store, one in the user's cache."""
    if not is_remote(name):
        return Path(f"{Path(name).resolve()}{suffix}")
    from platformdirs import user_cache_path

    folder = user_cache_path("clean") / "under-way" / hashlib.sha256(name.encode()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name.rstrip('/').rpartition('/')[2]}{suffix}"


class _File:
    """A file that takes its name at the end."""

    def __init__(self, target: Target, size: int) -> None:
        self._target, self.size = target, size
        self.partial = beside(target.name, ".partial")
        if size and not self.partial.exists():
            raise OutputError(f"{self.partial}: is no longer there; run again without --resume")
        try:
            self._stream = os.fdopen(os.open(self.partial, os.O_RDWR | os.O_CREAT, 0o666), "r+b", buffering=0)
            lock(self._stream.fileno(), target.name)
            if self.partial.stat().st_size < size:
                raise OutputError(f"{self.partial}: shorter than it was; run again without --resume")
            self._stream.truncate(size)
            self._stream.seek(size)
        except OSError as error:
            raise _unwritable(target.name, error) from None

    def write(self, data: bytes) -> None:
        try:
            _write_all(self._stream, data)
        except OSError as error:
            raise _unwritable(self._target.name, error) from None
        self.size += len(data)

    def sync(self) -> None:
        try:
            os.fsync(self._stream.fileno())
        except OSError as error:
            raise _unwritable(self._target.name, error) from None

    def finish(self) -> None:
        self.sync()
        try:
            whole = self._assembled() if self._target.wanted.kind == "parquet" else self.partial
            _take_name(whole, self._target.name)
            self.partial.unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable(self._target.name, error) from None
        self.close()

    def _assembled(self) -> Path:
        whole = self.partial.with_suffix(".whole")
        try:
            with whole.open("wb") as stream:
                parquet.assemble(self.partial, stream, self._target.shape, self._target.wanted)
                stream.flush()
                os.fsync(stream.fileno())
        except BaseException:
            whole.unlink(missing_ok=True)
            raise
        return whole

    def discard(self) -> None:
        self.partial.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        self._stream.close()


def _write_all(stream: BinaryIO, data: bytes) -> None:
    """Write to a stream without a buffer, which may take less than it is given."""
    view = memoryview(data)
    while view:
        view = view[stream.write(view) :]


def _take_name(whole: Path, name: str) -> None:
    """Move a file to its name, or copy it to its store. A file that is replaced leaves its mode."""
    if is_remote(name):
        filesystem, path = need("fsspec", f"{name.partition(':')[0]}://").core.url_to_fs(name)
        filesystem.makedirs(path.rpartition("/")[0], exist_ok=True)
        filesystem.put_file(str(whole), path)
        whole.unlink()
        return
    target = Path(name).resolve()
    if target.exists():
        whole.chmod(stat.S_IMODE(target.stat().st_mode))
    whole.replace(target)


class _Straight:
    """Standard output, a pipe or a device."""

    def __init__(self, target: Target) -> None:
        self._target, self.size = target, 0
        try:
            self._stream = straight(target.name)
        except OSError as error:
            raise _unwritable(target.name, error) from None

    def write(self, data: bytes) -> None:
        try:
            _write_all(self._stream, data)
            self._stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _unwritable(self._target.name, error) from None
        self.size += len(data)

    def sync(self) -> None:
        pass

    def finish(self) -> None:
        self.close()

    def discard(self) -> None:
        self.close()

    def close(self) -> None:
        if self._target.name != STANDARD:
            self._stream.close()


class _Assembled:
    """A Parquet file that goes to standard output, a pipe or a device."""

    def __init__(self, target: Target) -> None:
        self._target, self.size = target, 0
        self._folder = tempfile.mkdtemp(prefix="clean-")
        self._partial = Path(self._folder) / "partial"
        self._scratch = self._partial.open("wb")

    def write(self, data: bytes) -> None:
        try:
            self._scratch.write(data)
        except OSError as error:
            raise _unwritable(str(self._partial), error) from None

    def sync(self) -> None:
        pass

    def finish(self) -> None:
        try:
            self._scratch.flush()
            stream = straight(self._target.name)
            parquet.assemble(self._partial, stream, self._target.shape, self._target.wanted)
            stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _unwritable(self._target.name, error) from None
        self.close()

    def discard(self) -> None:
        self.close()

    def close(self) -> None:
        self._scratch.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def straight(name: str) -> BinaryIO:
    """A stream to standard output, a pipe or a device."""
    if name != STANDARD:
        return Path(name).open("wb")
    if sys.stdout is None:
        raise OutputError("standard output is closed; name a file with -o")
    return sys.stdout.buffer


def _unwritable(name: str, error: OSError) -> OutputError:
    return unwritable("standard output" if name == STANDARD else name, error)
