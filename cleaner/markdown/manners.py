"""How Markdown is written where markdownify, which writes it, leaves it to others: what of a text would be taken for a
mark is escaped and nothing else, emphasis ends where readers of Markdown can see it, code keeps its fence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from typing import Any
from unicodedata import category

LANGUAGE = "data-language"
"""The attribute in which a `pre` tells the language of its code."""

FENCE = 3
"""Backticks of the shortest fence."""

_MARK = re.compile(
    r"(?<![^\W_])_|_(?![^\W_])"  # inside a word it means nothing
    r"|(?<!\s)\*|\*(?!\s)"
    r"|`|~~|\\(?=[!-/:-@\[-`{-~])|<(?=[A-Za-z/!?])|&(?=#?\w{2,31};)|(?<=\])\("
)
_FIRST = re.compile(r"^(\s*)(#{1,6}(?=\s)|>|\+(?=\s)|(?:-+|=+)(?=\s*$))|^(\s*\d{3,9})([.)](?=\s))")
_CLOSING = re.compile(r"(^|\s)(#+)$")
_TICKS = re.compile("`+")
_MARKUP = frozenset("[])*_`\\!<>~&")
INLINE = frozenset(["a", "b", "code", "del", "em", "i", "kbd", "s", "samp", "strong"])
"""Elements that stand inside a line."""


def _emphasis(mark: str) -> Callable[..., str]:
    """What writes an element between two marks. Punctuation at its edge that stands against a word goes outside, as no
    reader would take for one a mark between the two."""

    def convert(_: Any, element: Any, text: str, parent_tags: Container[str]) -> str:
        before, inner, after = _bare(text)
        if "_noformat" in parent_tags or not inner:
            return text
        head = 0 if before else _outside(inner, _beside(element, "previous_sibling"))
        tail = 0 if after else _outside(inner[::-1], _beside(element, "next_sibling"))
        end = len(inner) - max(tail, 0)
        if min(head, tail) < 0 or head >= end:
            return f"{before}{inner}{after}"
        return f"{before}{inner[:head]}{mark}{inner[head:end]}{mark}{inner[end:]}{after}"

    return convert


def _bare(text: str) -> tuple[str, str, str]:
    """A text without the blanks at its ends, and these; one that does not break is as good as any other.

    >>> _bare("\u202fRain fell. ")
    ('\u202f', 'Rain fell.', ' ')
    """
    inner = text.strip()
    start = text.find(inner)
    return text[:start], inner, text[start + len(inner) :]


def _outside(text: str, beside: str) -> int:
    """How many characters at the beginning of a text go outside its marks; -1 where no mark can stand there.

    >>> _outside("Rain", "a"), _outside("“Rain”", " "), _outside("“Rain”", "a"), _outside("[Rain](/a)", "a")
    (0, 0, 1, -1)
    """
    core = text.lstrip("*")
    if not beside or beside.isspace() or _is_punctuation(beside) or not core or core[0].isalnum():
        return 0
    count = next((at for at, sign in enumerate(text) if sign.isalnum() or sign in _MARKUP), len(text))
    return count or -1


def _is_punctuation(character: str) -> bool:
    return not character.isalnum() and (character.isascii() or category(character).startswith("P"))


def _beside(element: Any, side: str) -> str:
    """The character that stands beside an element on one side; empty where its line begins or ends."""
    while True:
        sibling = getattr(element, side)
        if sibling is None:
            element = element.parent
            if element is None or element.name not in INLINE:
                return ""
            continue
        if sibling.name is not None and sibling.name not in INLINE:
            return ""
        text = str(sibling if sibling.name is None else sibling.get_text())
        if text:
            return text[-1] if side == "previous_sibling" else text[0]
        element = sibling


class Manners:
    """What a `MarkdownConverter` is mixed with. The names are those of markdownify."""

    convert_b = convert_strong = _emphasis("**")
    convert_em = convert_i = _emphasis("*")
    convert_del = convert_s = _emphasis("~~")

    def escape(self, text: str, parent_tags: Container[str]) -> str:  # noqa: ARG002
        """A text in which nothing reads as a mark."""
        return _MARK.sub(r"\\\g<0>", text)

    def process_text(self, el: Any, parent_tags: Container[str] | None = None) -> str:
        """A text; where it begins a line, what would make a heading or a list of it is escaped."""
        text = str(super().process_text(el, parent_tags))  # type: ignore[misc]
        if "_noformat" in (parent_tags or ()) or _beside(el, "previous_sibling"):
            return text
        return _FIRST.sub(lambda found: f"{found[1] or found[3] or ''}\\{found[2] or found[4]}", text, count=1)

    def convert_hN(self, n: int, el: Any, text: str, parent_tags: Container[str]) -> str:  # noqa: N802
        """A heading; signs at its end that would be taken for its end mark are escaped."""
        return str(super().convert_hN(n, el, _CLOSING.sub(r"\1\\\2", text.strip()), parent_tags))  # type: ignore[misc]

    def convert_a(self, el: Any, text: str, parent_tags: Container[str]) -> str:
        """A link; the blanks at its ends stand outside."""
        before, inner, after = _bare(text)
        return f"{before}{super().convert_a(el, inner, parent_tags)}{after}" if inner else text  # type: ignore[misc]

    def convert_td(self, el: Any, text: str, parent_tags: Container[str]) -> str:
        """A cell; bars inside it are escaped."""
        return str(super().convert_td(el, " ".join(text.split()).replace("|", "\\|"), parent_tags))  # type: ignore[misc]

    convert_th = convert_td

    def convert_dd(self, el: Any, text: str, parent_tags: Container[str]) -> str:
        """What a term means, on lines of its own."""
        return "\n" + str(super().convert_dd(el, text, parent_tags))  # type: ignore[misc]

    def convert_pre(self, el: Any, text: str, parent_tags: Container[str]) -> str:  # noqa: ARG002
        """Code between fences that are longer than any in it."""
        code = text.strip("\n")
        fence = "`" * max([FENCE, *(len(run) + 1 for run in _TICKS.findall(code))])
        return f"\n\n{fence}{el.get(LANGUAGE, '')}\n{code}\n{fence}\n\n" if code else ""
