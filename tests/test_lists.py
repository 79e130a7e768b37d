"""Lines without blank lines between them, in a text that has some: a line does not stay alone in its list."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.document import Document
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.verdict.lists import left_in_lists

SURE, DOUBTFUL, NONE = 0.95, 0.6, 0.05


def goes(text: str, likely: list[float]) -> list[int]:
    """The blocks of a text that go with their list."""
    return goes_together([text], likely)


def goes_together(texts: list[str], likely: list[float]) -> list[int]:
    batch = Batch([Document.from_text(text) for text in texts])
    values, limits = np.array(likely, np.float32), np.full(len(texts), 0.5, np.float32)
    return np.flatnonzero(left_in_lists(batch, values, limits, values < 0.5)).tolist()


BOX = "Boats\nA pier for Oldport\nIt took ten years and two storms.\nNora Blank"


def test_a_line_of_a_box_goes_with_the_box() -> None:
    assert goes(f"It rained.\n\n{BOX}\n\nIt snowed.", [SURE, NONE, NONE, DOUBTFUL, NONE, SURE]) == [3]
    assert goes(f"It rained.\n\n{BOX}\n\nIt snowed.", [SURE, NONE, NONE, SURE, NONE, SURE]) == [3]


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        (f"It rained.\n{BOX}\nIt snowed.", [SURE, NONE, NONE, DOUBTFUL, NONE, SURE]),
        ("It rained.\n\nBoats\nTen years.\n\nIt snowed.", [SURE, NONE, DOUBTFUL, SURE]),
        (f"It rained.\n\n{BOX}\n\nIt snowed.", [SURE, NONE, DOUBTFUL, DOUBTFUL, NONE, SURE]),
        (f"It rained.\n\n{BOX}\n\nIt snowed.", [SURE, 0.4, 0.4, DOUBTFUL, 0.4, SURE]),
        ("Home\nNews\nNora Blank\nIt rained all day.\n\nIt snowed.", [NONE, NONE, NONE, SURE, SURE]),
        ("It snowed.\n\nIt rained all day.\nHome\nNews\nNora Blank", [SURE, SURE, NONE, NONE, NONE]),
    ],
    ids=["no blank lines", "a pair", "half of it stays", "in doubt", "below a head", "above a list"],
)
def test_other_lines_stay(text: str, likely: list[float]) -> None:
    assert goes(text, likely) == []


def test_a_doubtful_line_below_a_head_goes() -> None:
    assert goes("Home\nNews\nNora Blank\nIt rained.\n\nIt snowed.", [NONE, NONE, NONE, DOUBTFUL, SURE]) == [3]


def test_a_list_ends_with_its_document() -> None:
    text, likely = f"It rained.\n\n{BOX}", [SURE, NONE, NONE, SURE, NONE]
    assert goes_together([text, text], likely * 2) == [3, 8]
    assert (
        goes_together(
            ["Rain\n\nSnow\nIt hailed.", "Hail\nIt rained.\n\nIt snowed."],
            [SURE] * 2 + [DOUBTFUL] + [NONE] * 2 + [SURE],
        )
        == []
    )


def test_no_text_has_no_lists() -> None:
    assert goes("", []) == []
