"""Patterns that are compiled when they are first used."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any


class Pattern:
    """A google-re2 pattern, so of linear time. Compiling all of them at import would cost a start-up 30 ms.

    >>> Pattern("b+").findall("abbab")
    ['bb', 'b']
    """

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def _compiled(self) -> Any:
        import re2

        return re2.compile(self.source)

    def search(self, text: str) -> Any:
        """The first match, or None."""
        return self._compiled.search(text)

    def finditer(self, text: str) -> Iterator[Any]:
        """All matches, in order."""
        found: Iterator[Any] = self._compiled.finditer(text)
        return found

    def findall(self, text: str) -> list[Any]:
        """The texts of all matches, or of their groups."""
        return list(self._compiled.findall(text))
