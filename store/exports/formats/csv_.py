"""CSV as programs like it: UTF-8, a comma, one line feed a row."""

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from store.exports.formats import Format
from store.exports.tables import Column, Row
from store.exports.written import plain, write_lines


def _write(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    write_lines(path, "utf-8", "\n", chain([tuple(column.name for column in columns)], rows), plain)


FORMAT = Format(
    name="csv",
    suffix=".csv",
    media_type="text/csv",
    encoding="utf-8",
    dialect={"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
    write=_write,
)
