"""How far a run has come, in a file beside its output: written anew every few seconds, gone when the run is done."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from cleaner.errors import OptionError
from cleaner.records.tally import Tally
from cleaner.whole_files import unwritable

SECONDS = 2.0
"""Between two checkpoints: the work that a kill may cost."""


class State(msgspec.Struct):
    """How far a run has come: all batches before the one named here are in the output, and counted.

    `output` and `rejects` are sizes in bytes of what is written of the current output and of the rejects. `records` and
    `aside` count those of the current input; `whole` tells that all of it is in its own output, which may have its name
    already. `failed` holds inputs that could not be read, each with what is wrong, `unwritten` those that have no
    output, as every record was set aside. `columns` are those of the first input. `seconds` is the time that all runs
    have taken.
    """

    job: str
    input: int = 0
    batches: int = 0
    output: int = 0
    rejects: int = 0
    records: int = 0
    aside: int = 0
    whole: bool = False
    seconds: float = 0.0
    finished: bool = False
    columns: dict[str, str] | None = None
    failed: dict[str, str] = msgspec.field(default_factory=dict)
    unwritten: list[str] = msgspec.field(default_factory=list)
    tally: Tally = msgspec.field(default_factory=Tally)

    @property
    def nothing_left(self) -> bool:
        """Whether there were records or inputs, and none of them came through."""
        return not self.tally.records and bool(self.tally.aside or self.failed)


def job_name(*parts: Any) -> str:
    """A name for what a run is asked to do: the same parts give the same name."""
    return hashlib.sha256(_json(parts)).hexdigest()


def inputs_stamp(names: Iterable[str]) -> list[tuple[str, int, int]]:
    """Names, sizes and times of files, by which a change of one is noticed."""
    return [(name, *_stamp(name)) for name in names]


def _stamp(name: str) -> tuple[int, int]:
    try:
        status = Path(name).stat()
    except (OSError, ValueError):
        return (0, 0)
    return (status.st_size, status.st_mtime_ns)


def load(path: Path, job: str) -> State:
    """The state that a run left, or that of one which begins. Raises `OptionError` for the state of another job."""
    try:
        state = decoded(path.read_bytes())
    except FileNotFoundError:
        return State(job)
    except (ValueError, OSError) as error:
        raise OptionError(f"{path}: cannot be read ({error}); run again without --resume") from None
    if state.job != job:
        changed = "the options, the rules, the version or an input have changed since"
        raise OptionError(f"{path}: {changed}, so its output would be of two kinds; run again without --resume")
    return state


def encoded(state: State) -> bytes:
    """A state as bytes."""
    return _json(state)


def decoded(data: bytes) -> State:
    """The state of which these are the bytes. Raises ValueError."""
    return msgspec.convert(json.loads(data), State)


def _json(value: Any) -> bytes:
    """A value as JSON. Names of files and columns may hold bytes that are no UTF-8, as lone surrogates, which Python's
    own writer escapes and msgspec refuses."""
    return json.dumps(msgspec.to_builtins(value, enc_hook=str)).encode()


def save(path: Path, state: State) -> None:
    """Write the state, whole or not at all."""
    scratch = _scratch(path)
    with scratch.open("wb") as stream:
        stream.write(encoded(state))
        stream.flush()
        os.fsync(stream.fileno())
    scratch.replace(path)


def forget(path: Path) -> None:
    """Remove the state, and what a run that was killed has left of a newer one. Raises `OutputError`."""
    for each in (path, _scratch(path)):
        try:
            each.unlink(missing_ok=True)
        except OSError as error:  # of a folder without write access, of a disk that is read-only
            raise unwritable(str(each), error) from None


def _scratch(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")
