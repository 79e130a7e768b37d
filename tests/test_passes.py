"""What the passes ask of the model, and how their accounts become one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from cleaner import Category, Cleaner
from cleaner.account import KEPT, compose, unless_kept
from cleaner.document import Decision, Document
from cleaner.heuristics.batches.bands import Borders
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.judge import judge
from cleaner.heuristics.model import model
from cleaner.heuristics.model.model import Model, Verdict
from cleaner.heuristics.verdict.verdicts import Verdicts

FIXTURES = Path(__file__).parents[1] / "fixtures"
TEXTS = {
    f"{path.parent.name}/{path.stem}": path.read_text(encoding="utf-8")
    for path in sorted(FIXTURES.glob("*/*.txt"))
    if not path.name.endswith(".expected.txt")
}
PAGE = TEXTS["heuristics/page-with-everything"]
BODY = "The river rose again on Monday night, and the people of the valley moved their goods upstairs.\n" * 12


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many documents the model is asked about, each time that it is."""
    calls: list[int] = []
    judge_blocks = model.judge_blocks

    def counting(trained: Model, batch: Batch, borders: Borders | None = None) -> Verdict:
        calls.append(batch.documents)
        return judge_blocks(trained, batch, borders)

    monkeypatch.setattr(model, "judge_blocks", counting)
    return calls


def test_a_later_pass_over_a_body_asks_the_model_nothing(asked: list[int]) -> None:
    cleaner = Cleaner(rules=())
    assert cleaner.clean(PAGE) != PAGE
    assert asked == [1]
    cleaner.explain(PAGE)
    assert asked == [1, 1]


def test_a_body_asks_the_model_nothing(asked: list[int]) -> None:
    assert Cleaner(rules=()).clean(BODY) == BODY
    assert asked == []


def test_an_account_of_a_body_asks_for_its_reasons(asked: list[int]) -> None:
    cleaned = Cleaner(rules=()).explain(BODY)
    assert asked == [1]
    assert {decision.by for decision in cleaned.decisions} <= {"heuristic/body", "heuristic/no-page"}


def test_of_a_batch_the_pages_are_asked_about(asked: list[int]) -> None:
    bodies = [BODY] * (2 * len(PAGE) // len(BODY) + 1)
    assert len(list(Cleaner(rules=()).clean_many([*bodies, PAGE]))) == len(bodies) + 1
    assert asked == [1]


def test_a_batch_mostly_of_pages_is_asked_about_as_a_whole(asked: list[int]) -> None:
    assert len(list(Cleaner(rules=()).clean_many([BODY, PAGE, PAGE, PAGE]))) == 4
    assert asked == [4]


def test_a_part_of_a_batch_gives_the_same_numbers() -> None:
    documents = [Document.from_text(text) for text in TEXTS.values()]
    batch = Batch(documents)
    whole, parts = (Verdicts(documents, batch, "balanced", None) for _ in range(2))
    whole.want(range(len(documents)))
    parts.want([0])
    parts.want(range(3, len(documents), 3))
    for number, document in enumerate(documents):
        told, again = whole.of(number), parts.of(number)
        count = len(document)
        assert (
            told.part.verdict.likely[told.first : told.first + count].tolist()
            == again.part.verdict.likely[again.first : again.first + count].tolist()
        )
        assert whole.kind(number) == parts.kind(number)


def test_an_account_is_the_same_in_any_batch() -> None:
    cleaner = Cleaner(rules=())
    assert list(cleaner.explain_many(TEXTS.values())) == [cleaner.explain(text) for text in TEXTS.values()]


def told(decisions: Sequence[Decision]) -> list[tuple[str, float]]:
    return [(each.why, each.confidence) for each in decisions if each.keep and each.by == "heuristic/body"]


def test_what_stays_is_accounted_for_as_the_first_pass_saw_it() -> None:
    seen = judge([Document.from_text(PAGE)], [[]])[0].decisions()
    cleaned = Cleaner(rules=()).explain(PAGE)
    assert len(told(seen)) > 3
    assert cleaned.dropped
    assert told(cleaned.decisions) == told(seen)


def kept(start: int, end: int, by: str) -> Decision:
    return Decision(start, end, True, None, by, "")


def drop(start: int, end: int, by: str) -> Decision:
    return Decision(start, end, False, Category.OTHER, by, "")


FIRST = [kept(0, 4, "a"), drop(4, 6, "b"), kept(6, 10, "c"), drop(10, 11, "d"), kept(11, 20, "e")]
COMPOSED = {
    "nothing goes": ([kept(0, 17, "x")], ["0-4 a", "4-6 b", "6-10 c", "10-11 d", "11-20 e"]),
    "within one": (
        [kept(0, 5, "x"), drop(5, 7, "y"), kept(7, 17, "x")],
        ["0-4 a", "4-6 b", "6-7 c", "7-9 y", "9-10 c", "10-11 d", "11-20 e"],
    ),
    "over three": (
        [kept(0, 3, "x"), drop(3, 9, "y"), kept(9, 17, "x")],
        ["0-3 a", "3-4 y", "4-6 b", "6-10 y", "10-11 d", "11-12 y", "12-20 e"],
    ),
    "side by side": (
        [drop(0, 1, "y"), drop(1, 4, "z"), kept(4, 17, "x")],
        ["0-1 y", "1-4 z", "4-6 b", "6-10 c", "10-11 d", "11-20 e"],
    ),
    "to the end": (
        [kept(0, 8, "x"), drop(8, 17, "y")],
        ["0-4 a", "4-6 b", "6-10 c", "10-11 d", "11-20 y"],
    ),
    "kept on demand": (
        [kept(0, 2, "x"), kept(2, 4, KEPT), kept(4, 17, "x")],
        ["0-2 a", f"2-4 {KEPT}", "4-6 b", "6-10 c", "10-11 d", "11-20 e"],
    ),
}


@pytest.mark.parametrize(("later", "expected"), COMPOSED.values(), ids=COMPOSED)
def test_a_later_account_is_laid_into_the_first(later: list[Decision], expected: list[str]) -> None:
    assert [f"{each.start}-{each.end} {each.by}" for each in compose(FIRST, later)] == expected


def test_what_an_option_kept_stays_though_a_later_pass_would_drop_it() -> None:
    """Offsets of the account are those of the input, of the decisions those of what is left of it."""
    account = [drop(0, 5, "x"), Decision(5, 9, True, Category.BYLINE, KEPT, ""), kept(9, 20, "heuristic/body")]
    drops = [drop(0, 4, "y"), drop(4, 6, "y")]
    assert unless_kept(drops, account) == drops[1:]
    assert unless_kept([drop(3, 5, "y")], account) == []
