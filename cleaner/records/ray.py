"""The same run on a Ray cluster: each input is a task of Ray Data, read, cleaned and written where it runs.

Nothing passes through the driver but counts. The inputs and the output folder must be within reach of every node: a
shared folder, or a store. With `resume`, an output that stands under its name counts as done.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from cleaner.errors import CleanError, OptionError
from cleaner.records.checkpoint import State, decoded, encoded
from cleaner.records.delivery import Destination
from cleaner.records.extras import need
from cleaner.records.inputs import output_name
from cleaner.records.names import is_remote
from cleaner.records.run import Job, Listener, Progress, apart, run, written
from cleaner.records.workers import Limits

PURPOSE = "--engine ray"


def run_on_ray(job: Job, listener: Listener) -> State:
    """Do it; what has been done in the end. Raises `OptionError` for what does not spread over a cluster."""
    if not job.destination.folder:
        raise OptionError("--engine ray gives each input its own output, where it is cleaned; give -o a folder")
    if any(given.pages for given in job.inputs):
        raise OptionError("--engine ray spreads files of many records; put single pages into .jsonl or .warc first")
    apart([written(given, job.destination) for given in job.inputs], job.destination.output.rstrip("/"))
    need("ray", PURPOSE)
    data = need("ray.data", PURPOSE)
    rows = data.from_items([{"index": index} for index in range(len(job.inputs))], override_num_blocks=len(job.inputs))
    total = State("ray")
    for row in rows.map(partial(_one, job), num_cpus=1, max_retries=0).iter_rows():
        if row["error"]:
            raise OptionError(str(row["error"]))
        state = decoded(row["state"])
        total.tally.add(state.tally)
        total.failed.update(state.failed)
        if state.tally.nothing_left:
            total.unwritten.append(job.inputs[row["index"]].name)
        total.seconds += state.seconds
        for name, error in state.failed.items():
            listener.failed(name, error)
        listener.progress(Progress(total, 0, 0))
    return total


def _one(job: Job, row: dict[str, Any]) -> dict[str, Any]:
    """Clean one input, on whatever node this is."""
    given = job.inputs[row["index"]]
    name = output_name(given)
    output = f"{job.destination.output.rstrip('/')}/{name}"
    rejects = job.destination.rejects and f"{job.destination.rejects.rstrip('/')}/{name}.rejects.jsonl"
    if job.resume and _is_there(output):
        return {**row, "state": encoded(State("ray")), "error": ""}
    for each in (output, rejects):
        if each and not is_remote(each):
            Path(each).parent.mkdir(parents=True, exist_ok=True)
    single = job._replace(
        inputs=[given], destination=Destination(output, rejects=rejects), limits=Limits(1, job.limits.timeout)
    )
    listener = Listener(lambda _progress: None, lambda _name, _defect: None, lambda _name, _error: None)
    try:
        return {**row, "state": encoded(run(single, listener)), "error": ""}
    except CleanError as error:
        return {**row, "state": b"", "error": str(error)}


def _is_there(output: str) -> bool:
    if not is_remote(output):
        return Path(output).exists()
    filesystem, path = need("fsspec", output.partition(":")[0]).core.url_to_fs(output)
    return bool(filesystem.exists(path))
