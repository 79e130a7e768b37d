"""Apply the compiled rules of one source to a document.

First one pass over the text tells which patterns match at all; only rules of which all patterns do are searched for
their lines. Then each rule claims the lines it speaks of, strongest rule first. A keep rule goes before every rule
that removes; after that a source's rule goes before a family's, and within a file drop, drop-block, cut-before,
cut-after, inline, in the order written. A line belongs to the first rule that claims it, so that decisions never
overlap; parts of a line are left to the inline rules where no rule claims the line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from cleaner.document import Decision, Document
from cleaner.sources.lines import Lines
from cleaner.sources.rule import Cut, CutBefore, DropBlock, DropRule, Inline, Keep, Where
from cleaner.sources.rulefile import Placed
from cleaner.sources.ruleset import Compiled, RuleSet
from cleaner.span import Span

HEAD_SHARE = 1 / 3
"""The head: this share of a document's lines. Navigation above an article is rarely a third of the page's lines."""

TAIL_SHARE = 1 / 2
"""The tail: this share of the lines. Teasers and comments below an article often outnumber its own lines."""

EDGE_LINES = 20
"""The least lines that count as head and as tail, so that short documents have both."""


class Ruled(NamedTuple):
    """What the rules say of a document: decisions in order, without overlap, and rules left aside for their cap."""

    decisions: list[Decision]
    warnings: tuple[str, ...] = ()


def split_points(rules: RuleSet, document: Document) -> list[int]:
    """Offsets at which `split` rules divide glued lines."""
    if not rules.splits or not len(document):
        return []
    lines = Lines(document)
    points: set[int] = set()
    for compiled in rules.splits.speaking(lines):
        place = place_of(compiled.placed.rule.where, len(lines))
        for index in lines.matching(compiled.first, place):
            points.update(document.starts[index] + span.start for span in lines.spans(compiled.first, index))
    return sorted(points)


def apply_rules(rules: RuleSet, document: Document) -> Ruled:
    """The decisions of the rules, and a warning for each rule that would have removed more than its `at-most`."""
    if not rules.rules or not len(document):
        return Ruled([])
    claims = _Claims(document)
    speaking = rules.rules.speaking(claims.lines)
    for wanted in (_is_keep, _is_line_rule, _is_inline):
        for compiled in filter(wanted, speaking):
            claims.hear(compiled)
    return Ruled(claims.decisions(), tuple(claims.warnings))


def _is_keep(compiled: Compiled) -> bool:
    return isinstance(compiled.placed.rule, Keep)


def _is_inline(compiled: Compiled) -> bool:
    return isinstance(compiled.placed.rule, Inline)


def _is_line_rule(compiled: Compiled) -> bool:
    return not _is_keep(compiled) and not _is_inline(compiled)


class _Claims:
    """What the rules have claimed of one document so far: whole lines, and parts of lines nobody claimed."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.lines = Lines(document)
        self._total = sum(document.ends) - sum(document.starts)
        self._owners: dict[int, Placed] = {}
        self._parts: dict[Span, Placed] = {}
        self._taken: list[Span] = []
        self.warnings: list[str] = []

    def hear(self, compiled: Compiled) -> None:
        """Let one rule claim what it speaks of, if that is not too much."""
        if isinstance(compiled.placed.rule, Inline):
            self._claim_parts(compiled)
        else:
            self._claim_lines(compiled)

    def _claim_lines(self, compiled: Compiled) -> None:
        starts, ends, owners = self._document.starts, self._document.ends, self._owners
        touched = [index for index in _touched(compiled, self.lines) if not _kept(owners.get(index))]
        if self._too_much(compiled.placed, sum(ends[index] - starts[index] for index in touched)):
            return
        for index in touched:
            owners.setdefault(index, compiled.placed)

    def _claim_parts(self, compiled: Compiled) -> None:
        spans = []
        place = place_of(compiled.placed.rule.where, len(self.lines))
        for index in self.lines.matching(compiled.first, place):
            if index not in self._owners:
                start = self._document.starts[index]
                parts = self.lines.spans(compiled.first, index)
                spans += [Span(start + part.start, start + part.end) for part in parts if part.start < part.end]
        if self._too_much(compiled.placed, sum(span.end - span.start for span in spans)):
            return
        free = list(_free(spans, self._taken))
        self._taken = sorted([*self._taken, *free])
        self._parts.update(dict.fromkeys(free, compiled.placed))

    def _too_much(self, placed: Placed, characters: int) -> bool:
        rule = placed.rule
        if not isinstance(rule, DropRule) or characters <= rule.at_most * self._total:
            return False
        share = f"{100 * characters / self._total:.0f} %"
        self.warnings.append(
            f"the rule {placed.name} would remove {share} of the text, its at-most is {100 * rule.at_most:.0f} %; "
            "it was left aside"
        )
        return True

    def decisions(self) -> list[Decision]:
        """One decision for each claimed line or part, in order."""
        starts, ends = self._document.starts, self._document.ends
        whole = [_decision(starts[index], ends[index], placed) for index, placed in self._owners.items()]
        parts = [_decision(*span, placed) for span, placed in self._parts.items()]
        return sorted([*whole, *parts], key=lambda decision: decision.start)


def _free(spans: Sequence[Span], taken: Sequence[Span]) -> Iterator[Span]:
    """The spans that overlap none that is taken; both are in order."""
    position = 0
    for span in spans:
        while position < len(taken) and taken[position].end <= span.start:
            position += 1
        if position == len(taken) or taken[position].start >= span.end:
            yield span


def _kept(placed: Placed | None) -> bool:
    return placed is not None and isinstance(placed.rule, Keep)


def _decision(start: int, end: int, placed: Placed) -> Decision:
    rule = placed.rule
    category = rule.category if isinstance(rule, DropRule) else None
    return Decision(start, end, category is None, category, placed.name, rule.why)


def place_of(where: Where, count: int) -> range:
    """The lines of the head, of the tail, or all."""
    if where == "head":
        return range(min(count, max(EDGE_LINES, round(count * HEAD_SHARE))))
    if where == "tail":
        return range(max(0, count - max(EDGE_LINES, round(count * TAIL_SHARE))), count)
    return range(count)


def _touched(compiled: Compiled, lines: Lines) -> Iterable[int]:
    """The lines that a rule on whole lines speaks of, in order."""
    rule = compiled.placed.rule
    found = lines.matching(compiled.first, place_of(rule.where, len(lines)))
    if isinstance(rule, DropBlock):
        return _blocks(rule, compiled.patterns["to"], found, lines)
    between = [index for index in found if _neighbours_match(compiled, lines, index)]
    if not isinstance(rule, Cut) or not between:
        return between
    line = between[0 if rule.match == "first" else -1]
    if isinstance(rule, CutBefore):
        return range(line + rule.line_goes)
    return range(line + (not rule.line_goes), len(lines))


def _neighbours_match(compiled: Compiled, lines: Lines, index: int) -> bool:
    for key, neighbour in (("previous", index - 1), ("next", index + 1)):
        pattern = compiled.patterns.get(key)
        if pattern is None:
            continue
        if not 0 <= neighbour < len(lines) or not lines.matches(pattern, neighbour):
            return False
    return True


def _blocks(rule: DropBlock, to: Any, firsts: list[int], lines: Lines) -> Iterator[int]:
    """The lines of each block from `from` to the nearest `to` within the bound."""
    ends = lines.matching(to) if firsts else []
    edge = 0
    for first in firsts:
        position = bisect_left(ends, first + 1)
        if first < edge or position == len(ends) or ends[position] - first >= rule.max_lines:
            continue
        edge = ends[position] + rule.to_goes
        yield from range(first, edge)
