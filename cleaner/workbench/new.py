"""Scaffold the rule file of a source from its pages: what recurs on them and is no body, as rules that pass lint.

No line of an article is quoted: a rule holds lines that stand on two pages or more, names of people are replaced by an
invented one, and the fixture is prose of our own around these lines.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.errors import OptionError
from cleaner.sources.hosts import ascii_host
from cleaner.whole_files import whole_file
from cleaner.workbench.drafting import BODY, doubtful, drafted, fixture_text, head_text, html_text, questions_text
from cleaner.workbench.elements import candidates
from cleaner.workbench.lint import lint
from cleaner.workbench.recurring import recurring
from cleaner.workbench.samples import read_samples
from cleaner.workbench.test import run_tests


class Draft(NamedTuple):
    """A rule file, its first fixture and what should come of that; `notes` tell what was left aside."""

    source: str
    rules: str
    fixture: str
    expected: str
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values, keys in a stable order."""
        return {"source": self.source, "rules": self.rules, "notes": list(self.notes)}


def draft(source: str, files: Sequence[str | Path]) -> Draft:
    """A draft for a source. Raises `OptionError` for a wrong name and for too few pages, `InputError` for a wrong page.

    What it holds passes lint and tests; a rule that would not is left out, and named in `notes`.
    """
    source = source.removeprefix("www.")
    if ascii_host(source) != source or "." not in source or "/" in source:
        raise OptionError(f"{source!r} is no domain; name the source for its own, such as example.org")
    samples = read_samples(files)
    found = recurring(samples.pages)
    rules = list(drafted(found, samples.pages))
    head, html = head_text(source, found, samples), html_text(candidates(samples.pages))
    notes = [f"{name} repeats another page's article and was left aside" for name in samples.repeats]
    if not rules and doubtful(found, samples.pages):
        notes.append("the heuristics keep what recurs on these pages; the file lists it at its end, for you to decide")
    while True:
        parts = [head, *(rule.text for rule in rules), html + questions_text(found, samples.pages)]
        made = Draft(source, "\n".join(filter(None, parts)), fixture_text(rules), BODY, tuple(notes))
        wrong = _wrong(made)
        if not wrong:
            return made
        notes += [f"{name} was left out: {problem}" for name, problem in wrong.items()]
        kept = [rule for rule in rules if rule.id not in wrong]
        if len(kept) == len(rules) and not html:
            if not rules:
                raise OptionError(f"{source}: no draft came of these pages ({next(iter(wrong.values()))})")
            kept = []
        html = html if len(kept) < len(rules) else ""
        rules = kept


def write(made: Draft, folder: str | Path) -> list[Path]:
    """Write a draft into a folder of rules; the files written. Raises `OptionError` rather than replace one."""
    home = Path(folder)
    fixtures = home / "fixtures" / made.source
    texts = {
        home / f"{made.source}.toml": made.rules,
        fixtures / "draft.txt": made.fixture,
        fixtures / "draft.expected.txt": made.expected,
    }
    for path in texts:
        if path.exists():
            raise OptionError(f"{path} is there already; move it, or choose another folder with --to")
    for path, text in texts.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(path) as stream:
                stream.write(text.encode())
        except OSError as error:
            raise OptionError(f"{path}: cannot be written ({error.strerror}); choose another --to") from None
    return list(texts)


def _wrong(made: Draft) -> dict[str, str]:
    """What lint and the tests say of a draft, by rule; a fixture's fault stands under its name."""
    with tempfile.TemporaryDirectory() as folder:
        write(made, folder)
        wrong = {finding.rule or finding.code: finding.problem for finding in lint([folder])}
        if wrong:
            return wrong
        return {case.name.rpartition("/")[2]: case.detail for case in run_tests([folder]) if not case.passed}
