"""The whole-process time of `clean` on a small file, in units of a bare interpreter, beside the `trafilatura` command.

    python benchmarks/startup.py [--runs N]

Medians of seconds of the processor; the candidates take turns, so that a busy machine slows all of them. Both commands
are started through the same small launcher, as their installed scripts do it, from byte code, as pip leaves it. Of the
bare page the heuristics are in doubt, so that trafilatura is imported and asked; of a page with a head, a menu and
other stories they are sure, as of nine gold pages in ten.
"""

from __future__ import annotations

import argparse
import compileall
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import cleaner

LAUNCH = "import sys; from {module} import main; sys.argv[0] = '{name}'; sys.exit(main())"
PARAGRAPH = (
    "The ferry to the island did not sail on day {}, and nobody on the quay could say when it would sail again. "
    "The harbour office blamed a valve, which had been ordered in March from a maker that has since closed its doors."
)
PAGE = (
    "<!doctype html><html lang='en'><head><title>The ferry | The Harbour Post</title></head><body><header><nav><ul>"
    "<li><a href='/'>Home</a><li><a href='/news'>News</a></ul></nav></header><main>{}<aside class='related'>"
    "<h2>Related</h2><ul><li><a href='/a'>The storm</a><li><a href='/b'>The valve</a></ul></aside></main>"
    "<footer><p>Privacy policy</p></footer></body></html>"
)


def main() -> None:
    """Measure and print one line for each candidate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=25, help="runs of each candidate (default 25)")
    runs = parser.parse_args().runs
    compileall.compile_dir(Path(cleaner.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        candidates = _candidates(Path(folder))
        seconds: dict[str, list[float]] = {name: [] for name in candidates}
        for number in range(runs + 1):
            for name, (command, stdin) in candidates.items():
                took = _time(command, stdin)
                if number:  # the first round fills the caches
                    seconds[name].append(took)
    base = statistics.median(seconds["python -c pass"])
    for name in candidates:
        median = statistics.median(seconds[name])
        print(f"{name:32} {median * 1000:7.1f} ms  {median / base:5.1f} x")


def _candidates(folder: Path) -> dict[str, tuple[list[str], Path | None]]:
    """The commands by name, with the file for their standard input; a text of 10 KB, and two pages of the same text."""
    paragraphs = [PARAGRAPH.format(day) for day in range(1, 10_000 // len(PARAGRAPH))]
    text, page, bare = (folder / name for name in ("small.txt", "small.html", "bare.html"))
    text.write_text("Home\nNews\n\n" + "\n\n".join(paragraphs) + "\n\nShare this article\n", encoding="utf-8")
    article = f"<article>{''.join(f'<p>{paragraph}</p>' for paragraph in paragraphs)}</article>"
    bare.write_text(f"<!doctype html><html><body><nav>Home</nav>{article}</body></html>", "utf-8")
    page.write_text(PAGE.format(article.replace("<p>", "<h1>The ferry</h1><p>", 1)), "utf-8")
    clean = [sys.executable, "-c", LAUNCH.format(module="cleaner.__main__", name="clean")]
    peer = [sys.executable, "-c", LAUNCH.format(module="trafilatura.cli", name="trafilatura")]
    return {
        "python -c pass": ([sys.executable, "-c", "pass"], None),
        "python -c 'import typer'": ([sys.executable, "-c", "import typer"], None),
        "clean small.txt": ([*clean, str(text)], None),
        "clean small.txt -o out.txt": ([*clean, str(text), "-o", str(folder / "out.txt")], None),
        "clean --explain small.txt": ([*clean, "--explain", str(text)], None),
        "clean < small.html": (clean, page),
        "clean < bare.html": (clean, bare),
        "trafilatura < small.html": (peer, page),
    }


def _time(command: list[str], stdin: Path | None) -> float:
    given = b"" if stdin is None else stdin.read_bytes()
    before = _used()
    subprocess.run(command, input=given, capture_output=True, check=True)
    return _used() - before


def _used() -> float:
    """Seconds of the processor that all processes started from here have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
