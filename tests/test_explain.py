"""From a figure in the database back to the cell it was read from."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from sqlite_utils import Database

from crawler.commands.explain import lines
from extract.model import Reading, Section
from extract.reading import EXTRACTOR, read
from store.database import DATABASE_NAME, open_writer
from store.expected import Expected, save_expected
from store.explain import NotFoundError, explain
from store.fetches import record_fetch
from store.readings import record_document, save_reading
from store.records import Fetch, Source
from store.runs import judge_run, start_run
from tests.kit.html_styles import STYLES
from tests.kit.truth import Truth, make_report

ROOT = Path(__file__).parents[1]
URL = "http://portal.example/nb/1.html"


def keep(db: Database, truth: Truth, url: str, sha256: str) -> None:
    record_fetch(db, Fetch(url, "2024-01-20T03:00:00+00:00", 200, "ok", sha256=sha256))
    record_document(db, sha256, "text/html", 1, Source(url, region=truth.region))
    save_reading(db, sha256, read(STYLES["clean"](truth, Random(1))), EXTRACTOR)


@pytest.fixture
def truth() -> Truth:
    return make_report(3, "2021", "dense", broken=True)


@pytest.fixture
def db(tmp_path: Path, truth: Truth) -> Database:
    database = open_writer(tmp_path / DATABASE_NAME)
    keep(database, truth, URL, "a" * 64)
    return database


def test_a_figure_leads_to_its_document_cell_and_checks(db: Database, truth: Truth) -> None:
    [found] = explain(db, truth.agency, truth.year, "req_new_total").cells
    assert found.cell.value == next(
        cell["value"] for cell in truth.cells if (cell["row"], cell["column"]) == ("new", "total")
    )
    assert (found.document, found.cell.raw) == ("a" * 64, truth.text("requests", "new", "total"))
    assert [(fetch.url, fetch.at) for fetch in found.fetches] == [(URL, "2024-01-20T03:00:00+00:00")]
    assert found.cell.at.startswith("table ")
    assert {check.split()[0] for check in found.checks} == {"row_total", "in_equals_out"}


def test_failed_checks_say_what_was_expected(db: Database, truth: Truth) -> None:
    checks = [check for cell in explain(db, truth.agency, truth.year).cells for check in cell.checks]
    assert any("FAIL: expected" in check and "(cause: source)" in check for check in checks)


def test_failed_checks_come_first_in_one_order(db: Database, truth: Truth) -> None:
    for cell in explain(db, truth.agency, truth.year).cells:
        told = [(" FAIL" not in check, check.split()[0]) for check in cell.checks]
        assert told == sorted(told)


@pytest.mark.parametrize(
    "wanted", ["req_granted_total", "requests.granted.total", "granted.total", "granted", "requests", "予以公开 总计"]
)
def test_a_field_by_variable_name_or_label(db: Database, truth: Truth, wanted: str) -> None:
    found = explain(db, truth.agency, truth.year, wanted).cells
    assert ("granted", "total") in {(cell.cell.row, cell.cell.column) for cell in found}


def test_every_cell_without_a_field(db: Database, truth: Truth) -> None:
    assert len(explain(db, truth.agency, truth.year).cells) == len(truth.cells)


def test_what_is_not_there_is_said(db: Database, truth: Truth) -> None:
    with pytest.raises(NotFoundError, match="names no agency"):
        explain(db, "没有这个机关", truth.year)
    with pytest.raises(NotFoundError, match=f"there are {truth.year}"):
        explain(db, truth.agency, 1999)
    for nothing in ("req_nothing", "grant", "requests.gran"):
        with pytest.raises(NotFoundError, match=f"no field '{nothing}'"):
            explain(db, truth.agency, truth.year, nothing)


def test_a_report_that_is_not_there_is_explained_by_the_coverage(db: Database, truth: Truth) -> None:
    judge_run(db, start_run(db), f"{truth.year + 2}-06-01", (), ())
    told = rf"has no report for {truth.year + 1} \(not_found: no report for this year .*\); there are {truth.year}"
    with pytest.raises(NotFoundError, match=told):
        explain(db, truth.agency, truth.year + 1)
    save_expected(db, [Expected("白鹭县气象局", "990121", "roster", first_year=truth.year)])
    with pytest.raises(NotFoundError, match=r"990121-白鹭县气象局 has no report for .* \(not_found: .*there are none"):
        explain(db, "气象局", truth.year)


def test_a_report_without_figures_names_its_document_and_why(db: Database, truth: Truth) -> None:
    what = Reading("text/html", "partial", truth.agency, truth.year + 1, sections=(Section(1, "总体情况", "公开。"),))
    record_document(db, "c" * 64, "text/html", 1, Source("http://portal.example/nb/3.html", region=truth.region))
    save_reading(db, "c" * 64, what, "1")
    told = lines(explain(db, truth.agency, truth.year + 1))
    assert told[1:] == [
        "  no figure of the form was read (partial)",
        f"document {'c' * 64}",
        "  http://portal.example/nb/3.html",
    ]


def test_a_part_of_a_name_must_name_one_agency(db: Database, truth: Truth) -> None:
    assert explain(db, truth.agency[-4:], truth.year).agency == truth.agency
    other = make_report(8, "2021", "sparse", agency=(f"另一个{truth.agency[-4:]}", truth.region), year=truth.year)
    keep(db, other, "http://portal.example/nb/2.html", "b" * 64)
    with pytest.raises(NotFoundError, match="several agencies"):
        explain(db, truth.agency[-4:], truth.year)


def test_the_command(db: Database, tmp_path: Path, truth: Truth) -> None:
    db.close()

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scrapy", "explain", *words, "-s", f"DATA_DIR={tmp_path}"]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    good = run(truth.agency, str(truth.year), "req_new_total")
    assert good.returncode == 0
    assert URL in good.stdout
    assert "req_new_total" in good.stdout
    with subprocess.Popen(
        [sys.executable, "-m", "scrapy", "explain", truth.agency, str(truth.year), "-s", f"DATA_DIR={tmp_path}"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as impatient:
        assert impatient.stdout is not None
        assert impatient.stderr is not None
        impatient.stdout.close()
        assert (impatient.stderr.read(), impatient.wait()) == (b"", 0)
    bad = run(truth.agency, "1999")
    assert (bad.returncode, bad.stdout) == (2, "")
    assert "no report for 1999" in bad.stderr
    assert run(truth.agency).returncode == 2
