"""Time and peak memory of `clean` against the size of its input: they must grow in line.

    python benchmarks/linear.py [--quick]

Inputs: one line of 5, 10 and 20 MB of sentences; one line of as much without a space; 250,000, 500,000 and 1,000,000
short lines, all different, all alike, and blank. Each runs in a process of its own; memory is that process's peak.
`growth` is the time against the line above, where twice the size should be about 2.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

CLEAN = [sys.executable, "-c", "from cleaner.__main__ import main; main()", "--quiet"]
SENTENCE = "The ferry did not sail on day {}, and nobody on the quay could say when it would sail again. "

Maker = Callable[[int], str]


def _sentences(size: int) -> str:
    return "".join(SENTENCE.format(number) for number in range(size // len(SENTENCE)))


KINDS: dict[str, tuple[Maker, tuple[int, int, int]]] = {
    "one line, characters": (_sentences, (5_000_000, 10_000_000, 20_000_000)),
    "one word, characters": (lambda size: "x" * size, (5_000_000, 10_000_000, 20_000_000)),
    "short lines, different": (
        lambda count: "".join(f"Item {number} of many\n" for number in range(count)),
        (250_000, 500_000, 1_000_000),
    ),
    "short lines, alike": (lambda count: "Read more\n" * count, (250_000, 500_000, 1_000_000)),
    "blank lines": (lambda count: "It rained.\n" + "\n" * count + "It stopped.\n", (250_000, 500_000, 1_000_000)),
}


def main() -> None:
    """Measure and print one line for each kind and size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of each size")
    divisor = 10 if parser.parse_args().quick else 1
    print(f"{'input':24} {'size':>12} {'seconds':>9} {'growth':>7} {'peak MB':>8}")
    for kind, size, seconds, peak, growth in _rows(divisor):
        print(f"{kind:24} {size:12,} {seconds:9.2f} {growth:>7} {peak:8.0f}", flush=True)


def _rows(divisor: int) -> Iterator[tuple[str, int, float, float, str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "input.txt"
        for kind, (make, sizes) in KINDS.items():
            before = 0.0
            for size in sizes:
                path.write_text(make(size // divisor), encoding="utf-8")
                seconds, peak = _measure(path)
                yield kind, size // divisor, seconds, peak, f"{seconds / before:.2f}" if before else ""
                before = seconds


def _measure(path: Path) -> tuple[float, float]:
    """Wall-clock seconds and peak resident megabytes of one run."""
    start = time.perf_counter()
    process = subprocess.Popen([*CLEAN, str(path)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"clean failed on {path}: wait status {status}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
