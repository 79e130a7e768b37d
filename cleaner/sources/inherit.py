"""Inheritance: the rules of a file and of the families it extends.

A file's own rules come first, then those of its families in the order of `extends`, each family before the families it
extends itself. A rule replaces every inherited rule of its id, and `disable` switches inherited rules off by id. Two
families side by side do not replace each other's rules, even under one id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cleaner.sources.mistakes import nearest

if TYPE_CHECKING:
    from cleaner.sources.model import Html
    from cleaner.sources.rulefile import Loaded, Placed

Families: TypeAlias = "Callable[[str], Loaded | None]"
"""Gives the family of a name, or None where there is none. May raise `RuleError` for one that is wrong."""


class Layout(NamedTuple):
    """The `[html]` of one file.

    `versions` stand with the newest first, `gone` are the ids of its drops that do not hold here, `expected` tells
    whether a page that its body selectors do not fit deserves a warning.
    """

    origin: str
    versions: tuple[Html, ...]
    gone: frozenset[str] = frozenset()
    expected: bool = True


def layouts(loaded: Loaded, families: Families) -> tuple[Layout, ...]:
    """The `[html]` of a file that resolves, then those of the families it extends, each once."""
    found: dict[str, Layout] = {}
    for layout in _layouts(loaded, families, frozenset()):
        found.setdefault(layout.origin, layout)
    return tuple(layout for layout in found.values() if layout.versions)


def _layouts(loaded: Loaded, families: Families, gone: frozenset[str]) -> Iterator[Layout]:
    yield Layout(loaded.name, loaded.model.layouts, gone)
    below = gone | set(loaded.model.disable) | _ids(loaded)
    for name in loaded.model.extends:
        family = families(name)
        if family:
            yield from _layouts(family, families, below)


def _ids(loaded: Loaded) -> set[str]:
    """The ids in a file's `[html]`."""
    return {drop.id for version in loaded.model.layouts for drop in version.drops if drop.id}


def resolve(loaded: Loaded, families: Families, known: Sequence[str] = ()) -> tuple[Placed, ...]:
    """The rules that hold for a source or family, strongest first; `known` names the families, for remedies.

    Raises `RuleError` for an unknown family, for families that extend each other in a circle, and for an id in
    `disable` that no inherited rule has.
    """
    return tuple(_resolve(loaded, families, known, (loaded.name,)))


def _resolve(loaded: Loaded, families: Families, known: Sequence[str], above: tuple[str, ...]) -> list[Placed]:
    inherited: dict[str, Placed] = {}
    elements: set[str] = set()
    for index, name in enumerate(loaded.model.extends):
        place = f"$.extends[{index}]"
        family = families(name)
        if family is None:
            raise loaded.error(place, f"there is no family {name!r}", _remedy(name, known, "families"))
        if family.name in above:
            circle = " -> ".join((*above[above.index(family.name) :], family.name))
            raise loaded.error(place, f"families extend each other in a circle: {circle}", "take one `extends` out")
        for placed in _resolve(family, families, known, (*above, family.name)):
            inherited.setdefault(placed.name, placed)
        elements.update(*(_ids(each) for each in _line(family, families)))
    _check_disabled(loaded, {placed.rule.id for placed in inherited.values()} | elements)
    gone = {placed.rule.id for placed in loaded.rules} | set(loaded.model.disable)
    return [*loaded.rules, *(placed for placed in inherited.values() if placed.rule.id not in gone)]


def lineage(loaded: Loaded, families: Families) -> set[str]:
    """The names of a file that resolves and of all families it extends, directly or not."""
    return {each.name for each in _line(loaded, families)}


def _line(loaded: Loaded, families: Families) -> list[Loaded]:
    """A file that resolves, and all families it extends, directly or not, each once."""
    found: dict[str, Loaded] = {}
    ahead = [loaded]
    while ahead:
        each = ahead.pop()
        if each.name not in found:
            found[each.name] = each
            ahead.extend(family for name in each.model.extends if (family := families(name)))
    return list(found.values())


def _check_disabled(loaded: Loaded, inherited: Iterable[str]) -> None:
    ids = sorted(inherited)
    for index, name in enumerate(loaded.model.disable):
        if name not in ids:
            problem = f"`disable` names {name!r}, which no inherited rule is called"
            raise loaded.error(f"$.disable[{index}]", problem, _remedy(name, ids, "inherited rules"))


def _remedy(word: str, known: Sequence[str], what: str) -> str:
    near = nearest(word, known)
    if near:
        return f"write {near[0]!r}"
    return f"the {what} are: {', '.join(sorted(known))}" if known else f"there are no {what}; take it out"


def combine(own: Iterable[Placed], joined: Iterable[Placed]) -> tuple[Placed, ...]:
    """The rules of a source and of families that joined it by fingerprint: the source's ids replace theirs.

    A family that the source extends must not join it: what the source switched off would come back.
    """
    rules = {placed.name: placed for placed in own}
    ids = {placed.rule.id for placed in rules.values()}
    for placed in joined:
        if placed.rule.id not in ids:
            rules.setdefault(placed.name, placed)
    return tuple(rules.values())
