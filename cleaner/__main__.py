"""Where `clean` and `python -m cleaner` begin.

`clean FILE` and `clean` in a pipe have nothing to parse and go straight to work: importing typer would take as long as
cleaning a page. Every other call is read by typer, in `cli.py`.
"""

import os
import signal
import sys

from cleaner.show.call import PROGRAM, Call, perform
from cleaner.show.ending import TERMINATED, ending


def main() -> None:
    """Run the command with the arguments of the process. A termination ends it like an error: temporary files go."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(TERMINATED))
    arguments = sys.argv[1:]
    if _plain(arguments) and "_CLEAN_COMPLETE" not in os.environ:
        with ending(PROGRAM):
            sys.exit(perform(Call(tuple(arguments))))
    from cleaner.cli import clean_app

    clean_app(prog_name=PROGRAM)


def _plain(arguments: list[str]) -> bool:
    """Whether a call is one input and no option.

    >>> [_plain(["dump.txt"]), _plain(["-"]), _plain(["--help"]), _plain(["-o", "body.txt"])]
    [True, True, False, False]
    """
    if not arguments:
        return sys.stdin is None or not sys.stdin.isatty()
    return len(arguments) == 1 and (arguments[0] == "-" or not arguments[0].startswith("-"))


if __name__ == "__main__":
    main()
