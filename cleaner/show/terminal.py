"""What a person reads: the account of what went (`explain`) and the text with it struck out (`diff`)."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import TextIO

from cleaner.body import BLANK_RUN
from cleaner.document import Cleaned, Decision

EXCERPT = 72
"""Characters of a dropped span that its entry shows: fits a terminal of 80 columns with the margin."""

_CONTROLS = {
    code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n\r\x85"
}
"""Control characters would drive the reader's terminal; tabs and line breaks may stand."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The marks around a piece of output, each a pair of opening and closing marks."""

    dropped: tuple[str, str]
    head: tuple[str, str] = ("", "")
    faint: tuple[str, str] = ("", "")


PLAIN = Palette(dropped=("[-", "-]"))
COLOUR = Palette(dropped=("\x1b[31;9m", "\x1b[0m"), head=("\x1b[1m", "\x1b[0m"), faint=("\x1b[2m", "\x1b[0m"))


def palette(choice: str, stream: TextIO | None) -> Palette:
    """The palette for `choice` ("auto", "always", "never") on a stream.

    "auto" is colour on a terminal, unless NO_COLOR, CLICOLOR=0 or TERM=dumb is set; FORCE_COLOR and CLICOLOR_FORCE
    turn it on anywhere. NO_COLOR is the strongest of them.
    """
    if choice != "auto":
        return COLOUR if choice == "always" else PLAIN
    environment = os.environ
    if environment.get("NO_COLOR"):
        return PLAIN
    if any(environment.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return COLOUR
    if environment.get("CLICOLOR") == "0" or environment.get("TERM") == "dumb":
        return PLAIN
    return COLOUR if stream is not None and stream.isatty() else PLAIN


def title(name: str, marks: Palette) -> str:
    """The line above the account of one input among several."""
    return f"{marks.head[0]}== {name.translate(_CONTROLS)} =={marks.head[1]}\n"


def diff(cleaned: Cleaned, marks: Palette = PLAIN) -> str:
    """The input with each dropped piece between the marks, line by line; line breaks and margins stay unmarked.

    >>> diff(Cleaned("Rain.\\n", "Rain. Share\\n", (Decision(0, 5, True, None, "", ""),
    ...     Decision(5, 11, False, None, "heuristic/share-bar", ""), Decision(11, 12, True, None, "", ""))))
    'Rain. [-Share-]\\n'
    """
    text = cleaned.original.translate(_CONTROLS)
    parts: list[str] = []
    for decision in cleaned.decisions:
        piece = text[decision.start : decision.end]
        if decision.keep:
            parts.append(piece)
        else:
            parts.extend(_struck(line, marks) for line in piece.splitlines(keepends=True))
    return "".join(parts)


def _struck(line: str, marks: Palette) -> str:
    bare = line.strip()
    if not bare:
        return line
    start = len(line) - len(line.lstrip())
    opening, closing = marks.dropped
    return f"{line[:start]}{opening}{bare}{closing}{line[start + len(bare) :]}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One stretch of the input that went for one reason: its first decision, its offsets, its lines from 1."""

    decision: Decision
    start: int
    end: int
    first_line: int
    last_line: int


def entries(cleaned: Cleaned) -> list[Entry]:
    """The dropped stretches in order. Neighbours with one reason are one entry; blank lines alone are none."""
    line_ends = list(accumulate(map(len, cleaned.original.splitlines(keepends=True))))
    groups: list[list[Decision]] = []
    open_group = False
    for decision in cleaned.decisions:
        if decision.keep:
            open_group = False
        elif decision.by != BLANK_RUN:
            if open_group and _reason(groups[-1][0]) == _reason(decision):
                groups[-1].append(decision)
            else:
                groups.append([decision])
            open_group = True
    return [_entry(group, cleaned.original, line_ends) for group in groups]


def _reason(decision: Decision) -> tuple[object, ...]:
    return decision.by, decision.category, decision.why


def _entry(group: list[Decision], text: str, line_ends: list[int]) -> Entry:
    start, end = group[0].start, group[-1].end
    piece = text[start:end]
    inner_start = start + len(piece) - len(piece.lstrip())
    inner_end = max(end - len(piece) + len(piece.rstrip()), inner_start + 1)
    first, last = bisect_right(line_ends, inner_start) + 1, bisect_right(line_ends, inner_end - 1) + 1
    return Entry(group[0], start, end, first, last)


def by_line(entry: Entry) -> str:
    """Where an entry stands, by lines: "line 3", "lines 3-7"."""
    if entry.first_line == entry.last_line:
        return f"line {entry.first_line}"
    return f"lines {entry.first_line}-{entry.last_line}"


def by_line_and_offset(entry: Entry) -> str:
    """The same with the offsets into the decoded input, half-open: "line 3 [120:151]"."""
    return f"{by_line(entry)} [{entry.start}:{entry.end}]"


def explain(cleaned: Cleaned, marks: Palette = PLAIN, place: Callable[[Entry], str] = by_line) -> str:
    """What went: for each entry the place, category, decider and confidence, an excerpt, why; then the totals."""
    (bold, normal), (faint, end_faint) = marks.head, marks.faint
    lines: list[str] = []
    for entry in entries(cleaned):
        decision = entry.decision
        category = decision.category.value if decision.category else "-"
        lines.append(f"{bold}{place(entry)}: {category}{normal}  {decision.by}  {decision.confidence:.2f}")
        lines.append(f"    {_excerpt(cleaned.original, entry)}")
        lines.append(f"    {faint}{decision.why}{end_faint}")
    return "\n".join([*lines, _summary(cleaned)]) + "\n"


def _excerpt(text: str, entry: Entry) -> str:
    """The span on one line; of a long one its beginning and its end."""
    length = entry.end - entry.start
    if length <= 4 * EXCERPT:
        bare = " ".join(text[entry.start : entry.end].split())
        if len(bare) <= EXCERPT:
            return bare.translate(_CONTROLS)
        head, tail = bare, bare
    else:
        head = " ".join(text[entry.start : entry.start + 2 * EXCERPT].split())
        tail = " ".join(text[entry.end - 2 * EXCERPT : entry.end].split())
    room = EXCERPT - 5
    return f"{head[: room * 2 // 3]} ... {tail[-(room - room * 2 // 3) :]}".translate(_CONTROLS)


def _summary(cleaned: Cleaned) -> str:
    """One line: the share kept, then what each category took, most first."""
    total = len(cleaned.original)
    if not total:
        return "the input is empty"
    took: dict[str, int] = {}
    for decision in cleaned.dropped:
        name = "blank lines" if decision.by == BLANK_RUN else str(decision.category)
        took[name] = took.get(name, 0) + decision.end - decision.start
    kept = total - sum(took.values())
    summary = f"kept {_percent(kept, total)} ({kept:,} of {total:,} characters)"
    if took:
        ranked = sorted(took.items(), key=lambda item: (-item[1], item[0]))
        summary += "; dropped " + ", ".join(f"{name} {_percent(size, total)}" for name, size in ranked)
    return f"{summary}; source: {cleaned.source or 'none located'}; {cleaned.status}"


def _percent(part: int, total: int) -> str:
    return f"{100 * part / total:.1f}%"
