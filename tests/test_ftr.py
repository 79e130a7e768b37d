"""Site configurations in the form of ftr-site-config: every directive, every common mistake, and any text at all."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from cleaner import Cleaner
from cleaner.rules_cli import rules_app
from cleaner.sources.ftr import Converted, convert, source_of
from cleaner.sources.ftr_lines import DIRECTIVES
from cleaner.sources.rulefile import check_patterns, parse
from cleaner.workbench.lint import lint
from cleaner.workbench.test import run_tests

FULL = """\
# The Bell. Checked in June.
title: //h1[@class='headline']
title: //meta[@property='og:title']/@content
author: //span[@class="by"]
date: //time[@class='when']
body: //div[@id='story'] | //div[@class='story-part']
body: //article
body: id('main')

strip: //div[@class='letter']
strip: //aside
strip_id_or_class: more-bells
strip_id_or_class: "share"
strip_image_src: /pixel.gif
strip_attr: //p/@style
post_strip_attr: //*/@class
strip_comments: no

tidy: no
prune: no
autodetect_on_failure: no
parser: html5php
convert_double_br_tags: yes
insert_detected_image: no
skip_json_ld: yes
src_lazy_load_attr: data-src
footnotes: no
dissolve: //font
wrap_in(blockquote): //div[@class='quote']
move_into(//div[@id='story']): //div[@class='lead']
skip_id_or_class: lead
native_ad_clue: //div[@class='paid']

find_string: Ring the bell for news
replace_string:
find_string: <br>
replace_string: <p>
replace_string(Hear the horn): Hear the bell
replace_string(Read it http://bell.example):

single_page_link: //a[@class='one']
single_page_link_in_feed: //a[1]
next_page_link: //a[@rel='next']
autodetect_next_page: yes
if_page_contains: //a[@class='one']
http_header(User-Agent): Ringer/1.0
http_header(Cookie): a=b; c=d
requires_login: no
login_uri: https://bell.example/in
login_username_field: u
login_password_field: p
login_extra_fields: a=b
not_logged_in_xpath: //form

test_url: http://bell.example/fire
test_contains: the loft of the mill
test_urls: http://bell.example/flood
"""


def converted(text: str) -> tuple[dict[str, object], list[tuple[int, str]]]:
    made = convert(text, "bell.example")
    if made.text:
        check_patterns(parse(made.text, "bell.example.toml"))
    return tomllib.loads(made.text), [(note.line, note.kind) for note in made.notes]


def test_the_sample_has_every_directive() -> None:
    assert [name for name in DIRECTIVES if f"\n{name}" not in FULL] == ["span"]


def test_what_can_be_carried_over_is() -> None:
    rules, _ = converted(FULL)
    html = rules["html"]
    assert html["body"] == ["//div[@id='story'] | //div[@class='story-part']", "//article", "(id('main'))"]
    assert html["drop"] == [
        {"select": "//h1[@class='headline']", "category": "title"},
        {"select": '//span[@class="by"]', "category": "byline"},
        {"select": "//time[@class='when']", "category": "date"},
        "//div[@class='letter']",
        "//aside",
        "//*[contains(@class, 'more-bells') or contains(@id, 'more-bells')]",
        "//*[contains(@class, 'share') or contains(@id, 'share')]",
    ]
    assert "inside" not in html
    assert [rule["hits"] for rule in rules["inline"]] == [["Ring the bell for news"], ["Read it http://bell.example"]]


def test_what_is_inside_the_body_is_judged_unless_prune_says_no() -> None:
    assert [converted(f"{GOOD}{line}")[0]["html"].get("inside") for line in ("", "prune: yes", "prune: no")] == [
        "judge",
        "judge",
        None,
    ]


def test_every_line_is_carried_over_or_noted() -> None:
    made = convert(FULL, "bell.example")
    noted = {note.line for note in made.notes}
    carried = {
        "title",
        "author",
        "date",
        "body",
        "strip",
        "strip_id_or_class",
        "find_string",
        "replace_string",
        "prune",
    }
    for number, line in enumerate(FULL.splitlines(), 1):
        name = line.partition(":")[0].partition("(")[0]
        assert not line or line.startswith("#") or number in noted or name in carried, line
    for note in made.notes:
        assert f"line {note.line}, {note.kind}: " in made.text


def test_lost_lines_are_told_from_needless_ones() -> None:
    kinds = {note.text.partition(":")[0].partition("(")[0]: note.kind for note in convert(FULL, "bell.example").notes}
    assert {name for name, kind in kinds.items() if kind == "lost"} == {
        "autodetect_on_failure",
        "footnotes",
        "if_page_contains",
        "move_into",
        "native_ad_clue",
        "replace_string",
        "skip_id_or_class",
    }
    assert {name for name, kind in kinds.items() if kind == "mistake"} == {"strip_id_or_class"}


GOOD = "body: //article\n"
MISTAKES = {
    "a misspelt directive": ("strip_id_or_clas: x", "write strip_id_or_class"),
    "a hyphen": ("strip-id-or-class: x", "write strip_id_or_class"),
    "a capital": ("Strip: //aside", "write strip"),
    "no such directive": ("colour: red", "known are: author"),
    "no colon": ("strip //aside", "directive: value"),
    "an XPath alone": ("//div[@class='x']", "directive: value"),
    "a URL alone": ("http://bell.example/fire", "directive: value"),
    "no value": ("strip:", "the value is empty"),
    "an open bracket": ("strip: //div[@class='x'", "is no XPath"),
    "an open quote": ("strip: //div[@class='x]", "is no XPath"),
    "CSS": ("strip: div.related", "begins with no /"),
    "a function of PHP": ("strip: //div[php:function('x', .)]", "XPath 1.0 does not know"),
    "a function of XPath 2": ("strip: //div[ends-with(@id, 'x')]", "XPath 1.0 does not know"),
    "a prefix": ("strip: //svg:path", "is no XPath"),
    "a name of two quotes": ("strip_id_or_class: a'b\"c", "no part of an id"),
    "no replacement": ("find_string: Ring", "no replace_string"),
    "no find": ("replace_string: Ring", "no find_string"),
    "neither yes nor no": ("tidy: maybe", "yes or no"),
    "a control character": ("strip: //div[@id='\x01']", "control character"),
}


@pytest.mark.parametrize(("line", "said"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_noted_with_its_line_and_the_rest_carried_over(line: str, said: str) -> None:
    made = convert(f"# Bell\n{line}\n{GOOD}", "bell.example")
    assert [(note.line, note.kind, note.text) for note in made.notes][:1] == [(2, "mistake", line)]
    assert said in made.notes[0].why
    assert tomllib.loads(made.text)["html"]["body"] == ["//article"]


@pytest.mark.parametrize(
    ("line", "drop"),
    [
        ("strip: div[@class='x']", ["//div[@class='x']"]),
        ("strip: //p/text()", ["//p"]),
        ("strip: //p/@style", None),
        ("strip: string(//p)", None),
        ("strip: //p\nstrip: //p", ["//p"]),
        ("  strip :   //p  ", ["//p"]),
        ("\ufeffstrip: //p", ["//p"]),
        ("author: substring-after(//p, 'By ')", None),
        ("title: //title", None),
        ("title: //h1", None),
    ],
)
def test_xpath_that_gives_no_element(line: str, drop: list[str] | None) -> None:
    text = f"{line}\r\n{GOOD}"
    made = convert(text, "bell.example")
    assert tomllib.loads(made.text)["html"].get("drop") == drop
    assert drop is not None or made.notes


def test_nothing_to_carry_over_is_an_empty_text() -> None:
    assert convert("# nothing\ntidy: no\n", "bell.example").text == ""
    assert convert("", "bell.example") == Converted("bell.example", "", ())


LINES = st.one_of(
    st.text(max_size=60),
    st.builds("{}: {}".format, st.sampled_from(DIRECTIVES), st.text(max_size=40)),
    st.builds("{}({}): {}".format, st.sampled_from(DIRECTIVES), st.text(max_size=20), st.text(max_size=20)),
    st.builds(
        "{}: //{}[{}]".format,
        st.sampled_from(DIRECTIVES),
        st.text(max_size=9),
        st.text("@=()'\"a|/.*:[]1 ", max_size=25),
    ),
)


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_any_text_becomes_a_rule_file_or_notes(text: str) -> None:
    made = convert(text, "bell.example")
    if made.text:
        check_patterns(parse(made.text, "bell.example.toml"))
    lines = text.removeprefix("\ufeff").splitlines()
    assert all(lines[note.line - 1].strip() == note.text and note.why for note in made.notes)


@given(st.binary(max_size=80))
def test_any_bytes_can_be_imported(raw: bytes) -> None:
    assert convert(raw.decode("latin-1"), "bell.example").source == "bell.example"


@given(st.text(max_size=30))
def test_any_name_is_a_domain_or_none(name: str) -> None:
    source = source_of(f"{name}.txt")
    assert source is None or "." in source


PAGE = (
    "<!doctype html><html><body><div id='story'><p>The fire began in the loft of the mill, and by noon it had taken "
    "the roof, the stairs and both of the doors.</p><p>Nobody was hurt. Ring the bell for news</p>"
    "<div class='letter'><p>The letter that we write every day is worth a look.</p></div></div></body></html>"
)


@pytest.fixture
def configurations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "site-configs"
    folder.mkdir()
    (folder / ".bell.example.txt").write_text(FULL, "utf-8")
    (folder / "horn.example.txt").write_bytes("body: //article\nstrip_id_or_class: caf\xe9\n".encode("latin-1"))
    (folder / "LICENSE.txt").write_text("All may use it.", "utf-8")
    return folder


def test_the_command_writes_rule_files_and_lists_the_rest(configurations: Path) -> None:
    outcome = CliRunner().invoke(rules_app, ["import", "ftr", "site-configs"])
    assert outcome.exit_code == 1
    assert "LICENSE.txt: its name is no domain" in outcome.stdout
    line = FULL.splitlines().index("footnotes: no") + 1
    assert f"site-configs/.bell.example.txt:{line}: lost: footnotes: no" in outcome.stdout
    assert outcome.stdout.splitlines()[-1].startswith("2 of 3 files imported; lines not carried over: 8 lost, ")
    assert [finding for finding in lint(["my-rules"]) if finding.severity == "error"] == []
    assert all(case.passed for case in run_tests(["my-rules"]))
    assert "café" in Path("my-rules/horn.example.toml").read_text("utf-8")


def test_the_command_replaces_nothing(configurations: Path) -> None:
    call = ["import", "ftr", "site-configs/horn.example.txt", "--json"]
    assert CliRunner().invoke(rules_app, call).exit_code == 0
    again = CliRunner().invoke(rules_app, call)
    assert again.exit_code == 1
    assert "is there already" in json.loads(again.stdout)["problem"]


def test_a_folder_of_configurations_serves_as_rules(configurations: Path) -> None:
    (configurations / "LICENSE.txt").unlink()
    cleaner = Cleaner([configurations], strict=True)
    body = cleaner.clean(PAGE, url="https://www.bell.example/fire")
    assert body.startswith("The fire began in the loft")
    assert body.rstrip().endswith("Nobody was hurt.")


def test_a_rule_file_goes_before_a_configuration(configurations: Path) -> None:
    (configurations / "bell.example.toml").write_text('source = "bell.example"\n', "utf-8")
    assert "Ring the bell" in Cleaner([configurations]).clean(PAGE, url="https://bell.example/fire")


def test_a_configuration_that_holds_nothing_is_a_problem(configurations: Path) -> None:
    (configurations / "gong.example.txt").write_text("tidy: no\n", "utf-8")
    (problem,) = Cleaner([configurations]).rule_problems
    assert "gong.example.txt:1" in str(problem)
