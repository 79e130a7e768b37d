"""A page's HTML becomes a document: all its visible text, and the tree that says where each piece stands."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from cleaner.reading.markup import flatten
from cleaner.reading.metadata import page_title
from cleaner.reading.tree import Tree

_SURROGATES = re.compile("[\ud800-\udfff]")
LONG_TAG = 1000
"""Characters from which a tag may hold too many attributes."""
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

    With `second_opinion`, trafilatura may be asked what it takes for the main content.

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

    raw = _utf_8(_without_long_lists(markup.lstrip("\ufeff")))
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    # trafilatura wants elements of this class; the lookup of lxml.html, in Python, takes longer than the rest of a walk
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        root = html.document_fromstring(raw, parser=parser)
    except etree.LxmlError:
        return None, "the page holds no elements"
    if any(entry.type_name == _DEEP for entry in parser.error_log):
        return None, "elements are nested too deeply for the parser"
    return _one_tree(root), ""


def _one_tree(root: Any) -> Any:
    """The root with what follows the page's end tag, which the parser puts into a tree of its own and browsers show."""
    body = root.find("body")
    for more in list(root.itersiblings()):
        (root if body is None else body).extend(list(more) if more.tag == "html" else [more])
    return root


def _utf_8(markup: str) -> bytes:
    try:
        return markup.encode("utf-8")
    except UnicodeEncodeError:  # a search for surrogates takes much longer than this, and few pages hold one
        return _SURROGATES.sub("\ufffd", markup).encode("utf-8")


def _without_long_lists(markup: str) -> str:
    """The markup without the attributes of tags that have too many of them."""
    parts = markup.split("<")
    for number, part in enumerate(parts):
        if number and len(part) > LONG_TAG and part[0].isascii() and part[0].isalpha():
            tag, closing, behind = part.partition(">")
            if len(tag) > LONG_TAG:
                parts[number] = _without_too_many_attributes(tag) + closing + behind
    return "<".join(parts)


def _without_too_many_attributes(tag: str) -> str:
    names = _QUOTED.sub("", tag)
    return names.split(None, 1)[0] if max(names.count("="), len(names.split())) > ATTRIBUTES else tag
