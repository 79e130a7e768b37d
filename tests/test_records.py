"""Records of each kind, in and out, through the whole command."""

from __future__ import annotations

import bz2
import csv
import gzip
import importlib
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from prose import RULES, URL, body, dirty
from test_cli import CLEAN, environment, leftovers

from cleaner.records import resync

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with `my-rules/`."""
    (tmp_path / "my-rules").mkdir()
    (tmp_path / "my-rules" / "example.org.toml").write_text(RULES, encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str, stdin: bytes = b"", code: int = 0) -> subprocess.CompletedProcess[bytes]:
    """Run the command with the rules of the folder, on one worker unless told otherwise."""
    workers = () if "--workers" in arguments else ("--workers", "1")
    result = subprocess.run(
        [*CLEAN, "--no-rules", "--rules", "my-rules", *workers, *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        env=environment(),
        timeout=120,
        check=False,
    )
    assert result.returncode == code, result.stderr.decode()
    assert b"Traceback" not in result.stderr
    assert leftovers(folder) == []
    return result


def said(result: subprocess.CompletedProcess[bytes]) -> str:
    return result.stderr.decode()


def lines(data: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in data.splitlines()]


def record(number: int, **more: object) -> dict[str, object]:
    return {"id": number, "url": URL, "text": dirty(number), **more}


def jsonl(*records: dict[str, object]) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in records)


# JSON Lines


def test_fields_that_nobody_names_come_out_as_they_came_in(folder: Path) -> None:
    rest = b'"n": 1e2, "big": 123456789012345678901234567890, "e": "\\u00e9", "deep": {"a" : [1,  2.50]}, "z": null'
    line = (
        b'{"first": 1, "text": ' + json.dumps(dirty(1)).encode() + b', "url": "' + URL.encode() + b'", ' + rest + b"}\n"
    )
    (folder / "in.jsonl").write_bytes(line)
    out = run(folder, "in.jsonl").stdout
    assert lines(out) == [{**json.loads(line), "text": body(1)}]
    assert list(lines(out)[0]) == list(json.loads(line))
    for value in (b":1e2,", b":123456789012345678901234567890,", b'"\\u00e9"', b'{"a" : [1,  2.50]}'):
        assert value in out


def test_the_body_may_have_a_field_of_its_own(folder: Path) -> None:
    (folder / "in.jsonl").write_bytes(jsonl({"meta": {"link": URL}, "raw": dirty(1), "last": True}))
    call = ["in.jsonl", "--field", "raw", "--url-field", "meta.link", "--out-field", "body"]
    (found,) = lines(run(folder, *call).stdout)
    assert list(found.items()) == [("meta", {"link": URL}), ("raw", dirty(1)), ("last", True), ("body", body(1))]


def test_what_can_be_added(folder: Path) -> None:
    (folder / "in.jsonl").write_bytes(jsonl(record(1, title="mine")))
    add = "status,source,page_title=title,confidence,removed"
    (found,) = lines(run(folder, "in.jsonl", "--add", add).stdout)
    assert list(found) == ["id", "url", "text", "title", "status", "source", "page_title", "confidence", "removed"]
    assert (found["title"], found["status"], found["source"]) == ("mine", "ok", "example.org")
    assert 0 < found["confidence"] <= 1
    (removed,) = [each for each in found["removed"] if each["by"] == "example.org/harbour-letter"]
    assert dirty(1)[removed["start"] : removed["end"]].strip() == "Get the harbour letter every Monday"
    assert removed["category"] == "newsletter"


def test_what_a_page_says_of_itself_is_added_to_each_record(folder: Path) -> None:
    head = '<meta name="author" content="Nora Blank"><meta property="og:site_name" content="The Harbour Post">'
    day = '<meta property="article:published_time" content="2031-05-04">'
    page = f"<html lang='en'><head>{head}{day}</head><body><article><p>{body(1)}</p></article></body></html>"
    (folder / "in.jsonl").write_bytes(jsonl(*({"id": number, "text": page} for number in range(3))))
    found = lines(run(folder, "in.jsonl", "--add", "byline,published,site_name,language").stdout)
    told = {"byline": "Nora Blank", "published": "2031-05-04", "site_name": "The Harbour Post", "language": "en"}
    assert [{name: each[name] for name in told} for each in found] == [told] * 3


def test_what_cannot_be_added(folder: Path) -> None:
    (folder / "in.jsonl").write_bytes(jsonl(record(1)))
    assert "there is no 'colour' to add; there are status, source" in said(
        run(folder, "in.jsonl", "--add", "colour", code=2)
    )


def test_standard_input_to_standard_output(folder: Path) -> None:
    assert lines(run(folder, "--records", "jsonl", stdin=jsonl(record(1))).stdout) == [record(1) | {"text": body(1)}]
    assert lines(run(folder, "--records", "jsonl", "-", stdin=b"").stdout) == []
    assert "say with --records" in said(run(folder, "--workers", "1", "-", stdin=b"", code=2))


MALFORMED = {
    b'{"text": ': "the line is no whole JSON object (Input data was truncated); write one object a line",
    b"5": "the line is no JSON object: Expected `object`, got `int`",
    b"[1]": "the line begins a list; where the file is one, write it one object a line",
    b'[{"text": "a"},': "the line begins a list; where the file is one, write it one object a line",
    b"[NaN]": "the line begins a list",
    b"NaN": "the line is no whole JSON object",
    b'{"text": 5}': "the field 'text' is no text; write text or null, or name another with --field",
    b'{"body": "x"}': "the record has no field 'text'; its fields are: body",
    b'{"text": "\xff"}': "the line is no UTF-8 (invalid start byte); save the file as UTF-8",
    b'{"text": "a", "url": ["b"]}': "the field 'url' is no text; write text or null, or name another with --url-field",
    b'{"a": ' * 100_000: "nested too deeply",
}


def test_malformed_records_are_set_aside_with_their_lines(folder: Path) -> None:
    good = jsonl(record(1))
    (folder / "in.jsonl").write_bytes(good + b"".join(line + b"\n" + good for line in MALFORMED))
    result = run(folder, "in.jsonl", "--rejects", "rejects.jsonl")
    assert lines(result.stdout) == [record(1) | {"text": body(1)}] * (len(MALFORMED) + 1)
    rejects = lines((folder / "rejects.jsonl").read_bytes())
    assert [each["line"] for each in rejects] == [2 * number for number in range(1, len(MALFORMED) + 1)]
    for each, (line, error) in zip(rejects, MALFORMED.items(), strict=True):
        assert each["input"] == "in.jsonl"
        assert each["reason"] == "malformed"
        assert error in each["error"]
        assert each["record"] == line.decode("utf-8", "backslashreplace")
    assert f"{len(MALFORMED)} set aside: {len(MALFORMED)} malformed" in said(result)
    run(folder, "in.jsonl", "--strict", code=1)


def test_an_unreadable_record_leaves_those_beside_it_alone(folder: Path) -> None:
    picture = "\x89PNG\r\n\x1a\n"
    pytest.importorskip("pyarrow", reason="the extra records is not installed")
    import pyarrow as pa
    import pyarrow.parquet as pq

    raws = [dirty(1).encode(), picture.encode("latin-1"), None, dirty(2).encode()]
    pq.write_table(pa.table({"text": pa.array(raws, pa.binary()), "url": [URL] * 4}), folder / "in.parquet")
    result = run(folder, "in.parquet", "-o", "out.jsonl", "--rejects", "rejects.jsonl")
    assert [each["text"] for each in lines((folder / "out.jsonl").read_bytes())] == [body(1), "", body(2)]
    (reject,) = lines((folder / "rejects.jsonl").read_bytes())
    assert (reject["row"], reject["reason"]) == (2, "unreadable")
    assert "a PNG image" in reject["error"]
    assert "1 set aside: 1 unreadable" in said(result)


def test_oversized_records_are_set_aside_and_never_held(folder: Path) -> None:
    large = jsonl(record(2, padding="x" * 3_000_000))
    (folder / "in.jsonl").write_bytes(jsonl(record(1)) + large + jsonl(record(3), record(4, padding="x" * 20_000)))
    call = ["in.jsonl", "--max-size", "10000", "--rejects", "rejects.jsonl"]
    assert [each["id"] for each in lines(run(folder, *call).stdout)] == [1, 3]
    rejects = lines((folder / "rejects.jsonl").read_bytes())
    assert [(each["line"], each["reason"], each["record"]) for each in rejects] == [
        (2, "oversized", None),
        (4, "oversized", None),
    ]
    assert f"the record has {len(large):,} bytes or more, and 10,000 are allowed" in rejects[0]["error"]


@pytest.mark.parametrize("kind", ["jsonl", "csv", "tsv", "parquet", "txt"])
def test_the_limit_is_in_bytes(folder: Path, kind: str) -> None:
    """A text of 400 characters that has 800 bytes and a text that has 400, in each kind, with 600 allowed."""
    texts = ["é" * 400, "e" * 400]
    name = f"in.{kind}"
    if kind == "jsonl":
        (folder / name).write_bytes(b"".join(b'{"text": "%s"}\n' % text.encode() for text in texts))
    elif kind == "parquet":
        pq = pytest.importorskip("pyarrow.parquet", reason="the extra records is not installed")
        import pyarrow as pa

        pq.write_table(pa.table({"text": texts}), folder / name)
    elif kind == "txt":
        name = "in"
        (folder / name).mkdir()
        for number, text in enumerate(texts):
            (folder / name / f"{number}.txt").write_bytes(text.encode())
    else:
        (folder / name).write_text("text\n" + "\n".join(texts) + "\n", encoding="utf-8")
    output = "out.jsonl" if kind == "txt" else f"out.{kind}"
    run(folder, name, "-o", output, "--max-size", "600", "--rejects", "bad.jsonl")
    (reject,) = lines((folder / "bad.jsonl").read_bytes())
    assert reject["reason"] == "oversized"
    assert "and 600 are allowed" in str(reject["error"])
    assert str(reject["input"]).endswith("0.txt" if kind == "txt" else name)


def test_lone_surrogates_and_nan_pass_as_python_writes_them(folder: Path) -> None:
    (folder / "in.jsonl").write_bytes(jsonl(record(1, text=body(1) + "\ud800", score=float("nan"))))
    out = run(folder, "in.jsonl").stdout
    assert b"\\ud800" in out
    assert b'"score":NaN' in out
    assert lines(out)[0]["text"] == body(1) + "\ud800"


def test_an_output_that_replaces_its_input_needs_a_place_for_what_is_set_aside(folder: Path) -> None:
    whole = jsonl(record(1)) + b"{\n"
    (folder / "in.jsonl").write_bytes(whole)
    for output in ("in.jsonl", "./"):
        result = run(folder, "in.jsonl", "-o", output, code=2)
        assert f"-o {output}: this replaces in.jsonl, and records set aside would be lost" in said(result)
    assert (folder / "in.jsonl").read_bytes() == whole
    run(folder, "in.jsonl", "-o", "in.jsonl", "--rejects", "rejects.jsonl")
    assert lines((folder / "in.jsonl").read_bytes()) == [record(1) | {"text": body(1)}]
    assert [each["record"] for each in lines((folder / "rejects.jsonl").read_bytes())] == ["{"]


def test_a_run_without_text_says_so(folder: Path) -> None:
    (folder / "in.jsonl").write_bytes(jsonl({"text": None}))
    result = said(run(folder, "in.jsonl", "-o", "out.jsonl"))
    assert "records/s; no text" in result
    assert "no rules: 1 record, no text" in result


def test_a_list_of_records_as_one_json_value(folder: Path) -> None:
    records = [record(1, tags=["a", {"b": 1.50}]), {"id": 2}, record(3), 7]
    (folder / "in.json").write_text(json.dumps(records, indent=2), encoding="utf-8")
    run(folder, "in.json", "-o", "out.jsonl", "--rejects", "bad.jsonl")
    first, second = lines((folder / "out.jsonl").read_bytes())
    assert first == {**record(1, tags=["a", {"b": 1.50}]), "text": body(1)}
    assert second == {**record(3), "text": body(3)}
    rejects = lines((folder / "bad.jsonl").read_bytes())
    assert [(each["number"], each["reason"]) for each in rejects] == [(2, "malformed"), (4, "malformed")]
    run(folder, "in.json", "-o", "out/", "--rejects", "bad.jsonl")
    assert (folder / "out" / "in.jsonl").read_bytes() == (folder / "out.jsonl").read_bytes()


def test_one_record_as_one_json_value(folder: Path) -> None:
    (folder / "in.json").write_text(json.dumps(record(1), indent=2), encoding="utf-8")
    (one,) = lines(run(folder, "in.json").stdout)
    assert one == {**record(1), "text": body(1)}
    assert "records are written one a line; name it .jsonl" in said(run(folder, "in.json", "-o", "out.json", code=2))


@pytest.mark.parametrize(("data", "error"), [(b"[{]", "no whole JSON value"), (b"7", "neither a list of records nor")])
def test_json_that_is_no_list_of_records(folder: Path, data: bytes, error: str) -> None:
    (folder / "in.json").write_bytes(data)
    told = said(run(folder, "in.json", code=1))
    assert f"in.json: the file is {error}" in told
    assert "write it one record a line" in told


def test_json_beside_pages_is_not_read(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(dirty(1), encoding="utf-8")
    (folder / "in" / "a.json").write_text("{}", encoding="utf-8")
    (one,) = lines(run(folder, "in", "-o", "out.jsonl").stdout or (folder / "out.jsonl").read_bytes())
    assert one["file"] == "in/a.txt"


def test_a_byte_order_mark_and_crlf_are_no_part_of_records(folder: Path) -> None:
    data = b"\xef\xbb\xbf" + jsonl(record(1), record(2)).replace(b"\n", b"\r\n")
    assert [each["id"] for each in lines(run(folder, "--records", "jsonl", stdin=data).stdout)] == [1, 2]


PACK = {"gz": gzip.compress, "bz2": bz2.compress}
UNPACK = {"gz": gzip.decompress, "bz2": bz2.decompress}


@pytest.mark.parametrize("packed", ["gz", "bz2", "zst"])
def test_compressed_in_and_out(folder: Path, packed: str) -> None:
    if packed == "zst":
        zstandard = pytest.importorskip("zstandard", reason="the extra records is not installed")
        pack, unpack = (
            zstandard.compress,
            lambda data: zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True).read(),
        )
    else:
        pack, unpack = PACK[packed], UNPACK[packed]
    many = [record(number, text=dirty(number) * 3) for number in range(700)]
    half = len(many) // 2
    (folder / f"in.jsonl.{packed}").write_bytes(pack(jsonl(*many[:half])) + pack(jsonl(*many[half:])))
    run(folder, f"in.jsonl.{packed}", "-o", f"out.jsonl.{packed}")
    run(folder, f"in.jsonl.{packed}", "-o", "plain.jsonl")
    out = unpack((folder / f"out.jsonl.{packed}").read_bytes())
    assert out == (folder / "plain.jsonl").read_bytes()
    assert [each["id"] for each in lines(out)] == list(range(700))


def test_a_damaged_input_fails_and_the_others_go_on(folder: Path) -> None:
    whole = gzip.compress(jsonl(*[record(number) for number in range(50)]))
    (folder / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    (folder / "b.jsonl").write_bytes(jsonl(record(99)))
    result = run(folder, "a.jsonl.gz", "missing.jsonl", "b.jsonl", "-o", "out.jsonl", code=1)
    assert "clean: a.jsonl.gz: the file is damaged" in said(result)
    assert "clean: missing.jsonl: no such file" in said(result)
    assert lines((folder / "out.jsonl").read_bytes())[-1]["id"] == 99


def test_a_folder_for_the_outputs(folder: Path) -> None:
    (folder / "in" / "deep").mkdir(parents=True)
    (folder / "in" / "a.jsonl").write_bytes(jsonl(record(1)))
    (folder / "in" / "deep" / "b.jsonl.gz").write_bytes(gzip.compress(jsonl(record(2), record(3))))
    run(folder, "in", "-o", "out/")
    assert [each["id"] for each in lines((folder / "out" / "a.jsonl").read_bytes())] == [1]
    assert [each["id"] for each in lines(gzip.decompress((folder / "out" / "deep" / "b.jsonl.gz").read_bytes()))] == [
        2,
        3,
    ]
    run(folder, "in/*.jsonl", "in/deep/*", "-o", "both.jsonl")
    assert [each["id"] for each in lines((folder / "both.jsonl").read_bytes())] == [1, 2, 3]
    clash = run(folder, "in/a.jsonl", "out/a.jsonl", "-o", "more/", code=2)
    assert "in/a.jsonl and out/a.jsonl would both become more/a.jsonl" in said(clash)


# CSV


def test_csv(folder: Path) -> None:
    rows = [["id", "text", "url", "note"], ["1", dirty(1), URL, 'a "quoted", one'], ["2", dirty(2), "", ""]]
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    (folder / "in.csv").write_bytes(
        buffer.getvalue().encode() + b"3,too few\n" + b'4,"' + dirty(4).encode() + b'",\xff,x\n'
    )
    result = run(folder, "in.csv", "-o", "out.csv", "--add", "status", "--rejects", "rejects.jsonl")
    out = list(csv.reader((folder / "out.csv").open(encoding="utf-8", errors="surrogateescape", newline="")))
    assert out[0] == ["id", "text", "url", "note", "status"]
    assert out[1] == ["1", body(1), URL, 'a "quoted", one', "ok"]
    assert (out[2][0], out[3][0], out[3][2]) == ("2", "4", "\udcff")
    assert b",\xff," in (folder / "out.csv").read_bytes()
    (reject,) = lines((folder / "rejects.jsonl").read_bytes())
    assert reject["reason"] == "malformed"
    assert reject["error"] == "the row has 2 fields, and the header has 4; quote what holds a delimiter"
    assert reject["line"] == 1 + len(buffer.getvalue().splitlines())
    assert "1 set aside" in said(result)
    run(folder, "in.csv", "-o", "out.tsv")
    assert (folder / "out.tsv").read_bytes().startswith(b"id\ttext\turl\tnote\n1\t")


def test_names_of_columns_that_are_no_utf8(folder: Path) -> None:
    (folder / "in.csv").write_bytes("Größe,text,url\n".encode("latin-1") + f'1,"{dirty(1)}",{URL}\n'.encode())
    run(folder, "in.csv", "-o", "out.csv")
    assert (folder / "out.csv").read_bytes() == f'Größe,text,url\n1,"{body(1)}",{URL}\n'.encode().replace(
        "Größe".encode(), "Größe".encode("latin-1")
    )
    run(folder, "in.csv", "-o", "out.jsonl")
    (found,) = lines((folder / "out.jsonl").read_bytes())
    assert found == {"Gr\udcf6\udcdfe": "1", "text": body(1), "url": URL}
    missing = said(run(folder, "in.csv", "-o", "none.csv", "--field", "page", code=1))
    assert "there is no column 'page' (--field); its columns are: Gr" in missing


def test_a_table_without_a_form_for_what_is_no_utf8_says_so(folder: Path) -> None:
    (folder / "in.csv").write_bytes(b"id,text\n1,It rained.\n\xff,It snowed.\n")
    run(folder, "in.csv", "-o", "out.parquet", "--rejects", "rejects.jsonl")
    (reject,) = lines((folder / "rejects.jsonl").read_bytes())
    assert reject["error"].startswith("the column 'id' holds bytes that are no UTF-8, which Parquet has no form for")
    (folder / "in.csv").write_bytes(b"Gr\xf6\xdfe,text\n1,It rained.\n")
    assert "save the file as UTF-8" in said(run(folder, "in.csv", "-o", "out.parquet", code=1))


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize(("name", "text"), [("in.jsonl", '{"text": "Rain."}\n'), ("in.csv", "id,text\n1,Rain.\n")])
def test_wide_characters_are_refused_with_a_remedy(
    folder: Path, name: str, text: str, encoding: str, packed: str
) -> None:
    data = text.encode(encoding)
    (folder / f"{name}{packed}").write_bytes(gzip.compress(data) if packed else data)
    result = run(folder, f"{name}{packed}", "-o", "out.jsonl", code=1)
    assert f"clean: {name}{packed}: the file is in UTF-{encoding[4:6]}; save it as UTF-8" in said(result)
    assert "set aside" not in said(result)
    assert not (folder / "out.jsonl").exists()


def test_csv_parted_by_semicolons_or_tabs(folder: Path) -> None:
    for delimiter in ";\t":
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=delimiter).writerows([["id", "text", "url", "note"], ["1", dirty(1), URL, "1,5"]])
        (folder / "in.csv").write_bytes(b"\xef\xbb\xbf" + buffer.getvalue().encode())
        run(folder, "in.csv", "-o", "out.csv")
        out = list(csv.reader((folder / "out.csv").open(encoding="utf-8", newline="")))
        assert out == [["id", "text", "url", "note"], ["1", body(1), URL, "1,5"]]


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_a_quotation_mark_that_is_never_closed_spoils_its_own_row_alone(folder: Path, end: bytes) -> None:
    (folder / "in.csv").write_bytes(b'id,text\n1,"It rained,\nall day."\n2,"It snowed.\n3,It froze.' + end)
    result = run(folder, "in.csv", "-o", "out.csv", "--rejects", "rejects.jsonl")
    assert (folder / "out.csv").read_text(encoding="utf-8") == 'id,text\n1,"It rained,\nall day."\n'
    (reject,) = lines((folder / "rejects.jsonl").read_bytes())
    assert (reject["line"], reject["reason"]) == (4, "malformed")
    assert reject["error"].startswith("the row opens a quotation mark that the file never closes")
    assert reject["record"] == "2,It snowed.\n3,It froze." + end.decode()
    assert "1 set aside" in said(result)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", "there is no header line"),
        (b"id,id\n1,2\n", "the header names the column 'id' twice"),
        (b"id,page\n1,2\n", "there is no column 'text' (--field); its columns are: id, page"),
    ],
)
def test_csv_that_cannot_be_read(folder: Path, data: bytes, error: str) -> None:
    (folder / "in.csv").write_bytes(data)
    assert error in said(run(folder, "in.csv", "-o", "out.csv", code=1))
    assert not (folder / "out.csv").exists()


def test_inputs_of_one_table_have_its_columns(folder: Path) -> None:
    (folder / "a.csv").write_text(f'text,url\n"{body(1)}",\n', encoding="utf-8")
    (folder / "b.csv").write_text(f'text,link\n"{body(2)}",\n', encoding="utf-8")
    result = run(folder, "a.csv", "b.csv", "-o", "out.csv", code=1)
    assert "clean: b.csv: its columns are text (string), link (string), those of the first input" in said(result)
    assert [row["text"] for row in csv.DictReader((folder / "out.csv").open(encoding="utf-8"))] == [body(1)]
    run(folder, "a.csv", "b.csv", "-o", "out/")
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["a.csv", "b.csv"]


def test_records_without_columns_make_no_table(folder: Path) -> None:
    (folder / "in.jsonl").write_bytes(jsonl(record(1)))
    assert "csv has columns; write .jsonl" in said(run(folder, "in.jsonl", "-o", "out.csv", code=2))


# Parquet


def test_parquet_keeps_types_and_metadata(folder: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra records is not installed")
    pq = pytest.importorskip("pyarrow.parquet")
    kinds = pa.schema(
        {
            "id": pa.int16(),
            "text": pa.large_string(),
            "when": pa.timestamp("ms", "UTC"),
            "meta": pa.struct({"url": pa.string()}),
            "tag": pa.dictionary(pa.int8(), pa.string()),
            "scores": pa.list_(pa.float32()),
        },
        metadata={"made": "by hand"},
    )
    rows = [
        {
            "id": number,
            "text": dirty(number),
            "when": None if number % 7 == 0 else number,
            "meta": {"url": URL},
            "tag": f"t{number % 3}",
            "scores": [number / 2, None],
        }
        for number in range(1500)
    ]
    table = pa.Table.from_pylist(rows, kinds)
    pq.write_table(table, folder / "in.parquet", row_group_size=400)
    run(folder, "in.parquet", "-o", "out.parquet", "--url-field", "meta.url", "--add", "status,removed")
    out = pq.read_table(folder / "out.parquet")
    assert out.schema.metadata == {b"made": b"by hand"}
    assert out.select(kinds.names).schema.equals(kinds)
    assert out.drop(["text", "status", "removed"]).equals(table.drop(["text"]))
    assert out.column("text").to_pylist() == [body(number) for number in range(1500)]
    assert set(out.column("status").to_pylist()) == {"ok"}
    assert out.column("removed")[0][0]["by"].as_py() == "example.org/harbour-letter"


def test_parquet_to_standard_output_and_from_it(folder: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra records is not installed")
    pq = pytest.importorskip("pyarrow.parquet")
    sink = io.BytesIO()
    pq.write_table(pa.table({"text": [dirty(1)], "url": [URL]}), sink)
    out = run(folder, "--records", "parquet", stdin=sink.getvalue()).stdout
    assert pq.read_table(io.BytesIO(out)).to_pylist() == [{"text": body(1), "url": URL}]


def test_parquet_that_cannot_be_read(folder: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra records is not installed")
    pq = pytest.importorskip("pyarrow.parquet")
    (folder / "a.parquet").write_bytes(b"PAR1 not really")
    pq.write_table(pa.table({"text": [1, 2]}), folder / "b.parquet")
    result = run(folder, "a.parquet", "b.parquet", "-o", "out/", code=1)
    assert "a.parquet: this is no Parquet file" in said(result)
    assert "b.parquet: the column 'text' (--field) holds int64, not text" in said(result)


def test_a_parquet_column_of_nulls_alone_is_empty_texts(folder: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra records is not installed")
    pq = pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table({"id": [1, 2], "text": pa.nulls(2)}), folder / "in.parquet")
    run(folder, "in.parquet", "-o", "out.parquet")
    assert pq.read_table(folder / "out.parquet").to_pylist() == [{"id": 1, "text": ""}, {"id": 2, "text": ""}]


# WARC


def warc(kind: str, url: str, content: bytes, media: str) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{len(content):032x}>\r\n"
        f"WARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Target-URI: {url}\r\nContent-Type: {media}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def http(media: str, content: bytes, *headers: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", f"Content-Type: {media}", *headers, "", ""]).encode() + content


def archive() -> list[bytes]:
    page = "".join(f"<p>{line}</p>" for line in dirty(1).splitlines() if line)
    page = f"<!doctype html><html><body><article>{page}</article></body></html>"
    latin = page.replace("“", "«").replace("”", "»").encode("latin-1")
    packed = gzip.compress(latin)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    encoded = ("Content-Encoding: gzip", "Transfer-Encoding: chunked")
    return [
        warc("warcinfo", "", b"software: none\r\n", "application/warc-fields"),
        warc("request", URL, b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
        warc(
            "response",
            URL,
            http("text/html; charset=iso-8859-1", chunked, *encoded),
            "application/http; msgtype=response",
        ),
        warc("response", URL, http("image/png", b"\x89PNG\r\n\x1a\n"), "application/http; msgtype=response"),
        warc("conversion", URL, dirty(2).encode(), "text/plain"),
    ]


@pytest.mark.parametrize("name", ["in.warc", "in.warc.gz", "in.warc.wet.gz"])
def test_archives(folder: Path, name: str) -> None:
    pytest.importorskip("fastwarc", reason="the extra records is not installed")
    pieces = archive()
    (folder / name).write_bytes(b"".join(map(gzip.compress, pieces)) if name.endswith(".gz") else b"".join(pieces))
    page, text = lines(run(folder, name, "--add", "source").stdout)
    assert list(page) == ["id", "url", "date", "text", "source"]
    assert (page["url"], page["date"], page["source"]) == (URL, "2026-01-02T03:04:05Z", "example.org")
    assert page["text"].split() == body(1).replace("“", "«").replace("”", "»").split()
    assert text["text"] == body(2)
    run(folder, name, "-o", "out.wet.gz")
    again = lines(run(folder, "out.wet.gz").stdout)
    assert [each["text"] for each in again] == [page["text"], text["text"]]
    assert [each["url"] for each in again] == [URL, URL]
    head = gzip.decompress((folder / "out.wet.gz").read_bytes()).split(b"\r\n\r\n")[0].decode()
    assert f"WARC-Refers-To: {page['id']}" in head


def test_a_damaged_archive(folder: Path) -> None:
    pytest.importorskip("fastwarc", reason="the extra records is not installed")
    pieces = archive()
    (folder / "cut.warc").write_bytes(b"".join(pieces)[:-60])
    (folder / "rubbish.warc").write_bytes(pieces[4] + b"what is this\r\n\r\n" + pieces[4])
    result = run(folder, "cut.warc", "rubbish.warc", "-o", "out.jsonl", "--rejects", "rejects.jsonl", code=1)
    assert "cut.warc: the archive is damaged" in said(result)
    assert "rubbish.warc: the archive" not in said(result)
    cut, rubbish = lines((folder / "rejects.jsonl").read_bytes())
    assert (cut["input"], cut["reason"]) == ("cut.warc", "malformed")
    assert cut["offset"] == sum(map(len, pieces[:4]))
    assert (rubbish["input"], rubbish["reason"], rubbish["offset"]) == ("rubbish.warc", "malformed", 0)
    assert f"and read on at offset {len(pieces[4]) + 16}; fetch it anew" in rubbish["error"]
    assert len(lines((folder / "out.jsonl").read_bytes())) == 3


def damaged(name: str) -> tuple[bytes, int, list[int]]:
    """An archive of five texts that is damaged in the second, the offset at which that is told, the texts left."""
    texts = [warc("conversion", f"{URL}/{number}", dirty(number).encode(), "text/plain") for number in range(5)]
    if name.startswith("no-length"):
        texts[1] = texts[1].replace(b"Content-Length", b"Content-Lungth")
    if name.startswith("too-long"):
        texts[1] = texts[1].replace(b"Content-Length: ", b"Content-Length: 99")
    pieces = [gzip.compress(text) for text in texts] if name.endswith(".gz") else texts
    second = bytearray(pieces[1])
    if name.startswith("sum"):
        second[-6] ^= 255
    if name.startswith("head"):
        second[:40] = bytes(40)
    if name.startswith("cut"):
        del second[len(second) // 2 :]
    return b"".join([pieces[0], second, *pieces[2:]]), 0 if "head" in name else len(pieces[0]), [0, 2, 3, 4]


NAMES = ("no-length.warc", "too-long.warc", "no-length.warc.gz", "sum.warc.gz", "head.warc.gz", "cut.warc.gz")


@pytest.mark.parametrize("name", NAMES)
def test_an_archive_is_read_on_behind_damage(folder: Path, name: str) -> None:
    pytest.importorskip("fastwarc", reason="the extra records is not installed")
    data, offset, left = damaged(name)
    (folder / name).write_bytes(data)
    run(folder, name, "-o", "out.jsonl", "--rejects", "rejects.jsonl")
    assert [each["url"] for each in lines((folder / "out.jsonl").read_bytes())] == [f"{URL}/{n}" for n in left]
    (reject,) = lines((folder / "rejects.jsonl").read_bytes())
    assert (reject["reason"], reject["offset"]) == ("malformed", offset)


def test_an_archive_from_a_pipe_ends_at_damage(folder: Path) -> None:
    pytest.importorskip("fastwarc", reason="the extra records is not installed")
    data, offset, _ = damaged("no-length.warc")
    result = run(folder, "-", "--records", "warc", "-o", "out.jsonl", stdin=data, code=1)
    assert f"the archive is damaged at the record at offset {offset} or behind it" in said(result)
    assert [each["url"] for each in lines((folder / "out.jsonl").read_bytes())] == [f"{URL}/0"]


def test_a_record_behind_damage_is_found_across_what_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resync, "STRETCH", 7)
    text = warc("conversion", URL, b"The ferry left.", "text/plain")
    packed = gzip.compress(text)
    for before in (b"\r\n\r\n", b"\n\n", b"WARC/1.0\r\nnone\r\n\r\n"):
        for size in range(30):
            stream = io.BytesIO(b"x" * size + before + text)
            assert resync.next_record(stream, 0) == size + len(before)
    for size in range(30):
        stream = io.BytesIO(b"\x1f\x8b\x08" + b"x" * size + gzip.compress(b"The ferry") + packed + b"x" * 2_000)
        assert resync.next_record(stream, 0) == stream.getvalue().index(packed)
        assert resync.next_record(stream, stream.getvalue().index(packed) + 1) is None


# Files


def test_names_of_files_that_are_no_utf8(folder: Path) -> None:
    name = "caf\udce9"
    try:
        (folder / f"{name}.jsonl").write_bytes(jsonl(record(1)))
    except (OSError, UnicodeEncodeError):
        pytest.skip("this file system has names in UTF-8 alone")
    run(folder, f"{name}.jsonl", "missing.jsonl", "-o", "out.jsonl", code=1)
    assert [each["id"] for each in lines((folder / "out.jsonl").read_bytes())] == [1]
    missing = run(folder, "missing.jsonl", f"{name}2.jsonl", "-o", "out.jsonl", "--metrics", "metrics.json", code=1)
    assert "caf\\udce92.jsonl: no such file" in said(missing)
    assert "caf\udce92.jsonl" in json.loads((folder / "metrics.json").read_bytes())["failed_inputs"]
    (folder / "in").mkdir()
    (folder / "in" / f"{name}.txt").write_text(body(1), encoding="utf-8")
    run(folder, "in", "-o", "out.jsonl")
    assert lines((folder / "out.jsonl").read_bytes()) == [{"file": f"in/{name}.txt", "text": body(1)}]
    run(folder, "in", "-o", "bodies/")
    assert (folder / "bodies" / f"{name}.txt").read_text(encoding="utf-8") == body(1)


def test_files_become_records_or_files(folder: Path) -> None:
    (folder / "in" / "sub").mkdir(parents=True)
    (folder / "in" / "a.txt").write_text(body(1), encoding="utf-8")
    (folder / "in" / "sub" / "b.html.gz").write_bytes(gzip.compress(f"<p>{body(2)}</p>".encode()))
    (folder / "in" / "c.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(9))
    (folder / "in" / "notes.md").write_text("not ours")
    run(folder, "in", "-o", "out.jsonl", "--rejects", "rejects.jsonl")
    found = lines((folder / "out.jsonl").read_bytes())
    assert [each["file"] for each in found] == ["in/a.txt", "in/sub/b.html.gz"]
    assert found[0]["text"] == body(1)
    (reject,) = lines((folder / "rejects.jsonl").read_bytes())
    assert (reject["input"], reject["reason"]) == ("in/c.txt", "unreadable")
    run(folder, "in", "-o", "bodies/")
    assert (folder / "bodies" / "a.txt").read_text(encoding="utf-8") == body(1)
    assert gzip.decompress((folder / "bodies" / "sub" / "b.html.gz").read_bytes()).decode() == found[1]["text"]
    assert sorted(path.name for path in (folder / "bodies").rglob("*")) == ["a.txt", "b.html.gz", "sub"]


# Stores


def test_a_store_through_fsspec(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fsspec", reason="the extra remote is not installed")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    (folder / "in").mkdir()
    (folder / "in" / "a.jsonl").write_bytes(jsonl(record(1)))
    (folder / "in" / "b.jsonl").write_bytes(jsonl(record(2)))
    store = f"local://{folder}"
    run(folder, f"{store}/in/*.jsonl", "-o", f"{store}/out/both.jsonl")
    assert [each["id"] for each in lines((folder / "out" / "both.jsonl").read_bytes())] == [1, 2]
    run(folder, f"{store}/in/a.jsonl", "-o", f"{store}/out/")
    assert [each["id"] for each in lines((folder / "out" / "a.jsonl").read_bytes())] == [1]
    assert {path.suffix for path in (folder / "cache").rglob("*") if path.is_file()} <= {".model"}
    assert "cannot be looked up" in said(run(folder, "nowhere://x/a.jsonl", code=2))


# What is missing, what cannot be


WITHOUT = """
import sys
for name in sys.argv.pop(1).split(","):
    sys.modules[name] = None
from cleaner.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("library", "name", "extra"),
    [
        ("pyarrow", "in.parquet", "records"),
        ("fastwarc.warc", "in.warc", "records"),
        ("zstandard", "in.jsonl.zst", "records"),
        ("fsspec", "s3://bucket/in.jsonl", "remote"),
    ],
)
def test_a_missing_extra_is_named(folder: Path, library: str, name: str, extra: str) -> None:
    if "://" not in name:
        (folder / name).write_bytes(b"\x28\xb5\x2f\xfd" if name.endswith(".zst") else b"PAR1")
    call = [sys.executable, "-c", WITHOUT, library, name, "-o", "out.jsonl"]
    result = subprocess.run(call, cwd=folder, capture_output=True, env=environment(), check=False, timeout=60)
    assert result.returncode == 2, result.stderr
    assert (
        f"needs {library.partition('.')[0]}, which is not installed; install it: pip install 'cleaner[{extra}]'"
        in said(result)
    )


def test_json_lines_need_no_extra(folder: Path) -> None:
    (folder / "in.jsonl").write_bytes(jsonl(record(1)))
    call = [sys.executable, "-c", WITHOUT, "pyarrow,fastwarc,zstandard,fsspec", "in.jsonl"]
    result = subprocess.run(call, cwd=folder, capture_output=True, env=environment(), check=False, timeout=60)
    assert result.returncode == 0, result.stderr
    assert len(lines(result.stdout)) == 1


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["in.jsonl", "--json"], "--json is for single texts; --add removed gives each record its account"),
        (["in.jsonl", "--url", URL], "--url-field names the field that holds the URL"),
        (["--records", "xml", "in.jsonl"], "no such kind of records; there are jsonl, json, csv"),
        (["notes.md", "--workers", "1"], "notes.md: no such file or folder; check the name"),
        (["my-rules/example.org.toml", "--workers", "1"], "toml: the name does not say what records these are"),
        (["in.jsonl", "-o", "out.parquet.gz"], "Parquet compresses by itself; leave out .gz"),
        (["in.jsonl", "-o", "out.wet"], "have no WARC headers; write .jsonl"),
        (
            ["my-rules/*.toml", "--records", "pages", "--url-field", "link", "-o", "out.jsonl"],
            "--url-field is for records with fields, and there are none in pages; leave it out",
        ),
        (["in.jsonl", "--resume"], "--resume needs an output that is a file or a folder"),
        (["*.jsonl.gz", "-o", "out.jsonl"], "no file has a name like this"),
        (
            ["my-rules", "-o", "out.jsonl"],
            "this folder holds no records and no .txt, .html, .htm, .xhtml; name files of",
        ),
        (["in.jsonl", "--rejects", "./in.jsonl"], "--rejects ./in.jsonl: this is an input, which would be lost"),
        (["in.jsonl", "--metrics", "in.jsonl"], "--metrics in.jsonl: this is an input, which would be lost"),
        (
            ["in.jsonl", "-o", "o.jsonl", "--rejects", "o.jsonl"],
            "-o and --rejects both name o.jsonl; choose another file",
        ),
        (
            ["in.jsonl", "--rejects", "-"],
            "-o and --rejects both name standard output; choose another file for one of them",
        ),
        (["in.jsonl", "--metrics", "-"], "-o and --metrics both name standard output"),
    ],
)
def test_wrong_usage(folder: Path, arguments: Sequence[str], error: str) -> None:
    (folder / "in.jsonl").write_bytes(jsonl(record(1)))
    assert error in said(run(folder, *arguments, code=2))
    assert sorted(path.name for path in folder.iterdir()) == ["in.jsonl", "my-rules"]


def test_an_output_without_a_folder_is_told_its_remedy(folder: Path) -> None:
    (folder / "in.jsonl").write_bytes(jsonl(record(1)))
    told = said(run(folder, "in.jsonl", "-o", "nowhere/out.jsonl", code=1))
    assert told.endswith("(No such file or directory); make its folder, or choose another place\n")


def test_a_page_that_cannot_be_written_is_told_its_remedy(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(dirty(1), encoding="utf-8")
    (folder / "out").mkdir()
    (folder / "out" / "a.txt").mkdir()
    told = said(run(folder, "in/*.txt", "-o", "out/", code=1))
    assert told == "clean: out/a.txt: cannot be written (Is a directory); choose another place\n"


def test_metrics_to_standard_output(folder: Path) -> None:
    (folder / "in.jsonl").write_bytes(jsonl(record(1)))
    assert json.loads(run(folder, "in.jsonl", "-o", "out.jsonl", "--metrics", "-").stdout)["records"] == 1


def test_metrics(folder: Path) -> None:
    (folder / "in.jsonl").write_bytes(jsonl(record(1), record(2), record(3, url=None)) + b"{\n")
    run(folder, "in.jsonl", "-o", "out.jsonl", "--metrics", "metrics.json", "--add", "removed")
    found = json.loads((folder / "metrics.json").read_bytes())
    assert found["records"] == 3
    assert found["statuses"]["ok"] >= 2
    assert found["set_aside"] == {"malformed": 1}
    assert found["characters"] == sum(len(dirty(number)) for number in (1, 2, 3))
    assert [(each["source"], each["records"]) for each in found["sources"]][-1] == ("example.org", 2)
    assert found["categories"]["dropped"]["newsletter"] >= 2 * len("Get the harbour letter every Monday")
    page = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
    schema = json.loads(page.partition("```json\n")[2].partition("```")[0])
    pytest.importorskip("jsonschema", reason="the extra dev is not installed").validate(found, schema)
    assert found["bytes"] == (folder / "in.jsonl").stat().st_size


def test_metrics_that_cannot_be_written_are_no_wrong_usage(folder: Path) -> None:
    (folder / "in.jsonl").write_bytes(jsonl(record(1)))
    result = run(folder, "in.jsonl", "-o", "out.jsonl", "--metrics", "nowhere/metrics.json", code=1)
    assert "nowhere/metrics.json: cannot be written (No such file or directory)" in said(result)
    assert len(lines((folder / "out.jsonl").read_bytes())) == 1


@pytest.mark.parametrize("out", ["in.jsonl", "out.jsonl", "-"])
def test_where_every_record_is_set_aside_there_is_no_output(folder: Path, out: str) -> None:
    given = jsonl(record(1), record(2))
    (folder / "in.jsonl").write_bytes(given)
    result = run(folder, "in.jsonl", "--field", "txt", "--rejects", "bad.jsonl", "-o", out, code=1)
    assert "its fields are: id, url, text; name one with --field" in said(result)
    assert "every record was set aside, so there is no output" in said(result)
    assert len((folder / "bad.jsonl").read_bytes().splitlines()) == 2
    assert (folder / "in.jsonl").read_bytes() == given
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == ["bad.jsonl", "in.jsonl"]


@pytest.mark.parametrize("quiet", [(), ("--quiet",)])
def test_what_was_wrong_with_every_record_is_told_in_the_end(folder: Path, quiet: tuple[str, ...]) -> None:
    (folder / "in.jsonl").write_bytes(jsonl(record(1), record(2)))
    told = said(run(folder, "in.jsonl", "--field", "txt", "-o", "out.jsonl", *quiet, code=1)).splitlines()[-1]
    assert told == (
        "clean: every record was set aside, so there is no output; the first: in.jsonl: line 1: the record has no "
        "field 'txt'; its fields are: id, url, text; name one with --field"
    )


def as_csv(records: list[dict[str, object]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(records[0]))
    writer.writeheader()
    writer.writerows(records)
    return buffer.getvalue().encode()


def as_parquet(records: list[dict[str, object]]) -> bytes:
    arrow = pytest.importorskip("pyarrow", reason="the extra records is not installed")
    sink = io.BytesIO()
    importlib.import_module("pyarrow.parquet").write_table(arrow.Table.from_pylist(records), sink)
    return sink.getvalue()


WRITTEN = {"in.jsonl": lambda records: jsonl(*records), "in.csv": as_csv, "in.parquet": as_parquet}


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("quiet", [(), ("--quiet",)])
def test_a_url_field_that_no_record_has_is_told(folder: Path, name: str, quiet: tuple[str, ...]) -> None:
    (folder / name).write_bytes(WRITTEN[name]([record(1), record(2)]))
    result = run(folder, name, "-o", "out.jsonl", "--url-field", "link", *quiet, code=1)
    assert said(result).splitlines()[-1] == (
        "clean: no record has the field 'link' (--url-field), so no URL told a source; "
        "the fields are: id, url, text; name one of these"
    )
    assert len(lines((folder / "out.jsonl").read_bytes())) == 2


@pytest.mark.parametrize("name", WRITTEN)
def test_a_url_field_that_some_records_have_is_no_mistake(folder: Path, name: str) -> None:
    (folder / name).write_bytes(WRITTEN[name]([record(1, link=None), record(2, link=URL)]))
    assert "--url-field" not in said(run(folder, name, "-o", "out.jsonl", "--url-field", "link"))
    assert "--url-field" not in said(run(folder, name, "-o", "out.jsonl"))


@pytest.mark.parametrize("name", WRITTEN)
def test_a_url_field_that_is_there_and_empty_is_no_mistake(folder: Path, name: str) -> None:
    (folder / name).write_bytes(WRITTEN[name]([record(1, link=None)]))
    assert "--url-field" not in said(run(folder, name, "-o", "out.jsonl", "--url-field", "link"))


def test_records_need_no_url(folder: Path) -> None:
    (folder / "in.jsonl").write_bytes(jsonl({"text": dirty(1)}))
    assert "--url-field" not in said(run(folder, "in.jsonl"))


def test_a_url_field_that_the_first_records_lack_is_told_early(folder: Path) -> None:
    filler = " ".join(["The ferry did not sail before noon, and nobody was sorry."] * 2_000)
    (folder / "in.jsonl").write_bytes(jsonl(*({"text": filler} for _ in range(12)), record(1, link=URL)))
    told = said(run(folder, "in.jsonl", "-o", "out.jsonl", "--url-field", "link")).splitlines()
    assert told[0].startswith("clean: warning: none of the first ")
    assert told[0].endswith(
        " records has the field 'link' (--url-field), and the run goes on without; the fields are: text"
    )
    assert sum("--url-field" in line for line in told) == 1


def test_in_a_folder_the_output_of_an_input_that_was_set_aside_stays(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "good.jsonl").write_bytes(jsonl(record(1)))
    (folder / "in" / "bad.csv").write_text("id,text\n1\n2\n", encoding="utf-8")
    (folder / "in" / "cut.jsonl.gz").write_bytes(gzip.compress(b"")[:10])
    (folder / "in" / "none.jsonl").write_bytes(b"")
    (folder / "out").mkdir()
    for name in ("bad.csv", "cut.jsonl.gz", "none.jsonl"):
        (folder / "out" / name).write_text("precious", encoding="utf-8")
    result = run(folder, "in", "-o", "out/", "--metrics", "metrics.json", code=1)
    assert "no output, as every record was set aside, for in/bad.csv\n" in said(result)
    assert (folder / "out" / "bad.csv").read_text(encoding="utf-8") == "precious"
    assert (folder / "out" / "cut.jsonl.gz").read_text(encoding="utf-8") == "precious"
    assert (folder / "out" / "none.jsonl").read_bytes() == b""
    assert len(lines((folder / "out" / "good.jsonl").read_bytes())) == 1
    assert json.loads((folder / "metrics.json").read_bytes())["unwritten_inputs"] == ["in/bad.csv"]
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "bad.csv",
        "cut.jsonl.gz",
        "good.jsonl",
        "none.jsonl",
    ]


def test_one_is_not_called_many(folder: Path) -> None:
    (folder / "in.jsonl").write_bytes(jsonl(record(1)))
    result = run(folder, "in.jsonl", "gone.jsonl", "-o", "out.jsonl", code=1)
    assert "1 record: 1 ok" in said(result)
    assert "1 input could not be read" in said(result)
