"""Networks small enough to follow by hand, and what holds of any."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from cleaner.document import Document
from cleaner.heuristics.batches import bands
from cleaner.heuristics.batches.bands import Bands
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.batches.stretches import Chosen
from cleaner.heuristics.features.features import FEATURES, matrix
from cleaner.heuristics.features.wording import parse_vocabulary, use_vocabulary
from cleaner.heuristics.model import network
from cleaner.heuristics.model.model import ROWS, SHARE, SHARE_OF_OTHERS, judge_blocks, judge_text, parse
from cleaner.heuristics.model.network import AT_ONCE, EXACT, GATE, TOP, Networks
from cleaner.heuristics.training.network import LEVELS, Rows, Settings, borders_for, fit, packs, units_of
from cleaner.heuristics.training.whole_numbers import whole

NAMES = [row.name for row in FEATURES]


def dense(*rows: list[int], scale: float = 1, bias: float = 0) -> dict[str, Any]:
    weights = " ".join(str(weight) for row in rows for weight in row)
    return {"scale": [scale] * len(rows), "bias": [bias] * len(rows), "weights": weights}


def one_unit(**parts: Any) -> dict[str, Any]:
    """Ten for each level of "words"; nothing from other blocks; the head passes on what the block itself is."""
    return {
        "entry": dense([10]),
        "layers": [{"distance": 1, "kept": 1, **dense([0, 0, 0])}],
        "gate": dense([0], bias=GATE),
        "context": dense([0, 0, 0]),
        "head": dense([1, 0, 0]),
        "verdict": dense([1]),
        **parts,
    }


def of_file(networks: list[dict[str, Any]], borders: dict[str, list[float]]) -> Networks:
    return Networks.parse({"borders": borders, "networks": networks, "calibration": [[0, 0], [1, 1]]}, ROWS)


def scores(network: dict[str, Any], *texts: str, borders: tuple[float, ...] = (1.5, 3.5)) -> list[float]:
    batch = Batch([Document.from_text(text) for text in texts])
    values = np.zeros((len(ROWS), batch.count), np.float32)
    values[ROWS["words"]] = batch.words
    (found,) = of_file([network], {"words": list(borders)}).scores(tuple(values), Chosen.every(batch))
    return [round(score, 4) for score in found.tolist()]


def test_a_value_counts_by_the_borders_that_it_exceeds() -> None:
    assert scores(one_unit(), "a\nb c\nd e f\ng h i k") == [0, 10, 10, 20]
    assert scores(one_unit(verdict=dense([3], scale=0.5, bias=-1)), "a\nb c") == [-1, 14]


def test_a_layer_adds_what_stands_before_and_behind_within_the_document() -> None:
    """Units 0, 10, 20 and, in the second text, 20: what stands before counts once, what stands behind twice."""
    layers = [{"distance": 1, "kept": 1, **dense([1, 0, 2])}]
    assert scores(one_unit(layers=layers), "a\nb c\nd e f g", "h i k l") == [20, 50, 30, 20]


def test_a_layer_keeps_a_share_and_adds_nothing_negative() -> None:
    layers = [{"distance": 2, "kept": 0.5, **dense([0, -1, 3])}]
    assert scores(one_unit(layers=layers), "a b\nc d\ne f g h") == [5 + 50, 5, 10]


def test_units_are_whole_and_bounded() -> None:
    assert scores(one_unit(entry=dense([1], scale=0.3, bias=0.3)), "a\nb c\nd e f g") == [0, 1, 1]
    assert scores(one_unit(entry=dense([5000])), "a\nb c") == [0, TOP]


@pytest.mark.parametrize(
    ("gate", "weights", "expected", "why"),
    [
        (dense([0], bias=GATE), [1, 0, 0], 6, "10 and 0, weighed by the roots of 9 and 4: 30 of 5"),
        (dense([0], bias=0), [1, 0, 0], 0, "the gate is shut"),
        (dense([0], bias=0), [0, 1, 0], 6, "what the gate leaves out"),
        (dense([0], bias=GATE), [0, 0, 1], 5, "each block once"),
        (dense([13]), [1, 0, 0], 10, "the gate is open where there is something, 13 times 10 being more than all"),
    ],
)
def test_blocks_see_what_the_document_is_about(
    gate: dict[str, Any], weights: list[int], expected: int, why: str
) -> None:
    network = one_unit(gate=gate, context=dense(weights), head=dense([0, 1, 0]))
    found = scores(network, "a b c d e f g h\ni k l", "m", borders=(5,))
    assert found == [expected, expected, 0], why


def test_the_head_sees_how_far_a_block_is_like_the_document() -> None:
    network = one_unit(entry=dense([500]), context=dense([0, 0, 1]), head=dense([0, 0, 1]))
    assert scores(network, "a\nb c d e") == [0, round(1000 * 500 / TOP)]


def borders_of_all(draw: np.random.Generator) -> dict[str, list[float]]:
    return {name: sorted(draw.uniform(0, 20, 4).tolist()) for name in NAMES}


def any_network(draw: np.random.Generator) -> dict[str, Any]:
    units = 6

    def random(outputs: int, inputs: int, scale: float = 0.002) -> dict[str, Any]:
        return dense(*draw.integers(-99, 100, (outputs, inputs)).tolist(), scale=scale, bias=float(draw.normal(200)))

    layers = [{"distance": 2**number, "kept": 0.8, **random(units, 3 * units)} for number in range(6)]
    return {
        "entry": random(units, len(NAMES), 0.5),
        "layers": layers,
        "gate": random(1, units),
        "context": random(units, 3 * units),
        "head": random(units, 3 * units),
        "verdict": random(1, units, 0.001),
    }


TEXTS = [
    "one block",
    "\n".join(f"The ferry {number} left, and {'nobody ' * (number % 13)}waved." for number in range(2 * AT_ONCE + 40)),
    "",
    "Newsletter\n\nThe ferry left at noon, and nobody on the long pier waved at it.\nMore\nMore",
    "***",
]


def batch_of(*texts: str) -> Batch:
    """With the words that a model knows."""
    batch = Batch([Document.from_text(text) for text in texts])
    use_vocabulary(batch, parse_vocabulary("ferry\t1.5\nmore\t-1\n"))
    return batch


def test_a_document_is_judged_alike_in_any_batch_and_from_bands() -> None:
    draw = np.random.default_rng(1)
    asked = borders_of_all(draw)
    networks = of_file([any_network(draw), any_network(draw)], asked)
    together = batch_of(*TEXTS)
    found, other = networks.scores(tuple(matrix(together)), Chosen.every(together))
    assert other.tolist() != found.tolist()
    assert len(set(found.tolist())) > 50
    borders = [np.array(sorted({*asked[name], 0.25, 7.75}), np.float32) for name in NAMES]
    bands = tuple(Bands.of(row, of_row) for row, of_row in zip(matrix(together), borders, strict=True))
    assert networks.scores(bands, Chosen.every(together))[0].tobytes() == found.tobytes()
    for number, text in enumerate(TEXTS):
        alone = batch_of(text)
        here = slice(int(together.first[number]), int(together.last[number]))
        assert networks.scores(tuple(matrix(alone)), Chosen.every(alone))[0].tobytes() == found[here].tobytes()


@pytest.mark.parametrize("at_once", [7, 200, 2400, 10_000])
def test_it_is_the_same_how_many_blocks_are_computed_at_once(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the long document and of short ones, some without a block, beside each other."""
    draw = np.random.default_rng(2)
    networks = of_file([any_network(draw), any_network(draw)], borders_of_all(draw))
    batch = batch_of(*TEXTS, *(TEXTS[1][:size] for size in (0, 3000, 200, 20, 150_000, 9000)))
    values = tuple(matrix(batch))
    found = networks.scores(values, Chosen.every(batch))
    monkeypatch.setattr(network, "AT_ONCE", at_once)
    monkeypatch.setattr(bands, "FEW", 100)
    again = networks.scores(values, Chosen.every(batch))
    assert [scores.tobytes() for scores in again] == [scores.tobytes() for scores in found]


def test_some_documents_are_scored_as_among_all() -> None:
    draw = np.random.default_rng(3)
    networks = of_file([any_network(draw)], borders_of_all(draw))
    batch = batch_of(*TEXTS)
    values = tuple(matrix(batch))
    (found,) = networks.scores(values, Chosen.every(batch))
    some = Chosen(batch, np.array([True, False, True, True, False]))
    assert some.origin.tolist() == [0, *range(int(batch.first[3]), int(batch.last[3]))]
    assert networks.scores(values, some)[0].tobytes() == found[some.origin].tobytes()
    borders = [np.array(sorted(networks.borders[row]), np.float32) for row in range(len(NAMES))]
    held = tuple(Bands.of(row, of_row) for row, of_row in zip(values, borders, strict=True))
    assert networks.scores(held, some)[0].tobytes() == found[some.origin].tobytes()


@pytest.mark.parametrize(
    ("words", "lines", "share"),
    [("a", 1000, SHARE_OF_OTHERS), ("ferry", 1000, SHARE), ("ferry", 999, SHARE_OF_OTHERS)],
    ids=["unknown", "known", "short"],
)
def test_networks_have_a_share_beside_the_trees_where_these_are_in_doubt(words: str, lines: int, share: float) -> None:
    """The trees say 3 of blocks of two words and more, and -3 of others; the networks 10 and -7, in the mean 1.5. They
    are asked about the second text alone, of which nothing is likely to be body. The vocabulary knows one word."""
    tree = {"bias": 0, "trees": [{"splits": [["words", 1.5]], "leaves": [-3, 3]}]}
    networks = [one_unit(verdict=dense([0], bias=bias)) for bias in (10, -7)]
    model = parse(
        {"first": tree, "second": tree, "calibration": [[0, 0], [1, 1]]},
        {"calibration": [[0, 0], [1, 0.5]], "borders": {"words": [1.5]}, "networks": networks},
        parse_vocabulary("ferry\t1.5\n"),
    )
    doubtful = "\n".join([words, *(lines // 2) * (words, "b")][:lines])
    trees = judge_blocks(model, Batch([Document.from_text(text) for text in ("a b\nc d e f", doubtful, "a\nb c", "")]))
    sure, unlikely = 1 / (1 + np.exp(-3)), 1 / (1 + np.exp(3))
    assert trees.likely.tolist() == pytest.approx([sure, sure, *lines * [unlikely], unlikely, sure])
    both = judge_text(model, trees)
    beside = 0.5 / (1 + np.exp(-(1 - share) * -3 - share * 1.5))
    assert (
        both.likely.tolist() == both.weighed.tolist() == pytest.approx([sure, sure, *lines * [beside], unlikely, sure])
    )
    assert both.layers == trees.layers
    assert judge_text(model, judge_blocks(model, Batch([]))).likely.tolist() == []


def test_borders_part_the_values_evenly() -> None:
    assert borders_for(np.array([3, 0, 3, 1], np.float32)).tolist() == [0.5, 2]
    assert borders_for(np.zeros(9, np.float32)).tolist() == []
    many = borders_for(np.arange(3200, dtype=np.float32))
    assert len(many) == LEVELS
    assert np.diff(many).tolist() == pytest.approx([3199 / (LEVELS + 1)] * (LEVELS - 1))


def test_where_most_values_are_the_same_borders_part_the_others() -> None:
    values = np.concatenate((np.zeros(10_000), np.arange(1, 101))).astype(np.float32)
    found = borders_for(values)
    assert len(found) == LEVELS
    assert (found > 0).sum() >= LEVELS - 1


def rows_to_learn_from(draw: np.random.Generator) -> tuple[Rows, list[Floats]]:
    """Forty documents of thirty blocks of six rows; a block is body where the first row is high two blocks above."""
    values = draw.random((1200, 6)).astype(np.float32)
    borders = [borders_for(values[:, row]) for row in range(6)]
    levels = np.stack([Bands.of(values[:, row], borders[row]).levels for row in range(6)], axis=1)
    above = np.roll(values[:, 0], 2)
    above[np.arange(1200) % 30 < 2] = 0
    ones, starts = np.ones(1200, np.float32), np.arange(0, 1200, 30)
    return Rows(levels, ones, (above > 0.5).astype(np.float32), ones / 30, starts, starts + 30), borders


def test_a_network_learns_from_blocks_around_and_says_the_same_in_whole_numbers() -> None:
    pytest.importorskip("jax", reason="needs the extra train")
    rows, borders = rows_to_learn_from(np.random.default_rng(1))
    settings = Settings(rounds=160, seed=1, units=8, distances=(1, 2), dropped=0.0, rate=1e-2)
    weights = fit(rows, settings)
    (pack,) = packs(rows, np.arange(len(rows.starts)))
    exact = np.asarray(units_of(weights, settings, pack)["verdict"])[: len(rows.labels)]
    assert ((exact > 0) == (rows.labels > 0.5)).mean() > 0.9
    again = fit(rows, settings)
    assert all((again[name][0] == weights[name][0]).all() for name in weights)

    names = NAMES[:6]
    saved = json.loads(json.dumps(whole(weights, settings, borders, [pack])))
    batch = Batch([Document.from_text("\n".join(["x"] * 30)) for _ in rows.starts])
    middles = np.zeros((len(ROWS), batch.count), np.float32)
    for row in range(6):
        ends = np.concatenate(([borders[row][0] - 1], borders[row]))
        middles[row] = ends[rows.levels[:, row]] + 1e-4
    asked = {name: of_row.tolist() for name, of_row in zip(names, borders, strict=True)}
    (found,) = of_file([saved], asked).scores(tuple(middles), Chosen.every(batch))
    assert np.abs(1 / (1 + np.exp(-found)) - 1 / (1 + np.exp(-exact))).mean() < 0.01
    for part in ("entry", "gate", "context", "head", "verdict"):
        weighed = np.array(saved[part]["weights"].split(), int).reshape(len(saved[part]["scale"]), -1)
        top = LEVELS if part == "entry" else TOP
        assert np.abs(weighed).sum(axis=1).max() * top < EXACT


def test_networks_are_read_with_their_curve() -> None:
    read = Networks.parse({"calibration": [[0, 0], [0.5, 0.2], [1, 1]], "borders": {}, "networks": []}, ROWS)
    assert read.each == ()
    assert read.curve(np.array([0.25, 0.75], np.float32)).tolist() == pytest.approx([0.1, 0.6])
