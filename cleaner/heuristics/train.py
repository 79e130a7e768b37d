"""Make the model: `python -m cleaner.heuristics.train GOLD…`.

Reads folders of gold pages, turns each page into dumps, labels the blocks, cross-validates by site, and writes
`weights.json` and `vocabulary.tsv` beside this file. The same pages and library versions give the same bytes.
With `--cross-validate FOLDER` the models of the folds go there as well, and `benchmarks/crossvalidated.py` scores each
page with the one that has not seen its site. Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from cleaner.heuristics.training import gold, vocabulary
from cleaner.heuristics.training.dataset import parts
from cleaner.heuristics.training.fitting import Fitter, calibration, cross_validate, fit_all

HERE = Path(__file__).parent


def main(arguments: list[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m cleaner.heuristics.train", description=__doc__)
    parser.add_argument("gold", nargs="+", help="folder of NAME.html.gz and NAME.json")
    parser.add_argument("--out", type=Path, default=HERE, help="where weights.json and vocabulary.tsv go")
    parser.add_argument("--cross-validate", type=Path, metavar="FOLDER", help="keep the models of the folds here")
    options = parser.parse_args(arguments)
    started = time.perf_counter()

    def log(message: str) -> None:
        print(f"{time.perf_counter() - started:6.0f} s  {message}", file=sys.stderr, flush=True)

    dumps = [dump for dump in gold.load(options.gold) if dump.name not in gold.FAULTY]
    log(f"{len(dumps)} dumps")
    counts = vocabulary.count(dumps)
    fitter = Fitter(parts(dumps, counts), counts, log)
    log(f"features of {sum(len(part.fold) for part in fitter.parts)} blocks")
    folds, firsts, seconds = cross_validate(fitter)
    weights = fit_all(fitter, firsts)
    weights["calibration"] = calibration(fitter.parts, seconds)
    _write(options.out, weights, vocabulary.lines(counts))
    if options.cross_validate:
        for fold, fold_weights in enumerate(folds):
            fold_weights["calibration"] = calibration(fitter.parts, seconds, without=fold)
            _write(options.cross_validate / str(fold), fold_weights, vocabulary.lines(counts, {fold}))
    log("done")


def _write(folder: Path, weights: dict[str, Any], terms: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "weights.json").write_text(json.dumps(weights, separators=(",", ":")) + "\n", encoding="utf-8")
    (folder / "vocabulary.tsv").write_text("\n".join(terms) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
