"""Megabytes a second on one core, beside boilerpy3 and jusText, on the same dumps in the same run.

    python benchmarks/throughput.py PAGES… [--every N] [--runs N] [--rules]

PAGES are folders of `*.html`, `*.html.gz` or `*.txt` files. Pages are flattened once, by html_text where it is
installed and else by `cleaner` itself, before any clock starts; texts are taken as they are. `cleaner` runs as
`Cleaner.clean_many`, the peers as their documentation has it, on a page with each line of the dump as a paragraph,
which is made before the clock starts too. Each candidate runs in a process of its own, with one thread. Megabytes are
millions of bytes of the dumps in UTF-8; the time is the best of the runs; memory is the peak of the process, and how
much of it came on top of the dumps once the candidate was loaded.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
ENDINGS = (".html", ".html.gz", ".txt")

Work = Callable[[], Iterable[object]]


def main() -> None:
    """Measure and print one line for each candidate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path, metavar="PAGES", help="folders of pages or texts")
    parser.add_argument("--every", type=int, default=1, help="take each Nth page (default 1: all)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each candidate (default 3)")
    parser.add_argument("--rules", action="store_true", help="with the shipped rules, not the heuristics alone")
    parser.add_argument("--one", nargs=2, metavar=("CANDIDATE", "DUMPS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_measure(options.one[0], Path(options.one[1]), options.runs)))
        return
    if not options.pages:
        parser.error("name a folder of pages")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dumps.json"
        dumps = list(dumps_of(options.pages, options.every))
        path.write_text(json.dumps(dumps), encoding="utf-8")
        megabytes = sum(len(dump.encode("utf-8", "replace")) for dump in dumps) / 1e6
        _compare(path, megabytes, len(dumps), options)


def _compare(path: Path, megabytes: float, count: int, options: argparse.Namespace) -> None:
    print(f"{count:,} dumps, {megabytes:.1f} MB, one core\n")
    print(f"{'candidate':24} {'seconds':>8} {'MB/s':>7} {'cleaner is':>10} {'peak MB':>8} {'on top':>7}")
    own = "cleaner, rules" if options.rules else "cleaner"
    fastest = 0.0
    for name in (own, "boilerpy3", "justext"):
        if find_spec(name.partition(",")[0]) is None:
            print(f"{name:24} is not installed")
            continue
        command = [sys.executable, __file__, "--runs", str(options.runs), "--one", name, str(path)]
        result = subprocess.run(command, env={**os.environ, **ONE_THREAD}, stdout=subprocess.PIPE, check=True)
        seconds, peak, added = json.loads(result.stdout)
        speed = megabytes / seconds
        fastest = fastest or speed
        print(f"{name:24} {seconds:8.2f} {speed:7.2f} {fastest / speed:9.1f}x {peak:8.0f} {added:7.0f}", flush=True)


def dumps_of(folders: Iterable[Path], every: int) -> Iterator[str]:
    files = sorted(path for folder in folders for path in folder.iterdir() if path.name.endswith(ENDINGS))
    if not files:
        raise SystemExit(f"no {', '.join(ENDINGS)} in {', '.join(map(str, folders))}")
    for path in files[::every]:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        text = raw.decode("utf-8", "replace")
        yield text if path.suffix == ".txt" else _flat(text)


def _flat(page: str) -> str:
    """The text of a page, all of it."""
    if find_spec("html_text"):
        from html_text import extract_text

        return str(extract_text(page))
    from cleaner.reading import read

    return read(page, "html").text


def _measure(candidate: str, path: Path, runs: int) -> tuple[float, float, float]:
    """Seconds of the best run, peak resident megabytes, and how many of them the runs added."""
    dumps: list[str] = json.loads(path.read_text(encoding="utf-8"))
    work = CANDIDATES[candidate](dumps)
    before = _peak()
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        for _body in work():
            pass
        best = min(best, time.process_time() - start)
    return best, _peak(), _peak() - before


def _peak() -> float:
    """Peak resident megabytes so far. What `getrusage` says on Linux may be the peak of the parent."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text("ascii", "replace").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


def _cleaner(dumps: list[str], *rules: str) -> Work:
    from cleaner import Cleaner

    cleaner = Cleaner(rules=rules)
    cleaner.clean(dumps[0])  # loads the weights
    return lambda: cleaner.clean_many(dumps)


def _boilerpy3(dumps: list[str]) -> Work:
    import logging

    from boilerpy3.extractors import ArticleExtractor

    logging.disable(logging.CRITICAL)
    pages = [_page(dump) for dump in dumps]
    extractor = ArticleExtractor(raise_on_failure=False)
    return lambda: map(extractor.get_content, pages)


def _justext(dumps: list[str]) -> Work:
    import justext

    pages = [_page(dump).encode("utf-8", "replace") for dump in dumps]
    words = justext.get_stoplist("English")

    def body(page: bytes) -> str:
        found = justext.justext(page, words, encoding="utf-8")
        return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)

    return lambda: map(body, pages)


def _page(dump: str) -> str:
    lines = (html.escape(line) for line in dump.splitlines() if line.strip())
    return f"<html><body>{''.join(f'<p>{line}</p>' for line in lines)}</body></html>"


CANDIDATES: dict[str, Callable[[list[str]], Work]] = {
    "cleaner": _cleaner,
    "cleaner, rules": lambda dumps: _cleaner(dumps, "default"),
    "boilerpy3": _boilerpy3,
    "justext": _justext,
}


if __name__ == "__main__":
    main()
