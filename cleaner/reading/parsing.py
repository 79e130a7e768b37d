"""A page goes through libxml2: tag by tag, or as a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cleaner.reading.target import GoesOnError, Target, TooDeepError

LONG_TAG = 1000
"""Characters from which a tag may hold too many attributes."""
ATTRIBUTES = 300
"""Attributes from which a tag loses them: the parser's time grows with their square, 170 s for 100,000."""

_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{%d,}+" % LONG_TAG)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LIMIT = "ERR_RESOURCE_LIMIT"
_OPTIONS: dict[str, Any] = {"encoding": "utf-8", "remove_comments": True, "remove_pis": True, "huge_tree": True}
"""Without `huge_tree` the parser gives up at a text or an attribute of 10 MB. How deep it may go, `Target` says."""
_EMPTY = "the page holds no elements"
_TOO_DEEP = "elements are nested too deeply for the parser"


class UnreadableError(Exception):
    """The parser gave up; the message says why."""


def prepared(raw: bytes) -> bytes:
    """The markup, in UTF-8, as the parser is to have it: without the attributes of tags that have too many of them."""
    parts: list[bytes] = []
    edge = 0
    for found in _long_tags(raw):
        short = _without_too_many_attributes(found[0])
        if short != found[0]:
            parts += (raw[edge : found.start()], short)
            edge = found.end()
    return b"".join((*parts, raw[edge:])) if parts else raw


def _long_tags(raw: bytes) -> Iterator[re.Match[bytes]]:
    """The tags of more than `LONG_TAG` bytes: between which and the next there is no "<" for so long. Most of the
    markup is not looked at: of every `LONG_TAG` bytes the last "<" is enough."""
    start = raw.find(b"<")
    while start >= 0:
        near = raw.rfind(b"<", start + 1, start + LONG_TAG + 1)
        if near >= 0:
            start = near
            continue
        found = _LONG_TAG.match(raw, start)
        if found:
            yield found
        start = raw.find(b"<", start + LONG_TAG + 1)


def utf_8(markup: str) -> bytes:
    """Markup in UTF-8, whatever it holds."""
    try:
        return markup.encode("utf-8")
    except UnicodeEncodeError:  # a search for surrogates takes much longer than this, and few pages hold one
        return _SURROGATES.sub("\ufffd", markup).encode("utf-8")


def _without_too_many_attributes(tag: bytes) -> bytes:
    text = tag.decode("utf-8")
    if len(text) <= LONG_TAG or not _has_too_many(text):
        return tag
    names = _QUOTED.sub("", text)
    return names.split(None, 1)[0].encode("utf-8") if _has_too_many(names) else tag


def _has_too_many(names: str) -> bool:
    return max(names.count("="), len(names.split())) > ATTRIBUTES


def told(raw: bytes, skipped: frozenset[str]) -> Target:
    """What the parser tells of a page. Raises UnreadableError."""
    try:
        return _told_in_order(raw, skipped) or _told_by_tree(parsed(raw), skipped)
    except TooDeepError:
        raise UnreadableError(_TOO_DEEP) from None


def _told_in_order(raw: bytes, skipped: frozenset[str]) -> Target | None:
    """What the parser tells as it reads; None for a page that goes on behind its end."""
    from lxml import etree  # heavy: only for pages

    target = Target(skipped)
    parser = etree.HTMLParser(target=target, **_OPTIONS)  # type: ignore[arg-type]
    try:
        etree.fromstring(raw, parser)
    except GoesOnError:
        return None
    except etree.LxmlError:
        raise UnreadableError(_EMPTY) from None
    if any(entry.type_name == _LIMIT for entry in parser.error_log):
        raise UnreadableError(_TOO_DEEP)
    if not target.parents:
        raise UnreadableError(_EMPTY)
    return target


def _told_by_tree(root: Any, skipped: frozenset[str]) -> Target:
    from lxml import etree  # heavy: only for pages

    target = Target(skipped)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            target.start(element.tag, dict(element.items()))
            text = element.text
        else:
            target.end(element.tag)
            text = element.tail
        if text:
            target.data(text)
    return target


def parsed(raw: bytes) -> Any:
    """The root of a page's tree."""
    from lxml import etree, html  # heavy: only for pages

    parser = etree.HTMLParser(**_OPTIONS)
    # trafilatura wants elements of this class; the lookup of lxml.html, in Python, takes longer than the rest of a walk
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    return _one_tree(html.document_fromstring(raw, parser=parser))


def _one_tree(root: Any) -> Any:
    """The root with what follows the page's end tag, which the parser puts into a tree of its own and browsers show."""
    body = root.find("body")
    for more in list(root.itersiblings()):
        (root if body is None else body).extend(list(more) if more.tag == "html" else [more])
    return root
