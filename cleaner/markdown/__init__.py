"""A page's kept text as Markdown: a small tree of what the body needs is made (`tree.py`), and markdownify writes it,
with the manners of `manners.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

from cleaner.markdown.manners import Manners
from cleaner.markdown.tree import Tree


def markdown(page: Any, text: str, kept: Iterable[tuple[int, int]], url: str | None = None) -> str:
    """The kept parts of a page's text, half-open offsets in order. With `url`, links inside the site become whole.

    `page` is the page's tree, and `text` the text that it lays out.
    """
    from markdownify import MarkdownConverter  # for this alone

    tree = Tree(_base(page, url))
    for element, tail, (start, end) in _pieces(page, kept):
        tree.add(element.getparent() if tail else element, text, start, end)
    writer: Any = type("Writer", (Manners, MarkdownConverter), {})
    return _settled(writer(bullets="-", heading_style="atx").convert(tree.markup()))


def _base(page: Any, url: str | None) -> str:
    """The address from which the page's links start: the one given, or what the page says that it is."""
    links = (each.attributes for each in page.telling if each.tag == "link")
    own = next((link.get("href", "") for link in links if link.get("rel") == "canonical"), "")
    base = next((each.get("href") for each in page.root.iter("base") if each.get("href")), "")
    try:
        return str(urljoin(url or own, base))
    except ValueError:
        return url or ""


def _pieces(page: Any, kept: Iterable[tuple[int, int]]) -> Iterator[tuple[Any, bool, tuple[int, int]]]:
    """The texts of the tree, as far as they are kept."""
    spans = iter(kept)
    span = next(spans, None)
    for element, tail, (start, end) in page.texts():
        while span is not None and span[1] <= start:
            span = next(spans, None)
        while span is not None and span[0] < end:
            yield element, tail, (max(start, span[0]), min(end, span[1]))
            if span[1] > end:
                break
            span = next(spans, None)


def _settled(written: str) -> str:
    """Without runs of blank lines, and without white space where a paragraph ends; code stays as it is."""
    lines: list[str] = []
    fence = ""
    for line in written.strip().split("\n"):
        bare = line.lstrip(" >-.0123456789")
        if fence:
            fence = "" if bare == fence else fence
            lines.append(line)
        elif line.strip():
            fence = bare[: len(bare) - len(bare.lstrip("`"))] if bare.startswith("```") else ""
            lines.append(line)
        elif lines and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
    return "\n".join(lines) + "\n" if lines != [""] else ""
