"""What a dropped block was, and why it went, in words for a person.

A prompt says itself what it is, if it is most of the block or more than one word; else what the line gives (a date, a
credit, an address), who stands beside it and the heading above it tell, and its place at last.
"""

from __future__ import annotations

from typing import NamedTuple

from cleaner.document import Category
from cleaner.heuristics.credits import ends_in_source, is_credit
from cleaner.heuristics.evidence import Evidence
from cleaner.heuristics.features import NAMED
from cleaner.heuristics.line_kinds import (
    DATE_WORDS,
    has_address,
    holds_date,
    is_date,
    is_marks,
    is_name,
    names_shop,
    opens_byline,
)
from cleaner.heuristics.page import Page
from cleaner.heuristics.setting import SUMMARY_WORDS, Setting
from cleaner.span import Span

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
SPREADING = frozenset({"comments", "more", "footer", "consent", "newsletter", "navigation", "tags"})
CAPTION_WORDS = 8
LONGEST_NAME = 5  # words of a source
ENTRY_WORDS = 4  # more are a headline
NEAR_BODY = 12  # blocks above the body among which its pictures stand
FARTHEST_BIO = 12  # blocks below the body's end
FEWEST_SHARES = 2  # names of networks in a line that shares


class Name(NamedTuple):
    """A category, the heuristic that gave it, and why."""

    category: Category
    heuristic: str
    why: str


def name_run(page: Page, run: Span, setting: Setting) -> list[Name]:
    """The names of the blocks of a run that goes, in order.

    >>> page = Page.from_lines("Newsletter", "Every Friday in your inbox")
    >>> [name.category.value for name in name_run(page, Span(0, 2), Setting(Span(0, 0)))]
    ['newsletter', 'newsletter']
    """
    names: list[Name] = []
    heading: Evidence | None = None
    for index in range(run.start, run.end):
        if is_marks(page.blocks[index]):
            names.append(Name(Category.OTHER, "marks-alone", "nothing but marks"))
            continue
        if _ends_heading(page, index, setting):
            heading = None
        prompt = page.prompts[index]
        if prompt is not None and _heads(page, index, prompt, setting):
            heading = prompt
        names.append(_name(page, index, setting, heading))
    return names


def _ends_heading(page: Page, index: int, setting: Setting) -> bool:
    """Whether what a heading above has said ends here: at the title, and at a sentence right above the body."""
    return index == setting.title or (index < setting.body.start and setting.is_summary(page, index))


def _heads(page: Page, index: int, prompt: Evidence, setting: Setting) -> bool:
    """Whether a prompt speaks for what is below it. Above the body "Comments" is a button."""
    above = index < setting.body.start
    return page.strong(index) and prompt.kind in SPREADING and not (above and prompt.kind == "comments")


def _name(page: Page, index: int, setting: Setting, heading: Evidence | None) -> Name:
    if setting.is_title(page, index):
        return Name(Category.TITLE, "title-above-the-body", "the line above the article that reads most like its title")
    prompt = page.prompts[index]
    if prompt is not None and _tells(page, index, prompt):
        return _by_prompt(page, index, prompt, setting)
    return _by_what_it_gives(page, index, setting) or _by_place(page, index, setting, heading)


def _tells(page: Page, index: int, prompt: Evidence) -> bool:
    """Whether a prompt says what its block is. A single word that opens a longer line may be anything, but for one
    with a colon, the label of a credit and the "By" of a byline."""
    if prompt.strong or " " in prompt.phrase:
        return True
    behind = _behind(page.blocks[index], prompt)
    if prompt.kind == "byline":
        return (opens_byline(page.blocks[index]) and not page.prose(index)) or is_date(behind)
    labels = page.blocks[index][len(prompt.phrase) :].lstrip().startswith((":", "："))
    return (labels and prompt.kind != "footer") or (
        prompt.kind == "credit" and page.shapes[index].words <= CAPTION_WORDS
    )


def _behind(block: str, prompt: Evidence) -> str:
    """What follows the phrase that opens a block."""
    at = block.casefold().find(prompt.phrase)
    return block[at + len(prompt.phrase) :].strip(" \t:·|,") if at >= 0 else ""


def _by_prompt(page: Page, index: int, prompt: Evidence, setting: Setting) -> Name:
    block, category = page.blocks[index], BY_KIND[prompt.kind]
    why = f"it names {NAMED[prompt.kind]}: “{prompt.phrase}”"
    if category is Category.BYLINE and _is_stamp(page, index, prompt):
        return Name(Category.DATE, "date-prompt", why)
    if category is Category.NEWSLETTER and has_address(block):
        return _address(index, setting)
    if category is Category.CREDIT and page.shapes[index].words > CAPTION_WORDS:
        category = Category.CAPTION
        if index >= setting.body.end and "sign-off" in page.kinds(index):
            category = Category.SIGN_OFF
    return Name(category, f"{prompt.kind}-prompt", why)


def _is_stamp(page: Page, index: int, prompt: Evidence) -> bool:
    """Whether a prompt that may open a byline opens a date: one behind it, or alone on the line above one."""
    if is_date(page.blocks[index]):
        return True
    if prompt.place != "whole":
        return is_date(" ".join(_behind(page.blocks[index], prompt).split(None, DATE_WORDS)[:DATE_WORDS]))
    return index + 1 < len(page) and is_date(page.blocks[index + 1])


def _address(index: int, setting: Setting) -> Name:
    below = 0 <= index - setting.body.end < FARTHEST_BIO
    category = Category.AUTHOR_BIO if below and setting.authors else Category.FOOTER
    return Name(category, "address", "it gives an address of mail")


def _by_what_it_gives(page: Page, index: int, setting: Setting) -> Name | None:
    block, shape = page.blocks[index], page.shapes[index]
    if not shape.prose and (is_date(block) or (index < setting.body.start and holds_date(block))):
        return Name(Category.DATE, "date-line", "a line that gives a date")
    if index in range(setting.body.start - NEAR_BODY, setting.body.end) and (is_credit(block) or ends_in_source(block)):
        category = Category.CREDIT if shape.words <= LONGEST_NAME else Category.CAPTION
        return Name(category, "picture-credit", "it names who made or supplied a picture")
    if shape.words >= SUMMARY_WORDS and _beside_credit(page, index) and "byline" not in page.kinds(index):
        return Name(Category.CAPTION, "beside-a-credit", "the line beside it names who made a picture")
    if not shape.prose and page.kinds(index).count("share") >= FEWEST_SHARES:
        return Name(Category.SHARE, "names-networks", "a short line that names places to share it at")
    if not shape.prose and has_address(block):
        return _address(index, setting)
    if names_shop(block):
        return Name(Category.ADVERTISEMENT, "names-a-shop", "a short line that names a shop")
    if is_name(block) and setting.beside_byline(page, index):
        return Name(Category.BYLINE, "name-by-a-byline", "a name beside a byline or a date")
    if 0 <= index - setting.body.end < FARTHEST_BIO and _of_author(block, setting):
        return Name(Category.AUTHOR_BIO, "names-the-author", "it names the author below the article")
    return None


def _beside_credit(page: Page, index: int) -> bool:
    """Whether the block above or below is a credit and nothing else."""
    beside = (near for near in (index - 1, index + 1) if 0 <= near < len(page))
    return any(
        page.shapes[near].words <= CAPTION_WORDS
        and (is_credit(page.blocks[near]) or ((prompt := page.prompts[near]) is not None and prompt.kind == "credit"))
        for near in beside
    )


def _of_author(block: str, setting: Setting) -> bool:
    """Whether a block opens with the name of an author."""
    words = block.casefold().split(None, 2)
    return words[0].strip(",.") in setting.authors


def _by_place(page: Page, index: int, setting: Setting, heading: Evidence | None) -> Name:
    shape, body = page.shapes[index], setting.body
    size = "prose" if shape.prose else "a short line"
    if setting.is_summary(page, index):
        return Name(Category.SUMMARY, "summary-below-title", "a sentence between the title and the article")
    if heading is not None and (heading.kind != "tags" or shape.words <= ENTRY_WORDS):
        why = f"{size} below “{heading.phrase}”"
        return Name(BY_KIND[heading.kind], f"below-{heading.kind}", why)
    if index < body.start:
        if shape.digits > 0.3:
            return Name(Category.OTHER, "line-of-digits", "a count or a price above the article")
        return Name(Category.NAVIGATION, "before-the-core", f"{size} above the article")
    category = _of_other_article(page, index)
    if index >= body.end:
        return Name(category or Category.NAVIGATION, "after-the-core", f"{size} after the end of the article")
    return Name(category or Category.OTHER, "inside-the-core", f"{size} that does not belong to the article around it")


def _of_other_article(page: Page, index: int) -> Category | None:
    """What a block of some words in or below the article is: a headline that leads elsewhere, or the text below one."""
    shape = page.shapes[index]
    if shape.words <= ENTRY_WORDS:
        return None
    if not shape.ends:
        return Category.TEASER
    above = page.shapes[index - 1] if index else shape
    headed = above.words > ENTRY_WORDS and not above.ends
    return Category.TEASER if headed else Category.OTHER
