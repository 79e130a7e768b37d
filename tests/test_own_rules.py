"""The user's own rules: where they are looked for, which goes first, and the index that makes many of them cheap."""

from __future__ import annotations

import json
import os
from pathlib import Path

import platformdirs
import pytest
from typer.testing import CliRunner

from cleaner import Cleaner
from cleaner.cli import clean_app
from cleaner.document import Document
from cleaner.rules_cli import rules_app
from cleaner.sources import folders, index
from cleaner.sources.fingerprints import Fingerprints, opening
from cleaner.sources.lines import Lines
from cleaner.sources.listing import own_folders
from cleaner.sources.marks import Mark
from cleaner.userfolders import cache_folder, config_folder

RULE = """source = "{source}"

[fingerprint]
lines = ['^The Daily {word}$']

[[drop]]
id = "{word}-box"
category = "newsletter"
line = '^Ring the {word} for news$'
why = "A box."
hits = ["Ring the {word} for news"]
spares = ["Ring the {word}."]
"""
STORY = "The fire began in the loft of the mill, and by noon it had taken the roof.\n\nNobody was hurt.\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text(f"{STORY}\nRing the bell for news\n\nRing the horn for news\n", "utf-8")
    return tmp_path


def rules(folder: Path | str, word: str, source: str = "bell.example") -> str:
    file = Path(folder) / f"{source}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(RULE.format(word=word, source=source), "utf-8")
    return str(folder)


def explained(*options: str) -> str:
    outcome = CliRunner().invoke(clean_app, ["--explain", "--source", "bell.example", *options, "page.txt"])
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def test_the_config_folder_is_looked_at(home: Path) -> None:
    assert own_folders() == []
    rules(home / "config/clean/rules", "bell")
    assert "bell.example/bell-box" in explained()
    assert "bell.example" in CliRunner().invoke(rules_app, ["list"]).stdout


def test_each_place_goes_before_the_one_that_is_farther_away(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules(home / "config/clean/rules", "bell")
    monkeypatch.setenv("CLEAN_RULES", os.pathsep.join([rules("one", "gong"), rules("two", "horn")]))
    said = explained()
    assert "bell.example/horn-box" in said
    assert "bell-box" not in said
    assert "bell.example/bell-box" in explained("--rules", rules("three", "horn"), "--rules", rules("four", "bell"))


def test_no_rules_leaves_all_aside_that_was_not_asked_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules(home / "config/clean/rules", "bell", "bell.example")
    monkeypatch.setenv("CLEAN_RULES", rules("one", "horn"))
    outcome = CliRunner().invoke(clean_app, ["--no-rules", "page.txt"])
    assert "Ring the bell for news" in outcome.stdout
    assert "bell.example/gong-box" not in explained("--no-rules", "--rules", rules("two", "gong"))


def test_a_missing_folder_in_the_variable_is_wrong_usage(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEAN_RULES", "nowhere")
    outcome = CliRunner().invoke(clean_app, ["page.txt"])
    assert outcome.exit_code == 2
    assert "CLEAN_RULES names 'nowhere'" in outcome.stderr


def test_the_library_asks_for_no_folders_of_the_user(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEAN_RULES", rules("one", "bell"))
    assert Cleaner().clean("The Daily bell\n\n" + Path("page.txt").read_text()).count("Ring the bell") == 1


@pytest.mark.parametrize("value", ["/somewhere/else", " ", None])
def test_the_folders_are_those_of_platformdirs(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        if value is None:
            monkeypatch.delenv(variable)
        else:
            monkeypatch.setenv(variable, value)
    assert config_folder() == platformdirs.user_config_path("clean", appauthor=False)
    assert cache_folder() == platformdirs.user_cache_path("clean", appauthor=False)


# The index

MANY = 30


@pytest.fixture
def many(home: Path) -> Path:
    for number in range(MANY):
        rules("many", f"bell{number}", f"bell{number}.example")
    return Path("many")


def located(many: Path, number: int) -> str | None:
    return Cleaner([many]).explain(f"The Daily bell{number}\n\n{STORY}").source


def files_of_the_cache(home: Path) -> list[Path]:
    return list((home / "cache/clean").glob("rules-*"))


def test_a_second_start_opens_no_file_but_the_one_it_needs(
    home: Path, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert located(many, 7) == "bell7.example"
    opened: list[str] = []
    text = folders.Folder._text
    monkeypatch.setattr(folders.Folder, "_text", lambda self, name: opened.append(name) or text(self, name))
    assert located(many, 9) == "bell9.example"
    assert set(opened) == {"bell9.example"}
    assert len(files_of_the_cache(home)) == 1


def test_a_changed_a_new_and_a_removed_file_are_noticed(home: Path, many: Path) -> None:
    assert located(many, 7) == "bell7.example"
    rules("many", "gong", "bell7.example")
    rules("many", "bell77", "bell77.example")
    (many / "bell8.example.toml").unlink()
    assert located(many, 7) is None
    assert located(many, 77) == "bell77.example"
    assert located(many, 8) is None
    assert Cleaner([many]).explain(f"The Daily gong\n\n{STORY}").source == "bell7.example"


def test_a_file_that_becomes_wrong_is_a_problem(home: Path, many: Path) -> None:
    assert Cleaner([many]).rule_problems == ()
    assert Cleaner([many]).rule_problems == ()
    file = many / "bell7.example.toml"
    file.write_text(file.read_text().replace("why", "because"), "utf-8")
    assert [len(Cleaner([many]).rule_problems) for _ in range(2)] == [1, 1]


def test_a_family_that_changes_has_its_heirs_checked_again(home: Path, many: Path) -> None:
    rules("many/families", "bells", "bells")
    family = Path("many/families/bells.toml")
    family.write_text(family.read_text().replace('source = "bells"', 'family = "bells"'), "utf-8")
    heir = many / "bell7.example.toml"
    heir.write_text(heir.read_text().replace("\n\n[f", '\nextends = ["bells"]\ndisable = ["bells-box"]\n\n[f'), "utf-8")
    assert [Cleaner([many]).rule_problems for _ in range(2)] == [(), ()]
    family.write_text(family.read_text().replace('id = "bells-box"', 'id = "bells-boxes"'), "utf-8")
    (problem,) = Cleaner([many]).rule_problems
    assert "bells-box" in str(problem)


@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_an_index_that_others_can_write_is_not_believed(mode: int, home: Path, many: Path) -> None:
    located(many, 7)
    (file,) = files_of_the_cache(home)
    file.write_text(file.read_text().replace("The Daily bell7$", "The Nightly bell7$"), "utf-8")
    assert located(many, 7) is None  # believed: the text is not as the index says
    file.chmod(mode)
    assert located(many, 7) == "bell7.example"


def test_an_index_in_a_folder_that_others_can_write_is_not_believed(home: Path, many: Path) -> None:
    located(many, 7)
    (file,) = files_of_the_cache(home)
    file.write_text(file.read_text().replace("The Daily bell7$", "The Nightly bell7$"), "utf-8")
    file.parent.chmod(0o777)
    assert located(many, 7) == "bell7.example"


def test_an_index_that_is_a_link_is_not_believed(home: Path, many: Path) -> None:
    located(many, 7)
    (file,) = files_of_the_cache(home)
    file.rename(home / "elsewhere.json")
    file.symlink_to(home / "elsewhere.json")
    assert index.load(many.absolute()) == index.EMPTY


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"format":1}', '{"format":1,"folder":"F","sound":"","files":{"a":[1,2]}}']
)
def test_a_damaged_index_is_made_anew(text: str, home: Path, many: Path) -> None:
    located(many, 7)
    (file,) = files_of_the_cache(home)
    file.write_text(text.replace('"F"', json.dumps(str(many.absolute()))), "utf-8")
    assert index.load(many.absolute()) == index.EMPTY
    assert located(many, 7) == "bell7.example"
    assert len(index.load(many.absolute()).marks) == MANY


def test_a_cache_that_cannot_be_written_changes_nothing(home: Path, many: Path) -> None:
    (home / "cache").write_text("a file", "utf-8")
    assert [located(many, 7), located(many, 7)] == ["bell7.example"] * 2


def test_few_files_leave_no_cache(home: Path) -> None:
    Cleaner([rules("few", "bell")]).clean(STORY)
    assert files_of_the_cache(home) == []


# Fingerprints by their opening


@pytest.mark.parametrize(
    ("pattern", "start"),
    [
        ("^News of A$", b"News of A"),
        ("^Newt?$", None),
        ("^Newt*", None),
        ("^Newt+", b"Newt"),
        ("^Newts{2}", b"Newt"),
        ("^Newt{2}", None),
        (r"^A\.B\. ", b"A.B. "),
        (r"^News\b", b"News"),
        (r"^New\d", None),
        ("^New(?:s|t)", None),
        ("^News(?:s|t)|x", None),
        ("^News[|]x", b"News"),
        ("^News[]|]x", b"News"),
        ("^News[^]|]x", b"News"),
        (r"^News\|x", b"News|x"),
        ("News", None),
        ("^日本語", "日本語".encode()),
    ],
)
def test_the_opening_of_a_pattern(pattern: str, start: bytes | None) -> None:
    assert opening(pattern) == start


def test_patterns_with_and_without_an_opening_count_together() -> None:
    marks = [Mark("a", ("^News of A$", "of A$", "(?i)^NEWS"), 3), Mark("b", ("^News of B$",)), Mark("c", ("^Newt",))]
    found = Fingerprints(marks, print)
    assert found.matching(Lines(Document.from_text("x\nNews of A\n"))) == ["a"]
    assert found.matching(Lines(Document.from_text("News of B\nNewts\nNews of Ab"))) == ["b", "c"]


@pytest.mark.parametrize("wrong", ["^News(", "(", "^News[a"])
def test_a_pattern_that_does_not_compile_is_told_and_taken_out(wrong: str) -> None:
    told: list[Mark] = []
    marks = [Mark("a", (wrong,)), Mark("b", ("^News of B$",))]
    found = Fingerprints(marks, told.append)
    assert found.matching(Lines(Document.from_text("News of B"))) == ["b"]
    assert told == [marks[0]]
