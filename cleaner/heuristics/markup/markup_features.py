"""What the model looks at besides where there is HTML: a table of named features of the elements around a block.

The rows are as those of `features.FEATURES`; they are computed from the `Surroundings` of some blocks at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.heuristics.batches.bands import Borders, Column, stretched
from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.features.features import AROUND, NEAR
from cleaner.heuristics.markup.element_kinds import AROUND_ROLES, AROUND_TAGS, HIDDEN, OWN
from cleaner.heuristics.markup.elements import Elements
from cleaner.heuristics.markup.surroundings import Surroundings, surroundings_of

LEVELS = (1, 2, 3, 4, 6)
"""Steps outwards from a block's own element at which its ancestors are looked at."""

Look = Callable[[Surroundings], npt.NDArray[np.generic]]


class MarkupFeature(NamedTuple):
    """One row of the table, see `features.Feature`."""

    name: str
    says: str
    compute: Look
    shifts: tuple[int, ...] = ()


def _is(number: int) -> Look:
    return lambda s: s.here(s.elements.own_kind) == number


def _in(bit: int) -> Look:
    return lambda s: (s.around >> bit) & 1


def _outwards(column: Callable[[Elements], Floats], steps: int) -> Look:
    """The value of an ancestor; -1 beyond the root."""
    return lambda s: column(s.elements).take(s.outwards(steps))


def _here(column: Callable[[Elements], npt.NDArray[np.generic]]) -> Look:
    """A value of the blocks."""
    return lambda s: s.here(column(s.elements))


def _names(steps: int) -> Look:
    return lambda s: s.names(steps)


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
    MarkupFeature("linked", "no link|a link", lambda s: s.linked_share(s.elements.linked), AROUND),
    MarkupFeature(
        "anchored",
        "no link to a place in the page|a link to a place in the page",
        lambda s: s.linked_share(s.elements.anchored),
        NEAR,
    ),
    MarkupFeature("links", "few links|many links", lambda s: s.links, NEAR),
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
    *(MarkupFeature(f"names-out-{n}", NAMED, _names(n)) for n in (0, 1, 2, 3, 4)),
    MarkupFeature("names-least", NAMED, lambda s: s.around_names[0], NEAR),
    MarkupFeature("names-most", NAMED, lambda s: s.around_names[1], NEAR),
    MarkupFeature("names-sum", NAMED, lambda s: s.around_names[2], NEAR),
    MarkupFeature("siblings", "few elements beside it|many elements beside it", _here(lambda e: e.siblings)),
    MarkupFeature("as-before", "unlike what is above it|like what is above it", _here(lambda e: e.signatures[2]), (1,)),
    MarkupFeature("titled", "not the page's title|the page's title", _here(lambda e: e.titled), NEAR),
    MarkupFeature("since-title", "close below the title|far from a title", _here(lambda e: e.since_title)),
    MarkupFeature(
        "since-heading",
        "close below a heading of the first rank|far from a heading of the first rank",
        _here(lambda e: e.since_heading),
    ),
    MarkupFeature("depth", "not deep in the page|deep in the page", _here(lambda e: e.depth)),
    MarkupFeature(
        "extracted", "an extractor leaves it out|an extractor takes it", _here(lambda e: e.extracted), AROUND
    ),
    MarkupFeature(
        "declared",
        "not in the body that the page declares|in the body that the page declares",
        _here(lambda e: e.declared),
        NEAR,
    ),
)


def markup_rows(elements: Elements, borders: Borders | None = None, first: int = 0) -> tuple[Column, ...]:
    """The table for a batch of pages, as `bands.columns_of` gives it."""
    parts = ((slice(some.low, some.high), some) for some in surroundings_of(elements))
    return stretched(MARKUP, parts, elements.batch.count, borders, first)
