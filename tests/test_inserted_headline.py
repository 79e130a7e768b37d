"""Headlines of other articles on a line of their own: which go, and what looks like them and stays."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from cleaner.document import Category, Decision, Document
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.running.inserted_headline import inserted_headlines
from cleaner.heuristics.running.running_words import MOST_SEARCHED, count_topics

SHARED = Path(__file__).parent.parent.parent / "shared"

BEFORE = [
    "The mayor of Orland said on Monday that the bridge over the bay stays shut until autumn.",
    "“We found cracks in two of the nine arches,” Mira Dolan told the council.",
    "Commuters now drive round the bay, which takes them an hour each way.",
]
AFTER = [
    "“I get up at four,” said Tom Varga, a baker, who crosses the bay with his bread every day.",
    "The repair will cost 2.4 million crowns, Dolan said, and a ferry was ruled out for want of a crew.",
    "The old bridge, built by hand, stood for ninety years without a single crack.",
    "The council meets again in July, when the engineers will have their report ready.",
]


def found_in(document: Document, open_blocks: Sequence[int]) -> list[Decision]:
    return inserted_headlines(Page(document, (), Batch([document]), 0), open_blocks)


def dropped(lines: list[str]) -> list[str]:
    document = Document.from_text("\n\n".join(lines))
    decisions = found_in(document, range(len(document)))
    assert all(decision.category is Category.TEASER and not decision.keep for decision in decisions)
    return [document.text[decision.start : decision.end] for decision in decisions]


@pytest.mark.parametrize(
    "line",
    [
        "Drought Empties Markets in Southern Provinces",
        "Senate panel subpoenas tobacco executives over lobbying",
        "‘Never again’: Orchestra cancels tour after singer falls ill",
        "Tessin’s long winter: Gas shortage pushes schools toward closure",
        "Maps of the wildfires in Karst",
        "In pictures: Carnival returns to Tessin",
        "Read more: Orland bridge closed after cracks",
    ],
)
def test_headline_goes(line: str) -> None:
    assert dropped([*BEFORE, line, *AFTER]) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "A Ferry Without Crew for the Old Bridge",  # a subheading: what follows is about it
        "How the Bridge Over the Bay Was Built by Hand",
        "What happens next",
        "A long wait",
        "Ninety years without a crack",
        "Who pays for penguins, marmalade and violins?",
        "- Drought Empties Markets in Southern Provinces",
        "– Drought Empties Markets in Southern Provinces",
        "Note: penguins, marmalade and violins were not found",
        "Penguins, marmalade and violins, all under one roof:",
        "Drought empties markets in southern provinces.",
        "He counted violins while the marmalade cooled",
    ],
)
def test_line_stays(line: str) -> None:
    assert dropped([*BEFORE, line, *AFTER]) == []


def test_last_and_first_lines_stay() -> None:
    line = "Drought Empties Markets in Southern Provinces"
    assert dropped([line, *BEFORE, *AFTER, line]) == []


def test_series_of_short_lines_is_a_structure() -> None:
    heads = [
        "Winter Salt Sold By Candle Light Again",
        "Gulls Nest Under Copper Roofs Near Tessin",
        "Tailors Count Wooden Buttons Twice Over",
        "Miners Paint Lanterns Green Before Easter",
        "Sailors Knit Mittens From Nettle Yarn",
    ]
    lines = [text for pair in zip(heads, [*BEFORE, *AFTER], strict=False) for text in pair]
    assert dropped([BEFORE[0], *lines, *AFTER]) == []


def test_guide_without_speakers_stays() -> None:
    dough = "The dough rests for eight hours under a damp cloth, and it doubles if the kitchen is warm."
    assert dropped([dough, dough, "Drought Empties Markets in Southern Provinces", dough, dough]) == []


def test_only_open_blocks() -> None:
    document = Document.from_text("\n".join([*BEFORE, "Drought Empties Markets in Southern Provinces", *AFTER]))
    assert found_in(document, [0, 1, 2, 4, 5, 6]) == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared seeds")
@pytest.mark.parametrize("blank_lines", ["with", "without"])
@pytest.mark.parametrize("name", ["washingtonpost", "washingtonpost-reprint"])
def test_seed(name: str, blank_lines: str) -> None:
    """Each seed has three such lines; the expected text lacks them."""
    lines = (SHARED / "seeds" / f"{name}.txt").read_text("utf-8").splitlines()
    expected = (SHARED / "seeds" / f"{name}.expected.txt").read_text("utf-8").splitlines()
    document = Document.from_text("\n".join(line for line in lines if blank_lines == "with" or line.strip()))
    found = [document.text[d.start : d.end] for d in found_in(document, range(len(document)))]
    assert len(found) == 3
    assert not set(found) & set(expected)


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared gold")
def test_gold_bodies() -> None:
    """One of 162 loses a line: the heading of a fact box, which the gold body holds."""
    losing = []
    for path in sorted((SHARED / "gold" / "publishers-dev").glob("*.json")):
        body = json.loads(path.read_text("utf-8"))["body"]
        document = Document.from_text("\n".join(body) if isinstance(body, list) else body)
        if found_in(document, range(len(document))):
            losing.append(path.stem)
    assert len(losing) <= 1, losing


@pytest.mark.parametrize("more", [(), tuple(f"topic{number:c}" for number in range(97, 97 + MOST_SEARCHED))])
def test_topics_are_counted_by_whole_words(more: tuple[str, ...]) -> None:
    """The same whether a text is searched for few topics or read for many."""
    text = "Ferry, ferry: the FERRYMAN of Xferry sat before a ferry1 and storms; storm-tossed, the before."
    counts = count_topics(text, {"ferry", "ferrym", "storm", "storms", "before", "pier", *more})
    assert {topic: count for topic, count in counts.items() if count} == {
        "ferry": 3,
        "ferrym": 1,
        "storm": 1,
        "storms": 1,
    }
