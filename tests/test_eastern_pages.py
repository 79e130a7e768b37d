"""Invented pages in languages of the east and south, as plain text: of each file in `eastern` stays what `+` marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Cleaner

PAGES = sorted(Path(__file__).parent.glob("eastern/*.txt"))


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner(rules=())


@pytest.mark.parametrize("page", [pytest.param(path, id=path.stem) for path in PAGES])
def test_what_stays_of_a_page(cleaner: Cleaner, page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    body = [line.removeprefix("+ ") for line in lines if line.startswith("+ ")]
    assert cleaner.clean("\n\n".join(line.removeprefix("+ ") for line in lines)).strip().split("\n\n") == body
