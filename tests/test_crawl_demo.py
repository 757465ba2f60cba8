"""The bundled portal, crawled with the real command: what comes of it, and that a second night changes nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.demo.server import PORTAL, serve_portal
from tests.site.run import SIDE_BY_SIDE, Run, crawl, dump, rows


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serve_portal() as port:
        yield port


@pytest.fixture(scope="module")
def seeds(port: int) -> list[str]:
    text = (PORTAL.parent / "seeds.csv").read_text(encoding="utf-8").replace("{port}", str(port))
    return text.splitlines()[1:]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def first(folder: Path, seeds: list[str]) -> Run:
    return crawl(folder, *seeds, **SIDE_BY_SIDE)


def test_the_first_night_reads_the_portal(first: Run) -> None:
    assert first.code == 1, first.err  # one attachment of the portal is damaged on purpose
    assert "Traceback" not in first.err
    assert "Warning" not in first.err
    assert first.rows("SELECT count(*) FROM reports") == [(22,)]
    assert "corrupt the file is cut short" in first.out
    assert "What does not add up" in first.out


def test_every_mention_has_its_file(first: Run) -> None:
    archive = first.database.parent / "archive"
    mentioned = {digest for [digest] in first.rows("SELECT sha256 FROM fetches WHERE sha256 IS NOT NULL")}
    assert mentioned == {path.name for path in archive.glob("*/*")}
    assert first.rows("PRAGMA foreign_key_check") == []


def test_the_second_night_asks_conditionally_and_changes_nothing(first: Run, folder: Path, seeds: list[str]) -> None:
    before = dump(first.database)
    seen = first.rows("SELECT max(id) FROM fetches")[0][0]
    times = first.rows("SELECT id, first_seen, last_changed FROM reports ORDER BY id")
    second = crawl(folder, *seeds, **SIDE_BY_SIDE)
    after = rows(second.database, f"SELECT status, outcome, count(*) FROM fetches WHERE id > {seen} GROUP BY 1, 2")
    assert (304, "unchanged", 16) in after  # the lists: every report is old
    assert not [row for row in after if row[1] == "ok"]
    assert dump(second.database) == before
    assert second.rows("SELECT id, first_seen, last_changed FROM reports ORDER BY id") == times
    assert "New reports" not in second.out
    assert "nothing new read" in second.out
