"""What stands below an article in whole sentences: remarks with dates, the author, the notice of rights."""

from __future__ import annotations

import pytest
from prose import HALM

from cleaner import Cleaner
from cleaner.document import Category, Cleaned
from cleaner.heuristics.named.author_box import author_box
from cleaner.heuristics.named.endings import legal_notice
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.named.threads import counted_remarks

SAID = [
    *HALM,
    "The old boat, which was built in the year of the great flood, will be given to the school as a place to sleep.",
    "Its captain has asked to stay on board, and the head of the school has told the board that he would be welcome.",
]
HEAD = ["Skip to content", "Home", "News", "Sport", "Sign in", "Subscribe", "Ferry to Halm to run twice a day"]
BYLINE = ["By Nora Blank", "4 May 2031"]
REMARKS = [
    *("Ida Quill", "4 May 2031, 9:33 pm"),
    "I remember the old pier, and that we had to jump from the boat when the sea was high. Good that this ends.",
    *("harbourcat", "4 May 2031, 10:02 pm"),
    "The board said the same eleven years ago, and then it bought a crane. I shall believe it when I stand on deck.",
    "Who is going to pay for the second crew when the summer is over?",
    *("Ida Quill", "5 May 2031, 7:12 am"),
    "My sister lives there. She says that they had no boat at all for five weeks in the winter of the great storm.",
]
BIO = "Nora Blank is the head of the school on Halm, which has eleven pupils and a boat of its own."
FOOT = ["Privacy policy", "Terms of use"]


def cleaned(*lines: str) -> Cleaned:
    return Cleaner(rules=()).explain("\n\n".join(lines) + "\n")


def went(lines: list[str], goes: set[int], heuristic: object) -> list[str]:
    found = heuristic(Page.from_lines(*lines), goes)  # type: ignore[operator]
    return [lines[index] for finding in found for index in range(finding.run.start, finding.run.end)]


def test_remarks_go_that_have_dates_and_no_buttons() -> None:
    page = cleaned(*HEAD, *BYLINE, *SAID, "3 Comments on “Ferry to Halm to run twice a day”", *REMARKS, *FOOT)
    assert page.text == "\n\n".join(SAID) + "\n"
    assert "counted-remarks" in {decision.by.partition("/")[2] for decision in page.decisions}


@pytest.mark.parametrize(
    "heading",
    [
        "2 Comments",  # the third remark stands below the last date
        "3 Comments",
        "3 Kommentare",
        "3 commentaires sur l'article",
    ],
)
def test_remarks_are_counted_by_their_heading(heading: str) -> None:
    lines = [*SAID, heading, *REMARKS, "Related articles"]
    assert [finding.run.start for finding in counted_remarks(Page.from_lines(*lines))] == [len(SAID)]


@pytest.mark.parametrize(
    "lines",
    [
        [*SAID, "4 Comments", *REMARKS, "Related articles"],  # too few dates
        [*SAID, "3 boats", *REMARKS],
        [*SAID, "3 Likes", *REMARKS],  # below a post of a forum
        [*SAID, "3 replies", *REMARKS],
        [*HEAD, "3 Comments", *SAID, *REMARKS],  # above the article
        [*SAID[:6], "3 Comments", *SAID * 2, *REMARKS],  # an article between heading and dates
    ],
)
def test_other_counts_head_no_remarks(lines: list[str]) -> None:
    assert counted_remarks(Page.from_lines(*lines)) == []


def test_what_is_told_of_the_author_goes() -> None:
    page = cleaned(*HEAD, *BYLINE, *SAID, "Nora Blank", BIO, *FOOT)
    assert page.text == "\n\n".join(SAID) + "\n"
    start = page.original.index(BIO)
    (decision,) = (each for each in page.decisions if each.start == start)
    assert decision.category is Category.AUTHOR_BIO


def test_the_name_above_and_what_is_below_go_with_it() -> None:
    lines = [*BYLINE, *SAID, "Nora Blank", BIO, "She lives in Halm with a cat."]
    assert went(lines, {0, 1}, author_box) == lines[-3:]


@pytest.mark.parametrize(
    ("lines", "goes"),
    [
        ([*SAID, BIO], set[int]()),  # no byline
        (["By Ida Quill", *SAID, BIO], {0}),
        (["Nora Blank", *SAID, "Nora Blank is the shop of our harbour, and we sell all that ships need there."], {0}),
        (["By Nora Blank", BIO, *SAID], {0}),  # above the article
        (["By Nora Blank", *SAID[:3], BIO, *SAID], {0}),
        (["By Nora Blank", SAID[0], BIO], {0}),  # half of the text
    ],
)
def test_a_sentence_on_somebody_stays(lines: list[str], goes: set[int]) -> None:
    assert went(lines, goes, author_box) == []


def test_the_notice_of_rights_ends_a_text() -> None:
    body = "\n\n".join(SAID) + "\n"
    assert Cleaner(rules=()).clean(body + "\n© 2031 Halm Gazette\n\nHalm Gazette\n\n1 Pier Road, Halm\n") == body


@pytest.mark.parametrize(
    "notice",
    ["Copyright Nora Blank 2012-2031.", "<Copyright ⓒ 항구일보. All rights reserved. 무단 전재 및 재배포 금지>"],
)
def test_notices_are_told_in_any_wording(notice: str) -> None:
    assert went([*SAID, notice], set(), legal_notice) == [notice]


@pytest.mark.parametrize(
    "lines",
    [
        [*SAID, "© Nora Blank"],  # may be a credit
        [*SAID, "Copyright is what the captain knew nothing of when he sang at the feast of 1911."],
        ["© 2031 Halm Gazette", *SAID],
        [*SAID[:5], "© 2031 Halm Gazette", *SAID[5:]],
        ["© 2031 Halm Gazette", "1 Pier Road"],
    ],
)
def test_other_lines_are_no_notice(lines: list[str]) -> None:
    assert went(lines, set(), legal_notice) == []
