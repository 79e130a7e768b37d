"""Texts as they come: wrapped at a width, as Markdown. The body is that of the plain text, in the form of the input."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from textwrap import fill
from typing import Any

import pytest

from cleaner import Cleaner
from cleaner.document import Document
from cleaner.heuristics.forms.forms import view_of
from cleaner.heuristics.forms.link_markup import without_markup
from cleaner.heuristics.forms.wrapped import unwrapped

WIDTH = 72

ABOVE = ["Skip to main content", "Home", "News", "Sport", "Subscribe to our newsletter", "Log in"]
BODY = [
    "The lighthouse at Cape Hollin went dark on Sunday night, for the first time since the keepers left it in 1961, "
    "and three trawlers waited outside the bar until dawn because their masters would not trust the chart alone.",
    "“We could hear the bell buoy, and that was all we had,” said Tamsin Orrel, who skippers the oldest of them. She "
    "has crossed the bar some four thousand times and had never before dropped an anchor outside it.",
    "The harbour board found the cause within a day: a gull had built its nest on the cooling vent of the lamp, the "
    "lamp had grown hot, and a fuse made for a smaller one had done what it was made for.",
    "Nobody on the board could say who had ordered the fuse. The store keeps a ledger, but the pages of that spring "
    "are stuck together, as someone once put a wet glove on them, and the glove has left the only legible mark.",
    "A new fuse came with the afternoon boat. The nest was carried to a ledge further down the cliff, where the gull "
    "inspected it for an hour and then flew back to the vent.",
]
BELOW = [
    "Share this article",
    "Follow us on Facebook",
    "Related articles",
    "Ten harbours you have never heard of",
    "© 2031 Hollin Courier. All rights reserved.",
]


def wrapped(paragraphs: list[str]) -> str:
    return "\n\n".join(fill(paragraph, WIDTH) for paragraph in paragraphs) + "\n"


def linked(lines: list[str]) -> list[str]:
    return [f"* [{line}](https://hollin.example/{number}_a/(b)?q=1#top)" for number, line in enumerate(lines)]


MARKED = [
    "The [lighthouse](/places/lighthouse) at **Cape Hollin** went dark on Sunday night, " + BODY[0].split("night, ")[1],
    *BODY[1:3],
    "> " + BODY[3],
    "![](/img/gull.jpg)",
    BODY[4],
]
"""The body as Markdown."""


def test_wrapped_lines_come_out_as_they_were_wrapped() -> None:
    assert Cleaner(rules=()).clean(wrapped([*ABOVE, *BODY, *BELOW])) == wrapped(BODY)


def test_wrapped_lines_are_judged_as_paragraphs_without_blank_lines_too() -> None:
    body = [BODY[0], *BODY[2:]]
    text = "\n".join(fill(line, WIDTH) for line in [*ABOVE, *body, *BELOW]) + "\n"
    seen = unwrapped(Document.from_text(text))
    assert seen is not None
    assert seen[0].blocks() == [*ABOVE, *body, *BELOW]
    assert Cleaner(rules=()).clean(text) == "\n".join(fill(line, WIDTH) for line in body) + "\n"


SHORT = [
    "Мост через Тихую в Заречном закроют в понедельник на рассвете и не откроют до апреля, сказала мэр.",
    "Осенью нашли трещины в двух из четырёх опор. Теперь и автобусы пойдут через Липки и Старую Мельницу.",
    "Ремонт займёт четыре месяца, если зима будет мягкой, а река не поднимется выше прошлогодней отметки.",
]
"""A body of which each paragraph has two lines."""


def test_a_short_text_is_wrapped_whose_lines_are_all_full() -> None:
    above, below = ["Главная", "Новости", "Архив"], ["Подписывайтесь на наш канал", "Читайте также", "Комментарии"]
    text = wrapped([*above, *SHORT, *below])
    seen = unwrapped(Document.from_text(text))
    assert seen is not None
    assert seen[0].blocks() == [*above, *SHORT, *below]
    assert Cleaner(rules=()).clean(text) == wrapped(SHORT)


def test_a_short_text_with_a_line_that_is_not_full_is_not_wrapped() -> None:
    assert unwrapped(Document.from_text(wrapped(SHORT) + "\nСодержание\nи приложения\n")) is None


def test_a_paragraph_whose_last_line_is_full_runs_on_where_no_blank_line_stands() -> None:
    seen = unwrapped(Document.from_text("\n".join(fill(line, WIDTH) for line in BODY)))
    assert seen is not None
    assert seen[0].blocks() == [BODY[0], f"{BODY[1]} {BODY[2]}", *BODY[3:]]


def test_a_wrap_in_a_script_without_spaces_leaves_none() -> None:
    paragraph = "灯台は日曜日の夜に消えた。三隻の漁船は夜明けまで港の外で待った。" * 15
    lines = ["岬の灯台", *(paragraph[start : start + 45] for start in range(0, len(paragraph), 45)), "共有"]
    seen = unwrapped(Document.from_text("\n".join(lines)))
    assert seen is not None
    assert seen[0].blocks() == ["岬の灯台", paragraph, "共有"]


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join([*ABOVE, *BODY, *BELOW]),
        "\n".join(["Where the tide has been", "and will not come again,", "we laid the white stones out,"] * 12),
        "\n".join(["said in a", "statement", ", adding that the bar", "would stay shut until the lamp is lit"] * 12),
    ],
    ids=["paragraphs", "verse", "pieces of sentences"],
)
def test_other_lines_are_not_wrapped(text: str) -> None:
    assert unwrapped(Document.from_text(text)) is None


def test_markdown_keeps_its_markup_and_loses_the_page() -> None:
    page = "\n\n".join([*linked(ABOVE), "# The lamp of Cape Hollin", *MARKED, *linked(BELOW)]) + "\n"
    body = "\n\n".join(MARKED) + "\n"
    cleaned = Cleaner(rules=()).explain(page)
    assert cleaned.text in (body, "# The lamp of Cape Hollin\n\n" + body)


def test_markdown_without_a_page_comes_out_whole() -> None:
    text = "\n\n".join([*MARKED, *linked(["A tide table", "A list of the buoys", "The ledger, in facsimile"]), ""])
    text += "[The board](/board), [the store](/store).\n"
    assert view_of(Document.from_text(text), ()) is not None
    assert Cleaner(rules=()).clean(text) == text


def test_markup_is_not_seen() -> None:
    text = (
        "# A \\*star\\*\n\n> quoted `code`\n\n| a | b |\n|---|:-:|\n\n* item one\n\nsnake_case [x] f[i](j k)\n\n"
        '[![pic](/p.png)](/big) [one](/1 "First (of all)") [two](<http://a.example>)\n\n[three](/3)\n[four](/4_(b))\n'
    )
    seen = without_markup(Document.from_text(text))
    assert seen is not None
    assert seen[0].blocks() == [
        "A *star*", "quoted code", "| a | b |", "* item one", "snake_case [x] f[i](j k)", "one two", "three", "four",
    ]  # fmt: skip


def test_a_line_of_markup_goes_with_the_line_below() -> None:
    text = "\n\n".join([*linked(ABOVE), *MARKED[:4], "![](/img/share.png)", *linked(BELOW)])
    assert "share.png" not in Cleaner(rules=()).clean(text)


def test_some_links_make_no_markdown() -> None:
    text = "\n\n".join(BODY * 12 + ["See [the chart](/chart)."] * 5)
    assert view_of(Document.from_text(text), ()) is None


RULE = """
source = "hollin.example"

[[drop]]
id = "bell"
category = "other"
line = '^“We could hear the bell'
why = "A line of a wrapped paragraph."
hits = ["“We could hear the bell buoy"]
spares = ["The bell"]

[[drop]]
id = "gull-picture"
category = "caption"
line = '^!\\[\\]'
why = "A picture."
hits = ["![](/img/gull.jpg)"]
spares = ["The gull"]
"""


def test_rules_decide_on_lines_and_the_heuristics_leave_them_alone(tmp_path: Path) -> None:
    (tmp_path / "hollin.example.toml").write_text(RULE, encoding="utf-8")
    cleaner = Cleaner(rules=[tmp_path], strict=True)
    text = wrapped([*ABOVE, *BODY, *BELOW])
    first_line = fill(BODY[1], WIDTH).splitlines()[0]
    assert cleaner.clean(text, source="hollin.example") == wrapped(BODY).replace(first_line + "\n", "")
    page = "\n\n".join([*linked(ABOVE), *MARKED, *linked(BELOW)]) + "\n"
    cleaned = cleaner.explain(page, source="hollin.example")
    assert cleaned.text == "\n\n".join([MARKED[0], *MARKED[2:4], MARKED[5]]) + "\n"
    assert cleaned.text == cleaner.clean(page, source="hollin.example")


@pytest.mark.parametrize("seed", range(60))
def test_the_guarantee_holds(seed: int) -> None:
    chance = random.Random(seed)
    lines = [*ABOVE, *BELOW, *linked(ABOVE), *MARKED, *BODY, "---", "[", "](/x)", "```", "![a](b)", "[]()", "> ", "#"]
    chosen = chance.choices([*lines, *BODY, *linked(BELOW)], k=chance.randint(8, 40))
    made = [fill(line, WIDTH) if seed % 2 else line for line in chosen]
    text = "".join(line + chance.choice(["\n", "\n\n", "\r\n", "\n\n  "]) for line in made)
    cleaner = Cleaner(rules=())
    cleaned = cleaner.explain(text)
    assert cleaned.text == cleaner.clean(text) == cleaner.clean(cleaned.text)
    assert [d.start for d in cleaned.decisions] == [0, *(d.end for d in cleaned.decisions)][:-1]
    assert all(left.end == right.start for left, right in pairwise(cleaned.decisions))
    kept = "".join(text[d.start : d.end] for d in cleaned.decisions if d.keep)
    assert kept == cleaned.text
    assert cleaned.decisions[-1].end == len(text)


class Counted(str):
    """A text that counts the characters which searches in it and pieces of it go through."""

    seen = 0

    def find(self, wanted: str, start: int = 0, end: int = sys.maxsize) -> int:  # type: ignore[override]
        found = super().find(wanted, start, end)
        Counted.seen += (found if found >= 0 else min(end, len(self))) - start
        return found

    def __getitem__(self, index: Any) -> str:
        piece = super().__getitem__(index)
        Counted.seen += len(piece)
        return piece


def steps(what: Callable[[], object]) -> int:
    """Calls that a function makes, and characters that it goes through."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    Counted.seen = 0
    sys.setprofile(count)
    try:
        what()
    finally:
        sys.setprofile(None)
    return calls + Counted.seen


@pytest.mark.parametrize("piece", ["[a](", "[[[[", "](/b ", "[a](/b (", '[a](/b "', "\\[*_`", "> # ", "a b\n"])
def test_steps_grow_in_line_with_the_text(piece: str) -> None:
    def taken(times: int) -> int:
        document = Document.from_text(Counted("[a](/b)\n" * times + piece * (4 * times)))
        return steps(lambda: view_of(document, ()))

    assert taken(4_000) < 12 * taken(500)  # eight times the text; a square would be 64 times as many


def test_blocks_that_rules_have_parted_stay_parted() -> None:
    text = "\n\n".join([*linked(ABOVE), *MARKED, "* [Share](/s)Comment"])
    document = Document.from_text(text).split([len(text) - len("Comment")])
    view = view_of(document, ())
    assert view is not None
    assert view.document.blocks()[-2:] == ["* Share", "Comment"]
    assert [text[slice(*extent)] for extent in view.extents[-2:]] == ["* [Share", "Comment"]
