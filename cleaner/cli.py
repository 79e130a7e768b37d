"""The command `clean`: options in, a job out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cleaner import DEFAULT, Category, OptionError
from cleaner.records.names import has_wildcard, holds_records, is_remote
from cleaner.show import terminal
from cleaner.show.asked import RecordsCall
from cleaner.show.call import Call, Show, Track, perform
from cleaner.show.ending import PROGRAM, WRONG_USAGE, ending

EXAMPLES = """\b
Examples:
  clean dump.txt > body.txt            the body of one dump
  clean *.txt -o bodies/               many files, each under its own name
  curl -s URL | clean --url URL        a page from standard input
  clean --explain dump.txt             what went, where, why
  clean --diff dump.txt | less -R      the text with what went struck out
  clean --keep title,byline dump.txt   more than the body
  clean --to markdown page.html        the body of a page with its headings, lists, links
  clean --favor precision dump.txt     rather lose a line than keep boilerplate
  clean --rules my-rules/ dump.txt     with rule files of your own
  clean crawl.jsonl.gz -o bodies.jsonl.gz --add status,title --rejects bad.jsonl
                                       each record of a file, on all cores

\b
Exit code: 0 clean, 1 an input failed or an HTML page was no article, 2 wrong usage.
"""


class InputFormat(StrEnum):
    """What `--format` takes."""

    TEXT = "text"
    HTML = "html"


class FavorChoice(StrEnum):
    """What `--favor` takes."""

    PRECISION = "precision"
    BALANCED = "balanced"
    RECALL = "recall"


class OutputForm(StrEnum):
    """What `--to` takes."""

    TEXT = "text"
    MARKDOWN = "markdown"


class EngineChoice(StrEnum):
    """What `--engine` takes."""

    LOCAL = "local"
    RAY = "ray"


class ColorChoice(StrEnum):
    """What `--color` takes."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


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
    to: Annotated[OutputForm, typer.Option(help="How the body of an HTML page is written.")] = OutputForm.TEXT,
    favor: Annotated[
        FavorChoice, typer.Option(help="In doubt: recall keeps a line, precision drops it.")
    ] = FavorChoice.BALANCED,
    fast: Annotated[bool, typer.Option("--fast", help="HTML: do without trafilatura's second opinion.")] = False,
    rules: Annotated[
        list[str] | None, typer.Option(metavar="DIR", help="A folder of rule files beside the shipped ones.")
    ] = None,
    no_rules: Annotated[bool, typer.Option("--no-rules", help="Leave the shipped rules aside.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="A wrong rule file or a record set aside is an error, not a warning.")
    ] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show what went, where and why, not the body.")] = False,
    offsets: Annotated[bool, typer.Option("--offsets", help="With --explain: offsets into the decoded text.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show the text with what went struck out.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Write one JSON object a line for each input.")] = False,
    color: Annotated[ColorChoice, typer.Option(help="Colour in --explain and --diff.")] = ColorChoice.AUTO,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No warnings and no progress; errors remain.")] = False,
    records: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="Inputs are records: jsonl, csv, tsv, parquet, warc, wet, or pages."),
    ] = None,
    field: Annotated[str | None, typer.Option(metavar="NAME", help="The field to clean, else text.")] = None,
    url_field: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The field with the URL, else url; meta.url looks inside meta."),
    ] = None,
    out_field: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The field for the body, else that of --field."),
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT,...",
            help="Fields to add: status, source, title, confidence, removed; NAME=WHAT names it otherwise.",
        ),
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, metavar="N", help="Processes, else one for each core.")] = None,
    timeout: Annotated[
        float | None,
        typer.Option(min=0.1, metavar="SECONDS", help="What a record may take, else 60."),
    ] = None,
    max_size: Annotated[
        int | None,
        typer.Option(min=1, metavar="BYTES", help="What a record may have, else 32,000,000."),
    ] = None,
    rejects: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Where records go that are set aside, as JSON Lines."),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where the same command was stopped.")] = False,
    metrics: Annotated[str | None, typer.Option(metavar="FILE", help="Counts of the run, as JSON.")] = None,
    engine: Annotated[
        EngineChoice | None, typer.Option(help="Clean on this machine, or each input on a node of a Ray cluster.")
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Leave the article body of a web page's text, verbatim, and account for what went."""
    if not files and sys.stdin is not None and sys.stdin.isatty():
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(WRONG_USAGE)
    with ending(PROGRAM):
        call = Call(
            files=tuple(files or ()),
            output=output,
            url=url,
            source=source,
            format=None if format is None else format.value,
            keep=tuple(keep or ()),
            favor=favor.value,
            rules=(*(() if no_rules else (DEFAULT,)), *(rules or ())),
            strict=strict,
            show=_show(to, explain=explain, diff=diff, json=json),
            place=_place(explain=explain, offsets=offsets),
            color=color.value,
            quiet=quiet,
            fast=fast,
        )
        asked = RecordsCall(
            kind=records,
            field=field,
            url_field=url_field,
            out_field=out_field,
            add=tuple(add or ()),
            workers=workers,
            timeout=timeout,
            max_size=max_size,
            rejects=rejects,
            resume=resume,
            metrics=metrics,
            engine=None if engine is None else engine.value,
        )
        if _about_records(call, asked):
            from cleaner.show.records import perform_records

            raise typer.Exit(perform_records(call, asked))
        raise typer.Exit(perform(call, _tracker(call)))


def _about_records(call: Call, asked: RecordsCall) -> bool:
    """Whether a call is about records: an input or the output has the name of such, or an option says so."""
    if asked != RecordsCall() or any(holds_records(name) or is_remote(name) for name in call.files):
        return True
    if call.output is None or call.show != "body":
        return False
    return (
        holds_records(call.output)
        or is_remote(call.output)
        or any(Path(name).is_dir() or (has_wildcard(name) and not Path(name).exists()) for name in call.files)
    )


def _show(to: OutputForm, *, explain: bool, diff: bool, json: bool) -> Show:
    """The one view that the options ask for; the account is part of the JSON."""
    if to is OutputForm.MARKDOWN:
        if explain or diff or json:
            raise OptionError("--to markdown writes the body; it goes with none of --explain, --diff and --json")
        return "markdown"
    if diff and (explain or json):
        raise OptionError("--diff goes with neither --explain nor --json; ask for one of them")
    if json:
        return "json"
    if diff:
        return "diff"
    return "explain" if explain else "body"


def _place(*, explain: bool, offsets: bool) -> Callable[[terminal.Entry], str]:
    if offsets and not explain:
        raise OptionError("--offsets belongs to --explain; --json holds the offsets anyway")
    return terminal.by_line_and_offset if offsets else terminal.by_line


def _tracker(call: Call) -> Track:
    """A progress bar for several inputs, at a terminal that does not show the output as well."""
    watched = sys.stderr is not None and sys.stderr.isatty()
    if call.quiet or len(call.files) < 2 or not watched or (call.output is None and sys.stdout.isatty()):
        return nullcontext
    return lambda names: typer.progressbar(names, label=PROGRAM, file=sys.stderr)
