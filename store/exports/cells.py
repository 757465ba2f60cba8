"""The cells of one report, put together from the tables that keep them, in the order of the codebook.

A number and the state of a cell that has none are kept apart in the database; here every cell of the report's form has
both. One of which nothing is kept must never look like one that is empty, so it has a state of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from store.exports.scope import IN_SCOPE, Scope
from store.tables.codebook import WIDE
from store.tables.variables import variable_name

Place = tuple[str, str, str, str]
"""Table, row, item (or an empty string) and column."""

_REPORTS = (
    "SELECT r.id, r.template FROM reports r JOIN agencies a ON a.id = r.agency_id WHERE",
    IN_SCOPE,
    "ORDER BY r.id",
)
_NARROW = """
SELECT 'disclosure', "row", item, "column", value, unit FROM disclosure WHERE report_id = ?1
UNION ALL SELECT 'statistics', "row", NULL, 'value', value, unit FROM statistics WHERE report_id = ?1
UNION ALL SELECT table_name, "row", item, "column", value, unit FROM other_figures WHERE report_id = ?1
"""
_GAPS = 'SELECT table_name, "row", item, "column", state, raw FROM gaps WHERE report_id = ?'
_FIELDS = 'SELECT template, table_name, "row", \'\', "column", variable, unit FROM fields ORDER BY template, position'

NOT_READ = "not_read"
"""The state of a cell that the report's form has by now and had not when the report was read: the next reading tells."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is exported. ``value`` is None unless ``state`` is ``reported``; ``raw`` is printed without being a number."""

    place: Place
    variable: str
    state: str
    value: float | None
    unit: str
    raw: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """The forms: the places of each in order, and the variable and unit of each place."""

    places: dict[str, list[Place]]
    variables: dict[Place, str]
    units: dict[Place, str]


def codebook(db: Database) -> Codebook:
    """Read the forms of a database."""
    found = Codebook({}, {}, {})
    for template, *place, variable, unit in db.execute(_FIELDS).fetchall():
        key = (place[0], place[1], place[2], place[3])
        found.places.setdefault(template, []).append(key)
        found.variables[key], found.units[key] = variable, unit
    return found


def cells_of_reports(db: Database, scope: Scope) -> Iterator[tuple[str, list[Cell]]]:
    """Yield each report with all its cells, in order; one that has no form has only what stands beside the forms."""
    book = codebook(db)
    for report_id, template in db.execute(" ".join(_REPORTS), scope.parameters):
        figures, gaps = _figures(db, report_id), _gaps(db, report_id)
        of_form = book.places.get(template, [])
        others = sorted((figures.keys() | gaps.keys()) - set(of_form))
        yield report_id, [_cell(place, figures, gaps, book) for place in (*of_form, *others)]


def _figures(db: Database, report_id: str) -> dict[Place, tuple[float, str]]:
    """Return the numbers of a report with their units; those of the form's wide tables have the codebook's."""
    narrow = db.execute(_NARROW, (report_id,)).fetchall()
    found = {(table, row, item or "", column): (value, unit) for table, row, item, column, value, unit in narrow}
    for table, columns in WIDE.items():
        named = ", ".join(columns)
        rows = db.execute(" ".join(('SELECT "row",', named, "FROM", table, "WHERE report_id = ?")), (report_id,))
        found |= {
            (table, row, "", name): (value, "")
            for row, *values in rows
            for name, value in zip(columns, values, strict=True)
        }
    return {place: figure for place, figure in found.items() if figure[0] is not None}


def _gaps(db: Database, report_id: str) -> dict[Place, tuple[str, str]]:
    rows: list[Any] = db.execute(_GAPS, (report_id,)).fetchall()
    return {(table, row, item or "", column): (state, raw) for table, row, item, column, state, raw in rows}


def _cell(
    place: Place,
    figures: dict[Place, tuple[float, str]],
    gaps: dict[Place, tuple[str, str]],
    book: Codebook,
) -> Cell:
    variable = book.variables.get(place) or ("" if place[2] else variable_name(place[0], place[1], place[3]))
    unit = book.units.get(place, "")
    if place in figures:
        value, own_unit = figures[place]
        return Cell(place, variable, "reported", value, own_unit or unit, "")
    state, raw = gaps.get(place, (NOT_READ, ""))
    return Cell(place, variable, state, None, unit, raw)
