"""A page's HTML becomes a document: all its visible text, and what its elements say of it."""

from __future__ import annotations

from operator import sub
from typing import NamedTuple

from cleaner.reading.markup import flatten
from cleaner.reading.parsing import UnreadableError, prepared, told, utf_8
from cleaner.reading.target import SKIPPED, Target
from cleaner.reading.titles import page_title
from cleaner.reading.tree import Tree

LEAST_WITHOUT_SCRIPT = 1_000
"""Characters of `noscript` from which it may be the page for readers without scripts, if the rest is shorter."""

FRAME, HEADLINE = 1_000, 80
"""Characters of a page, and of its longest piece, up to which it may be the frame of one that a script has to fill.
None of 1,285 gold pages that hold text is such a frame with a `noscript`."""


class Page(NamedTuple):
    """The text of a page, its tree and its title where there are any, and what went wrong on the way."""

    text: str
    tree: Tree | None = None
    title: str | None = None
    warnings: tuple[str, ...] = ()


def read_page(markup: str, raw: bytes | None = None, *, second_opinion: bool = True) -> Page:
    """The text of a page. Where the parser fails, the text is read without the tree, with a warning.

    `raw` is the same markup in UTF-8, for those who hold it. With `second_opinion`, trafilatura may be asked what it
    takes for the main content.

    >>> read_page("<p>It fell<br>all <b>d</b>ay.").text
    'It fell\\nall day.'
    """
    try:
        tree = _told(prepared(raw or utf_8(markup.lstrip("\ufeff"))), second_opinion=second_opinion)
    except UnreadableError as problem:
        text = flatten(markup)
        return Page(text, warnings=(f"{problem}: the text of the page was read without its structure",) if text else ())
    return Page(tree.text, tree, page_title(tree.telling, tree.headings))


def _told(raw: bytes, *, second_opinion: bool) -> Tree:
    page = told(raw, SKIPPED)
    frame = page.without_script > 0 and _is_frame(page)
    wants_script = frame and page.names_script and page.without_script <= LEAST_WITHOUT_SCRIPT
    if frame or page.without_script > max(page.size, LEAST_WITHOUT_SCRIPT):
        page = told(raw, SKIPPED - {"noscript"})
    return Tree(raw, page, second_opinion=second_opinion, wants_script=wants_script)


def _is_frame(page: Target) -> bool:
    """Whether a page shows so little that a script has to write the rest, or that it is not there."""
    lengths = map(sub, page.ends, page.starts)
    return page.size <= FRAME and max(lengths, default=0) <= HEADLINE
