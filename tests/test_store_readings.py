"""From readings to report rows: what is due, what is rewritten, and that order and restarts change nothing."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

import store.fold.reports
from extract.model import FormCell, Reading
from extract.templates.y2019 import TEMPLATE as FORM_2019
from extract.wire import from_json
from store.database import write
from store.readings import due, load_reading, record_arrival, record_damage, record_document, save_reading
from store.records import Fetch, Source
from store.search import search
from tests.store_kit import ADDS_UP, DOES_NOT, SECTIONS, dump, keep, new_database, reading, sha, source

REPORT = "990100-云岭市教育局-2023"
PDF = "application/pdf"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(new_database(tmp_path)) as opened:
        yield opened


def one(db: Database, sql: str) -> object:
    [row] = db.execute(sql).fetchall()
    return row if len(row) > 1 else row[0]


def test_a_reading_becomes_a_report_with_all_its_rows(db: Database) -> None:
    assert keep(db, 1, reading({**ADDS_UP, ("review", "reconsideration", "total"): None})) == [REPORT]
    assert one(db, "SELECT name, region, level FROM agencies") == ("云岭市教育局", "990100", "prefecture")
    assert one(db, "SELECT agency_id, year, template, outcome, consistent, document FROM reports") == (
        *("990100-云岭市教育局", 2023, "2021", "complete", None),
        sha(1),
    )
    assert one(db, "SELECT natural_person, business, total FROM requests WHERE row = 'granted'") == (3, 0, 3)
    assert one(db, "SELECT upheld, total FROM review WHERE row = 'reconsideration'") == (0, None)
    assert one(db, "SELECT value, unit FROM disclosure WHERE row = 'fees'") == (25.1, "万元")
    assert one(db, 'SELECT table_name, row, item, "column", state FROM gaps') == (
        *("review", "reconsideration", None, "total", "blank"),
    )
    where = one(db, "SELECT where_ FROM findings WHERE rule = 'review_total' AND verdict = 'NOT_ASSESSABLE'")
    assert json.loads(str(where)) == {"table": "review", "row": "reconsideration"}
    assert db.table("sections").count == len(SECTIONS)


def test_the_reading_comes_back_as_it_was(db: Database) -> None:
    what = reading(DOES_NOT)
    keep(db, 1, what)
    assert from_json(json.loads(load_reading(db, sha(1)) or "")) == what
    assert "总体情况" in (load_reading(db, sha(1)) or "")
    assert load_reading(db, sha(2)) is None


def test_a_table_that_was_not_read_is_null_and_never_zero(db: Database) -> None:
    keep(db, 1, reading(absent=("review",)))
    assert one(db, "SELECT count(*), count(upheld), count(total) FROM review") == (3, 0, 0)
    assert one(db, "SELECT count(*) FROM gaps WHERE table_name = 'review' AND state = 'absent'") == 15


def test_items_and_rows_of_other_forms_are_kept(db: Database) -> None:
    own = FormCell("disclosure", "other_services", "行政检查", "decisions", "reported", 7, "7", "row 5")
    other = FormCell("requests", "other_processing", None, "total", "reported", 2, "2", "row 20")
    strange = FormCell("hotline", "calls", None, "value", "mark", None, "/", "row 1")
    whole = reading(form=FORM_2019, year=2020)
    keep(db, 1, replace(whole, cells=(*whole.cells, own, other._replace(row="other_other"), strange)))
    assert one(db, "SELECT value, unit FROM disclosure WHERE item = '行政检查'") == (7, "项/件")
    assert one(db, "SELECT total FROM requests WHERE row = 'other_other'") == 2
    assert one(db, "SELECT table_name, row, value FROM other_figures") == ("hotline", "calls", None)
    assert one(db, "SELECT raw FROM gaps WHERE table_name = 'hotline'") == "/"


def test_what_is_due(db: Database) -> None:
    for number in range(1, 5):
        record_document(db, sha(number), "text/html", 10, source(f"{number}.html"))
    save_reading(db, sha(2), reading(), "1")
    save_reading(db, sha(3), reading(), "2")
    save_reading(db, sha(4), Reading("text/html", "crashed"), "3")
    assert sorted(due(db, "2")) == [sha(1), sha(2), sha(4)]
    assert sorted(due(db, "3")) == [sha(1), sha(2), sha(3)]


def test_due_can_be_worked_off_while_it_is_read(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.readings._BATCH", 3)
    for number in range(20):
        record_document(db, sha(number), "text/html", 10, source(f"{number}.html"))
    for version in ("1", "2"):
        seen = []
        for digest in due(db, version):
            save_reading(db, digest, Reading("text/html", "not_a_report"), version)
            seen.append(digest)
        assert seen == [sha(number) for number in range(20)]
    assert list(due(db, "2")) == []


def test_a_document_nobody_recorded_has_no_reading(db: Database) -> None:
    with pytest.raises(LookupError, match=sha(7)):
        save_reading(db, sha(7), reading(), "1")
    assert db.table("reports").count == 0


def test_times_move_only_with_content(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def at(time: str) -> None:
        monkeypatch.setattr(store.fold.reports, "utc_now", lambda: time)

    def times() -> object:
        return one(db, "SELECT first_seen, last_changed FROM reports")

    at("2024-01-01")
    keep(db, 1, reading(DOES_NOT))
    at("2024-01-02")
    keep(db, 1, reading(DOES_NOT), extractor="2")
    assert times() == ("2024-01-01", "2024-01-01")
    at("2024-01-03")
    keep(db, 1, reading(ADDS_UP), extractor="3")
    assert times() == ("2024-01-01", "2024-01-03")


def test_only_changed_rows_are_rewritten(db: Database) -> None:
    keep(db, 1, reading(ADDS_UP))
    before = dict(db.execute("SELECT row, rowid FROM requests").fetchall())
    keep(db, 1, reading({**ADDS_UP, ("requests", "unprocessed_repeat", "total"): 1}))
    after = dict(db.execute("SELECT row, rowid FROM requests").fetchall())
    assert {row for row in before if before[row] != after[row]} == {"unprocessed_repeat"}


def test_a_reading_that_moves_leaves_nothing_behind(db: Database) -> None:
    keep(db, 1, reading())
    assert keep(db, 1, reading(agency="云岭市水利局"), extractor="2") == [
        "990100-云岭市教育局-2023",
        "990100-云岭市水利局-2023",
    ]
    assert one(db, "SELECT id FROM reports") == "990100-云岭市水利局-2023"
    assert one(db, "SELECT id FROM agencies") == "990100-云岭市水利局"
    assert one(db, "SELECT count(DISTINCT report_id) FROM requests") == 1
    assert [hit.agency for hit in search(db, "海绵城市")] == ["云岭市水利局"]
    keep(db, 1, Reading("text/html", "not_a_report"), extractor="3")
    assert {table: rows for table, rows in dump(db).items() if rows}.keys() == {"documents", "sources", "placements"}
    assert search(db, "海绵城市") == []


def test_one_of_two_documents_moves_and_both_reports_are_right(db: Database) -> None:
    keep(db, 1, reading(ADDS_UP), source("a"))
    keep(db, 2, reading(DOES_NOT, published="2024-02-02"), source("b"))
    assert one(db, "SELECT total FROM requests WHERE row = 'new'") == 4
    keep(db, 2, reading(DOES_NOT, year=2022), source("b"))
    rows = db.execute("SELECT report_id, total FROM requests WHERE row = 'new' ORDER BY 1").fetchall()
    assert rows == [("990100-云岭市教育局-2022", 4), (REPORT, 3)]
    assert db.execute("SELECT year, consistent FROM reports ORDER BY 1").fetchall() == [(2022, 0), (2023, 1)]


def test_a_new_source_of_a_read_document_folds_again(db: Database) -> None:
    nameless = reading(agency=None)
    assert keep(db, 1, nameless, source("a")) == []
    problem = "neither the document nor its link, page or seed names an agency"
    assert one(db, "SELECT url, problem FROM unresolved") == (source("a").url, problem)
    assert record_document(db, sha(1), "text/html", 10, source("a")) == []
    assert record_document(db, sha(1), "text/html", 10, source("b", agency="云岭市教育局")) == [REPORT]
    assert db.execute("SELECT * FROM unresolved").fetchall() == []


def arrive(db: Database, number: int, path: str = "a.html") -> None:
    fetch = Fetch(source(path).url, "2024-01-31T00:00:00+00:00", 200, "ok", sha256=sha(number))
    record_arrival(db, fetch, "text/html", 1, source(path))


def test_a_page_that_goes_back_to_what_it_said_counts_as_it_is_now(db: Database) -> None:
    total = "SELECT total FROM requests WHERE row = 'new'"
    for number, values in ((1, ADDS_UP), (2, DOES_NOT)):
        arrive(db, number)
        save_reading(db, sha(number), reading(values), "1")
        assert one(db, total) == (3, 4)[number - 1]
    arrive(db, 1)
    assert one(db, total) == 3
    arrive(db, 2)
    assert one(db, total) == 4


def test_a_read_document_that_comes_to_another_address_replaces_what_stood_there(db: Database) -> None:
    arrive(db, 1)
    save_reading(db, sha(1), reading(ADDS_UP), "1")
    arrive(db, 2, "b.html")
    save_reading(db, sha(2), reading(DOES_NOT), "1")
    arrive(db, 2)
    assert one(db, "SELECT document FROM reports") == sha(2)
    assert one(db, "SELECT total FROM requests WHERE row = 'new'") == 4


def test_a_damaged_document_is_sound_again_once_it_was_fetched(db: Database) -> None:
    keep(db, 1, reading())
    record_damage(db, sha(1), "altered")
    record_damage(db, sha(1), "altered")
    assert db.table("damaged").count == 1
    record_document(db, sha(1), "text/html", 10, source())
    assert db.table("damaged").count == 0


def test_text_no_database_takes_is_kept_readable(db: Database) -> None:
    keep(db, 1, reading(title="坏\ud800\x00", detail="\udfff"), source(link_text="\ud900"))
    assert one(db, "SELECT title FROM reports") == "坏\ufffd\ufffd"


def test_saving_is_all_or_nothing(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(db, 1, reading(ADDS_UP))
    before = dump(db)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(store.fold.reports, "_update", fail)
    with pytest.raises(ZeroDivisionError):
        keep(db, 1, reading(DOES_NOT), extractor="2")
    assert dump(db) == before


def test_the_smallest_account_of_a_url_is_kept_and_empty_texts_last(db: Database) -> None:
    accounts = [
        Source("http://h.example/a"),
        Source("http://h.example/a", parent_url="http://h.example/z/", link_text="乙", listed_on="2024-01-02"),
        Source("http://h.example/a", parent_url="http://h.example/z/", link_text="甲", listed_on="2024-01-03"),
    ]
    for found in (*accounts, *accounts[::-1]):
        record_document(db, sha(1), "text/html", 10, found)
        record_document(db, sha(2), "text/html", 10, found)
    assert db.execute("SELECT DISTINCT parent_url, link_text, listed_on FROM sources").fetchall() == [
        ("http://h.example/z/", "乙", "2024-01-02")
    ]


PLANS = {
    "known": "SELECT sha256 FROM fetches WHERE url = 'u' AND outcome = 'ok' AND sha256 IS NOT NULL ORDER BY id DESC",
    "due": "SELECT sha256 FROM documents WHERE extractor IS '1' AND sha256 > '0' ORDER BY sha256 LIMIT 500",
    "versions": "SELECT min(extractor) FROM documents WHERE extractor > '1'",
    "members": "SELECT sha256 FROM placements WHERE report_id = 'r'",
    "sources": "SELECT url FROM sources WHERE sha256 = 's' ORDER BY url",
    "agency": "SELECT 1 FROM reports WHERE agency_id = 'a' LIMIT 1",
    "units": "SELECT unit FROM fields WHERE template = '2021'",
}


@pytest.mark.parametrize("name", PLANS)
def test_nothing_is_looked_up_by_scanning(db: Database, name: str) -> None:
    plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {PLANS[name]}").fetchall()]
    assert [step for step in plan if not step.startswith("SEARCH")] == []


def test_the_cost_of_a_report_does_not_grow_with_the_database(db: Database) -> None:
    def steps() -> int:
        count = 0

        def tick() -> int:
            nonlocal count
            count += 1
            return 0

        db.conn.set_progress_handler(tick, 100)
        keep(
            db,
            10_000 + db.table("reports").count,
            reading(year=2023),
            source(f"{db.table('reports').count}", "x.example", ""),
        )
        db.conn.set_progress_handler(None, 0)
        return count

    steps()
    few = steps()
    with write(db):
        for number in range(300):
            keep(db, number, reading(year=2000 + number % 20), source(f"{number}", f"h{number // 20}.example", ""))
    assert steps() < few * 1.5


TEXTS = st.sampled_from(
    ["", "2023年", "云岭市教育局2023年政府信息公开工作年度报告", "云岭市水利局2022年政府信息公开年度报告（更正）"]
)


def some_sources() -> st.SearchStrategy[Source]:
    return st.builds(
        Source,
        url=st.sampled_from(["http://a.example/1", "http://b.example/1", "http://a.example/2"]),
        parent_url=st.sampled_from(["", "http://a.example/"]),
        link_text=TEXTS,
        page_title=TEXTS,
        agency=st.sampled_from(["", "云岭市教育局", "云岭市水利局"]),
        region=st.sampled_from(["", "990000", "990100", "990200"]),
        listed_on=st.sampled_from(["", "2024-01-03", "2023-09-01"]),
    )


def some_readings() -> st.SearchStrategy[Reading]:
    return st.builds(
        reading,
        values=st.sampled_from([None, ADDS_UP, DOES_NOT, {("disclosure", "fees", "amount"): 3.0}]),
        absent=st.sampled_from([(), ("review",), ("requests", "disclosure")]),
        outcome=st.sampled_from(["ok", "partial", "needs_ocr", "not_a_report"]),
        media_type=st.sampled_from(["text/html", PDF]),
        agency=st.sampled_from([None, "教育局", "云岭市教育局"]),
        year=st.sampled_from([None, 2023, 2022]),
        published=st.sampled_from([None, "2024-01-02"]),
        sections=st.sampled_from([(), SECTIONS, SECTIONS[:1]]),
    )


Events = list[tuple[int, Reading, Source]]


def some_events() -> st.SearchStrategy[Events]:
    readings = st.lists(some_readings(), min_size=3, max_size=3)
    found = st.lists(st.tuples(st.integers(0, 2), some_sources()), min_size=1, max_size=5)
    return st.tuples(readings, found).map(lambda drawn: [(n, drawn[0][n], where) for n, where in drawn[1]])


def content_after(events: Events) -> dict[str, list[tuple[object, ...]]]:
    with TemporaryDirectory() as folder, closing(new_database(Path(folder))) as db:
        for number, what, where in events:
            keep(db, number, what, where)
        return dump(db)


@settings(deadline=None, max_examples=40)
@given(some_events(), st.data())
def test_the_database_depends_on_what_was_found_and_never_on_the_order(events: Events, data: st.DataObject) -> None:
    again = data.draw(st.permutations(events + data.draw(st.lists(st.sampled_from(events), max_size=2))))
    assert content_after(again) == content_after(events)
