"""Named heuristics: what a model of single blocks cannot see."""
