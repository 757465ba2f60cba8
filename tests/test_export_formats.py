"""Every format says the same: what CSV has, Stata and Excel read, with the reason for each figure that is missing."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pytest
from openpyxl.utils.escape import unescape
from sqlite_utils import Database

from extract.model import Reading, State
from store.exports.export import export, known_formats, known_tables
from store.exports.formats.dta import TextTooLongError
from store.exports.formats.xlsx import TooMuchForASheetError
from store.exports.panel import STATES
from store.exports.scope import Scope
from tests.open_data import package_of, problems, rows_of
from tests.stata import Stata, read_stata
from tests.store_kit import ADDS_UP, SECTIONS, Values, keep, new_database, reading, source

FORMATS = known_formats()
ODD = "表<1> & _x0041_ \x07更正"
VALUES: Values = {
    **ADDS_UP,
    ("disclosure", "regulations", "in_force"): None,
    ("requests", "new", "total"): 123456789012345,
}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(new_database(tmp_path)) as opened:
        keep(opened, 1, reading(VALUES, year=2021, title=ODD, published="2022-02-30"), source("1"))
        keep(opened, 2, reading(absent=("review",), year=2022), source("2"))
        keep(opened, 3, Reading("text/html", "partial", "云岭市教育局", 2023, sections=SECTIONS), source("3"))
        yield opened


def exported(db: Database, folder: Path, *names: str) -> Path:
    export(db, folder, [FORMATS[name] for name in names], Scope(), "A test.", quiet)
    return folder


def quiet(name: str, rows: int) -> None:
    """Say nothing."""


def files(name: str) -> list[str]:
    return [table.name for table in known_tables() if table.name in FORMATS[name].tables]


def test_formats_are_meant_for_tables_that_exist() -> None:
    for name in ("dta", "xlsx"):
        assert set(files(name)) == FORMATS[name].tables


def test_a_folder_may_hold_every_format(db: Database, tmp_path: Path) -> None:
    folder = exported(db, tmp_path / "out", "csv", "dta", "xlsx")
    listed = {one["path"] for one in package_of(folder)["resources"]}
    assert {path.name for path in folder.iterdir()} == {"README.md", "datapackage.json", *listed}
    assert {"panel.csv", "panel.dta", "panel.xlsx"} <= listed
    assert problems(folder) == []
    again = exported(db, tmp_path / "again", "csv", "dta", "xlsx")
    assert all((again / name).read_bytes() == (folder / name).read_bytes() for name in listed)


# --- Stata -----------------------------------------------------------------------------------------------------------


def as_text(value: Any, form: str) -> str:
    """Write a value of a Stata file as it stands in the CSV file."""
    if isinstance(value, str):
        return "" if value.startswith(".") and len(value) <= 2 else value
    if form.startswith("%td"):
        return f"day {value}"
    return str(int(value)) if value == int(value) else str(value)


@pytest.mark.parametrize("name", files("dta"))
def test_stata_reads_what_csv_has(db: Database, tmp_path: Path, name: str) -> None:
    folder = exported(db, tmp_path / "out", "csv", "dta")
    found, known = read_stata(folder / f"{name}.dta"), rows_of(folder, name)
    assert found.names == list(known[0])
    for row, wanted in zip(found.rows, known, strict=True):
        texts = [as_text(value, form) for value, form in zip(row, found.formats, strict=True)]
        days = [place for place, text in enumerate(texts) if text.startswith("day ")]
        assert [text for place, text in enumerate(texts) if place not in days] == [
            text for place, text in enumerate(wanted.values()) if place not in days
        ]


def column(found: Stata, name: str) -> list[Any]:
    return [row[found.names.index(name)] for row in found.rows]


def test_stata_says_why_a_figure_is_missing(db: Database, tmp_path: Path) -> None:
    found = read_stata(exported(db, tmp_path / "out", "dta") / "panel.dta")
    assert column(found, "dis_regulations_in_force") == [".a", 0, ".f"]
    assert column(found, "rev_reconsideration_total") == [0, ".d", ".f"]
    assert column(found, "st_budget") == [".e", ".e", ".f"]
    assert column(found, "req_new_total") == [123456789012345, 0, ".f"]
    assert column(found, "dis_fees_amount") == [25.1, 0, ".f"]
    assert column(found, "published") == ["2022-02-30", "", ""]  # 2月30日 is printed, and no day of Stata's
    assert STATES[:5] == get_args(State)
    assert STATES[-1] == "not_read"
    assert found.value_labels == {2147483621 + number: state for number, state in enumerate(STATES[1:], start=1)}
    assert "本年收费金额" in found.labels[found.names.index("dis_fees_amount")]


def test_stata_gets_days_as_days(db: Database, tmp_path: Path) -> None:
    folder = exported(db, tmp_path / "out", "dta")
    assert column(read_stata(folder / "coverage.dta"), "due") == [22676, 23041, 23406]  # 31 January, days since 1960
    assert "%td" in read_stata(folder / "coverage.dta").formats[10]


def test_stata_gets_no_text_that_was_cut(db: Database, tmp_path: Path) -> None:
    keep(db, 4, reading(year=2020, title="长" * 700), source("4"))
    with pytest.raises(TextTooLongError, match="title: a text of 2100 bytes"):
        exported(db, tmp_path / "out", "dta")
    assert not (tmp_path / "out").exists()


# --- Excel -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", files("xlsx"))
def test_excel_reads_what_csv_has(db: Database, tmp_path: Path, name: str) -> None:
    folder = exported(db, tmp_path / "out", "csv", "xlsx")
    book = openpyxl.load_workbook(folder / f"{name}.xlsx")
    names, *rows = (list(row) for row in book["rows"].iter_rows(values_only=True))
    known = rows_of(folder, name)
    assert names == list(known[0])
    for row, wanted in zip(rows, known, strict=True):
        assert ["" if value is None else unescape(str(value)) for value in row] == list(wanted.values())
    told = [row[0] for row in book["columns"].iter_rows(min_row=2, values_only=True)]
    assert told == names


def test_excel_gets_numbers_as_numbers_and_codes_as_text(db: Database, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(exported(db, tmp_path / "out", "xlsx") / "panel.xlsx")["rows"]
    names = [cell.value for cell in sheet[1]]
    first = {name: cell.value for name, cell in zip(names, sheet[2], strict=True)}
    assert (first["region"], first["year"], first["req_new_total"]) == ("990100", 2021, 123456789012345)
    reports = openpyxl.load_workbook(tmp_path / "out" / "reports.xlsx")["rows"]
    assert ODD in [unescape(str(cell.value)) for cell in reports[2]]


def test_excel_gets_no_sheet_that_was_cut(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.exports.formats.xlsx.MAX_ROWS", 3)
    with pytest.raises(TooMuchForASheetError, match="more than 2 rows"):
        exported(db, tmp_path / "out", "xlsx")
    monkeypatch.undo()
    monkeypatch.setattr("store.exports.formats.xlsx.MAX_TEXT", 30)
    with pytest.raises(TooMuchForASheetError, match="a text of"):
        exported(db, tmp_path / "out", "xlsx")
    assert not (tmp_path / "out").exists()
