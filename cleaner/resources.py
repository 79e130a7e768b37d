"""Files that ship inside the package."""

from __future__ import annotations

from pathlib import PurePath
from typing import Protocol, cast


class _Loader(Protocol):
    def get_data(self, path: str) -> bytes: ...


class _Module(Protocol):
    __file__: str
    __loader__: object


def read_text(module: object, name: str) -> str:
    """The text of a file beside a module of this package, in a folder or in a zip. Raises `OSError` if it is missing.

    The loader is asked itself: `importlib.resources` would import `tempfile` and `zipfile`, which costs a start-up
    more than reading the file.
    """
    there = cast("_Module", module)
    folder = PurePath(there.__file__).parent
    return cast("_Loader", there.__loader__).get_data(str(folder / name)).decode("utf-8")
