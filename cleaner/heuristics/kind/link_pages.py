"""Pages of links: home pages and sections, whose headlines lead to articles and which hold none.

Only a page that still has its tags tells what is a link; without prompts its text may as well be a poem. Spared: links
to places in the page itself, as tables of contents have them.
"""

from __future__ import annotations

import numpy as np

from cleaner.document import Document
from cleaner.heuristics.kind.kind import Kind
from cleaner.heuristics.kind.obstacles import DOUBT

LINKED = 0.6
"""Share of a page's characters from which it is one of links ..."""
PROSE, SENTENCE = 300, 40
"""... if fewer of the others than the first stand in pieces of the second and more. Of 1,075 gold articles none has
so little prose among so many links, nor with 480; of 210 other pages six have, with 480 thirteen."""
SHORTEST = 200
"""Characters of a page of links; a shorter text may be anything."""
LINKS = Kind(DOUBT, "nearly all of its text leads to other pages")
"""What is said of a page of links."""


def is_of_links(document: Document) -> bool:
    """Whether a page holds links and next to nothing else."""
    if document.page is None:
        return False
    markup = document.page.markup
    lengths = np.asarray(markup.ends, np.int64) - np.asarray(markup.starts, np.int64)
    linked = np.asarray(markup.linked, np.bool_)
    away = linked & ~np.asarray(markup.anchored, np.bool_)
    prose = lengths[~linked & (lengths >= SENTENCE)].sum()
    return bool(lengths.sum() >= SHORTEST and lengths[away].sum() >= LINKED * lengths.sum() and prose < PROSE)
