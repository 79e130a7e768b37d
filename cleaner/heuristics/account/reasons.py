"""Why the model judged a block as it did: the three features that weighed most, in words.

A tree's answer is the sum of what each of its questions added: the mean of the leaves still open after the answer,
less the mean before it (the path attribution of A. Saabas, for oblivious trees). Summed over all trees it gives each
feature a weight for the block; neighbours of a feature count with it. What a pass took from the look of the pass
before at the block is shared out among what that saw.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from cleaner.heuristics.batches.bands import negative
from cleaner.heuristics.batches.batch import Booleans
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.model.model import ROWS, Layer, Row, Verdict
from cleaner.heuristics.model.trees import STEPS, Forest

MOST = 3
"""Reasons named for a block."""
AT_ONCE = 1024
"""Blocks that are looked at at once."""
TOGETHER = 128
"""Blocks whose leaves are traced together: keeps the tables of all trees small."""
LOOKED_AT = 6
"""So many times that are looked at, since some features say nothing of a single block and some say the same: those
count together."""
EVEN = 0.5
"""The probability from which a block is told as body."""
OF_BODY = (
    "like body",
    "wording of articles",
    "article wording",
    "a word that articles use",
    "no word that boilerplate uses",
    "words that the article uses",
    "full stops",
    "element of body",
    "surrounded by body",
    "above body",
    "below body",
    "named as an article is",
    "in the element that holds the article",
    "inside the article",
    "extractor takes it",
)
OF_BOILERPLATE = (
    "like boilerplate",
    "wording of boilerplate",
    "boilerplate wording",
    "a word that boilerplate uses",
    "no word that articles use",
    "words that the article does not use",
    "words that the text's prose does not use",
    "element of boilerplate",
    "surrounded by boilerplate",
    "above boilerplate",
    "below boilerplate",
    "named as boilerplate is",
    "outside the element that holds the article",
    "outside the article",
    "stands below",
    "extractor leaves it out",
)
"""What speaks for body, or for boilerplate, in anybody's eyes. Where it weighed against that, it was beside something
else: named alone it would tell a person the opposite."""
UNTRUE_INSIDE = ("outside the article", "after the end of the article")
UNTRUE_ABOVE = ("inside the article", "after the end of the article", "late in the article")
UNTRUE_BELOW = ("inside the article", "above the article's end", "the article's start", "early in the article")
"""What a pass may have thought of the place of a block that turned out to stand inside, above or below the body."""
OF_CAPITALS = frozenset({"capitals", "upper"})
OF_SPACES = frozenset({"word-length", "longest-word"})
"""Features that say nothing of a block in a script without capitals, or without blanks between words."""
FIRST_UNSPACED = "\u0e00"
"""The first character of Thai, with which the scripts without blanks begin."""
LOOK = 200
"""Characters of a block by which its script is told."""
FIRST_LOOK = ROWS["first-look"]
IF_KNOWN = frozenset({"extracted", "declared"})
"""Features that are negative where nobody was asked, and say nothing then."""


def in_words(verdict: Verdict, blocks: Sequence[int], untrue: Sequence[Sequence[str]] = ()) -> list[str]:
    """For each of the blocks (indices into the batch) the features that weighed most for what it was judged to be, but
    for what is `untrue` of it."""
    chosen = np.asarray(blocks, np.int64)
    told = words_for(verdict.table)
    tops = _tops(verdict)
    middles: dict[int, Ints] = {}
    said: list[str] = []
    for start in range(0, len(chosen), AT_ONCE):
        some = chosen[start : start + AT_ONCE]
        known = untrue[start : start + AT_ONCE] or [()] * len(some)
        for block, weights, false in zip(some.tolist(), _weights(verdict, some), known, strict=True):
            document = int(verdict.batch.document[block])
            if document not in middles:
                middles[document] = _middle(verdict, document)
            level = verdict.bands[:, block].astype(np.int64)
            high = (level > middles[document]) | ((level == middles[document]) & (2 * level > tops))
            contrary = OF_BOILERPLATE if verdict.likely[block] >= EVEN else OF_BODY
            says = told[script_of(_text(verdict, block))]
            said.append(_most(weights, high, says, (*contrary, *false)) or _most(weights, high, says, false))
    return said


def words_for(table: Sequence[Row]) -> tuple[Sequence[Sequence[str]], ...]:
    """What a low and what a high value of each row say, for the three kinds of script of `script_of`."""
    says = [row.says.split("|") if row.says else ["", ""] for row in table]
    names = [row.name for row in table]
    plain = [["", ""] if name in OF_CAPITALS else words for name, words in zip(names, says, strict=True)]
    unspaced = [
        ["", ""] if name in OF_SPACES else [_of_characters(word) for word in words]
        for name, words in zip(names, plain, strict=True)
    ]
    return says, plain, unspaced


def _of_characters(words: str) -> str:
    """What is said of words where each character counts as one."""
    return {"few words": "few characters", "many words": "many characters"}.get(words, words)


def script_of(text: str) -> int:
    """0 for a text in a script with capitals, 1 without, 2 in one that writes no blanks between words.

    >>> [script_of(text) for text in ("Harbour news", "أخبار الميناء", "港の記事")]
    [0, 1, 2]
    """
    letters = [character for character in text if character.isalpha()]
    if 2 * sum(character.lower() != character.upper() for character in letters) >= len(letters):
        return 0
    return 2 if 2 * sum(character >= FIRST_UNSPACED for character in letters) > len(letters) else 1


def _text(verdict: Verdict, block: int) -> str:
    """The beginning of a block."""
    start, end = int(verdict.batch.starts[block]), int(verdict.batch.ends[block])
    return verdict.batch.texts.part(start, min(end, start + LOOK))


def _weights(verdict: Verdict, blocks: Ints) -> Floats:
    """(blocks, rows): how much each feature spoke for what the block was judged to be."""
    weighed = np.zeros((len(blocks), len(verdict.table)), np.float32)
    for layer in verdict.layers:
        before = weighed / np.maximum(np.abs(weighed).sum(axis=1, keepdims=True), 1e-9)
        weighed = _by_row(layer, verdict, blocks)
        weighed += before * np.abs(weighed[:, FIRST_LOOK : FIRST_LOOK + 1])
        weighed[:, FIRST_LOOK] = 0
    for number, row in enumerate(verdict.table):
        if row.name in IF_KNOWN:
            weighed[negative(verdict.layers[-1].values[number], blocks), number] = 0
    return np.asarray(weighed * np.where(verdict.likely[blocks] >= EVEN, 1, -1)[:, None])


def _middle(verdict: Verdict, document: int) -> Ints:
    """Per row the middle level of a document's blocks."""
    here = slice(int(verdict.batch.first[document]), int(verdict.batch.last[document]))
    return np.asarray(np.median(verdict.bands[:, here], axis=1))


def _tops(verdict: Verdict) -> Ints:
    """The highest level of each row, over all passes."""
    tops = np.zeros(len(verdict.table), np.int64)
    for layer in verdict.layers:
        for row, borders in layer.forest.borders.items():
            tops[row] = max(tops[row], len(borders))
    return tops


def _most(weights: Floats, high: Booleans, says: Sequence[Sequence[str]], contrary: Sequence[str]) -> str:
    """What weighed most, but for what speaks for the contrary."""
    told: dict[str, float] = {}
    opposite: dict[str, str] = {}
    for row in np.argsort(-weights, kind="stable")[: LOOKED_AT * MOST].tolist():
        words = says[row][int(high[row])]
        if words and weights[row] > 0 and not any(sign in words for sign in contrary):
            told[words] = told.get(words, 0) + float(weights[row])
            opposite[words] = says[row][not high[row]]
    said: list[str] = []
    for words in sorted(told, key=lambda words: -told[words]):
        if opposite[words] not in said and len(said) < MOST:
            said.append(words)
    return "; ".join(said)


def _by_row(layer: Layer, verdict: Verdict, blocks: Ints) -> Floats:
    """(blocks, rows): what each feature added to a pass's score of each block."""
    forest = layer.forest
    added = _added(forest).transpose(0, 2, 1).reshape(len(forest.rows), -1)
    order = np.argsort(forest.rows, kind="stable")
    known, starts = np.unique(forest.rows[order], return_index=True)
    result = np.zeros((len(blocks), len(verdict.table)), np.float32)
    for start in range(0, len(blocks), TOGETHER):
        some = blocks[start : start + TOGETHER]
        low, high = int(some.min()), int(some.max()) + 1
        answers = forest.answers(layer.values, verdict.batch, slice(low, high))[:, some - low]
        leaf = np.concatenate([leaves for _, leaves in forest.leaf_numbers(answers)]).astype(np.int64)
        levels = np.repeat(leaf, forest.depth, axis=0)[order]
        weights = added[order[:, None], levels]
        result[start : start + TOGETHER, known] = np.add.reduceat(weights, starts, axis=0).T
    return result


def _added(forest: Forest) -> Floats:
    """(trees, leaves, levels): what the answer at each level added on the way to a leaf."""
    trees, leaves = forest.leaves.shape
    values = forest.leaves / STEPS
    means = [np.broadcast_to(values.mean(axis=1, keepdims=True), (trees, leaves))]
    for level in range(forest.depth):
        below = values.reshape(trees, -1, 2 << level).mean(axis=1)
        means.append(np.tile(below, leaves // (2 << level)))
    return np.stack([after - before for before, after in pairwise(means)], axis=2)
