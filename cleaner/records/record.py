"""One record on its way through a worker, and what has been asked to become of it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Literal, NamedTuple, Protocol

from cleaner.document import Cleaned, Format
from cleaner.errors import InputError, OptionError
from cleaner.records.names import Compression, Kind

Reason = Literal["malformed", "oversized", "unreadable", "failed", "timeout", "killed"]
"""Why a record is set aside. `unreadable`: it is no text. `failed`: cleaning it raised an error. `killed`: it ended the
process that cleaned it."""

SHOWN = 1_000_000
"""Bytes of a record up to which `--rejects` holds the record itself."""

BATCH_BYTES, BATCH_RECORDS = 1_000_000, 1_000
"""How much goes to a worker at once. Work on whole columns pays the more, the longer they are: with half as much, texts
take 6 % more time, with twice as much 3 % less. It is a third of a second or so, which bounds what has to be tried
again after a record that hangs, and is small enough for a file of a few megabytes to keep several workers busy."""


class Place(NamedTuple):
    """Where a record stands in its input: `unit` is "line", "number", "row", "offset" or "file"."""

    unit: str
    number: int

    def __str__(self) -> str:
        return f"{self.unit} {self.number}"


class Item(NamedTuple):
    """A record that could be read. `raw` is None where it holds no text at all; `input` is its file, if its own.

    `url` is None where the record has no field for it, and empty where that field holds nothing.
    """

    place: Place
    raw: str | bytes | None
    url: str | None
    input: str | None = None


class Defect(NamedTuple):
    """A record that is set aside. `record` is the record itself, None where it is too large or of no use."""

    place: Place
    reason: Reason
    error: str
    record: str | None = None
    input: str | None = None


class Parsed(Protocol):
    """A batch of which the records are told apart."""

    @property
    def entries(self) -> Sequence[Item | Defect]:
        """The records, in order."""

    def row(self, index: int) -> dict[str, Any]:
        """All fields of a record, in order, as values that a renderer takes."""


class Batch(Protocol):
    """Some records of one input as they lie there: what is sent to a worker."""

    @property
    def size(self) -> int:
        """Bytes of the input that it stands for, decompressed."""

    def parse(self, wanted: Wanted) -> Parsed:
        """Tell the records apart."""

    def singles(self) -> list[tuple[Place, Batch]]:
        """A batch for each record."""


ADDITIONS: Mapping[str, Callable[[Cleaned], Any]] = {
    "status": lambda cleaned: cleaned.status,
    "source": lambda cleaned: cleaned.source,
    "title": lambda cleaned: cleaned.title,
    "byline": lambda cleaned: cleaned.byline,
    "published": lambda cleaned: cleaned.published,
    "site_name": lambda cleaned: cleaned.site_name,
    "language": lambda cleaned: cleaned.language,
    "confidence": lambda cleaned: round(cleaned.confidence, 4),
    "removed": lambda cleaned: [
        {name: value for name, value in decision.to_dict().items() if name != "keep"} for decision in cleaned.dropped
    ],
}
"""What `--add` can add to a record."""

OF_THE_ACCOUNT = frozenset({"byline", "published", "site_name", "language", "confidence", "removed"})
"""Those that need the account of each record, which costs several times the cleaning: what a page says of itself is
looked for where an account is asked for, and nowhere else."""


class Wanted(NamedTuple):
    """What shall become of the records of a run. `add` maps the fields to add to what they hold, see `ADDITIONS`."""

    field: str = "text"
    url_field: str = "url"
    out_field: str = "text"
    add: Mapping[str, str] = {}
    kind: Kind = "jsonl"
    compression: Compression = ""
    format: Format | None = None
    limit: int = 32_000_000

    @property
    def accounted(self) -> bool:
        """Whether an account of each record is needed."""
        return not OF_THE_ACCOUNT.isdisjoint(self.add.values())

    @property
    def titled(self) -> bool:
        """Whether the title of each record is asked for."""
        return "title" in self.add.values()

    def written(self, cleaned: Cleaned) -> dict[str, Any]:
        """The fields that a result sets in its record: one that is there is replaced where it stands."""
        return {self.out_field: cleaned.text, **self.added(cleaned)}

    def added(self, cleaned: Cleaned) -> dict[str, Any]:
        """The fields of `--add`."""
        return {name: ADDITIONS[what](cleaned) for name, what in self.add.items()}


def refuse_wide(start: bytes) -> None:
    """Raise `InputError` where a file that begins like this is in UTF-16 or UTF-32."""
    first = start[:4]
    if first.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"\0" in first and first.strip(b"\0")):
        name = "UTF-32" if b"\0\0" in first else "UTF-16"
        raise InputError(f"the file is in {name}; save it as UTF-8, for example by iconv -f {name} -t UTF-8")


def with_column(columns: Iterable[str], name: str) -> None:
    """Raise `InputError` where a table has no column of that name."""
    there = list(columns)
    if name not in there:
        raise InputError(f"there is no column {name!r} (--field); its columns are: {', '.join(there)}")


def listed(fields: Iterable[str]) -> str:
    """The names of a record's fields for a message, the first twenty of them.

    >>> listed({"id": 1, "text": "Rain"}), listed([])
    ('id, text', 'none')
    """
    return ", ".join(islice(fields, 20)) or "none"


def additions(given: Sequence[str]) -> dict[str, str]:
    """The values of `--add`, each `WHAT` or `FIELD=WHAT`, several parted by commas; raises `OptionError`.

    >>> additions(["status", "page_title=title,source"])
    {'status': 'status', 'page_title': 'title', 'source': 'source'}
    """
    found: dict[str, str] = {}
    for each in ",".join(given).split(","):
        name, equals, what = (part.strip() for part in each.partition("="))
        if not name:
            continue
        what = what if equals else name
        if what not in ADDITIONS:
            raise OptionError(f"--add {each.strip()}: there is no {what!r} to add; there are {', '.join(ADDITIONS)}")
        found[name] = what
    return found


class Shape(NamedTuple):
    """What the records of a table have in common: columns, with the name of their type each, and the Arrow schema."""

    columns: Mapping[str, str]
    schema: Any = None

    @classmethod
    def of_texts(cls, names: Iterable[str]) -> Shape:
        """That of columns which all hold text."""
        return cls(dict.fromkeys(names, "string"))


class Begun(NamedTuple):
    """An input that has begun to be read. It has no shape where its records may differ."""

    shape: Shape | None
    batches: Generator[Batch, None, None]


class Broken(NamedTuple):
    """A batch of records that could not even be read from their input."""

    defects: tuple[Defect, ...]
    size: int = 0

    @property
    def entries(self) -> Sequence[Item | Defect]:
        """The defects."""
        return self.defects

    def parse(self, wanted: Wanted) -> Broken:  # noqa: ARG002
        """The batch is its own reading."""
        return self

    def row(self, index: int) -> dict[str, Any]:
        """There is none."""
        raise IndexError(index)

    def singles(self) -> list[tuple[Place, Batch]]:
        """A batch for each defect."""
        return [(defect.place, Broken((defect,))) for defect in self.defects]


def shown(record: bytes | str) -> str | None:
    """A record as `--rejects` holds it: its text, bytes that are no UTF-8 as escapes; None where it is too large."""
    if len(record) > SHOWN:
        return None
    return record.decode("utf-8", "backslashreplace") if isinstance(record, bytes) else record


def size_of_text(text: str | bytes | None) -> int:
    """Bytes of a text as UTF-8; a byte that is no UTF-8, as a lone surrogate, is one.

    >>> size_of_text("Zoë"), size_of_text("Zo\\udceb"), size_of_text(b"Zo"), size_of_text(None)
    (4, 3, 2, 0)
    """
    if isinstance(text, str) and not text.isascii():
        return len(text.encode("utf-8", "replace"))
    return len(text or b"")


def oversized(place: Place, size: int, limit: int) -> Defect:
    """The defect of a record that is larger than `--max-size` allows."""
    error = f"the record has {size:,} bytes or more, and {limit:,} are allowed; --max-size allows more"
    return Defect(place, "oversized", error)
