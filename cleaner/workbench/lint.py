"""Findings about rule files: errors, for which a file is left aside, and warnings, which are only doubtful.

| code | severity | what it says |
|---|---|---|
| invalid | error | the file, a pattern or what it inherits is wrong |
| broad-pattern | warning | the rule touches ordinary text |
| no-files | warning | the folder holds no rule files |
| no-hits, no-spares | warning | the rule has no example |
| same-rule | warning | another rule in force says the same |
| unsorted | warning | the rule does not stand in its place |
| unused-family | warning | nothing extends the family, and it has no fingerprint |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import msgspec

from cleaner.document import Document
from cleaner.errors import RuleError
from cleaner.sources.folders import DEFAULT, FAMILIES, Folder
from cleaner.sources.locate import Collection
from cleaner.sources.matching import apply_rules, split_points
from cleaner.sources.model import DropRule, patterns_of
from cleaner.sources.rulefile import Loaded, Placed
from cleaner.sources.ruleset import RuleSet
from cleaner.workbench.ordinary import ORDINARY

Severity = Literal["error", "warning"]

BROAD = 3
"""Ordinary lines that a rule may touch, less one. A label such as "Summary" is honestly some article's subheading."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `where` is "file:line", `code` its kind, `rule` a rule's id or None, `remedy` what to do."""

    where: str
    code: str
    severity: Severity
    rule: str | None
    problem: str
    remedy: str

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values, keys in a stable order."""
        return {
            "where": self.where,
            "code": self.code,
            "severity": self.severity,
            "rule": self.rule,
            "problem": self.problem,
            "remedy": self.remedy,
        }


def lint(folders: Sequence[str | Path]) -> list[Finding]:
    """All findings in the rule files of some folders, in the order of file and line. Empty: nothing to say.

    Inheritance is looked up in these folders and in the shipped one. Raises `OptionError` for a missing folder.
    """
    collection = Collection([DEFAULT, *(place for place in folders if place != DEFAULT)])
    found: list[Finding] = []
    for place in folders:
        folder = Folder(place)
        folder.check()
        found.extend(_invalid(error) for error in folder.problems.values())
        if not (folder.names() or folder.problems):
            remedy = "name the file of a source for its domain, example.org.toml, and put it into this folder"
            found.append(Finding(f"{place}:1", "no-files", "warning", None, "the folder holds no rule files", remedy))
        for name in folder.names():
            loaded = folder.file(name)
            if loaded:
                found.extend(_in_file(loaded))
                found.extend(_in_force(loaded, collection))
    return sorted(found, key=_position)


def _position(finding: Finding) -> tuple[str, int]:
    file, _, line = finding.where.rpartition(":")
    return file, int(line)


def _invalid(error: RuleError) -> Finding:
    return Finding(error.where, "invalid", "error", error.rule, error.problem, error.remedy)


def _warning(placed: Placed, code: str, problem: str, remedy: str) -> Finding:
    return Finding(placed.where, code, "warning", placed.rule.id, problem, remedy)


def _in_file(loaded: Loaded) -> Iterator[Finding]:
    """What is doubtful about single rules, and their order."""
    for placed in loaded.rules:
        yield from _examples(placed)
        yield from _breadth(placed)
    in_order = sorted(loaded.rules, key=lambda placed: int(placed.where.rpartition(":")[2]))
    for before, placed in pairwise(in_order):
        if _sorting(before) > _sorting(placed):
            problem = f"it stands below {before.rule.id!r}"
            remedy = "sort the tables by name, and the rules of a table by id"
            yield _warning(placed, "unsorted", problem, remedy)


def _sorting(placed: Placed) -> tuple[str, str]:
    return placed.rule.action, placed.rule.id


def _examples(placed: Placed) -> Iterator[Finding]:
    if not placed.rule.hits:
        yield _warning(placed, "no-hits", "the rule has no hits", 'add hits = ["…"], texts that it must touch')
    if not placed.rule.spares:
        remedy = 'add spares = ["…"], texts that look alike and are to stay'
        yield _warning(placed, "no-spares", "the rule has no spares", remedy)


def _breadth(placed: Placed) -> Iterator[Finding]:
    touched = _touched_lines(placed)
    if len(touched) >= BROAD:
        problem = f"the rule touches {len(touched)} of {len(ORDINARY)} ordinary lines, such as {touched[0]!r}"
        yield _warning(placed, "broad-pattern", problem, "anchor it with ^ and $, or add `next`, `previous`")


def _touched_lines(placed: Placed) -> list[str]:
    """The ordinary lines that a rule decides on or divides, wherever they stand and whatever its cap."""
    changed: dict[str, Any] = {"where": "anywhere"}
    if isinstance(placed.rule, DropRule):
        changed["at_most"] = 1.0
    rules = RuleSet([placed._replace(rule=msgspec.structs.replace(placed.rule, **changed))])
    document = Document.from_text("\n".join(ORDINARY))
    points = [*split_points(rules, document), *(each.start for each in apply_rules(rules, document).decisions)]
    touched = {
        index
        for index, (start, end) in enumerate(zip(document.starts, document.ends, strict=True))
        if any(start <= point < end for point in points)
    }
    return [document.block(index) for index in sorted(touched)]


def _in_force(loaded: Loaded, collection: Collection) -> Iterator[Finding]:
    """What is doubtful about a file among the others."""
    try:
        rules = collection.rules_of(loaded.name)
    except RuleError as error:
        yield _invalid(error)
        return
    seen: dict[tuple[Any, ...], Placed] = {}
    for placed in reversed(rules):
        key = (placed.rule.action, placed.rule.where, *patterns_of(placed.rule).items())
        other = seen.setdefault(key, placed)
        if other is not placed and placed.origin == loaded.name:
            remedy = "take one of them out"
            yield _warning(placed, "same-rule", f"{other.name} ({other.where}) says the same", remedy)
    if loaded.name.startswith(FAMILIES) and not loaded.model.fingerprint and not _extended(loaded, collection):
        problem = "nothing extends the family, and it has no fingerprint"
        remedy = f'write extends = ["{loaded.model.family}"] in a source, or give it a [fingerprint]'
        yield Finding(f"{loaded.path}:1", "unused-family", "warning", None, problem, remedy)


def _extended(loaded: Loaded, collection: Collection) -> bool:
    return any(loaded.model.family in collection.file(name).model.extends for name in collection.names())
