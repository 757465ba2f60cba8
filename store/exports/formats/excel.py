"""CSV as Excel opens it by a double click: with a byte order mark, and no text that it would run as a formula.

A text that begins with a sign Excel takes for a formula gets an apostrophe before it: names and printed marks come from
strangers' pages (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from store.exports.formats import Format
from store.exports.tables import Column, Row
from store.exports.written import plain, write_lines

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _text(value: Any) -> str:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else plain(value)


def _write(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    write_lines(path, "utf-8-sig", "\r\n", chain([tuple(column.name for column in columns)], rows), _text)


FORMAT = Format(
    name="excel",
    suffix=".csv",
    media_type="text/csv",
    encoding="utf-8",
    dialect={"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
    write=_write,
    told="""- Written for Excel: with a byte order mark, and an apostrophe before texts that begin with a sign it would take for a
  formula (`=`, `+`, `-`, `@`). Leave the apostrophe out again where the text matters.
""",
)
