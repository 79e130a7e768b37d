"""The one place that removes text: its rules case by case, then its promises for any input."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cleaner.body import BLANK_RUN, UNTOUCHED, Body, assemble, remove, spans_of_drops
from cleaner.document import Category, Decision, Document
from cleaner.span import Span


def drop(start: int, end: int, by: str = "test/drop") -> Decision:
    return Decision(start, end, False, Category.OTHER, by, "a test")


def without(marked: str) -> tuple[str, Body]:
    """Each span in ⟦…⟧ is dropped: the text without the marks, and what is left of it."""
    text, drops, start = "", [], 0
    for character in marked:
        if character == "⟦":
            start = len(text)
        elif character == "⟧":
            drops.append(drop(start, len(text)))
        else:
            text += character
    return text, assemble(Document.from_text(text), drops)


CASES = [
    # label, the text with its drops marked, what is left
    ("nothing dropped", "A storm came.\n\n\nIt left. \n", "A storm came.\n\n\nIt left. \n"),
    ("everything dropped", "⟦Menu⟧\n\n⟦Share⟧\n", ""),
    ("first line", "⟦Menu⟧\nA storm came.\n", "A storm came.\n"),
    ("first line, blank lines below", "⟦Menu⟧\n\n\nA storm came.\n", "A storm came.\n"),
    ("blank lines above the first", "\n\n⟦Menu⟧\n\nA storm came.\n", "A storm came.\n"),
    (
        "blank lines at the top, nothing dropped beside them",
        "\n\nA storm.\n⟦Share⟧\nIt left.",
        "\n\nA storm.\nIt left.",
    ),
    ("last line", "A storm came.\n⟦Share⟧", "A storm came.\n"),
    ("last line, blank lines above", "A storm came.\n\n\n⟦Share⟧\n\n", "A storm came.\n"),
    ("between two lines", "A storm came.\n⟦Share⟧\nIt left.", "A storm came.\nIt left."),
    ("between blank lines", "A storm came.\n\n⟦Share⟧\n\nIt left.", "A storm came.\n\nIt left."),
    ("blank line on one side", "A storm came.\n⟦Share⟧\n\nIt left.", "A storm came.\n\nIt left."),
    ("a run with blank lines inside", "A storm.\n\n⟦Share⟧\n \n⟦Menu⟧\n\n\nIt left.", "A storm.\n\nIt left."),
    ("one drop over several lines", "A storm.\n\n⟦Share\n\nMenu⟧\n\nIt left.", "A storm.\n\nIt left."),
    ("a drop that takes its blank lines along", "A storm.\n⟦\nShare\n\n⟧It left.", "A storm.\n\nIt left."),
    ("a drop of one blank line", "A storm.\n⟦\n⟧It left.", "A storm.\n\nIt left."),
    ("a drop of white space inside a line", "A storm⟦ ⟧came.", "A storm came."),
    ("blank lines elsewhere stay", "One.\n\n\n\nTwo.\n⟦Share⟧\nThree.", "One.\n\n\n\nTwo.\nThree."),
    ("CRLF", "A storm.\r\n\r\n⟦Share⟧\r\n\r\nIt left.\r\n", "A storm.\r\n\r\nIt left.\r\n"),
    ("CR alone", "A storm.\r⟦Share⟧\rIt left.", "A storm.\rIt left."),
    ("line separator", "A storm.\u2028⟦Share⟧\u2028It left.", "A storm.\u2028It left."),
    ("blanks round the dropped line", "A storm.\n  ⟦Share⟧ \t\nIt left.", "A storm.\nIt left."),
    ("kept lines keep their blanks", "  A storm. \n⟦Share⟧\n\tIt left.  \n", "  A storm. \n\tIt left.  \n"),
    ("start of a line", "⟦Share⟧ A storm came.", "A storm came."),
    ("start of an indented line", "One.\n  ⟦Share⟧ A storm came.", "One.\n  A storm came."),
    ("end of a line", "A storm came. ⟦Share⟧\nIt left.", "A storm came.\nIt left."),
    ("end of a line, blanks behind", "A storm came. ⟦Share⟧  \nIt left.", "A storm came.  \nIt left."),
    ("middle of a line", "A storm came. ⟦Read more⟧ It left.", "A storm came. It left."),
    ("middle, blanks inside the drop", "A storm came.⟦ Read more ⟧It left.", "A storm came. It left."),
    ("glued behind", "A storm came.⟦Read more⟧ It left.", "A storm came. It left."),
    ("glued before", "A storm came. ⟦Read more⟧It left.", "A storm came. It left."),
    ("glued on both sides, behind a stop", "A storm came.⟦Read more⟧It left.", "A storm came.It left."),
    ("between two words: stays", "storm⟦Share⟧left", "stormShareleft"),
    ("two drops side by side", "It came. ⟦Share⟧⟦Print⟧ It left.", "It came. It left."),
    ("two drops, a blank between", "It came. ⟦Share⟧ ⟦Print⟧ It left.", "It came. It left."),
    ("two drops side by side between two words: stay", "came⟦x)⟧⟦(y⟧left", "camex)(yleft"),
    ("two drops of one line, all of it", "One.\n⟦Share⟧ ⟦Print⟧\nTwo.", "One.\nTwo."),
    ("two drops of one line, the first and the last word", "⟦Share⟧ A storm. ⟦Print⟧", "A storm."),
    (
        "drops of two lines, each with words left, and only blank lines between",
        "A storm. ⟦Share⟧\n\n\n⟦Menu⟧ It left.",
        "A storm.\n\nIt left.",
    ),
    ("words of its first line stay", "A storm. ⟦Share \nMenu⟧\n\n\nIt left.", "A storm. \n\nIt left."),
    ("words of its last line stay", "One.\n\n\n⟦Share\n\n  Menu⟧  It left.", "One.\n\n  It left."),
    ("words of both lines stay", "A storm. ⟦Share\nMenu\n\t\n\nPrint⟧ It left.", "A storm.\n\t\nIt left."),
    ("words of two lines stay, one blank line between", "A storm. ⟦Share\n\nMenu⟧ It left.", "A storm.\n\nIt left."),
    ("words of two lines that touch stay", "A storm. ⟦Share\nMenu⟧ It left.", "A storm.\nIt left."),
    ("white space at the edges of a drop", "One.\n\n\n⟦\n Share ⟧ It left.\n\n\n", "One.\n\n\n\n It left.\n\n\n"),
    ("blank lines alone, at the edges too", "⟦\n\n⟧A storm.\n⟦\n\n⟧It left.⟦\n⟧", "\n\nA storm.\n\n\nIt left.\n"),
    ("the blank line that stays is the first", "One.\n⟦Share⟧\n \n\t\n⟦Menu⟧\n\nTwo.", "One.\n \nTwo."),
    ("Chinese needs no blank", "河水上涨⟦分享⟧居民离开", "河水上涨居民离开"),
    ("Thai needs no blank", "แม่น้ำ⟦แชร์⟧ท่วม", "แม่น้ำท่วม"),
    ("Korean words do", "강이⟦공유⟧넘쳤다", "강이공유넘쳤다"),
]


@pytest.mark.parametrize(("marked", "left"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_left(marked: str, left: str) -> None:
    text, body = without(marked)
    assert body.text == left
    assert_accounts_for(text, body)


def assert_accounts_for(text: str, body: Body) -> None:
    assert "".join(text[decision.start : decision.end] for decision in body.decisions) == text
    assert all(decision.start < decision.end for decision in body.decisions)
    assert all(left.end == right.start for left, right in pairwise(body.decisions))
    assert "".join(text[d.start : d.end] for d in body.decisions if d.keep) == body.text


def test_each_removal_keeps_its_decider() -> None:
    text = "Menu\n\nA storm. Share It left.\n"
    body = assemble(Document.from_text(text), [drop(0, 4, "a/menu"), drop(15, 20, "b/share")])
    assert [(d.by, text[d.start : d.end]) for d in body.decisions] == [
        ("a/menu", "Menu\n"),
        (BLANK_RUN, "\n"),
        (UNTOUCHED, "A storm. "),
        ("b/share", "Share "),
        (UNTOUCHED, "It left.\n"),
    ]


def test_neighbours_inside_a_line_share_the_removal() -> None:
    text = "It came. Share Print It left."
    body = assemble(Document.from_text(text), [drop(9, 14, "a/share"), drop(15, 20, "b/print")])
    assert [(d.by, text[d.start : d.end]) for d in body.decisions if not d.keep] == [
        ("a/share", "Share "),
        ("b/print", "Print "),
    ]


def test_a_kept_decision_is_in_the_account() -> None:
    text = "Menu\nA storm.\n"
    keep = Decision(5, 13, True, Category.SUMMARY, "option/keep", "asked for")
    body = assemble(Document.from_text(text), [drop(0, 4), keep])
    assert [(d.by, d.category, text[d.start : d.end]) for d in body.decisions if d.keep] == [
        ("option/keep", Category.SUMMARY, "A storm.\n")
    ]


def test_blank_lines_between_drops_belong_to_neither() -> None:
    text = "One.\n\n  Menu\n\n\n  Share  \n \nTwo.\n"
    body = assemble(Document.from_text(text), [drop(8, 12, "a/menu"), drop(17, 22, "b/share")])
    assert [(d.by, text[d.start : d.end]) for d in body.decisions] == [
        (UNTOUCHED, "One.\n\n"),
        ("a/menu", "  Menu\n"),
        (BLANK_RUN, "\n\n"),
        ("b/share", "  Share  \n"),
        (BLANK_RUN, " \n"),
        (UNTOUCHED, "Two.\n"),
    ]


def test_a_drop_over_several_lines_goes_in_one_piece() -> None:
    text = "One.\nMenu\nShare It left.\n"
    body = assemble(Document.from_text(text), [drop(5, 15, "a/menu")])
    assert [text[d.start : d.end] for d in body.decisions] == ["One.\n", "Menu\nShare ", "It left.\n"]


def test_a_drop_owns_the_blank_lines_inside_it() -> None:
    text = "One.\nMenu\n\n\nShare\n\nTwo.\n"
    body = assemble(Document.from_text(text), [drop(5, 17, "a/menu")])
    assert [(d.by, text[d.start : d.end]) for d in body.decisions] == [
        (UNTOUCHED, "One.\n"),
        ("a/menu", "Menu\n"),
        (UNTOUCHED, "\n"),
        ("a/menu", "\nShare\n"),
        (BLANK_RUN, "\n"),
        (UNTOUCHED, "Two.\n"),
    ]


def test_a_kept_decision_takes_no_words_along() -> None:
    text = "Menu\nBy Orla Venn\n\nA storm.\n"
    keep = Decision(5, 17, True, Category.BYLINE, "option/keep", "asked for")
    body = assemble(Document.from_text(text), [drop(0, 4), keep])
    assert [(d.by, text[d.start : d.end]) for d in body.decisions if d.keep] == [
        ("option/keep", "By Orla Venn\n\n"),
        (UNTOUCHED, "A storm.\n"),
    ]


@pytest.mark.parametrize("second", [(3, 5), (0, 4), (1, 2)])
def test_overlapping_decisions_are_refused(second: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="overlap"):
        assemble(Document.from_text("Menu and more"), [drop(0, 4), drop(*second)])


@pytest.mark.parametrize("drops", [[(0, 4), (3, 5)], [(5, 8), (0, 4)]])
def test_spans_that_overlap_or_stand_out_of_order_are_refused(drops: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="overlap or stand out of order"):
        remove(Document.from_text("Menu and more"), [Span(*span) for span in drops])


LINES = st.lists(st.sampled_from(["A storm came. It left.", "Share", "  ", "", "x", "河水上涨", " two words ", "\x00"]))
BREAKS = st.sampled_from(["\n", "\r\n", "\r", "\u2028", "\x0c", ""])
TEXTS = st.one_of(st.text(), st.builds(lambda lines, end: end.join(lines), LINES, BREAKS))


@st.composite
def texts_and_decisions(draw: st.DrawFn) -> tuple[str, list[Decision]]:
    text = draw(TEXTS)
    edges = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    decisions = []
    for start, end in pairwise(edges):
        kind = draw(st.sampled_from(["drop", "keep", "open"]))
        if kind != "open":
            category = None if kind == "keep" else Category.OTHER
            decisions.append(Decision(start, end, kind == "keep", category, f"test/{kind}", ""))
    return text, draw(st.permutations(decisions))


@given(texts_and_decisions())
def test_the_account_covers_any_text(case: tuple[str, list[Decision]]) -> None:
    text, decisions = case
    assert_accounts_for(text, assemble(Document.from_text(text), decisions))


@given(texts_and_decisions())
def test_the_body_is_the_same_without_an_account(case: tuple[str, list[Decision]]) -> None:
    text, decisions = case
    document = Document.from_text(text)
    assert remove(document, spans_of_drops(decisions)) == assemble(document, decisions).text


@given(texts_and_decisions())
def test_only_the_dropped_words_matter(case: tuple[str, list[Decision]]) -> None:
    """Drops may come word by word, or merged over the white space between them."""
    text, decisions = case
    words, merged = [], []
    for span in spans_of_drops(decisions):
        if merged and not text[merged[-1].end : span.start].strip():
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
        words.extend(Span(at, at + 1) for at in range(span.start, span.end) if not text[at].isspace())
    document = Document.from_text(text)
    assert remove(document, words) == remove(document, merged) == remove(document, spans_of_drops(decisions))


@given(texts_and_decisions())
def test_a_removal_is_complete(case: tuple[str, list[Decision]]) -> None:
    """What is left holds no dropped word, but where taking it would make a new one, and nothing more goes from it."""
    text, decisions = case
    document = Document.from_text(text)
    gone = {at for span in spans_of_drops(decisions) for at in range(*span)}
    left = "".join(character for at, character in enumerate(text) if at not in gone and not character.isspace())
    kept = [at for d in assemble(document, decisions).decisions if d.keep for at in range(d.start, d.end)]
    assert "".join(text[at] for at in kept if at not in gone and not text[at].isspace()) == left
    for at in kept:
        if at in gone and not text[at].isspace():
            line = next(n for n, end in enumerate(document.line_ends) if at < end)
            first = document.line_ends[line - 1] if line else 0
            assert any(i not in gone and text[i].isalnum() for i in range(first, document.line_ends[line]))


@given(texts_and_decisions())
@settings(max_examples=400)
def test_words_that_stood_apart_still_do(case: tuple[str, list[Decision]]) -> None:
    """By a blank line, by a line break: none is lost between kept words, and none is made."""
    text, decisions = case
    assume("\r" not in text or "\n" not in text)  # a CR before a line feed that stays would make one break of two
    account = assemble(Document.from_text(text), decisions).decisions
    kept = [at for d in account if d.keep for at in range(d.start, d.end)]
    words = [(number, at) for number, at in enumerate(kept) if not text[at].isspace()]
    for (first, left), (last, right) in pairwise(words):
        between = "".join(text[at] for at in kept[first : last + 1])
        assert layout(between) == layout(text[left : right + 1])


def layout(text: str) -> tuple[bool, bool]:
    lines = text.splitlines()
    return len(lines) > 1, any(not line.strip() for line in lines)


@given(texts_and_decisions())
def test_only_dropped_spans_and_white_space_go(case: tuple[str, list[Decision]]) -> None:
    text, decisions = case
    asked = [False] * len(text)
    for decision in decisions:
        if not decision.keep:
            asked[decision.start : decision.end] = [True] * (decision.end - decision.start)
    for decision in assemble(Document.from_text(text), decisions).decisions:
        if not decision.keep:
            span = range(decision.start, decision.end)
            assert all(asked[offset] or text[offset].isspace() for offset in span)


@given(texts_and_decisions())
def test_no_word_is_made(case: tuple[str, list[Decision]]) -> None:
    text, decisions = case
    body = assemble(Document.from_text(text), decisions)
    kept = [decision for decision in body.decisions if decision.keep]
    for left, right in pairwise(kept):
        before, behind = text[left.end - 1], text[right.start]
        gap = left.end < right.start
        assert not (gap and before.isalnum() and behind.isalnum() and before.isascii() and behind.isascii())


def seconds(text: str, decisions: list[Decision]) -> float:
    """For the body with and without an account."""
    document, spans = Document.from_text(text), spans_of_drops(decisions)
    start = time.process_time()
    assemble(document, decisions)
    remove(document, spans)
    return time.process_time() - start


def test_time_is_linear_in_the_drops_of_one_line() -> None:
    sentence = "A storm came over the hill. Share It left at noon. "
    small, large = (
        seconds(sentence * count, [drop(at, at + 5) for at in range(28, 51 * count, 51)]) for count in (2_000, 20_000)
    )
    assert large < 40 * small + 0.1


def test_time_is_linear_in_the_lines() -> None:
    small, large = (
        seconds("Share\n\nIt left.\n" * count, [drop(at, at + 5) for at in range(0, 16 * count, 16)])
        for count in (2_000, 20_000)
    )
    assert large < 40 * small + 0.1


def test_time_is_linear_in_dropped_lines() -> None:
    small, large = (
        seconds("Share\n" * count, [drop(at, at + 5) for at in range(0, 6 * count, 6)]) for count in (2_000, 20_000)
    )
    assert large < 40 * small + 0.1


def test_time_is_linear_in_white_space() -> None:
    small, large = (
        seconds(
            "One.\n" + "Share" + " " * count + "It left." + " \n" * count, [drop(5, 10), drop(10 + count, 12 + count)]
        )
        for count in (100_000, 1_000_000)
    )
    assert large < 40 * small + 0.1
