"""The rule files of a folder, read when asked for.

A file is found by its name without opening the others. For an index of many, only the head of each file is parsed, the
keys above its first rule; and of a folder with many files what they said is kept, see `index.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.errors import RuleError
from cleaner.sources.hosts import ascii_host
from cleaner.sources.index import EMPTY, WORTH_IT, Index, Stamp, load, save, stamp_of
from cleaner.sources.listing import DEFAULT, FAMILIES, FTR, ftr_text, given, listed, shipped
from cleaner.sources.marks import Mark, glance, head_of

if TYPE_CHECKING:
    from cleaner.sources.rulefile import Loaded

__all__ = ["DEFAULT", "FAMILIES", "Folder", "shipped"]


class Folder:
    """The rule files of one folder, by name: "example.org", "families/wordpress".

    Files are read when asked for and kept. A file that is wrong is put into `problems` and is from then on not there.
    """

    def __init__(self, place: str | Path) -> None:
        self.problems: dict[str, RuleError] = {}
        home = shipped() if place == DEFAULT else given(Path(place))
        self._home = home.absolute() if isinstance(home, Path) else None
        self._files = dict(listed(home))
        self._fresh: dict[str, tuple[Stamp, Mark]] = {}
        self._heads: dict[str, Loaded] = {}
        self._loaded: dict[str, Loaded] = {}
        self._hosts: dict[str, str] | None = None

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def names(self) -> list[str]:
        """The names of all files that are not known to be wrong, sorted."""
        return sorted(self._files)

    def file(self, name: str) -> Loaded | None:
        """A file as a whole, or None where there is none or it is wrong."""
        if name not in self._loaded and name in self._files:
            try:
                self._loaded[name] = self._whole(name)
            except RuleError as error:
                self.reject(name, error)
        return self._loaded.get(name)

    def head(self, name: str) -> Loaded | None:
        """A file without its rules, or None where there is none or its head is wrong."""
        if name in self._loaded:
            return self._loaded[name]
        if name not in self._heads and name in self._files:
            try:
                self._heads[name] = self._head(name)
            except RuleError as error:
                self.reject(name, error)
        return self._heads.get(name)

    def mark(self, name: str) -> Mark | None:
        """The hosts and the fingerprint of a file, or None where there is no file or its head is wrong."""
        stamp = self._stamps.get(name)
        kept = self._kept.marks.get(name)
        if kept and kept[0] == stamp:
            return kept[1] if name in self._files else None
        mark = self._mark(name)
        if mark and stamp:
            self._fresh[name] = stamp, mark
        return mark

    def _mark(self, name: str) -> Mark | None:
        loaded = self._loaded.get(name) or self._heads.get(name)
        if loaded is None and name in self._files:
            mark = self._glance(name)
            if mark:
                return mark
            loaded = self.head(name)
        if loaded is None:
            return None
        fingerprint, hosts = loaded.model.fingerprint, loaded.model.hosts
        if fingerprint is None:
            return Mark(name, (), hosts=hosts)
        return Mark(name, fingerprint.lines, fingerprint.min, fingerprint.html, hosts)

    @cached_property
    def _stamps(self) -> dict[str, Stamp]:
        """The stamps of all files; of a folder inside a zip, none."""
        found = {}
        for name, file in self._files.items():
            if isinstance(file, Path) and (stamp := stamp_of(file)):
                found[name] = stamp
        return found

    def stamps(self) -> Iterator[tuple[str, str, Stamp]]:
        """The folder, the name and the stamp of each file."""
        yield from ((str(self._home), name, stamp) for name, stamp in self._stamps.items())

    @cached_property
    def _kept(self) -> Index:
        return load(self._home) if self._home and len(self._files) >= WORTH_IT else EMPTY

    def was_sound(self, now: str) -> bool:
        """Whether all files were found sound in this state of all folders; see `index.state`."""
        return self._kept.sound == now

    def remember(self, sound: str = "") -> None:
        """Keep what was read of the files for the next start; `sound` is the state in which they were checked."""
        sound = "" if self.problems else sound
        if self._home is None or len(self._files) < WORTH_IT or not (self._fresh or sound):
            return
        if sound:
            for name in self.names():
                self.mark(name)
        marks = {**self._kept.marks, **self._fresh}
        current = {name: entry for name, entry in marks.items() if self._stamps.get(name) == entry[0]}
        self._kept = Index(current, sound or self._kept.sound)
        self._fresh = {}
        save(self._home, self._kept)

    def _glance(self, name: str) -> Mark | None:
        try:
            return glance(self._text(name), name)
        except RuleError as error:
            self.reject(name, error)
            return None

    def reject(self, name: str, error: RuleError) -> None:
        """Take a file for wrong."""
        self.problems[name] = error
        for held in (self._files, self._heads, self._loaded):
            held.pop(name, None)
        if self._hosts is not None:
            self._hosts = {host: owner for host, owner in self._hosts.items() if owner != name}

    def check(self) -> None:
        """Read every file and compile every pattern, so that `problems` is complete but for what files inherit."""
        from cleaner.sources.rulefile import check_patterns

        for name in self.names():
            loaded = self.file(name)
            try:
                if loaded:
                    check_patterns(loaded)
            except RuleError as error:
                self.reject(name, error)
        self.by_host()

    def by_host(self) -> dict[str, str]:
        """The names of the sources by host."""
        if self._hosts is None:
            self._hosts = self._index()
        return self._hosts

    def _index(self) -> dict[str, str]:
        index: dict[str, str] = {}
        names = [name for name in self.names() if not name.startswith(FAMILIES)]
        for name in names:
            index[ascii_host(name) or name] = name
        for name in names:
            mark = self.mark(name)
            for position, host in enumerate(mark.hosts if mark else ()):
                owner = index.setdefault(ascii_host(host) or host, name)
                loaded = self.head(name) if owner != name else None
                if loaded:
                    remedy = f"leave it to one of them; {owner} keeps it"
                    problem = f"the host {host!r} belongs to {owner} too"
                    self.reject(name, loaded.error(f"$.hosts[{position}]", problem, remedy))
                    break
        return {host: name for host, name in index.items() if name in self._files}

    def _text(self, name: str) -> str:
        file = self._files[name]
        path = str(file)
        if path.endswith(FTR):
            return ftr_text(file, name)
        try:
            return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except OSError as error:
            raise RuleError(
                f"{path}:1", f"the file cannot be read: {error.strerror}", "see to its permissions"
            ) from None
        except UnicodeDecodeError as error:
            line = 1 + error.object[: error.start].count(b"\n")
            raise RuleError(f"{path}:{line}", "the file is not UTF-8", "save it as UTF-8") from None

    def _whole(self, name: str) -> Loaded:
        from cleaner.sources.rulefile import parse

        path = str(self._files[name])
        return _under_its_name(name, parse(self._text(name), path, family=name.startswith(FAMILIES)))

    def _head(self, name: str) -> Loaded:
        """The file without its rules, or the whole of it where that is not to be had."""
        head = _parse_head(self._text(name), str(self._files[name]), name)
        return self._whole(name) if head is None else _under_its_name(name, head)


def _under_its_name(name: str, loaded: Loaded) -> Loaded:
    """The file, if it has the name of what it is for. Raises `RuleError`."""
    if loaded.name != name:
        key, stem = ("family", "name") if name.startswith(FAMILIES) else ("source", "domain")
        problem = f"`{key}` is {loaded.name.removeprefix('families/')!r} in a file of another name"
        raise loaded.error(f"$.{key}", problem, f"give the file that {stem}: {loaded.name}.toml")
    return loaded


def _parse_head(text: str, path: str, name: str) -> Loaded | None:
    """The file without its rules; None where the head cannot be told from the rest, or is wrong."""
    from cleaner.sources.rulefile import parse

    head = head_of(text)
    if head is None:
        return None
    try:
        return parse(head, path, family=name.startswith(FAMILIES))
    except RuleError:
        return None
