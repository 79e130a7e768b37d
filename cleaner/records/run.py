"""A run: inputs in their order through the workers into outputs, so that it can be stopped and gone on with."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.errors import OptionError
from cleaner.records import checkpoint
from cleaner.records.checkpoint import State
from cleaner.records.delivery import Delivery, Destination, take_names
from cleaner.records.events import Event, Reading, Written, events
from cleaner.records.inputs import Input, output_kind, output_name, total_size
from cleaner.records.names import STANDARD, Kind, is_remote, same_target, told_by
from cleaner.records.record import Defect
from cleaner.records.work import Done, Work
from cleaner.records.workers import Limits, Pool

TABLES = frozenset({"csv", "tsv", "parquet"})
"""Kinds of outputs of which all records have the same columns."""
ARCHIVES = frozenset({"warc", "wet"})


class Job(NamedTuple):
    """What a run has to do. `stamp` is what beside the options and inputs decides what comes out."""

    inputs: Sequence[Input]
    destination: Destination
    work: Work
    limits: Limits
    resume: bool = False
    stamp: tuple[Any, ...] = ()


class Progress(NamedTuple):
    """How far a run is: `read` of `total` bytes of the inputs, as they lie. A total of 0 is not known."""

    state: State
    read: int
    total: int


class Listener(NamedTuple):
    """Who hears of a run: of its progress after each batch, of each record set aside, of each input that failed."""

    progress: Callable[[Progress], None]
    aside: Callable[[str, Defect], None]
    failed: Callable[[str, str], None]


def run(job: Job, listener: Listener) -> State:
    """Do it; what has been done in the end.

    Raises `OptionError` for what is wrong with the job, before it begins, and `OutputError` where an output cannot be
    written; then, as after an interrupt, what is done stays for `resume`.
    """
    inputs = [written(given, job.destination) for given in job.inputs]
    if job.destination.folder:
        apart(inputs, job.destination.output.rstrip("/"))
    with job.destination.claimed():
        return _run(job, inputs, listener)


def _run(job: Job, inputs: Sequence[Written], listener: Listener) -> State:
    state = _state(job)
    written_all = state.finished or state.input == len(inputs)
    if written_all and (job.destination.folder or state.output or state.nothing_left):
        take_names(job.destination, job.work.wanted._replace(kind=inputs[0].kind), state)
        return state
    if written_all:  # of an empty output the columns are not known: they are looked up again
        state = State(state.job)
    alike = not job.destination.folder and inputs[0].kind in TABLES
    delivery = Delivery(job.destination, inputs, job.work.wanted, state)
    began, total = time.monotonic() - state.seconds, total_size(job.inputs)
    before = total_size(job.inputs[: state.input])
    try:
        with (
            closing(events(Reading(inputs, job.work.wanted, alike), state)) as source,
            Pool(job.work, job.limits) as pool,
        ):
            for event, done in pool.run(source):
                state.seconds = time.monotonic() - began
                _take(event, done, delivery, listener, job)
                if event.what == "end":
                    before += total_size([job.inputs[event.input]])
                listener.progress(Progress(state, before + event.read, total))
        delivery.finish()
    except BaseException:
        delivery.let_go()
        raise
    return state


def _take(event: Event, done: Done | None, delivery: Delivery, listener: Listener, job: Job) -> None:
    name = job.inputs[event.input].name
    if event.what == "begin":
        delivery.begin(event)
    elif event.what == "failed":
        delivery.fail(name, event.error)
        listener.failed(name, event.error)
    elif event.what == "end":
        delivery.end(event)
    elif done is not None:
        delivery.take(event, done)
        for defect in done.defects:
            listener.aside(defect.input or name, defect)


def _state(job: Job) -> State:
    destination = job.destination
    name = checkpoint.job_name(
        job.inputs,
        checkpoint.inputs_stamp([name for each in job.inputs for name in each.pages or (each.name,)]),
        destination,
        job.work.wanted,
        job.stamp,
    )
    if not job.resume:
        if destination.remembers:
            checkpoint.forget(destination.checkpoint())  # it speaks of a file that is written anew
        return State(name)
    if not destination.remembers:
        raise OptionError("--resume needs an output that is a file or a folder; name one with -o")
    if any(each.name == STANDARD for each in job.inputs):
        raise OptionError("--resume cannot go on with standard input; name the file")
    return checkpoint.load(destination.checkpoint(), name)


def _with_targets(given: Input, folder: str) -> Input:
    if is_remote(folder):
        raise OptionError(
            f"{folder}: files are written to a folder of this machine; name one, or a .jsonl in the store"
        )
    return given._replace(targets=tuple(str(Path(folder, target)) for target in given.targets))


def apart(inputs: Sequence[Written], folder: str) -> None:
    """Raise `OptionError` where two inputs would share an output."""
    owner: dict[str, str] = {}
    for given, kind, _ in inputs:
        own = [(given.name, f"{folder}/{output_name(given)}")]
        for name, target in zip(given.pages, given.targets, strict=True) if kind == "pages" else own:
            if target in owner:
                raise same_target(owner[target], name, target)
            owner[target] = name


def written(given: Input, destination: Destination) -> Written:
    """What the records of an input are written as; raises `OptionError` where they cannot be."""
    if destination.folder:
        if given.kind == "pages":
            return Written(_with_targets(given, destination.output), "pages", "")
        return Written(given, output_kind(given), given.compression)
    told = told_by(destination.output)
    if told.kind == "json":
        raise OptionError(f"{destination.output}: records are written one a line; name it .jsonl")
    kind: Kind = told.kind if told.kind not in (None, "pages") else output_kind(given)
    compression = told.compression
    if kind == "parquet" and compression:
        raise OptionError(f"{destination.output}: Parquet compresses by itself; leave out .{compression}")
    if kind in TABLES and given.kind in ("jsonl", "json"):
        raise OptionError(f"records of {given.name} may differ in their fields, and {kind} has columns; write .jsonl")
    if kind in ARCHIVES and given.kind not in ARCHIVES:
        raise OptionError(f"records of {given.name} have no WARC headers; write .jsonl")
    return Written(given, kind, compression)
