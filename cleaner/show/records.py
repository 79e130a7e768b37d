"""A call of `clean` for records without its syntax: options checked, the run done, what happened said."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from cleaner import DEFAULT, Cleaner, OptionError
from cleaner.errors import OutputError
from cleaner.records.checkpoint import State, inputs_stamp
from cleaner.records.delivery import Destination
from cleaner.records.inputs import Input, inputs, output_name
from cleaner.records.names import STANDARD, is_remote, kind_named
from cleaner.records.record import Wanted, additions
from cleaner.records.run import Job, run
from cleaner.records.work import Work
from cleaner.records.workers import Limits
from cleaner.show.asked import RecordsCall
from cleaner.show.call import Call, chosen_categories, in_force, silent
from cleaner.show.ending import FAILED, PROGRAM, say
from cleaner.show.job import is_folder
from cleaner.show.notices import Notices
from cleaner.show.progress import summary, watching, write_metrics

FIELDLESS = frozenset({"warc", "wet", "pages"})
"""Kinds of records of which the URL is in no field that could be named."""

TIMEOUT, MAX_SIZE = 60.0, 32_000_000
"""Seconds for a record, and its bytes, unless the user says otherwise: far above what an honest page needs."""


def perform_records(call: Call, asked: RecordsCall) -> int:
    """Do it; the exit code. Raises `OptionError` for what is wrong with the call."""
    complain = partial(say, PROGRAM)
    warn = silent if call.quiet else complain
    job = _job(call, asked)
    notices = Notices(asked, warn)
    for problem in job.work.cleaner.rule_problems:
        warn(f"warning: {problem}")
    try:
        state = _done(call, asked, job, notices)
    except OutputError as error:
        complain(f"{error}{_how_to_go_on(job)}")
        return FAILED
    except (KeyboardInterrupt, SystemExit):
        complain(f"stopped{_how_to_go_on(job)}")
        raise
    for line in summary(state):
        warn(line)
    wrong = [*notices.errors(state), *_unwritten_metrics(asked, state)]
    for line in wrong:
        complain(line)
    incomplete = wrong or state.failed or state.unwritten
    return FAILED if incomplete or (call.strict and state.tally.set_aside) else 0


def _done(call: Call, asked: RecordsCall, job: Job, notices: Notices) -> State:
    if asked.engine == "ray":
        from cleaner.records.ray import run_on_ray

        with watching(quiet=call.quiet, to_terminal=False) as watch:
            return run_on_ray(job, notices.listener(watch))
    with watching(quiet=call.quiet, to_terminal=call.output is None) as watch:
        return run(job, notices.listener(watch))


def _unwritten_metrics(asked: RecordsCall, state: State) -> Iterator[str]:
    """Write the metrics, if asked; why they cannot be."""
    if asked.metrics:
        try:
            write_metrics(asked.metrics, state)
        except OutputError as error:
            yield str(error)


def _job(call: Call, asked: RecordsCall) -> Job:
    found = inputs(call.files or (STANDARD,), None if asked.kind is None else kind_named(asked.kind))
    _check_options(call, asked, found)
    output = call.output or STANDARD
    _check_apart(found, output, asked)
    folder = output.endswith("/") if is_remote(output) else output != STANDARD and is_folder(output)
    if not asked.rejects:
        _check_nothing_is_lost(found, output, folder=folder)
    field = asked.field or "text"
    wanted = Wanted(
        field=field,
        url_field=asked.url_field or "url",
        out_field=asked.out_field or field,
        add=additions(asked.add),
        format=call.format,
        limit=MAX_SIZE if asked.max_size is None else asked.max_size,
    )
    rules = in_force(call.rules)
    cleaner = Cleaner(rules, chosen_categories(call.keep), favor=call.favor, strict=call.strict, fast=call.fast)
    workers, timeout = asked.workers or _cores(), asked.timeout or TIMEOUT
    return Job(
        found,
        Destination(output, folder, asked.rejects),
        Work(cleaner, wanted),
        Limits(workers, timeout),
        asked.resume,
        (_version(), [str(rule) for rule in rules], call.keep, call.favor, call.fast, timeout, _rules_stamp(rules)),
    )


def _check_options(call: Call, asked: RecordsCall, found: Iterable[Input]) -> None:
    """Raise `OptionError` for options that are about something else."""
    if call.show != "body":
        option = "--to markdown" if call.show == "markdown" else f"--{call.show}"
        raise OptionError(f"{option} is for single texts; --add removed gives each record its account")
    if call.url or call.source:
        raise OptionError("--url and --source are for single texts; --url-field names the field that holds the URL")
    kinds = dict.fromkeys(each.kind for each in found)
    if asked.url_field and FIELDLESS.issuperset(kinds):
        there = ", ".join(kinds)
        raise OptionError(f"--url-field is for records with fields, and there are none in {there}; leave it out")


def _check_apart(found: Iterable[Input], output: str, asked: RecordsCall) -> None:
    """Raise `OptionError` where a run would write one file twice, or rejects or counts over an input."""
    read = {_real(name): name for given in found for name in given.pages or (given.name,)}
    written = {"-o": output, "--rejects": asked.rejects, "--metrics": asked.metrics}
    owner: dict[str, str] = {}
    for option, name in written.items():
        if not name:
            continue
        place = _real(name)
        if option != "-o" and place in read and name != STANDARD:
            raise OptionError(f"{option} {name}: this is an input, which would be lost; choose another file")
        if place in owner:
            shown = "standard output" if name == STANDARD else name
            raise OptionError(f"{owner[place]} and {option} both name {shown}; choose another file for one of them")
        owner[place] = option


def _check_nothing_is_lost(found: Iterable[Input], output: str, *, folder: bool) -> None:
    """Raise `OptionError` where an output takes the place of its input, and what is set aside would be nowhere."""
    for given in found:
        target = f"{output.rstrip('/')}/{output_name(given)}" if folder else output
        if given.name != STANDARD and given.kind != "pages" and _real(target) == _real(given.name):
            remedy = "write elsewhere, or keep what is set aside with --rejects FILE"
            raise OptionError(f"-o {output}: this replaces {given.name}, and records set aside would be lost; {remedy}")


def _real(name: str) -> str:
    return name if is_remote(name) or name == STANDARD else str(Path(name).resolve())


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("cleaner")
    except PackageNotFoundError:
        return "a checkout"


def _rules_stamp(rules: list[str | Path]) -> list[tuple[str, int, int]]:
    from cleaner.sources.listing import listed, shipped

    places = [shipped() if rule == DEFAULT else Path(rule) for rule in rules]
    return inputs_stamp(sorted(str(each) for place in places if isinstance(place, Path) for _, each in listed(place)))


def _how_to_go_on(job: Job) -> str:
    remembered = job.destination.remembers and job.destination.checkpoint().exists()
    standard = any(given.name == STANDARD for given in job.inputs)
    return "; the same command with --resume goes on from there" if remembered and not standard else ""
