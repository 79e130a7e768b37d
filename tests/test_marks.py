"""Marks on lines of their own: sentences and code lose none where the lines around them stay."""

from __future__ import annotations

from cleaner import Cleaner
from cleaner.heuristics.named.marks import marks_between
from cleaner.heuristics.named.page import Page

SENTENCES = [
    "The ferry to Halm will run twice a day from the first of May, the harbour board decided on Monday night.",
    "The keeper of the lighthouse had asked for a second boat in",
    "a letter",
    ", and so had the school",
    "(",
    "Halm Gazette",
    ")",
    "For eleven years the island had one boat a week, and in the storms of the winter it often had none at all.",
    "The board will pay for a pier of steel, which is to stand before the autumn, and for a second crew of four. See",
    "the plan of the pier",
    ".",
    "Nobody has told yet what a ticket will cost, and whether the post will come with the morning boat or the other.",
]
HEAD = [
    "Skip to content",
    "Home",
    "News",
    "Sport",
    "Sign in",
    "Subscribe",
    "Ferry to Halm to run twice a day",
    "4 May 2031",
]
FOOT = [
    "Related articles",
    "Why the lighthouse is green",
    "Leave a reply",
    "|",
    "All rights reserved",
    "Privacy policy",
]


def staying(lines: list[str], *goes: int) -> list[int]:
    return marks_between(Page.from_lines(*lines), dict.fromkeys(goes))


def test_a_page_keeps_the_brackets_and_full_stops_of_its_sentences() -> None:
    assert Cleaner(rules=()).clean("\n".join([*HEAD, *SENTENCES, *FOOT]) + "\n") == "\n".join(SENTENCES) + "\n"


def test_the_account_says_why_they_stay() -> None:
    text = "\n".join([*HEAD, *SENTENCES, *FOOT]) + "\n"
    at = text.index("(\n")
    (told,) = (each for each in Cleaner(rules=()).explain(text).decisions if each.start == at)
    assert (told.keep, told.by, told.confidence) == (True, "heuristic/marks-between", 0.9)
    assert told.why == "marks that belong to the lines around them"


def test_code_keeps_its_closing_brackets() -> None:
    lines = ["while (raining) {", "/**", "waits for the ferry", "*/", "wait();", "}", ");", "See above."]
    assert staying(lines, 1, 3, 5, 6) == [1, 3, 5, 6]


def test_what_stands_between_entries_goes() -> None:
    lines = ["The ferry left.", "|", "Nobody waved.", "★★", "It rained.", "·", "The end."]
    assert staying(lines, 1, 3, 5) == []


def test_marks_beside_what_goes_go() -> None:
    assert staying(["Sign in", "(", "Share", ")", "The ferry left."], 0, 1, 2, 3) == []
    assert staying(["The ferry left.", "(", "Share", ")"], 1, 2, 3) == []


def test_what_closes_the_last_line_stays() -> None:
    assert staying(["More is told in", "the plan", ".", "Share"], 2, 3) == [2]
    assert staying(["The ferry left.", ".", "Share"], 1, 2) == []
