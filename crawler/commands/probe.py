"""``scrapy probe``: look at one site before it becomes a seed."""

import argparse
import csv
import io
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.extract import summary
from crawler.families import choose, families
from crawler.items import Link
from crawler.page.cases import save_case
from crawler.page.links import report_title
from crawler.page.pages import meta
from crawler.probing import Probe, ProbeSpider, Step, data_or_page, why
from crawler.run.digest import clean
from crawler.run.readers import IsolationError, check_isolation
from crawler.seeds import HEADER, endpoint, read_row
from extract.identity.titles import is_agency, read_title
from extract.model import Reading
from extract.readers.pool import ReaderPool
from extract.text import compact
from store.people.written import FileProblem

SHOWN_LINKS = 5
"""Links of one kind that are printed."""


class Command(ScrapyCommand):
    """Show which family answers, what it would follow, and what one report gives."""

    requires_project = True
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Show how the command is called."""
        return "[--save FOLDER] URL"

    def short_desc(self) -> str:
        """Describe the command in a line."""
        return "Look at one site: its family, its links, one report, and a seed row"

    def long_desc(self) -> str:
        """Describe the command."""
        return (
            "Asks one site for at most eight pages, seconds apart and within its robots.txt, and stores nothing: prints "
            "the portal family that takes the page, the first links of each kind with the reason they would be "
            "followed, what one report gives (agency, year, sums), and a row ready for a seed file, of the column where "
            "the probe came to one. --save FOLDER writes the page as a saved case for tests/pages, to be reviewed by a "
            "person. Exit status: 0 a report was "
            "found and read; 1 the site answered, but no report was read; 2 the site gave no usable answer. "
            "Example: scrapy probe http://www.example.gov.cn/zfxxgk/zfxxgknb/"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""
        super().add_options(parser)
        parser.add_argument("--save", metavar="FOLDER", default="", help="write the page as a saved case")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Probe one URL; Scrapy calls this."""
        if len(args) != 1:
            raise UsageError("name one URL")
        problem = next(
            (found for found in read_row("URL", 1, [args[0], "", "", ""]) if isinstance(found, FileProblem)), None
        )
        if problem is not None:
            print(problem.message, file=sys.stderr)
            self.exitcode = 2
            return
        assert self.settings is not None
        try:
            check_isolation(self.settings)
        except IsolationError as error:
            print(error, file=sys.stderr)
            self.exitcode = 2
            return
        probe = self._probe(args[0])
        first, report = probe.first, probe.report
        reading = read(report) if report is not None else None
        for line in describe(args[0], probe, reading):
            print(clean(line))
        usable = first is not None and first.verdict.outcome == "ok"
        read_well = reading is not None and reading.outcome in {"ok", "partial"}
        self.exitcode = (0 if read_well else 1) if usable else 2
        if opts.save and first is not None:
            self._save(Path(opts.save), first)

    def _probe(self, url: str) -> Probe:
        """Run the spider with the manners of the nightly run, without its store."""
        assert self.settings is not None
        assert self.crawler_process is not None
        self.settings.set("PRIVATE_ADDRESSES_ALLOWED", [endpoint(url)], priority="cmdline")
        self.settings.set("ITEM_PIPELINES", {}, priority="cmdline")
        self.settings.set("EXTENSIONS", {"crawler.manners.politeness.HostBook": 100}, priority="cmdline")
        probe = Probe()
        self.crawler_process.crawl(ProbeSpider, url=url, probe=probe)
        self.crawler_process.start()
        return probe

    def _save(self, folder: Path, step: Step) -> None:
        if step.page is None:
            print("only a page can be saved as a case", file=sys.stderr)
            self.exitcode = 2
            return
        taken_at = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            save_case(folder, step.page, step.links, {"url": step.url, "status": step.status, "taken_at": taken_at})
            print(f"Saved: {folder} (read expected.json before it counts)")
        except OSError as error:
            print(error, file=sys.stderr)
            self.exitcode = 2


def read(step: Step) -> Reading:
    """Read a report with the limits of the nightly run."""
    with ReaderPool(workers=1) as pool:
        return pool.read(step.body, step.url).result()


def describe(url: str, probe: Probe, reading: Reading | None) -> Iterator[str]:
    """Yield the lines of the answer."""
    for step in probe.steps:
        yield f"{step.url}: {_answer(step)}"
    first = probe.first
    if first is not None and first.page is not None:
        yield from _family(first)
    if reading is not None and probe.report is not None:
        yield "One report"
        yield from summary(probe.report.url, reading).splitlines()
    if first is not None and first.verdict.outcome == "ok":
        column = probe.column or first
        yield "Seed row"
        here = column is first and not probe.steps[0].is_redirect
        yield from seed_row(url if here else column.url, column, probe.rows).splitlines()


def _answer(step: Step) -> str:
    words = f"{step.verdict.outcome} {step.verdict.detail}".strip()
    kind = f", {data_or_page(step)}" if step.verdict.outcome == "ok" and step.body else ""
    size = f"{kind}, {len(step.body)} bytes" if step.body else ""
    return f"{words} (HTTP {step.status}{size})" if step.status else words


def _family(step: Step) -> Iterator[str]:
    """Yield the family of a page, how sure each is, and the first links of each kind with the reason."""
    assert step.page is not None
    page = step.page
    sure = sorted(((family.fingerprint(page), family.name) for family in families()), reverse=True)
    yield f"Family: {choose(page).name} (" + ", ".join(f"{name} {weight}" for weight, name in sure if weight) + ")"
    counts = Counter(link.kind for link in step.links)
    yield "Links: " + (", ".join(f"{number} {kind}" for kind, number in counts.most_common()) or "none")
    for kind in counts:
        of_kind = [link for link in step.links if link.kind == kind]
        for link in of_kind[:SHOWN_LINKS]:
            yield f"  {link.kind}: {link.text or '(no words)'} {link.listed_on} {link.url} — {why(link)}"
        if len(of_kind) > SHOWN_LINKS:
            yield f"  {kind}: … and {len(of_kind) - SHOWN_LINKS} more"


def seed_row(url: str, step: Step, rows: tuple[Link, ...]) -> str:
    """Write the header and the row of a seed file for a page, with what it shows.

    The agency is given when every report's title on the page names the same one (of a report its own) and no link leads to another's part, the
    region when the page states its site's code (``SiteIDCode``, whose first six digits are the area's); a person checks
    both.
    """
    own = [report_title(step.page)] if step.page is not None and step.is_report else []
    titles = [read_title(compact(text)) for text in own or [link.text for link in rows if link.kind == "report"]]
    named = {title.agency for title in titles}
    others = any(link.kind == "column" and is_agency(compact(link.text)) for link in rows)
    agency = named.pop() or "" if len(named) == 1 and not others else ""
    code = meta(step.page, "SiteIDCode")[:6] if step.page is not None else ""
    region = code if code.isascii() and code.isdecimal() and len(code) == 6 and code[0] != "0" else ""
    reports = sum(link.kind in {"report", "attachment"} for link in rows)
    family = choose(step.page).name if step.page is not None else "a file"
    shown = "itself a report" if step.is_report else f"{reports} reports on the first page"
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows((HEADER, (url, agency, region, f"{family}; {shown}")))
    return text.getvalue()
