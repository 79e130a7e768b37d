"""Clauses, steps and verse that name prompts of a page, with a page around them and without."""

from __future__ import annotations

import pytest

from cleaner import Cleaner, clean

MENU = "Home\nProducts\nPricing\nLog in\n"
FOOT = "About us\nCareers\nPrivacy Policy\nCookie Policy\n© 2024 Nordlicht Werke\n"

TERMS = """1. Definitions
In these terms "the Provider" means Nordlicht Werke Ltd, and "the User" means any person who uses the Service.
2. Accounts
2.1 The User must create an account to use the Service.
2.2 The User shall keep the password secret.
3. Newsletter
3.1 By signing up for the newsletter the User agrees to receive one message a month.
3.2 The User may unsubscribe at any time.
4. Notices
Notices shall be sent to the registered office of the Provider, which confirms that it has received them.
"""

POEM = """He rows at dusk,
he rows at dawn,
he does not ask
who has gone.

Home,
says the river,
home,
says the reed.

Follow me
down to the water;
follow me
out of need.
"""


@pytest.mark.parametrize("rules", [(), "default"])
def test_no_clause_goes_though_it_speaks_of_newsletters(rules: str | tuple[()]) -> None:
    cleaner = Cleaner(rules)
    assert cleaner.clean(TERMS) == TERMS
    assert cleaner.clean(MENU + TERMS + FOOT) == TERMS


def test_a_series_of_titles_that_go_goes_as_a_whole() -> None:
    said = "The ferry left at noon on day {}, and nobody waved from the long pier, where it rained.\n"
    story = "".join(said.format(number) for number in range(1, 7))
    titles = (
        "Most read\n1. The bell is back\n2. Six things to do with a broken oar\n3. Rain, again\n4. Bakery to close\n"
    )
    assert clean(MENU + story + "Share this\nFacebook\n" + titles + FOOT) == story


def test_a_line_of_verse_goes_on_behind_a_comma_though_it_is_the_name_of_a_prompt() -> None:
    head = "Poems\nPoets\nLog in\nSubscribe\nShare on Facebook\nShare on Twitter\n"
    tail = "More poems by this poet\nOld harbour\nSign up for our newsletter\nContact us\nPrivacy policy\n"
    assert POEM in clean(head + POEM + tail)
