"""Lines are where `str.splitlines` parts them, and white space is what `str.isspace` says."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import lines
from cleaner.lines import SPACES, lines_of

MARKS = "ab\n\r\x0b\x1c \t\x85\xa0\u2028\u3000é好\U0001f600\ud800"


def test_the_white_space_is_all_there_is() -> None:
    assert "".join(character for character in map(chr, range(sys.maxunicode + 1)) if character.isspace()) == SPACES


@pytest.mark.parametrize("stretch", [1, 5, lines.STRETCH])
@given(text=st.text(st.sampled_from(MARKS), max_size=40))
def test_lines_stand_where_they_are_parted(stretch: int, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "STRETCH", stretch)
        found = lines_of(text)
    parts = text.splitlines(keepends=True)
    assert found.breaks.tolist() == [len("".join(parts[: number + 1])) for number in range(len(parts))]
    bare = [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]
    assert bare == [part.strip() for part in parts if part.strip()]
