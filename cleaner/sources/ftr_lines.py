"""The lines of a site configuration in the form of ftr-site-config: `directive: value`, or `directive(name): value`.

`#` begins a comment. A directive is carried over, changes nothing for text, or has no counterpart here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

from cleaner.sources import toml
from cleaner.sources.mistakes import nearest

NoteKind = Literal["mistake", "lost", "needless"]
"""A line that is wrong; one that has no counterpart here; one that changes nothing for text."""

FETCHING = "it is for whoever fetches pages; clean reads what was fetched"
LOOKS = "it changes no word of the text"
TESTING = "it is for a test with a live page; write a fixture instead"

NEEDLESS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "autodetect_next_page",
                "http_header",
                "login_extra_fields",
                "login_password_field",
                "login_uri",
                "login_username_field",
                "next_page_link",
                "not_logged_in_xpath",
                "requires_login",
                "single_page_link",
                "single_page_link_in_feed",
            ),
            FETCHING,
        ),
        **dict.fromkeys(
            (
                "convert_double_br_tags",
                "dissolve",
                "insert_detected_image",
                "post_strip_attr",
                "src_lazy_load_attr",
                "strip_attr",
                "strip_comments",
                "strip_image_src",
                "wrap_in",
            ),
            LOOKS,
        ),
        **dict.fromkeys(("test_contains", "test_url", "test_urls"), TESTING),
        "parser": "clean has one parser",
        "skip_json_ld": "clean takes no body from JSON-LD",
        "tidy": "clean's parser mends markup",
    }
)
"""Directives that change nothing here, and why."""

LOST: Mapping[str, str] = MappingProxyType(
    {
        "footnotes": "there is no rule for footnotes",
        "if_page_contains": "no rule holds on a condition; give each layout its own [[html]]",
        "move_into": "clean moves no words",
        "native_ad_clue": "no rule tells a page that is one advertisement",
        "skip_id_or_class": "write the element into `keep` by hand",
        "span": "the directive is documented nowhere",
    }
)
"""Directives without a counterpart, and why."""

YES_NO = frozenset({"autodetect_on_failure", "prune", "tidy"})
CARRIED = frozenset(
    {"author", "body", "date", "find_string", "replace_string", "strip", "strip_id_or_class", "title"} | YES_NO
)
METADATA: Mapping[str, str] = MappingProxyType({"author": "byline", "date": "date", "title": "title"})
"""Directives that find what is no body, and its category."""

DIRECTIVES = tuple(sorted(CARRIED | NEEDLESS.keys() | LOST.keys()))

_LINE = re.compile(r"([A-Za-z_][\w-]*)\s*(?:\((.*?)\)\s*)?:(?!//)(.*)", re.DOTALL)
_REPLACE = re.compile(r"replace_string\((.*?)\)\s*:(.*)", re.DOTALL)


class Note(NamedTuple):
    """A line that was not carried over as it stands: its number from 1, its text, and why."""

    line: int
    kind: NoteKind
    text: str
    why: str


class Line(NamedTuple):
    """A line: its number from 1, its text, and the parts of that."""

    number: int
    text: str
    name: str
    argument: str
    value: str


@dataclass
class Sheet:
    """What has been carried over so far: `drop` with its category or "", `judged` as `prune` has it, yes if unsaid."""

    body: list[str] = field(default_factory=list)
    drop: list[tuple[str, str]] = field(default_factory=list)
    judged: bool = True
    finds: list[Line] = field(default_factory=list)
    replacements: list[Line] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def note(self, line: Line, kind: NoteKind, why: str) -> None:
        """Note a line."""
        self.notes.append(Note(line.number, kind, line.text, why))


def lines(text: str, sheet: Sheet) -> Iterator[Line]:
    """The lines that can be carried over or noted by their directive; those that are wrong are noted in the sheet."""
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        found = _REPLACE.fullmatch(line)
        parts = ("replace_string", found[1], found[2]) if found else None
        if parts is None and (match := _LINE.fullmatch(line)):
            parts = (match[1], match[2] or "", match[3])
        made = Line(number, line, *(each.strip() for each in parts or ("", "", "")))
        if parts is None:
            sheet.note(made, "mistake", "no `directive: value`; write # before a comment")
        elif made.name not in DIRECTIVES:
            near = nearest(made.name.lower().replace("-", "_"), DIRECTIVES)
            remedy = f"write {near[0]}" if near else f"known are: {', '.join(DIRECTIVES)}"
            sheet.note(made, "mistake", f"unknown directive {made.name}; {remedy}")
        elif toml.UNPRINTABLE.search(line):
            sheet.note(made, "mistake", "a control character stands in it; take it out")
        elif not made.value and made.name != "replace_string":
            sheet.note(made, "mistake", "the value is empty; write one, or take the line out")
        else:
            yield made
