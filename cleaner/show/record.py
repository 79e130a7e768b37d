"""`--json`: one JSON object a line for each input, as docs/json.md describes it."""

from __future__ import annotations

import json
from typing import Any

from cleaner.document import Cleaned


def result(name: str, cleaned: Cleaned) -> str:
    """The line of an input that was cleaned. `file` is its name as given, "-" for standard input."""
    return line({"file": name, **cleaned.to_dict()})


def failure(name: str, error: Exception) -> str:
    """The line of an input that could not be cleaned."""
    return line({"file": name, "error": str(error)})


def line(value: dict[str, Any]) -> str:
    """One object and a line break. A lone surrogate is written as its escape, so that the line is valid UTF-8.

    >>> line({"text": "Zoë \\ud800"})
    '{"text": "Zoë \\\\ud800"}\\n'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"
