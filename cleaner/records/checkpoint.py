"""How far a run has come, in a file beside its output: written anew every few seconds, gone when the run is done."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from cleaner.errors import OptionError
from cleaner.records.tally import Tally

SECONDS = 2.0
"""Between two checkpoints: the work that a kill may cost."""


class State(msgspec.Struct):
    """How far a run has come: all batches before the one named here are in the output, and counted.

    `output` and `rejects` are sizes in bytes of what is written of the current output and of the rejects. `failed`
    holds inputs that could not be read, each with what is wrong. `columns` are those of the first input. `seconds` is
    the time that all runs have taken.
    """

    job: str
    input: int = 0
    batches: int = 0
    output: int = 0
    rejects: int = 0
    seconds: float = 0.0
    finished: bool = False
    columns: dict[str, str] | None = None
    failed: dict[str, str] = msgspec.field(default_factory=dict)
    tally: Tally = msgspec.field(default_factory=Tally)


def job_name(*parts: Any) -> str:
    """A name for what a run is asked to do: the same parts give the same name."""
    return hashlib.sha256(msgspec.json.encode(parts, enc_hook=str)).hexdigest()


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
        state = msgspec.json.decode(path.read_bytes(), type=State)
    except FileNotFoundError:
        return State(job)
    except (msgspec.MsgspecError, OSError) as error:
        raise OptionError(f"{path}: cannot be read ({error}); run again without --resume") from None
    if state.job != job:
        changed = "the options, the rules, the version or an input have changed since"
        raise OptionError(f"{path}: {changed}, so its output would be of two kinds; run again without --resume")
    return state


def save(path: Path, state: State) -> None:
    """Write the state, whole or not at all."""
    scratch = path.with_name(f"{path.name}.new")
    with scratch.open("wb") as stream:
        stream.write(msgspec.json.encode(state))
        stream.flush()
        os.fsync(stream.fileno())
    scratch.replace(path)
