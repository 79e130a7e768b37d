"""Captions and credits of pictures, told by their shape.

Why: a caption stands between paragraphs as if it were one; its credit gives it away.
Spares: prose that ends in any other parenthesis, and a source named in a sentence.
Known mistakes: a caption without credit is not found; "(Smith/Jones)" that closes a sentence of science is spared
only where the sentence ends after it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner.document import Category
from cleaner.heuristics.named.credit_words import LABEL_ENDS, TAIL_LABELS, TAILS, is_label
from cleaner.heuristics.named.hints import CREDIT_HEAD, CREDIT_TAIL, may_be_credit
from cleaner.heuristics.named.page import Finding, Page
from cleaner.span import Span

LONGEST_CREDIT = CREDIT_TAIL
LONGEST_CAPTION = 700
CREDIT_WORDS = 8  # more is a caption
BY = ("photo by ", "image by ")
AGENCIES = (
    "reuters/",
    "afp/",
    "getty images",
    "shutterstock",
    "via ap",
    "ap photo",
    "epa/",
    "dpa/",
    "zuma press",
    "imago/",
)

STOCK = ("unsplash", "pexels", "pixabay", "istock", "adobe stock", "alamy", "wikimedia commons", "flickr")
"""Collections of pictures that end a credit; inside a sentence they are its matter."""

SOURCES = frozenset(
    ("reuters", "getty", "shutterstock", "imago", "xinhua", "belga", "tass", "ansa", "pixabay", "unsplash")
)
SOURCE_WORDS = 3  # words at the end of a line of which one is "Name/AGENCY"
SAID_WORDS = 3  # words of a caption above its credit: fewer are the number or the label of a heading
SAID_UNSPACED, SAID_CHARACTERS = 6, 10  # characters of it in scripts without spaces, in others of long words
FIRST_EASTERN, FIRST_UNSPACED = "\u0590", "\u2e80"  # the characters with which these begin
CAPTION_ENDS = (".", "!", "?", "…", ")", "”", '"', "’", "»", "|", "—", "–", "/", "。", "।", "؟", "）", "」", "】", "／")
LONGEST_UNSPACED = 120  # characters of a caption in a script without spaces
BEFORE_TAIL = frozenset("。／/＝=（(|｜")  # what stands between a caption and its credit there
CAPTION_MARKS = ("▲", "△", "▼", "▶", "◀")  # with which captions in Korean begin


def is_credit(block: str) -> bool:
    """Whether a block is a credit, or a caption that ends in one.

    >>> is_credit("Top photo credit: A crane in the harbour, 2021. (Nora Blank/Agency)")
    True
    >>> is_credit("The crane stood in the harbour for years (it was red).")
    False
    """
    if len(block) > LONGEST_CAPTION:
        return False
    if _opens_with_label(block[:CREDIT_HEAD].removeprefix("Top ")):
        return True
    if _ends_in_credit(block) or _ends_in_label(block) or _ends_in_tail(block) or _is_owned(block):
        return True
    return len(block) <= LONGEST_CREDIT and block[0] in "PpIi" and block.casefold().startswith(BY)


def is_caption(block: str) -> bool:
    """Whether a credit says something of the picture besides: it is long, and more than a label and names.

    >>> [is_caption(line) for line in ("Photo: Nora Blank for the Harbour Post via Halm Press", "Foto: Ida Quill")]
    [False, False]
    >>> is_caption("Photo: The keeper of the old lighthouse waits for the boat")
    True
    """
    words = block.split()
    if len(words) <= CREDIT_WORDS:
        return False
    small = sum(word[0].islower() for word in words)
    return not _opens_with_label(block[:CREDIT_HEAD]) or len(block) > 2 * CREDIT_TAIL or 3 * small > len(words)


def _opens_with_label(text: str) -> bool:
    """Whether a text opens with the label of a credit and a colon.

    >>> [_opens_with_label(line) for line in ("Снимка: Ida Quill", "写真：海野", "사진=항구신문", "The photo: a crane")]
    [True, True, True, False]
    """
    ends = [end for mark in ":：=＝" if (end := text.find(mark)) > 0]
    return bool(ends) and is_label(text[: min(ends)].casefold().strip().rstrip("."))


def _ends_in_tail(block: str) -> bool:
    """Whether a caption in a script without spaces ends in what a credit ends in, or opens with the mark of a caption.

    >>> [_ends_in_tail(line) for line in ("夜裡的港口。記者海野／攝影", "怎样学习摄影", "▲ 항구의 밤. /사진=항구신문")]
    [True, False, True]
    """
    if len(block) > LONGEST_UNSPACED:
        return False
    if block.startswith(CAPTION_MARKS):
        return "사진" in block or "ⓒ" in block
    text = block.rstrip(")）]】")
    return text.endswith(TAILS) and not BEFORE_TAIL.isdisjoint(text)


def _ends_in_credit(block: str) -> bool:
    """Whether the last parenthesis, or what follows the last full stop, names an agency or "Name/Agency"."""
    if block.endswith((")", "）", "]")):
        opened = max(block.rfind("("), block.rfind("（"), block.rfind("["))
        inside = block[opened + 1 : -1]
        if opened < 0 or len(inside) > LONGEST_CREDIT:
            return False
        return _names_agency(inside) or _opens_with_label(inside)
    if block.endswith((".", "!", "?", "”", '"')):
        return False
    last = block.rfind(". ")
    tail = block[last + 2 :] if last >= 0 else ""
    if not 0 < len(tail) <= LONGEST_CREDIT:
        return False
    return _names_agency(tail) or (tail.casefold().endswith(STOCK) and len(block[:last].split()) >= SAID_WORDS)


def _ends_in_label(block: str) -> bool:
    """Whether a caption ends in "Credit: Name" or the like, behind its last sentence.

    >>> [_ends_in_label(line) for line in ("The crane at dusk. Credit: Ida", "She said: Photo by me", "2. Photo: Ida")]
    [True, False, False]
    """
    tail = block[-LONGEST_CREDIT:]
    if block.endswith((".", "!", "?", ":", "”", '"')) or not any(end in tail for end in LABEL_ENDS):
        return False
    for at in [len(block) - len(tail) + tail.rindex(label) for label in TAIL_LABELS if label in tail]:
        said = block[:at].rstrip().removesuffix("Photo").removesuffix("Image").rstrip()
        if said.endswith(CAPTION_ENDS) and _says_something(said):
            return True
    return False


def _says_something(text: str) -> bool:
    """Whether a text is more than the number or the label of a heading."""
    if len(text.split()) >= SAID_WORDS:
        return True
    least = SAID_UNSPACED if text[0] >= FIRST_UNSPACED else SAID_CHARACTERS
    return text[0] >= FIRST_EASTERN and len(text) >= least


def _is_owned(block: str) -> bool:
    """Whether a line ends in "© Name", or is nothing else; the year of a copyright stands where a name should.

    >>> [_is_owned(line) for line in ("The crane at dusk © N. Blank", "© N. Blank", "The crane | © 2031 N. Blank")]
    [True, True, True]
    >>> [_is_owned(line) for line in ("© 2031 The Post", "This is no plan™© for cranes", "It is © Blank & Sons.")]
    [False, False, False]
    """
    said, sign, owner = block.rpartition("©")
    owner = owner.strip()
    if not sign or not owner or len(owner) > LONGEST_CREDIT or block.endswith((".", "!", "?", "”", '"')):
        return False
    if not said:
        return not owner[0].isdigit() and len(owner.split()) < CREDIT_WORDS
    return said[-1] in " (|" and any(word[0].isalpha() and not word[0].islower() for word in owner.split())


def ends_in_source(block: str) -> bool:
    """Whether a line ends in the name of who supplied a picture, without parentheses: "© X", "Name/AGENCY".

    Beside a credit in parentheses this is doubtful: it says what a line is that goes anyway.

    >>> [ends_in_source(line) for line in ("The crane at dusk. — © NORPIX", "A crane in 2021 Ida Quill/NRA")]
    [True, True]
    >>> [ends_in_source(line) for line in ("Either/or", "The crane costs 5 million euros/year.", "© 2031 The Post")]
    [False, False, False]
    """
    if len(block) > LONGEST_CAPTION:
        return False
    _, sign, source = block.rpartition("©")
    if sign and source.strip() and len(source) <= LONGEST_CREDIT and not source.strip()[0].isdigit():
        return True
    words = block[-LONGEST_CREDIT:].replace(" / ", "/").split()
    return any(_is_source(word) for word in words[-SOURCE_WORDS:]) and not block.endswith((".", "!", "?"))


def _is_source(word: str) -> bool:
    """Whether a word is "Name/AGENCY" or "AGENCY/Name"."""
    name, slash, agency = word.strip("()[]").partition("/")
    if not slash or not agency[:1].isupper():
        return False
    if not name[:1].isupper():
        return agency.casefold() in SOURCES
    return any(
        len(side) > 1 and side.isalpha() and (side.isupper() or side.casefold() in SOURCES) for side in (name, agency)
    )


def _names_agency(text: str) -> bool:
    folded = text.casefold()
    if any(agency in folded for agency in AGENCIES):
        return True
    name, slash, agency = text.partition("/")
    return bool(slash) and name[:1].isupper() and agency[:1].isupper() and " " in name and len(text.split()) <= 8


def picture_credits(page: Page, among: Sequence[int]) -> list[Finding]:
    """Captions with credit, and credits, among the given blocks of a page that has prose; they stand in order.

    >>> page = Page.from_lines("The crane stood there for years, red and useless.", "Photo: Nora Blank")
    >>> [(tuple(finding.run), finding.category.value) for finding in picture_credits(page, range(2))]
    [((1, 2), 'credit')]
    """
    found: list[Finding] = []
    indices = np.asarray(among, np.int64)
    may_be = indices[page.flags(may_be_credit)[indices]].tolist()
    told = [index for index in may_be if is_credit(page.blocks[index])]
    page.rule_out(may_be_credit, [index for index in may_be if index not in told])
    for index in told:
        category = Category.CAPTION if is_caption(page.blocks[index]) else Category.CREDIT
        why = "it names who made or supplied a picture"
        found.append(Finding(Span(index, index + 1), category, "picture-credit", why))
    return found if found and any(page.prose(index) for index in among) else []
