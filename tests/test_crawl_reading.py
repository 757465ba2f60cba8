"""What is fetched and what is read are two things: a night may leave the reading to another."""

from pathlib import Path

from tests.site import Handler, column, serve
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


def scan(handler: Handler) -> None:
    """Send a file of some MB that takes longer to read than to fetch, a different one under each address."""
    handler.send(200, b"%PDF-1.4\n" + handler.path.encode() + SCAN, "application/pdf")


SCAN = b"\n1 0 obj\n<<>>\nendobj" * 200_000
SCANS = 40
ENOUGH_MB = 250


def test_memory_stays_flat_while_documents_wait_to_be_read(tmp_path: Path) -> None:
    """All scans together are larger than what the crawling process may have; it stops itself when it has more."""
    rows = [(f"/s{number}.pdf", f"{AGENCY}{2000 + number % 20}年政府信息公开工作年度报告") for number in range(SCANS)]
    with serve({"/nb/": column(*rows), **{path: scan for path, _ in rows}}) as site:
        run = crawl(
            tmp_path,
            f"{site.url}/nb/",
            READER_WORKERS=1,
            MEMUSAGE_LIMIT_MB=ENOUGH_MB,
            MEMUSAGE_CHECK_INTERVAL_SECONDS=0.2,
        )
    assert len(SCAN) * SCANS > 140 * 2**20, "more than is left beside the 150 MB of the program itself"
    assert run.rows("SELECT count(*) FROM documents") == [(SCANS,)], run.out
    assert run.rows("SELECT reason FROM runs") == [("finished",)]
