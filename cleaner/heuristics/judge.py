"""The heuristics over a batch of documents. STUB: to be written by the heuristics helper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.document import Decision, Document


class Judgement(NamedTuple):
    """What the heuristics say of one document; `decisions` do not overlap, nor touch what the rules decided."""

    decisions: list[Decision]
    title: str | None = None
    warnings: tuple[str, ...] = ()


def judge(documents: Sequence[Document], ruled: Sequence[Sequence[Decision]]) -> list[Judgement]:
    """One judgement per document."""
    return [Judgement([]) for _ in documents]
