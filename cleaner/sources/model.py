"""The model of a rule file: its tables and keys, which check types and describe themselves as a JSON Schema."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from cleaner.document import Category
from cleaner.sources.rule import CutAfter, CutBefore, Drop, DropBlock, Id, Inline, Keep, Pattern, Split


class Fingerprint(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Recognises the source, or a family's mark, where no URL tells it: in a text by `lines`, in HTML by `html` too."""

    lines: Annotated[tuple[Pattern, ...], Meta(description="Patterns of lines that no one else prints.")] = ()
    min: Annotated[int, Meta(ge=1, description="How many of `lines` must match some line.")] = 1
    html: Annotated[
        tuple[Pattern, ...],
        Meta(
            description="Patterns of attributes of a page, one of which must match. They are searched in lines such as "
            "'meta generator=WordPress 6.5', 'script src=https://…', 'link href=…', 'img src=…', 'body class=…'."
        ),
    ] = ()


_SELECTOR = "CSS, or XPath, which begins with /, ./ or (."
Selector = Annotated[str, Meta(min_length=1, description=_SELECTOR)]


class DropElement(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Elements that go, and what they are."""

    select: Selector
    category: Annotated[
        Category | None, Meta(description="What the elements are; left out, the heuristics name them.")
    ] = None
    id: Annotated[Id | None, Meta(description="A name, by which a file that inherits this can disable it.")] = None
    why: Annotated[str | None, Meta(description="A sentence for a person.")] = None


class Html(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Where the body stands in a page that still has its HTML. Of elements around a block the innermost counts."""

    since: Annotated[
        Annotated[str, Meta(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$")] | None,
        Meta(
            description="When the site began to look like this, such as 2023-05. For people; the newest stands first."
        ),
    ] = None
    body: Annotated[
        tuple[Selector, ...],
        Meta(
            description="Selectors of the body, tried in order: the first that finds text counts, with all that it "
            "finds. What stands outside goes. Where none finds text, the heuristics judge the page."
        ),
    ] = ()
    inside: Annotated[
        Literal["keep", "judge"],
        Meta(
            description="What is inside the body and in no other selector: kept, or judged by the heuristics. What "
            "reads like boilerplate as a text without elements needs a [[keep]] to stay."
        ),
    ] = "keep"
    drop: Annotated[
        tuple[Selector | DropElement, ...],
        Meta(description="What goes, inside the body or anywhere: selectors, or tables with `select`."),
    ] = ()
    keep: Annotated[tuple[Selector, ...], Meta(description="What stays, outside the body too.")] = ()

    @property
    def drops(self) -> tuple[DropElement, ...]:
        """What goes, in the long form."""
        return tuple(DropElement(select=each) if isinstance(each, str) else each for each in self.drop)


class RuleFile(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True, rename="kebab"):
    """The rules of one source or of one family."""

    source: Annotated[str | None, Meta(description="The source's domain, such as example.org.")] = None
    family: Annotated[str | None, Meta(description="The family's name, such as wordpress. Only in families/.")] = None
    hosts: Annotated[
        tuple[str, ...],
        Meta(description="The source's domains, each with all that is below it; `source` is always one of them."),
    ] = ()
    language: Annotated[
        Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] | None,
        Meta(description="The main language, such as en or pt-BR."),
    ] = None
    extends: Annotated[tuple[str, ...], Meta(description="Families whose rules hold here too, strongest first.")] = ()
    disable: Annotated[tuple[str, ...], Meta(description="Ids of inherited rules that do not hold here.")] = ()
    fingerprint: Fingerprint | None = None
    keep: tuple[Keep, ...] = ()
    drop: tuple[Drop, ...] = ()
    drop_block: tuple[DropBlock, ...] = ()
    cut_before: tuple[CutBefore, ...] = ()
    cut_after: tuple[CutAfter, ...] = ()
    inline: tuple[Inline, ...] = ()
    split: tuple[Split, ...] = ()
    html: Annotated[
        Html | Annotated[tuple[Html, ...], Meta(min_length=1)] | None,
        Meta(description="Selectors; as [[html]] one table for each layout that the site has had, the newest first."),
    ] = None

    @property
    def layouts(self) -> tuple[Html, ...]:
        """The versions of `html`, the newest first."""
        return (self.html,) if isinstance(self.html, Html) else self.html or ()
