"""Lines wrapped at a width, as mail and plain-text books have them, are judged as the paragraphs they make.

Observations: whoever wraps fills each line, so the first word of the next would not have fitted on it. A line on which
it would have fitted ends a paragraph, or is no prose at all. The width is thus the length of the longest line, and
each line break is a wrap or none. Verse has lines that are not full, dumps with a paragraph a line have longer ones.
Known mistakes: where no blank line parts two paragraphs, and the last line of the first happens to be full, they are
one; lines that somebody wrapped by hand, unevenly, stay lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import sub

import numpy as np

from cleaner.document import Document
from cleaner.heuristics.batches.columns import Ints
from cleaner.heuristics.batches.shapes import SENTENCE_ENDS
from cleaner.heuristics.forms.view import thinned
from cleaner.span import Span

WIDTHS = range(40, 121)
"""Widths at which people wrap, in characters."""
FEWEST_WRAPS = 8
"""Wraps from which there is a width."""
FEW_WRAPS, WIDE = 3, 60
"""Wraps and width from which a short text is wrapped, if each of its lines that another follows is full: of 6,425 dumps
and bodies of the gold none is."""
FULL_SHARE = 0.7
"""Of the line breaks inside sentences, the share that are wraps: nearly all in wrapped text, few in verse."""


def unwrapped(document: Document) -> tuple[Document, Ints] | None:
    """The text with its wraps undone, and where its characters stand; None if it is not wrapped.

    >>> prose = "The ferry left at noon and nobody waved from the long pier of the town. " * 12
    >>> from textwrap import fill
    >>> text = "Menu\\n\\n" + fill(prose, 66) + "\\n\\nShare\\n"
    >>> seen, places = unwrapped(Document.from_text(text))
    >>> len(seen), seen.block(1) == prose.strip()
    (3, True)
    >>> unwrapped(Document.from_text(prose)) is None
    True
    """
    if len(document) <= FEW_WRAPS:
        return None
    sizes = map(sub, document.ends, document.starts)
    if any(size >= WIDTHS.stop and _can_break(document.block(number)) for number, size in enumerate(sizes)):
        return None
    wraps = _wraps(document)
    return thinned(document, *_undone(document, wraps)) if wraps else None


def _wraps(document: Document) -> list[int]:
    """The blocks that go on in the next one; none if this is not how the text is written."""
    starts, ends = document.starts, document.ends
    lines = np.searchsorted(np.array(document.line_ends), np.array(starts), side="right")
    tops = np.concatenate(([0], document.line_ends))[lines]
    reach = (np.array(ends) - tops).tolist()
    width = max((length for number, length in enumerate(reach) if _can_break(document.block(number))), default=0)
    if width not in WIDTHS:
        return []
    adjacent = np.flatnonzero(np.diff(lines) == 1).tolist()
    words = {number: _first_word(document.block(number + 1)) for number in adjacent}
    full = [number for number in adjacent if reach[number] + 1 + len(words[number]) > width]
    inside = {number for number in adjacent if _goes_on(document.text[ends[number] - 1], words[number][0])}
    wraps = inside.intersection(full)
    few = len(full) == len(adjacent) and width >= WIDE
    return full if len(wraps) >= (FEW_WRAPS if few else FEWEST_WRAPS) and len(wraps) >= FULL_SHARE * len(inside) else []


def _can_break(block: str) -> bool:
    """Whether a block has a place where it could be wrapped."""
    return " " in block or _unspaced(block[0])


def _first_word(block: str) -> str:
    """What cannot be parted at the start of a block."""
    return block[0] if _unspaced(block[0]) else block.split(None, 1)[0]


def _goes_on(last: str, first: str) -> bool:
    """Whether a line break between these characters stands inside a sentence; in a script with case that is sure."""
    return first.isalpha() and not first.isupper() and last not in SENTENCE_ENDS


def _undone(document: Document, wraps: Sequence[int]) -> tuple[list[Span], list[int]]:
    """What goes to undo wraps, and where a space takes the place of a line break."""
    text, gone, spaces = document.text, list[Span](), list[int]()
    for number in wraps:
        end, start = document.ends[number], document.starts[number + 1]
        if _unspaced(text[end - 1]) and _unspaced(text[start]):
            gone.append(Span(end, start))
        else:
            spaces.append(end)
            gone.append(Span(end + 1, start))
    return gone, spaces


def _unspaced(character: str) -> bool:
    """Whether a character is of a script without spaces: kana, Han, the full-width marks."""
    return "\u3000" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef"
