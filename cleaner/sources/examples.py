"""What a rule promises: texts it must touch, texts it must leave alone."""

from __future__ import annotations

import msgspec

from cleaner.document import Document
from cleaner.errors import RuleError
from cleaner.sources.matching import apply_rules, split_points
from cleaner.sources.rule import DropRule
from cleaner.sources.rulefile import Placed
from cleaner.sources.ruleset import RuleSet


def check_examples(placed: Placed) -> list[RuleError]:
    """What is wrong with a rule's `hits` and `spares`: hits it leaves alone, spares it touches.

    Each example is a document of its own; a rule touches it when it decides on any part of it. Caps do not count.
    """
    rule = placed.rule
    if isinstance(rule, DropRule):
        rule = msgspec.structs.replace(rule, at_most=1.0)
    rules = RuleSet([placed._replace(rule=rule)])
    problems = []
    for text in rule.hits:
        if not _touches(rules, text):
            remedy = "mend the pattern or the example"
            problems.append(RuleError(placed.where, f"the rule leaves its hit alone: {text!r}", remedy, rule.id))
    for text in rule.spares:
        if _touches(rules, text):
            remedy = "make the pattern narrower, or take the example out"
            problems.append(RuleError(placed.where, f"the rule touches what it must spare: {text!r}", remedy, rule.id))
    return problems


def _touches(rules: RuleSet, text: str) -> bool:
    document = Document.from_text(text)
    return bool(split_points(rules, document) or apply_rules(rules, document).decisions)
