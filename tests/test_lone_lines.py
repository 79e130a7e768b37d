"""Lines that the model alone would keep: the page's own title and what stands around it, buttons between paragraphs."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.heuristics.named.lone_lines import is_offer, is_signature, lone_lines
from cleaner.heuristics.named.opening import head_of_page
from cleaner.heuristics.named.page import Page

STORM = "The storm came in the night, and by the morning the lower road to Oldport was under two feet of water."
FERRY = "The ferry, which is the only other way to the island, did not sail before noon, and nobody complained."
TITLE = "A storm shuts the lower road"


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner(rules=())


@pytest.mark.parametrize("first", [TITLE, f"{TITLE} | Ida's notes", f"{TITLE} — Ida Quill", f"{TITLE}: Oldport Log"])
def test_the_head_of_a_small_site_goes_though_it_names_no_prompts(cleaner: Cleaner, first: str) -> None:
    head = [first, "Ida's notes", "Boats Tides Birds", TITLE, "4 May 2031", "By Ida Quill"]
    paragraph = f"{STORM} {FERRY}"
    assert cleaner.clean("\n\n".join([*head, paragraph, FERRY])) == "\n\n".join([paragraph, FERRY])


@pytest.mark.parametrize(
    "lines",
    [
        [f"{TITLE}s, and more", "Boats", TITLE, STORM, FERRY],
        ["A storm-bound ferry at Oldport", "Boats", "A storm", STORM, FERRY],
        [TITLE, STORM, TITLE, FERRY],
        [TITLE, "and the upper road", "at night", TITLE, "for nobody", "but the tide"],
        [
            TITLE,
            "and the sea is wide",
            TITLE,
            "And the ferry lies and the ferry waits, with nobody at all inside.",
            STORM,
        ],
        [
            TITLE,
            TITLE,
            "With a light upon the water, and the keeper at the gate, and the tide is turning, turning late.",
        ],
    ],
    ids=["another title", "part of a word", "prose between the copies", "a refrain", "a ballad", "lines sung twice"],
)
def test_a_line_that_is_said_again_is_no_head_of_a_page(lines: list[str]) -> None:
    assert not head_of_page(Page.from_lines(*lines))


def test_what_stands_between_title_and_copy_goes_if_it_stood_as_body() -> None:
    lines = [f"{TITLE} | Notes", "The log of a keeper of nine lighthouses", TITLE, "Updated 5 May 2031", STORM]
    assert head_of_page(Page.from_lines(*lines)) == range(4)


MENU = ["Home", "News", "Sign in", "Subscribe to our newsletter", "Follow us on Facebook"]
FOOT = ["Related articles", "All rights reserved", "Privacy policy", "Terms of use"]


@pytest.mark.parametrize(
    "button",
    [
        *("Learn more", "Get started", "LEARN MORE →", "Play video", "Back to top", "Share", "Teilen"),
        *("Anzeige", "ADVERTISEMENT", "Article continues below", "La suite après cette publicité"),
    ],
)
def test_a_button_between_paragraphs_goes(cleaner: Cleaner, button: str) -> None:
    said = [STORM, FERRY, STORM.replace("storm", "wind"), FERRY.replace("ferry", "mail boat")]
    page = "\n\n".join([*MENU, *said[:2], button, *said[2:], *FOOT])
    assert lone_lines(Page.from_lines(*said[:2], button, *said[2:])) == [2]
    assert cleaner.clean(page).rstrip() == "\n\n".join(said)


@pytest.mark.parametrize(
    "line",
    ["Video", "Learn more:", "learn more", "Learn more about boats", "Start", "- Learn more", "Facebook", "anzeige"],
)
def test_other_lines_are_no_buttons(line: str) -> None:
    assert lone_lines(Page.from_lines(STORM, line, FERRY)) == []


def test_a_piece_of_a_sentence_is_no_button() -> None:
    assert lone_lines(Page.from_lines(STORM, "Learn more", "about the ferry on the next page.")) == []
    assert lone_lines(Page.from_lines(STORM, "Learn more", ", she said, or stay at home.")) == []


def test_a_button_stays_where_there_is_no_page(cleaner: Cleaner) -> None:
    text = "\n\n".join([STORM, "Learn more", FERRY])
    assert cleaner.clean(text) == text


@pytest.mark.parametrize(
    "line",
    [
        "$30 at Quill's",
        "Clock: $1,649.99 at Blank & Sons",
        "49,99 € bei Quill",
        "£12 from The Pier",
        "€5 chez Blank",
    ],
)
def test_what_a_shop_asks_goes(cleaner: Cleaner, line: str) -> None:
    assert is_offer(line)
    assert cleaner.clean("\n\n".join([*MENU, STORM, line, FERRY, *FOOT])).rstrip() == f"{STORM}\n\n{FERRY}"


@pytest.mark.parametrize(
    "line",
    [
        "They asked $30 at the pier",
        "$30 at Quill's.",
        "Price: $30",
        ", on Page",
        "The 30 at Oldport",
        "It costs $ at Quill's",
        "$30 at",
    ],
)
def test_other_lines_with_a_price_are_no_offers(line: str) -> None:
    assert not is_offer(line)


@pytest.mark.parametrize("line", ["— Ida Quill (@ida_quill) May 4, 2031", "- Harbour Post 🐟 (@harbour)"])
def test_the_signature_of_a_remark_goes(cleaner: Cleaner, line: str) -> None:
    assert is_signature(line)
    assert cleaner.clean("\n\n".join([*MENU, STORM, line, FERRY, *FOOT])).rstrip() == f"{STORM}\n\n{FERRY}"


@pytest.mark.parametrize("line", ["— Ida Quill, 4 May 2031", "Write to Ida (@ida_quill)", "- mail (@ the pier) it"])
def test_other_lines_with_a_dash_are_no_signatures(line: str) -> None:
    assert not is_signature(line)


SMALL_PAGE = """Home | News | Sport | Weather | Contact

Ferry cancelled until Thursday
By Ida Quill | 6 March 2031 | 2 min read

The ferry to Halm is cancelled until Thursday, the harbour office said this morning. A valve has to come from Oldport.

Passengers with tickets can have their money back, or sail on Friday at no cost.

{0}

© 2031 Halm Gazette | Terms | Privacy
"""


@pytest.mark.parametrize("last", ["Share: Facebook | X | Email | Print", "Facebook · Twitter · WhatsApp · E-Mail"])
def test_menus_in_one_line_are_those_of_a_page(cleaner: Cleaner, last: str) -> None:
    kept = cleaner.clean(SMALL_PAGE.format(last)).strip().split("\n\n")
    assert [paragraph.split()[0] for paragraph in kept] == ["The", "Passengers"]


@pytest.mark.parametrize(
    "rows",
    [
        ["| Home | News | Sport |", "| 3 | 2 | 4 |"],
        ["Home | 3 | 2", "Away | 1 | 4"],
        ["Bread · Salt · News of the day", "Fish · Lemon · Soup"],
    ],
)
def test_rows_of_a_table_are_no_menu(cleaner: Cleaner, rows: list[str]) -> None:
    text = "\n\n".join(["The ferry", STORM, *rows, FERRY])
    assert cleaner.clean(text) == text
