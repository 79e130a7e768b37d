"""What a page says of itself: title, byline, day of publication, site name, language; and the same from single lines.

trafilatura reads the page's head and its JSON-LD. It is given nothing else of the page: what stands around an article
names other authors and other days. What is in doubt is None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import Any, NamedTuple

from cleaner.document import Category, Decision, Document
from cleaner.page_tree import PageTree, Telling
from cleaner.reading.declared import declared_titles, is_json_ld

LONGEST = 150
"""Characters of the longest byline and site name. Longer ones are sentences that stand in the wrong place."""

LATEST = "2100-01-01"
"""The day up to which a date counts, so that the result does not depend on today."""

LANGUAGES = "en de fr es pt it nl pl ru tr ja zh ko ar sv nb da cs"
"""Languages in which a line that gives a date is read."""

BY = ("by", "von", "par", "por", "di", "door", "av", "af")
"""Words that open a byline."""

BETWEEN = "and und et y e en och og van von der den de del della di da la le du af al bin ibn"
"""Words of a byline that need no capital."""

NAMES = range(2, 9)
"""Words that the names of a byline have."""

_MISLEADING = re.compile("modif|update|copyright|twitter:(site|app|creator)")
"""Names of what a page's head says that trafilatura would take for a name of the site, an author, a first day."""

_LEGAL = re.compile("[©®]|copyright|rights reserved", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
_MONTH = re.compile(r"[^\W\d_]{3}|[月월]")
_ISO = re.compile(r"\d{4}-\d\d-\d\d\b")


class About(NamedTuple):
    """What is known of an article. `published` is an ISO date, `language` as HTML writes it, such as en-GB."""

    title: str | None = None
    byline: str | None = None
    published: str | None = None
    site_name: str | None = None
    language: str | None = None


def about(document: Document, account: Sequence[Decision], url: str | None = None) -> About:
    """What is known of an input: what its page says, else what the lines say that were dropped above the body."""
    page = document.page
    known = About() if page is None else about_page(page, document.text, url)
    above = list(takewhile(lambda decision: not decision.keep, account))
    return known._replace(
        byline=known.byline or _first(document, above, Category.BYLINE, byline_in),
        published=known.published or _first(document, above, Category.DATE, date_in),
    )


def _first(
    document: Document, dropped: Sequence[Decision], category: Category, told: Callable[[str], str | None]
) -> str | None:
    """What the first line of a category tells that tells something."""
    for decision in dropped:
        if decision.category is category:
            for line in document.text[decision.start : decision.end].splitlines():
                found = told(line.strip()) if line.strip() else None
                if found:
                    return found
    return None


def about_page(page: PageTree, text: str, url: str | None = None) -> About:
    """What the head of a page and its JSON-LD say. `text` is the page's, in which its authors must be named."""
    from lxml import etree  # heavy: only for pages
    from trafilatura.metadata import extract_metadata

    from cleaner.reading.second_opinion import keep_off_standard_error  # and logging with it

    keep_off_standard_error("htmldate", "trafilatura")
    title, language = page_title(page.telling, page.headings), _language(page.telling)
    dates = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d", "max_date": LATEST}
    try:
        found = extract_metadata(_head(page.telling), url, dates, extensive=False)
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, etree.LxmlError):
        return About(title, language=language)  # nothing else is known of a page that breaks their reader
    site_name = _short(found.sitename)
    if site_name and found.hostname and site_name.lower() == found.hostname.lower():
        site_name = None
    return About(title, _byline(found.author or "", text, site_name), found.date or None, site_name, language)


def page_title(telling: Sequence[Telling], h1: Sequence[str]) -> str | None:
    """The title of the article in a page: its one `h1` where a declared title agrees, else the first of those.

    >>> page_title([Telling("title", {}, "A storm | The Post")], ["A storm"])
    'A storm'
    """
    titles = declared_titles(telling)
    headings = set(h1)
    agreed = [heading for heading in headings if any(heading in title for title in titles)]
    if len(agreed) == 1:
        return agreed[0]
    return titles[0] if titles else headings.pop() if len(headings) == 1 else None


def _byline(authors: str, text: str, site_name: str | None) -> str | None:
    """Of the authors (parted by "; ") those whom the text names, as it writes them."""
    named: list[str] = []
    for author in authors.split("; "):
        name = " ".join(author.split())
        if not name or len(name) > LONGEST or name.casefold() == (site_name or "").casefold():
            continue
        found = re.search(re.escape(name), text, re.IGNORECASE)
        if found and not _LEGAL.search(_line_around(text, found.start())) and found[0] not in named:
            named.append(found[0])
    return ", ".join(named) or None


def _line_around(text: str, offset: int) -> str:
    end = text.find("\n", offset)
    return text[text.rfind("\n", 0, offset) + 1 : end if end >= 0 else len(text)][: 4 * LONGEST]


def byline_in(line: str) -> str | None:
    """The names in a line that is nothing but a byline.

    >>> byline_in("By Mina Solberg and Jan van der Ahe"), byline_in("By the time it rained"), byline_in("3 min read")
    ('Mina Solberg and Jan van der Ahe', None, None)
    """
    first, _, names = " ".join(line.split()).partition(" ")
    words = names.replace(",", " ").split()
    if first.lower().rstrip(":") not in BY or len(words) not in NAMES or not words[0][0].isupper():
        return None
    small = BETWEEN.split()
    plain = all(word in small or (word[0].isupper() and not any(map(str.isdigit, word))) for word in words)
    return names if plain else None


def date_in(line: str) -> str | None:
    """The day that a line gives, as an ISO date, if the line is a date and no other day can be meant.

    >>> date_in("4 May 2024"), date_in("4. Mai 2024, 12:30"), date_in("03/04/2024"), date_in("2 days ago")
    ('2024-05-04', '2024-05-04', None, None)
    """
    if len(line) > LONGEST or not _YEAR.search(line):
        return None
    if not _ISO.match(line.strip()) and not _MONTH.search(line):
        return None
    _, label, rest = line.partition(": ")
    found = _dates().get_date_data(rest if label and not any(map(str.isdigit, line.partition(": ")[0])) else line)
    return found.date_obj.date().isoformat() if found and found.date_obj and found.period == "day" else None


@cache
def _dates() -> Any:
    from dateparser.date import DateDataParser  # heavy: only for lines that give a date

    strict = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "RETURN_AS_TIMEZONE_AWARE": False}
    return DateDataParser(languages=LANGUAGES.split(), settings=strict, try_previous_locales=False)


def _head(telling: Sequence[Telling]) -> Any:
    """A page of nothing but what the head and the JSON-LD say."""
    from lxml import html  # heavy: only for pages

    made = html.document_fromstring("<html><head></head><body></body></html>")
    head = made[0]
    for each in telling:
        if each.tag in ("meta", "link", "script") and _is_told(each):
            copy = head.makeelement(each.tag, dict(each.attributes))
            copy.text = each.text.replace('"dateModified"', '"modified"')
            head.append(copy)
    return made


def _is_told(each: Telling) -> bool:
    """Whether the head's element, or one that may stand elsewhere, tells what its author means."""
    if each.tag == "script":
        return is_json_ld(each.attributes)
    name = (each.attributes.get("property") or each.attributes.get("name") or "").lower()
    return (each.in_head or name.startswith(("og:", "article:"))) and not _MISLEADING.search(name)


def _language(telling: Sequence[Telling]) -> str | None:
    page: Mapping[str, str] = next((each.attributes for each in telling if each.tag == "html"), {})
    told = [page.get("lang"), page.get("xml:lang")]
    for meta in (each.attributes for each in telling if each.tag == "meta"):
        if (meta.get("http-equiv") or "").lower() == "content-language" or meta.get("property") == "og:locale":
            told.append(meta.get("content"))
    for language in told:
        if language and _LANGUAGE.fullmatch(language.strip()):
            return str(language.strip().replace("_", "-"))
    return None


def _short(text: str | None) -> str | None:
    text = " ".join((text or "").split())
    return text if 0 < len(text) <= LONGEST else None
