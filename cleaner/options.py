"""The options of `clean`, in groups, as typer reads them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, NamedTuple

import typer

from cleaner import Category
from cleaner.show.asked import RecordsCall


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


class Origin(NamedTuple):
    """Where a text is from, and what it is."""

    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Where the text is from: its source's rules apply.")
    ] = None
    source: Annotated[str | None, typer.Option(metavar="NAME", help="The source whose rules apply.")] = None
    format: Annotated[InputFormat | None, typer.Option(help="Do not tell text and HTML apart by content.")] = None


class Cleaning(NamedTuple):
    """What stays, and by which rules."""

    keep: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CATEGORY,...", help="Categories to keep beside the body.", autocompletion=_complete_category
        ),
    ] = None
    to: Annotated[OutputForm, typer.Option(help="How the body of an HTML page is written.")] = OutputForm.TEXT
    favor: Annotated[FavorChoice, typer.Option(help="In doubt: recall keeps a line, precision drops it.")] = (
        FavorChoice.BALANCED
    )
    fast: Annotated[bool, typer.Option("--fast", help="HTML: do without trafilatura's second opinion.")] = False
    rules: Annotated[
        list[str] | None, typer.Option(metavar="DIR", help="A folder of rule files beside the shipped ones.")
    ] = None
    no_rules: Annotated[bool, typer.Option("--no-rules", help="Leave the shipped rules aside.")] = False
    strict: Annotated[
        bool, typer.Option("--strict", help="A wrong rule file or a record set aside is an error, not a warning.")
    ] = False


class Showing(NamedTuple):
    """What is shown of a result, and how."""

    explain: Annotated[bool, typer.Option("--explain", help="Show what went, where and why, not the body.")] = False
    offsets: Annotated[bool, typer.Option("--offsets", help="With --explain: offsets into the decoded text.")] = False
    diff: Annotated[bool, typer.Option("--diff", help="Show the text with what went struck out.")] = False
    json: Annotated[bool, typer.Option("--json", help="Write one JSON object a line for each input.")] = False
    color: Annotated[ColorChoice, typer.Option(help="Colour in --explain and --diff.")] = ColorChoice.AUTO
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No warnings and no progress; errors remain.")] = False


class Records(NamedTuple):
    """How records are read, cleaned and written."""

    records: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="Inputs are records: jsonl, json, csv, tsv, parquet, warc, wet, or pages."),
    ] = None
    field: Annotated[str | None, typer.Option(metavar="NAME", help="The field to clean, else text.")] = None
    url_field: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The field with the URL, else url; meta.url looks inside meta."),
    ] = None
    out_field: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The field for the body, else that of --field."),
    ] = None
    add: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT,...",
            help="Fields to add: status, source, title, byline, published, site_name, language, confidence, removed; "
            "NAME=WHAT names it otherwise.",
        ),
    ] = None
    workers: Annotated[int | None, typer.Option(min=1, metavar="N", help="Processes, else one for each core.")] = None
    timeout: Annotated[
        float | None,
        typer.Option(min=0.1, metavar="SECONDS", help="What a record may take, else 60."),
    ] = None
    max_size: Annotated[
        int | None,
        typer.Option(min=1, metavar="BYTES", help="What a record may have, else 32,000,000."),
    ] = None
    rejects: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Where records go that are set aside, as JSON Lines."),
    ] = None
    resume: Annotated[bool, typer.Option("--resume", help="Go on where the same command was stopped.")] = False
    metrics: Annotated[str | None, typer.Option(metavar="FILE", help="Counts of the run, as JSON.")] = None
    engine: Annotated[
        EngineChoice | None, typer.Option(help="Clean on this machine, or each input on a node of a Ray cluster.")
    ] = None

    def asked(self) -> RecordsCall:
        """The same without its syntax."""
        return RecordsCall(
            kind=self.records,
            field=self.field,
            url_field=self.url_field,
            out_field=self.out_field,
            add=tuple(self.add or ()),
            workers=self.workers,
            timeout=self.timeout,
            max_size=self.max_size,
            rejects=self.rejects,
            resume=self.resume,
            metrics=self.metrics,
            engine=None if self.engine is None else self.engine.value,
        )


class Options(NamedTuple):
    """All of them, in the order of `--help`."""

    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...", help="Texts or HTML pages; - or none is standard input.", show_default=False
        ),
    ] = None
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="OUT|DIR", help="Write to this file, or into this folder.")
    ] = None
    origin: Origin = Origin()
    cleaning: Cleaning = Cleaning()
    showing: Showing = Showing()
    records: Records = Records()
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False
