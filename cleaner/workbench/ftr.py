"""Import site configurations in the form of ftr-site-config into rule files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.errors import OptionError, RuleError
from cleaner.sources.ftr import Converted, source_of
from cleaner.sources.ftr_lines import Note
from cleaner.sources.listing import read_ftr
from cleaner.whole_files import whole_file


class Imported(NamedTuple):
    """One file: what came of it, and `written`, the rule file, None where nothing could be carried over."""

    file: str
    source: str | None
    written: str | None
    notes: tuple[Note, ...]
    problem: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values, keys in a stable order."""
        return {
            "file": self.file,
            "source": self.source,
            "written": self.written,
            "problem": self.problem,
            "notes": [note._asdict() for note in self.notes],
        }


def import_ftr(given: Sequence[str | Path], folder: str | Path) -> list[Imported]:
    """Import files, or all `.txt` files of folders, into a folder of rules; one row a file, in order.

    Raises `OptionError` for what is missing. A rule file that is there already is not replaced.
    """
    done: dict[str, str] = {}
    rows = []
    for file in _files(given):
        row = _imported(file, Path(folder), done)
        if row.source and row.written:
            done[row.source] = str(file)
        rows.append(row)
    return rows


def _files(given: Sequence[str | Path]) -> Iterator[Path]:
    for each in map(Path, given):
        if not each.exists():
            raise OptionError(f"{each}: no such file or folder; check the name and the folder you are in")
        found = sorted(each.glob("*.txt")) if each.is_dir() else [each]
        if not found:
            raise OptionError(f"{each}: no .txt files in it; give the folder of the site configurations")
        yield from found


def _imported(file: Path, folder: Path, done: dict[str, str]) -> Imported:
    source = source_of(file.name)
    if source is None:
        return Imported(str(file), None, None, (), "its name is no domain; name it for one: example.org.txt")
    try:
        made = read_ftr(file, source)
    except RuleError as error:
        return Imported(str(file), source, None, (), f"{error.problem}; {error.remedy}")
    target = folder / f"{source}.toml"
    problem = None
    if source in done:
        problem = f"{done[source]} is for {source} too; put them into one"
    elif not made.text:
        problem = "nothing could be carried over"
    elif target.exists():
        problem = f"{target} is there already; move it, or choose another folder with --to"
    else:
        problem = _written(made, target)
    return Imported(str(file), source, None if problem else str(target), made.notes, problem)


def _written(made: Converted, target: Path) -> str | None:
    """Write a rule file; what went wrong, if anything."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(target) as stream:
            stream.write(made.text.encode())
    except OSError as error:
        return f"{target} cannot be written ({error.strerror}); choose another --to"
    return None
