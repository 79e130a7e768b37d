"""Leave the article body of a web page's text, verbatim, and account for every character dropped.

The names are imported when they are first asked for: the command has to set up its process before numpy loads.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.cleaner import Cleaner, clean, explain
    from cleaner.document import Category, Cleaned, Decision
    from cleaner.errors import CleanError, InputError, OptionError, RuleError
    from cleaner.sources.folders import DEFAULT

__all__ = [
    "DEFAULT",
    "Category",
    "CleanError",
    "Cleaned",
    "Cleaner",
    "Decision",
    "InputError",
    "OptionError",
    "RuleError",
    "clean",
    "explain",
]

_HOMES = {
    "cleaner.cleaner": ("Cleaner", "clean", "explain"),
    "cleaner.document": ("Category", "Cleaned", "Decision"),
    "cleaner.errors": ("CleanError", "InputError", "OptionError", "RuleError"),
    "cleaner.sources.folders": ("DEFAULT",),
}
"""The public names by the module that defines them."""


def __getattr__(name: str) -> object:
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
