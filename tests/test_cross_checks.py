"""Checks between an agency's years: carried-over requests, documents in force, the day of publication."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sqlite_utils import Database

from extract.model import FormCell, Reading
from extract.reading import EXTRACTOR, read
from store.database import DATABASE_NAME, open_writer
from store.readings import record_document, save_reading
from store.records import Source
from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report

Values = dict[tuple[str, str, str], int | None]


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_writer(tmp_path / DATABASE_NAME)


BASE = read(STYLES["clean"](make_report(2, "2021", "sparse"), Random(2)))


def report(year: int, values: Values, agency: str = "云岭市教育局", published: str | None = None) -> Reading:
    return replace(
        BASE,
        agency=agency,
        year=year,
        published=published,
        cells=tuple(changed(cell, values) for cell in BASE.cells),
    )


def changed(cell: FormCell, values: Values) -> FormCell:
    key = (cell.table, cell.row, cell.column)
    if key not in values:
        return cell
    value = values[key]
    return cell._replace(value=value, state="blank" if value is None else "reported", raw=str(value or ""))


def keep(db: Database, *readings: Reading) -> None:
    for number, reading in enumerate(readings):
        name = f"{number:064x}"
        record_document(db, name, "text/html", 1, Source(f"http://portal.example/{number}", region="990100"))
        save_reading(db, name, reading, EXTRACTOR)


def verdicts(db: Database, rule: str) -> dict[tuple[int, str | None], tuple[object, ...]]:
    sql = 'SELECT year, "row", "column", verdict, expected, actual FROM cross_checks WHERE rule = ?'
    return {
        (row[0], row[2] if rule == "carried_over" else row[1]): row[3:] for row in db.execute(sql, (rule,)).fetchall()
    }


OUT = ("requests", "carried_out", "total")
IN = ("requests", "carried_in", "total")


def test_what_is_carried_out_is_carried_in(db: Database) -> None:
    keep(db, report(2022, {OUT: 5}), report(2023, {IN: 5, OUT: 2}), report(2024, {IN: 3}))
    found = verdicts(db, "carried_over")
    assert found[2023, "total"] == ("PASS", 5, 5)
    assert found[2024, "total"] == ("FAIL", 2, 3)
    assert not any(year == 2022 for year, _ in found)


def test_a_blank_is_not_zero(db: Database) -> None:
    keep(db, report(2022, {OUT: None}), report(2023, {IN: 0}))
    assert verdicts(db, "carried_over")[2023, "total"] == ("NOT_ASSESSABLE", None, 0)


def test_a_gap_year_is_not_compared(db: Database) -> None:
    keep(db, report(2021, {OUT: 5}), report(2023, {IN: 1}))
    assert verdicts(db, "carried_over") == {}


def test_documents_in_force(db: Database) -> None:
    row = "normative_documents"
    now: Values = {("disclosure", row, "issued"): 3, ("disclosure", row, "repealed"): 1}
    keep(
        db,
        report(2022, {("disclosure", row, "in_force"): 10}),
        report(2023, {**now, ("disclosure", row, "in_force"): 12}),
        report(2024, {**now, ("disclosure", row, "in_force"): 15}),
    )
    found = verdicts(db, "in_force")
    assert found[2023, row] == ("PASS", 12, 12)
    assert found[2024, row] == ("FAIL", 14, 15)


@pytest.mark.parametrize(
    ("agency", "published", "verdict"),
    [
        ("云岭市教育局", "2024-01-31", "PASS"),
        ("云岭市教育局", "2024-02-01", "FAIL"),
        ("云岭市人民政府", "2024-03-31", "PASS"),
        ("云岭市人民政府", "2024-04-01", "FAIL"),
        ("云岭市人民政府办公室", "2024-03-01", "FAIL"),
        ("云岭市教育局", None, "NOT_ASSESSABLE"),
    ],
)
def test_publication_in_time(db: Database, agency: str, published: str | None, verdict: str) -> None:
    keep(db, report(2023, {}, agency, published))
    assert [found[0] for found in verdicts(db, "published_in_time").values()] == [verdict]


@pytest.mark.parametrize(
    ("year", "published", "verdict"),
    [(2018, "2019-03-31", "PASS"), (2018, "2019-04-01", "FAIL"), (2019, "2020-02-01", "FAIL")],
)
def test_until_the_reports_on_2018_every_body_had_time_to_the_end_of_march(
    db: Database, year: int, published: str, verdict: str
) -> None:
    keep(db, report(year, {}, published=published))
    assert [found[0] for found in verdicts(db, "published_in_time").values()] == [verdict]


def test_a_corrected_report_changes_the_verdict(db: Database) -> None:
    keep(db, report(2022, {OUT: 5}), report(2023, {IN: 4}))
    assert verdicts(db, "carried_over")[2023, "total"][0] == "FAIL"
    save_reading(db, f"{0:064x}", report(2022, {OUT: 4}), "a better reader")
    assert verdicts(db, "carried_over")[2023, "total"] == ("PASS", 4, 4)
