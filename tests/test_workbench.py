"""The workbench: each finding of lint, failing cases of the tests, a source shown, and the page that teaches it all."""

import re
import shlex
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from cleaner import DEFAULT, Cleaner, OptionError, RuleError
from cleaner.cli import clean_app
from cleaner.document import Category
from cleaner.rules_cli import rules_app
from cleaner.sources.model import Fingerprint, Html, RuleFile
from cleaner.workbench.lint import lint
from cleaner.workbench.ordinary import ORDINARY
from cleaner.workbench.show import show
from cleaner.workbench.test import run_tests

TEACHING = (Path(__file__).parent.parent / "rules" / "README.md").read_text("utf-8")
HEAD = 'source = "bell.example"\n'
RULE = """
[[drop]]
id = "bell-box"
category = "newsletter"
line = '^Ring the bell for news$'
why = "A box."
hits = ["Ring the bell for news"]
spares = ["Ring the bell for news of the fire."]
"""


def rules(folder: Path, text: str, name: str = "bell.example") -> Path:
    file = folder / f"{name}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return folder


def codes(folder: Path) -> list[tuple[str, str, str | None]]:
    return [(each.code, each.where.rpartition("/")[2], each.rule) for each in lint([folder])]


def test_lint_is_silent_about_a_good_file(tmp_path: Path) -> None:
    assert lint([rules(tmp_path, HEAD + RULE)]) == []


CASES = {
    "a wrong key": (HEAD + RULE.replace("why", "because"), [("invalid", "bell.example.toml:7", "bell-box")]),
    "a wrong pattern": (HEAD + RULE.replace("'^Ring", "'(^Ring"), [("invalid", "bell.example.toml:6", "bell-box")]),
    "an unknown family": (HEAD + 'extends = ["wordpres"]\n' + RULE, [("invalid", "bell.example.toml:2", None)]),
    "disable of nothing": (
        HEAD + 'extends = ["wordpress"]\ndisable = ["bell"]\n' + RULE,
        [("invalid", "bell.example.toml:3", None)],
    ),
    "no hits": (HEAD + RULE.replace("hits =", "# hits ="), [("no-hits", "bell.example.toml:3", "bell-box")]),
    "no spares": (HEAD + RULE.replace("spares =", "# spares ="), [("no-spares", "bell.example.toml:3", "bell-box")]),
    "a pattern of anything": (
        HEAD + RULE.replace("^Ring the bell for news$", r"\.$"),
        [("broad-pattern", "bell.example.toml:3", "bell-box")],
    ),
    "an unanchored word": (
        HEAD + RULE.replace("^Ring the bell for news$", "the"),
        [("broad-pattern", "bell.example.toml:3", "bell-box")],
    ),
    "a counted class": (
        HEAD + RULE.replace("^Ring the bell for news$", r"^Ring [\p{L}\p{N} ]{2,90}$"),
        [("invalid", "bell.example.toml:6", "bell-box")],
    ),
    "the same rule twice": (
        HEAD + RULE + RULE.replace("bell-box", "ring-box"),
        [("same-rule", "bell.example.toml:3", "bell-box")],
    ),
    "an empty hit": (
        HEAD + RULE.replace('hits = ["', 'hits = [" ", "'),
        [("invalid", "bell.example.toml:8", "bell-box")],
    ),
    "a rule that another shadows": (
        HEAD + RULE + RULE.replace("bell-box", "news-box").replace("'^Ring the", "'^[A-Z]ing the"),
        [("shadowed", "bell.example.toml:11", "news-box")],
    ),
    "a rule that a keep rule shadows": (
        HEAD
        + RULE
        + """
[[keep]]
id = "bells"
line = '^Ring the bell for'
why = "A poem."
hits = ["Ring the bell for nobody"]
spares = ["Ring it"]
""",
        [("shadowed", "bell.example.toml:3", "bell-box")],
    ),
    "a rule for a line that a split divides": (
        HEAD
        + RULE
        + """
[[split]]
id = "glued"
at = '^Ring the bell()'
why = "Glued."
hits = ["Ring the bell tower"]
spares = ["Ring it"]
""",
        [("unreachable", "bell.example.toml:3", "bell-box")],
    ),
    "a fingerprint that asks for too much": (
        HEAD + "[fingerprint]\nmin = 2\nlines = ['^The Daily Bell$']\n" + RULE,
        [("invalid", "bell.example.toml:3", None)],
    ),
    "a fingerprint of ordinary lines": (
        HEAD + "[fingerprint]\nlines = ['^The Daily Bell$', '^What happens']\n" + RULE,
        [("broad-pattern", "bell.example.toml:3", None)],
    ),
    "malformed CSS": (
        HEAD + RULE + '[html]\nbody = ["div.story"]\ndrop = ["aside", "div..x"]\n',
        [("invalid", "bell.example.toml:12", None)],
    ),
    "malformed XPath": (HEAD + RULE + '[html]\nkeep = ["//div["]\n', [("invalid", "bell.example.toml:11", None)]),
    "XPath with an unknown function": (
        HEAD + RULE + '[html]\nkeep = ["//div[ends(@id)]"]\n',
        [("invalid", "bell.example.toml:11", None)],
    ),
    "XPath that gives no elements": (
        HEAD + RULE + '[html]\nbody = ["/html/body = 3"]\n',
        [("invalid", "bell.example.toml:11", None)],
    ),
    "a selector of everything": (
        HEAD + RULE + '[html]\ndrop = ["aside.related", "article p"]\n',
        [("broad-selector", "bell.example.toml:11", None)],
    ),
    "ids out of order": (
        HEAD + RULE + RULE.replace("bell-box", "alarm-box").replace("the bell", "the alarm"),
        [("unsorted", "bell.example.toml:11", "alarm-box")],
    ),
}


@pytest.mark.parametrize(("text", "found"), CASES.values(), ids=CASES.keys())
def test_lint_finds(text: str, found: list[tuple[str, str, str | None]], tmp_path: Path) -> None:
    assert codes(rules(tmp_path, text)) == found


def test_lint_finds_an_inherited_rule_written_again(tmp_path: Path) -> None:
    rules(tmp_path, 'family = "bells"\n' + RULE, "families/bells")
    rules(tmp_path, HEAD + 'extends = ["bells"]\n' + RULE.replace("bell-box", "ring-box"))
    [finding] = lint([tmp_path])
    assert (finding.code, finding.rule) == ("same-rule", "ring-box")
    assert "families/bells/bell-box" in finding.problem


def test_lint_finds_a_family_that_nobody_uses(tmp_path: Path) -> None:
    rules(tmp_path, 'family = "bells"\n' + RULE, "families/bells")
    assert codes(tmp_path) == [("unused-family", "bells.toml:1", None)]
    rules(tmp_path, HEAD + 'extends = ["bells"]\n')
    assert lint([tmp_path]) == []


def test_lint_finds_a_family_rule_that_every_source_replaces(tmp_path: Path) -> None:
    rules(tmp_path, 'family = "bells"\n' + RULE, "families/bells")
    rules(tmp_path, HEAD + 'extends = ["bells"]\ndisable = ["bell-box"]\n')
    assert codes(tmp_path) == [("unreachable", "bells.toml:3", "bell-box")]
    rules(tmp_path, 'source = "horn.example"\nextends = ["bells"]\n', "horn.example")
    assert lint([tmp_path]) == []


def test_lint_finds_two_sources_with_one_fingerprint(tmp_path: Path) -> None:
    mark = "[fingerprint]\nlines = ['^The Daily Bell$', '^Horn {}$']\n"
    rules(tmp_path, HEAD + mark.format(1))
    rules(tmp_path, HEAD.replace("bell.", "horn.") + mark.format(2), "horn.example")
    assert [code for code, _, _ in codes(tmp_path)] == ["shared-fingerprint"] * 2
    rules(tmp_path, HEAD + mark.replace("lines", "min = 2\nlines").format(1))
    assert codes(tmp_path) == [("shared-fingerprint", "horn.example.toml:2", None)]


def test_lint_finds_a_file_that_another_folder_replaces(tmp_path: Path) -> None:
    first, second = rules(tmp_path / "a", HEAD + RULE), rules(tmp_path / "b", HEAD + RULE)
    (found,) = lint([first, second])
    assert (found.code, found.where) == ("replaced", f"{first / 'bell.example.toml'}:1")


def test_lint_of_a_file_says_nothing_of_others(tmp_path: Path) -> None:
    rules(tmp_path, HEAD + RULE.replace("hits =", "# hits ="))
    rules(tmp_path, HEAD.replace("bell.", "horn.") + RULE, "horn.example")
    rules(tmp_path, HEAD.replace("bell.", "gong."), "gong.exampl")
    assert lint([tmp_path / "horn.example.toml"]) == []
    assert [each.code for each in lint([tmp_path / "bell.example.toml"])] == ["no-hits"]
    with pytest.raises(OptionError, match="no rule file"):
        lint([Path(__file__)])


def test_findings_stand_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = HEAD + "".join(RULE.replace("bell-box", f"box-{n:02}").replace("spares", "# spares") for n in range(12))
    numbers = [int(each.where.rpartition(":")[2]) for each in lint([rules(tmp_path, text)])]
    assert numbers == sorted(numbers)
    assert len(numbers) > 12


def test_an_error_is_an_error_and_the_rest_warnings(tmp_path: Path) -> None:
    assert [each.severity for each in lint([rules(tmp_path / "a", CASES["a wrong key"][0])])] == ["error"]
    assert [each.severity for each in lint([rules(tmp_path / "b", CASES["no hits"][0])])] == ["warning"]


def test_a_folder_without_rule_files_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "bell.txt").write_text(HEAD + RULE, "utf-8")
    (found,) = lint([tmp_path])
    assert (found.code, found.severity, found.where) == ("no-files", "warning", f"{tmp_path}:1")
    assert "example.org.toml" in found.remedy


def test_a_rule_file_called_txt_is_told_its_name(tmp_path: Path) -> None:
    (tmp_path / "bell.example.txt").write_text(HEAD + RULE, "utf-8")
    (found,) = lint([tmp_path])
    assert (found.code, found.where) == ("invalid", f"{tmp_path / 'bell.example.txt'}:1")
    assert "NAME.toml" in found.remedy


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    for call in (lint, run_tests):
        with pytest.raises(OptionError, match="nowhere"):
            call([tmp_path / "nowhere"])


def test_ordinary_lines_are_left_alone_by_the_heuristics() -> None:
    prose = [line for line in ORDINARY if line.endswith((".", "”", "?"))]
    text = "\n\n".join(prose)
    assert Cleaner(rules=()).clean(text) == text


def test_a_hit_and_a_spare_that_fail_are_told(tmp_path: Path) -> None:
    text = HEAD + RULE.replace('hits = ["Ring', 'hits = ["Sing').replace("$'", "'")
    hit, spare = run_tests([rules(tmp_path, text)])
    assert (hit.kind, hit.passed, spare.kind, spare.passed) == ("hit", False, "spare", False)
    assert "Sing the bell" in hit.detail
    assert hit.name == spare.name == "bell.example/bell-box"
    assert hit.where.endswith("bell.example.toml:3")


def test_a_wrong_file_is_raised(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="because"):
        run_tests([rules(tmp_path, CASES["a wrong key"][0])])


def fixture(folder: Path, case: str, text: str, expected: str | None) -> None:
    file = folder / f"{case}.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    if expected is not None:
        file.with_name(f"{file.stem}.expected.txt").write_text(expected, "utf-8")


STORY = "The fire began in the loft of the mill, and by noon it had taken the roof.\n\nNobody was hurt.\n"


def test_fixtures_inside_the_folder_are_run(tmp_path: Path) -> None:
    folder = rules(tmp_path, HEAD + RULE)
    fixture(folder / "fixtures/bell.example", "good", f"{STORY}\nRing the bell for news\n", STORY)
    fixture(folder / "fixtures/bell.example", "wrong", f"{STORY}\nRing the bell for news\n", f"{STORY}More.\n")
    fixture(folder / "fixtures/bell.example", "alone", STORY, None)
    fixture(folder / "fixtures/horn.example", "unknown", STORY, STORY)
    found = {result.name: result for result in run_tests([folder]) if result.kind == "fixture"}
    assert {name: result.passed for name, result in found.items()} == {
        "bell.example/alone": False,
        "bell.example/good": True,
        "bell.example/wrong": False,
        "horn.example/unknown": False,
    }
    assert "-More." in found["bell.example/wrong"].detail
    assert "alone.expected.txt" in found["bell.example/alone"].detail
    assert "no source 'horn.example'" in found["horn.example/unknown"].detail


def test_fixtures_beside_the_folder_are_run_for_its_own_sources(tmp_path: Path) -> None:
    folder = rules(tmp_path / "mine", HEAD + RULE)
    fixture(tmp_path / "fixtures/bell.example", "good", f"Ring the bell for news\n{STORY}", STORY)
    fixture(tmp_path / "fixtures/horn.example", "other", STORY, STORY)
    assert [each.name for each in run_tests([folder]) if each.kind == "fixture"] == ["bell.example/good"]
    everything = run_tests([folder], [tmp_path / "fixtures"])
    assert [each.name for each in everything if each.kind == "fixture"] == ["bell.example/good", "horn.example/other"]


def test_an_html_fixture_is_run(tmp_path: Path) -> None:
    folder = rules(tmp_path, HEAD + RULE)
    home = tmp_path / "fixtures/bell.example"
    fixture(home, "page", "", STORY)
    (home / "page.txt").unlink()
    paragraphs = "".join(f"<p>{line}</p>" for line in STORY.split("\n\n"))
    page = f"<!doctype html><html><body><article>{paragraphs}<p>Ring the bell for news</p></article></body></html>"
    (home / "page.html").write_text(page, "utf-8")
    assert [(each.name, each.passed) for each in run_tests([folder])][2:] == [("bell.example/page", True)]
    (home / "page.html").write_text(page.replace("Ring the", "Ring that"), "utf-8")
    *_, failed = run_tests([folder])
    assert "+Ring that bell for news" in failed.detail


def test_a_failed_fixture_names_who_dropped_a_line(tmp_path: Path) -> None:
    folder = rules(tmp_path, HEAD + RULE)
    fixture(
        folder / "fixtures/bell.example",
        "lost",
        f"{STORY}\nRing the bell for news\n",
        f"{STORY}\nRing the bell for news\n",
    )
    *_, failed = run_tests([folder / "bell.example.toml"])
    assert "-Ring the bell for news  [dropped by bell.example/bell-box]" in failed.detail


def test_a_negative_fixture_must_come_out_unchanged(tmp_path: Path) -> None:
    folder = rules(tmp_path, HEAD + "fingerprint.lines = ['^The Bell$']\n" + RULE)
    fixture(folder / "fixtures/negative", "prose", STORY, None)
    fixture(folder / "fixtures/negative", "bell", f"The Bell\n\n{STORY}\nRing the bell for news\n", None)
    found = {each.name: each.passed for each in run_tests([folder]) if each.kind == "fixture"}
    assert found == {"negative/bell": False, "negative/prose": True}


def test_show_gives_the_rules_in_force(tmp_path: Path) -> None:
    rules(tmp_path, 'family = "bells"\n' + RULE + RULE.replace("bell-box", "ring-box"), "families/bells")
    text = HEAD + 'extends = ["bells"]\n' + RULE.replace("'^Ring", "'^Sound").replace("why", 'where = "tail"\nwhy')
    own, inherited = show([DEFAULT, rules(tmp_path, text)], "bell.example")
    assert (own.id, own.owner, own.pattern) == ("bell-box", "bell.example", "^Sound the bell for news$")
    assert own.conditions == "where = 'tail'"
    assert own.origin == f"{tmp_path / 'bell.example.toml'}:4"
    assert (inherited.id, inherited.owner, inherited.verb) == ("ring-box", "families/bells", "drop")
    assert inherited.to_dict()["category"] == "newsletter"


def test_show_writes_conditions_as_the_file_has_them(tmp_path: Path) -> None:
    block = """
[[drop-block]]
id = "bell-box"
category = "newsletter"
from = '^Bell \\(daily\\)$'
to = '^Ring\\.$'
max-lines = 4
to-goes = false
why = "A box."
"""
    (shown,) = show([rules(tmp_path, HEAD + block)], "bell.example")
    assert shown.pattern == r"^Bell \(daily\)$"
    assert shown.conditions == r"to = '^Ring\.$', max-lines = 4, to-goes = false"


def test_show_lists_the_selectors_in_force(tmp_path: Path) -> None:
    family = """family = "bells"
[html]
body = ["article"]
drop = [".ad", { select = ".box", id = "bell-box", category = "newsletter" }]
"""
    rules(tmp_path, family, "families/bells")
    text = (
        HEAD
        + """extends = ["bells"]
disable = ["bell-box"]
[[html]]
since = "2024"
body = [
    ".story",
    ".tale",
]
inside = "judge"
keep = [".map"]
[[html]]
drop = [{ select = ".horn", category = "share", why = "A horn." }]
"""
    )
    shown = show([rules(tmp_path, text)], "bell.example")
    assert [(each.owner, each.id, each.verb, each.pattern, each.category, each.conditions) for each in shown] == [
        ("bell.example", "html", "html.body", ".story", None, "since = '2024', inside = 'judge'"),
        ("bell.example", "html", "html.body", ".tale", None, "since = '2024', inside = 'judge'"),
        ("bell.example", "html", "html.keep", ".map", None, "since = '2024'"),
        ("bell.example", "html", "html.drop", ".horn", "share", ""),
        ("families/bells", "html", "html.body", "article", None, ""),
        ("families/bells", "html", "html.drop", ".ad", None, ""),
    ]
    assert shown[3].why == "A horn."
    lines = text.splitlines()
    assert [lines[int(each.origin.rpartition(":")[2]) - 1].partition(" ")[0] for each in shown[2:4]] == ["keep", "drop"]


def test_the_command_counts_rules_and_selectors(tmp_path: Path) -> None:
    folder = rules(tmp_path, HEAD + RULE + '[html]\nbody = [".story"]\n')
    outcome = CliRunner().invoke(rules_app, ["show", "bell.example", "--rules", str(folder)])
    assert "bell.example/html  html.body  " in outcome.stdout
    assert outcome.stdout.splitlines()[-1] == "1 rule, 1 selector"


def test_show_knows_families_and_refuses_the_rest() -> None:
    assert {each.owner for each in show([DEFAULT], "reprints")} == {"families/reprints"}
    with pytest.raises(OptionError, match="no source"):
        show([DEFAULT], "bell.example")


def blocks(mark: str) -> list[tuple[str, str]]:
    """The fenced blocks of the page below a comment `<!-- MARK … -->`: the rest of the comment, and the block."""
    return re.findall(rf"<!-- {mark}(.*?) -->\n```\w+\n(.*?)```", TEACHING, re.DOTALL)


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in blocks("file: "):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_pages_commands_run_as_written(written: Path) -> None:
    [(_, commands)] = blocks("commands")
    said = []
    for command in commands.splitlines():
        program, *arguments = shlex.split(command)
        outcome = CliRunner().invoke({"clean": clean_app, "clean-rules": rules_app}[program], arguments)
        assert outcome.exit_code == 0, (command, outcome.output)
        said.append(outcome.output)
    checked, tested, explained = said
    assert "0 errors, 0 warnings" in checked
    assert "0 failed" in tested
    assert "1 fixture" in tested
    assert "A sign-up box stands in the middle of each article." in explained


def test_the_pages_counts_are_what_comes_out(written: Path) -> None:
    [shown] = re.findall(r"<!-- stats -->\n   ```text\n(.*?)   ```", TEACHING, re.DOTALL)
    outcome = CliRunner().invoke(rules_app, ["stats", "dump.txt", "--rules", "my-rules"])
    assert outcome.stdout.splitlines() == [line[3:] for line in shown.splitlines()]


def test_the_pages_body_is_what_comes_out(written: Path) -> None:
    [(_, body)] = blocks("body")
    assert Cleaner([DEFAULT, "my-rules"]).clean((written / "dump.txt").read_text("utf-8")) == body


def test_each_rule_of_the_page_takes_something_out(written: Path) -> None:
    dump = (written / "dump.txt").read_text("utf-8")
    speaking = {each.by for each in Cleaner([DEFAULT, "my-rules"]).explain(dump).dropped}
    stated = {f"{each.owner}/{each.id}" for each in show(["my-rules"], "harbour-post.example") if each.verb != "split"}
    assert stated <= speaking


def test_the_page_names_every_key_and_category() -> None:
    reference = TEACHING.partition("## Every key")[2]
    named = set(re.findall(r"`\[?\[?([\w-]+)\]?\]?`", reference))
    top = {field.encode_name for field in msgspec.structs.fields(RuleFile)}
    inner = {field.encode_name for model in (Fingerprint, Html) for field in msgspec.structs.fields(model)}
    tables = [field for field in msgspec.structs.fields(RuleFile) if str(field.type).startswith("tuple[cleaner")]
    keys = {key.encode_name for table in tables for key in msgspec.structs.fields(table.type.__args__[0])}
    assert len(tables) == 7
    assert (top | inner | keys | {category.value for category in Category}) - named == set()
