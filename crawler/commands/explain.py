"""``scrapy explain``: where a number comes from."""

import argparse
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from sqlite_utils import Database

from crawler.run.output import say
from store.as_of import Version, as_of, versions
from store.database import DATABASE_NAME, open_reader, snapshot
from store.errors import StoreError
from store.explain import Explained, Explanation, NotFoundError, explain
from store.text import printable


class Command(ScrapyCommand):
    """Lead a number back to its cell in the kept source."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Show how the command is called."""
        return "[--as-of DATE] AGENCY YEAR [FIELD]"

    def short_desc(self) -> str:
        """Describe the command in a line."""
        return "Show where a number comes from: URL, document, cell, printed text, checks"

    def long_desc(self) -> str:
        """Describe the command."""
        return (
            "Shows, for the figures of one report, the document they were read from (URL, first fetched when, "
            "SHA-256), the place of the cell in it, the text printed there, and the checks the cell is part of. AGENCY "
            "is an id, a name, or a part of one that only one agency has; FIELD is a variable (req_new_total), "
            "table.row.column or a part of that (processed_total), or a part of the printed label; without it every cell is shown. "
            "Where what it says changed, the days of its versions are shown; --as-of 2024-02-01 shows the report as it was "
            "known on that day, before later corrections. Exit status: 0, or 2 "
            "when there is no such report or no usable database. "
            "Example: scrapy explain 水务局 2022 req_new_total -s DATA_DIR=demo-data"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""
        super().add_options(parser)
        parser.add_argument("--as-of", metavar="DATE", type=date.fromisoformat, help="as it was known on this day")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the explanation; Scrapy calls this."""
        if len(args) not in (2, 3) or not args[1].isdecimal():
            raise UsageError("explain takes an agency, a year and perhaps a field")
        assert self.settings is not None
        try:
            with closing(open_reader(Path(self.settings["DATA_DIR"]) / DATABASE_NAME)) as db:
                say(map(printable, _told(db, opts.as_of, args[0], int(args[1]), *args[2:])))
        except (StoreError, NotFoundError) as error:
            print(error, file=sys.stderr)
            self.exitcode = 2


def _told(db: Database, day: date | None, agency: str, year: int, field: str = "") -> list[str]:
    if day is None:
        with snapshot(db):
            return lines(explain(db, agency, year, field), versions(db, agency, year))
    with closing(as_of(db, agency, year, day)) as past:
        return lines(explain(past, agency, year, field))


def lines(found: Explanation, known: tuple[Version, ...] = ()) -> list[str]:
    """Return the explanation as lines for a terminal: its versions where it has several, each document once, then its
    cells."""
    told = [f"{found.agency} {found.year} ({found.report_id}): {found.outcome}"]
    told += [f"  {found.reason}"] if found.reason else []
    told += [] if found.cells else [f"document {found.document}", f"  {found.url}"]
    if len(known) > 1:
        told.append(f"  versions of {', '.join(str(version.day) for version in known)} (--as-of shows one)")
    told += [f"  {remark}" for remark in found.remarks]
    document = ""
    for cell in found.cells:
        if cell.document != document:
            document = cell.document
            told.append(f"document {document} ({cell.media_type})")
            told += [f"  {fetch.url}, first fetched {fetch.at}" for fetch in cell.fetches]
        told += _cell_lines(cell)
    return told


def _cell_lines(found: Explained) -> list[str]:
    cell = found.cell
    value = f"{cell.value}, printed “{cell.raw}”" if cell.state == "reported" else f"{cell.state} “{cell.raw}”"
    item = f" [{cell.item}]" if cell.item else ""
    return [
        f"  {found.variable}{item}: {value}",
        f"    {found.label or 'no label of a form'}; {cell.at or 'nowhere in the document'}",
        *(f"    {check}" for check in found.checks),
    ]
