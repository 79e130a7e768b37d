"""What `clean-rules` shows: findings, results of cases, the rules of a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from cleaner.show.record import line
from cleaner.show.terminal import Palette
from cleaner.workbench.finding import Finding
from cleaner.workbench.new import Draft
from cleaner.workbench.show import Listed, ShownRule
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
    """A table of the cases that failed, then each with what came out instead; then the counts by kind."""
    if not results:
        return "no hits, spares or fixtures found: nothing was tested\n"
    failed = [result for result in results if not result.passed]
    lines = []
    if failed:
        rows = [(str(number), each.kind, each.name, each.where) for number, each in enumerate(failed, 1)]
        lines += [*table(("", "failed", "rule or fixture", "where"), rows, marks), ""]
        for number, each in enumerate(failed, 1):
            lines += [*_case(number, each, marks), ""]
    kinds = Counter(result.kind for result in results)
    by_kind = ", ".join(_count(number, kind) for kind, number in sorted(kinds.items()))
    lines.append(f"{len(results) - len(failed)} passed, {len(failed)} failed ({by_kind})")
    return "\n".join(lines) + "\n"


def _case(number: int, result: CaseResult, marks: Palette) -> list[str]:
    bold, normal = marks.head
    text = f": {result.text!r}" if result.text else ""
    head = f"{bold}{number} {result.kind} failed{normal} {result.name}{text}"
    return [head, *(f"    {_tinted(line, marks)}" for line in result.detail.splitlines())]


def _tinted(line: str, marks: Palette) -> str:
    """A line of a diff: what is missing struck out where there is colour, heads of hunks faint."""
    if line.startswith("@@"):
        return f"{marks.faint[0]}{line}{marks.faint[1]}"
    if line.startswith("+") and marks.head[0]:
        return f"{marks.head[0]}{line}{marks.head[1]}"
    return line


def drafted(made: Draft, written: Sequence[Path]) -> str:
    """The files of a draft, what was left aside, and what to do next."""
    rules, *fixtures = written
    lines = [f"{rules}: {_count(made.rules.count(chr(10) + '[['), 'rule')}, a draft; its first lines say what to check"]
    lines += [f"{fixture}: write it anew" for fixture in fixtures]
    lines += [f"note: {note}" for note in made.notes]
    lines.append(f"next: clean-rules lint {rules} && clean-rules test {rules}")
    return "\n".join(lines) + "\n"


def sources(listed: Sequence[Listed], marks: Palette) -> str:
    """A table of sources and families; then their count."""
    rows = [
        (
            each.name,
            each.language or "",
            str(each.own),
            str(each.in_force),
            ", ".join(name for name, there in (("text", each.fingerprint), ("html", each.html)) if there),
            ", ".join(each.extends),
        )
        for each in listed
    ]
    lines = table(("name", "language", "rules", "in force", "has", "extends"), rows, marks)
    families = sum(each.name.startswith("families/") for each in listed)
    count = f"{_count(len(listed) - families, 'source')}, {families} {'family' if families == 1 else 'families'}"
    return "\n".join([*lines, count]) + "\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], marks: Palette) -> list[str]:
    """The lines of a table, each column as wide as its widest cell; columns of numbers stand to the right.

    >>> table(("name", "hits"), [("bell", "4"), ("newsletter", "12")], Palette(dropped=("", "")))
    ['name        hits', 'bell           4', 'newsletter    12']
    """
    columns = list(zip(head, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    right = [all(cell.replace(",", "").isdecimal() for cell in column[1:]) for column in columns]
    lines = [
        "  ".join(
            cell.rjust(width) if numbers else cell.ljust(width)
            for cell, width, numbers in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in (head, *rows)
    ]
    return [f"{marks.head[0]}{lines[0]}{marks.head[1]}", *lines[1:]]


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
