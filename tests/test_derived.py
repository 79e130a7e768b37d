"""What is kept ready of the package's files: it is what would be made, or it is made anew."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from threading import Barrier
from typing import Any, NoReturn

import numpy as np
import pytest

from cleaner import Cleaner
from cleaner.heuristics import derived as module
from cleaner.heuristics.derived import derived
from cleaner.heuristics.kind import kind, obstacles
from cleaner.heuristics.markup import pages
from cleaner.heuristics.model import model
from cleaner.heuristics.prompts import evidence
from cleaner.heuristics.prompts.phrases import Phrases

STATE = b"any-state"
PARTS: dict[str, Callable[[], Any]] = {
    "lexicon": evidence._read_lexicon,
    "text": model._read,
    "kinds": kind._read,
    "notices": obstacles._read,
    "pages": pages._read,
}
WORDS = "read more\nsign up\n"
DUMP = """Home
News
Sign up for our newsletter

The ferry left at noon, and nobody waved from the long pier, where the ice had come early that year.

The harbour master counted four boats and wrote the number into the book that his father had begun.

Read more
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(module, "_state", lambda: STATE)
    return tmp_path / "clean"


def fail() -> NoReturn:
    raise AssertionError("made though it was kept")


def kept(cache: Path) -> list[Path]:
    return list(cache.iterdir())


def phrases() -> Phrases:
    return Phrases(WORDS)


def known(made: Phrases) -> list[int]:
    return made._known.tolist()


@pytest.mark.parametrize("part", PARTS)
def test_what_was_kept_is_what_was_made(part: str, cache: Path) -> None:
    made = derived(part, PARTS[part])
    again = derived(part, fail)
    assert pickle.dumps(pickle.loads(pickle.dumps(again))) == pickle.dumps(pickle.loads(pickle.dumps(made)))
    assert [file.name.partition("-")[0] for file in kept(cache)] == [part]


def test_arrays_are_aligned(cache: Path) -> None:
    arrays = [np.arange(size, dtype=kind) for size, kind in ((3, np.uint8), (5, np.float32), (7, np.int64))]
    derived("arrays", lambda: arrays)
    again: list[Any] = derived("arrays", fail)
    assert all(array.flags.aligned for array in again)
    assert [array.tolist() for array in again] == [array.tolist() for array in arrays]


def test_a_body_is_the_same_with_anything_kept_or_nothing(cache: Path) -> None:
    makers = (evidence._lexicon, model.shipped, kind.shipped_kind, obstacles._phrases, pages.shipped)
    results = []
    for _ in range(3):
        for shipped in makers:
            shipped.cache_clear()  # type: ignore[attr-defined]
        results.append(Cleaner(rules=()).explain(DUMP).to_dict())
    assert "The ferry left" in results[0]["text"]
    assert results[0] == results[1] == results[2]
    assert {"lexicon", "text"} <= {file.name.partition("-")[0] for file in kept(cache)}


@pytest.mark.parametrize("place", [0, 3, 12, 25, 200, -1])
def test_a_damaged_file_is_made_anew(place: int, cache: Path) -> None:
    derived("phrases", phrases)
    (file,) = kept(cache)
    whole = file.read_bytes()
    damaged = bytearray(whole)
    damaged[place] ^= 1
    file.write_bytes(damaged)
    with pytest.raises(AssertionError):
        derived("phrases", fail)
    assert known(derived("phrases", phrases)) == known(phrases())
    assert file.read_bytes() == whole


@pytest.mark.parametrize("size", [0, 5, len(STATE) + 10, 100, 5_000])
def test_a_file_that_ends_early_is_made_anew(size: int, cache: Path) -> None:
    derived("phrases", phrases)
    (file,) = kept(cache)
    file.write_bytes(file.read_bytes()[:size])
    assert known(derived("phrases", phrases)) == known(phrases())
    assert known(derived("phrases", fail)) == known(phrases())


def test_another_state_is_made_anew(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    derived("phrases", phrases)
    monkeypatch.setattr(module, "_state", lambda: b"new-state")
    assert known(derived("phrases", lambda: Phrases("other\n"))) == known(Phrases("other\n"))
    assert known(derived("phrases", fail)) == known(Phrases("other\n"))
    assert len(kept(cache)) == 1


def test_nothing_is_kept_where_the_state_cannot_be_told(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_state", lambda: None)
    assert known(derived("phrases", phrases)) == known(phrases())
    assert not cache.exists()


def test_a_folder_that_cannot_be_written_changes_nothing(cache: Path) -> None:
    cache.write_text("a file", "utf-8")
    assert [known(derived("phrases", phrases)) for _ in range(2)] == [known(phrases())] * 2


@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_a_file_that_others_can_write_is_not_believed(mode: int, cache: Path) -> None:
    derived("phrases", phrases)
    (file,) = kept(cache)
    file.chmod(mode)
    with pytest.raises(AssertionError):
        derived("phrases", fail)


class Harm:
    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        return os.system, ("echo harm >&2",)


class Stranger:
    pass


@pytest.mark.parametrize("made", [Harm(), Stranger(), Path("a")])
def test_what_names_anything_else_is_not_read(made: object) -> None:
    data = module._packed(made, STATE)
    with pytest.raises(pickle.UnpicklingError, match="is no part of a model"):
        module._unpacked(data, STATE)


@pytest.mark.parametrize("name", ["os", "derived", "BytesIO"])
def test_names_within_our_modules_lead_nowhere_else(name: str) -> None:
    with pytest.raises(pickle.UnpicklingError, match="is no part of a model"):
        module._Unpickler(BytesIO()).find_class("cleaner.heuristics.derived", name)


def test_many_writers_at_once_leave_one_whole_file(cache: Path) -> None:
    together = Barrier(8)

    def make() -> Phrases:
        together.wait(timeout=60)
        return phrases()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: known(derived("phrases", make)), range(8)))
    assert found == [known(phrases())] * 8
    assert len(kept(cache)) == 1
    assert known(derived("phrases", fail)) == known(phrases())


def test_files_of_packages_that_are_gone_go(cache: Path) -> None:
    derived("phrases", phrases)
    (old,) = kept(cache)
    other, rules = cache / f"text-00000000-cpython-311{module.ENDING}", cache / "rules-00000000.json"
    for file in (other, rules):
        file.write_bytes(b"")
        os.utime(file, (0, time.time() - module.FORGOTTEN - 60))
    derived("words", phrases)
    assert old in kept(cache)
    assert rules in kept(cache)
    assert other not in kept(cache)


# The state


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "phrases.txt"
    file.write_text("read more\n", "utf-8")
    os.utime(file, (0, 1_000_000_000))
    monkeypatch.setattr(module, "SOURCES", tmp_path)
    return file


def state() -> bytes | None:
    return module._state.__wrapped__()


def test_a_changed_a_new_and_a_removed_file_make_another_state(source: Path) -> None:
    states = [state(), state()]
    os.utime(source, (0, 1_000_000_001))
    states.append(state())
    source.write_text("read more now\n", "utf-8")
    os.utime(source, (0, 1_000_000_001))
    states.append(state())
    added = source.with_name("trees.json")
    added.write_text("{}", "utf-8")
    os.utime(added, (0, 1_000_000_001))
    states.append(state())
    source.unlink()
    states.append(state())
    assert None not in states
    assert states[0] == states[1]
    assert len(set(states)) == 5


def test_other_files_make_no_other_state(source: Path) -> None:
    before = state()
    (source.parent / "__pycache__").mkdir()
    source.with_name(".phrases.txt.swp").write_text("", "utf-8")
    assert state() == before


def test_a_file_that_changed_since_the_start_has_no_state(source: Path) -> None:
    source.write_text("read on\n", "utf-8")
    assert state() is None


def test_a_package_without_a_folder_has_no_state(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SOURCES", source.parent / "cleaner.zip/cleaner/heuristics")
    assert state() is None


def test_the_shipped_files_have_a_state() -> None:
    files = [
        file
        for file in module.SOURCES.rglob("*")
        if file.suffix in module.SUFFIXES and not module.NONE_OF_THEM & set(file.parts)
    ]
    assert len(files) == len(list(module._stamps(module.SOURCES)))
    assert {"weights.json", "vocabulary.tsv", "columns.py", "more.txt"} <= {file.name for file in files}
    if max(file.stat().st_mtime_ns for file in files) < module.LOADED:
        assert state() is not None
