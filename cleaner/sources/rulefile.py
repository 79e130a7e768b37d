"""Reading rule files: TOML, the model (`model.py`, `rule.py`), and what a type cannot say.

A file declares the rules of one source (`<domain>.toml`) or of one family (`families/<name>.toml`). Patterns are
compiled by `check_patterns` or when a source is used, not here, so that looking into many files stays cheap. Whatever
is wrong becomes a `RuleError` with file, line, rule id and remedy; `mistakes.py` finds the line and words the remedy.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from cleaner.errors import RuleError
from cleaner.sources import mistakes
from cleaner.sources.model import RuleFile
from cleaner.sources.patterns import compile_pattern
from cleaner.sources.rule import ID_PATTERN, Rule, patterns_of

DEED_WORDS = frozenset({"drop", "remove", "delete", "strip"})
"""First words that name what a rule does. A rule is named for what it matches."""


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
    _check_html(model, lines)
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
    for key in ("lines", "html") if loaded.model.fingerprint else ():
        for index, pattern in enumerate(getattr(loaded.model.fingerprint, key)):
            compile_pattern(pattern, loaded.lines.place(f"$.fingerprint.{key}[{index}]"))


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


def _check_html(model: RuleFile, lines: mistakes.Lines) -> None:
    seen = {rule.id for _, rule in _tables(model)}
    versions = model.layouts
    for index, version in enumerate(versions):
        place = f"$.html[{index}]" if isinstance(model.html, tuple) else "$.html"
        ids = [drop.id for drop in version.drops if drop.id]
        for name in ids:
            if name in seen or ids.count(name) > 1:
                problem = f"the id {name!r} of an entry of `drop` stands twice in this file"
                raise lines.error(f"{place}.drop", problem, "give each an id of its own")
        if index and version.since and (versions[index - 1].since or "") < version.since:
            raise lines.error(f"{place}.since", "a newer version stands below an older one", "put the newest first")


_HOST = re.compile(r"(?!-)[\w-]{1,63}(?<!-)(\.(?!-)[\w-]{1,63}(?<!-))+")
_FAMILY = re.compile(ID_PATTERN)


def _check_head(model: RuleFile, lines: mistakes.Lines, *, family: bool) -> None:
    mark = model.fingerprint
    if mark and not (mark.lines or mark.html):
        raise lines.error("$.fingerprint", "the fingerprint has no patterns", "give it `lines`, or `html`, or both")
    if mark and mark.lines and mark.min > len(mark.lines):
        problem = f"the fingerprint asks for {mark.min} of {len(mark.lines)} lines, so that no text shows it"
        raise lines.error("$.fingerprint.min", problem, f"write min = {len(mark.lines)}, or less")
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
