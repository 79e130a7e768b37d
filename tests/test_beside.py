"""What stands beside an article is named by the whole of it."""

from __future__ import annotations

import pytest

from cleaner import Category, Cleaner, Decision
from cleaner.beside import beside
from cleaner.document import Document
from cleaner.reading import read
from cleaner.reading.metadata import About

FIRST = "A storm came in the night, and by the morning the lower road to the harbour was under water."
LATER = "The ferry, which is the only other way to the island, did not sail before noon, it was said."
TITLE = "The storm and the old harbour"
KNOWN = About(TITLE, "Mina Solberg", "2031-05-04", "The Harbour Post", "en")


def named(*lines: str, known: About = KNOWN) -> list[str]:
    """The categories of lines "CATEGORY: TEXT", of which those that begin with "~" are kept."""
    texts = [line[1:] if line.startswith("~") else line.partition(": ")[2] for line in lines]
    document = Document.from_text("\n\n".join(texts))
    decisions = []
    for line, start, end in zip(lines, document.starts, document.ends, strict=True):
        category = None if line.startswith("~") else Category(line.partition(": ")[0])
        decisions.append(Decision(start, end, category is None, category, "heuristic/some-name", "so it is"))
    return [str(each.category) for each in beside(document, decisions, known) if not each.keep]


HEAD = ("title: " + TITLE, "~" + FIRST, "~" + LATER)
CASES = {
    "a byline and a date in a menu far above": (
        ("byline: Ole Brandt", "date: 3 May 2031", *["navigation: News"] * 4, *HEAD),
        ["navigation"] * 6 + ["title"],
    ),
    "a date and a kicker right above the title": (
        ("kicker: Harbour", "date: 4 May 2031", *HEAD),
        ["kicker", "date", "title"],
    ),
    "a name above the title that is not the author's": (("byline: Cloud Harbours", *HEAD), ["navigation", "title"]),
    "the author above the title": (("byline: Mina Solberg", *HEAD), ["byline", "title"]),
    "a date and a byline right below the body": (
        (*HEAD, "date: Published: 4 May 2031", "byline: Ole Brandt"),
        ["title", "date", "byline"],
    ),
    "those of teasers": (
        (*HEAD, *["teaser: The bread of the island"] * 4, "date: 1 May 2031", "byline: Ole Brandt", "caption: A boat"),
        ["title", *["teaser"] * 7],
    ),
    "an author in the comments": (
        (*HEAD, *["comments: 3 comments", "comments: Well said."] * 2, "byline: Ole Brandt"),
        ["title", *["comments"] * 5],
    ),
    "a line of copyright": (
        (*HEAD, "navigation: Top", "footer: About", "credit: Copyright 2031 The Harbour Post"),
        ["title", "navigation", "footer", "footer"],
    ),
    "a line of copyright right below": ((*HEAD, "credit: © 2031 The Harbour Post"), ["title", "footer"]),
    "a picture right below": ((*HEAD, "credit: Photo: Ole Brandt"), ["title", "credit"]),
    "the day of publication far above the title, and another": (
        ("date: 2031-05-04, 7:10", "date: 2031-05-02", *["navigation: News"] * 6, *HEAD),
        ["date", *["navigation"] * 7, "title"],
    ),
    "a menu of tags": (("tags: Sections", *["navigation: News"] * 5, *HEAD), ["navigation"] * 6 + ["title"]),
    "tags below the body": ((*HEAD, "tags: Tags", "tags: Storms"), ["title", "tags", "tags"]),
    "the author without a mark": (
        (HEAD[0], "navigation: Mina Solberg", "other: Oldport, 4 May 2031, 8:22", *HEAD[1:]),
        ["title", "byline", "date"],
    ),
    "author and day in one line": ((HEAD[0], "date: 4 May 2031 Mina Solberg", *HEAD[1:]), ["title", "byline"]),
    "a house with a date": (
        (HEAD[0], "caption: By HP, in News, Weather · 4 May 2031, 20:02", *HEAD[1:]),
        ["title", "byline"],
    ),
    "the author of a picture": ((HEAD[0], "caption: The pier. Mina Solberg", *HEAD[1:]), ["title", "caption"]),
    "a long line that names an author": (
        (*HEAD, "byline: " + "I read what was written by her, and it rained. " * 4, "~" + LATER),
        ["title", "other"],
    ),
    "what is named a title above it": (("title: The Harbour Post", *HEAD), ["navigation", "title"]),
    "the title said twice above the body": (
        (HEAD[0], "navigation: News", *HEAD),
        ["navigation", "navigation", "title"],
    ),
    "a summary named a title": (
        (HEAD[0], "title: What the sea did to the lower road", "title: Weather", *HEAD[1:]),
        ["title", "summary", "kicker"],
    ),
    "a summary above the title": (("summary: All you need to know about the sea.", *HEAD), ["navigation", "title"]),
    "a title that only the head declares": (("navigation: " + TITLE, *HEAD[1:]), ["title"]),
    "a line of a menu that says it, and a heading below": (
        ("navigation: " + TITLE, *["navigation: News"] * 3, *HEAD),
        ["navigation"] * 4 + ["title"],
    ),
    "a title that stays": (("title: Information and more", "~" + TITLE, *HEAD[1:]), ["navigation"]),
}


@pytest.mark.parametrize(("lines", "expected"), CASES.values(), ids=CASES)
def test_names(lines: tuple[str, ...], expected: list[str]) -> None:
    assert named(*lines) == expected


def test_without_a_title_what_stands_close_above_the_body_is_of_it() -> None:
    menu = ["navigation: News"] * 12
    assert named("byline: Ole Brandt", "date: 3 May 2031", *menu[:8], "~" + FIRST, known=About())[:2] == [
        "byline",
        "date",
    ]
    assert named("byline: Ole Brandt", *menu, "~" + FIRST, known=About())[0] == "navigation"


def test_a_rule_keeps_its_name_and_an_account_its_parts() -> None:
    text = f"Ole Brandt\n\n{'News' + chr(10)} \n" * 8 + FIRST
    document = Document.from_text(text)
    last = len(document) - 1
    decisions = [
        Decision(start, end, number == last, None if number == last else Category.BYLINE, "a.example/byline", "")
        for number, (start, end) in enumerate(zip(document.starts, document.ends, strict=True))
    ]
    assert beside(document, decisions, KNOWN) == decisions
    assert beside(document, decisions[:-1], KNOWN) == decisions[:-1]


TEASERS = "".join(
    f"<div><p><a href='/{n}'>Bread of the island</a></p><p>Ole Brandt</p><p>3 May 2031</p></div>" for n in "ab"
)


def test_what_the_box_above_the_articles_element_holds_is_not_of_it() -> None:
    markup = f"<body><div>{TEASERS}</div><main><p>Harbour</p><h1>{TITLE}</h1><p>{FIRST}</p><p>{LATER}</p></main></body>"
    document = read(f"<html>{markup}</html>", "html")
    kinds = {"Ole Brandt": Category.BYLINE, "3 May 2031": Category.DATE, "Harbour": Category.KICKER}
    decisions = []
    for start, end in zip(document.starts, document.ends, strict=True):
        text = document.text[start:end]
        category = Category.TITLE if text == TITLE else kinds.get(text, Category.TEASER)
        keep = text in (FIRST, LATER)
        decisions.append(Decision(start, end, keep, None if keep else category, "heuristic/x", ""))
    found = [each.category for each in beside(document, decisions, KNOWN) if not each.keep]
    assert found[-2:] == [Category.KICKER, Category.TITLE]
    assert not {Category.BYLINE, Category.DATE} & set(found)


def test_keep_gives_back_what_is_of_the_article_once() -> None:
    box = "".join(
        f"<div><h3><a href='/{n}'>The ferry of day {n}</a></h3><p class='byline'>Ole Brandt</p></div>" for n in range(6)
    )
    page = f"""<html><head><title>{TITLE} | The Harbour Post</title>
    <meta name="author" content="Mina Solberg"></head><body><nav><a href="/">Home</a> <a href="/s">{TITLE}</a></nav>
    <header>{box}</header><main><article><h1>{TITLE}</h1><p>Mina Solberg</p>
    <p>{FIRST}</p><p>{LATER}</p><p>{FIRST.replace("storm", "second storm")}</p><p>{LATER.replace("ferry", "boat")}</p>
    </article></main><div><h1>The Harbour Post</h1><p>By Ole Brandt</p></div>
    <footer><a href="/p">Privacy policy</a> <a href="/a">About us</a></footer></body></html>"""
    kept = Cleaner(rules=(), keep=("title", "byline")).clean(page).split("\n\n")
    assert kept[:2] == [TITLE, "Mina Solberg"]
    assert kept.count(TITLE) == 1
    assert not any("Ole Brandt" in line for line in kept)


WRITER = (
    "~" + LATER,
    "teaser: Mina Solberg",
    "other: Mina has kept the light of the harbour for " + "years and " * 8 + "days.",
)
WITHIN = {
    "the author below the body, and what is told of her": ((*HEAD, *WRITER), ["title", "author-bio", "author-bio"]),
    "others and other days deep inside": (
        (*HEAD, *["~" + LATER] * 12, "byline: By Ole Brandt", "date: 1 May 2031", "date: 4 May 2031", "~" + LATER),
        ["title", "other", "other", "date"],
    ),
}


@pytest.mark.parametrize(("lines", "expected"), WITHIN.values(), ids=WITHIN)
def test_names_of_what_stands_inside_or_below(lines: tuple[str, ...], expected: list[str]) -> None:
    assert named(*lines) == expected
