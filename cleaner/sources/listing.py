"""Which rule files a folder holds, by name, and where the shipped ones lie.

A source's file is named for it, `example.org.toml`; a family's lies in `families/`; `example.org.txt` is a site
configuration in the form of ftr-site-config, which a rule file of the same name replaces.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.errors import OptionError, RuleError
from cleaner.userfolders import config_folder

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from cleaner.sources.ftr import Converted

DEFAULT = "default"
"""Stands for the shipped rule files where a folder is asked for."""

OWN_RULES = "CLEAN_RULES"
"""The environment variable that lists folders of rules, as PATH lists folders of commands."""

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


def own_folders() -> list[Path]:
    """The folders of rules that the user keeps, weakest first: `rules` in the config folder, then those in CLEAN_RULES.

    Raises `OptionError` for a folder in CLEAN_RULES that does not exist.
    """
    kept = config_folder() / "rules"
    found = [kept] if kept.is_dir() else []
    for named in filter(None, os.environ.get(OWN_RULES, "").split(os.pathsep)):
        if not Path(named).is_dir():
            raise OptionError(f"{OWN_RULES} names {named!r}, which is no folder; mend the variable, or unset it")
        found.append(Path(named))
    return found


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


def ftr_text(file: Path | Traversable, name: str) -> str:
    text = read_ftr(file, name).text
    if not text:
        remedy = "see clean-rules import ftr; a rule file is called NAME.toml"
        raise RuleError(f"{file}:1", "nothing of the site configuration can be carried over", remedy)
    return text


def given(place: Path) -> Path:
    if not place.exists():
        raise OptionError(f"there is no folder of rules {str(place)!r}; give a folder that exists, or {DEFAULT!r}")
    return place


def listed(place: Path | Traversable) -> Iterator[tuple[str, Path | Traversable]]:
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
