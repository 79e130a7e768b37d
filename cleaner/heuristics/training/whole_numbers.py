"""Turn a network's weights into whole numbers: what `heuristics/model/network.py` computes with.

Each unit is counted in steps of a share of the most that it was seen to be. Of each sum the weights are rounded to as
many steps as keep it below 2 ** 24 whatever its inputs are, so that it is exact in float32.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.model.network import EXACT, GATE, TOP
from cleaner.heuristics.training.network import KEPT, LEVELS, Pack, Settings, Weights, centred, stretch, units_of

MOST_WEIGHT = 999
"""Of a whole weight: three digits say enough, and keep the file small."""
SEEN = 99.99
"""Percentile of a unit's values that is its greatest; what lies above is cut."""

Saved = dict[str, Any]


def whole(weights: Weights, settings: Settings, borders: Sequence[Floats], sample: Iterable[Pack]) -> Saved:
    """The network as a weights file holds it. `borders` are those of the rows that it sees; the greatest values of
    units are those of the `sample`."""
    most = _greatest(weights, settings, sample)
    steps = {name: value / TOP for name, value in most.items()}
    units = settings.units
    stretched = np.array([stretch(of_row) for of_row in borders], np.float64)
    entry, entry_bias = (np.asarray(values, np.float64) for values in weights["entry"])
    middle = entry_bias + centred(0) * entry.sum(axis=0)
    last = f"layer{len(settings.distances) - 1}"
    layers, before = [], "entry"
    for number, distance in enumerate(settings.distances):
        name = f"layer{number}"
        dense = _dense(weights[name], np.full(3 * units, steps[before]), steps[name] / KEPT)
        layers.append({"distance": distance, "kept": round(KEPT * steps[before] / steps[name], 6), **dense})
        before = name
    both = steps[last] * steps["context"] * TOP
    beside = np.repeat([steps[last], steps["context"], both], units)
    gate, gate_bias = weights["gate"]
    return {
        "entry": _dense((entry, middle), _slope() * stretched, steps["entry"], LEVELS),
        "layers": layers,
        "gate": _dense((gate / 4, gate_bias / 4 + 0.5), np.full(units, steps[last]), 1 / GATE),
        "context": _dense(weights["context"], np.full(3 * units, steps[last]), steps["context"]),
        "head": _dense(weights["head"], beside, steps["head"]),
        "verdict": _dense(weights["verdict"], np.full(units, steps["head"]), 1.0),
    }


def _slope() -> float:
    """What one level more adds to the value that the network sees."""
    return float(centred(1.0) - centred(0.0))


def _greatest(weights: Weights, settings: Settings, sample: Iterable[Pack]) -> dict[str, float]:
    most: dict[str, float] = {}
    for pack in sample:
        for name, units in units_of(weights, settings, pack).items():
            if name != "verdict":
                most[name] = max(most.get(name, 1e-6), float(np.percentile(np.asarray(units), SEEN)))
    return most


def _dense(weights: tuple[Any, Any], inputs: Floats, output: float, top: int = TOP) -> Saved:
    """Sums in steps of `output`, given the size of a step of each of the `inputs`, which are `top` at most."""
    exact = np.asarray(weights[0], np.float64) * inputs[:, None] / output
    room = EXACT / top - len(exact) / 2 - 1  # each weight may be rounded up by half a step
    scale = np.maximum(np.abs(exact).max(axis=0) / MOST_WEIGHT, np.abs(exact).sum(axis=0) / room)
    scale = np.maximum(scale, 1e-12)
    rounded = np.rint(exact / scale).astype(int).T
    return {
        "scale": [float(f"{value:.6g}") for value in scale],
        "bias": [float(f"{value:.6g}") for value in np.asarray(weights[1], np.float64) / output],
        "weights": " ".join(map(str, rounded.ravel().tolist())),
    }
