"""What the name of an input or an output says: its kind of records, its compression, whether it lies elsewhere.

Nothing heavy is imported here: the command asks this of each of its inputs.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Literal, NamedTuple, get_args

from cleaner.errors import OptionError

Kind = Literal["jsonl", "json", "csv", "tsv", "parquet", "warc", "wet", "pages"]
"""Kinds of records. `pages` are files of which each is one record."""

Compression = Literal["", "gz", "zst", "bz2", "xz"]

SUFFIXES: dict[str, Kind] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".warc": "warc",
    ".wet": "wet",
}
"""The kinds of files that hold many records, by the ending of their names."""

PAGES = (".txt", ".html", ".htm", ".xhtml")
"""Endings of the files of a folder that are one record each."""

STANDARD = "-"
"""The name that stands for standard input among inputs, and for standard output as an output."""

_ENDINGS = tuple(f"{suffix}.{packed}".rstrip(".") for suffix in SUFFIXES for packed in get_args(Compression))


def same_target(first: str, second: str, target: str) -> OptionError:
    """What is wrong with two inputs of one output. Into the same folder, a second run would replace what the first
    wrote."""
    if PurePath(first) == PurePath(second):
        return OptionError(f"{first} is named twice; name it once")
    remedy = "give each a folder of its own, in two runs"
    return OptionError(f"{first} and {second} would both become {target}; {remedy}")


class Told(NamedTuple):
    """What a name says."""

    kind: Kind | None
    compression: Compression


def holds_records(name: str) -> bool:
    """Whether a name is that of a file of many records.

    >>> [holds_records(name) for name in ("crawl.jsonl", "CC-MAIN.warc.wet.gz", "dump.txt", "s3://b/c.parquet")]
    [True, True, False, True]
    """
    return name.lower().endswith(_ENDINGS)


def told_by(name: str) -> Told:
    """The kind and the compression of a file.

    >>> told_by("CC-MAIN.warc.wet.gz")
    Told(kind='wet', compression='gz')
    >>> told_by("page.html")
    Told(kind='pages', compression='')
    >>> told_by("notes.md")
    Told(kind=None, compression='')
    """
    rest, compression = unpacked(name.lower())
    kind = next((kind for suffix, kind in SUFFIXES.items() if rest.endswith(suffix)), None)
    if kind is None and rest.endswith(PAGES):
        kind = "pages"
    return Told(kind, compression)


def unpacked(name: str) -> tuple[str, Compression]:
    """A name without the ending of its compression, and that.

    >>> unpacked("page.html.gz")
    ('page.html', 'gz')
    """
    for packed in get_args(Compression):
        if packed and name.endswith(f".{packed}"):
            return name.removesuffix(f".{packed}"), packed
    return name, ""


def kind_named(name: str) -> Kind:
    """The kind that `--records` names; raises `OptionError`."""
    for kind in get_args(Kind):
        if name == kind:
            return kind  # type: ignore[no-any-return]
    raise OptionError(f"--records {name}: no such kind of records; there are {', '.join(get_args(Kind))}")


def is_remote(name: str) -> bool:
    """Whether a name is that of an object in a store, such as s3://bucket/key.

    >>> [is_remote(name) for name in ("s3://bucket/crawl.jsonl", "crawl.jsonl", "C:/crawl.jsonl")]
    [True, False, False]
    """
    return "://" in name


def has_wildcard(name: str) -> bool:
    """Whether a name is a pattern for several files."""
    return any(mark in name for mark in "*?[")
