"""The wheel and the sdist: what is in them, and that the wheel finds its rules wherever it is imported from."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytest.importorskip("build", reason="the build frontend is not installed")
pytest.importorskip("hatchling", reason="the build backend is not installed")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    call = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder)]
    result = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (path,) = built.glob("cleaner-*.whl")
    return path


def data_files(folder: str) -> set[str]:
    """The committed files below a folder of this checkout, by their paths in it."""
    top = ROOT / folder
    skipped = {"__pycache__"}
    return {
        path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file() and not skipped & set(path.parts)
    }


def test_the_wheel_holds_the_package_the_rules_and_the_marker(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"cleaner/{name}" for name in data_files("cleaner")} <= names
    assert {f"cleaner/_rules/{name}" for name in data_files("rules")} <= names
    assert "cleaner/py.typed" in names
    assert any(name.endswith(".toml") for name in names)
    assert [
        name for name in names if name.split("/")[0] not in {"cleaner", wheel.name.split("-py3")[0] + ".dist-info"}
    ] == []


def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < 2_000_000
    models = [file for file in zipfile.ZipFile(wheel).infolist() if file.filename.startswith("cleaner/heuristics/")]
    assert sum(file.compress_size for file in models if file.filename.endswith((".json", ".tsv"))) < 1_000_000


def test_the_sdist_holds_what_the_tests_need(built: Path) -> None:
    (path,) = built.glob("cleaner-*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".ci/run"} <= names
    for folder in ("cleaner", "rules", "fixtures", "tests", "docs"):
        assert {f"{folder}/{name}" for name in data_files(folder)} <= names


PROBE = """
import cleaner, sys
from cleaner.__main__ import main
print(cleaner.__file__, file=sys.stderr)
main()
"""


@pytest.mark.parametrize("form", ["zip", "unpacked", "checkout"])
def test_shipped_rules_are_found(wheel: Path, form: str, tmp_path: Path) -> None:
    where = {"zip": wheel, "unpacked": tmp_path / "site", "checkout": ROOT}[form]
    if form == "unpacked":
        zipfile.ZipFile(wheel).extractall(where)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    sample = ROOT / "fixtures" / "responsiblestatecraft.org" / "new-template.txt"
    result = subprocess.run(
        [sys.executable, "-c", PROBE, "--strict", "--explain", str(sample)],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(where)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stderr.startswith(str(where))
    assert "source: responsiblestatecraft.org" in result.stdout.splitlines()[-1]
