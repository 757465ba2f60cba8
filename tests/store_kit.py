"""Readings and sources for the tests of the store: the real forms and the real checks, invented agencies (99…)."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from extract.judging import Figures
from extract.model import Finding, FormCell, Number, Reading, Section
from extract.reading import checks
from extract.templates import Template
from extract.templates.y2021 import TEMPLATE as FORM_2021
from store.database import DATABASE_NAME, open_writer
from store.fold.rows import COLUMNS
from store.readings import record_document, save_reading
from store.records import Source

AGENCY = "云岭市教育局"
REGION = "990100"
TITLE = "云岭市教育局2023年政府信息公开工作年度报告"
SECTIONS = (
    Section(1, "总体情况", "本机关推进海绵城市建设，主动公开政府信息。"),
    Section(6, "其他需要报告的事项", "无其他需要报告的事项。"),
)

Values = dict[tuple[str, str, str], Number | None]


def cells_of(form: Template, values: Values | None = None, absent: tuple[str, ...] = ()) -> tuple[FormCell, ...]:
    """Every cell of a form: zero where ``values`` says nothing, blank where it says None, absent in these tables."""
    given = values or {}
    return tuple(
        _cell(table.name, row.name, column.name, given.get((table.name, row.name, column.name), 0), absent)
        for table in form.tables
        for row in table.rows
        for column in row.columns
    )


def _cell(table: str, row: str, column: str, value: Number | None, absent: tuple[str, ...]) -> FormCell:
    if table in absent:
        return FormCell(table, row, None, column, "absent", None, "", "")
    if value is None:
        return FormCell(table, row, None, column, "blank", None, "", "row 1")
    return FormCell(table, row, None, column, "reported", value, str(value), "row 1")


def reading(
    values: Values | None = None, form: Template = FORM_2021, absent: tuple[str, ...] = (), **other: Any
) -> Reading:
    """A reading of a whole form, judged by the real checks; ``other`` replaces fields of the Reading."""
    cells = cells_of(form, values, absent)
    findings: tuple[Finding, ...] = tuple(found for check in checks() for found in check.judge(Figures(cells), form))
    whole = Reading(
        media_type="text/html",
        outcome="partial" if absent else "ok",
        agency=AGENCY,
        year=2023,
        template=form.name,
        title=TITLE,
        sections=SECTIONS,
        cells=cells,
        findings=findings,
    )
    return replace(whole, **other)


ADDS_UP: Values = {
    ("requests", "new", "natural_person"): 3,
    ("requests", "new", "total"): 3,
    ("requests", "granted", "natural_person"): 3,
    ("requests", "granted", "total"): 3,
    ("requests", "processed_total", "natural_person"): 3,
    ("requests", "processed_total", "total"): 3,
    ("disclosure", "fees", "amount"): 25.1,
}
DOES_NOT: Values = {**ADDS_UP, ("requests", "new", "total"): 4}


def source(path: str = "a.html", host: str = "www.yunling.example", region: str = REGION, **other: str) -> Source:
    return Source(url=f"http://{host}/{path}", parent_url=f"http://{host}/nb/", region=region, **other)


def sha(number: int) -> str:
    return f"{number:064x}"


def new_database(folder: Path) -> Database:
    return open_writer(folder / DATABASE_NAME, busy_timeout_ms=1_000)


def keep(db: Database, number: int, what: Reading, where: Source | None = None, extractor: str = "1") -> list[str]:
    record_document(db, sha(number), what.media_type, 1000, where or source())
    return save_reading(db, sha(number), what, extractor)


def keep_numbered(db: Database, number: int) -> list[str]:
    """One report of its own for every number: twenty years a host."""
    where = source(f"{number}.html", host=f"h{number // 20}.example", region="")
    return keep(db, number, reading(year=2000 + number % 20), where)


def dump(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that must not depend on order or restarts: no row ids, no times."""
    hidden = {"id": {"sections"}, "first_seen": {"reports"}, "last_changed": {"reports"}, "at": {"damaged"}}
    tables = (*COLUMNS, "agencies", "reports", "documents", "sources", "placements", "damaged")
    content = {}
    for table in tables:
        names = ", ".join(f'"{name}"' for name in db.table(table).columns_dict if table not in hidden.get(name, ()))
        rows = db.execute(f"SELECT {names} FROM {table}").fetchall()
        content[table] = sorted((tuple((type(v).__name__, v) for v in row) for row in rows), key=repr)
    return content
