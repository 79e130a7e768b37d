"""Who else worked on an article, in its last line: "Nora Blank contributed to this report.", "(nbl/iq)".

Why: it stands in the article's own element, as a sentence of it or as its last word.
Spares: the same words higher up, in quotation marks, in a longer paragraph; remarks in parentheses of several words.
Known mistakes: a last paragraph that is an abbreviation in parentheses.
On pages as HTML (cross-validated) 4 that would stay otherwise are no body, and 2 are, by the gold of old pages.
"""

from __future__ import annotations

from collections.abc import Container
from itertools import islice

from cleaner.document import Category
from cleaner.heuristics.batches.shapes import QUOTES
from cleaner.heuristics.named.page import Finding, Page, findings_of, staying
from cleaner.heuristics.pattern import Pattern

WITHIN = 2
"""Blocks that stay at the end, among which it stands."""
LONGEST, LONGEST_INITIALS = 220, 24
"""Characters of such a line, and of initials with what is around them."""
LEAST_ABOVE = 3
"""Blocks that stay above it."""

_TELLING = ("contribut", "eporting", "itarbeit", "Mit ", "Avec ", "informaci", "informaç", "Com ", "Con ")
"""One of these stands in all that `_TOLD` finds."""
_TOLD = Pattern(
    r"\bcontributed (?:to|reporting to|research to) (?:this|the) (?:report|reporting|story|article|piece)\b"
    r"|\bcontributed reporting\b"
    r"|^\PL*(?i:(?:with )?(?:additional )?reporting (?:and writing )?(?:by|from)) \p{Lu}"
    r"|^\PL*(?:Mitarbeit|Unter Mitarbeit von|Mit Material von|Mit Informationen von)(?::| \p{Lu})"
    r"|^\PL*(?:Avec (?:l’|l')?(?:AFP|Reuters|AP)\b|Con información de \p{Lu}|Com informações d[aeo]s? \p{Lu})"
)
BRACKETS = "([（"
_INITIALS = Pattern(r"^[(\[（]\p{L}[\p{L}/.,+-]*[)\]）]$")


def sign_offs(page: Page, goes: Container[int]) -> list[Finding]:
    """The last blocks that stay, if they tell who else worked on the article.

    >>> said = ["The ferry left at noon, and nobody waved from the long pier."] * 3
    >>> told = "Ida Quill in Halm contributed to this report."
    >>> [tuple(finding.run) for finding in sign_offs(Page.from_lines(*said, told, "(nbl/iq)"), ())]
    [(4, 5), (3, 4)]
    """
    stays = list(islice(staying(reversed(range(len(page))), goes), WITHIN + LEAST_ABOVE))
    why = "it tells who else worked on the article"
    telling = (index for index in stays[:-LEAST_ABOVE] if is_sign_off(page.blocks[index]))
    return findings_of(telling, Category.SIGN_OFF, "sign-off", why)


def is_sign_off(block: str) -> bool:
    """Whether a block says so, and little else.

    >>> [is_sign_off(line) for line in ("– Additional reporting by Ida", "(汐見拓也)", "She contributed to it.")]
    [True, True, False]
    """
    if len(block) <= LONGEST_INITIALS and block[0] in BRACKETS and _INITIALS.search(block):
        return True
    if len(block) > LONGEST or block[0] in QUOTES or not any(word in block for word in _TELLING):
        return False
    return _TOLD.search(block) is not None
