"""Fingerprints of rule files, read without the model of the format: every start asks for those of all shipped files.

Importing the model and what it is built with takes longer than cleaning a small text, and hardly any file that is asked
for its fingerprint is the one that will be used.
"""

from __future__ import annotations

import tomllib
from typing import Any, NamedTuple

_HEAD = frozenset({"source", "family", "hosts", "language", "extends", "disable", "fingerprint"})


class Mark(NamedTuple):
    """A file's fingerprint: `least` of the patterns `lines` must match some line. No lines: it has none."""

    name: str
    lines: tuple[str, ...]
    least: int = 1


def head_of(text: str) -> str | None:
    """The text above the first rule; None where a table of the head stands below it."""
    head, found, rest = f"\n{text}".partition("\n[[")
    below = found and ("\n[fingerprint]" in rest or "\n[html]" in rest)
    return None if below else head[1:]


def glance(text: str, name: str) -> Mark | None:
    """The mark of a file, or None where its head is not plain: the model must then say what to make of it.

    >>> glance('source = "a.example"\\n[fingerprint]\\nlines = ["^News of A$"]\\n[[drop]]\\nid = 3', "a.example")
    Mark(name='a.example', lines=('^News of A$',), least=1)
    >>> glance('source = "b.example"\\nhost = "b.example"', "b.example")
    """
    head = head_of(text)
    try:
        data = tomllib.loads(head) if head is not None else {}
    except tomllib.TOMLDecodeError:
        return None
    own = f"families/{data['family']}" if "family" in data else data.get("source")
    if own != name or not data.keys() <= _HEAD:
        return None
    return _mark(name, data.get("fingerprint", {"lines": []}))


def _mark(name: str, table: Any) -> Mark | None:
    if not isinstance(table, dict) or not table.keys() <= {"lines", "min"}:
        return None
    lines, least = table.get("lines"), table.get("min", 1)
    if not isinstance(lines, list) or not all(isinstance(line, str) and line for line in lines):
        return None
    return Mark(name, tuple(lines), least) if isinstance(least, int) and least >= 1 else None
