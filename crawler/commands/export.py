"""``scrapy export``: the open data, as a folder of plain files."""

import argparse
import re
import sys
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.monitors.closing import PUBLISHED
from crawler.walk.years import parse_years
from store.database import DATABASE_NAME, open_reader
from store.errors import StoreError
from store.exports.export import export, known_formats
from store.exports.scope import Scope

_TOLD_EVERY_S = 5.0


class Command(ScrapyCommand):
    """Write the open data."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Show how the command is called."""
        return "[--format NAME,...] [--excel] [--region CODE] [--year YEARS] [--unpublished] DIR"

    def short_desc(self) -> str:
        """Describe the command in a line."""
        return "Write the data as plain files that say what they mean"

    def long_desc(self) -> str:
        """Describe the command."""
        return (
            "Writes a folder: reports, cells (long) and panel (wide) with the state of every figure, findings, coverage "
            "with the reasons, agencies with their names and successors, evidence and codebook as CSV, with README.md and datapackage.json; --format adds the "
            "main ones for Stata (dta) and Excel (xlsx), or all for data frames (parquet, an extra). It is made from the published copy of the database, which a night "
            "that was not as expected does not replace; --unpublished takes the working database instead. The same data "
            "gives the same bytes. DIR is replaced only as a whole, and only if it is empty or an earlier export. Exit "
            "status: 0 written; 2 nothing was written: there is no usable database, nothing was published yet, nothing is "
            "in scope, DIR holds something else, or the disk is full. "
            "Example: scrapy export open-data --region 990400 --year 2021-2024 -s DATA_DIR=demo-data"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""
        super().add_options(parser)
        ways = sorted(set(known_formats()) - {"excel"})
        parser.add_argument("--format", metavar="NAME,...", default="csv", help=f"one or several of {', '.join(ways)}")
        parser.add_argument("--excel", action="store_true", help="write CSV as Excel opens it by a double click")
        parser.add_argument("--region", metavar="CODE", default="", help="only this region and all in it, six digits")
        parser.add_argument("--year", metavar="YEARS", default="", help="only these years: 2022, 2019-2024, 2019,2021")
        parser.add_argument(
            "--unpublished", action="store_true", help="export the working database, not the published copy"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Export; Scrapy calls this."""
        assert self.settings is not None
        if len(args) != 1:
            raise UsageError("export takes one folder to write")
        folder, scope, progress = Path(args[0]), _scope(opts), _Progress()
        formats = [known_formats()[name] for name in _named(opts)]
        data_dir = Path(self.settings["DATA_DIR"])
        source, note = (data_dir if opts.unpublished else data_dir / PUBLISHED) / DATABASE_NAME, _note(opts.unpublished)
        try:
            with closing(open_reader(source)) as db:
                written = export(db, folder, formats, scope, note, progress.tell)
        except (StoreError, OSError) as error:
            print(f"{error}{_hint(source, opts)}", file=sys.stderr)
            self.exitcode = 2
            return
        size = sum(resource.bytes for resource in written)
        reports = next(resource.rows for resource in written if resource.table.name == "reports")
        print(f"{folder}: {reports} reports in {len(written)} files, {size / 1e6:.1f} MB")


class _Progress:
    """Says on the standard error, every few seconds, how far a long export is."""

    def __init__(self) -> None:
        self._told_at = monotonic()

    def tell(self, name: str, rows: int) -> None:
        """Say how many rows a file has, unless something was said a moment ago."""
        if monotonic() - self._told_at >= _TOLD_EVERY_S:
            self._told_at = monotonic()
            print(f"{name}: {rows} rows", file=sys.stderr)


def _scope(opts: argparse.Namespace) -> Scope:
    if opts.region and not re.fullmatch(r"[1-9][0-9]{5}", opts.region):
        raise UsageError(f"--region takes a six-digit code: {opts.region!r}")
    try:
        return Scope(opts.region, parse_years(opts.year))
    except ValueError as error:
        raise UsageError(str(error)) from error


def _named(opts: argparse.Namespace) -> list[str]:
    """Return the formats that are asked for, each once."""
    names = list(dict.fromkeys(name.strip() for name in opts.format.split(",")))
    if unknown := set(names) - (set(known_formats()) - {"excel"}):
        raise UsageError(f"--format: there is no {', '.join(sorted(unknown))}")
    return ["excel" if name == "csv" and opts.excel else name for name in names]


def _note(unpublished: bool) -> str:
    if unpublished:
        return "Taken from the working database, whose last night may not have been judged."
    return "Taken from the published copy of the database, whose night was as expected."


def _hint(source: Path, opts: argparse.Namespace) -> str:
    if source.exists() or opts.unpublished:
        return ""
    return " to its end: only a night that was as expected is published. --unpublished exports the working database"
