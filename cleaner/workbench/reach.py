"""Rules and files that never speak, because others speak first, or because nothing brings them into force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import msgspec

from cleaner.document import Document
from cleaner.errors import RuleError
from cleaner.sources.examples import check_examples
from cleaner.sources.folders import FAMILIES
from cleaner.sources.inherit import lineage
from cleaner.sources.locate import Collection
from cleaner.sources.matching import apply_rules, split_points
from cleaner.sources.rule import DropRule, Split, patterns_of
from cleaner.sources.rulefile import Loaded, Placed
from cleaner.sources.ruleset import RuleSet
from cleaner.workbench.finding import Finding, doubt, invalid, warning


class Force:
    """What is in force in a collection, asked by file."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    def findings(self, loaded: Loaded) -> Iterator[Finding]:
        """What is doubtful about a file among the others."""
        try:
            other = self._collection.file(loaded.name).path
            rules = self._collection.rules_of(loaded.name)
        except RuleError as error:
            yield invalid(error)
            return
        if other != loaded.path:
            yield doubt(f"{loaded.path}:1", "replaced", f"{other} replaces the whole file", "take one of them out")
            return
        twice = list(_said_twice(loaded, rules))
        for placed, twin in twice:
            problem, remedy = f"{twin.name} ({twin.where}) says the same", "take one of them out"
            yield warning(placed, "same-rule", problem, remedy)
        yield from _shadowed(loaded, rules, {each.name for pair in twice for each in pair})
        yield from self._shared_fingerprint(loaded)
        if loaded.name.startswith(FAMILIES) and not loaded.model.fingerprint:
            yield from self._unreached(loaded)

    @cached_property
    def _others(self) -> list[Loaded]:
        """All files that are not wrong."""
        found = []
        for name in self._collection.names():
            try:
                found.append(self._collection.file(name))
            except RuleError:  # a finding of its own folder
                continue
        return found

    @cached_property
    def _heirs(self) -> dict[str, list[frozenset[str]]]:
        """For each family, the names of all rules in force in each source that it reaches."""
        heirs: dict[str, list[frozenset[str]]] = {}
        families = {each.name: each for each in self._others if each.name.startswith(FAMILIES)}
        for each in self._others:
            try:
                rules = frozenset(placed.name for placed in self._collection.rules_of(each.name))
            except RuleError:
                continue
            if each.name not in families or each.model.fingerprint:
                for family in lineage(each, lambda name: families.get(f"{FAMILIES}/{name}")) - {each.name}:
                    heirs.setdefault(family, []).append(rules)
        return heirs

    def _unreached(self, loaded: Loaded) -> Iterator[Finding]:
        """A family without a fingerprint is in force only through others."""
        reached = self._heirs.get(loaded.name)
        if reached is None:
            problem = "nothing extends the family, and it has no fingerprint"
            remedy = f'write extends = ["{loaded.model.family}"] in a source, or give it a [fingerprint]'
            yield doubt(f"{loaded.path}:1", "unused-family", problem, remedy)
            return
        for placed in loaded.rules:
            if not any(placed.name in rules for rules in reached):
                problem = "every source of the family replaces the rule or switches it off"
                yield warning(placed, "unreachable", problem, "take it out")

    def _shared_fingerprint(self, loaded: Loaded) -> Iterator[Finding]:
        own = loaded.model.fingerprint
        for other in self._others if own else ():
            theirs = other.model.fingerprint
            if other.name == loaded.name or theirs is None or own is None:
                continue
            if len(set(own.lines) & set(theirs.lines)) >= own.min:
                problem = f"{other.name} has the lines of this fingerprint too: {other.path}"
                remedy = "take lines that hold the source's name, or raise `min`"
                yield doubt(loaded.lines.place("$.fingerprint"), "shared-fingerprint", problem, remedy)


def _said_twice(loaded: Loaded, rules: tuple[Placed, ...]) -> Iterator[tuple[Placed, Placed]]:
    """Each of the file's rules that another in force repeats, and that other."""
    seen: dict[tuple[Any, ...], Placed] = {}
    for placed in reversed(rules):
        key = (placed.rule.action, placed.rule.where, *patterns_of(placed.rule).items())
        other = seen.setdefault(key, placed)
        if other is not placed and placed.origin == loaded.name:
            yield placed, other


def _shadowed(loaded: Loaded, rules: tuple[Placed, ...], known: set[str]) -> Iterator[Finding]:
    """Rules of which other rules in force claim every hit first."""
    doubtful = [each for each in loaded.rules if each.rule.hits and not isinstance(each.rule, Split)]
    lifted = RuleSet([_without_cap(each) for each in rules])
    for placed in doubtful:
        claims = Counter(name for hit in placed.rule.hits for name in _deciders(lifted, hit))
        if placed.name in claims or placed.name in known or _fails_alone(placed):
            continue
        if claims:
            problem = f"{claims.most_common(1)[0][0]} claims all its hits first"
            yield warning(placed, "shadowed", problem, "take one of them out, or make the other narrower")
        else:
            problem = "a split rule divides its hits, and it matches none of the parts"
            yield warning(placed, "unreachable", problem, "match the parts as lines of their own")


def _without_cap(placed: Placed) -> Placed:
    if not isinstance(placed.rule, DropRule):
        return placed
    return placed._replace(rule=msgspec.structs.replace(placed.rule, at_most=1.0))


def _deciders(rules: RuleSet, hit: str) -> set[str]:
    document = Document.from_text(hit)
    document = document.split(split_points(rules, document))
    return {decision.by for decision in apply_rules(rules, document).decisions}


def _fails_alone(placed: Placed) -> bool:
    """Whether `clean-rules test` has more to say of it than lint."""
    return bool(check_examples(placed._replace(rule=msgspec.structs.replace(placed.rule, spares=()))))
