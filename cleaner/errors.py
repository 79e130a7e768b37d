"""What can go wrong, for callers to catch: every error raised on purpose derives from `CleanError`."""


class CleanError(Exception):
    """Base of all errors of this package. Its text names the input or file, what is wrong, and the remedy."""


class InputError(CleanError):
    """An input cannot be read: its type, its encoding or its markup."""


class OutputError(CleanError):
    """An output cannot be opened or written."""


class RuleError(CleanError):
    """A rule file is wrong. `where` is "file:line", `rule` the rule's id when the fault lies inside one."""

    def __init__(self, where: str, problem: str, remedy: str, rule: str | None = None) -> None:
        self.where, self.problem, self.remedy, self.rule = where, problem, remedy, rule
        inside = f" rule {rule!r}:" if rule else ""
        super().__init__(f"{where}:{inside} {problem}; {remedy}")


class OptionError(CleanError, ValueError):
    """An option has a value that does not exist, such as an unknown category or source."""
