"""Patterns of rule files, compiled so that no text and no pattern makes them slow.

Why google-re2: its automata take time linear in the text for every pattern, with a bound on memory; it has a set
that asks for many patterns in one pass over a text; and its Python binding is kept by its own authors. `re` and
`regex` backtrack, so that a text can hang them. Hyperscan is made for thousands of patterns, but reports where matches
end, without groups, which inline and split rules need. The engine of Rust's regex would be an equal.

A pattern sees one line: `^` and `$` are its edges, nothing in it matches a line break. That is what lets a pattern be
searched in all lines of a document at once, joined by newlines, with the same answers as line by line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from cleaner.errors import RuleError

PATTERN_MEMORY = 8 << 20
"""Bytes that one compiled pattern and its automaton may take: the default of google-re2."""

SET_MEMORY = 64 << 20
"""Bytes that one set of patterns may take. Used only as far as a text demands; a full automaton starts over."""

MAX_STEPS = 20_000
"""Instructions that a pattern may compile to. The time to compile grows with them, 25 ms for 70,000; patterns with a
bounded `.{1,300}` take some thousands, and only repeated classes of all scripts take more."""

_FORBIDDEN = re.compile(r"(?:\\\\|[^\\])*?(\\[AzC]|\\n|\\x0a|\\x\{0*a\}|\n|\(\?[a-zA-Z]*-?[a-zA-Z]*[mU][a-zA-Z]*[:)])")


def options(memory: int) -> Any:
    """The options of all patterns: no line breaks, no messages on standard error, bounded memory."""
    import re2

    made = re2.Options()
    made.never_nl = True
    made.log_errors = False
    made.max_mem = memory
    return made


def compile_pattern(pattern: str, where: str, *, rule: str | None = None, key: str = "line") -> Any:
    """A compiled pattern that works on UTF-8 bytes of lines joined by newlines. Raises `RuleError`."""
    import re2

    problem = f"the pattern {pattern!r} of `{key}`"
    found = _FORBIDDEN.match(pattern)
    if found:
        raise RuleError(where, f"{problem} holds {found[1]!r}", _remedy_forbidden(found[1]), rule)
    try:
        compiled = re2.compile(multiline(pattern), options(PATTERN_MEMORY))
    except re2.error as error:
        said = error.args[0].decode("utf-8", "replace")
        raise RuleError(where, f"{problem} does not compile: {said}", _remedy_syntax(said), rule) from None
    if compiled.programsize > MAX_STEPS:
        remedy = r"write + for {1,200} where it repeats a class such as [\p{L} ]"
        raise RuleError(where, f"{problem} takes {compiled.programsize} steps, {MAX_STEPS} at most", remedy, rule)
    if compiled.search(b"") is not None:
        raise RuleError(where, f"{problem} matches a line without text", "ask for at least one character", rule)
    if key == "at" and compiled.groups != 1:
        remedy = "write one group where the line divides: 'keep reading()Show less'"
        raise RuleError(where, f"{problem} has {compiled.groups} groups", remedy, rule)
    if key == "part" and compiled.groups > 1:
        remedy = "mark one part with (…), and write (?:…) for the other groups"
        raise RuleError(where, f"{problem} has {compiled.groups} groups", remedy, rule)
    return compiled


def multiline(pattern: str) -> bytes:
    """The pattern with `^` and `$` as edges of a line, as google-re2 takes it."""
    return b"(?m:" + pattern.encode("utf-8", "replace") + b")"


def _remedy_forbidden(piece: str) -> str:
    if piece in {r"\A", r"\z"}:
        return "a pattern sees one line: write ^ or $"
    if piece.startswith("(?"):
        return "of the flags, only (?i) and (?s) make sense on one line"
    if piece == r"\C":
        return "write . for any character"
    return "a pattern sees one line: use `next`, `previous` or a drop-block"


def _remedy_syntax(said: str) -> str:
    if "perl operator" in said:
        return "google-re2 has no look-around: use `next`, `previous`, a keep rule, or a group of an inline rule"
    if "escape sequence" in said:
        return "google-re2 knows no such escape, nor references to groups; write \\\\ for a backslash itself"
    if "too large" in said or "repetition size" in said:
        return "repeat at most 1000 times, and less where repetitions stand in one another"
    return "put a backslash before characters meant literally, and close every bracket"


class PatternError(Exception):
    """Some pattern of a set does not compile; `compile_pattern` tells which, and why."""


class PatternSet:
    """Tells in one pass which of some patterns match anywhere in a text. Raises `PatternError`."""

    def __init__(self, patterns: Sequence[bytes]) -> None:
        self._parts = list(_sets(list(patterns), 0)) if patterns else []

    def matching(self, text: bytes) -> list[int]:
        """The indices of the patterns that match some line of the text, in order."""
        return sorted(first + index for first, made in self._parts for index in made.Match(text) or ())


def _sets(patterns: list[bytes], first: int) -> list[tuple[int, Any]]:
    """One set of all patterns, or of each half where one would take too much memory."""
    import re2

    made = re2.Set.SearchSet(options(SET_MEMORY))
    try:
        for pattern in patterns:
            made.Add(pattern)
        made.Compile()
    except re2.error as error:
        if len(patterns) == 1:
            raise PatternError(patterns[0]) from error
        half = len(patterns) // 2
        return [*_sets(patterns[:half], first), *_sets(patterns[half:], first + half)]
    return [(first, made)]
