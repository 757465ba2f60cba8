"""What a newer reader reads otherwise is told cell by cell, and nothing of it is kept before it is accepted."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sqlite_utils import Database

from extract.model import Reading
from extract.reading import read
from store.archive import Archive
from store.changes import Change, changes
from store.people.corrections import HEADER, Correction
from store.readings import record_document, save_reading
from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report
from tests.site.run import scrapy
from tests.store_kit import ADDS_UP, AGENCY, DOES_NOT, dump, new_database, reading, sha, source

PAGES = [STYLES["clean"](make_report(seed, "2021", "dense", year=2022), Random(seed)) for seed in (1, 2, 3)]


def correction(**other: object) -> Correction:
    given = dict.fromkeys(HEADER, "") | {"sha256": sha(1), "value": None, "year": None, "reviewer": "王工"}
    return Correction(**{**given, "date": "2024-05-01", **other})  # the columns are the record's fields


def test_every_kind_of_change_is_told_once() -> None:
    before, after = reading(DOES_NOT), replace(reading(ADDS_UP), agency="云岭市水利局", year=2022)
    after = replace(after, sections=after.sections[:1])
    told = changes(before, after)
    assert Change("fact", "agency", AGENCY, "云岭市水利局") in told
    assert Change("fact", "year", "2023", "2022") in told
    assert Change("cell", "requests.new.total", "4", "3") in told
    assert Change("section", "6 其他需要报告的事项", "无其他需要报告的事项。", "-") in told
    assert Change("failure", 'row_total {"row": "new", "table": "requests"}', "FAIL", "-") in told
    assert [change.what for change in told if change.kind == "cell"] == ["requests.new.total"]
    assert changes(before, before) == ()


def test_a_number_that_is_no_longer_sure_is_a_change() -> None:
    [change] = [one for one in changes(reading(ADDS_UP), reading({**ADDS_UP, WHERE: None})) if one.kind == "cell"]
    assert change == Change("cell", "requests.new.total", "3", "blank")


WHERE = ("requests", "new", "total")


def test_a_correction_that_would_be_opened_again_is_told() -> None:
    mine = correction(table="requests", row="new", column="total", value=3, expected_raw="4")
    [told] = [one for one in changes(reading(DOES_NOT), reading(ADDS_UP), [mine]) if one.kind == "correction"]
    assert (told.before, told.after) == ("applied", "open again")
    of_year = correction(year=2021, expected_raw="2023")
    [told] = [one for one in changes(reading(), reading(year=2022), [of_year]) if one.kind == "correction"]
    assert (told.before, told.after) == ("applied", "open again")


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Database]:
    """Three kept pages: one that an older reader read otherwise, one that it read the same, one that nobody has read."""
    archive = Archive(tmp_path / "archive")
    with closing(new_database(tmp_path)) as db:
        for number, page in enumerate(PAGES):
            digest = archive.put(page)
            record_document(db, digest, "text/html", len(page), source(f"{number}.html", region="990100"))
            if number < 2:
                save_reading(db, digest, older(read(page)) if number == 0 else read(page), "older")
        yield db


def older(now: Reading) -> Reading:
    """The reading with one number misread and the year wrong."""
    first = next(cell for cell in now.cells if cell.state == "reported")
    wrong = first._replace(value=987654, raw="987654")
    return replace(now, year=2019, cells=tuple(wrong if cell == first else cell for cell in now.cells))


def preview(folder: Path, *more: str) -> tuple[int, list[str]]:
    run = scrapy("reextract", "--preview", *more, "-s", f"DATA_DIR={folder}")
    assert run.err == ""
    return run.code, run.out.splitlines()


def test_what_is_due_is_shown_before_it_is_kept(data: Database, tmp_path: Path) -> None:
    before = dump(data)
    code, lines = preview(tmp_path)
    assert dump(data) == before
    assert code == 1
    assert lines[-1] == "2 of 3 documents would be read otherwise: 1 cells; nothing was kept"
    assert sum("987654 -> " in line for line in lines) == 1
    assert "  fact year: 2019 -> 2022" in lines
    assert any(line.startswith("  report: 990100-") and "-2019 -> " in line for line in lines)
    assert "  not read before" in lines
    assert scrapy("reextract", "-s", f"DATA_DIR={tmp_path}").code == 0
    assert preview(tmp_path, "--all") == (0, ["0 of 3 documents would be read otherwise: 0 cells; nothing was kept"])


def test_lost_bytes_are_told(data: Database, tmp_path: Path) -> None:
    [digest] = data.execute("SELECT sha256 FROM documents WHERE extractor = 'older' LIMIT 1").fetchone()
    Archive(tmp_path / "archive").path(digest).unlink()
    code, lines = preview(tmp_path)
    assert code == 1
    assert any(digest in line for line in lines)
