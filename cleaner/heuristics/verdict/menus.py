"""Menus in one line, such as "Home | News | Sport", in texts that name few prompts otherwise.

Why: a browser's copy of a small page, or a dump that keeps rows, has its menu, its share bar and its footer in a line
each, whose entries are no prompts by themselves: the page gate would see none around the text.
Spares: rows of tables in Markdown; rows of which hardly an entry is one of a menu.
Of 8,103 gold dumps, half-cleaned and cleaned ones among them, four change, and gain 0.001 to 0.041.
"""

from __future__ import annotations

import re
from functools import cache

from cleaner.document import Document
from cleaner.heuristics.prompts import lexicon

BARS = "|·•"
"""What stands between the entries."""
KINDS = ("navigation", "share", "footer")
"""Kinds of prompts that are entries of such lines."""
ENTRIES, KNOWN = 3, 2
"""Entries of a line at least, and those of them that are known."""
LONGEST = 240
"""Characters of such a line."""

_APART = re.compile(rf"\s*[{BARS}:]\s*")


def entries_of_menus(document: Document) -> int:
    """How many different known entries the menus of a text have.

    >>> lines = "Home | News | Sport | Ferries", "We left at noon | the pier | news", "Share: Facebook | X | Print"
    >>> entries_of_menus(Document.from_text("\\n\\n".join(lines)))
    6
    """
    if sum(map(document.text.count, BARS)) < ENTRIES - 1:
        return 0
    found: set[str] = set()
    for line in document.text.split("\n"):
        if len(line) <= LONGEST and sum(map(line.count, BARS)) >= ENTRIES - 1 and not line.lstrip().startswith("|"):
            known = _entries().intersection(_APART.split(lexicon.fold(line)))
            if len(known) >= KNOWN:
                found |= known
    return len(found)


@cache
def _entries() -> frozenset[str]:
    return frozenset(phrase for kind in KINDS for phrase in lexicon.phrases(kind))
