"""Where `clean`, `python -m cleaner` and `clean-rules` begin.

`clean FILE` and `clean` in a pipe have nothing to parse and go straight to work: importing typer would take as long as
cleaning a page. Every other call is read by typer, in `cli.py`.
"""

import gc
import os
import signal
import sys
from collections.abc import Callable

from cleaner.records.names import holds_records, is_remote
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
    arguments = sys.argv[1:]
    if _plain(arguments) and "_CLEAN_COMPLETE" not in os.environ:
        from cleaner.show.call import Call, perform

        with ending(PROGRAM):
            sys.exit(perform(Call(tuple(arguments))))
    from cleaner.cli import clean_app

    clean_app(prog_name=PROGRAM)


def _clean_rules() -> None:
    from cleaner.rules_cli import PROGRAM, rules_app

    rules_app(prog_name=PROGRAM)


def _plain(arguments: list[str]) -> bool:
    """Whether a call is one input that is a text or a page, and no option.

    >>> [_plain(["dump.txt"]), _plain(["-"]), _plain(["--help"]), _plain(["-o", "body.txt"]), _plain(["crawl.jsonl"])]
    [True, True, False, False, False]
    """
    if not arguments:
        return sys.stdin is None or not sys.stdin.isatty()
    if len(arguments) > 1 or (arguments[0] != "-" and arguments[0].startswith("-")):
        return False
    return not (holds_records(arguments[0]) or is_remote(arguments[0]))


if __name__ == "__main__":
    main()
