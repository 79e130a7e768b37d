"""Names for what goes from a page, by the elements that it stands in.

Text alone seldom tells a caption from a teaser; the page does, by its tags and by the words of its classes. What an
element around the body says counts for nothing, and what says that a part is of the page (a menu, a box of teasers)
goes before what would make it a part of the article: a teaser has a title too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from cleaner.document import Category, Decision, Document
from cleaner.page_tree import Markup, PageTree

OF_THE_PAGE = {
    Category.NAVIGATION: "nav navigation menu navbar breadcrumb breadcrumbs pagination",
    Category.FOOTER: "footer colophon contentinfo",
    Category.COMMENTS: "comment comments disqus respond",
    Category.TEASER: "related recommended recommendations teaser teasers recirc trending popular outbrain taboola",
    Category.NEWSLETTER: "newsletter newsletters signup subscribe",
    Category.SHARE: "share sharing social sharedaddy",
    Category.ADVERTISEMENT: "ad ads advert advertisement sponsored adslot",
    Category.PAYWALL: "paywall",
    Category.CONSENT: "cookie cookies consent gdpr",
}
"""Words of classes, ids and roles, and tags, that make something a part of the page."""

OF_THE_ARTICLE = {
    Category.CAPTION: "figcaption caption captions",
    Category.CREDIT: "credit credits photographer",
    Category.AUTHOR_BIO: "bio authorbio aboutauthor",
    Category.BYLINE: "byline bylines author authors",
    Category.DATE: "time date dateline timestamp datetime published pubdate datepublished",
    Category.SUMMARY: "standfirst dek subtitle subheadline summary subhead deck",
    Category.KICKER: "kicker eyebrow overline",
    Category.TAGS: "tags keywords topics",
    Category.TITLE: "h1 headline",
}
"""The same for what stands beside the article's body."""

ABOVE = frozenset({Category.TITLE, Category.SUMMARY, Category.KICKER})
"""What stands above the body. Below its first block it is that of another article."""

ANYWHERE = frozenset({*OF_THE_PAGE, Category.CAPTION, Category.CREDIT, Category.AUTHOR_BIO, Category.TAGS})
"""What may stand behind the body's last block; a byline and a date there are those of another article."""

LONGEST = {Category.BYLINE: 150, Category.DATE: 80, Category.TITLE: 300, Category.KICKER: 80, Category.CREDIT: 200}
"""Characters of the longest block that may bear a name: an element of that class around more is something else."""

SAYS_ITSELF = ("-prompt", "/legal-notice", "/standfirst")
"""Ends of the names of heuristics whose lines say what they are."""

_WORDS = re.compile("[A-Z]?[a-z0-9]+")
_PAGE = {word: category for category, words in OF_THE_PAGE.items() for word in words.split()}
_ARTICLE = {word: category for category, words in OF_THE_ARTICLE.items() for word in words.split()}


def name_by_element(
    document: Document, decisions: Iterable[Decision], unnamed: frozenset[int] = frozenset()
) -> list[Decision]:
    """The decisions, with a category by the elements around them where one is told.

    Those of heuristics get one, but for prompts, which say themselves what they are; and those that begin in
    `unnamed`. A document without a tree has none.
    """
    decisions = list(decisions)
    if document.page is None:
        return decisions
    kept = sorted(each.start for each in decisions if each.keep)
    elements = _Elements(document.page.markup, kept)
    body = range(kept[0], kept[-1]) if kept else range(0)
    text = document.text
    return [_named(each, text, elements, body) if _nameable(each, unnamed) else each for each in decisions]


def category_of(page: PageTree, offset: int, body: int) -> Category | None:
    """What the elements around the text at an offset make of it, up to one that holds what stands at `body`."""
    return _Elements(page.markup, [body]).category(offset)


def _nameable(decision: Decision, unnamed: frozenset[int]) -> bool:
    if decision.keep:
        return False
    said = decision.by.startswith("heuristic/") and not decision.by.endswith(SAYS_ITSELF)
    return said or decision.start in unnamed


def _named(decision: Decision, text: str, elements: _Elements, body: range) -> Decision:
    category = elements.category(decision.start)
    if category is None or decision.end - decision.start > LONGEST.get(category, decision.end):
        return decision
    if category is Category.BYLINE and not _may_name(text[decision.start : decision.end]):
        return decision
    if category is Category.NAVIGATION and decision.category is Category.CONSENT:
        return decision  # a button of a request
    if decision.start > (body.start if category in ABOVE else body.stop) and category not in ANYWHERE:
        return decision
    return replace(decision, category=category)


def _may_name(line: str) -> bool:
    """Whether a line may hold the name of a person: two words with capitals beside each other, and no sentence.

    >>> [_may_name(line) for line in ("Ida Quill", "Our methodology", "Ida Quill wrote it all.", "김태연")]
    [True, False, False, True]
    """
    words = line.split()
    if line.lower() == line.upper():
        return True
    return not line.rstrip().endswith(".") and any(
        left[0].isupper() and right[0].isupper() for left, right in pairwise(words)
    )


class _Elements:
    """The elements of a page, and which of them hold a part of the body."""

    def __init__(self, markup: Markup, kept: Sequence[int]) -> None:
        self._markup = markup
        marks = [0] * (len(markup.starts) + 1)
        for start in kept:
            marks[self._piece(start) + 1] = 1
        self._before = list(accumulate(marks))
        self._found: dict[int, tuple[Category | None, Category | None]] = {}

    def _piece(self, offset: int) -> int:
        return max(bisect_right(self._markup.starts, offset) - 1, 0)

    def category(self, offset: int) -> Category | None:
        """What the elements around the text at an offset make of it: the innermost of the page, else of the article."""
        article = None
        for number in self._around(offset):
            page, beside = self._told(number)
            if page:
                return page
            article = article or beside
        return article

    def _around(self, offset: int) -> Iterator[int]:
        """The elements around a text, innermost first, up to one that holds a part of the body."""
        markup = self._markup
        number = markup.owners[self._piece(offset)] if markup.owners else -1
        while number >= 0 and self._before[markup.last[number]] == self._before[markup.first[number]]:
            yield number
            number = markup.parents[number]

    def _told(self, number: int) -> tuple[Category | None, Category | None]:
        if number not in self._found:
            element = self._markup.element(number)
            words = [element.tag]
            for name in (element.names, element.role):
                words += [word.lower() for word in _WORDS.findall(name)]
            page = next((_PAGE[word] for word in words if word in _PAGE), None)
            self._found[number] = page, next((_ARTICLE[word] for word in words if word in _ARTICLE), None)
        return self._found[number]
