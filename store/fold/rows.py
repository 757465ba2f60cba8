"""A report as database rows: which table each cell goes to, and rewriting only what changed."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from extract.model import Finding, FormCell
from store.fold.cells import MAX_VALUE
from store.fold.merge import Report
from store.tables.codebook import WIDE
from store.tables.full_text import index_section, section_id, unindex_section

Row = tuple[Any, ...]
Units = Mapping[tuple[str, str, str], str]
"""Unit of a cell by table, row and column."""

COLUMNS: dict[str, tuple[str, ...]] = {
    **{table: ("row", *columns) for table, columns in WIDE.items()},
    "disclosure": ("row", "item", "column", "value", "unit"),
    "statistics": ("row", "value", "unit"),
    "other_figures": ("table_name", "row", "item", "column", "value", "unit"),
    "gaps": ("table_name", "row", "item", "column", "state", "raw"),
    "findings": ("rule", "verdict", "where_", "expected", "actual", "cause", "detail"),
    "sections": ("number", "heading", "text"),
    "origins": ("table_name", "document"),
}
"""Every table that hangs on a report, with its columns beside ``report_id``."""


def rows_of(report: Report, units: Units) -> dict[str, list[Row]]:
    """Return a report's rows for every table of ``COLUMNS``, without ``report_id``."""
    homes: dict[str, list[FormCell]] = {}
    for cell in report.cells:
        homes.setdefault(home_of(cell), []).append(cell)
    return {
        **{table: _wide(homes.get(table, []), columns) for table, columns in WIDE.items()},
        "disclosure": [(c.row, c.item, c.column, c.value, _unit(c, units)) for c in homes.get("disclosure", [])],
        "statistics": [(c.row, c.value, _unit(c, units)) for c in homes.get("statistics", [])],
        "other_figures": [
            (c.table, c.row, c.item, c.column, c.value, _unit(c, units)) for c in homes.get("other_figures", [])
        ],
        "gaps": [(c.table, c.row, c.item, c.column, c.state, c.raw) for c in report.cells if c.state != "reported"],
        "findings": [_finding(finding) for finding in report.findings],
        "sections": [(section.number, section.heading, section.text) for section in report.sections],
        "origins": [*report.origins],
    }


def home_of(cell: FormCell) -> str:
    """Return the table a cell is kept in; what fits none of the form's own goes to ``other_figures``."""
    if cell.table == "disclosure":
        return "disclosure"
    of_form = cell.item is None and (
        cell.column in WIDE.get(cell.table, ()) or (cell.table, cell.column) == ("statistics", "value")
    )
    return cell.table if of_form else "other_figures"


def _wide(cells: list[FormCell], columns: tuple[str, ...]) -> list[Row]:
    values = {(cell.row, cell.column): cell.value for cell in cells}
    rows = dict.fromkeys(cell.row for cell in cells)
    return [(row, *(values.get((row, column)) for column in columns)) for row in rows]


def _unit(cell: FormCell, units: Units) -> str:
    return units.get((cell.table, cell.row, cell.column), "")


def _finding(finding: Finding) -> Row:
    where = json.dumps(finding.where, ensure_ascii=False, sort_keys=True)
    expected, actual = _holdable(finding.expected), _holdable(finding.actual)
    return finding.rule, finding.verdict, where, expected, actual, finding.cause, finding.detail


def _holdable(value: float | str | None) -> float | str | None:
    return str(value) if isinstance(value, int | float) and not abs(value) < MAX_VALUE else value


def sync_rows(db: Database, table: str, report_id: str, rows: Iterable[Row]) -> bool:
    """Make a table hold exactly these rows for a report, touching only those that differ; tell whether any did."""
    stored = _stored(db, table, report_id)
    wanted = Counter(map(_typed, rows))
    gone = [rowid for rowid, row in stored if not _take(wanted, row)]
    fresh = [tuple(value for _, value in row) for row in wanted.elements()]
    for rowid in gone:
        _delete(db, table, rowid)
    for row in fresh:
        _insert(db, table, report_id, row)
    return bool(gone or fresh)


def _stored(db: Database, table: str, report_id: str) -> list[tuple[int, Row]]:
    sql = _words("SELECT rowid,", _names(COLUMNS[table]), "FROM", table, "WHERE report_id = ? ORDER BY rowid")
    return [(row[0], _typed(row[1:])) for row in db.execute(sql, (report_id,)).fetchall()]


def _typed(row: Row) -> Row:
    # 1 and 1.0 are equal in Python and two different values in the file: a row is the same only type by type.
    return tuple((type(value).__name__, value) for value in row)


def _take(wanted: Counter[Row], row: Row) -> bool:
    if wanted[row] == 0:
        return False
    wanted[row] -= 1
    return True


def _delete(db: Database, table: str, rowid: int) -> None:
    if table == "sections":
        heading, text = db.execute("SELECT heading, text FROM sections WHERE id = ?", (rowid,)).fetchone()
        unindex_section(db, rowid, heading, text)
    db.execute(_words("DELETE FROM", table, "WHERE rowid = ?"), (rowid,))


def _insert(db: Database, table: str, report_id: str, row: Row) -> None:
    values = {"report_id": report_id, **dict(zip(COLUMNS[table], row, strict=True))}
    if table == "sections":
        values["id"] = section_id(report_id, values["number"])
        index_section(db, values["id"], values["heading"], values["text"])
    marks = ", ".join("?" * len(values))
    db.execute(_words("INSERT INTO", table, f"({_names(values)}) VALUES ({marks})"), tuple(values.values()))


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _words(*parts: str) -> str:
    return " ".join(parts)
