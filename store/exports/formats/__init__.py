"""One file for each way to write a table of the open data."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from store.exports.tables import Column, Row


@dataclass(frozen=True, slots=True)
class Format:
    """``write(path, columns, rows)`` writes one table; the file is on the disk when it returns.

    ``rows`` may be gone through more than once, and never all be held. ``dialect`` is what a reader has to know, in words
    of https://datapackage.org/standard/table-dialect/. ``tables`` are those it is meant for; empty: all. ``told`` is said of
    it in the folder's README.
    """

    name: str
    suffix: str
    media_type: str
    write: Callable[[Path, Sequence[Column], Iterable[Row]], None]
    encoding: str = ""
    dialect: dict[str, str | bool] = field(default_factory=dict)
    tables: frozenset[str] = frozenset()
    told: str = ""
