"""Bylines and dates above the first paragraph, in pages that have little else. The pages are invented for this test."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from cleaner import Cleaner
from cleaner.reading import read

FIRST = "The ferry to the northern isles did not sail on Monday after engineers found a crack below the car deck."
REST = [
    "Some two hundred passengers spent the night in the terminal hall, where the council had put up beds.",
    "A second ship is to be chartered before the weekend, the harbour master said, and it will carry lorries too.",
    "Nobody knows yet what the repair will cost, but the owner of the yard said it would take three weeks at least.",
]
PAGE = """<html><head><title>Ferry stays in port - Harbour Times</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></nav>
<article><h1>Ferry stays in port</h1>{}{}</article>
<aside><p>Sign up for our newsletter</p><button>Sign up</button></aside>
<footer>© 2031 Harbour Times. All rights reserved.</footer></body></html>"""


def page(above: str, *more: str) -> str:
    return PAGE.format(above, "".join(f"<p>{text}</p>" for text in (FIRST, *more, *REST)))


def first_line(text: str) -> str:
    return Cleaner().clean(text).split("\n")[0]


@pytest.mark.parametrize(
    "stamp",
    [
        "<p class='byline'>By Ann Lode</p>",
        "<p>By Ann Lode, Staff Writer</p>",
        "<p>Von Anna Lode</p>",
        "<p>12 May 2031, 10:30 am</p>",
        "<p>By Ann Lode</p><p>Published 12 May 2031</p>",
        "<p>By</p><p>Ann Lode</p>",
        "<p>By Ada Lode</p>",
        "<p>Words by Ada Lode</p>",
        "<p>Av Per Lode</p>",
        "<p>Door Ben Lode, redacteur</p>",
        "<p>Por Dan Lode</p>",
    ],
)
def test_bylines_and_dates_above_the_first_paragraph_go(stamp: str) -> None:
    markup = page(stamp)
    assert first_line(markup) == FIRST
    assert first_line(BeautifulSoup(markup, "lxml").get_text("\n", strip=True)) == FIRST


def test_an_italian_byline_goes() -> None:
    text = BeautifulSoup(page("<p>di Marta Lode</p>"), "lxml").get_text("\n", strip=True)
    assert first_line(text) == FIRST


def test_a_name_goes_where_its_element_says_that_it_is_a_byline() -> None:
    assert first_line(page("<p class='article-byline'>Ann Lode</p>")) == FIRST
    assert first_line(page("<p>Cape Lode</p>")) == "Cape Lode"


def test_what_went_is_named() -> None:
    dropped = Cleaner().explain(page("<p>By Ann Lode</p><p>12 May 2031</p>")).dropped
    assert {("byline", "heuristic/stamp-above-the-body"), ("date", "heuristic/stamp-above-the-body")} <= {
        (decision.category.value, decision.by) for decision in dropped
    }


@pytest.mark.parametrize("above", ["May 2031", "By the sea"])
def test_what_says_less_or_more_stays(above: str) -> None:
    assert first_line(page(f"<h2>{above}</h2>")) == above


def test_the_days_of_a_diary_stay() -> None:
    body = Cleaner().clean(page("<h2>12 May 2031</h2>", "13 May 2031", REST[0])).split("\n")
    assert body[0] == "12 May 2031"
    assert "13 May 2031" in body


def test_a_letter_without_a_page_keeps_its_date() -> None:
    letter = "\n\n".join(("12 May 2031", "Dear Ann,", FIRST, *REST, "Yours,", "Nora"))
    assert Cleaner().clean(letter) == letter


def test_a_summary_between_title_and_byline_goes_from_a_page() -> None:
    summary = "Two hundred passengers wait in the terminal until the owner of the ship has found another one"
    markup = page(f"<h2 class='subtitle'>{summary}</h2><p>By Ann Lode</p>")
    assert first_line(markup) == FIRST
    assert first_line(page(f"<h2>{summary}</h2><p>By Ann Lode</p>")) == summary
    assert "summary" in {decision.category.value for decision in Cleaner().explain(markup).dropped}


def test_a_title_in_other_words_than_the_metadata_goes() -> None:
    markup = page("<p>By Ann Lode</p>").replace("<h1>Ferry stays in port", "<h1>The northern ferry stays in its port")
    assert first_line(markup) == FIRST


def test_the_name_of_the_site_is_no_title_where_a_heading_says_it() -> None:
    """Though it is three words of what the page is called."""
    markup = page("<p>By Ann Lode</p>").replace("- Harbour Times", "- The Harbour Times")
    markup = markup.replace("<nav>", "<h1>The Harbour Times</h1><nav>")
    titles = [decision for decision in Cleaner().explain(markup).dropped if decision.by == "heuristic/page-title"]
    text = read(markup).text
    assert [text[decision.start : decision.end].strip() for decision in titles] == ["Ferry stays in port"]
