"""Parquet. Other columns go from reader to writer as Arrow columns, their types and the metadata with them.

A Parquet file has its index at its end, so a half-written one cannot be gone on with. While a run lasts, its output is
a row of Arrow streams, one for each batch; `assemble` makes the Parquet file of them.
"""

from __future__ import annotations

import io
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from cleaner.document import Cleaned
from cleaner.errors import InputError
from cleaner.records.arrow_values import PURPOSE, texts_of, urls_of, value_of
from cleaner.records.extras import need
from cleaner.records.record import (
    BATCH_BYTES,
    BATCH_RECORDS,
    Batch,
    Begun,
    Defect,
    Item,
    Parsed,
    Place,
    Shape,
    Wanted,
    oversized,
    size_of_text,
    with_column,
)

ROW_GROUP = 64_000_000
"""Bytes of Arrow columns from which a row group of an output is complete: the memory that assembling takes."""


class Columns(NamedTuple):
    """Rows of a file as an Arrow stream; the first has the number `first`, counted from 1."""

    first: int
    data: bytes

    @property
    def size(self) -> int:
        """Bytes of the rows as Arrow holds them."""
        return len(self.data)

    def table(self) -> Any:
        """The rows."""
        return need("pyarrow", PURPOSE).ipc.open_stream(self.data).read_all()

    def parse(self, wanted: Wanted) -> ParsedColumns:
        """Look at each row."""
        return ParsedColumns(self, wanted)

    def singles(self) -> list[tuple[Place, Batch]]:
        """A batch for each row."""
        table = self.table()
        return [
            (Place("row", self.first + index), Columns(self.first + index, _stream(table.slice(index, 1))))
            for index in range(table.num_rows)
        ]


class ParsedColumns:
    """Rows as records."""

    def __init__(self, batch: Columns, wanted: Wanted) -> None:
        self.table = batch.table()
        texts, urls = texts_of(self.table.column(wanted.field)), urls_of(self.table, wanted.url_field)
        self.entries: list[Item | Defect] = []
        for number, (text, url) in enumerate(zip(texts, urls, strict=True), batch.first):
            place = Place("row", number)
            size = size_of_text(text)
            large = size > wanted.limit
            self.entries.append(oversized(place, size, wanted.limit) if large else Item(place, text, url))

    def row(self, index: int) -> dict[str, Any]:
        """The values of a row by their column, as JSON knows them; bytes as they are."""
        row = self.table.slice(index, 1)
        return {name: value_of(column) for name, column in zip(row.column_names, row.columns, strict=True)}


def begin(stream: BinaryIO, field: str) -> Begun:
    """Read the schema. Raises `InputError` where it lacks the field or the field is no text."""
    arrow, parquet = need("pyarrow", PURPOSE), need("pyarrow.parquet", PURPOSE)
    if not stream.seekable():
        stream = io.BytesIO(stream.read())
    try:
        file = parquet.ParquetFile(stream, pre_buffer=False)
    except (arrow.ArrowException, OSError) as error:
        raise InputError(f"this is no Parquet file ({_in_a_line(error)}); is it whole?") from None
    schema = file.schema_arrow
    with_column(schema.names, field)
    twice = next((name for name in schema.names if schema.names.count(name) > 1), None)
    if twice is not None:
        raise InputError(f"the column {twice!r} is there twice; give each its own name")
    kind = schema.field(field).type
    if arrow.types.is_dictionary(kind):
        kind = kind.value_type
    types = arrow.types  # a column of nulls alone has a type of its own
    if not (_is_text(arrow, kind) or types.is_binary(kind) or types.is_large_binary(kind) or types.is_null(kind)):
        raise InputError(f"the column {field!r} (--field) holds {kind}, not text; name another")
    columns = {each.name: f"{each.type}{'' if each.nullable else ' not null'}" for each in schema}
    return Begun(Shape(columns, schema), _read(arrow, file))


def _in_a_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _is_text(arrow: Any, kind: Any) -> bool:
    types = arrow.types
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _read(arrow: Any, file: Any) -> Generator[Batch, None, None]:
    meta, first = file.metadata, 1
    size = sum(meta.row_group(number).total_byte_size for number in range(meta.num_row_groups))
    rows = max(1, min(BATCH_RECORDS, BATCH_BYTES * meta.num_rows // max(size, 1)))
    try:
        for batch in file.iter_batches(rows):
            yield Columns(first, _stream(arrow.Table.from_batches([batch])))
            first += batch.num_rows
    except (arrow.ArrowException, OSError) as error:
        raise InputError(f"the file is damaged behind row {first - 1} ({_in_a_line(error)}); fetch it anew") from None


def _stream(table: Any) -> bytes:
    sink = io.BytesIO()
    with need("pyarrow", PURPOSE).ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def render(parsed: Parsed, results: Sequence[Cleaned | None], wanted: Wanted) -> bytes:
    """The rows of the records that have a result, as an Arrow stream."""
    arrow = need("pyarrow", PURPOSE)
    done = [index for index, cleaned in enumerate(results) if cleaned is not None]
    if not done:
        return b""
    written = [wanted.written(cleaned) for cleaned in results if cleaned is not None]
    if isinstance(parsed, ParsedColumns):
        table = _picked(arrow, parsed.table, done)
    else:
        rows = [parsed.row(index) for index in done]
        table = arrow.table({name: arrow.array([row[name] for row in rows], arrow.string()) for name in rows[0]})
    return _stream(_with(arrow, table, written, wanted))


def _picked(arrow: Any, table: Any, rows: Sequence[int]) -> Any:
    """Some rows of a table. Arrow's own `take` does not know every type."""
    if len(rows) == table.num_rows:
        return table
    return arrow.concat_tables([table.slice(row, 1) for row in rows])


def _with(arrow: Any, table: Any, written: Sequence[Mapping[str, Any]], wanted: Wanted) -> Any:
    """The table with the fields that its results set."""
    for name, kind in _types(arrow, wanted).items():
        there = table.schema.get_field_index(name)
        same = name == wanted.out_field and there >= 0 and _is_text(arrow, table.schema.field(name).type)
        column = arrow.array([row[name] for row in written], table.schema.field(name).type if same else kind)
        field = table.schema.field(name).with_type(column.type) if same else arrow.field(name, kind)
        table = table.append_column(field, column) if there < 0 else table.set_column(there, field, column)
    return table


def _types(arrow: Any, wanted: Wanted) -> dict[str, Any]:
    """The Arrow types of the fields that a result sets."""
    text, number, real = arrow.string(), arrow.int64(), arrow.float64()
    parts = {"start": number, "end": number, "category": text, "by": text, "why": text, "confidence": real}
    removed = arrow.list_(arrow.struct(list(parts.items())))
    kinds = {"confidence": real, "removed": removed}
    return {wanted.out_field: text, **{name: kinds.get(what, text) for name, what in wanted.add.items()}}


def assemble(partial: Path, target: BinaryIO, shape: Shape | None, wanted: Wanted) -> None:
    """Make the Parquet file of a row of Arrow streams. An output without records has the schema of its input."""
    arrow, parquet = need("pyarrow", PURPOSE), need("pyarrow.parquet", PURPOSE)
    tables = _tables(arrow, partial)
    first = next(tables, None)
    if first is None:
        first = _with(arrow, _schema(arrow, shape).empty_table(), (), wanted)
    with parquet.ParquetWriter(target, first.schema, compression="zstd") as writer:
        held, size = [first], first.nbytes
        for table in tables:
            if size >= ROW_GROUP:
                writer.write_table(arrow.concat_tables(held))
                held, size = [], 0
            held.append(table)
            size += table.nbytes
        writer.write_table(arrow.concat_tables(held))


def _schema(arrow: Any, shape: Shape | None) -> Any:
    if shape is not None and shape.schema is not None:
        return shape.schema
    return arrow.schema([(name, arrow.string()) for name in (shape.columns if shape else ())])


def _tables(arrow: Any, partial: Path) -> Iterator[Any]:
    size = partial.stat().st_size
    with partial.open("rb") as stream:
        while stream.tell() < size:
            yield arrow.ipc.open_stream(stream).read_all()
