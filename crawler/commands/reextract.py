"""``scrapy reextract``: read kept documents again, without the network."""

import argparse
import asyncio
import sys
from collections import Counter
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.desk import Desk, DeskClosedError, open_desk, reviews
from crawler.digest import READ_OUTCOMES
from crawler.readers import IsolationError, check_isolation
from extract.readers.pool import ReaderPool
from store.errors import StoreError
from store.lock import night_lock


class Command(ScrapyCommand):
    """Work through the archive with the current reader."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Show how the command is called."""
        return "[--all]"

    def short_desc(self) -> str:
        """Describe the command in a line."""
        return "Read kept documents again, without the network"

    def long_desc(self) -> str:
        """Describe the command."""
        return (
            "Reads documents from the archive of DATA_DIR and renews their reports: those that the current version of "
            "the reader has not read (after an update, or after a run that was killed), or with --all every document. "
            "Nothing is fetched. It may be killed at any time and run again. Exit status: 0 all read; 1 some document "
            "could not be read; 2 the store could not be used, or another run is going on. "
            "Example: scrapy reextract --all"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""
        super().add_options(parser)
        parser.add_argument("--all", action="store_true", help="every document, not only those that are due")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read what is due; Scrapy calls this."""
        if args:
            raise UsageError(f"reextract takes no argument: {args[0]}")
        assert self.settings is not None
        outcomes: Counter[str] = Counter()
        data_dir = Path(self.settings["DATA_DIR"])
        try:
            check_isolation(self.settings)
            files = reviews(self.settings)
            with night_lock(data_dir), open_desk(data_dir, lambda: outcomes, *files) as desk:
                with ReaderPool(workers=self.settings.getint("READER_WORKERS")) as pool:
                    asyncio.run(read_again(desk, pool, outcomes, opts.all))
                failure, desk.reason = desk.failure, "reextract"
        except (StoreError, IsolationError) as error:
            failure = error
        if failure is not None:
            print(failure, file=sys.stderr)
            self.exitcode = 2
            return
        counted = ", ".join(f"{number} {word}" for word, number in outcomes.most_common())
        print(f"{outcomes.total()} documents read" + (f": {counted}" if counted else ""))
        self.exitcode = 1 if set(outcomes) - set(READ_OUTCOMES) else 0


async def read_again(desk: Desk, pool: ReaderPool, outcomes: Counter[str], everything: bool) -> None:
    """Read documents a few at a time and count how they ended; stops when the store fails."""
    digests = iter(await desk.due(everything))

    async def work() -> None:
        for digest in digests:
            body = await desk.body(digest)
            if body is None:
                outcomes["lost in the archive"] += 1
                continue
            reading = await asyncio.wrap_future(pool.read(body))
            await desk.save(digest, reading)
            outcomes[reading.outcome] += 1

    try:
        await asyncio.gather(*(work() for _ in range(4)))
    except DeskClosedError:
        return
