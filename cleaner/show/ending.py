"""How a command speaks and ends: one line on standard error for each matter, an exit code, no traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from cleaner.errors import CleanError

PROGRAM = "clean"
"""The command's name in its messages."""

FAILED, WRONG_USAGE = 1, 2
INTERRUPTED, BROKEN_PIPE, TERMINATED = 130, 141, 143
"""Exit codes of a process that a signal ended: 128 and the signal's number."""


def say(program: str, message: str) -> None:
    """One line on standard error, if it is open. Control characters, which a file name may hold, become escapes."""
    if sys.stderr is None:
        return
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in message)
    print(f"{program}: {shown}", file=sys.stderr)


@contextmanager
def ending(program: str) -> Iterator[None]:
    """Turn what may end a command early into words and an exit code.

    An error that reaches this concerns the call, not one of its inputs: wrong usage. An interrupt and a reader that
    went away need no words.
    """
    try:
        yield
    except CleanError as error:
        say(program, str(error))
        raise SystemExit(WRONG_USAGE) from None
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except BrokenPipeError:
        # What is left in the buffer cannot go anywhere; without this the interpreter would complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise SystemExit(BROKEN_PIPE) from None
