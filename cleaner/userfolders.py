"""The user's folders for configuration and for caches, as platformdirs names them.

Importing platformdirs takes a start 5 ms and loads `tempfile`. Where the XDG rules hold, its answer is one line; a test
keeps the two the same.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAME = "clean"


def config_folder() -> Path:
    """Where the user keeps settings and rules of `clean`. It need not exist."""
    if sys.platform == "linux":
        return _xdg("XDG_CONFIG_HOME", ".config")
    from platformdirs import user_config_path

    return user_config_path(NAME, appauthor=False)


def cache_folder() -> Path:
    """Where `clean` keeps what it can make again. It need not exist."""
    if sys.platform == "linux":
        return _xdg("XDG_CACHE_HOME", ".cache")
    from platformdirs import user_cache_path

    return user_cache_path(NAME, appauthor=False)


def _xdg(variable: str, default: str) -> Path:
    set_to = os.environ.get(variable, "").strip()
    return Path(set_to or Path("~", default).expanduser()) / NAME
