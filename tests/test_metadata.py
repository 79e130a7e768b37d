"""What an input says of itself: never wrong rather than null."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner import Cleaner, explain
from cleaner.document import Category, Decision
from cleaner.reading import read
from cleaner.reading.authors import byline_names, names_in
from cleaner.reading.days import date_in, stamp_day
from cleaner.reading.metadata import About, about

DATA = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "The storm",
    "datePublished": "2024-05-04T23:30:00+02:00",
    "dateModified": "2024-06-01T08:00:00+02:00",
    "author": [{"@type": "Person", "name": "Mina Solberg"}, {"@type": "Person", "name": "Jan van der Ahe"}],
    "publisher": {"@type": "Organization", "name": "The Harbour Post"},
}
PROSE = "<p>A storm came in the night, and by the morning the lower road to the harbour was under water.</p>"
BODY = f"<h1>The storm</h1><p>By Mina Solberg and Jan van der Ahe</p>{PROSE}"


def page_of(head: str, body: str = BODY, opening: str = "<html>", url: str | None = None) -> About:
    document = read(f"<!doctype html>{opening}<head>{head}</head><body>{body}</body></html>", "html")
    edge = document.text.find("A storm came")
    edge = edge if edge >= 0 else 0
    above = Decision(0, edge, False, Category.OTHER, "a/b", "")
    return about(document, [above, Decision(edge, len(document.text), True, None, "a/b", "")], url)


def test_json_ld_tells_all() -> None:
    head = f'<title>The storm | Post</title><script type="application/ld+json">{json.dumps(DATA)}</script>'
    assert page_of(head, opening='<html lang="en_GB">') == About(
        "The storm", "Mina Solberg, Jan van der Ahe", "2024-05-04", "The Harbour Post", "en-GB"
    )


def test_meta_elements_tell_all() -> None:
    head = """<meta property="og:title" content="The storm"><meta name="author" content="Mina Solberg">
    <meta property="og:site_name" content="The Harbour Post"><meta property="og:locale" content="nb_NO">
    <meta property="article:published_time" content="2024-05-04T10:00:00Z">
    <meta property="article:modified_time" content="2024-06-01T10:00:00Z">"""
    assert page_of(head) == About("The storm", "Mina Solberg", "2024-05-04", "The Harbour Post", "nb-NO")


UNTOLD = {
    "nothing": "",
    "a modified day alone": '<meta property="article:modified_time" content="2024-06-01T10:00:00Z">',
    "a modified day in JSON-LD": '<script type="application/ld+json">{"dateModified": "2024-06-01"}</script>',
    "an author the page does not name": '<meta name="author" content="Webmaster Admin">',
    "an account of another service": '<meta name="twitter:site" content="@harbourpost">',
    "broken JSON-LD": '<script type="application/ld+json">{"author": {"name": }</script>',
    "no language": '<meta http-equiv="content-language" content="English, please">',
}


@pytest.mark.parametrize("head", UNTOLD.values(), ids=UNTOLD)
def test_what_is_in_doubt_is_null(head: str) -> None:
    assert page_of(head, f"<h1>The storm</h1>{PROSE}")[1:] == (None, None, None, None)


def test_an_author_in_the_legal_notice_alone_is_none() -> None:
    head = '<meta name="author" content="Harbour Quill">'
    unsigned = f"<h1>The storm</h1>{PROSE}"
    assert page_of(head, unsigned + "<footer>© 2024 Harbour Quill</footer>").byline is None
    assert page_of(head, "<p>By Harbour Quill</p>" + unsigned).byline == "Harbour Quill"


def test_dates_and_authors_of_other_articles_do_not_count() -> None:
    others = """<aside><article><time datetime="2020-01-01">1 January 2020</time><span class="author">Ole Brandt</span>
    <meta itemprop="datePublished" content="2020-01-01"><meta itemprop="author" content="Ole Brandt"></article>
    </aside>"""
    assert page_of("", f"<h1>The storm</h1>{PROSE * 12}" + others)[1:3] == (None, None)


TITLES = {
    "heading and head agree": ("<title>The storm - Post</title>", "<h1>The storm</h1>", "The storm"),
    "a heading with elements": ("<title>The storm</title>", "<h1>The <em>storm</em></h1>", "The storm"),
    "the heading is the site's": ("<title>The storm</title>", "<h1>The Harbour Post</h1>", "The storm"),
    "no head": ("", "<h1>The storm</h1>", "The storm"),
    "several headings": ("", "<h1>The storm</h1><h1>The ferry</h1>", None),
    "a title inside a drawing": ("", "<svg><title>Menu</title></svg><p>Rain.</p>", None),
    "a title behind a drawing": (
        "",
        "<svg><g><title>Menu</title></g></svg><title>The storm</title><p>Rain.</p>",
        "The storm",
    ),
    "a title below the head": ("", "<p>Rain.</p><title>The storm - Post</title><h1>The storm</h1>", "The storm"),
    "two titles": ("<title>The storm</title><title>The ferry</title>", "<p>Rain.</p>", "The storm"),
    "an empty title": ("<title> </title><title>The ferry</title>", "<p>Rain.</p>", None),
    "a heading that is a word of the title": (
        "<title>The storm of the year</title>",
        "<h1>storm</h1>",
        "The storm of the year",
    ),
    "the title in other words": (
        "<title>Seven tips to sail in a storm - Post</title>",
        "<h1>Seven tips for sailing through a storm</h1>",
        "Seven tips for sailing through a storm",
    ),
    "the heading is the site's, behind the title": (
        '<meta property="og:site_name" content="The Post"><title>The storm — The Post</title>',
        "<h1>The Post</h1>",
        "The storm",
    ),
    "the site's name behind it": (
        '<meta property="og:site_name" content="The Post Online"><title>The storm | The Post</title>',
        "",
        "The storm",
    ),
    "the name of the host behind it": (
        '<link rel="canonical" href="https://www.oldport.example/storm"><title>The storm » Oldport</title>',
        "",
        "The storm",
    ),
    "dashes of its own": ("<title>The storm – and what it took</title>", "", "The storm – and what it took"),
    "several names of the site behind it": (
        '<link rel="canonical" href="https://mina.oldport.example/storm"><meta property="og:site_name" content="Tides">'
        "<title>The storm @ Tides :: Oldport ::</title>",
        "<h1>Oldport</h1><h1>Tides</h1>",
        "The storm",
    ),
    "a kicker in the heading": (
        '<meta property="og:title" content="The storm and after">',
        "<h1>Weather The storm and after</h1>",
        "The storm and after",
    ),
    "what is shared goes first": (
        '<title>Post</title><meta property="og:title" content="The  storm">',
        "",
        "The storm",
    ),
}


@pytest.mark.parametrize(("head", "body", "title"), TITLES.values(), ids=TITLES)
def test_titles(head: str, body: str, title: str | None) -> None:
    assert page_of(head, body).title == title


def test_heuristics_see_the_same_titles() -> None:
    head = '<meta property="og:title" content="The storm"><title>The storm\n - Post</title><title>The ferry</title>'
    document = read(f"<html><body><svg><title>Menu</title></svg>{head}<p>Rain.</p></body></html>", "html")
    assert document.page is not None
    assert document.page.markup.titles == ("The storm", "The storm - Post")


BYLINES = {
    "By Mina Solberg": ["Mina Solberg"],
    "Von Mina Solberg und Jan Brandt": ["Mina Solberg", "Jan Brandt"],
    "by: Mina Solberg, Jan Brandt": ["Mina Solberg", "Jan Brandt"],
    "By Mina Solberg, 4 May 2024": ["Mina Solberg"],
    "By Mina Solberg | Oldport": ["Mina Solberg"],
    "By Mina Solberg - 5 min read": ["Mina Solberg"],
    "By Mina Solberg • May 4, 2024": ["Mina Solberg"],
    "By Mina Solberg Monday, May 4, 2024": ["Mina Solberg"],
    "Posted on May 4, 2024    Posted by Mina Solberg 12 Comments": ["Mina Solberg"],
    "Words: Mina Solberg": ["Mina Solberg"],
    "By Mina Solberg ⋅ Senior Analyst\xa0 ⋅ \xa0Updated March 5, 2025": ["Mina Solberg"],
    "By Mina Solberg Published: May 4, 2024": ["Mina Solberg"],
    "By Mina SolbergPublished: May 4, 2024": ["Mina Solberg"],
    "作者：김태연": ["김태연"],
    "By the time the storm came": [],
    "By admin": [],
    "By The Harbour Post": [],
    "Mina Solberg": [],
    "": [],
}


@pytest.mark.parametrize(("line", "names"), BYLINES.items())
def test_bylines(line: str, names: list[str]) -> None:
    assert byline_names(line) == names


AUTHORS = {
    "a role": ("Mina Solberg, Staff Writer", ["Mina Solberg"]),
    "a role without a comma": ("Mina Solberg Contributing Editor", ["Mina Solberg"]),
    "a role and a house": ("Mina Solberg, Sr. Director of Tides, Harbour Lines - 10+ Years at Sea", ["Mina Solberg"]),
    "a role, and another author": ("Mina Solberg, Editor, and Jan Brandt, Reporter", ["Mina Solberg", "Jan Brandt"]),
    "a degree": ("Mina Solberg, PhD, Jan Brandt, MD", ["Mina Solberg", "Jan Brandt"]),
    "a younger one": ("Jan Brandt, Jr., Mina Solberg", ["Jan Brandt, Jr.", "Mina Solberg"]),
    "initials": ("M. J. Solberg", ["M. J. Solberg"]),
    "initials in brackets": ("Mina (M.J.) Solberg", ["Mina Solberg"]),
    "the last name first": ("Solberg, Mina", ["Mina Solberg"]),
    "the same twice": ("Mina Solberg and Mina Solberg", ["Mina Solberg"]),
    "a note of a number": ("Mina Solberg1", ["Mina Solberg"]),
    "an address": ("mina.solberg@post.example", []),
    "a link": ("https://post.example/authors/mina-solberg", []),
    "nobody": ("admin", []),
    "all of them": ("Our Foreign Staff", []),
    "a desk": ("Harbour News Desk", []),
    "a company": ("Solberg Boats GmbH", []),
    "a publishing house": ("Condé Nast", []),
    "a template": ("page.head.author", []),
    "a list": ("Mina Solberg; Jan Brandt & Ole van der Ahe", ["Mina Solberg", "Jan Brandt", "Ole van der Ahe"]),
    "a title behind the name": ("김태연 기자", ["김태연"]),
}


@pytest.mark.parametrize(("told", "names"), AUTHORS.values(), ids=AUTHORS)
def test_names(told: str, names: list[str]) -> None:
    assert names_in(told) == names


def by(author: object, body: str = BODY, **more: object) -> str | None:
    article = {"@type": "NewsArticle", "headline": "The storm", "author": author, **more}
    return page_of(f'<script type="application/ld+json">{json.dumps(article)}</script>', body).byline


UNSIGNED = f"<h1>The storm</h1>{PROSE}"
DECLARED = {
    "an organisation": ({"@type": "Organization", "name": "Mina Solberg"}, UNSIGNED, None),
    "the publisher": ({"@type": "Person", "name": "Oldport"}, "<p>von Oldport</p>" + UNSIGNED, None),
    "all capitals": ({"@type": "Person", "name": "MINA O'HARA"}, UNSIGNED, "Mina O'Hara"),
    "as the page writes it": ("MINA MCKAY", "<p>By Mina McKay</p>" + UNSIGNED, "Mina McKay"),
    "twice": ([{"name": "Mina Solberg"}, {"name": "mina solberg"}], BODY, "Mina Solberg"),
    "one word": ("Mina", UNSIGNED, None),
    "an agency, of whose letters a word is made": (
        "TID",
        "<p>by TID</p><h1>The storm</h1>" + PROSE + "<p>tid</p>",
        "TID",
    ),
    "one word on a line of its own": ("Mina", f"<h1>The storm</h1><p>Mina</p>{PROSE}", "Mina"),
    "a person the page does not show": ({"@type": "Person", "name": "Mina Solberg"}, UNSIGNED, "Mina Solberg"),
}


@pytest.mark.parametrize(("author", "body", "byline"), DECLARED.values(), ids=DECLARED)
def test_declared_authors(author: object, body: str, byline: str | None) -> None:
    assert by(author, body, publisher={"@type": "Organization", "name": "Oldport"}) == byline


def test_authors_are_looked_up_elsewhere_in_the_page() -> None:
    graph = [
        {"@type": "Person", "@id": "#mina", "name": "Mina Solberg"},
        {"@type": "Article", "headline": "The storm", "author": {"@id": "#mina"}},
        {"@type": "ItemList", "itemListElement": [{"@type": "Article", "author": "Ole Brandt"}]},
    ]
    opening = '<script type="application/ld+json">'
    head = f"{opening}/*x*/</script>{opening}<![CDATA[{json.dumps(graph)}]]></script>"
    assert page_of(head, UNSIGNED).byline == "Mina Solberg"


def test_of_several_articles_the_one_with_the_title_counts() -> None:
    articles = [
        {"@type": "Article", "headline": "The ferry", "author": "Ole Brandt", "datePublished": "2020-01-01"},
        {"@type": "Article", "headline": "The storm", "author": "Mina Solberg", "datePublished": "2024-05-04"},
    ]
    head = f'<title>The storm</title><script type="application/ld+json">{json.dumps(articles)}</script>'
    assert page_of(head, UNSIGNED)[1:3] == ("Mina Solberg", "2024-05-04")
    head = head.replace("<title>The storm", "<title>News")
    assert page_of(head, "<h1>News</h1>" + PROSE)[1:3] == (None, None)


NEAR = {
    "an element that says so": '<h1>The storm</h1><p>Rain.</p><span class="c-articleAuthor">Mina Solberg</span>',
    "with its role": '<h1>The storm</h1><div class="byline">Mina Solberg Staff Writer | Tides</div>',
    "with a date": '<h1>The storm</h1><p class="post-byline">MINA SOLBERG Monday, May 4, 2024 @ 11:10 PM</p>',
    "the opener on a line of its own": "<h1>The storm</h1><p>Written by</p><p>Mina Solberg</p>",
    "below a short line that stays": "<h1>The storm</h1><h2>What the tide took</h2><p>By Mina Solberg</p>",
    "below a summary that stays": f"<h1>The storm</h1>{PROSE}<div class=byline>Mina Solberg</div>",
    "that of a picture": '<p class="caption-author">Ole Brandt</p><h1>The storm</h1><p>By Mina Solberg</p>',
    "a button of that class": (
        "<h1>The storm</h1><div class=author>Sea Storms</div><p>By Mina Solberg</p><p>It is a sea of storms.</p>"
    ),
    "those of a list above the title": (
        "<p>The sea and what it does to those who live by it <span class=byline>Ole Brandt</span></p>"
        "<h1>The storm</h1><p>By Mina Solberg</p>"
    ),
    "above the title and below": "<p>By Ole Brandt</p><h1>The storm</h1><p>By Mina Solberg</p>",
}


@pytest.mark.parametrize("above", NEAR.values(), ids=NEAR)
def test_bylines_around_the_title(above: str) -> None:
    assert page_of("<title>The storm</title>", above + PROSE).byline == "Mina Solberg"


def test_authors_of_a_list_above_the_title_did_not_write_the_article() -> None:
    listed = "<span class=byline>Ole Brandt</span>", "<p class=byline>Ole Brandt</p><p class=byline>Jan Venn</p>"
    for above in (f"<p>The sea and what it does to those who live by it {listed[0]}</p>", listed[1]):
        assert page_of("<title>The storm</title>", f"{above}<h1>The storm</h1>{PROSE}").byline is None


def test_prose_may_stand_above_the_title() -> None:
    below = "<h1>The storm</h1><time>4 May 2024</time><p class=byline>By Mina Solberg</p>"
    told = page_of("<title>The storm</title>", PROSE + "<p>News</p>" * 200 + below + PROSE)
    assert (told.byline, told.published) == ("Mina Solberg", "2024-05-04")


PUBLISHED = {
    "an element": ("", '<h1>The storm</h1><span class="published-date">May 4, 2024</span>', "2024-05-04"),
    "an element of a later day": ("", "<h1>The storm</h1><p>Updated: <time>May 4, 2024</time></p>", None),
    "below a day of the page": (
        "",
        "<time>June 1, 2024</time><h1>The storm</h1><time>May 4, 2024</time>",
        "2024-05-04",
    ),
    "a later day, then the first": (
        "",
        "<h1>The storm</h1><p class=date>Updated 6 May 2024 | Published 4 May 2024</p>",
        "2024-05-04",
    ),
    "Greenwich's day before": ("2024-05-03T23:30:00Z", "<h1>The storm</h1><time>May 4, 2024</time>", "2024-05-04"),
    "Greenwich's day": ("2024-05-03T23:30:00Z", "<h1>The storm</h1><time>May 8, 2024</time>", "2024-05-03"),
    "a day elsewhere": ("2024-05-03T23:30:00-05:00", "<h1>The storm</h1><time>May 4, 2024</time>", "2024-05-03"),
    "words of a program": ("Sat May 4 19:20:36 CEST 2024", "<h1>The storm</h1>", "2024-05-04"),
    "no day": ("0000-00-00", "<h1>The storm</h1>", None),
}


@pytest.mark.parametrize(("stamp", "above", "day"), PUBLISHED.values(), ids=PUBLISHED)
def test_published(stamp: str, above: str, day: str | None) -> None:
    meta = f'<meta property="article:published_time" content="{stamp}">' if stamp else ""
    assert page_of(f"<title>The storm</title>{meta}", above + PROSE).published == day


def test_a_local_stamp_tells_the_day_before_that_of_greenwich() -> None:
    data = {"@type": "Article", "headline": "The storm", "datePublished": "2024-05-03T22:30:00Z"}
    head = f"""<script type="application/ld+json">{json.dumps(data)}</script>
    <meta name="date" content="2024-05-04T00:30:00+02:00">"""
    assert page_of(head).published == "2024-05-04"


def test_an_address_tells_the_day() -> None:
    assert page_of("", UNSIGNED, url="https://post.example/2024/5/4/the-storm").published == "2024-05-04"
    assert page_of("", UNSIGNED, url="https://post.example/2024/05/storm-of-the-year").published is None


SITES = {
    "a domain that is the name": ('<meta property="og:site_name" content="Post.example">', "Post.example"),
    "the head before the publisher": (
        '<meta property="og:site_name" content="Post"><script type="application/ld+json">'
        '{"@type": "Article", "publisher": {"name": "Post Media House"}}</script>',
        "Post",
    ),
    "behind the title": ("<title>The storm | The Oldport Post</title>", "The Oldport Post"),
    "something else behind the title": ("<title>The storm | Weather</title>", None),
    "a link": ('<meta name="application-name" content="https://oldport-post.example">', None),
    "a part of the site in the head": (
        '<meta property="og:site_name" content="Security"><title>The storm | Oldport-Post online</title>',
        "Oldport-Post online",
    ),
    "a part of the title in the head": (
        '<meta property="og:site_name" content="Tides"><title>The storm @ Tides | Oldport-Post</title>',
        "Tides",
    ),
    "an author behind the title": ("<title>The storm - by Post Oldport</title>", None),
    "with the title in the head": (
        "<title>The storm | Post</title><meta property='og:site_name' content='The storm | Post'>",
        "Post",
    ),
    "its case": ('<meta property="og:site_name" content="ePost">', "ePost"),
}


@pytest.mark.parametrize(("head", "name"), SITES.values(), ids=SITES)
def test_site_names(head: str, name: str | None) -> None:
    assert page_of(head, url="https://www.oldport-post.example/storm").site_name == name


LANGUAGES = {"en-us": "en-US", "De": "de", "zh_hans_cn": "zh-Hans-CN", "pt-BR": "pt-BR"}


@pytest.mark.parametrize(("told", "language"), LANGUAGES.items())
def test_languages(told: str, language: str) -> None:
    assert page_of("", opening=f'<html lang="{told}">').language == language


DATES = {
    "4 May 2024": "2024-05-04",
    "Published: May 4, 2024 10:30 am": "2024-05-04",
    "Samstag, 4. Mai 2024": "2024-05-04",
    "2024年5月4日": "2024-05-04",
    "2024-05-04": "2024-05-04",
    "04/05/2024": None,
    "May 2024": None,
    "yesterday": None,
    "3 days ago": None,
    "In May 2024 the river rose by 4 metres": None,
    "Mina Solberg • Oct 20, 2025 • 5 min read": "2025-10-20",
    "06.01.2026, Lesezeit 5 Min.": "2026-01-06",
    "Posted on 4th of May 2024 by Mina": "2024-05-04",
    "4 de mayo de 2024": "2024-05-04",
    "2024년 5월 4일": "2024-05-04",
    "입력 2024.05.04 22:09": "2024-05-04",
    "Last updated: May 4, 2024": None,
    "Aktualisiert am 4. Mai 2024": None,
    "30/02/2024": None,
    "25/04/2024": "2024-04-25",
}


@pytest.mark.parametrize(("line", "day"), DATES.items())
def test_dates(line: str, day: str | None) -> None:
    assert date_in(line) == day


def test_days_in_numbers_go_by_the_language() -> None:
    assert [date_in("04/05/2024", language) for language in ("en-GB", "en-US", "it", "en")] == [
        "2024-05-04",
        "2024-04-05",
        "2024-05-04",
        None,
    ]


def test_stamps() -> None:
    stamps = ("20240504", "2024-05-04 10:00:00.000 +0200", "2024-05-04T23:59:00-11:00", "1970-01-01T00:00:00Z")
    assert [stamp_day(stamp) for stamp in stamps] == ["2024-05-04", "2024-05-04", "2024-05-04", None]


def test_what_is_kept_on_demand_is_told() -> None:
    body = (Path(__file__).parent.parent / "fixtures/negative/news-in-brief.txt").read_text("utf-8")
    text = f"Home\nNews\nSport\nContact us\n\nBy Mina Solberg\n4 May 2024\n\n{body}\n\nSign up for our newsletter\n"
    result = Cleaner(keep=("byline", "date")).explain(text + "Share this\nFollow us on Facebook\nPrivacy policy\n")
    assert "By Mina Solberg" in result.text
    assert (result.byline, result.published) == ("Mina Solberg", "2024-05-04")


def test_a_text_tells_what_stands_above_its_body() -> None:
    body = (Path(__file__).parent.parent / "fixtures/negative/news-in-brief.txt").read_text("utf-8")
    text = f"Home\nNews\nSport\nContact us\n\nBy Mina Solberg\n4 May 2024\n\n{body}\n\nSign up for our newsletter\n"
    result = explain(text + "Share this\nFollow us on Facebook\nPrivacy policy\nAll rights reserved\n")
    assert (result.byline, result.published, result.site_name) == ("Mina Solberg", "2024-05-04", None)


def test_a_source_tells_the_language(tmp_path: Path) -> None:
    (tmp_path / "a.example.toml").write_text('source = "a.example"\nlanguage = "nb"\n', "utf-8")
    assert Cleaner(tmp_path).explain("Rain fell.", url="https://a.example/").language == "nb"


def test_cleaning_a_page_asks_for_no_metadata() -> None:
    program = "import sys, cleaner; cleaner.clean('<html><body><p>Rain fell.</p></body></html>'); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert "dateparser" not in run.stdout.split()


def test_the_page_is_left_as_it_is() -> None:
    document = read(f"<html><head><title>The storm</title></head><body>{BODY}</body></html>")
    assert document.page is not None
    from lxml import html

    before = html.tostring(document.page.root)
    about(document, ())
    assert html.tostring(document.page.root) == before


def test_the_logging_of_other_libraries_is_left_to_the_program() -> None:
    before = [logging.getLogger(name).level for name in ("htmldate", "trafilatura")]
    explain('<html><head><meta name="date" content="no day"></head><body><p>It rained.</p></body></html>')
    assert [logging.getLogger(name).level for name in ("htmldate", "trafilatura")] == before
