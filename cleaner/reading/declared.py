"""What a page's own metadata say of the article: its body (`articleBody` in JSON-LD, schema.org) and its titles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cleaner.page_tree import Telling

LEAST = 200
"""Characters from which a declared body is one; shorter ones are summaries."""

DEPTH = 12
"""Levels of nesting that are looked into."""


def is_json_ld(attributes: Mapping[str, str]) -> bool:
    """Whether a script with these attributes is JSON-LD."""
    return (attributes.get("type") or "").strip().lower() == "application/ld+json"


def declared_body(telling: Sequence[Telling]) -> str | None:
    """The longest declared body of the page that these elements speak for, None where it declares none.

    >>> script = Telling("script", {"type": "application/ld+json"}, '{"articleBody": "%s"}' % ("Rain. " * 40))
    >>> declared_body([script])[:11]
    'Rain. Rain.'
    """
    bodies = [
        body
        for each in telling
        if each.tag == "script" and "articleBody" in each.text and is_json_ld(each.attributes)
        for body in _bodies(parsed(each.text), DEPTH)
    ]
    best = max(bodies, key=len, default="")
    return best if len(best) >= LEAST else None


def declared_titles(telling: Sequence[Telling]) -> tuple[str, ...]:
    """What the page calls itself: to those who share it (Open Graph), and in the title of its window.

    >>> shared = Telling("meta", {"property": "og:title", "content": "A storm"})
    >>> declared_titles([Telling("title", {}, "A storm | The Post"), shared])
    ('A storm', 'A storm | The Post')
    """
    metas = [each.attributes for each in telling if each.tag == "meta"]
    found = [meta.get("content", "") for meta in metas if meta.get("property") == "og:title"]
    found += [each.text for each in telling if each.tag == "title"][:1]
    return tuple(" ".join(title.split()) for title in found if title.strip())


def parsed(text: str) -> Any:
    """The value of some JSON, None where it is broken."""
    import json

    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):  # pages hold broken JSON: it declares nothing
        return None


def _bodies(value: Any, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _bodies(item, depth - 1)
    elif isinstance(value, dict):
        body = value.get("articleBody")
        if isinstance(body, str):
            yield body
        for item in value.values():
            if isinstance(item, dict | list):
                yield from _bodies(item, depth - 1)
