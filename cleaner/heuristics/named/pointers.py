"""Lines between the paragraphs of a page that point to another article: "Read more: Why the ferry stays in port".

Where the words are a heading without a colon ("Read also"), the headline below it goes with them.

Why: such a line is of the page, not of the article, but stands where a paragraph does and speaks of the same matter.
Spares: texts without a page; a line that ends as a sentence does; one word before the colon, as a list of values has
it ("Recommended: two eggs"), if the lexicon does not hold it with its colon.
On gold dumps and pages (html_text, soup, HTML, cross-validated) 184 lines that would stay otherwise are no body, and
103 are: whether such a line is body is the annotator's choice there, and no teaser is body here. Of lines and headings
without a colon 19 are no body, and none is.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.named.hints import LONGEST_HEADLINE, by_itself
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.named.pointer_words import ALSO, HEADINGS
from cleaner.heuristics.prompts import lexicon
from cleaner.heuristics.prompts.evidence import KINDS, prompts_of

MORE = tuple(map(KINDS.index, ("more", "sign-off", "tags")))
"""Kinds of which such phrases are; some are headings of an article's sources or topics elsewhere."""
COLONS = (":", "：")
ENDS = (".", "。", ";", ":", "：", ",")
"""Marks in which a headline does not end."""
MARKS = " \t»›>→▶►•●|*-–—"
"""What may stand before the words."""
LONG_WORD = 10
"""Characters from which one word may be a headline, as in scripts without spaces."""
POINTING = frozenset(("›", "»", ">", ">>", "→", "|", "-", "–", "—"))
"""Marks that stand between the words and the headline where no colon does."""
MOST_HEAD = 6
"""Words before a colon, the first of which say "read also"."""
LEAST_TITLE = 3
"""Words of a headline below or behind words without a colon."""
PROSE_WITHIN = 3
"""Blocks below such a headline among which a paragraph stands."""
BRACKETS = {"[": "]", "【": "】", "〈": "〉", "《": "》", "「": "」", "(": ")", "（": "）", "<": ">", "［": "］"}
"""Marks around the words where no colon stands behind them."""
FIRST_UNSPACED, LEAST_UNSPACED, UNSPACED_TITLE = "\u0e00", 3, 6
"""The character from which scripts without spaces begin, and characters of a label and of a title there."""


@by_itself
def may_point(b: Batch) -> Booleans:
    """Opens with a phrase that names other articles."""
    prompts = prompts_of(b)
    result = np.zeros(b.count, np.bool_)
    result[prompts.blocks[prompts.opening & (np.isin(prompts.kinds, MORE))]] = True
    return result & (b.length <= LONGEST_HEADLINE)


def pointers(page: Page) -> list[int]:
    """The blocks that are such a line, or the two that make one.

    >>> said = "The ferry left at noon, and nobody waved from the long pier."
    >>> pointers(Page.from_lines(said, "Read more: Why the ferry stays in port", said))
    [1]
    >>> pointers(Page.from_lines(said, "See also:", "Why the ferry stays in port", "Recommended: two eggs", said))
    [1, 2]
    """
    found = []
    for index in page.hinted(may_point):
        rest = pointed_to(page.blocks[index])
        if rest:
            found.append(index)
        elif _heads_teaser(page, index) if rest is None else _is_followed(page, index):
            found += [index, index + 1]
    return found


def pointed_to(block: str) -> str | None:
    """The headline that a line points to, empty where it should follow on the next line; None where it does not point.

    >>> pointed_to("» Related: Ferry stays in port"), pointed_to("Read more:"), pointed_to("Related: one")
    ('Ferry stays in port', '', None)
    >>> pointed_to("【延伸閱讀】兩輛貨車卡在涵洞"), pointed_to("相关阅读：两辆货车被卡在桥洞下")
    ('兩輛貨車卡在涵洞', '两辆货车被卡在桥洞下')
    >>> pointed_to("Lees ook dit artikel: De pont blijft hier"), pointed_to("Leggi anche › Il traghetto resta in porto")
    ('De pont blijft hier', 'Il traghetto resta in porto')
    """
    line = block.lstrip(MARKS)
    inside, closed, rest = line[1:].partition(BRACKETS.get(line[:1], ":"))
    if closed and line[0] in BRACKETS:
        rest = rest.strip()
        return rest if lexicon.fold(inside) in _heads() and (not rest or _is_headline(rest)) else None
    colon = next((mark for mark in COLONS if mark in line), None)
    if colon is not None:
        head, _, rest = (part.strip() for part in line.partition(colon))
        if lexicon.fold(head) in _heads() or (len(head.split()) <= MOST_HEAD and _says_also(head)):
            return rest if not rest or _is_headline(rest) else None
    return _behind_also(line)


def _behind_also(line: str) -> str | None:
    """The headline behind words such as "read also" and a mark, or behind them and in capitals."""
    words = line.split()
    first = lexicon.fold(words[0]) if words else ""
    if first and first not in _also_firsts():
        return None
    for size in range(min(MOST_HEAD, len(words) - 1), 1, -1):
        if lexicon.fold(" ".join(words[:size])) in _also():
            rest = words[size:]
            marked = rest[0] in POINTING
            title = " ".join(rest[marked:])
            said = marked or title[:1].isupper()
            return title if said and len(rest) - marked >= LEAST_TITLE and _is_headline(title) else None
    return None


def _says_also(head: str) -> bool:
    """Whether the words before a colon begin with a phrase that says that another article follows."""
    words = lexicon.fold(head).split()
    return (
        bool(words)
        and words[0] in _also_firsts()
        and any(" ".join(words[:size]) in _also() for size in range(2, len(words) + 1))
    )


def _is_followed(page: Page, index: int) -> bool:
    """Whether the next line may be a headline."""
    return index + 1 < len(page) and _is_headline(page.blocks[index + 1])


def _heads_teaser(page: Page, index: int) -> bool:
    """Whether a line is such a phrase and nothing else, below a paragraph, and below it stands a headline alone."""
    head = lexicon.fold(page.blocks[index].strip(MARKS + "".join((*BRACKETS, *BRACKETS.values()))))
    if not (head in _also() or head in HEADINGS) or not index or not page.prose(index - 1) or index + 2 >= len(page):
        return False
    title = index + 1
    if page.prose(title) or page.prompts[title] or page.shapes[title].words < LEAST_TITLE:
        return False
    below = range(title + 1, min(title + 1 + PROSE_WITHIN, len(page)))
    return _is_headline(page.blocks[title]) and any(map(page.prose, below))


def _is_headline(text: str) -> bool:
    long = " " in text or len(text) >= LONG_WORD or (text[0] >= FIRST_UNSPACED and len(text) >= UNSPACED_TITLE)
    return long and len(text) <= LONGEST_HEADLINE and not text.endswith(ENDS)


@cache
def _heads() -> frozenset[str]:
    """What may stand before the colon."""
    phrases = lexicon.phrases("more")
    unspaced = {phrase for phrase in phrases if phrase[0] >= FIRST_UNSPACED and len(phrase) >= LEAST_UNSPACED}
    spaced = {phrase for phrase in phrases if " " in phrase or phrase.endswith(":")}
    return frozenset(phrase.rstrip(":： ") for phrase in spaced | unspaced)


@cache
def _also() -> frozenset[str]:
    """The phrases that say that another article follows."""
    phrases = (phrase.rstrip(": ") for phrase in lexicon.phrases("more"))
    return frozenset(phrase for phrase in phrases if not ALSO.isdisjoint(phrase.split()))


@cache
def _also_firsts() -> frozenset[str]:
    """The first words of these: most lines begin with none."""
    return frozenset(phrase.split()[0] for phrase in _also())
