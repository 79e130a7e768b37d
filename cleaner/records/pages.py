"""Files of which each is one record: texts and pages of a folder or a glob. The workers read and write them."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.document import Cleaned
from cleaner.errors import InputError
from cleaner.records.compression import packed
from cleaner.records.names import told_by
from cleaner.records.record import (
    BATCH_BYTES,
    BATCH_RECORDS,
    Batch,
    Begun,
    Defect,
    Item,
    Parsed,
    Place,
    Shape,
    Wanted,
    oversized,
)
from cleaner.records.streams import opened, size_of
from cleaner.whole_files import unwritable, whole_file


class Files(NamedTuple):
    """Some files, of which the first has the number `first` among all; `targets` are their outputs, if each has one."""

    first: int
    names: tuple[str, ...]
    targets: tuple[str, ...]
    size: int

    def parse(self, wanted: Wanted) -> ParsedFiles:
        """Read each file."""
        return ParsedFiles(self, wanted)

    def singles(self) -> list[tuple[Place, Batch]]:
        """A batch for each file."""
        return [
            (Place("file", self.first + index), Files(self.first + index, (name,), self.targets[index : index + 1], 0))
            for index, name in enumerate(self.names)
        ]


class ParsedFiles:
    """Files as records."""

    def __init__(self, batch: Files, wanted: Wanted) -> None:
        self.names, self.targets = batch.names, batch.targets
        self.entries = [
            _entry(Place("file", number), name, wanted) for number, name in enumerate(batch.names, batch.first)
        ]

    def row(self, index: int) -> dict[str, Any]:
        """The name of a file."""
        return {"file": self.names[index]}


def _entry(place: Place, name: str, wanted: Wanted) -> Item | Defect:
    try:
        with opened(name) as source:
            raw = source.stream.read(wanted.limit + 1)
    except InputError as error:
        return Defect(place, "unreadable", str(error), input=name)
    if len(raw) > wanted.limit:
        return oversized(place, len(raw), wanted.limit)._replace(input=name)
    return Item(place, raw, None, name)


def begin(names: Sequence[str], targets: Sequence[str]) -> Begun:
    """The files in batches, by their sizes."""
    return Begun(Shape.of_texts(("file", "text")), _read(names, targets))


def _read(names: Sequence[str], targets: Sequence[str]) -> Generator[Batch, None, None]:
    start = size = 0
    for index, name in enumerate(names, 1):
        size += size_of(name)
        if size >= BATCH_BYTES or index - start >= BATCH_RECORDS or index == len(names):
            yield Files(start + 1, tuple(names[start:index]), tuple(targets[start:index]), size)
            start, size = index, 0


def render(parsed: Parsed, results: Sequence[Cleaned | None], wanted: Wanted) -> bytes:
    """Write each body to its file, whole or not at all; the output of the run holds nothing."""
    if not isinstance(parsed, ParsedFiles):
        raise TypeError("only files can be written as files")
    for target, cleaned in zip(parsed.targets, results, strict=True):
        if cleaned is not None:
            data = cleaned.text.encode("utf-8", "surrogatepass")
            _write(Path(target), packed(data, wanted.compression or told_by(target).compression))
    return b""


def _write(target: Path, data: bytes) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(target) as stream:
            stream.write(data)
    except OSError as error:
        raise unwritable(str(target), error) from None
