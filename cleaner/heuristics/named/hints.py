"""Which blocks a named heuristic need look at: cheap tests of a few characters, for all blocks of a batch at once.

A hint is true of every block that its heuristic could say something of, and false of most others. Most see of a block
nothing but the block (`by_itself`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches import columns as c
from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Ints
from cleaner.heuristics.batches.shapes import BULLETS, CLOSERS, SENTENCE_ENDS
from cleaner.heuristics.named.credit_words import TAILS, initials

Hint = Callable[[Batch], Booleans]

CREDIT_HEAD = 40
"""Characters of a block among which the label of a credit ends."""
CREDIT_TAIL = 80
"""Characters that a credit has behind the last full stop of a caption, at most ..."""
CREDIT_LABEL = 8
"""... and those that stand before its label at most, as "Photo" does before "credit:"."""
SHORTEST_PARAGRAPH = 45
"""Characters of a line that counts as a paragraph, if it ends as a sentence does: one spoken sentence is enough."""
LONGEST_HEADLINE = 200
"""Characters of a headline, with room: of 960 titles of gold pages, four are longer."""
SHORTEST_RUNNING = 400
"""Characters of a block that is looked into for what runs in it. The paragraphs of 1,075 gold bodies that have more
lose nothing."""
LONGEST_LONE = 80
"""Characters of an offer of a shop or of a signature."""
HASH_BITS = 14
"""Bits of a hash of three characters."""
DATELINE_HEAD = 60
"""Characters of a block among which the dash of a wire dateline stands."""


def by_itself(hint: Hint) -> Hint:
    """A hint that sees of each block nothing but the block: what it says is found out once, and carried to the other
    batches that hold the block."""

    @wraps(hint)
    def told(b: Batch) -> Booleans:
        if hint.__name__ not in b.flags:
            b.flags[hint.__name__] = hint(b)
        return b.flags[hint.__name__]

    return told


class Beginnings(NamedTuple):
    """How phrases begin: with which three characters, each as one number, in order, and which `_head_hashes` these
    have."""

    hashes: Booleans
    heads: Ints


def beginnings(phrases: Iterable[str]) -> Beginnings:
    """The first three characters of phrases in small letters, each small or large, as `begins` looks for them."""
    heads = {head for phrase in phrases for head in product(*((a, a.upper()) for a in phrase[:3]))}
    codes = np.array([tuple(map(ord, head)) for head in heads], np.int64).T
    hashes = np.zeros(1 << HASH_BITS, np.bool_)
    hashes[_hash(*codes)] = True
    return Beginnings(hashes, np.sort(_number(*codes)))


def _number(first: Ints, second: Ints, third: Ints) -> Ints:
    """Three characters as one number."""
    return np.asarray((first << 42) + (second << 21) + third)


def _hash(first: Ints, second: Ints, third: Ints) -> Ints:
    """Three characters as a number of few bits."""
    return np.asarray(((first * 31 + second) * 31 + third) & ((1 << HASH_BITS) - 1))


_CLOSING, _FINAL = c.character_set(")）]"), c.character_set('.!?”"')
_LABELS, _TAILS = c.character_set(initials()), c.character_set("".join(tail[-1] for tail in TAILS) + ")）]】")
_CAPTIONS = c.character_set("▲△▼▶◀")
_BY = beginnings(("photo by", "image by"))
_BEFORE_CREDIT = np.isin(np.arange(c.CLASSES), (c.STOP, c.QUOTE, c.BRACKET, c.DASH, c.SEPARATOR))
_LAST = c.character_set(CLOSERS + "".join(sorted(SENTENCE_ENDS)))
_SENTENCE_ENDS = c.character_set("".join(sorted(SENTENCE_ENDS)))
_STOP_MARKS, _CLOSED_BY = frozenset(".!?…"), "\"'”’“»)]"  # with which a paragraph ends
_STOPS, _CLOSED = c.character_set("".join(sorted(_STOP_MARKS))), c.character_set(_CLOSED_BY)
_BULLETS = c.character_set("".join(sorted(BULLETS)))


@by_itself
def may_be_credit(b: Batch) -> Booleans:
    """Blocks for `credits.is_credit`: a label at the head, a parenthesis at the end, words behind a sentence or a
    sign of copyright."""
    codes = b.characters.codes
    labelled = _within(b, b.marks(c.COLON), CREDIT_HEAD) & c.held(b.first_codes, _LABELS)
    labelled |= c.held(b.last_codes, _TAILS) | c.held(b.first_codes, _CAPTIONS)
    opening = begins(b, _BY) & (b.length <= CREDIT_TAIL)
    places, kinds = b.every_mark  # a line feed is the last character
    behind_sentence = _BEFORE_CREDIT.take(kinds) & (codes[places + 1] == ord(" "))
    ends = np.concatenate(([-(1 << 31)], places[behind_sentence | (codes[places] == ord("©"))]))
    tail = b.ends - ends[np.searchsorted(ends, b.ends) - 1] - 1
    trailing = (tail > 0) & (tail <= np.minimum(CREDIT_TAIL + CREDIT_LABEL, b.length)) & ~c.held(b.last_codes, _FINAL)
    return np.asarray(trailing | labelled | opening | c.held(b.last_codes, _CLOSING))


@by_itself
def may_have_dateline(b: Batch) -> Booleans:
    """Blocks for `opening.has_dateline`: a dash near the start."""
    return _within(b, b.marks(c.DASH), DATELINE_HEAD)


@by_itself
def may_end_sentence(b: Batch) -> Booleans:
    """Blocks for `Shape.ends`: the end of a sentence, or a mark that may follow it, is their last character."""
    return c.held(b.last_codes, _LAST)


@by_itself
def ends_sentence(b: Batch) -> Booleans:
    """Blocks of which `Shape.ends` is true beyond doubt: the last character is the end of a sentence."""
    return c.held(b.last_codes, _SENTENCE_ENDS)


@by_itself
def may_be_numbered(b: Batch) -> Booleans:
    """Blocks for `series.series_of`: those that begin with a digit."""
    return np.asarray(b.characters.classes[b.starts] == c.DIGIT)


@by_itself
def may_be_bullet(b: Batch) -> Booleans:
    """Blocks for `shapes.is_bullet`."""
    return c.held(b.first_codes, _BULLETS)


@by_itself
def paragraphs(b: Batch) -> Booleans:
    """Blocks that are long enough for a paragraph and end as a sentence does, but for closing marks."""
    last, long = b.last_codes, b.length >= SHORTEST_PARAGRAPH
    result = c.held(last, _STOPS) & long
    for number in np.flatnonzero(c.held(last, _CLOSED) & long).tolist():
        result[number] = b.block(number).rstrip(_CLOSED_BY)[-1:] in _STOP_MARKS
    return np.asarray(result)


def between_paragraphs(b: Batch) -> Booleans:
    """Blocks that are no paragraph and stand between two."""
    return b.once("between-paragraphs", lambda: _between_paragraphs(b))


def _between_paragraphs(b: Batch) -> Booleans:
    inside = b.neighbour(paragraphs(b), -1, 0) & b.neighbour(paragraphs(b), 1, 0)
    return np.asarray(inside & ~paragraphs(b), np.bool_)


@by_itself
def may_be_headline(b: Batch) -> Booleans:
    """Blocks that are not too long for a headline."""
    return np.asarray(b.length <= LONGEST_HEADLINE)


def may_be_inserted(b: Batch) -> Booleans:
    """Blocks for `inserted_headlines`: they may be one, are no paragraph, and stand between two."""
    return np.asarray(between_paragraphs(b) & may_be_headline(b))


@by_itself
def may_run(b: Batch) -> Booleans:
    """Blocks for `running_text`: long ones."""
    return np.asarray(b.length >= SHORTEST_RUNNING)


@by_itself
def may_be_offer(b: Batch) -> Booleans:
    """Blocks for `lone_lines.is_offer`: short ones with the sign of a currency."""
    return _within(b, b.marks(c.CURRENCY), LONGEST_LONE) & (b.length <= LONGEST_LONE)


@by_itself
def may_be_signed(b: Batch) -> Booleans:
    """Blocks for `lone_lines.is_signature`: short ones that begin with a dash."""
    return np.asarray((b.characters.classes[b.starts] == c.DASH) & (b.length <= LONGEST_LONE))


def begins(b: Batch, known: Beginnings) -> Booleans:
    """Blocks that begin with one of the `beginnings`."""
    result = np.asarray(known.hashes.take(b.once("head-hashes", lambda: _head_hashes(b))))
    may = np.flatnonzero(result)
    result[may] = c.among(_number(*(codes.astype(np.int64) for codes in heads(b, b.starts[may]))), known.heads)
    return result


def heads(b: Batch, starts: Ints) -> Iterator[Ints]:
    """The first three characters of the blocks that begin there, as numbers."""
    return (b.characters.codes.take(starts + place, mode="clip") for place in range(3))


def _head_hashes(b: Batch) -> npt.NDArray[np.uint16]:
    """Per block a small number of its first three characters: of most it tells that they begin otherwise."""
    return _hash(*(codes.astype(np.uint32) for codes in heads(b, b.starts))).astype(np.uint16)


def _within(b: Batch, places: Ints, size: int) -> Booleans:
    """Blocks of whose first characters one stands at one of the places."""
    block = np.searchsorted(b.starts, places, side="right") - 1
    near: npt.NDArray[np.bool_] = np.zeros(b.count, np.bool_)
    near[block[(block >= 0) & (places - b.starts[block] < size)]] = True
    return near
