"""What pages ask of readers at the edges of invented articles."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.document import Category
from cleaner.heuristics.named.calls import calls, is_call
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.prompts import lexicon

HEAD = ["Recipes", "Baking", "Shop", "About", "Honey and walnut soda bread", "by Clem Farrow · January 8, 2031"]
BODY = [
    "Some bread asks for patience. This one asks for a bowl, a spoon and three quarters of an hour of your time.",
    "I first made it on a wet Sunday in a cottage without a shop for miles, from what somebody had left behind.",
    "Stir the flour, the soda and the salt together in a large bowl, add the walnuts, and pour the honey over them.",
    "Bring the dough together with one hand, cut a deep cross into the top and bake it for forty minutes.",
    "The loaf keeps for three days in a tin, and it freezes well when you have sliced it before.",
]
FOOT = ["Leave a Reply", "Your email address will not be published.", "Privacy Policy", "Copyright © 2031 Clem Farrow"]


def body_of(above: list[str], below: list[str]) -> list[str]:
    page = "\n\n".join((*HEAD, *above, *BODY, *below, *FOOT))
    return [line for line in Cleaner(rules=()).clean(page).split("\n") if line]


@pytest.mark.parametrize(
    "below",
    [
        ["Did you make this recipe? Tag @clemfarrowbakes on Instagram and hashtag it #clemfarrow!"],
        ["Hast du das Rezept ausprobiert? Hinterlasse gerne einen Kommentar!"],
        ["Vous avez testé cette recette ? Partagez votre photo avec le hashtag #lasoupedeclem"],
        ["Heb je dit recept gemaakt? Laat het weten in de reacties of tag @desoepvanclem op Instagram!"],
        ["Thanks for reading! This post is public so feel free to share it."],
        ["Was this article helpful?", "Yes", "No"],
        ["All prices correct at time of publication.", "Edit this page on GitHub"],
    ],
)
def test_a_call_below_the_last_paragraph_goes(below: list[str]) -> None:
    assert body_of([], below) == BODY


def test_what_earns_money_goes_above_the_first_paragraph() -> None:
    assert body_of(["This post contains affiliate links."], []) == BODY


def test_a_call_amid_the_article_stays() -> None:
    lines = [*BODY[:2], "Did you make this recipe? Then you know how the dough should feel.", *BODY[2:]]
    assert calls(Page.from_lines(*lines, "A last word", "And another"), ()) == []


@pytest.mark.parametrize(
    "line", ["Did you make these recipes up?", "Was this the article she meant?", "Have you tried bread?"]
)
def test_other_questions_are_no_calls(line: str) -> None:
    assert not is_call(line)


def test_a_text_of_calls_alone_stays() -> None:
    assert calls(Page.from_lines("Was this page helpful?", "Did you make this recipe?"), ()) == []


def test_a_call_is_named() -> None:
    (finding,) = calls(Page.from_lines(*BODY, "Was this page helpful?"), ())
    assert (finding.run.start, finding.category) == (len(BODY), Category.SIGN_OFF)


def test_no_call_is_a_single_word() -> None:
    words = [phrase for phrase in lexicon.phrases("calls") if phrase.isascii() and " " not in phrase]
    assert words == []
