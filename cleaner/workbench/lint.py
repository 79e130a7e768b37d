"""Findings about rule files: what is wrong, and what is only doubtful. STUB of the signatures; the checks follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `where` is "file:line", `code` its kind, `rule` a rule's id or None, `remedy` what to do."""

    where: str
    code: str
    severity: Severity
    rule: str | None
    problem: str
    remedy: str

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values, keys in a stable order."""
        return {
            "where": self.where,
            "code": self.code,
            "severity": self.severity,
            "rule": self.rule,
            "problem": self.problem,
            "remedy": self.remedy,
        }


def lint(folders: Sequence[str | Path]) -> list[Finding]:
    """All findings in the rule files of some folders, in the order of file and line. Empty: nothing to say."""
    return []
