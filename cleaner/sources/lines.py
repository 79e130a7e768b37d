"""The blocks of a document as one run of UTF-8 lines, in which a pattern is searched once for all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import Any

from cleaner.document import Document
from cleaner.span import Span

REACH = 4096
"""Bytes that a match inside a line may be long. Bounds the work on lines of any length: a search looks at no more than
twice as much before it goes on, so that many matches in a line of megabytes cost no more than the line is long."""


class Lines:
    """One line for each block, in order. Characters that UTF-8 cannot hold (lone surrogates) become "?"."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document)

    @cached_property
    def joined(self) -> bytes:
        """All lines, with a newline between each two."""
        if self._document.text.isascii():
            return "\n".join(self._blocks).encode()
        return b"\n".join(block.encode("utf-8", "replace") for block in self._blocks)

    @cached_property
    def _blocks(self) -> list[str]:
        return self._document.blocks()

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins in `joined`, and where one after the last would."""
        if self._document.text.isascii():
            lengths = [len(block) for block in self._blocks]
        else:
            lengths = [len(line) for line in self.joined.split(b"\n")]
        return list(accumulate((length + 1 for length in lengths), initial=0))

    def line(self, index: int) -> bytes:
        """One line."""
        return self.joined[self._starts[index] : self._starts[index + 1] - 1]

    def matches(self, pattern: Any, index: int) -> bool:
        """Whether a compiled pattern matches a line."""
        return pattern.search(self.joined, self._starts[index], self._starts[index + 1] - 1) is not None

    def matching(self, pattern: Any, place: range | None = None) -> list[int]:
        """The indices of the lines that a compiled pattern matches, in order; `place` bounds where it is sought."""
        place = range(len(self)) if place is None else place
        found: list[int] = []
        position, edge = self._starts[place.start], self._starts[place.stop] - 1
        while match := pattern.search(self.joined, position, edge):
            index = bisect_right(self._starts, match.start()) - 1
            found.append(index)
            if index + 1 >= place.stop:
                break
            position = self._starts[index + 1]
        return found

    def spans(self, pattern: Any, index: int) -> Iterator[Span]:
        """What a pattern matches inside a line, in characters of the block: group 1 if it has one, else all of it."""
        line = self.line(index)
        group = min(pattern.groups, 1)
        plain = len(line) == len(self._blocks[index])
        bytes_before = characters_before = 0
        for match in _matches(pattern, line):
            start, end = match.span(group)
            if start < 0:
                continue
            if plain:
                yield Span(start, end)
                continue
            first = characters_before + len(line[bytes_before:start].decode())
            bytes_before, characters_before = start, first
            yield Span(first, first + len(line[start:end].decode()))


def _matches(pattern: Any, line: bytes) -> Iterator[Any]:
    """The matches in a line from left to right, none overlapping, none longer than `REACH`."""
    position = 0
    while position < len(line):
        edge = min(len(line), position + 2 * REACH)
        match = pattern.search(line, position, edge)
        if match is None:
            position = edge - REACH if edge < len(line) else edge
        elif edge < len(line) and match.end() > position + REACH and match.start() > position:
            position = match.start()
        elif match.end() - match.start() > REACH:
            position = edge if match.end() == edge else match.end()
        else:
            yield match
            position = max(match.end(), position + 1)
