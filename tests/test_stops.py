"""A run over records that is stopped at each of its steps in turn, and gone on with."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from test_runs import deaf

from cleaner import Cleaner
from cleaner.records import checkpoint
from cleaner.records.delivery import Destination
from cleaner.records.inputs import inputs
from cleaner.records.record import Defect, Place, Wanted
from cleaner.records.run import Job, run
from cleaner.records.tally import Tally
from cleaner.records.work import Done, Order, Work
from cleaner.records.workers import Limits

STEPS = ("delivery.py", "outputs.py", "checkpoint.py", "run.py", "events.py")
"""Modules at each line of which a run is interrupted."""

CHANGES = ("open", "os.rename", "os.remove")
"""What a run does to files, as Python's audit names it."""


COUNTS = {"in": (3, 3), "in/a.jsonl": (2, 1), "in/b.jsonl": (0, 2)}
"""Records of the inputs that come through, and those that are set aside."""


@dataclass(frozen=True, slots=True)
class Copying(Work):
    """Work that takes no time: the lines as they are, those with `bad` in them set aside."""

    def __call__(self, order: Order) -> Done:
        lines = order.batch.data.splitlines(keepends=True)
        bad = tuple(Defect(Place("line", 1), "malformed", "bad", "bad") for line in lines if b"bad" in line)
        tally = Tally(records=len(lines) - len(bad), bytes=len(order.batch.data))
        tally.put_aside(bad)
        return Done(b"".join(line for line in lines if b"bad" not in line), bad, tally)


class Inline:
    """A pool without processes."""

    def __init__(self, work: Work, _limits: Limits) -> None:
        self._work = work

    def __enter__(self) -> Inline:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def run(self, items: Iterable[tuple[Any, Order | None]]) -> Iterator[tuple[Any, Done | None]]:
        for item, order in items:
            yield item, None if order is None else self._work(order)


@pytest.fixture
def crawl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files of which some records, or all, are set aside, and a pool and a clock by which each batch is saved."""
    monkeypatch.setattr("cleaner.records.run.Pool", Inline)
    monkeypatch.setattr(checkpoint, "SECONDS", -1.0)
    monkeypatch.setattr(os, "fsync", lambda _number: None)  # it takes long, and no power is cut here
    monkeypatch.setattr("cleaner.records.jsonl.BATCH_RECORDS", 2)
    (tmp_path / "in").mkdir()
    for name, records in (("a", "good bad good"), ("b", "bad bad"), ("c", "good")):
        rows = [json.dumps({"id": f"{name}{number}", "text": text}) for number, text in enumerate(records.split())]
        (tmp_path / "in" / f"{name}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path


def job(crawl: Path, place: str, given: str) -> Job:
    """A run of all files, or of one, into a folder or a file of a place of its own."""
    (crawl / place / "out").mkdir(parents=True, exist_ok=True)
    (crawl / place / "out" / "b.jsonl").write_text("precious", encoding="utf-8")
    folder = given == "in"
    output = crawl / place / "out" if folder else crawl / place / "out" / Path(given).name
    found = inputs([str(crawl / given)], None)
    destination = Destination(str(output), folder, str(crawl / place / "rejects.jsonl"))
    return Job(found, destination, Copying(Cleaner(()), Wanted()), Limits(1, 30.0), resume=True)


def contents(place: Path) -> dict[str, bytes]:
    return {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def interrupted(at: int, what: Callable[[], object]) -> bool:
    """Whether Ctrl-C at the line of that number, among all that a run goes through, came before its end."""
    passed = 0

    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal passed
        if not frame.f_code.co_filename.endswith(STEPS):
            return None
        if event == "line":
            passed += 1
            if passed == at:
                raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        what()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False


def killed(at: int, what: Callable[[], object]) -> bool:
    """Whether a process that is killed when it changes files for that time is killed before its end."""
    child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, 9)
        return code == 9
    passed = 0

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal passed
        if event in CHANGES and (event != "open" or arguments[1] != "rb"):
            passed += 1
            if passed == at:
                os._exit(9)

    try:
        sys.addaudithook(audit)
        what()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - the child must not go on with the tests
        traceback.print_exc()
        os._exit(1)


@pytest.mark.parametrize("given", ["in", "in/a.jsonl", "in/b.jsonl"])
@pytest.mark.parametrize("stopped", [interrupted, killed])
def test_stopped_at_each_step_and_gone_on_with(crawl: Path, stopped: Callable[..., object], given: str) -> None:
    run(job(crawl, "whole", given), deaf())
    expected = contents(crawl / "whole")
    assert expected["out/b.jsonl"] == b"precious"
    at = 1
    while True:
        again = job(crawl, f"stopped-{at}", given)
        ended = not stopped(at, lambda again=again: run(again, deaf()))
        left = any((crawl / f"stopped-{at}").rglob("*.progress"))
        state = run(again, deaf())
        assert contents(crawl / f"stopped-{at}") == expected, at
        if ended:
            break
        assert not left or (state.tally.records, state.tally.set_aside) == COUNTS[given]
        at += 1
    assert at > 15
