"""Texts that are all body: whatever their shape, they come out as they went in, byte for byte."""

from pathlib import Path

import pytest

import cleaner

FOLDER = Path(__file__).parent.parent / "fixtures" / "negative"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
LEAST_FIXTURES = 30


def text_of(name: str) -> str:
    """The fixture with its own line endings: `read_text` would turn CRLF into LF."""
    return (FOLDER / f"{name}.txt").read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_text_that_is_all_body_stays_as_it_is(name: str) -> None:
    text = text_of(name)
    assert cleaner.clean(text) == text


def test_no_fixture_has_gone_missing() -> None:
    assert len(NAMES) >= LEAST_FIXTURES


def test_the_fixtures_differ_in_their_line_endings() -> None:
    texts = {name: text_of(name) for name in NAMES}
    assert any("\r\n" in text for text in texts.values())
    assert any(" \n" in text for text in texts.values())
    assert any(not text.endswith("\n") for text in texts.values())
    assert any("\n\n\n" in text for text in texts.values())
