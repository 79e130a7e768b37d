"""What all tests share: Hypothesis profiles (the same examples on every run; `HYPOTHESIS_PROFILE=search` looks for new
ones), the names of rows, folders of nobody."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "fixed", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", parent=settings.get_profile("fixed"), derandomize=False, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))

LONGEST = 80
"""Characters of the name of a row."""


def pytest_make_parametrize_id(val: object) -> str | None:
    """A row of a table is named for what it holds where pytest would give it a number."""
    if isinstance(val, list | tuple) and val and all(isinstance(each, str) for each in val):
        return " ".join(val)[:LONGEST]
    return repr(val)[:LONGEST] if isinstance(val, list | tuple | dict | set | frozenset) else None


@pytest.fixture(autouse=True, scope="session")
def _folders_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The user's own rules and caches stay out of the tests."""
    home: Path = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        patch.delenv("CLEAN_RULES", raising=False)
        yield
