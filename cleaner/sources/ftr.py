"""Site configurations in the form of ftr-site-config (`example.org.txt`), as rule files of ours.

What says where text stands is carried over: `body`, `strip`, `strip_id_or_class`, `prune`, `title`, `author`, `date`,
and `find_string` without a replacement. Nothing is dropped in silence: each line that is not carried over becomes a
note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from cleaner.errors import RuleError
from cleaner.sources import toml
from cleaner.sources.ftr_lines import LOST, METADATA, NEEDLESS, YES_NO, Line, Note, NoteKind, Sheet, lines
from cleaner.sources.hosts import ascii_host
from cleaner.sources.selectors import XPATH_STARTS, compile_selector

_MARKUP = re.compile(r"[<>&]|[\w-]+\s*=\s*[\"']")


class Converted(NamedTuple):
    """The rule file in our form, empty where nothing could be carried over; and the notes in order of their lines."""

    source: str
    text: str
    notes: tuple[Note, ...]


def source_of(name: str) -> str | None:
    """The source that a file is for by its name, None for a file that is for none.

    >>> [source_of(name) for name in (".Example.org.txt", "www.example.org.txt", "global.txt", "LICENSE.txt")]
    ['example.org', 'example.org', None, None]
    """
    host = ascii_host(name.removesuffix(".txt").strip().lstrip(".").lower().removeprefix("www."))
    return host if host and re.fullmatch(r"(?!-)[\w-]{1,63}(?<!-)(\.(?!-)[\w-]{1,63}(?<!-))+", host) else None


def convert(text: str, source: str) -> Converted:
    """A site configuration in our form. Raises nothing: what is wrong with it is noted."""
    sheet = Sheet()
    for line in lines(text, sheet):
        _CARRY.get(line.name, _other)(line, sheet)
    inlines = list(_inlines(sheet))
    notes = tuple(sorted(sheet.notes))
    if not (sheet.body or sheet.drop or inlines):
        return Converted(source, "", notes)
    html = toml.keys(_html(sheet))
    parts = [
        f"# Imported from a site configuration in the form of ftr-site-config.\nsource = {toml.string(source)}\n",
        *inlines,
        f"[html]\n{html}" if html else "",
        _comments(notes),
    ]
    return Converted(source, "\n".join(filter(None, parts)), notes)


def _html(sheet: Sheet) -> dict[str, str]:
    keys = {}
    if sheet.body:
        keys = {"body": toml.patterns(dict.fromkeys(sheet.body))}
    if sheet.body and sheet.judged:
        keys["inside"] = toml.string("judge")
    categories = dict(reversed(sheet.drop))
    drops = [_drop(selector, categories[selector]) for selector in dict.fromkeys(each for each, _ in sheet.drop)]
    return {**keys, "drop": toml.listed(drops)} if drops else keys


def _drop(selector: str, category: str) -> str:
    if not category:
        return toml.pattern(selector)
    return f"{{ select = {toml.pattern(selector)}, category = {toml.string(category)} }}"


def _comments(notes: tuple[Note, ...]) -> str:
    """The notes, for who reads the file."""
    shown = [f"#   line {note.line}, {note.kind}: {_plain(note.text)}\n#     {_plain(note.why)}\n" for note in notes]
    return "# Not carried over:\n" + "".join(shown) if shown else ""


def _plain(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _selector(line: Line, sheet: Sheet) -> str | None:
    """The XPath of a line if it selects elements, else None and a note."""
    path = line.value
    if path.startswith(("id(", "descendant::", "descendant-or-self::")):
        path = f"({path})"
    elif not path.startswith(XPATH_STARTS):
        sheet.note(line, "mistake", "the XPath begins with no /; it was taken as if it began with //")
        path = f"//{path}"
    try:
        compile_selector(path, f"line {line.number}", line.name)
    except RuleError as error:
        kind: NoteKind = "lost" if ", no elements" in error.problem else "mistake"
        sheet.note(line, kind, f"{error.problem}; {error.remedy}")
        return None
    if re.search(r"(?:/|^)(?:@|attribute::)[\w:*-]+$", path):
        sheet.note(line, "needless", "it selects attributes, which hold no text of the page")
        return None
    if path.endswith("/text()"):
        path = path.removesuffix("/text()").rstrip("/")
        sheet.note(line, "needless", f"it selects text; the elements around it were taken: {path}")
        return path if path.startswith(XPATH_STARTS) and path != "/" else None
    return path


def _body(line: Line, sheet: Sheet) -> None:
    sheet.body.extend(filter(None, [_selector(line, sheet)]))


def _strip(line: Line, sheet: Sheet) -> None:
    path = _selector(line, sheet)
    if path:
        sheet.drop.append((path, METADATA.get(line.name, "")))


def _metadata(line: Line, sheet: Sheet) -> None:
    """Title, author and date are no body, where they are elements of it; the head of the page has no body at all."""
    if re.match(r"/*(?:html/)?(?:head\b|title$|.*\bmeta\b)", line.value):
        sheet.note(line, "needless", "it stands in the head of the page, which is no body")
    elif re.fullmatch(r"//h[1-6]", line.value):
        sheet.note(line, "needless", "the heuristics know titles; all headings of the level would go")
    else:
        _strip(line, sheet)


def _named(line: Line, sheet: Sheet) -> None:
    name = line.value.strip("\"'").strip()
    quote = "'" if "'" not in name else '"'
    if not name or quote in name:
        sheet.note(line, "mistake", "no part of an id or class; write it without quotes")
        return
    if line.value != name:
        sheet.note(line, "mistake", "the quotes would be part of the name; they were left out")
    sheet.drop.append((f"//*[contains(@class, {quote}{name}{quote}) or contains(@id, {quote}{name}{quote})]", ""))


def _replacement(line: Line, sheet: Sheet) -> None:
    if line.argument:
        sheet.finds.append(line._replace(value=line.argument))
        sheet.replacements.append(line)
    elif line.name == "find_string":
        sheet.finds.append(line)
    else:
        sheet.replacements.append(line)


def _inlines(sheet: Sheet) -> Iterator[str]:
    """What is found and replaced by nothing goes; all else would change words."""
    for line in [*sheet.finds[len(sheet.replacements) :], *sheet.replacements[len(sheet.finds) :]]:
        other = "find_string" if line.name == "replace_string" else "replace_string"
        sheet.note(line, "mistake", f"there is no {other} that belongs to it")
    for number, (find, new) in enumerate(zip(sheet.finds, sheet.replacements, strict=False), 1):
        if new.value.strip("\"'"):
            sheet.note(new, "lost", f"clean changes no words; {find.value!r} stays")
        elif _MARKUP.search(find.value) or len(find.value) < 3:
            sheet.note(new, "lost", f"{find.value!r} is markup or too short for a rule for text; drop its element")
        else:
            keys = {
                "id": toml.string(f"replaced-{number}"),
                "category": toml.string("other"),
                "part": toml.pattern(toml.literal(find.value)),
                "why": toml.string("The site configuration replaces it by nothing."),
                "hits": toml.strings([find.value]),
                "spares": toml.strings(["The ferry to the outer island left an hour late on Monday."]),
            }
            yield f"[[inline]]\n{toml.keys(keys)}"


def _switch(line: Line, sheet: Sheet) -> None:
    if line.value.lower() not in {"yes", "no", "true", "false"}:
        sheet.note(line, "mistake", "write yes or no")
    elif line.name == "tidy":
        sheet.note(line, "needless", NEEDLESS["tidy"])
    elif line.name == "autodetect_on_failure":
        why = "where no body selector finds text, the heuristics judge the page, always"
        sheet.note(line, "needless" if line.value.lower() in {"yes", "true"} else "lost", why)
    else:
        sheet.judged = line.value.lower() in {"yes", "true"}


def _other(line: Line, sheet: Sheet) -> None:
    if line.name in LOST:
        sheet.note(line, "lost", LOST[line.name])
    else:
        sheet.note(line, "needless", NEEDLESS[line.name])


_CARRY: Mapping[str, Callable[[Line, Sheet], None]] = MappingProxyType(
    {
        "body": _body,
        "find_string": _replacement,
        "replace_string": _replacement,
        "strip": _strip,
        "strip_id_or_class": _named,
        **dict.fromkeys(METADATA, _metadata),
        **dict.fromkeys(YES_NO, _switch),
    }
)
