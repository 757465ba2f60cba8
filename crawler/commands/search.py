"""``scrapy search``: which reports speak of something."""

import argparse
import json
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.run.output import say
from store.database import DATABASE_NAME, open_reader
from store.errors import StoreError
from store.search import Hit, search
from store.text import printable

MOST = 100
"""Hits shown when nothing else is asked for."""


class Command(ScrapyCommand):
    """Search the text of all reports."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Show how the command is called."""
        return "[--json] [--limit N] WORD [WORD ...]"

    def short_desc(self) -> str:
        """Describe the command in a line."""
        return "Search the text of all reports for words of two characters and more"

    def long_desc(self) -> str:
        """Describe the command."""
        return (
            "Finds the sections that hold every WORD, newest reports first, with the text around the first one. Words are "
            "looked for as they stand, Chinese ones of two characters and more by an index. --json prints one JSON line a "
            "section. Exit status: 0 something was found; 1 nothing was; 2 there is no usable database. "
            "Example: scrapy search 行政复议 撤销 -s DATA_DIR=demo-data"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print JSON lines")
        parser.add_argument("--limit", metavar="N", type=int, default=MOST, help="show at most N sections")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print what was found; Scrapy calls this."""
        if not args or opts.limit < 1:
            raise UsageError("search takes a word, and --limit a number from 1 on")
        assert self.settings is not None
        try:
            with closing(open_reader(Path(self.settings["DATA_DIR"]) / DATABASE_NAME)) as db:
                hits = search(db, " ".join(args), opts.limit)
        except StoreError as error:
            print(error, file=sys.stderr)
            self.exitcode = 2
            return
        say(json.dumps(asdict(hit), ensure_ascii=False) if opts.json else _line(hit) for hit in hits)
        self.exitcode = 0 if hits else 1


def _line(hit: Hit) -> str:
    return printable(f"{hit.agency} {hit.year}  {hit.number} {hit.heading}: {hit.excerpt}")
