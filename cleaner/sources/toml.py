"""TOML as rule files write it: keys aligned, patterns between single quotes, texts between double ones."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

WIDTH = 100
"""Characters from which a list stands on several lines."""

_SPECIAL = re.compile(r"[\\.^$|?*+()\[\]{}]")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that no TOML file may hold as they are."""


def literal(text: str) -> str:
    """A pattern that matches just this text.

    >>> literal("Who? (1.5)")
    'Who\\\\? \\\\(1\\\\.5\\\\)'
    """
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def pattern(text: str) -> str:
    """A string in which a backslash stands for itself.

    >>> pattern(r"^it's$"), pattern("^a$")
    ("'''^it's$'''", "'^a$'")
    """
    if "'" not in text:
        return f"'{text}'"
    return f"'''{text}'''" if "'''" not in text and not text.endswith("'") else string(text)


def string(text: str) -> str:
    """Any text between double quotes.

    >>> print(string('One "two"'), string("a\\x7fb"))
    "One \\"two\\"" "a\\ufffdb"
    """
    return json.dumps(UNPRINTABLE.sub("\ufffd", text), ensure_ascii=False)


def strings(texts: Iterable[str]) -> str:
    """A list of texts, on one line where it is short."""
    return listed([string(text) for text in texts])


def patterns(texts: Iterable[str]) -> str:
    """A list of patterns."""
    return listed([pattern(text) for text in texts])


def listed(items: Sequence[str]) -> str:
    """A list of values that are TOML already."""
    line = f"[{', '.join(items)}]"
    return line if len(line) <= WIDTH else "[\n" + "".join(f"    {item},\n" for item in items) + "]"


def keys(values: Mapping[str, str]) -> str:
    """Lines `key = value`, the values one below the other."""
    width = max(map(len, values), default=0)
    return "".join(f"{key.ljust(width)} = {value}\n" for key, value in values.items())
