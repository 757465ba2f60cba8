"""``scrapy extract``: read local files, for a person or as JSON lines."""

import argparse
import json
import os
import sys
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any, ClassVar
from unicodedata import category

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.run.digest import clean
from crawler.run.readers import IsolationError, check_isolation
from extract.labels import templates
from extract.limits import MAX_DOCUMENT_BYTES
from extract.model import Finding, Reading
from extract.readers.pool import ReaderPool
from extract.wire import to_json

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's controls, formats, surrogates and separators of lines."""

AHEAD = 8
"""Files read into memory ahead of the one being printed."""


class Command(ScrapyCommand):
    """Read files with the limits of the nightly run: a local file may be as hostile as one from the web."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Show how the command is called."""
        return "[--json] FILE..."

    def short_desc(self) -> str:
        """Describe the command in a line."""
        return "Read reports from files and check their figures"

    def long_desc(self) -> str:
        """Describe the command."""
        return (
            "Reads annual reports from local files (HTML, PDF, DOCX, text and whatever else the reader knows), checks "
            "every sum of the form, and prints a summary, or with --json one JSON line a file. An agency can check its "
            "own report this way before publishing it. Exit status: 0 every file was read whole and its figures add "
            "up (a report of a year before the first form has none); 1 some figure does not add up or could not be "
            "read; 2 some file could not be read. "
            "Example: scrapy extract --json report.pdf"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON line a file")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the files in order; Scrapy calls this."""
        if not args:
            raise UsageError("name at least one file")
        assert self.settings is not None
        try:
            check_isolation(self.settings)
        except IsolationError as error:
            print(error, file=sys.stderr)
            self.exitcode = 2
            return
        with ReaderPool(workers=min(2, len(args))) as pool:
            try:
                self._print(args, pool, opts.json)
            except BrokenPipeError:
                # Whoever read our output has gone, as `head` does; the interpreter must not complain at its end.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _print(self, names: list[str], pool: ReaderPool, as_json: bool) -> None:
        """Print each reading as soon as it is there, and remember the worst exit status."""
        for name, reading in read_files(names, pool):
            if isinstance(reading, str):
                print(clean(f"{name}: {reading}"), file=sys.stderr)
                self.exitcode = 2
                continue
            line = {"file": name, **to_json(reading)}
            print(json_line(line) if as_json else summary(name, reading), flush=True)
            self.exitcode = max(self.exitcode, status(reading))


def read_files(names: list[str], pool: ReaderPool) -> Iterator[tuple[str, Reading | str]]:
    """Yield each file's reading in the order given, or a sentence for a file that is not there."""
    waiting: deque[tuple[str, Future[Reading] | str]] = deque()
    for name in names:
        waiting.append((name, _submit(name, pool)))
        if len(waiting) >= AHEAD:
            yield _finished(*waiting.popleft())
    while waiting:
        yield _finished(*waiting.popleft())


def _submit(name: str, pool: ReaderPool) -> "Future[Reading] | str":
    path = Path(name)
    try:
        if path.is_dir():
            return "is a folder"
        # One byte more than is read at all, so that the reader sees that the file is too big.
        with path.open("rb") as file:
            data = file.read(MAX_DOCUMENT_BYTES + 1)
    except OSError as error:
        return f"cannot be opened: {error.strerror}"
    return pool.read(data, path.name)


def _finished(name: str, answer: "Future[Reading] | str") -> tuple[str, Reading | str]:
    return name, answer if isinstance(answer, str) else answer.result()


def json_line(value: dict[str, Any]) -> str:
    """Write JSON on one line, with what a terminal would obey, and what no encoding has, escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return "".join(json.dumps(sign)[1:-1] if category(sign) in _UNSEEN else sign for sign in text)


def status(reading: Reading) -> int:
    """Give the exit status one reading asks for."""
    if reading.outcome not in {"ok", "partial"}:
        return 2
    consistent = all(finding.verdict != "FAIL" for finding in reading.findings)
    return 0 if consistent and (reading.outcome == "ok" or _has_no_form(reading)) else 1


def _has_no_form(reading: Reading) -> bool:
    """Say whether a report is of a year before the first form (2008 to 2013): its text is all there is to read."""
    return (
        reading.template is None
        and reading.year is not None
        and reading.year < min(form.first_year for form in templates())
    )


def summary(name: str, reading: Reading) -> str:
    """Write a reading for a person."""
    who = " ".join(str(part) for part in (reading.agency or "agency unknown", reading.year or "year unknown"))
    form = f"form of {reading.template}" if reading.template else "no form recognised"
    lines = [
        f"{name}: {reading.outcome}" + (f", {reading.detail}" if reading.detail else ""),
        f"  {who}; {form}; published {reading.published or 'unknown'}; {reading.media_type}",
    ]
    if reading.cells:
        lines.append(f"  cells: {_counts(Counter(cell.state for cell in reading.cells))}")
    if reading.findings:
        lines.append(f"  checks: {_counts(Counter(finding.verdict for finding in reading.findings))}")
    lines += [f"  {_failure(finding)}" for finding in reading.findings if finding.verdict == "FAIL"]
    return "\n".join(clean(line) for line in lines)


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{number} {word}" for word, number in counter.most_common())


def _failure(finding: Finding) -> str:
    where = " ".join(finding.where.values())
    cause = {"source": " (so published)", "reading": " (perhaps misread)", None: ""}[finding.cause]
    detail = f"; {finding.detail}" if finding.detail else ""
    return f"FAIL {finding.rule} {where}: expected {finding.expected}, printed {finding.actual}{cause}{detail}"
