"""Which inputs a run has: names, folders and globs become files of a kind, each with a reader."""

from __future__ import annotations

import glob
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import InputError, OptionError
from cleaner.records import array, delimited, jsonl, pages, parquet, warc
from cleaner.records.compression import EVERY
from cleaner.records.extras import need
from cleaner.records.names import PAGES, STANDARD, Compression, Kind, has_wildcard, is_remote, told_by, unpacked
from cleaner.records.record import Begun, Wanted
from cleaner.records.streams import Source, opened, size_of

CONVERTED: dict[Kind, Kind] = {"json": "jsonl", "warc": "jsonl", "wet": "jsonl", "pages": "jsonl"}
"""What records of a kind are written as, where the output's name does not say."""


GZIP: tuple[Compression] = ("gz",)
LEFT: dict[Kind, Collection[Compression]] = {"warc": GZIP, "wet": GZIP, "parquet": EVERY}
"""What a kind's own reader decompresses: that of archives knows the offsets then."""


class Found(NamedTuple):
    """A file, and its name within the folder or the glob that named it."""

    name: str
    relative: str


class Input(NamedTuple):
    """One input of a run. Pages are one input together: `pages` are their names, `targets` their outputs, if any."""

    name: str
    relative: str
    kind: Kind
    compression: Compression
    pages: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


def inputs(names: Iterable[str], kind: Kind | None) -> list[Input]:
    """The inputs that some names stand for, in their order. Raises `OptionError` for one that stands for none."""
    found = [each for name in names for each in _expanded(name, kind)]
    told = [_input(each, kind) for each in found]
    page_names = tuple(each.name for each in told if each.kind == "pages")
    if not page_names:
        return told
    first = next(index for index, each in enumerate(told) if each.kind == "pages")
    together = told[first]._replace(
        name=page_names[0] if len(page_names) == 1 else f"{len(page_names)} files",
        pages=page_names,
        targets=tuple(each.relative for each in told if each.kind == "pages"),
    )
    rest = [each for each in told[first + 1 :] if each.kind != "pages"]
    return [*told[:first], together, *rest]


def _input(found: Found, kind: Kind | None) -> Input:
    told = told_by(found.name)
    if kind is None and told.kind is None:
        if not is_remote(found.name) and not Path(found.name).exists():
            raise OptionError(f"{found.name}: no such file or folder; check the name and the folder you are in")
        raise OptionError(f"{found.name}: the name does not say what records these are; --records KIND does")
    return Input(found.name, found.relative, kind or told.kind or "pages", told.compression)


def _expanded(name: str, kind: Kind | None) -> Iterator[Found]:
    if name == STANDARD:
        if kind is None:
            raise OptionError("standard input has no name; say with --records what records these are")
        yield Found(name, name)
        return
    if is_remote(name):
        yield from _remote(name, kind)
        return
    if Path(name).is_dir():
        found = [Found(str(path), str(path.relative_to(name))) for path in sorted(Path(name).rglob("*"))]
        found = [each for each in found if _is_wanted(each.name, kind) and Path(each.name).is_file()]
        remedy = f"this folder holds no records and no {', '.join(PAGES)}; name files of other endings themselves"
    elif has_wildcard(name) and not Path(name).exists():
        fixed = _fixed_part(name)
        matching = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
        names = (each for each in matching if Path(each).is_file())
        found = [Found(each, str(Path(each).relative_to(fixed)) if fixed else each) for each in names]
        remedy = "no file has a name like this; check the pattern and the folder you are in"
    else:
        yield Found(name, Path(name).name)
        return
    if not found:
        raise OptionError(f"{name}: {remedy}")
    yield from found


def _remote(name: str, kind: Kind | None) -> Iterator[Found]:
    fsspec = need("fsspec", f"{name.partition(':')[0]}://")
    try:
        filesystem, path = fsspec.core.url_to_fs(name)
        if has_wildcard(path):
            found, fixed = sorted(filesystem.glob(path)), _fixed_part(path)
        elif filesystem.isdir(path):
            found = [each for each in sorted(filesystem.find(path)) if _is_wanted(each, kind)]
            fixed = path
        else:
            yield Found(name, path.rpartition("/")[2])
            return
    except (ImportError, OSError, ValueError) as error:
        raise OptionError(f"{name}: cannot be looked up ({error})") from None
    if not found:
        raise OptionError(f"{name}: there are no such objects; check the name")
    for each in found:
        yield Found(filesystem.unstrip_protocol(each), each.removeprefix(fixed.rstrip("/")).lstrip("/"))


def _fixed_part(pattern: str) -> str:
    """The folder of a pattern below which it varies.

    >>> _fixed_part("crawl/2026/*/part-*.jsonl")
    'crawl/2026'
    """
    parts = pattern.split("/")
    varying = next(index for index, part in enumerate(parts) if has_wildcard(part))
    return "/".join(parts[:varying])


def _is_wanted(name: str, kind: Kind | None) -> bool:
    told = told_by(name).kind
    if told == "json" and kind is None:  # beside pages such files say what these are
        return False
    return told is not None and kind in (None, told)


def output_kind(given: Input) -> Kind:
    """What the records of an input are written as, where the output's name does not say."""
    return CONVERTED.get(given.kind, given.kind)


def output_name(given: Input) -> str:
    """The name of an input's output in a folder: its own, with another ending where the kind is another.

    >>> output_name(Input("crawl/a.warc.gz", "a.warc.gz", "warc", "gz"))
    'a.jsonl.gz'
    """
    kind = output_kind(given)
    if kind == given.kind:
        return given.relative
    stem, compression = unpacked(given.relative)
    base = stem.removesuffix(f".{given.kind}").removesuffix(".warc")
    return f"{base}.{kind}{f'.{compression}' if compression else ''}"


@contextmanager
def begun(given: Input, wanted: Wanted) -> Iterator[tuple[Begun, Source | None]]:
    """The records of an input. Raises `InputError`, here or in `batches`, for what is wrong with it as a whole."""
    if given.kind == "pages":
        yield pages.begin(given.pages, given.targets if wanted.kind == "pages" else ()), None
        return
    if given.kind == "parquet" and given.compression:
        raise InputError(f"Parquet compresses by itself; decompress the .{given.compression} first")
    with opened(given.name, LEFT.get(given.kind, ())) as source:
        yield _begin(given, source, wanted), source


def _begin(given: Input, source: Source, wanted: Wanted) -> Begun:
    if given.kind == "jsonl":
        return jsonl.begin(source.stream, wanted.limit)
    if given.kind == "json":
        return array.begin(source.stream)
    if given.kind == "parquet":
        return parquet.begin(source.stream, wanted.field)
    if given.kind in ("warc", "wet"):
        return warc.begin(source.stream, wanted.limit)
    return delimited.begin(source.stream, delimited.DELIMITERS[given.kind], wanted)


def total_size(given: Sequence[Input]) -> int:
    """Bytes of all inputs as they lie; 0 where one cannot be told."""
    sizes = [size_of(name) for each in given for name in (each.pages or (each.name,))]
    return sum(sizes) if all(sizes) else 0
