"""What users call: the ways to ask for one body, or many, with an account or without.

The stages, in order: an input is read (`reading/`); then passes (`passes.py`) locate its source, ask its rules and the
heuristics, and remove what they drop, until nothing more goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cleaner.document import Category, Cleaned, Format
from cleaner.errors import InputError, OptionError
from cleaner.heuristics.model.decode import BETA, Favor
from cleaner.passage import Passage
from cleaner.passes import Passes
from cleaner.reading import Raw, read
from cleaner.sources.locate import DEFAULT, Collection

if TYPE_CHECKING:
    from cleaner.heuristics.markup.pages import Trained

Made = TypeVar("Made", Passage, Cleaned)

URLs = Iterable[str | None] | None
"""Where inputs are from, each its URL or None; None where nothing is known of any."""

Outcome = Cleaned | InputError
"""What becomes of one input of many: one that cannot be read has its error in its place."""

_Batch = list[Passage | InputError]

BATCH_CHARACTERS = 1_400_000
"""How much text `clean_many` reads ahead: bounds its memory, and is enough for work on whole columns to pay. With half
as much again a batch's memory goes back to the system at its end, and to get it anew takes up to 8 % of the time."""


class Cleaner:
    """Built once, then used for any number of texts, from any number of threads.

    `rules` are folders of rule files: `DEFAULT` (a name for the shipped collection), paths, or a mixture; an empty
    sequence runs the heuristics alone. `keep` names categories that stay with the body. With `strict`, a rule file
    that is wrong raises `RuleError`; otherwise it is left aside and listed in `rule_problems`. `favor` is "precision",
    "balanced" or "recall". `weights` is a folder that `python -m cleaner.heuristics.train --out` has written, to use in
    place of the shipped models; the one that tells articles from other pages only where it was trained too
    (`--others`). With `fast`, trafilatura is never asked for a second opinion of HTML pages.
    """

    def __init__(  # noqa: PLR0913 - the options of everything
        self,
        rules: str | Path | Sequence[str | Path] = DEFAULT,
        keep: str | Iterable[str] = (),
        *,
        favor: Favor = "balanced",
        strict: bool = False,
        weights: str | Path | None = None,
        fast: bool = False,
    ) -> None:
        self._fast = fast
        kept = frozenset(_category(name) for name in ([keep] if isinstance(keep, str) else keep))
        folders = [rules] if isinstance(rules, str | Path) else list(rules)
        collection = Collection(folders, strict=strict)
        if favor not in BETA:
            raise OptionError(f"{favor!r} cannot be favoured; use one of: {', '.join(BETA)}")
        self._passes = Passes(collection, kept, favor, None if weights is None else _weights(Path(weights)))
        self._made_by = partial(
            Cleaner,
            folders,
            sorted(kept),
            favor=favor,
            strict=strict,
            weights=None if weights is None else str(weights),
            fast=fast,
        )

    def __reduce__(self) -> tuple[Callable[[], Cleaner], tuple[()]]:
        """Another process builds its own from the same options, and reads the same folders for it."""
        return self._made_by, ()

    @property
    def rule_problems(self) -> tuple[Exception, ...]:
        """Errors of rule files that were left aside, in the order of their paths."""
        return self._passes.collection.problems

    def clean(
        self, raw: Raw, url: str | None = None, *, source: str | None = None, format: Format | None = None
    ) -> str:
        """The body of one text or page; `url`, `source` and `format` as for `explain`, which raises the same."""
        return self._passes.settle([self._start(raw, url, source, format).for_body()])[0].body()

    def explain(
        self, raw: Raw, url: str | None = None, *, source: str | None = None, format: Format | None = None
    ) -> Cleaned:
        """The body of one text or page, with the account of what went.

        `url` or `source` (a rule file's name) say where it is from; without them its source is recognised by its
        fingerprint, if it has a rule file. `format` is told from the content unless given. Raises InputError for what
        cannot be read, OptionError for a source or a format that there is not.
        """
        return self._passes.settle([self._start(raw, url, source, format).accounted()])[0].result()

    def outcome(
        self, raw: Raw, url: str | None = None, *, source: str | None = None, format: Format | None = None
    ) -> Cleaned:
        """As `explain`, but for the account and what the input says of itself. Costs as little as `clean`."""
        return self._passes.settle([self._start(raw, url, source, format)])[0].result()

    def clean_many(self, raws: Iterable[Raw], urls: URLs = None, *, format: Format | None = None) -> Iterator[str]:
        """The bodies of many inputs, in order, all of one `format` or each told from its content. Reads ahead a bounded
        amount of text, see `BATCH_CHARACTERS`.

        Raises InputError at the first input that cannot be read, when those before it have been given; `outcomes` goes
        on behind it. What `raws` itself raises comes when those before it have been given, too.
        """
        for batch in self._batches(raws, urls, format):
            self._passes.settle([each.for_body() for each in batch if isinstance(each, Passage)])
            yield from (_readable(each).body() for each in batch)

    def explain_many(
        self, raws: Iterable[Raw], urls: URLs = None, *, format: Format | None = None
    ) -> Iterator[Cleaned]:
        """The same as `explain` for each input, batched. Raises as `clean_many` does."""
        return map(_readable, self.accounts(raws, urls, format=format))

    def outcomes(self, raws: Iterable[Raw], urls: URLs = None, *, format: Format | None = None) -> Iterator[Outcome]:
        """The same as `outcome` for each input, batched. One that cannot be read has its error in its place."""
        return self._results(self._batches(raws, urls, format), lambda passage: passage)

    def bodies(self, raws: Iterable[Raw], urls: URLs = None, *, format: Format | None = None) -> Iterator[Outcome]:
        """As `outcomes`, but for titles that the text alone would tell: to look for them costs a tenth of the rest."""
        return self._results(self._batches(raws, urls, format), Passage.untitled)

    def accounts(self, raws: Iterable[Raw], urls: URLs = None, *, format: Format | None = None) -> Iterator[Outcome]:
        """The same as `explain` for each input, batched. One that cannot be read has its error in its place."""
        return self._results(self._batches(raws, urls, format), Passage.accounted)

    def _results(
        self, batches: Iterable[list[Passage | InputError]], asked: Callable[[Passage], Passage]
    ) -> Iterator[Outcome]:
        for batch in batches:
            begun = [asked(each) if isinstance(each, Passage) else each for each in batch]
            self._passes.settle([each for each in begun if isinstance(each, Passage)])
            yield from (each.result() if isinstance(each, Passage) else each for each in begun)

    def _batches(self, raws: Iterable[Raw], urls: URLs, format: Format | None) -> Iterator[_Batch]:
        batch: _Batch = []
        size = 0
        pairs = _paired(raws, urls)
        while True:
            try:
                raw, url = next(pairs)
            except StopIteration:
                break
            except Exception:  # what the caller's iterator gave before it failed is not lost with it
                yield batch
                raise
            try:
                passage = self._start(raw, url, None, format)
            except InputError as error:
                batch.append(error)
                continue
            batch.append(passage)
            size += len(passage.text)
            if size >= BATCH_CHARACTERS:
                yield batch
                batch, size = [], 0
        yield batch

    def _start(self, raw: Raw, url: str | None, source: str | None, format: Format | None) -> Passage:
        if not isinstance(url, str | None):
            raise InputError(f"the URL is of type {type(url).__name__}; pass str, or None where there is none")
        passage = Passage.of(read(raw, format, second_opinion=not self._fast), url, source)
        return passage.accounted() if self._passes.keep else passage


def _paired(raws: Iterable[Raw], urls: URLs) -> Iterator[tuple[Raw, str | None]]:
    """Each input with its URL. Raises OptionError where there are more of one than of the other."""
    for name, given in (("inputs", raws), ("URLs", urls)):
        if isinstance(given, str | bytes):
            raise OptionError(f"the {name} are one {type(given).__name__}; pass a list of them")
    if urls is None:
        yield from ((raw, None) for raw in raws)
        return
    missing: Any = object()
    for raw, url in zip_longest(raws, urls, fillvalue=missing):
        if raw is missing or url is missing:
            fewer, more = ("inputs", "URLs") if raw is missing else ("URLs", "inputs")
            raise OptionError(f"there are fewer {fewer} than {more}; pass a URL, or None, for each input")
        yield raw, url


def _readable(outcome: Made | InputError) -> Made:
    if isinstance(outcome, InputError):
        raise outcome
    return outcome


def _category(name: str) -> Category:
    try:
        return Category(name)
    except ValueError:
        known = ", ".join(category.value for category in Category)
        raise OptionError(f"{name!r} is no category; use one or more of: {known}") from None


def _weights(folder: Path) -> Trained:
    from cleaner.heuristics.markup.pages import load  # those who try models need it

    try:
        return load(folder)
    except OSError as error:
        remedy = "give a folder that python -m cleaner.heuristics.train --out has written"
        raise OptionError(f"there is no model in {folder} ({error.strerror}); {remedy}") from None


@cache
def _default_cleaner() -> Cleaner:
    return Cleaner()


def clean(raw: Raw, url: str | None = None, **options: Any) -> str:
    """The body of one text or page; see `Cleaner.clean`."""
    return _default_cleaner().clean(raw, url, **options)


def explain(raw: Raw, url: str | None = None, **options: Any) -> Cleaned:
    """The body of one text or page and the account of it; see `Cleaner.explain`."""
    return _default_cleaner().explain(raw, url, **options)
