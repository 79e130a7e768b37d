"""Apply compiled rules to a document. STUB: to be written by the rules helper."""

from typing import Any

from cleaner.document import Decision, Document


def split_points(rules: Any, document: Document) -> list[int]:
    """Offsets at which `split` rules divide glued lines."""
    return []


def apply_rules(rules: Any, document: Document) -> list[Decision]:
    """The decisions of the rules, without overlap."""
    return []
