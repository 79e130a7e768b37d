"""What training learns from is made alike on each run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.document import Document
from cleaner.heuristics.training import gold

WORD = "ferry"


def hash_of_a_word(path: Path) -> list[gold.Dump]:
    return [gold.Dump(path.parent.name, path.stem, "soup", 0, Document.from_text(WORD), [float(hash(WORD))], "")]


def test_dumps_are_made_under_one_seed_for_hashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What newspaper4k takes of a page depends on the order of a set."""
    (tmp_path / "page.json").touch()
    monkeypatch.setattr(gold, "_dumps", hash_of_a_word)
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    (dump,) = gold.load([tmp_path])
    told = [sys.executable, "-c", f"print(float(hash({WORD!r})))"]
    expected = subprocess.run(told, env={**os.environ, "PYTHONHASHSEED": "0"}, capture_output=True, check=True)
    assert dump.labels == [float(expected.stdout)]
    assert os.environ["PYTHONHASHSEED"] == "7"
