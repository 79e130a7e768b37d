"""Fit a network by JAX: what `heuristics/model/network.py` computes, in floating point, and how far each weight goes.

Documents are laid one behind the other into packs of the same length, so that one compiled step serves all. The loss
is the cross entropy of each block, weighed as the trees weigh it; the optimiser is AdamW (I. Loshchilov, F. Hutter,
"Decoupled weight decay regularization", ICLR 2019) with a rate that falls like a cosine. Run on one thread it gives
the same weights on each run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.columns import Floats, Ints

LEVELS = 31
"""Borders of a row at most."""
PACK = 8192
"""Blocks in a pack. A longer document is cut."""
MOST_DOCUMENTS = 192
"""In a pack."""
WARM = 100
"""Steps in which the rate rises."""
KEPT = 0.8
"""Share of what a layer makes and adds that the next one sees; keeps the sums small."""

Levels = npt.NDArray[np.uint8]
Weights = dict[str, tuple[Floats, Floats]]
"""By layer the weights (inputs, outputs) and the biases."""


class Settings(NamedTuple):
    """Chosen on cross-validated word F1; `docs/experiments.md` has the figures."""

    rounds: int
    seed: int
    units: int = 48
    distances: tuple[int, ...] = (1, 2, 4, 8, 16, 32)
    rate: float = 3e-3
    decay: float = 1e-2
    dropped: float = 0.1
    """Share of the rows that a document is seen without, so that none is relied on alone."""


class Rows(NamedTuple):
    """Blocks to learn from: `levels` (blocks, rows) say how many borders each value exceeds, as shares of 0 to
    `LEVELS`; `words`, `labels` and `weights` are (blocks,); each document is from `starts` to `stops`."""

    levels: Levels
    words: Floats
    labels: Floats
    weights: Floats
    starts: Ints
    stops: Ints


class Pack(NamedTuple):
    """Some documents, padded to the same length: the fields of `Rows`, and the number of each block's document."""

    levels: Levels
    words: Floats
    labels: Floats
    weights: Floats
    document: Ints


class State(NamedTuple):
    """Where learning stands: the weights, and the running means of the slope and of its square."""

    weights: Any
    momentum: Any
    speed: Any


def borders_for(values: Floats) -> Floats:
    """The borders of a row: between its values if they are few, else so that as many values lie between any two; where
    most values are the same, between as many of the others.

    >>> borders_for(np.array([0, 1, 1, 3], np.float32)).tolist()
    [0.5, 2.0]
    """
    known = np.unique(values)
    if len(known) <= LEVELS + 1:
        return np.asarray((known[1:] + known[:-1]) / 2, np.float32)
    borders = np.unique(np.quantile(values, _inside(LEVELS)))
    if len(borders) < LEVELS:
        others = np.unique(values[values != np.median(values)])
        more = np.quantile(others, _inside(LEVELS - len(borders)))
        borders = np.unique(np.concatenate((borders, more)))[:LEVELS]
    return np.asarray(borders, np.float32)


def _inside(count: int) -> npt.NDArray[np.float64]:
    return np.linspace(0, 1, count + 2)[1:-1]


def stretch(borders: Floats) -> int:
    """What a level of a row with so many borders is multiplied by, so that few levels are as far apart as many."""
    return LEVELS // max(len(borders), 1)


def fit(rows: Rows, settings: Settings) -> Weights:
    """The weights of a network that has learnt from these rows."""
    import jax

    weights = initial(rows.levels.shape[1], settings)
    zero = jax.tree_util.tree_map(np.zeros_like, weights)
    state = State(weights, zero, zero)
    draw, key = np.random.default_rng(settings.seed), jax.random.PRNGKey(settings.seed)
    step, steps = jax.jit(partial(_step, settings)), 0
    total = len(list(_spans(rows, np.arange(len(rows.starts))))) * settings.rounds
    for _ in range(settings.rounds):
        for spans in _spans(rows, draw.permutation(len(rows.starts))):
            steps += 1
            key, drawn = jax.random.split(key)
            falling = 0.5 * (1 + np.cos(np.pi * min(1, steps / total)))
            rate = settings.rate * min(1, steps / WARM) * (falling + 0.005)
            state = step(state, pack(rows, spans), drawn, (steps, rate))
    return {name: (np.asarray(values), np.asarray(bias)) for name, (values, bias) in state.weights.items()}


def initial(rows: int, settings: Settings) -> Weights:
    """Where learning begins (K. He et al., "Delving deep into rectifiers", ICCV 2015)."""
    draw, units = np.random.default_rng(settings.seed + 100), settings.units
    shapes = {"entry": (rows, units, 1.0)}
    shapes |= {f"layer{number}": (3 * units, units, 0.5) for number in range(len(settings.distances))}
    shapes |= {"gate": (units, 1, 1.0), "context": (3 * units, units, 1.0), "head": (3 * units, units, 1.0)}
    shapes |= {"verdict": (units, 1, 0.3)}
    return {
        name: (draw.normal(0, part * np.sqrt(2 / size), (size, out)).astype(np.float32), np.zeros(out, np.float32))
        for name, (size, out, part) in shapes.items()
    }


def _spans(rows: Rows, documents: Ints) -> Iterator[list[tuple[int, int]]]:
    """The blocks of each pack, as (start, stop) of each document in it."""
    spans: list[tuple[int, int]] = []
    size = 0
    for start, stop in zip(rows.starts[documents].tolist(), rows.stops[documents].tolist(), strict=True):
        for low in range(start, stop, PACK):
            high = min(low + PACK, stop)
            if size + high - low > PACK or len(spans) == MOST_DOCUMENTS - 1:
                yield spans
                spans, size = [], 0
            spans.append((low, high))
            size += high - low
    if spans:
        yield spans


def packs(rows: Rows, documents: Ints) -> Iterator[Pack]:
    """The documents in packs."""
    for spans in _spans(rows, documents):
        yield pack(rows, spans)


def pack(rows: Rows, spans: Sequence[tuple[int, int]]) -> Pack:
    """The blocks of some spans, and the number of the span of each; the rest is a document without weight."""
    chosen = np.concatenate([np.arange(low, high) for low, high in spans])
    document = np.full(PACK, MOST_DOCUMENTS - 1, np.int32)
    document[: len(chosen)] = np.repeat(np.arange(len(spans)), [high - low for low, high in spans])
    levels, words, labels, weights = (_padded(values[chosen]) for values in rows[:4])
    return Pack(levels, words, labels, weights, document)


def _padded(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    result = np.zeros((PACK, *values.shape[1:]), values.dtype)
    result[: len(values)] = values
    return result


def centred(levels: Any) -> Any:
    """The levels as the network sees them."""
    return (levels - LEVELS / 2) / (0.3 * LEVELS)


def units_of(weights: Any, settings: Settings, seen: Pack, key: Any = None) -> dict[str, Any]:
    """What the network makes of a pack, layer by layer: (blocks, units); "context" (documents, units); "verdict"
    (blocks,). With a key, rows are dropped."""
    import jax
    import jax.numpy as jnp

    document, values = seen.document, centred(jnp.asarray(seen.levels, jnp.float32))
    if key is not None:
        kept = jax.random.bernoulli(key, 1 - settings.dropped, (MOST_DOCUMENTS, values.shape[1]))
        values = values * (kept / (1 - settings.dropped))[document]

    def dense(name: str, inputs: Any) -> Any:
        return inputs @ weights[name][0] + weights[name][1]

    def mean(parts: Any) -> Any:
        sums = jax.ops.segment_sum(parts * units, document, MOST_DOCUMENTS)
        return sums / (jax.ops.segment_sum(parts, document, MOST_DOCUMENTS) + 1e-3)

    units = jax.nn.relu(dense("entry", values))
    made = {"entry": units}
    for number, distance in enumerate(settings.distances):
        near = (_shifted(units, document, -distance), units, _shifted(units, document, distance))
        units = KEPT * (units + jax.nn.relu(dense(f"layer{number}", jnp.concatenate(near, 1))))
        made[f"layer{number}"] = units
    opened = jnp.clip(dense("gate", units) / 4 + 0.5, 0, 1)
    long = jnp.sqrt(jnp.asarray(seen.words) + 1)[:, None]
    means = jnp.concatenate([mean(opened * long), mean((1 - opened) * long), mean(jnp.ones_like(long))], 1)
    made["context"] = jax.nn.relu(dense("context", means))
    around = made["context"][document]
    made["head"] = jax.nn.relu(dense("head", jnp.concatenate([units, around, units * around], 1)))
    made["verdict"] = dense("verdict", made["head"])[:, 0]
    return made


def _shifted(units: Any, document: Any, distance: int) -> Any:
    """What stands `distance` blocks on; nothing beyond the document."""
    import jax.numpy as jnp

    there = jnp.roll(units, -distance, axis=0)
    same = jnp.roll(document, -distance) == document
    place = jnp.arange(len(document)) + distance
    return there * (same & (place >= 0) & (place < len(document)))[:, None]


def _loss(weights: Any, settings: Settings, seen: Pack, key: Any) -> Any:
    import jax
    import jax.numpy as jnp

    scores = units_of(weights, settings, seen, key)["verdict"]
    weighed = jnp.asarray(seen.weights)
    wrong = jnp.sum(weighed * (jax.nn.softplus(scores) - seen.labels * scores))
    documents = jnp.minimum(jax.ops.segment_sum(weighed, seen.document, MOST_DOCUMENTS), 1.5)
    return wrong / jnp.maximum(jnp.sum(documents), 1e-3)


def _step(settings: Settings, state: State, seen: Pack, drawn: Any, at: tuple[Any, Any]) -> State:
    """One step of AdamW, the slope cut at length 1; means of 0.9 and 0.99. `at` is the step's number and its rate."""
    import jax
    import jax.numpy as jnp

    each = jax.tree_util.tree_map
    (weights, momentum, speed), (steps, rate) = state, at
    slope = jax.grad(_loss)(weights, settings, seen, drawn)
    length = jnp.sqrt(sum(jnp.sum(part**2) for part in jax.tree_util.tree_leaves(slope)))
    slope = each(lambda part: part * jnp.minimum(1, 1 / (length + 1e-9)), slope)
    momentum = each(lambda mean, part: 0.9 * mean + 0.1 * part, momentum, slope)
    speed = each(lambda mean, part: 0.99 * mean + 0.01 * part**2, speed, slope)

    def moved(value: Any, mean: Any, square: Any) -> Any:
        along = (mean / (1 - 0.9**steps)) / (jnp.sqrt(square / (1 - 0.99**steps)) + 1e-6)
        return value - rate * (along + settings.decay * value * (value.ndim > 1))

    return State(each(moved, weights, momentum, speed), momentum, speed)
