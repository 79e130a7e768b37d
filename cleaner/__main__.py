"""Where `clean`, `python -m cleaner` and `clean-rules` begin.

`clean FILE` and `clean` in a pipe, with `-o OUT` or without, have next to nothing to parse and go straight to work:
importing typer would take as long as cleaning a page. Every other call is read by typer, in `cli.py`.
"""

import gc
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from cleaner.records.names import STANDARD, has_wildcard, holds_records, is_remote
from cleaner.show.ending import INTERRUPTED, PROGRAM, TERMINATED, ending

GARBAGE = 50_000
"""Objects that must have been made for the collector to look for cycles. Loading the modules makes 25,000 that stay,
which Python's own 700 would have looked through again and again: a tenth of a run on a small text."""


def main() -> None:
    """Run `clean` with the arguments of the process."""
    _run(_clean)


def rules_main() -> None:
    """Run `clean-rules` with the arguments of the process."""
    _run(_clean_rules)


def _run(command: Callable[[], None]) -> None:
    """Run a command to its end. A termination ends it like an error: temporary files go."""
    # numpy's BLAS would start a thread for each core, which nothing here uses and which takes longer than all of
    # cleaning a page. It reads this once, when numpy is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(GARBAGE)
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(TERMINATED))
    try:
        command()
    except KeyboardInterrupt:  # while modules are loaded; later ones are told in words where there is something to say
        sys.exit(INTERRUPTED)
    finally:
        gc.freeze()  # what is left goes with the process; looking through it once more at the end takes 15 ms


def _clean() -> None:
    plain = _plain(sys.argv[1:])
    if plain is not None and "_CLEAN_COMPLETE" not in os.environ:
        from cleaner.show.call import Call, perform

        with ending(PROGRAM):
            sys.exit(perform(Call(plain.files, plain.output)))
    from cleaner.cli import clean_app

    clean_app(prog_name=PROGRAM)


def _clean_rules() -> None:
    from cleaner.rules_cli import PROGRAM, rules_app

    rules_app(prog_name=PROGRAM)


class _Plain(NamedTuple):
    """A call with one input at most, a text or a page, and no option but the output."""

    files: tuple[str, ...]
    output: str | None


def _plain(arguments: list[str]) -> _Plain | None:
    """The call, if it is such a one.

    >>> _plain(["dump.txt"]), _plain(["-", "-o", "body.txt"])
    (_Plain(files=('dump.txt',), output=None), _Plain(files=('-',), output='body.txt'))
    >>> [_plain(told) for told in (["--help"], ["-o"], ["a.txt", "b.txt"], ["crawl.jsonl"], ["a.txt", "-o", "a.csv"])]
    [None, None, None, None, None]
    """
    files, output = arguments, None
    for place in (0, 1):
        if arguments[place : place + 1] == ["-o"] and len(arguments) > place + 1:
            files, output = [*arguments[:place], *arguments[place + 2 :]], arguments[place + 1]
            break
    names = files if output is None else [*files, output]
    if len(files) > 1 or any(not name or (name.startswith("-") and name != STANDARD) for name in names):
        return None
    if any(holds_records(name) or is_remote(name) for name in names):
        return None
    if output is not None and any(has_wildcard(name) or Path(name).is_dir() for name in files):
        return None  # then each file is a record
    waits = not files and sys.stdin is not None and sys.stdin.isatty()
    return None if waits else _Plain(tuple(files), output)


if __name__ == "__main__":
    main()
