"""The name of a block that goes."""

from __future__ import annotations

from typing import NamedTuple

from cleaner.document import Category


class Name(NamedTuple):
    """A category, the heuristic that gave it, and why."""

    category: Category
    heuristic: str
    why: str
