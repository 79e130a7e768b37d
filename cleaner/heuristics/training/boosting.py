"""Boosting by CatBoost, and its trees in the form that `model.py` scores."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.model.trees import STEPS, probability

DEPTH = 6
NEVER = 3e38
"""A threshold that nothing exceeds: fills up trees that stopped growing early."""


class Settings(NamedTuple):
    """What boosting is told. Chosen on cross-validated word F1; `docs/experiments.md` has the figures."""

    trees: int
    rate: float
    seed: int = 1
    depth: int = DEPTH
    shrink: float = 3


def boost(values: Floats, labels: Floats, weights: Floats, settings: Settings) -> Any:
    """Train on (blocks, columns) of values and each block's label in 0..1."""
    from catboost import CatBoost, Pool

    model = CatBoost(
        {
            "loss_function": "CrossEntropy",
            "iterations": settings.trees,
            "learning_rate": settings.rate,
            "depth": settings.depth,
            "l2_leaf_reg": settings.shrink,
            "random_seed": settings.seed,
            "thread_count": 2,
            "border_count": 64,
            "bootstrap_type": "Bernoulli",
            "subsample": 0.7,
            "rsm": 0.3,
            "allow_writing_files": False,
            "verbose": 0,
        }
    )
    model.fit(Pool(values, labels, weight=weights))
    return model


def probabilities(model: Any, values: npt.NDArray[np.float32]) -> Floats:
    """What CatBoost itself predicts."""
    scores: Floats = model.predict(values, prediction_type="RawFormulaVal")
    return probability(scores)


def forest(model: Any, columns: list[str], depth: int = DEPTH) -> dict[str, Any]:
    """The trees as `weights.json` holds them; leaves are numbered by the bits of the answers, first split lowest."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        saved = json.loads(path.read_text(encoding="utf-8"))
    _, (bias,) = saved["scale_and_bias"]
    return {"bias": round(bias, 5), "trees": [_tree(tree, columns, depth) for tree in saved["oblivious_trees"]]}


def _tree(tree: dict[str, Any], columns: list[str], depth: int) -> dict[str, Any]:
    splits = [[columns[split["float_feature_index"]], float(f"{split['border']:.6g}")] for split in tree["splits"]]
    leaves = [round(value * STEPS) for value in tree["leaf_values"]]
    while len(splits) < depth:
        splits.append([columns[0], NEVER])
        leaves += leaves
    return {"splits": splits, "leaves": " ".join(map(str, leaves))}
