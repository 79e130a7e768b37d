"""What a dropped block was, and why it went, in words for a person."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from cleaner.document import Category, Span
from cleaner.heuristics import lexicon
from cleaner.heuristics.evidence import Evidence
from cleaner.heuristics.page import Page

BY_KIND = {
    "navigation": Category.NAVIGATION,
    "newsletter": Category.NEWSLETTER,
    "share": Category.SHARE,
    "more": Category.TEASER,
    "consent": Category.CONSENT,
    "comments": Category.COMMENTS,
    "credit": Category.CREDIT,
    "paywall": Category.PAYWALL,
    "footer": Category.FOOTER,
    "byline": Category.BYLINE,
    "advertisement": Category.ADVERTISEMENT,
    "tags": Category.TAGS,
    "sign-off": Category.SIGN_OFF,
    "author-bio": Category.AUTHOR_BIO,
    "media": Category.OTHER,
}
# Kinds whose heading speaks for the blocks below it as well.
SPREADING = frozenset({"comments", "more", "footer", "consent", "newsletter", "navigation"})
CAPTION_WORDS = 8
LONGEST_DATE = 8  # words
LONGEST_TITLE = 25  # words
FARTHEST_TITLE = 12  # blocks above the article


class Name(NamedTuple):
    """A category, the heuristic that gave it, and why."""

    category: Category
    heuristic: str
    why: str


def name_run(page: Page, run: Span, body: Span) -> list[Name]:
    """The names of the blocks of a run that goes, in order. `body` is where the article stands.

    >>> page = Page.from_lines("Newsletter", "Every Friday in your inbox")
    >>> [name.category.value for name in name_run(page, Span(0, 2), Span(0, 0))]
    ['newsletter', 'newsletter']
    """
    names, heading = [], ""
    for index in range(run.start, run.end):
        prompt = page.prompts[index]
        if prompt is not None:
            if page.strong(index):
                heading = prompt.kind if prompt.kind in SPREADING else heading
            names.append(_by_prompt(page, index, prompt))
        else:
            names.append(_by_place(page, index, body, heading))
    return names


def _by_prompt(page: Page, index: int, prompt: Evidence) -> Name:
    category = BY_KIND[prompt.kind]
    if category is Category.CREDIT and page.shapes[index].words > CAPTION_WORDS:
        category = Category.CAPTION
    why = f"it is a prompt or label of the page: “{prompt.phrase}”"
    return Name(category, f"{prompt.kind}-prompt", why)


def _is_date(block: str) -> bool:
    """Whether a short block gives a date: a number and the name of a month, or hardly anything but numbers."""
    words = lexicon.fold(block).replace(",", " ").replace(".", " ").split()
    numbers = sum(map(str.isdigit, words))
    return bool(numbers) and len(words) <= LONGEST_DATE and any(word in _months() for word in words)


@cache
def _months() -> frozenset[str]:
    return frozenset(month.strip(".") for month in lexicon.phrases("months"))


def title_above(page: Page, body: Span) -> int | None:
    """The block above the article that looks most like its title: the last with some words and no prompt or stop.

    >>> title_above(Page.from_lines("Home", "A bridge opens in Oldport", "4 May 2031", "It rained."), Span(3, 4))
    1
    """
    for index in range(body.start - 1, max(body.start - FARTHEST_TITLE, 0) - 1, -1):
        shape = page.shapes[index]
        readable = page.prompts[index] is None and 4 <= shape.words <= LONGEST_TITLE and not shape.ends
        if readable and not _is_date(page.blocks[index]):
            return index
    return None


def _by_place(page: Page, index: int, body: Span, heading: str) -> Name:
    shape = page.shapes[index]
    size = "prose" if shape.prose else "a short line"
    if not shape.prose and _is_date(page.blocks[index]):
        return Name(Category.DATE, "date-line", "a line that gives a date")
    if body.start - FARTHEST_TITLE <= index < body.start and index == title_above(page, body):
        return Name(Category.TITLE, "title-above-the-body", "the last line above the article that reads like a title")
    if heading:
        return Name(BY_KIND[heading], f"below-{heading}", f"{size} below a heading that says “{heading}”")
    if index < body.start:
        if shape.digits > 0.3:
            return Name(Category.DATE, "line-of-digits", "a date or a count above the article")
        return Name(Category.NAVIGATION, "before-the-core", f"{size} above the article")
    if index >= body.end:
        category = Category.TEASER if shape.words > 4 else Category.NAVIGATION
        return Name(category, "after-the-core", f"{size} after the end of the article")
    category = Category.TEASER if shape.words > 4 else Category.OTHER
    return Name(category, "inside-the-core", f"{size} that does not belong to the article around it")
