"""The one representation of an input, and what the stages say of it.

A `Document` is the decoded text and its blocks, which are spans of it. Stages read documents and give back
`Decision`s; none of them removes anything (`body.py` alone does).
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, Literal

from cleaner.lines import lines_of, offsets_of
from cleaner.page_tree import PageTree
from cleaner.span import Span

Format = Literal["text", "html"]


class Category(StrEnum):
    """What a dropped span was. The value is the name that `keep`, rule files and reports use."""

    TITLE = "title"
    SUMMARY = "summary"
    KICKER = "kicker"
    BYLINE = "byline"
    DATE = "date"
    CAPTION = "caption"
    CREDIT = "credit"
    SIGN_OFF = "sign-off"
    AUTHOR_BIO = "author-bio"
    TAGS = "tags"
    CORRECTION_LINK = "correction-link"
    NAVIGATION = "navigation"
    SHARE = "share"
    NEWSLETTER = "newsletter"
    TEASER = "teaser"
    ADVERTISEMENT = "advertisement"
    PAYWALL = "paywall"
    CONSENT = "consent"
    COMMENTS = "comments"
    FOOTER = "footer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a span stays, and who says so.

    `category` is None for a kept span. `by` names the decider: "SOURCE/RULE-ID" for a rule, "heuristic/NAME" for a
    heuristic. `why` is a sentence for a person. `confidence` lies in 0..1 and is the decider's own.
    """

    start: int
    end: int
    keep: bool
    category: Category | None
    by: str
    why: str
    confidence: float = 1.0

    def to_dict(self) -> dict[str, Any]:
        """The decision as JSON-ready values, keys in a stable order."""
        return {
            "start": self.start,
            "end": self.end,
            "keep": self.keep,
            "category": None if self.category is None else self.category.value,
            "by": self.by,
            "why": self.why,
            "confidence": round(self.confidence, 4),
        }


@dataclass(frozen=True, slots=True)
class Document:
    """A decoded text and its blocks.

    `starts` and `ends` hold the blocks in order: non-empty spans without surrounding white space, none of which
    crosses a line break. `line_ends` holds, for every line of the text, the offset just past its line break.
    A format of "html" says that `text` is the text of a page; `title` is the title which that page names, `page` its
    tree, None where the page could not be parsed.
    `encoding` is that of an input in bytes. `warnings` tell what the reader could not do as it should.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    line_ends: Sequence[int]
    format: Format = "text"
    title: str | None = None
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    page: PageTree | None = field(default=None, compare=False, repr=False)

    @classmethod
    def from_text(cls, text: str, format: Format = "text") -> Document:
        """Each line that is not blank becomes a block. Line breaks are those of `str.splitlines`.

        >>> document = Document.from_text("One.\\r\\n\\r\\n  Two. \\n")
        >>> [document.block(i) for i in range(len(document))]
        ['One.', 'Two.']
        """
        line_ends, starts, ends = lines_of(text)
        return cls(text, starts, ends, line_ends, format)

    def __len__(self) -> int:
        return len(self.starts)

    def block(self, index: int) -> str:
        """The text of one block."""
        return self.text[self.starts[index] : self.ends[index]]

    def blocks(self) -> list[str]:
        """The texts of all blocks, in order."""
        text = self.text
        return [text[start:end] for start, end in zip(self.starts, self.ends, strict=True)]

    def split(self, offsets: list[int]) -> Document:
        """The same text, its blocks divided at the given offsets; offsets outside blocks change nothing.

        >>> document = Document.from_text("keep readingShow less").split([12])
        >>> document.blocks()
        ['keep reading', 'Show less']
        """
        cuts = sorted(set(offsets))
        if not cuts:
            return self
        starts, ends = offsets_of(self.text), offsets_of(self.text)
        position = 0
        for start, end in zip(self.starts, self.ends, strict=True):
            while position < len(cuts) and cuts[position] <= start:
                position += 1
            edge = start
            while position < len(cuts) and cuts[position] < end:
                _append_part(self.text, Span(edge, cuts[position]), starts, ends)
                edge = cuts[position]
                position += 1
            _append_part(self.text, Span(edge, end), starts, ends)
        return replace(self, starts=starts, ends=ends)


def _append_part(text: str, span: Span, starts: array[int], ends: array[int]) -> None:
    part = text[span.start : span.end]
    bare = part.strip()
    if bare:
        start = span.start + len(part) - len(part.lstrip())
        starts.append(start)
        ends.append(start + len(bare))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The result of one input.

    `text` is the body. `decisions` cover `original` without gap or overlap, in order. `source` is the name of the
    located source or None, `title` the article's title where the page shows one; `byline`, `published` (an ISO date),
    `site_name` and `language` (such as en-GB) are what the input says of itself, None where that is not plain, and
    told where there is an account alone. `page` is the tree of an HTML page; it does not go through a pickle.
    `status` is "ok", "unchanged" (nothing was dropped), "empty" (the input holds no text), "kept-whole" (a safeguard
    gave the input back; a warning says which) or "no-article" (the input is a listing, a forum, an error page; a
    warning says why), which comes before the others. `article` says how likely the input is an article; like
    `confidence` it lies in 0..1. `format` is that of the input.
    """

    text: str
    original: str
    decisions: tuple[Decision, ...]
    source: str | None = None
    title: str | None = None
    confidence: float = 1.0
    status: str = "ok"
    article: float = 1.0
    format: Format = "text"
    warnings: tuple[str, ...] = field(default=())
    byline: str | None = None
    published: str | None = None
    site_name: str | None = None
    language: str | None = None
    page: PageTree | None = field(default=None, compare=False, repr=False)

    @property
    def dropped(self) -> tuple[Decision, ...]:
        """The decisions that dropped something."""
        return tuple(decision for decision in self.decisions if not decision.keep)

    def to_markdown(self, url: str | None = None) -> str:
        """The body of a page as Markdown: headings, lists, quotes, links, emphasis, code, tables.

        With the page's `url`, its links inside the site become whole. A text, or a page of which the tree or the
        account is not there, is given as it is.
        """
        if self.page is None or not self.decisions:
            return self.text
        from cleaner.markdown import markdown

        kept = [(decision.start, decision.end) for decision in self.decisions if decision.keep]
        return markdown(self.page, self.original, kept, url)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(None if each.name == "page" else getattr(self, each.name) for each in fields(self))

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values; docs/json.md describes them."""
        return {
            "text": self.text,
            "source": self.source,
            "title": self.title,
            "byline": self.byline,
            "published": self.published,
            "site_name": self.site_name,
            "language": self.language,
            "status": self.status,
            "article": round(self.article, 4),
            "confidence": round(self.confidence, 4),
            "warnings": list(self.warnings),
            "decisions": [decision.to_dict() for decision in self.decisions],
        }
