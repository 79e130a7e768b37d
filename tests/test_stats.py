"""`clean-rules stats`: counts by rule, the baseline, and rules that broke down."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cleaner import OptionError
from cleaner.rules_cli import rules_app
from cleaner.workbench import stats
from cleaner.workbench.stats import Baseline, Counts, broke_down, measure

RULES = """
source = "bell.example"

[[drop]]
id = "bell-box"
category = "newsletter"
line = '^Ring the bell for news$'
why = "A box."
hits = ["Ring the bell for news"]
spares = ["Ring the bell for news of the fire."]

[[drop]]
id = "old-box"
category = "newsletter"
line = '^Hear the horn for news$'
why = "A box."
hits = ["Hear the horn for news"]
spares = ["Hear the horn for news of the fire."]
"""
STORY = "The fire began in the loft of the mill, and by noon it had taken the roof.\n\nNobody was hurt, page {}.\n"
BOX = "\nRing the bell for news\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("my-rules").mkdir()
    Path("my-rules/bell.example.toml").write_text(RULES, "utf-8")
    corpus("pages", "yyyyy")
    return tmp_path


def corpus(folder: str, boxes: str) -> None:
    """Pages of bell.example; a `y` stands for one with the box, two of them for `Y`."""
    place = Path(folder) / "bell.example"
    place.mkdir(parents=True)
    for number, box in enumerate(boxes):
        text = STORY.format(number) + {"y": BOX, "Y": BOX * 2, "n": ""}[box]
        (place / f"{number}.txt").write_text(text, "utf-8")


def rows(found: stats.Stats) -> dict[str, tuple[int, int, int, int, str]]:
    return {
        each.rule: (each.counts.hits, each.counts.characters, each.counts.pages, each.counts.of, each.state)
        for each in found.rules
    }


def test_hits_characters_and_pages_are_counted(home: Path) -> None:
    corpus("more", "Ynn")
    length = len("Ring the bell for news\n")
    found = measure(["more"], ["my-rules"])
    assert (found.pages, found.problems) == (3, ())
    assert rows(found) == {
        "bell.example/bell-box": (2, 2 * length, 1, 3, "fires"),
        "bell.example/old-box": (0, 0, 0, 3, "never-fires"),
    }


def test_records_are_located_by_their_url(home: Path) -> None:
    page = {"url": "https://www.bell.example/fire", "text": STORY.format(1) + BOX}
    other = {"url": "https://horn.example/fire", "text": STORY.format(2) + BOX}
    lines = "\n".join([json.dumps(page), json.dumps(other), "{", json.dumps({"url": "x"}), ""])
    Path("dump.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    found = measure(["dump.jsonl.gz"], ["my-rules"])
    assert rows(found)["bell.example/bell-box"][2:4] == (1, 1)
    assert found.pages == 2
    assert [problem.partition(" ")[0] for problem in found.problems] == ["dump.jsonl.gz:3:", "dump.jsonl.gz:4:"]


@pytest.mark.parametrize(
    ("then", "now", "broken"),
    [
        pytest.param(Counts(pages=5, of=5), Counts(pages=0, of=5), True, id="on every page, then on none"),
        pytest.param(Counts(pages=4, of=4), Counts(pages=0, of=4), False, id="too few to be sure"),
        pytest.param(Counts(pages=100, of=100), Counts(pages=60, of=100), False, id="still more than half"),
        pytest.param(Counts(pages=100, of=100), Counts(pages=40, of=100), True, id="less than half"),
        pytest.param(Counts(pages=6, of=100), Counts(pages=1, of=100), False, id="may be chance"),
        pytest.param(Counts(pages=60, of=1000), Counts(pages=10, of=1000), True, id="seldom, and less still"),
        pytest.param(Counts(pages=0, of=100), Counts(pages=0, of=100), False, id="never"),
        pytest.param(Counts(pages=9, of=9), Counts(pages=0, of=0), False, id="no page to tell by"),
    ],
)
def test_a_rule_broke_down_when_it_cannot_be_chance(then: Counts, now: Counts, broken: bool) -> None:
    assert broke_down(then, now) is broken


def test_the_command_stores_and_compares(home: Path) -> None:
    stored = CliRunner().invoke(rules_app, ["stats", "pages", "--rules", "my-rules", "--save", "then.json"])
    assert stored.exit_code == 0
    assert "5 pages, 2 rules in force: 1 never fire, 0 broke down" in stored.stdout
    assert json.loads(Path("then.json").read_text())["rules"]["bell.example/bell-box"] == {
        "hits": 5,
        "characters": 5 * len("Ring the bell for news\n"),
        "pages": 5,
        "of": 5,
    }
    corpus("redesigned", "nnnnnn")
    call = ["stats", "redesigned", "--rules", "my-rules", "--baseline", "then.json"]
    compared = CliRunner().invoke(rules_app, call)
    assert compared.exit_code == 1
    line = compared.stdout.splitlines()[1].split()
    assert line == ["bell.example/bell-box", "0", "0", "0", "6", "0%", "100%", "broke-down"]
    (box, _) = map(json.loads, CliRunner().invoke(rules_app, [*call, "--json"]).stdout.splitlines())
    assert (box["state"], box["rate"], box["rate_before"]) == ("broke-down", 0.0, 1.0)


def test_counts_that_cannot_be_stored_are_no_wrong_usage(home: Path) -> None:
    call = ["stats", "pages", "--rules", "my-rules", "--save", "nowhere/then.json"]
    stored = CliRunner().invoke(rules_app, call)
    assert stored.exit_code == 1
    assert "5 pages, 2 rules in force" in stored.stdout
    assert "nowhere/then.json: cannot be written (No such file or directory); make its folder" in stored.stderr


def test_a_plot_has_a_bar_for_each_rule(home: Path) -> None:
    pytest.importorskip("plotext")
    drawn = CliRunner().invoke(rules_app, ["stats", "pages", "--rules", "my-rules", "--plot"])
    assert drawn.exit_code == 0
    assert any(
        line.startswith("bell.example/bell-box") and line.endswith("100.00") for line in drawn.stdout.splitlines()
    )


@pytest.mark.parametrize("text", ["", "{}", '{"format":1,"pages":"x","rules":{}}', '{"format":9,"pages":1,"rules":{}}'])
def test_what_is_no_baseline_is_refused(text: str, home: Path) -> None:
    Path("then.json").write_text(text)
    with pytest.raises(OptionError, match="--save"):
        stats.load_baseline("then.json")
    outcome = CliRunner().invoke(rules_app, ["stats", "pages", "--baseline", "then.json"])
    assert (outcome.exit_code, outcome.stdout) == (2, "")


def test_a_baseline_is_read_as_it_was_stored(home: Path) -> None:
    found = measure(["pages"], ["my-rules"])
    Path("then.json").write_bytes(stats.baseline_json(found))
    assert stats.load_baseline("then.json") == found.baseline()
    assert isinstance(found.baseline(), Baseline)


@pytest.mark.parametrize("place", ["nowhere", "my-rules"])
def test_a_corpus_without_pages_is_refused(place: str, home: Path) -> None:
    with pytest.raises(OptionError, match=place):
        measure([place], [])


def test_a_page_that_cannot_be_read_leaves_the_others_alone(home: Path) -> None:
    Path("pages/bell.example/0.txt").write_bytes(bytes(range(256)) * 40)
    outcome = CliRunner().invoke(rules_app, ["stats", "pages", "--rules", "my-rules"])
    assert outcome.exit_code == 1
    assert "pages/bell.example/0.txt: " in outcome.stderr
    assert outcome.stdout.splitlines()[-1].startswith("4 pages")


def test_a_record_that_is_nested_too_deeply_leaves_the_others_alone(home: Path) -> None:
    deep = b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    Path("pages/deep.jsonl").write_bytes(deep + b'\n{"text": "A line."}\n')
    found = measure(["pages"], [])
    assert list(found.problems) == ["pages/deep.jsonl:1: the line is nested too deeply; flatten its fields"]


SELECTORS = """source = "horn.example"

[html]
body = [".story", ".tale"]
drop = [{ select = ".box", id = "horn-box", category = "newsletter" }, ".share"]
keep = [".map"]
"""
PAGE = """<html><body><nav><a href="/">Home</a></nav><div class="story"><p>The fire began in the loft of the mill, and
by noon it had taken the roof.</p><div class="box">Ring the bell for news</div><p>Nobody was hurt, and the miller
slept.</p></div><footer>All bells reserved</footer></body></html>"""


def test_what_selectors_remove_is_counted(home: Path) -> None:
    Path("my-rules/horn.example.toml").write_text(SELECTORS, "utf-8")
    Path("html/horn.example").mkdir(parents=True)
    for number in range(2):
        Path(f"html/horn.example/{number}.html").write_text(PAGE, "utf-8")
    Path("html/horn.example/2.txt").write_text(STORY.format(2), "utf-8")
    counted = rows(measure(["html"], ["my-rules"]))
    assert {name: (pages, of, state) for name, (_, _, pages, of, state) in counted.items()} == {
        "horn.example/horn-box": (2, 2, "fires"),
        "horn.example/html: an element to drop, .share": (0, 2, "never-fires"),
        "horn.example/html: outside the body, .story": (2, 2, "fires"),
        "horn.example/html: outside the body, .tale": (0, 2, "never-fires"),
    }


def test_a_family_that_a_page_shows_in_its_markup_is_in_force(home: Path) -> None:
    Path("my-rules/families").mkdir()
    mark = 'family = "horns"\n[fingerprint]\nhtml = [\'^meta generator=Horn\']\n[html]\ndrop = [".box"]\n'
    Path("my-rules/families/horns.toml").write_text(mark, "utf-8")
    head = '<head><meta name="generator" content="Horn 2"></head>'
    Path("page.html").write_text(PAGE.replace("<body>", f"{head}<body>"), "utf-8")
    counted = rows(measure(["page.html"], ["my-rules"]))
    assert counted["families/horns/html: an element to drop, .box"][2:] == (1, 1, "fires")
