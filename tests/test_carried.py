"""What a pass found out of lines, carried to the next."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.body import remove
from cleaner.document import Category, Decision, Document
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.judge import judge
from cleaner.heuristics.named.hints import may_be_credit, paragraphs
from cleaner.heuristics.prompts.carried import Left, carry_all, told_of
from cleaner.heuristics.prompts.evidence import prompts_of

PROSE = "The ferry to Hallow Island did not sail today, and nobody on the quay could say when it would sail again."
LINES = ("Home", "Sign up for our newsletter", PROSE, "Photo: Nora Blank", "Read more: a 😀 storm", PROSE, "Home", "»")
OTHER = ("Read also", "雨が降った。続きを読む", "Leave a comment", PROSE)
STAYS = [1, 2, 4, 5, 6, 7, 9, 11]
"""Blocks of both texts that stay, counted through."""


def _document(lines: tuple[str, ...]) -> Document:
    return Document.from_text("".join(f"  {line}\n\n" for line in lines))


def _carried() -> tuple[Batch, Batch]:
    """A batch in which what is left of two texts is told, and one of the same that has to find it out."""
    every = (*LINES, *OTHER)
    before = Batch([_document(LINES), _document(OTHER)])
    may_be_credit(before)
    places = [number for number in STAYS if number < len(LINES)], [number for number in STAYS if number >= len(LINES)]
    left = [_document(tuple(every[number] for number in numbers)) for numbers in places]
    batch = Batch(left)
    carry_all([Left(told_of(before), np.array(numbers)) for numbers in places], batch)
    return batch, Batch(left)


def test_what_is_carried_is_what_would_be_found() -> None:
    carried, found = _carried()
    assert carried.words.tolist() == found.words.tolist()
    assert [each.tolist() for each in carried.copies] == [each.tolist() for each in found.copies]
    assert carried.is_prose.tolist() == found.is_prose.tolist()
    assert may_be_credit(carried).tolist() == may_be_credit(found).tolist()
    assert paragraphs(carried).tolist() == paragraphs(found).tolist()


def test_carried_prompts_are_those_that_would_be_found() -> None:
    carried, found = map(prompts_of, _carried())
    for name in ("said", "strong", "phrased", "labels"):
        assert getattr(carried, name).tolist() == getattr(found, name).tolist()
    assert carried.counts().tolist() == found.counts().tolist()
    assert carried.opens().tolist() == found.opens().tolist()
    assert [carried.of(block) for block in range(len(STAYS))] == [found.of(block) for block in range(len(STAYS))]
    assert [carried.kinds_of(block) for block in range(len(STAYS))] == [
        found.kinds_of(block) for block in range(len(STAYS))
    ]


def test_nothing_is_read_of_the_text_that_was_read_before() -> None:
    carried, _ = _carried()
    prompts_of(carried).strong  # noqa: B018
    may_be_credit(carried)
    assert "characters" not in vars(carried)


def test_a_judgement_tells_which_blocks_are_left() -> None:
    lines = ("Home", "Sign up for our newsletter", "Photo: Nora Blank", *[PROSE] * 4, "Read more", "Leave a comment")
    document = _document(lines)
    (judgement,) = judge([document], [[]])
    left = judgement.left
    assert left is not None
    rest = Document.from_text(remove(document, judgement.drops))
    assert rest.blocks() == [lines[number] for number in left.blocks.tolist()]
    assert judge([rest], [[]], left=[left])[0].drops == judge([rest], [[]])[0].drops


@pytest.mark.parametrize("keep", [True, False])
def test_nothing_is_carried_of_a_text_that_a_rule_speaks_of(keep: bool) -> None:
    document = _document(LINES)
    rule = Decision(document.starts[0], document.ends[0], keep, None if keep else Category.NAVIGATION, "source/x", "")
    assert judge([document], [[rule]])[0].left is None
