"""Hosts of URLs and of rule files, in one form that can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

MAX_HOST = 253
"""Characters of the longest name that DNS has room for."""


def host_of(url: str) -> str | None:
    """The host of a URL as `ascii_host` writes it, None where there is none. The scheme may be missing.

    >>> host_of("https://User:Word@WWW.Example.ORG.:8443/news?u=https://other.net")
    'www.example.org'
    >>> host_of("https://example.org@evil.com/"), host_of("example.org/news"), host_of("http://[")
    ('evil.com', 'example.org', None)
    """
    url = url.strip().replace("\\", "/")
    if "://" not in url.partition("?")[0]:
        url = "//" + url.lstrip("/")
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return ascii_host(host) if host else None


def ascii_host(host: str) -> str | None:
    """A host in lower case, without a dot at the end, in ASCII (punycode); None where it cannot be a host.

    >>> ascii_host("Zürich.example."), ascii_host("xn--zrich-kva.example"), ascii_host("a..b")
    ('xn--zrich-kva.example', 'xn--zrich-kva.example', None)
    """
    host = host.lower().removesuffix(".")
    if len(host) > MAX_HOST:
        return None
    if host.isascii():
        return host if host and ".." not in host else None
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return None


def above(host: str) -> Iterator[str]:
    """A host and the domains above it, nearest first.

    >>> list(above("news.example.org"))
    ['news.example.org', 'example.org', 'org']
    """
    while host:
        yield host
        host = host.partition(".")[2]
