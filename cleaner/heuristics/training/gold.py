"""Gold pages as dumps: every page in several flattenings and half-cleaned, each block with its label."""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from cleaner.document import Document
from cleaner.heuristics.training.align import shares
from cleaner.page_tree import Markup
from cleaner.reading.html import read_page

FOLDS = 5
WORKERS = 2

FAULTY = {
    "4677": "the body ends with the editor's note; the guide that follows is missing",
    "4912": "the body ends with the introduction; the sections that follow are missing",
    "2498": "the body ends in the middle of the article",
    "kr-HankookIlbo_2026_01_29": "the page does not hold the text of the body",
}
"""Pages left out of training, each with what is wrong with its gold body."""


OF_OTHERS = ("html_text", "soup", "gold")
"""The dumps of pages that are no article from which blocks are learnt: all of them would outnumber the others."""


class Dump(NamedTuple):
    """One text made from a gold page. `labels` has, per block, the share of its words that the gold body holds;
    `markup` is what the page's HTML says of the blocks, if they were read from that."""

    folder: str
    name: str
    variant: str
    fold: int
    document: Document
    labels: list[float]
    gold: str
    markup: Markup | None = None


def load(folders: Iterable[str]) -> list[Dump]:
    """The dumps of all pages of the folders, in the order of their paths."""
    return _load(folders, _dumps)


def load_pages(folders: Iterable[str]) -> list[Dump]:
    """The pages of the folders as the reader of HTML reads them, in the order of their paths."""
    return _load(folders, _pages)


def _load(folders: Iterable[str], make: Callable[[Path], list[Dump]]) -> list[Dump]:
    paths = [path for folder in folders for path in sorted(Path(folder).glob("*.json"))]
    with _same_hashes(), ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        dumps = [dump for dumps in pool.map(make, paths, chunksize=8) for dump in dumps]
    return [dump for dump in dumps if dump.name not in FAULTY]


@contextmanager
def _same_hashes() -> Iterator[None]:
    """Processes begun here go through a set in the same order on each run: what newspaper4k takes of a page depends on
    that."""
    before = os.environ.get("PYTHONHASHSEED")
    os.environ["PYTHONHASHSEED"] = "0"
    try:
        yield
    finally:
        del os.environ["PYTHONHASHSEED"]
        if before is not None:
            os.environ["PYTHONHASHSEED"] = before


class GoldPage(NamedTuple):
    """A gold page as its files have it."""

    markup: str
    url: str | None
    body: str
    fold: int


def read_gold(path: Path) -> GoldPage:
    """The page of which `path` is the NAME.json."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    with gzip.open(path.with_suffix(".html.gz"), "rt", encoding="utf-8") as packed:
        return GoldPage(packed.read(), gold["url"], body_text(gold["body"]), fold(gold["url"] or path.stem))


def _dumps(path: Path) -> list[Dump]:
    page = read_gold(path)
    found = []
    for variant, text in _texts(page.markup, page.url, page.body):
        document = Document.from_text(text)
        if len(document):
            labels = shares(document.blocks(), page.body)
            found.append(Dump(path.parent.name, path.stem, variant, page.fold, document, labels, page.body))
    return found


def _pages(path: Path) -> list[Dump]:
    page = read_gold(path)
    read = read_page(page.markup)
    document = Document.from_text(read.text, "html")
    if read.tree is None or not len(document):
        return []
    labels = shares(document.blocks(), page.body)
    markup = read.tree.markup._replace(extracted=read.tree.extracted)
    return [Dump(path.parent.name, path.stem, "html", page.fold, document, labels, page.body, markup)]


def body_text(body: str | list[str]) -> str:
    """The gold as one text. A paragraph in brackets may stay or go; here it stays."""
    if isinstance(body, str):
        return body
    return "\n\n".join(part[1:-1] if part[:1] == "[" and part[-1:] == "]" else part for part in body)


def fold(url: str) -> int:
    """The fold of a page: by its site, so that pages of one site are never on both sides."""
    return int(hashlib.md5(site(url).encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def site(url: str) -> str:
    """The registered domain of a URL, near enough.

    >>> site("https://www.news.example.co.uk/a"), site("http://blog.example.org")
    ('example.co.uk', 'example.org')
    """
    host = re.sub(r"^https?://", "", url).split("/")[0].split(":")[0].lower()
    parts = host.removeprefix("www.").split(".")
    second_level = len(parts) > 2 and len(parts[-2]) <= 3 and len(parts[-1]) == 2
    return ".".join(parts[-3 if second_level else -2 :])


def _texts(page: str, url: str | None, body: str) -> Iterator[tuple[str, str]]:
    for name, flatten in FLATTENERS.items():
        yield name, flatten(page)
    for name, extract in EXTRACTORS.items():
        yield name, extract(page, url) or ""
    yield "gold", body


def _html_text(page: str) -> str:
    import html_text

    return str(html_text.extract_text(page))


def _inscriptis(page: str) -> str:
    from inscriptis import get_text

    return str(get_text(re.sub(r"^\s*<\?xml[^>]*\?>", "", page)))


def _resiliparse(page: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(page, main_content=False, alt_texts=False, preserve_formatting=True))


def _soup(page: str) -> str:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(page, "lxml")
    for tag in soup(["script", "style", "noscript", "template"]):
        tag.decompose()
    return soup.get_text("\n", strip=True)


def _trafilatura(page: str, url: str | None) -> str | None:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found: str | None = trafilatura.extract(page, url=url, include_comments=False, include_tables=True)
    return found


def _newspaper(page: str, url: str | None) -> str | None:
    import newspaper

    article = newspaper.Article(url or "http://example.org/", language="en", fetch_images=False)
    try:
        article.download(input_html=page)
        article.parse()
    except (newspaper.ArticleException, ValueError, AttributeError) as error:
        logging.getLogger(__name__).info("newspaper failed on %s: %s", url, error)
        return None
    return str(article.text)


FLATTENERS: dict[str, Callable[[str], str]] = {
    "html_text": _html_text,
    "inscriptis": _inscriptis,
    "resiliparse": _resiliparse,
    "soup": _soup,
}
EXTRACTORS: dict[str, Callable[[str, str | None], str | None]] = {"trafilatura": _trafilatura, "newspaper": _newspaper}
