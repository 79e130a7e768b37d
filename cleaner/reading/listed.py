"""Words that a module knows, written as one text."""

from __future__ import annotations


def words(listed: str) -> tuple[str, ...]:
    """The words of a list."""
    return tuple(listed.split())


def word_set(listed: str) -> frozenset[str]:
    """The same, to be looked up."""
    return frozenset(words(listed))
