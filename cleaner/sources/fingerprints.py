"""Fingerprints of many files, asked for at once, none compiled before a text begins as it does.

Most patterns begin with `^` and some plain letters. These are looked up by the first bytes of each line, and compiled
when a line has them: 4,000 would take 65 ms to compile, at every start. The others are compiled as one set.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from cleaner.sources.lines import Lines
from cleaner.sources.marks import Mark
from cleaner.sources.patterns import PATTERN_MEMORY, PatternError, PatternSet, multiline, options

OPENING = 4
"""Bytes at the start of a line that a pattern is looked up by."""

_OPENING = re.compile(r"\^((?:[^\\.^$|?*+()\[\]{}]|\\[^0-9A-Za-z])+)([?*{]?)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Fingerprints:
    """The fingerprints of some files. `reject` is told the file of a pattern that does not compile."""

    def __init__(self, marks: Sequence[Mark], reject: Callable[[Mark], object]) -> None:
        self._marks = {mark.name: mark for mark in marks}
        self._reject = reject
        self._asked = {
            "lines": _Patterns([(mark.name, pattern) for mark in marks for pattern in mark.lines]),
            "html": _Patterns([(mark.name, pattern) for mark in marks for pattern in mark.html]),
        }

    def matching(self, lines: Lines, attributes: bytes = b"") -> list[str]:
        """The names whose fingerprint matches, that with the most matching patterns first.

        `attributes` are those of a page, as `telling_lines` gives them.
        """
        of_lines = self._counts("lines", lines.joined) if self._asked["lines"] else Counter()
        counts = Counter({name: count for name, count in of_lines.items() if count >= self._marks[name].least})
        if attributes and self._asked["html"]:
            counts += self._counts("html", attributes)
        return sorted(counts, key=lambda name: (-counts[name], name))

    def _counts(self, kind: str, text: bytes) -> Counter[str]:
        """How many patterns match, by name; files of which one does not compile are taken out."""
        while True:
            patterns = self._asked[kind]
            try:
                return patterns.counts(text)
            except PatternError:
                unsound = patterns.unsound()
                self._asked[kind] = patterns.without(unsound)
                for name in unsound:
                    self._reject(self._marks[name])


class _Patterns:
    """Patterns and the names of the files they are from."""

    def __init__(self, owned: Sequence[tuple[str, str]]) -> None:
        self._owned = list(owned)
        self._compiled: dict[int, Any] = {}

    def __bool__(self) -> bool:
        return bool(self._owned)

    def without(self, names: Sequence[str]) -> _Patterns:
        """The patterns of the other files."""
        return _Patterns([each for each in self._owned if each[0] not in names])

    @cached_property
    def _openings(self) -> dict[bytes, list[tuple[int, bytes]]]:
        """The patterns that have an opening, with a line break before it, by its first bytes."""
        found: dict[bytes, list[tuple[int, bytes]]] = {}
        for index, (_, pattern) in enumerate(self._owned):
            start = opening(pattern)
            if start:
                found.setdefault(start[:OPENING], []).append((index, b"\n" + start))
        return found

    @cached_property
    def _rest(self) -> tuple[list[int], PatternSet]:
        """The patterns without an opening, and what matches them all."""
        known = {index for entries in self._openings.values() for index, _ in entries}
        rest = [index for index in range(len(self._owned)) if index not in known]
        return rest, PatternSet([multiline(self._owned[index][1]) for index in rest])

    def counts(self, text: bytes) -> Counter[str]:
        """How many patterns match some line, by name. Raises `PatternError`."""
        rest, together = self._rest
        found = [rest[index] for index in together.matching(text)]
        lines = b"\n" + text
        for start in {line[:OPENING] for line in text.split(b"\n")} & self._openings.keys():
            candidates = (index for index, whole in self._openings[start] if whole in lines)
            found.extend(index for index in candidates if self._pattern(index).search(text))
        return Counter(self._owned[index][0] for index in found)

    def _pattern(self, index: int) -> Any:
        if index not in self._compiled:
            self._compiled[index] = _compiled(self._owned[index][1])
        return self._compiled[index]

    def unsound(self) -> list[str]:
        """The files of which a pattern does not compile."""
        names = []
        for name, pattern in self._owned:
            try:
                _compiled(pattern)
            except PatternError:
                names.append(name)
        return list(dict.fromkeys(names))


def _compiled(pattern: str) -> Any:
    import re2

    try:
        return re2.compile(multiline(pattern), options(PATTERN_MEMORY))
    except re2.error as error:
        raise PatternError(pattern) from error


def opening(pattern: str) -> bytes | None:
    """The bytes that each line which a pattern matches begins with, None where there are too few, or none.

    >>> [opening(each) for each in ("^News of A$", "^News?", r"^E\\.ON says", "^One$|^Two$", "(?i)^news", "^(?:a|b)")]
    [b'News of A', None, b'E.ON says', None, None, None]
    """
    found = _OPENING.match(pattern)
    if found is None or ("|" in pattern and _has_choice(pattern)):
        return None
    letters = _ESCAPED.sub(r"\1", found[1])
    start = (letters[:-1] if found[2] else letters).encode("utf-8", "replace")
    return start if len(start) >= OPENING else None


def _has_choice(pattern: str) -> bool:
    """Whether a `|` may stand outside all brackets."""
    depth, position = 0, 0
    while position < len(pattern):
        letter = pattern[position]
        if letter == "\\":
            position += 1
        elif letter == "[":
            closing = pattern.find("]", position + 2 + (pattern[position + 1 : position + 2] == "^"))
            position = closing if closing > 0 else len(pattern)
        elif letter == "|" and depth == 0:
            return True
        else:
            depth += (letter == "(") - (letter == ")")
        position += 1
    return False
