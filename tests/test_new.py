"""`clean-rules new`: what a draft holds, that it passes lint and test, and that it quotes no article."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cleaner import OptionError
from cleaner.rules_cli import rules_app
from cleaner.workbench.lint import lint
from cleaner.workbench.new import Draft, draft, write
from cleaner.workbench.test import run_tests

STORIES = [
    (
        "The clock that lost its hands",
        "Mina Solberg",
        "4 May 2024",
        [
            "The town clock of Westerhaven stopped on Sunday at ten past four, and on Monday it was gone.",
            "Two men with a handcart had asked the verger for the key, and one of them had signed for it in the book.",
            "Nobody heard the bell go either, which the police call the strongest clue that they have had so far.",
        ],
        ["Bakery to close on rainy days", "Six things to do with a broken oar"],
    ),
    (
        "A goat is elected to the harbour board",
        "Ivo Marten",
        "17 June 2024",
        [
            "The harbour board of Westerhaven has a new member, who has four legs and did not make a speech.",
            "Her owner had put the name on the list for a joke, and three hundred people took the joke to the vote.",
            "The law asks that a member be of age and live by the water, and the goat does both, a lawyer said.",
        ],
        ["Lighthouse painted in the wrong green", "Who took the ninth oar?"],
    ),
    (
        "Fog bell rings again after forty years",
        "Ada Fenwick",
        "2 July 2024",
        [
            "For the first time in forty years the fog bell rang on the outer mole, and most people slept through it.",
            "A retired smith had mended the clapper in his kitchen, where it took up the table all winter.",
            "He was not paid for it, and he says that he would not have known what to ask for such a piece of work.",
        ],
        ["Ferry late, passengers later", "The island counts its bees"],
    ),
]
BOX = "Sign up to our newsletter and get The Ebb in your inbox every evening"


def dump(story: tuple[str, str, str, list[str], list[str]]) -> str:
    title, author, date, (first, *rest), more = story
    head = ["Harbour Post", "Home", "News", "Sport", "Log in", title, f"By {author}", f"Published: {date}"]
    tail = ["Share this article", "Related articles", *more, "Terms of use", "Privacy policy", "© 2024 Harbour Post"]
    return "\n\n".join([*head, first, BOX, *rest, *tail]) + "\n"


def page(story: tuple[str, str, str, list[str], list[str]]) -> str:
    _, _, _, paragraphs, more = story
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    links = "".join(f'<li><a href="/{n}">{each}</a></li>' for n, each in enumerate(more[:1]))
    return (
        '<!doctype html><html lang="en"><body><nav class="top-bar"><a href="/">Home</a> <a href="/n">News</a></nav>'
        f'<div class="story-frame"><div class="mt-4 story-text">{body}'
        f'<div class="letter-box"><p>{BOX}</p></div></div><ul class="more-stories">{links}</ul></div>'
        '<footer class="page-foot"><p>© 2024 Harbour Post. All rights reserved.</p></footer></body></html>'
    )


def files(folder: Path, ending: str) -> list[Path]:
    make = {"txt": dump, "html": page}[ending]
    found = []
    for number, story in enumerate(STORIES):
        file = folder / f"{number}.{ending}"
        file.write_text(make(story), "utf-8")
        found.append(file)
    return found


@pytest.fixture
def made(tmp_path: Path) -> Draft:
    return draft("harbour-post.example", files(tmp_path, "txt"))


def test_a_draft_passes_lint_and_test(made: Draft, tmp_path: Path) -> None:
    write(made, tmp_path / "rules")
    assert lint([tmp_path / "rules"]) == []
    results = run_tests([tmp_path / "rules"])
    assert [each for each in results if not each.passed] == []
    assert {each.kind for each in results} == {"hit", "spare", "fixture"}


def test_a_draft_quotes_no_article_and_names_nobody(made: Draft) -> None:
    for title, author, _, paragraphs, more in STORIES:
        for text in (title, author, author.split()[1], *paragraphs, *more):
            assert text not in made.rules + made.fixture


def test_what_recurs_becomes_rules(made: Draft) -> None:
    rules = tomllib.loads(made.rules)
    hits = {hit for rule in rules["drop"] for hit in rule["hits"]}
    assert {"Home", "Log in", BOX} <= hits
    assert all(rule["spares"] and "of 3 pages" in rule["why"] for rule in (*rules["drop"], *rules["cut-after"]))


def test_names_and_dates_become_patterns(made: Draft) -> None:
    rules = tomllib.loads(made.rules)["drop"]
    (byline,) = [rule for rule in rules if rule["hits"][0].startswith("By")]
    assert byline["hits"] == ["By Ada Example"]
    assert byline["line"].startswith(r"^By \p{Lu}")
    assert byline["where"] == "head"
    (date,) = [rule for rule in rules if rule["hits"][0].startswith("Published")]
    assert date["line"] == r"^Published: [0-9]+ \p{L}+ [0-9]+$"


def test_the_end_of_the_article_becomes_a_cut(made: Draft) -> None:
    (cut,) = tomllib.loads(made.rules)["cut-after"]
    assert cut["line"] in {"^Share this article$", "^Related articles$"}
    assert cut["hits"][0].endswith("\nAnother headline of the site")


def test_the_fingerprint_holds_the_sources_name(made: Draft) -> None:
    assert tomllib.loads(made.rules)["fingerprint"]["lines"] == ["^Harbour Post$", "^© [0-9]+ Harbour Post$"]


def test_pages_give_selectors(tmp_path: Path) -> None:
    rules = tomllib.loads(draft("harbour-post.example", files(tmp_path, "html")).rules)
    assert rules["language"] == "en"
    assert rules["html"]["body"] == ["div.story-text"]
    assert rules["html"]["drop"] == ["div.letter-box"]


def test_a_repeated_article_counts_once(tmp_path: Path) -> None:
    pages = files(tmp_path, "txt")
    again = tmp_path / "again.txt"
    again.write_text(f"Print version\n\n{dump(STORIES[0])}", "utf-8")
    made = draft("harbour-post.example", [*pages, again])
    assert [note for note in made.notes if "repeats" in note] == [
        f"{again} repeats another page's article and was left aside"
    ]
    with pytest.raises(OptionError, match="1 article"):
        draft("harbour-post.example", [pages[0], again])


def test_short_articles_with_much_around_them_are_not_one(tmp_path: Path) -> None:
    """What surrounds them counts as kept, as the heuristics see no page in it."""
    pages = []
    for number, (title, author, date, paragraphs, _) in enumerate(STORIES):
        page = tmp_path / f"{number}.txt"
        lines = [
            "The Sillby Observer — From both banks",
            "Home | News | Sport | Events | Shop",
            title,
            f"{author}, {date}",
            paragraphs[0],
            "Observer Club: read everything for 3 a month",
            "Seen something? Tell the Observer",
            "Also on both banks",
            "The Sillby Observer comes out on Thursdays.",
        ]
        page.write_text("\n\n".join(lines), "utf-8")
        pages.append(page)
    assert len(pages) >= 3
    made = draft("sillby-observer.example", pages)
    assert made.notes == (
        "the heuristics keep what recurs on these pages; the file lists it at its end, for you to decide",
    )
    marks = tomllib.loads(made.rules)["fingerprint"]["lines"]
    assert marks == ["^The Sillby Observer comes out on Thursdays\\.$", "^The Sillby Observer — From both banks$"]


def test_an_article_that_most_pages_hold_counts_once(tmp_path: Path) -> None:
    pages = files(tmp_path, "txt")
    for number in range(9):
        again = tmp_path / f"again-{number}.txt"
        again.write_text(f"Printed {number} times\n\n{dump(STORIES[0])}", "utf-8")
        pages.append(again)
    made = draft("harbour-post.example", pages)
    assert len([note for note in made.notes if "repeats" in note]) == 9


def test_a_folder_stands_for_its_pages(tmp_path: Path, made: Draft) -> None:
    assert draft("harbour-post.example", [tmp_path]) == made


@pytest.mark.parametrize("source", ["harbour-post", "Harbour.example", "a/b.example", ""])
def test_a_wrong_name_is_refused(source: str, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="no domain"):
        draft(source, files(tmp_path, "txt"))


def test_the_command_writes_a_draft_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pages = [str(file) for file in files(tmp_path, "txt")]
    call = ["new", "www.harbour-post.example", "--from", *pages]
    first = CliRunner().invoke(rules_app, call)
    assert first.exit_code == 0
    assert "my-rules/harbour-post.example.toml" in first.stdout
    assert CliRunner().invoke(rules_app, ["lint", "--strict", "my-rules"]).exit_code == 0
    assert CliRunner().invoke(rules_app, ["test", "my-rules"]).exit_code == 0
    again = CliRunner().invoke(rules_app, call)
    assert (again.exit_code, again.stdout) == (2, "")
    assert "is there already" in again.stderr


def test_a_missing_page_is_named(tmp_path: Path) -> None:
    outcome = CliRunner().invoke(rules_app, ["new", "harbour-post.example", "--from", str(tmp_path / "none.txt")])
    assert outcome.exit_code == 2
    assert "none.txt" in outcome.stderr
