"""Long inputs are held in as little as they can be; what is said of them is what is said of short ones."""

from __future__ import annotations

import gc
from weakref import ref

import numpy as np
import pytest

from cleaner import Cleaner
from cleaner.document import Document
from cleaner.heuristics.batches import bands
from cleaner.heuristics.batches.bands import BELOW_ZERO, MANY, Bands, borders_of, columns_of, negative
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.batches.columns import PIECE, Characters, places_of
from cleaner.heuristics.batches.shapes import Shape
from cleaner.heuristics.features import measures
from cleaner.heuristics.features.features import FEATURES
from cleaner.heuristics.features.features_in_turn import (
    OF_CLASSES,
    OF_FORMS,
    OF_PHRASES,
    OF_SINGLE_WORDS,
    features_in_turn,
)
from cleaner.heuristics.features.measures import covered
from cleaner.heuristics.features.wording import use_vocabulary, vocabulary
from cleaner.heuristics.markup import elements, surroundings
from cleaner.heuristics.model.model import shipped
from cleaner.heuristics.named.page import REMEMBERED, Lazy
from cleaner.heuristics.prompts.phrases import AT_ONCE, Phrases
from cleaner.lines import STRETCH

SAID = "The ferry did not sail on day {}, and nobody on the quay could say when it would sail again."
PAGE = (
    "<html><body><nav><a href='/'>Home</a> <a href='/news'>News</a></nav><article><h1>The ferry</h1>"
    + "".join(f"<p>{SAID.format(number)}</p>" for number in range(8))
    + "</article><aside><a href='/storm'>The storm</a><p>Sign up for our newsletter</p></aside></body></html>"
)
TEXT = (
    "Home\nNews\n\n" + "".join(f"{SAID.format(number)}\n\n" for number in range(8)) + "Read more\nSign up now\nShare\n"
)


@pytest.mark.parametrize("raw", [PAGE, TEXT])
def test_bands_say_what_values_say(raw: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Cleaner(rules=()).explain(raw)
    monkeypatch.setattr(bands, "MANY", 1)
    assert Cleaner(rules=()).explain(raw) == whole
    assert whole.dropped


def test_elements_say_the_same_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Cleaner(rules=()).explain(PAGE)
    monkeypatch.setattr(elements, "AT_ONCE", 2)
    monkeypatch.setattr(surroundings, "AT_ONCE", 3)
    assert Cleaner(rules=()).explain(PAGE) == whole
    monkeypatch.setattr(bands, "MANY", 1)
    assert Cleaner(rules=()).explain(PAGE) == whole


@pytest.mark.parametrize("raw", [PAGE, TEXT])
def test_what_was_made_of_an_input_goes_with_it(raw: str, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[ref[Batch]] = []
    make = Batch.__init__

    def noted(batch: Batch, documents: list[Document]) -> None:
        held.append(ref(batch))
        make(batch, documents)

    monkeypatch.setattr(Batch, "__init__", noted)
    gc.disable()
    try:
        Cleaner(rules=()).clean(raw)
        assert held
        assert not [batch for batch in held if batch() is not None]
    finally:
        gc.enable()


def test_levels_count_the_borders_below() -> None:
    values = np.array([-1, 0, 0.5, 1, 2, np.nan], np.float32)
    row = Bands.of(values, np.array([BELOW_ZERO, 0.5, 1.5], np.float32))
    assert row.levels.tolist() == [0, 1, 1, 2, 3, 0]
    assert (row.levels > row.places(np.array([0.5], np.float32))).tolist() == [False, False, False, True, True, False]
    assert negative(row, np.array([0, 1, 4])).tolist() == [True, False, False]
    row[values > 0.9] = np.array([0, 7], np.float32)
    assert row.levels.tolist() == [0, 1, 1, 1, 3, 0]


def test_features_in_turn_are_those_of_the_table() -> None:
    batch, again = (Batch([Document.from_text(TEXT), Document.from_text(SAID)]) for _ in range(2))
    for each in (batch, again):
        use_vocabulary(each, vocabulary())
    borders = borders_of(MANY, [shipped().first, shipped().second])
    assert borders
    table = columns_of(FEATURES, again, again.count, borders)
    for row, made, expected in zip(FEATURES, features_in_turn(batch, borders), table, strict=True):
        assert isinstance(made, Bands)
        assert isinstance(expected, Bands)
        assert made.levels.tolist() == expected.levels.tolist(), row.name
    turns = [name for turn in (OF_FORMS, OF_SINGLE_WORDS, OF_PHRASES, OF_CLASSES) for name in turn.names]
    assert len(turns) == len(set(turns))
    assert set(turns) < {row.name for row in FEATURES}


def test_runs_are_found_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [TEXT, f"{SAID}\nand nobody on the quay came\n{SAID.upper()}\n", SAID, ""]
    documents = list(map(Document.from_text, texts))
    whole = covered(Batch(documents))
    monkeypatch.setattr(measures, "MANY_RUNS", 0)
    assert covered(Batch(documents)).tolist() == whole.tolist()
    monkeypatch.setattr(measures, "AT_ONCE", 7)
    assert covered(Batch(documents)).tolist() == whole.tolist()
    assert whole.any()


def test_lines_of_a_long_text() -> None:
    line = "It rained all day.\r\n"
    text = line * (2 * STRETCH // len(line) + 2)
    document = Document.from_text(text)
    count = len(text) // len(line)
    assert [*document.starts] == [len(line) * number for number in range(count)]
    assert [*document.ends] == [len(line) * number + 18 for number in range(count)]
    assert [*document.line_ends] == [len(line) * number + 20 for number in range(count)]


def test_a_phrase_is_found_across_pieces() -> None:
    words = ["rain"] * (AT_ONCE + 9)
    words[AT_ONCE - 1 : AT_ONCE + 2] = ["sign", "up", "now"]
    found = Phrases("sign up now\nup now\nsnow\n").find(
        Characters(" ".join(words)).words.hashes, np.zeros(len(words), np.int32)
    )
    assert [places.tolist() for places in found] == [[AT_ONCE - 1, AT_ONCE], [0, 1]]


def test_places_of_flags_beyond_a_piece() -> None:
    flags = np.zeros(3 * PIECE, np.bool_)
    flags[[0, PIECE - 1, PIECE, 2 * PIECE + 7]] = True
    assert places_of(flags).tolist() == [0, PIECE - 1, PIECE, 2 * PIECE + 7]


def test_equal_blocks_are_told_in_a_long_batch() -> None:
    text = "".join(f"{SAID.format(number % 5)}\n" for number in range(9_000))
    count, first = Batch([Document.from_text(text)]).copies
    assert count.tolist() == [1_800] * 9_000
    assert first.tolist() == [0, 1, 2, 3, 4] * 1_800


def test_a_lazy_sequence_forgets() -> None:
    made: list[int] = []

    def make(index: int) -> int:
        made.append(index)
        return 2 * index

    items = Lazy(REMEMBERED + 5, make)
    assert (items[-1], items[3], items[3], items[1:3]) == (2 * REMEMBERED + 8, 6, 6, [2, 4])
    assert made == [REMEMBERED + 4, 3, 1, 2]
    assert [*items] == [2 * index for index in range(REMEMBERED + 5)]
    with pytest.raises(IndexError):
        items[REMEMBERED + 5]


def test_words_of_a_long_block() -> None:
    shape = Shape("The ferry left. " * 9_000 + "The end.")
    assert (shape.words, shape.prose) == (27_002, True)
    assert not Shape("THE FERRY left. " * 9_000 + "The end.").prose
    assert Shape("Ab čd " * 30_000 + ".").words == 60_001
