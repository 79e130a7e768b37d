"""Mistakes in rule files: the line where each stands, what is wrong, what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from cleaner.errors import RuleError

_HEADER = re.compile(r"\s*(\[\[?)\s*\"?([\w-]+)\"?\s*\]")
_KEY = re.compile(r"\s*\"?([\w-]+)\"?\s*=")
_STEP = re.compile(r"\.([\w-]+)|\[(\d+)\]")


class Lines:
    """The text of one rule file, asked for the line of a place such as `$.drop[0].category`."""

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self._numbers: dict[str, int] | None = None

    def place(self, path: str) -> str:
        """ "file:line" of a place, of what encloses it where it has no line of its own."""
        if self._numbers is None:
            self._numbers = dict(_places(self.text))
        while path not in self._numbers and path != "$":
            path = path[: max(path.rfind("."), path.rfind("["), 1)]
        return f"{self.path}:{self._numbers.get(path, 1)}"

    def error(self, path: str, problem: str, remedy: str, rule: str | None = None) -> RuleError:
        """A `RuleError` at a place."""
        return RuleError(self.place(path), problem, remedy, rule)

    def toml_error(self, error: ValueError) -> RuleError:
        """What the TOML parser says, at its line."""
        said = str(error)
        found = re.search(r"\s*\(at line (\d+), column (\d+)\)", said)
        line = int(found[1]) if found else self.text.count("\n") + 1
        problem = said[: found.start()] if found else said
        remedy = "see toml.io; put patterns between single quotes ('…'), where a backslash stands for itself"
        return RuleError(f"{self.path}:{line}", f"not valid TOML: {problem[:1].lower()}{problem[1:]}", remedy)

    def model_error(self, said: str, data: dict[str, Any], model: Any) -> RuleError:
        """What the model says of the data (`said`), at the line it speaks of."""
        problem, _, path = said.partition(" - at `")
        path = path.rstrip("`") or "$"
        wording, remedy, key = _worded(problem, path, data, model)
        return RuleError(self.place(f"{path}.{key}" if key else path), wording, remedy, _rule_id(data, path))


def _places(text: str) -> Iterator[tuple[str, int]]:
    """Each table and key with its line. Lines inside multi-line strings and lists do not count."""
    counts: dict[str, int] = {}
    table, quote = "$", ""
    for number, line in enumerate(text.split("\n"), 1):
        if quote:
            quote = "" if quote in line else quote
            continue
        header = _HEADER.match(line)
        if header:
            table = f"$.{header[2]}"
            if header[1] == "[[":
                if table not in counts:
                    yield table, number
                counts[table] = counts.get(table, -1) + 1
                table = f"{table}[{counts[table]}]"
            yield table, number
            continue
        key = _KEY.match(line)
        if key:
            yield f"{table}.{key[1]}", number
        quote = next((mark for mark in ("'''", '"""') if line.count(mark) % 2), "")


def _rule_id(data: Any, path: str) -> str | None:
    found = re.match(r"\$\.([\w-]+)\[(\d+)\]", path)
    if not found:
        return None
    rule = data[found[1]][int(found[2])]
    name = rule.get("id") if isinstance(rule, dict) else None
    return name if isinstance(name, str) else None


def _worded(problem: str, path: str, data: Any, model: Any) -> tuple[str, str, str]:
    """What is wrong, the remedy, and the key it stands at below `path`, for a message of the model."""
    name = re.search(r"field `(.+)`", problem)
    last = path.rpartition(".")[2]
    if name and "unknown" in problem:
        keys = _keys(model, path)
        inside = f"in [[{last.partition('[')[0]}]]" if "[" in last else f"in [{last}]" if path != "$" else "at the top"
        return f"unknown key {name[1]!r} {inside}", _suggest(name[1], keys), name[1]
    if name:
        return f"the key `{name[1]}` is missing", f"add a line {name[1]} = …", ""
    value = _value(data, path)
    if "enum value" in problem:
        return f"{value!r} is no {last}", _suggest(str(value), _values(model, path)), ""
    if "matching regex" in problem and last.startswith(("hits[", "spares[")):
        return f"an empty text stands in `{last.partition('[')[0]}`", "write the text, or take the quotes out", ""
    if "matching regex" in problem:
        example = {"id": "newsletter-prompt", "language": "en", "since": "2023-05"}.get(
            last, "the pattern in rules/schema.json"
        )
        return f"{value!r} is no {last}", f"write it like {example}", ""
    if path.startswith("$.") and "[" not in last and problem == "Expected `array`, got `object`":
        return f"[{last}] is a single table", f"write [[{last}]], in double brackets", ""
    return f"`{last}` is {value!r}: {problem[:1].lower()}{problem[1:]}", _kind_remedy(problem, last), ""


def _kind_remedy(problem: str, key: str) -> str:
    if problem == "Expected `array`, got `str`":
        return f'put it in brackets: {key} = ["…"]'
    if problem.startswith("Expected `str`, got"):
        return "put it between quotes"
    if problem == "Expected `bool`, got `str`":
        return "write true or false, without quotes"
    if "number" in problem or "Expected `int`" in problem or "Expected `float`" in problem:
        return "write a number within these bounds, without quotes"
    return "see rules/README.md for what stands there"


def _value(data: Any, path: str) -> Any:
    for key, index in _STEP.findall(path):
        data = data[key] if key else data[int(index)]
    return data


def _keys(model: Any, path: str) -> list[str]:
    fields = _fields(model, path)
    return [each.encode_name for each in fields]


def _values(model: Any, path: str) -> list[str]:
    """The values that an enumeration or a choice of words allows."""
    from msgspec import inspect

    parent, _, key = path.rpartition(".")
    kind: Any = next(each.type for each in _fields(model, parent) if each.encode_name == key)
    while isinstance(kind, inspect.Metadata | inspect.UnionType):
        kind = kind.type if isinstance(kind, inspect.Metadata) else kind.types[0]
    if isinstance(kind, inspect.EnumType):
        return [member.value for member in kind.cls]
    return [str(value) for value in getattr(kind, "values", ())]


def _fields(model: Any, path: str) -> tuple[Any, ...]:
    """The fields of the table at a path of the model."""
    from msgspec import inspect

    kind: Any = inspect.type_info(model)
    for key, _ in _STEP.findall(path):
        if key:
            kind = next(each.type for each in kind.fields if each.encode_name == key)
        while not isinstance(kind, inspect.StructType):
            kind = _inner(kind)
    return tuple(kind.fields)


def _inner(kind: Any) -> Any:
    """The struct inside a list of structs, an optional struct, or a described one."""
    for name in ("item_type", "type"):
        if hasattr(kind, name):
            return getattr(kind, name)
    return next(each for each in kind.types if hasattr(each, "fields") or hasattr(each, "item_type"))


def _suggest(word: str, known: list[str]) -> str:
    """ "write X" where the word looks like a known one, else all known ones."""
    near = nearest(word.replace("_", "-").lower(), known)
    return f"write {near[0]!r}" if near else f"use one of: {', '.join(known)}"


def nearest(word: str, known: Iterable[str], count: int = 1) -> list[str]:
    """The known words that a mistyped one was likely meant for, the likeliest first."""
    import difflib  # only mistakes need it

    return difflib.get_close_matches(word, list(known), n=count)
