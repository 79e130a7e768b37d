"""What is asked of the workers of a run: orders on their way, and the places that their results have in its order."""

from __future__ import annotations

from typing import Any

from cleaner.records.record import Place
from cleaner.records.tally import Tally
from cleaner.records.work import Done, Order


class Task:
    """An order on its way. `index` says which part of its slot it fills, `place` where its record stands, if one."""

    def __init__(self, slot: Slot, order: Order, index: int = 0, place: Place | None = None) -> None:
        self.slot, self.order, self.index, self.place = slot, order, index, place


class Slot:
    """What has been asked for, in its place in the order: an item, and the parts of its result."""

    def __init__(self, item: Any, parts: int) -> None:
        self.item = item
        self.parts: list[Done | None] = [None] * parts

    def complete(self) -> bool:
        """Whether all parts are there."""
        return None not in self.parts

    def done(self) -> Done:
        """The parts as one."""
        parts = [part for part in self.parts if part is not None]
        if len(parts) == 1:
            return parts[0]
        tally = Tally()
        for part in parts:
            tally.add(part.tally)
        data = b"".join(part.data for part in parts)
        return Done(data, tuple(defect for part in parts for defect in part.defects), tally)
