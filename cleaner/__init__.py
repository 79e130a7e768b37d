"""Leave the article body of a web page's text, verbatim, and account for every character dropped.

Begin with `cleaner.py`. What an input goes through, in this order:

    reading/              bytes, text or HTML become a `Document`: a text, and blocks that are spans of it
    sources/              whose text is it, and what do the rules of its source say?
    heuristics/           what becomes of the blocks of which no rule speaks?
    passes, passage       all of these, again and again until nothing more goes
    body                  the one place that removes text
    account, beside       what went, as what and why; what stands beside an article
    markdown/             the body of a page with its headings, lists and links

    records/              the same for files of many inputs, in many processes
    workbench/            for people who write rules
    integrations/         for other frameworks
    show/, cli, options   the command `clean`; `rules_cli` is `clean-rules`

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
