"""Worker processes: batches in, results out in the same order, whatever becomes of a worker.

Each worker has a pipe of its own and one batch at a time, so one that hangs or dies takes nothing with it but its
batch. The records of such a batch are tried again one by one, each with the time that is allowed to a record; what
hangs or dies again is set aside.

Workers are started as they are needed, as fresh interpreters: nothing is forked from a process that may have threads.
A worker whose parent is gone, however it went, ends by itself.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple

from cleaner.errors import CleanError
from cleaner.records.record import Defect, Place, Reason
from cleaner.records.tally import Tally
from cleaner.records.work import Done, Order, Work

AHEAD = 3
"""Batches for each worker that may be read, worked on or waiting for those before them."""

GRACE = 5.0
"""Seconds behind its time limit after which a worker ends itself, if nobody has."""

READY = "ready"


class Task:
    """An order on its way. `index` says which part of its slot it fills, `place` where its record stands, if one."""

    def __init__(self, slot: Slot, order: Order, index: int = 0, place: Place | None = None) -> None:
        self.slot, self.order, self.index, self.place = slot, order, index, place


class Slot:
    """What has been asked for, in its place in the order: an item, and the parts of its result."""

    def __init__(self, item: Any, parts: int) -> None:
        self.item = item
        self.parts: list[Done | None] = [None] * parts

    def complete(self) -> bool:
        """Whether all parts are there."""
        return None not in self.parts

    def done(self) -> Done:
        """The parts as one."""
        parts = [part for part in self.parts if part is not None]
        if len(parts) == 1:
            return parts[0]
        tally = Tally()
        for part in parts:
            tally.add(part.tally)
        data = b"".join(part.data for part in parts)
        return Done(data, tuple(defect for part in parts for defect in part.defects), tally)


class Raised(NamedTuple):
    """What a worker says of an order that raised an error nobody expects."""

    error: str


class Limits(NamedTuple):
    """How many processes, and how many seconds a record may take."""

    workers: int
    timeout: float


class Pool:
    """The workers of a run. Leaving the context ends them, at once."""

    def __init__(self, work: Work, limits: Limits) -> None:
        self._work, self._limits = work, limits
        self._workers: list[_Worker] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def run(self, items: Iterable[tuple[Any, Order | None]]) -> Iterator[tuple[Any, Done | None]]:
        """Each item with the result of its order, in order of the items. At most `AHEAD` batches a worker are held."""
        source = iter(items)
        slots: deque[Slot] = deque()
        tasks: deque[Task] = deque()
        more = True
        while True:
            while more and len(slots) < AHEAD * self._limits.workers:
                item, order = next(source, (None, None))
                more = item is not None
                if more:
                    slots.append(slot := Slot(item, 0 if order is None else 1))
                    if order is not None:
                        tasks.append(Task(slot, order))
                self._hand_out(tasks)
                self._collect(tasks, 0)
            if not slots:
                return
            if slots[0].complete():
                slot = slots.popleft()
                yield slot.item, slot.done() if slot.parts else None
            else:
                self._collect(tasks, None)

    def _hand_out(self, tasks: deque[Task]) -> None:
        """Give waiting tasks to idle workers, and start workers while there are fewer than allowed."""
        for worker in self._workers:
            if not tasks:
                return
            if worker.task is None and worker.ready:
                worker.give(tasks.popleft())
        starting = sum(not worker.ready for worker in self._workers)
        while len(tasks) > starting and len(self._workers) < self._limits.workers:
            self._workers.append(_Worker(self._work, self._limits.timeout))
            starting += 1

    def _collect(self, tasks: deque[Task], patience: float | None) -> None:
        """Wait until a worker has something to say, has died or has had its time; see to what that means."""
        left = min((worker.left() for worker in self._workers if worker.task), default=None)
        pause = left if patience is None else patience
        heard = set(wait([worker.pipe for worker in self._workers], pause))
        for worker in list(self._workers):
            if worker.pipe in heard:
                self._hear(worker, tasks)
            elif worker.task and worker.left() <= 0:
                self._replace(worker, tasks, "timeout")

    def _hear(self, worker: _Worker, tasks: deque[Task]) -> None:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            if not worker.ready:
                raise CleanError("a worker process ended before it could begin; is there memory for it?") from None
            self._replace(worker, tasks, "killed")
            return
        if isinstance(said, CleanError):
            raise said
        if said == READY:
            worker.ready = True
        elif worker.task:
            task, worker.task = worker.task, None
            if isinstance(said, Raised):
                self._again(
                    task, tasks, "failed", f"reading or writing the record raised {said.error}; please report it"
                )
            else:
                task.slot.parts[task.index] = said
        self._hand_out(tasks)

    def _replace(self, worker: _Worker, tasks: deque[Task], reason: Reason) -> None:
        self._workers.remove(worker)
        if reason == "killed":
            worker.process.join(GRACE)  # its end of the pipe is closed before it has quite ended
            error = f"the record ended the process that cleaned it ({_in_words(worker.end())})"
        else:
            worker.end()
            error = f"the record took longer than {self._limits.timeout:g} seconds; --timeout allows more"
        if worker.task:
            self._again(worker.task, tasks, reason, error)
        self._hand_out(tasks)

    def _again(self, task: Task, tasks: deque[Task], reason: Reason, error: str) -> None:
        """A batch did not come through: its records get a try each. One that did not is set aside."""
        if task.place is None:
            singles = task.order.singles()
            task.slot.parts = [None] * len(singles)
            again = [Task(task.slot, order, index, place) for index, (place, order) in enumerate(singles)]
            tasks.extendleft(reversed(again))
        else:
            task.slot.parts[task.index] = _lost(Defect(task.place, reason, error))


def _lost(defect: Defect) -> Done:
    tally = Tally()
    tally.put_aside([defect])
    return Done(b"", (defect,), tally)


def _in_words(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"


class _Worker:
    """A process, the parent's end of its pipe, and what it is at."""

    def __init__(self, work: Work, timeout: float) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, work, timeout), daemon=True)
        with _without_interrupts():
            self.process.start()
        theirs.close()
        self.task: Task | None = None
        self.ready = False
        self._timeout, self._since = timeout, 0.0

    def give(self, task: Task) -> None:
        """Hand over a task; the worker waits for it. That it has died meanwhile is noticed when it is heard."""
        self.task, self._since = task, time.monotonic()
        try:
            self.pipe.send(task.order)
        except OSError:
            return

    def left(self) -> float:
        """Seconds that the task may still take."""
        return max(0.0, self._since + self._timeout - time.monotonic())

    def end(self) -> int | None:
        """Kill the process; its exit code."""
        alive = self.process.is_alive()
        self.process.kill()
        self.process.join()
        self.pipe.close()
        return None if alive else self.process.exitcode


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C reaches all processes of a terminal; those begun in here do not hear it, their parent sees to it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # it would be started with the first process, and lets the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(pipe: Connection, work: Work, timeout: float) -> None:
    """The life of a worker: a batch, its result, until the parent has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # see `_without_interrupts`, which some systems lack
    with open(os.devnull, "w") as nowhere, suppress(EOFError, ConnectionError):  # noqa: PTH123
        work.cleaner.clean("A line.")  # loads the model now, not in the time of the first record
        pipe.send(READY)
        while True:
            order = pipe.recv()
            # A record may hang in native code, and the parent may be gone. This timer needs neither.
            faulthandler.dump_traceback_later(timeout + GRACE, exit=True, file=nowhere)
            said = _answer(work, order)
            faulthandler.cancel_dump_traceback_later()
            pipe.send(said)


def _answer(work: Work, order: Order) -> Done | CleanError | Raised:
    try:
        return work(order)
    except CleanError as error:
        return error
    except Exception as error:  # noqa: BLE001 - it is told, and one record among millions must not end a run
        return Raised(f"{type(error).__name__}: {error}")
