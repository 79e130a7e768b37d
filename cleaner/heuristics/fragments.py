"""Lines that are pieces of one sentence.

Why: some dumps put every link of a paragraph on a line of its own ("said in a", "statement", ", adding"), others wrap
lines at a width; the pieces look like menu entries, the sentence does not.
Spares: a heading above a sentence, which starts in capitals; a prompt in small letters; menus in small letters, which
have no long entry and no full stop.
Known mistakes: pieces in scripts without case are not joined.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.document import Span
from cleaner.heuristics.evidence import evidence

# What a piece in the middle of a sentence may start with, beside a small letter.
CONTINUING = ",.;:)!?%”’…"
STOPS = ".!?:…。！？：;|"
LONGEST_BRIDGE = 60  # characters of a name that stands as a link between two pieces
LEAST_PIECE = 4  # words of the longest piece of a sentence
LEAST_SENTENCE = 6  # words in all


def sentences(blocks: Sequence[str]) -> list[Span]:
    """The blocks in runs: most alone, pieces of a sentence together.

    >>> sentences(["Oldport", "She said in a", "Harbour Times", ", adding that it rained.", "More"])
    [Span(start=0, end=1), Span(start=1, end=4), Span(start=4, end=5)]
    """
    joins = _joins(blocks)
    spans: list[Span] = []
    start = 0
    for index in range(1, len(blocks) + 1):
        if index == len(blocks) or not joins[index]:
            run = Span(start, index)
            whole = index - start == 1 or _is_sentence(blocks[start:index])
            spans.extend([run] if whole else (Span(piece, piece + 1) for piece in range(start, index)))
            start = index
    return spans


def _joins(blocks: Sequence[str]) -> list[bool]:
    """For each block whether it continues the sentence of the block before it."""
    continuing = [block[0] in CONTINUING or (block[0].islower() and not _is_prompt(block)) for block in blocks]
    opening = [block[-1] not in STOPS for block in blocks]
    joins = [False] * len(blocks)
    for index in range(1, len(blocks)):
        if not opening[index - 1]:
            continue
        if continuing[index]:
            joins[index] = True
        elif index + 1 < len(blocks) and continuing[index + 1] and opening[index]:
            last = blocks[index - 1][-1]
            joins[index] = (last.islower() or last in ",(“") and len(blocks[index]) <= LONGEST_BRIDGE
    return joins


def _is_prompt(block: str) -> bool:
    """Whether a short block in small letters is a prompt such as "read more"."""
    if len(block) > LONGEST_BRIDGE or " " not in block:
        return False
    prompt = evidence(block)
    return prompt is not None and prompt.strong


def _is_sentence(pieces: Sequence[str]) -> bool:
    counts = [len(piece.split()) for piece in pieces]
    return sum(counts) >= LEAST_SENTENCE and (max(counts) >= LEAST_PIECE or pieces[-1][-1] in ".!?")
