"""Where the rule files lie that a command is asked about: folders, or single files of a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import OptionError
from cleaner.sources.folders import DEFAULT, FAMILIES, Folder
from cleaner.sources.rulefile import Loaded


class Place(NamedTuple):
    """A folder of rule files, and the names asked for; no names: all."""

    home: str | Path
    only: tuple[str, ...] = ()

    def files(self, folder: Folder) -> Iterator[Loaded]:
        """The files asked for that are not wrong, in order of their names."""
        for name in folder.names():
            loaded = folder.file(name) if not self.only or name in self.only else None
            if loaded:
                yield loaded


def places(given: Sequence[str | Path]) -> list[Place]:
    """The folders of what was given, each once, in that order; a file stands for itself alone.

    Raises `OptionError` for what is missing, and for a file that is no rule file.
    """
    asked: dict[str, tuple[str | Path, list[str] | None]] = {}
    for each in given:
        path = Path(each)
        if each == DEFAULT or not path.is_file():
            asked[str(each)] = (each, None)
            continue
        if path.suffix != ".toml":
            raise OptionError(f"{each}: this is no rule file; rule files end in .toml")
        family = path.absolute().parent.name == FAMILIES
        home = path.parent.parent if family else path.parent
        _, names = asked.setdefault(str(home), (home, []))
        if names is not None:
            names.append(f"{FAMILIES}/{path.stem}" if family else path.stem)
    return [Place(home, tuple(names or ())) for home, names in asked.values()]
