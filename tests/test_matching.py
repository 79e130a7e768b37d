"""Rules applied to documents: a table of one-line cases, then what a table cannot say."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence

import pytest

from cleaner.document import Category, Document
from cleaner.errors import RuleError
from cleaner.sources.examples import check_examples
from cleaner.sources.inherit import combine
from cleaner.sources.lines import REACH, Lines
from cleaner.sources.matching import EDGE_LINES, Ruled, apply_rules, split_points
from cleaner.sources.mistakes import Lines as TomlLines
from cleaner.sources.patterns import PatternSet, compile_pattern, multiline
from cleaner.sources.rulefile import Loaded, convert
from cleaner.sources.ruleset import RuleSet

UNCAPPED = ("drop", "drop-block", "cut-before", "cut-after", "inline")


def _load(rules: str, *, family: str = "", cap: float | None = 1.0) -> Loaded:
    """Rules written on one line, with what each needs filled in: id, why, category, no cap."""
    data = tomllib.loads(rules)
    data["family" if family else "source"] = family or "example.org"
    number = 0
    for table in ("keep", "split", *UNCAPPED):
        for rule in data.get(table, ()):
            number += 1
            rule.setdefault("id", f"case-{number}")
            rule.setdefault("why", "A case of a test.")
            if table in UNCAPPED:
                rule.setdefault("category", "other")
                if cap is not None:
                    rule.setdefault("at-most", cap)
    return convert(data, TomlLines("", "case.toml"), family=bool(family))


def _apply(rules: str, text: str) -> tuple[Document, Ruled]:
    made = RuleSet(_load(rules).rules)
    document = Document.from_text(text)
    document = document.split(split_points(made, document))
    return document, apply_rules(made, document)


# What the rules are, the text (" / " stands for a line break), and what is dropped (" / " between the pieces).
CASES = [
    # drop
    ("a line", "drop = [{line='^Share$'}]", "One. / Share / Two.", "Share"),
    ("a pattern searches", "drop = [{line='sign up'}]", "Please sign up here. / Two.", "Please sign up here."),
    ("an anchor at the start", "drop = [{line='^Share'}]", "Share this. / I Share. / Two.", "Share this."),
    ("an anchor at the end", "drop = [{line='Share$'}]", "Share this. / I Share / Two.", "I Share"),
    ("capitals matter", "drop = [{line='^share$'}]", "Share / share / Two.", "share"),
    ("capitals do not matter with (?i)", "drop = [{line='(?i)^share$'}]", "SHARE / Sharer / Two.", "SHARE"),
    ("(?i) in a group", "drop = [{line='^(?i:share) It$'}]", "SHARE It / share it / Two.", "SHARE It"),
    ("every line that matches", "drop = [{line='^Ad$'}]", "Ad / One. / Ad / Ad", "Ad / Ad / Ad"),
    ("blanks around a line do not count", "drop = [{line='^Ad$'}]", "One. /   Ad \t / Two.", "Ad"),
    ("blank lines are no lines", "drop = [{line='^.$'}]", "One. /  / Two. / X", "X"),
    ("a class that is negated stays in its line", "drop = [{line='^A[^b]*b$'}]", "Ax / yb / Azb", "Azb"),
    (r"\s stays in its line", r"drop = [{line='^A\sb$'}]", "A / b / A b", "A b"),
    ("an alternative", "drop = [{line='^(?:Ad|Share)$'}]", "Ad / Adshare / Share", "Ad / Share"),
    ("anchors bind each alternative", "drop = [{line='^Ad$|^Share$'}]", "Ads / An Ad / Ad / Share", "Ad / Share"),
    ("letters beyond ASCII", "drop = [{line='^Télé.{1,3}$'}]", "Téléjà / Télé / Teleja", "Téléjà"),
    ("a letter beyond ASCII is one", "drop = [{line='^..$'}]", "éé / é / ééé / 新聞", "éé / 新聞"),
    ("a property of letters", r"drop = [{line='^\p{Han}+$'}]", "新聞 / News", "新聞"),
    ("a lone surrogate hurts nobody", "drop = [{line='^Ad$'}]", "\ud800 x / Ad", "Ad"),
    ("carriage returns", "drop = [{line='^Ad$'}]", "One.\r / Ad\r / Two.\r", "Ad"),
    # drop: neighbours
    ("next matches", "drop = [{line='^By', next='^More$'}]", "By A / More / By B / Two.", "By A"),
    ("next skips blank lines", "drop = [{line='^By', next='^More$'}]", "By A /  /  / More", "By A"),
    ("nothing is next", "drop = [{line='^By', next='.'}]", "One. / By A", ""),
    ("previous matches", "drop = [{line='^By', previous='^Top$'}]", "Top / By A / By B", "By A"),
    ("nothing is previous", "drop = [{line='^By', previous='.'}]", "By A / One.", ""),
    ("both neighbours", "drop = [{line='^x', previous='^a', next='^b'}]", "a / x1 / b / x2 / b / a / x3", "x1"),
    # drop: where
    ("head", "drop = [{line='^Ad$', where='head'}]", "Ad / " + "One. / " * 60 + "Ad", "Ad"),
    ("tail", "drop = [{line='^Ad', where='tail'}]", "Ad 1 / " + "One. / " * 60 + "Ad 2", "Ad 2"),
    ("a short text is all head", "drop = [{line='^Ad$', where='head'}]", "One. / Two. / Ad", "Ad"),
    ("a short text is all tail", "drop = [{line='^Ad$', where='tail'}]", "Ad / One. / Two.", "Ad"),
    # keep
    ("keep wins", "drop = [{line='^A'}]\nkeep = [{line='^Ab'}]", "Ab / Ac", "Ac"),
    (
        "keep protects from a cut",
        "cut-after = [{line='^End$'}]\nkeep = [{line='^Note'}]",
        "A / End / Note / B",
        "End / B",
    ),
    ("keep protects from inline", "inline = [{part='x'}]\nkeep = [{line='^K'}]", "K x / L x", "x"),
    ("keep by its neighbour", "drop = [{line='^A'}]\nkeep = [{line='^A', next='^B$'}]", "A1 / B / A2 / C", "A2"),
    # cut-before
    ("cut-before takes its line", "cut-before = [{line='^Top$'}]", "Menu / Top / One.", "Menu / Top"),
    ("cut-before leaves its line", "cut-before = [{line='^Top$', line-goes=false}]", "Menu / Top / One.", "Menu"),
    ("the first match", "cut-before = [{line='^Top$'}]", "Menu / Top / One. / Top / Two.", "Menu / Top"),
    ("the last match", "cut-before = [{line='^T$', match='last'}]", "M / T / One. / T / Two.", "M / T / One. / T"),
    ("no match, no cut", "cut-before = [{line='^Top$'}]", "Menu / One.", ""),
    ("cut-before looks in the head", "cut-before = [{line='^Top$'}]", "One. / " * 60 + "Top / Two.", ""),
    ("cut-before by next", "cut-before = [{line='^T$', next='^B'}]", "M / T / C / T / B / One.", "M / T / C / T"),
    # cut-after
    ("cut-after takes its line", "cut-after = [{line='^More$'}]", "One. / More / A / B", "More / A / B"),
    ("cut-after leaves its line", "cut-after = [{line='^End$', line-goes=false}]", "One. / End / A", "A"),
    ("the last match of cut-after", "cut-after = [{line='^M$', match='last'}]", "One. / M / Two. / M / A", "M / A"),
    ("cut-after looks in the tail", "cut-after = [{line='^More$'}]", "More / " + "One. / " * 60 + "Two.", ""),
    ("cut-after anywhere", "cut-after = [{line='^M$', where='anywhere'}]", "A / M" + " / B" * 30, "M" + " / B" * 30),
    ("cut-after by previous", "cut-after = [{line='^M$', previous='^E$'}]", "A / M / E / M / B", "M / B"),
    # drop-block
    ("a block", "drop-block = [{from='^<$', to='^>$', max-lines=5}]", "A / < / b / > / C", "< / b / >"),
    (
        "its end stays",
        "drop-block = [{from='^<$', to='^>$', max-lines=5, to-goes=false}]",
        "A / < / b / > / C",
        "< / b",
    ),
    ("no end in the bound", "drop-block = [{from='^<$', to='^>$', max-lines=3}]", "A / < / b / c / > / D", ""),
    (
        "an end at the bound",
        "drop-block = [{from='^<$', to='^>$', max-lines=4}]",
        "A / < / b / c / > / D",
        "< / b / c / >",
    ),
    ("two blocks", "drop-block = [{from='^<', to='^>', max-lines=3}]", "< / a / > / B / < / >", "< / a / > / < / >"),
    ("the nearest end", "drop-block = [{from='^<', to='^>', max-lines=9}]", "< / a / > / B / >", "< / a / >"),
    (
        "a beginning inside a block",
        "drop-block = [{from='^<', to='^>', max-lines=9}]",
        "< / < / > / B / >",
        "< / < / >",
    ),
    ("a later beginning in reach", "drop-block = [{from='^<', to='^>', max-lines=3}]", "<1 / a / b / <2 / >", "<2 / >"),
    ("the end is another line", "drop-block = [{from='^#', to='#$', max-lines=3}]", "#a# / b / C", ""),
    ("blank lines do not count", "drop-block = [{from='^<', to='^>', max-lines=3}]", "< /  /  / a /  / >", "< / a / >"),
    ("one mark begins and ends", "drop-block = [{from='^#', to='^#', max-lines=9}]", "# / a / # / B / #", "# / a / #"),
    # inline
    ("a part of a line", "inline = [{part=' (?:Read more)$'}]", "It ended. Read more / Two.", " Read more"),
    ("the group of a pattern", "inline = [{part='ended[.]( More)'}]", "It ended. More news.", " More"),
    ("each part of a line", r"inline = [{part='\[\d+\]'}]", "One[1] and two[22] and [x].", "[1] / [22]"),
    ("offsets beyond ASCII", "inline = [{part='Ä+'}]", "éé ÄÄ é Ä", "ÄÄ / Ä"),
    ("a group that takes no part", "inline = [{part='a(x)?b'}]", "ab axb", "x"),
    ("a line that goes has no parts", "inline = [{part='x'}]\ndrop = [{line='^D'}]", "D x / E x", "D x / x"),
    ("parts do not overlap", "inline = [{part='ab'}, {part='bc'}]", "abc bc", "ab / bc"),
    # split
    ("glued lines", "split = [{at='reading()Show'}]\ndrop = [{line='^Show'}]", "Keep readingShow less", "Show less"),
    ("at the group's start", "split = [{at='g(Sh)ow'}]\ndrop = [{line='^Show'}]", "ReadingShow less", "Show less"),
    ("at each match", "split = [{at=';()'}]\ndrop = [{line='^b'}]", "a;b1;c;b2", "b1; / b2"),
    ("in the head only", "split = [{at=';()', where='head'}]\ndrop=[{line='^b'}]", "a / " * 60 + "a;b", ""),
    ("neighbours of a part", "split = [{at=';()'}]\ndrop = [{line='^b', previous='^a'}]", "a;b1;b2", "b1;"),
]


@pytest.mark.parametrize(("rules", "text", "dropped"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_case(rules: str, text: str, dropped: str) -> None:
    document, ruled = _apply(rules, text.replace(" / ", "\n"))
    pieces = [document.text[each.start : each.end] for each in ruled.decisions if not each.keep]
    assert " / ".join(pieces) == dropped
    assert ruled.warnings == ()


def test_the_names_of_the_cases_are_their_own() -> None:
    names = [case[0] for case in CASES]
    assert sorted(names) == sorted(set(names))


def test_a_decision_says_who_what_and_why() -> None:
    rules = "drop = [{id='share-bar', line='^Share$', category='share', why='Buttons below the title.'}]"
    _, ruled = _apply(rules, "One.\nShare\n")
    (decision,) = ruled.decisions
    assert (decision.start, decision.end, decision.keep, decision.confidence) == (5, 10, False, 1.0)
    assert (decision.by, decision.category) == ("example.org/share-bar", Category.SHARE)
    assert decision.why == "Buttons below the title."


def test_a_kept_line_is_a_decision_too() -> None:
    _, ruled = _apply("keep = [{id='note', line='^Note'}]", "Note: it was Tuesday.\nTwo.")
    (decision,) = ruled.decisions
    assert (decision.keep, decision.category, decision.by) == (True, None, "example.org/note")


def _owners(rules: Sequence[Loaded], text: str) -> list[str]:
    placed = combine((), (each for loaded in rules for each in loaded.rules))
    return [decision.by for decision in apply_rules(RuleSet(placed), Document.from_text(text)).decisions]


def test_a_sources_rule_goes_before_a_familys() -> None:
    own = _load("cut-after = [{id='end', line='^End$'}]")
    family = _load("drop = [{id='share', line='^Share$'}]", family="wordpress")
    assert _owners([own, family], "One.\nEnd\nShare") == ["example.org/end", "example.org/end"]
    assert _owners([family], "One.\nShare") == ["families/wordpress/share"]


def test_a_familys_keep_goes_before_a_sources_drop() -> None:
    own = _load("drop = [{id='share', line='^Share'}]")
    family = _load("keep = [{id='advice', line='^Share the road'}]", family="wordpress")
    assert _owners([own, family], "Share the road.\nShare") == ["families/wordpress/advice", "example.org/share"]


def test_within_a_file_the_narrower_action_goes_first() -> None:
    own = _load("cut-after = [{id='end', line='^End$'}]\ndrop = [{id='share', line='^Share$'}]")
    assert _owners([own], "One.\nEnd\nShare\nAd") == ["example.org/end", "example.org/share", "example.org/end"]


LONG = "A sentence of the article, long enough to weigh.\n" * 10


@pytest.mark.parametrize(
    ("rules", "text"),
    [
        ("drop = [{id='all', line='.'}]", LONG),
        ("cut-after = [{id='all', line='^Ad$', at-most=0.1}]", LONG + "Ad\n" + LONG),
        ("cut-before = [{id='all', line='^Ad$'}]", LONG + "Ad"),
        ("drop-block = [{id='all', from='^Ad$', to='^Ad$', max-lines=20}]", "Ad\n" + LONG + "Ad"),
        ("inline = [{id='all', part='[a-z ]+'}]", LONG),
    ],
    ids=["drop", "cut-after", "cut-before", "drop-block", "inline"],
)
def test_a_rule_that_would_remove_too_much_removes_nothing_and_says_so(rules: str, text: str) -> None:
    placed = _load(rules, cap=None).rules
    ruled = apply_rules(RuleSet(placed), Document.from_text(text))
    assert ruled.decisions == []
    (warning,) = ruled.warnings
    assert "example.org/all" in warning
    assert "at-most" in warning


def test_kept_lines_do_not_count_against_a_cap() -> None:
    placed = _load("drop = [{line='.'}]\nkeep = [{line='sentence'}]", cap=0.1).rules
    ruled = apply_rules(RuleSet(placed), Document.from_text(LONG + "Ad"))
    assert [decision.keep for decision in ruled.decisions] == [True] * 10 + [False]
    assert ruled.warnings == ()


def test_a_cap_on_one_rule_leaves_the_others_alone() -> None:
    placed = _load("drop = [{id='all', line='.'}, {id='share', line='^Share$'}]", cap=0.5).rules
    ruled = apply_rules(RuleSet(placed), Document.from_text(LONG + "Share"))
    assert [decision.by for decision in ruled.decisions] == ["example.org/share"]


def test_head_and_tail_have_a_least_size() -> None:
    lines = [f"Line {number}" for number in range(EDGE_LINES + 5)]
    _, head = _apply("drop = [{line='.', where='head'}]", "\n".join(lines))
    _, tail = _apply("drop = [{line='.', where='tail'}]", "\n".join(lines))
    assert len(head.decisions) == len(tail.decisions) == EDGE_LINES
    assert (head.decisions[0].start, tail.decisions[-1].end) == (0, len("\n".join(lines)))


def test_head_and_tail_grow_with_the_text() -> None:
    text = "\n".join(["Line"] * 300)
    _, head = _apply("drop = [{line='.', where='head'}]", text)
    _, tail = _apply("drop = [{line='.', where='tail'}]", text)
    assert (len(head.decisions), len(tail.decisions)) == (100, 150)


@pytest.mark.parametrize("text", ["", "\n\n  \n", "\ufeff"])
def test_a_text_without_words_has_no_decisions(text: str) -> None:
    _, ruled = _apply("drop = [{line='x'}]\nsplit = [{at='x()y'}]\ninline = [{part='x'}]", text)
    assert ruled == Ruled([])


def test_no_rules_no_decisions() -> None:
    assert apply_rules(RuleSet(()), Document.from_text("One.")) == Ruled([])
    assert split_points(RuleSet(()), Document.from_text("One.")) == []


def test_decisions_come_in_order_and_do_not_overlap() -> None:
    rules = "drop = [{line='^S'}]\ncut-after = [{line='^E'}]\ninline = [{part='x+'}, {part='yx'}]\nkeep = [{line='^K'}]"
    _, ruled = _apply(rules, "S\nyxx xx\nK x\nE\nS\nK\nx x")
    edges = [edge for decision in ruled.decisions for edge in (decision.start, decision.end)]
    assert edges == sorted(edges)
    assert len(ruled.decisions) == 8


def test_parts_of_several_rules_stand_in_one_order() -> None:
    _, ruled = _apply("inline = [{part='b'}, {part='[a-c]'}, {part='d?c'}, {part='.'}]", "abcd" * 50)
    assert [(each.start, each.by[-1]) for each in ruled.decisions[:4]] == [(0, "2"), (1, "1"), (2, "2"), (3, "4")]
    assert [each.start for each in ruled.decisions] == list(range(200))


def test_the_same_rules_may_be_used_again() -> None:
    made = RuleSet(_load("drop = [{line='^Ad$'}]").rules)
    first = apply_rules(made, Document.from_text("Ad\nOne."))
    apply_rules(made, Document.from_text("Other\nAd\nAd"))
    assert apply_rules(made, Document.from_text("Ad\nOne.")) == first


class _Counting:
    """A pattern that counts the bytes its searches may look at."""

    def __init__(self, pattern: str) -> None:
        self._pattern = compile_pattern(pattern, "test:1")
        self.groups, self.looked, self.searches = self._pattern.groups, 0, 0

    def search(self, text: bytes, start: int = 0, end: int | None = None) -> object:
        self.searches += 1
        self.looked += (len(text) if end is None else end) - start
        return self._pattern.search(text, start, end)


def test_work_inside_a_line_is_bounded_by_its_length() -> None:
    """Each search for a part sees a window, so that no pattern makes it look at the rest of a long line every time."""
    text = "abab" * 20_000
    pattern = _Counting("a.*c|b")
    spans = list(Lines(Document.from_text(text)).spans(pattern, 0))
    assert len(spans) == 40_000
    assert pattern.looked <= pattern.searches * 2 * REACH
    assert pattern.searches <= len(spans) + len(text) // REACH + 1


def test_a_line_is_searched_once_for_each_hit() -> None:
    """A hit ends the search of its line: the next one starts at the next line."""
    pattern = _Counting("a")
    assert Lines(Document.from_text("aaaaaaaa\nb\naaaaaaaa\nb")).matching(pattern) == [0, 2]
    assert pattern.searches == 3


@pytest.mark.parametrize("before", [0, 1, REACH - 3, REACH, REACH + 1, 2 * REACH - 4, 2 * REACH, 5 * REACH + 7])
@pytest.mark.parametrize("filler", ["-", "é"])
def test_a_part_is_found_wherever_it_stands_in_a_long_line(before: int, filler: str) -> None:
    text = filler * before + "start middle end" + filler * 3 * REACH
    pattern = compile_pattern("start .* end", "test:1")
    assert list(Lines(Document.from_text(text)).spans(pattern, 0)) == [(before, before + 16)]


def test_a_part_longer_than_the_reach_is_none() -> None:
    text = "x" + "a" * 3 * REACH + "y, x1y"
    pattern = compile_pattern("x[a1]+y", "test:1")
    spans = list(Lines(Document.from_text(text)).spans(pattern, 0))
    assert [text[start:end] for start, end in spans] == ["x1y"]
    inside = Document.from_text("x" + "a" * REACH + "y")
    assert list(Lines(inside).spans(pattern, 0)) == []


@pytest.mark.parametrize("before", [REACH, 2 * REACH - 50, 2 * REACH - 1, 3 * REACH])
def test_a_part_is_not_cut_off_at_a_window(before: int) -> None:
    text = "-" * before + "a" * 100 + "-" * 3 * REACH
    assert list(Lines(Document.from_text(text)).spans(compile_pattern("a+", "test:1"), 0)) == [(before, before + 100)]


def test_anchors_mean_the_edges_of_the_line_not_of_a_window() -> None:
    text = "a" * 5 * REACH
    assert list(Lines(Document.from_text(text)).spans(compile_pattern("^a", "test:1"), 0)) == [(0, 1)]
    last = len(text) - 1
    assert list(Lines(Document.from_text(text)).spans(compile_pattern("a$", "test:1"), 0)) == [(last, last + 1)]


def test_lines_are_sought_in_their_place_alone() -> None:
    text = "\n".join(["Ad"] * 100)
    pattern = _Counting("^Ad$")
    assert Lines(Document.from_text(text)).matching(pattern, range(40, 50)) == list(range(40, 50))
    assert pattern.looked < 10 * 10 * len("Ad\n")


def test_a_set_answers_as_its_patterns_do() -> None:
    patterns = ["^One", "two$", r"\bthree\b", "(?i)FOUR", "^[^x]+$", "never"]
    text = "One line\nhas two\nx three x\nx four"
    made = PatternSet([multiline(pattern) for pattern in patterns])
    alone = [number for number, pattern in enumerate(patterns) if compile_pattern(pattern, "t").search(text.encode())]
    assert made.matching(text.encode()) == alone == [0, 1, 2, 3, 4]


def test_a_set_too_large_for_its_memory_is_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.sources.patterns.SET_MEMORY", 400_000)
    patterns = [multiline(f"^{number} .{{1,300}} end$") for number in range(6)]
    assert PatternSet(patterns).matching(b"4 x end\n2 y end\n7 z end") == [2, 4]


# The rules, an example that must hit, one that must be spared.
EXAMPLES = [
    ("drop = [{line='^Share$'}]", "Share", "Share it"),
    ("drop = [{line='^By', next='^More$'}]", "By A\nMore", "By A"),
    ("keep = [{line='^Note'}]", "Note: yes", "A note"),
    ("cut-after = [{line='^More$'}]", "More", "Moore"),
    ("cut-after = [{line='^End$', line-goes=false}]", "End\nAd", "End"),
    ("cut-before = [{line='^Top$'}]", "Menu\nTop\nOne.", "Menu\nStop"),
    ("drop-block = [{from='^<$', to='^>$', max-lines=3}]", "<\na\n>", "<\na\nb\n>"),
    ("inline = [{part=' More$'}]", "It ended. More", "More"),
    ("split = [{at='reading()Show'}]", "readingShow", "reading Show"),
]


@pytest.mark.parametrize(
    ("rules", "hit", "spare"), EXAMPLES, ids=[case[0].split(" ")[0] + case[1] for case in EXAMPLES]
)
def test_examples_are_checked(rules: str, hit: str, spare: str) -> None:
    data = tomllib.loads(rules)
    for hits, spares, wrong in (((hit,), (spare,), 0), ((spare,), (hit,), 2)):
        (table,) = data
        data[table][0] |= {"hits": list(hits), "spares": list(spares), "id": "rule-here", "why": "A case."}
        if table not in {"keep", "split"}:
            data[table][0]["category"] = "other"
        loaded = convert(data | {"source": "example.org"}, TomlLines("", "case.toml"))
        problems = check_examples(loaded.rules[0])
        assert len(problems) == wrong
        assert all(isinstance(problem, RuleError) and "rule-here" in str(problem) for problem in problems)


def test_no_cap_counts_in_examples() -> None:
    loaded = _load("drop = [{line='^Share', hits=['Share'], at-most=0.01}]", cap=None)
    assert check_examples(loaded.rules[0]) == []
