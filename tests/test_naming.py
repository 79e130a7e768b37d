"""What the blocks that go are called: by what they say, what they give, who stands beside them, and where."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from cleaner import Cleaner
from cleaner.document import Category
from cleaner.heuristics.account.judgement import Judgement
from cleaner.heuristics.account.naming import name_run
from cleaner.heuristics.account.setting import Setting
from cleaner.heuristics.named.credits import ends_in_source
from cleaner.heuristics.named.dates import is_date
from cleaner.heuristics.named.headline import headline
from cleaner.heuristics.named.line_kinds import has_address, is_name
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.verdict.verdicts import Opinion
from cleaner.span import Span

FIRST = "The bridge at Oldport opened on Monday, and the whole town came to see the first ships below it."
LATER = "Nobody had believed that the town would pay for it, the mayor said when the band had stopped at last."
TITLE = "Bridge opens at Oldport after ten years"


def named(*lines: str) -> list[str]:
    """The categories of the lines that go, in order: those marked with a tilde stay."""
    page = Page.from_lines(*[line.removeprefix("~") for line in lines])
    goes = {index for index, line in enumerate(lines) if not line.startswith("~")}
    setting = Setting.of(page, goes, headline(page, goes))
    found: list[str] = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and end in goes:
            end += 1
        found += [name.category.value for name in name_run(page, Span(start, end), setting)]
        start = end + 1
    return found


MAILS = {
    "View this email in your browser": "newsletter",
    "You are receiving this email because you signed up at the fair.": "newsletter",
    "Forward to a friend": "share",
    "Voir ce message dans votre navigateur": "newsletter",
    "Vous recevez cet e-mail car vous êtes inscrit": "newsletter",
    "Ver este correo en el navegador": "newsletter",
    "Recibes este correo porque te suscribiste": "newsletter",
    "Visualizza questa email nel browser": "newsletter",
    "Inoltra a un amico": "share",
    "Ver este e-mail no navegador": "newsletter",
    "Bekijk deze e-mail in je browser": "newsletter",
    "Wypisz się z newslettera": "newsletter",
    "Visa detta mejl i webbläsaren": "newsletter",
    "Du mottar denne e-posten fordi du er påmeldt": "newsletter",
    "Vis denne e-mail i din browser": "newsletter",
    "Zobrazit e-mail v prohlížeči": "newsletter",
    "Отписаться от рассылки": "newsletter",
    "Bu e-postayı tarayıcıda görüntüle": "newsletter",
    "配信停止はこちら": "newsletter",
    "在浏览器中查看": "newsletter",
    "브라우저에서 보기": "newsletter",
    "عرض هذه الرسالة في المتصفح": "newsletter",
}
"""What stands around a newsletter that was sent by mail."""


@pytest.mark.parametrize(("line", "kind"), MAILS.items())
def test_what_stands_around_a_mail_names_itself(line: str, kind: str) -> None:
    prompt = Page.from_lines(line).prompts[0]
    assert prompt is not None
    assert (prompt.kind, prompt.strong) == (kind, True)


ABOVE = [
    ("title", [TITLE], ["title"]),
    ("the page's title with the site's name", [f"{TITLE} | The Post", "Home", TITLE], ["title", "navigation", "title"]),
    ("a sentence below it", [TITLE, "It took ten years, two storms and three mayors."], ["title", "summary"]),
    ("the same far from it", ["Home", TITLE, "By Nora Blank", "4 May 2031"], ["navigation", "title", "byline", "date"]),
    ("what the time stands behind", [TITLE, "Published", "4 May 2031, 9:33pm"], ["title", "date", "date"]),
    ("label and time", [TITLE, "Last updated on 4 May 2031"], ["title", "date"]),
    ("a name beside a date", [TITLE, "Ida Quill", "4 May 2031"], ["title", "byline", "date"]),
    ("a name that wraps", [TITLE, "Von", "Ida Quill"], ["title", "byline", "byline"]),
    ("a writer with an address", [TITLE, "By Ida Quill @idaquill"], ["title", "byline"]),
    ("a button of comments", ["Comments", "Ferries", TITLE], ["comments", "navigation", "title"]),
    ("a menu that ends at the title", ["Newsletter", "Morning", TITLE, "Ida Quill, 4 May 2031"], None),
    ("a count", ["2192", TITLE], ["other", "title"]),
    ("a caption with its source", [TITLE, "The new bridge seen from the old pier Ida Quill/NRA"], ["title", "caption"]),
    ("one beside a credit", [TITLE, "Photo: Ida Quill", "The new bridge seen from the old pier"], None),
]


@pytest.mark.parametrize(("case", "above", "expected"), ABOVE, ids=[case for case, *_ in ABOVE])
def test_what_stands_above_the_body(case: str, above: list[str], expected: list[str] | None) -> None:
    more = {
        "a menu that ends at the title": ["newsletter", "newsletter", "title", "date"],
        "one beside a credit": ["title", "credit", "caption"],
    }
    assert named(*above, f"~{FIRST}", f"~{LATER}") == (expected or more[case])


INSIDE = [
    ("By quarters", "other"),
    ("Red Harbour 84 38.0%", "other"),
    ("May Quill 466 2.1%", "other"),
    ("Bridge seen from the pier on the day. — © NORPIX", "caption"),
    ("A crane above the river in the early morning / Reuters", "caption"),
    ("Storm empties the market of Newhaven", "teaser"),
    ("The market of Newhaven was empty.", "other"),
    ("2:34", "other"),
    ("22.11.2031 07.57", "date"),
    ("***", "other"),
    ("Advertisement", "advertisement"),
    ("Buy on Amazon", "advertisement"),
    ("Along the Amazon", "other"),
    ("£12 at Argos", "advertisement"),
    ("La carta del puerto, Calle del Muelle", "teaser"),
]


@pytest.mark.parametrize(("line", "category"), INSIDE)
def test_what_stands_inside_the_body(line: str, category: str) -> None:
    assert named(f"~{FIRST}", line, f"~{LATER}") == [category]


def test_the_text_below_a_headline_goes_with_it() -> None:
    teaser = ["Storm empties the market of Newhaven", "The stalls stayed shut for the third day."]
    assert named(f"~{FIRST}", *teaser, f"~{LATER}") == ["teaser", "teaser"]


def test_topics_are_tags_and_what_is_longer_is_not() -> None:
    below = ["Related topics", "Bridges", "Oldport", "Storm empties the market of Newhaven"]
    assert named(f"~{FIRST}", f"~{LATER}", *below) == ["tags", "tags", "tags", "teaser"]


ABOUT = "Nora Blank has written of ships and harbours for twenty years, and of the people who live by them."
CASES = {
    "a menu of what footers hold": (
        ["About us", "Careers", "Leg pains", TITLE, f"~{FIRST}"],
        ["navigation", "navigation", "navigation", "title"],
    ),
    "a menu below a button to subscribe": (
        [f"~{FIRST}", f"~{LATER}", "Subscribe", "Renew", "Back issues", "Bridges", "© 2031 The Harbour Post"],
        ["newsletter", "newsletter", "navigation", "navigation", "footer"],
    ),
    "the text of a box": (
        [f"~{FIRST}", "Sign up for our newsletter", "Every Friday we write to you about the harbour.", f"~{LATER}"],
        ["newsletter", "newsletter"],
    ),
    "fields of a form for comments": (
        [f"~{FIRST}", f"~{LATER}", "Leave a comment", "Name *", "Email *", "Well said."],
        ["comments", "comments", "comments", "comments"],
    ),
    "an address alone": ([f"~{FIRST}", "Email:", f"~{LATER}"], ["other"]),
    "a word of menus that opens a line of the body": (
        [f"~{FIRST}", "International Bridge Academy", "University of Oldport", f"~{LATER}"],
        ["other", "other"],
    ),
    "prose in a menu": (
        ["Home", "You may be filmed while you are on the bridge, and on the old pier as well.", TITLE, f"~{FIRST}"],
        ["navigation", "navigation", "title"],
    ),
    "where facts are from": (
        [
            f"~{FIRST}",
            f"~{LATER}",
            "Sources",
            "Port of Oldport, Tides and Ships of the Year",
            "Harbour Office",
            "Share",
        ],
        ["sign-off", "sign-off", "sign-off", "share"],
    ),
    "tags in one line": (
        [f"~{FIRST}", f"~{LATER}", "Filed under", "Bridges, ships, Oldport, the mayor", "Share", "Bread", "News"],
        ["tags", "tags", "share", "navigation", "navigation"],
    ),
    "a number of telephone and an address": (
        [f"~{FIRST}", f"~{LATER}", "Phone 555-862-4570 or fax 555-862-4606", "32900 NE Pier Street, Suite 200"],
        ["footer", "footer"],
    ),
    "several writers": (
        [TITLE, "Ida Quill, Nora Blank & Jan van der Ahe", "4 May 2031", f"~{FIRST}"],
        ["title", "byline", "date"],
    ),
    "a place beside a date": ([TITLE, "Oldport, United Isles", "4 May 2031", f"~{FIRST}"], None),
    "words of the text beside a date": (
        [
            TITLE,
            "Harbour Library",
            "4 May 2031",
            "~The library of the harbour opened as well, and all could read there.",
        ],
        ["title", "navigation", "date"],
    ),
    "the time that reading takes": ([TITLE, "7 min read", "4 May 2031", f"~{FIRST}"], ["title", "other", "date"]),
    "where it is filed": ([TITLE, "Posted in Bridges", "By Ida Quill", f"~{FIRST}"], ["title", "tags", "byline"]),
    "By above a name and a day": (
        [TITLE, "By", "Nora Blank on May 4, 2031", f"~{FIRST}"],
        ["title", "byline", "date"],
    ),
    "who wrote, above the article": (
        [TITLE, "By Nora Blank", ABOUT, f"~{FIRST}"],
        ["title", "byline", "author-bio"],
    ),
    "who wrote, below a byline with a date": (
        [TITLE, "By Nora Blank Published 4 May 2031", f"~{FIRST}", f"~{LATER}", ABOUT],
        ["title", "byline", "author-bio"],
    ),
    "a name that signs": (
        [TITLE, f"~{FIRST}", f"~{LATER}", "Nora Blank", "Home"],
        ["title", "author-bio", "navigation"],
    ),
    "a picture's label and a line about pictures": (
        [f"~{FIRST}", "Photo via Pexels", "Image processing for beginners", f"~{LATER}"],
        ["credit", "other"],
    ),
    "prices beside a credit": (
        [f"~{FIRST}", "Credit: Harbour Shop", "$35 at Quay $28 at Pier View on Jetty", f"~{LATER}"],
        ["credit", "teaser"],
    ),
    "prose that holds a prompt": (
        [f"~{FIRST}", "Those who want to see more of the ships can take the stairs to the old pier.", f"~{LATER}"],
        ["other"],
    ),
}


@pytest.mark.parametrize(("lines", "expected"), CASES.values(), ids=CASES)
def test_what_a_line_is_by_what_it_says_and_where(lines: list[str], expected: list[str] | None) -> None:
    assert named(*lines) == (expected or ["title", "navigation", "date"])


def test_an_author_is_known_below_the_article() -> None:
    above = [TITLE, "By Ida Quill", "4 May 2031"]
    below = ["Ida Quill", "Ida grew up beside the harbour and has drawn its ships since she could hold a pen."]
    assert named(*above, f"~{FIRST}", f"~{LATER}", *below)[3:] == ["author-bio", "author-bio"]


def test_an_agency_that_wrote_along_is_no_caption() -> None:
    line = "Associated Press writer Ida Quill in Oldport contributed to this report."
    assert named(f"~{FIRST}", f"~{LATER}", line) == ["sign-off"]


def test_a_line_that_names_networks_shares() -> None:
    assert named(f"~{FIRST}", f"~{LATER}", "Click for Facebook or for WhatsApp here (new window)") == ["share"]


def test_a_heading_is_quoted() -> None:
    page = Page.from_lines(FIRST, "Related articles", "Ferries")
    names = name_run(page, Span(1, 3), Setting(Span(0, 1)))
    assert names[0].why == "it names other articles: “related articles”"
    assert names[1].why == "a short line below “related articles”"


@pytest.mark.parametrize(
    "line",
    [
        "4 May 2031",
        "May 4, 2031 at 04:34 AM EST",
        "Mon 4 May 2031 02.00",
        "2031-05-04T07:57",
        "4. Mai 2031",
        "18:58 Uhr",
        "Giriş: 12.11.2031 - 14:22 Güncelleme: 12.11.2031 - 16:05",
        "12.11. 14:22 | Päivitetty 12.11. 16:01",
        "آخر تحديث: 4/3/2031 10:15 ص (بتوقيت مكة المكرمة)",
        "تاریخ انتشار: ۲۱ آبان ۱۴۱۰ - ۱۴:۲۲",
        "প্রকাশ: ১২ নভেম্বর ২০৩১, ১৪: ২২",
        "ปรับปรุงล่าสุด 12 พฤศจิกายน 2574 เวลา 14.22 น.",
        "出版：2031-03-04 08:00 更新：2031-03-04 09:12",
        "Публикувано на 12 ноември 2031 г. в 14:05",
        "Среда, 12. новембар 2031. у 14:10",
        "Objavljeno 12.11.2031. u 14:10h",
        "Jumatano, Novemba 12, 2031",
        "3月 04, 2031",
    ],
)
def test_a_date(line: str) -> None:
    assert is_date(line)


@pytest.mark.parametrize(
    "line",
    [
        *("May Quill", "May Quill 466 2.1%", "In May 2031 the bridge was closed", "4.2.8", "12 boats", "", "Route 66"),
        *("Rated 4.44 out of 5", "4.44 of 5 stars", "Version 1.10.2", "Call 30 12.34.56", "13/13/2031"),
        *("1400 jobs in May", "Sezon 2030/2031", "12.11.", "2 marta na 2 minuty", "ราคาทอง 2574 บาท"),
    ],
)
def test_no_date(line: str) -> None:
    assert not is_date(line)


def test_names_of_persons() -> None:
    assert all(
        map(is_name, ["Ida Quill", "Ida van der Quill", "Ida Quill, Nora Blank", "J. R. Quill", "Áine Ní Chuinn"])
    )
    assert not any(map(is_name, ["Ida", "The Harbour", "Bridge opens", "Ida Quill 4", "RED HARBOUR", ""]))


def test_addresses() -> None:
    assert has_address("Write to ida@post.example.")
    assert not has_address("@idaquill")


def test_sources_of_pictures() -> None:
    assert ends_in_source("The pier Ida Quill/EPA")
    assert not any(map(ends_in_source, ["Open and/or shut", "The pier, 5 km/h.", "© 2031 The Post", "N/A", "©"]))


def test_the_title_is_told_where_no_line_says_so() -> None:
    dump = "\n".join(
        ["Home", "News", "Sport", "Sign in", TITLE, "By Nora Blank", "4 May 2031"]
        + [FIRST, LATER] * 4
        + ["Related articles", "Storm empties the market of Newhaven", "Sign up for our newsletter", "Privacy policy"]
    )
    assert Cleaner(rules=()).explain(dump).title == TITLE


@pytest.mark.parametrize(
    "above",
    [
        ["the bridge at Oldport opened"],
        ["The bridge at Oldport opened."],
        ["4 May 2031 Monday"],
        ["Sign up for our newsletter"],
        ["Oldport"],
        ["• The bridge at Oldport"],
        ["By Ida van Oldport"],
        ["Ida van Oldport"],
    ],
)
def test_what_is_no_title(above: list[str]) -> None:
    page = Page.from_lines(*above, FIRST, LATER)
    assert headline(page, range(len(above))) is None


def test_where_nothing_goes_no_title_is_looked_for() -> None:
    page = Page.from_lines(TITLE, FIRST, LATER)
    assert headline(page, ()) is None
    assert headline(page, (0,)) == 0


def test_marks_above_a_dateline_name_no_title() -> None:
    lines = ["Oldport bridge opens after ten years", "April 28, 2031 GMT", f"OLDPORT, Norland (NA) — {FIRST}", LATER]
    told = Cleaner(rules=()).explain("\n".join(lines))
    assert told.title == lines[0]
    assert [each.category for each in told.dropped] == [Category.TITLE, Category.DATE]


def test_what_goes_is_more_likely_to_be_no_body() -> None:
    """A block at the edge goes though the model takes it for body."""
    head, tail = [f"{TITLE} | The Post", "Home", "News", "Sport", TITLE], ["Read more", "Storm in Newhaven"]
    dump = [*head, *[FIRST, LATER] * 4, *tail, "Sign up for our newsletter", "Privacy policy"]
    told = Cleaner(rules=()).explain("\n".join(dump))
    assert told.dropped
    assert all(each.confidence >= 0.5 for each in told.dropped)


def test_what_stays_for_want_of_a_page_is_not_doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    in_words = "cleaner.heuristics.account.judgement.in_words"
    monkeypatch.setattr(in_words, lambda verdict, blocks, untrue: ["few words"] * len(blocks))
    part: Any = SimpleNamespace(verdict=None, likely=np.array([0.02, 0.95]))
    judgement = Judgement(Page.from_lines("12 38 | 17", FIRST), lambda: Opinion(part, 0, 0), {})
    judgement.is_page = False
    told = [(each.by, each.confidence) for each in judgement.decisions()]
    assert told == [("heuristic/no-page", 0.9), ("heuristic/body", 0.95)]


@pytest.mark.parametrize(
    ("line", "category"),
    [
        ("By Nora Blank March 18, 2031 at 12:22 PM Follow @nora", "byline"),
        ("By Nora Blank, keeper of the pier", "byline"),
        ("Last updated on 2031-12-17 - history of this page", "date"),
        ("2031-03-10 09:58:03 来源： 港口报 作者： 责任编辑：白诺拉", "date"),
        ("Section B · 4 May 2031 · page 3", "date"),
    ],
)
def test_a_byline_or_date_above_the_body_is_one_whatever_else_it_says(line: str, category: str) -> None:
    assert named(TITLE, line, f"~{FIRST}", f"~{LATER}") == ["title", category]


PICTURED = {
    "a label and names": (
        [
            TITLE,
            "The first ships pass below the bridge.",
            "Photo: Ida Quill for the Oldport Post via Halm Press",
        ],
        ["title", "caption", "credit"],
    ),
    "a label and a caption": (
        [TITLE, "Photo: The first ships pass below the bridge of Oldport"],
        ["title", "caption"],
    ),
    "a caption that gives a date": (
        [TITLE, "The bridge on the day before, the 4 May 2031. (Photo: Ida Quill)"],
        ["title", "caption"],
    ),
    "what stands beside a credit below the article": (
        [TITLE, f"~{FIRST}", f"~{LATER}", "Photo: Ida Quill", "All drawings of the bridge lie in the old town hall"],
        ["title", "credit", "teaser"],
    ),
    "tags that look like names": (
        [TITLE, f"~{FIRST}", f"~{LATER}", "Harter Beton", "Dicker Stahl", "Lange Kette"],
        ["title", *["navigation"] * 3],
    ),
    "a name above what is told of the person": (
        [
            TITLE,
            f"~{FIRST}",
            f"~{LATER}",
            "Share",
            "Ida Quill",
            "Ida has drawn the ships of Oldport since she was a child.",
        ],
        ["title", "share", "author-bio", "other"],
    ),
}


@pytest.mark.parametrize(("lines", "expected"), PICTURED.values(), ids=PICTURED)
def test_pictures_and_people_are_told_by_what_is_beside_them(lines: list[str], expected: list[str]) -> None:
    body = [] if f"~{FIRST}" in lines else [f"~{FIRST}", f"~{LATER}"]
    assert named(*lines, *body) == expected


def test_a_stamp_with_a_date_names_a_date() -> None:
    page = Page.from_lines(TITLE, "Updated on 4 May 2031", FIRST, LATER)
    setting = Setting.of(page, {0, 1}, 0)
    assert [name.why for name in name_run(page, Span(1, 2), setting)] == ["it names a date: “updated on”"]


def test_no_reason_speaks_of_a_place_where_the_line_does_not_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pass may have taken a line for one outside the article that turned out to stand inside."""
    in_words = "cleaner.heuristics.account.judgement.in_words"
    monkeypatch.setattr(in_words, lambda verdict, blocks, untrue: [", ".join(each) for each in untrue])
    part: Any = SimpleNamespace(verdict=None, likely=np.array([0.1, 0.9, 0.1, 0.9, 0.1]))
    page = Page.from_lines("Home", FIRST, "Sport", LATER, "Privacy policy")
    judgement = Judgement(page, lambda: Opinion(part, 0, 0), dict.fromkeys((0, 2, 4)))
    above, first, inside, second, below = (each.why for each in judgement.decisions())
    assert "inside the article" in above
    assert "inside the article" in below
    assert "above the article's end" in below
    for why in (first, inside, second):
        assert "outside the article" in why
