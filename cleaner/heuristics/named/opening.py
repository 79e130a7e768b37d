"""The head of an article: the title printed twice, what stands above it, the summary and kicker below it.

Why: a title, its copy, a summary and a section line read like a first paragraph with subheadings.
Spares: the wire dateline that opens the body; a first paragraph with nothing between it and the second.
Known mistakes: a tale that says its first line twice, and no other, would lose it.
"""

from __future__ import annotations

from itertools import compress, count, islice
from operator import eq

from cleaner.document import Category
from cleaner.heuristics.named.credits import is_credit
from cleaner.heuristics.named.dates import DIGITS, is_date
from cleaner.heuristics.named.hints import DATELINE_HEAD, may_have_dateline
from cleaner.heuristics.named.line_kinds import is_byline, is_marks
from cleaner.heuristics.named.page import Finding, Page
from cleaner.span import Span

TITLE_WORDS = (4, 30)
FIRST_WORDS = 15  # of the first paragraph below a title
PARAGRAPH_WORDS = 25  # of a paragraph below a line that is said again without the name of a site
MOST_ABOVE_TITLE = 2  # sentences of the page above the title
LONGEST_SUMMARY = 60  # words
LONGEST_META = 8  # words of a kicker, date or byline
MOST_META = 6  # lines between title and body
MOST_ABOVE_DATELINE = 4  # blocks with a sentence above a wire dateline
DASHES = ("—", "–", "--", "-")
FARTHEST_COPY = 60  # blocks between the title on the first line and the heading that says it again
LEAST_TITLE, LONGEST_TITLE = 15, 300  # bytes of a title that is said again: an ideograph has three
MOST_STAMPS = 3  # dates and bylines below that heading
BEFORE_SITE = frozenset("|–—-•·:«»~/<>(")  # what stands between a title and the name of its site ...
CLOSE_TO_TITLE = frozenset("|–—:»")  # ... without a space, too


def repeated_title(page: Page) -> Span | None:
    """The run of a title that stands twice, the copies next to each other, above prose.

    >>> title, first = "A bridge opens in the north", "On Monday the bridge, " + "which is long, " * 5 + "was opened."
    >>> repeated_title(Page.from_lines("Menu", title, title, first))
    Span(start=1, end=3)
    """
    twice = compress(count(), map(eq, page.blocks, islice(page.blocks, 1, max(len(page) - 1, 1))))
    found = [index for index in twice if _stands_twice(page, index)]
    if len(found) != 1:
        return None
    start = found[0]
    if not _may_be_title(page, start) or not _prose_follows(page, start + 2):
        return None
    sentences = sum(page.prose(index) and page.shapes[index].words >= FIRST_WORDS for index in range(start))
    return Span(start, start + 2) if sentences <= MOST_ABOVE_TITLE else None


def _stands_twice(page: Page, index: int) -> bool:
    least, most = TITLE_WORDS
    return least <= page.shapes[index].words <= most and page.times(index) == 2


def _prose_follows(page: Page, start: int) -> bool:
    return any(shape.prose and shape.words >= FIRST_WORDS for shape in page.shapes[start : start + MOST_META + 2])


def _may_be_title(page: Page, index: int) -> bool:
    block = page.blocks[index]
    return page.prompts[index] is None and not block.endswith((".", ",", ";", ":", "。")) and not is_credit(block)


def head_of_page(page: Page) -> range:
    """The first line, if it says the title that a heading above the prose says again, and all down to that heading;
    with the dates and bylines below. The first line may go on with the name of the site.

    Of 142 blocks of gold dumps (two flattenings) that would stay otherwise, one is body.

    >>> said = "The bridge at Oldport opened on Monday, and the whole town came to see the ships that pass below it."
    >>> lines = ["A bridge opens at last | Harbour Post", "Old news", "A bridge opens at last", "4 May 2031", said]
    >>> head_of_page(Page.from_lines(*lines))
    range(0, 4)
    """
    if not len(page) or not LEAST_TITLE <= len(page.blocks[0].encode(errors="replace")) <= LONGEST_TITLE:
        return range(0)
    title = _folded(page.blocks[0])
    within = range(1, min(FARTHEST_COPY, len(page)))
    copy = next((index for index in within if _says_again(title, page.blocks[index])), 0)
    if not copy or not _may_be_title(page, copy) or not _prose_follows(page, copy + 1):
        return range(0)
    if any(page.prose(index) and page.shapes[index].words >= FIRST_WORDS for index in range(1, copy)):
        return range(0)
    if _folded(page.blocks[copy]) == title and (copy == 1 or not _paragraph_follows(page, copy + 1)):
        return range(0)
    end = copy + 1
    while end < min(copy + 1 + MOST_STAMPS, len(page)) and (is_date(page.blocks[end]) or is_byline(page.blocks[end])):
        end += 1
    return range(end)


def _paragraph_follows(page: Page, start: int) -> bool:
    """Whether a block soon follows that is longer than the lines of a song, which say their first line again, too."""
    return any(shape.prose and shape.words >= PARAGRAPH_WORDS for shape in page.shapes[start : start + MOST_META + 2])


def _says_again(title: str, block: str) -> bool:
    """Whether a block is the folded title, or all of it but for the name of the site."""
    if not title.startswith(block[0].casefold()):  # of most the rest need not be known
        return False
    if len(block) > LONGEST_TITLE or len(block.encode(errors="replace")) < LEAST_TITLE:
        return False
    folded = _folded(block)
    if not title.startswith(folded):
        return False
    rest = title[len(folded) :]
    return not rest or rest[0] in CLOSE_TO_TITLE or (rest[0] == " " and rest[1] in BEFORE_SITE)


def _folded(block: str) -> str:
    return " ".join(block.split()).casefold()


def opening(page: Page) -> tuple[list[Finding], str | None]:
    """What goes at the head for sure, and the title."""
    title = repeated_title(page)
    dateline = wire_dateline(page)
    findings = []
    if title is not None:
        name = page.blocks[title.start]
        if title.start:
            why = "it stands above the title"
            findings.append(Finding(Span(0, title.start), Category.NAVIGATION, "above-the-title", why))
        findings.append(Finding(title, Category.TITLE, "repeated-title", "the title, printed twice"))
        findings.extend(below_title(page, title.end))
        return findings, name
    if dateline:
        return _above_dateline(page, dateline)
    return [], None


def below_title(page: Page, start: int) -> list[Finding]:
    """Summary and meta lines between a sure title and the body: they count only if a meta line closes them.

    >>> summary, first = "It took ten years and two storms.", "On Monday the bridge was opened at last, and it rained."
    >>> page = Page.from_lines(summary, "North", first)
    >>> [finding.category.value for finding in below_title(page, 0)]
    ['summary', 'kicker']
    """
    summary = start
    if start < len(page) and page.shapes[start].words >= 5 and page.shapes[start].words <= LONGEST_SUMMARY:
        summary = start + 1 if not _is_meta(page, start) else start
    end = summary
    while end < len(page) and end - summary < MOST_META and _is_meta(page, end):
        end += 1
    if end == summary or end == len(page) or not page.shapes[end].prose:
        return []
    findings = []
    if summary > start:
        why = "a sentence between the title and a line of the page"
        findings.append(Finding(Span(start, summary), Category.SUMMARY, "summary-below-title", why))
    for index in range(summary, end):
        block = page.blocks[index]
        told = not is_marks(block) and DIGITS.isdisjoint(block)  # a bullet, or the minutes that reading takes
        category = Category.CAPTION if is_credit(block) else Category.KICKER if told else Category.OTHER
        findings.append(Finding(Span(index, index + 1), category, "line-below-title", "a line between title and body"))
    return findings


def _is_meta(page: Page, index: int) -> bool:
    shape = page.shapes[index]
    if is_credit(page.blocks[index]) or page.strong(index):
        return True
    return shape.words <= LONGEST_META and not shape.ends and not shape.colon and not shape.bullet and not shape.quoted


def wire_dateline(page: Page) -> int:
    """The index of the block that a wire dateline opens, near the head; 0 if there is none, or no title above it.

    A text with several is a round of reports, and stays.

    >>> wire_dateline(Page.from_lines("A bridge opens at last", "OLDPORT, Norland — On Monday the bridge was opened."))
    1
    """
    lines = [
        index
        for index in page.hinted(may_have_dateline)
        if page.blocks[index][:2].isupper() and has_dateline(page.blocks[index]) and page.shapes[index].words >= 8
    ]
    if len(lines) != 1:
        return 0
    above = page.shapes[: lines[0]]
    titled = any(shape.words >= TITLE_WORDS[0] and not shape.ends for shape in above)
    sentences = sum(shape.words >= 12 for shape in above)
    return lines[0] if titled and sentences <= MOST_ABOVE_DATELINE else 0


def has_dateline(block: str) -> bool:
    """Whether a block opens with "CITY, Country —" or "CITY (Agency) —".

    >>> has_dateline("NEW HARBOUR (NA) — The ships came.")
    True
    >>> has_dateline("ABC — the show about letters — returns.")
    False
    """
    head = block[:DATELINE_HEAD]
    for dash in DASHES:
        place, found, rest = head.partition(f" {dash} ")
        if found and rest[:1].isalnum():
            city = place.partition(",")[0].partition("(")[0].strip()
            qualified = "," in place or place.endswith(")")
            return qualified and len(city) >= 3 and city.isupper() and len(place.split()) <= 6
    return False


def _above_dateline(page: Page, dateline: int) -> tuple[list[Finding], str | None]:
    """Title, summary and caption above a body that opens with a wire dateline."""
    findings, title = [], None
    for index in range(dateline):
        shape, block = page.shapes[index], page.blocks[index]
        category, why = Category.NAVIGATION, "it stands above the wire dateline that opens the body"
        if is_credit(block):
            category = Category.CAPTION
        elif is_date(block):
            category = Category.DATE
        elif title is not None and shape.prose:
            category = Category.SUMMARY
        elif shape.words >= TITLE_WORDS[0] and not shape.ends and not page.strong(index):
            category, title = Category.TITLE, block
        findings.append(Finding(Span(index, index + 1), category, "above-the-dateline", why))
    return findings, title
