"""What lint finds: the row, and how the checks make one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from cleaner.errors import RuleError
from cleaner.sources.rulefile import Placed

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


def invalid(error: RuleError) -> Finding:
    """An error as a finding."""
    return Finding(error.where, "invalid", "error", error.rule, error.problem, error.remedy)


def warning(placed: Placed, code: str, problem: str, remedy: str) -> Finding:
    """A doubt about a rule."""
    return Finding(placed.where, code, "warning", placed.rule.id, problem, remedy)


def doubt(where: str, code: str, problem: str, remedy: str) -> Finding:
    """A doubt about a place that is no rule."""
    return Finding(where, code, "warning", None, problem, remedy)
