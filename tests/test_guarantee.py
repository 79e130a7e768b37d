"""The guarantee, for any input: input minus spans, all of it accounted for, the same bytes each time, settled."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from cleaner import Category, Cleaned, Cleaner, InputError

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
SEED = 20_260
PAGES = 24
URLS = (None, "https://www.washingtonpost.com/world/2024/05/06/river/", "https://example.org/a")

PLAIN = Cleaner()
NO_RULES = Cleaner(rules=())
KEEPING = Cleaner(keep=[category.value for category in Category if category is not Category.SHARE])
CLEANERS = st.sampled_from([PLAIN, NO_RULES, KEEPING])

PROSE = [
    "The river rose again on Monday night, and the people of the valley moved their goods upstairs.",
    "“Nobody was hurt,” said the clerk of the town, Orla Venn, who had not slept. “It is a wonder.”",
    "By noon the bridge stood open again; the mill, which is older than the town, stayed shut.",
    "HALDEN, Norland — A storm came over the hill at dawn and left at dusk, the harbour office said.",
    "Der Fluss stieg in der Nacht, und die Leute im Tal trugen ihre Möbel nach oben.",
    "昨日、川が氾濫し、谷の住民は上の階に避難した。けが人はいない。",
    "Why it matters",
    "1. Boil the water for ten minutes.",
    "    return total / count",
]
PAGE = [
    "Share this article", "Home", "News", "Sport", "Sign up for our morning newsletter", "Read more", "Advertisement",
    "Follow us on Facebook and Twitter", "By Orla Venn", "May 6, 2024", "Photo: Orla Venn / Halden Post", "Comments",
    "© 2024 Halden Post. All rights reserved.", "Subscribe to continue reading", "Related articles",
    "Tags: river, mill",
    "We use cookies to improve your experience.", "keep readingShow less", "Most read", "Skip to main content",
    "Source link", "The Harbour Office Has a New Roof", "Analysis | Europe", "google cta", "Weiterlesen", "Menu",
]  # fmt: skip
ODD = ["", "", "  ", "\t", "\x00", "\ufeff", "<p>A storm came.</p>", "# River", "* mill", "\ud800", "e\u0301"]
BREAKS = ["\n", "\n\n", "\r\n", "\r", " ", "\n\n\n", "\u2028", "\x0c"]


@st.composite
def dumps(draw: st.DrawFn) -> str:
    """A page's text as crawls have it: boilerplate, prose, boilerplate, with odd lines and one or two line ends."""
    line = st.one_of(st.sampled_from(PAGE), st.sampled_from(PROSE), st.sampled_from(ODD))
    lines = [
        *draw(st.lists(st.one_of(st.sampled_from(PAGE), line), max_size=8)),
        *draw(st.lists(st.one_of(st.sampled_from(PROSE), line), max_size=12)),
        *draw(st.lists(st.one_of(st.sampled_from(PAGE), line), max_size=8)),
    ]
    breaks = draw(st.lists(st.sampled_from(BREAKS), min_size=1, max_size=2))
    return "".join(text + breaks[number % len(breaks)] for number, text in enumerate(lines))


TEXTS = st.one_of(dumps(), st.text(max_size=300))


def assert_accounted_for(cleaned: Cleaned) -> None:
    original, decisions = cleaned.original, cleaned.decisions
    assert "".join(original[decision.start : decision.end] for decision in decisions) == original
    assert all(left.end == right.start for left, right in pairwise(decisions))
    assert "".join(original[d.start : d.end] for d in decisions if d.keep) == cleaned.text
    for decision in cleaned.dropped:
        assert decision.category in set(Category)
        assert decision.by
        assert decision.why
        assert 0 <= decision.confidence <= 1


@given(TEXTS, CLEANERS, st.sampled_from(URLS))
@settings(max_examples=300)
def test_body_is_the_input_minus_spans(text: str, cleaner: Cleaner, url: str | None) -> None:
    cleaned = cleaner.explain(text, url, format="text")
    assert cleaned.original == text
    assert_accounted_for(cleaned)


@given(TEXTS, CLEANERS, st.sampled_from(URLS))
@settings(max_examples=300)
def test_a_cleaned_text_stays_as_it_is(text: str, cleaner: Cleaner, url: str | None) -> None:
    once = cleaner.clean(text, url)
    assert cleaner.clean(once, url) == once


@given(TEXTS, CLEANERS)
def test_the_same_input_gives_the_same_account(text: str, cleaner: Cleaner) -> None:
    assert cleaner.explain(text).to_dict() == cleaner.explain(text).to_dict()


@given(st.lists(TEXTS, max_size=5), CLEANERS)
def test_many_at_once_are_as_one_by_one(texts: list[str], cleaner: Cleaner) -> None:
    assert list(cleaner.clean_many(texts)) == [cleaner.clean(text) for text in texts]


@given(st.lists(TEXTS, min_size=1, max_size=5), TEXTS)
def test_nothing_is_remembered(before: list[str], text: str) -> None:
    fresh = Cleaner(rules=())
    used = Cleaner(rules=())
    for other in before:
        used.clean(other)
    assert used.explain(text).to_dict() == fresh.explain(text).to_dict()


@given(TEXTS, st.sampled_from(list(Category)))
def test_a_kept_category_is_not_dropped(text: str, category: Category) -> None:
    cleaned = Cleaner(rules=(), keep=[category.value]).explain(text, format="text")
    dropped = [decision for decision in cleaned.dropped if not decision.by.startswith("layout/")]
    assert all(decision.category is not category for decision in dropped)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_settled_text(raw: bytes) -> None:
    try:
        once = NO_RULES.clean(raw, format="text")
    except InputError:
        reject()  # the marks of a binary format: tests/test_reading.py
    assert NO_RULES.clean(once, format="text") == once


def test_what_is_left_of_a_text_does_not_become_a_page() -> None:
    """Below a prompt, markup is text; on its own it would be read as HTML, and cleaned again lose its tags."""
    text = "Share this article\n\n" + "".join(f"<p>{line}</p>\n" for line in PROSE[:4])
    once = PLAIN.clean(text)
    assert PLAIN.clean(once) == once
    assert "<p>" in once


def test_lone_surrogates_come_through() -> None:
    """They are no text that a matcher can read, and must neither stop it nor be changed."""
    story = f"{PROSE[0]}\n{PROSE[0]} {PROSE[5]}\n{PROSE[0]} {PROSE[0]}\n\ud800 {PROSE[0]}\n"
    for cleaner in (PLAIN, NO_RULES):
        cleaned = cleaner.explain(story)
        assert cleaned.text == cleaned.original == story
        assert_accounted_for(cleaned)


def test_threads_share_a_cleaner() -> None:
    chooser = random.Random(SEED)
    texts = ["\n\n".join(chooser.choices(PAGE + PROSE, k=30)) for _ in range(60)]
    expected = [PLAIN.explain(text).to_dict() for text in texts]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: PLAIN.explain(text).to_dict(), texts * 3))
    assert found == expected * 3


def test_the_hash_seed_changes_nothing() -> None:
    """Sets of words are iterated in an order that Python draws anew for each process."""
    text = "\n\n".join([*PAGE, *PROSE, *PAGE, PROSE[0] + " " + PAGE[0]])
    program = "import json, sys, cleaner; print(json.dumps(cleaner.explain(sys.stdin.read()).to_dict()))"
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=text.encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(found) == 1


def gold_pages() -> list[tuple[str, str | None]]:
    """A fixed sample of gold pages, as HTML, with their URLs."""
    paths = [path for folder in ("wcxb-dev", "publishers-dev") for path in sorted((GOLD / folder).glob("*.json"))]
    chosen = sorted(random.Random(SEED).sample(paths, min(PAGES, len(paths))))
    return [
        (
            gzip.decompress(path.with_suffix(".html.gz").read_bytes()).decode(),
            json.loads(path.read_text("utf-8"))["url"],
        )
        for path in chosen
    ]


@pytest.fixture(scope="module")
def pages() -> list[tuple[str, str | None]]:
    if not GOLD.is_dir():
        pytest.skip(f"no gold pages at {GOLD.parent.name}/{GOLD.name} beside the project")
    return gold_pages()


def flattened(page: str) -> str:
    from cleaner.reading.markup import flatten

    return flatten(page)


def test_gold_pages_as_text(pages: list[tuple[str, str | None]]) -> None:
    for page, url in pages:
        text = flattened(page)
        cleaned = PLAIN.explain(text, url)
        assert cleaned.original == text
        assert_accounted_for(cleaned)
        assert PLAIN.clean(cleaned.text, url) == cleaned.text


def test_gold_pages_as_html(pages: list[tuple[str, str | None]]) -> None:
    for page, url in pages:
        cleaned = PLAIN.explain(page, url)
        assert_accounted_for(cleaned)
        assert PLAIN.clean(cleaned.text, url) == cleaned.text


def test_gold_pages_in_any_order(pages: list[tuple[str, str | None]]) -> None:
    raws, urls = [page for page, _ in pages], [url for _, url in pages]
    forward = list(PLAIN.clean_many(raws, urls))
    backward = list(PLAIN.clean_many(raws[::-1], urls[::-1]))
    assert forward == backward[::-1]
    assert forward == [PLAIN.clean(page, url) for page, url in pages]
