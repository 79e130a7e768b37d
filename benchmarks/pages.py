"""Pages a second on one core, beside trafilatura and readability-lxml, and how time and memory grow with a page.

    python benchmarks/pages.py PAGES… [--every N] [--rounds N]
    python benchmarks/pages.py --growth [--quick]

PAGES are folders of `*.html` or `*.html.gz` files, read before any clock starts. All candidates run in one process
with one thread, in turn, `--rounds` times; the time of each is that of its best round, in seconds of the processor.
`cleaner` runs as `Cleaner(rules=()).clean_many`, the others as their documentation has it.

The growth table cleans made-up pages with `Cleaner(rules=())`, each in a process of its own: `growth` is the time
against the line above, where twice the size should be about 2; memory is what the page brings on top of the loaded
program, in megabytes and as a multiple of the page.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
SENTENCE = "The ferry did not sail on day {0}, and nobody on the quay could say when it would sail again. "

_PEAKS = Path("/proc/self/clear_refs")

Work = Callable[[list[bytes]], Iterable[object]]
Maker = Callable[[int], str]


def _repeated(line: str) -> Maker:
    """A page of so many characters, made of one line with another number each time."""
    return lambda size: "".join(map(line.format, range(size // len(line.format(99_999)))))


MEGABYTES = (1_000_000, 5_000_000, 10_000_000, 20_000_000)
KINDS: dict[str, tuple[Maker, tuple[int, ...]]] = {
    "paragraphs, characters": (_repeated(f"<p>{SENTENCE}"), MEGABYTES),
    "with a link each": (_repeated(f"<p>{SENTENCE}<a href='/day/{{0}}'>See the timetable</a>"), MEGABYTES),
    "one paragraph, characters": (_repeated(SENTENCE), MEGABYTES),
    "list of links, characters": (_repeated("<li><a href='/story/{0}'>Item {0} of many</a>"), MEGABYTES),
    "one table, characters": (_repeated("<tr><td>{0}<td>Name {0}<td>{0}.50"), MEGABYTES),
    "script, characters": (lambda size: f"<p>{SENTENCE}<script>" + "x = 1;\n" * (size // 7) + "</script>", MEGABYTES),
    "picture, characters": (lambda size: f"<p>{SENTENCE}<img src='data:image/png;base64,{'Q' * size}'>", MEGABYTES),
    "lines that <br> ends": (
        lambda count: "<p>" + "".join(f"{SENTENCE.format(number)}<br>" for number in range(count)),
        (25_000, 50_000, 100_000, 200_000),
    ),
    "lines of <pre>": (
        lambda count: "<pre>" + "".join(f"    if value[{n}] > {n % 7}: return None\n" for n in range(count)) + "</pre>",
        (37_500, 75_000, 150_000, 300_000),
    ),
    "elements": (
        lambda count: "".join(f"<div class='c{n % 99}'><a href='/{n}'>Item {n}</a></div>" for n in range(count // 2)),
        (125_000, 250_000, 500_000, 1_000_000),
    ),
    "levels of nesting": (
        lambda count: "<div>" * count + SENTENCE + "</div>" * count,
        (12_500, 25_000, 50_000, 100_000),
    ),
}


def main() -> None:
    """Measure and print one line for each candidate, or for each kind and size of page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path, metavar="PAGES", help="folders of pages")
    parser.add_argument("--every", type=int, default=1, help="take each Nth page (default 1: all)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each candidate (default 3)")
    parser.add_argument("--growth", action="store_true", help="the growth table")
    parser.add_argument("--quick", action="store_true", help="a tenth of each size")
    parser.add_argument("--one", nargs=2, metavar=("KIND", "SIZE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_measure(options.one[0], int(options.one[1]))))
    elif options.growth:
        _grow(10 if options.quick else 1)
    elif options.pages:
        _compare(list(_pages(options.pages, options.every)), options.rounds)
    else:
        parser.error("name a folder of pages, or ask for --growth")


def _compare(pages: list[bytes], rounds: int) -> None:
    logging.disable(logging.CRITICAL)
    works = {name: make() for name, make in CANDIDATES.items() if find_spec(name.partition(",")[0])}
    best = dict.fromkeys(works, float("inf"))
    for work in works.values():
        for _ in work(pages[:1]):  # loads what it needs
            pass
    for _ in range(rounds):
        for name, work in works.items():
            start = time.process_time()
            for _ in work(pages):
                pass
            best[name] = min(best[name], time.process_time() - start)
    print(f"{len(pages):,} pages, {sum(map(len, pages)) / 1e6:.1f} MB, one core\n")
    print(f"{'candidate':20} {'seconds':>8} {'pages/s':>8} {'cleaner is':>11} {'cleaner, fast is':>17}")
    for name, seconds in best.items():
        own, fast = (seconds / best[each] for each in ("cleaner", "cleaner, fast"))
        print(f"{name:20} {seconds:8.2f} {len(pages) / seconds:8.1f} {own:10.2f}x {fast:16.2f}x")


def _pages(folders: Iterable[Path], every: int) -> Iterator[bytes]:
    files = sorted(path for folder in folders for path in folder.iterdir() if path.name.endswith((".html", ".html.gz")))
    if not files:
        raise SystemExit(f"no .html, .html.gz in {', '.join(map(str, folders))}")
    for path in files[::every]:
        yield gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def _cleaner(*, fast: bool) -> Work:
    from cleaner import Cleaner

    return Cleaner(rules=(), fast=fast).clean_many


def _trafilatura(*, fast: bool) -> Work:
    from trafilatura import extract

    return lambda pages: (extract(page, fast=fast) for page in pages)


def _readability() -> Work:
    from readability import Document

    def body(page: bytes) -> str:
        try:
            return str(Document(page).summary())
        except Exception:  # noqa: BLE001 - whatever it fails of, the next page is to be timed
            return ""

    return lambda pages: map(body, pages)


CANDIDATES: dict[str, Callable[[], Work]] = {
    "cleaner": lambda: _cleaner(fast=False),
    "cleaner, fast": lambda: _cleaner(fast=True),
    "trafilatura": lambda: _trafilatura(fast=False),
    "trafilatura, fast": lambda: _trafilatura(fast=True),
    "readability": _readability,
}


def _grow(divisor: int) -> None:
    print(f"{'page':26} {'size':>12} {'MB':>6} {'seconds':>8} {'growth':>7} {'peak MB':>8} {'of page':>8}")
    for kind, (_, sizes) in KINDS.items():
        before = 0.0
        for size in (size // divisor for size in sizes):
            command = [sys.executable, __file__, "--one", kind, str(size)]
            result = subprocess.run(command, env={**os.environ, **ONE_THREAD}, stdout=subprocess.PIPE, check=True)
            megabytes, seconds, added = json.loads(result.stdout)
            growth = f"{seconds / before:.2f}" if before else ""
            row = f"{kind:26} {size:12,} {megabytes:6.1f} {seconds:8.2f} {growth:>7}"
            print(f"{row} {added:8.0f} {added / megabytes:7.1f}x", flush=True)
            before = seconds


def _measure(kind: str, size: int) -> tuple[float, float, float]:
    """Megabytes of the page, seconds of the processor for it, and megabytes of memory that it brings on top."""
    from cleaner import Cleaner

    cleaner = Cleaner(rules=())
    cleaner.clean("<html><body><p>It fell all <a href='/day'>day</a>.</p></body></html>")  # loads the weights
    page = f"<html><body><article>{KINDS[kind][0](size)}</article></body></html>".encode()
    _forget_peak()
    before, start = _peak(), time.process_time()
    cleaner.clean(page)
    return len(page) / 1e6, time.process_time() - start, _peak() - before


def _forget_peak() -> None:
    """Count peaks anew: to make up a page takes more than to hold it. Elsewhere than on Linux that peak counts, and
    what is measured on top of it is less than a page takes."""
    if _PEAKS.exists():
        _PEAKS.write_text("5", "ascii")


def _peak() -> float:
    """Peak resident megabytes so far. What `getrusage` says on Linux may be the peak of the parent."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text("ascii", "replace").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    os.environ.update(ONE_THREAD)  # before numpy is loaded
    main()
