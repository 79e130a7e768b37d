"""One document as the named heuristics see it: its open blocks, their shapes, the prompts they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar, overload

import numpy as np

from cleaner.document import Category, Decision, Document, Span
from cleaner.heuristics.batch import Batch, Booleans
from cleaner.heuristics.evidence import Evidence, prompts_of
from cleaner.heuristics.shapes import Shape, is_prose, shape_of, words_of

Item = TypeVar("Item")


class Finding(NamedTuple):
    """A run of a page's blocks that goes, what it is, which heuristic found it, and why."""

    run: Span
    category: Category
    heuristic: str
    why: str
    confidence: float = 0.9


class Lazy(Sequence[Item], Generic[Item]):
    """A sequence whose items are made when they are first asked for: most heuristics look at few blocks."""

    def __init__(self, size: int, make: Callable[[int], Item]) -> None:
        self._items: list[Item | None] = [None] * size
        self._made = bytearray(size)
        self._make = make

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> list[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | list[Item]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        if not self._made[index]:
            self._items[index] = self._make(index if index >= 0 else index + len(self))
            self._made[index] = 1
        return self._items[index]  # type: ignore[return-value]


class Page:
    """The blocks of a document that no rule has decided. `numbers` are their indices in the document.

    `first` is the index of the document's first block in the batch.
    """

    def __init__(self, document: Document, ruled: Sequence[Decision], batch: Batch, first: int) -> None:
        self.document = document
        self.first = first
        self.batch = batch
        self.numbers = open_blocks(document, ruled)
        every = document.blocks()
        self.blocks = every if len(self.numbers) == len(every) else [every[number] for number in self.numbers]
        self.shapes: Sequence[Shape] = Lazy(len(self.blocks), self._shape)
        self._prose: Sequence[bool] = Lazy(len(self.blocks), lambda index: is_prose(self.blocks[index]))
        self.prompts: Sequence[Evidence | None] = Lazy(len(self.blocks), self._prompt)

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

    @cached_property
    def _times(self) -> Counter[str]:
        return Counter(self.blocks)

    def _shape(self, index: int) -> Shape:
        return shape_of(self.blocks[index], self._times[self.blocks[index]])

    def _prompt(self, index: int) -> Evidence | None:
        return prompts_of(self.batch).of(self.first + self.numbers[index])

    def hinted(self, hint: Callable[[Batch], Booleans]) -> list[int]:
        """The blocks of which a hint (`hints.py`) is true."""
        flags = self.batch.once(hint.__name__, lambda: hint(self.batch))
        return self._open(np.flatnonzero(flags[self.first : self.first + len(self.document)]).tolist())

    def _open(self, numbers: list[int]) -> list[int]:
        """The indices of those of the document's blocks that are open."""
        if len(self.numbers) == len(self.document):
            return numbers
        return [self._index[number] for number in numbers if number in self._index]

    @cached_property
    def _index(self) -> dict[int, int]:
        return {number: index for index, number in enumerate(self.numbers)}

    def with_prompt(self, kind: str) -> list[int]:
        """The blocks that hold a phrase of a kind."""
        there = prompts_of(self.batch).having(kind, self.first, len(self.document))
        return self._open([number - self.first for number in dict.fromkeys(there)])

    def span(self, index: int) -> Span:
        """Where a block stands in the text."""
        number = self.numbers[index]
        return Span(self.document.starts[number], self.document.ends[number])

    def prose(self, index: int) -> bool:
        """Whether a block is prose, see `Shape.prose`."""
        return self._prose[index]

    def prose_words(self, run: Span) -> Iterator[float]:
        """The words of each block of prose in a run of blocks."""
        return (words_of(self.blocks[index])[0] for index in range(run.start, run.end) if self._prose[index])

    def names(self, index: int, *kinds: str) -> bool:
        """Whether a block is a prompt of one of these kinds, and little else."""
        prompt = self.prompts[index] if self._prompted[index] else None
        return prompt is not None and prompt.strong and prompt.kind in kinds

    def strong(self, index: int) -> bool:
        """Whether a block is a prompt of any kind, and little else."""
        prompt = self.prompts[index] if self._prompted[index] else None
        return prompt is not None and prompt.strong

    @cached_property
    def _prompted(self) -> list[bool]:
        """Whether a block holds the phrase of a prompt at all."""
        first = self.first
        flags: list[bool] = prompts_of(self.batch).prompted[first : first + len(self.document)].tolist()
        return flags if len(self.numbers) == len(flags) else [flags[number] for number in self.numbers]


def open_blocks(document: Document, ruled: Sequence[Decision]) -> list[int]:
    """The indices of the blocks that no decision touches."""
    if not ruled:
        return list(range(len(document)))
    decided = sorted((decision.start, decision.end) for decision in ruled)
    numbers, position = [], 0
    for number, (start, end) in enumerate(zip(document.starts, document.ends, strict=True)):
        while position < len(decided) and decided[position][1] <= start:
            position += 1
        if position == len(decided) or decided[position][0] >= end:
            numbers.append(number)
    return numbers
