"""Floors: a fixed sample of gold pages must not come out worse than it once did. Raise a floor, never lower it.

The model has learnt from these pages, so the figures say nothing of other pages; `benchmarks/crossvalidated.py` does.
"""

from __future__ import annotations

import gzip
import json
import statistics
from collections import Counter
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.heuristics.training.align import WORD

GOLD = Path(__file__).parents[2] / "shared" / "gold"
EVERY = 8
"""Every so many pages of a folder, by name."""
MOST = 0.5
"""The share of an optional paragraph, in four words in a row, from which it has stayed."""

pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="needs ../shared/gold beside the checkout")


def flattened(page: str) -> str:
    """Every text node on a line of its own: the harshest of the usual ways to flatten a page."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(page, "lxml")
    for tag in soup(["script", "style", "noscript", "template"]):
        tag.decompose()
    return soup.get_text("\n", strip=True)


def wanted(text: str, gold: str | list[str]) -> str:
    """The gold body as one text. A bracketed paragraph may stay or go: it is wanted where most of it has stayed."""
    if isinstance(gold, str):
        return gold
    have = set(shingles(text))
    return "\n".join(
        part.strip("[]")
        for part in gold
        if not part.startswith("[") or statistics.mean([said in have for said in shingles(part)] or [0]) >= MOST
    )


def shingles(text: str) -> list[tuple[str, ...]]:
    """Each four words in a row."""
    words = WORD.findall(text.lower())
    return list(zip(*(words[start:] for start in range(4)), strict=False))


def word_f1(text: str, gold: str | list[str]) -> float:
    """F1 of the bags of words."""
    have, want = Counter(WORD.findall(text.lower())), Counter(WORD.findall(wanted(text, gold).lower()))
    return 2 * sum((have & want).values()) / max(sum(have.values()) + sum(want.values()), 1)


def sample(folder: str) -> list[tuple[str, str | list[str]]]:
    """Pages and their bodies."""
    pages = []
    for path in sorted((GOLD / folder).glob("*.json"))[::EVERY]:
        with gzip.open(path.with_suffix(".html.gz"), "rt", encoding="utf-8") as page:
            pages.append((page.read(), json.loads(path.read_text(encoding="utf-8"))["body"]))
    return pages


@pytest.mark.parametrize(
    ("folder", "text_floor", "page_floor"),
    [("publishers-dev", 0.970, 0.998), ("readability-dev", 0.966, 0.988), ("wcxb-dev", 0.960, 0.979)],
)
def test_gold_pages_do_not_come_out_worse(folder: str, text_floor: float, page_floor: float) -> None:
    cleaner = Cleaner(rules=())
    pages = sample(folder)
    texts = cleaner.clean_many(flattened(page) for page, _ in pages)
    text = statistics.mean(word_f1(body, gold) for body, (_, gold) in zip(texts, pages, strict=True))
    page = statistics.mean(word_f1(cleaner.clean(page, format="html"), gold) for page, gold in pages)
    assert (text >= text_floor, page >= page_floor) == (True, True), f"text {text:.4f}, page {page:.4f}"
