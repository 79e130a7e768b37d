"""What a worker does with a batch: records told apart, cleaned together, written as the output has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cleaner.cleaner import Cleaner
from cleaner.document import Cleaned
from cleaner.errors import InputError
from cleaner.records import delimited, jsonl, pages, parquet, warc
from cleaner.records.compression import packed
from cleaner.records.names import Compression, Kind
from cleaner.records.record import Batch, Broken, Defect, Item, Parsed, Place, Wanted, shown
from cleaner.records.tally import Tally

RENDER: dict[Kind, Callable[[Parsed, Sequence[Cleaned | None], Wanted], bytes]] = {
    "jsonl": jsonl.render,
    "csv": delimited.render,
    "tsv": delimited.render,
    "parquet": parquet.render,
    "warc": warc.render,
    "wet": warc.render,
    "pages": pages.render,
}
"""How each kind of output is written."""

SAMPLE = 1_000
"""One record in this many has an account made of it for the summary by category, whether one is asked for or not."""

PACKS_ITSELF = frozenset({"parquet", "warc", "wet", "pages"})
"""Kinds of outputs that are not compressed batch by batch."""


class Done(NamedTuple):
    """A batch that is finished: its piece of the output, and what was set aside, in the order of the records."""

    data: bytes
    defects: tuple[Defect, ...]
    tally: Tally


class Order(NamedTuple):
    """A batch, and what its records are to be written as."""

    batch: Batch
    kind: Kind
    compression: Compression

    def singles(self) -> list[tuple[Place, Order]]:
        """An order for each record."""
        return [(place, self._replace(batch=batch)) for place, batch in self.batch.singles()]


@dataclass(frozen=True, slots=True)
class Work:
    """A worker's instructions. Sent to each once; the cleaner is built there from its options."""

    cleaner: Cleaner
    wanted: Wanted

    def __call__(self, order: Order) -> Done:
        """Clean a batch. Raises whatever keeps the output from being written, nothing that concerns one record."""
        wanted = self.wanted._replace(kind=order.kind, compression=order.compression)
        parsed = order.batch.parse(wanted)
        tally = Tally(bytes=order.batch.size)
        if isinstance(parsed, Broken):
            tally.put_aside(parsed.defects)
            return Done(b"", parsed.defects, tally)
        outcomes = self._outcomes(parsed.entries)
        defects = tuple(outcome for outcome in outcomes if isinstance(outcome, Defect))
        results = [None if isinstance(outcome, Defect) else outcome for outcome in outcomes]
        for cleaned in results:
            if cleaned is not None:
                tally.count(cleaned)
        tally.put_aside(defects)
        tally.note_fields(parsed)
        data = RENDER[wanted.kind](parsed, results, wanted)
        return Done(data if wanted.kind in PACKS_ITSELF else packed(data, wanted.compression), defects, tally)

    def _outcomes(self, entries: Sequence[Item | Defect]) -> list[Cleaned | Defect]:
        items = [entry for entry in entries if isinstance(entry, Item)]
        cleaned = iter(self._cleaned(items))
        return [next(cleaned) if isinstance(entry, Item) else entry for entry in entries]

    def _cleaned(self, items: Sequence[Item]) -> list[Cleaned | Defect]:
        """All records at once; where that raises, one by one, so that it costs the record that is at fault alone."""
        try:
            return self._together(items)
        except Exception as error:  # noqa: BLE001 - one record among millions must not end a run
            if len(items) > 1:
                return [each for item in items for each in self._cleaned([item])]
            return [_failed(items[0], error)]

    def _together(self, items: Sequence[Item]) -> list[Cleaned | Defect]:
        """Most records without an account, which costs several times the cleaning; the sample, or all, with one."""
        accounted = [self.wanted.accounted or item.place.number % SAMPLE == 1 for item in items]
        others = self.cleaner.outcomes if self.wanted.titled else self.cleaner.bodies
        results = {
            True: self._by(self.cleaner.accounts, [item for item, yes in zip(items, accounted, strict=True) if yes]),
            False: self._by(others, [item for item, yes in zip(items, accounted, strict=True) if not yes]),
        }
        return [next(results[yes]) for yes in accounted]

    def _by(self, many: Callable[..., Iterator[Cleaned | InputError]], items: list[Item]) -> Iterator[Cleaned | Defect]:
        found = many(
            [item.raw or "" for item in items], [item.url or None for item in items], format=self.wanted.format
        )
        for item, each in zip(items, found, strict=True):
            yield _unreadable(item, each) if isinstance(each, InputError) else each


def _unreadable(item: Item, error: InputError) -> Defect:
    return Defect(item.place, "unreadable", str(error), _record(item), item.input)


def _failed(item: Item, error: Exception) -> Defect:
    what = f"cleaning it raised {type(error).__name__}: {error}; please report this"
    return Defect(item.place, "failed", what, _record(item), item.input)


def _record(item: Item) -> str | None:
    return None if item.raw is None or item.input else shown(item.raw)
