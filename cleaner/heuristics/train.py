"""Make the model: `python -m cleaner.heuristics.train GOLD…`.

Reads folders of gold pages, turns each page into dumps, labels the blocks, cross-validates by site, and writes
`weights.json` and `vocabulary.tsv` beside this file. The same pages and library versions give the same bytes.
With `--cross-validate FOLDER` the models of the folds go there as well, and `benchmarks/crossvalidated.py` scores each
page with the one that has not seen its site. With `--others FOLDER`, pages that are no articles, it also makes
`kind.json` and `kind.tsv`, which tell them apart; `--folds FOLDER` makes these two alone, from kept models of the
folds. Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from cleaner.heuristics.model import Model, load, parse
from cleaner.heuristics.training import gold, kinds, vocabulary
from cleaner.heuristics.training.dataset import parts
from cleaner.heuristics.training.fitting import Fitter, Log, calibration, cross_validate, fit_all
from cleaner.heuristics.wording import parse_vocabulary

HERE = Path(__file__).parent


def main(arguments: list[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m cleaner.heuristics.train", description=__doc__)
    parser.add_argument("gold", nargs="+", help="folder of NAME.html.gz and NAME.json")
    parser.add_argument("--out", type=Path, default=HERE, help="where weights.json and vocabulary.tsv go")
    parser.add_argument("--cross-validate", type=Path, metavar="FOLDER", help="keep the models of the folds here")
    parser.add_argument("--others", type=Path, metavar="FOLDER", help="pages that are no articles, in the same form")
    parser.add_argument("--folds", type=Path, metavar="FOLDER", help="make kind.json and kind.tsv alone, with these")
    options = parser.parse_args(arguments)
    if options.folds and not options.others:
        parser.error("--folds makes kind.json and kind.tsv; name the pages that are no articles by --others FOLDER")
    started = time.perf_counter()

    def log(message: str) -> None:
        print(f"{time.perf_counter() - started:6.0f} s  {message}", file=sys.stderr, flush=True)

    others = [options.others] if options.others else []
    dumps = [dump for dump in gold.load([*options.gold, *others]) if dump.name not in gold.FAULTY]
    log(f"{len(dumps)} dumps")
    names = [folder.name for folder in others]
    if options.folds:
        models = [load(options.folds / str(fold)) for fold in range(gold.FOLDS)]
    else:
        learnt = [dump for dump in dumps if dump.folder not in names or dump.variant in gold.OF_OTHERS]
        models = _blocks(learnt, options, log)
    if others:
        for line in kinds.make(dumps, names, models, options.out):
            log(line)
    log("done")


def _blocks(dumps: list[gold.Dump], options: argparse.Namespace, log: Log) -> list[Model]:
    """Make the model of blocks, write it, and give back the models of the folds."""
    counts = vocabulary.count(dumps)
    fitter = Fitter(parts(dumps, counts), counts, log)
    log(f"features of {sum(len(part.fold) for part in fitter.parts)} blocks")
    folds, firsts, seconds = cross_validate(fitter)
    weights = fit_all(fitter, firsts)
    weights["calibration"] = calibration(fitter.parts, seconds)
    _write(options.out, weights, vocabulary.lines(counts))
    models = []
    for fold, fold_weights in enumerate(folds):
        fold_weights["calibration"] = calibration(fitter.parts, seconds, without=fold)
        terms = vocabulary.lines(counts, {fold})
        models.append(parse(fold_weights, parse_vocabulary("\n".join(terms) + "\n")))
        if options.cross_validate:
            _write(options.cross_validate / str(fold), fold_weights, terms)
    return models


def _write(folder: Path, weights: dict[str, Any], terms: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "weights.json").write_text(json.dumps(weights, separators=(",", ":")) + "\n", encoding="utf-8")
    (folder / "vocabulary.tsv").write_text("\n".join(terms) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
