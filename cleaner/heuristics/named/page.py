"""One document as the named heuristics see it: its open blocks, their shapes, the prompts they name."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar, overload

import numpy as np
import numpy.typing as npt

from cleaner.document import Category, Decision, Document
from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.batches.shapes import SHORTEST_PROSE, Shape
from cleaner.heuristics.prompts.evidence import KINDS, Evidence, prompts_of
from cleaner.span import Span

Item = TypeVar("Item")
Value = TypeVar("Value", bound=np.generic)


REMEMBERED = 1 << 14
"""Items of a `Lazy` that are held. Heuristics that look around look at neighbours."""


class Finding(NamedTuple):
    """A run of a page's blocks that goes, what it is, which heuristic found it, and why."""

    run: Span
    category: Category
    heuristic: str
    why: str
    confidence: float = 0.9


def findings_of(blocks: Iterable[int], category: Category, heuristic: str, why: str) -> list[Finding]:
    """A finding for each of some blocks."""
    return [Finding(Span(index, index + 1), category, heuristic, why) for index in blocks]


def staying(blocks: Iterable[int], goes: Container[int]) -> Iterator[int]:
    """Those of some blocks that do not go, in the order given."""
    return (index for index in blocks if index not in goes)


class Lazy(Sequence[Item], Generic[Item]):
    """A sequence whose items are made when they are asked for: most heuristics look at few blocks.

    Of those made last up to `REMEMBERED` are held.
    """

    def __init__(self, size: int, make: Callable[[int], Item]) -> None:
        self._made: dict[int, Item] = {}
        self._size, self._make = size, make

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> list[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | list[Item]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        made = self._made
        if index in made:
            return made[index]
        if not -self._size <= index < self._size:
            raise IndexError(index)
        if len(made) >= REMEMBERED:
            made.clear()
        item = made[index] = self._make(index % self._size)
        return item


class Page:
    """The blocks of a document that no rule has decided. `numbers` are their indices in the document.

    `first` is the index of the document's first block in the batch.
    """

    def __init__(self, document: Document, ruled: Sequence[Decision], batch: Batch, first: int) -> None:
        self.document = document
        self.first = first
        self.batch = batch
        self.numbers = open_blocks(document, ruled)
        block, numbers = document.block, self.numbers
        self.blocks: Sequence[str]
        if len(numbers) > REMEMBERED:
            self.blocks = Lazy(len(numbers), lambda index: block(numbers[index]))
        else:
            self.blocks = document.blocks() if len(numbers) == len(document) else list(map(block, numbers))
        blocks = self.blocks  # what makes the items must not hold the page: a cycle is freed late, and a batch with it
        self.shapes: Sequence[Shape] = Lazy(len(blocks), lambda index: Shape(blocks[index]))
        self.prompts: Sequence[Evidence | None] = Lazy(
            len(blocks), lambda index: prompts_of(batch).of(first + numbers[index])
        )

    @classmethod
    def from_lines(cls, *lines: str) -> Page:
        """A page of the given blocks, for examples and tests.

        >>> Page.from_lines("Menu", "A storm came.").blocks
        ['Menu', 'A storm came.']
        """
        document = Document.from_text("\n".join(lines))
        return cls(document, (), Batch([document]), 0)

    def __len__(self) -> int:
        return len(self.blocks)

    def times(self, index: int) -> int:
        """How often the text of a block stands as a block."""
        return self._times[self.blocks[index]] if self._several[index] else 1

    @cached_property
    def _several(self) -> Booleans:
        """Whether the words of each block stand several times as a block."""
        return np.asarray(self._open(self.batch.copies[0]) > 1)

    @cached_property
    def _times(self) -> Counter[str]:
        return Counter(map(self.blocks.__getitem__, np.flatnonzero(self._several).tolist()))

    def flags(self, hint: Callable[[Batch], Booleans]) -> Booleans:
        """Of each block whether a hint (`hints.py`) is true of it."""
        return self._open(_hints(self.batch, hint))

    def hinted(self, hint: Callable[[Batch], Booleans]) -> list[int]:
        """The blocks of which a hint is true."""
        if len(self.numbers) < len(self.document):
            found: list[int] = np.flatnonzero(self.flags(hint)).tolist()
            return found
        places = _places(self.batch, hint)
        low = bisect_left(places, self.first)
        high = bisect_left(places, self.first + len(self.document), low)
        return [place - self.first for place in places[low:high]]

    def rule_out(self, hint: Callable[[Batch], Booleans], indices: Sequence[int]) -> None:
        """Have a hint, which sees blocks by themselves, say nothing more of some: its heuristic has looked at them and
        found nothing, and need not look again in another batch that holds them."""
        flags = hint(self.batch)
        for index in indices:
            flags[self.first + self.numbers[index]] = False

    def of_document(self, values: npt.NDArray[Value]) -> npt.NDArray[Value]:
        """Of a value for each block of the batch those for all blocks of the document."""
        return values[self.first : self.first + len(self.document)]

    def _open(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Of a value for each block of the batch those for the open blocks of the document."""
        return self.of_open(self.of_document(values))

    def of_open(self, values: npt.NDArray[Value]) -> npt.NDArray[Value]:
        """Of a value for each block of the document those for the open ones."""
        return values if len(self.numbers) == len(values) else values[self.numbers]

    def span(self, index: int) -> Span:
        """Where a block stands in the text."""
        number = self.numbers[index]
        return Span(self.document.starts[number], self.document.ends[number])

    def element_category(self, index: int, body: int) -> Category | None:
        """What the elements around a block make of it, up to one that holds the block at `body` too; None in a text."""
        if self.document.page is None:
            return None
        from cleaner.heuristics.named.element_names import category_of  # pages alone need it

        start = self.span(body).start if body < len(self) else len(self.document.text)
        return category_of(self.document.page, self.span(index).start, start)

    def prose(self, index: int) -> bool:
        """Whether a block is prose, see `Shape.prose`."""
        return len(self.blocks[index]) >= SHORTEST_PROSE and self.shapes[index].prose

    @cached_property
    def words(self) -> Floats:
        """The words of each block, as the batch counts them."""
        return self._open(self.batch.words)

    def prose_words(self, run: Span) -> Iterator[float]:
        """The words of each block of prose in a run of blocks."""
        return (self.shapes[index].words for index in range(run.start, run.end) if self.prose(index))

    def kinds(self, index: int) -> list[str]:
        """The kinds of the phrases that a block holds, one for each different phrase."""
        return prompts_of(self.batch).kinds_of(self.first + self.numbers[index])

    def names(self, kind: str) -> list[int]:
        """The blocks that are a prompt of this kind, and little else."""
        return self._of_kind.get(kind, [])

    def says(self, index: int, kind: str) -> bool:
        """Whether a block is a prompt of this kind, and little else."""
        return self._said.get(index) == kind

    def of_kinds(self, kinds: Collection[str]) -> list[int]:
        """The blocks that are a prompt of one of these kinds, and little else."""
        return sorted(index for kind in kinds for index in self._of_kind.get(kind, ()))

    def strong(self, index: int) -> bool:
        """Whether a block is a prompt of any kind, and little else."""
        return index in self._said

    @cached_property
    def phrased(self) -> Booleans:
        """Of each block whether it is a prompt of several words, and nothing else."""
        return self._open(prompts_of(self.batch).phrased)

    @cached_property
    def prompted(self) -> list[int]:
        """The blocks that are a prompt of any kind, and little else."""
        return list(self._said)

    @cached_property
    def _of_kind(self) -> dict[str, list[int]]:
        """The blocks that are a prompt of each kind, in order."""
        found: dict[str, list[int]] = {}
        for index, kind in self._said.items():
            found.setdefault(kind, []).append(index)
        return found

    @cached_property
    def _said(self) -> dict[int, str]:
        """The kind of prompt that each of these blocks is, in order."""
        said = self._open(prompts_of(self.batch).said)
        prompted = np.flatnonzero(said >= 0)
        return dict(zip(prompted.tolist(), map(KINDS.__getitem__, said[prompted].tolist()), strict=True))


def open_blocks(document: Document, ruled: Sequence[Decision]) -> Sequence[int]:
    """The indices of the blocks that no decision touches."""
    if not ruled:
        return range(len(document))
    decided = sorted((decision.start, decision.end) for decision in ruled)
    numbers, position = [], 0
    for number, (start, end) in enumerate(zip(document.starts, document.ends, strict=True)):
        while position < len(decided) and decided[position][1] <= start:
            position += 1
        if position == len(decided) or decided[position][0] >= end:
            numbers.append(number)
    return numbers


def _places(batch: Batch, hint: Callable[[Batch], Booleans]) -> array[int]:
    """The blocks of a batch of which a hint is true."""
    if hint not in batch.hinted:
        batch.hinted[hint] = indices_of(_hints(batch, hint))
    return batch.hinted[hint]


def _hints(batch: Batch, hint: Callable[[Batch], Booleans]) -> Booleans:
    return batch.once(hint.__name__, lambda: hint(batch))


def indices_of(flags: Booleans) -> array[int]:
    """Where a flag is true. Of few numbers it is quicker to ask an array than numpy, and it is smaller than a list."""
    return array("i", np.flatnonzero(flags).astype(np.int32).tobytes())
