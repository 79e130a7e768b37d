"""What an input says of itself: title, byline, day of publication, site name, language.

A page's head and its JSON-LD say it in so many words. Where they do not, the elements and the lines around its title
are read: what stands further off names other authors and other days. What is in doubt is None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from cleaner.document import Decision, Document
from cleaner.page_tree import Telling
from cleaner.reading.authors import in_small, is_full, names_in
from cleaner.reading.days import may_be_day_beside, stamp_day
from cleaner.reading.json_ld import Author, Said, said
from cleaner.reading.listed import words
from cleaner.reading.titles import meta_name, page_title, plain, site_name, site_of
from cleaner.reading.top import Top

LONGEST = 150
"""Characters of the longest byline and site name. Longer ones are sentences that stand in the wrong place."""

MOST = 20
"""Authors and time stamps that are looked at, and places where a name stands."""


FIRST_DAYS = words(
    "articlepublishedtime ogarticlepublishedtime articlepublished datepublished dcdateissued dctermsissued "
    "parselypubdate sailthrudate publishdate publicationdate publisheddate pubdate cxenseparsepublishtime "
    "cxenseparserecspublishtime prismpublicationdate citationpublicationdate citationonlinedate dcdate dctermsdate "
    "dcdatecreated dctermscreated date"
)
"""Names of `meta` elements that give the day of publication, their marks left out; the best first."""

AUTHORS = words(
    "author articleauthor dccreator parselyauthor sailthruauthor cxenseparseauthor byl citationauthor dcauthor creator"
)
"""Names of those that name authors."""

_LEGAL = re.compile("[©®]|copyright|rights reserved", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?:/|$)")


class About(NamedTuple):
    """What is known of an article. `published` is an ISO date, `language` as HTML writes it, such as en-GB."""

    title: str | None = None
    byline: str | None = None
    published: str | None = None
    site_name: str | None = None
    language: str | None = None


def about(document: Document, account: Sequence[Decision], url: str | None = None) -> About:
    """What is known of an input: what its page says, else what the lines say that were dropped around the title."""
    page = document.page
    top = Top.of(document, account)
    if page is None:
        return About(byline=top.byline(), published=next(iter(top.days(None)), None))
    site = site_of(page.telling, url)
    title = page_title(page.telling, page.headings)
    spoken = said(page.telling, filter(None, (title, *page.markup.titles)))
    name = site_name(page.telling, site, title, (spoken.site, spoken.publisher))
    houses = {plain(each) for each in (name or "", spoken.publisher, *site.names, site.host) if each}
    houses.add(plain(site.host.removeprefix("www.").rpartition(".")[0]))
    language = _language(page.telling, spoken)
    return About(
        title,
        _declared_byline(page.telling, spoken, top, houses) or top.byline(houses),
        _published(page.telling, spoken, top, language) or _day_of_address(page.telling, url),
        name if name and len(name) <= LONGEST else None,
        language,
    )


def _declared_byline(telling: Sequence[Telling], spoken: Said, top: Top, houses: set[str]) -> str | None:
    """The authors that the head names: those of JSON-LD, else those of the first `meta` that names any."""
    metas = [(_squeezed(each), Author(each.attributes.get("content") or "")) for each in telling if each.tag == "meta"]
    sources = [spoken.authors, *([author for name, author in metas if name == wanted] for wanted in AUTHORS)]
    alone = top.names() if any(sources) else set()
    for authors in sources:
        people = (author for author in authors[:MOST] if author.kind in ("", "Person"))
        names = ((name, author.kind) for author in people for name in names_in(author.name))
        shown = (
            _shown(name, top.document.text, plain(name) in alone)
            for name, kind in islice(names, MOST)
            if plain(name) not in houses or (len(name.split()) > 1 and (kind or plain(name) in alone))
        )
        found = dict.fromkeys(filter(None, shown))
        if found:
            return ", ".join(found)
    return None


def _shown(name: str, text: str, alone: bool) -> str:  # noqa: FBT001 - what is known of the name
    """How the page writes a declared name; empty where it is not plain that a person is named: a single word that does
    not stand alone above the body, a name in a legal notice and nowhere else."""
    found = list(islice(re.finditer(re.escape(name), text, re.IGNORECASE), MOST))
    free = [each[0] for each in found if not _LEGAL.search(_line_around(text, each.start()))]
    if (found and not free) or not (alone or is_full(name)):
        return ""
    mixed = [each for each in free if not each.isupper() and each[0].isupper()] if name.isupper() else free
    return in_small(next(iter(mixed), name) if " " in name else name)


def _line_around(text: str, offset: int) -> str:
    end = text.find("\n", offset, offset + 2 * LONGEST)
    start = text.rfind("\n", max(offset - 2 * LONGEST, 0), offset) + 1 or max(offset - 2 * LONGEST, 0)
    return text[start : end if end >= 0 else offset + 2 * LONGEST]


def _published(telling: Sequence[Telling], spoken: Said, top: Top, language: str | None) -> str | None:
    """The day that the head gives, else the one that is shown. One in Greenwich's time may be the next day's elsewhere:
    where the page shows that, or another stamp says so, it counts."""
    metas = [(_squeezed(each), each.attributes.get("content") or "") for each in telling if each.tag == "meta"]
    stamps = [spoken.published, *(stamp for wanted in FIRST_DAYS for name, stamp in metas if name == wanted)]
    days = [(day, stamp) for stamp in stamps[:MOST] for day in [stamp_day(stamp, language)] if day]
    if not days:
        return next(iter(top.days(language)), None)
    day, stamp = days[0]
    if may_be_day_beside(stamp):
        local = [other for other, told in days if len(told) > len(day) and not may_be_day_beside(told)]
        others = local or top.days(language)
        return day if day in others else next((other for other in others if _apart(day, other) == 1), day)
    return day


def _apart(day: str, other: str) -> int:
    from datetime import date

    return abs((date.fromisoformat(day) - date.fromisoformat(other)).days)


def _day_of_address(telling: Sequence[Telling], url: str | None) -> str | None:
    """The day in the page's address."""
    canonical = (
        each.attributes.get("href")
        for each in telling
        if each.tag == "link" and each.attributes.get("rel") == "canonical"
    )
    for address in (url, *canonical):
        found = _URL_DAY.search(address or "")
        if found:
            return stamp_day(f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}")
    return None


def _squeezed(meta: Telling) -> str:
    """The name of a `meta` element without its marks; empty for one that may be another article's."""
    name = meta_name(meta.attributes)
    return "".join(filter(str.isalnum, name)) if meta.in_head or name.startswith(("og:", "article:")) else ""


def _language(telling: Sequence[Telling], spoken: Said) -> str | None:
    """The language that the page declares, in the letters of BCP 47."""
    told: list[str | None] = []
    for tag in ("html", "body"):
        element = next((each.attributes for each in telling if each.tag == tag), {})
        told += [element.get("lang"), element.get("xml:lang")]
    for meta in (each.attributes for each in telling if each.tag == "meta"):
        if (meta.get("http-equiv") or "").lower() == "content-language" or meta_name(meta) in (
            "og:locale",
            "dc.language",
        ):
            told.append(meta.get("content"))
    for language in (*told, spoken.language):
        if language and _LANGUAGE.fullmatch(language.strip()):
            return _written(language.strip())
    return None


def _written(language: str) -> str:
    """A language as BCP 47 writes it.

    >>> [_written(language) for language in ("en_us", "ZH-hans-cn", "De")]
    ['en-US', 'zh-Hans-CN', 'de']
    """
    first, *rest = language.replace("_", "-").split("-")
    forms = {2: str.upper, 4: str.title}  # a region, a script
    return "-".join([first.lower(), *(forms.get(len(part), str.lower)(part) for part in rest)])
