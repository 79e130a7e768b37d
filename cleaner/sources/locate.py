"""Find the source of a document: by name, by URL, else by fingerprint. STUB: to be written by the rules helper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.document import Document

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Source:
    """A located source: its name, and its own and inherited rules, compiled."""

    name: str
    rules: Any


class Collection:
    """The rule files of some folders."""

    def __init__(self, folders: Sequence[str | Path], *, strict: bool = False) -> None:
        self.problems: tuple[Exception, ...] = ()

    def locate(self, document: Document, url: str | None, name: str | None) -> Source | None:
        """The source of a document, or None."""
        return None
