"""A worker: a process of its own that cleans one batch at a time, and the parent's end of its pipe.

It is started as a fresh interpreter: nothing is forked from a process that may have threads. A worker whose parent is
gone, however it went, ends by itself.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from typing import NamedTuple

from cleaner.errors import CleanError
from cleaner.records.tasks import Task
from cleaner.records.work import Done, Order, Work

GRACE = 5.0
"""Seconds behind its time limit after which a worker ends itself, if nobody has."""

READY = "ready"
"""What a worker says when it can begin."""


class Raised(NamedTuple):
    """What a worker says of an order that raised an error nobody expects."""

    error: str


class Worker:
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
