"""``scrapy restore``: put a backup in the place of the database."""

import argparse
import sys
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.monitors.closing import BACKUPS
from store.backup import restore
from store.database import DATABASE_NAME
from store.errors import StoreError
from store.lock import night_lock


class Command(ScrapyCommand):
    """Go back to a backup."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Show how the command is called."""
        return "[BACKUP]"

    def short_desc(self) -> str:
        """Describe the command in a line."""
        return "Put a backup in the place of the database"

    def long_desc(self) -> str:
        """Describe the command."""
        return (
            "Checks a backup and puts it in the place of DATA_DIR/annual_reports.db: the newest of DATA_DIR/backups, "
            "or the one that is named. The former database is moved aside, not deleted. Exit status: 0 restored; "
            "2 there is no such backup, it is damaged, or a run is going on; the database is then as it was. "
            "Example: scrapy restore data/backups/annual_reports-20240102T013000Z.db"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Restore; Scrapy calls this."""
        del opts
        if len(args) > 1:
            raise UsageError("restore takes one backup")
        assert self.settings is not None
        data_dir = Path(self.settings["DATA_DIR"])
        try:
            with night_lock(data_dir):
                backup = Path(args[0]) if args else newest(data_dir)
                aside = restore(backup, data_dir / DATABASE_NAME)
        except (StoreError, OSError) as error:
            print(error, file=sys.stderr)
            self.exitcode = 2
            return
        print(f"{backup} is now {data_dir / DATABASE_NAME}")
        if aside is not None:
            print(f"The former database is {aside}")


def newest(data_dir: Path) -> Path:
    """Give the newest backup; raises ``FileNotFoundError`` when there is none."""
    found = sorted((data_dir / BACKUPS).glob("annual_reports-*.db"))
    if not found:
        raise FileNotFoundError(f"{data_dir / BACKUPS}: there is no backup here")
    return found[-1]
