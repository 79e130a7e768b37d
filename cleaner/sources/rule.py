"""The kinds of rules, with the keys of each, which check types and describe themselves in the JSON Schema."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

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


def patterns_of(rule: Rule) -> dict[str, str]:
    """The patterns of a rule by key, as written in the file.

    >>> patterns_of(Split(id="read-more", why="Glued.", at="keep reading()Show less"))
    {'at': 'keep reading()Show less'}
    """
    keys = ("line", "from", "to", "part", "at", "next", "previous")
    found = {key: getattr(rule, "from_" if key == "from" else key, None) for key in keys}
    return {key: pattern for key, pattern in found.items() if pattern is not None}
