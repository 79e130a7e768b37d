"""Find the source of a document: by name, by URL, else by fingerprint.

A source is located in this order: the name that was asked for; the host of the URL, or the nearest domain above it
that some file names; the fingerprint of which the most patterns match, the first by name among equals. A URL of a host
that no file names says nothing, so its text is looked at as if it had none. Where no URL is given, an HTML page's own
(its canonical link, `og:url`) serves.

A family with a fingerprint of its own (the marks of reprints, the platform's name in a footer) joins every document
that shows it, beside the source or without one, unless what is there extends it anyway; the ids of the source's rules
replace the family's. A document that has families but no source bears the name of the family of which the most
patterns match.

Folders are asked from the last to the first, so a user's file for a source or a family replaces ours. A file that is
wrong is left aside, and the next folder is asked. Nothing is compiled but what a document needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from cleaner.document import Document
from cleaner.errors import OptionError, RuleError
from cleaner.sources.fingerprints import Fingerprints
from cleaner.sources.folders import DEFAULT, FAMILIES, Folder
from cleaner.sources.hosts import above, host_of
from cleaner.sources.index import state
from cleaner.sources.lines import Lines
from cleaner.sources.marks import Mark, own_address, telling_lines

if TYPE_CHECKING:  # most texts have no source, and need neither rules nor their format
    from cleaner.sources.inherit import Layout
    from cleaner.sources.rulefile import Loaded, Placed
    from cleaner.sources.ruleset import RuleSet

__all__ = ["DEFAULT", "Collection", "Source"]

NAMED = 12
"""Sources up to which all are named where one is not found: what still stands on a line or two."""


@dataclass(frozen=True, slots=True)
class Source:
    """A located source: its name, its own and inherited rules, compiled, and what they say of HTML."""

    name: str
    rules: RuleSet
    layouts: tuple[Layout, ...] = ()
    language: str | None = None


class Collection:
    """The rule files of some folders, `DEFAULT` among them for the shipped ones; later folders go first.

    Files of the folders that are given are all checked at once; of the shipped ones, those that are used. With
    `strict` all of both are checked, and the first error is raised; otherwise errors are listed in `problems`. Raises
    `OptionError` for a folder that does not exist.
    """

    def __init__(self, folders: Sequence[str | Path], *, strict: bool = False) -> None:
        self._folders = [Folder(place) for place in reversed(folders)]
        self._lock = RLock()
        self._made: dict[tuple[str | None, ...], Source | None] = {}
        self._late: list[RuleError] = []
        self._prints: dict[str, Fingerprints] = {}
        asked = [folder for folder, place in zip(self._folders, reversed(folders), strict=True) if place != DEFAULT]
        self._check_all(self._folders if strict else asked)
        if strict and self.problems:
            raise self.problems[0]

    @property
    def problems(self) -> tuple[RuleError, ...]:
        """Errors of the files that were left aside, by path."""
        errors = [*self._late, *(error for folder in self._folders for error in folder.problems.values())]
        by_text = {str(error): error for error in errors}
        return tuple(by_text[text] for text in sorted(by_text))

    def names(self) -> list[str]:
        """The sources, then the families (as "families/NAME"), each sorted."""
        names = {name for folder in self._folders for name in folder.names()}
        return sorted(names, key=lambda name: (name.startswith(FAMILIES), name))

    def file(self, name: str) -> Loaded:
        """The file of a source or family, this by its own name or as "families/NAME".

        Raises `OptionError` for an unknown name, `RuleError` for a wrong file.
        """
        with self._lock:
            loaded = self._file(name) or self._family(name)
        if loaded:
            return loaded
        for folder in self._folders:
            for each in (name, f"{FAMILIES}/{name}"):
                if each in folder.problems:
                    raise folder.problems[each]
        known = [each.removeprefix(f"{FAMILIES}/") for each in self.names()]
        from cleaner.sources.mistakes import nearest

        near = nearest(name, known, 3)
        if near:
            remedy = f"did you mean {' or '.join(near)}?"
        elif len(known) > NAMED:
            remedy = f"clean-rules list names the {len(known)} that there are"
        else:
            remedy = f"known are: {', '.join(known) or 'none'}"
        raise OptionError(f"there is no source {name!r}; {remedy}")

    def rules_of(self, name: str) -> tuple[Placed, ...]:
        """The rules of a source or family, own and inherited, strongest first. Raises as `file` does."""
        with self._lock:
            return self._resolve(self.file(name))

    def layouts_of(self, name: str) -> tuple[Layout, ...]:
        """The `[html]` of a source or family, own and inherited, strongest first. Raises as `file` does."""
        from cleaner.sources.inherit import layouts

        with self._lock:
            return layouts(self.file(name), self._family)

    def locate(self, document: Document, url: str | None, name: str | None) -> Source | None:
        """The source of a document, or None. Raises `OptionError` for an unknown name."""
        if not self._folders and not name:
            return None
        url = url or (own_address(document.page) if document.page else None)
        found = self.file(name).name if name else self._by_url(url) if url else None
        lines = Lines(document)
        attributes = telling_lines(document.page) if document.page else b""
        if found is None:
            found = next(iter(self._fingerprints("sources").matching(lines, attributes)), None)
        families = self._fingerprints("families").matching(lines, attributes)
        if found is None and not families:
            return None
        key = (found, *families)
        if key not in self._made:
            with self._lock:
                self._made[key] = self._make(found, families)
        return self._made[key]

    def _make(self, found: str | None, families: Sequence[str]) -> Source | None:
        from cleaner.sources.inherit import combine, lineage
        from cleaner.sources.ruleset import RuleSet

        try:
            own = self.rules_of(found) if found else ()
            extended = lineage(self.file(found), self._family) if found else set()
            for name in families:
                extended |= lineage(self.file(name), self._family) - {name}
            joined = [name for name in families if name not in extended]
            rules = combine(own, (placed for name in joined for placed in self.rules_of(name)))
            language = self.file(found).model.language if found else None
            return Source(found or families[0], RuleSet(rules), self._layouts(found, joined), language)
        except RuleError as error:
            self._late.append(error)
            return None

    def _layouts(self, found: str | None, joined: Sequence[str]) -> tuple[Layout, ...]:
        own = self.layouts_of(found) if found else ()
        shown = [layout for name in joined for layout in self.layouts_of(name)]
        known = {layout.origin for layout in own}
        return (*own, *(layout._replace(expected=False) for layout in shown if layout.origin not in known))

    def _check_all(self, folders: Sequence[Folder]) -> None:
        """Check the files of some folders, unless they were found sound in just this state of all of them."""
        if not folders:
            return
        now = state({f"{place}/{name}": stamp for folder in self._folders for place, name, stamp in folder.stamps()})
        for folder in folders:
            if not folder.was_sound(now):
                self._check(folder)
                folder.remember(sound=now)

    def _check(self, folder: Folder) -> None:
        folder.check()
        for name in folder.names():
            loaded = folder.file(name)
            try:
                if loaded:
                    self._resolve(loaded)
            except RuleError as error:
                folder.reject(name, error)

    def _file(self, name: str) -> Loaded | None:
        return next((loaded for folder in self._folders if (loaded := folder.file(name))), None)

    def _resolve(self, loaded: Loaded) -> tuple[Placed, ...]:
        from cleaner.sources.inherit import resolve

        known = [name.removeprefix("families/") for name in self.names() if name.startswith(FAMILIES)]
        return resolve(loaded, self._family, known)

    def _family(self, name: str) -> Loaded | None:
        return self._file(f"{FAMILIES}/{name}")

    def _by_url(self, url: str) -> str | None:
        """The source of a URL: a file named for the host is taken unopened, else an index of all hosts is asked."""
        host = host_of(url)
        if host is None:
            return None
        with self._lock:
            for domain in above(host):
                for folder in self._folders:
                    if folder.head(domain):
                        return domain
                    found = None if domain.startswith("www.") else folder.by_host().get(domain)
                    if found:
                        return found
        return None

    def _fingerprints(self, kind: str) -> Fingerprints:
        with self._lock:
            if kind not in self._prints:
                names = [name for name in self.names() if name.startswith(FAMILIES) == (kind == "families")]
                marks = [mark for name in names if (mark := self._mark(name)) and (mark.lines or mark.html)]
                self._prints[kind] = Fingerprints(marks, self._note_unsound)
                for folder in self._folders:
                    folder.remember()
            return self._prints[kind]

    def _mark(self, name: str) -> Mark | None:
        return next((mark for folder in self._folders if (mark := folder.mark(name))), None)

    def _note_unsound(self, mark: Mark) -> None:
        """Note why a fingerprint does not compile; that of a checked file does."""
        from cleaner.sources.rulefile import check_fingerprint

        try:
            check_fingerprint(self.file(mark.name))
        except RuleError as error:
            self._late.append(error)
