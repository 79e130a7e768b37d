"""The command `clean`: options in, a job out."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from cleaner import DEFAULT, Category, Cleaner, CleanError, OptionError
from cleaner.show import terminal
from cleaner.show.files import STANDARD
from cleaner.show.job import Job, View, run

INTERRUPTED, BROKEN_PIPE, TERMINATED = 130, 141, 143
"""Exit codes of a process that a signal ended: 128 and the signal's number."""

EXAMPLES = """\b
Examples:
  clean dump.txt > body.txt            the body of one dump
  clean *.txt -o bodies/               many files, each under its own name
  curl -s URL | clean --url URL        a page from standard input
  clean --explain dump.txt             what went, where, why
  clean --diff dump.txt | less -R      the text with what went struck out
  clean --keep title,byline dump.txt   more than the body
  clean --rules my-rules/ dump.txt     with rule files of your own

\b
Exit code: 0 clean, 1 an input failed, 2 wrong usage.
"""


PROGRAM = "clean"


class InputFormat(StrEnum):
    """What `--format` takes."""

    TEXT = "text"
    HTML = "html"


class ColorChoice(StrEnum):
    """What `--color` takes."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def say(message: str, program: str = PROGRAM) -> None:
    """One line on standard error. Control characters, which a file name may hold, are shown by their escapes."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in message)
    typer.echo(f"{program}: {shown}", err=True)


def usage(message: str, program: str = PROGRAM) -> NoReturn:
    """Say what is wrong with the call and end with exit code 2."""
    say(message, program)
    raise typer.Exit(2)


clean_app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


def _complete_category(incomplete: str) -> list[str]:
    return [category.value for category in Category if category.value.startswith(incomplete)]


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"clean {version('cleaner')}")
        except PackageNotFoundError:
            typer.echo("clean, from a checkout that is not installed")
        raise typer.Exit


@clean_app.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, epilog=EXAMPLES)
def clean(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...", help="Texts or HTML pages; - or none is standard input.", show_default=False
        ),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="OUT|DIR", help="Write to this file, or into this folder.")
    ] = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Where the text is from: its source's rules apply.")
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="The source whose rules apply.")] = None,
    format: Annotated[InputFormat | None, typer.Option(help="Do not tell text and HTML apart by content.")] = None,  # noqa: A002
    keep: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CATEGORY,...", help="Categories to keep beside the body.", autocompletion=_complete_category
        ),
    ] = None,
    rules: Annotated[
        list[str] | None, typer.Option(metavar="DIR", help="A folder of rule files beside the shipped ones.")
    ] = None,
    no_rules: Annotated[bool, typer.Option("--no-rules", help="Leave the shipped rules aside.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="A wrong rule file is an error, not a warning.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show what went, where and why, not the body.")] = False,
    offsets: Annotated[bool, typer.Option("--offsets", help="With --explain: offsets into the decoded text.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show the text with what went struck out.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Write one JSON object a line for each input.")] = False,
    color: Annotated[ColorChoice, typer.Option(help="Colour in --explain and --diff.")] = ColorChoice.AUTO,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No warnings and no progress; errors remain.")] = False,
    _version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Leave the article body of a web page's text, verbatim, and account for what went."""
    if not files and sys.stdin is not None and sys.stdin.isatty():
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(2)
    names = tuple(files or [STANDARD])
    marks = terminal.palette(color.value, None if output else sys.stdout)
    view = _view(len(names), marks, explain=explain, offsets=offsets, diff=diff, json=json)
    if names.count(STANDARD) > 1:
        usage("standard input can be read once; give - once")
    warn = _silent if quiet else say
    with refusals(), quiet_end():
        cleaner = Cleaner(
            [*([] if no_rules else [DEFAULT]), *existing(rules or [])], _categories(keep or []), strict=strict
        )
        for problem in cleaner.rule_problems:
            warn(f"warning: {problem}")
        call = partial(cleaner.explain, url=url, source=source, format=None if format is None else format.value)
        failed = run(Job(names, output, call, view, say, warn, _tracker(names, output, quiet=quiet)))
    if failed:
        raise typer.Exit(1)


def _view(inputs: int, marks: terminal.Palette, *, explain: bool, offsets: bool, diff: bool, json: bool) -> View:
    """The one view that the options ask for; of several inputs, each is named above its account."""
    if diff and (explain or json):
        usage("--diff goes with neither --explain nor --json; ask for one of them")
    if offsets and not explain:
        usage("--offsets belongs to --explain; --json holds the offsets anyway")
    if json:
        from cleaner.show import record

        return View(record.result, record.failure, gap=b"")
    if not explain and not diff:
        return View(lambda _name, cleaned: cleaned.text)
    place = terminal.by_line_and_offset if offsets else terminal.by_line
    show = partial(terminal.explain, marks=marks, place=place) if explain else partial(terminal.diff, marks=marks)
    if inputs == 1:
        return View(lambda _name, cleaned: show(cleaned))
    return View(lambda name, cleaned: terminal.title(name, marks) + show(cleaned))


def existing(folders: Iterable[str]) -> list[str]:
    """The folders of rule files, checked to be there; raises `OptionError`."""
    given = list(folders)
    for folder in given:
        if folder != DEFAULT and not Path(folder).is_dir():
            raise OptionError(f"{folder}: no such folder; check the name and the folder you are in")
    return given


def _categories(given: Iterable[str]) -> list[str]:
    """The names in `--keep` options, each of which may list several; raises `OptionError` for an unknown one."""
    names = [name.strip() for item in given for name in item.split(",") if name.strip()]
    known = [category.value for category in Category]
    for name in names:
        if name not in known:
            raise OptionError(
                f"--keep {name}: no such category{did_you_mean(name, known)}; there are {', '.join(known)}"
            )
    return names


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A question with the nearest known names, or nothing.

    >>> did_you_mean("captoin", ["caption", "credit"])
    '; did you mean caption?'
    """
    from difflib import get_close_matches

    near = get_close_matches(name, list(known))
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _tracker(
    names: tuple[str, ...], output: str | None, *, quiet: bool
) -> Callable[[tuple[str, ...]], AbstractContextManager[Iterable[str]]]:
    """A progress bar for several inputs at a terminal that does not show the output as well."""
    watched = sys.stderr is not None and sys.stderr.isatty() and not (output is None and sys.stdout.isatty())
    if quiet or len(names) < 2 or not watched:
        return nullcontext
    return lambda names: typer.progressbar(names, label="clean", file=sys.stderr)


def _silent(message: str) -> None:
    """Say nothing: `--quiet`."""


@contextmanager
def refusals(program: str = PROGRAM) -> Iterator[None]:
    """An error that concerns the call, not one of its inputs, ends it with exit code 2."""
    try:
        yield
    except CleanError as error:
        usage(str(error), program)


@contextmanager
def quiet_end() -> Iterator[None]:
    """What an interrupt or a reader that went away ends, ends without a traceback, and with nothing left behind."""
    try:
        yield
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        # What is left in the buffer cannot go anywhere; without this the interpreter would complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise typer.Exit(BROKEN_PIPE) from None


def main() -> None:
    """The entry point. A termination is an exit like others, so that temporary files go."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(TERMINATED))
    clean_app(prog_name="clean")
