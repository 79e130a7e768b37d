"""The command `clean-rules`: exit codes, streams, and what it shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cleaner.rules_cli import rules_app
from cleaner.show import workbench
from cleaner.show.terminal import COLOUR, PLAIN
from cleaner.workbench.finding import Finding
from cleaner.workbench.show import ShownRule
from cleaner.workbench.test import CaseResult

Run = Callable[..., Result]
"""Takes the text of a rule file, and the arguments of `clean-rules`."""

GOOD = """
source = "example.org"
extends = ["wordpress"]

[fingerprint]
lines = ['^Harbour Gazette$']

[[drop]]
id = "harbour-letter"
category = "newsletter"
line = '^Get the harbour letter every .{3,9}day$'
why = "A sign-up line stands in each article."
hits = ["Get the harbour letter every Monday"]
spares = ["Get the harbour letter every Monday, she said."]
"""
BAD_SPARE = GOOD.replace(
    '["Get the harbour letter every Monday, she said."]', '["Get the harbour letter every Sunday"]'
)
UNKNOWN_KEY = GOOD.replace("category =", "categori =")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `clean-rules` in a folder whose `my-rules/example.org.toml` holds the given text."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-rules").mkdir()

    def call(text: str, *arguments: str) -> Result:
        (tmp_path / "my-rules" / "example.org.toml").write_text(text, encoding="utf-8")
        return CliRunner().invoke(rules_app, arguments)

    return call


def test_lint_of_good_rules(run: Run) -> None:
    result = run(GOOD, "lint", "my-rules")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "0 errors, 0 warnings\n", "")


def test_lint_names_file_line_and_remedy(run: Run) -> None:
    result = run(UNKNOWN_KEY, "lint", "my-rules")
    assert result.exit_code == 1
    assert "example.org.toml:" in result.stdout
    assert "categori" in result.stdout
    assert "1 error, " in result.stdout


def test_lint_as_json(run: Run) -> None:
    result = run(UNKNOWN_KEY, "lint", "my-rules", "--json")
    assert result.exit_code == 1
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert rows[0]["severity"] == "error"
    assert list(rows[0]) == ["where", "code", "severity", "rule", "problem", "remedy"]


def test_hits_and_spares_pass(run: Run) -> None:
    result = run(GOOD, "test", "my-rules")
    assert (result.exit_code, result.stdout) == (0, "2 passed, 0 failed (1 hit, 1 spare)\n")


def test_a_spare_that_is_hit_fails(run: Run) -> None:
    result = run(BAD_SPARE, "test", "my-rules")
    assert result.exit_code == 1
    assert "1 spare failed example.org/harbour-letter: 'Get the harbour letter every Sunday'" in result.stdout
    assert "Get the harbour letter every Sunday" in result.stdout
    assert "1 passed, 1 failed (1 hit, 1 spare)" in result.stdout


def test_cases_as_json(run: Run) -> None:
    result = run(BAD_SPARE, "test", "my-rules", "--json")
    assert result.exit_code == 1
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert sorted((row["kind"], row["passed"]) for row in rows) == [("hit", True), ("spare", False)]


def test_a_wrong_file_cannot_be_tested(run: Run) -> None:
    result = run(UNKNOWN_KEY, "test", "my-rules")
    assert result.exit_code == 1
    assert result.stderr.startswith("clean-rules: ")
    assert "example.org.toml:" in result.stderr


def test_nothing_to_test_is_no_success(run: Run) -> None:
    result = run('source = "example.org"\n', "test", "my-rules")
    assert (result.exit_code, result.stdout) == (1, "no hits, spares or fixtures found: nothing was tested\n")


def test_list_names_sources_and_families(run: Run) -> None:
    result = run(GOOD, "list", "--rules", "my-rules")
    assert result.exit_code == 0
    head, *rows, count = result.stdout.splitlines()
    assert head.split() == ["name", "language", "rules", "in", "force", "has", "extends"]
    (mine,) = (row for row in rows if row.startswith("example.org "))
    assert mine.split()[1] == "1"
    assert mine.split()[-2:] == ["text", "wordpress"]
    assert any(row.startswith("families/wordpress") for row in rows)
    assert " sources, " in count


def test_list_as_json(run: Run) -> None:
    result = run(GOOD, "list", "--rules", "my-rules", "--json")
    (mine,) = (row for row in map(json.loads, result.stdout.splitlines()) if row["name"] == "example.org")
    assert (mine["own"], mine["extends"], mine["html"]) == (1, ["wordpress"], False)
    assert mine["in_force"] > 1


def test_lint_and_test_take_single_files(run: Run) -> None:
    assert run(GOOD, "lint", "my-rules/example.org.toml", "--strict").stdout == "0 errors, 0 warnings\n"
    assert run(GOOD, "test", "my-rules/example.org.toml").exit_code == 0
    assert run(GOOD, "lint", "my-rules/example.net.toml").exit_code == 2


def test_show_takes_a_family_by_its_name(run: Run) -> None:
    assert run(GOOD, "show", "wordpress").stdout == run(GOOD, "show", "families/wordpress").stdout


def test_show_lists_own_and_inherited_rules(run: Run) -> None:
    result = run(GOOD, "show", "example.org", "--rules", "my-rules")
    assert result.exit_code == 0
    assert "example.org/harbour-letter" in result.stdout
    assert "wordpress/" in result.stdout
    assert "A sign-up line stands in each article." in result.stdout


def test_show_of_an_unknown_source(run: Run) -> None:
    result = run(GOOD, "show", "exmaple.org", "--rules", "my-rules")
    assert result.exit_code == 2
    assert result.stderr.startswith("clean-rules: ")
    assert "exmaple.org" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [("lint", "nowhere"), ("test", "nowhere"), ("show",), ("show", "x.org", "--rules", "nowhere"), ("rub",)],
)
def test_wrong_usage(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(GOOD, *arguments).exit_code == 2


@pytest.mark.parametrize("arguments", [("lint", ""), ("test", ""), ("list", "--rules", ""), ("test", "--fixtures", "")])
def test_an_empty_name_is_not_the_folder_one_is_in(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(GOOD, *arguments)
    assert result.exit_code == 2
    assert "is empty; was a variable not set?" in result.output


def test_the_shipped_rules_lint_and_pass(run: Run) -> None:
    linted = run(GOOD, "lint", "--strict")
    assert (linted.exit_code, linted.stdout) == (0, "0 errors, 0 warnings\n")
    tested = run(GOOD, "test")
    assert tested.exit_code == 0, tested.stdout
    assert " 0 failed" in tested.stdout


def test_strict_makes_a_warning_an_error(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    warning = Finding("a.toml:3", "no-spares", "warning", "teaser", "it spares nothing", "add a line it must spare")
    monkeypatch.setattr("cleaner.workbench.lint.lint", lambda folders: [warning])
    assert run(GOOD, "lint").exit_code == 0
    assert run(GOOD, "lint", "--strict").exit_code == 1


# Rendering


def test_findings_text() -> None:
    finding = Finding("a.toml:3", "no-spares", "warning", "teaser", "it spares nothing", "add a line it must spare")
    assert workbench.findings([finding], PLAIN) == (
        "a.toml:3: warning [no-spares] rule teaser: it spares nothing\n"
        "    add a line it must spare\n"
        "0 errors, 1 warning\n"
    )
    assert workbench.findings([finding], COLOUR).startswith("\x1b[1ma.toml:3: warning\x1b[0m [no-spares]")


def test_cases_text() -> None:
    failed = CaseResult("a.toml:9", "hit", "example.org/teaser", "Read on", False, "@@ it was kept\n+by nobody")
    passed = CaseResult("pages/one.txt", "fixture", "one", "", True)
    assert workbench.cases([failed, passed], PLAIN) == (
        "   failed  rule or fixture     where\n"
        "1  hit     example.org/teaser  a.toml:9\n"
        "\n"
        "1 hit failed example.org/teaser: 'Read on'\n"
        "    @@ it was kept\n"
        "    +by nobody\n"
        "\n"
        "1 passed, 1 failed (1 fixture, 1 hit)\n"
    )


def test_rules_text() -> None:
    rule = ShownRule(
        "teaser", "drop", "example.org", "a.toml:3", "teaser", "^More$", "in the tail", "A link stands there."
    )
    assert workbench.rules([rule], PLAIN) == (
        "example.org/teaser  drop teaser  a.toml:3\n    ^More$\n    in the tail\n    A link stands there.\n1 rule\n"
    )
