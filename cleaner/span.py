"""Where something stands in a text."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Half-open offsets, in characters of the decoded text."""

    start: int
    end: int
