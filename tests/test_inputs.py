"""Inputs as they come: compressed under any name, cut short, damaged, of columns that do not fit. No processes here."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import os
import threading
import zlib
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from prose import body, dirty

from cleaner import Cleaner
from cleaner.errors import InputError
from cleaner.records import parquet, warc
from cleaner.records.checkpoint import State
from cleaner.records.compression import packed, unpacking
from cleaner.records.delivery import Destination
from cleaner.records.events import Reading, events
from cleaner.records.inputs import LEFT, begun, inputs
from cleaner.records.record import Defect, Wanted
from cleaner.records.run import TABLES, written
from cleaner.records.work import Done, Work

CLEANER = Cleaner(rules=())


def read(*files: Path, output: str = "out.jsonl", **wanted: Any) -> tuple[bytes, list[Defect], list[str]]:
    """What a run writes, sets aside and says of its inputs."""
    destination = Destination(output)
    todo = [written(given, destination) for given in inputs([str(file) for file in files], None)]
    asked = Wanted(**wanted)
    alike = todo[0].kind in TABLES
    data, defects, failed = b"", list[Defect](), list[str]()
    with closing(events(Reading(todo, asked, alike), State(""))) as steps:
        for event, order in steps:
            if event.what == "failed":
                failed.append(event.error)
            if order is not None:
                done: Done = Work(CLEANER, asked)(order)
                data += done.data
                defects += done.defects
    return data, defects, failed


def rows(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


def records(count: int) -> bytes:
    return b"".join(json.dumps({"id": n, "text": dirty(n)}).encode() + b"\n" for n in range(count))


# Compression


def zst(data: bytes) -> bytes:
    return bytes(pytest.importorskip("zstandard", reason="the extra records is not installed").compress(data))


PACK: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zst,
}


@pytest.mark.parametrize("kind", PACK)
@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_compression_is_told_by_content_and_not_by_name(tmp_path: Path, kind: str, ending: str) -> None:
    data = records(3)
    (tmp_path / f"in.jsonl{ending}").write_bytes(PACK[kind](data[:50]) + PACK[kind](data[50:]))
    out, defects, failed = read(tmp_path / f"in.jsonl{ending}")
    assert ([row["id"] for row in rows(out)], defects, failed) == ([0, 1, 2], [], [])


def test_what_is_called_compressed_and_is_not_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl.gz").write_bytes(records(2))
    assert [row["id"] for row in rows(read(tmp_path / "in.jsonl.gz")[0])] == [0, 1]


@pytest.mark.parametrize("kind", PACK)
@pytest.mark.parametrize("left", [1, 4, 200])
def test_a_compressed_input_that_is_cut_short_is_told(tmp_path: Path, kind: str, left: int) -> None:
    whole = PACK[kind](records(200))
    (tmp_path / "in.jsonl").write_bytes(PACK[kind](records(1)) + whole[:-left])
    _, _, (failed,) = read(tmp_path / "in.jsonl")
    assert failed.startswith("the file is damaged (")
    assert failed.endswith("; fetch it anew")


@pytest.mark.parametrize("kind", PACK)
def test_a_compressed_input_that_is_damaged_is_told(tmp_path: Path, kind: str) -> None:
    whole = bytearray(PACK[kind](records(200)))
    middle = len(whole) // 2
    whole[middle : middle + 40] = bytes(byte ^ 0x5A for byte in whole[middle : middle + 40])
    (tmp_path / "in.jsonl").write_bytes(whole)
    _, _, (failed,) = read(tmp_path / "in.jsonl")
    assert failed.startswith("the file is damaged (")


@pytest.mark.parametrize("kind", PACK)
def test_what_a_pipe_brings_is_told_by_content_too(kind: str) -> None:
    data = records(40)
    whole = PACK[kind](data)
    theirs, ours = os.pipe()

    def send() -> None:
        with os.fdopen(ours, "wb", buffering=0) as stream:
            for byte in whole[:20]:
                stream.write(bytes([byte]))
            stream.write(whole[20:])

    sender = threading.Thread(target=send)
    sender.start()
    with os.fdopen(theirs, "rb") as pipe:
        assert unpacking(pipe).read() == data
    sender.join()


@pytest.mark.parametrize("kind", PACK)
def test_pieces_are_read_as_one(kind: str) -> None:
    pieces = [os.urandom(70_000), b"", b"a" * 3_000_000, b"end"]
    stream = io.BytesIO(b"".join(packed(piece, kind) for piece in pieces))
    assert unpacking(stream).read() == b"".join(pieces)


def test_padding_and_frames_to_skip_hold_nothing() -> None:
    assert (
        unpacking(io.BytesIO(lzma.compress(b"one") + bytes(4) + lzma.compress(b"two") + bytes(8))).read() == b"onetwo"
    )
    skipped = b"\x50\x2a\x4d\x18" + (5).to_bytes(4, "little") + b"dummy"
    assert unpacking(io.BytesIO(skipped + zst(b"one") + skipped + zst(b"two"))).read() == b"onetwo"


@pytest.mark.parametrize("data", [b"", b"B", b"BZh9 is a column", b"\x1f", b"PAR1"])
def test_what_is_not_compressed_stays_as_it_is(data: bytes) -> None:
    stream: BinaryIO = io.BytesIO(data)
    assert unpacking(stream).read() == data


def test_a_page_of_a_folder_may_be_compressed_under_any_name(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.txt").write_bytes(gzip.compress(body(1).encode()))
    (tmp_path / "in" / "other.txt.gz").write_bytes(body(2).encode())
    out, defects, _ = read(tmp_path / "in")
    assert ([row["text"] for row in rows(out)], defects) == ([body(2), body(1)], [])


def test_lines_that_end_in_carriage_returns_alone_are_told(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(records(3).replace(b"\n", b"\r"))
    _, (defect,), _ = read(tmp_path / "in.jsonl")
    assert defect.error == (
        "the line holds several records parted by carriage returns; part them by line breaks, "
        "for example by tr '\\r' '\\n'"
    )


# Tables


def swapped(path: Path, *columns: str) -> Path:
    values = {"id": "7", "text": "A line of text.", "lang": "en"}
    path.write_text("\n".join([",".join(columns), ",".join(values[name] for name in columns), ""]), encoding="utf-8")
    return path


def test_columns_in_another_order_are_not_written_under_each_others_names(tmp_path: Path) -> None:
    first, second = swapped(tmp_path / "a.csv", "id", "text"), swapped(tmp_path / "b.csv", "text", "id")
    out, _, (failed,) = read(first, second, output="out.csv")
    assert out == b"7,A line of text.\n"
    assert failed == (
        "its columns are text (string), id (string), those of the first input id (string), text (string); "
        "give -o a folder, or make them alike"
    )


def test_parquet_columns_in_another_order_or_without_nulls_do_not_fit(tmp_path: Path) -> None:
    pa, pq = arrow()
    table = pa.table({"id": [7], "text": ["A line of text."]})
    strict = pa.schema([pa.field("id", pa.int64(), nullable=False), pa.field("text", pa.string())])
    pq.write_table(table, tmp_path / "a.parquet")
    pq.write_table(table.select(["text", "id"]), tmp_path / "b.parquet")
    pq.write_table(table.cast(strict), tmp_path / "c.parquet")
    _, _, failed = read(*(tmp_path / f"{name}.parquet" for name in "abc"), output="out.parquet")
    assert [error.split(", those")[0] for error in failed] == [
        "its columns are text (string), id (int64)",
        "its columns are id (int64 not null), text (string)",
    ]


def arrow() -> tuple[Any, Any]:
    reason = "the extra records is not installed"
    return pytest.importorskip("pyarrow", reason=reason), pytest.importorskip("pyarrow.parquet", reason=reason)


def test_an_input_whose_reader_fails_leaves_the_others_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def begin(*_: object) -> None:
        raise KeyError("nobody expects this")

    monkeypatch.setattr("cleaner.records.warc.begin", begin)
    (tmp_path / "a.warc").write_bytes(b"WARC/1.0")
    (tmp_path / "b.jsonl").write_bytes(records(2))
    out, _, failed = read(tmp_path / "a.warc", tmp_path / "b.jsonl")
    assert len(rows(out)) == 2
    assert failed == ["reading it raised KeyError: 'nobody expects this'; please report this"]


# Parquet


def test_a_parquet_file_that_names_a_column_twice_is_told(tmp_path: Path) -> None:
    pa, pq = arrow()
    for names in (["text", "id", "id"], ["text", "text", "id"]):
        pq.write_table(pa.Table.from_arrays([pa.array(["A line."])] * 3, names=names), tmp_path / "in.parquet")
        _, _, (failed,) = read(tmp_path / "in.parquet")
        twice = next(name for name in names if names.count(name) > 1)
        assert failed == f"the column {twice!r} is there twice; give each its own name"


def assembled(path: Path, tmp_path: Path, **wanted: Any) -> Any:
    """The table that a run over a file writes."""
    _, pq = arrow()
    out = tmp_path / "out.parquet"
    asked = Wanted(kind="parquet", **wanted)
    data, _, failed = read(path, output=str(out), **wanted)
    assert failed == []
    (tmp_path / "partial").write_bytes(data)
    with begun(inputs([str(path)], None)[0], asked) as (start, _), out.open("wb") as stream:
        parquet.assemble(tmp_path / "partial", stream, start.shape, asked)
    return pq.read_table(out)


def test_every_type_of_text_keeps_its_type(tmp_path: Path) -> None:
    pa, pq = arrow()
    texts = [body(1), None, body(2)]
    for kind in (pa.string(), pa.large_string(), pa.string_view()):
        table = pa.table({"text": pa.array(texts, kind), "other": pa.array(["a", None, "c"], kind)})
        pq.write_table(table, tmp_path / "in.parquet")
        out = assembled(tmp_path / "in.parquet", tmp_path)
        assert out.schema.types == [kind, kind]
        assert out.to_pydict() == {"text": [body(1), "", body(2)], "other": ["a", None, "c"]}


def test_an_empty_parquet_file_keeps_its_schema(tmp_path: Path) -> None:
    pa, pq = arrow()
    schema = pa.schema(
        [pa.field("id", pa.int32(), nullable=False, metadata={"unit": "none"}), pa.field("text", pa.large_string())],
        metadata={"made": "by hand"},
    )
    pq.write_table(schema.empty_table(), tmp_path / "in.parquet")
    assert assembled(tmp_path / "in.parquet", tmp_path).schema.equals(schema, check_metadata=True)
    with_body = assembled(tmp_path / "in.parquet", tmp_path, out_field="body", add={"status": "status"}).schema
    assert with_body.names == ["id", "text", "body", "status"]
    assert with_body.metadata == schema.metadata


def test_a_damaged_parquet_file_is_told_with_the_row(tmp_path: Path) -> None:
    pa, pq = arrow()
    pq.write_table(pa.table({"text": [body(n) for n in range(3000)]}), tmp_path / "in.parquet", row_group_size=500)
    whole = bytearray((tmp_path / "in.parquet").read_bytes())
    place = pq.ParquetFile(tmp_path / "in.parquet").metadata.row_group(3).column(0).dictionary_page_offset
    whole[place : place + 60] = bytes(60)
    (tmp_path / "in.parquet").write_bytes(whole)
    out, _, (failed,) = read(tmp_path / "in.parquet")
    assert 0 < len(rows(out)) <= 1500
    assert failed.startswith(f"the file is damaged behind row {len(rows(out))} (")


def invalid(*values: bytes) -> Any:
    """A column of strings that are no UTF-8, as careless writers leave them."""
    pa, _ = arrow()
    return pa.array(values, pa.binary()).view(pa.string())


def test_parquet_strings_that_are_no_utf8_cost_nothing(tmp_path: Path) -> None:
    pa, pq = arrow()
    names = invalid("Zoë".encode("latin-1"), b"Ada")
    pq.write_table(pa.table({"name": names, "text": [body(1), body(2)]}), tmp_path / "in.parquet")
    out, defects, _ = read(tmp_path / "in.parquet")
    assert ([row["name"] for row in rows(out)], defects) == (["Zo\udceb", "Ada"], [])
    table = assembled(tmp_path / "in.parquet", tmp_path)
    assert table["name"].cast(pa.binary()).to_pylist() == [b"Zo\xeb", b"Ada"]


def test_a_parquet_text_that_is_no_utf8_is_read_as_bytes_are(tmp_path: Path) -> None:
    pa, pq = arrow()
    texts = invalid(body(1).replace("ferry", "Fähre").encode("latin-1", "replace"), body(2).encode())
    pq.write_table(pa.table({"text": texts}), tmp_path / "in.parquet")
    out, defects, _ = read(tmp_path / "in.parquet")
    assert defects == []
    assert [row["text"].split()[1] for row in rows(out)] == ["Fähre", "ferry"]


def typed() -> Any:
    pa, _ = arrow()
    nanoseconds = pa.array([1_000_000_000, 1_000_000_001], pa.timestamp("ns", "UTC"))
    return pa.table(
        {
            "text": ["One.", "Two."],
            "at": nanoseconds,
            "day": pa.array([1, None], pa.date32()),
            "price": pa.array([Decimal("1.10"), Decimal("2.00")]),
            "took": pa.array([1, 2], pa.duration("s")),
            "flags": pa.array([[1.5, None], None], pa.list_(pa.float64())),
            "seen": pa.array([[{"at": 0}], []], pa.list_(pa.struct([("at", pa.timestamp("ns"))]))),
            "raw": [b"caf\xe9", b"plain"],
        }
    )


def test_parquet_columns_become_json_whatever_their_type(tmp_path: Path) -> None:
    _, pq = arrow()
    pq.write_table(typed(), tmp_path / "in.parquet")
    out, defects, _ = read(tmp_path / "in.parquet")
    assert defects == []
    one, two = rows(out)
    assert one == {
        "text": "One.",
        "at": "1970-01-01T00:00:01Z",
        "day": "1970-01-02",
        "price": "1.10",
        "took": "PT1S",
        "flags": [1.5, None],
        "seen": [{"at": "1970-01-01T00:00:00"}],
        "raw": "Y2Fm6Q==",
    }
    assert two["at"].replace(" ", "T").startswith("1970-01-01T00:00:01.000000001")
    assert (two["day"], two["flags"], two["seen"]) == (None, None, [])


def test_parquet_columns_become_csv_whatever_their_type(tmp_path: Path) -> None:
    _, pq = arrow()
    pq.write_table(typed(), tmp_path / "in.parquet")
    out, _, _ = read(tmp_path / "in.parquet", output="out.csv")
    one, two = csv.reader(io.StringIO(out.decode("utf-8", "surrogateescape")))
    seen = '[{"at": "1970-01-01T00:00:00"}]'
    assert one == ["One.", "1970-01-01T00:00:01Z", "1970-01-02", "1.10", "PT1S", "[1.5, null]", seen, "caf\udce9"]
    assert two[1].replace(" ", "T").startswith("1970-01-01T00:00:01.000000001")
    assert two[2:] == ["", "2.00", "PT2S", "", "[]", "plain"]


# Archives


PAGE = "<!doctype html><html><body><article>{}</article></body></html>"
HTML = "text/html; charset=utf-8"
HTTP = "application/http; msgtype=response"


def page(number: int) -> bytes:
    return PAGE.format("".join(f"<p>{line}</p>" for line in body(number).split("\n\n"))).encode()


def block(content: bytes, *headers: str, media: str = HTML) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", f"Content-Type: {media}", *headers, "", ""]).encode() + content


def entry(content: bytes, *, kind: str = "response", media: str | None = HTTP, length: object = None) -> bytes:
    """A record of an archive."""
    told = {
        "WARC-Type": kind,
        "WARC-Target-URI": "https://www.example.org/ferry",
        "Content-Type": media,
        "Content-Length": len(content) if length is None else length,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value is not None)
    return f"WARC/1.0\r\n{head}\r\n".encode() + content + b"\r\n\r\n"


def chunked(data: bytes, more: bytes = b"") -> bytes:
    return b"".join(
        b"%x%b\r\n%b\r\n" % (len(data[n : n + 90]), more, data[n : n + 90]) for n in range(0, len(data), 90)
    )


CHUNKED, GZIPPED, DEFLATED = "Transfer-Encoding: chunked", "Content-Encoding: gzip", "Content-Encoding: deflate"
END = b"0\r\n\r\n"
TRANSFERS = {
    "chunks that say more": entry(block(chunked(page(1), b";name=value") + END, CHUNKED)),
    "chunks that were taken off": entry(block(page(1), CHUNKED)),
    "compression that was taken off": entry(block(page(1), GZIPPED)),
    "compression nobody knows": entry(block(page(1), "Content-Encoding: none")),
    "both taken off": entry(block(page(1), CHUNKED, GZIPPED)),
    "x-gzip": entry(block(gzip.compress(page(1)), "Content-Encoding: x-gzip")),
    "deflate without its head": entry(block(zlib.compress(page(1))[2:-4], DEFLATED)),
    "chunks that say more, compressed": entry(block(chunked(gzip.compress(page(1)), b";a") + END, CHUNKED, GZIPPED)),
    "headers that end in LF": entry(block(page(1)).replace(b"\r\n", b"\n")),
    "no headers, and none told": entry(page(1), media="text/html"),
    "no headers, though told": entry(page(1)),
    "headers, though not told": entry(block(page(1)), media=None),
    "a charset of a resource": entry(
        page(1).decode().encode("utf-16-le"), kind="resource", media='text/html; charset="utf-16le"'
    ),
}


@pytest.mark.parametrize("name", TRANSFERS)
def test_a_page_is_taken_out_of_its_transfer(tmp_path: Path, name: str) -> None:
    warc_reader()
    (tmp_path / "in.warc").write_bytes(TRANSFERS[name])
    out, defects, failed = read(tmp_path / "in.warc")
    assert (defects, failed) == ([], [])
    assert [row["text"] for row in rows(out)] == [body(1).rstrip("\n")]


def warc_reader() -> None:
    pytest.importorskip("fastwarc", reason="the extra records is not installed")


def test_text_about_http_is_a_text(tmp_path: Path) -> None:
    warc_reader()
    text = "HTTP/1.1 is what browsers spoke for twenty years, and most of them can speak it still.\n"
    (tmp_path / "in.wet").write_bytes(entry(text.encode(), kind="conversion", media="text/plain"))
    assert [row["text"] for row in rows(read(tmp_path / "in.wet")[0])] == [text]


def test_a_page_that_is_damaged_in_its_transfer_is_set_aside_in_few_words(tmp_path: Path) -> None:
    warc_reader()
    broken = chunked(page(1) * 100)[:-200] + b"no chunk " * 1000
    (tmp_path / "in.warc").write_bytes(entry(block(broken, CHUNKED)) + entry(block(page(2))))
    out, (defect,), failed = read(tmp_path / "in.warc")
    assert (len(rows(out)), failed) == (1, [])
    assert defect.place.number == 0
    assert defect.reason == "malformed"
    assert defect.error.startswith("the record cannot be read (there is no chunk at byte ")
    assert len(defect.error) < 300


def test_a_page_that_becomes_too_large_when_decompressed_is_set_aside(tmp_path: Path) -> None:
    warc_reader()
    for coding in ("gzip", "x-gzip"):
        bomb = entry(block(gzip.compress(bytes(5_000_000)), f"Content-Encoding: {coding}"))
        (tmp_path / "in.warc").write_bytes(bomb + entry(block(page(2))))
        out, (defect,), _ = read(tmp_path / "in.warc", limit=100_000)
        assert (len(rows(out)), defect.reason) == (1, "oversized")


@pytest.mark.parametrize("length", [None, "", "abc", -5, "5_0"])
def test_an_archive_is_read_on_behind_a_record_without_a_length(tmp_path: Path, length: int | str | None) -> None:
    warc_reader()
    good, bad = entry(block(page(1))), entry(block(page(2)), length=length)
    if length is None:
        bad = bad.replace(b"Content-Length", b"Other-Length")
    (tmp_path / "in.warc").write_bytes(good + bad + good)
    out, (defect,), failed = read(tmp_path / "in.warc")
    assert [row["text"][:9] for row in rows(out)] == ["The ferry", "The ferry"]
    assert (defect.reason, defect.place.number) == ("malformed", len(good))
    assert defect.error.startswith(f"the archive is damaged at the record at offset {len(good)} or behind it (")
    assert defect.error.endswith(f"and read on at offset {len(good) + len(bad)}; fetch it anew")
    assert failed == []


def test_a_record_that_is_longer_than_it_says_is_told(tmp_path: Path) -> None:
    """Its first ten bytes hold no page; what follows is no record."""
    warc_reader()
    good, bad = entry(block(page(1))), entry(block(page(2)), length=10)
    (tmp_path / "in.warc").write_bytes(good + bad + good)
    out, (defect,), _ = read(tmp_path / "in.warc")
    assert [row["text"][:9] for row in rows(out)] == ["The ferry", "", "The ferry"]
    assert (defect.reason, defect.place.number) == ("malformed", len(good))


def test_a_record_that_says_it_is_longer_than_the_archive_is_told(tmp_path: Path) -> None:
    warc_reader()
    good, bad = entry(block(page(1))), entry(block(page(2)), length=10_000)
    (tmp_path / "in.warc").write_bytes(good + bad + good)
    out, (defect,), _ = read(tmp_path / "in.warc")
    assert [row["text"][:9] for row in rows(out)] == ["The ferry", "The ferry"]
    assert defect.error.endswith("of 10,000 bytes; fetch it anew")


def test_an_archive_with_other_line_breaks_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    warc_reader()
    (tmp_path / "in.warc").write_bytes(entry(block(page(1))).replace(b"\r\n", b"\n"))
    _, _, (failed,) = read(tmp_path / "in.warc")
    assert "CR LF" in failed


def test_an_archive_that_ends_in_a_record_fails_and_keeps_the_records_before(tmp_path: Path) -> None:
    warc_reader()
    good = entry(block(page(1)))
    (tmp_path / "in.warc").write_bytes((good + entry(block(page(2))))[:-50])
    out, (defect,), (failed,) = read(tmp_path / "in.warc")
    assert (len(rows(out)), defect.reason, defect.place.number) == (1, "malformed", len(good))
    assert failed.endswith("(the archive ends in it); fetch it anew")


def test_a_large_record_that_the_archive_does_not_hold_is_told(tmp_path: Path) -> None:
    warc_reader()
    good, large = entry(block(page(1))), entry(block(page(2) * 50))
    (tmp_path / "in.warc").write_bytes(good + large + good)
    assert read(tmp_path / "in.warc", limit=5_000)[2] == []
    (tmp_path / "in.warc").write_bytes(good + entry(block(page(2)), length=10**15) + good)
    out, (oversized, damage), failed = read(tmp_path / "in.warc", limit=5_000)
    assert (len(rows(out)), oversized.reason, damage.reason, failed) == (2, "oversized", "malformed", [])
    assert "(the archive ends in it), and read on at offset" in damage.error


@pytest.mark.parametrize("kind", ["", *PACK])
@pytest.mark.parametrize("size", [None, -30])
def test_an_archive_from_a_pipe_whole_and_cut_short(kind: str, size: int | None) -> None:
    warc_reader()
    records = [entry(block(page(number))) for number in range(3)]
    data = b"".join(PACK[kind](each) for each in records) if kind else b"".join(records)
    theirs, ours = os.pipe()
    with os.fdopen(ours, "wb") as stream:
        stream.write(data[:size])
    found = list[int]()
    failed = ""
    with os.fdopen(theirs, "rb") as pipe:
        try:
            for batch in warc.begin(unpacking(pipe, LEFT["warc"]), 100_000).batches:
                found += [each.place.number for each in batch.parse(Wanted()).entries if not isinstance(each, Defect)]
        except (InputError, EOFError) as error:
            failed = str(error)
    lying = [PACK[kind](each) if kind == "gz" else each for each in records]
    assert found[:2] == [0, len(lying[0])]
    assert bool(failed) == (size is not None)
    assert failed or len(found) == 3


def test_headers_that_are_no_utf8_cost_nothing(tmp_path: Path) -> None:
    warc_reader()
    (tmp_path / "in.warc").write_bytes(entry(block(page(1))).replace(b"/ferry", b"/f\xe4hre"))
    out, defects, failed = read(tmp_path / "in.warc")
    assert (len(rows(out)), defects, failed) == (1, [], [])
