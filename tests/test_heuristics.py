"""The heuristics on made-up pages: what goes, what stays, and that it does so at any size and again."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.document import Category, Decision, Document
from cleaner.heuristics.judge import judge
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.named.threads import comment_thread

FOLDER = Path(__file__).parents[1] / "fixtures" / "heuristics"
PAGES = sorted(path.name.removesuffix(".expected.txt") for path in FOLDER.glob("*.expected.txt"))
SENTENCE = "The ferry to the island ran twice on Monday, and nobody knew why it had not run before.\n"


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner(rules=())


def texts(name: str) -> tuple[str, str]:
    page, expected = FOLDER / f"{name}.txt", FOLDER / f"{name}.expected.txt"
    return page.read_text(encoding="utf-8"), expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_cleaned_as_a_person_reads_it(cleaner: Cleaner, name: str) -> None:
    page, expected = texts(name)
    assert cleaner.clean(page).rstrip("\n") == expected.rstrip("\n")


@pytest.mark.parametrize("name", PAGES)
def test_blank_lines_carry_no_evidence(cleaner: Cleaner, name: str) -> None:
    page, expected = ("\n".join(line for line in text.splitlines() if line) for text in texts(name))
    assert cleaner.clean(page).rstrip("\n") == expected


@pytest.mark.parametrize("name", PAGES)
def test_a_cleaned_page_loses_nothing_more(cleaner: Cleaner, name: str) -> None:
    _, expected = texts(name)
    assert cleaner.clean(expected) == expected


@pytest.mark.parametrize(
    ("name", "line", "category"),
    [
        ("page-with-everything", "Sign up for our newsletter", Category.NEWSLETTER),
        ("page-with-everything", "Advertisement", Category.ADVERTISEMENT),
        ("page-with-everything", "Share on Facebook", Category.SHARE),
        ("page-with-everything", "Photo: Nora Blank", Category.CREDIT),
        ("page-with-everything", "By Nora Blank", Category.BYLINE),
        ("page-with-everything", "Leave a reply", Category.COMMENTS),
        ("page-with-everything", "© 2031 Halm Gazette. All rights reserved.", Category.FOOTER),
        ("page-with-everything", "Why the lighthouse is green", Category.TEASER),
        ("page-with-everything", "Ferry to Halm will run twice a day", Category.TITLE),
        ("whole-teasers", "Ferry to Halm will run twice a day from May\n\nFerry", Category.NAVIGATION),
        ("whole-teasers", "Ferry to Halm will run twice a day from May\n\nAfter", Category.TITLE),
        ("whole-teasers", "The crane that nobody wanted to buy", Category.TEASER),
        ("whole-teasers", "Reporting | Coast", Category.KICKER),
        ("wire-dateline", "Islanders get their boat back", Category.TITLE),
        (
            "wire-dateline",
            "The board promises two trips a day. Some islanders say that is a summer's tale.",
            Category.SUMMARY,
        ),
        ("reprint", "Source link", Category.FOOTER),
        ("topic-box", "Ferries in Norland: What you need to know", Category.TEASER),
        ("cookie-notice", "Accept all", Category.CONSENT),
        (
            "comment-thread",
            "Which box? The blue one has been there since the last boat, and nobody has ever opened it.",
            Category.COMMENTS,
        ),
    ],
)
def test_what_goes_has_a_name(cleaner: Cleaner, name: str, line: str, category: Category) -> None:
    """Of a title printed twice, one copy is the title."""
    page, _ = texts(name)
    places = [place for place in range(len(page)) if page.startswith(line, place)]
    found = [d for d in cleaner.explain(page).decisions if any(d.start <= place < d.end for place in places)]
    assert not any(decision.keep for decision in found)
    named = next(decision for decision in found if decision.category is category)
    assert named.by.startswith("heuristic/")
    assert named.why


def test_the_title_is_told(cleaner: Cleaner) -> None:
    assert cleaner.explain(texts("whole-teasers")[0]).title == "Ferry to Halm will run twice a day from May"


def test_a_thread_begins_at_a_count_of_remarks() -> None:
    lines = [SENTENCE.strip()] * 5
    page = Page.from_lines(*lines, "3 Comments", *["Ole", "I like it as it was.", "Reply"] * 3)
    assert [tuple(finding.run) for finding in comment_thread(page)] == [(5, 15)]
    page = Page.from_lines(*lines, "3 boats", *["Ole", "I like it as it was.", "Reply"] * 3)
    assert [tuple(finding.run) for finding in comment_thread(page)] == [(8, 15)]


def test_what_a_rule_decided_is_left_alone() -> None:
    text = "Sign up for our newsletter\n" + SENTENCE * 4
    document = Document.from_text(text)
    rule = Decision(0, 26, True, None, "example/keep", "")
    assert judge([document], [[rule]])[0].drops == []
    assert judge([document], [[]])[0].decisions()[0].category is Category.NEWSLETTER


def test_a_page_of_nothing_but_prompts_comes_back_whole_with_a_warning(cleaner: Cleaner) -> None:
    text = "Sign up for our newsletter\nAccept all cookies\nShare on Facebook\nAll rights reserved\nLeave a reply\n"
    cleaned = cleaner.explain(text)
    assert cleaned.text == text
    assert cleaned.warnings


def test_one_prompt_goes_from_an_otherwise_clean_text(cleaner: Cleaner) -> None:
    text = SENTENCE * 3 + "Sign up for our newsletter\n" + SENTENCE.replace("Monday", "Tuesday") * 3
    assert cleaner.clean(text) == text.replace("Sign up for our newsletter\n", "")


@pytest.mark.parametrize(
    "line",
    [
        "Share\n",
        "Read more\n",
        "a" * 300 + "\n",
        "and so on\n",
        "Photo: Nora Blank\n",
        ", it said\n",
        "(A/B)\n",
    ],
)
def test_work_grows_with_the_text_and_not_faster(line: str) -> None:
    """Counted in calls rather than in seconds, so that a busy machine does not matter."""
    assert _calls(line * 4_000) < 2.5 * _calls(line * 2_000)


def _calls(text: str) -> int:
    import cProfile

    profile = cProfile.Profile()
    document = Document.from_text(text)
    profile.runcall(judge, [document], [[]])
    return sum(entry.callcount for entry in profile.getstats())


def test_of_a_long_text_with_prompts_far_apart_what_is_left_of_a_page_below_goes_and_no_table(cleaner: Cleaner) -> None:
    article = (FOLDER.parent / "negative" / "encyclopaedia-with-tables.txt").read_text(encoding="utf-8")
    left = "\nRelated articles\nThe ferry that came too late\nWhy the marsh is mown in August\n"
    assert cleaner.clean(article + left) == article
