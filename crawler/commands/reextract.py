"""``scrapy reextract``: read kept documents again, without the network."""

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.run.desk import Desk, DeskClosedError, open_desk, reviews
from crawler.run.digest import READ_OUTCOMES
from crawler.run.readers import IsolationError, check_isolation
from crawler.run.rereading import Reread, reread
from extract.readers.pool import ReaderPool
from store.errors import StoreError
from store.lock import night_lock
from store.text import printable

MAX_SHOWN = 200
"""Characters of a text that are shown: a whole section would hide the cells."""


class Command(ScrapyCommand):
    """Work through the archive with the current reader."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Show how the command is called."""
        return "[--preview] [--all]"

    def short_desc(self) -> str:
        """Describe the command in a line."""
        return "Read kept documents again, without the network"

    def long_desc(self) -> str:
        """Describe the command."""
        return (
            "Reads documents from the archive of DATA_DIR and renews their reports: those that the current version of "
            "the reader has not read (after an update, or after a run that was killed), or with --all every document. "
            "Nothing is fetched. It may be killed at any time and run again. --preview keeps nothing: it only shows, cell "
            "by cell, what would be read otherwise, to look at before a new reader's figures are accepted. Exit status: 0 "
            "all read (with --preview: and nothing otherwise); 1 some document could not be read, or would be read "
            "otherwise; 2 the store could not be used, or another run is going on. "
            "Example: scrapy reextract --preview --all"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""
        super().add_options(parser)
        parser.add_argument("--all", action="store_true", help="every document, not only those that are due")
        parser.add_argument(
            "--preview", action="store_true", help="show what would be read otherwise, and keep nothing"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read what is due; Scrapy calls this."""
        if args:
            raise UsageError(f"reextract takes no argument: {args[0]}")
        assert self.settings is not None
        if opts.preview:
            self._preview(opts.all)
            return
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

    def _preview(self, everything: bool) -> None:
        """Show what would change; nothing is written."""
        assert self.settings is not None
        try:
            check_isolation(self.settings)
            with ReaderPool(workers=self.settings.getint("READER_WORKERS")) as pool:
                told = asyncio.run(show(Path(self.settings["DATA_DIR"]), pool, everything))
        except (StoreError, IsolationError) as error:
            print(error, file=sys.stderr)
            self.exitcode = 2
            return
        cells = f"{told['cell']} cells" + (f", {told['correction']} corrections" if told["correction"] else "")
        print(f"{told['changed']} of {told['documents']} documents would be read otherwise: {cells}; nothing was kept")
        self.exitcode = 1 if told["changed"] or told["lost"] else 0


async def show(data_dir: Path, pool: ReaderPool, everything: bool) -> Counter[str]:
    """Print each document that would be read otherwise, and count documents and changes by their kind."""
    told: Counter[str] = Counter()
    async for document in reread(data_dir, pool, everything):
        found = list(lines(document))
        told.update(["documents", *(["changed"] if found else []), *(["lost"] if document.problem else [])])
        told.update(change.kind for change in document.changes)
        print("\n".join(found), end="\n" if found else "")
    return told


def lines(document: Reread) -> Iterator[str]:
    """Yield the lines of one document; none where nothing would change."""
    moved = document.moves_to != document.report
    if document.changes or document.problem or document.is_first or moved:
        yield f"{document.report or 'no report'} ({document.sha256})"
    if document.problem:
        yield f"  {printable(document.problem)}"
    if document.is_first:
        yield "  not read before"
    if moved:
        yield f"  report: {document.report or '-'} -> {document.moves_to or '-'}"
    for change in document.changes:
        before, after = (printable(text[:MAX_SHOWN]) for text in (change.before, change.after))
        yield f"  {change.kind} {printable(change.what)}: {before} -> {after}"


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
