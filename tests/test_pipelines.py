"""Integrations and the recipes of docs/pipelines.md, each where its library is installed."""

from __future__ import annotations

import gzip
import http.server
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from prose import RULES, URL, body, dirty
from test_cli import CLEAN, environment

from cleaner import Cleaner
from cleaner.records.record import Wanted

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "pipelines.md").read_text(encoding="utf-8")


def recipe(heading: str) -> str:
    """The Python of a recipe."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"```python\n(.*?)```", section, re.DOTALL)[0]


def cooked(heading: str) -> dict[str, object]:
    """The names that a recipe leaves."""
    names: dict[str, object] = {"__name__": "recipe"}
    exec(compile(recipe(heading), f"pipelines.md: {heading}", "exec", dont_inherit=True), names)
    return names


def page(number: int) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in body(number).splitlines() if line)
    return f"<!doctype html><html><body><nav><a href='/'>Home</a></nav><article>{paragraphs}</article></body></html>"


@pytest.fixture
def crawl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with `crawl.jsonl`."""
    monkeypatch.chdir(tmp_path)
    rows = [
        {"text": "Sign up for our newsletter\n\n" + dirty(number), "url": URL, "id": str(number)} for number in range(6)
    ]
    (tmp_path / "crawl.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return tmp_path


def expected() -> list[str]:
    cleaner = Cleaner()
    return [cleaner.clean("Sign up for our newsletter\n\n" + dirty(number), URL) for number in range(6)]


@pytest.fixture
def site() -> Iterator[str]:
    """A server on this machine that gives a page for each number, and a picture."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.strip("/")
            links = "".join(f"<a href='/{number}'>{number}</a>" for number in (1, 2, "picture"))
            data = page(int(name)).encode() if name.isdigit() else f"<html><body>{links}</body></html>".encode()
            if name == "picture":
                data = b"\x89PNG\r\n\x1a\n" + bytes(64)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_every_recipe_is_tested() -> None:
    headings = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    tested = set(re.findall(r"cooked\(\"(.+?)\"\)|recipe\(\"(.+?)\"\)", Path(__file__).read_text(encoding="utf-8")))
    named = {name for pair in tested for name in pair if name}
    with_python = {
        heading for heading in headings if "```python" in PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    }
    assert with_python - named == set()


def test_requests(site: str) -> None:
    pytest.importorskip("requests", reason="requests is not installed")
    assert cooked("requests")["body_of"](f"{site}/1").split() == body(1).split()


def test_playwright() -> None:
    """Its page is played here: a browser is no package."""
    rendered = SimpleNamespace(content=lambda: page(2), url=URL, wait_for_load_state=lambda _state: None)
    assert cooked("Playwright")["body_of_rendered"](rendered).split() == body(2).split()


def test_pandas(crawl: Path) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    assert list(cooked("pandas")["frame"]["body"]) == expected()


def test_polars(crawl: Path) -> None:
    pytest.importorskip("polars", reason="polars is not installed")
    assert cooked("polars")["frame"]["body"].to_list() == expected()


def test_datasets(crawl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", str(crawl / "hub"))
    pytest.importorskip("datasets", reason="datasets is not installed")
    assert list(cooked("Hugging Face datasets")["dataset"]["body"]) == expected()


def test_spark(crawl: Path) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    program = (
        recipe("Spark") + "\nimport json\nprint(json.dumps([row.body for row in frame.orderBy('id').collect()]))\n"
    )
    env = environment(PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1", SPARK_LOCAL_HOSTNAME="localhost")
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=crawl, env=env, capture_output=True, text=True, timeout=300, check=False
    )
    if "JAVA_HOME" in result.stderr or "Java gateway" in result.stderr:
        pytest.skip("there is no Java")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout.splitlines()[-1]) == expected()


def test_langchain() -> None:
    documents = pytest.importorskip("langchain_core.documents", reason="langchain-core is not installed")
    made = cooked("LangChain")["CleanTransformer"]()
    given = documents.Document(page_content="Sign up for our newsletter\n\n" + dirty(1), metadata={"source": URL})
    (found,) = made.transform_documents([given])
    assert (found.page_content, found.metadata) == (expected()[1], {"source": URL})


def test_llama_index() -> None:
    schema = pytest.importorskip("llama_index.core.schema", reason="llama-index-core is not installed")
    made = cooked("LlamaIndex")["CleanComponent"]()
    given = schema.TextNode(text="Sign up for our newsletter\n\n" + dirty(1), metadata={"url": URL})
    (found,) = made([given])
    assert found.get_content() == expected()[1]


def test_datatrove(crawl: Path) -> None:
    pytest.importorskip("datatrove", reason="datatrove is not installed")
    (crawl / "crawl").mkdir()
    rows = [json.loads(line) for line in (crawl / "crawl.jsonl").read_text(encoding="utf-8").splitlines()]
    for number, part in enumerate((rows[:4], [*rows[4:], {"text": " ", "id": "blank"}])):
        lines = [json.dumps({"text": row["text"], "id": row["id"], "metadata": {"url": URL}}) for row in part]
        (crawl / "crawl" / f"{number}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    # In a process of its own: the executor's workers must be able to import what they run.
    program = recipe("datatrove").replace("    GopherRepetitionFilter(),\n", "") + (
        "\nif __name__ == '__main__':\n    print(executor.run().to_json())\n"
    )
    (crawl / "run.py").write_text(program, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "run.py"],
        cwd=crawl,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-4000:]
    found = read_all(crawl / "bodies")
    assert [each["text"] for each in sorted(found, key=lambda each: each["id"])] == expected()
    removed = {each["id"]: each for each in read_all(crawl / "removed")}
    assert set(removed) == {*(str(number) for number in range(6)), "blank"}
    assert "Sign up for our newsletter" in removed["0"]["text"]
    assert removed["0"]["metadata"]["removed"][0]["category"] == "newsletter"
    assert removed["blank"]["metadata"]["filter_reason"] == "empty"
    stats = json.dumps(json.loads((crawl / "logs" / "stats.json").read_text()))
    for label in ('"dropped_empty"', '"status_ok"', '"characters_newsletter"'):
        assert label in stats


def read_all(folder: Path) -> list[dict[str, object]]:
    files = sorted(folder.glob("*.jsonl.gz"))
    return [json.loads(line) for file in files for line in gzip.decompress(file.read_bytes()).splitlines()]


SPIDER = """
import json, sys
import scrapy
from scrapy.crawler import CrawlerProcess


class Spider(scrapy.Spider):
    name = "harbour"

    async def start(self):
        yield scrapy.Request(sys.argv[1])

    def parse(self, response):
        for link in response.css("body > a::attr(href)").getall():
            yield response.follow(link, self.parse_page)

    def parse_page(self, response):
        yield {"url": response.url, "html": response.body}


process = CrawlerProcess({
    "ITEM_PIPELINES": {"cleaner.integrations.scrapy.CleanPipeline": 300},
    "CLEAN_ADD": ["status"],
    "FEEDS": {"items.jsonl": {"format": "jsonlines", "fields": ["url", "body", "status"]}},
    "LOG_LEVEL": "WARNING",
    "ROBOTSTXT_OBEY": False,
    "TELNETCONSOLE_ENABLED": False,
})
crawler = process.create_crawler(Spider)
process.crawl(crawler)
process.start()
print(json.dumps({name: value for name, value in crawler.stats.get_stats().items() if name.startswith("clean/")}))
"""


def test_scrapy(site: str, tmp_path: Path) -> None:
    pytest.importorskip("scrapy", reason="scrapy is not installed")
    (tmp_path / "spider.py").write_text(SPIDER, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "spider.py", site],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    items = {each["url"].rpartition("/")[2]: each for each in map(json.loads, (tmp_path / "items.jsonl").open())}
    assert sorted(items) == ["1", "2", "picture"], result.stderr
    for number in (1, 2):
        assert items[str(number)]["body"].split() == body(number).split()
    assert items["picture"]["body"] is None
    assert "the page cannot be cleaned: the input is no text but a PNG image" in result.stderr
    stats = json.loads(result.stdout.splitlines()[-1])
    assert stats["clean/failed"] == 1
    assert sum(value for name, value in stats.items() if name.startswith("clean/status/")) == 2
    assert stats["clean/characters_after"] > 0


class Counted(dict[str, int]):
    """Scrapy's stats, as far as the pipeline uses them."""

    def inc_value(self, name: str, count: int = 1) -> None:
        self[name] = self.get(name, 0) + count


def test_scrapy_counts_what_an_item_lacks() -> None:
    scrapy = pytest.importorskip("cleaner.integrations.scrapy", reason="scrapy is not installed")
    stats = Counted()
    pipeline = scrapy.CleanPipeline(Cleaner(()), Wanted(field="html", out_field="body"), stats)
    items = [{"html": dirty(1), "url": URL}, {"html": dirty(2), "link": URL}, {"page": dirty(3), "url": URL}]
    assert [sorted(pipeline.process_item(item)) for item in items] == [
        ["body", "html", "url"],
        ["body", "html", "link"],
        ["page", "url"],
    ]
    assert (stats["clean/without_url"], stats["clean/without_page"]) == (1, 1)


def test_ray_gives_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("ray.data", reason="ray is not installed")
    (tmp_path / "my-rules").mkdir()
    (tmp_path / "my-rules" / "example.org.toml").write_text(RULES, encoding="utf-8")
    (tmp_path / "in").mkdir()
    for name in ("a", "b", "c"):
        rows = [json.dumps({"id": f"{name}{number}", "url": URL, "text": dirty(number)}) for number in range(20)]
        data = "\n".join([*rows, "{"]).encode()
        (tmp_path / "in" / f"{name}.jsonl.gz").write_bytes(gzip.compress(data))
    call = [*CLEAN, "in", "--no-rules", "--rules", "my-rules", "--add", "source"]
    env = environment(RAY_DATA_DISABLE_PROGRESS_BARS="1", RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO="0")
    for more in (
        ["-o", "here/"],
        ["--engine", "ray", "-o", "there/", "--rejects", "bad/", "--metrics", "metrics.json"],
    ):
        result = subprocess.run(
            [*call, *more], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300, check=False
        )
        assert result.returncode == 0, result.stderr[-4000:]
    for name in ("a", "b", "c"):
        here, there = (tmp_path / folder / f"{name}.jsonl.gz" for folder in ("here", "there"))
        assert there.read_bytes() == here.read_bytes()
        assert json.loads((tmp_path / "bad" / f"{name}.jsonl.gz.rejects.jsonl").read_text())["line"] == 21
    metrics = json.loads((tmp_path / "metrics.json").read_text())
    assert (metrics["records"], metrics["set_aside"]) == (60, {"malformed": 3})
    assert sorted(path.name for path in (tmp_path / "there").iterdir()) == ["a.jsonl.gz", "b.jsonl.gz", "c.jsonl.gz"]


def test_ray_needs_a_folder(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("")
    call = [*CLEAN, "--engine", "ray", "in.jsonl", "-o", "out.jsonl"]
    result = subprocess.run(
        call,
        cwd=tmp_path,
        env={**environment(), **os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert "gives each input its own output, where it is cleaned; give -o a folder" in result.stderr
