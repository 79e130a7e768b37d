"""The command `clean`: options in, a job out."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import typer

from cleaner import DEFAULT, OptionError
from cleaner.grouped import grouped
from cleaner.options import Options, OutputForm, Showing
from cleaner.records.names import has_wildcard, holds_records, is_remote, told_by
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


clean_app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@clean_app.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, epilog=EXAMPLES)
@grouped
def clean(context: typer.Context, options: Options) -> None:
    """Leave the article body of a web page's text, verbatim, and account for what went."""
    if not options.files and sys.stdin is not None and sys.stdin.isatty():
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(WRONG_USAGE)
    with ending(PROGRAM):
        call, asked = _call(options), options.records.asked()
        _check_names(call, asked)
        if _about_records(call, asked):
            from cleaner.show.records import perform_records

            raise typer.Exit(perform_records(call, asked))
        raise typer.Exit(perform(call, _tracker(call)))


def _call(options: Options) -> Call:
    """The options without their syntax; raises `OptionError` for those that do not go together."""
    origin, cleaning, showing = options.origin, options.cleaning, options.showing
    return Call(
        files=tuple(options.files or ()),
        output=options.output,
        url=origin.url,
        source=origin.source,
        format=None if origin.format is None else origin.format.value,
        keep=tuple(cleaning.keep or ()),
        favor=cleaning.favor.value,
        rules=(*(() if cleaning.no_rules else (DEFAULT,)), *(cleaning.rules or ())),
        strict=cleaning.strict,
        show=_markdown(showing) if cleaning.to is OutputForm.MARKDOWN else _view(showing),
        offsets=_offsets(showing),
        color=showing.color.value,
        quiet=showing.quiet,
        fast=cleaning.fast,
    )


def _check_names(call: Call, asked: RecordsCall) -> None:
    """Raise `OptionError` for an empty name, which a shell makes of a variable that is not set. It would mean the
    folder one is in, and an output there would replace its input."""
    given = {"FILE": call.files, "-o": (call.output,), "--rejects": (asked.rejects,), "--metrics": (asked.metrics,)}
    for option, names in {**given, "--rules": call.rules}.items():
        if "" in names:
            raise OptionError(f"{option}: the name is empty; was a variable not set?")


def _about_records(call: Call, asked: RecordsCall) -> bool:
    """Whether a call is about records: an input or the output has the name of such, or an option says so."""
    if asked != RecordsCall() or any(holds_records(name) or is_remote(name) for name in call.files):
        return True
    if call.output is None or call.show != "body":
        return False
    return (
        (holds_records(call.output) and told_by(call.output).kind != "json")
        or is_remote(call.output)
        or any(Path(name).is_dir() or (has_wildcard(name) and not Path(name).exists()) for name in call.files)
    )


def _markdown(showing: Showing) -> Show:
    if showing.explain or showing.diff or showing.json:
        raise OptionError("--to markdown writes the body; it goes with none of --explain, --diff and --json")
    return "markdown"


def _view(showing: Showing) -> Show:
    """The one view that the options ask for; the account is part of the JSON."""
    if showing.diff and (showing.explain or showing.json):
        raise OptionError("--diff goes with neither --explain nor --json; ask for one of them")
    if showing.json:
        return "json"
    if showing.diff:
        return "diff"
    return "explain" if showing.explain else "body"


def _offsets(showing: Showing) -> bool:
    if showing.offsets and not showing.explain:
        raise OptionError("--offsets belongs to --explain; --json holds the offsets anyway")
    return showing.offsets


def _tracker(call: Call) -> Track:
    """A progress bar for several inputs, at a terminal that does not show the output as well."""
    watched = sys.stderr is not None and sys.stderr.isatty()
    if call.quiet or len(call.files) < 2 or not watched or (call.output is None and sys.stdout.isatty()):
        return nullcontext
    return lambda names: typer.progressbar(names, label=PROGRAM, file=sys.stderr)
