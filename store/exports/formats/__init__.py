"""One file for each way to write a table of the open data."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from store.exports.tables import Column, Row


@dataclass(frozen=True, slots=True)
class Format:
    """``write(path, columns, rows)`` writes one table, row by row; the file is on the disk when it returns.

    ``dialect`` is what a reader has to know of it, in words of https://datapackage.org/standard/table-dialect/.
    """

    name: str
    suffix: str
    media_type: str
    encoding: str
    dialect: dict[str, str | bool]
    write: Callable[[Path, Sequence[Column], Iterable[Row]], None]
