"""What a dropped block was, and why it went, in words for a person.

A prompt says itself what it is, if it is most of the block or more than one word; else what the line gives (a date, a
credit, an address), who stands beside it and the heading above it tell, and its place at last.
"""

from __future__ import annotations

from typing import NamedTuple

from cleaner.document import Category
from cleaner.heuristics.account.named import Name
from cleaner.heuristics.account.prompt_names import (
    FARTHEST_BIO,
    by_address,
    by_prompt,
    category_of,
    tells,
)
from cleaner.heuristics.account.setting import SUMMARY_WORDS, Setting
from cleaner.heuristics.named.credits import ends_in_source, is_caption, is_credit
from cleaner.heuristics.named.dates import DIGITS, holds_date, is_date
from cleaner.heuristics.named.line_kinds import has_address, is_marks, names_shop
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.prompts.evidence import Evidence
from cleaner.span import Span

REACH = {
    "comments": 1000,
    "more": 1000,
    "footer": 1000,
    "consent": 1000,
    "navigation": 1000,
    "newsletter": 4,
    "tags": 30,
    "sign-off": 100,
}
"""Kinds whose heading speaks for the blocks below it as well, and for how many at most: a box for a newsletter is
small, and a button to subscribe ends many a menu."""
ENDED = frozenset({"newsletter", "tags", "sign-off"})
"""Kinds whose heading speaks no more below a prompt of another kind."""
LONGEST_NAME = 5  # words of a source
MOST_OF_NAME = 3  # words of a name that signs
ENTRY_WORDS = 4  # more are a headline
LISTED = 2  # commas of a list of entries in one line
NEAR_BODY = 12  # blocks above the body among which its pictures stand
FEWEST_SHARES = 2  # names of networks in a line that shares
NUMBERS, FEWEST_DIGITS = 0.2, 6  # share of digits in an address or a number of telephone, and how many
LITTLE_BUT_DIGITS = 0.5
MENU_WORDS, MENU_CAPITALS = 14, 0.7  # of a menu in one line, and the share of them that have capitals
FOOTNOTES = ("source", "reference", "quelle", "fuente", "fonte", "fonti", "bron", "источник", "参考", "出典")
"""What phrases begin with below which it is said where an article's facts are from."""
HOLDERS = ("©", "(c)", "copyright")
CURRENCY = frozenset("$€£¥")


class _Heading(NamedTuple):
    """A prompt that speaks for what is below it, and its block."""

    prompt: Evidence
    block: int


def name_run(page: Page, run: Span, setting: Setting) -> list[Name]:
    """The names of the blocks of a run that goes, in order.

    >>> page = Page.from_lines("Newsletter", "Every Friday in your inbox")
    >>> [name.category.value for name in name_run(page, Span(0, 2), Setting(Span(0, 0)))]
    ['newsletter', 'newsletter']
    """
    names: list[Name] = []
    heading: _Heading | None = None
    for index in range(run.start, run.end):
        if is_marks(page.blocks[index]):
            names.append(Name(Category.OTHER, "marks-alone", "nothing but marks"))
            continue
        if heading is not None and _ends(page, index, heading, setting):
            heading = None
        prompt = page.prompts[index]
        if prompt is not None and _heads(page, index, prompt, setting):
            heading = _Heading(prompt, index)
        names.append(_name(page, index, setting, heading))
    return names


def _ends(page: Page, index: int, heading: _Heading, setting: Setting) -> bool:
    """Whether what a heading above has said ends here: at the title, at a sentence right above the body, where a box of
    its kind ends."""
    kind = heading.prompt.kind
    prompt = page.prompts[index]
    other = prompt is not None and page.strong(index) and prompt.kind != kind
    if (other and kind in ENDED) or index - heading.block > REACH[kind]:
        return True
    return index == setting.title or (index < setting.body.start and setting.is_summary(page, index))


def _heads(page: Page, index: int, prompt: Evidence, setting: Setting) -> bool:
    """Whether a prompt speaks for what is below it. Above the body "Comments" is a button, inside it a word of menus is
    a word; and where a footnote begins, "Sources" is alone on its line."""
    if not page.strong(index) or prompt.kind not in REACH:
        return False
    body = setting.body
    if prompt.kind == "navigation":
        return not body.start <= index < body.end
    if prompt.kind == "sign-off":
        return prompt.place == "whole" and index >= body.start and prompt.phrase.startswith(FOOTNOTES)
    if prompt.kind == "newsletter":
        return by_prompt(page, index, prompt, setting).category is Category.NEWSLETTER
    return not (index < body.start and prompt.kind == "comments")


def _name(page: Page, index: int, setting: Setting, heading: _Heading | None) -> Name:
    if setting.is_title(page, index):
        return Name(Category.TITLE, "title-above-the-body", "the line above the article that reads most like its title")
    prompt = page.prompts[index]
    if prompt is not None and tells(page, index, prompt, setting):
        return by_prompt(page, index, prompt, setting)
    return _by_what_it_gives(page, index, setting) or _by_place(page, index, setting, heading)


def _by_what_it_gives(page: Page, index: int, setting: Setting) -> Name | None:
    block, shape, body = page.blocks[index], page.shapes[index], setting.body
    if index >= body.end and block.casefold().startswith(HOLDERS):
        return Name(Category.FOOTER, "legal-notice", "it names who holds the rights")
    near = index in range(body.start - NEAR_BODY, body.end)
    pictured = near and (is_credit(block) or ends_in_source(block))
    dated = not shape.prose and (is_date(block) or (index < body.start and holds_date(block)))
    if dated and not (pictured and shape.words > LONGEST_NAME):
        return Name(Category.DATE, "date-line", "a line that gives a date")
    if pictured:
        short = shape.words <= LONGEST_NAME or (is_credit(block) and not is_caption(block))
        category = Category.CREDIT if short else Category.CAPTION
        return Name(category, "picture-credit", "it names who made or supplied a picture")
    priced = not CURRENCY.isdisjoint(block) and not shape.prose
    if (
        index < body.end
        and shape.words >= SUMMARY_WORDS
        and not priced
        and _beside_credit(page, index)
        and "byline" not in page.kinds(index)
    ):
        return Name(Category.CAPTION, "beside-a-credit", "the line beside it names who made a picture")
    if not shape.prose and page.kinds(index).count("share") >= FEWEST_SHARES:
        return Name(Category.SHARE, "names-networks", "a short line that names places to share it at")
    if not shape.prose and has_address(block):
        return by_address(index, setting)
    if names_shop(block):
        return Name(Category.ADVERTISEMENT, "names-a-shop", "a short line that names a shop")
    return _by_people(page, index, setting)


def _by_people(page: Page, index: int, setting: Setting) -> Name | None:
    """The name of a block that names who wrote the article, or tells of them."""
    block, body = page.blocks[index], setting.body
    if setting.names_people(page, index):
        return Name(Category.BYLINE, "name-by-a-byline", "a name beside a byline or a date")
    if 0 <= index - body.end < FARTHEST_BIO and setting.is_of_author(block):
        return Name(Category.AUTHOR_BIO, "names-the-author", "it names the author below the article")
    if setting.title is None:
        return None
    if setting.title < index < body.start and page.prose(index) and setting.is_of_author(block):
        return Name(Category.AUTHOR_BIO, "names-the-author", "it tells of the author above the article")
    short = page.shapes[index].words <= MOST_OF_NAME and setting.may_be_people(block)
    if short and 0 <= index - body.end < FARTHEST_BIO and _tells_of(page, index + 1, block):
        return Name(Category.AUTHOR_BIO, "name-below", "a name below the article, above what is told of the person")
    if short and index == body.end and (index + 1 == len(page) or page.strong(index + 1)):
        return Name(Category.AUTHOR_BIO, "name-below", "a name right below the article")
    return None


def _tells_of(page: Page, index: int, name: str) -> bool:
    """Whether a block tells of somebody: it opens with a part of the name, or as what is told of authors does."""
    if index >= len(page) or not page.prose(index):
        return False
    prompt, first = page.prompts[index], page.blocks[index].split(None, 1)[0]
    return first in name.split() or (prompt is not None and prompt.kind == "author-bio")


def _beside_credit(page: Page, index: int) -> bool:
    """Whether the block above or below is a credit and nothing else."""
    beside = (near for near in (index - 1, index + 1) if 0 <= near < len(page))
    return any(
        not is_caption(page.blocks[near])
        and (is_credit(page.blocks[near]) or ((prompt := page.prompts[near]) is not None and prompt.kind == "credit"))
        for near in beside
    )


def _by_place(page: Page, index: int, setting: Setting, heading: _Heading | None) -> Name:
    shape, body = page.shapes[index], setting.body
    size = "prose" if shape.prose else "a short line"
    if setting.is_summary(page, index):
        return Name(Category.SUMMARY, "summary-below-title", "a sentence between the title and the article")
    if heading is not None and _belongs(page, index, heading):
        kind, phrase = heading.prompt.kind, heading.prompt.phrase
        return Name(category_of(kind, index, setting), f"below-{kind}", f"{size} below “{phrase}”")
    if shape.digits > LITTLE_BUT_DIGITS and shape.words <= ENTRY_WORDS:
        return Name(Category.OTHER, "line-of-digits", "little but digits: a count, a time, a price or a number")
    if index < body.start:
        return Name(Category.NAVIGATION, "before-the-core", f"{size} above the article")
    if index >= body.end and not shape.prose and _is_address(page, index):
        return Name(Category.FOOTER, "address", "a short line with an address or a number")
    category = _of_other_article(page, index)
    if index >= body.end:
        return Name(category or Category.NAVIGATION, "after-the-core", f"{size} after the end of the article")
    return Name(category or Category.OTHER, "inside-the-core", f"{size} that does not belong to the article around it")


def _belongs(page: Page, index: int, heading: _Heading) -> bool:
    """Whether a block is what a heading above speaks for: below tags stand entries, in menus no prose, and a button to
    subscribe is often followed by a menu."""
    shape = page.shapes[index]
    entry, next_below = shape.words <= ENTRY_WORDS and not shape.ends, index == heading.block + 1
    if heading.prompt.kind == "tags":
        return entry or (not shape.ends and (next_below or page.blocks[index].count(",") >= LISTED))
    if heading.prompt.kind == "newsletter":
        return next_below or not entry
    return not (heading.prompt.kind == "navigation" and shape.prose)


def _is_address(page: Page, index: int) -> bool:
    """Whether a block is an address or a number of telephone."""
    digits = sum(character in DIGITS for character in page.blocks[index])
    return page.shapes[index].digits >= NUMBERS and digits >= FEWEST_DIGITS


def _is_menu(block: str) -> bool:
    """Whether a line is a whole menu: many words, nearly all with capitals."""
    words = block.split()
    return len(words) >= MENU_WORDS and sum(word[0].isupper() for word in words) >= MENU_CAPITALS * len(words)


def _of_other_article(page: Page, index: int) -> Category | None:
    """What a block of some words in or below the article is: a headline that leads elsewhere, or the text below one."""
    shape = page.shapes[index]
    if shape.words <= ENTRY_WORDS:
        return None
    if not shape.ends:
        return None if _is_menu(page.blocks[index]) else Category.TEASER
    above = page.shapes[index - 1] if index else shape
    headed = above.words > ENTRY_WORDS and not above.ends
    return Category.TEASER if headed else Category.OTHER
