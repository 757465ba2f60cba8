"""The codebook table and the wide view it makes."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from extract.templates import Column, Row, Table, Template
from extract.templates.y2019 import TEMPLATE as FORM_2019
from extract.templates.y2021 import TEMPLATE as FORM_2021
from store.database import DATABASE_NAME, open_writer, write
from store.tables.codebook import fields_of, known_templates, sync_codebook
from store.tables.variables import variable_name
from tests.store_kit import ADDS_UP, keep, new_database, reading, source

FORM_2030 = Template(
    name="2030",
    first_year=2030,
    last_year=None,
    tables=(
        Table("statistics", (Row("meetings", "会议数", (Column("value", "统计数", "次"),)),)),
        Table("hotline", (Row("calls", "来电", (Column("answered", "接通", "次"),)),)),
    ),
    sums=(),
    circular="云办〔2030〕1号",
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(new_database(tmp_path)) as opened:
        yield opened


def variables(db: Database) -> list[str]:
    return [row[0] for row in db.execute("SELECT DISTINCT variable FROM fields").fetchall()]


def test_every_cell_of_every_form_is_in_the_codebook(db: Database) -> None:
    expected = [(form.name, len(fields_of(form))) for form in known_templates()]
    assert db.execute("SELECT template, count(*) FROM fields GROUP BY 1 ORDER BY 1").fetchall() == sorted(expected)
    assert dict(expected)["2021"] == 200
    assert dict(expected)["2019"] == 198


def test_variables_suit_stata(db: Database) -> None:
    names = variables(db)
    assert all(re.fullmatch(r"[a-z_][a-z0-9_]{0,31}", name) for name in names)
    cells = db.execute('SELECT DISTINCT table_name, row, "column" FROM fields').fetchall()
    assert len(names) == len(cells)


def test_a_cell_keeps_its_variable_from_form_to_form() -> None:
    old, new = (
        {(field.table_name, field.row, field.column): field.variable for field in fields_of(form)}
        for form in (FORM_2019, FORM_2021)
    )
    shared = old.keys() & new.keys()
    assert len(shared) > 150
    assert all(old[cell] == new[cell] for cell in shared)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        (("requests", "new", "total"), "req_new_total"),
        (("requests", "refused_security_and_stability", "welfare_organization"), "req_refused_security_welfare"),
        (("review", "litigation_after_reconsideration", "corrected"), "rev_litigation_after_corrected"),
        (("disclosure", "normative_documents", "in_force"), "dis_normative_in_force"),
        (("statistics", "meetings", "value"), "st_meetings"),
    ],
)
def test_published_names_stay(cell: tuple[str, str, str], name: str) -> None:
    assert variable_name(*cell) == name


@pytest.mark.parametrize("row", ["a" * 60, "行", "b c", "1st"])
def test_a_name_without_a_short_form_is_still_a_name(row: str) -> None:
    name = variable_name("x", row, "y")
    assert re.fullmatch(r"[a-z_][a-z0-9_]{0,31}", name)
    assert name == variable_name("x", row, "y") != variable_name("x", f"{row}z", "y")


def test_labels_and_units(db: Database) -> None:
    sql = "SELECT label, unit FROM fields WHERE template = '2021' AND row = ? AND \"column\" = ?"
    assert db.execute(sql, ("refused_state_secret", "total")).fetchone() == ("（三）不予公开 1.属于国家秘密 总计", "件")
    assert db.execute(sql, ("fees", "amount")).fetchone() == ("行政事业性收费 本年收费金额", "万元")


def test_one_wide_row_for_each_report(db: Database) -> None:
    keep(db, 1, reading(ADDS_UP))
    keep(db, 2, reading(absent=("review",), year=2022), source("b"))
    rows = list(db.query("SELECT * FROM panel ORDER BY year"))
    assert [(row["agency"], row["region"], row["year"], row["consistent"]) for row in rows] == [
        ("云岭市教育局", "990100", 2022, None),
        ("云岭市教育局", "990100", 2023, 1),
    ]
    assert [row["rev_reconsideration_total"] for row in rows] == [None, 0]
    assert [row["req_new_person"] for row in rows] == [0, 3]
    assert [row["dis_fees_amount"] for row in rows] == [0, 25.1]
    assert rows[1]["req_other_processing_total"] is None
    assert rows[0].keys() >= {"agency_id", "agency", "template", "outcome", "url", *variables(db)}


def test_the_view_holds_every_figure_of_the_reading(db: Database) -> None:
    numbered = {(field.table_name, field.row, field.column): field.position for field in fields_of(FORM_2021)}
    keep(db, 1, reading(numbered))
    [row] = db.query("SELECT * FROM panel")
    assert {field.variable: row[field.variable] for field in fields_of(FORM_2021)} == {
        field.variable: field.position for field in fields_of(FORM_2021)
    }


def test_a_new_form_changes_fields_and_panel_by_itself(db: Database) -> None:
    forms = (*known_templates(), FORM_2030)
    with write(db):
        assert sync_codebook(db, forms)
        assert not sync_codebook(db, forms)
    values = {("statistics", "meetings", "value"): 5, ("hotline", "calls", "answered"): 9}
    keep(db, 1, reading(values, form=FORM_2030, year=2030))
    assert db.execute("SELECT st_meetings, hotline_calls_answered, req_new_total FROM panel").fetchone() == (5, 9, None)
    assert db.execute("SELECT unit FROM other_figures").fetchone() == ("次",)


def test_opening_brings_the_codebook_up_to_date(tmp_path: Path) -> None:
    with closing(new_database(tmp_path)) as db, write(db):
        sync_codebook(db, [FORM_2030])
    with closing(open_writer(tmp_path / DATABASE_NAME)) as db:
        assert db.execute("SELECT count(*) FROM fields WHERE template = '2030'").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM fields WHERE template = '2021'").fetchone() == (200,)


def test_two_cells_never_share_a_variable(db: Database) -> None:
    row = Row("a_b", "甲", (Column("c", "丙"),))
    clash = replace(FORM_2030, tables=(Table("x", (row, Row("a", "甲", (Column("b_c", "乙"),)))),))
    with pytest.raises(ValueError, match="x_a_b_c"), write(db):
        sync_codebook(db, [clash])
    assert db.execute("SELECT count(*) FROM fields").fetchone() != (0,)
