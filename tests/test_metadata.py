"""What an input says of itself: never wrong rather than null."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner import Cleaner, explain
from cleaner.reading import read
from cleaner.reading.metadata import About, about_page, byline_in, date_in

DATA = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "The storm",
    "datePublished": "2024-05-04T23:30:00+02:00",
    "dateModified": "2024-06-01T08:00:00+02:00",
    "author": [{"@type": "Person", "name": "Mina Solberg"}, {"@type": "Person", "name": "Jan van der Ahe"}],
    "publisher": {"@type": "Organization", "name": "The Harbour Post"},
}
BODY = "<h1>The storm</h1><p>By Mina Solberg and Jan van der Ahe</p><p>A storm came in the night.</p>"


def page_of(head: str, body: str = BODY, opening: str = "<html>") -> About:
    document = read(f"<!doctype html>{opening}<head>{head}</head><body>{body}</body></html>", "html")
    assert document.page is not None
    return about_page(document.page, document.text)


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
    assert page_of(head)[1:] == (None, None, None, None)


def test_an_author_in_the_legal_notice_alone_is_none() -> None:
    head = '<meta name="author" content="Harbour House">'
    assert page_of(head, BODY + "<footer>© 2024 Harbour House</footer>").byline is None
    assert page_of(head, "<p>By Harbour House</p>" + BODY).byline == "Harbour House"


def test_dates_and_authors_of_other_articles_do_not_count() -> None:
    others = """<aside><article><time datetime="2020-01-01">1 January 2020</time><span class="author">Ole Brandt</span>
    <meta itemprop="datePublished" content="2020-01-01"><meta itemprop="author" content="Ole Brandt"></article>
    </aside>"""
    assert page_of("", BODY + others)[1:3] == (None, None)


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
    "By Mina Solberg": "Mina Solberg",
    "Von Mina Solberg und Jan Brandt": "Mina Solberg und Jan Brandt",
    "by: Mina Solberg, Jan Brandt": "Mina Solberg, Jan Brandt",
    "By Mina Solberg, 4 May 2024": None,
    "By the time the storm came": None,
    "By admin": None,
    "Mina Solberg": None,
    "": None,
}


@pytest.mark.parametrize(("line", "names"), BYLINES.items())
def test_bylines(line: str, names: str | None) -> None:
    assert byline_in(line) == names


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
}


@pytest.mark.parametrize(("line", "day"), DATES.items())
def test_dates(line: str, day: str | None) -> None:
    assert date_in(line) == day


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
    about_page(document.page, document.text)
    assert html.tostring(document.page.root) == before


def test_the_logging_of_other_libraries_is_left_to_the_program() -> None:
    before = [logging.getLogger(name).level for name in ("htmldate", "trafilatura")]
    explain('<html><head><meta name="date" content="no day"></head><body><p>It rained.</p></body></html>')
    assert [logging.getLogger(name).level for name in ("htmldate", "trafilatura")] == before
