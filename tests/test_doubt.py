"""A second opinion is asked for where the model is in doubt, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from lxml import html

from cleaner import Cleaner
from cleaner.heuristics.account.reasons import in_words, script_of, words_for
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.markup.doubt import in_doubt, judge_and_ask
from cleaner.heuristics.markup.element_kinds import Names
from cleaner.heuristics.markup.pages import PageModel, parse
from cleaner.heuristics.model.model import TABLE, judge_blocks, shipped
from cleaner.reading import read

STORY = (
    "The ferry left at noon, and nobody waved from the long pier, where the rain had begun to fall again.",
    "By evening the harbour master had counted the boats twice, and twice he had found that one was missing.",
)
OTHER = (
    "Lamps of all sizes are sold at the corner of the market, and every lamp is sold with a month of oil.",
    "Who buys three lamps before the first of the month need not carry the third of them home, as we do that.",
)
LINK = f'<a href="/">{OTHER[1]}</a>'
"""Where there are links there is a page around the text."""
SURE = f"<article><p>{STORY[0]}</p><p>{STORY[1]}</p></article><nav><p>{OTHER[0]}</p><p>{OTHER[1]}</p></nav>"
DOUBTFUL = f"<section><p>{STORY[0]}</p><p>{STORY[1]}</p><p>{OTHER[0]}</p><p>{LINK}</p></section>"


def one(feature: str, border: float, leaves: list[int]) -> dict[str, object]:
    return {"splits": [[feature, border]], "leaves": leaves}


ONE_PASS = {
    "bias": 0,
    "trees": [
        one("in-article", 0.5, [0, 9]),
        one("in-nav", 0.5, [0, -9]),
        one("extracted", -0.5, [0, -9]),  # somebody was asked
        one("extracted", 0.5, [0, 18]),
    ],
}
"""Sure of what is in an article or in navigation; of the rest it knows what it is told."""
WEIGHTS = {"passes": [ONE_PASS, ONE_PASS]}
NO_NETWORKS: dict[str, Any] = {"calibration": [[0, 0], [1, 1]], "borders": {}, "networks": []}


def trained() -> PageModel:
    return parse(WEIGHTS, NO_NETWORKS, Names({}))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts of the pages of which an extractor was asked; it says that the story is the body."""
    pages: list[str] = []

    def extract(root: html.HtmlElement, **_: object) -> SimpleNamespace:
        pages.append(root.text_content())
        return SimpleNamespace(body=html.fromstring(f"<div><p>{STORY[0]}</p><p>{STORY[1]}</p></div>"))

    monkeypatch.setattr("trafilatura.bare_extraction", extract)
    return pages


@pytest.fixture
def cleaner(tmp_path: Path) -> Callable[..., Cleaner]:
    """A cleaner that judges pages by `WEIGHTS`."""
    package = Path(__file__).resolve().parents[1] / "cleaner" / "heuristics" / "trained"
    for name in ("weights.json", "networks.json", "vocabulary.tsv", "names.tsv"):
        (tmp_path / name).write_bytes((package / name).read_bytes())
    (tmp_path / "pages.json").write_text(json.dumps(WEIGHTS), encoding="utf-8")
    (tmp_path / "page_networks.json").write_text(json.dumps(NO_NETWORKS), encoding="utf-8")
    return lambda **options: Cleaner(rules=(), weights=tmp_path, **options)


def test_of_a_sure_page_nobody_is_asked(cleaner: Callable[..., Cleaner], asked: list[str]) -> None:
    assert cleaner().clean(SURE).strip().split("\n\n") == list(STORY)
    assert asked == []


def test_of_a_doubtful_page_somebody_is_asked_once(cleaner: Callable[..., Cleaner], asked: list[str]) -> None:
    body = cleaner().clean(DOUBTFUL, format="html")
    assert asked == ["".join((*STORY, *OTHER))]
    assert body.strip().split("\n\n") == list(STORY)


def test_fast_asks_nobody(cleaner: Callable[..., Cleaner], asked: list[str]) -> None:
    assert cleaner(fast=True).clean(DOUBTFUL, format="html").strip().split("\n\n") == [*STORY, *OTHER]
    assert asked == []


def test_pages_in_a_batch_are_judged_as_alone(asked: list[str]) -> None:
    """To the last bit, and with the same reasons, whoever stands beside them."""
    pages = [SURE, DOUBTFUL, SURE.replace("ferry", "boat"), DOUBTFUL.replace("lamp", "sail"), "<p></p>"]
    documents = [read(page, "html") for page in pages]
    text = judge_blocks(shipped(), Batch(documents))
    together = judge_and_ask(trained(), text, documents)
    assert len(asked) == 2
    for number, page in enumerate(pages):
        document = read(page, "html")
        alone = judge_and_ask(trained(), judge_blocks(shipped(), Batch([document])), [document])
        here = range(int(together.batch.first[number]), int(together.batch.last[number]))
        assert together.likely[here].tolist() == alone.likely.tolist()
        assert together.weighed[here].tolist() == alone.weighed.tolist()
        assert in_words(together, here) == in_words(alone, range(len(here)))


@pytest.mark.parametrize(
    ("line", "said", "never"),
    [
        ("港の記事", "few characters", {"few words", "many capitals", "long words"}),
        ("أخبار الميناء", "few words", {"few characters", "many capitals"}),
        ("Harbour news", "many capitals", {"few characters"}),
    ],
)
def test_what_is_said_of_a_line_is_true_of_its_script(line: str, said: str, never: set[str]) -> None:
    words = {word for pair in words_for(TABLE)[script_of(line)] for word in pair}
    assert said in words
    assert not words & never


def test_the_reasons_are_those_of_the_last_verdict(asked: list[str]) -> None:
    documents = [read(page, "html") for page in (SURE, DOUBTFUL)]
    verdict = judge_and_ask(trained(), judge_blocks(shipped(), Batch(documents)), documents)
    reasons = in_words(verdict, range(len(STORY + OTHER) * 2))
    assert [("an extractor" in why) for why in reasons] == 4 * [False] + 4 * [True]
    assert [("an extractor takes it" in why) for why in reasons] == 4 * [False] + [True, True, False, False]
    assert len(asked) == 1


def test_what_nobody_knows_leaves_the_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trafilatura.bare_extraction", lambda *_, **__: None)
    document = read(DOUBTFUL, "html")
    verdict = judge_and_ask(trained(), judge_blocks(shipped(), Batch([document])), [document])
    assert in_doubt(verdict).tolist() == [True]
    assert np.all(verdict.likely == 0.5)
