"""Counts of a run: what became of the records, by status, by source and by category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from cleaner.document import Cleaned
from cleaner.records.record import Defect, Item, Parsed


class SourceTally(msgspec.Struct):
    """Records of one source, and their characters before and after."""

    records: int = 0
    characters: int = 0
    kept: int = 0


class Tally(msgspec.Struct):
    """Counts of some records. `bytes` are those of the input, decompressed, `characters` those of the texts.

    `categories` holds the characters dropped by category of the records of which there is an account, `accounted` the
    characters of those records.
    `aside` counts the records set aside by reason; `records` does not include them.
    `with_url` counts the records that have the field for a URL, whatever is in it; while there are none, `fields` holds
    the names of the fields of the first record.
    """

    records: int = 0
    bytes: int = 0
    characters: int = 0
    kept: int = 0
    accounted: int = 0
    statuses: dict[str, int] = msgspec.field(default_factory=dict)
    aside: dict[str, int] = msgspec.field(default_factory=dict)
    sources: dict[str, SourceTally] = msgspec.field(default_factory=dict)
    categories: dict[str, int] = msgspec.field(default_factory=dict)
    with_url: int = 0
    fields: list[str] = msgspec.field(default_factory=list)

    @property
    def set_aside(self) -> int:
        """How many records were set aside."""
        return sum(self.aside.values())

    @property
    def nothing_left(self) -> bool:
        """Whether records were set aside, and there was no other."""
        return bool(self.aside) and not self.records

    def count(self, cleaned: Cleaned) -> None:
        """Take a result into account."""
        size, kept = len(cleaned.original), len(cleaned.text)
        self.records += 1
        self.characters += size
        self.kept += kept
        self.statuses[cleaned.status] = self.statuses.get(cleaned.status, 0) + 1
        source = self.sources.setdefault(cleaned.source or "", SourceTally())
        source.records += 1
        source.characters += size
        source.kept += kept
        if cleaned.decisions:
            self.accounted += size
            for decision in cleaned.dropped:
                name = str(decision.category or "other")
                self.categories[name] = self.categories.get(name, 0) + decision.end - decision.start

    def put_aside(self, defects: Iterable[Defect]) -> None:
        """Take records that were set aside into account."""
        for defect in defects:
            self.aside[defect.reason] = self.aside.get(defect.reason, 0) + 1

    def note_fields(self, parsed: Parsed) -> None:
        """Take into account whether the records of a batch have a field for their URL."""
        items = [(index, entry) for index, entry in enumerate(parsed.entries) if isinstance(entry, Item)]
        self.with_url = sum(item.url is not None for _, item in items)
        if items and not self.with_url:
            self.fields = list(parsed.row(items[0][0]))

    def add(self, other: Tally) -> None:
        """Add the counts of other records."""
        for name in ("records", "bytes", "characters", "kept", "accounted", "with_url"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("statuses", "aside", "categories"):
            setattr(self, name, dict(Counter(getattr(self, name)) + Counter(getattr(other, name))))
        self.fields = self.fields or other.fields
        for name, more in other.sources.items():
            source = self.sources.setdefault(name, SourceTally())
            source.records += more.records
            source.characters += more.characters
            source.kept += more.kept
