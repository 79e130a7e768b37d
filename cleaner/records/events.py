"""The inputs of a run as a row of events, in the parent process: an input begins, a batch of it is read, it ends."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from typing import Literal, NamedTuple

from cleaner.errors import InputError
from cleaner.records.checkpoint import State
from cleaner.records.extras import MissingExtraError
from cleaner.records.inputs import Input, begun
from cleaner.records.names import Compression, Kind
from cleaner.records.record import Shape, Wanted
from cleaner.records.work import Order


class Event(NamedTuple):
    """A step in an input. `batches` counts those of the input, this one included; `read` are the bytes read of it.

    `shape` comes with "begin", `error` with "failed": the input could not be opened, or not be read to its end.
    """

    what: Literal["begin", "batch", "failed", "end"]
    input: int
    batches: int = 0
    read: int = 0
    shape: Shape | None = None
    error: str = ""


class Written(NamedTuple):
    """An input and what its records are written as."""

    given: Input
    kind: Kind
    compression: Compression


class Reading(NamedTuple):
    """What is to be read. With `alike`, all inputs must have the columns of the first."""

    inputs: Sequence[Written]
    wanted: Wanted
    alike: bool


def events(reading: Reading, state: State) -> Generator[tuple[Event, Order | None], None, None]:
    """What lies behind a state. Batches before it are read and left out: an input may be compressed."""
    columns: Mapping[str, str] | None = state.columns
    done = state.batches
    for index in range(state.input, len(reading.inputs)):
        written = reading.inputs[index]
        try:
            with begun(written.given, reading.wanted._replace(kind=written.kind)) as (start, source):
                found = None if start.shape is None else start.shape.columns
                if reading.alike and columns is not None and not _alike(found, columns):
                    raise InputError(_unlike(found, columns))
                columns = columns or found
                yield Event("begin", index, shape=start.shape), None
                with closing(start.batches) as batches:
                    for number, batch in enumerate(batches, 1):
                        if number > done:
                            read = source.position() if source else 0
                            yield (
                                Event("batch", index, number, read),
                                Order(batch, written.kind, written.compression),
                            )
        except InputError as error:
            yield Event("failed", index, error=str(error)), None
        except MissingExtraError:
            raise
        except Exception as error:  # noqa: BLE001 - one input among thousands must not end a run
            what = f"reading it raised {type(error).__name__}: {error}; please report this"
            yield Event("failed", index, error=what), None
        yield Event("end", index), None
        done = 0


def _alike(found: Mapping[str, str] | None, columns: Mapping[str, str]) -> bool:
    """Whether two tables have the same columns in the same order: rows are written as they lie."""
    return found is not None and list(found.items()) == list(columns.items())


def _unlike(found: Mapping[str, str] | None, columns: Mapping[str, str]) -> str:
    shown = [", ".join(f"{name} ({kind})" for name, kind in each.items()) for each in (found or {}, columns)]
    return f"its columns are {shown[0]}, those of the first input {shown[1]}; give -o a folder, or make them alike"
