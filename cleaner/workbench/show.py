"""A source as the cleaner sees it: its own rules and the inherited ones. STUB of the signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class ShownRule:
    """One rule in force. `origin` is "file:line", `owner` the source or family that states it, `verb` its table."""

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
    """The rules of one source or family after inheritance. Raises `OptionError` for an unknown name."""
    return []
