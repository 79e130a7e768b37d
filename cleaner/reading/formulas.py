"""Formulas: MathML is read as a part of its sentence, once.

Pages that write formulas for readers hold them twice: as MathML, and as a copy for the eyes alone that is hidden from
readers (KaTeX behind the MathML, MathJax before it). The copy has its letters in the order in which they are painted,
so the MathML is read, unless the copy came first.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping

from cleaner.page_tree import Element
from cleaner.reading.layout import Layout


class Formulas(Layout):
    """The elements of a page as columns, see `Markup`, and which of them show a formula once more: `copies` has the
    numbers that these would have, if they were read."""

    __slots__ = ("copies", "elements", "first", "kinds", "last", "parents")

    def __init__(self) -> None:
        super().__init__()
        self.parents, self.kinds = array("i"), array("i")
        self.first, self.last = array("i"), array("i")
        self.elements: list[Element] = []
        self.copies: list[int] = []

    def _is_shown(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Whether an element of `skipped` is read all the same."""
        if tag != "math":
            return is_shadow(tag, attributes)
        if self._has_copy_above():
            self.copies.append(len(self.parents))
            return False
        return True

    def _is_copy_of_math(self, attributes: Mapping[str, str]) -> bool:
        """Whether an element shows for the eyes alone what the element before it has as a formula, and both are all
        that the element around them holds so far."""
        around = self._around[-1]
        formula = self.parents[self.parents[self._math]] == around and self.first[around] == self.first[self._math]
        return formula and attributes.get("aria-hidden") == "true"

    def _has_copy_above(self) -> bool:
        """The same where the formula comes second: whether a hidden element stands before the one around it."""
        wrapper, around = self._around[-1], self._around[-2]
        above = wrapper - 1
        while above > around and self.parents[above] != around:
            above = self.parents[above]
        whole = above > around >= 0 and self.first[around] == self.first[above] < self.last[above] == len(self.starts)
        return whole and self.elements[self.kinds[above]].hidden


def is_shadow(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element is a template that browsers show in the place of the element around it."""
    return tag == "template" and ("shadowrootmode" in attributes or "shadowroot" in attributes)
