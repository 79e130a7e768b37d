"""Lines that point to other articles, between the paragraphs of an invented page."""

from __future__ import annotations

import pytest

from cleaner import Cleaner

HEAD = ["Home", "Local", "Opinion", "Subscribe", "Lighthouse keepers return after forty years", "By Tom Reed"]
BODY = [
    "For the first time since 1991, people will sleep in the lighthouse at Gull Rock, with food for three weeks.",
    "The lamp failed in March, when a storm broke two panes of the lantern room, and ships were guided by a buoy.",
    "The board has set aside ninety thousand for the work, and the lamp should be lit again before the end of June.",
]
FOOT = [
    "Related stories",
    "Ferry stays in port",
    "About us",
    "Privacy policy",
    "© 2031 Coast Weekly. All rights reserved.",
]


def body_with(*lines: str) -> list[str]:
    """What stays of the page with some lines between its first two paragraphs."""
    page = "\n".join((*HEAD, BODY[0], *lines, *BODY[1:], *FOOT))
    return Cleaner().clean(page).rstrip("\n").split("\n")


@pytest.mark.parametrize(
    "lines",
    [
        ["Read more: Harbour board votes on new buoys"],
        ["Read more:", "Harbour board votes on new buoys"],
        ["» Related: Why does the buoy drift?"],
        ["Lesen Sie auch: Die Fähre bleibt im Hafen"],
        ["Lire aussi : Le bac reste au port"],
        ["Lees ook dit artikel: De pont blijft in de haven"],
        ["Leggi anche › Il traghetto resta in porto"],
        ["Lire aussi Article réservé à nos abonnés Le bac reste au port"],
        ["Les også Fergen blir liggende ved kai"],
        ["Lesen Sie auch", "Die Fähre bleibt im Hafen"],
        ["LEES OOK", "De pont blijft in de haven"],
        ["Recommended", "The ferry that nobody wanted"],
        ["Más información", "El barco se queda en el puerto"],
        ["Czytaj też: Prom zostaje w porcie na zimę"],
        ["Ezt is olvassa el", "A komp a kikötőben marad"],
        ["Citește și", "Feribotul rămâne în port până joi"],
        ["ЧИТАЙТЕ ТАКЖЕ", "Паром остаётся в порту до четверга"],
        ["İLGİLİ HABER", "Feribot perşembeye kadar limanda kalacak"],
        ["আরও পড়ুন", "ফেরি বৃহস্পতিবার পর্যন্ত ঘাটে থাকবে"],
        ["【延伸閱讀】渡輪停駛到星期四"],
        ["相关阅读：渡轮停航至星期四"],
        ["あわせて読みたい", "フェリーは木曜日まで港に停泊"],
        ["[관련기사] 여객선 목요일까지 항구에"],
    ],
)
def test_a_line_that_points_to_another_article_goes(lines: list[str]) -> None:
    assert body_with(*lines) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Recommended: two eggs and a spoon of flour",
        "Read more: the board explains at length why it voted for new buoys after the storm broke the lamp in March.",
        "What else he wants to see: a pier, a crane and a new lamp",
        "Also read in the log: nothing at all about the weather, the sea or the men who sailed it.",
        "Related work on the old lamp",
        "[1] The log of the lighthouse, third volume",
        "推荐：两个鸡蛋",
    ],
)
def test_what_only_looks_like_it_stays(line: str) -> None:
    assert body_with(line) == [BODY[0], line, *BODY[1:]]


@pytest.mark.parametrize("heading", ["Read more", "Recommended"])
def test_a_paragraph_below_a_heading_stays(heading: str) -> None:
    assert set(BODY) <= set(body_with(heading))


def test_a_text_without_a_page_keeps_it() -> None:
    text = "\n\n".join((BODY[0], "Read more: Harbour board votes on new buoys", *BODY[1:]))
    assert Cleaner().clean(text) == text


def test_it_is_named() -> None:
    page = "\n".join((*HEAD, BODY[0], "Read more: Harbour board votes on new buoys", *BODY[1:], *FOOT))
    found = [each for each in Cleaner().explain(page).dropped if page[each.start :].startswith("Read more: Harbour")]
    assert [each.category.value for each in found] == ["teaser"]
