"""How the source of a document is located, and what a folder of rule files is."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cleaner.document import Document
from cleaner.errors import OptionError, RuleError
from cleaner.reading import read
from cleaner.sources.folders import Folder
from cleaner.sources.hosts import host_of
from cleaner.sources.locate import DEFAULT, Collection
from cleaner.sources.marks import Mark, glance, telling_lines
from cleaner.sources.matching import apply_rules
from cleaner.sources.rulefile import check_patterns

ROOT = Path(__file__).parent.parent
NOTHING = Document.from_text("A text that says nothing of its source.\n")


def _drop(*ids: str) -> str:
    """A drop rule for each id; its pattern is the id in capitals."""
    return "".join(
        f'[[drop]]\nid = "{each}"\ncategory = "other"\nline = "^{each.upper()}$"\nwhy = "A test."\nat-most = 1.0\n'
        for each in ids
    )


def _fingerprint(*patterns: str, least: int = 1) -> str:
    return f"[fingerprint]\nlines = [{', '.join(repr(pattern) for pattern in patterns)}]\nmin = {least}\n"


def _write(folder: Path, name: str, text: str = "") -> Path:
    """A file of rules, `source` or `family` filled in."""
    key = "family" if name.startswith("families/") else "source"
    path = folder / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{key} = "{name.removeprefix("families/")}"\n{text}', encoding="utf-8")
    return path


def _located(collection: Collection, text: str = "", url: str | None = None, name: str | None = None) -> str | None:
    source = collection.locate(Document.from_text(text), url, name)
    return source.name if source else None


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Two sources that nest, one with further hosts, one that is written in another script."""
    folder = tmp_path / "mine"
    _write(folder, "example.org", 'hosts = ["example.org", "example-archive.net"]\n' + _drop("share"))
    _write(folder, "blog.example.org", _drop("likes"))
    _write(folder, "bücher.example", _drop("preis"))
    _write(folder, "www.gov.example", _drop("crest"))
    return folder


# URLs

URLS = [
    ("https://example.org", "example.org"),
    ("https://example.org/a/b?c=d#e", "example.org"),
    ("http://example.org", "example.org"),
    ("HTTPS://EXAMPLE.ORG/", "example.org"),
    ("https://www.example.org/", "example.org"),
    ("https://m.news.example.org/", "example.org"),
    ("https://example.org:8443/a", "example.org"),
    ("https://example.org./a", "example.org"),
    ("https://user@example.org/", "example.org"),
    ("https://user:word@example.org:80/", "example.org"),
    ("//example.org/a", "example.org"),
    ("example.org", "example.org"),
    ("example.org/a", "example.org"),
    ("example.org:443/a", "example.org"),
    ("  https://example.org/a\n", "example.org"),
    ("https://example.org?x=1", "example.org"),
    ("https://example.org/?u=https://evil.com", "example.org"),
    ("example.org/?u=https://evil.com", "example.org"),
    ("https://example。org/", "example.org"),
    ("https://example.org\\@evil.com/", "example.org"),
    ("https://example-archive.net/", "example.org"),
    ("https://old.example-archive.net/", "example.org"),
    ("https://blog.example.org/", "blog.example.org"),
    ("https://de.blog.example.org/", "blog.example.org"),
    ("https://bücher.example/", "bücher.example"),
    ("https://BÜCHER.example/", "bücher.example"),
    ("https://xn--bcher-kva.example/", "bücher.example"),
    ("https://www.xn--bcher-kva.example/", "bücher.example"),
    ("https://www.gov.example/", "www.gov.example"),
    ("https://gov.example/", None),
    ("https://other.gov.example/", None),
    ("https://notexample.org/", None),
    ("https://example.org.evil.com/", None),
    ("https://example.orgs/", None),
    ("https://example.com/", None),
    ("https://org/", None),
    ("https://evil.com/example.org", None),
    ("https://evil.com/?u=https://example.org/", None),
    ("https://evil.com#example.org", None),
    ("https://example.org@evil.com/", None),
    ("https://example.org:word@evil.com/", None),
    ("https://example-org/", None),
    ("https://exаmple.org/", None),  # the first а is Cyrillic
    ("https://xn--exmple-4uf.org/", None),
    ("https://example..org/", None),
    ("https://.example.org../", None),
    ("https://[::1]/", None),
    ("https://[example.org/", None),
    ("https://127.0.0.1/", None),
    ("https:///example.org", None),
    ("../example.org", None),
    ("families/wordpress", None),
    ("", None),
]


@pytest.mark.parametrize(("url", "name"), URLS)
def test_a_url(mine: Path, url: str, name: str | None) -> None:
    assert _located(Collection([mine]), url=url) == name


def test_a_host_too_long_for_dns_is_none() -> None:
    assert host_of("https://" + "a." * 121 + "example.org/") == "a." * 121 + "example.org"
    assert host_of("https://" + "a." * 122 + "example.org/") is None
    assert host_of("https://" + "a." * 1_000_000 + "example.org/") is None


# Names


def test_a_name(mine: Path) -> None:
    assert _located(Collection([mine]), name="example.org") == "example.org"


def test_a_name_goes_before_a_url(mine: Path) -> None:
    assert _located(Collection([mine]), url="https://example.org/", name="blog.example.org") == "blog.example.org"


def test_a_family_may_be_named(mine: Path) -> None:
    _write(mine, "families/wordpress", _drop("comments"))
    assert _located(Collection([mine]), name="families/wordpress") == "families/wordpress"


@pytest.mark.parametrize(
    ("name", "hint"), [("exampel.org", "did you mean example.org"), ("zzz", "known are: blog.exam")]
)
def test_an_unknown_name_is_an_error_with_suggestions(mine: Path, name: str, hint: str) -> None:
    with pytest.raises(OptionError, match=hint):
        _located(Collection([mine]), name=name)


def test_of_many_sources_none_is_named_beside_an_unknown_one() -> None:
    with pytest.raises(
        OptionError, match=r"there is no source 'zzz'; clean-rules list names the \d{2,} that there are$"
    ):
        _located(Collection([DEFAULT]), name="zzz")


def test_an_unknown_name_without_any_source() -> None:
    with pytest.raises(OptionError, match="known are: none"):
        _located(Collection([]), name="example.org")


def test_the_name_of_a_wrong_file_is_that_files_error(mine: Path) -> None:
    _write(mine, "wrong.example", "colour = 1\n")
    with pytest.raises(RuleError, match="unknown key 'colour'"):
        _located(Collection([mine]), name="wrong.example")


# Fingerprints


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """Sources and families with fingerprints."""
    folder = tmp_path / "marked"
    _write(folder, "a.example", _fingerprint("^News of A$", "^Imprint A$") + _drop("share"))
    _write(folder, "b.example", _fingerprint("^News of B$", "^Imprint$") + _drop("share"))
    _write(folder, "c.example", _fingerprint("^News of C$", "^Imprint$", "^C Ltd$", least=2) + _drop("share"))
    _write(folder, "plain.example", _drop("share"))
    _write(folder, "families/reprints", _fingerprint("^Source link$") + _drop("share", "credit"))
    _write(folder, "families/forum", _fingerprint("^Powered by Forum$", "^Log in$", least=2) + _drop("replies"))
    return folder


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("News of A\nOne.", "a.example"),
        ("One.\n  News of A \nTwo.", "a.example"),
        ("The News of A were read.", None),
        ("news of a", None),
        ("News of C", None),
        ("News of C\nC Ltd", "c.example"),
        ("C Ltd\nC Ltd", None),
        ("Imprint", "b.example"),
        ("News of A\nImprint", "a.example"),
        ("News of A\nNews of B\nImprint", "b.example"),
        ("News of A\nNews of A\nNews of A\nNews of B\nImprint", "b.example"),
        ("News of B\nImprint\nNews of C", "b.example"),
        ("Imprint\nNews of C\nC Ltd", "c.example"),
        ("Source link", "families/reprints"),
        ("Log in", None),
        ("Log in\nPowered by Forum", "families/forum"),
        ("Source link\nLog in\nPowered by Forum", "families/forum"),
        ("News of A\nSource link", "a.example"),
        ("", None),
    ],
)
def test_a_fingerprint(marked: Path, text: str, name: str | None) -> None:
    assert _located(Collection([marked]), text) == name


def test_a_url_goes_before_a_fingerprint(marked: Path) -> None:
    assert _located(Collection([marked]), "News of A", url="https://b.example/") == "b.example"


def test_a_url_of_an_unknown_host_leaves_it_to_the_fingerprint(marked: Path) -> None:
    assert _located(Collection([marked]), "News of A", url="https://unknown.example/") == "a.example"
    assert _located(Collection([marked]), "News of A", url="https://[") == "a.example"


def _deciders(collection: Collection, text: str, url: str | None = None) -> list[str]:
    document = Document.from_text(text)
    source = collection.locate(document, url, None)
    return [decision.by for decision in apply_rules(source.rules, document).decisions] if source else []


def test_a_family_that_shows_its_fingerprint_joins_the_source(marked: Path) -> None:
    collection = Collection([marked])
    text = "SHARE\nCREDIT\n"
    assert _deciders(collection, text, "https://plain.example/") == ["plain.example/share"]
    joined = ["plain.example/share", "families/reprints/credit"]
    assert _deciders(collection, text + "Source link", "https://plain.example/") == joined
    assert _deciders(collection, text + "Source link") == ["families/reprints/share", "families/reprints/credit"]
    assert _deciders(collection, text, "https://plain.example/") == ["plain.example/share"]


def test_a_rule_that_is_switched_off_does_not_come_back_by_fingerprint(marked: Path) -> None:
    _write(marked, "d.example", 'extends = ["reprints"]\ndisable = ["credit"]\n')
    text = "SHARE\nCREDIT\nSource link"
    assert _deciders(Collection([marked]), text, "https://d.example/") == ["families/reprints/share"]
    _write(marked, "families/network", 'extends = ["reprints"]\ndisable = ["share"]\n')
    _write(marked, "e.example", 'extends = ["network"]\n')
    assert _deciders(Collection([marked]), text, "https://e.example/") == ["families/reprints/credit"]


def test_a_family_that_another_extends_does_not_join_beside_it(marked: Path) -> None:
    mark = _fingerprint("^Network$")
    _write(marked, "families/network", 'extends = ["reprints"]\ndisable = ["share"]\n' + mark + _drop("credit"))
    assert _deciders(Collection([marked]), "SHARE\nCREDIT\nSource link\nNetwork") == ["families/network/credit"]


def test_what_came_before_does_not_matter(marked: Path) -> None:
    texts = [
        "News of A",
        "Source link",
        "Imprint\nSource link",
        "nothing",
        "Log in\nPowered by Forum",
        "C Ltd\nImprint",
    ]
    alone = [_located(Collection([marked]), text) for text in texts]
    collection = Collection([marked])
    order = random.Random(7).choices(range(len(texts)), k=60)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda number: _located(collection, texts[number]), order))
    assert together == [alone[number] for number in order]


# Folders


def test_a_later_folder_goes_first(mine: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    _write(other, "example.org", _drop("advert"))
    for folders, owner in (([mine, other], "advert"), ([other, mine], "share")):
        rules = Collection(folders).rules_of("example.org")
        assert [placed.rule.id for placed in rules] == [owner]
        assert Collection(folders).problems == ()


def test_a_users_family_replaces_ours_for_our_sources(tmp_path: Path) -> None:
    ours, mine = tmp_path / "ours", tmp_path / "mine"
    _write(ours, "example.org", 'extends = ["wordpress"]\n')
    _write(ours, "families/wordpress", _drop("share"))
    _write(mine, "families/wordpress", _drop("likes"))
    assert [placed.rule.id for placed in Collection([ours, mine]).rules_of("example.org")] == ["likes"]


def test_a_users_source_may_extend_our_family(tmp_path: Path) -> None:
    ours, mine = tmp_path / "ours", tmp_path / "mine"
    _write(ours, "families/wordpress", _drop("share"))
    _write(mine, "example.org", 'extends = ["wordpress"]\n')
    collection = Collection([ours, mine], strict=True)
    assert [placed.name for placed in collection.rules_of("example.org")] == ["families/wordpress/share"]


def test_a_host_of_two_files_is_an_error_and_the_first_keeps_it(mine: Path) -> None:
    _write(mine, "z.example", 'hosts = ["example-archive.net"]\n')
    collection = Collection([mine])
    (problem,) = collection.problems
    assert "'example-archive.net' belongs to example.org too" in str(problem)
    assert problem.where == f"{mine / 'z.example.toml'}:2"
    assert _located(collection, url="https://example-archive.net/") == "example.org"


def test_a_host_belongs_to_the_file_named_for_it(mine: Path) -> None:
    _write(mine, "a.example", 'hosts = ["example.org"]\n')
    collection = Collection([mine])
    assert "'example.org' belongs to example.org too" in str(collection.problems[0])
    assert _located(collection, url="https://example.org/") == "example.org"
    assert "a.example" not in collection.names()


def test_a_host_of_two_folders_goes_to_the_later(mine: Path, tmp_path: Path) -> None:
    _write(tmp_path / "other", "z.example", 'hosts = ["example.org"]\n')
    assert _located(Collection([mine, tmp_path / "other"]), url="https://example.org/") == "z.example"
    assert _located(Collection([tmp_path / "other", mine]), url="https://example.org/") == "example.org"


def test_a_single_file_may_be_given(mine: Path) -> None:
    family = _write(mine, "families/wordpress", _drop("likes"))
    collection = Collection([mine / "example.org.toml", family])
    assert collection.names() == ["example.org", "families/wordpress"]


def test_other_files_are_left_alone(mine: Path) -> None:
    for name in ("README.md", "schema.json", ".hidden.toml", "example.org.toml.bak"):
        (mine / name).write_text("= nonsense", encoding="utf-8")
    collection = Collection([mine])
    assert collection.problems == ()
    assert collection.names() == ["blog.example.org", "bücher.example", "example.org", "www.gov.example"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"there is no folder of rules .*nowhere"):
        Collection([tmp_path / "nowhere"])


WRONG = [
    ("no TOML", b"source = \n", "not valid TOML"),
    ("an unknown key", b'source = "wrong.example"\ncolour = 1\n', "unknown key 'colour'"),
    ("a pattern", ('source = "wrong.example"\n' + _drop("a(")).encode().replace(b'"a("', b'"a"'), "missing )"),
    ("a fingerprint", b'source = "wrong.example"\n[fingerprint]\nlines = ["(a"]\n', "missing )"),
    ("an unknown family", b'source = "wrong.example"\nextends = ["zzz"]\n', "no family 'zzz'"),
    ("another name", b'source = "right.example"\n', "in a file of another name; give the file that domain: right.ex"),
    ("no UTF-8", b'source = "wrong.example"\n# caf\xe9\n', "not UTF-8; save it as UTF-8"),
    ("a BOM is right, but not this", b'\xef\xbb\xbfsource = "wrong.example"\nx = 1\n', "unknown key 'x'"),
    ("nothing", b"", "`source` is missing"),
]


@pytest.mark.parametrize(("raw", "problem"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_a_wrong_file_stops_nothing_else_unless_strict(mine: Path, raw: bytes, problem: str) -> None:
    (mine / "wrong.example.toml").write_bytes(raw)
    collection = Collection([mine])
    (error,) = collection.problems
    assert isinstance(error, RuleError)
    assert str(error).startswith(str(mine / "wrong.example.toml"))
    assert problem in str(error)
    assert _located(collection, url="https://example.org/") == "example.org"
    assert _located(collection, url="https://wrong.example/") is None
    with pytest.raises(RuleError) as caught:
        Collection([mine], strict=True)
    assert str(caught.value) == str(error)


def test_a_wrong_file_gives_way_to_that_of_an_earlier_folder(mine: Path, tmp_path: Path) -> None:
    _write(tmp_path / "other", "example.org", "colour = 1\n")
    collection = Collection([mine, tmp_path / "other"])
    assert [placed.rule.id for placed in collection.rules_of("example.org")] == ["share"]
    assert _located(collection, url="https://example.org/") == "example.org"
    assert len(collection.problems) == 1


def test_a_file_may_have_a_bom_and_other_line_breaks(tmp_path: Path) -> None:
    text = ('source = "example.org"\n' + _drop("share")).replace("\n", "\r\n")
    (tmp_path / "example.org.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    collection = Collection([tmp_path], strict=True)
    assert collection.rules_of("example.org")[0].where.endswith(":2")


def test_a_fingerprint_below_the_rules_counts_too(tmp_path: Path) -> None:
    _write(tmp_path, "late.example", _drop("share") + "[fingerprint]\nlines = ['^News of Late$']\n")
    assert _located(Collection([tmp_path], strict=True), "News of Late") == "late.example"


@pytest.mark.parametrize("html", ["[html]\nbody = ['article']\n", "[[html]]\nbody = ['article']\n"])
def test_html_below_the_rules_counts_too(tmp_path: Path, html: str) -> None:
    _write(tmp_path, "late.example", _drop("share") + html)
    source = Collection([tmp_path], strict=True).locate(NOTHING, None, "late.example")
    assert source is not None
    assert [layout.versions[0].body for layout in source.layouts] == [("article",)]


def _page(markup: str) -> Document:
    return read(markup, "html")


HTML_MARKS = {
    "generator": '<meta name="generator" content="Press 3.1">',
    "script": '<script src="https://cdn.example/press-content/a.js"></script>',
    "picture": '<p>Rain.</p><img src="/press-content/rain.jpg">',
    "class of body": '<body class="home press-theme">',
    "open graph": '<meta property="og:site_name" content="Press House">',
}


@pytest.mark.parametrize("markup", HTML_MARKS.values(), ids=HTML_MARKS)
def test_a_family_is_recognised_by_the_attributes_of_a_page(tmp_path: Path, markup: str) -> None:
    patterns = (
        r"'^meta generator=Press 3', '/press-content/', '^body class=.*\bpress-theme', '^meta og:site_name=Press H'"
    )
    _write(tmp_path, "families/press", _drop("share") + f"[fingerprint]\nhtml = [{patterns}]\n")
    collection = Collection([tmp_path], strict=True)
    source = collection.locate(_page(markup + "<p>Rain fell."), None, None)
    assert source is not None
    assert source.name == "families/press"
    assert collection.locate(_page("<p>Press 3 at /press-content/, body class=press-theme."), None, None) is None


def test_a_page_tells_its_source_by_its_own_address(mine: Path) -> None:
    collection = Collection([mine], strict=True)
    for markup in (
        '<link rel="canonical" href="https://www.example.org/a">',
        '<meta property="og:url" content="http://example.org/a">',
    ):
        source = collection.locate(_page(markup + "<p>Rain."), None, None)
        assert source is not None
        assert source.name == "example.org"
        assert collection.locate(_page(markup + "<p>Rain."), "https://elsewhere.example/", None) is None


def test_a_fingerprint_without_patterns_is_an_error(tmp_path: Path) -> None:
    _write(tmp_path, "a.example", "[fingerprint]\nmin = 2\n")
    with pytest.raises(RuleError, match="the fingerprint has no patterns; give it `lines`, or `html`"):
        Collection([tmp_path], strict=True)


def test_pictures_do_not_make_a_page_costly(tmp_path: Path) -> None:
    page = _page("<p>Rain.</p>" + '<img src="data:,%s">' % ("x" * 5_000) * 1_000)
    assert page.page is not None
    assert len(telling_lines(page.page)) < 50_000


def test_the_order_of_files_never_matters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{letter}.example" for letter in "abcdef"]
    for name in names:
        _write(tmp_path, name, 'hosts = ["shared.example"]\nextends = ["two", "one"]\n' + _fingerprint("^Mark$"))
    for name in ("one", "two"):
        _write(tmp_path, f"families/{name}", _fingerprint("^Mark$") + _drop("share", name))
    seen = set()
    listed = list(Path.iterdir(tmp_path)), list(Path.iterdir(tmp_path / "families"))
    for seed in range(5):
        for entries in listed:
            random.Random(seed).shuffle(entries)
        orders = dict(zip((tmp_path, tmp_path / "families"), listed, strict=True))
        monkeypatch.setattr(Path, "iterdir", lambda self, orders=orders: iter(orders[self]))
        collection = Collection([tmp_path])
        located = collection.locate(Document.from_text("Mark"), None, None)
        assert located is not None
        by_url = _located(collection, url="https://shared.example/")
        rules = tuple(placed.name for placed in located.rules.placed)
        seen.add((located.name, by_url, rules, tuple(map(str, collection.problems)), tuple(collection.names())))
    assert len(seen) == 1
    assert next(iter(seen))[:2] == ("a.example", "a.example")


# Fingerprints read without the model

PLAIN = 'source = "a.example"\nhosts = ["a.example"]\n'
KNOWN = Mark("a.example", (), hosts=("a.example",))
HEADS = {
    "no fingerprint": (PLAIN, KNOWN),
    "a fingerprint": (PLAIN + _fingerprint("^A$", "^B$", least=2), KNOWN._replace(lines=("^A$", "^B$"), least=2)),
    "rules that are no TOML": (PLAIN + _fingerprint("^A$") + "[[drop]]\nid = ", KNOWN._replace(lines=("^A$",))),
    "a head that is no TOML": (PLAIN + "extends =", None),
    "another name": ('source = "b.example"', None),
    "an unknown key": (PLAIN + 'host = "a.example"', None),
    "a table below the rules": (PLAIN + _drop("share") + _fingerprint("^A$"), None),
    "a single host": ('source = "a.example"\nhosts = "a.example"\n', None),
    "a single pattern": (PLAIN + "[fingerprint]\nlines = '^A$'", None),
    "a pattern that is none": (PLAIN + "[fingerprint]\nlines = [3]", None),
    "a wrong least": (PLAIN + "[fingerprint]\nlines = ['^A$']\nmin = 0", None),
    "an unknown key in the fingerprint": (PLAIN + "[fingerprint]\nlines = ['^A$']\nleast = 1", None),
}


@pytest.mark.parametrize(("text", "expected"), HEADS.values(), ids=HEADS)
def test_a_glance_at_a_head(text: str, expected: Mark | None) -> None:
    assert glance(text, "a.example") == expected


def test_a_shipped_file_shows_at_a_glance_what_its_model_says() -> None:
    for name in Folder(DEFAULT).names():
        mark, model = Folder(DEFAULT).mark(name), Collection([DEFAULT]).file(name).model.fingerprint
        assert mark is not None
        assert (mark.name, mark.lines, mark.least) == (name, *((model.lines, model.min) if model else ((), 1)))


def test_a_text_without_a_source_needs_no_model_of_rule_files() -> None:
    program = """
import sys
from cleaner.document import Document
from cleaner.sources.locate import DEFAULT, Collection
assert Collection([DEFAULT]).locate(Document.from_text("It rained."), None, None) is None
sys.exit(" ".join(name for name in ("msgspec", "cleaner.sources.rulefile") if name in sys.modules))
"""
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.stderr.strip() == ""


def test_a_fingerprint_that_does_not_compile_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path, "a.example", _fingerprint("^A($"))
    _write(tmp_path, "b.example", _fingerprint("^B$"))
    monkeypatch.setattr("cleaner.sources.folders.shipped", lambda: tmp_path)
    collection = Collection([DEFAULT])
    assert _located(collection, "B") == "b.example"
    assert [str(each).partition(":")[0].endswith("a.example.toml") for each in collection.problems] == [True]


# The shipped rules


def test_the_shipped_files_are_right() -> None:
    collection = Collection([DEFAULT], strict=True)
    assert collection.problems == ()
    for name in collection.names():
        loaded = collection.file(name)
        check_patterns(loaded)
        assert collection.rules_of(name) or loaded.model.html


def test_only_what_is_needed_is_read() -> None:
    """A URL whose host names a file opens that file, and no other source's."""
    folder = Folder(DEFAULT)
    collection = Collection([DEFAULT])
    collection._folders = [folder]
    assert _located(collection, url="https://www.washingtonpost.com/a/") == "washingtonpost.com"
    sources = {name for name in (*folder._heads, *folder._loaded) if not name.startswith("families/")}
    assert sources == {"washingtonpost.com"}


def test_no_rules_no_source() -> None:
    assert _located(Collection([]), "Source link", url="https://www.washingtonpost.com/") is None


SCRIPT = "from cleaner.sources.locate import *; c = Collection([DEFAULT], strict=True); print(*c.names())"


def _names_in(folder: Path, path: Path) -> list[str]:
    environment = {**os.environ, "PYTHONPATH": str(path)}
    command = [sys.executable, "-c", SCRIPT]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return run.stdout.split()


def test_the_shipped_rules_are_found_from_anywhere(tmp_path: Path) -> None:
    assert _names_in(tmp_path, ROOT) == Collection([DEFAULT]).names()


def test_the_shipped_rules_are_found_in_an_installed_package_and_in_a_zip(tmp_path: Path) -> None:
    installed = tmp_path / "site"
    shutil.copytree(ROOT / "cleaner", installed / "cleaner", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "rules", installed / "cleaner" / "_rules")
    archive = tmp_path / "site.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in sorted(installed.rglob("*")):
            packed.write(file, file.relative_to(installed))
    expected = Collection([DEFAULT]).names()
    assert _names_in(tmp_path, installed) == expected
    assert _names_in(tmp_path, archive) == expected
