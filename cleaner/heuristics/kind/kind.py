"""Whether a text is an article at all, or a listing, a forum, a product page, the frame of a page that holds none.

Features of the whole document (`kind_features.py`) are judged by a forest of their own, scored in numpy: `kind.json`
holds its trees, `kind.tsv` the words that other pages use and articles do not, or the other way round. The verdict
changes nothing of the body; it is told beside it. Only a text that names prompts, as pages do, can be no article: a
poem, a price list, minutes are what they are. `obstacles.py` knows the pages that hold nothing but a notice.

Known mistakes: a tutorial among other pages of a manual, and the page of a service that tells a story, read as
articles; an article of three lines among many teasers reads as none. `docs/model.md` has the figures.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.derived import derived
from cleaner.heuristics.features.wording import Vocabulary, parse_vocabulary
from cleaner.heuristics.kind.kind_features import KIND_FEATURES, Whole, kind_matrix
from cleaner.heuristics.kind.obstacles import DOUBT, obstacles, shells, short, walls
from cleaner.heuristics.model.trees import STEPS
from cleaner.heuristics.trained import shipped_file

THRESHOLD = 0.3
"""A text is said to be no article if its probability of being one is lower. Cross-validated by site, on dumps of gold
pages; a false alarm is worse than a miss, so it lies below the point of the best accuracy."""
REASONS, WORDS = 3, 3
"""Reasons named for a text, and words among them."""
SAYS = [row.says.partition("|")[::2] for row in KIND_FEATURES]
"""What a low and what a high value of each row say."""


class Kind(NamedTuple):
    """How likely a text is an article, 0 to 1; and, if it is taken for none, why, in words."""

    article: float
    why: str | None = None

    @property
    def sentence(self) -> str | None:
        """What a user reads of a text that is taken for no article."""
        return self.why and f"this reads as no article (confidence {1 - self.article:.2f}): {self.why}"


ARTICLE = Kind(1.0)
"""What is said of a text with nothing of a page around it."""
EMPTY_PAGE = Kind(0.0, "the page holds no text; a script may have to write it")
"""What is said of HTML without text."""
NEEDS_SCRIPT = Kind(DOUBT, "the page holds no article without JavaScript, which it asks for")
"""What is said of the frame of a page that a script has to fill."""


@dataclass(frozen=True)
class KindModel:
    """Of T trees of depth D: `rows` and `borders`, each (T, D), say which feature each level looks at and what it must
    exceed; `leaves` is (T, 2**D), in steps of 1 / STEPS: sums of whole numbers are the same in any order. `vocabulary`
    has the words and their weights, `texts` their spelling."""

    vocabulary: Vocabulary
    texts: list[str]
    rows: Ints
    borders: npt.NDArray[np.float32]
    leaves: Ints
    bias: float

    @cached_property
    def middles(self) -> Floats:
        """The middle of each feature's borders, for reasons. Of all features that takes longer than a small text."""
        asked = [self.borders[self.rows == row] for row in range(len(KIND_FEATURES))]
        return np.array([float(np.median(borders)) if borders.size else 0.0 for borders in asked])

    @cached_property
    def added(self) -> Floats:
        """(trees, leaves, levels): what each answer adds on the way to a leaf, for reasons."""
        return _added(self.leaves / STEPS)


class Words(NamedTuple):
    """The known words of a batch, each once per document: document and number of each."""

    documents: Ints
    numbers: Ints


@cache
def shipped_kind() -> KindModel:
    """The model inside the package."""
    return derived("kinds", _read)


def _read() -> KindModel:
    return parse_kind(json.loads(shipped_file("kind.json")), shipped_file("kind.tsv"))


def parse_kind(forest: dict[str, Any], words: str) -> KindModel:
    """The model of the texts of both files."""
    rows = {row.name: number for number, row in enumerate(KIND_FEATURES)}
    trees = forest["trees"]
    asked = np.array([[rows[name] for name, _ in tree["splits"]] for tree in trees])
    borders = np.array([[border for _, border in tree["splits"]] for tree in trees], np.float32)
    leaves = np.array([tree["leaves"].split() for tree in trees]).astype(np.int64)
    return KindModel(
        vocabulary=parse_vocabulary(words),
        texts=[line.partition("\t")[0] for line in words.splitlines()],
        rows=asked,
        borders=borders,
        leaves=leaves,
        bias=forest["bias"],
    )


def known_words(batch: Batch, words: Vocabulary) -> Words:
    """Which words of the vocabulary each document holds."""
    places, numbers = words.phrases.find(batch.characters.words.hashes, batch.word_block)
    keys = np.sort(batch.document[batch.word_block[places]] * len(words.weights) + numbers)
    keys = keys[np.diff(keys, prepend=-1) > 0]
    return Words(keys // len(words.weights), keys % len(words.weights))


def may_be_none(batch: Batch, pages: Booleans) -> Booleans:
    """Per document, whether `kinds` may say that it is no article; of all others it says that they are."""
    return pages | short(batch)


def kinds(batch: Batch, likely: Floats, pages: Booleans, model: KindModel | None = None) -> list[Kind]:
    """One verdict per document. `pages` says of which documents the trees may say that they are no articles."""
    trained = model or shipped_kind()
    found = known_words(batch, trained.vocabulary)
    weights = trained.vocabulary.weights[found.numbers]
    wording = np.bincount(found.documents, weights=weights, minlength=batch.documents)
    values = kind_matrix(Whole(batch, likely, wording))
    leaves = leaf_numbers(trained, values)
    scores = trained.leaves[np.arange(len(leaves))[:, None], leaves].sum(axis=0) / STEPS + trained.bias
    article = np.round(1 / (1 + np.exp(-scores)), 4)
    verdicts = [Kind(float(likely)) if page else ARTICLE for likely, page in zip(article, pages, strict=True)]
    for document in np.flatnonzero(pages & (article < THRESHOLD)).tolist():
        why = "; ".join(_reasons(trained, values[:, document], leaves[:, document], _words(trained, found, document)))
        verdicts[document] = Kind(verdicts[document].article, why)
    found_instead = {**shells(batch, likely, pages), **walls(batch, pages), **obstacles(batch, likely, pages)}
    for document, notice in found_instead.items():
        if verdicts[document].why is None or notice.said:
            verdicts[document] = Kind(min(verdicts[document].article, notice.article), notice.why)
    return verdicts


def leaf_numbers(model: KindModel, values: Floats) -> Ints:
    """(trees, documents): the leaf that each document falls into."""
    answers = values[model.rows] > model.borders[:, :, None]
    return np.asarray((answers << np.arange(model.rows.shape[1])[None, :, None]).sum(axis=1))


def _words(model: KindModel, found: Words, document: int) -> str:
    """The words of a document that speak most against an article."""
    numbers = found.numbers[found.documents == document]
    weights = model.vocabulary.weights[numbers]
    most = [number for number in np.argsort(weights, kind="stable")[:WORDS].tolist() if weights[number] < 0]
    return ", ".join(f"“{model.texts[numbers[number]]}”" for number in most)


def _reasons(model: KindModel, values: Floats, leaves: Ints, words: str) -> list[str]:
    """What weighed most against an article in one document, of what its trees answered."""
    added = model.added[np.arange(len(leaves)), leaves]
    weights = np.bincount(model.rows.ravel(), weights=-added.ravel(), minlength=len(KIND_FEATURES))
    said: list[str] = []
    for row in np.argsort(-weights, kind="stable").tolist():
        text = SAYS[row][int(values[row] > model.middles[row])]
        if text and weights[row] > 0 and text not in said and len(said) < REASONS:
            said.append(f"{text} ({words})" if row == 0 and words else text)
    return said


def _added(leaves: Floats) -> Floats:
    """(trees, leaves, levels): what the answer at each level added on the way to a leaf, as in `reasons.py`."""
    trees, size = leaves.shape
    means = [np.broadcast_to(leaves.mean(axis=1, keepdims=True), (trees, size))]
    for level in range(size.bit_length() - 1):
        below = leaves.reshape(trees, -1, 2 << level).mean(axis=1)
        means.append(np.tile(below, size // (2 << level)))
    return np.stack([after - before for before, after in pairwise(means)], axis=2)
