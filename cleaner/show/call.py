"""A call of `clean` without its syntax: options checked, the view chosen, the job run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from cleaner import DEFAULT, Category, Cleaner, OptionError
from cleaner.document import Format
from cleaner.heuristics.model.decode import Favor
from cleaner.records.names import STANDARD
from cleaner.show.ending import FAILED, PROGRAM, say
from cleaner.show.job import Job, View, Voice, run

Show = Literal["body", "markdown", "explain", "diff", "json"]
Track = Callable[[tuple[str, ...]], AbstractContextManager[Iterable[str]]]


class Call(NamedTuple):
    """What a user asked for. `keep` holds the values of `--keep` as given, each of which may list several."""

    files: tuple[str, ...]
    output: str | None = None
    url: str | None = None
    source: str | None = None
    format: Format | None = None
    keep: tuple[str, ...] = ()
    favor: Favor = "balanced"
    rules: tuple[str | Path, ...] = (DEFAULT,)
    strict: bool = False
    show: Show = "body"
    offsets: bool = False
    color: str = "auto"
    quiet: bool = False
    fast: bool = False


def perform(call: Call, track: Track = nullcontext) -> int:
    """Do it; the exit code. Raises `OptionError` and, if strict, `RuleError`, for what is wrong with the call.

    `track` wraps the inputs while they are worked on: a progress bar, say.
    """
    names = call.files or (STANDARD,)
    if names.count(STANDARD) > 1:
        raise OptionError("standard input can be read once; give - once")
    complain = partial(say, PROGRAM)
    warn = silent if call.quiet else complain
    cleaner = Cleaner(
        in_force(call.rules), chosen_categories(call.keep), favor=call.favor, strict=call.strict, fast=call.fast
    )
    for problem in cleaner.rule_problems:
        warn(f"warning: {problem}")
    work = cleaner.outcome if call.show == "body" else cleaner.explain
    clean = partial(work, url=call.url, source=call.source, format=call.format)
    failed = run(Job(names, call.output, clean, _view(call), Voice(complain, warn), track))
    return FAILED if failed else 0


def _view(call: Call) -> View:
    """How each result is written; of several inputs, each is named above its account."""
    if call.show == "body":
        return View(lambda _name, cleaned: cleaned.text)
    if call.show == "markdown":
        return View(lambda _name, cleaned: cleaned.to_markdown(call.url))
    if call.show == "json":
        from cleaner.show import record

        return View(record.result, record.failure, gap=b"")
    from cleaner.show import terminal

    marks = terminal.palette(call.color, None if call.output else sys.stdout)
    if call.show == "explain":
        place = terminal.by_line_and_offset if call.offsets else terminal.by_line
        show = partial(terminal.explain, marks=marks, place=place)
    else:
        show = partial(terminal.diff, marks=marks)
    if len(call.files) <= 1:
        return View(lambda _name, cleaned: show(cleaned))
    return View(lambda name, cleaned: terminal.title(name, marks) + show(cleaned))


def in_force(rules: Iterable[str | Path]) -> list[str | Path]:
    """The folders of rules, weakest first: where the shipped ones are among them, the user's own come next."""
    found = existing(rules)
    if DEFAULT not in found:
        return found
    from cleaner.sources.listing import own_folders

    return [DEFAULT, *own_folders(), *(folder for folder in found if folder != DEFAULT)]


def existing_rules(given: Iterable[str | Path]) -> list[str | Path]:
    """The same of folders and single rule files."""
    named = list(given)
    existing(each for each in named if not Path(each).is_file())
    return named


def existing(folders: Iterable[str | Path]) -> list[str | Path]:
    """The folders of rule files, checked to be there; raises `OptionError`."""
    given = list(folders)
    for folder in given:
        if not str(folder):
            raise OptionError("the name of a folder is empty; was a variable not set?")
        if folder != DEFAULT and not Path(folder).is_dir():
            if Path(folder).exists():
                raise OptionError(f"{folder}: this is a file; give its folder, {Path(folder).parent}")
            raise OptionError(f"{folder}: no such folder; check the name and the folder you are in")
    return given


def chosen_categories(given: Iterable[str]) -> list[str]:
    """The names in `--keep`; raises `OptionError` for an unknown one."""
    names = [name.strip() for item in given for name in item.split(",") if name.strip()]
    known = [category.value for category in Category]
    for name in names:
        if name not in known:
            there_are = f"there are {', '.join(known)}"
            raise OptionError(f"--keep {name}: no such category{_did_you_mean(name, known)}; {there_are}")
    return names


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    """A question with the nearest known names, or nothing.

    >>> _did_you_mean("captoin", ["caption", "credit"])
    '; did you mean caption?'
    """
    from difflib import get_close_matches

    near = get_close_matches(name, list(known))
    return f"; did you mean {' or '.join(near)}?" if near else ""


def silent(message: str) -> None:
    """Say nothing: `--quiet`."""
