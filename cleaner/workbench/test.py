"""Run what rule files promise: each rule's hits and spares, then the fixtures.

A fixture is `FIXTURES/SOURCE/CASE.txt` (or `.html`) beside `CASE.expected.txt`. It is cleaned as a text of that source
or family, rules and heuristics together, and must come out as expected, trailing blanks and runs of blank lines aside.
A case in the folder `negative` has no source and no expected text: it must come out unchanged.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import msgspec

from cleaner.cleaner import Cleaner
from cleaner.errors import CleanError
from cleaner.sources.examples import check_examples
from cleaner.sources.folders import DEFAULT, FAMILIES, Folder, shipped
from cleaner.sources.locate import Collection
from cleaner.sources.rulefile import Placed

CaseKind = Literal["hit", "spare", "fixture"]

NEGATIVE = "negative"
EXPECTED = ".expected.txt"

DETAIL_LINES = 12
"""Lines of difference that a failed fixture shows."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case. `where` is "file:line" or the fixture's path, `name` the source and rule id or the fixture's name.

    `detail` is empty for a case that passed, else says what came out instead, in a few lines.
    """

    where: str
    kind: CaseKind
    name: str
    text: str
    passed: bool
    detail: str = ""

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values, keys in a stable order."""
        return {
            "where": self.where,
            "kind": self.kind,
            "name": self.name,
            "text": self.text,
            "passed": self.passed,
            "detail": self.detail,
        }


def run_tests(folders: Sequence[str | Path], fixtures: Sequence[str | Path] = ()) -> list[CaseResult]:
    """Results of all hits, spares and fixtures of some rule folders, in a stable order.

    `fixtures` are folders of fixtures, run whole. When empty, a folder `fixtures` inside each rule folder is taken, or
    else one beside it, and of that the fixtures of the folder's own sources and families. Raises `RuleError` for a rule
    file that is wrong, `OptionError` for a missing folder.
    """
    results: list[CaseResult] = []
    cases: list[Path] = [case for place in fixtures for case in _cases(Path(place))]
    for place in folders:
        folder = Folder(place)
        folder.check()
        for error in folder.problems.values():
            raise error
        for name in folder.names():
            loaded = folder.file(name)
            results.extend(result for placed in (loaded.rules if loaded else ()) for result in _examples(placed))
        if not fixtures:
            cases.extend(_own_cases(place, folder))
    everything = [DEFAULT, *(place for place in folders if place != DEFAULT)]
    cleaner, known = Cleaner(everything), Collection(everything).names()
    return [*results, *(_fixture(cleaner, case, known) for case in cases)]


def _examples(placed: Placed) -> Iterator[CaseResult]:
    rule = placed.rule
    passed = not check_examples(placed)
    for kind, text in (*(("hit", text) for text in rule.hits), *(("spare", text) for text in rule.spares)):
        alone = {"hits": (text,) if kind == "hit" else (), "spares": (text,) if kind == "spare" else ()}
        problems = [] if passed else check_examples(placed._replace(rule=msgspec.structs.replace(rule, **alone)))
        detail = "".join(f"{problem.problem}; {problem.remedy}" for problem in problems)
        yield CaseResult(placed.where, "hit" if kind == "hit" else "spare", placed.name, text, not problems, detail)


def _own_cases(place: str | Path, folder: Folder) -> Iterator[Path]:
    """The fixtures inside a rule folder, or those beside it that belong to its files."""
    home = Path(str(shipped())) if place == DEFAULT else Path(place).absolute()
    inside, beside = home / "fixtures", home.parent / "fixtures"
    if inside.is_dir():
        yield from _cases(inside)
        return
    owned = {name.removeprefix(f"{FAMILIES}/") for name in folder.names()}
    if place == DEFAULT:
        owned.add(NEGATIVE)
    yield from (case for case in _cases(beside) if case.parent.name in owned)


def _cases(folder: Path) -> list[Path]:
    found = [path for ending in ("txt", "html") for path in folder.glob(f"*/*.{ending}")]
    return sorted(path for path in found if not path.name.endswith(EXPECTED))


def _fixture(cleaner: Cleaner, case: Path, known: Sequence[str]) -> CaseResult:
    source = case.parent.name
    name = f"{source}/{case.stem}"
    try:
        if source == NEGATIVE:
            cleaned = cleaner.explain(case.read_bytes())
            expected, came = cleaned.original, cleaned.text
        else:
            expected = case.with_name(case.stem + EXPECTED).read_text("utf-8")
            family = f"{FAMILIES}/{source}"
            came = cleaner.clean(case.read_bytes(), source=family if family in known else source)
    except (CleanError, OSError) as error:
        return CaseResult(str(case), "fixture", name, "", False, str(error))
    detail = _difference(_normal(expected), _normal(came))
    return CaseResult(str(case), "fixture", name, "", not detail, detail)


def _normal(text: str) -> list[str]:
    """The lines without trailing blanks, runs of blank lines as one, none at the edges."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return [line for index, line in enumerate(lines) if line or lines[index - 1]]


def _difference(expected: list[str], came: list[str]) -> str:
    lines = list(islice(difflib.unified_diff(expected, came, "expected", "came out", lineterm="", n=0), 2, None))
    shown = lines[:DETAIL_LINES]
    more = len(lines) - len(shown)
    return "\n".join([*shown, f"… {more} lines more"] if more else shown)
