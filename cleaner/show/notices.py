"""What is said of the records and inputs of a run: those that went wrong, and fields that no record has."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cleaner.records.checkpoint import State
from cleaner.records.names import STANDARD
from cleaner.records.record import Defect, listed
from cleaner.records.run import Listener, Progress
from cleaner.show.asked import RecordsCall
from cleaner.show.ending import PROGRAM, say

SAID = 10
"""Records set aside of which each is named on standard error; the rest is counted at the end."""


class Notices:
    """Listens to a run. `warn` is said nothing to under `--quiet`."""

    def __init__(self, asked: RecordsCall, warn: Callable[[str], None]) -> None:
        self._asked, self._warn = asked, warn
        self._aside = 0
        self._first = ""
        self._told_of_url = False

    def listener(self, watch: Callable[[Progress], None]) -> Listener:
        """This, and what shows the progress."""

        def progress(far: Progress) -> None:
            self._look_for_urls(far)
            watch(far)

        return Listener(progress, self._set_aside, self._failed)

    def _set_aside(self, name: str, defect: Defect) -> None:
        self._aside += 1
        where = f"{_shown(name)}: {defect.place}"
        self._first = self._first or f"{where}: {defect.error}"
        if self._aside <= SAID:
            self._warn(f"{where}: set aside, {defect.reason}: {defect.error}")
        if self._aside == SAID:
            self._warn("further records that are set aside are counted; --rejects FILE holds them all")

    def _failed(self, name: str, error: str) -> None:
        say(PROGRAM, f"{_shown(name)}: {error}")

    def _look_for_urls(self, far: Progress) -> None:
        """Warn after the first records, as the last may be hours away."""
        tally = far.state.tally
        if self._told_of_url or not tally.records or far.read >= far.total:
            return
        self._told_of_url = True
        if self._asked.url_field and not tally.with_url:
            self._warn(
                f"warning: none of the first {tally.records:,} records has the field {self._asked.url_field!r}"
                f" (--url-field), and the run goes on without; the fields are: {listed(tally.fields)}"
            )

    def errors(self, state: State) -> Iterator[str]:
        """What is wrong with a run as a whole, in the end."""
        tally = state.tally
        if tally.nothing_left:
            why = f"the first: {self._first}" if self._first else "see --field, --records and --max-size"
            yield f"every record was set aside, so there is no output; {why}"
        if self._asked.url_field and tally.records and not tally.with_url:
            yield (
                f"no record has the field {self._asked.url_field!r} (--url-field), so no URL told a source; "
                f"the fields are: {listed(tally.fields)}; name one of these"
            )


def _shown(name: str) -> str:
    return "standard input" if name == STANDARD else name
