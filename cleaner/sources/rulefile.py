"""The format of rule files: one model that parses them, checks them and describes itself as a JSON Schema.

A file declares the rules of one source (`<domain>.toml`) or of one family (`families/<name>.toml`). Reading one takes
three steps: TOML, the model (types, unknown keys, required keys), and what a type cannot say (`_check`). Patterns are
compiled by `check_patterns` or when a source is used, not here, so that looking into many files stays cheap. Whatever
is wrong becomes a `RuleError` with file, line, rule id and remedy; `mistakes.py` finds the line and words the remedy.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

import msgspec
from msgspec import Meta, Struct, field

from cleaner.document import Category
from cleaner.errors import RuleError
from cleaner.sources import mistakes
from cleaner.sources.patterns import compile_pattern

Where = Literal["head", "tail", "anywhere"]

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
DEED_WORDS = frozenset({"drop", "remove", "delete", "strip"})
"""First words that name what a rule does. A rule is named for what it matches."""

_LINE = "A google-re2 pattern, searched in one line without the white space around it; write ^ and $ to anchor it."
Pattern = Annotated[str, Meta(min_length=1, description=_LINE)]
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
Occasion = Annotated[
    Literal["first", "last"], Meta(description="Which of several matching lines counts, within `where`.")
]
LineGoes = Annotated[bool, Meta(description="Whether the matched line itself goes too.")]


class Rule(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True, rename="kebab"):
    """What every rule has."""

    action: ClassVar[str]
    id: Id
    why: Annotated[str, Meta(min_length=1, description="A sentence for a person: what this is on the source's pages.")]
    where: Place = "anywhere"
    hits: Annotated[
        tuple[str, ...],
        Meta(description="Texts that the rule must touch; \\n between lines where it needs a context."),
    ] = ()
    spares: Annotated[
        tuple[str, ...],
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


class CutBefore(DropRule, frozen=True, kw_only=True, rename="kebab"):
    """Removes everything above a line."""

    action = "cut-before"
    line: Pattern
    next: Next = None
    previous: Previous = None
    where: Place = "head"
    match: Occasion = "first"
    line_goes: LineGoes = True
    at_most: Share = 0.8


class CutAfter(DropRule, frozen=True, kw_only=True, rename="kebab"):
    """Removes everything below a line."""

    action = "cut-after"
    line: Pattern
    next: Next = None
    previous: Previous = None
    where: Place = "tail"
    match: Occasion = "first"
    line_goes: LineGoes = True
    at_most: Share = 0.8


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
    """Recognises the source, or a family's mark, in a text without URL."""

    lines: Annotated[tuple[Pattern, ...], Meta(min_length=1, description="Patterns of lines that no one else prints.")]
    min: Annotated[int, Meta(ge=1, description="How many of the patterns must match some line.")] = 1


class Html(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """CSS selectors for pages that still have their HTML. Read, but not applied yet."""

    body: Annotated[tuple[str, ...], Meta(description="Selectors of the article's body.")] = ()
    drop: Annotated[tuple[str, ...], Meta(description="Selectors of what goes.")] = ()
    keep: Annotated[tuple[str, ...], Meta(description="Selectors of what stays.")] = ()


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
    html: Html | None = None


class Placed(NamedTuple):
    """A rule and where it stands: `origin` is "example.org" or "families/wordpress", `where` is "file:line"."""

    rule: Rule
    origin: str
    where: str

    @property
    def name(self) -> str:
        """What decisions call it: "ORIGIN/RULE-ID"."""
        return f"{self.origin}/{self.rule.id}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that has been read: its model, and its rules in order of action, then as written."""

    name: str
    path: str
    model: RuleFile
    rules: tuple[Placed, ...]
    lines: mistakes.Lines

    def error(self, path: str, problem: str, remedy: str) -> RuleError:
        """An error at a place of this file, such as `$.drop[0].line`."""
        return self.lines.error(path, problem, remedy)


def parse(text: str, path: str, *, family: bool = False) -> Loaded:
    """Read one rule file; `path` is for messages, `family` tells a file of `families/`. Raises `RuleError`."""
    lines = mistakes.Lines(text, path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise lines.toml_error(error) from None
    return convert(data, lines, family=family)


def convert(data: dict[str, Any], lines: mistakes.Lines, *, family: bool = False) -> Loaded:
    """The model of parsed TOML. Raises `RuleError`."""
    try:
        model = msgspec.convert(data, RuleFile)
    except msgspec.ValidationError as error:
        raise lines.model_error(str(error), data, RuleFile) from None
    _check_head(model, lines, family=family)
    name = f"families/{model.family}" if model.family else str(model.source)
    return Loaded(name, lines.path, model, _placed(model, name, lines), lines)


def check_patterns(loaded: Loaded) -> None:
    """Compile every pattern of a file once. Raises `RuleError` for the first that is wrong."""
    check_fingerprint(loaded)
    for path, rule in _tables(loaded.model):
        for key, pattern in patterns_of(rule).items():
            compile_pattern(pattern, loaded.lines.place(f"{path}.{key}"), rule=rule.id, key=key)


def check_fingerprint(loaded: Loaded) -> None:
    """Compile the patterns of a file's fingerprint. Raises `RuleError` for the first that is wrong."""
    for index, pattern in enumerate(loaded.model.fingerprint.lines if loaded.model.fingerprint else ()):
        compile_pattern(pattern, loaded.lines.place(f"$.fingerprint.lines[{index}]"))


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


_TABLES = ("keep", "drop", "drop-block", "cut-before", "cut-after", "inline", "split")


def _tables(model: RuleFile) -> Iterator[tuple[str, Rule]]:
    """Each rule with its place, such as `$.drop[0]`, in order of action, then as written."""
    for table in _TABLES:
        for index, rule in enumerate(getattr(model, table.replace("-", "_"))):
            yield f"$.{table}[{index}]", rule


def _placed(model: RuleFile, name: str, lines: mistakes.Lines) -> tuple[Placed, ...]:
    placed: list[Placed] = []
    seen: dict[str, str] = {}
    for path, rule in _tables(model):
        where = lines.place(path)
        if rule.id.partition("-")[0] in DEED_WORDS:
            problem = f"the id {rule.id!r} says what the rule does"
            raise lines.error(f"{path}.id", problem, "name what it matches, such as newsletter-prompt", rule.id)
        if rule.id in seen:
            problem = f"the id stands twice in this file, first at {seen[rule.id]}"
            raise lines.error(f"{path}.id", problem, "give each rule an id of its own", rule.id)
        seen[rule.id] = where
        placed.append(Placed(rule, name, where))
    return tuple(placed)


_HOST = re.compile(r"(?!-)[\w-]{1,63}(?<!-)(\.(?!-)[\w-]{1,63}(?<!-))+")
_FAMILY = re.compile(ID_PATTERN)


def _check_head(model: RuleFile, lines: mistakes.Lines, *, family: bool) -> None:
    if family:
        _check_family(model, lines)
        return
    if model.family is not None:
        raise lines.error("$.family", "a family stands outside families/", "move the file there, or write `source`")
    if model.source is None:
        raise lines.error("$", "the key `source` is missing", 'begin the file with source = "example.org"')
    for path, host in (("$.source", model.source), *((f"$.hosts[{n}]", host) for n, host in enumerate(model.hosts))):
        if not _HOST.fullmatch(host) or host != host.lower():
            remedy = "write the bare domain in lower case, such as example.org; what is below it is covered"
            raise lines.error(path, f"{host!r} is no domain", remedy)
        if host.startswith("www.") and host != model.source:
            raise lines.error(path, f"{host!r} begins with www.", f"write {host[4:]}; www. before it is covered")


def _check_family(model: RuleFile, lines: mistakes.Lines) -> None:
    if model.source is not None:
        raise lines.error("$.source", "a source stands inside families/", "move the file up, or write `family`")
    if model.family is None:
        raise lines.error("$", "the key `family` is missing", 'begin the file with family = "wordpress"')
    if not _FAMILY.fullmatch(model.family):
        raise lines.error("$.family", f"{model.family!r} is no name of a family", "write it in kebab-case: rebelmouse")
    if model.hosts:
        raise lines.error("$.hosts", "a family has no hosts", "give the hosts to the sources that extend it")
