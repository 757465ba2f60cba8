"""``scrapy demo``: the whole system on a bundled portal, in less than a minute, without the internet."""

import argparse
import asyncio
import os
import shutil
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.demo.check import differences
from crawler.demo.server import serve_portal
from crawler.run.clock import Clock
from store.coverage import failures, matrix, render, render_failures
from store.database import DATABASE_NAME, open_reader
from store.errors import StoreError

SEEDS = Path(__file__).parent.parent / "demo" / "seeds.csv"
MARK = "demo-port"
"""File that makes a folder a demonstration's, so that it may be emptied; it holds the port, for --keep."""

DELAY_S = 0.05
"""Pause between requests. The portal is our own, on loopback; real portals get seconds."""

TODAY = datetime(2025, 6, 30, 12, tzinfo=UTC)
"""The instant at which every demonstration happens: what is due and what is late must not depend on who looks when."""

QUERIES = (
    "select agency_id, year, outcome, consistent from reports order by 1, 2",
    "select report_id, rule, where_, expected, actual from findings where verdict = 'FAIL'",
    "select outcome, count(*) as fetches from fetches group by outcome",
)


class Command(ScrapyCommand):
    """Crawl the bundled portal with the real crawl command and show what came of it."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Show how the command is called."""
        return "[--data-dir DIR] [--keep] [--port N]"

    def short_desc(self) -> str:
        """Describe the command in a line."""
        return "Show everything on a bundled portal with invented agencies"

    def long_desc(self) -> str:
        """Describe the command."""
        return (
            "Serves a small portal of invented agencies on 127.0.0.1, crawls it with the real `scrapy crawl`, and "
            "shows the coverage, what does not add up, and queries to try. Nothing leaves this machine. The portal has "
            "planted faults: figures that do not add up, a damaged file, a missing year, look-alikes. --keep goes on "
            "with the folder of the last demonstration: a second night, in which nothing is new. Exit status: 0 when "
            "everything came out as it is known to be; 1 when something differs; 2 when it could not run. "
            "Example: scrapy demo, then scrapy demo --keep"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""
        super().add_options(parser)
        parser.add_argument("--data-dir", default="demo-data", help="folder of the results (default: demo-data)")
        parser.add_argument("--keep", action="store_true", help="go on with what the folder holds")
        parser.add_argument("--port", type=int, default=0, help="port of the portal (default: a free one)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the demonstration; Scrapy calls this."""
        if args:
            raise UsageError(f"demo takes no argument: {args[0]}")
        data_dir = Path(opts.data_dir)
        try:
            wanted = prepare(data_dir, opts.keep, opts.port)
            with serve_portal(wanted) as port:
                (data_dir / MARK).write_text(str(port), encoding="ascii")
                status = crawl(data_dir, port)
            self.exitcode = 2 if status not in {0, 1} else show(data_dir / DATABASE_NAME)
        except (OSError, ValueError, StoreError) as error:
            print(error, file=sys.stderr)
            self.exitcode = 2


def prepare(data_dir: Path, keep: bool, port: int) -> int:
    """Make the folder ready and give the port to serve on; raises ``ValueError`` for a folder that is not ours."""
    mark = data_dir / MARK
    if keep and mark.is_file():
        return port or int(mark.read_text(encoding="ascii"))
    if data_dir.exists() and any(data_dir.iterdir()):
        if not mark.is_file():
            raise ValueError(f"{data_dir}: not empty and not a demonstration's folder; name another with --data-dir")
        shutil.rmtree(data_dir)
    data_dir.mkdir(parents=True, exist_ok=True)
    return port


def crawl(data_dir: Path, port: int) -> int:
    """Run the real crawl command on the portal and give its exit status."""
    seeds = data_dir / "seeds.csv"
    seeds.write_text(SEEDS.read_text(encoding="utf-8").replace("{port}", str(port)), encoding="utf-8")
    shift = (TODAY - Clock().now()) / timedelta(days=1)
    settings = {
        "DATA_DIR": data_dir,
        "DOWNLOAD_DELAY": DELAY_S,
        "AUTOTHROTTLE_ENABLED": False,
        "CLOCK_SHIFT_DAYS": shift,
        "READER_NICENESS": 0,  # somebody waits for the readings
    }
    command = [sys.executable, "-m", "scrapy", "crawl", "annual_reports", "-a", f"seeds={seeds}"]
    for name, value in settings.items():
        command += ["-s", f"{name}={value}"]
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings"}
    return asyncio.run(_wait(command, environment))


async def _wait(command: list[str], environment: dict[str, str]) -> int:
    process = await asyncio.create_subprocess_exec(*command, env=environment)
    return await process.wait()


def show(database: Path) -> int:
    """Print what the demonstration brought and give the exit status."""
    with closing(open_reader(database)) as db:
        wrong = tuple(differences(db))
        print("\nCoverage")
        print(render(matrix(db)))
        print("\nWhat does not add up, as planted")
        print(render_failures(failures(db)))
    print(f"\nDatabase: {database}\nTry:")
    print("\n".join(f'  sqlite-utils {database} "{query}" --table' for query in QUERIES))
    if wrong:
        print(f"\nNot as it should be ({len(wrong)}):", *wrong[:20], sep="\n  ")
        return 1
    print("\nEvery report and every figure came out as it is known to be.")
    return 0
