"""Folders of rule files: where the shipped one lies, which files a folder holds, and how they are read.

A source's file is named for it, `example.org.toml`; a family's lies in `families/`. So a file is found by name without
opening the others. For an index of many, only the head of each file is parsed: the keys above its first rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.errors import OptionError, RuleError
from cleaner.sources.hosts import ascii_host
from cleaner.sources.marks import Mark, glance, head_of

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from cleaner.sources.ftr import Converted
    from cleaner.sources.rulefile import Loaded

DEFAULT = "default"
"""Stands for the shipped rule files where a folder is asked for."""

FAMILIES = "families"

FTR = ".txt"
"""How the name of a site configuration in the form of ftr-site-config ends."""


def shipped() -> Path | Traversable:
    """The shipped rule files: inside the package in a wheel or a zip, at the top of a checkout else."""
    package = Path(__file__).parent.parent
    for place in (package / "_rules", package.parent / "rules"):
        if place.is_dir():
            return place
    from importlib.resources import files  # only a package inside a zip gets here

    return files("cleaner").joinpath("_rules")


class Folder:
    """The rule files of one folder, by name: "example.org", "families/wordpress".

    Files are read when asked for and kept. A file that is wrong is put into `problems` and is from then on not there.
    """

    def __init__(self, place: str | Path) -> None:
        self.problems: dict[str, RuleError] = {}
        self._files = dict(_listed(shipped())) if place == DEFAULT else dict(_listed(_given(Path(place))))
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
                self._loaded[name] = self._read(name, head=False)
            except RuleError as error:
                self.reject(name, error)
        return self._loaded.get(name)

    def head(self, name: str) -> Loaded | None:
        """A file without its rules, or None where there is none or its head is wrong."""
        if name in self._loaded:
            return self._loaded[name]
        if name not in self._heads and name in self._files:
            try:
                self._heads[name] = self._read(name, head=True)
            except RuleError as error:
                self.reject(name, error)
        return self._heads.get(name)

    def mark(self, name: str) -> Mark | None:
        """The fingerprint of a file, or None where there is no file or its head is wrong."""
        loaded = self._loaded.get(name) or self._heads.get(name)
        if loaded is None and name in self._files:
            mark = self._glance(name)
            if mark:
                return mark
            loaded = self.head(name)
        if loaded is None:
            return None
        fingerprint = loaded.model.fingerprint
        return Mark(name, fingerprint.lines, fingerprint.min, fingerprint.html) if fingerprint else Mark(name, ())

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
            loaded = self.head(name)
            hosts = loaded.model.hosts if loaded else ()
            for position, host in enumerate(hosts):
                owner = index.setdefault(ascii_host(host) or host, name)
                if owner != name and loaded:
                    remedy = f"leave it to one of them; {owner} keeps it"
                    problem = f"the host {host!r} belongs to {owner} too"
                    self.reject(name, loaded.error(f"$.hosts[{position}]", problem, remedy))
                    break
        return {host: name for host, name in index.items() if name in self._files}

    def _text(self, name: str) -> str:
        file = self._files[name]
        path = str(file)
        if path.endswith(FTR):
            return _ftr_text(file, name)
        try:
            return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except OSError as error:
            raise RuleError(
                f"{path}:1", f"the file cannot be read: {error.strerror}", "see to its permissions"
            ) from None
        except UnicodeDecodeError as error:
            line = 1 + error.object[: error.start].count(b"\n")
            raise RuleError(f"{path}:{line}", "the file is not UTF-8", "save it as UTF-8") from None

    def _read(self, name: str, *, head: bool) -> Loaded:
        from cleaner.sources.rulefile import parse

        text, path = self._text(name), str(self._files[name])
        loaded = _parse_head(text, path, name) if head else None
        loaded = loaded or parse(text, path, family=name.startswith(FAMILIES))
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


def read_ftr(file: Path | Traversable, source: str) -> Converted:
    """A site configuration in our form. Raises `RuleError` where the file cannot be read."""
    from cleaner.sources.ftr import convert

    try:
        raw = file.read_bytes()
    except OSError as error:
        problem = f"the file cannot be read: {error.strerror}"
        raise RuleError(f"{file}:1", problem, "see to its permissions") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return convert(text, source)


def _ftr_text(file: Path | Traversable, name: str) -> str:
    text = read_ftr(file, name).text
    if not text:
        remedy = "see clean-rules import ftr; a rule file is called NAME.toml"
        raise RuleError(f"{file}:1", "nothing of the site configuration can be carried over", remedy)
    return text


def _given(place: Path) -> Path:
    if not place.exists():
        raise OptionError(f"there is no folder of rules {str(place)!r}; give a folder that exists, or {DEFAULT!r}")
    return place


def _listed(place: Path | Traversable) -> Iterator[tuple[str, Path | Traversable]]:
    """The rule files of a folder by name; of a single file, that file."""
    if place.is_file():
        family = isinstance(place, Path) and place.absolute().parent.name == FAMILIES
        yield f"{FAMILIES}/{_stem(place)}" if family else _stem(place), place
        return
    files = sorted(place.iterdir(), key=lambda each: each.name)
    if isinstance(place, Path):
        yield from _ftr_files(files)
    for each in files:
        if each.name.endswith(".toml") and not each.name.startswith("."):
            yield _stem(each), each
    families = place.joinpath(FAMILIES)
    if families.is_dir():
        for each in families.iterdir():
            if each.name.endswith(".toml") and not each.name.startswith("."):
                yield f"{FAMILIES}/{_stem(each)}", each


def _ftr_files(files: Iterable[Path | Traversable]) -> Iterator[tuple[str, Path | Traversable]]:
    """The site configurations by name. A rule file of the same name goes before it."""
    for each in files:
        if each.name.endswith(FTR):
            from cleaner.sources.ftr import source_of

            source = source_of(each.name)
            if source:
                yield source, each


def _stem(file: Path | Traversable) -> str:
    return file.name.removesuffix(".toml")
