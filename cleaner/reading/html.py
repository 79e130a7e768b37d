"""A page's HTML becomes a document: all its visible text, and the tree that says where each piece stands."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from cleaner.reading.markup import flatten
from cleaner.reading.metadata import page_title
from cleaner.reading.tree import Tree

_SURROGATES = re.compile("[\ud800-\udfff]")
_LONG_TAG = re.compile("<[a-zA-Z][^<>]{1000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
ATTRIBUTES = 300
"""Attributes from which a tag loses them: the parser's time grows with their square, 170 s for 100,000."""

_DEEP = "ERR_RESOURCE_LIMIT"


class Page(NamedTuple):
    """The text of a page, its tree and its title where there are any, and what went wrong on the way."""

    text: str
    tree: Tree | None = None
    title: str | None = None
    warnings: tuple[str, ...] = ()


def read_page(markup: str, *, second_opinion: bool = True) -> Page:
    """The text of a page. Where the parser fails, the text is read without the tree, with a warning.

    With `second_opinion`, trafilatura is asked what it takes for the main content.

    >>> read_page("<p>It fell<br>all <b>d</b>ay.").text
    'It fell\\nall day.'
    """
    root, problem = _parse(markup)
    if root is None:
        text = flatten(markup)
        return Page(text, warnings=(f"{problem}: the text of the page was read without its structure",) if text else ())
    tree = Tree(root, second_opinion=second_opinion)
    return Page(tree.text, tree, page_title(root))


def _parse(markup: str) -> tuple[Any, str]:
    """The page's tree, or None and the reason."""
    from lxml import etree, html  # heavy: only for pages

    markup = _LONG_TAG.sub(_without_too_many_attributes, markup.lstrip("\ufeff"))
    raw = _SURROGATES.sub("\ufffd", markup).encode("utf-8")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(raw, parser=parser)
    except etree.LxmlError:
        return None, "the page holds no elements"
    if any(entry.type_name == _DEEP for entry in parser.error_log):
        return None, "elements are nested too deeply for the parser"
    return root, ""


def _without_too_many_attributes(tag: re.Match[str]) -> str:
    names = _QUOTED.sub("", tag[0])
    return names.split(None, 1)[0] if max(names.count("="), len(names.split())) > ATTRIBUTES else tag[0]
