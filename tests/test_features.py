"""The features: by hand on small pages, the same whatever else is in the batch, and for any text at all."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.document import Document
from cleaner.heuristics.batches.batch import STRETCH, Batch
from cleaner.heuristics.batches.columns import CLASSES, PIECE, Characters, among, character_set, held
from cleaner.heuristics.batches.grouping import groups_of, repeated
from cleaner.heuristics.batches.sums import exact_sums
from cleaner.heuristics.features.features import FEATURES, matrix
from cleaner.heuristics.features.measures import covered
from cleaner.heuristics.features.opinion_measures import Opinions
from cleaner.heuristics.features.opinions import OPINIONS, opinion_matrix
from cleaner.heuristics.features.wording import parse_vocabulary, use_vocabulary, wording
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.prompts.evidence import KINDS, Evidence, prompts_of
from cleaner.heuristics.prompts.phrases import Phrases

WORDS = parse_vocabulary("newsletter\t-3.5\nsign up\t-2.25\nferry\t1.5\nthe ferry\t0.7\n")
PROSE = "The ferry left at noon, and nobody waved from the long pier."

PAGES = [
    f"Home | News | Sport\n\nSign up for our newsletter\n\n{PROSE}\n“Why?” asked Ida Quill.\n\nMore\nMore\n© 2031",
    "one block without a line break",
    f"Tall Ships Return\nBy Nora Blank\n\n{PROSE} {PROSE}\n  – indented, 12% of 3.5 m\n***\n***",
    "",
    "\n \n",
    "***",
    "渡し船は正午に出た。誰も手を振らなかった。\n続きを読む\nПаром ушёл в полдень.\nПодробнее…",
    f"The ferry.\n{PROSE}",
    "***\nThe ferry left.\n|||",
    "Related, Share, Tags, Menu, Advertisement, ferry, Video, Subscribe, Advertisement, Newsletter, Related, Cookies",
    "a",
]
TEXT = st.lists(st.sampled_from([*PROSE.split(), "\n", "\n\n", "***", "More", "渡", "© 2031", "\r", "…", "e\u0301"]))


def batch_of(*texts: str) -> Batch:
    batch = Batch([Document.from_text(text) for text in texts])
    use_vocabulary(batch, WORDS)
    return batch


def feature(name: str, *texts: str) -> list[float]:
    row = {row.name: number for number, row in enumerate(FEATURES)}[name]
    return [round(float(value), 3) for value in matrix(batch_of(*texts))[row]]


def looks(batch: Batch) -> npt.NDArray[np.float32]:
    """Opinions that are no round numbers and depend on the block's place in its document alone."""
    return (np.modf((batch.index + 1) * 0.6180339887)[0] * 0.999).astype(np.float32)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("words", "Home\nIda's 3 boats\n***", [1, 4, 0]),
        ("words", "渡し船 12\n페리", [4, 2]),
        ("length", "Home\n  More ", [4, 4]),
        ("word-length", "a bbb\n***", [2, 0]),
        ("longest-word", "a bbb cc\n|", [3, 0]),
        ("stops", "One. Two.\nNone", [2, 0]),
        ("sentences", "One. Two.\nwww.example.org", [2, 0]),
        ("sentences", "渡った。帰った。", [2]),
        ("commas-per-word", "a, b, c d", [0.5]),
        ("digits", "12ab", [0.5]),
        ("upper", "ABcd", [0.5]),
        ("capitals", "Ida saw Oda go", [0.5]),
        ("ends-sentence", 'Gone.\n"Gone."\nGone"\nGone', [1, 1, 0, 0]),
        ("trails-off", "And then...\nAnd then…\nAnd then.", [1, 1, 0]),
        ("asks", "Why?\nWhy", [1, 0]),
        ("breaks-before", "a\nb\n\nc", [9, 1, 2]),
        ("indent", "a\n  b", [0, 2]),
        ("group-blocks", "a\nb\n\nc", [2, 2, 1]),
        ("group-words", "a a\nb\n\nc", [3, 3, 1]),
        ("group-place", "a\nb\n\nc", [0, 1, 0]),
        ("copies", "More\nHome\nMore", [2, 1, 2]),
        ("copy", "More\nHome\nMore", [0, 0, 1]),
        ("covered", "a b c d\nx\na b c d e", [1, 0, 0.5]),
        ("rare-forms", "a b\na c", [0.5, 0.5]),
        ("same-opening", "By Ida\nBy Oda\nHome", [1, 1, 0]),
        ("in-prose", f"ferry stops\n{PROSE}", [0.5, 0]),
        ("run-of-short", f"{PROSE}\na\nb\n{PROSE}\nc", [0, 2, 2, 0, 99]),
        ("since-prose", f"a\n{PROSE}\nb\nc", [99, 99, 1, 2]),
        ("until-prose", f"a\nb\n{PROSE}\nc", [2, 1, 99, 99]),
        ("prose-near", f"a\n{PROSE}\nb", [12, 12, 12]),
        ("prose-behind", f"a\n{PROSE}\nb", [0, 0, 12]),
        ("words-before", "a b\nc\nd", [0, 0.5, 0.75]),
        ("position", "a\nb\nc", [0, 0.5, 1]),
        ("from-bottom", "a\nb\nc", [2, 1, 0]),
        ("all-words", "a b\nc", [3, 3]),
        ("single-spaced", "a\nb\n\nc\nd", [0.5] * 4),
        ("case-free", "渡渡渡渡", [1]),
        ("names-newsletter", "Newsletter for pier friends", [0.25]),
        ("opens-newsletter", "Newsletter\nThe newsletter", [1, 0]),
        ("since-newsletter", f"Newsletter\na\n{PROSE} A newsletter came.\nb", [99, 1, 2, 3]),
        ("until-newsletter", "a\nb\nNewsletter\nb", [2, 1, 99, 99]),
        ("until-more", "渡し船は正午に出た。\n続きを読む", [1, 99]),
        ("months", "May\nferry", [1, 0]),
        ("wording-sum", "Newsletter\nThe ferry, the ferry\nSign, up!", [-3.5, 4.4, -2.25]),
        ("wording-low", "Newsletter ferry\nferry", [-3.5, 0]),
        ("wording-high", "Newsletter ferry\nNewsletter", [1.5, 0]),
        ("wording", "ferry a b c", [0.75]),
    ],
)
def test_a_feature_is_what_a_person_counts(name: str, text: str, expected: list[float]) -> None:
    assert feature(name, text) == expected


def test_names_are_unique_and_say_two_things_or_nothing() -> None:
    table = [*FEATURES, *OPINIONS]
    assert len({row.name for row in table}) == len(table)
    assert {row.says.count("|") for row in table if row.says} == {1}


def assert_same_alone(texts: list[str]) -> None:
    together = batch_of(*texts)
    rows, opinions = matrix(together), opinion_matrix(together, looks(together))
    for number, text in enumerate(texts):
        alone = batch_of(text)
        here = slice(int(together.first[number]), int(together.last[number]))
        for table, mine, theirs in (
            (FEATURES, matrix(alone), rows[:, here]),
            (OPINIONS, opinion_matrix(alone, looks(alone)), opinions[:, here]),
        ):
            for row, left, right in zip(table, mine, theirs, strict=True):
                assert left.tobytes() == right.tobytes(), (row.name, text)


def test_a_document_has_the_same_features_in_any_batch() -> None:
    assert_same_alone(PAGES)
    assert_same_alone(PAGES[::-1])


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXT.map(" ".join), min_size=2, max_size=4))
def test_any_document_has_the_same_features_in_any_batch(texts: list[str]) -> None:
    assert_same_alone(texts)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "a", ".", "***\n|||", "\u200b", "\ud800", "e\u0301", "\x00", "\x85a\u2028b"]
)
def test_any_text_has_finite_features(text: str) -> None:
    batch = batch_of(text)
    assert np.isfinite(matrix(batch)).all()
    assert np.isfinite(opinion_matrix(batch, looks(batch))).all()


def test_no_documents_have_no_features() -> None:
    assert matrix(batch_of()).shape == (len(FEATURES), 0)
    assert opinion_matrix(batch_of(), np.zeros(0, np.float32)).shape == (len(OPINIONS), 0)


def test_sums_do_not_depend_on_what_stands_before() -> None:
    values = np.array([0.1, 0.7, 0.3], np.float32)
    before = np.full(1000, 12345.678, np.float32)
    alone, after = exact_sums(values), exact_sums(np.concatenate((before, values)))
    assert (after[-1] - after[1000]) == alone[-1]


def test_what_is_forgotten_is_made_again() -> None:
    batch = batch_of(*PAGES)
    before = opinion_matrix(batch, looks(batch))
    batch.forget()
    assert opinion_matrix(batch, looks(batch)).tobytes() == before.tobytes()


@pytest.mark.parametrize(
    "text", ["ascii a", "Latin \xe9\xe8", "\u2019\u65e5 \udc80 \ud800\udc00", "\U0001d400\u0430 \ud800", ""]
)
def test_characters_have_their_codes_and_classes(text: str) -> None:
    characters = Characters(text)
    assert characters.codes.tolist() == [ord(character) for character in text]
    assert characters.classes.tolist() == [int(Characters(character).classes[0]) for character in text]


def test_characters_are_looked_for_among_others() -> None:
    known = character_set("…?!?")
    assert held(Characters("a?\u2026!\U0001f600").codes, known).tolist() == [False, True, True, True, False]
    assert held(Characters("?a!").codes, known).tolist() == [True, False, True]


def test_numbers_are_looked_for_among_known_ones() -> None:
    assert among(np.array([4, 9, 0, 7]), np.array([4, 7])).tolist() == [True, False, False, True]


def test_ideographs_are_words_beside_other_words() -> None:
    words = Characters("雨rain雨雪 9").words
    assert list(zip(words.starts.tolist(), words.ends.tolist(), strict=True)) == [
        (0, 1),
        (1, 5),
        (5, 6),
        (6, 7),
        (8, 9),
    ]


@pytest.mark.parametrize(
    "hashes",
    [
        [],
        [7],
        [9 << 40, 3 << 60, 9 << 40, 5, 9 << 40, 3 << 60],
        [8, 9, 8, 10, 9, 11, (1 << 64) - 1, 1 << 63],  # differ only in the bits that give way to the place
    ],
)
def test_equal_hashes_are_grouped_as_numpy_does(hashes: list[int]) -> None:
    keys = np.array(hashes, np.uint64)
    _, firsts, numbers, sizes = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    groups = groups_of(keys)
    assert groups.numbers.tolist() == numbers.tolist()
    assert groups.sizes.tolist() == sizes.tolist()
    assert groups.firsts.tolist() == firsts.tolist()
    assert repeated(keys).tolist() == [hashes.count(each) > 1 for each in hashes]


def test_characters_are_counted_across_pieces() -> None:
    text = "A" * (STRETCH - 1) + "1." + "B" * STRETCH + "\n" + "c" * 5 + "D"
    counts = batch_of(text).class_counts
    assert counts.shape == (2, CLASSES)
    assert counts[:, [2, 4, 6]].tolist() == [[2 * STRETCH - 1, 1, 1], [1, 0, 0]]


def test_a_word_hashes_alike_wherever_it_stands() -> None:
    for filler in (PIECE - 4, PIECE - 3, PIECE - 1, PIECE, 3 * PIECE):
        hashes = Characters("Ferry " + "." * filler + "FERRY other").words.hashes
        assert hashes[0] == hashes[1] != hashes[2]


def test_a_word_of_many_pieces_hashes_alike_too() -> None:
    word = "ab" * PIECE + "c"
    for filler in (1, 7, PIECE - 1, PIECE):
        hashes = Characters(f"{word} {'.' * filler} {word} {word}d").words.hashes
        assert hashes[0] == hashes[1] != hashes[2]


def test_phrases_are_found_by_their_words_and_never_across_blocks() -> None:
    phrases = Phrases("sign up\nnewsletter\nnever said\n続き\n")
    batch = batch_of("Please SIGN, up for the Newsletter\nsign\nup\n続きを読む")
    places, numbers = phrases.find(batch.characters.words.hashes, batch.word_block)
    assert sorted(zip(places.tolist(), numbers.tolist(), strict=True)) == [(1, 0), (5, 1), (8, 3)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Advertisement", Evidence("advertisement", "advertisement", "whole", 1.0)),
        ("Advertisement: 9", Evidence("advertisement", "advertisement", "start", 13 / 16)),
        ("Here advertisement", None),
        ("The pier was painted green", None),
        (f"{PROSE} " * 5 + "Sign up for our newsletter", None),
    ],
)
def test_a_block_names_a_prompt(text: str, expected: Evidence | None) -> None:
    assert prompts_of(batch_of(text)).of(0) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Menü schließen", "navigation"),
        ("MENÜ SCHLIESSEN", "navigation"),
        ("Διαβάστε επίσης", "more"),
        ("ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ", "more"),
        ("İLGİLİ HABERLER", "more"),
        ("AYRINTILI BİLGİ İÇİN TIKLAYIN", "more"),
        ("اقرأ أيضا", "more"),
        ("اقرا ايضا", "more"),
        ("Читайте ещё", "more"),
        ("ЧИТАЙТЕ ЕЩЕ", "more"),
        ("CITEȘTE ȘI", "more"),
        ("Citeşte şi", "more"),
    ],
)
def test_a_prompt_is_found_in_capitals_and_as_other_keyboards_write_it(text: str, kind: str) -> None:
    found = prompts_of(batch_of(text)).of(0)
    assert found is not None
    assert (found.kind, found.place) == (kind, "whole")


def test_a_prompt_is_strong_where_it_covers_its_block() -> None:
    page = Page.from_lines(
        "Sign up for our newsletter", "Advertisement for a long forgotten soap from the harbour town"
    )
    assert [page.strong(index) for index in range(2)] == [True, False]
    assert prompts_of(page.batch).strong.tolist() == [True, False]
    assert [kind for kind in KINDS if page.names(kind)] == ["newsletter"]
    assert page.names("newsletter") == [0]


def test_what_stands_elsewhere_stands_in_the_same_document() -> None:
    """The last words of a document, with the first of the next, say what it has said before."""
    first, second = (Document.from_text(text) for text in ("Boats leave at noon\nNo boats leave at", "noon bells ring"))
    assert covered(Batch([first])).tolist() == [0, 0]
    assert covered(Batch([first, second])).tolist() == [0, 0, 0]


def test_cohesion_is_the_opinion_of_the_blocks_that_share_words() -> None:
    batch = batch_of("ferry harbour\nferry\nharbour\nalone")
    cohesion, clear = Opinions(batch, np.array([0.5, 1, 0, 1], np.float32)).cohesion
    assert cohesion.tolist() == [0.5, 0.5, 0.5, 0]
    assert clear.tolist() == [0.5, 0, 0, 0]


def test_the_segment_is_where_body_outweighs_boilerplate() -> None:
    batch = batch_of("a\n" + f"{PROSE}\n" * 3 + "b\nc")
    low, high = Opinions(batch, np.array([0.1, 0.9, 0.4, 0.9, 0.2, 0.1], np.float32)).segment
    assert set(zip(low.tolist(), high.tolist(), strict=True)) == {(1, 4)}


def test_wording_counts_only_what_the_vocabulary_knows() -> None:
    found = wording(batch_of("ferry pier\npier"))
    assert [values.tolist() for values in found[1:]] == [[1.5, 0], [0, 0], [1.5, 0]]


def test_places_of_prompts_are_shares_of_the_body_above_the_last_one() -> None:
    story = "The ferry left at noon, and nobody waved from the long pier."
    batch = batch_of("\n".join((story, "Read more", story, "Read more", "Oldport")))
    likely = np.array([1.0, 0.1, 1.0, 0.0, 0.2], np.float32)
    ends = Opinions(batch, likely).places["an-ending"]
    body = 12 + 0.2 + 12 + 0.2
    assert ends.share_above() == pytest.approx([-1, -1, 12 / body, 12 / body, 24.2 / body])
    assert ends.below() == pytest.approx([-1, -1, body - 12, body - 12, 0.2], abs=1e-5)
    assert ends.to_come().tolist() == [2, 2, 1, 1, 0]
    assert ends.late().tolist() == [0, 0, 0, 0, 1]


def test_a_prompt_that_is_body_has_no_place() -> None:
    batch = batch_of("Read more\nOldport")
    places = Opinions(batch, np.array([0.9, 0.2], np.float32)).places
    assert all(group.share_above().tolist() == [-1, -1] for group in places.values())
