"""The one import direction of the package, and what a start must not load."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "cleaner"

CORE = (
    "errors",
    "whole_files",
    "userfolders",
    "kept",
    "resources",
    "markdown",
    "span",
    "lines",
    "page_tree",
    "document",
    "body",
    "account",
)
STAGES = ("reading", "sources", "heuristics")
ENTRANCE = ("beside", "passage", "passes", "cleaner", "__init__")
USERS = ("records", "workbench", "integrations", "show")
COMMANDS = ("grouped", "options", "cli", "rules_cli", "__main__")

BELOW: dict[str, tuple[str, ...]] = {
    **{name: CORE[: CORE.index(name)] for name in CORE},
    **dict.fromkeys(STAGES, CORE),
    "training": (*CORE, "reading", "heuristics"),
    "beside": (*CORE, "reading"),
    "passage": (*CORE, *STAGES, "beside"),
    "passes": (*CORE, *STAGES, "passage"),
    "cleaner": (*CORE, *STAGES, "passage", "passes"),
    "__init__": (*CORE, "sources", "cleaner"),
    **{name: (*CORE, *STAGES, *ENTRANCE, *USERS[: USERS.index(name)]) for name in USERS},
    **{name: (*CORE, *STAGES, *ENTRANCE, *USERS, *COMMANDS[: COMMANDS.index(name)]) for name in COMMANDS},
}
"""What each part of the package may import: what stands above it in the folder listing of the design."""

HEURISTICS = (
    "derived",
    "pattern",
    "trained",
    "batches",
    "prompts",
    "features",
    "named",
    "running",
    "model",
    "kind",
    "markup",
    "verdict",
    "forms",
    "account",
    "judge",
    "training",
    "train",
)
"""The parts of the heuristics; each may import those above it."""

HEAVY = {
    "bs4",
    "charset_normalizer",
    "concurrent.futures",
    "difflib",
    "jsonschema",
    "lxml",
    "markdownify",
    "numpy",
    "polars",
    "pyarrow",
    "rich",
    "trafilatura",
    "typer",
}
"""Modules that take longer to import than cleaning a small text does."""

NEEDED = frozenset({"numpy"})
"""Those of them that a `Cleaner` cannot do without."""

FOR_OTHERS = {
    "cleaner.beside",
    "cleaner.heuristics.named.element_names",
    "cleaner.reading.metadata",
    "cleaner.show.terminal",
    "cleaner.sources.inherit",
    "cleaner.sources.mistakes",
    "html.entities",
    "multiprocessing",
    "rich",
    "typer",
}
"""What the body of a text without a source does without."""

FRAMEWORKS = {
    "typer": set(COMMANDS),
    "click": set(COMMANDS),
    "scrapy": {"integrations"},
    "datatrove": {"integrations"},
    "ray": {"records"},
}
"""Where a framework may be imported, at any depth of the code."""

TRAINING = {"catboost", "html_text", "inscriptis", "jax", "newspaper", "resiliparse", "scipy", "sklearn"}
"""What the extra `train` installs."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part_of(module: Path) -> str:
    """The part of the package that a module belongs to: its folder, or its own name. Training is a part of its own."""
    if module.stem == "train" or module.parent.name == "training":
        return "training"
    first = module.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(module: Path) -> Iterator[tuple[str, bool]]:
    """Each name that the module imports, and whether its import runs as soon as the module is imported."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    } | {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) not in inside
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.name} imports by a relative name"
            for alias in node.names:
                yield f"{node.module}.{alias.name}", id(node) not in inside


def imported_part(name: str) -> str | None:
    """The part of this package that an imported name lies in, or None for other packages."""
    first, _, rest = name.partition(".")
    if first != "cleaner":
        return None
    second = rest.partition(".")[0]
    return second if (PACKAGE / second).is_dir() or (PACKAGE / f"{second}.py").is_file() else "__init__"


@pytest.mark.parametrize("module", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_run_one_way(module: Path) -> None:
    here = part_of(module)
    assert here in BELOW, f"{here} has no place in the order of the layers"
    for name, _ in imports(module):
        there = imported_part(name)
        assert there is None or there == here or there in BELOW[here], f"{here} must not import {name}"


@pytest.mark.parametrize(
    "module",
    sorted((PACKAGE / "heuristics").rglob("*.py")),
    ids=lambda path: path.relative_to(PACKAGE / "heuristics").as_posix(),
)
def test_imports_of_the_heuristics_run_one_way(module: Path) -> None:
    here, _, _ = module.relative_to(PACKAGE / "heuristics").as_posix().removesuffix(".py").partition("/")
    if here == "__init__":
        assert list(imports(module)) == []
        return
    below = HEURISTICS[: HEURISTICS.index(here) + 1]
    for name, _ in imports(module):
        if name.startswith("cleaner.heuristics."):
            assert name.split(".")[2] in below, f"{here} must not import {name}"


def test_the_order_has_no_way_back() -> None:
    for name, below in BELOW.items():
        assert all(name not in BELOW[other] for other in below), name


def test_frameworks_stay_in_their_places() -> None:
    strays = [
        f"{module.relative_to(PACKAGE)}: {name}"
        for module in modules()
        for name, _ in imports(module)
        if part_of(module) not in FRAMEWORKS.get(name.partition(".")[0], {part_of(module)})
    ]
    assert strays == []


def is_training(name: str) -> bool:
    return name.startswith(("cleaner.heuristics.training", "cleaner.heuristics.train."))


def test_cleaning_knows_nothing_of_training() -> None:
    strays = [
        f"{module.relative_to(PACKAGE)}: {name}"
        for module in modules()
        if module.stem != "train" and module.parent.name != "training"
        for name, _ in imports(module)
        if is_training(f"{name}.")
    ]
    assert strays == []


def test_what_training_needs_is_imported_there_alone_and_late() -> None:
    found = {
        (name.partition(".")[0], module.parent.name, at_once)
        for module in modules()
        for name, at_once in imports(module)
        if name.partition(".")[0] in TRAINING
    }
    assert found == {(name, "training", False) for name in TRAINING}


def test_heavy_modules_wait_until_they_are_needed() -> None:
    eager = [
        f"{module.relative_to(PACKAGE)}: {name}"
        for module in modules()
        if part_of(module) in {*CORE, *ENTRANCE, "reading", "sources", "show"}
        for name, at_once in imports(module)
        if at_once and any(name == heavy or name.startswith(f"{heavy}.") for heavy in HEAVY)
    ]
    assert eager == []


def loaded_by(program: str) -> set[str]:
    listing = f"import sys\nbefore = set(sys.modules)\n{program}\nprint(*sorted(set(sys.modules) - before))"
    run = subprocess.run(
        [sys.executable, "-c", listing], capture_output=True, check=True, cwd=PACKAGE.parent, text=True
    )
    return set(run.stdout.splitlines()[-1].split())


def test_importing_the_package_loads_next_to_nothing() -> None:
    loaded = loaded_by("import cleaner")
    assert {name for name in loaded if name.startswith("cleaner")} == {"cleaner"}
    assert loaded & HEAVY == set()


def test_importing_a_cleaner_loads_nothing_heavy_but_what_it_needs() -> None:
    loaded = loaded_by("from cleaner import Cleaner")
    assert "cleaner.cleaner" in loaded
    assert loaded & HEAVY == NEEDED


def test_the_public_names_are_there() -> None:
    import cleaner

    assert [name for name in cleaner.__all__ if getattr(cleaner, name, None) is None] == []
    assert set(cleaner.__all__) <= set(dir(cleaner))
    with pytest.raises(AttributeError, match="no attribute 'cleanse'"):
        _ = cleaner.cleanse


def test_cleaning_a_text_loads_no_parser() -> None:
    loaded = loaded_by("import cleaner; cleaner.clean(b'A storm came over the hill.')")
    assert loaded & {"lxml", "bs4", "trafilatura", "charset_normalizer", "cleaner.reading.html"} == set()


@pytest.mark.parametrize("output", [(), ("-o", "body.txt")])
def test_the_command_loads_no_records_for_a_text(tmp_path: Path, output: tuple[str, ...]) -> None:
    (tmp_path / "dump.txt").write_text("A storm came over the hill.", encoding="utf-8")
    arguments = [str(tmp_path / "dump.txt"), *(str(tmp_path / name) if "." in name else name for name in output)]
    call = f"import sys; sys.argv[1:] = {arguments!r}; from cleaner.__main__ import main"
    loaded = loaded_by(f"{call}\ntry:\n    main()\nexcept SystemExit:\n    print()")
    assert {name for name in loaded if name.startswith("cleaner.records")} == {
        "cleaner.records",
        "cleaner.records.names",
    }
    assert loaded & FOR_OTHERS == set()
    assert (tmp_path / "body.txt").exists() == bool(output)


def test_cleaning_a_page_does() -> None:
    """The test above would pass if nothing were ever loaded under these names."""
    page = "<html><body><p>A storm came over the hill.</p></body></html>"
    assert {"lxml", "cleaner.reading.html"} <= loaded_by(f"import cleaner; cleaner.clean({page!r})")
