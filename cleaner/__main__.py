"""Where `clean` and `python -m cleaner` begin.

`clean FILE` has nothing to parse and goes straight to work: importing typer would take as long as cleaning a page.
Every other call is read by typer, in `cli.py`.
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
    if _one_file(arguments) and "_CLEAN_COMPLETE" not in os.environ:
        with ending(PROGRAM):
            sys.exit(perform(Call(tuple(arguments))))
    from cleaner.cli import clean_app

    clean_app(prog_name=PROGRAM)


def _one_file(arguments: list[str]) -> bool:
    """Whether a call is one file and no option.

    >>> [_one_file(["dump.txt"]), _one_file(["-"]), _one_file(["--help"]), _one_file([])]
    [True, True, False, False]
    """
    return len(arguments) == 1 and (arguments[0] == "-" or not arguments[0].startswith("-"))


if __name__ == "__main__":
    main()
