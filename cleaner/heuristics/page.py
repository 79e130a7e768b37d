"""One document as the heuristics see it: its open blocks, their shapes, the prompts they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cleaner.document import Category, Decision, Document, Span
from cleaner.heuristics.evidence import Evidence, evidence
from cleaner.heuristics.fragments import sentences
from cleaner.heuristics.shapes import Shape, shapes


class Finding(NamedTuple):
    """A run of a page's blocks that goes, what it is, which heuristic found it, and why."""

    run: Span
    category: Category
    heuristic: str
    why: str
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class Page:
    """The blocks that no rule has decided, pieces of a sentence as one block; `spans` says where they stand."""

    document: Document
    spans: tuple[Span, ...]
    blocks: tuple[str, ...]
    shapes: tuple[Shape, ...]
    prompts: tuple[Evidence | None, ...]

    @classmethod
    def of(cls, document: Document, ruled: Sequence[Decision] = ()) -> Page:
        """The open blocks of a document.

        >>> Page.of(Document.from_text("Menu\\nA storm came.")).blocks
        ('Menu', 'A storm came.')
        """
        spans, blocks = _joined(document, open_blocks(document, ruled))
        known = {block: evidence(block) for block in dict.fromkeys(blocks)}
        return cls(
            document, tuple(spans), tuple(blocks), tuple(shapes(blocks)), tuple(known[block] for block in blocks)
        )

    @classmethod
    def from_lines(cls, *lines: str) -> Page:
        """A page of the given blocks, for examples and tests."""
        return cls.of(Document.from_text("\n".join(lines)))

    def __len__(self) -> int:
        return len(self.blocks)

    def names(self, index: int, *kinds: str) -> bool:
        """Whether a block is a prompt of one of these kinds, and little else."""
        prompt = self.prompts[index]
        return prompt is not None and prompt.strong and prompt.kind in kinds

    def mentions(self, index: int, *kinds: str) -> bool:
        """Whether a block names a prompt of one of these kinds, however long it is."""
        prompt = self.prompts[index]
        return prompt is not None and prompt.kind in kinds

    def strong(self, index: int) -> bool:
        """Whether a block is a prompt of any kind, and little else."""
        prompt = self.prompts[index]
        return prompt is not None and prompt.strong


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


def _joined(document: Document, numbers: Sequence[int]) -> tuple[list[Span], list[str]]:
    """The offsets and texts of the open blocks; pieces of one sentence are joined where nothing stands between."""
    lines = document.blocks()
    spans, blocks = [], []
    position = 0
    while position < len(numbers):
        end = position + 1
        while end < len(numbers) and numbers[end] == numbers[end - 1] + 1:
            end += 1
        first = numbers[position]
        part = lines[first : first + end - position]
        for run in sentences(part):
            spans.append(Span(document.starts[first + run.start], document.ends[first + run.end - 1]))
            blocks.append(" ".join(part[run.start : run.end]))
        position = end
    return spans, blocks
