"""What `--explain` and `--diff` make of an account, apart from how it came about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleaner.body import assemble
from cleaner.document import Category, Cleaned, Decision, Document
from cleaner.show.files import encode
from cleaner.show.record import line
from cleaner.show.terminal import COLOUR, PLAIN, Palette, by_line_and_offset, diff, entries, explain, palette


def cleaned(text: str, *drops: tuple[str, Category, str]) -> Cleaned:
    """The result of dropping pieces of a text, each given as it stands there, its category, and its decider."""
    decisions = [
        Decision(text.index(piece), text.index(piece) + len(piece), False, category, by, f"why {by}", 0.75)
        for piece, category, by in drops
    ]
    body = assemble(Document.from_text(text), decisions)
    return Cleaned(body.text, text, body.decisions)


PAGE = "Home\nNews\n\nIt rained.\n\nShare\n\nIt stopped. Tweet\nSee also\n"
RESULT = cleaned(
    PAGE,
    ("Home", Category.NAVIGATION, "heuristic/menu"),
    ("News", Category.NAVIGATION, "heuristic/menu"),
    ("Share", Category.SHARE, "heuristic/bar"),
    ("Tweet", Category.SHARE, "heuristic/bar"),
    ("See also", Category.TEASER, "example.org/more"),
)


def test_neighbours_of_one_reason_are_one_entry() -> None:
    found = [(e.first_line, e.last_line, e.decision.by, PAGE[e.start : e.end].strip()) for e in entries(RESULT)]
    assert found == [
        (1, 2, "heuristic/menu", "Home\nNews"),
        (6, 6, "heuristic/bar", "Share"),
        (8, 8, "heuristic/bar", "Tweet"),
        (9, 9, "example.org/more", "See also"),
    ]


def test_explain_adds_up() -> None:
    lines = explain(RESULT).splitlines()
    assert lines[0] == "lines 1-2: navigation  heuristic/menu  0.75"
    assert lines[1] == "    Home News"
    assert lines[2] == "    why heuristic/menu"
    kept = len(RESULT.text)
    assert lines[-1].startswith(f"kept {100 * kept / len(PAGE):.1f}% ({kept} of {len(PAGE)} characters); dropped ")
    assert "share" in lines[-1]
    assert "blank lines" in lines[-1]
    assert lines[-1].endswith("; source: none located; ok")


def test_explain_with_offsets() -> None:
    assert explain(RESULT, PLAIN, by_line_and_offset).startswith("lines 1-2 [0:10]: navigation")


def test_a_long_span_shows_its_two_ends() -> None:
    text = "It rained.\n" + "First of many words. " + "word " * 500 + "The very last.\n"
    long = cleaned(text, (text[11:-1], Category.TEASER, "heuristic/other-article"))
    excerpt = explain(long).splitlines()[1]
    assert excerpt.startswith("    First of many words. word")
    assert excerpt.endswith("word The very last.")
    assert " ... " in excerpt
    assert len(excerpt) <= 4 + 72


def test_explain_of_nothing() -> None:
    assert explain(Cleaned("", "", ())) == "the input is empty\n"


def test_diff_marks_each_line_and_keeps_the_layout() -> None:
    assert diff(RESULT) == "[-Home-]\n[-News-]\n\nIt rained.\n\n[-Share-]\n\nIt stopped. [-Tweet-]\n[-See also-]\n"
    assert diff(RESULT, COLOUR).startswith("\x1b[31;9mHome\x1b[0m\n\x1b[31;9mNews\x1b[0m\n\nIt rained.")


@pytest.mark.parametrize("show", [diff, explain])
def test_control_characters_do_not_reach_the_terminal(show: Callable[..., str]) -> None:
    evil = cleaned("It rained.\n\x1b]0;title\x07\x9b31m\n", ("\x1b]0;title\x07\x9b31m", Category.OTHER, "x/y"))
    assert not {"\x1b", "\x07", "\x9b"} & set(show(evil))


def test_lone_surrogates_survive() -> None:
    assert encode("a\ud800b") == b"a\xed\xa0\x80b"
    assert line({"text": "a\ud800b"}) == '{"text": "a\\ud800b"}\n'


class Screen:
    """A stream that is a terminal, or is not."""

    def __init__(self, terminal: bool) -> None:
        self.isatty = lambda: terminal


PALETTES = [
    ("auto", {}, True, COLOUR),
    ("auto", {}, False, PLAIN),
    ("auto", {"NO_COLOR": "1"}, True, PLAIN),
    ("auto", {"NO_COLOR": ""}, True, COLOUR),
    ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, PLAIN),
    ("auto", {"FORCE_COLOR": "1"}, False, COLOUR),
    ("auto", {"CLICOLOR_FORCE": "1"}, False, COLOUR),
    ("auto", {"CLICOLOR_FORCE": "0"}, False, PLAIN),
    ("auto", {"CLICOLOR": "0"}, True, PLAIN),
    ("auto", {"TERM": "dumb"}, True, PLAIN),
    ("always", {"NO_COLOR": "1"}, False, COLOUR),
    ("never", {"FORCE_COLOR": "1"}, True, PLAIN),
]


@pytest.mark.parametrize(("choice", "environment", "terminal", "expected"), PALETTES)
def test_palette(
    monkeypatch: pytest.MonkeyPatch, choice: str, environment: dict[str, str], terminal: bool, expected: Palette
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert palette(choice, Screen(terminal)) is expected
