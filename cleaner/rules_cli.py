"""The command `clean-rules`: the workbench of people who write rules, at the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from cleaner import DEFAULT
from cleaner.cli import ColorChoice
from cleaner.errors import RuleError
from cleaner.show import terminal
from cleaner.show import workbench as render
from cleaner.show.call import existing, existing_rules
from cleaner.show.ending import FAILED, ending, say
from cleaner.show.files import encode

PROGRAM = "clean-rules"

EXAMPLES = """\b
Examples:
  clean-rules lint                     check the shipped rule files
  clean-rules lint my-rules/           check your own
  clean-rules new example.org --from pages/*.html
  clean-rules list --json              every source and family that has rules
  clean-rules test my-rules/           do rules hit and spare what they say?
  clean-rules show example.org --rules my-rules/

\b
Exit code: 0 all well, 1 something was found or failed, 2 wrong usage.
"""

rules_app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Check, test and show rule files.",
    epilog=EXAMPLES,
)

Folders = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[DIR|FILE]...", help="Folders of rule files, or some; none is the shipped ones.", show_default=False
    ),
]
Beside = Annotated[
    list[str] | None, typer.Option("--rules", metavar="DIR", help="A folder of rule files beside the shipped ones.")
]
Json = Annotated[bool, typer.Option("--json", help="Write one JSON object a line for each row.")]
Color = Annotated[ColorChoice, typer.Option(help="Colour in what is shown.")]


@rules_app.command("lint")
def run_lint(
    folders: Folders = None,
    json: Json = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    color: Color = ColorChoice.AUTO,
) -> None:
    """Say what is wrong or doubtful in rule files."""
    with _ending():
        from cleaner.workbench.lint import lint

        found = lint(existing_rules(folders or [DEFAULT]))
        typer.echo(encode(render.as_json(found) if json else render.findings(found, _marks(color))), nl=False)
        _end(failed=any(strict or finding.severity == "error" for finding in found))


@rules_app.command("test")
def run_cases(
    folders: Folders = None,
    fixtures: Annotated[
        list[str] | None,
        typer.Option(metavar="DIR", help="Folders of fixtures; by default those inside or beside the rules."),
    ] = None,
    json: Json = False,
    color: Color = ColorChoice.AUTO,
) -> None:
    """Run the hits, spares and fixtures of rule files."""
    with _ending():
        from cleaner.workbench.test import run_tests

        results = run_tests(existing_rules(folders or [DEFAULT]), existing(fixtures or []))
        typer.echo(encode(render.as_json(results) if json else render.cases(results, _marks(color))), nl=False)
        _end(failed=not results or not all(result.passed for result in results))


@rules_app.command("new")
def draft_source(
    source: Annotated[str, typer.Argument(help="The domain of the source.", show_default=False)],
    pages: Annotated[
        list[str] | None, typer.Argument(metavar="[PAGE]...", help="More pages.", show_default=False)
    ] = None,
    from_: Annotated[
        list[str] | None,
        typer.Option("--from", metavar="PAGE...", help="Its pages or dumps, or folders of them.", show_default=False),
    ] = None,
    to: Annotated[str, typer.Option(metavar="DIR", help="The folder of rules to write into.")] = "my-rules",
    json: Json = False,
) -> None:
    """Draft a source's rule file from its pages, with a first fixture."""
    with _ending():
        from cleaner.workbench.new import draft, write

        made = draft(source, [*(from_ or ()), *(pages or ())])
        written = write(made, to)
        typer.echo(encode(render.as_json([made]) if json else render.drafted(made, written)), nl=False)


@rules_app.command("list")
def list_sources(rules: Beside = None, json: Json = False, color: Color = ColorChoice.AUTO) -> None:
    """List the sources and families that have rules."""
    with _ending():
        from cleaner.workbench.show import overview

        listed = overview([DEFAULT, *existing(rules or [])])
        typer.echo(encode(render.as_json(listed) if json else render.sources(listed, _marks(color))), nl=False)


@rules_app.command("show")
def show_source(
    source: Annotated[str, typer.Argument(help="A source or a family.", show_default=False)],
    rules: Beside = None,
    json: Json = False,
    color: Color = ColorChoice.AUTO,
) -> None:
    """Show a source's rules, its own and inherited."""
    with _ending():
        from cleaner.workbench.show import show

        shown = show([DEFAULT, *existing(rules or [])], source)
        typer.echo(encode(render.as_json(shown) if json else render.rules(shown, _marks(color))), nl=False)


def _marks(color: ColorChoice) -> terminal.Palette:
    return terminal.palette(color.value, sys.stdout)


def _end(*, failed: bool) -> None:
    if failed:
        raise typer.Exit(FAILED)


@contextmanager
def _ending() -> Iterator[None]:
    """A wrong rule file is what the command is there to find, so it ends with exit code 1; a wrong call with 2."""
    with ending(PROGRAM):
        try:
            yield
        except RuleError as error:
            say(PROGRAM, str(error))
            raise typer.Exit(FAILED) from None


def main() -> None:
    """The entry point."""
    rules_app(prog_name=PROGRAM)
