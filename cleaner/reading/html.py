"""A page's HTML becomes a document: all its visible text, and the tree that says where each piece stands."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from cleaner.reading.markup import flatten
from cleaner.reading.tree import Tree

_SURROGATES = re.compile("[\ud800-\udfff]")
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
    return Page(tree.text, tree, _title(root))


def _parse(markup: str) -> tuple[Any, str]:
    """The page's tree, or None and the reason."""
    from lxml import etree, html  # heavy: only for pages

    raw = _SURROGATES.sub("\ufffd", markup.lstrip("\ufeff")).encode("utf-8")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(raw, parser=parser)
    except etree.LxmlError:
        return None, "the page holds no elements"
    if any(entry.type_name == _DEEP for entry in parser.error_log):
        return None, "elements are nested too deeply for the parser"
    return root, ""


def _title(root: Any) -> str | None:
    from trafilatura.metadata import examine_meta, extract_title  # heavy: only for pages

    title = examine_meta(root).title or extract_title(root)
    return " ".join(title.split()) or None if title else None
