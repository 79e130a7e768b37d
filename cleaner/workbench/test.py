"""Run what rule files promise: each rule's hits and spares, then the fixtures.

A fixture is `FIXTURES/SOURCE/CASE.txt` (or `.html`) beside `CASE.expected.txt`. It is cleaned as a text of that source
or family, rules and heuristics together, and must come out as expected, trailing blanks and runs of blank lines aside.
A case in the folder `negative` has no source and no expected text: it must come out unchanged.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec

from cleaner.cleaner import Cleaner
from cleaner.document import Cleaned
from cleaner.errors import CleanError
from cleaner.sources.examples import check_examples
from cleaner.sources.folders import DEFAULT, FAMILIES, Folder, shipped
from cleaner.sources.rulefile import Placed
from cleaner.workbench.places import Place, places

CaseKind = Literal["hit", "spare", "fixture"]

NEGATIVE = "negative"
EXPECTED = ".expected.txt"

DETAIL_LINES = 60
"""Lines of difference that a failed fixture shows."""

CONTEXT = 1
"""Lines that stand around each difference."""


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

    A rule file stands for its own rules and fixtures. `fixtures` are folders of fixtures, run whole. When empty, a
    folder `fixtures` inside each rule folder is taken, or else one beside it, and of that the fixtures of the folder's
    own sources and families. Raises `RuleError` for a rule file that is wrong, `OptionError` for a missing folder.
    """
    results: list[CaseResult] = []
    cases: list[Path] = [case for place in fixtures for case in _cases(Path(place))]
    asked = places(folders)
    for place in asked:
        folder = Folder(place.home)
        folder.check()
        for name, error in folder.problems.items():
            if not place.only or name in place.only:
                raise error
        for loaded in place.files(folder):
            results.extend(result for placed in loaded.rules for result in _examples(placed))
        if not fixtures:
            cases.extend(_own_cases(place, folder))
    everything = [DEFAULT, *(place.home for place in asked if place.home != DEFAULT)]
    cleaner = Cleaner(everything)
    return [*results, *(_fixture(cleaner, case) for case in cases)]


def _examples(placed: Placed) -> Iterator[CaseResult]:
    rule = placed.rule
    passed = not check_examples(placed)
    for kind, text in (*(("hit", text) for text in rule.hits), *(("spare", text) for text in rule.spares)):
        alone = {"hits": (text,) if kind == "hit" else (), "spares": (text,) if kind == "spare" else ()}
        problems = [] if passed else check_examples(placed._replace(rule=msgspec.structs.replace(rule, **alone)))
        detail = "".join(f"{problem.problem}; {problem.remedy}" for problem in problems)
        yield CaseResult(placed.where, "hit" if kind == "hit" else "spare", placed.name, text, not problems, detail)


def _own_cases(place: Place, folder: Folder) -> Iterator[Path]:
    """The fixtures inside a rule folder, or those beside it that belong to its files; of single files, theirs."""
    home = Path(str(shipped())) if place.home == DEFAULT else Path(place.home).absolute()
    inside, beside = home / "fixtures", home.parent / "fixtures"
    owned = {name.removeprefix(f"{FAMILIES}/") for name in place.only or folder.names()}
    if place.home == DEFAULT:
        owned.add(NEGATIVE)
    cases = _cases(inside) if inside.is_dir() else _cases(beside)
    everything = inside.is_dir() and not place.only
    yield from (case for case in cases if everything or case.parent.name in owned)


def _cases(folder: Path) -> list[Path]:
    found = [path for ending in ("txt", "html") for path in folder.glob(f"*/*.{ending}")]
    return sorted(path for path in found if not path.name.endswith(EXPECTED))


def _fixture(cleaner: Cleaner, case: Path) -> CaseResult:
    source = case.parent.name
    name = f"{source}/{case.stem}"
    try:
        if source == NEGATIVE:
            cleaned = cleaner.explain(case.read_bytes())
            expected = cleaned.original
        else:
            expected = case.with_name(case.stem + EXPECTED).read_text("utf-8")
            cleaned = cleaner.explain(case.read_bytes(), source=source)
    except FileNotFoundError as error:
        remedy = "write what should come out, as a person reads it"
        return CaseResult(str(case), "fixture", name, "", False, f"there is no {error.filename}; {remedy}")
    except (CleanError, OSError) as error:
        return CaseResult(str(case), "fixture", name, "", False, str(error))
    detail = _difference(_normal(expected), _normal(cleaned.text), _droppers(cleaned))
    return CaseResult(str(case), "fixture", name, "", not detail, detail)


def _droppers(cleaned: Cleaned) -> dict[str, str]:
    """Who dropped each dropped line."""
    droppers: dict[str, str] = {}
    for decision in cleaned.dropped:
        for line in cleaned.original[decision.start : decision.end].splitlines():
            droppers.setdefault(line.strip(), decision.by)
    return droppers


def _normal(text: str) -> list[str]:
    """The lines without trailing blanks, runs of blank lines as one, none at the edges."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return [line for index, line in enumerate(lines) if line or lines[index - 1]]


def _difference(expected: list[str], came: list[str], droppers: dict[str, str]) -> str:
    """A diff: `-` is missing, and who dropped it; `+` should have gone."""
    lines = list(difflib.unified_diff(expected, came, "expected", "came out", lineterm="", n=CONTEXT))
    shown = [_blamed(line, droppers) for line in lines[:DETAIL_LINES]]
    more = len(lines) - len(shown)
    return "\n".join([*shown, f"… {more} lines more"] if more else shown)


def _blamed(line: str, droppers: dict[str, str]) -> str:
    by = droppers.get(line[1:].strip()) if line.startswith("-") and not line.startswith("---") else None
    return f"{line}  [dropped by {by}]" if by else line
