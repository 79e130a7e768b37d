"""Leave the article body of a web page's text, verbatim, and account for every character dropped."""

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
