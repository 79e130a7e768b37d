"""What a page asks of readers at the edges of its body: "Did you make this recipe?", "Was this article helpful?".

Why: such lines are sentences on the article's matter, and on short pages the model takes them for its last; what earns
money stands above the first in the same way.
Spares: texts without a page; anything but the first and the last lines that stay, and on pages read as HTML the first;
longer paragraphs; a text without other prose.
Known mistakes: an article that opens or closes with such a question to its readers.
On gold dumps (html_text and soup, cross-validated) 5 lines that would stay otherwise are no body, and 3 are by the
gold: a note on links that earn money and a button.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cache
from itertools import islice

from cleaner.document import Category
from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.named.hints import Beginnings, beginnings, begins, by_itself
from cleaner.heuristics.named.page import Finding, Page, findings_of, staying
from cleaner.heuristics.prompts import lexicon

FIRST, LAST = 2, 4
"""Lines that stay, at the beginning and at the end, among which such a line is looked for."""
LONGEST = 400
"""Characters of such a line."""
ANSWER_WORDS = 4
"""Words of a line below one at the end that goes with it: an answer, or the title of another recipe."""
WHY = "it asks something of readers, or says something of the page, at the edge of the body"


@by_itself
def may_be_call(b: Batch) -> Booleans:
    """Begins with the letters of such a phrase."""
    return begins(b, _beginnings()) & (b.length <= LONGEST)


def calls(page: Page, goes: Container[int]) -> list[Finding]:
    """The lines that are such calls, and the answers below them.

    >>> said = "The ferry left at noon, and nobody waved from the long pier."
    >>> page = Page.from_lines("This post contains affiliate links.", said, said, "Was this helpful?", "Yes", "No")
    >>> [finding.run.start for finding in calls(page, ())]
    [0, 3, 4, 5]
    """
    asking = frozenset(index for index in page.hinted(may_be_call) if index not in goes)
    if not asking:
        return []
    first = islice(staying(range(len(page)), goes), FIRST if page.document.page is None else 0)
    found = {index for index in first if index in asking and is_call(page.blocks[index])}
    found.update(_closing(page, goes, asking))
    if not found or not any(page.prose(index) for index in staying(range(len(page)), goes) if index not in found):
        return []
    return findings_of(sorted(found), Category.SIGN_OFF, "call-to-readers", WHY)


def _closing(page: Page, goes: Container[int], asking: Container[int]) -> Iterator[int]:
    """The calls among the last lines that stay, and the answers below them. `asking` are those that may be calls."""
    others: list[int] = []
    for index in staying(reversed(range(len(page))), goes):
        if index in asking and is_call(page.blocks[index]):
            yield index
            yield from (other for other in others if _is_answer(page, other))
            others = [other for other in others if not _is_answer(page, other)]
        else:
            others.append(index)
        if len(others) >= LAST:
            return


def is_call(block: str) -> bool:
    """Whether a line begins with a call to readers.

    >>> is_call("Was this page helpful?"), is_call("Was this the page she meant?")
    (True, False)
    """
    return lexicon.fold(block[:LONGEST]).startswith(_phrases())


def _is_answer(page: Page, index: int) -> bool:
    shape = page.shapes[index]
    return shape.words <= ANSWER_WORDS and not shape.ends and not shape.bullet


@cache
def _phrases() -> tuple[str, ...]:
    return lexicon.phrases("calls")


@cache
def _beginnings() -> Beginnings:
    """How they begin, also in the spellings that are folded."""
    folded = (phrase.replace(*each) for phrase in _phrases() for each in (("i", "İ"), (" ", "\xa0"), ("'", "’")))
    return beginnings((*_phrases(), *folded))
