"""Findings about rule files: errors, which must be mended, and warnings, which are only doubtful.

| code | severity | what it says |
|---|---|---|
| invalid | error | the file, a pattern, a selector or what it inherits is wrong |
| broad-pattern | warning | the rule or fingerprint touches ordinary text |
| broad-selector | warning | a `drop` selector takes an ordinary article's elements |
| no-files | warning | the folder holds no rule files |
| no-hits, no-spares | warning | the rule has no example |
| replaced | warning | a later folder has a file of the same name |
| same-rule | warning | another rule in force says the same |
| shadowed | warning | other rules in force claim all hits of the rule first |
| shared-fingerprint | warning | another file shows the same fingerprint |
| unreachable | warning | no text brings the rule into force |
| unsorted | warning | the rule does not stand in its place |
| unused-family | warning | nothing extends the family, and it has no fingerprint |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from cleaner.sources.folders import DEFAULT, Folder
from cleaner.sources.locate import Collection
from cleaner.sources.rulefile import Loaded, Placed
from cleaner.sources.selectors import selector_problems
from cleaner.workbench.breadth import broad_fingerprint, broad_rules, broad_selectors
from cleaner.workbench.finding import Finding, doubt, invalid, warning
from cleaner.workbench.places import Place, places
from cleaner.workbench.reach import Force

__all__ = ["Finding", "lint"]


def lint(given: Sequence[str | Path]) -> list[Finding]:
    """All findings in some folders or single rule files, in the order of file and line. Empty: nothing to say.

    Inheritance is looked up in these folders and in the shipped one. Raises `OptionError` for a missing folder.
    """
    asked = places(given)
    force = Force(Collection([DEFAULT, *(place.home for place in asked if place.home != DEFAULT)]))
    return sorted((finding for place in asked for finding in _in_place(place, force)), key=_position)


def _in_place(place: Place, force: Force) -> Iterator[Finding]:
    folder = Folder(place.home)
    folder.check()
    yield from (invalid(error) for name, error in folder.problems.items() if not place.only or name in place.only)
    if not (folder.names() or folder.problems):
        remedy = "name the file of a source for its domain, example.org.toml, and put it into this folder"
        yield doubt(f"{place.home}:1", "no-files", "the folder holds no rule files", remedy)
    for loaded in place.files(folder):
        yield from (invalid(error) for error in selector_problems(loaded))
        for check in (_examples, _order, broad_rules, broad_fingerprint, broad_selectors, force.findings):
            yield from check(loaded)


def _position(finding: Finding) -> tuple[str, int]:
    file, _, line = finding.where.rpartition(":")
    return file, int(line)


def _order(loaded: Loaded) -> Iterator[Finding]:
    in_order = sorted(loaded.rules, key=lambda placed: int(placed.where.rpartition(":")[2]))
    for before, placed in pairwise(in_order):
        if _sorting(before) > _sorting(placed):
            remedy = "sort the tables by name, and the rules of a table by id"
            yield warning(placed, "unsorted", f"it stands below {before.rule.id!r}", remedy)


def _sorting(placed: Placed) -> tuple[str, str]:
    return placed.rule.action, placed.rule.id


def _examples(loaded: Loaded) -> Iterator[Finding]:
    for placed in loaded.rules:
        if not placed.rule.hits:
            remedy = 'add hits = ["…"], texts that it must touch'
            yield warning(placed, "no-hits", "the rule has no hits", remedy)
        if not placed.rule.spares:
            remedy = 'add spares = ["…"], texts that look alike and are to stay'
            yield warning(placed, "no-spares", "the rule has no spares", remedy)
