"""The command `clean-rules`: the workbench of people who write rules, at the terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from cleaner import DEFAULT
from cleaner.errors import OutputError, RuleError
from cleaner.grouped import grouped
from cleaner.options import ColorChoice
from cleaner.show import terminal
from cleaner.show import workbench as render
from cleaner.show.call import existing, existing_rules, in_force
from cleaner.show.ending import FAILED, ending, say
from cleaner.show.files import encode, open_output

PROGRAM = "clean-rules"

EXAMPLES = """\b
Examples:
  clean-rules lint                     check the shipped rule files
  clean-rules lint my-rules/           check your own
  clean-rules new example.org --from pages/*.html
  clean-rules import ftr site-configs/ --to my-rules/
  clean-rules list --json              every source and family that has rules
  clean-rules test my-rules/           do rules hit and spare what they say?
  clean-rules show example.org --rules my-rules/
  clean-rules stats pages/ --baseline last-month.json

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

import_app = typer.Typer(no_args_is_help=True, help="Import rules of other projects.")
rules_app.add_typer(import_app, name="import")

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


class Shown(NamedTuple):
    """How what was found is shown."""

    json: Json = False
    color: Color = ColorChoice.AUTO

    def show(self, rows: Sequence[Any], table: Callable[[terminal.Palette], str]) -> None:
        """Write rows to standard output: as JSON, or the table that is made of them with the marks of this call."""
        text = render.as_json(rows) if self.json else table(terminal.palette(self.color.value, sys.stdout))
        typer.echo(encode(text), nl=False)


class Comparison(NamedTuple):
    """What counts are compared with, and where they go."""

    baseline: Annotated[str | None, typer.Option(metavar="FILE", help="Compare with what --save stored.")] = None
    save: Annotated[str | None, typer.Option(metavar="FILE", help="Store the counts for a later --baseline.")] = None
    plot: Annotated[bool, typer.Option("--plot", help="Draw the rates; needs the extra `plot`.")] = False


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
        Shown(json, color).show(found, lambda marks: render.findings(found, marks))
        _end(failed=any(strict or finding.severity == "error" for finding in found))


@rules_app.command("test")
@grouped
def run_cases(
    folders: Folders = None,
    fixtures: Annotated[
        list[str] | None,
        typer.Option(metavar="DIR", help="Folders of fixtures; by default those inside or beside the rules."),
    ] = None,
    *,
    shown: Shown,
) -> None:
    """Run the hits, spares and fixtures of rule files."""
    with _ending():
        from cleaner.workbench.test import run_tests

        results = run_tests(existing_rules(folders or [DEFAULT]), existing(fixtures or []))
        shown.show(results, lambda marks: render.cases(results, marks))
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
@grouped
def list_sources(rules: Beside = None, *, shown: Shown) -> None:
    """List the sources and families that have rules."""
    with _ending():
        from cleaner.workbench.show import overview

        listed = overview(in_force([DEFAULT, *(rules or [])]))
        shown.show(listed, lambda marks: render.sources(listed, marks))


@rules_app.command("show")
@grouped
def show_source(
    source: Annotated[str, typer.Argument(help="A source or a family.", show_default=False)],
    rules: Beside = None,
    *,
    shown: Shown,
) -> None:
    """Show a source's rules, its own and inherited."""
    with _ending():
        from cleaner.workbench.show import show

        found = show(in_force([DEFAULT, *(rules or [])]), source)
        shown.show(found, lambda marks: render.rules(found, marks))


@rules_app.command("stats")
@grouped
def count_rules(
    corpus: Annotated[
        list[str],
        typer.Argument(metavar="CORPUS...", help="Pages, folders of them, JSON Lines; also .gz.", show_default=False),
    ],
    rules: Beside = None,
    *,
    comparison: Comparison,
    shown: Shown,
) -> None:
    """Count what each rule removes from a corpus, and name rules that never fire or broke down."""
    with _ending():
        from cleaner.workbench import stats

        before = stats.load_baseline(comparison.baseline) if comparison.baseline else None
        found = stats.measure(corpus, in_force([DEFAULT, *(rules or [])]), before, _progress)
        for problem in found.problems:
            say(PROGRAM, problem)
        shown.show(found.rules, lambda marks: render.statistics(found, marks))
        if comparison.plot and found.rules:
            typer.echo(encode("\n" + stats.plot(found.rules, _width())), nl=False, err=shown.json)
        if comparison.save:
            with open_output(comparison.save) as stream:
                stream.write(stats.baseline_json(found))
        _end(failed=bool(found.problems) or any(row.state == "broke-down" for row in found.rules))


@import_app.command("ftr")
@grouped
def import_configurations(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE|DIR...", help="Site configurations, NAME.txt.", show_default=False)
    ],
    to: Annotated[str, typer.Option(metavar="DIR", help="The folder of rules to write into.")] = "my-rules",
    *,
    shown: Shown,
) -> None:
    """Import site configurations in the form of ftr-site-config; what is not carried over is listed."""
    with _ending():
        from cleaner.workbench.ftr import import_ftr

        rows = import_ftr(files, to)
        shown.show(rows, lambda marks: render.imported(rows, marks))
        _end(failed=not all(row.written for row in rows))


def _progress(files: Sequence[Path]) -> AbstractContextManager[Iterable[Path]]:
    """A progress bar at a terminal that shows nothing else meanwhile."""
    if len(files) < 2 or not sys.stderr.isatty():
        return nullcontext(files)
    return typer.progressbar(files, label=PROGRAM, file=sys.stderr)


def _width() -> int:
    return min(shutil.get_terminal_size((100, 24)).columns, 120)


def _end(*, failed: bool) -> None:
    if failed:
        raise typer.Exit(FAILED)


@contextmanager
def _ending() -> Iterator[None]:
    """A wrong rule file, which the command is there to find, ends it with exit code 1, as an output does that fails."""
    with ending(PROGRAM):
        try:
            yield
        except (RuleError, OutputError) as error:
            say(PROGRAM, str(error))
            raise typer.Exit(FAILED) from None
