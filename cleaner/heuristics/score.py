"""How likely each block is body: first on its own, then among its neighbours.

This is the only place that turns shapes and prompts into numbers, so that a trained model can take the place of
`keep_probabilities` while everything that names, widens or limits what goes stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log2
from operator import mul

from cleaner.heuristics.coefficients import AMONG_NEIGHBOURS, OWN
from cleaner.heuristics.core import core
from cleaner.heuristics.evidence import KINDS, PLACES, Evidence
from cleaner.heuristics.shapes import Shape

# Blocks that a short document counts as having beside its own, so that one prompt is not a page full of them.
SMALL_PAGE = 10
# A share of prompts beyond this says no more: the page is short.
MOST_PROMPTS = 0.25

OWN_NAMES = (
    "bias",
    "words, as a logarithm",
    "words, squared logarithm",
    "a sentence",
    "prose",
    "lower case",
    "commas",
    "digits",
    "separators",
    "capitals",
    "bullet",
    "fragment",
    "stands more than once",
    "colon",
    "quoted",
    "one word",
    "title case",
    "names a prompt, and prose",
)
PROMPT_NAMES = tuple(f"{kind}, {place}" for kind in KINDS for place in PLACES)
CONTEXT_NAMES = (
    "previous block",
    "second previous block",
    "next block",
    "second next block",
    "blocks before",
    "blocks after",
    "far before",
    "far after",
    "prose before",
    "prose after",
    "inside the core",
    "distance before the core",
    "distance after the core",
    "prompts since the core began",
    "prompts around",
    "prompts in the document",
    "continues a sentence",
    "is continued",
    "prose between prose",
    "short among prose",
    "short among short",
)


def keep_probabilities(shapes: Sequence[Shape], prompts: Sequence[Evidence | None]) -> list[float]:
    """For each block of one document the probability that it is body.

    >>> from cleaner.heuristics.evidence import evidence
    >>> from cleaner.heuristics.shapes import shapes
    >>> sentence = "The ferry left at noon, and nobody waved from the long pier of the town."
    >>> blocks = ["Sign up for our newsletter", sentence, sentence]
    >>> [p > 0.5 for p in keep_probabilities(shapes(blocks), [evidence(block) for block in blocks])]
    [False, True, True]
    """
    rows = [own_features(shape, prompt) for shape, prompt in zip(shapes, prompts, strict=True)]
    scores = _weighted(rows, [OWN[name] for name in OWN_NAMES], _prompt_weights(prompts, OWN))
    context = context_features(shapes, scores, prompts)
    both = [row + around for row, around in zip(rows, context, strict=True)]
    weights = [AMONG_NEIGHBOURS[name] for name in OWN_NAMES + CONTEXT_NAMES]
    return list(map(_logistic, _weighted(both, weights, _prompt_weights(prompts, AMONG_NEIGHBOURS))))


def _prompt_weights(prompts: Sequence[Evidence | None], weights: dict[str, float]) -> list[float]:
    return [0.0 if prompt is None else weights[prompt_name(prompt)] for prompt in prompts]


def _weighted(rows: Sequence[Sequence[float]], weights: Sequence[float], more: Sequence[float]) -> list[float]:
    return [sum(map(mul, weights, row), extra) for row, extra in zip(rows, more, strict=True)]


def _logistic(score: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def own_features(shape: Shape, prompt: Evidence | None) -> list[float]:
    """The values of `OWN_NAMES` for one block."""
    words, log_words = shape.words, min(log2(1 + shape.words), 7.0)
    return [
        1.0,
        log_words,
        log_words * log_words / 7,
        float(shape.ends and words >= 4),
        float(shape.prose),
        shape.lower,
        min(shape.commas, 4) / 4,
        shape.digits,
        min(shape.separators, 4) / 4,
        float(shape.upper),
        float(shape.bullet),
        float(shape.fragment),
        float(shape.times > 1),
        float(shape.colon),
        float(shape.quoted),
        float(words <= 1),
        float(words >= 3 and shape.lower < 0.35 and not shape.ends),
        float(prompt is not None and shape.prose),
    ]


def prompt_name(prompt: Evidence) -> str:
    """The feature that a prompt is: its kind and its place in the block."""
    return f"{prompt.kind}, {prompt.place}"


def context_features(
    shapes: Sequence[Shape], scores: Sequence[float], prompts: Sequence[Evidence | None]
) -> list[list[float]]:
    count = len(scores)
    near = [max(-4.0, min(4.0, score)) for score in scores]
    before, far_before = _trail(near, 0.75), _trail(near, 0.93)
    after, far_after = _trail(near[::-1], 0.75)[::-1], _trail(near[::-1], 0.93)[::-1]
    prose = [
        min(shape.words, 80.0) if score > 0 and shape.words >= 8 else 0.0
        for shape, score in zip(shapes, near, strict=True)
    ]
    total = sum(prose) or 1.0
    start, end = core([_gain(s, shape) for s, shape in zip(near, shapes, strict=True)])
    strong = [float(p is not None and p.strong) for p in prompts]
    density = [a + b for a, b in zip(_trail(strong, 0.8), _trail(strong[::-1], 0.8)[::-1], strict=True)]
    whole = min(sum(strong) / (count + SMALL_PAGE), MOST_PROMPTS)
    result, seen, marks = [], 0.0, 0.0
    for i in range(count):
        shape = shapes[i]
        inside = start <= i < end
        if i >= start and seen > 0.5 * total:
            marks += strong[i]
        previous = near[i - 1] if i else -4.0
        following = near[i + 1] if i + 1 < count else -4.0
        continues = shape.fragment and i > 0 and not shapes[i - 1].ends
        continued = i + 1 < count and shapes[i + 1].fragment and not shape.ends
        result.append(
            [
                previous,
                near[i - 2] if i > 1 else -4.0,
                following,
                near[i + 2] if i + 2 < count else -4.0,
                before[i],
                after[i],
                far_before[i],
                far_after[i],
                seen / total,
                1 - seen / total,
                float(inside),
                log2(1 + max(start - i, 0)),
                log2(1 + max(i - end + 1, 0)),
                min(marks, 5.0),
                density[i],
                whole,
                float(continues),
                float(continued),
                float(shape.words >= 8 and previous > 0 and following > 0),
                float(shape.words < 8 and previous > 0 and following > 0),
                float(shape.words < 8 and previous < 0 and following < 0),
            ]
        )
        seen += prose[i]
    return result


def _gain(score: float, shape: Shape) -> float:
    return min(shape.words, 50.0) if score > 0 else -4.0 + max(score, -4.0)


def _trail(values: Sequence[float], keep: float) -> list[float]:
    """For each position the mean of the values before it, those further away weighing less."""
    trail, level = [], 0.0
    for value in values:
        trail.append(level)
        level = level * keep + value * (1 - keep)
    return trail
