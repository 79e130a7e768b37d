"""How a run over records shows how far it is, and what it has done in the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from cleaner.records.checkpoint import State
from cleaner.records.run import Progress
from cleaner.show.ending import PROGRAM, say
from cleaner.show.files import open_output

INTERVAL = 30.0
"""Seconds between two lines where there is no terminal."""

SOURCES = 10
"""Sources that the summary names, those with the most text first; `--metrics` holds them all."""

NAMED = 5
"""Inputs without an output that the summary names; `--metrics` holds them all."""

Watch = Callable[[Progress], None]


@contextmanager
def watching(*, quiet: bool, to_terminal: bool) -> Iterator[Watch]:
    """What is told of the progress. `to_terminal`: the output goes to standard output, which may be the same screen."""
    if quiet or sys.stderr is None:
        yield lambda _progress: None
    elif not sys.stderr.isatty():
        yield Lines(time.monotonic)
    elif to_terminal and sys.stdout is not None and sys.stdout.isatty():
        yield lambda _progress: None
    else:
        with _bar() as watch:
            yield watch


class Lines:
    """One line an interval."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._last = clock, clock()

    def __call__(self, progress: Progress) -> None:
        """Say where the run is, if it is time."""
        if self._clock() - self._last >= INTERVAL:
            self._last = self._clock()
            say(PROGRAM, in_words(progress))


@contextmanager
def _bar() -> Iterator[Watch]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    share, words = TextColumn("{task.percentage:>3.0f}%"), TextColumn("{task.fields[words]}")
    with Bar(BarColumn(), share, TimeRemainingColumn(), words, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(PROGRAM, total=None, words="")

        def watch(progress: Progress) -> None:
            bar.update(task, total=progress.total or None, completed=progress.read, words=in_words(progress))

        yield watch


def in_words(progress: Progress) -> str:
    """How far a run is, in one line."""
    state, tally = progress.state, progress.state.tally
    seconds = max(state.seconds, 1e-9)
    words = [
        _counted(tally.records, "record"),
        f"{tally.records / seconds:,.0f}/s",
        f"{tally.bytes / seconds / 1e6:.1f} MB/s",
        f"{_share(tally.kept, tally.characters)} kept",
    ]
    if tally.set_aside:
        words.append(f"{tally.set_aside:,} set aside")
    if progress.total and progress.read:
        left = seconds * (progress.total - progress.read) / progress.read
        words.append(f"{_share(progress.read, progress.total)} done, {_time(left)} left")
    return ", ".join(words)


def summary(state: State) -> Iterator[str]:
    """What a run has done, by status, by source and by category."""
    tally, seconds = state.tally, max(state.seconds, 1e-9)
    statuses = ", ".join(f"{number:,} {name}" for name, number in sorted(tally.statuses.items()))
    yield f"{_counted(tally.records, 'record')}{': ' if statuses else ''}{statuses}"
    if tally.set_aside:
        reasons = ", ".join(f"{number:,} {name}" for name, number in sorted(tally.aside.items()))
        yield f"{tally.set_aside:,} set aside: {reasons}"
    if state.failed:
        yield f"{_counted(len(state.failed), 'input')} could not be read to the end"
    if state.unwritten:
        more = len(state.unwritten) - NAMED
        named = ", ".join(state.unwritten[:NAMED]) + (f" and {more:,} more" if more > 0 else "")
        yield f"no output, as every record was set aside, for {named}"
    kept = f"{_share(tally.kept, tally.characters)} of the text kept" if tally.characters else "no text"
    yield (
        f"{tally.bytes / 1e6:,.1f} MB in {_time(seconds)}: {tally.bytes / seconds / 1e6:.1f} MB/s,"
        f" {tally.records / seconds:,.0f} records/s; {kept}"
    )
    largest = sorted(tally.sources.items(), key=lambda each: (-each[1].characters, each[0]))
    for name, source in largest[:SOURCES]:
        kept = f"{_share(source.kept, source.characters)} kept" if source.characters else "no text"
        yield f"  {name or 'no rules'}: {_counted(source.records, 'record')}, {kept}"
    if len(largest) > SOURCES:
        yield f"  and {_counted(len(largest) - SOURCES, 'source')} more"
    if tally.categories:
        most = sorted(tally.categories.items(), key=lambda each: (-each[1], each[0]))
        shares = ", ".join(f"{name} {_share(number, tally.accounted)}" for name, number in most)
        part = "" if tally.accounted == tally.characters else " (a sample)"
        yield f"dropped{part}: {shares}"


def metrics(state: State) -> dict[str, Any]:
    """The same as JSON-ready values; docs/records.md describes them."""
    tally, seconds = state.tally, max(state.seconds, 1e-9)
    return {
        "records": tally.records,
        "statuses": dict(sorted(tally.statuses.items())),
        "set_aside": dict(sorted(tally.aside.items())),
        "failed_inputs": state.failed,
        "unwritten_inputs": state.unwritten,
        "bytes": tally.bytes,
        "characters": tally.characters,
        "characters_kept": tally.kept,
        "seconds": round(state.seconds, 3),
        "records_per_second": round(tally.records / seconds, 3),
        "megabytes_per_second": round(tally.bytes / seconds / 1e6, 3),
        "sources": [
            {
                "source": name or None,
                "records": each.records,
                "characters": each.characters,
                "characters_kept": each.kept,
            }
            for name, each in sorted(tally.sources.items())
        ],
        "categories": {"characters": tally.accounted, "dropped": dict(sorted(tally.categories.items()))},
    }


def write_metrics(name: str, state: State) -> None:
    """Write them to a file, whole or not at all; raises `OutputError`."""
    import json

    with open_output(name) as stream:
        text = json.dumps(metrics(state), indent=2, ensure_ascii=False)
        stream.write(text.encode("utf-8", "backslashreplace") + b"\n")  # lone surrogates of names as their escapes


def _counted(number: int, what: str) -> str:
    """A number of things.

    >>> _counted(1, "record"), _counted(2_000, "record")
    ('1 record', '2,000 records')
    """
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "nothing"


def _time(seconds: float) -> str:
    """A span of time for a person.

    >>> _time(5), _time(3_725)
    ('5.0 s', '1 h 02 min')
    """
    if seconds < 120:
        return f"{seconds:.1f} s"
    minutes = int(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
