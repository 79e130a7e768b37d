"""Fingerprints of rule files, read without the model of the format: every start asks for those of all shipped files.

Importing the model and what it is built with takes longer than cleaning a small text, and hardly any file that is asked
for its fingerprint is the one that will be used.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from cleaner.page_tree import PageTree

_HEAD = frozenset({"source", "family", "hosts", "language", "extends", "disable", "fingerprint", "html"})


class Mark(NamedTuple):
    """A file's hosts and fingerprint: `least` of the patterns `lines` must match, or one of `html` an attribute."""

    name: str
    lines: tuple[str, ...]
    least: int = 1
    html: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


TELLING = {
    "html": ("class", "id", "lang"),
    "body": ("class", "id"),
    "link": ("href", "rel", "id"),
    "script": ("src", "id"),
    "iframe": ("src", "id"),
    "img": ("src",),
}
"""The attributes of a page that tell its platform, by element; of `meta` its name and its content."""

LONGEST = 500
"""Characters of an attribute that are looked at. Pictures and scripts may be written out in one."""


def telling_lines(page: PageTree) -> bytes:
    """What patterns of `html` are searched in: a line for each attribute that may tell a page's platform."""
    lines: list[str] = []
    for tag, attributes, *_ in page.telling:
        if tag == "meta":
            name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
            lines.append(f"meta {name}={attributes.get('content', '')}"[:LONGEST])
        elif attributes:
            for key in TELLING.get(tag, ()):
                value = attributes.get(key)
                if value:
                    lines.append(f"{tag} {key}={value}"[:LONGEST])
    return "\n".join(" ".join(line.split()) for line in lines).encode("utf-8", "replace")


def own_address(page: PageTree) -> str | None:
    """The URL that a page gives as its own, None where it gives none."""
    for tag, attributes, *_ in page.telling:
        if tag == "link" and attributes.get("rel", "").lower() == "canonical":
            address = attributes.get("href")
        elif tag in ("link", "meta") and attributes.get("property") == "og:url":
            address = attributes.get("content")
        else:
            continue
        if address and address.startswith(("http://", "https://")):
            return address
    return None


def head_of(text: str) -> str | None:
    """The text above the first rule or version of `html`; None where the fingerprint stands below it."""
    head, found, rest = f"\n{text}".partition("\n[[")
    return None if found and "\n[fingerprint]" in rest else head[1:]


def glance(text: str, name: str) -> Mark | None:
    """The mark of a file, or None where its head is not plain: the model must then say what to make of it.

    >>> glance('source = "a.example"\\n[fingerprint]\\nlines = ["^News of A$"]\\n[[drop]]\\nid = 3', "a.example")
    Mark(name='a.example', lines=('^News of A$',), least=1, html=(), hosts=())
    >>> glance('source = "b.example"\\nhost = "b.example"', "b.example")
    """
    import tomllib  # where no index of the files is remembered

    head = head_of(text)
    try:
        data = tomllib.loads(head) if head is not None else {}
    except tomllib.TOMLDecodeError:
        return None
    own = f"families/{data['family']}" if "family" in data else data.get("source")
    if own != name or not data.keys() <= _HEAD:
        return None
    hosts = data.get("hosts", [])
    mark = _mark(name, data.get("fingerprint", {"lines": []}))
    return mark._replace(hosts=tuple(hosts)) if mark and _are_texts(hosts) else None


def _mark(name: str, table: Any) -> Mark | None:
    if not isinstance(table, dict) or not table.keys() <= {"lines", "min", "html"}:
        return None
    lines, least, html = table.get("lines", []), table.get("min", 1), table.get("html", [])
    if not (_are_texts(lines) and _are_texts(html)):
        return None
    return Mark(name, tuple(lines), least, tuple(html)) if isinstance(least, int) and least >= 1 else None


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)
