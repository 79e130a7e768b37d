"""Summaries above the byline: what the model alone would take for the first paragraph."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.document import Category
from cleaner.heuristics.named.dates import holds_date
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.named.summary import summary_above_byline

TITLE = "Ferry to Halm will run twice a day from May"
SUMMARY = "The islanders get back the boat that they lost eleven years ago, and a new pier for it."
SAID = [
    "The ferry to Halm will run twice a day from the first of May, the harbour board decided on Monday night.",
    "For eleven years the island had one boat a week, and in the storms of the winter it often had none at all.",
    "“We have learnt to bake our own bread,” said Ida Quill, who keeps the only shop between the pier and the church.",
    "The board will pay for a pier of steel, which is to stand before the autumn, and for a second crew of four.",
]
MENU = ["Skip to content", "Home", "News", "Sport", "Sign in", "Subscribe", "Search", "Most read"]
FOOT = ["Related articles", "Why the lighthouse is green", "Leave a reply", "All rights reserved", "Privacy policy"]


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner(rules=())


def found(above: list[str], summary: list[str], below: list[str], said: list[str]) -> list[str]:
    """What is found where `above` and `below` go, and the rest stays."""
    lines = [*above, *summary, *below, *said]
    first = len(above) + len(summary)
    goes = {*range(len(above)), *range(first, first + len(below))}
    runs = [finding.run for finding in summary_above_byline(Page.from_lines(*lines), goes)]
    return [line for run in runs for line in lines[run.start : run.end]]


STAMPS = [
    ["By Nora Blank"],
    ["4 May 2031, 9:33pm"],
    ["Von Nora Blank, Redakteurin 09.09.2031, 09:58 Uhr"],
    ["Nora Blank · Halm Gazette · Posted: May 04, 2031"],
    ["Nora Blank", "4. Mai 2031"],
    ["2031年5月4日 09:33"],
    ["Nora Blank", "20 Nisan 2031 • Güncelleme: 21 Nisan 2031"],
]


@pytest.mark.parametrize("stamp", STAMPS, ids=" ".join)
def test_a_sentence_between_title_and_byline_is_a_summary(stamp: list[str]) -> None:
    assert found([TITLE], [SUMMARY], stamp, SAID) == [SUMMARY]


def test_a_summary_may_have_two_blocks_and_a_picture_below() -> None:
    second = "The board has not told what the second crew will cost."
    below = ["Photo: Ida Quill", "By Nora Blank"]
    assert found(["Home", TITLE, "Islands"], [SUMMARY, second], below, SAID) == [SUMMARY, second]


@pytest.mark.parametrize(
    ("above", "summary", "below", "said"),
    [
        ([TITLE, "By Nora Blank"], [SUMMARY], ["4 May 2031"], SAID),
        ([TITLE, "by Nora · May 4, 2031 at 3:00 am · One comment"], [SUMMARY], ["By Nora Blank"], SAID),
        ([TITLE], [SUMMARY], ["Listen to this article"], SAID),
        ([TITLE], [SUMMARY, *SAID[:2]], ["By Nora Blank"], SAID[2:]),
        ([TITLE], [SUMMARY], ["By Nora Blank"], ["It is so."]),
        ([TITLE], ["The board announced:"], ["4 May 2031"], SAID),
        ([TITLE], [SUMMARY], ["By Nora Blank"], ["Boats", "Piers", "Crews", "Tides", *SAID]),
        (["4.5"], [SUMMARY], ["By Nora Blank"], SAID),
        ([], [SUMMARY], ["By Nora Blank"], SAID),
    ],
    ids=[
        "byline above",
        "long byline above",
        "no byline",
        "three paragraphs",
        "hardly a text",
        "it announces",
        "a list",
        "no title",
        "at the top",
    ],
)
def test_other_openings_stay(above: list[str], summary: list[str], below: list[str], said: list[str]) -> None:
    assert found(above, summary, below, said) == []


@pytest.mark.parametrize("line", ["Nora Blank — 4 May 2031 — 7 minutes", "Am 09.09.2031 von Nora Blank"])
def test_a_line_holds_a_date(line: str) -> None:
    assert holds_date(line)


@pytest.mark.parametrize("line", ["Nora Blank", "Nora Blank, 44, and 3 boats", "4 May 2031 " + "and so on " * 12])
def test_a_line_holds_no_date(line: str) -> None:
    assert not holds_date(line)


PAGE = "\n\n".join([*MENU, TITLE, SUMMARY, "By Nora Blank", "Published 4 May 2031", "Share on Facebook", *SAID, *FOOT])


def test_it_goes_from_a_page_and_is_named(cleaner: Cleaner) -> None:
    assert cleaner.clean(PAGE).rstrip() == "\n\n".join(SAID)
    decision = next(d for d in cleaner.explain(PAGE).dropped if PAGE[d.start : d.end].startswith(SUMMARY[:20]))
    assert decision.category is Category.SUMMARY


def test_it_stays_on_demand() -> None:
    assert Cleaner(rules=(), keep=("summary",)).clean(PAGE).rstrip() == "\n\n".join([SUMMARY, *SAID])


def test_it_stays_where_there_is_no_page(cleaner: Cleaner) -> None:
    text = "\n\n".join([TITLE, SUMMARY, *SAID])
    assert cleaner.clean(text) == text
