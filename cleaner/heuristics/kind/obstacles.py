"""Pages that hold a notice in place of an article: an error, a check for robots, a wall to log in at or to consent at,
an empty shell.

The notice is known by its phrases, in `lexicon/no-article.txt`, and by what is missing: next to no running text stands
beside it. An article that mentions such a notice, or carries one below its comments, has running text. A page of
menus and prompts without any running text is an empty shell, whatever it says. A request for consent stands beside
articles as well, and has running text of its own: there all running text must be about consent.

Spared: a block that quotes a notice in the middle of a sentence. Missed: notices in other words or languages.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.columns import Floats, Ints
from cleaner.heuristics.derived import derived
from cleaner.heuristics.prompts import lexicon
from cleaner.heuristics.prompts.evidence import ROWS, prompts_of
from cleaner.heuristics.prompts.phrases import Phrases

ELSEWHERE = 40
"""Words of running text beside the notice from which the page holds something to read. The frame of a page, its
consent notice and teasers, comes to fewer; the shortest news in brief to more."""
NOWHERE = 20
"""Expected body words from which a page without a notice is no shell. Of 1,071 articles flattened by html_text none
has fewer and names the prompts of a page."""
SHORT = 150
"""Words up to which a text without prompts may be such a page: a longer one is a log, say, or a poem."""
LONGEST = 60
"""Words of a block that is a notice."""
LONGEST_REQUEST = 400
"""Words of running text about consent up to which a page is a request for it, not a treatise on it."""
OPENS, COVERS = 0.2, 0.3
"""Share of its block that a phrase must have that opens it, and one that does not."""
DOUBT = 0.1
"""How likely such a page is an article all the same. Stated, not measured: there are no gold pages of this kind."""


class Notice(NamedTuple):
    """How likely the text is an article all the same, why it reads as none, and the words it says in place of one."""

    article: float
    why: str
    said: str = ""


class Hits(NamedTuple):
    """Notices in the order of the text: the block of each, and its offsets in the batch's text."""

    blocks: Ints
    starts: Ints
    ends: Ints


@cache
def _phrases() -> Phrases:
    return derived("notices", _read)


def _read() -> Phrases:
    return Phrases("".join(f"{line}\n" for line in lexicon.lines("no-article")))


def obstacles(batch: Batch, likely: Floats, pages: Booleans) -> dict[int, Notice]:
    """The notice of each document that holds little else. `pages` says which documents name prompts, as pages do.

    >>> from cleaner.document import Document
    >>> batch = Batch([Document.from_text("Access denied\\n\\nReference 18.4f"), Document.from_text("The ferry left.")])
    >>> obstacles(batch, np.zeros(3), np.zeros(2, np.bool_))
    {0: Notice(article=0.1, why='holds little but “Access denied”', said='Access denied')}
    """
    if not batch.count:
        return {}
    hits = _notices(batch)
    noticed = np.zeros(batch.count, np.bool_)
    noticed[hits.blocks] = True
    running = np.bincount(batch.document, weights=_running(batch, likely, noticed), minlength=batch.documents)
    found: dict[int, Notice] = {}
    bare = (running < ELSEWHERE) & (pages | short(batch))
    for hit in np.flatnonzero(bare[batch.document[hits.blocks]])[::-1].tolist():
        said = batch.texts.part(int(hits.starts[hit]), int(hits.ends[hit]))
        found[int(batch.document[hits.blocks[hit]])] = Notice(DOUBT, f"holds little but “{said}”", said)
    return dict(sorted(found.items()))


def short(batch: Batch) -> Booleans:
    """Per document, whether it may hold a notice and nothing else without the prompts of a page around it."""
    return np.bincount(batch.document, weights=batch.words, minlength=batch.documents) <= SHORT


def walls(batch: Batch, pages: Booleans) -> dict[int, Notice]:
    """The documents that ask for consent to cookies and hold no running text about anything else."""
    if not batch.count:
        return {}
    prompts = prompts_of(batch)
    of_consent = prompts.kinds == ROWS["consent"]
    consent = np.bincount(prompts.blocks[of_consent], minlength=batch.count) > 0
    asks = np.bincount(prompts.blocks[of_consent & (prompts.sizes > 1)], minlength=batch.count) > 0  # not “cookies”
    prose = np.bincount(batch.document, weights=batch.words * batch.is_prose, minlength=batch.documents)
    about = np.bincount(batch.document, weights=batch.words * (batch.is_prose & consent), minlength=batch.documents)
    wall = (pages | short(batch)) & (about >= NOWHERE) & (about <= LONGEST_REQUEST) & (prose - about < ELSEWHERE)
    asking = np.flatnonzero(asks & prompts.strong & wall[batch.document])[::-1].tolist()
    said = {int(batch.document[block]): batch.block(block) for block in asking}
    why = "asks for consent (“{}”) and holds little else"
    return {document: Notice(DOUBT, why.format(each), each) for document, each in said.items()}


def shells(batch: Batch, likely: Floats, pages: Booleans) -> dict[int, Notice]:
    """The pages, by their prompts, of which next to nothing is probably body, and little is running text."""
    body = np.bincount(batch.document, weights=batch.words * likely, minlength=batch.documents)
    prose = np.bincount(batch.document, weights=batch.words * batch.is_prose, minlength=batch.documents)
    bare = np.flatnonzero(pages & (body < NOWHERE) & (prose < ELSEWHERE)).tolist()
    return {document: Notice(DOUBT, "menus and prompts, and no running text") for document in bare}


def _notices(batch: Batch) -> Hits:
    """Where blocks say little but a notice."""
    words = batch.characters.words
    places, numbers = _phrases().find(words.hashes, batch.word_block)
    sizes, blocks = _phrases().sizes[numbers], batch.word_block[places]
    share = sizes / np.maximum(batch.words[blocks], 1)
    opens = words.starts[places] == batch.starts[blocks]  # a quotation mark before it says that it is quoted
    strong = (batch.words[blocks] <= LONGEST) & (share >= np.where(sizes == 1, 1, np.where(opens, OPENS, COVERS)))
    order = np.flatnonzero(strong)[np.argsort(places[strong], kind="stable")]
    places, sizes = places[order], sizes[order]
    return Hits(blocks[order], words.starts[places], words.ends[places + sizes - 1])


def _running(batch: Batch, likely: Floats, noticed: Booleans) -> Floats:
    """Words of each block of running text that is no notice and follows none directly."""
    follows = np.concatenate(([False], noticed[:-1])) & (batch.index > 0)
    text = batch.is_prose & ~noticed & ~follows
    return np.asarray(np.where(text, batch.words * likely, 0))
