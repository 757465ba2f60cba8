"""Parquet says the same as CSV, in types of its own: counts are whole, states are dictionaries, an empty place is null."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet
from sqlite_utils import Database

from extract.model import Reading
from store.errors import StoreError
from store.exports.export import export, known_formats, known_tables
from store.exports.formats.parquet import ExtraNeededError, StrangeWordError
from store.exports.panel import STATES
from store.exports.scope import Scope
from store.exports.tables import Column
from store.exports.written import plain
from tests.open_data import package_of, problems, rows_of
from tests.store_kit import ADDS_UP, SECTIONS, Values, keep, new_database, reading, source

FORMATS = known_formats()
NAMES = [table.name for table in known_tables()]
VALUES: Values = {
    **ADDS_UP,
    ("disclosure", "regulations", "in_force"): None,
    ("requests", "new", "total"): 123456789012345,
}
MODULE = "store.exports.formats.parquet"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(new_database(tmp_path)) as opened:
        keep(opened, 1, reading(VALUES, year=2021, title='表<1>, "更正"\n', published="2022-02-30"), source("1"))
        keep(opened, 2, reading(absent=("review",), year=2022), source("2"))
        keep(opened, 3, Reading("text/html", "partial", "云岭市教育局", 2023, sections=SECTIONS), source("3"))
        yield opened


def exported(db: Database, folder: Path, *names: str) -> Path:
    export(db, folder, [FORMATS[name] for name in names], Scope(), "A test.", lambda _name, _rows: None)
    return folder


def follow(db: Database) -> None:
    """Let an agency be followed by another one."""
    db.execute("INSERT INTO body_successions VALUES ('大数据局', '数据局', 2023, '2023年机构改革')")
    keep(db, 5, reading(agency="云岭市大数据局", year=2022), source("5"))
    keep(db, 6, reading(agency="云岭市数据局", year=2023), source("6"))


def as_text(value: Any) -> str:
    """Write a value as it stands in the CSV file."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return (
        str(int(value))
        if isinstance(value, bool) or (isinstance(value, float) and value == int(value))
        else plain(value)
    )


@pytest.mark.parametrize("name", NAMES)
def test_parquet_has_what_csv_has(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(f"{MODULE}._VALUES_OF_A_GROUP", 500)
    follow(db)
    folder = exported(db, tmp_path / "out", "csv", "parquet")
    found, known = parquet.read_table(folder / f"{name}.parquet"), rows_of(folder, name)
    assert found.column_names == list(known[0])
    rows = [{column: as_text(value) for column, value in row.items()} for row in found.to_pylist()]
    assert rows == known
    groups = parquet.ParquetFile(folder / f"{name}.parquet").metadata.num_row_groups
    assert groups == -(-len(known) // max(1, 500 // len(known[0])))


def test_a_folder_of_csv_and_parquet_describes_both(db: Database, tmp_path: Path) -> None:
    folder = exported(db, tmp_path / "out", "csv", "parquet")
    assert problems(folder) == []
    listed = {one["path"] for one in package_of(folder)["resources"]}
    assert {f"{name}.parquet" for name in NAMES} <= listed
    assert "whole numbers" in (folder / "README.md").read_text(encoding="utf-8")
    again = exported(db, tmp_path / "again", "csv", "parquet")
    assert all((again / name).read_bytes() == (folder / name).read_bytes() for name in listed)


def test_columns_have_the_types_of_what_they_hold(db: Database, tmp_path: Path) -> None:
    folder = exported(db, tmp_path / "out", "parquet")
    panel = parquet.read_schema(folder / "panel.parquet")
    assert {name: str(panel.field(name).type) for name in ("year", "consistent", "region", "published")} == {
        "year": "int32",
        "consistent": "bool",
        "region": "string",
        "published": "string",  # 2月30日 is printed
    }
    figures = [field for field in panel if field.name.startswith(("req_", "rev_", "dis_", "st_"))]
    money = {field.name for field in figures if field.type == pyarrow.float64()}
    assert money == {field.name for field in figures if "万元" in field.metadata[b"description"].decode()}
    assert {"dis_fees_amount", "dis_procurement_amount"} <= money
    assert all(field.type == pyarrow.int64() for field in figures if field.name not in money)
    assert str(parquet.read_schema(folder / "coverage.parquet").field("due").type) == "date32[day]"
    reports = parquet.read_table(folder / "reports.parquet")
    assert reports.column("first_seen")[0].as_py().utcoffset() == timedelta(0)
    assert not reports.schema.field("report_id").nullable
    assert reports.schema.field("title").nullable


def test_states_are_a_dictionary_of_all_their_words(db: Database, tmp_path: Path) -> None:
    states = parquet.read_table(exported(db, tmp_path / "out", "parquet") / "panel_states.parquet")
    column = states.column("dis_regulations_in_force").combine_chunks()
    assert column.dictionary.to_pylist() == list(STATES)
    assert column.to_pylist() == ["blank", "reported", "no_form"]


def test_a_gap_is_null_and_a_zero_is_a_zero(db: Database, tmp_path: Path) -> None:
    panel = parquet.read_table(exported(db, tmp_path / "out", "parquet") / "panel.parquet")
    assert panel.column("dis_regulations_in_force").to_pylist() == [None, 0, None]
    assert panel.column("req_new_total").to_pylist() == [123456789012345, 0, None]
    assert panel.column("dis_fees_amount").to_pylist() == [25.1, 0.0, None]


def test_a_count_that_is_printed_with_a_fraction_stands_as_printed(db: Database, tmp_path: Path) -> None:
    keep(db, 4, reading({("requests", "new", "total"): 1.5}, year=2020), source("4"))
    panel = parquet.read_table(exported(db, tmp_path / "out", "parquet") / "panel.parquet")
    assert panel.column("req_new_total").to_pylist() == [1.5, 123456789012345.0, 0.0, None]
    assert panel.schema.field("req_granted_total").type == pyarrow.int64()


def test_a_word_that_its_column_does_not_know_ends_the_export(tmp_path: Path) -> None:
    columns = (Column("state", "string", "A state", ("blank", "mark")),)
    with pytest.raises(StrangeWordError, match="state: 'torn' is none"):
        FORMATS["parquet"].write(tmp_path / "a.parquet", columns, [("blank",), ("torn",)])


def test_without_the_extra_nothing_is_written_and_it_is_named(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = exported(db, tmp_path / "out", "csv")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setattr(f"{MODULE}.find_spec", lambda _name: None)
    with pytest.raises(ExtraNeededError, match=r"annual-reports\[parquet\]") as raised:
        exported(db, folder, "csv", "parquet")
    assert isinstance(raised.value, StoreError)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
