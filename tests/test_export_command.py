"""``scrapy export`` as a user calls it: what was published, and what was held back."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import rmtree

import pytest
from sqlite_utils import Database

from crawler.monitors.closing import PUBLISHED
from store.backup import copy_whole
from store.database import DATABASE_NAME
from tests.open_data import package_of, problems, rows_of
from tests.site.run import Run, scrapy
from tests.store_kit import ADDS_UP, keep, new_database, reading, source


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(new_database(tmp_path)) as opened:
        keep(opened, 1, reading(ADDS_UP, year=2021), source("1"))
        copy_whole(tmp_path / DATABASE_NAME, tmp_path / PUBLISHED / DATABASE_NAME)
        keep(opened, 2, reading(ADDS_UP, year=2022), source("2"))
        yield opened


def exported(tmp_path: Path, *options: str) -> Run:
    return scrapy("export", str(tmp_path / "out"), *options, "-s", f"DATA_DIR={tmp_path}")


def years(folder: Path) -> list[str]:
    return [row["year"] for row in rows_of(folder, "reports")]


def test_what_was_held_back_is_not_exported(db: Database, tmp_path: Path) -> None:
    run = exported(tmp_path)
    assert (run.code, run.err) == (0, "")
    assert "1 reports in 11 files" in run.out
    assert years(tmp_path / "out") == ["2021"]
    assert problems(tmp_path / "out") == []
    assert "published copy" in package_of(tmp_path / "out")["description"]


def test_the_working_database_is_exported_when_asked_for(db: Database, tmp_path: Path) -> None:
    assert exported(tmp_path, "--unpublished", "--excel").code == 0
    assert years(tmp_path / "out") == ["2021", "2022"]
    assert "not have been judged" in package_of(tmp_path / "out")["description"]
    assert exported(tmp_path, "--unpublished", "--year", "2022-2024", "--region", "990000").code == 0
    assert years(tmp_path / "out") == ["2022"]


def test_nothing_published_is_told(db: Database, tmp_path: Path) -> None:
    rmtree(tmp_path / PUBLISHED)
    run = exported(tmp_path)
    assert (run.code, run.out) == (2, "")
    assert "--unpublished" in run.err
    assert "Traceback" not in run.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--region", "99"), "six-digit"),
        (("--year", "last"), "'last'"),
        (("--format", "csv,xyz"), "xyz"),
        (("--format", "excel"), "excel"),
        (("another",), "one folder"),
        (("--region", "990200"), "no report of 990200"),
    ],
)
def test_a_wrong_wish_is_told(db: Database, tmp_path: Path, options: tuple[str, ...], word: str) -> None:
    run = exported(tmp_path, *options)
    assert run.code == 2
    assert word in run.out + run.err
    assert not (tmp_path / "out").exists()
