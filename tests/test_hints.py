"""Hints are true of every block that their heuristic could say something of."""

from __future__ import annotations

import re._constants as op  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from cleaner.heuristics.named import author_box, calls, lone_lines, pointers, requests
from cleaner.heuristics.named.line_kinds import is_name
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.prompts import lexicon

HERE = Path(__file__).parent
ASKED = [
    "Follow us on Facebook for more of the ferry.",
    "Sign up for our newsletter, and the tide comes to your inbox.",
    "Subscribe here for the podcast",
    "If you enjoyed this article, share it with a keeper of bees.",
    "Did you make this recipe? Tag @quill on Instagram.",
    "Et vous, vous prenez le bac ? Dites-le dans les commentaires",
    "Qu'en pensez-vous ? Laissez un commentaire",
    "Qu’en pensez-vous ? Laissez un commentaire",
    "Únete a nuestro canal de WhatsApp",
    "Śledź nas na Facebooku, a także na Instagram",
    "تابعونا على فيسبوك",
    "What do you think? Say so in the comments below.",
    "Was this article helpful?",
    "This post contains affiliate links.",
]
MARKS = ["", "» ", "- ", "•", "👉 ", "@", "* * ", "(", "\u0301", "・", "“", "…"]
BUTTONS = [
    "Share",
    "SHARE",
    "Tweet",
    "Advertisement",
    "Anzeige",
    "Sign up",
    "Subscribe now",
    "Learn more",
    "Delen",
    "Home",
]
POINTING = [
    "Read more: Why the ferry stays",
    "Lees ook dit artikel: De pont blijft",
    "\xad\xad Read also » A bridge opens at last",
]


def spelt(line: str) -> Iterable[str]:
    """A line in capitals, in small letters, and with letters that are others in small letters."""
    yield from (line, line.upper(), line.lower(), line.title())
    yield from (line.replace("s", "ſ"), line.replace("S", "ſ"), line.replace("k", "\u212a"), line.replace("fi", "ﬁ"))
    yield from (line.replace("st", "ﬆ"), line.replace("ss", "ß"), line.replace("I", "İ"), line.replace(" ", "\xa0"))


def lines() -> list[str]:
    """Invented lines in many spellings, and those of the fixtures."""
    invented = [mark + line for each in (*ASKED, *BUTTONS, *POINTING) for line in spelt(each) for mark in MARKS]
    paths = sorted(path for folder in ("eastern", "no_article") for path in (HERE / folder).glob("*.txt"))
    said = [line.strip() for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in (*invented, *said) if line.strip()]


@pytest.fixture(scope="module")
def page() -> Page:
    return Page.from_lines(*lines())


@pytest.mark.parametrize(
    ("hint", "says", "least"),
    [
        (requests.may_ask, lambda page, index: requests.asks(page.blocks[index]), 100),
        (calls.may_be_call, lambda page, index: calls.is_call(page.blocks[index]), 10),
        (lone_lines.may_be_button, lambda page, index: in_kinds(page, index) and lone_lines.is_button(page, index), 20),
    ],
)
def test_what_a_heuristic_takes_is_hinted_at(
    page: Page, hint: Callable[[Any], Any], says: Callable[[Page, int], object], least: int
) -> None:
    taken = {index for index in range(len(page)) if says(page, index)}
    assert len(taken) >= least
    assert [page.blocks[index] for index in sorted(taken.difference(page.hinted(hint)))] == []
    assert len(page.hinted(hint)) < len(page)


def in_kinds(page: Page, index: int) -> bool:
    return index in page.of_kinds(lone_lines.KINDS)


def test_requests_open_as_the_hint_says() -> None:
    opened = {head for request in requests._REQUESTS for head in heads(request.opens.source.replace(r"\PL", "-"))}
    said = {head.replace("|", " ") for head in requests.OPENINGS.split()}
    assert opened == said.union(f"qu{mark}" for mark in requests.APOSTROPHES)


def heads(pattern: str) -> set[str]:
    """The three characters with which the matches of a pattern begin."""
    return first_of(parser.parse(pattern))


def first_of(items: Any) -> set[str]:
    found = {""}
    for kind, value in items:
        if kind is op.LITERAL:
            more = {chr(value)}
        elif kind is op.IN:
            assert all(each is op.LITERAL for each, _ in value)
            more = {chr(code) for _, code in value}
        elif kind is op.AT:
            more = {""}
        elif kind is op.MAX_REPEAT:
            more = first_of(value[2]).union([""] if value[0] == 0 else [])
        elif kind is op.SUBPATTERN:
            more = first_of(value[3])
        else:
            assert kind is op.BRANCH
            more = set().union(*map(first_of, value[1]))
        found = {head if len(head) >= 3 else head + rest for head in found for rest in more}
        if all(len(head) >= 3 for head in found):
            break
    return {head[:3] for head in found}


def test_letters_that_are_others_in_small_letters_are_known() -> None:
    """Any other is its own small letter, its capital, or none of those that begin a request."""
    firsts = {letter for head in requests.OPENINGS.split() for letter in head}
    odd = {chr(code) for code in range(0x110000) if is_odd(chr(code), firsts)}
    known = {chr(code) for code, held in enumerate(requests._UNFOLDED) if held}
    assert odd == known
    assert min(map(ord, odd)) == requests._LEAST_UNFOLDED


def is_odd(letter: str, firsts: set[str]) -> bool:
    small = letter.casefold()
    return small[0] in firsts and (len(small) > 1 or letter not in (small, small.upper()))


def test_first_words_rule_out_no_pointer() -> None:
    for phrase in pointers._also():
        assert lexicon.fold(phrase.split()[0].upper()) in pointers._also_firsts() or not phrase.isascii()
        if " " in phrase:
            assert pointers.pointed_to(f"{phrase}: Why the ferry stays in port") == "Why the ferry stays in port"


@pytest.mark.parametrize("name", ["Nora Blank", "Nora van Blank", "Nora & Ida Quill", "Nora de la Blank", "NORA BLANK"])
def test_second_words_rule_out_no_name(name: str) -> None:
    page = Page.from_lines(f"{name} is a keeper of bees who lives at Oldport with a cat.")
    assert author_box._tells(page, 0) == is_name(name)
