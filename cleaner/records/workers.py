"""The workers of a run: batches in, results out in the same order, whatever becomes of a worker.

Each worker has a pipe of its own and one batch at a time, so one that hangs or dies takes nothing with it but its
batch. The records of such a batch are tried again one by one, each with the time that is allowed to a record; what
hangs or dies again is set aside.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import wait
from typing import Any, NamedTuple

from cleaner.errors import CleanError
from cleaner.records.record import Defect, Reason
from cleaner.records.tally import Tally
from cleaner.records.tasks import Slot, Task
from cleaner.records.work import Done, Order, Work
from cleaner.records.worker import GRACE, READY, Raised, Worker

AHEAD = 3
"""Batches for each worker that may be read, worked on or waiting for those before them."""


class Limits(NamedTuple):
    """How many processes, and how many seconds a record may take."""

    workers: int
    timeout: float


class Pool:
    """The workers of a run. Leaving the context ends them, at once."""

    def __init__(self, work: Work, limits: Limits) -> None:
        self._work, self._limits = work, limits
        self._workers: list[Worker] = []

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
            self._workers.append(Worker(self._work, self._limits.timeout))
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

    def _hear(self, worker: Worker, tasks: deque[Task]) -> None:
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

    def _replace(self, worker: Worker, tasks: deque[Task], reason: Reason) -> None:
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
