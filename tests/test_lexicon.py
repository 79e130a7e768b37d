"""The phrase files: that they are as their heads and the loader say, and that they are found in a zip as well."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import cleaner
from cleaner.heuristics.prompts import lexicon

PACKAGE = Path(cleaner.__file__).parent
FILES = PACKAGE / "heuristics" / "prompts" / "lexicon"
# The languages that a kind must have; others may be missing where nothing is known of them.
CORE = {"ar", "cs", "da", "de", "en", "es", "fr", "it", "ja", "ko", "nb", "nl", "pl", "pt", "ru", "sv", "tr", "zh"}

SECTIONS = [
    pytest.param(kind, language, group, id=f"{kind}-{language}")
    for kind in lexicon.kinds()
    for language, group in lexicon.by_language(kind).items()
]


@pytest.mark.parametrize(("kind", "language", "group"), SECTIONS)
def test_a_section_is_sorted_and_folded_and_names_each_phrase_once(
    kind: str, language: str, group: frozenset[str]
) -> None:
    assert group, f"{kind}.txt, [{language}]: empty"
    assert list(group) == sorted(set(group))
    assert [phrase for phrase in group if phrase != lexicon.fold(phrase)] == []


@pytest.mark.parametrize("kind", lexicon.kinds())
def test_a_kind_has_the_core_languages(kind: str) -> None:
    assert set(lexicon.by_language(kind)) >= CORE


@pytest.mark.parametrize("kind", lexicon.kinds())
def test_a_file_is_a_head_and_sections_parted_by_one_blank_line(kind: str) -> None:
    text = (FILES / f"{kind}.txt").read_text(encoding="utf-8")
    head, *sections = text.removesuffix("\n").split("\n\n")
    assert all(line.startswith("# ") for line in head.split("\n"))
    headers = [section.split("\n")[0] for section in sections]
    assert headers == [f"[{language}]" for language in lexicon.by_language(kind)], "a language stands twice"
    phrases = [line for section in sections for line in section.split("\n")[1:]]
    assert [line for line in phrases if not line or line.startswith("# ") or line in headers] == []


def test_the_kinds_are_the_files() -> None:
    assert list(lexicon.kinds()) == sorted(path.stem for path in FILES.glob("*.txt"))


def test_all_phrases_of_a_kind_are_sorted_and_stand_once() -> None:
    tags = lexicon.phrases("tags")
    assert list(tags) == sorted(set(tags))
    assert {"tags", "schlagwörter", "ключевые слова", "文章标签", "文章標籤"} <= set(tags)


@pytest.mark.parametrize(
    ("line", "folded"),
    [
        ("READ  MORE", "read more"),
        ("\tL’article\u00a0continue ", "l'article continue"),
        ("Groß\u00adstadt", "großstadt"),
        ("İLGİLİ HABERLER", "ilgili haberler"),
        ("ЧИТАЙТЕ ТАКЖЕ", "читайте также"),
        ("関連記事", "関連記事"),
        ("", ""),
    ],
)
def test_fold(line: str, folded: str) -> None:
    assert lexicon.fold(line) == folded


@pytest.mark.parametrize("read", [lexicon.phrases, lexicon.by_language])
def test_an_unknown_kind_is_refused_by_name_with_those_to_choose_from(read: Callable[[str], object]) -> None:
    with pytest.raises(ValueError, match=r"'newsleter' is no kind of phrase; use one of: advertisement, .*newsletter"):
        read("newsleter")


def test_the_groups_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        lexicon.by_language("tags")["en"] = ()  # type: ignore[index]


def test_the_files_are_read_from_a_zip(tmp_path: Path) -> None:
    archive = tmp_path / "cleaner.zip"
    wanted = [*PACKAGE.rglob("*.py"), *FILES.iterdir()]
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted({path for path in wanted if path.is_file()}):
            packed.write(path, path.relative_to(PACKAGE.parent).as_posix())
    program = (
        "from cleaner.heuristics.prompts import lexicon\n"
        "assert '.zip' in lexicon.__file__, lexicon.__file__\n"
        "print(*(len(lexicon.phrases(kind)) for kind in lexicon.kinds()))\n"
    )
    call = [sys.executable, "-c", program]
    result = subprocess.run(
        call, cwd=tmp_path, env={"PYTHONPATH": str(archive)}, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.split() == [str(len(lexicon.phrases(kind))) for kind in lexicon.kinds()]
