"""Rules, fingerprints and selectors that match too much: they touch what ordinary articles have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from cleaner.document import Document
from cleaner.errors import RuleError
from cleaner.sources.matching import apply_rules, split_points
from cleaner.sources.patterns import PatternSet, multiline
from cleaner.sources.rule import DropRule
from cleaner.sources.rulefile import Loaded, Placed
from cleaner.sources.ruleset import RuleSet
from cleaner.sources.selectors import compile_selector, selectors_of
from cleaner.workbench.finding import Finding, doubt, warning
from cleaner.workbench.ordinary import ORDINARY, PAGE

BROAD = 3
"""Ordinary lines that a rule may touch, less one. A label such as "Summary" is honestly some article's subheading."""


def broad_rules(loaded: Loaded) -> Iterator[Finding]:
    """Rules that touch ordinary lines."""
    for placed in loaded.rules:
        touched = _touched_lines(placed)
        if len(touched) >= BROAD:
            problem = f"the rule touches {len(touched)} of {len(ORDINARY)} ordinary lines, such as {touched[0]!r}"
            yield warning(placed, "broad-pattern", problem, "anchor it with ^ and $, or add `next`, `previous`")


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


def broad_fingerprint(loaded: Loaded) -> Iterator[Finding]:
    """A fingerprint that ordinary lines show."""
    patterns = loaded.model.fingerprint.lines if loaded.model.fingerprint else ()
    found = PatternSet([multiline(pattern) for pattern in patterns]).matching("\n".join(ORDINARY).encode())
    for index in found:
        problem = f"the fingerprint {patterns[index]!r} matches ordinary lines"
        remedy = "take a line that holds the source's name, and anchor it with ^ and $"
        yield doubt(loaded.lines.place(f"$.fingerprint.lines[{index}]"), "broad-pattern", problem, remedy)


def broad_selectors(loaded: Loaded) -> Iterator[Finding]:
    """Selectors of `drop` that take an article's own elements on an ordinary page; malformed ones are passed over."""
    from lxml import html  # heavy: only for pages

    wanted = [each for each in selectors_of(loaded) if each[0] == "drop"]
    page = html.document_fromstring(PAGE) if wanted else None
    for key, selector, where in wanted:
        try:
            found = compile_selector(selector, where, key)(page)
        except RuleError:
            continue
        hit = next((each for each in found if getattr(each, "tag", None) is not None), None)
        if hit is not None:
            problem = f"the selector {selector!r} of `drop` takes <{hit.tag}> of an ordinary article"
            yield doubt(where, "broad-selector", problem, "name a class or an id that only the boilerplate has")
