"""What README.md says works: its Python, its rule file, its commands, its table, its links."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cleaner import Category, clean
from cleaner.cli import clean_app
from cleaner.heuristics.model.decode import BETA
from cleaner.rules_cli import rules_app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_the_python_examples_run() -> None:
    (example,) = blocks("python")
    names: dict[str, object] = {}
    exec(compile(example, "README.md", "exec"), names)
    assert names["body"] == names["page"]


@pytest.fixture
def own_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in that holds the README's rule file as the README names it."""
    monkeypatch.chdir(tmp_path)
    (rule_file,) = blocks("toml")
    path = tmp_path / "my-rules" / "example.org.toml"
    assert "`my-rules/example.org.toml`" in README
    path.parent.mkdir()
    path.write_text(rule_file, encoding="utf-8")
    return tmp_path


def test_the_example_of_an_own_rule_holds(own_rules: Path) -> None:
    runner = CliRunner()
    linted = runner.invoke(rules_app, ["lint", "my-rules/"])
    assert linted.exit_code == 0, linted.output
    tested = runner.invoke(rules_app, ["test", "my-rules/"])
    assert tested.exit_code == 0, tested.output
    shown = runner.invoke(rules_app, ["show", "example.org", "--rules", "my-rules/"])
    assert "harbour-newsletter" in shown.output
    before = "The ferry did not sail, and the whole quay waited for it until the evening.\n\n"
    after = "The valve that failed had been ordered in March, from a maker that has since closed.\n"
    (own_rules / "dump.txt").write_text(f"{before}Get the harbour letter every Monday\n\n{after}", encoding="utf-8")
    call = ["--rules", "my-rules/", "--url", "https://example.org/storm", "dump.txt"]
    assert runner.invoke(clean_app, call).output == before + after


def test_the_sample_of_the_install_command() -> None:
    command = README.partition("<!-- install -->\n```sh\n")[2].partition("\n")[0]
    sample = ROOT / command.rpartition(" ")[2]
    expected = sample.with_suffix("").with_suffix(".expected.txt").read_text(encoding="utf-8")
    assert clean(sample.read_text(encoding="utf-8")).split() == expected.split()


def test_the_table_has_every_category_once() -> None:
    table = README.partition("| categories |")[2].partition("\n\n")[0]
    cells = [row.split("|")[1] for row in table.splitlines()[2:]]
    assert sorted(re.findall(r"`([a-z-]+)`", " ".join(cells))) == sorted(category.value for category in Category)


def test_its_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", README)
    assert targets != []
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_option_it_names_exists() -> None:
    shown = CliRunner().invoke(clean_app, ["--help"]).output
    rest = README.partition("## On the command line")[2]
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", rest))
    assert sorted(option for option in named if option not in shown) == []


def test_the_commands_it_names_are_those_that_are_installed() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert sorted(project["scripts"]) == ["clean", "clean-rules"]
    for target in project["scripts"].values():
        module, _, function = target.partition(":")
        call = f"import {module}; {module}.{function}()"
        result = subprocess.run(
            [sys.executable, "-c", call, "--help"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
        assert (result.returncode, result.stderr) == (0, b"")


MODEL = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
EXPERIMENTS = (ROOT / "docs" / "experiments.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\(([a-z]*(?:\.md)?)(?:#([a-z-]+))?\)")


@pytest.mark.parametrize(("page", "least"), [(MODEL, 20), (EXPERIMENTS, 15)], ids=["model", "experiments"])
def test_the_pages_on_the_model_name_files_that_exist(page: str, least: int) -> None:
    heuristics = ROOT / "cleaner" / "heuristics"
    named = set(re.findall(r"`([a-z_/*]+(?:\.py|\.json|\.tsv|/))`", page))
    assert len(named) > least
    elsewhere = (ROOT, ROOT / "cleaner")
    missing = {name for name in named if not list(heuristics.rglob(name.rstrip("/")))}
    assert sorted(name for name in missing if not any((folder / name).exists() for folder in elsewhere)) == []


def test_the_links_between_the_pages_on_the_model_lead_to_headings() -> None:
    pages = {"model.md": MODEL, "experiments.md": EXPERIMENTS}
    links = [(target or name, anchor) for name, page in pages.items() for target, anchor in LINK.findall(page)]
    assert len(links) > 10
    assert [link for link in links if link[1] and link[1] not in anchors(pages[link[0]])] == []


def anchors(page: str) -> set[str]:
    """What the headings of a page can be linked by."""
    headings = re.findall(r"^#+ (.*)$", page, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_page_on_the_model_has_the_betas_of_the_code() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", MODEL, re.MULTILINE)
    assert {name: float(beta) for name, beta in rows} == BETA


PAGES = (ROOT / "docs" / "html.md").read_text(encoding="utf-8")


def test_the_example_on_pages_runs() -> None:
    example = PAGES.partition("```python\n")[2].partition("```")[0]
    names: dict[str, object] = {}
    exec(compile(example, "docs/html.md", "exec"), names)
    assert "The ferry" in str(names["body"])


def test_every_option_and_package_on_pages_exists() -> None:
    shown = CliRunner().invoke(clean_app, ["--help"]).output
    assert [option for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGES) if option not in shown] == []
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    table = PAGES.partition("| package |")[2].partition("\n\n")[0]
    packages = re.findall(r"^\| (\w+) \|", table, re.MULTILINE)
    assert sorted(packages) == ["BeautifulSoup", "lxml", "markdownify", "trafilatura"]
    assert [name for name in packages if name != "BeautifulSoup" and f'"{name}>=' not in project] == []
