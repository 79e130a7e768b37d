"""Libraries that not everybody needs, and which extra brings each."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cleaner.errors import CleanError

EXTRAS = {
    "pyarrow": "records",
    "pyarrow.compute": "records",
    "pyarrow.parquet": "records",
    "fastwarc.warc": "records",
    "zstandard": "records",
    "fsspec": "remote",
    "ray": "ray",
    "ray.data": "ray",
}
"""The extra of this package that installs each library."""


class MissingExtraError(CleanError):
    """A library that an extra installs is not there."""


def need(module: str, purpose: str) -> Any:
    """A module of an extra. Raises `MissingExtraError`, which names the extra, where it is not installed."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        library, extra = module.partition(".")[0], EXTRAS[module]
        if error.name is None or error.name.partition(".")[0] != library:
            raise
        remedy = f"install it: pip install 'cleaner[{extra}]'"
        raise MissingExtraError(f"{purpose} needs {library}, which is not installed; {remedy}") from None
