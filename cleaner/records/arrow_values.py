"""Values of Arrow columns as Python and JSON know them."""

from __future__ import annotations

from typing import Any

import msgspec

from cleaner.records.extras import need

PURPOSE = "Parquet"


def texts_of(column: Any) -> list[str | bytes | None]:
    """The values of a column of texts. One that is no UTF-8, which careless writers leave in strings, is bytes."""
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        return [_decoded(value) for value in _bytes_of(column)]


def _decoded(value: bytes | None) -> str | bytes | None:
    try:
        return None if value is None else value.decode()
    except UnicodeDecodeError:
        return value


def _bytes_of(column: Any) -> list[bytes | None]:
    arrow = need("pyarrow", PURPOSE)
    plain = column.cast(column.type.value_type) if arrow.types.is_dictionary(column.type) else column
    return list(plain.cast(arrow.large_binary()).to_pylist())


def value_of(column: Any) -> Any:
    """The value of a column with one row, as JSON knows it; bytes as they are."""
    value = _only(column)
    return value if isinstance(value, bytes) else msgspec.to_builtins(value, enc_hook=_of_pandas)


def _only(column: Any) -> Any:
    try:
        return column.to_pylist()[0]
    except UnicodeDecodeError:
        return (_bytes_of(column)[0] or b"").decode("utf-8", "surrogateescape")
    except ValueError:  # Python has no form for nanoseconds; where pandas is installed, its own is given
        return column.cast(need("pyarrow", PURPOSE).string()).to_pylist()[0]


def _of_pandas(value: Any) -> Any:
    """A time of pandas as Python has it, where it has."""
    if getattr(value, "nanosecond", 0) or not hasattr(value, "to_pydatetime"):
        return value.isoformat() if hasattr(value, "isoformat") else str(value)
    return value.to_pydatetime()


def urls_of(table: Any, name: str) -> list[str | None]:
    """The column of that name, or the field of a struct column along a path parted by dots; None where neither is."""
    first, _, rest = name.partition(".")
    if name in table.column_names:
        column = table.column(name)
    elif rest and first in table.column_names:
        compute = need("pyarrow.compute", PURPOSE)
        try:
            column = compute.struct_field(table.column(first), rest.split("."))
        except (ValueError, TypeError, LookupError):  # what Arrow raises where a struct lacks the field
            return [None] * table.num_rows
    else:
        return [None] * table.num_rows
    return [value if isinstance(value, str) else "" for value in column.to_pylist()]
