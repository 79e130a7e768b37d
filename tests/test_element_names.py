"""What goes from a page is named by its elements."""

from __future__ import annotations

import pytest

from cleaner import Category, Cleaner, Decision
from cleaner.heuristics.named.element_names import name_by_element
from cleaner.reading import read

BODY = "<p>A storm came in the night.</p>"


def named(
    markup: str, target: str, by: str = "heuristic/before-the-core", category: Category = Category.OTHER
) -> Category | None:
    """The category of a dropped text, in a page of which only the storm is kept."""
    document = read(f"<html><body>{markup}</body></html>", "html")
    decisions = []
    for start, end in zip(document.starts, document.ends, strict=True):
        storm = "storm came" in document.text[start:end]
        decisions.append(Decision(start, end, storm, None if storm else category, by, ""))
    found = {document.text[each.start : each.end]: each.category for each in name_by_element(document, decisions)}
    return found[target]


NAMES = {
    "caption": (f"{BODY}<figure><figcaption>A boat.</figcaption></figure>{BODY}", "A boat.", Category.CAPTION),
    "caption by class": (f"{BODY}<p class='wp-caption-text'>A boat.</p>{BODY}", "A boat.", Category.CAPTION),
    "byline": (f"<span class='article-byline'>Mina Solberg</span>{BODY}", "Mina Solberg", Category.BYLINE),
    "camel case": (f"<div class='ArticleHeaderByline'>Mina Solberg</div>{BODY}", "Mina Solberg", Category.BYLINE),
    "itemprop": (f"<span itemprop='author'>Mina Solberg</span>{BODY}", "Mina Solberg", Category.BYLINE),
    "time": (f"<p><time>Today, 9 am</time></p>{BODY}", "Today, 9 am", Category.DATE),
    "title": (f"<h1>The storm</h1>{BODY}", "The storm", Category.TITLE),
    "summary": (f"<p class='standfirst'>What the sea did.</p>{BODY}", "What the sea did.", Category.SUMMARY),
    "kicker": (f"<p class='kicker'>Harbour</p>{BODY}", "Harbour", Category.KICKER),
    "a heading in a byline": (f"<p class='author'>Our methods</p>{BODY}", "Our methods", Category.OTHER),
    "a sentence in a byline": (
        f"<p class='author'>Mina Solberg has lived by the sea.</p>{BODY}",
        "Mina Solberg has lived by the sea.",
        Category.OTHER,
    ),
    "menu": (f"<nav><a href='/'>Home</a></nav>{BODY}", "Home", Category.NAVIGATION),
    "role": (f"<div role='contentinfo'>Nets.</div>{BODY}", "Nets.", Category.FOOTER),
    "a title in a box of teasers": (f"{BODY}<div class='related'><h1>Bread</h1></div>", "Bread", Category.TEASER),
    "the page goes before the article": (
        f"<div class='related'><p class='byline'>Ole</p></div>{BODY}",
        "Ole",
        Category.TEASER,
    ),
    "a title behind the body": (f"{BODY}<h1>Bread</h1>", "Bread", Category.OTHER),
    "a byline behind the body": (f"{BODY}<p class='byline'>Ole Brandt</p>", "Ole Brandt", Category.OTHER),
    "an element around the body": (f"<div class='related'><p>Ole</p>{BODY}</div>", "Ole", Category.OTHER),
    "part of a word": (f"<div class='shadow headed'>Ole</div>{BODY}", "Ole", Category.OTHER),
    "too long a byline": (
        f"<p class='author'>{'He writes. ' * 30}</p>{BODY}",
        ("He writes. " * 30).strip(),
        Category.OTHER,
    ),
}


@pytest.mark.parametrize(("markup", "target", "category"), NAMES.values(), ids=NAMES)
def test_names(markup: str, target: str, category: Category) -> None:
    assert named(markup, target) is category


def test_a_prompt_and_a_rule_keep_their_names() -> None:
    page = f"<nav><a href='/'>Share</a></nav>{BODY}"
    assert named(page, "Share", "heuristic/share-prompt", Category.SHARE) is Category.SHARE
    assert named(page, "Share", "a.example/share", Category.SHARE) is Category.SHARE


def test_a_text_has_no_elements() -> None:
    decisions = [Decision(0, 4, False, Category.OTHER, "heuristic/before-the-core", "")]
    assert name_by_element(read("Home"), decisions) == decisions


STORM = """A storm came in the night, and by the morning the lower road to the harbour was under water.
The ferry, which is the only other way to the island, did not sail before noon, the harbour master said.
Nobody was hurt, but three boats were lost, and a fourth was found in a field behind the school."""


def test_keep_gives_back_what_stands_beside_the_body() -> None:
    first, *rest = [f"<p>{line}</p>" for line in STORM.splitlines()]
    page = f"""<html><head><title>The storm and the harbour</title></head><body><nav><a href="/">Home</a></nav><article>
    <p class="kicker">Harbour</p><h1>The storm and the harbour</h1><p class="standfirst">What the sea did to us</p>
    <p class="byline">By Mina Solberg</p><time>4 May 2024</time>{first}
    <figure><img src="x"><figcaption>The road on Monday</figcaption></figure>{"".join(rest)}</article>
    <footer><a href="/p">Privacy policy</a> <a href="/a">About us</a></footer></body></html>"""
    kept = Cleaner(rules=(), keep=("title", "byline", "summary", "caption")).clean(page).split("\n\n")
    for line in ("The storm and the harbour", "What the sea did to us", "By Mina Solberg", "The road on Monday"):
        assert any(line in each for each in kept), line
    assert "Home" not in kept


def test_a_button_of_a_request_for_consent_is_of_it() -> None:
    markup = f"{BODY}<div class='navbar'>Always on</div>"
    assert named(markup, "Always on", "heuristic/below-consent", Category.CONSENT) is Category.CONSENT
