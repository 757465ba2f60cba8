"""``scrapy crawl annual_reports``: the main job, safe to run every night and safe to kill."""

import argparse
import logging
import sys
from dataclasses import dataclass
from pathlib import Path

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.monitors.closing import close_night
from crawler.run.desk import Desk, open_desk, reviews
from crawler.run.night import Night
from crawler.run.readers import IsolationError, check_isolation
from crawler.seeds import Seed, SeedError, load, select
from crawler.spiders.annual_reports import AnnualReportsSpider
from crawler.walk.years import parse_years
from store.errors import StoreError
from store.expected import Expected, read_expected
from store.lock import night_lock

SWITCH_INTERVAL_S = 0.001
"""How long a thread that keeps bytes or writes rows may hold the interpreter while the reactor wants it: a fifth of
Python's default, for every answer of every host waits for the reactor."""

ARGUMENTS = ("seeds", "years", "only")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is asked to do, checked before anything is fetched."""

    seeds: tuple[Seed, ...]
    years: frozenset[int]
    data_dir: Path
    expected: tuple[Expected, ...] = ()


def make_plan(arguments: dict[str, str], settings: BaseSettings) -> Plan:
    """Check the spider's arguments; raises ``SeedError`` or ``ValueError`` with what is wrong."""
    unknown = sorted(set(arguments) - set(ARGUMENTS))
    if unknown:
        raise ValueError(f"unknown argument {', '.join(unknown)}; there are {', '.join(ARGUMENTS)}")
    named = load(arguments.get("seeds") or settings["SEEDS"])
    seeds = select(named, arguments.get("only", ""))
    data_dir = Path(settings["DATA_DIR"])
    return Plan(seeds, parse_years(arguments.get("years", "")), data_dir, expected_agencies(named, data_dir, settings))


def expected_agencies(seeds: tuple[Seed, ...], data_dir: Path, settings: BaseSettings) -> tuple[Expected, ...]:
    """Give who ought to report: whoever a seed names, and the roster. Raises ``ReviewError`` for a wrong roster."""
    named = (Expected(seed.agency, seed.region, "seed", seed.url) for seed in seeds if seed.agency)
    return (*named, *read_expected(data_dir / settings["EXPECTED"]))


class Command(ScrapyCrawl):
    """Scrapy's ``crawl``, with checks before, one run at a time, and a digest after."""

    def syntax(self) -> str:
        """Show how the command is called."""
        return "annual_reports [-a seeds=FILE,...] [-a years=2019-2024] [-a only=HOST-or-agency]"

    def short_desc(self) -> str:
        """Describe the command in a line."""
        return "Walk the seeds' portals, keep and read every annual report found"

    def long_desc(self) -> str:
        """Describe the command."""
        return (
            "Walks the portals named in the seed files, keeps every page and attachment in DATA_DIR/archive and every "
            "figure in DATA_DIR/annual_reports.db. Run it every night: a night with nothing new costs one short "
            "request a list. It may be killed at any time; the next run goes on. -a seeds=FILE,... names the seed files "
            "(default: seeds/portals.csv); -a years=2019-2024 or 2019-2021,2023 leaves out links to other years; "
            "-a only=HOST or only=AGENCY keeps the seeds of one host or agency. Exit status: 0 all well; 1 finished, "
            "but a seed could not be reached, a document could not be read or a copy could not be written; 2 the run could "
            "not work (a mistake in a seed file, another run, a full disk); 3 finished, but the night was not as "
            "expected, and the published copy is held back (docs/operations.md). "
            "Example: scrapy crawl annual_reports -a years=2021-2024"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider; Scrapy calls this."""
        if args != [AnnualReportsSpider.name]:
            raise UsageError(f"there is one spider: scrapy crawl {AnnualReportsSpider.name}")
        assert self.settings is not None
        if not opts.loglevel:
            logging.getLogger("scrapy").setLevel(logging.WARNING)
            # What its handlers warn of, answers cut short or too big, is a recorded outcome and a line of our own.
            logging.getLogger("scrapy.core.downloader.handlers").setLevel(logging.ERROR)
        try:
            plan = make_plan(opts.spargs, self.settings)
            check_isolation(self.settings)
            self._run(plan)
        except (SeedError, StoreError, IsolationError, ValueError) as error:
            print(error, file=sys.stderr)
            self.exitcode = 2

    def _run(self, plan: Plan) -> None:
        """Crawl under the lock of the data folder, then say what came of it."""
        assert self.settings is not None
        endpoints = [seed.endpoint for seed in plan.seeds]
        self.settings.set("PRIVATE_ADDRESSES_ALLOWED", endpoints, priority="cmdline")
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        night = Night(plan.seeds, plan.years)
        with night_lock(plan.data_dir):
            with open_desk(plan.data_dir, night.counts, *reviews(self.settings)) as desk:
                night.started = desk.started
                self._crawl(plan, desk, night)
            self._conclude(plan, desk, night)

    def _crawl(self, plan: Plan, desk: Desk, night: Night) -> None:
        assert self.crawler_process is not None
        crawler = self._create_crawler(AnnualReportsSpider.name)
        self.crawler_process.crawl(crawler, seeds=plan.seeds, years=plan.years, desk=desk, night=night)
        self.crawler_process.start()
        desk.reason = night.reason = str(crawler.stats.get_value("finish_reason", "not started"))
        if self.crawler_process.bootstrap_failed:
            self.exitcode = 2
        elif crawler.stats.get_value("log_count/ERROR"):
            print("The program itself has a fault: see the errors in the log.", file=sys.stderr)
            self.exitcode = 1

    def _conclude(self, plan: Plan, desk: Desk, night: Night) -> None:
        """Judge the night, print the digest and choose the exit status."""
        if desk.failure is not None:
            print(f"The run was stopped: {desk.failure}", file=sys.stderr)
            self.exitcode = 2
            return
        assert self.settings is not None
        closing = close_night(plan.data_dir, night, plan.expected, self.settings)
        print(closing.text)
        self.exitcode = self.exitcode or closing.exit_status
