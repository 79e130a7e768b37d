"""What a page's own metadata say of the article: its body (`articleBody` in JSON-LD, schema.org) and its titles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

LEAST = 200
"""Characters from which a declared body is one; shorter ones are summaries."""

DEPTH = 12
"""Levels of nesting that are looked into."""


def declared_body(root: Any) -> str | None:
    """The longest declared body of the page, None where it declares none.

    >>> from lxml import html
    >>> script = '<script type="application/ld+json">{"articleBody": "%s"}</script>' % ("Rain. " * 40)
    >>> declared_body(html.document_fromstring(script + "<p>Rain.</p>"))[:11]
    'Rain. Rain.'
    """
    bodies = [
        body
        for script in root.iter("script")
        if (script.get("type") or "").strip().lower() == "application/ld+json" and "articleBody" in (script.text or "")
        for body in _bodies(_parsed(script.text), DEPTH)
    ]
    best = max(bodies, key=len, default="")
    return best if len(best) >= LEAST else None


def declared_titles(root: Any) -> tuple[str, ...]:
    """What the page calls itself: to those who share it (Open Graph), and in the title of its window.

    That is the first `title` that HTML has, wherever it stands: those inside a drawing are names of its parts.

    >>> from lxml import html
    >>> declared_titles(html.document_fromstring("<svg><title>Menu</title></svg><title>A storm | The Post</title>"))
    ('A storm | The Post',)
    """
    found = [meta.get("content") for meta in root.iter("meta") if meta.get("property") == "og:title"]
    found += [title.text for title in root.iter("title") if next(title.iterancestors("svg"), None) is None][:1]
    return tuple(" ".join(title.split()) for title in found if title and title.strip())


def _parsed(text: str) -> Any:
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
