"""The five documents that the project began with: exactly the expected text, whatever the line endings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import cleaner

FOLDER = Path(__file__).parents[2] / "shared" / "seeds"
NAMES = (
    "responsiblestatecraft-1",
    "responsiblestatecraft-2",
    "washingtonpost",
    "washingtonpost-one-line",
    "washingtonpost-reprint",
)
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="needs ../shared/seeds beside the checkout")


def same(text: str) -> str:
    return text


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def without_blank_lines(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.strip())


def normal(text: str) -> list[str]:
    """The lines without trailing blanks, runs of blank lines as one, none at the ends."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        bare = line.rstrip()
        if bare or lines[-1]:
            lines.append(bare)
    return lines


@pytest.mark.parametrize("shape", [same, crlf, without_blank_lines])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rules", ["default", "none"])
def test_a_seed_comes_out_as_expected(name: str, shape: Callable[[str], str], rules: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    expected = (FOLDER / f"{name}.expected.txt").read_text(encoding="utf-8")
    clean = cleaner.clean if rules == "default" else cleaner.Cleaner(rules=()).clean
    assert normal(clean(shape(text))) == normal(shape(expected))


@pytest.mark.parametrize("name", NAMES)
def test_an_expected_text_is_clean(name: str) -> None:
    expected = (FOLDER / f"{name}.expected.txt").read_text(encoding="utf-8")
    assert cleaner.clean(expected) == expected
