"""Events and results, as they come back in order, become outputs, rejects, counts and checkpoints."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from cleaner.errors import CleanError, OptionError
from cleaner.records import checkpoint, delimited, outputs
from cleaner.records.checkpoint import State
from cleaner.records.claims import claimed
from cleaner.records.compression import packed
from cleaner.records.events import Event, Written
from cleaner.records.inputs import output_name
from cleaner.records.names import is_remote, told_by
from cleaner.records.outputs import Output, Target
from cleaner.records.record import Defect, Wanted
from cleaner.records.work import Done


class Destination(NamedTuple):
    """Where a run writes. `output` is a file, "-", or with `folder` the folder in which each input has its own."""

    output: str
    folder: bool = False
    rejects: str | None = None

    @property
    def remembers(self) -> bool:
        """Whether it can be gone on with."""
        return self.folder or outputs.can_resume(self.output)

    def checkpoint(self) -> Path:
        """The file that says how far the run has come."""
        inside = self.folder and not is_remote(self.output)
        return outputs.beside(self.output, "/.clean.progress" if inside else ".progress")

    @contextmanager
    def claimed(self) -> Iterator[None]:
        """Keep other runs away from what this one finds and leaves there. Raises `OutputError` where one is at it."""
        if not self.remembers:
            yield
        elif self.folder:
            if not is_remote(self.output):
                _make(Path(self.output))
            with claimed(self.checkpoint().parent, self.output):
                yield
        else:
            with claimed(outputs.beside(self.output, ".partial"), self.output):
                pass  # it is locked when it is opened
            yield


class Delivery:
    """The outputs of a run, as far as `state` says, which it keeps up to date."""

    def __init__(self, destination: Destination, inputs: Sequence[Written], wanted: Wanted, state: State) -> None:
        self._destination, self._inputs, self._wanted, self._state = destination, inputs, wanted, state
        self._output: Output | None = None
        self._rejects: Output | None = None
        self._saved = time.monotonic()
        self._saved_within = bool(state.batches or state.output)
        self._between_steps = True
        if destination.rejects:
            self._rejects = outputs.opened(Target(destination.rejects, Wanted(), None), state.rejects)

    @contextmanager
    def _step(self) -> Iterator[None]:
        """What changes files and state: where it is stopped they are at odds, and only the last checkpoint holds."""
        self._between_steps = False
        yield
        self._between_steps = True

    def begin(self, event: Event) -> None:
        """Open the output of an input, unless all have one and it is open, or it has its name already."""
        written = self._inputs[event.input]
        if self._state.columns is None and event.shape is not None:
            self._state.columns = dict(event.shape.columns)
        if self._output is not None or (self._destination.folder and written.kind == "pages"):
            return
        name = self._name(written)
        if self._state.whole and not outputs.beside(name, ".partial").exists():
            return
        wanted = self._wanted._replace(kind=written.kind, compression=written.compression)
        with self._step():
            self._output = outputs.opened(Target(name, wanted, event.shape), self._state.output)
            if wanted.kind in delimited.DELIMITERS and not self._state.output:
                names = [*dict.fromkeys([*(event.shape.columns if event.shape else ()), wanted.out_field, *wanted.add])]
                self._write(packed(delimited.heading(names, delimited.DELIMITERS[wanted.kind]), wanted.compression))

    def _name(self, written: Written) -> str:
        folder = self._destination.output.rstrip("/")
        if not self._destination.folder:
            return self._destination.output
        name = f"{folder}/{output_name(written.given)}"
        if not is_remote(name):
            _make(Path(name).parent)
        return name

    def take(self, event: Event, done: Done) -> None:
        """Write a batch."""
        with self._step():
            self._write(done.data)
            if self._rejects and done.defects:
                name = self._inputs[event.input].given.name
                self._rejects.write(self._set_aside(name, done.defects))
                self._state.rejects = self._rejects.size
            self._state.tally.add(done.tally)
            self._state.records += done.tally.records
            self._state.aside += done.tally.set_aside
            self._state.batches = event.batches
        if time.monotonic() - self._saved > checkpoint.SECONDS:
            self.save()
            self._saved_within = True

    def _set_aside(self, name: str, defects: Sequence[Defect]) -> bytes:
        """What is written of them to the rejects, compressed as the name of these says."""
        data = b"".join(_reject(name, defect) for defect in defects)
        return packed(data, told_by(self._destination.rejects or "").compression)

    def _write(self, data: bytes) -> None:
        if self._output and data:
            self._output.write(data)
            self._state.output = self._output.size

    def end(self, event: Event) -> None:
        """Finish the output of an input that has its own."""
        with self._step():
            if self._destination.folder and self._inputs[event.input].kind != "pages":
                self._end_own(self._inputs[event.input].given.name)
            self._state.input, self._state.batches = event.input + 1, 0
        if self._destination.folder:
            self.save()

    def _end_own(self, name: str) -> None:
        """Where a checkpoint speaks of the output, one more says that it is whole before it takes its name.

        A run that is stopped in between then does not look for it under the name it had.
        """
        state = self._state
        if self._output and self._saved_within and not state.whole:
            state.whole = True
            self.save()
        nothing_left = not state.records and bool(state.aside or name in state.failed)
        if self._output:
            _end(self._output, nothing_left=nothing_left)
            self._output = None
        if nothing_left and name not in state.failed:
            state.unwritten.append(name)
        state.output = state.records = state.aside = 0
        state.whole = self._saved_within = False

    def fail(self, name: str, error: str) -> None:
        """Note an input that could not be read, or not to its end."""
        self._state.failed[name] = error

    def save(self) -> None:
        """Write a checkpoint, when what it speaks of is safe."""
        if self._destination.remembers:
            for output in (self._output, self._rejects):
                if output:
                    output.sync()
            checkpoint.save(self._destination.checkpoint(), self._state)
        self._saved = time.monotonic()

    def finish(self) -> None:
        """All is written: give the outputs their names. If the run is stopped meanwhile, `take_names` does the rest."""
        with self._step():
            self._state.finished = True
            self.save()
            if self._rejects:
                self._rejects.finish()
            if self._output:
                _end(self._output, nothing_left=self._state.nothing_left)
            if self._destination.remembers:
                take_names(self._destination, self._wanted._replace(kind=self._inputs[0].kind), self._state)

    def let_go(self) -> None:
        """The run ends early: keep what there is, as far as there is room for it; nothing where no checkpoint says how
        to go on with it."""
        try:
            if self._between_steps and (self._state.input or self._state.batches):
                self.save()
        except (CleanError, OSError):
            return  # the checkpoint before this one still holds
        finally:
            kept = self._destination.remembers and self._destination.checkpoint().exists()
            for output in filter(None, (self._rejects, self._output)):
                with suppress(OSError):
                    output.close() if kept else output.discard()


def take_names(destination: Destination, wanted: Wanted, state: State) -> None:
    """End a run of which everything is written, but perhaps not everything has its name, and forget how far it was."""
    if destination.rejects and outputs.beside(destination.rejects, ".partial").exists():
        outputs.opened(Target(destination.rejects, Wanted(), None), state.rejects).finish()
    if not destination.folder and outputs.beside(destination.output, ".partial").exists():
        output = outputs.opened(Target(destination.output, wanted, None), state.output)
        _end(output, nothing_left=state.nothing_left)
    checkpoint.forget(destination.checkpoint())


def _end(output: Output, *, nothing_left: bool) -> None:
    """Give an output its name, unless all that was to be in it was set aside or lost: then what lies there stays."""
    if nothing_left:
        output.discard()
    else:
        output.finish()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OptionError(f"{folder}: cannot be made ({error.strerror}); choose another folder") from None


def _reject(name: str, defect: Defect) -> bytes:
    line = {
        "input": defect.input or name,
        **({} if defect.place.unit == "file" else {defect.place.unit: defect.place.number}),
        "reason": defect.reason,
        "error": defect.error,
        "record": defect.record,
    }
    plain = {key: _encodable(value) if isinstance(value, str) else value for key, value in line.items()}
    return msgspec.json.encode(plain) + b"\n"


def _encodable(text: str) -> str:
    """A text in which lone surrogates are escapes."""
    return text.encode("utf-8", "backslashreplace").decode()
