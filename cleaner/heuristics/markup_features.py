"""What the model looks at besides where there is HTML: a table of named features of the elements around a block.

The rows are as those of `features.FEATURES`; they are computed from the `Elements` of a batch of pages.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.bands import matrix_of
from cleaner.heuristics.columns import Floats
from cleaner.heuristics.element_kinds import AROUND_ROLES, AROUND_TAGS, HIDDEN, OWN
from cleaner.heuristics.elements import Elements
from cleaner.heuristics.features import AROUND, NEAR

LEVELS = (1, 2, 3, 4, 6)
"""Steps outwards from a block's own element at which its ancestors are looked at."""

FIRST_RANK = OWN.index(("h1",))

Look = Callable[[Elements], npt.NDArray[np.generic]]


class MarkupFeature(NamedTuple):
    """One row of the table, see `features.Feature`."""

    name: str
    says: str
    compute: Look
    shifts: tuple[int, ...] = ()


def _is(number: int) -> Look:
    return lambda e: e.own_kind == number


def _in(bit: int) -> Look:
    return lambda e: (e.around >> bit) & 1


def _outwards(column: Callable[[Elements], Floats], steps: int) -> Look:
    """The value of an ancestor; -1 beyond the root."""
    return lambda e: e.at(column(e), e.outwards(steps), -1)


def _siblings(e: Elements) -> Floats:
    """How many blocks have their own element directly in the same parent."""
    parent = e.outwards(1)
    return np.bincount(parent, minlength=e.count + 1)[parent].astype(np.float32)


def _as_before(e: Elements) -> Floats:
    """Whether the block before is in an element of the same signature."""
    return np.asarray(e.signature == np.concatenate(([0], e.signature[:-1])), np.float32)


NAMED = "in an element named as boilerplate is|in an element named as an article is"
ROLES = (
    "not in navigation|in an element whose role is navigation",
    "not beside the article|in an element whose role is beside the article",
    "not in the main part|in an element whose role is the main part",
    "not marked as the article's body|marked as the article's body",
    "not marked as author, date or headline|marked as author, date or headline",
)

MARKUP: tuple[MarkupFeature, ...] = (
    *(
        MarkupFeature(f"is-{tags[0]}", f"not in a <{tags[0]}>|in a <{tags[0]}>", _is(number), NEAR * (number < 5))
        for number, tags in enumerate(OWN)
    ),
    *(
        MarkupFeature(f"in-{tags.split(',')[0]}", f"not within <{tags}>|within <{tags}>", _in(bit))
        for bit, tags in enumerate(AROUND_TAGS)
    ),
    *(
        MarkupFeature(f"role-{roles.split(',')[0]}", says, _in(len(AROUND_TAGS) + number))
        for number, (roles, says) in enumerate(zip(AROUND_ROLES, ROLES, strict=True))
    ),
    MarkupFeature("hidden", "shown|hidden", _in(HIDDEN)),
    MarkupFeature("linked", "no link|a link", lambda e: e.linked_share(e.linked), AROUND),
    MarkupFeature(
        "anchored",
        "no link to a place in the page|a link to a place in the page",
        lambda e: e.linked_share(e.anchored),
        NEAR,
    ),
    MarkupFeature("links", "few links|many links", lambda e: e.links, NEAR),
    *(
        MarkupFeature(f"links-out-{n}", "few links around|many links around", _outwards(lambda e: e.link_density, n))
        for n in LEVELS
    ),
    *(
        MarkupFeature(f"words-out-{n}", "in a small element|in a large element", _outwards(lambda e: e.words, n))
        for n in LEVELS
    ),
    *(
        MarkupFeature(
            f"paragraphs-out-{n}",
            "no paragraphs beside it|many paragraphs beside it",
            _outwards(lambda e: e.direct_words, n),
        )
        for n in (1, 2, 3)
    ),
    *(MarkupFeature(f"names-out-{n}", NAMED, _outwards(lambda e: e.kinds.names, n)) for n in (0, 1, 2, 3, 4)),
    MarkupFeature("names-least", NAMED, lambda e: e.around_names[0], NEAR),
    MarkupFeature("names-most", NAMED, lambda e: e.around_names[1], NEAR),
    MarkupFeature("names-sum", NAMED, lambda e: e.around_names[2], NEAR),
    MarkupFeature("siblings", "few elements beside it|many elements beside it", _siblings),
    MarkupFeature("as-before", "unlike what is above it|like what is above it", _as_before, (1,)),
    MarkupFeature("titled", "not the page's title|the page's title", lambda e: e.titled, NEAR),
    MarkupFeature("since-title", "close below the title|far from a title", lambda e: e.batch.since(e.titled)),
    MarkupFeature(
        "since-heading",
        "close below a heading of the first rank|far from a heading of the first rank",
        lambda e: e.batch.since(np.asarray(_is(FIRST_RANK)(e), np.bool_)),
    ),
    MarkupFeature("depth", "not deep in the page|deep in the page", lambda e: e.depth),
    MarkupFeature("extracted", "an extractor leaves it out|an extractor takes it", lambda e: e.extracted, AROUND),
    MarkupFeature(
        "declared",
        "not in the body that the page declares|in the body that the page declares",
        lambda e: e.declared,
        NEAR,
    ),
)


def markup_matrix(elements: Elements) -> Floats:
    """(features, blocks): the table for a batch of pages."""
    return matrix_of(MARKUP, elements, elements.batch.count)
