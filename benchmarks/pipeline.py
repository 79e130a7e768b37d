"""What a run over records costs, beside `clean_many` and datatrove's C4 filter, and what it survives.

    python benchmarks/pipeline.py PAGES… [--records N] [--kills N] [--every N]

PAGES are folders as `throughput.py` takes them. Dumps of 8 KB or more are cut to 8 KB at a line's end and repeated,
each with a first line of its own, until there are N records of JSON Lines; in the last part one in a hundred is broken.
Seconds are wall-clock, core seconds the processor time of all processes; ratios are within the run, and those of
wall-clock time mean something on a quiet machine only. The C4 filter runs without its sentence count, which would need
a tokenizer.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from throughput import ONE_THREAD, dumps_of

RECORD = 8_000
MANY = "import json, sys\nfrom cleaner import Cleaner\ntexts = json.load(open(sys.argv[1]))\n"
LAUNCH = "from cleaner.__main__ import main; main()"
C4 = """
import sys
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.filters import C4QualityFilter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter
if __name__ == "__main__":
    writer = JsonlWriter(sys.argv[2], compression=None)
    steps = [JsonlReader(sys.argv[1]), C4QualityFilter(min_num_sentences=-1), writer]
    LocalPipelineExecutor(steps, logging_dir=sys.argv[3]).run()
"""


class Cost(NamedTuple):
    """What a process and its children took: seconds on the clock and of cores, the largest one's memory in MB."""

    seconds: float
    cores: float
    memory: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+", type=Path, metavar="PAGES", help="folders of pages or texts")
    parser.add_argument("--every", type=int, default=10, help="take each Nth page (default 10)")
    parser.add_argument("--records", type=int, default=20_000, help="records (default 20,000)")
    parser.add_argument("--kills", type=int, default=0, help="kill a run at this many random points (default 0)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = cycle([_cut(dump) for dump in dumps_of(options.pages, options.every) if len(dump) >= RECORD])
        texts = [f"Record {number}\n\n{next(source)}" for number in range(options.records)]
        _write(folder / "in.jsonl", texts)
        size = (folder / "in.jsonl").stat().st_size / 1e6
        print(f"{options.records:,} records, {size:.0f} MB, {os.cpu_count()} cores\n")
        _compare(folder, texts)
        _stand(folder, texts)
        if options.kills:
            _kill(folder, options.kills)


def _cut(dump: str) -> str:
    return dump[: dump.rfind("\n", 0, RECORD) + 1] or dump[:RECORD]


def _write(path: Path, texts: list[str]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for number, text in enumerate(texts):
            stream.write(json.dumps({"id": str(number), "text": text, "metadata": {"n": number}}) + "\n")


def _clean(folder: Path, workers: int, *more: str, name: str = "in.jsonl") -> list[str]:
    options = ["-o", str(folder / "out.jsonl"), "--workers", str(workers), "--no-rules", "--quiet"]
    return [sys.executable, "-c", LAUNCH, str(folder / name), *options, *more]


def _compare(folder: Path, texts: list[str]) -> None:
    part = folder / "part.json"
    part.write_text(json.dumps(texts), encoding="utf-8")
    load = _cost([sys.executable, "-c", MANY, str(part)])
    many = _cost([sys.executable, "-c", f"{MANY}for _ in Cleaner(()).clean_many(texts): pass", str(part)])
    inside = Cost(many.seconds - load.seconds, many.cores - load.cores, many.memory)
    part.unlink()
    one, two = _cost(_clean(folder, 1)), _cost(_clean(folder, 2))
    _write(folder / "tenth.jsonl", texts[: len(texts) // 10])
    tenth = _cost(_clean(folder, 1, name="tenth.jsonl"))
    size = (folder / "in.jsonl").stat().st_size / 1e6
    for label, cost in (("clean_many in memory", inside), ("clean, 1 worker", one), ("clean, 2 workers", two)):
        print(f"{label:28} {cost.seconds:8.1f} s {cost.cores:8.1f} core s {size / cost.seconds:7.2f} MB/s")
    print(f"reading and writing cost {one.cores / inside.cores - 1:.1%} of core time over clean_many")
    print(f"two workers are {one.seconds / two.seconds:.2f} x one")
    print(f"largest process: {one.memory:.0f} MB, {tenth.memory:.0f} MB for a tenth of the records")
    if find_spec("datatrove") is None:
        print("datatrove is not installed")
        return
    (folder / "c4").mkdir()
    (folder / "in.jsonl").rename(folder / "c4" / "in.jsonl")
    (folder / "c4.py").write_text(C4, encoding="utf-8")
    paths = [str(folder / each) for each in ("c4", "c4-out", "c4-logs")]
    peer = _cost([sys.executable, str(folder / "c4.py"), *paths])
    (folder / "c4" / "in.jsonl").rename(folder / "in.jsonl")
    print(f"{'datatrove, C4 filter':28} {peer.seconds:8.1f} s {peer.cores:8.1f} core s {size / peer.seconds:7.2f} MB/s")


def _stand(folder: Path, texts: list[str]) -> None:
    """One record in a hundred is broken."""
    with (folder / "broken.jsonl").open("w", encoding="utf-8") as stream:
        for number, text in enumerate(texts):
            line = json.dumps({"id": str(number), "text": text})
            stream.write((line[: len(line) // 2] if number % 100 == 50 else line) + "\n")
    rejects, metrics = folder / "rejects.jsonl", folder / "metrics.json"
    _cost(_clean(folder, 2, "--rejects", str(rejects), "--metrics", str(metrics), name="broken.jsonl"))
    counted = json.loads(metrics.read_bytes())
    lines = len((folder / "out.jsonl").read_bytes().splitlines())
    print(f"one in a hundred broken: {lines:,} clean, {len(rejects.read_bytes().splitlines()):,} rejects,", end=" ")
    print(f"counted {counted['records']:,} and {counted['set_aside']}")


def _kill(folder: Path, kills: int) -> None:
    """Kill a run at random points, each time anew from the beginning, and let it go on to its end."""
    whole = _cost(_clean(folder, 2))
    expected, chance, same = _digest(folder / "out.jsonl"), random.Random(1), 0  # noqa: S311
    for _ in range(kills):
        (folder / "out.jsonl").unlink()
        with subprocess.Popen(_clean(folder, 2), env=_environment(), stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(chance.uniform(0, whole.seconds))
            except subprocess.TimeoutExpired:
                process.send_signal(chance.choice([signal.SIGKILL, signal.SIGINT]))
        if not (folder / "out.jsonl").exists():
            _cost(_clean(folder, 2, "--resume"))
        same += _digest(folder / "out.jsonl") == expected
    print(f"{kills} random kills: {same} identical results")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _environment() -> dict[str, str]:
    return {**os.environ, **ONE_THREAD}


def _cost(command: list[str]) -> Cost:
    """In a process of its own, so that each reads the largest of its own children."""
    read, write = os.pipe()
    if os.fork() == 0:
        start = time.perf_counter()
        code = subprocess.run(
            command, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        ).returncode
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        cost = [code, time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000]
        os.write(write, json.dumps(cost).encode())
        os._exit(0)
    os.wait()
    code, *cost = json.loads(os.read(read, 1000))
    os.close(read)
    os.close(write)
    if code:
        raise SystemExit(f"{' '.join(command[3:])} ended with {code}")
    return Cost(*cost)


if __name__ == "__main__":
    main()
