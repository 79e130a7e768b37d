"""The rules of one source, compiled as one set; those of a rule by themselves when a document matches them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from cleaner.sources.lines import Lines
from cleaner.sources.patterns import PatternError, PatternSet, compile_pattern, multiline
from cleaner.sources.rule import Split, patterns_of
from cleaner.sources.rulefile import Placed


class Compiled(NamedTuple):
    """A rule with its patterns compiled, by key."""

    placed: Placed
    patterns: dict[str, Any]

    @property
    def first(self) -> Any:
        """The pattern of the lines that the rule is about."""
        return next(iter(self.patterns.values()))


class RuleSet:
    """The rules of one source, strongest first. Raises `RuleError` for a pattern that does not compile.

    All patterns are compiled as one set; those of a rule by themselves when a document first matches them all.
    """

    def __init__(self, placed: Sequence[Placed]) -> None:
        self.placed = tuple(placed)
        self.splits = _Group([each for each in placed if isinstance(each.rule, Split)])
        self.rules = _Group([each for each in placed if not isinstance(each.rule, Split)])


class _Group:
    """Rules that are asked for together."""

    def __init__(self, rules: Sequence[Placed]) -> None:
        self._rules = rules
        self._compiled: dict[int, Compiled] = {}
        patterns = [list(patterns_of(each.rule).values()) for each in rules]
        self._owners = [index for index, each in enumerate(patterns) for _ in each]
        self._counts = [len(each) for each in patterns]
        try:
            self._set = PatternSet([multiline(pattern) for each in patterns for pattern in each])
        except PatternError:
            for each in rules:
                _compile(each)
            raise

    def __bool__(self) -> bool:
        return bool(self._rules)

    def speaking(self, lines: Lines) -> list[Compiled]:
        """The rules of which every pattern matches some line, strongest first."""
        found = Counter(self._owners[number] for number in self._set.matching(lines.joined))
        return [self._compiled_at(index) for index, count in enumerate(self._counts) if found[index] == count]

    def _compiled_at(self, index: int) -> Compiled:
        if index not in self._compiled:
            self._compiled[index] = _compile(self._rules[index])
        return self._compiled[index]


def _compile(placed: Placed) -> Compiled:
    rule = placed.rule
    patterns = patterns_of(rule).items()
    return Compiled(placed, {key: compile_pattern(each, placed.where, rule=rule.id, key=key) for key, each in patterns})
