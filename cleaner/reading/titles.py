"""The title of the article in a page, and the name of its site: what the head declares, and what the headings show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import urlsplit

from cleaner.page_tree import Telling
from cleaner.reading.declared import declared_titles
from cleaner.reading.json_ld import said

SEGMENTS = 8
"""Segments of a title that are looked at; more are no title's."""

LONGEST, HEADINGS = 1000, 30
"""Characters of the longest title, and headings of the first rank among which the article's is looked for."""

SITE_WORDS = 6
"""Words of the longest segment of a title that may be the name of the site."""

LEAST_HOST, MOST_OF_HOST = 3, 2.5
"""Letters of a host's name from which a segment may go with it, and how many times as many the segment may have."""

SHARED, LEAST_SHARED = 0.5, 2
"""A heading that shares this part of the shorter one's words with the declared title, and so many, is the title in
other words. Of 120 pages it was the article's heading in all 14."""

CONTAINED = 3
"""Words from which a declared title inside a heading is the title, and the rest of the heading its kicker."""

_SEPARATOR = re.compile(r"\s+[-–—|·•»«:*/‹›>~@]+\s+|\s*[|｜ㅣ]\s*|\s+_\s*|(?<=\w)：|\s*»\s+")
_WORD = re.compile(r"\w+")
_PERSON = re.compile(r"@|by\s", re.IGNORECASE)  # an account, an author behind the title


class Site(NamedTuple):
    """What is known of a page's site: what it calls itself, best first, and its host."""

    names: tuple[str, ...]
    host: str


def site_of(telling: Sequence[Telling], url: str | None = None) -> Site:
    """What the head says of the site, JSON-LD aside."""
    metas = dict(_metas(telling))
    names = (metas.get(name, "") for name in ("og:site_name", "application-name", "apple-mobile-web-app-title"))
    canonical = (
        each.attributes.get("href", "")
        for each in telling
        if each.tag == "link" and (each.attributes.get("rel") or "").lower() == "canonical"
    )
    hosts = (_host(address) for address in (url or "", *canonical, metas.get("og:url", "")))
    return Site(tuple(filter(None, names)), next(filter(None, hosts), ""))


def page_title(telling: Sequence[Telling], h1: Sequence[str]) -> str | None:
    """The title of the article in a page: the `h1` that is what a declared title says, else a declared one without the
    name of the site.

    >>> page_title([Telling("title", {}, "A storm | The Post")], ["A storm"])
    'A storm'
    """
    site = site_of(telling)
    own = {plain(name) for name in site.names}
    declared = [title for title in declared_titles(telling) if len(title) <= LONGEST]
    headings = [each for each in dict.fromkeys(h1[:HEADINGS]) if len(each) <= LONGEST and plain(each) not in own]
    headings = [each for each in headings if each in declared or not _goes_with(each, site.host)]
    whole = [heading for heading in headings if any(is_part(heading, title) for title in declared)]
    if whole:
        return max(whole, key=lambda heading: (plain(heading) == plain(declared[0]), len(heading)))
    bare = [without_site(title, site) for title in declared]
    for title in bare:
        if len(_words(title)) >= CONTAINED and any(_padded(title) in _padded(heading) for heading in headings):
            return title
    if not bare:
        return headings[0] if len(headings) == 1 else None
    near = [heading for heading in headings if any(_says_same(heading, title) for title in bare)]
    if len(near) == 1:
        return near[0]
    headline = said(telling).headline
    return headline if headline and plain(bare[0]).startswith(plain(headline)) else bare[0]


def is_part(heading: str, title: str) -> bool:
    """Whether a heading is one whole segment of a title, or several that follow each other.

    >>> [is_part(heading, "A storm - by night | The Post") for heading in ("A storm", "A storm – by night", "storm")]
    [True, True, False]
    """
    wanted, parts = plain(heading), segments(title)
    if not wanted or wanted not in plain(title):
        return False
    starts = range(len(parts))
    return any(plain("".join(parts[a:b])) == wanted for a in starts for b in range(a + 1, len(parts) + 1))


def segments(title: str) -> list[str]:
    """The segments of a title: what stands between bars, dashes and the like."""
    parts = [part.strip() for part in _SEPARATOR.split(title) if part.strip()]
    return parts if len(parts) <= SEGMENTS else [title]


def without_site(title: str, site: Site) -> str:
    """A title without the name of the site at its end or its beginning.

    >>> site = Site(("The Post Online",), "www.post.example")
    >>> [without_site(title, site) for title in ("Rain - wind | The Post", "The Post Online: Rain", "Rain – Wind")]
    ['Rain - wind', 'The Post Online: Rain', 'Rain – Wind']
    """
    title = title.rstrip(" :|-–—·")
    cuts = list(_SEPARATOR.finditer(title))
    if not cuts or len(cuts) >= SEGMENTS:
        return title
    last, first = cuts[-1], cuts[0]
    if title[: last.start()].strip() and _is_site(title[last.end() :], site):
        return without_site(title[: last.start()].strip(), site)
    if title[first.end() :].strip() and _is_site(title[: first.start()], site):
        return title[first.end() :].strip()
    return title


def site_name(telling: Sequence[Telling], site: Site, title: str | None, told: Iterable[str]) -> str | None:
    """What the site calls itself: where its head says so, in the page's title behind the article's, else in `told`."""
    said, behind = list(site.names[:1]), list(_behind_title(telling, site, title))
    shown = said and any(plain(said[0]) in plain(declared) for declared in declared_titles(telling))
    names = [*said, *behind] if shown or (said and _goes_with(said[0], site.host)) else [*behind, *said]
    metas = dict(_metas(telling))
    last = (metas.get("publisher", ""), metas.get("dc.publisher", ""))
    for told_name in (*names, *told, *site.names[1:], *last):
        name = _behind(told_name, title)
        if name and "//" not in name and not _PERSON.match(name) and plain(name) != plain(title or ""):
            return name
    return None


def _behind(name: str, title: str | None) -> str:
    """What is declared as the name of a site, without the article's title, which some declare with it."""
    parts = segments(name)
    return parts[-1] if title and len(parts) > 1 and plain(parts[0]) == plain(title) else name


def _behind_title(telling: Sequence[Telling], site: Site, title: str | None) -> Iterator[str]:
    """The last segment of the page's title if it goes with the host's name."""
    for declared in declared_titles(telling)[::-1]:
        parts = segments(declared)
        if len(parts) > 1 and parts[-1] != title and _goes_with(parts[-1], site.host):
            yield parts[-1]


def _is_site(segment: str, site: Site) -> bool:
    """Whether a segment is the name of the site, or the beginning of it."""
    bare = plain(segment)
    return any(bare and plain(name).startswith(bare) for name in site.names) or _goes_with(segment, site.host)


def _goes_with(segment: str, host: str) -> bool:
    """Whether a segment is what a host is named for: the longest part of its name, or the last but one.

    >>> [_goes_with(name, "www.oldport-post.example") for name in ("The Oldport Post", "Oldport", "Rain")]
    [True, False, False]
    """
    words = _words(segment)
    if len(words) > SITE_WORDS:
        return False
    initials = "".join(word[0] for word in map(_squeezed, words) if word)
    told = (_squeezed(segment), initials if len(words) > 1 else "")
    return any(label in each and len(each) <= MOST_OF_HOST * len(label) for label in _labels(host) for each in told)


def _labels(host: str) -> list[str]:
    """What a host is named for."""
    parts = [_squeezed(part) for part in host.removeprefix("www.").split(".")[:-1]]
    return [part for part in {max(parts, key=len), parts[-1]} if len(part) >= LEAST_HOST] if parts else []


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _says_same(heading: str, title: str) -> bool:
    """Whether a heading says in other words what a title says."""
    first, second = set(_words(heading)), set(_words(title))
    shared = len(first & second)
    return shared >= LEAST_SHARED and shared >= SHARED * min(len(first), len(second))


def _metas(telling: Sequence[Telling]) -> Iterator[tuple[str, str]]:
    """Names and values of the `meta` elements, the first of a name last."""
    for each in reversed(telling):
        if each.tag == "meta":
            name = meta_name(each.attributes)
            if name and (each.in_head or name.startswith("og:")):
                yield name, " ".join((each.attributes.get("content") or "").split())


def meta_name(attributes: Mapping[str, str]) -> str:
    """What a `meta` element tells, in small letters."""
    name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
    return name.strip().lower()


def plain(text: str) -> str:
    """The letters and digits of a text, without regard to case: what makes two texts the same."""
    return "".join(filter(str.isalnum, text.casefold()))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("\xad", "").replace("’", "'"))


def _padded(text: str) -> str:
    return f" {' '.join(_words(text))} "


def _squeezed(text: str) -> str:
    """The letters and digits of a text as they would stand in the name of a host."""
    spelt = text.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("&", "and")
    return "".join(filter(str.isalnum, normalize("NFKD", spelt).encode("ascii", "ignore").decode()))
