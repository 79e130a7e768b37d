"""Markdown is judged without its markup: the targets of links and the marks are no words of the text.

Observations: a dump in Markdown has links in every menu and every teaser, `[text](target)`, of which the target is the
longer part; the markup makes a menu look like prose and a heading like a menu. Other texts hold a bracket that is
followed by a parenthesis now and then, in code and in footnotes.
What the view leaves out: targets and brackets of links, whole images, marks of headings, quotations and emphasis,
escapes, rules of tables. Bullets stay: texts without markup have them too.
Known mistakes: links by reference (`[text][1]`) stay as they are, and so do targets with parentheses inside
parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.document import Document
from cleaner.heuristics.batches.columns import Ints
from cleaner.heuristics.forms.view import thinned
from cleaner.span import Span

FEWEST_LINKS = 5
"""Links from which a text may be Markdown."""
BLOCKS_A_LINK = 12
"""Blocks for which it has at least one. Of 264 gold pages with links made Markdown, all but one have more; of 1,285
flattened ones two have five links or more, and both fewer than one in 40 blocks."""
LONGEST_TARGET = 2000
"""Characters of a target and its title, with room; a limit keeps the search linear."""

_MARK = re.compile(r"\\[!-/:-@\[-`{-~]|!?\[|\]\(?|\*+|__+|`+")
"""A single character, or a run of one: `re` cannot backtrack here, and is many times as fast as re2 in small steps."""


def without_markup(document: Document) -> tuple[Document, Ints] | None:
    """The text without its markup, and where its characters stand; None if it is no Markdown.

    >>> text = "# Rain\\n\\n[Home](/) [News](/news)\\n\\n[A](/a)\\n\\n[B](/b)\\n\\nIt *fell* [all day](/x).\\n"
    >>> without_markup(Document.from_text(text))[0].blocks()
    ['Rain', 'Home News', 'A', 'B', 'It fell all day.']
    """
    text = document.text
    fewest = max(FEWEST_LINKS, len(document) / BLOCKS_A_LINK)
    if "]" not in text or text.count("](") < fewest:  # most texts hold no bracket, which is found out much quicker
        return None
    links = list(_links(text))
    if len(links) < fewest:
        return None
    gone = [span for link in links for span in link]
    return thinned(document, [*gone, *_marks(text), *_line_marks(document)], [])


def _links(text: str) -> Iterator[list[Span]]:
    """The markup of each link and image: its bracket, and what follows its text. Of an image, all goes."""
    opened: list[Span] = []
    for match in _MARK.finditer(text):
        mark, span = match.group(), Span(*match.span())
        if mark in ("[", "!["):
            opened.append(span)
        elif mark[0] == "]" and opened:
            bracket = opened.pop()
            end = _target_end(text, span.end) if mark == "](" else None
            if end is not None:
                image = text[bracket.start] == "!"
                yield [Span(bracket.start, end)] if image else [bracket, Span(span.start, end)]


def _target_end(text: str, start: int) -> int | None:
    """The offset behind the parenthesis that closes a target, or None if none is there.

    >>> _target_end("/a_(b)) more", 0), _target_end('/a "A title") more', 0), _target_end("see below) more", 0)
    (7, 13, None)
    """
    limit = start + LONGEST_TARGET
    end = text.find(")", start, limit)
    if end >= 0 and "(" in text[start:end]:
        end = text.find(")", end + 1, limit)
    if end < 0:
        return None
    target, _, title = text[start:end].partition(" ")
    if title[:1] in ('"', "'"):
        end = text.find(title[0] + ")", start + len(target) + 2, limit) + 1
    elif title:
        return None
    return end + 1 if end > 0 and "\n" not in text[start:end] else None


def _marks(text: str) -> Iterator[Span]:
    """Marks of emphasis and code, and the backslashes of escapes. A mark between white space is a bullet."""
    for match in _MARK.finditer(text):
        mark, (start, end) = match.group(), match.span()
        if mark[0] == "\\":
            yield Span(start, start + 1)
        elif mark[0] in "*_`" and (text[start - 1 : start].strip() or text[end : end + 1].strip()):
            yield Span(start, end)


def _line_marks(document: Document) -> Iterator[Span]:
    """What opens headings and quotations, and lines that hold nothing but marks."""
    for start, block in zip(document.starts, document.blocks(), strict=True):
        if not block.strip("|-:=*_ \t"):
            yield Span(start, start + len(block))
        elif block[0] == ">":
            yield Span(start, start + len(block) - len(block.lstrip("> ")))
        elif block[0] == "#" and block.lstrip("#")[:1] in ("", " "):
            yield Span(start, start + len(block) - len(block.lstrip("#")))
