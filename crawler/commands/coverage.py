"""``scrapy coverage``: agency by year, what is there, what is missing and why."""

import argparse
import json
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.run.output import say
from store.coverage import matrix, render, to_json
from store.database import DATABASE_NAME, open_reader
from store.errors import StoreError


class Command(ScrapyCommand):
    """Print the coverage matrix of the database."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Show how the command is called."""
        return "[--json]"

    def short_desc(self) -> str:
        """Describe the command in a line."""
        return "Show agency by year: what is there, what is missing, why"

    def long_desc(self) -> str:
        """Describe the command."""
        return (
            "Shows, for every agency and every year in which a report is expected of it, whether the report is there and "
            "was read: complete, partial, narrative, unreadable; or why there is none: blocked (could not be looked for "
            "from here), not_found, not_yet_due, out_of_scope; each with its evidence. Reads the database of DATA_DIR "
            "without changing it, also while a crawl runs. --json prints the same as JSON. Exit status: 0, or 2 when "
            "there is no usable database. Example: scrapy coverage -s DATA_DIR=demo-data"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print JSON")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the matrix; Scrapy calls this."""
        if args:
            raise UsageError(f"coverage takes no argument: {args[0]}")
        assert self.settings is not None
        try:
            with closing(open_reader(Path(self.settings["DATA_DIR"]) / DATABASE_NAME)) as db:
                found = matrix(db)
        except StoreError as error:
            print(error, file=sys.stderr)
            self.exitcode = 2
            return
        if opts.json:
            say([json.dumps(to_json(found), ensure_ascii=False)])
        else:
            say([render(found) or "The database holds no report yet."])
