"""What `clean-rules` shows: findings, results of cases, the rules of a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from cleaner.show.record import line
from cleaner.show.terminal import Palette
from cleaner.workbench.lint import Finding
from cleaner.workbench.show import ShownRule
from cleaner.workbench.test import CaseResult


class Row(Protocol):
    """Anything that can become a JSON object."""

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values, keys in a stable order."""


def as_json(rows: Iterable[Row]) -> str:
    """One JSON object a line."""
    return "".join(line(row.to_dict()) for row in rows)


def findings(found: Sequence[Finding], marks: Palette) -> str:
    """Each finding with its place, code, problem and remedy; then the count."""
    (bold, normal), (faint, end_faint) = marks.head, marks.faint
    lines = []
    for finding in found:
        rule = f" rule {finding.rule}:" if finding.rule else ""
        lines.append(f"{bold}{finding.where}: {finding.severity}{normal} [{finding.code}]{rule} {finding.problem}")
        lines.append(f"    {faint}{finding.remedy}{end_faint}")
    counts = Counter(finding.severity for finding in found)
    lines.append(", ".join([_count(counts["error"], "error"), _count(counts["warning"], "warning")]))
    return "\n".join(lines) + "\n"


def cases(results: Sequence[CaseResult], marks: Palette) -> str:
    """Each case that failed, with what came out instead; then the counts by kind."""
    if not results:
        return "no hits, spares or fixtures found: nothing was tested\n"
    bold, normal = marks.head
    lines = []
    for result in results:
        if not result.passed:
            lines.append(f"{bold}{result.where}: {result.kind} failed{normal} {result.name}: {result.text}")
            lines.extend(f"    {detail}" for detail in result.detail.splitlines())
    kinds = Counter(result.kind for result in results)
    failed = sum(not result.passed for result in results)
    by_kind = ", ".join(_count(number, kind) for kind, number in sorted(kinds.items()))
    lines.append(f"{len(results) - failed} passed, {failed} failed ({by_kind})")
    return "\n".join(lines) + "\n"


def rules(shown: Sequence[ShownRule], marks: Palette) -> str:
    """Each rule in force: its id, table, category, pattern, why, and which file states it."""
    (bold, normal), (faint, end_faint) = marks.head, marks.faint
    lines = []
    for rule in shown:
        category = f" {rule.category}" if rule.category else ""
        lines.append(f"{bold}{rule.owner}/{rule.id}{normal}  {rule.verb}{category}  {rule.origin}")
        lines.extend(f"    {text}" for text in (rule.pattern, rule.conditions) if text)
        if rule.why:
            lines.append(f"    {faint}{rule.why}{end_faint}")
    lines.append(_count(len(shown), "rule"))
    return "\n".join(lines) + "\n"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
