"""A source as the cleaner sees it: its own rules and selectors and the inherited ones, strongest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from cleaner.sources.inherit import Layout
from cleaner.sources.layouts import stated
from cleaner.sources.locate import Collection
from cleaner.sources.rule import DropRule, Rule, patterns_of
from cleaner.sources.rulefile import Placed

TOLD_APART = frozenset({"id", "why", "category", "hits", "spares"})
"""Keys that a shown rule has a field for, or that say nothing of how it matches."""


@dataclass(frozen=True, slots=True)
class ShownRule:
    """One rule in force, or one selector of `[html]`. `origin` is "file:line", `owner` the source or family.

    `verb` is its table, of a selector the key as well, such as "html.drop". `pattern` is its first pattern or its
    selector, `conditions` are the other keys that are not at their default, as in the file.
    """

    id: str
    verb: str
    owner: str
    origin: str
    category: str | None
    pattern: str
    conditions: str
    why: str

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values, keys in a stable order."""
        return {
            "id": self.id,
            "verb": self.verb,
            "owner": self.owner,
            "origin": self.origin,
            "category": self.category,
            "pattern": self.pattern,
            "conditions": self.conditions,
            "why": self.why,
        }


def show(folders: Sequence[str | Path], source: str) -> list[ShownRule]:
    """The rules of one source or family after inheritance, then its selectors. Raises `OptionError` for no such one."""
    collection = Collection(folders)
    rules = [_shown(placed) for placed in collection.rules_of(source)]
    layouts = [_selectors(collection, layout) for layout in collection.layouts_of(source)]
    return [*rules, *chain.from_iterable(layouts)]


def _selectors(collection: Collection, layout: Layout) -> Iterator[ShownRule]:
    """What the `[html]` of one file says, the newest version first."""
    file = collection.file(layout.origin)
    for number, version in enumerate(layout.versions):
        table = f"$.html[{number}]" if isinstance(file.model.html, tuple) else "$.html"
        since = [f"since = {_toml(version.since)}"] if version.since else []
        judge = [f"inside = {_toml(version.inside)}"] if version.inside != "keep" else []
        for place, selector, mark in stated(layout, version):
            key = place.partition("[")[0]
            yield ShownRule(
                id=mark.by.rpartition("/")[2],
                verb=f"html.{key}",
                owner=layout.origin,
                origin=file.lines.place(f"{table}.{place}"),
                category=mark.category.value if mark.category else None,
                pattern=selector,
                conditions=", ".join([*since, *(judge if key == "body" else [])]),
                why=mark.why,
            )


@dataclass(frozen=True, slots=True)
class Listed:
    """One source or family: its file, what it extends, and how many rules it states itself and has in force."""

    name: str
    file: str
    language: str | None
    hosts: tuple[str, ...]
    extends: tuple[str, ...]
    own: int
    in_force: int
    fingerprint: bool
    html: bool

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values, keys in a stable order."""
        return asdict(self)


def overview(folders: Sequence[str | Path]) -> list[Listed]:
    """All sources, then all families. Raises `RuleError` for a file that is wrong."""
    collection = Collection(folders)
    for problem in collection.problems:
        raise problem
    return [_listed(collection, name) for name in collection.names()]


def _listed(collection: Collection, name: str) -> Listed:
    loaded = collection.file(name)
    model = loaded.model
    return Listed(
        name=name,
        file=loaded.path,
        language=model.language,
        hosts=model.hosts,
        extends=model.extends,
        own=len(loaded.rules),
        in_force=len(collection.rules_of(name)),
        fingerprint=model.fingerprint is not None,
        html=model.html is not None,
    )


def _shown(placed: Placed) -> ShownRule:
    rule = placed.rule
    key, pattern = next(iter(patterns_of(rule).items()))
    return ShownRule(
        id=rule.id,
        verb=rule.action,
        owner=placed.origin,
        origin=placed.where,
        category=rule.category.value if isinstance(rule, DropRule) else None,
        pattern=pattern,
        conditions=", ".join(_conditions(rule, key)),
        why=rule.why,
    )


def _conditions(rule: Rule, first: str) -> list[str]:
    said = []
    for each in msgspec.structs.fields(rule):
        value, key = getattr(rule, each.name), each.encode_name
        if key != first and key not in TOLD_APART and value != each.default:
            said.append(f"{key} = {_toml(value)}")
    return said


def _toml(value: object) -> str:
    """A value as rule files write it.

    >>> [_toml(False), _toml(0.3), _toml(r"^\\d+$")]
    ['false', '0.3', "'^\\\\d+$'"]
    """
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}'" if isinstance(value, str) else str(value)
