"""The ways to ask a `Cleaner`: each gives the same body."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cleaner import Cleaned, Cleaner, InputError, OptionError
from cleaner.document import Format

PAGES = sorted((Path(__file__).parents[1] / "fixtures").glob("*/*.txt"))
PAGES = [page for page in PAGES if not page.name.endswith(".expected.txt") and page.parent.name != "negative"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_every_way_to_ask_gives_the_same_body(page: Path) -> None:
    cleaner, text = Cleaner(), page.read_text(encoding="utf-8")
    cleaned, outcome = cleaner.explain(text), cleaner.outcome(text)
    assert cleaner.clean(text) == cleaned.text == outcome.text == next(iter(cleaner.clean_many([text])))
    assert (outcome.status, outcome.warnings, outcome.source) == (cleaned.status, cleaned.warnings, cleaned.source)
    assert outcome.decisions == ()
    assert next(iter(cleaner.explain_many([text]))) == cleaned
    assert "".join(text[d.start : d.end] for d in cleaned.decisions if d.keep) == cleaned.text


def test_what_is_favoured_decides_how_much_goes() -> None:
    text = next(page for page in PAGES if page.stem == "page-with-everything").read_text(encoding="utf-8")
    sizes = [len(Cleaner(favor=favor).clean(text)) for favor in ("precision", "balanced", "recall")]
    assert sizes == sorted(sizes)


def test_an_unknown_favour_is_refused() -> None:
    with pytest.raises(OptionError, match="use one of: precision, balanced, recall"):
        Cleaner(favor="speed")  # type: ignore[arg-type]


def test_one_category_may_be_named_alone() -> None:
    text = "Ring the bell\n\nRing the bell\n\n" + "The bell of the town hall rang, and nobody came. " * 8
    assert Cleaner(keep="title").clean(text) == Cleaner(keep=["title"]).clean(text)


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"no model in .*; give a folder that .*train --out has written"):
        Cleaner(weights=tmp_path)


def test_the_title_is_told_though_a_rule_drops_it() -> None:
    page = next(page for page in PAGES if page.stem == "new-template").read_text(encoding="utf-8")
    cleaned = Cleaner().explain(page)
    assert cleaned.source == "responsiblestatecraft.org"
    assert cleaned.title is not None
    assert page.count(cleaned.title) == 2


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)


def test_an_unreadable_input_leaves_those_beside_it_alone() -> None:
    text = "The bell of the town hall rang, and nobody came. " * 8
    for many in (Cleaner().outcomes, Cleaner().accounts):
        first, error, last = many([text, PICTURE, text], ["https://example.org/a", None, None])
        assert isinstance(first, Cleaned)
        assert first.text == text
        assert isinstance(error, InputError)
        assert "a PNG image" in str(error)
        assert isinstance(last, Cleaned)
        assert last.text == text


def test_what_stands_before_an_unreadable_input_is_given() -> None:
    text = "The bell of the town hall rang, and nobody came. " * 8
    for many in (Cleaner().clean_many, Cleaner().explain_many):
        given = many([text, text, PICTURE, text])
        assert [next(given), next(given)] != []
        with pytest.raises(InputError, match="a PNG image"):
            next(given)


def test_the_accounts_are_what_explain_gives() -> None:
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    cleaner = Cleaner()
    assert list(cleaner.outcomes(texts)) == [cleaner.outcome(text) for text in texts]
    assert list(cleaner.outcomes(texts[:1], format="html")) == [cleaner.outcome(texts[0], format="html")]


def test_bodies_are_outcomes_without_the_title_that_only_a_search_tells() -> None:
    cleaner, page = Cleaner(), next(page for page in PAGES if page.stem == "page-with-everything")
    text, declared = page.read_text(encoding="utf-8"), "<html><title>The storm</title><p>A storm came.</p></html>"
    outcomes = [*cleaner.outcomes([text, declared, PICTURE])]
    titles = [found.title for found in outcomes if isinstance(found, Cleaned)]
    assert titles[0]
    assert titles[1] == "The storm"
    first, second, error = cleaner.bodies([text, declared, PICTURE])
    assert isinstance(outcomes[0], Cleaned)
    assert first == replace(outcomes[0], title=None)
    assert second == outcomes[1]
    assert isinstance(error, InputError)
    given = "The pier \ud800 of Oldport.\n\n" + text
    assert [*cleaner.bodies([given])] == [*cleaner.outcomes([given])]  # has an account, which names by the title


def test_a_cleaner_can_be_sent_to_another_process() -> None:
    text = next(page for page in PAGES if page.stem == "page-with-everything").read_text(encoding="utf-8")
    cleaner = Cleaner((), keep=["title", "byline"], favor="precision")
    sent = pickle.loads(pickle.dumps(cleaner))
    assert sent.explain(text) == cleaner.explain(text)
    assert sent.explain(text) != Cleaner(()).explain(text)


def test_a_url_of_another_type_spoils_its_own_input_alone() -> None:
    text, nan = "The bell of the town hall rang, and nobody came. " * 8, float("nan")
    found = list(Cleaner().outcomes([text, text], [nan, None]))  # type: ignore[list-item]
    assert isinstance(found[0], InputError)
    assert str(found[0]) == "the URL is of type float; pass str, or None where there is none"
    assert isinstance(found[1], Cleaned)
    with pytest.raises(InputError, match="the URL is of type int"):
        Cleaner().clean(text, url=5)  # type: ignore[arg-type]


@pytest.mark.parametrize(("raws", "urls"), [(["a", "b"], [None]), (["a"], [None, None]), ([], ["https://a.example"])])
def test_each_input_needs_a_url_where_some_are_given(raws: list[str], urls: list[str | None]) -> None:
    with pytest.raises(OptionError, match=r"there are fewer (inputs|URLs) than .*; pass a URL, or None, for each"):
        list(Cleaner().clean_many(raws, urls))


def test_one_text_is_no_list_of_inputs() -> None:
    with pytest.raises(OptionError, match="the inputs are one str; pass a list of them"):
        list(Cleaner().clean_many("The bell rang."))
    with pytest.raises(OptionError, match="the URLs are one str"):
        list(Cleaner().clean_many(["The bell rang."], "https://a.example"))


def test_what_was_read_before_the_callers_iterator_failed_is_given() -> None:
    def failing() -> Iterator[str]:
        yield from ("First text.", "Second text.")
        raise KeyError("the caller's own")

    bodies = Cleaner(rules=()).clean_many(failing())
    assert [next(bodies), next(bodies)] == ["First text.", "Second text."]
    with pytest.raises(KeyError, match="the caller's own"):
        next(bodies)


@pytest.mark.parametrize("format", ["text", "html"])
def test_many_inputs_may_be_of_one_format(format: Format) -> None:
    cleaner, raws = Cleaner(rules=()), ["A &amp; B went to sea in <i>May</i>.", "<p>The ferry left at noon.</p>"]
    one_by_one = [cleaner.explain(raw, format=format) for raw in raws]
    assert [each.text for each in cleaner.explain_many(raws, format=format)] == [each.text for each in one_by_one]
    assert list(cleaner.clean_many(raws, format=format)) == [each.text for each in one_by_one]
    assert one_by_one[0].text == (raws[0] if format == "text" else "A & B went to sea in May.")
