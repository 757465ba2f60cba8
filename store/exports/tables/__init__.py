"""One file for each table of the open data: its columns, what they mean, and where its rows come from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

from store.exports.scope import Scope

Type = Literal["string", "integer", "number", "boolean", "date", "datetime", "year"]
"""Types of the Table Schema specification (https://datapackage.org/standard/table-schema/)."""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Stands where a figure has no value, with the reason; a format that has no word for it leaves the place empty."""

    state: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``words`` are all it may hold, if they are few; one that is ``required`` is never empty.

    ``counts``: a number of things, whole unless a report prints a fraction.
    """

    name: str
    type: Type
    description: str
    words: tuple[str, ...] = ()
    required: bool = False
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the open data. ``rows`` yields them one by one, in an order that depends on nothing but their content.

    ``key`` names the columns that tell its rows apart; ``of_report``: its ``report_id`` is that of ``reports``.
    """

    name: str
    description: str
    columns: Callable[[Database], Sequence[Column]]
    rows: Callable[[Database, Scope], Iterable[Row]]
    key: tuple[str, ...] = ()
    of_report: bool = True


REPORT_ID = Column("report_id", "string", "Agency and year: the key of reports", required=True)


def fixed(*columns: Column) -> Callable[[Database], Sequence[Column]]:
    """Give columns that are the same in every database."""
    return lambda _db: columns


def selected(*sql: str) -> Callable[[Database, Scope], Iterable[Row]]:
    """Give the rows of one query, which asks for the parameters of a ``Scope``."""
    return lambda db, scope: db.execute(" ".join(sql), scope.parameters)
