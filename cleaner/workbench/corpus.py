"""The pages of a corpus: files, folders of them, and JSON Lines, each also with `.gz`."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from cleaner.errors import InputError, OptionError

PAGES = (".txt", ".html", ".htm")
LINES = (".jsonl", ".ndjson")
TEXT_KEYS = ("html", "text", "content", "body", "raw")
"""Keys of a JSON record that may hold the page, the first that is there counts."""


class Page(NamedTuple):
    """A page as it lies there. `folder` is the name of its folder, which may be its source's."""

    name: str
    raw: str | bytes
    url: str | None
    folder: str


def corpus_files(given: Sequence[str | Path]) -> list[Path]:
    """The files of a corpus in order; a folder stands for all pages and JSON Lines below it. Raises `OptionError`."""
    found: list[Path] = []
    for each in map(Path, given):
        if not each.exists():
            raise OptionError(f"{each}: no such file or folder; check the name and the folder you are in")
        inside = sorted(path for path in each.rglob("*") if _kind(path) and not path.name.endswith(".expected.txt"))
        if each.is_dir() and not inside:
            raise OptionError(f"{each}: no pages in it; give a folder with .txt, .html or .jsonl files, also .gz")
        found.extend(inside if each.is_dir() else [each])
    return found


def _kind(path: Path) -> str:
    ending = Path(path.name.removesuffix(".gz")).suffix.lower()
    return ending if ending in PAGES + LINES else ""


def pages(file: Path) -> Iterator[Page | InputError]:
    """The pages of one file; an error in the place of what cannot be read."""
    try:
        raw = file.read_bytes()
        raw = gzip.decompress(raw) if file.name.endswith(".gz") else raw
    except (OSError, EOFError, zlib.error) as error:
        yield InputError(f"{file}: cannot be read ({error}); check the file")
        return
    if _kind(file) not in LINES:
        yield Page(str(file), raw, None, file.parent.name)
        return
    for number, line in enumerate(raw.split(b"\n"), 1):
        if line.strip():
            yield _record(line, f"{file}:{number}", file.parent.name)


def _record(line: bytes, where: str, folder: str) -> Page | InputError:
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return InputError(f"{where}: no JSON ({error}); write one object a line")
    except RecursionError:
        return InputError(f"{where}: the line is nested too deeply; flatten its fields")
    fields = record if isinstance(record, dict) else {}
    text = next((fields[key] for key in TEXT_KEYS if isinstance(fields.get(key), str)), None)
    if text is None:
        return InputError(f"{where}: the record has no text; give it a key `text` or `html`")
    url = fields.get("url")
    return Page(where, text, url if isinstance(url, str) else None, folder)
