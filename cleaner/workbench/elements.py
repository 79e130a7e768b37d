"""Candidates for `[html]`: the element that holds the body on all pages, and elements inside it that hold none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from cleaner.sources.selectors import compile_selector
from cleaner.workbench.samples import Sample

HOLDS = 0.85
"""Share of the body's characters that an element must hold, on every page, to count as the body."""

ALIEN = 20
"""Characters at least that an element to drop holds on a page, none of which are body."""

MOST = 12
"""Elements to drop that are offered, those that hold the most characters first."""

_NAME = re.compile(r"^[a-zA-Z_][\w-]*$")
_STYLING = re.compile(
    r"^(?:flex|grid|block|hidden|relative|absolute|sticky|clickable|"
    r"(?:-?[mpwhz][trblxy]?|gap|bg|font|items|justify|self|col|order|max|rounded|leading|space|inset|cursor)-.*)$"
)
"""Classes that say how an element looks: others of the page have them too, and the next design has not."""

_NUMBER = re.compile(r"[0-9]{3,}")
_SKIPPED = ("script", "style", "noscript", "template", "head", "svg")


class Candidates(NamedTuple):
    """Selectors of the body and of what goes in it."""

    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


class _Measured(NamedTuple):
    """What a selector finds on one page: characters in all, and those of the body."""

    all: int
    kept: int


def candidates(pages: Sequence[Sample]) -> Candidates:
    """Selectors by class and id that fit every page which is HTML; none where fewer than two are.

    The body is what stays of one page and of no other.
    """
    marked = [page for page in pages if page.markup]
    counts = Counter(line for page in marked for line in page.kept())
    trees = [(_tree(page.markup or ""), {line for line in page.kept() if counts[line] == 1}) for page in marked]
    if len(trees) < 2:
        return Candidates()
    measured = [_measure(tree, kept) for tree, kept in trees]
    whole = [found["*"].kept for found in measured]
    everywhere = set.intersection(*(set(counts) for counts in measured)) - {"*"}
    holding = [
        name
        for name in everywhere
        if all(found[name].kept >= HOLDS * kept > 0 for found, kept in zip(measured, whole, strict=True))
    ]
    if not holding:
        return Candidates()
    body = min(holding, key=lambda name: (sum(found[name].all for found in measured), len(name), name))
    return Candidates((body,), tuple(_alien(body, trees)))


def _tree(markup: str) -> Any:
    from lxml import html  # heavy: only for pages

    return html.document_fromstring(markup.encode("utf-8", "replace"), html.HTMLParser(encoding="utf-8"))


def _measure(tree: Any, kept: set[str]) -> dict[str, _Measured]:
    """The characters that each selector's elements hold."""
    counts: dict[str, list[int]] = {"*": [0, 0]}
    for element in _walk(tree):
        size, body = _own(element, kept)
        if not size:
            continue
        names = {name for each in (element, *element.iterancestors()) for name in _names(each)} | {"*"}
        for name in names:
            count = counts.setdefault(name, [0, 0])
            count[0] += size
            count[1] += body
    return {name: _Measured(*count) for name, count in counts.items()}


def _walk(tree: Any) -> Iterator[Any]:
    """The elements that have text of their own, outermost first, nothing inside them again."""
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            continue
        direct = [element.text or "", *(child.tail or "" for child in element)]
        if any(text.strip() for text in direct):
            yield element
        else:
            waiting.extend(reversed(element))


def _own(element: Any, kept: set[str]) -> tuple[int, int]:
    """Characters of an element's lines, and of those of them that are body."""
    lines = [" ".join(line.split()) for line in element.text_content().splitlines()]
    whole = " ".join(" ".join(lines).split())
    if whole in kept:
        return len(whole), len(whole)
    return len(whole), sum(len(line) for line in lines if line in kept)


def _names(element: Any) -> list[str]:
    """Selectors of one element that other pages may share: by id, by each class, by the name of telling elements."""
    if not isinstance(element.tag, str):
        return []
    tag = element.tag
    found = [f"{tag}.{name}" for name in (element.get("class") or "").split() if _lasting(name)]
    name = element.get("id") or ""
    if _lasting(name):
        found.append(f"#{name}")
    return [*found, tag] if tag in {"article", "main", "aside"} else found


def _lasting(name: str) -> bool:
    """Whether a name is more than a look, and no number of one page's.

    >>> [_lasting(name) for name in ("story-body", "post-18342", "mt-4", "")]
    [True, False, False, False]
    """
    return bool(_NAME.match(name)) and not _NUMBER.search(name) and not _STYLING.match(name)


def _alien(body: str, trees: Sequence[tuple[Any, set[str]]]) -> Iterator[str]:
    """Selectors inside the body that hold no body on any page, and something on two; none inside another."""
    holds: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    mixed: set[str] = set()
    for tree, kept in trees:
        for element in _found(body, tree):
            counts = _measure(element, kept)
            mixed |= {name for name, count in counts.items() if count.kept}
            alien = {name: count.all for name, count in counts.items() if count.all >= ALIEN and not count.kept}
            holds.update(alien)
            seen.update(alien.keys())
    wanted = [name for name in holds if seen[name] > 1 and name not in mixed and name != "*"]
    ranked = sorted(wanted, key=lambda name: (-holds[name], len(name), name))
    chosen: list[str] = []
    for name in ranked:
        if len(chosen) < MOST and not any(_covered(name, chosen, tree) for tree, _ in trees):
            chosen.append(name)
    yield from sorted(chosen)


def _covered(name: str, chosen: Sequence[str], tree: Any) -> bool:
    """Whether every element of a selector stands inside one of those chosen, or is one."""
    around = {element for each in chosen for element in _found(each, tree)}
    found = _found(name, tree)
    return bool(found) and all(any(up in around for up in (each, *each.iterancestors())) for each in found)


def _found(selector: str, tree: Any) -> list[Any]:
    return list(compile_selector(selector, "", "drop")(tree))
