"""What `clean-rules` shows: findings, results of cases, the rules of a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from cleaner.show.record import line
from cleaner.show.terminal import Palette
from cleaner.workbench.finding import Finding
from cleaner.workbench.ftr import Imported
from cleaner.workbench.new import Draft
from cleaner.workbench.show import Listed, ShownRule
from cleaner.workbench.stats import Stats
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


def statistics(stats: Stats, marks: Palette) -> str:
    """A table of the rules, those that broke down first, those that never fire last; then the counts."""
    order = {"broke-down": 0, "fires": 1, "never-fires": 2}
    ranked = sorted(stats.rules, key=lambda row: (order[row.state], -row.counts.characters, row.rule))
    compared = any(row.before for row in ranked)
    rows = [
        (
            row.rule,
            f"{row.counts.hits:,}",
            f"{row.counts.characters:,}",
            f"{row.counts.pages:,}",
            f"{row.counts.of:,}",
            f"{100 * row.counts.rate:.0f}%",
            *((f"{100 * row.before.rate:.0f}%" if row.before else "-",) if compared else ()),
            "" if row.state == "fires" else row.state,
        )
        for row in ranked
    ]
    head = ("rule", "hits", "characters", "pages", "of", "rate", *(("before",) if compared else ()), "")
    lines = table(head, rows, marks) if rows else []
    states = Counter(row.state for row in ranked)
    lines.append(
        f"{_count(stats.pages, 'page')}, {_count(len(ranked), 'rule')} in force: {states['never-fires']} never fire, "
        f"{states['broke-down']} broke down"
    )
    return "\n".join(lines) + "\n"


def imported(rows: Sequence[Imported], marks: Palette) -> str:
    """Each file with what came of it and what was not carried over; then the counts."""
    (bold, normal), (faint, end_faint) = marks.head, marks.faint
    lines = []
    for row in rows:
        lines.append(f"{bold}{row.file}{normal}: {row.written or row.problem}")
        for note in row.notes:
            lines.append(f"    {row.file}:{note.line}: {note.kind}: {_printable(note.text)}")
            lines.append(f"        {faint}{_printable(note.why)}{end_faint}")
    kinds = Counter(note.kind for row in rows for note in row.notes)
    written = sum(row.written is not None for row in rows)
    lines.append(
        f"{written} of {_count(len(rows), 'file')} imported; lines not carried over: {kinds['lost']} lost, "
        f"{kinds['needless']} needless, {_count(kinds['mistake'], 'mistake')}"
    )
    return "\n".join(lines) + "\n"


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


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
    right = [all(map(_is_number, column[1:])) for column in columns]
    lines = [
        "  ".join(
            cell.rjust(width) if numbers else cell.ljust(width)
            for cell, width, numbers in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in (head, *rows)
    ]
    return [f"{marks.head[0]}{lines[0]}{marks.head[1]}", *lines[1:]]


def _is_number(cell: str) -> bool:
    return cell == "-" or cell.removesuffix("%").replace(",", "").isdecimal()


def rules(shown: Sequence[ShownRule], marks: Palette) -> str:
    """Each rule in force, each selector: its id, table, category, pattern, why, and which file states it."""
    (bold, normal), (faint, end_faint) = marks.head, marks.faint
    lines = []
    for rule in shown:
        category = f" {rule.category}" if rule.category else ""
        lines.append(f"{bold}{rule.owner}/{rule.id}{normal}  {rule.verb}{category}  {rule.origin}")
        lines.extend(f"    {text}" for text in (rule.pattern, rule.conditions) if text)
        if rule.why:
            lines.append(f"    {faint}{rule.why}{end_faint}")
    selectors = sum(rule.verb.startswith("html.") for rule in shown)
    counts = [_count(len(shown) - selectors, "rule"), *([_count(selectors, "selector")] if selectors else [])]
    lines.append(", ".join(counts))
    return "\n".join(lines) + "\n"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
