"""Make the models: `python -m cleaner.heuristics.train GOLD…`.

Reads folders of gold pages, turns each page into dumps, labels the blocks, cross-validates by site, and writes
`weights.json` and `vocabulary.tsv` beside this file; then it does the same with the pages themselves, for `pages.json`
and `names.tsv`. With `--others FOLDER`, pages that are no articles, it also makes `kind.json` and `kind.tsv`, which
tell them apart. The same pages and library versions give the same bytes. With `--cross-validate FOLDER` the models of
the folds go there as well, and `benchmarks/crossvalidated.py` scores each page with the one that has not seen its site.
`--after-text` takes the text models of the folds from that folder, where an earlier training has left them, and makes
what follows upon them. Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from cleaner.heuristics.model import load
from cleaner.heuristics.training import gold, kinds, vocabulary
from cleaner.heuristics.training.dataset import parts
from cleaner.heuristics.training.fitting import Fitter, Log, calibration, cross_validate, fit_all
from cleaner.heuristics.training.pages import fit_pages

HERE = Path(__file__).parent
TEXT = ("weights.json", "vocabulary.tsv")
PAGES = ("pages.json", "names.tsv")


def main(arguments: list[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m cleaner.heuristics.train", description=__doc__)
    parser.add_argument("gold", nargs="+", help="folder of NAME.html.gz and NAME.json")
    parser.add_argument("--out", type=Path, default=HERE, help="where the models go")
    parser.add_argument("--others", metavar="FOLDER", help="pages that are no articles, in the same form")
    parser.add_argument("--cross-validate", type=Path, metavar="FOLDER", help="keep the models of the folds here")
    parser.add_argument("--after-text", action="store_true", help="take the text models of the folds from there")
    options = parser.parse_args(arguments)
    if options.after_text and options.cross_validate is None:
        parser.error("--after-text needs --cross-validate FOLDER, in which the text models of the folds are")
    started = time.perf_counter()

    def log(message: str) -> None:
        print(f"{time.perf_counter() - started:6.0f} s  {message}", file=sys.stderr, flush=True)

    others = [options.others] if options.others else []
    sources = [*options.gold, *others]
    names = [Path(folder).name for folder in others]
    dumps = gold.load(sources) if others or not options.after_text else []
    log(f"{len(dumps)} dumps")
    with tempfile.TemporaryDirectory() as unkept:
        folds = options.cross_validate or Path(unkept)
        if not options.after_text:
            learnt = [dump for dump in dumps if dump.folder not in names or dump.variant in gold.OF_OTHERS]
            _train_text(learnt, options.out, folds, log)
        if others:
            models = [load(folds / str(fold)) for fold in range(gold.FOLDS)]
            for line in kinds.make(dumps, names, models, options.out):
                log(line)
        _train_pages(gold.load_pages(sources), options.out, folds, log)
    log("done")


def _train_text(dumps: list[gold.Dump], out: Path, kept: Path, log: Log) -> None:
    counts = vocabulary.count(dumps)
    fitter = Fitter(parts(dumps, counts), counts, log)
    log(f"features of {sum(len(part.fold) for part in fitter.parts)} blocks")
    folds, firsts, seconds = cross_validate(fitter)
    weights = fit_all(fitter, firsts)
    weights["calibration"] = calibration(fitter.parts, seconds)
    _write(out, TEXT, weights, vocabulary.lines(counts))
    for fold, fold_weights in enumerate(folds):
        fold_weights["calibration"] = calibration(fitter.parts, seconds, without=fold)
        _write(kept / str(fold), TEXT, fold_weights, vocabulary.lines(counts, {fold}))


def _train_pages(pages: list[gold.Dump], out: Path, kept: Path, log: Log) -> None:
    text = [load(kept / str(fold)) for fold in range(gold.FOLDS)]
    folds, weights, counts = fit_pages(pages, text, log)
    _write(out, PAGES, weights, counts.lines())
    for fold, fold_weights in enumerate(folds):
        _write(kept / str(fold), PAGES, fold_weights, counts.lines({fold}))


def _write(folder: Path, names: tuple[str, str], weights: dict[str, Any], terms: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / names[0]).write_text(json.dumps(weights, separators=(",", ":")) + "\n", encoding="utf-8")
    (folder / names[1]).write_text("\n".join(terms) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
