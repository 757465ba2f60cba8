"""Either event loop: the same crawl, and one that is told to stop comes to its end."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.site import column, serve
from tests.site.portals import reports
from tests.site.run import ROOT, SIDE_BY_SIDE, crawl, crawl_command, dump, rows

LOOPS = ("uvloop.Loop", "asyncio.SelectorEventLoop")
FOUND, LISTED = reports("/r", "星桥市水务局", range(2020, 2024))
PAGES = {"/nb/": column(*LISTED), **FOUND}


def test_both_loops_find_the_same(tmp_path: Path) -> None:
    found = []
    with serve(PAGES) as site:
        for loop in LOOPS:
            run = crawl(tmp_path / loop, f"{site.url}/nb/", ASYNCIO_EVENT_LOOP=loop, **SIDE_BY_SIDE)
            assert run.code == 0, run.err
            found.append(dump(run.database))
    assert found[0] == found[1]
    assert len(found[0]["reports"]) == 4


@pytest.mark.parametrize(
    ("loop", "told"), [(LOOPS[0], signal.SIGINT), (LOOPS[0], signal.SIGTERM), (LOOPS[1], signal.SIGTERM)]
)
def test_a_crawl_that_is_told_to_stop_says_so(loop: str, told: signal.Signals, tmp_path: Path) -> None:
    with serve(PAGES) as site:
        command = crawl_command(
            tmp_path, [f"{site.url}/nb/,,,"], ASYNCIO_EVENT_LOOP=loop, DOWNLOAD_DELAY=1, **SIDE_BY_SIDE
        )
        with subprocess.Popen(
            [sys.executable, "-m", "scrapy", *command], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            deadline = time.monotonic() + 30
            while "/nb/" not in site.paths() and time.monotonic() < deadline:
                time.sleep(0.05)
            time.sleep(0.2)
            process.send_signal(told)
            _, err = process.communicate(timeout=60)
    assert b"Traceback" not in err, err.decode()
    assert rows(tmp_path / "data" / "annual_reports.db", "SELECT reason FROM runs") == [("shutdown",)]
    assert not [*(tmp_path / "data" / "archive").glob("journal-*")]
