"""A small neural network over the rows of blocks, scored in numpy alone.

What a tree asks of the lines around a block, a row of the table must say. The network sees all rows of a block and
learns what to make of those of up to 63 blocks on either side: layers of dilated convolutions, each adding to what the
one before it made (F. Yu, V. Koltun, "Multi-scale context aggregation by dilated convolutions", ICLR 2016). A gate
weighs the blocks for the means that say what the document is about, in its core and outside it, and each block is
judged beside those.

All values are whole numbers, so small that every product and sum of them is exact: a block gets the same score in any
batch, whatever order a machine adds in (B. Jacob et al., "Quantization and training of neural networks for efficient
integer-arithmetic-only inference", CVPR 2018, has the scheme). `training/networks.py` makes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.bands import Bands, Borders, Column
from cleaner.heuristics.batch import Batch
from cleaner.heuristics.calibration import Curve
from cleaner.heuristics.columns import Floats
from cleaner.heuristics.trees import probability

EXACT = 1 << 24
"""Whole numbers below this are exact in float32, and so are sums that stay below it."""
TOP = 1023
"""The greatest value of a unit."""
GATE = 127
"""The value of a gate that is open."""
SHARE = 0.28
"""How much the networks count beside the trees. From 0.2 to 0.6 word F1 on cross-validated dumps hardly differs
(`docs/model.md`); more of it fits the pages that were learnt from less well."""
AT_ONCE = 2048
"""Blocks computed at once: what a layer sees of them fits into the processor's cache."""

Units = npt.NDArray[np.uint16]


class Dense(NamedTuple):
    """Sums of inputs: `weights` (outputs, inputs) are whole; `scale` and `bias`, (outputs, 1), turn a sum into the
    output's unit."""

    weights: Floats
    scale: Floats
    bias: Floats

    @classmethod
    def parse(cls, saved: Mapping[str, Any]) -> Dense:
        """From a weights file: the weights are a text of numbers, row by row."""
        scale, bias = (np.array(saved[name], np.float32)[:, None] for name in ("scale", "bias"))
        weights = np.fromstring(saved["weights"], np.int16, sep=" ").astype(np.float32)
        return cls(weights.reshape(len(scale), -1), scale, bias)

    def __call__(self, inputs: Floats) -> Floats:
        """(outputs, blocks) of (inputs, blocks)."""
        sums = self.weights @ inputs
        sums *= self.scale
        sums += self.bias
        return np.asarray(sums)


class Layer(NamedTuple):
    """What a layer adds of the blocks `distance` before and behind and of the block itself to `kept` of what was."""

    distance: int
    kept: float
    dense: Dense


@dataclass(frozen=True)
class Network:
    """One network: its layers in order."""

    entry: Dense
    layers: Sequence[Layer]
    gate: Dense
    context: Dense
    head: Dense
    verdict: Dense

    @classmethod
    def parse(cls, saved: Mapping[str, Any]) -> Network:
        """The network in a weights file."""
        ends = {name: Dense.parse(saved[name]) for name in ("entry", "gate", "context", "head", "verdict")}
        layers = [Layer(one["distance"], one["kept"], Dense.parse(one)) for one in saved["layers"]]
        return cls(layers=layers, **ends)

    def scores(self, seen: Units, batch: Batch) -> Floats:
        """The log odds of each block being body, given (units, blocks) what the first layer sees, which is lost. Time
        linear."""
        for layer in self.layers:
            _convolve(layer, seen, batch)
        context = self._context(seen, batch)
        result = np.empty(batch.count, np.float32)
        for here in _stretches(batch.count):
            own, around = seen[:, here].astype(np.float32), context[:, batch.document[here]]
            both = np.rint(own * around / TOP)
            beside = _units(self.head(np.concatenate((own, around, both))))
            result[here] = self.verdict(beside.astype(np.float32))[0]
        return result

    def _context(self, seen: Units, batch: Batch) -> Floats:
        """(units, documents): what the documents are about, as the head sees it."""
        sums = np.zeros((3, len(seen), batch.documents))
        weights = np.zeros((3, 1, batch.documents))
        long = np.minimum(np.rint(4 * np.sqrt(batch.words + 1)), TOP)
        for here in _stretches(batch.count):
            own = seen[:, here].astype(np.float32)
            opened = np.rint(np.clip(self.gate(own), 0, GATE))[0].astype(np.float64)
            starts = np.flatnonzero(np.diff(batch.document[here], prepend=-1))
            documents = batch.document[here][starts]
            every = (opened * long[here], (GATE - opened) * long[here], np.ones(len(opened)))
            for number, weight in enumerate(every):
                sums[number, :, documents] += np.add.reduceat(own * weight, starts, axis=1).T
                weights[number, 0, documents] += np.add.reduceat(weight, starts)
        means = np.rint(sums / np.maximum(weights, 1)).astype(np.float32)
        return _units(self.context(means.reshape(-1, batch.documents))).astype(np.float32)


class Networks(NamedTuple):
    """Networks that judge beside trees. `borders` are those of each row that they see, by number; `curve` is
    the calibration of all together."""

    borders: Borders
    each: tuple[Network, ...]
    curve: Curve

    @classmethod
    def parse(cls, saved: Mapping[str, Any], numbers: Mapping[str, int]) -> Networks:
        """From a file that `train.py` has written. `numbers` are those of the rows, by name."""
        borders = {numbers[name]: np.array(asked, np.float32) for name, asked in saved["borders"].items()}
        return cls(borders, tuple(map(Network.parse, saved["networks"])), Curve.parse(saved))

    def beside(self, scores: Floats, values: Sequence[Column], batch: Batch) -> Floats:
        """Per block how likely all together say that it is body, not calibrated: by the `scores` of the trees, and the
        mean of those of the networks for `SHARE` of it. `values` are the rows of the table."""
        if self.each:
            scores = (1 - SHARE) * scores + SHARE / len(self.each) * sum(self.scores(values, batch))
        return probability(scores)

    def scores(self, values: Sequence[Column], batch: Batch) -> list[Floats]:
        """Of each network the log odds of each block. Memory linear: two bytes a unit and block."""
        seen = [np.empty((len(network.entry.bias), batch.count), np.uint16) for network in self.each]
        for here in _stretches(batch.count):
            levels = self._levels(values, here)
            for network, units in zip(self.each, seen, strict=True):
                units[:, here] = _units(network.entry(levels))
        return [network.scores(units, batch) for network, units in zip(self.each, seen, strict=True)]

    def _levels(self, values: Sequence[Column], here: slice) -> Floats:
        """(rows, blocks): how many of its borders each value exceeds."""
        result = np.empty((len(self.borders), here.stop - here.start), np.float32)
        for levels, (row, borders) in zip(result, self.borders.items(), strict=True):
            column = values[row]
            if isinstance(column, Bands):
                exceeded = np.searchsorted(column.places(borders), np.arange(len(column.borders) + 1))
                levels[:] = exceeded[column.levels[here]]
            else:
                levels[:] = np.searchsorted(borders, column[here])
        return result


def _stretches(count: int) -> Iterator[slice]:
    """`AT_ONCE` blocks after the other."""
    for start in range(0, count, AT_ONCE):
        yield slice(start, min(start + AT_ONCE, count))


def _units(values: Floats) -> Units:
    """Whole numbers from 0 to `TOP`."""
    np.rint(values, out=values)
    return np.clip(values, 0, TOP, out=values).astype(np.uint16)


def _convolve(layer: Layer, seen: Units, batch: Batch) -> None:
    """Have in `seen` what the next layer sees. Beyond its document a block sees nothing."""
    distance, (units, count) = layer.distance, seen.shape
    behind: Units = np.zeros((units, distance), np.uint16)
    for here in _stretches(count):
        size, high = here.stop - here.start, min(here.stop + distance, count)
        near = np.zeros((units, size + 2 * distance), np.float32)
        near[:, :distance] = behind
        near[:, distance : distance + high - here.start] = seen[:, here.start : high]
        behind = seen[:, max(here.stop - distance, 0) : here.stop].copy()
        inputs = np.empty((3, units, size), np.float32)
        for place, shift in enumerate((-distance, 0, distance)):
            its = near[:, distance + shift : distance + shift + size]
            np.multiply(its, batch.has_neighbour(shift)[here], out=inputs[place], dtype=np.float32)
        added = np.maximum(layer.dense(inputs.reshape(-1, size)), 0)
        added += near[:, distance : distance + size] * layer.kept
        seen[:, here] = _units(added)
