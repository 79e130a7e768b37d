"""The curve that makes of what is said a true probability: of the blocks said to be body with 0.8, eight in ten are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from cleaner.heuristics.batches.columns import Floats


class Curve(NamedTuple):
    """Its points, both rising: the probability as scored, and the share of body as observed."""

    scored: Floats
    observed: Floats

    @classmethod
    def parse(cls, saved: Mapping[str, Any]) -> Curve:
        """The curve in a file that `train.py` has written."""
        scored, observed = np.array(saved["calibration"], np.float32).T.copy()
        return cls(scored, observed)

    def __call__(self, likely: Floats) -> Floats:
        """The true probability of what was scored; between the points along straight lines."""
        return np.interp(likely, self.scored, self.observed).astype(np.float32)
