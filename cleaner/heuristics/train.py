"""Make the models: `python -m cleaner.heuristics.train GOLD…`.

Reads folders of gold pages, turns each page into dumps, labels the blocks, cross-validates by site, and writes
`weights.json` and `vocabulary.tsv` into `--out`; then it does the same with the pages themselves, for `pages.json` and
`names.tsv`; then the networks of both, for `networks.json` and `page_networks.json`. With `--others FOLDER`, pages
that are no articles, it also makes `kind.json` and `kind.tsv`, which tell them apart. The same pages and library
versions give the same bytes. With `--cross-validate FOLDER` the models of the folds go there as well, and
`benchmarks/crossvalidated.py` scores each page with the one that has not seen its site. `--after-trees` takes the trees
from both folders, where an earlier training has left them, and makes the networks that judge beside them. Needs the
extra `train`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.heuristics.markup import pages
from cleaner.heuristics.markup.pages import Trained
from cleaner.heuristics.model import model
from cleaner.heuristics.model.model import Model
from cleaner.heuristics.training import gold, kinds, vocabulary
from cleaner.heuristics.training.dataset import parts
from cleaner.heuristics.training.fitting import Fitter, Log, calibration, cross_validate, fit_all
from cleaner.heuristics.training.networks import NONE
from cleaner.heuristics.training.pages import NameCounts, PagePart, fit_pages, page_parts
from cleaner.heuristics.training.together import networks_of_pages, networks_of_text
from cleaner.heuristics.training.whole_numbers import Saved

HERE = Path(__file__).parent / "trained"
TEXT = (model.WEIGHTS, model.VOCABULARY)
PAGES = (pages.PASSES, pages.NAMES)


def main(arguments: list[str] | None = None) -> None:
    """The command."""
    options = _options(arguments)
    started = time.perf_counter()

    def log(message: str) -> None:
        print(f"{time.perf_counter() - started:6.0f} s  {message}", file=sys.stderr, flush=True)

    others = [options.others] if options.others else []
    sources = [*options.gold, *others]
    names = [Path(folder).name for folder in others]
    dumps = gold.load(sources)
    learnt = [dump for dump in dumps if dump.folder not in names or dump.variant in gold.OF_OTHERS]
    read = gold.load_pages(sources)
    log(f"{len(dumps)} dumps, {len(read)} pages")
    with tempfile.TemporaryDirectory() as unkept:
        folders = Folders(options.out, options.cross_validate or Path(unkept))
        if not options.after_trees:
            _trees_of_text(learnt, folders, log)
        text = folders.trees_of_text()
        if others and not options.after_trees:
            for line in kinds.make(dumps, names, text, options.out):
                log(line)
        made, counts = page_parts(read, text)
        if not options.after_trees:
            _trees_of_pages(made, counts, folders, log)
        _write_networks(model.NETWORKS, networks_of_text(learnt, text, log), folders)
        _write_networks(pages.NETWORKS, networks_of_pages(read, made, folders.trees(text), log), folders)
    log("done")


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m cleaner.heuristics.train", description=__doc__)
    parser.add_argument("gold", nargs="+", help="folder of NAME.html.gz and NAME.json")
    parser.add_argument(
        "--out",
        type=Path,
        default=HERE,
        metavar="FOLDER",
        help="where the models go, else over those that ship: %(default)s",
    )
    parser.add_argument("--others", metavar="FOLDER", help="pages that are no articles, in the same form")
    parser.add_argument("--cross-validate", type=Path, metavar="FOLDER", help="keep the models of the folds here")
    parser.add_argument("--after-trees", action="store_true", help="take all trees from both, make the networks alone")
    options = parser.parse_args(arguments)
    if options.after_trees and options.cross_validate is None:
        parser.error("--after-trees needs --cross-validate FOLDER, in which the trees of the folds are")
    return options


class Folders(NamedTuple):
    """Where the models go: that of all pages, and one of each fold."""

    out: Path
    kept: Path

    @property
    def each(self) -> list[Path]:
        """The folders of the folds, and last that of all pages."""
        return [*(self.kept / str(fold) for fold in range(gold.FOLDS)), self.out]

    def trees_of_text(self) -> list[Model]:
        """The models of the folds, without networks."""
        return [model.load(folder) for folder in self.each[:-1]]

    def trees(self, text: Sequence[Model]) -> list[Trained]:
        """The same with those for pages."""
        return [Trained(one, pages.load_pages(folder)) for one, folder in zip(text, self.each[:-1], strict=True)]


def _trees_of_text(dumps: list[gold.Dump], folders: Folders, log: Log) -> None:
    counts = vocabulary.count(dumps)
    fitter = Fitter(parts(dumps, counts), counts, log)
    log(f"features of {sum(len(part.fold) for part in fitter.parts)} blocks")
    folds, firsts, seconds = cross_validate(fitter)
    weights = [*folds, fit_all(fitter, firsts)]
    for number, (one, folder) in enumerate(zip(weights, folders.each, strict=True)):
        without = [number] if number < gold.FOLDS else []
        one["calibration"] = calibration(fitter.parts, seconds, *without)
        _write(folder, TEXT, one, vocabulary.lines(counts, set(without)))
        _write_json(folder / model.NETWORKS, NONE)


def _trees_of_pages(made: list[PagePart], counts: NameCounts, folders: Folders, log: Log) -> None:
    folds, every = fit_pages(made, log)
    for number, (weights, folder) in enumerate(zip([*folds, every], folders.each, strict=True)):
        _write(folder, PAGES, weights, counts.lines([number] if number < gold.FOLDS else []))
        _write_json(folder / pages.NETWORKS, NONE)


def _write_networks(name: str, networks: list[Saved], folders: Folders) -> None:
    for saved, folder in zip(networks, folders.each, strict=True):
        _write_json(folder / name, saved)


def _write(folder: Path, names: tuple[str, str], weights: dict[str, Any], terms: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _write_json(folder / names[0], weights)
    (folder / names[1]).write_text("\n".join(terms) + "\n", encoding="utf-8")


def _write_json(file: Path, saved: dict[str, Any]) -> None:
    file.write_text(json.dumps(saved, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
