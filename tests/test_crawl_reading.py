"""What is fetched and what is read are two things: a night may leave the reading to another."""

from pathlib import Path

from tests.site import column, serve
from tests.site.portals import reports
from tests.site.run import crawl, scrapy

AGENCY = "星桥市水务局"
REPORTS, ROWS = reports("/r", AGENCY, range(2019, 2024))


def test_a_crawl_without_readers_leaves_everything_due(tmp_path: Path) -> None:
    with serve({"/nb/": column(*ROWS), **REPORTS}) as site:
        run = crawl(tmp_path, f"{site.url}/nb/", READER_WORKERS=0)
    assert run.rows("SELECT count(*), count(extractor), count(reading) FROM documents") == [(len(ROWS), 0, 0)]
    assert run.rows("SELECT count(*) FROM fetches WHERE outcome = 'ok'") == [(len(ROWS) + 1,)]
    again = scrapy("reextract", "-s", f"DATA_DIR={tmp_path / 'data'}")
    assert (again.code, again.out.strip()) == (0, f"{len(ROWS)} documents read: {len(ROWS)} ok")
    assert run.rows("SELECT count(*) FROM reports") == [(len(ROWS),)]
