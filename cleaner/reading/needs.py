"""What a CSS selector needs of a page: the names without which it matches nothing.

A source with its families has dozens of selectors, most of which find nothing on a given page; asking for the names
of its elements first costs a thousandth of looking through all of them.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ATTRIBUTE = re.compile(r"\[[^\[\]\"']*(?:\"[^\"]*\"|'[^']*')?[^\[\]\"']*\]")
_NAME = re.compile(r"[.#](-?[A-Za-z_][\w-]*)")
_UNTOLD = re.compile(r"[:\\\[\](\"']|^\s*\.?/")


@lru_cache(maxsize=4096)
def names_needed(selector: str) -> tuple[frozenset[str], ...]:
    """For each alternative of a selector, the classes and ids that it names; none that are sure for what is not plain.

    >>> [sorted(names) for names in names_needed("div.story > p.lead, #main [data-x='a,b']")]
    [['lead', 'story'], ['main']]
    >>> names_needed("p:not(.lead)"), names_needed("//p[@class='lead']")
    ((frozenset(),), (frozenset(),))
    """
    plain = _ATTRIBUTE.sub("", selector)
    if _UNTOLD.search(plain):
        return (frozenset(),)
    return tuple(frozenset(_NAME.findall(part)) for part in plain.split(","))
