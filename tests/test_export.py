"""The open data: true to the database, described by itself, the same twice, whole or not at all."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from extract.model import FormCell, Reading
from extract.templates.y2014 import TEMPLATE as FORM_2014
from extract.templates.y2019 import TEMPLATE as FORM_2019
from store.errors import DatabaseOlderError, StoreError
from store.expected import Expected, save_expected
from store.exports.export import NothingInScopeError, export, known_formats
from store.exports.folder import ForeignFolderError
from store.exports.formats.dta import TextTooLongError
from store.exports.scope import Scope
from store.fetches import record_fetch
from store.records import Fetch
from store.runs import judge_run, start_run
from tests.open_data import package_of, problems, rows_of
from tests.store_kit import ADDS_UP, DOES_NOT, SECTIONS, Values, keep, new_database, reading, sha, source

CSV, EXCEL = known_formats()["csv"], known_formats()["excel"]
BLANK: Values = {**ADDS_UP, ("disclosure", "regulations", "in_force"): None}
FORMULA = "=HYPERLINK(0)"


def quiet(name: str, rows: int) -> None:
    """Say nothing."""


def written(db: Database, folder: Path, scope: Scope | None = None) -> Path:
    export(db, folder, [CSV], scope or Scope(), "A test.", quiet)
    return folder


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """Four forms and none, a blank, a mark that looks like a formula, a sub-item, an agency without a region."""
    with closing(new_database(tmp_path)) as opened:
        keep(opened, 1, reading({("statistics", "budget", "value"): 12.5}, FORM_2014, year=2017), source("1"))
        keep(opened, 2, reading(DOES_NOT, FORM_2019, year=2020), source("2"))
        keep(opened, 3, with_odd_cells(reading(BLANK, year=2021)), source("3"))
        keep(opened, 4, reading(absent=("review",), year=2022), source("4"))
        keep(opened, 5, Reading("text/html", "partial", "云岭市教育局", 2023, sections=SECTIONS), source("5"))
        keep(opened, 6, reading(agency="雾江区水利局", year=2021), source("6", host="wj.example", region=""))
        record_fetch(opened, Fetch(source("3").url, "2022-01-05T00:00:00+00:00", 200, "ok", sha256=sha(3)))
        save_expected(opened, [Expected("石桥镇人民政府", "990302", "roster", first_year=2021)])
        judge_run(opened, start_run(opened), "2024-05-01", (), ())
        yield opened


def with_odd_cells(whole: Reading) -> Reading:
    item = FormCell("disclosure", "other_services", "行政检查", "decisions", "reported", 7, "7", "row 9")
    cells = [
        cell._replace(state="mark", value=None, raw=FORMULA) if (cell.row, cell.column) == ("fees", "amount") else cell
        for cell in whole.cells
    ]
    return replace(whole, cells=(*cells, item))


def by_year(folder: Path, name: str, year: int) -> dict[str, str]:
    [row] = (row for row in rows_of(folder, name) if row["report_id"] == f"990100-云岭市教育局-{year}")
    return row


# --- True to the database --------------------------------------------------------------------------------------------


def test_every_file_is_what_its_description_says(db: Database, tmp_path: Path) -> None:
    folder = written(db, tmp_path / "out")
    assert problems(folder) == []
    names = {path.name for path in folder.iterdir()}
    assert names == {"README.md", "datapackage.json", *(one["path"] for one in package_of(folder)["resources"])}
    assert all(name in (folder / "README.md").read_text(encoding="utf-8") for name in names - {"README.md"})


def test_a_file_that_is_not_what_its_description_says_would_be_seen(db: Database, tmp_path: Path) -> None:
    folder = written(db, tmp_path / "out")
    panel = folder / "panel.csv"
    panel.write_text(panel.read_text(encoding="utf-8").replace(",3,", ",3件,", 1), encoding="utf-8")
    (folder / "reports.csv").write_text("report_id\n", encoding="utf-8")
    found = "\n".join(problems(folder))
    for wrong in ("panel: other bytes", "'3件' is no number", "reports: another number", "panel: not in reports"):
        assert wrong in found


def test_the_panel_is_that_of_the_database(db: Database, tmp_path: Path) -> None:
    rows = rows_of(written(db, tmp_path / "out"), "panel")
    for row, known in zip(rows, db.query("SELECT * FROM panel ORDER BY report_id"), strict=True):
        assert list(row) == list(known)
        assert row == {name: "" if value is None else str(value) for name, value in known.items()}


def test_long_and_wide_say_the_same(db: Database, tmp_path: Path) -> None:
    folder = written(db, tmp_path / "out")
    wide = {row["report_id"]: row for row in rows_of(folder, "panel")}
    states = {row["report_id"]: row for row in rows_of(folder, "panel_states")}
    seen = 0
    for cell in rows_of(folder, "cells"):
        if cell["variable"] in wide[cell["report_id"]]:
            assert cell["value"] == wide[cell["report_id"]][cell["variable"]]
            assert cell["state"] == states[cell["report_id"]].pop(cell["variable"])
            assert (cell["state"] == "reported") == (cell["value"] != "")
            seen += 1
    assert seen == 58 + 198 + 3 * 200
    left = {state for row in states.values() for name, state in row.items() if name != "report_id"}
    assert left == {"not_on_form", "no_form"}


def test_the_four_facts_are_kept_apart(db: Database, tmp_path: Path) -> None:
    folder = written(db, tmp_path / "out")
    figures, states = by_year(folder, "panel", 2021), by_year(folder, "panel_states", 2021)
    names = ("dis_regulations_issued", "dis_regulations_in_force", "dis_fees_amount", "req_new_person", "st_budget")
    assert [figures[name] for name in names] == ["0", "", "", "3", ""]
    assert [states[name] for name in names] == ["reported", "blank", "mark", "reported", "not_on_form"]
    assert by_year(folder, "panel_states", 2022)["rev_reconsideration_total"] == "absent"
    assert by_year(folder, "panel_states", 2023)["req_new_total"] == "no_form"
    coverage = {(row["agency"], row["year"]): row["status"] for row in rows_of(folder, "coverage")}
    assert coverage["云岭市教育局", "2018"] == "not_found"
    assert coverage["石桥镇人民政府", "2021"] == "not_found"
    assert coverage["云岭市教育局", "2023"] == "narrative"


def test_what_is_printed_stands_beside_a_cell_without_a_number(db: Database, tmp_path: Path) -> None:
    cells = [row for row in rows_of(written(db, tmp_path / "out"), "cells") if row["state"] == "mark"]
    assert [(cell["variable"], cell["value"], cell["raw"], cell["unit"]) for cell in cells] == [
        ("dis_fees_amount", "", FORMULA, "万元")
    ]


def test_sub_items_are_in_the_long_form_only(db: Database, tmp_path: Path) -> None:
    [cell] = (row for row in rows_of(written(db, tmp_path / "out"), "cells") if row["item"])
    assert (cell["item"], cell["value"], cell["variable"]) == ("行政检查", "7", "")


def test_a_figure_leads_to_its_file(db: Database, tmp_path: Path) -> None:
    rows = rows_of(written(db, tmp_path / "out"), "evidence")
    [row] = (row for row in rows if row["report_id"] == "990100-云岭市教育局-2021" and row["table"] == "requests")
    assert (row["document"], row["url"], row["fetched"]) == (sha(3), source("3").url, "2022-01-05T00:00:00+00:00")


def test_who_followed_whom_and_under_which_names(db: Database, tmp_path: Path) -> None:
    db.execute("INSERT INTO body_successions VALUES ('大数据局', '数据局', 2023, '2023年机构改革')")
    keep(db, 7, reading(agency="云岭市大数据局", year=2022), source("7"))
    keep(db, 8, reading(agency="云岭市数据局", year=2023), source("8"))
    folder = written(db, tmp_path / "out")
    assert problems(folder) == []
    before, after = "990100-云岭市大数据局", "990100-云岭市数据局"
    followed = {(row["agency_id"], row["successor_id"], row["year"]) for row in rows_of(folder, "agency_successions")}
    assert followed == {(before, after, "2023")}
    names = {row["agency_id"]: row for row in rows_of(folder, "agency_names")}
    assert (names[before]["name"], names[before]["first_year"]) == ("云岭市大数据局", "2022")
    part = written(db, tmp_path / "part", Scope("", frozenset({2023})))
    assert [row["successor_id"] for row in rows_of(part, "agency_successions")] == [after]
    assert {row["agency_id"] for row in rows_of(part, "agency_names")} == {after, "990100-云岭市教育局"}
    none = written(db, tmp_path / "none", Scope("", frozenset({2021})))
    assert rows_of(none, "agency_successions") == []


def test_findings_name_their_place(db: Database, tmp_path: Path) -> None:
    rows = [row for row in rows_of(written(db, tmp_path / "out"), "findings") if row["verdict"] == "FAIL"]
    assert ("row_total", "requests", "new", "3", "4") in {
        (row["rule"], row["table"], row["row"], row["expected"], row["actual"]) for row in rows
    }


def test_numbers_are_plain(tmp_path: Path) -> None:
    values: Values = {("disclosure", "fees", "amount"): 0.00001, ("requests", "new", "total"): 123456789012345}
    with closing(new_database(tmp_path)) as db:
        keep(db, 1, reading(values, year=2021))
        row = by_year(written(db, tmp_path / "out"), "panel", 2021)
    assert (row["dis_fees_amount"], row["req_new_total"]) == ("0.00001", "123456789012345")


def test_a_cell_of_which_nothing_is_kept_is_not_an_empty_one(db: Database, tmp_path: Path) -> None:
    """As after an update whose form has a cell more than that with which the report was read."""
    db.execute("DELETE FROM gaps WHERE state = 'mark'")
    folder = written(db, tmp_path / "out")
    assert problems(folder) == []
    assert by_year(folder, "panel_states", 2021)["dis_fees_amount"] == "not_read"
    [cell] = (row for row in rows_of(folder, "cells") if row["state"] == "not_read")
    assert (cell["variable"], cell["value"]) == ("dis_fees_amount", "")


def test_an_export_that_fails_leaves_the_former_one(db: Database, tmp_path: Path) -> None:
    folder = written(db, tmp_path / "out")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    keep(db, 7, reading(year=2010, title="长" * 700), source("7"))
    with pytest.raises(TextTooLongError):
        export(db, folder, [CSV, known_formats()["dta"]], Scope(), "A test.", quiet)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["out"]


# --- A part of it ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scope", "reports", "missing"),
    [
        (Scope("990100"), 5, 2),
        (Scope("990000"), 5, 5),
        (Scope("990302"), 0, 0),
        (Scope("", frozenset({2021})), 2, 1),
        (Scope("990100", frozenset({2021, 2022})), 2, 0),
        (Scope("990200"), 0, 0),
    ],
)
def test_a_region_with_all_in_it_and_some_years(
    db: Database, tmp_path: Path, scope: Scope, reports: int, missing: int
) -> None:
    if reports == 0:
        with pytest.raises(NothingInScopeError):
            written(db, tmp_path / "out", scope)
        assert not (tmp_path / "out").exists()
        return
    folder = written(db, tmp_path / "out", scope)
    assert problems(folder) == []
    assert len(rows_of(folder, "reports")) == len(rows_of(folder, "panel_states")) == reports
    assert sum(row["status"] == "not_found" for row in rows_of(folder, "coverage")) == missing
    assert (package_of(folder)["region"], package_of(folder)["years"]) == (scope.region, sorted(scope.years))


# --- Whole or not at all ---------------------------------------------------------------------------------------------


def test_the_same_data_gives_the_same_bytes(db: Database, tmp_path: Path) -> None:
    first, second = (written(db, tmp_path / name) for name in ("one", "two"))
    written(db, second)
    assert {path.name: path.read_bytes() for path in first.iterdir()} == {
        path.name: path.read_bytes() for path in second.iterdir()
    }


def test_a_folder_with_anything_else_is_left_alone(db: Database, tmp_path: Path) -> None:
    folder = written(db, tmp_path / "out")
    (folder / "thesis.do").write_text("years of work")
    with pytest.raises(ForeignFolderError, match=r"thesis\.do"):
        written(db, folder)
    assert (folder / "thesis.do").read_text() == "years of work"
    for here in (Path(), Path("/")):
        with pytest.raises(ForeignFolderError):
            written(db, here)
    (tmp_path / "file").write_text("")
    with pytest.raises(ForeignFolderError):
        written(db, tmp_path / "file")


def test_what_a_killed_export_left_is_no_hindrance(db: Database, tmp_path: Path) -> None:
    folder = written(db, tmp_path / "out")
    (folder / "panel.csv").unlink()
    folder.rename(tmp_path / "out.part")
    written(db, tmp_path / "done").rename(tmp_path / "out.old")
    assert problems(written(db, folder)) == []
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["out"]


def test_a_database_of_an_earlier_version_is_not_guessed_at(db: Database, tmp_path: Path) -> None:
    db.execute("PRAGMA user_version = 3")
    with pytest.raises(DatabaseOlderError):
        written(db, tmp_path / "out")
    assert issubclass(DatabaseOlderError, StoreError)


# --- For Excel -------------------------------------------------------------------------------------------------------


def test_excel_sees_chinese_and_runs_nothing(db: Database, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    export(db, folder, [EXCEL], Scope(), "A test.", quiet)
    assert problems(folder) == []
    assert (folder / "agencies.csv").read_bytes().startswith(b"\xef\xbb\xbfagency_id,")
    assert {row["raw"] for row in rows_of(folder, "cells") if row["state"] == "mark"} == {f"'{FORMULA}"}
    assert "apostrophe" in (folder / "README.md").read_text(encoding="utf-8")
