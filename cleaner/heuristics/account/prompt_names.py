"""What a block is that names a prompt: the prompt's kind, but where the block, or its place, says more."""

from __future__ import annotations

from cleaner.document import Category
from cleaner.heuristics.account.named import Name
from cleaner.heuristics.account.setting import Setting
from cleaner.heuristics.features.features import NAMED
from cleaner.heuristics.named.credits import ends_in_source, is_caption, is_credit
from cleaner.heuristics.named.dates import DATE_WORDS, holds_date, is_date
from cleaner.heuristics.named.line_kinds import has_address, is_name, opens_byline
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.prompts.evidence import Evidence

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
CAPTION_WORDS = 8
FARTHEST_BIO = 12  # blocks below the body's end
NEAR_FORM = 8  # blocks around a field of a form among which its heading stands
FIELDS = frozenset(
    (
        *("address", "adresse", "correo", "email", "e-mail", "e-mail-adresse", "first", "full", "last", "mail"),
        *("nachname", "name", "nom", "required", "us", "vorname", "website", "your"),
    )
)
"""Words of the fields of forms. Newsletters and comments ask for the same, and "Email us" asks for nothing."""
READING = ("min", "read", "lese", "lecture", "lectura", "lettura", "leestijd", "läs", "czytan")
"""What phrases hold that tell how long the reading takes."""


def category_of(kind: str, index: int, setting: Setting) -> Category:
    """The category of a kind of prompts. What footers hold stands in the menus above an article as well."""
    above = kind == "footer" and index < setting.body.start
    return Category.NAVIGATION if above else BY_KIND[kind]


def tells(page: Page, index: int, prompt: Evidence, setting: Setting) -> bool:
    """Whether a prompt says what its block is. A single word that opens a longer line may be anything, but for one
    with a colon, the label of a credit and the "By" of a byline."""
    block = page.blocks[index]
    if prompt.kind == "more" and not prompt.strong:
        return prompt.place != "inside" and " " in prompt.phrase and not page.prose(index)
    if prompt.kind == "credit" and not prompt.strong:
        return _labels_credit(block, prompt)
    several = " " in prompt.phrase
    inside = setting.body.start <= index < setting.body.end and prompt.kind in ("navigation", "share")
    if several or (prompt.strong and not (inside and prompt.place != "whole")):
        return True
    if prompt.kind == "byline":
        return (opens_byline(page.blocks[index]) and not page.prose(index)) or is_date(
            _behind(page.blocks[index], prompt)
        )
    return _is_label(page.blocks[index], prompt) and prompt.kind != "footer"


def _is_label(block: str, prompt: Evidence) -> bool:
    return block[len(prompt.phrase) :].lstrip().startswith((":", "："))


def _labels_credit(block: str, prompt: Evidence) -> bool:
    """Whether the word for a picture is the label of a credit, and not the first one of a line about pictures."""
    behind = _behind(block, prompt)
    short = len(block.split(None, CAPTION_WORDS)) <= CAPTION_WORDS
    named = is_name(behind) or behind.startswith(("via ", "by ", "courtesy ", "© ", "(c)"))
    return (
        " " in prompt.phrase
        or _is_label(block, prompt)
        or is_credit(block)
        or ends_in_source(block)
        or (short and named)
    )


def _behind(block: str, prompt: Evidence) -> str:
    """What follows the phrase that opens a block."""
    at = block.casefold().find(prompt.phrase)
    return block[at + len(prompt.phrase) :].strip(" \t:·|,") if at >= 0 else ""


def by_prompt(page: Page, index: int, prompt: Evidence, setting: Setting) -> Name:
    """The name that a prompt gives its block."""
    block, category = page.blocks[index], category_of(prompt.kind, index, setting)
    why = f"it names {NAMED[prompt.kind]}: “{prompt.phrase}”"
    if category is Category.BYLINE:
        return _of_stamp(page, index, prompt, why)
    if category is Category.NEWSLETTER and has_address(block):
        return by_address(index, setting)
    if category in (Category.NEWSLETTER, Category.COMMENTS) and _is_field(prompt):
        return _of_field(page, index, prompt, setting)
    if category is Category.CREDIT and is_caption(block):
        category = Category.CAPTION
        if index >= setting.body.end and "sign-off" in page.kinds(index):
            category = Category.SIGN_OFF
    return Name(category, f"{prompt.kind}-prompt", why)


def _of_stamp(page: Page, index: int, prompt: Evidence, why: str) -> Name:
    """What a prompt is that may open a byline: a date, where the article is filed, how long it takes to read it."""
    reading = any(each in prompt.phrase for each in READING) and "by" not in prompt.phrase.split()
    dated = reading and holds_date(page.blocks[index])
    if reading and not dated:
        return Name(Category.OTHER, "reading-time-prompt", f"it tells how long reading takes: “{prompt.phrase}”")
    if dated or _is_stamp(page, index, prompt):
        return Name(Category.DATE, "date-prompt", f"it names a date: “{prompt.phrase}”")
    if prompt.phrase.rstrip(":").endswith(" in"):
        return Name(Category.TAGS, "tags-prompt", f"it names {NAMED['tags']}: “{prompt.phrase}”")
    return Name(Category.BYLINE, "byline-prompt", why)


def _is_stamp(page: Page, index: int, prompt: Evidence) -> bool:
    """Whether a prompt that may open a byline opens a date: one behind it, or alone on the line above one."""
    if is_date(page.blocks[index]):
        return True
    if prompt.place != "whole":
        return is_date(" ".join(_behind(page.blocks[index], prompt).split(None, DATE_WORDS)[:DATE_WORDS]))
    if index + 1 == len(page):
        return False
    below = page.blocks[index + 1]
    named = is_name(" ".join(below.split(None, 2)[:2])) and not is_date(" ".join(below.split(None, 2)[:2]))
    return is_date(below) and not named


def _is_field(prompt: Evidence) -> bool:
    words = prompt.phrase.replace("*", " ").replace(":", " ").replace("(", " ").replace(")", " ").split()
    return FIELDS.issuperset(words)


def _of_field(page: Page, index: int, prompt: Evidence, setting: Setting) -> Name:
    """A field of a form is what the form around it is; one without a form gives an address."""
    around = (at for step in range(1, NEAR_FORM + 1) for at in (index - step, index + step) if 0 <= at < len(page))
    for near in around:
        form = page.prompts[near]
        if form is not None and form.kind in ("newsletter", "comments") and form.strong and not _is_field(form):
            why = f"a field of a form, by “{form.phrase}”"
            return Name(BY_KIND[form.kind], f"{form.kind}-prompt", why)
    category = Category.FOOTER if index >= setting.body.end else Category.NAVIGATION
    if setting.body.start <= index < setting.body.end:
        category = Category.OTHER
    return Name(category, "contact-prompt", f"it tells how to get in touch: “{prompt.phrase}”")


def by_address(index: int, setting: Setting) -> Name:
    """The name of a block that gives an address of mail."""
    below = 0 <= index - setting.body.end < FARTHEST_BIO
    category = Category.AUTHOR_BIO if below and setting.authors else Category.FOOTER
    return Name(category, "address", "it gives an address of mail")
