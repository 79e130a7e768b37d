"""What tells articles from other pages: a table of named features of whole documents.

To add one, write a line into `KIND_FEATURES`: its name, what a low and a high value say in words (shown to users when
it weighs in a verdict; empty where a value says nothing by itself), and how it is computed from a `Whole`. Many are
means of a feature of blocks (`features.py`): over all blocks, or over the probable body.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches import columns as c
from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.features.features import FEATURES, feature
from cleaner.heuristics.features.opinion_measures import Opinions

BODY = 0.5
"""Probability from which a block counts as body."""
PILLAR, PILLAR_WORDS = 0.7, 30
"""Probability and words from which a block carries a body."""
ABOVE = 8
"""Blocks above the probable body in which an article's byline and date stand."""

_ROWS = {row.name: number for number, row in enumerate(FEATURES)}


class Whole:
    """A batch seen document by document; `likely` has each block's probability of being body."""

    def __init__(self, batch: Batch, likely: Floats, wording: Floats) -> None:
        self.batch, self.likely, self.wording = batch, likely, wording

    def sum(self, values: npt.NDArray[np.generic]) -> Floats:
        """Per document the sum of a value per block."""
        return np.bincount(self.batch.document, weights=values, minlength=self.batch.documents)

    def share(self, values: npt.NDArray[np.generic], of: Floats) -> Floats:
        """Per document the sum of a value over another sum, 0 where the other is 0."""
        return np.asarray(self.sum(values) / np.maximum(of, 1e-6))

    def row(self, name: str) -> Floats:
        """A feature of the blocks."""
        return feature(self.batch, _ROWS[name])

    @cached_property
    def blocks(self) -> Floats:
        """Blocks of each document."""
        return np.bincount(self.batch.document, minlength=self.batch.documents).astype(np.float64)

    @cached_property
    def words(self) -> Floats:
        """Words of each document."""
        return self.sum(self.batch.words)

    @cached_property
    def body(self) -> Floats:
        """Expected body blocks of each document."""
        return self.sum(self.likely)

    @cached_property
    def in_all(self) -> Floats:
        """Expected body words of each document."""
        return self.sum(self.mass)

    @cached_property
    def mass(self) -> Floats:
        """Expected body words of each block."""
        return np.asarray(self.likely * self.batch.words)

    @cached_property
    def prose(self) -> Floats:
        """Words of each block that looks like a paragraph."""
        return np.asarray(self.batch.words * self.batch.is_prose)

    @cached_property
    def bounds(self) -> tuple[Ints, Ints]:
        """Bounds of the stretch that is probably the body, for each block."""
        return Opinions(self.batch, self.likely).segment

    @cached_property
    def inside(self) -> Booleans:
        """Whether a block lies in that stretch."""
        here = np.arange(self.batch.count)
        return np.asarray((here >= self.bounds[0]) & (here < self.bounds[1]))

    @cached_property
    def above(self) -> Booleans:
        """Whether a block stands shortly above that stretch."""
        here = np.arange(self.batch.count)
        return np.asarray((here < self.bounds[0]) & (here >= self.bounds[0] - ABOVE))

    @cached_property
    def runs(self) -> Floats:
        """Stretches of probable body."""
        body = self.likely >= BODY
        before = np.concatenate(([False], body[:-1])) & (self.batch.index > 0)
        return self.sum(body & ~before)

    @cached_property
    def most(self) -> Floats:
        """Expected body words of the block that has most."""
        result = np.zeros(self.batch.documents)
        some = self.blocks > 0
        if some.any():
            result[some] = np.maximum.reduceat(self.mass, self.batch.first[some])
        return result


Compute = Callable[[Whole], npt.NDArray[np.generic]]


class KindFeature(NamedTuple):
    """One row of the table. `says` is "LOW|HIGH", or empty; `compute` gives one value per document."""

    name: str
    says: str
    compute: Compute


def _log(compute: Compute) -> Compute:
    return lambda w: np.log1p(compute(w))


def _of_words(compute: Compute) -> Compute:
    """A value per block, per word of the document."""
    return lambda w: w.share(compute(w), w.words)


def _mean(name: str) -> Compute:
    """A feature's mean over all blocks."""
    return lambda w: w.share(w.row(name), w.blocks)


def _body_mean(name: str) -> Compute:
    """A feature's mean over the probable body, weighted by how probable."""
    return lambda w: w.share(w.row(name) * w.likely, w.body)


KIND_FEATURES: tuple[KindFeature, ...] = (
    KindFeature(
        "words-of-pages",
        "words that listings, shops and forums use|words that articles use",
        lambda w: w.wording,
    ),
    KindFeature("words", "little text|", _log(lambda w: w.words)),
    KindFeature("blocks", "|very many lines", _log(lambda w: w.blocks)),
    KindFeature("body-words", "little running text|", _log(lambda w: w.in_all)),
    KindFeature("body-share", "little running text for its size|", _of_words(lambda w: w.mass)),
    KindFeature(
        "body-blocks", "few lines that read as a body|", lambda w: np.asarray(w.body / np.maximum(w.blocks, 1e-6))
    ),
    KindFeature("doubt", "|much that is neither body nor boilerplate", _of_words(lambda w: w.mass * (1 - w.likely))),
    KindFeature("doubt-blocks", "", lambda w: w.share(w.likely * (1 - w.likely), w.blocks)),
    KindFeature("runs", "|text in many separate pieces", lambda w: w.runs),
    KindFeature("words-per-run", "text in small pieces|", _log(lambda w: w.in_all / np.maximum(w.runs, 1))),
    KindFeature("stretch-share", "text scattered over the page|", lambda w: w.share(w.mass * w.inside, w.in_all)),
    KindFeature(
        "stretch-density",
        "much between the paragraphs that is no body|",
        lambda w: w.share(w.mass * w.inside, w.sum(w.batch.words * w.inside)),
    ),
    KindFeature("stretch-of-words", "", _of_words(lambda w: w.batch.words * w.inside)),
    KindFeature("stretch-words", "little text in one stretch|", _log(lambda w: w.sum(w.batch.words * w.inside))),
    KindFeature(
        "prose-share", "few whole paragraphs for its size|", _of_words(lambda w: w.batch.words * w.batch.is_prose)
    ),
    KindFeature("prose-words", "few whole paragraphs|", _log(lambda w: w.sum(w.batch.words * w.batch.is_prose))),
    KindFeature(
        "pillars", "no long paragraphs|", lambda w: w.sum((w.likely > PILLAR) & (w.batch.words >= PILLAR_WORDS))
    ),
    KindFeature("longest", "no long paragraph|", _log(lambda w: w.most)),
    KindFeature("typical", "short paragraphs|", lambda w: w.share(w.mass * w.batch.words, w.in_all)),
    KindFeature("prices", "|many prices", _log(lambda w: w.sum(w.batch.class_counts[:, c.CURRENCY] > 0))),
    KindFeature("digits", "|many digits", lambda w: w.share(w.batch.class_counts[:, c.DIGIT], w.sum(w.batch.length))),
    KindFeature("dates", "|many dates", _log(lambda w: w.sum(w.row("months") > 0))),
    KindFeature(
        "dates-inside",
        "|dates between the paragraphs",
        lambda w: w.share((w.row("months") > 0) * w.inside, w.sum(w.inside)),
    ),
    KindFeature("byline-above", "no byline above the text|", lambda w: w.sum(w.above * (w.row("names-byline") > 0))),
    KindFeature("date-above", "no date above the text|", lambda w: w.sum(w.above * (w.row("months") > 0))),
    KindFeature("all-words", "short lines|", _mean("words")),
    KindFeature("all-sentences", "few lines that end like a sentence|", _mean("ends-sentence")),
    KindFeature("all-run-of-short", "|long runs of short lines", _mean("run-of-short")),
    KindFeature("all-copies", "|lines that stand several times", _mean("copies")),
    KindFeature("all-covered", "|text that repeats itself", _mean("covered")),
    KindFeature("all-same-opening", "|lines that begin alike", _mean("same-opening")),
    KindFeature("all-alike", "|many lines of one shape", _mean("alike-near")),
    KindFeature("all-capitals", "|many capitalised words", _mean("capitals")),
    KindFeature("all-wording", "little of the wording of articles|", _mean("wording")),
    KindFeature("all-groups", "|lines in groups", _mean("group-blocks")),
    KindFeature("body-length", "a body of short lines|", _body_mean("words")),
    KindFeature("body-sentences", "a body without whole sentences|", _body_mean("ends-sentence")),
    KindFeature("body-stops", "", _body_mean("stops-per-word")),
    KindFeature("body-commas", "", _body_mean("commas-per-word")),
    KindFeature("body-digits", "|a body full of digits", _body_mean("digits")),
    KindFeature("body-capitals", "|a body full of capitals", _body_mean("capitals")),
    KindFeature("body-function-words", "", _body_mean("function-words")),
    KindFeature("body-wording", "a body in the wording of boilerplate|", _body_mean("wording")),
    KindFeature("body-wording-low", "a body with the wording of boilerplate in it|", _body_mean("wording-low")),
    KindFeature("body-run-of-short", "|a body of short lines in a row", _body_mean("run-of-short")),
    KindFeature("body-quotes", "", _body_mean("quotes")),
    KindFeature("body-colons", "|a body with many colons", _body_mean("colons")),
    KindFeature("body-copies", "|a body that repeats lines", _body_mean("copies")),
    KindFeature("body-covered", "|a body that repeats itself", _body_mean("covered")),
    KindFeature("body-same-opening", "|a body of lines that begin alike", _body_mean("same-opening")),
    KindFeature("body-breaks", "", _body_mean("breaks-before")),
    KindFeature("body-in-prose", "", _body_mean("in-prose")),
    KindFeature("body-brackets", "|a body with many brackets", _body_mean("brackets")),
    KindFeature("body-groups", "|a body of grouped lines", _body_mean("group-blocks")),
    KindFeature("body-indent", "", _body_mean("indent")),
)


def kind_matrix(whole: Whole) -> Floats:
    """(features, documents): every feature of the table, in its order."""
    return np.stack([np.asarray(row.compute(whole), np.float32) for row in KIND_FEATURES])
