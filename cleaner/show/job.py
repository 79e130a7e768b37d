"""One run of the command `clean`: inputs in their order, each cleaned and shown, written to one output or to many."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cleaner.document import Cleaned
from cleaner.errors import CleanError, OptionError, OutputError
from cleaner.records.names import STANDARD, same_target
from cleaner.show.files import encode, open_output, read_input


class View(NamedTuple):
    """How a result is written. `failure` gives a failed input's place in the data, None where it has none.

    `gap` says how outputs stand apart in one stream: by a blank line, or not at all.
    """

    render: Callable[[str, Cleaned], str]
    failure: Callable[[str, Exception], str] | None = None
    gap: bytes = b"\n"


class Voice(NamedTuple):
    """How a run talks: what failed, and what may be wrong."""

    say: Callable[[str], None]
    warn: Callable[[str], None]


class Job(NamedTuple):
    """What one run has to do. `track` wraps the inputs while they are worked on."""

    names: tuple[str, ...]
    output: str | None
    clean: Callable[[bytes], Cleaned]
    view: View
    voice: Voice
    track: Callable[[tuple[str, ...]], AbstractContextManager[Iterable[str]]]


def run(job: Job) -> int:
    """Do it; the number of inputs that failed, pages without an article among them.

    Raises `OptionError` before anything is written.
    """
    if job.output is not None and is_folder(job.output):
        return _into_folder(job, Path(job.output))
    return _into_one(job)


def is_folder(output: str) -> bool:
    """Whether OUT means a folder: it is one, or it ends like one."""
    return output.endswith((os.sep, "/")) or Path(output).is_dir()


def _into_one(job: Job) -> int:
    failed: list[str] = []
    try:
        with job.track(job.names) as names:
            pieces = _pieces(job, names, failed)
            first = next(pieces, None)
            if first is not None:
                with open_output(job.output) as stream:
                    _write_all(stream, chain([first], pieces), job.view.gap)
    except OutputError as error:
        job.voice.say(str(error))
        failed.append(str(job.output))
    return len(failed)


def _write_all(stream: BinaryIO, pieces: Iterable[bytes], gap: bytes) -> None:
    last = b""
    for piece in pieces:
        if last and piece:
            stream.write(gap if last.endswith((b"\n", b"\r")) else b"\n" + gap)
        stream.write(piece)
        last = piece[-1:] or last


def _into_folder(job: Job, folder: Path) -> int:
    targets = _targets(job.names, folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OptionError(f"{folder}: cannot be made ({error.strerror}); choose another folder") from None
    failed: list[str] = []
    with job.track(job.names) as names:
        for name in names:
            for piece in _pieces(job, [name], failed):
                try:
                    with open_output(str(targets[name])) as stream:
                        stream.write(piece)
                except OutputError as error:
                    job.voice.say(str(error))
                    failed.append(name)
    return len(failed)


def _targets(names: Iterable[str], folder: Path) -> dict[str, Path]:
    """Each input's output; two that would share one are refused."""
    targets: dict[str, Path] = {}
    owner: dict[Path, str] = {}
    for name in names:
        if name == STANDARD:
            raise OptionError(f"standard input has no name to take in {folder}; give -o a file")
        target = folder / Path(name).name
        if target in owner:
            raise same_target(owner[target], name, str(target))
        owner[target] = name
        targets[name] = target
    return targets


def _pieces(job: Job, names: Iterable[str], failed: list[str]) -> Iterator[bytes]:
    """The outputs, one by one; what failed is said and noted, and the rest goes on."""
    for name in names:
        try:
            cleaned = job.clean(read_input(name))
        except OptionError:
            raise
        except CleanError as error:
            shown = "standard input" if name == STANDARD else name
            job.voice.say(f"{shown}: {error}")
            failed.append(name)
            if job.view.failure is not None:
                yield encode(job.view.failure(name, error))
            continue
        _warn(job, name, cleaned)
        if cleaned.status == "no-article" and cleaned.format == "html":
            failed.append(name)
        yield encode(job.view.render(name, cleaned))


def _warn(job: Job, name: str, cleaned: Cleaned) -> None:
    shown = "standard input" if name == STANDARD else name
    for warning in cleaned.warnings:
        job.voice.warn(f"{shown}: warning: {warning}")
    if cleaned.original.strip() and not cleaned.text.strip():
        job.voice.warn(f"{shown}: warning: nothing was kept; --explain says why")
