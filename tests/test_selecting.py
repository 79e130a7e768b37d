"""`[html]` of rule files: what selectors keep and drop, in what order they count, and what happens where they fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Category, Cleaner
from cleaner.errors import RuleError
from cleaner.reading import read
from cleaner.sources.inherit import Layout
from cleaner.sources.model import DropElement, Html
from cleaner.sources.rulefile import parse
from cleaner.sources.selecting import Selected, select

PAGE = """<!doctype html><html><head><title>The storm</title></head><body>
<nav><a href="/">Home</a></nav>
<div class="story"><h1>The storm</h1>
<p>A storm came in the <b>night</b>.</p>
<figure><img src="x.jpg"><figcaption>A boat.</figcaption></figure>
<aside class="box"><p>More on boats.</p><p class="quote">It was loud, he said.</p></aside>
<form><button>Subscribe</button></form>
<p>The ferry, <span class="promo">now on sale, </span>did not sail.</p></div>
<aside class="box"><div class="map">The map shows the island.</div></aside>
<footer>About us.</footer></body></html>"""


def chosen(markup: str, *layouts: Html | Layout) -> Selected:
    named = [each if isinstance(each, Layout) else Layout(f"{n}.example", (each,)) for n, each in enumerate(layouts)]
    return select(named, read(markup, "html"))


def texts(selected: Selected, *, keep: bool) -> list[str]:
    decisions = sorted((*selected.firm, *selected.body), key=lambda decision: decision.start)
    return [selected.document.text[each.start : each.end] for each in decisions if each.keep == keep]


def open_blocks(selected: Selected) -> list[str]:
    decided = {decision.start for decision in (*selected.firm, *selected.body)}
    pairs = zip(selected.document.starts, selected.document.blocks(), strict=True)
    return [block for start, block in pairs if start not in decided]


STORY = ["The storm", "A storm came in the night.", "More on boats.", "It was loud, he said."]
FERRY = "The ferry, now on sale, did not sail."

KEPT = {
    "the body alone": (Html(body=(".story",)), [*STORY, FERRY]),
    "xpath": (Html(body=("//div[@class='story']",)), [*STORY, FERRY]),
    "the first selector that finds text": (Html(body=(".empty", "img", "h1", ".story")), ["The storm"]),
    "all that it finds": (Html(body=(".story h1, .story > p",)), ["The storm", "A storm came in the night.", FERRY]),
    "a drop inside": (Html(body=(".story",), drop=(".box",)), ["The storm", "A storm came in the night.", FERRY]),
    "a keep inside a drop": (
        Html(body=(".story",), drop=(".box",), keep=(".quote",)),
        ["The storm", "A storm came in the night.", "It was loud, he said.", FERRY],
    ),
    "a drop inside a keep": (
        Html(body=("h1",), drop=(".quote",), keep=(".box",)),
        ["The storm", "More on boats.", "The map shows the island."],
    ),
    "a keep outside the body": (Html(body=("h1",), keep=(".map",)), ["The storm", "The map shows the island."]),
    "the same to keep and to drop": (
        Html(body=("h1",), drop=(".map",), keep=(".map",)),
        ["The storm", "The map shows the island."],
    ),
    "a caption to keep": (Html(body=("figure",), keep=("figcaption",)), ["A boat."]),
    "a form that is the body": (Html(body=("form",)), ["Subscribe"]),
    "a body inside a body": (Html(body=(".story, h1",)), [*STORY, FERRY]),
    "part of a line": (
        Html(body=(".story > p",), drop=(".promo",)),
        ["A storm came in the night.", "The ferry,", "did not sail."],
    ),
}


@pytest.mark.parametrize(("html", "kept"), KEPT.values(), ids=KEPT)
def test_what_stays(html: Html, kept: list[str]) -> None:
    selected = chosen(PAGE, html)
    assert texts(selected, keep=True) == kept
    assert open_blocks(selected) == []
    assert selected.warnings == ()


def test_a_part_of_a_line_leaves_one_space() -> None:
    html = Html(body=(".story > p",), drop=(".promo",))
    selected = chosen(PAGE, html)
    promo = next(each for each in selected.firm if selected.document.text[each.start : each.end].startswith("now on"))
    assert (promo.keep, promo.by, promo.why) == (False, "0.example/html", "an element to drop, .promo")


def test_what_html_calls_no_prose_goes_from_a_body_with_its_category() -> None:
    selected = chosen(PAGE, Html(body=("body",)))
    gone = [(selected.document.text[each.start : each.end], each.category, each.by) for each in selected.firm]
    assert gone == [
        ("Home", Category.NAVIGATION, "html/element"),
        ("A boat.", Category.CAPTION, "html/element"),
        ("Subscribe", Category.OTHER, "html/element"),
    ]


def test_a_heading_that_unfolds_its_answer_stays_though_it_is_a_button() -> None:
    faq = '<div class="faq"><h3><button>Why?</button></h3><p>Nobody knows.</p><h3>How? <button>Copy</button></h3></div>'
    selected = chosen(f"<body>{faq}<p>About us.</p></body>", Html(body=(".faq",)))
    assert texts(selected, keep=True) == ["Why?", "Nobody knows.", "How?"]


def test_without_a_body_only_what_is_named_is_decided() -> None:
    selected = chosen(PAGE, Html(drop=(".box",), keep=(".quote",)))
    assert texts(selected, keep=False) == ["More on boats.", "The map shows the island."]
    assert texts(selected, keep=True) == ["It was loud, he said."]
    assert open_blocks(selected) == [
        "Home",
        "The storm",
        "A storm came in the night.",
        "A boat.",
        "Subscribe",
        FERRY,
        "About us.",
    ]


def test_inside_may_be_left_to_the_heuristics() -> None:
    selected = chosen(PAGE, Html(body=(".story",), inside="judge", drop=(".box",)))
    assert open_blocks(selected) == ["The storm", "A storm came in the night.", FERRY]
    assert texts(selected, keep=True) == []
    assert selected.found


def test_a_drop_names_category_id_and_reason() -> None:
    drop = DropElement(select=".box", category=Category.TEASER, id="more-box", why="Links to other stories.")
    first = chosen(PAGE, Html(drop=(drop,))).firm[0]
    assert (first.category, first.by, first.why) == (Category.TEASER, "0.example/more-box", "Links to other stories.")


def test_a_body_that_is_not_found_is_told_and_leaves_the_page_to_the_heuristics() -> None:
    selected = chosen(PAGE, Html(body=(".gone", "//main"), drop=("footer",)))
    assert not selected.found
    assert texts(selected, keep=False) == ["About us."]
    assert selected.warnings == ("0.example: no body selector of [html] finds text; the heuristics judge the page",)


def test_selectors_that_would_leave_nothing_are_left_aside() -> None:
    selected = chosen(PAGE, Html(body=(".story",), drop=("body",)))
    assert (selected.firm, selected.body, selected.found) == ((), (), False)
    assert "leaves nothing of this page" in selected.warnings[0]


def test_a_wrong_selector_is_told_and_the_others_count() -> None:
    selected = chosen(PAGE, Html(body=("p[", ".story > p")))
    assert texts(selected, keep=True) == ["A storm came in the night.", FERRY]
    assert len(selected.warnings) == 1
    assert "p[" in selected.warnings[0]


def test_the_first_version_that_fits_holds_with_its_drops() -> None:
    new, old = Html(since="2023", body=(".new",), drop=("h1",)), Html(since="2020", body=(".story",), drop=(".box",))
    selected = chosen(PAGE, Layout("a.example", (new, old)))
    assert texts(selected, keep=True) == ["The storm", "A storm came in the night.", FERRY]
    assert selected.warnings == ()


def test_a_source_goes_before_its_families_whose_drops_hold_too() -> None:
    source = Layout("a.example", (Html(body=(".story > p",)),))
    family = Layout("families/press", (Html(body=("body",), drop=(DropElement(select=".promo", id="promo"),)),))
    selected = chosen(PAGE, source, family)
    assert texts(selected, keep=True) == ["A storm came in the night.", "The ferry,", "did not sail."]
    switched_off = chosen(PAGE, source, family._replace(gone=frozenset({"promo"})))
    assert texts(switched_off, keep=True) == ["A storm came in the night.", FERRY]


def test_a_familys_body_serves_where_that_of_the_source_is_not_found() -> None:
    selected = chosen(PAGE, Html(body=(".gone",)), Html(body=("h1",)))
    assert texts(selected, keep=True) == ["The storm"]
    assert selected.warnings == ("0.example: no body selector of [html] finds text; a family's body is taken",)


def test_a_family_that_joined_by_its_marks_need_not_fit() -> None:
    assert chosen(PAGE, Layout("families/press", (Html(body=(".gone",)),), expected=False)).warnings == ()


def test_a_text_has_no_elements() -> None:
    selected = select([Layout("a.example", (Html(body=("p",)),))], read("A storm came."))
    assert (selected.firm, selected.body, selected.warnings) == ((), (), ())


WRONG = {
    "two entries of one id": ('drop = [{select = "a", id = "x"}, {select = "b", id = "x"}]', "stands twice", 3),
    "an unknown key": ('bodi = ["p"]', "unknown key 'bodi' in [html]; write 'body'", 3),
    "an unknown category": ('drop = [{select = "a", category = "advert"}]', "write 'advertisement'", 3),
    "no selector": ('drop = [{category = "other"}]', "the key `select` is missing", 3),
    "an unknown word": ('inside = "drop"', "use one of: judge, keep", 3),
    "a date in words": ('since = "May"', "write it like 2023-05", 3),
    "no list": ('body = "p"', "put it in brackets", 3),
}


@pytest.mark.parametrize(("text", "said", "line"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_with_its_line(text: str, said: str, line: int) -> None:
    with pytest.raises(RuleError) as caught:
        parse(f'source = "a.example"\n[html]\n{text}\n', "a.toml")
    assert said in str(caught.value)
    assert caught.value.where == f"a.toml:{line}"


def test_versions_stand_with_the_newest_first() -> None:
    with pytest.raises(RuleError, match="a newer version stands below an older one; put the newest first"):
        parse('source = "a.example"\n[[html]]\nsince = "2019"\n[[html]]\nsince = "2023-05"\n', "a.toml")


SOURCE = """source = "a.example"
extends = ["press"]
disable = ["share-box"]

[html]
body = [".story"]

[[drop]]
id       = "ferry-prompt"
category = "newsletter"
line     = '^Get the ferry news$'
why      = "A prompt."
"""
FAMILY = """family = "press"

[html]
body = ["body"]
drop = [
    {select = ".share", category = "share", id = "share-box"},
    {select = ".signup", category = "newsletter", id = "signup-box"},
]
"""
STORM = "<p>A storm came in the night, and by the morning the lower road to the harbour was under water.</p>"
SITE = f"""<html><body><nav><a href="/">Home</a> <a href="/n">News</a></nav>
<h1>The storm</h1><p>By Mina Solberg</p>
<div class="story">{STORM}<p>Get the ferry news</p><div class="share">Three boats were lost.</div>
<div class="signup">Sign up for our newsletter</div><p>Nobody was hurt.</p></div>
<footer>About us</footer></body></html>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "families").mkdir()
    (tmp_path / "a.example.toml").write_text(SOURCE, "utf-8")
    (tmp_path / "families" / "press.toml").write_text(FAMILY, "utf-8")
    return tmp_path


def test_a_page_of_a_source_with_selectors(folder: Path) -> None:
    cleaner = Cleaner(folder, strict=True)
    result = cleaner.explain(SITE, url="https://a.example/storm")
    assert result.text.strip().split("\n\n") == [STORM[3:-4], "Three boats were lost.", "Nobody was hurt."]
    assert result.source == "a.example"
    assert cleaner.clean(SITE, url="https://a.example/storm") == result.text
    assert "".join(result.original[each.start : each.end] for each in result.decisions) == result.original
    told = {result.original[each.start : each.end].strip(): each.by for each in result.dropped}
    assert told["Get the ferry news"] == "a.example/ferry-prompt"
    assert told["Sign up for our newsletter"] == "families/press/signup-box"
    assert told["About us"] == "a.example/html"


PROSE = [
    "The ferry to the outer island did not sail on Monday, and nobody on the quay could say when it would sail again.",
    "The harbour office blamed a valve, which was ordered in March from a maker that went out of business in April.",
    "By the evening the baker on the island had sold her last loaf, and the school had sent the children home at noon.",
]


@pytest.mark.parametrize("html", ['[html]\nbody = [".story"]\n', '[html]\nbody = [".story"]\nkeep = [".story p"]\n'])
def test_what_html_keeps_and_reads_like_boilerplate_needs_a_keep_rule(tmp_path: Path, html: str) -> None:
    prompt = "Sign up for our newsletter"
    paragraphs = "".join(f"<p>{line}</p>" for line in [*PROSE, prompt])
    page = f'<body><p>Home</p><div class="story">{paragraphs}</div></body>'
    rule = f"[[keep]]\nid = 'prompt'\nline = '^{prompt}$'\nwhy = 'It is the last line of a poem.'\n"
    for name, rules in (("bell.example", html), ("gong.example", rule + html)):
        (tmp_path / f"{name}.toml").write_text(f'source = "{name}"\n{rules}', encoding="utf-8")
    cleaner = Cleaner([tmp_path])
    assert cleaner.clean(page, "https://bell.example/ferry").strip() == "\n\n".join(PROSE)
    assert cleaner.clean(page, "https://gong.example/ferry").strip() == "\n\n".join([*PROSE, prompt])


def test_a_selector_for_part_of_a_line_leaves_what_the_heuristics_make_of_the_page(tmp_path: Path) -> None:
    links = "".join(f'<li><a href="/{n}">Ferry {n}</a> <span class="spoken">in a new window</span></li>' for n in "abc")
    paragraphs = "".join(f"<p>{line}</p>" for line in PROSE)
    prompt = "<p>Sign up for our newsletter</p>"
    page = f"<body><ul>{links}</ul><h1>The ferry</h1>{paragraphs}{prompt}<footer>{links}</footer></body>"
    rules = 'source = "bell.example"\n[html]\ndrop = [".spoken"]\n'
    (tmp_path / "bell.example.toml").write_text(rules, encoding="utf-8")
    ruled = Cleaner([tmp_path]).explain(page, "https://bell.example/ferry")
    alone = Cleaner(()).explain(page)
    named = {ruled.original[each.start : each.end].strip(): each.by for each in ruled.decisions}
    assert named["in a new window"] == "bell.example/html"
    assert named["Ferry a"].startswith("heuristic/")
    told = {each.start: (each.keep, each.confidence) for each in ruled.decisions}
    assert [told[each.start] for each in alone.decisions] == [(each.keep, each.confidence) for each in alone.decisions]


def test_what_stands_outside_keeps_its_category(folder: Path) -> None:
    result = Cleaner(folder, strict=True).explain(SITE, url="https://a.example/storm")
    named = {result.original[each.start : each.end].strip(): each.category for each in result.dropped}
    assert named["About us"] is Category.FOOTER


def test_disable_of_an_unknown_id_is_an_error(folder: Path) -> None:
    (folder / "a.example.toml").write_text(SOURCE.replace("share-box", "shared-box"), "utf-8")
    with pytest.raises(RuleError, match="write 'share-box'"):
        Cleaner(folder, strict=True)
