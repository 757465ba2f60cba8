"""What people decide and correct: applied at the fold, kept over re-reading, opened again when the source changes."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Reading
from extract.reading import EXTRACTOR
from store.coverage import matrix, render
from store.explain import explain
from store.fetches import record_fetch
from store.fold.adopt import adopt
from store.people.corrections import HEADER, read_corrections
from store.people.decisions import HEADER as DECISIONS
from store.people.decisions import read_decisions
from store.people.reviewing import ReviewError
from store.readings import record_document, save_reading
from store.records import Fetch
from tests.store_kit import ADDS_UP, AGENCY, DOES_NOT, dump, keep, new_database, reading, sha, source

ROOT = Path(__file__).parents[1]
REPORT = f"990100-{AGENCY}-2023"
SIGNED = {"note": "纸质件", "reviewer": "王工", "date": "2024-05-01"}
Cell = dict[str, object]


def cell(number: int = 1, **other: object) -> Cell:
    """The total of new requests of ``DOES_NOT``, printed 4, corrected to 3."""
    place = {"table": "requests", "row": "new", "column": "total", "value": 3, "expected_raw": "4"}
    return {"sha256": sha(number), **place, **SIGNED, **other}


def of_identity(number: int = 1, **other: object) -> Cell:
    return {"sha256": sha(number), **SIGNED, **other}


def write(path: Path, header: tuple[str, ...], *lines: Cell) -> Path:
    rows = [",".join(str(line.get(name, "")) for name in header) for line in lines]
    path.write_text("\n".join([",".join(header), *rows]) + "\n", encoding="utf-8")
    return path


class Desk:
    """A database and the two files beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.db = folder, new_database(folder)

    def correct(self, *lines: Cell) -> list[str]:
        write(self.folder / "corrections.csv", HEADER, *lines)
        return self.adopt()

    def decide(self, *lines: Cell) -> list[str]:
        write(self.folder / "decisions.csv", DECISIONS, *lines)
        return self.adopt()

    def adopt(self) -> list[str]:
        return adopt(self.db, self.folder / "decisions.csv", self.folder / "corrections.csv")

    def total(self) -> object:
        return self.one("SELECT total FROM requests WHERE row = 'new'")

    def one(self, sql: str) -> object:
        rows = self.db.execute(sql).fetchall()
        assert len(rows) == 1, rows
        return rows[0][0] if len(rows[0]) == 1 else rows[0]

    def rules(self, like: str = "correct%") -> list[tuple[object, ...]]:
        sql = "SELECT rule, verdict, expected, actual FROM findings WHERE rule LIKE ? ORDER BY rule, where_, expected"
        return list(self.db.execute(sql, (like,)).fetchall())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    with closing(made.db):
        yield made


# --- Cells -----------------------------------------------------------------------------------------------------------


def test_a_corrected_cell_is_in_the_report_and_says_so(desk: Desk) -> None:
    keep(desk.db, 1, reading(DOES_NOT))
    assert desk.one("SELECT consistent FROM reports") == 0
    assert desk.correct(cell()) == [REPORT]
    assert desk.total() == 3
    assert desk.one("SELECT consistent FROM reports") == 1
    assert desk.rules() == [("corrected_by_person", "PASS", 4, 3)]
    assert "王工 on 2024-05-01: 纸质件" in str(desk.one("SELECT detail FROM findings WHERE rule LIKE 'correct%'"))
    [explained] = explain(desk.db, AGENCY, 2023, "req_new_total").cells
    assert (explained.cell.value, explained.cell.raw) == (3, "4")
    assert any("corrected_by_person PASS: read 4, corrected to 3: corrected by 王工" in c for c in explained.checks)


def test_a_state_can_be_corrected_too(desk: Desk) -> None:
    keep(desk.db, 1, reading(DOES_NOT))
    desk.correct(cell(value="", state="unreadable"))
    assert desk.total() is None
    assert desk.one("SELECT state FROM gaps WHERE row = 'new' AND \"column\" = 'total'") == "unreadable"
    assert desk.rules() == [("corrected_by_person", "PASS", 4, "unreadable")]
    assert desk.one("SELECT consistent FROM reports") is None


def test_a_correction_is_kept_over_reading_again_and_further_nights(desk: Desk) -> None:
    desk.correct(cell())
    keep(desk.db, 1, reading(DOES_NOT))
    before = dump(desk.db)
    assert desk.total() == 3
    save_reading(desk.db, sha(1), reading(DOES_NOT), "2")
    assert desk.adopt() == []
    keep(desk.db, 1, reading(DOES_NOT))
    assert dump(desk.db) == before


def test_the_reading_itself_stays_as_it_was(desk: Desk) -> None:
    keep(desk.db, 1, reading(DOES_NOT))
    before = desk.one("SELECT reading FROM documents")
    desk.correct(cell())
    assert desk.one("SELECT reading FROM documents") == before


def test_another_printed_text_opens_a_correction_again(desk: Desk) -> None:
    keep(desk.db, 1, reading(DOES_NOT))
    desk.correct(cell())
    keep(desk.db, 1, reading({**DOES_NOT, ("requests", "new", "total"): 5}))
    assert desk.total() == 5
    assert desk.rules() == [("correction_reopened", "NOT_ASSESSABLE", 3, 5)]
    assert "now reads “5” where “4”" in str(desk.one("SELECT detail FROM findings WHERE rule LIKE 'correct%'"))


def test_another_document_for_the_table_opens_it_again(desk: Desk) -> None:
    keep(desk.db, 1, reading(DOES_NOT))
    desk.correct(cell())
    keep(
        desk.db, 2, reading(DOES_NOT), source("b.html", link_text="云岭市教育局2023年政府信息公开工作年度报告（更正）")
    )
    assert desk.one("SELECT document FROM origins WHERE table_name = 'requests'") == sha(2)
    assert desk.total() == 4
    assert desk.rules() == [("correction_reopened", "NOT_ASSESSABLE", 3, 4)]
    detail = str(desk.one("SELECT detail FROM findings WHERE rule LIKE 'correct%'"))
    assert f"now taken from document {sha(2)}" in detail


def test_a_cell_that_is_not_read_is_said(desk: Desk) -> None:
    keep(desk.db, 1, reading(DOES_NOT))
    desk.correct(cell(row="nothing"))
    assert desk.rules() == [("correction_reopened", "NOT_ASSESSABLE", 3, None)]


def test_a_correction_taken_back_leaves_no_trace(desk: Desk) -> None:
    keep(desk.db, 1, reading(DOES_NOT))
    before = dump(desk.db)
    desk.correct(cell())
    assert desk.correct() == [REPORT]
    assert dump(desk.db) == before


def test_a_file_that_is_lost_takes_nothing_back(desk: Desk) -> None:
    keep(desk.db, 1, reading(DOES_NOT))
    desk.correct(cell())
    (desk.folder / "corrections.csv").unlink()
    with pytest.raises(ReviewError, match=r"corrections\.csv, line 1: the file is missing, and 1 of its lines"):
        desk.adopt()
    assert desk.total() == 3


def test_a_page_that_was_replaced_at_its_address_opens_it_again(desk: Desk) -> None:
    desk.correct(cell())
    for number in (1, 2):
        time = f"2024-0{number}-01T00:00:00+00:00"
        record_fetch(desk.db, Fetch(source().url, time, 200, "ok", sha256=sha(number)))
        keep(desk.db, number, reading(DOES_NOT, detail=str(number)))
    assert desk.total() == 4
    assert desk.rules() == [("correction_reopened", "NOT_ASSESSABLE", 3, 4)]
    [[report, reason]] = matrix(desk.db).open_corrections
    assert report == REPORT
    assert f"now taken from document {sha(2)}" in reason


def test_corrections_of_what_is_not_in_a_report_are_listed(desk: Desk) -> None:
    record_document(desk.db, sha(2), "text/html", 1, source())
    keep(desk.db, 3, Reading("text/html", "not_a_report"))
    desk.correct(cell(1), cell(2), cell(3))
    reasons = ["no such document is kept", "the document is not read yet", "the document belongs to no report"]
    assert matrix(desk.db).open_corrections == tuple((sha(n), reason) for n, reason in enumerate(reasons, start=1))
    assert "belongs to no report" in render(matrix(desk.db))


def test_a_missing_year_is_no_line_of_decisions(desk: Desk) -> None:
    keep(desk.db, 1, reading(ADDS_UP, year=None))
    assert [problem for _, problem in matrix(desk.db).unresolved] == ["nothing names its year"]
    assert matrix(desk.db).undecided == ()


# --- Agency and year -------------------------------------------------------------------------------------------------


def test_agency_and_year_can_be_corrected(desk: Desk) -> None:
    keep(desk.db, 1, reading(ADDS_UP))
    agency = of_identity(agency="云岭市水利局", expected_raw=AGENCY)
    desk.correct(agency, of_identity(year=2022, expected_raw="2023"))
    assert desk.one("SELECT id FROM reports") == "990100-云岭市水利局-2022"
    assert desk.rules() == [
        ("corrected_by_person", "PASS", 2023, 2022),
        ("corrected_by_person", "PASS", AGENCY, "云岭市水利局"),
    ]
    remarks = explain(desk.db, "云岭市水利局", 2022).remarks
    assert any("read 2023, corrected to 2022" in remark for remark in remarks)
    keep(desk.db, 1, reading(ADDS_UP, agency="云岭市民政局"))
    assert desk.one("SELECT id FROM reports") == "990100-云岭市民政局-2022"
    assert ("correction_reopened", "NOT_ASSESSABLE", "云岭市水利局", "云岭市民政局") in desk.rules()


def test_a_scan_whose_report_a_person_knows(desk: Desk) -> None:
    keep(desk.db, 1, Reading("application/pdf", "needs_ocr"))
    assert desk.one("SELECT count(*) FROM reports") == 0
    desk.correct(of_identity(agency=AGENCY), of_identity(year=2023))
    assert desk.one("SELECT id, outcome FROM reports") == (REPORT, "unreadable")


# --- Decisions -------------------------------------------------------------------------------------------------------


def test_one_line_decides_what_nobody_names(desk: Desk) -> None:
    nameless = reading(ADDS_UP, agency=None, title=None)
    keep(desk.db, 1, nameless)
    [[line, reason]] = matrix(desk.db).undecided
    assert line == f"{sha(1)},,,,,"
    assert "names an agency" in reason
    assert line in render(matrix(desk.db))
    desk.decide({"document": sha(1), "agency": AGENCY, "region": "990100"})
    assert desk.one("SELECT id FROM reports") == REPORT
    assert matrix(desk.db).undecided == ()
    save_reading(desk.db, sha(1), nameless, "2")
    assert desk.one("SELECT id FROM reports") == REPORT


def test_a_name_on_a_host_is_decided_for_all_its_documents(desk: Desk) -> None:
    desk.decide({"name": "朝阳区科技局", "place": "kj.example", "agency": "北京市朝阳区科学技术局", "region": "110105"})
    for year, host in ((2022, "kj.example"), (2023, "kj.example"), (2023, "other.example")):
        where = source(f"{year}.html", host=host, region="")
        keep(desk.db, year + len(host), reading(ADDS_UP, agency="朝阳区科技局", year=year), where)
    ids = [row[0] for row in desk.db.execute("SELECT id FROM reports ORDER BY id").fetchall()]
    decided = "110105-北京市朝阳区科学技术局"
    assert ids == [f"{decided}-2022", f"{decided}-2023", "other.example-朝阳区科学技术局-2023"]
    assert desk.one(f"SELECT region_name, level FROM agencies WHERE id = '{decided}'") == ("朝阳区", "county")
    [[line, _]] = matrix(desk.db).undecided
    assert line == ",朝阳区科技局,other.example,,,"
    [finding] = desk.rules("region_undecided")
    assert finding[3] == "朝阳区科技局"


# --- Mistakes --------------------------------------------------------------------------------------------------------

WRONG_CORRECTIONS: list[tuple[Cell, int, str]] = [
    (cell(sha256="abc"), 1, "not a SHA-256"),
    (cell(row=""), 3, "which cell"),
    (cell(value="3件"), 6, "not a plain number"),
    (cell(value="三"), 6, "not a plain number"),
    (cell(state="blank"), 0, "exactly one of"),
    (cell(value=""), 0, "exactly one of"),
    (cell(value="", state="reported"), 7, "is not blank"),
    (of_identity(year=1023), 9, "not a year"),
    (of_identity(agency="某局", row="new"), 3, "must be empty"),
    (cell(reviewer=""), 11, "who corrected it"),
    (cell(date="5月1日"), 12, "not a day"),
]
WRONG_DECISIONS: list[tuple[Cell, int, str]] = [
    ({"agency": AGENCY}, 1, "what is decided"),
    ({"document": sha(1), "name": "某局", "agency": AGENCY}, 1, "what is decided"),
    ({"document": "1", "agency": AGENCY}, 1, "not a SHA-256"),
    ({"place": "a.example", "agency": AGENCY}, 2, "name is empty"),
    ({"name": "某局", "place": "a b", "agency": AGENCY}, 3, "neither a host"),
    ({"document": sha(1)}, 4, "agency is empty"),
    ({"document": sha(1), "agency": AGENCY, "region": "11"}, 5, "six-digit"),
]


@pytest.mark.parametrize(("line", "column", "message"), WRONG_CORRECTIONS)
def test_a_mistake_in_corrections_is_named(tmp_path: Path, line: Cell, column: int, message: str) -> None:
    told_of(read_corrections, write(tmp_path / "corrections.csv", HEADER, cell(9), line), 3, column, message)


@pytest.mark.parametrize(("line", "column", "message"), WRONG_DECISIONS)
def test_a_mistake_in_decisions_is_named(tmp_path: Path, line: Cell, column: int, message: str) -> None:
    good = {"document": sha(9), "agency": AGENCY}
    told_of(read_decisions, write(tmp_path / "decisions.csv", DECISIONS, good, line), 3, column, message)


def told_of(read: Callable[[Path], object], path: Path, line: int, column: int, message: str) -> None:
    with pytest.raises(ReviewError, match=message) as caught:
        read(path)
    [problem] = caught.value.problems
    assert (problem.file, problem.line, problem.column) == (str(path), line, column)
    assert str(problem).startswith(f"{path}, line {line}" + (f", column {column}: " if column else ": "))


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"sha256,table\n", 1, "the header must be"),
        (",".join(HEADER).encode() + b"\n1,2\n", 2, "2 fields where 13"),
        (",".join(HEADER).encode() + b"\n\xff\n", 2, "not UTF-8"),
        (",".join(HEADER).encode() + b'\n"a\n', 2, "not readable as CSV"),
        (",".join(HEADER).encode() + b"\n" + b"a\x07" + b"," * 12 + b"\n", 2, "control character"),
    ],
)
def test_a_file_that_is_no_table_is_named(tmp_path: Path, data: bytes, line: int, message: str) -> None:
    path = tmp_path / "corrections.csv"
    path.write_bytes(data)
    with pytest.raises(ReviewError, match=message) as caught:
        read_corrections(path)
    assert caught.value.problems[0].line == line


def test_two_lines_on_one_cell_are_a_mistake_and_a_repeated_line_is_none(tmp_path: Path) -> None:
    path = write(tmp_path / "corrections.csv", HEADER, cell(), cell(), cell(value=5))
    with pytest.raises(ReviewError, match="line 4: line 2 corrects the same otherwise"):
        read_corrections(path)
    assert len(read_corrections(write(path, HEADER, cell(), cell()))) == 1


def test_nothing_is_written_when_a_file_has_a_mistake(desk: Desk) -> None:
    keep(desk.db, 1, reading(DOES_NOT))
    before = dump(desk.db)
    write(desk.folder / "decisions.csv", DECISIONS, {"document": sha(1), "agency": "云岭市水利局"})
    with pytest.raises(ReviewError):
        desk.correct(cell(value="x"))
    assert dump(desk.db) == before


def test_the_commands_take_over_the_files_or_stop(tmp_path: Path) -> None:
    with closing(new_database(tmp_path)) as db:
        keep(db, 1, reading(DOES_NOT), extractor=EXTRACTOR)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scrapy", *words, "-s", f"DATA_DIR={tmp_path}", "-s", "CORRECTIONS=mine.csv"]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    path = write(tmp_path / "mine.csv", HEADER, cell(date="gestern"))
    done = run("reextract")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{path}, line 2, column 12: date 'gestern' is not a day such as 2024-03-31\n"
    write(path, HEADER, cell())
    assert run("reextract").returncode == 0
    told = run("explain", AGENCY, "2023", "req_new_total").stdout
    assert "req_new_total: 3, printed “4”" in told
    assert "corrected_by_person PASS: read 4, corrected to 3: corrected by 王工 on 2024-05-01: 纸质件" in told


# --- Any order -------------------------------------------------------------------------------------------------------

TWIN = replace(reading(DOES_NOT), media_type="application/pdf")
LEISURE = [("文旅局", 2022), ("文化和旅游局", 2023), ("农业农村局", 2023), ("县政府办", 2023), ("人民政府办公室", 2023)]
Step = Callable[[Desk], object]
STEPS: tuple[Step, ...] = (
    lambda desk: keep(desk.db, 1, reading(DOES_NOT)),
    lambda desk: keep(desk.db, 2, TWIN, source("b.pdf")),
    lambda desk: keep(desk.db, 3, reading(ADDS_UP, agency="朝阳区科技局"), source("c.html", region="")),
    *(
        lambda desk, n=number, name=name, year=year: keep(
            desk.db, n, reading(ADDS_UP, agency=name, year=year), source(f"{n}.html", region="361028")
        )
        for number, (name, year) in enumerate(LEISURE, start=10)
    ),
    lambda desk: desk.correct(cell(), cell(2), of_identity(12, year=2021, expected_raw="2023")),
    lambda desk: desk.decide(
        {"name": "朝阳区科技局", "place": "www.yunling.example", "agency": "北京市朝阳区科学技术局", "region": "110105"}
    ),
)


def outcome(folder: Path, order: list[int]) -> dict[str, list[tuple[object, ...]]]:
    folder.mkdir()
    desk = Desk(folder)
    with closing(desk.db):
        for step in order:
            STEPS[step](desk)
        return dump(desk.db)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    return outcome(tmp_path_factory.mktemp("order") / "first", list(range(len(STEPS))))


@given(st.integers(0, 2**32))
@settings(max_examples=12, deadline=None)
def test_any_order_and_repetition_gives_the_same_database(
    tmp_path_factory: pytest.TempPathFactory, expected: dict[str, list[tuple[object, ...]]], seed: int
) -> None:
    random = Random(seed)
    order = [*range(len(STEPS)), *random.choices(range(len(STEPS)), k=4)]
    random.shuffle(order)
    assert outcome(tmp_path_factory.mktemp("order") / "other", order) == expected


def test_what_that_database_holds(expected: dict[str, list[tuple[object, ...]]]) -> None:
    agencies = {row[0][1] for row in expected["agencies"]}
    assert agencies == {
        f"990100-{AGENCY}",
        "110105-北京市朝阳区科学技术局",
        "361028-资溪县文化和旅游局",
        "361028-资溪县农业农村局",
        "361028-资溪县人民政府办公室",
    }


def test_a_full_name_that_goes_leaves_the_short_one_behind(desk: Desk) -> None:
    short, full = reading(ADDS_UP, agency="文旅局", year=2022), reading(ADDS_UP, agency="文化和旅游局")
    where = [source(f"{n}.html", region="361028") for n in range(3)]
    keep(desk.db, 1, short, where[0])
    assert desk.one("SELECT agency_id FROM reports") == "361028-资溪县文旅局"
    keep(desk.db, 2, full, where[1])
    assert desk.one("SELECT DISTINCT agency_id FROM reports") == "361028-资溪县文化和旅游局"
    keep(desk.db, 3, reading(ADDS_UP, agency="文化广电和旅游局", year=2021), where[2])
    assert desk.one("SELECT agency_id FROM reports WHERE year = 2022") == "361028-资溪县文旅局"
    save_reading(desk.db, sha(3), Reading("text/html", "not_a_report"), "2")
    save_reading(desk.db, sha(2), Reading("text/html", "not_a_report"), "2")
    assert desk.one("SELECT agency_id FROM reports") == "361028-资溪县文旅局"


# --- Names and successors --------------------------------------------------------------------------------------------


def test_names_and_successors_are_linked(desk: Desk) -> None:
    desk.adopt()
    told = [
        ("国土局", 2017),
        ("自然资源局", 2020),
        ("县自然资源局", 2021),
        ("沙县教育局", 2019),
        ("沙县区教育局", 2023),
    ]
    for number, (name, year) in enumerate(told):
        region = "410522" if number < 3 else "350400"
        keep(desk.db, number, reading(ADDS_UP, agency=name, year=year), source(f"{number}.html", region=region))
    links = desk.db.execute("SELECT agency_id, successor_id, year FROM agency_successions ORDER BY 1").fetchall()
    assert links == [
        ("350427-沙县教育局", "350405-三明市沙县区教育局", 2021),
        ("410522-安阳县国土资源局", "410522-安阳县自然资源局", 2018),
    ]
    names = desk.db.execute(
        "SELECT name FROM agency_names WHERE agency_id = '410522-安阳县自然资源局' ORDER BY 1"
    ).fetchall()
    assert names == [("县自然资源局",), ("自然资源局",)]
    assert explain(desk.db, "县自然资源局", 2021).agency == "安阳县自然资源局"
