"""The mean of two trainings of the text passes: `python -m cleaner.heuristics.training.mean ONE OTHER OUT`.

A training that begins from another seed, or from features that differ a little, judges most pages the same and a few,
of which it is in doubt, quite otherwise. The mean of the scores of two is as good as the better of both, and better
where they differ. It is one forest with the trees of both, their leaves halved. ONE, OTHER and OUT are folders with a
`weights.json`, such as `train.py` writes; both must know the same vocabulary.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

POINTS = 26
"""Points of the joint calibration, the ends included."""

Weights = dict[str, Any]


def mean(one: Weights, other: Weights) -> Weights:
    """The weights whose scores are the mean of both: passes, and calibration at `POINTS` probabilities."""
    scored = np.linspace(0, 1, POINTS)
    given = [np.array(weights["calibration"]).T for weights in (one, other)]
    curves = [np.interp(scored, curve[0], curve[1]) for curve in given]
    observed = np.mean(curves, axis=0)
    points = [[round(float(x), 4), round(float(y), 4)] for x, y in zip(scored, observed, strict=True)]
    passes = {name: _joined(one[name], other[name]) for name in ("first", "second")}
    return {**passes, "calibration": points}


def _joined(one: Weights, other: Weights) -> Weights:
    bias = round((one["bias"] + other["bias"]) / 2, 5)
    return {"bias": bias, "trees": [_halved(tree) for tree in (*one["trees"], *other["trees"])]}


def _halved(tree: Weights) -> Weights:
    leaves = np.rint(np.array(tree["leaves"].split(), np.int64) / 2).astype(int)
    return {"splits": tree["splits"], "leaves": " ".join(map(str, leaves))}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m cleaner.heuristics.training.mean", description=__doc__)
    for name, says in (("one", "a training"), ("other", "another"), ("out", "their mean, made where there is none")):
        parser.add_argument(name, metavar=name.upper(), help=f"folder of {says}")
    options = parser.parse_args()
    one, other, out = options.one, options.other, options.out
    read = [json.loads((Path(folder) / "weights.json").read_text(encoding="utf-8")) for folder in (one, other)]
    vocabularies = {(Path(folder) / "vocabulary.tsv").read_text(encoding="utf-8") for folder in (one, other)}
    if len(vocabularies) > 1:
        sys.exit(f"{one} and {other} know different vocabularies; train both on the same pages")
    Path(out).mkdir(parents=True, exist_ok=True)
    text = json.dumps(mean(*read), separators=(",", ":")) + "\n"
    (Path(out) / "weights.json").write_text(text, encoding="utf-8")
    (Path(out) / "vocabulary.tsv").write_text(vocabularies.pop(), encoding="utf-8")


if __name__ == "__main__":
    main()
