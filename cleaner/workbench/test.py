"""Run what rule files promise: each rule's hits and spares, then the fixtures. STUB of the signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

CaseKind = Literal["hit", "spare", "fixture"]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case. `where` is "file:line" or the fixture's path, `name` the source and rule id or the fixture's name.

    `detail` is empty for a case that passed, else says what came out instead, in a few lines.
    """

    where: str
    kind: CaseKind
    name: str
    text: str
    passed: bool
    detail: str = ""

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values, keys in a stable order."""
        return {
            "where": self.where,
            "kind": self.kind,
            "name": self.name,
            "text": self.text,
            "passed": self.passed,
            "detail": self.detail,
        }


def run_tests(folders: Sequence[str | Path], fixtures: Sequence[str | Path] = ()) -> list[CaseResult]:
    """Results of all hits, spares and fixtures of some rule folders.

    `fixtures` are folders of fixtures; when empty, a folder `fixtures` inside or beside each rule folder is taken if
    there is one. Raises `RuleError` for a rule file that is wrong.
    """
    return []
