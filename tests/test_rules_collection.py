"""The shipped rules: what lint says of them, what they promise, and how they fare on other shapes of their pages."""

from pathlib import Path

import pytest

from cleaner import DEFAULT, Cleaner
from cleaner.sources.schema import schema_text
from cleaner.workbench.lint import lint
from cleaner.workbench.test import CaseResult, run_tests

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
CASES = sorted(path for path in FIXTURES.glob("*/*.txt") if not path.name.endswith(".expected.txt"))
NO_SOURCE = {"heuristics", "negative", "running-text"}
OURS = [case for case in CASES if case.parent.name not in NO_SOURCE]
FAMILIES = {"reprints", "wordpress"}
SOURCES = ["reprints", "responsiblestatecraft.org", "washingtonpost.com"]


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner()


@pytest.fixture(scope="module")
def results() -> list[CaseResult]:
    return run_tests([DEFAULT])


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def source_of(case: Path) -> str:
    return f"families/{case.parent.name}" if case.parent.name in FAMILIES else case.parent.name


def expected(case: Path) -> list[str]:
    return lines(case.with_name(f"{case.stem}.expected.txt").read_text("utf-8"))


def test_lint_has_nothing_to_say() -> None:
    assert lint([DEFAULT]) == []


def test_every_hit_spare_and_fixture_passes(results: list[CaseResult]) -> None:
    assert [f"{each.where}: {each.name}: {each.text} {each.detail}" for each in results if not each.passed] == []


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_has_three_fixtures_that_were_run(source: str, results: list[CaseResult]) -> None:
    names = {result.name for result in results if result.kind == "fixture"}
    assert len([name for name in names if name.startswith(f"{source}/")]) >= 3


@pytest.mark.parametrize("case", OURS, ids=lambda case: f"{case.parent.name}-{case.stem}")
def test_a_fixture_is_cleaned_without_being_told_its_source(case: Path, cleaner: Cleaner) -> None:
    assert lines(cleaner.clean(case.read_bytes())) == expected(case)


@pytest.mark.parametrize("case", OURS, ids=lambda case: f"{case.parent.name}-{case.stem}")
def test_a_fixture_is_cleaned_without_blank_lines_and_with_crlf(case: Path, cleaner: Cleaner) -> None:
    text = "\r\n".join(lines(case.read_text("utf-8")))
    assert lines(cleaner.clean(text, source=source_of(case))) == expected(case)


@pytest.mark.parametrize("case", OURS, ids=lambda case: f"{case.parent.name}-{case.stem}")
def test_an_expected_text_comes_out_unchanged(case: Path, cleaner: Cleaner) -> None:
    text = case.with_name(f"{case.stem}.expected.txt").read_text("utf-8")
    assert cleaner.clean(text, source=source_of(case)) == text


def test_the_schema_is_the_model() -> None:
    assert (ROOT / "rules" / "schema.json").read_text("utf-8") == schema_text()


def test_keep_gives_back_a_categorys_lines(cleaner: Cleaner) -> None:
    text = (FIXTURES / "responsiblestatecraft.org" / "new-template.txt").read_text("utf-8")
    kept = Cleaner(keep=["title"]).clean(text)
    assert "Tarnovia sinks its own amphibious carrier plan" in kept
    assert "google cta" not in kept
    assert "tarnovia-carrier-river-scaled" not in kept
