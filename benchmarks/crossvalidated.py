"""Word F1 on gold pages, each cleaned by the model that has not seen its site.

    python -m cleaner.heuristics.train GOLD… --out MODEL --cross-validate FOLDS
    python benchmarks/crossvalidated.py FOLDS GOLD…

Each page goes through the whole cleaner without rules: as HTML, flattened in four ways, and half-cleaned by two
extractors. A line gives the mean precision, recall and F1 of words, the share of pages over 0.99, and for the
half-cleaned dumps the F1 of the dump itself. Then the dump of html_text is set beside its page as HTML: on how many
pages the F1 differs by no more than 0.02, on how many the dump is worse or better by more, and on how many the two
bodies are the same but for an F1 of 0.98 between them. The last lines give the calibration: the expected calibration
error over blocks of text, and a table of predicted and observed shares. Needs the extra `train`.

With `--forms`, the dump of html_text is scored wrapped, on one line and as Markdown instead, beside that of soup, which
has each piece of text on a line, as WET records do.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
from collections import Counter, defaultdict
from pathlib import Path
from textwrap import fill
from typing import NamedTuple

import numpy as np
from bs4 import BeautifulSoup
from markdownify import markdownify

from cleaner import Cleaner
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.model import model
from cleaner.heuristics.training.align import WORD
from cleaner.heuristics.training.gold import EXTRACTORS, FLATTENERS, FOLDS, Dump, load, read_gold

Score = tuple[float, float, float]

NEAR = 0.02
"""Difference of F1 up to which a dump comes out as its page does."""
WIDTH = 72
TARGET = re.compile(r'!\[[^\[\]]*\]\([^()\s]*\)|\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"\n]*")?\)|\\(?=[_*])')


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folds", type=Path)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--every", type=int, default=1, help="score each N-th page only")
    parser.add_argument("--favor", default="balanced")
    parser.add_argument("--fast", action="store_true", help="ask no extractor about HTML")
    parser.add_argument("--forms", action="store_true", help="score a dump in the forms in which texts come instead")
    options = parser.parse_args()
    dumps = [dump for dump in load(options.gold) if dump.variant != "gold"]
    bodies = bodies_of(options.gold)
    cases = [Case(dump.folder, dump.name, dump.variant, dump.fold, dump.document.text) for dump in dumps]
    cases += [page_case(path) for folder in options.gold for path in sorted(Path(folder).glob("*.json"))]
    if options.forms:
        cases = [case for case in cases if case.variant in ("html_text", "soup")]
        pages = {(path.parent.name, path.stem): path for folder in options.gold for path in Path(folder).glob("*.json")}
        plain = [case for case in cases if case.variant == "html_text"]
        cases += [each for case in plain for each in forms_of(case, pages[case.folder, case.name])]
    names = set(sorted({case.name for case in cases})[:: options.every])
    scores: dict[tuple[str, str], list[Score]] = defaultdict(list)
    alone: dict[tuple[str, str], list[float]] = defaultdict(list)
    came: dict[tuple[str, str], dict[str, tuple[float, str]]] = defaultdict(dict)
    for fold in range(FOLDS):
        folder = options.folds / str(fold)
        cleaner = Cleaner(rules=(), favor=options.favor, weights=folder, fast=options.fast)
        part = [case for case in cases if case.fold == fold and case.name in names]
        for case, body in zip(part, cleaner.clean_many([case.raw for case in part]), strict=True):
            gold = bodies[case.folder, case.name]
            shown = bare if case.variant == "markdown" else str
            scores[case.folder, case.variant].append(word_score(shown(body), gold))
            came[case.folder, case.name][case.variant] = (scores[case.folder, case.variant][-1][2], body)
            if options.forms or case.variant in EXTRACTORS:
                alone[case.folder, case.variant].append(word_score(shown(case.raw), gold)[2])
    report(scores, alone)
    if not options.forms:
        page_and_text(came)
    calibration(options.folds, [dump for dump in dumps if dump.variant in FLATTENERS and dump.name in names])


class Case(NamedTuple):
    """An input made from a gold page."""

    folder: str
    name: str
    variant: str
    fold: int
    raw: str


def page_case(path: Path) -> Case:
    """A gold page as HTML."""
    page = read_gold(path)
    return Case(path.parent.name, path.stem, "html", page.fold, page.markup)


def forms_of(case: Case, path: Path) -> list[Case]:
    """A dump wrapped, with and without its blank lines; without them; on one line; and its page as Markdown."""
    lines = case.raw.split("\n")
    written = [fill(line, WIDTH) for line in lines if line.strip()]
    forms = {
        "wrapped": "\n".join(fill(line, WIDTH) for line in lines),
        "wrapped-tight": "\n".join(written),
        "no-blanks": "\n".join(line for line in lines if line.strip()),
        "one-line": " ".join(case.raw.split()),
        "markdown": as_markdown(read_gold(path).markup),
    }
    return [case._replace(variant=name, raw=raw) for name, raw in forms.items()]


def as_markdown(markup: str) -> str:
    """A whole page as Markdown."""
    soup = BeautifulSoup(markup, "lxml")
    for tag in soup(["script", "style", "noscript", "template"]):
        tag.decompose()
    return str(markdownify(str(soup), heading_style="ATX"))


def bare(text: str) -> str:
    """Markdown without the targets of its links, which are no words of an article."""
    return TARGET.sub("", text)


def bodies_of(folders: list[str]) -> dict[tuple[str, str], str | list[str]]:
    """The gold bodies as the files have them."""
    paths = [path for folder in folders for path in Path(folder).glob("*.json")]
    return {(p.parent.name, p.stem): json.loads(p.read_text(encoding="utf-8"))["body"] for p in paths}


def word_score(text: str, gold: str | list[str]) -> Score:
    """Precision, recall and F1 of the bag of words; a bracketed paragraph of the gold counts if most of it is there."""
    have = Counter(WORD.findall(text.lower()))
    want = Counter(WORD.findall(wanted(have, gold).lower()))
    if not want or not have:
        return (1.0, 1.0, 1.0) if not want and not have else (0.0, 0.0, 0.0)
    common = sum((have & want).values())
    precision, recall = common / sum(have.values()), common / sum(want.values())
    return precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0


def wanted(have: Counter[str], gold: str | list[str]) -> str:
    """The gold as one text."""
    if isinstance(gold, str):
        return gold
    parts = []
    for part in gold:
        if part[:1] == "[" and part[-1:] == "]":
            words = Counter(WORD.findall(part.lower()))
            if sum((words & have).values()) < 0.9 * max(sum(words.values()), 1):
                continue
            part = part[1:-1]  # noqa: PLW2901
        parts.append(part)
    return "\n\n".join(parts)


def report(scores: dict[tuple[str, str], list[Score]], alone: dict[tuple[str, str], list[float]]) -> None:
    """A line per folder and kind of dump, then the means over the four flattenings."""
    means: dict[str, list[float]] = defaultdict(list)
    for (folder, variant), rows in sorted(scores.items()):
        precision, recall, f1 = (statistics.mean(column) for column in zip(*rows, strict=True))
        perfect = sum(row[2] > 0.99 for row in rows) / len(rows)
        line = f"{folder:16s} {variant:12s} {len(rows):4d} pages  P {precision:.4f} R {recall:.4f} F1 {f1:.4f}"
        dump = f"  dump itself {statistics.mean(alone[folder, variant]):.4f}" if alone[folder, variant] else ""
        print(f"{line} perfect {perfect:.2f}{dump}")
        if variant in FLATTENERS:
            means[folder].append(f1)
    for folder, values in sorted(means.items()):
        print(f"{folder:16s} mean of {len(values)} flattenings  F1 {statistics.mean(values):.4f}")


def page_and_text(came: dict[tuple[str, str], dict[str, tuple[float, str]]]) -> None:
    """A line per folder on how far the dump of a page, cleaned as text, comes out as the page does."""
    pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for (folder, _), bodies in came.items():
        if {"html", "html_text"} <= bodies.keys():
            (of_page, page), (of_text, text) = bodies["html"], bodies["html_text"]
            pairs[folder].append((of_text - of_page, word_score(text, page)[2]))
    for folder, rows in sorted(pairs.items()):
        near = sum(abs(gap) <= NEAR for gap, _ in rows) / len(rows)
        same = sum(alike >= 1 - NEAR for _, alike in rows) / len(rows)
        worse, better = (sum(sign * gap > NEAR for gap, _ in rows) for sign in (-1, 1))
        told = f"within {NEAR}: {near:.2f}, worse {worse}, better {better}; bodies alike: {same:.2f}"
        print(f"{folder:16s} html_text beside html, {len(rows)} pages  F1 {told}")


def calibration(folds: Path, dumps: list[Dump]) -> None:
    """How far the probabilities are from what is observed, over all blocks."""
    likely, labels = [], []
    for fold in range(FOLDS):
        trained = model.load(folds / str(fold))
        for start in range(0, len(part := [dump for dump in dumps if dump.fold == fold]), 50):
            some = part[start : start + 50]
            verdict = model.judge_blocks(trained, Batch([dump.document for dump in some]))
            likely.append(model.judge_text(trained, verdict).likely)
            labels.append(np.concatenate([dump.labels for dump in some]))
    predicted, observed = np.concatenate(likely), np.concatenate(labels)
    bins = np.minimum((predicted * 10).astype(int), 9)
    error = 0.0
    for number in range(10):
        inside = bins == number
        if inside.any():
            gap = abs(float(predicted[inside].mean()) - float(observed[inside].mean()))
            error += gap * inside.mean()
            shares = f"predicted {predicted[inside].mean():.3f} observed {observed[inside].mean():.3f}"
            print(f"  {number / 10:.1f}-{number / 10 + 0.1:.1f}: {shares} ({inside.sum()} blocks)")
    print(f"expected calibration error {error:.4f} over {len(predicted)} blocks")


if __name__ == "__main__":
    main()
