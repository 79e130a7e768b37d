"""Pages: what the elements say of the blocks, and the passes that listen to them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from cleaner import Cleaner
from cleaner.document import Document
from cleaner.heuristics.account.reasons import in_words
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.markup.containers import Containers, Outlook
from cleaner.heuristics.markup.element_kinds import Names
from cleaner.heuristics.markup.elements import DEEPEST, Elements
from cleaner.heuristics.markup.listings import whole_listings
from cleaner.heuristics.markup.markup_features import MARKUP, markup_rows
from cleaner.heuristics.markup.markup_opinions import MARKUP_OPINIONS, opinion_rows_of_elements
from cleaner.heuristics.markup.pages import PAGE_TABLE, judge_pages, parse
from cleaner.heuristics.markup.surroundings import surroundings_of
from cleaner.heuristics.model.model import judge_blocks, shipped
from cleaner.reading import read

NO_NETWORKS = {"calibration": [[0, 0], [1, 1]], "borders": {}, "networks": []}
LINES = (
    "The ferry left at noon, and nobody waved from the long pier, where the rain had begun to fall again.",
    "By evening the harbour master had counted the boats twice, and twice he had found that one was missing.",
    "“She will come in with the tide,” said his daughter, who had lit the lamp and set three plates on the table.",
)
PAGE = f"""<html><head><title>One boat is missing - Halden Post</title>
<script type="application/ld+json">{{"articleBody": "{LINES[0]} {LINES[1]}"}}</script></head><body>
<nav class="top-menu"><ul><li><a href="/">Home page</a></li><li><a href="/sea">The sea</a></li></ul></nav>
<div id="wrap"><article class="story-body"><h1>One boat is missing</h1>
<p>{LINES[0]}</p><p>{LINES[1]} <a href="/t">The tide</a></p><p>{LINES[2]}</p></article>
<div class="related"><h3>Related</h3><p><a href="/x">The lamp that nobody lit</a></p></div></div>
<footer hidden><p>All rights reserved by the Halden Post</p></footer></body></html>"""
HOME, SEA, TITLE, FIRST, SECOND, THIRD, RELATED, LAMP, RIGHTS = range(9)


def elements_of(*markups: str, names: str = "@story-body\t2.0\nmenu\t-3.0\ntop\t1.0\n") -> Elements:
    documents = [read(markup, "html") for markup in markups]
    pages = [document.page for document in documents]
    return Elements(Batch(documents), [page.markup for page in pages if page], Names.parse(names))


def rows(elements: Elements, *names: str) -> dict[str, list[float]]:
    table = {row.name: values for row, values in zip(MARKUP, np.array(markup_rows(elements)).tolist(), strict=True)}
    return {name: [round(value, 2) for value in table[name]] for name in names}


def test_rows_have_names_of_their_own() -> None:
    names = [row.name for row in PAGE_TABLE]
    assert len(names) == len(set(names))
    assert all(len(row.says.split("|")) == 2 for row in (*MARKUP, *MARKUP_OPINIONS) if row.says)


def test_a_block_knows_what_it_is_and_what_it_stands_in() -> None:
    seen = rows(elements_of(PAGE), "is-p", "is-li", "is-h1", "in-nav", "in-article", "in-footer", "hidden")
    assert seen == {
        "is-p": [0, 0, 0, 1, 1, 1, 0, 1, 1],
        "is-li": [1, 1, 0, 0, 0, 0, 0, 0, 0],
        "is-h1": [0, 0, 1, 0, 0, 0, 0, 0, 0],
        "in-nav": [1, 1, 0, 0, 0, 0, 0, 0, 0],
        "in-article": [0, 0, 1, 1, 1, 1, 0, 0, 0],
        "in-footer": [0, 0, 0, 0, 0, 0, 0, 0, 1],
        "hidden": [0, 0, 0, 0, 0, 0, 0, 0, 1],
    }


def test_links_are_counted_in_the_block_and_around_it() -> None:
    seen = rows(elements_of(PAGE), "linked", "links", "links-out-2")
    assert seen["linked"] == [1, 1, 0, 0, round(8 / (len(LINES[1]) + 8), 2), 0, 0, 1, 0]
    assert seen["links"] == [1, 1, 0, 0, 1, 0, 0, 1, 0]
    wrapped = 8 + 24 + 7 + len("One boat is missing") + sum(map(len, LINES))
    assert seen["links-out-2"][FIRST] == round((8 + 24) / wrapped, 2)


def test_links_to_places_in_the_page_are_told_from_others() -> None:
    toc = PAGE.replace('<a href="/t">', '<a href="#tide">')
    assert rows(elements_of(PAGE), "anchored")["anchored"] == [0] * 9
    assert rows(elements_of(toc), "anchored")["anchored"][SECOND] > 0


def test_the_title_is_found_again_and_counted_from() -> None:
    seen = rows(elements_of(PAGE), "titled", "since-title", "since-heading")
    assert seen["titled"] == [0, 0, 1, 0, 0, 0, 0, 0, 0]
    assert seen["since-title"] == [99, 99, 99, 1, 2, 3, 4, 5, 6]
    assert seen["since-heading"] == [99, 99, 99, 1, 2, 3, 4, 5, 6]


def test_names_speak_for_and_against() -> None:
    seen = rows(elements_of(PAGE), "names-least", "names-most", "names-sum")
    assert seen["names-least"][HOME] == -2  # "menu" and "top" together
    assert seen["names-most"][FIRST] == 2
    assert seen["names-sum"][RIGHTS] == 0


def test_blocks_are_found_again_in_the_declared_body() -> None:
    declared = rows(elements_of(PAGE), "declared")["declared"]
    assert min(declared[FIRST], declared[SECOND]) > 0.8  # all but the runs of words that begin above or end below
    assert declared[THIRD] < 0.2
    assert rows(elements_of(PAGE.replace("articleBody", "x")), "declared")["declared"] == [-1] * 9


def test_the_container_is_the_innermost_element_that_fits_best() -> None:
    elements = elements_of(PAGE)
    containers = Containers(elements, np.array([0, 0, 0, 1, 1, 1, 0, 0, 0], np.float32))
    assert elements.markups[0].element(int(containers.container[0])).names == "story-body"
    assert containers.steps_to_container.tolist()[FIRST : THIRD + 1] == [1, 1, 1]
    assert containers.steps_to_common[RELATED] == 2  # h3, .related, #wrap
    branch = Outlook(containers, next(surroundings_of(elements))).branch
    assert elements.words[branch[LAMP]] == 6  # what .related holds


def test_elements_beyond_the_deepest_that_is_looked_at_count_for_nothing() -> None:
    deep = "<div>" * 60 + "<p>one two</p>" + "<b>" * 60 + "three four" + "</b>" * 60 + "<p>five</p>" + "</div>" * 60
    elements = elements_of(f"<html><body>{deep}<p>six</p></body></html>")
    assert elements.depth.tolist() == [DEEPEST, DEEPEST, DEEPEST, 3]
    assert elements.levels.tolist() == [63, 122, 63, 3]  # html, body, the divisions, and p or b
    tags = [elements.markups[0].element(number).tag for number in elements.own.tolist()]
    assert tags == ["p", "b", "p", "p"]  # nothing but <b> is seen around the second, so it is the innermost
    containers = Containers(elements, np.array([0, 0, 0, 1], np.float32))
    assert containers.steps_to_container.tolist() == [DEEPEST, DEEPEST, DEEPEST, 0]
    assert containers.steps_to_common.tolist() == [DEEPEST, DEEPEST, DEEPEST, 0]


def test_pages_of_a_batch_do_not_see_each_other() -> None:
    other = PAGE.replace("story-body", "x").replace("related", "y").replace("<p>", "<p>Then again: ")
    likely = np.array([0, 0, 0.1, 0.9, 1, 0.8, 0.2, 0.3, 0], np.float32)
    alone, together = elements_of(PAGE), elements_of(other, PAGE, other)
    assert np.array(markup_rows(together))[:, 9:18].tolist() == np.array(markup_rows(alone)).tolist()
    tripled = np.concatenate((likely * 0.5, likely, likely * 0))
    made, expected = (np.array(opinion_rows_of_elements(*each)) for each in ((together, tripled), (alone, likely)))
    assert made[:, 9:18].tolist() == expected.tolist()


@pytest.mark.parametrize(
    "markup",
    [
        "<html></html>",
        "<html><body></body></html>",
        "<p>&nbsp;</p>",
        "<p>x",
        "x<hr>",
        "<b>x</b>y",
        "<p> x\u3000</p> \xa0 ",
    ],
)
def test_odd_pages_have_finite_rows(markup: str) -> None:
    elements = elements_of(markup, PAGE)
    likely = np.full(elements.batch.count, 0.5, np.float32)
    assert np.isfinite(np.array(markup_rows(elements))).all()
    assert np.isfinite(np.array(opinion_rows_of_elements(elements, likely))).all()


def in_article(bias: float) -> dict[str, object]:
    tree = {"splits": [["in-article", 0.5], ["first-look", 0.5]], "leaves": [-3, 1, -1, 3]}
    return {"bias": bias, "trees": [tree]}


def test_passes_over_pages_follow_those_over_text() -> None:
    """A first pass that leaves what is in the article undecided by the text's look at it, and a second that agrees."""
    document = read(PAGE)
    assert document.page is not None
    text = judge_blocks(shipped(), Batch([document]))
    model = parse({"passes": [in_article(0), in_article(0)]}, NO_NETWORKS, Names({}))
    verdict = judge_pages(model, text, [document.page.markup])
    assert (verdict.likely > 0.5).tolist() == [False, False, True, True, True, True, False, False, False]
    assert "within <article>" in in_words(verdict, [FIRST])[0]
    assert len(verdict.layers) == 4


def test_an_article_is_taken_out_of_its_page() -> None:
    body = Cleaner(rules=()).clean(PAGE)
    assert body.startswith(LINES[0])
    assert LINES[2] in body
    assert "Home page" not in body
    assert "nobody lit" not in body
    assert "rights" not in body


def test_pages_and_texts_in_one_batch_come_out_as_alone() -> None:
    cleaner = Cleaner(rules=())
    inputs = [PAGE, "Sign up for our newsletter\n" + "\n".join(LINES), PAGE.replace("ferry", "boat"), "<p>x</p>"]
    assert list(cleaner.clean_many(inputs)) == [cleaner.clean(raw) for raw in inputs]


def test_models_of_a_folder_are_used(tmp_path: Path) -> None:
    nothing = {"bias": -9, "trees": [{"splits": [["words", 1]], "leaves": [0, 0]}]}
    package = Path(__file__).resolve().parents[1] / "cleaner" / "heuristics" / "trained"
    for name in ("weights.json", "networks.json", "vocabulary.tsv", "names.tsv"):
        (tmp_path / name).write_bytes((package / name).read_bytes())
    (tmp_path / "pages.json").write_text(json.dumps({"passes": [nothing]}), encoding="utf-8")
    (tmp_path / "page_networks.json").write_text(json.dumps(NO_NETWORKS), encoding="utf-8")
    result = Cleaner(rules=(), weights=tmp_path).explain(PAGE)
    assert result.text != Cleaner(rules=()).clean(PAGE)
    assert Document.from_text(result.original).blocks()[HOME] == "Home page"


def test_the_model_of_kinds_is_that_of_the_folder_if_it_has_one(tmp_path: Path) -> None:
    package = Path(__file__).resolve().parents[1] / "cleaner" / "heuristics" / "trained"
    for name in ("weights.json", "networks.json", "vocabulary.tsv", "names.tsv", "pages.json", "page_networks.json"):
        (tmp_path / name).write_bytes((package / name).read_bytes())
    assert Cleaner(rules=(), weights=tmp_path).explain(PAGE).status == "ok"
    forest = json.loads((package / "kind.json").read_text(encoding="utf-8"))
    (tmp_path / "kind.json").write_text(json.dumps({**forest, "bias": -99.0}), encoding="utf-8")
    (tmp_path / "kind.tsv").write_bytes((package / "kind.tsv").read_bytes())
    assert Cleaner(rules=(), weights=tmp_path).explain(PAGE).status == "no-article"


HIDDEN = '<p style="display: none">The sale of lamps begins today, and every lamp that is sold today is sold twice.</p>'


def test_what_a_page_does_not_show_is_no_body() -> None:
    page = PAGE.replace("</article>", f"{HIDDEN}</article>")
    result = Cleaner(rules=()).explain(page)
    assert result.text == Cleaner(rules=()).clean(PAGE)
    assert any(decision.by == "heuristic/hidden" for decision in result.dropped)


def test_an_article_that_a_script_will_show_is_body() -> None:
    assert LINES[0] in Cleaner(rules=()).clean(PAGE.replace("<article", '<article style="visibility:hidden"'))


def test_a_listing_is_judged_as_a_whole() -> None:
    listings = "<pre>a = 1\nb = 2\n<pre>c = 3\n</pre>d = 4</pre><p>and</p><pre>e</pre><pre>f\ng</pre>"
    elements = elements_of(f"<p>Call</p>{listings}", "<p>so")
    assert " ".join(elements.batch.texts.joined().split()) == "Call a = 1 b = 2 c = 3 d = 4 and e f g so"
    likely = np.array([0.5, 0.1, 0.9, 0.2, 0.8, 0.3, 0.4, 0.1, 0.6, 0.7], np.float32)
    expected = np.array([0.5, 0.9, 0.9, 0.9, 0.9, 0.3, 0.4, 0.6, 0.6, 0.7], np.float32)
    assert whole_listings(elements, likely).tolist() == expected.tolist()
