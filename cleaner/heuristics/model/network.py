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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.bands import Borders, Column, exceeded
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.batches.stretches import Chosen, counted_from, documents_of, groups, stretches
from cleaner.heuristics.model.calibration import Curve
from cleaner.heuristics.model.trees import probability

EXACT = 1 << 24
"""Whole numbers below this are exact in float32, and so are sums that stay below it."""
TOP = 1023
"""The greatest value of a unit."""
GATE = 127
"""The value of a gate that is open."""
AT_ONCE = 3072
"""Blocks computed at once: what a layer sees of them about fits into the processor's cache. Of fewer than 2,048 numpy
copies what it multiplies row by row."""

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

    def __call__(self, inputs: Floats, space: Floats | None = None) -> Floats:
        """(outputs, blocks) of (inputs, blocks), in the first rows of `space` if there is some."""
        sums = np.matmul(self.weights, inputs, out=None if space is None else space[: len(self.bias)])
        sums *= self.scale
        sums += self.bias
        return np.asarray(sums)


class Layer(NamedTuple):
    """What a layer adds of the blocks `distance` before and behind and of the block itself to `kept` of what was."""

    distance: int
    kept: float
    dense: Dense


class Space(NamedTuple):
    """Where units stand while they are computed: to fetch as much memory anew takes longer than to write them. `near`
    has three rows a unit, `sums` as many as a layer has outputs, `levels` one for each row of the table."""

    near: Floats
    sums: Floats
    levels: Floats

    @classmethod
    def empty(cls, networks: Sequence[Network], rows: int, size: int) -> Space:
        """Space for each of the networks, and so many rows and blocks."""
        units = max(max(network.units, len(network.head.bias)) for network in networks)
        near, sums, levels = (np.empty((number, size), np.float32) for number in (3 * units, units, rows))
        return cls(near, sums, levels)

    def of(self, size: int) -> Space:
        """That of so many blocks."""
        return Space(*(each[:, :size] for each in self))

    def split(self, units: int) -> tuple[Floats, Floats, Floats, Floats]:
        """The rows of `near` for so many units, and the thirds of these."""
        near = self.near[: 3 * units]
        return near, near[:units], near[units : 2 * units], near[2 * units :]


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

    @property
    def units(self) -> int:
        """Units of a block."""
        return len(self.entry.bias)

    @property
    def reach(self) -> int:
        """Blocks on either side that the units of a block depend on."""
        return sum(layer.distance for layer in self.layers)

    def seen(self, documents: Sequence[slice], space: Space) -> Floats:
        """(units, blocks), in `space`: what the layers make of blocks, given in it the levels of their rows, and where
        each document stands. Beyond these a block sees nothing."""
        near, before, own, behind = space.split(self.units)
        own[:] = _whole(self.entry(space.levels, space.sums))
        for layer in self.layers:
            shift = min(layer.distance, own.shape[1])
            before[:, shift:], behind[:, : own.shape[1] - shift] = own[:, : own.shape[1] - shift], own[:, shift:]
            for place in documents:
                before[:, place.start : place.start + shift] = 0
                behind[:, max(place.stop - shift, 0) : place.stop] = 0
            added = layer.dense(near, space.sums)
            own *= layer.kept
            own += np.clip(added, 0, TOP, out=added)
            _whole(own)
        return own

    def scores(self, seen: Units, chosen: Chosen, blocks: slice, space: Space) -> Floats:
        """The log odds of each block being body, given (units, blocks) what the layers make of the blocks, those of
        whole documents."""
        context = self._context(seen, chosen, blocks, space)
        result = np.empty(seen.shape[1], np.float32)
        for here in stretches(blocks, AT_ONCE):
            some, at = space.of(here.stop - here.start), counted_from(blocks.start, here)
            inputs, own, around, both = some.split(self.units)
            own[:] = seen[:, at]
            for number, place in documents_of(chosen, here):
                around[:, place] = context[number]
            np.multiply(own, around, out=both)
            both /= TOP
            np.rint(both, out=both)
            result[at] = self.verdict(_whole(self.head(inputs, some.sums)))[0]
        return result

    def _context(self, seen: Units, chosen: Chosen, blocks: slice, space: Space) -> dict[int, Floats]:
        """(units, 1) of each document: what it is about, as the head sees it. The sums are exact in float64."""
        sums: dict[int, npt.NDArray[np.float64]] = {}
        for here in stretches(blocks, AT_ONCE):
            near, _, own, behind = space.of(here.stop - here.start).split(self.units)
            own[:], behind[:1] = seen[:, counted_from(blocks.start, here)], 1
            values = near[self.units : 2 * self.units + 1]
            opened = np.rint(np.clip(self.gate(own), 0, GATE))[0].astype(np.float64)
            long = np.minimum(np.rint(4 * np.sqrt(chosen.words[here] + 1)), TOP)
            weights = np.stack((opened * long, (GATE - opened) * long, np.ones(len(opened))))
            for number, place in documents_of(chosen, here):
                added = weights[:, place] @ values[:, place].T.astype(np.float64)
                sums[number] = sums[number] + added if number in sums else added
        every = np.stack(list(sums.values()), axis=2)
        means = np.rint(every[:, :-1] / np.maximum(every[:, -1:], 1)).astype(np.float32)
        context = _whole(self.context(means.reshape(-1, len(sums))))
        return dict(zip(sums, context.T[:, :, None], strict=True))


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

    def beside(self, scores: Floats, own: Sequence[Floats], share: Floats | float) -> Floats:
        """Per block how likely all together say that it is body, not calibrated: by the `scores` of the trees, and the
        mean of the networks' `own` for a `share` of it."""
        if self.each:
            scores = (1 - share) * scores + share / len(self.each) * sum(own)
        return probability(scores)

    def scores(self, values: Sequence[Column], chosen: Chosen) -> list[Floats]:
        """Of each network the log odds of each chosen block, given the rows of the batch. Time linear; memory bounded
        but for the longest document, of which it takes two bytes a unit and block."""
        if not self.each:
            return []
        reach = max(network.reach for network in self.each)
        space = Space.empty(self.each, len(self.borders), min(AT_ONCE + 2 * reach, chosen.count))
        result = [np.empty(chosen.count, np.float32) for _ in self.each]
        for blocks in groups(chosen, AT_ONCE):
            every = [np.empty((network.units, blocks.stop - blocks.start), np.uint16) for network in self.each]
            for here in stretches(blocks, AT_ONCE):
                around = slice(max(here.start - reach, blocks.start), min(here.stop + reach, blocks.stop))
                some, documents = space.of(around.stop - around.start), [own for _, own in documents_of(chosen, around)]
                self._levels(values, chosen.origin[around], some.levels)
                for network, seen in zip(self.each, every, strict=True):
                    units = network.seen(documents, some)
                    seen[:, counted_from(blocks.start, here)] = units[:, counted_from(around.start, here)]
            for network, seen, scores in zip(self.each, every, result, strict=True):
                scores[blocks] = network.scores(seen, chosen, blocks, space)
        return result

    def _levels(self, values: Sequence[Column], here: Ints, result: Floats) -> None:
        """Put into `result`, (rows, blocks), how many of its borders each value exceeds."""
        for levels, (row, borders) in zip(result, self.borders.items(), strict=True):
            levels[:] = exceeded(values[row], here, borders)


def _whole(values: Floats) -> Floats:
    """Made whole numbers from 0 to `TOP`, in their place."""
    np.rint(values, out=values)
    return np.clip(values, 0, TOP, out=values)
