"""A record of JSON Lines: its fields, undecoded but for those that somebody asks for, and the line that they make."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import msgspec

NO_TEXT = object()
"""Stands for a value that is not text."""

LIST = "the line begins a list; where the file is one, write it one object a line, for example by jq -c '.[]'"
"""What is wrong with a line of a file that is one JSON value."""

RETURNS = (
    "the line holds several records parted by carriage returns; part them by line breaks, for example by tr '\\r' '\\n'"
)
"""What is wrong with the one line of a file whose lines end in CR alone."""


@cache
def _decoder() -> msgspec.json.Decoder[dict[str, msgspec.Raw]]:
    return msgspec.json.Decoder(dict[str, msgspec.Raw])


def fields_of(line: bytes) -> dict[str, Any]:
    """The fields of an object, undecoded. Raises ValueError.

    >>> {name: bytes(value) for name, value in fields_of(b'{"n": 1e2, "text": "Rain"}').items()}
    {'n': b'1e2', 'text': b'"Rain"'}
    """
    try:
        return dict(_decoder().decode(line))
    except RecursionError:
        raise ValueError("the line is nested too deeply; flatten its fields") from None
    except msgspec.ValidationError as error:
        if _begins_list(line):
            raise ValueError(LIST) from None
        raise ValueError(f"the line is no JSON object: {error}; write one object a line") from None
    except msgspec.DecodeError as error:
        broken = f"the line is no whole JSON object ({error}); write one object a line"
        if b"}\r" in line.rstrip():
            broken = RETURNS
        return _leniently(line, LIST if _begins_list(line) else broken)


def _begins_list(line: bytes) -> bool:
    return line.lstrip().startswith(b"[")


def told(error: ValueError) -> str:
    """What is wrong with a line, and the remedy."""
    if isinstance(error, UnicodeDecodeError):
        return f"the line is no UTF-8 ({error.reason}); save the file as UTF-8"
    return str(error)


def _leniently(line: bytes, error: str) -> dict[str, Any]:
    """The same by Python's own reader, which takes lone surrogates, NaN and infinities, as Python writes them."""
    try:
        fields = json.loads(line)
    except UnicodeDecodeError:
        raise
    except ValueError:
        raise ValueError(error) from None
    if not isinstance(fields, dict):
        raise ValueError(error)
    return {name: _escaped(value) for name, value in fields.items()}


def text_of(value: msgspec.Raw) -> Any:
    """A value that should be text or null; `NO_TEXT` where it is neither. Raises ValueError where it is broken."""
    if bytes(memoryview(value)[:1]) not in (b'"', b"n"):
        return NO_TEXT
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError:
        return json.loads(bytes(value))


def url_of(values: dict[str, Any], name: str) -> Any:
    """The text at a name, or along a path of names parted by dots: empty for a null, None where there is no such field.

    >>> url_of(fields_of(b'{"meta": {"url": "https://example.org/a"}}'), "meta.url")
    'https://example.org/a'
    """
    if name in values:
        return text_of(values[name]) or ""
    first, dot, rest = name.partition(".")
    if not dot or bytes(memoryview(values.get(first, b""))[:1]) != b"{":
        return None
    return url_of(fields_of(bytes(values[first])), rest)


def encoded(row: dict[str, Any]) -> bytes:
    """The line that fields make, with its line break: those that are JSON already as they are."""
    try:
        return msgspec.json.encode(row) + b"\n"
    except UnicodeEncodeError:  # a lone surrogate is written as its escape
        parts = (json.dumps(name).encode() + b":" + _alone(value) for name, value in row.items())
        return b"{" + b",".join(parts) + b"}\n"


def _alone(value: Any) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return bytes(_escaped(value))


def _escaped(value: Any) -> msgspec.Raw:
    return msgspec.Raw(json.dumps(value).encode())
