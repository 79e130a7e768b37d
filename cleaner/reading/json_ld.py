"""What a page's JSON-LD (schema.org) says of its article: headline, authors, day, publisher, site, language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cleaner.page_tree import Telling
from cleaner.reading.declared import is_json_ld, parsed
from cleaner.reading.listed import word_set

ARTICLES = word_set(
    "AdvertiserContentArticle AnalysisNewsArticle Article AskPublicNewsArticle BackgroundNewsArticle BlogPosting "
    "DiscussionForumPosting LiveBlogPosting MedicalScholarlyArticle NewsArticle OpinionNewsArticle Recipe Report "
    "ReportageNewsArticle Review ReviewNewsArticle SatiricalArticle ScholarlyArticle SocialMediaPosting "
    "SpecialAnnouncement TechArticle"
)
"""Types of what a page may be about."""

PAGES = word_set("AboutPage FAQPage ItemPage MedicalWebPage QAPage WebPage")
"""Types of the page itself, of which no list of other pages is one."""

ASIDE = word_set(
    "about associatedMedia citation comment hasPart image isBasedOn isPartOf isRelatedTo itemListElement itemReviewed "
    "mentions relatedLink review reviews sharedContent suggestedAnswer thumbnail video"
)
"""Keys below which another thing is spoken of than the page's article."""

DEPTH = 12
"""Levels of nesting that are looked into."""


class Author(NamedTuple):
    """An author as JSON-LD names one; `kind` is its type, such as Person, and empty where none is told."""

    name: str
    kind: str = ""


class Said(NamedTuple):
    """What the JSON-LD of a page says; empty what it does not say."""

    headline: str = ""
    authors: tuple[Author, ...] = ()
    published: str = ""
    publisher: str = ""
    site: str = ""
    language: str = ""


def said(telling: Sequence[Telling], is_title: Iterable[str] = ()) -> Said:
    """What the JSON-LD says of the article. Of several articles it is the one whose headline is among `is_title`.

    >>> script = '{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Mina Solberg"}}'
    >>> said([Telling("script", {"type": "application/ld+json"}, script)]).authors
    (Author(name='Mina Solberg', kind='Person'),)
    """
    things = [
        (thing, aside)
        for each in telling
        if each.tag == "script" and is_json_ld(each.attributes)
        for thing, aside in _things(parsed(_bare(each.text)), DEPTH, aside=False)
    ]
    if not things:
        return Said()
    named = {thing["@id"]: thing for thing, _ in things if isinstance(thing.get("@id"), str) and "name" in thing}
    front = [thing for thing, aside in things if not aside]
    article = _article([thing for thing in front if _types(thing) & ARTICLES], is_title)
    page = next((thing for thing in front if _types(thing) & PAGES), {})
    site = next((thing for thing, _ in things if "WebSite" in _types(thing)), {})
    authors = (_authors(thing.get(key), named) for thing in (article, page) for key in ("author", "creator"))
    published = (_text(thing.get(key)) for thing in (article, page) for key in ("datePublished", "dateCreated"))
    publishers = (author.name for author in _authors(article.get("publisher"), named))
    return Said(
        headline=_text(article.get("headline")) or _text(article.get("name")),
        authors=next(filter(None, authors), ()),
        published=next(filter(None, published), ""),
        publisher=next(publishers, ""),
        site=_text(site.get("name")),
        language=_text(article.get("inLanguage")) or _text(page.get("inLanguage")),
    )


def _bare(script: str) -> str:
    """A script without the marks that keep old readers from it."""
    return script.strip().removeprefix("//").removeprefix("<![CDATA[").removesuffix("]]>").removesuffix("//")


def _article(articles: Sequence[dict[str, Any]], is_title: Iterable[str]) -> dict[str, Any]:
    """The article that the page is: the only one, or the one that is called as the page is."""
    plain = {_plain(title) for title in is_title}
    called = [(_plain(_text(each.get("headline")) or _text(each.get("name"))), each) for each in articles]
    if len({headline for headline, _ in called if headline}) > 1:
        called = [(headline, each) for headline, each in called if headline in plain]
    best: dict[str, Any] = {}
    for _, each in called:  # a page may say it in two parts
        best = {**each, **best}
    return best


def _things(value: Any, depth: int, *, aside: bool) -> Iterator[tuple[dict[str, Any], bool]]:
    """All objects with a type, and whether each is of something else than the page."""
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _things(item, depth - 1, aside=aside)
    elif isinstance(value, dict):
        yield value, aside
        for key, item in value.items():
            if isinstance(item, dict | list):
                yield from _things(item, depth - 1, aside=aside or key in ASIDE)


def _types(thing: Mapping[str, Any]) -> set[str]:
    told = thing.get("@type")
    names = told if isinstance(told, list) else [told]
    return {name.rpartition("/")[2] for name in names if isinstance(name, str)}


def _authors(value: Any, named: Mapping[str, Mapping[str, Any]]) -> tuple[Author, ...]:
    """The authors of a value: a name, an object, a reference to one elsewhere, or a list of these."""
    found: list[Author] = []
    for each in value if isinstance(value, list) else [value]:
        thing = {"name": each} if isinstance(each, str) else each
        if not isinstance(thing, dict):
            continue
        if "name" not in thing and isinstance(thing.get("@id"), str):
            thing = named.get(thing["@id"], {})
        names = thing.get("name")
        kind = next(iter(sorted(_types(thing))), "")
        found += [Author(_text(name), kind) for name in (names if isinstance(names, list) else [names]) if _text(name)]
    return tuple(found)


def _text(value: Any) -> str:
    from html import unescape  # many write entities where there are none

    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
