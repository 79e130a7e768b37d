"""The trained models, as `train.py` makes them: trees, networks, words and names with their weights."""

from __future__ import annotations

import sys

from cleaner.resources import read_text


def shipped_file(name: str) -> str:
    """The text of one of them. Raises `OSError` if it is missing."""
    return read_text(sys.modules[__name__], name)
