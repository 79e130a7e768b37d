"""Where the lines of a text stand, and what of each is left without the white space around it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    _Numbers = npt.NDArray[Any]

STRETCH = 1 << 16
"""Characters whose lines are looked at at once, with the rest of the last: more would take memory."""
OTHER_BREAKS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""What parts lines as the line feed does; seldom one of them stands in a text."""
SPACES = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""All white space, written out: to ask each character takes a start three milliseconds."""


class Lines(NamedTuple):
    """Offsets: where each line ends, its break included, and where those that are not blank start and end."""

    breaks: array[int]
    starts: array[int]
    ends: array[int]


def lines_of(text: str) -> Lines:
    """The lines of a text, as `str.splitlines` parts them.

    >>> [each.tolist() for each in lines_of("One.\\r\\n\\r\\n  Two. \\n")]
    [[6, 8, 16], [0, 10], [4, 14]]
    """
    lines = Lines(*(offsets_of(text) for _ in Lines._fields))
    for top, stretch in _stretches(text):
        codes = codes_of(stretch)
        breaks = _ends_of_lines(stretch, codes)
        for offsets, found in zip(lines, (breaks, *_bare(stretch, codes, breaks)), strict=True):
            offsets.frombytes((found + top).astype(f"i{offsets.itemsize}").tobytes())
    return lines


def offsets_of(text: str) -> array[int]:
    """An empty array for offsets into a text, of four bytes each while that is enough."""
    return array("i" if len(text) < 1 << 31 else "q")


def codes_of(text: str) -> npt.NDArray[np.unsignedinteger[Any]]:
    """The characters of a text as numbers, in as few bytes as the highest takes."""
    import numpy as np  # a start that cleans nothing need not load it

    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    short = text.encode("utf-16-le", "surrogatepass")
    if len(short) == 2 * len(text):
        return np.frombuffer(short, np.uint16)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    """The text in parts that end with a line feed, each with its offset."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + STRETCH) + 1 or len(text)
        yield start, text[start:end]
        start = end


def _ends_of_lines(text: str, codes: _Numbers) -> _Numbers:
    """Where the lines of a text end, their breaks included."""
    import numpy as np

    if any(mark in text for mark in OTHER_BREAKS):
        return np.fromiter(accumulate(map(len, text.splitlines(keepends=True))), np.int64)
    fed = np.flatnonzero(codes == ord("\n")) + 1
    return fed if text.endswith("\n") else np.append(fed, len(text))


def _bare(text: str, codes: _Numbers, breaks: _Numbers) -> tuple[_Numbers, _Numbers]:
    """Where the lines start and end that are not blank, given where each ends with its break."""
    import numpy as np

    starts, ends = np.concatenate(([0], breaks[:-1])), breaks - (codes[breaks - 1] == ord("\n"))
    if "\r" in text:  # most often each line ends in both
        ends -= (ends > starts) & (codes[ends - 1] == ord("\r"))
    some = ends > starts
    starts, ends, spaces = starts[some], ends[some], _spaces()
    padded = np.flatnonzero(spaces.take(codes[starts], mode="clip") | spaces.take(codes[ends - 1], mode="clip"))
    if not len(padded):
        return starts, ends
    for line, start, end in zip(padded.tolist(), starts[padded].tolist(), ends[padded].tolist(), strict=True):
        bare = text[start:end].lstrip()
        starts[line], ends[line] = end - len(bare), end - len(bare) + len(bare.rstrip())
    full = starts < ends
    return starts[full], ends[full]


@cache
def _spaces() -> npt.NDArray[np.bool_]:
    """Whether a character is white space, for each up to the highest that is, and one more."""
    import numpy as np

    result = np.zeros(ord(SPACES[-1]) + 2, np.bool_)
    result[[ord(space) for space in SPACES]] = True
    return result
