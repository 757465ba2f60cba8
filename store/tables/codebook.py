"""The codebook in the database: table ``fields``, and the view ``panel`` with one column a variable.

Both are derived from the form files, so a new form year changes them by itself when the database is next opened.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlite_utils import Database

from extract import templates
from extract.discover import discover
from extract.templates import Template
from store.tables.variables import variable_name

WIDE = {
    "requests": (
        "natural_person",
        "business",
        "research_institute",
        "welfare_organization",
        "legal_service",
        "other",
        "total",
    ),
    "review": ("upheld", "corrected", "other", "pending", "total"),
}
"""Tables of the form that are kept with one database column for each of the form's columns."""

_LABELS_OF_PANEL = (
    "r.id AS report_id, r.agency_id, a.name AS agency, a.region, r.year, r.template, r.outcome, r.consistent, "
    "r.published, r.url, r.document"
)
_FROM_PANEL = "FROM reports r JOIN agencies a ON a.id = r.agency_id"


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of one form: its place, its printed labels, its unit and its variable in ``panel``."""

    template: str
    table_name: str
    row: str
    column: str
    label: str
    unit: str
    variable: str
    row_label: str
    column_label: str
    legal_basis: str
    position: int


def known_templates() -> tuple[Template, ...]:
    """Return every form there is a file for."""
    return tuple(discover(templates, "TEMPLATE", Template))


def fields_of(template: Template) -> list[Field]:
    """List the cells of a form in its order; ``position`` counts from 1."""
    cells = ((table, row, column) for table in template.tables for row in table.rows for column in row.columns)
    return [
        Field(
            template=template.name,
            table_name=table.name,
            row=row.name,
            column=column.name,
            label=" ".join(part for part in (row.group, row.label, column.label) if part),
            unit=column.unit,
            variable=variable_name(table.name, row.name, column.name),
            row_label=row.label,
            column_label=column.label,
            legal_basis=row.legal_basis,
            position=position,
        )
        for position, (table, row, column) in enumerate(cells, start=1)
    ]


def sync_codebook(db: Database, forms: Iterable[Template] | None = None) -> bool:
    """Rewrite ``fields`` and ``panel`` when the forms have changed, inside the caller's transaction; tell if so.

    Raises ``ValueError`` when two cells would share a variable.
    """
    fields = [field for form in (known_templates() if forms is None else forms) for field in fields_of(form)]
    stored = [Field(**row) for row in db["fields"].rows_where(order_by="rowid")]
    cells = _by_variable(fields)
    if stored == fields and _definition(db) == _panel(cells):
        return False
    db.execute("DELETE FROM fields")
    db.table("fields").insert_all(asdict(field) for field in fields)
    db.execute("DROP VIEW IF EXISTS panel")
    db.execute(_panel(cells))
    return True


def _definition(db: Database) -> str | None:
    row = db.execute("SELECT sql FROM sqlite_master WHERE type = 'view' AND name = 'panel'").fetchone()
    return row[0] if row else None


def _by_variable(fields: Iterable[Field]) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for field in fields:
        other = found.setdefault(field.variable, field)
        if (other.table_name, other.row, other.column) != (field.table_name, field.row, field.column):
            raise ValueError(f"{field.variable}: stands for both {other} and {field}; give one a short form")
    return found


def _panel(cells: dict[str, Field]) -> str:
    # A row of a wide table is joined once for all its columns: each scalar subquery opens a cursor, and SQLite walks
    # through all open ones for each, so that one for each of 300 cells took 9 ms a report. Joins that a query names no
    # column of are left out by SQLite, for their key is unique. The other tables stay subqueries: a join may have 64.
    wide = {(field.table_name, field.row): None for field in cells.values() if _is_wide(field)}
    aliases = {key: f"w{number}" for number, key in enumerate(wide)}
    columns = [_LABELS_OF_PANEL, *(f"{_value(field, aliases)} AS {variable}" for variable, field in cells.items())]
    joins = [
        f"LEFT JOIN {table} {alias} ON {alias}.report_id = r.id AND {alias}.row = {_quote(row)}"
        for (table, row), alias in aliases.items()
    ]
    return "\n".join(("CREATE VIEW panel AS SELECT", ",\n".join(columns), _FROM_PANEL, *joins))


def _is_wide(field: Field) -> bool:
    return field.column in WIDE.get(field.table_name, ())


def _value(field: Field, aliases: dict[tuple[str, str], str]) -> str:
    if _is_wide(field):
        return f"{aliases[field.table_name, field.row]}.{field.column}"
    conditions = ["report_id = r.id", f"row = {_quote(field.row)}"]
    if field.table_name == "statistics":
        return _select("value", "statistics", conditions)
    conditions += ["ifnull(item, '') = ''", f'"column" = {_quote(field.column)}']
    if field.table_name == "disclosure":
        return _select("value", "disclosure", conditions)
    return _select("value", "other_figures", [f"table_name = {_quote(field.table_name)}", *conditions])


def _select(column: str, table: str, conditions: Iterable[str]) -> str:
    return " ".join(("(SELECT", column, "FROM", table, "WHERE", " AND ".join(conditions) + ")"))


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
