"""Parquet, for data frames and query engines: typed columns that say what they mean, row group by row group.

The types are those of https://parquet.apache.org/docs/file-format/types/. The library that writes them is an extra: it
is larger than all the rest of the program, and nothing of it is imported before a Parquet file is wanted.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import StoreError
from store.exports.formats import Format
from store.exports.tables import Column, Gap, Row
from store.exports.written import plain

if TYPE_CHECKING:
    import pyarrow

_VALUES_OF_A_GROUP = 250_000
"""Values that are held at once: some 30 MB, however long or wide the table is."""

_READ: dict[str, Callable[[Any], Any]] = {
    "string": plain,
    "boolean": bool,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}
"""What makes a value of the database one of its column's type; of the other types it already is."""


class ExtraNeededError(StoreError):
    """The library that writes Parquet is not installed."""

    def __init__(self) -> None:
        super().__init__("Parquet files need the extra parquet: pip install 'annual-reports[parquet]'")


class StrangeWordError(StoreError):
    """A column of few words holds another one: its description would be wrong."""

    def __init__(self, column: str, word: str) -> None:
        super().__init__(f"{column}: {word!r} is none of the words of this column")


def _write(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    if find_spec("pyarrow") is None:
        raise ExtraNeededError
    from pyarrow import RecordBatch
    from pyarrow.parquet import ParquetWriter

    schema = _schema(columns, _broken(columns, rows))
    left, height = iter(rows), max(1, _VALUES_OF_A_GROUP // len(columns))
    with path.open("wb") as file:
        with ParquetWriter(file, schema, compression="zstd") as writer:
            while group := list(islice(left, height)):
                arrays = map(_array, columns, schema.types, zip(*group, strict=True))
                writer.write_batch(RecordBatch.from_arrays(list(arrays), schema=schema), row_group_size=height)
        file.flush()
        os.fsync(file.fileno())


def _broken(columns: Sequence[Column], rows: Iterable[Row]) -> set[str]:
    """Name the columns of counts in which a report printed a fraction: it stands as printed, so they take fractions."""
    counts = [place for place, column in enumerate(columns) if column.counts]
    if not counts:
        return set()
    return {columns[place].name for row in rows for place in counts if isinstance(row[place], float)}


def _schema(columns: Sequence[Column], broken: set[str]) -> "pyarrow.Schema":
    import pyarrow as pa

    types: dict[str, Any] = {
        "string": pa.string(),
        "number": pa.float64(),
        "integer": pa.int64(),
        "year": pa.int32(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "datetime": pa.timestamp("us", tz="UTC"),
    }
    words = pa.dictionary(pa.int8(), pa.string())
    return pa.schema(
        pa.field(
            column.name,
            words
            if column.words
            else pa.int64()
            if column.counts and column.name not in broken
            else types[column.type],
            nullable=not column.required,
            metadata={"description": column.description},
        )
        for column in columns
    )


def _array(column: Column, kind: Any, values: Sequence[Any]) -> "pyarrow.Array":
    """Make the values of a column those of its type; what CSV leaves empty is null."""
    import pyarrow as pa

    known = [None if value == "" or isinstance(value, Gap) else value for value in values]
    if column.words:
        numbers = pa.array(_numbered(column, known), pa.int8())
        return pa.DictionaryArray.from_arrays(numbers, pa.array(column.words, pa.string()))
    read = _READ.get(column.type)
    return pa.array([None if value is None else read(value) for value in known] if read else known, kind)


def _numbered(column: Column, values: Sequence[str | None]) -> list[int | None]:
    numbers = {word: number for number, word in enumerate(column.words)}
    if strange := {value for value in values if value is not None} - numbers.keys():
        raise StrangeWordError(column.name, min(strange))
    return [None if value is None else numbers[value] for value in values]


FORMAT = Format(
    name="parquet",
    suffix=".parquet",
    media_type="application/vnd.apache.parquet",
    write=_write,
    told="""- In the Parquet files counts are whole numbers (a column in which a report printed a fraction takes fractions), money
  has fractions, states are dictionaries of their words, what is empty is null; each column carries its description.
""",
)
