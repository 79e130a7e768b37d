"""What each rule does on a corpus, and whether it still does what it did: a redesign shows as a rule that stopped.

A page's source is told by its URL, by its folder's name, or by its fingerprint. A rule is *in force* on a page where
its source was located or its family joined. Its *rate* is the share of these pages on which it removed something.
Keep rules and split rules remove nothing, and are not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from math import sqrt
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from cleaner.cleaner import Cleaner
from cleaner.document import Cleaned, Document
from cleaner.errors import CleanError, InputError, OptionError
from cleaner.sources.inherit import Layout
from cleaner.sources.layouts import stated
from cleaner.sources.locate import Collection
from cleaner.sources.rule import DropRule
from cleaner.workbench.corpus import Page, corpus_files, pages

State = Literal["fires", "never-fires", "broke-down"]

FORMAT = 1
"""Version of the baseline's form."""

LOST = 0.5
"""Share of a rule's former rate below which it may have broken down."""

SURE = 3.0
"""Standard errors that lie between two rates which differ not by chance: one rule in a thousand does so anyway.
Five pages of each are enough for a rule that fired on all pages and now fires on none."""


class Counts(msgspec.Struct, frozen=True):
    """What a rule did. `characters` count line breaks too; `of` are the pages on which it was in force."""

    hits: int = 0
    characters: int = 0
    pages: int = 0
    of: int = 0

    @property
    def rate(self) -> float:
        """The share of its pages on which it removed something."""
        return self.pages / self.of if self.of else 0.0


class Baseline(msgspec.Struct, frozen=True):
    """Counts of an earlier corpus, by rule."""

    format: int
    pages: int
    rules: dict[str, Counts]


class RuleStats(NamedTuple):
    """One rule. `before` is what the baseline has of it."""

    rule: str
    counts: Counts
    before: Counts | None
    state: State

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values, keys in a stable order."""
        return {
            "rule": self.rule,
            **msgspec.structs.asdict(self.counts),
            "rate": round(self.counts.rate, 4),
            "rate_before": None if self.before is None else round(self.before.rate, 4),
            "state": self.state,
        }


class Stats(NamedTuple):
    """All rules that were in force on some page, by name, and what could not be read."""

    pages: int
    rules: tuple[RuleStats, ...]
    problems: tuple[str, ...]

    def baseline(self) -> Baseline:
        """What to compare a later corpus with."""
        return Baseline(FORMAT, self.pages, {each.rule: each.counts for each in self.rules})


def measure(
    given: Sequence[str | Path],
    rules: Sequence[str | Path],
    before: Baseline | None = None,
    track: Callable[[Sequence[Path]], Any] = nullcontext,
) -> Stats:
    """The statistics of a corpus under some folders of rules. Raises `OptionError` for what does not exist.

    `track` wraps the files while they are worked on: a progress bar, say.
    """
    tally = _Tally(rules)
    with track(corpus_files(given)) as files:
        for file in files:
            for page in pages(file):
                tally.add(page)
    return Stats(tally.pages, tuple(_compared(tally.counts(), before)), tuple(tally.problems))


class _Tally:
    """The sums over the pages seen so far."""

    def __init__(self, rules: Sequence[str | Path]) -> None:
        self._cleaner = Cleaner(rules)
        self._collection = Collection(rules)
        self._names = frozenset(self._collection.names())
        self.pages = 0
        self.problems: list[str] = [str(error) for error in self._cleaner.rule_problems]
        self._hits: Counter[str] = Counter()
        self._characters: Counter[str] = Counter()
        self._pages: Counter[str] = Counter()
        self._of: Counter[str] = Counter()

    def add(self, page: Page | InputError) -> None:
        """Count what the rules do on a page."""
        if isinstance(page, InputError):
            self.problems.append(str(page))
            return
        named = page.folder if page.url is None and page.folder in self._names else None
        try:
            cleaned = self._cleaner.explain(page.raw, page.url, source=named)
            force = self._in_force(cleaned, page.url, named)
        except CleanError as error:
            self.problems.append(f"{page.name}: {error}")
            return
        self.pages += 1
        by: Counter[str] = Counter()
        for decision in cleaned.dropped:
            name = decision.by if decision.by in force else _name(decision.by, decision.why)
            if name in force:
                by[name] += 1
                self._characters[name] += decision.end - decision.start
        self._hits.update(by)
        self._pages.update(by.keys())
        self._of.update(force)

    def _in_force(self, cleaned: Cleaned, url: str | None, named: str | None) -> set[str]:
        document = replace(Document.from_text(cleaned.original), page=cleaned.page)
        source = self._collection.locate(document, url, named)
        if source is None:
            return set()
        rules = {placed.name for placed in source.rules.placed if isinstance(placed.rule, DropRule)}
        return rules if cleaned.page is None else rules | set(_selectors(source.layouts))

    def counts(self) -> dict[str, Counts]:
        """By rule, in order of name."""
        return {
            name: Counts(self._hits[name], self._characters[name], self._pages[name], self._of[name])
            for name in sorted(self._of)
        }


def _selectors(layouts: Iterable[Layout]) -> Iterator[str]:
    """The names of the selectors that remove something."""
    for layout in layouts:
        for version in layout.versions:
            yield from (_name(each.mark.by, each.mark.why) for each in stated(layout, version) if not each.mark.keep)


def _name(by: str, why: str) -> str:
    """The name of what removed something. The selectors of a file that have no id are told apart by what they say.

    >>> _name("bell.example/bell-box", "A box."), _name("bell.example/html", "outside the body, .story")
    ('bell.example/bell-box', 'bell.example/html: outside the body, .story')
    """
    return f"{by}: {why}" if by.endswith("/html") else by


def _compared(counts: dict[str, Counts], before: Baseline | None) -> Iterator[RuleStats]:
    known = before.rules if before else {}
    for name, now in counts.items():
        then = known.get(name)
        state: State = "fires" if now.pages else "never-fires"
        yield RuleStats(name, now, then, "broke-down" if then and broke_down(then, now) else state)


def broke_down(then: Counts, now: Counts) -> bool:
    """Whether a rule fires much less often than it did, and not by chance.

    >>> broke_down(Counts(pages=5, of=5), Counts(pages=0, of=5)), broke_down(Counts(pages=2, of=5), Counts(of=5))
    (True, False)
    """
    if not then.of or not now.of or now.rate >= LOST * then.rate:
        return False
    both = (then.pages + now.pages) / (then.of + now.of)
    error = sqrt(both * (1 - both) * (1 / then.of + 1 / now.of))
    return error > 0 and then.rate - now.rate >= SURE * error


def load_baseline(file: str | Path) -> Baseline:
    """A stored baseline. Raises `OptionError` for a file that is none."""
    try:
        found = msgspec.json.decode(Path(file).read_bytes(), type=Baseline)
    except OSError as error:
        raise OptionError(f"{file}: cannot be read ({error.strerror}); make a baseline with --save") from None
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise OptionError(f"{file}: no baseline ({error}); make one with --save") from None
    if found.format != FORMAT:
        raise OptionError(f"{file}: a baseline of format {found.format}, not {FORMAT}; make one with --save")
    return found


def baseline_json(stats: Stats) -> bytes:
    """A baseline as it is stored: one rule a line."""
    return msgspec.json.format(msgspec.json.encode(stats.baseline()), indent=1) + b"\n"


def plot(rows: Iterable[RuleStats], width: int) -> str:
    """A bar for each rule's rate, and one for that of the baseline. Raises `OptionError` without the extra `plot`."""
    try:
        import plotext  # the extra `plot`
    except ImportError:
        raise OptionError("--plot needs plotext; install it with: pip install 'cleaner[plot]'") from None
    shown = list(rows)
    names = [row.rule for row in shown]
    now = [round(100 * row.counts.rate, 1) for row in shown]
    plotext.clear_figure()
    if any(row.before for row in shown):
        then = [round(100 * row.before.rate, 1) if row.before else 0.0 for row in shown]
        plotext.simple_multiple_bar(names, [then, now], width=width, labels=["before", "now"], title="pages, in %")
    else:
        plotext.simple_bar(names, now, width=width, title="pages on which each rule fires, in %")
    drawn = str(plotext.uncolorize(plotext.build()))
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"
