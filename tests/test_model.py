"""Scoring, decoding and reasons, on forests small enough to follow by hand."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cleaner.document import Document
from cleaner.heuristics.account.reasons import in_words
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.features.features import FEATURES
from cleaner.heuristics.features.wording import parse_vocabulary
from cleaner.heuristics.model.decode import Favor, alone, thresholds
from cleaner.heuristics.model.model import ROWS, Model, Verdict, judge_blocks, load, parse
from cleaner.heuristics.model.trees import CHUNK, FEW, STEPS, Forest

Splits = list[tuple[str, float]]
NO_NETWORKS: dict[str, Any] = {"calibration": [[0, 0], [1, 1]], "borders": {}, "networks": []}
VOCABULARY = "ferry\t1.5\nnewsletter\t-3.5\n"


def layer(bias: float, *trees: tuple[Splits, list[float]]) -> dict[str, Any]:
    return {"bias": bias, "trees": [{"splits": splits, "leaves": leaves} for splits, leaves in trees]}


def model_of(
    first: dict[str, Any], second: dict[str, Any], curve: tuple[tuple[float, float], ...] = ((0, 0), (1, 1))
) -> Model:
    trees = {"first": first, "second": second, "calibration": curve}
    return parse(trees, NO_NETWORKS, parse_vocabulary(VOCABULARY))


def batch_of(*texts: str) -> Batch:
    return Batch([Document.from_text(text) for text in texts])


def judged(model: Model, *texts: str) -> Verdict:
    return judge_blocks(model, batch_of(*texts))


def sigmoid(score: float) -> float:
    return 1 / (1 + math.exp(-score))


LONG_HERE_LONG_ABOVE: Splits = [("words", 3.5), ("words@-1", 3.5)]
LIKELY_HERE_LONG_BELOW: Splits = [("first-look", 0.9), ("words@+1", 3.5)]
TWO_PASSES = model_of(
    layer(0.5, (LONG_HERE_LONG_ABOVE, [0, 1, 2, 4])),
    layer(0, (LIKELY_HERE_LONG_BELOW, [-1, 0, 0, 3])),
)


def test_both_passes_are_scored_as_by_hand() -> None:
    """First pass: 1.5, 2.5, 1.5; so the first looks are 0.82, 0.92, 0.82, and only the middle one exceeds 0.9."""
    likely = judged(TWO_PASSES, "a b c d e\nx\na b c d").likely
    assert likely == pytest.approx([sigmoid(-1), sigmoid(3), sigmoid(-1)], abs=1e-6)


def test_neighbours_end_with_the_document() -> None:
    above = model_of(layer(0, ([("words@-1", 3.5)], [0, 0])), layer(0, ([("words@-1", 3.5)], [-1, 1])))
    assert (judged(above, "a b c d\nx", "x\nx").likely > 0.5).tolist() == [False, True, False, False]


def test_trees_add_up_and_the_curve_corrects() -> None:
    trees: list[tuple[Splits, list[float]]] = [([("words", 1.5)], [0.25, -0.5]), ([("words", 2.5)], [0, 2])]
    model = model_of(layer(0, *trees), layer(-0.25, *trees), ((0, 0), (0.5, 0.25), (1, 1)))
    expected = [0.5 * 0.5, 0.5 * sigmoid(-0.75), 0.25 + 1.5 * (sigmoid(1.25) - 0.5)]
    assert judged(model, "a\na b\na b c").likely == pytest.approx(expected, abs=1e-6)


def test_a_value_must_exceed_its_border() -> None:
    model = model_of(layer(0, ([("words", 2)], [0, 0])), layer(0, ([("words", 2)], [-1, 1])))
    assert (judged(model, "a\na b\na b c").likely > 0.5).tolist() == [False, False, True]


def many_trees(seed: int) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    names = [row.name for row in FEATURES] + [f"{row.name}@{shift:+d}" for row in FEATURES for shift in row.shifts]
    trees: list[tuple[Splits, list[float]]] = []
    for _ in range(60):
        splits = [(str(random.choice(names)), float(random.uniform(0, 4))) for _ in range(6)]
        trees.append((splits, random.normal(0, 0.5, 64).round(4).tolist()))
    return layer(float(random.normal()), *trees)


def test_a_document_is_judged_alike_in_any_batch() -> None:
    model = model_of(many_trees(1), many_trees(2))
    texts = [
        "one block",
        "\n".join(f"The ferry {number} left, and {'nobody ' * (number % 13)}waved." for number in range(CHUNK - 7)),
        "",
        "Newsletter\n\nThe ferry left at noon, and nobody on the long pier waved at it.\nMore\nMore",
        "***",
    ]
    together = judged(model, *texts)
    reasons = in_words(together, range(together.batch.count))
    for number, text in enumerate(texts):
        here = slice(int(together.batch.first[number]), int(together.batch.last[number]))
        alone = judged(model, text)
        assert alone.likely.tobytes() == together.likely[here].tobytes()
        assert in_words(alone, range(alone.batch.count)) == reasons[here]


@pytest.mark.parametrize("trees", [1, 2, 7])
def test_few_blocks_are_answered_as_many_are(trees: int) -> None:
    """One document goes over the end of the first part that is answered at once; others end inside a part."""
    pass_over = many_trees(11)
    forest = Forest.parse({**pass_over, "trees": pass_over["trees"][:trees]}, ROWS)
    batch = batch_of("a b\nc", "", "\n".join(f"w{' x' * (number % 5)}." for number in range(FEW - 3)), "d\ne f.\ng")
    values = tuple(np.random.default_rng(1).normal(size=(len(ROWS), batch.count)).astype(np.float32))
    many = forest.answers(values, batch, slice(0, batch.count))
    edges = [*range(0, batch.count, FEW // 3), batch.count]
    few = [forest.answers(values, batch, slice(start, stop)) for start, stop in pairwise(edges)]
    assert batch.count > FEW
    assert np.concatenate(few, axis=1).tolist() == many.tolist()
    levels = [leaves for _, leaves in forest.leaf_numbers(many)]
    expected = [forest.leaves[tree, leaf] for tree, leaf in enumerate(np.concatenate(levels))]
    scores = forest.scores(values, batch)
    assert scores == pytest.approx(np.sum(expected, axis=0) / STEPS + forest.bias)


def test_no_blocks_have_no_verdict() -> None:
    assert judged(TWO_PASSES).likely.tolist() == []
    assert judged(TWO_PASSES, "", "\n").likely.tolist() == []
    assert in_words(judged(TWO_PASSES, ""), []) == []


def test_a_model_is_read_from_its_folder(tmp_path: Path) -> None:
    weights = {
        "first": layer(0, ([("wording-sum", -1)], [0, 0])),
        "second": layer(0, ([("wording-sum", -1)], [-1, 1])),
        "calibration": [[0, 0], [1, 1]],
    }
    (tmp_path / "weights.json").write_text(json.dumps(weights), encoding="utf-8")
    (tmp_path / "networks.json").write_text(json.dumps(NO_NETWORKS), encoding="utf-8")
    (tmp_path / "vocabulary.tsv").write_text(VOCABULARY, encoding="utf-8")
    assert (judged(load(tmp_path), "Newsletter\nFerry").likely > 0.5).tolist() == [False, True]


SURE, DOUBTED = "a b c d e f g h i j", "k l m n o"


@pytest.mark.parametrize(
    ("doubt", "stays", "why"),
    [
        (0.6, True, "with all, 0.6 of 1 and 0.4 of 1/3 make 0.73; without, 0.4 of 1 and 0.6 of 1/3 make 0.6"),
        (0.4, False, "the other way round; if they erred one by one, 0.34 would be the threshold and all would stay"),
    ],
)
def test_many_doubtful_blocks_stay_or_go_together(doubt: float, stays: bool, why: str) -> None:
    """Ten blocks of ten words are body; eighty of five words all are, or none."""
    batch = batch_of("\n".join([SURE] * 10 + [DOUBTED] * 80))
    (found,) = thresholds(batch, np.array([0.999] * 10 + [doubt] * 80, np.float32)).tolist()
    assert (found <= doubt, found <= 0.999) == (stays, True), why


def test_a_single_block_stays_from_about_half_on() -> None:
    """Where all else is beyond doubt, a block is worth what it is likely to be, less the half that it costs."""
    batch = batch_of("\n".join([SURE] * 10 + ["k"]))
    stays = [
        bool(thresholds(batch, np.array([0.999] * 10 + [likely], np.float32))[0] <= likely) for likely in (0.4, 0.6)
    ]
    assert stays == [False, True]


def test_favouring_recall_lowers_the_threshold_and_precision_raises_it() -> None:
    batch = batch_of("\n".join([SURE] * 10 + [DOUBTED] * 9))
    likely = np.array([0.999] * 10 + [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], np.float32)
    favors: tuple[Favor, ...] = ("recall", "balanced", "precision")
    found = [float(thresholds(batch, likely, favor)[0]) for favor in favors]
    assert found == sorted(set(found))


def test_a_short_line_in_doubt_stays_between_lines_that_stay() -> None:
    """Of the six in doubt: one improbable, one beside another, one too long, one at the end of its document."""
    text = f"{SURE}\na\n{SURE}\nb\n{SURE}\nc\nd\n{SURE}\n{SURE} {SURE}\n{SURE}\ne"
    batch = batch_of(text, SURE)
    likely = np.array([0.9, 0.4, 0.9, 0.39, 0.9, 0.45, 0.45, 0.9, 0.45, 0.9, 0.45, 0.9], np.float32)
    assert np.flatnonzero(alone(batch, likely, likely < 0.5)).tolist() == [1]


def test_where_all_is_improbable_nothing_stays() -> None:
    assert thresholds(batch_of("a\nb"), np.array([0.02, 0.05], np.float32))[0] == pytest.approx(0.1)


def test_texts_without_blocks_have_a_threshold_too() -> None:
    assert thresholds(batch_of("", "a", ""), np.array([0.7], np.float32)).shape == (3,)


def test_a_threshold_does_not_depend_on_what_stands_before() -> None:
    random = np.random.default_rng(3)
    batch, alone = batch_of("a b\n" * 999, "a\na b c\na b\n" * 9), batch_of("a\na b c\na b\n" * 9)
    likely = random.random(batch.count, np.float32)
    assert thresholds(batch, likely)[1] == thresholds(alone, likely[999:])[0]


BY_LENGTH = model_of(layer(0, ([("words", 3.5)], [0, 0])), layer(0, ([("words", 3.5)], [-2, 2])))


def test_reasons_name_what_weighed_most() -> None:
    verdict = judged(BY_LENGTH, "a b c d e\nx\ny")
    assert in_words(verdict, [0, 1]) == ["many words", "few words"]


def test_a_single_block_has_a_reason_too() -> None:
    assert in_words(judged(BY_LENGTH, "a b c d e"), [0]) == ["many words"]


def test_what_the_first_look_weighed_is_shared_out_among_what_it_saw() -> None:
    seen = model_of(layer(0, ([("stops", 0.5)], [-2, 2])), layer(0, ([("first-look", 0.5)], [-2, 2])))
    assert in_words(judged(seen, "One. Two.\nmenu"), [0, 1]) == ["full stops", "no full stop"]


def test_what_spoke_against_the_verdict_is_no_reason() -> None:
    trees: list[tuple[Splits, list[float]]] = [([("words", 1.5)], [-2, 2]), ([("stops", 0.5)], [-0.5, 0.5])]
    verdict = judged(model_of(layer(0, ([("words", 1.5)], [0, 0])), layer(0, *trees)), "a b\nx.")
    assert in_words(verdict, [0, 1]) == ["many words", "few words"]


def test_what_is_not_true_of_a_block_is_no_reason() -> None:
    verdict = judged(BY_LENGTH, "a b c d e")
    assert in_words(verdict, [0], [("full stop", "many")]) == [""]
    assert in_words(verdict, [0], [("full stop",)]) == ["many words"]
