"""The texts of a batch, one behind the other, of which no one copy is made before somebody asks for all of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate


class Texts:
    """Texts, each with a line feed behind it. `tops` says where each begins, `size` how many characters all have.

    >>> texts = Texts(["One.", "Two."])
    >>> texts.tops, texts.size, texts.joined(), texts.part(5, 8)
    ([0, 5], 10, 'One.\\nTwo.\\n', 'Two')
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        *self.tops, self.size = accumulate((len(text) + 1 for text in texts), initial=0)

    def joined(self) -> str:
        """All of them."""
        return "\n".join([*self._texts, ""])

    def part(self, start: int, end: int) -> str:
        """What stands between two offsets in one of them."""
        number = bisect_right(self.tops, start) - 1
        top = self.tops[number]
        return self._texts[number][start - top : end - top]
