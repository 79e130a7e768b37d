"""The model of a rule file: its tables and keys, which check types and describe themselves as a JSON Schema."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta, Struct, field

from cleaner.document import Category

Where = Literal["head", "tail", "anywhere"]

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

_LINE = "A google-re2 pattern, searched in one line without the white space around it; write ^ and $ to anchor it."
Pattern = Annotated[str, Meta(min_length=1, description=_LINE)]
Text = Annotated[str, Meta(pattern=r"\S")]
Id = Annotated[
    str,
    Meta(pattern=ID_PATTERN, description="A name for what the rule matches, in kebab-case, such as newsletter-prompt."),
]
Share = Annotated[
    float,
    Meta(
        gt=0,
        le=1,
        description="The largest share of the document's characters that the rule may remove, above 0 up "
        "to 1. A rule that would remove more removes nothing, and a warning says so.",
    ),
]
Next = Annotated[
    str | None, Meta(description="A pattern that the nearest line below must match; blank lines do not count.")
]
Previous = Annotated[
    str | None, Meta(description="A pattern that the nearest line above must match; blank lines do not count.")
]
Place = Annotated[
    Where,
    Meta(
        description="Where in the document the pattern may match: head (the first third, at least 20 lines), "
        "tail (the last half, at least 20 lines) or anywhere."
    ),
]


class Rule(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True, rename="kebab"):
    """What every rule has."""

    action: ClassVar[str]
    id: Id
    why: Annotated[str, Meta(min_length=1, description="A sentence for a person: what this is on the source's pages.")]
    where: Place = "anywhere"
    hits: Annotated[
        tuple[Text, ...],
        Meta(description="Texts that the rule must touch; \\n between lines where it needs a context."),
    ] = ()
    spares: Annotated[
        tuple[Text, ...],
        Meta(description="Texts that look alike and that the rule must leave alone."),
    ] = ()


class DropRule(Rule, frozen=True, kw_only=True, rename="kebab"):
    """What every rule that removes something has."""

    category: Annotated[Category, Meta(description="What the removed text was.")]
    at_most: Share = 0.5


class Drop(DropRule, frozen=True, kw_only=True, rename="kebab"):
    """Removes each line that matches."""

    action = "drop"
    line: Pattern
    next: Next = None
    previous: Previous = None


class Keep(Rule, frozen=True, kw_only=True, rename="kebab"):
    """Keeps each line that matches, whatever other rules and the heuristics say."""

    action = "keep"
    line: Pattern
    next: Next = None
    previous: Previous = None


class Cut(DropRule, frozen=True, kw_only=True, rename="kebab"):
    """What a rule that removes all on one side of a line has."""

    line: Pattern
    next: Next = None
    previous: Previous = None
    match: Annotated[
        Literal["first", "last"], Meta(description="Which of several matching lines counts, within `where`.")
    ] = "first"
    line_goes: Annotated[bool, Meta(description="Whether the matched line itself goes too.")] = True
    at_most: Share = 0.8


class CutBefore(Cut, frozen=True, kw_only=True, rename="kebab"):
    """Removes everything above a line."""

    action = "cut-before"
    where: Place = "head"


class CutAfter(Cut, frozen=True, kw_only=True, rename="kebab"):
    """Removes everything below a line."""

    action = "cut-after"
    where: Place = "tail"


class DropBlock(DropRule, frozen=True, kw_only=True, rename="kebab"):
    """Removes the lines from one that matches `from` to the nearest below it that matches `to`."""

    action = "drop-block"
    from_: Pattern = field(name="from")
    to: Pattern
    max_lines: Annotated[
        int,
        Meta(
            ge=2,
            le=1000,
            description="The most lines the block may have, first and last included, blank lines not "
            "counted. Where no line within it matches `to`, nothing is removed.",
        ),
    ]
    to_goes: Annotated[bool, Meta(description="Whether the line that matches `to` goes too.")] = True


class Inline(DropRule, frozen=True, kw_only=True, rename="kebab"):
    """Removes a part of a line: what group 1 of the pattern matches, or the whole match if it has no group."""

    action = "inline"
    part: Pattern
    at_most: Share = 0.3


class Split(Rule, frozen=True, kw_only=True, rename="kebab"):
    """Divides lines that were glued together, at the start of group 1: 'keep reading()Show less'."""

    action = "split"
    at: Pattern


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


def patterns_of(rule: Rule) -> dict[str, str]:
    """The patterns of a rule by key, as written in the file.

    >>> patterns_of(Split(id="read-more", why="Glued.", at="keep reading()Show less"))
    {'at': 'keep reading()Show less'}
    """
    keys = ("line", "from", "to", "part", "at", "next", "previous")
    found = {key: getattr(rule, "from_" if key == "from" else key, None) for key in keys}
    return {key: pattern for key, pattern in found.items() if pattern is not None}


def schema() -> dict[str, Any]:
    """The JSON Schema of a rule file; `rules/schema.json` is this, committed."""
    made = msgspec.json.schema(RuleFile)
    model = made["$defs"]["RuleFile"]
    model["oneOf"] = [{"required": ["source"]}, {"required": ["family"]}]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A rule file of clean", **made}


def schema_text() -> str:
    """The schema as it is committed: two blanks of indentation, keys in the model's order, one newline at the end."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode() + "\n"
