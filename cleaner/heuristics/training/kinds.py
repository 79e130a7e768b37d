"""The model of `kind.py`: articles against pages of other types, in the dumps of both.

Besides the dumps as they are, it sees articles cut short, and dumps whose articles are taken out: the frame that is
left is no article. The weights of the words come from logistic regression over which words a page holds; the forest
sees their sum as one feature among others, made for each page by a regression that has not seen its site.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.document import Document
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.kind import kind
from cleaner.heuristics.kind.kind_features import KIND_FEATURES, Whole, kind_matrix
from cleaner.heuristics.kind.obstacles import obstacles, shells
from cleaner.heuristics.model import model
from cleaner.heuristics.model.model import Model
from cleaner.heuristics.training import vocabulary
from cleaner.heuristics.training.boosting import Settings, boost, forest, probabilities
from cleaner.heuristics.training.gold import FLATTENERS, FOLDS, Dump
from cleaner.heuristics.verdict.gate import names_prompts

TREES = Settings(trees=150, rate=0.08, depth=4, shrink=10)
REGULARISED = 0.005
"""The inverse of the regression's penalty; at 0.01 and 0.003 it was no better."""
LEAST_PAGES = 12
MOST_WORDS = 3000
"""Words in `kind.tsv`, those that weigh most. With all of 12,000 accuracy was 0.001 higher, with 1,500 0.004 lower."""
COUNTED = ("html_text", "soup")
"""Dumps that the regression learns from."""
WEIGHTS = {"trafilatura": 0.2, "newspaper": 0.2, "gold": 0.2, "beginning": 0.2, "short": 0.4, "frame": 0.2}
"""Of a text that is no full dump; articles alone have such."""
OTHER = 1.7
"""Weight of a page of another type: there are six articles for one."""
SHORT, SHORT_BLOCKS = 6, 3
"""An article is cut to one in so many of its blocks, and to so many at least."""
AT_ONCE = 60
BODY, FRAME = 0.5, 0.3
"""Share of its words in the gold body from which a block is body, and up to which it is of the frame."""
NAMES = [row.name for row in KIND_FEATURES]


class Sample(NamedTuple):
    """One text with what it is. `variant` says how it was made, `weight` how much it counts in training."""

    document: Document
    article: bool
    variant: str
    type: str
    fold: int
    weight: float


class Data(NamedTuple):
    """The samples as arrays. `values` are their features without the wording, `held` the words that each holds, `pages`
    whether it names prompts as pages do, `obstacles` whether it holds a notice alone."""

    samples: Sequence[Sample]
    values: Floats
    held: Any
    texts: list[str]
    article: npt.NDArray[np.bool_]
    fold: Ints
    pages: npt.NDArray[np.bool_]
    obstacles: npt.NDArray[np.bool_]


def samples(dumps: Sequence[Dump], others: Sequence[str]) -> list[Sample]:
    """All texts to learn from, and to be tested on. `others` names the folders of other types."""
    found: list[Sample] = []
    for dump in dumps:
        other = dump.folder in others
        kind_of = dump.name.split("-")[0] if other else "article"
        if dump.variant in FLATTENERS:
            weight = OTHER if other else 1.0
            found.append(Sample(dump.document, not other, dump.variant, kind_of, dump.fold, weight))
        elif not other:
            found.append(Sample(dump.document, True, dump.variant, kind_of, dump.fold, WEIGHTS[dump.variant]))
        if not other and dump.variant in {"html_text", "gold"}:
            found += [
                Sample(Document.from_text(text), variant != "frame", variant, variant, dump.fold, WEIGHTS[variant])
                for variant, text in _cut(dump)
                if text.strip()
            ]
    return found


def _cut(dump: Dump) -> list[tuple[str, str]]:
    """Pieces of a dump, or of a body."""
    blocks = dump.document.blocks()
    if dump.variant == "gold":
        return [("beginning", "\n\n".join(blocks[: max(2, len(blocks) // 4)]))]
    body = [number for number, label in enumerate(dump.labels) if label >= BODY]
    cut = set(body[max(SHORT_BLOCKS, len(body) // SHORT) :])
    frame = [block for block, label in zip(blocks, dump.labels, strict=True) if label < FRAME]
    short = [block for number, block in enumerate(blocks) if number not in cut]
    return [("frame", "\n\n".join(frame)), ("short", "\n\n".join(short))]


def collect(found: Sequence[Sample], models: Sequence[Model]) -> Data:
    """Features and words of all samples; each is judged by the model of its fold, which has not seen its site."""
    order = sorted(range(len(found)), key=lambda number: found[number].fold)
    ordered = [found[number] for number in order]
    values, pages, stopped, words = [], [], [], []
    for start in range(0, len(ordered), AT_ONCE):
        some = ordered[start : start + AT_ONCE]
        for fold in sorted({sample.fold for sample in some}):
            batch = Batch([sample.document for sample in some if sample.fold == fold])
            likely = model.judge_blocks(models[fold], batch).likely
            values.append(kind_matrix(Whole(batch, likely, np.zeros(batch.documents))).T)
            pages.append(names_prompts(batch))
            found_here = {**shells(batch, likely, pages[-1]), **obstacles(batch, likely, pages[-1])}
            stopped += [number in found_here for number in range(batch.documents)]
            words.extend(np.split(batch.characters.words.hashes, np.searchsorted(batch.word_block, batch.first[1:])))
    held, texts = _held(ordered, [np.unique(hashes) for hashes in words])
    article = np.array([sample.article for sample in ordered])
    folds = np.array([sample.fold for sample in ordered])
    values_of_all, pages_of_all = np.concatenate(values), np.concatenate(pages)
    return Data(ordered, values_of_all, held, texts, article, folds, pages_of_all, np.array(stopped))


def _held(found: Sequence[Sample], words: Sequence[Ints]) -> tuple[Any, list[str]]:
    """(samples, words), sparse: which frequent words each sample holds; and their spelling."""
    from scipy.sparse import csr_matrix

    counted = [number for number, sample in enumerate(found) if sample.variant == COUNTED[0]]
    every, pages = np.unique(np.concatenate([words[number] for number in counted]), return_counts=True)
    terms = every[pages >= LEAST_PAGES]
    texts = vocabulary.spell(terms, [found[number].document for number in counted])
    usable = np.array([len(text) > 1 and not text.isdigit() for text in texts])
    terms, texts = terms[usable], [text for text, good in zip(texts, usable, strict=True) if good]
    columns = [np.flatnonzero(np.isin(terms, mine, assume_unique=True)) for mine in words]
    rows = np.repeat(np.arange(len(found)), [len(mine) for mine in columns])
    numbers = np.concatenate(columns)
    return csr_matrix((np.ones(len(rows)), (rows, numbers)), (len(found), len(terms))), texts


def word_weights(data: Data, without: Sequence[int]) -> Floats:
    """The weight of each word, from the other folds; 0 for all but the heaviest."""
    from sklearn.linear_model import LogisticRegression

    variants = np.array([sample.variant for sample in data.samples])
    which = np.isin(variants, COUNTED) & ~np.isin(data.fold, without)
    fitted = LogisticRegression(C=REGULARISED, max_iter=300, class_weight={False: 1.5, True: 1.0})
    weights = np.round(fitted.fit(data.held[which], data.article[which]).coef_[0], 3)
    least = np.sort(np.abs(weights))[-min(MOST_WORDS, len(weights))]
    return np.where(np.abs(weights) >= least, weights, 0)


def _with_wording(data: Data, without: Sequence[int]) -> Floats:
    """The features; the wording of each sample by a regression that has seen neither its fold nor those left out."""
    values = data.values.copy()
    for fold in range(FOLDS):
        mine = data.fold == fold
        values[mine, 0] = data.held[mine] @ word_weights(data, sorted({fold, *without}))
    return values


def _fit(data: Data, values: Floats, which: npt.NDArray[np.bool_]) -> Any:
    weights = np.array([sample.weight for sample in data.samples])
    return boost(values[which], data.article[which].astype(np.float32), weights[which], TREES)


def cross_validate(data: Data) -> Floats:
    """Each sample's probability of being an article, from a model that has not seen its site; 1 where there is no page
    around it and 0 where a notice is all, as `kind.kinds` has it."""
    likely = np.zeros(len(data.fold))
    for tested in range(FOLDS):
        values, here = _with_wording(data, [tested]), data.fold == tested
        fitted = _fit(data, values, ~here)
        likely[here] = probabilities(fitted, values[here])
    return np.where(data.obstacles, 0, np.where(data.pages, likely, 1))


def fit(data: Data) -> tuple[dict[str, Any], list[str]]:
    """The trees and the lines of the words, from all samples."""
    values = _with_wording(data, [])
    trees = forest(_fit(data, values, np.ones(len(data.fold), np.bool_)), NAMES, TREES.depth)
    weights = word_weights(data, [])
    return trees, sorted(f"{text}\t{weight:.3f}" for text, weight in zip(data.texts, weights, strict=True) if weight)


def make(dumps: Sequence[Dump], others: Sequence[str], models: Sequence[Model], out: Path) -> list[str]:
    """Train on the dumps, write the model into `out`; the cross-validated figures. `models` has one for each fold."""
    data = collect(samples(dumps, others), models)
    figures = report(data, cross_validate(data))
    write(out, *fit(data))
    return figures


def report(data: Data, likely: Floats) -> list[str]:
    """The figures: how many of each variant and type are said to be no article."""
    none = likely < kind.THRESHOLD
    full = np.array([sample.variant in FLATTENERS for sample in data.samples])
    lines = [
        f"accuracy {np.mean((none != data.article)[full]):.4f}, articles called none "
        f"{np.mean(none[full & data.article]):.4f}, others found {np.mean(none[full & ~data.article]):.4f}"
    ]
    for row, names in (("variant", [s.variant for s in data.samples]), ("type", [s.type for s in data.samples])):
        for name in sorted(set(names)):
            here = np.array([other == name for other in names])
            for article in sorted(set(data.article[here].tolist())):
                some = here & (data.article == article)
                said = f"{'articles' if article else 'others'}, {row} {name}: {np.mean(none[some]):.3f} of {some.sum()}"
                lines.append(f"  called no article of {said}")
    return lines


def write(folder: Path, trees: dict[str, Any], words: Sequence[str]) -> None:
    """`kind.json` and `kind.tsv`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kind.json").write_text(json.dumps(trees, separators=(",", ":")) + "\n", encoding="utf-8")
    (folder / "kind.tsv").write_text("\n".join(words) + "\n", encoding="utf-8")
