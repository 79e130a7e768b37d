"""The trained model for pages: passes over the text's features and opinions with those of the elements besides.

Two more passes of oblivious trees follow the two of `model.py`. Each sees all that the one before saw, what that
thought of the blocks around (`opinions.py`) and of the elements (`markup_opinions.py`), and the elements themselves
(`markup_features.py`). Networks judge beside them (`network.py`). `pages.json` holds the trees,
`page_networks.json` the networks, `names.tsv` the learnt names of elements.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.heuristics.batches.bands import Asking, Borders, Column, borders_of
from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.batches.stretches import Chosen
from cleaner.heuristics.derived import derived
from cleaner.heuristics.kind.kind import KindModel, parse_kind
from cleaner.heuristics.markup.element_kinds import Names
from cleaner.heuristics.markup.elements import Elements
from cleaner.heuristics.markup.listings import whole_listings
from cleaner.heuristics.markup.markup_features import MARKUP, markup_rows
from cleaner.heuristics.markup.markup_opinions import MARKUP_OPINIONS, opinion_rows_of_elements
from cleaner.heuristics.model import model
from cleaner.heuristics.model.model import TABLE, Layer, Model, Row, Verdict, opinion_rows
from cleaner.heuristics.model.network import Networks
from cleaner.heuristics.model.trees import Forest
from cleaner.heuristics.trained import shipped_file
from cleaner.page_tree import Markup

PAGE_TABLE: tuple[Row, ...] = (*TABLE, *MARKUP, *MARKUP_OPINIONS)
PASSES, NETWORKS, NAMES = "pages.json", "page_networks.json", "names.tsv"
SHARE = 0.28
"""How much the network counts beside the trees. With 0.2 to 0.5 word F1 on cross-validated pages hardly differs
(`docs/experiments.md`)."""
PAGE_ROWS = {row.name: number for number, row in enumerate(PAGE_TABLE)}


class PageModel(NamedTuple):
    """The passes, the learnt names, and the networks that judge beside the passes."""

    names: Names
    passes: tuple[Forest, ...]
    networks: Networks


class Trained(NamedTuple):
    """The models of a folder that `train.py` has written: for text, for pages, and for kinds if there is one."""

    text: Model
    pages: PageModel
    kind: KindModel | None = None


@cache
def shipped() -> PageModel:
    """The model inside the package."""
    return derived("pages", _read)


def _read() -> PageModel:
    passes, networks = (json.loads(shipped_file(name)) for name in (PASSES, NETWORKS))
    return parse(passes, networks, Names.parse(shipped_file(NAMES)))


def load(folder: Path) -> Trained:
    """The models of a folder that `train.py` has written. Raises OSError where a file is missing.

    Without `--others` it writes no model of kinds; that of the package is used then.
    """
    trained = Trained(model.load(folder), load_pages(folder))
    if not (folder / "kind.json").exists():
        return trained
    return trained._replace(kind=parse_kind(json.loads(_text(folder / "kind.json")), _text(folder / "kind.tsv")))


def load_pages(folder: Path) -> PageModel:
    """Those for pages alone."""
    passes, networks = (json.loads(_text(folder / name)) for name in (PASSES, NETWORKS))
    return parse(passes, networks, Names.parse(_text(folder / NAMES)))


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def parse(weights: dict[str, Any], networks: dict[str, Any], names: Names) -> PageModel:
    """The model of a file of passes, one of networks and the names (`train.py` writes them)."""
    passes = tuple(Forest.parse(layer, PAGE_ROWS) for layer in weights["passes"])
    return PageModel(names, passes, Networks.parse(networks, PAGE_ROWS))


class PageValues:
    """The rows of a batch of pages: those that stay the same over the passes, and those made of the last opinions."""

    def __init__(self, elements: Elements, features: Iterable[Column], borders: Borders | None = None) -> None:
        self.elements, self._features, self._borders = elements, tuple(features), borders
        self._markup = markup_rows(elements, borders, len(TABLE))

    def after(self, likely: Floats) -> tuple[Column, ...]:
        """All rows, in the order of `PAGE_TABLE`, given the opinion so far."""
        of_elements = opinion_rows_of_elements(self.elements, likely, self._borders, len(TABLE) + len(MARKUP))
        of_text = opinion_rows(self.elements.batch, likely, self._borders)
        return (*self._features, *of_text, *self._markup, *of_elements)


def judge_pages(model: PageModel, verdict: Verdict, markups: Iterable[Markup]) -> Verdict:
    """The verdict on the blocks of pages, given that on their text alone. `markups` are those of the documents.

    The networks see what the first of the passes sees. All learnt with each block weighed by its words, so what they
    say is what to decide by as it is; calibrated by blocks it gave a mean word F1 0.001 (wcxb) to 0.008 (publishers)
    lower.
    """
    batch = verdict.batch
    if not batch.count:
        return verdict
    elements = Elements(batch, list(markups), model.names)
    asking: list[Asking] = [*(layer.forest for layer in verdict.layers), *model.passes, model.networks]
    borders = borders_of(batch.count, asking)
    _free(verdict.layers, borders)
    values = PageValues(elements, verdict.features, borders)
    first, *later = model.passes
    passes = [Layer.over(batch, first, partial(values.after, verdict.likely))]
    of_networks = model.networks.scores(passes[0].values, Chosen.every(batch))
    for forest in later:
        _free(passes, borders)
        passes.append(Layer.over(batch, forest, partial(values.after, passes[-1].probability)))
    _free(passes, borders)
    likely = model.networks.beside(passes[-1].scores, of_networks, SHARE)
    likely = whole_listings(elements, likely)
    if borders is not None:
        elements.forget()
    return Verdict(model.networks.curve(likely), likely, batch, (*verdict.layers, *passes), PAGE_TABLE)


def _free(passes: Iterable[Layer], borders: Borders | None) -> None:
    """Free the rows of passes, where they are so long that they are held as bands."""
    for each in passes if borders is not None else ():
        each.forget()
