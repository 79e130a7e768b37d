"""What can be asked of a run over records; light, as every call that typer reads loads it."""

from __future__ import annotations

from typing import NamedTuple


class RecordsCall(NamedTuple):
    """What a user asked for, beside what `Call` holds. None or nothing stands for what was not given."""

    kind: str | None = None
    field: str | None = None
    url_field: str | None = None
    out_field: str | None = None
    add: tuple[str, ...] = ()
    workers: int | None = None
    timeout: float | None = None
    max_size: int | None = None
    rejects: str | None = None
    metrics: str | None = None
    resume: bool = False
    engine: str | None = None
