"""What one more report costs as the database grows: `python -m benchmarks store [--rows N]` (default 20,000).

A database is filled with generated agency-years: the rows of one real report under other agencies and years, without
the text of its reading. At each size a hundred readings are saved as a crawl saves them, and one region's coverage,
panel and cross-checks are asked for. `--rows 1000000` needs some 25 GB in the folder for temporary files (TMPDIR) and
half an hour. With `--text` every report has a narrative of some 2,500 characters of its own in the full-text index, made of
few sentences with numbers, and a word that every report has and one that hardly any has are looked for. `--sample 5000`
measures the mean over so many reports that the index merges its parts meanwhile, large ones too.
"""

import argparse
import multiprocessing
import resource
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import mean, median
from time import perf_counter, process_time

from sqlite_utils import Database

from extract.model import Reading, Section
from extract.reading import EXTRACTOR, read
from store.database import CONNECTION, DATABASE_NAME, WRITER, open_reader, open_writer, write
from store.fetches import record_fetch
from store.fold.rows import COLUMNS
from store.readings import record_document, save_reading
from store.records import Fetch, Source
from store.runs import judge_run, start_run
from store.search import search
from store.tables.full_text import index_section, section_id
from tests.kit import narrative
from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report

SAMPLE = 100
TOGETHER = 20
"""Readings saved in one transaction, as a crawl's writer does with what waits."""

CHUNK = 20_000
STEPS = (10_000, 100_000, 300_000)
"""Sizes at which it is measured, as far as they are smaller than the largest; the first in any case."""

DEFAULT_ROWS = 20_000
YEARS = 8
REGIONS = 2800
"""As many counties as there are; a region's share of a million agency-years is 45 agencies of eight years."""

QUESTIONS = {
    "coverage": "SELECT * FROM coverage WHERE region = '990001'",
    "panel": "SELECT * FROM panel WHERE region = '990001'",
    "checks": "SELECT * FROM cross_checks WHERE agency_id IN (SELECT id FROM agencies WHERE region = '990001')",
    "missing": "SELECT * FROM coverage WHERE region = '990001' AND status = 'not_found'",
}
WORDS = {"common": "政府信息公开", "rare": "号码零零七"}
"""A word in every narrative, and one in those of every thousandth report."""

PARTS = 5
"""Narratives of the kit, of some 500 characters, that make one."""


def main(options: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks store")
    parser.add_argument("--rows", type=int, default=DEFAULT_ROWS)
    parser.add_argument("--text", action="store_true")
    parser.add_argument("--sample", type=int, default=SAMPLE)
    given = parser.parse_args(options)
    sizes = [step for step in STEPS if step < given.rows] + [max(given.rows, STEPS[0])]
    template = read(STYLES["clean"](make_report(1, "2021", "dense"), Random(1)))
    asked = "".join(f"{name + ' s':>12}" for name in (*QUESTIONS, *(WORDS if given.text else ())))
    print(f"{'reports':>9}{'MB':>8}{'save ms':>9}{'CPU ms':>8}{'mean':>7}{asked}  RSS MB")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / DATABASE_NAME
        open_writer(path).close()
        save(path, template, 0, given.text, SAMPLE)
        end = 2 * SAMPLE
        for rows in sizes:
            filled = apart(fill, path, end, rows, given.text)
            print(filled + apart(measure, path, template, rows, given.text, given.sample), flush=True)
            end = rows + given.sample + SAMPLE


def apart(work: Callable[..., str], *arguments: object) -> str:
    """Do something in a process of its own, so that its memory is its own, too."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def measure(path: Path, template: Reading, rows: int, with_text: bool, sample: int) -> str:
    """Give what saving and asking take in a database of so many reports, as the rest of a line."""
    walls, works = zip(*save(path, template, rows, with_text, sample), strict=True)
    spent = f"{median(walls) * 1000:>9.2f}{median(works) * 1000:>8.2f}{mean(works) * 1000:>7.2f}"
    times = [ask(path, question) for question in QUESTIONS.values()]
    times += [look_for(path, word) for word in (WORDS.values() if with_text else ())]
    asked = "".join(f"{seconds:>12.3f}" for seconds in times)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{path.stat().st_size / 1e6:>8.0f}{spent}{asked}{rss:>8}"


def save(path: Path, template: Reading, start: int, with_text: bool, sample: int) -> list[tuple[float, float]]:
    """Save readings of reports that are not there yet, a hundred and then so many; give the seconds, by the clock and of
    the processor, that each of the latter took, with its share of the commit.

    The first hundred read pages that the later ones find in memory.
    """
    times = []
    with closing(open_quickly(path)) as db:
        for first in range(start, start + SAMPLE + sample, TOGETHER):
            numbers = range(first, min(first + TOGETHER, start + SAMPLE + sample))
            readings = [(number, named_apart(template, number, with_text)) for number in numbers]
            begin, worked = perf_counter(), process_time()
            with write(db):
                for number, reading in readings:
                    save_one(db, number, reading)
            share = (perf_counter() - begin) / len(numbers), (process_time() - worked) / len(numbers)
            times += [share] * len(numbers)
    return times[SAMPLE:]


def named_apart(template: Reading, number: int, with_text: bool) -> Reading:
    """Give the reading of a report that is not there yet."""
    _, agency, year, _, _ = names(number)
    return replace(template, agency=agency, year=year, sections=told(number) if with_text else template.sections)


def save_one(db: Database, number: int, reading: Reading) -> None:
    """Save a document, its fetch and its reading, as a crawl does."""
    digest, agency, _, region, url = names(number)
    source = Source(url, parent_url="http://portal.example/nb/", agency=agency, region=region)
    record_document(db, digest, "text/html", 1, source)
    record_fetch(db, Fetch(url, "2024-01-01T00:00:00+00:00", 200, "ok", sha256=digest))
    save_reading(db, digest, reading, EXTRACTOR)


def ask(path: Path, question: str) -> float:
    """Ask once on a connection of its own and give the seconds until the last row."""
    with closing(open_reader(path)) as db:
        begin = perf_counter()
        rows = db.execute(question).fetchall()
        assert rows or "status" in question, question
        return perf_counter() - begin


def look_for(path: Path, word: str) -> float:
    """Search once on a connection of its own and give the seconds."""
    with closing(open_reader(path)) as db:
        begin = perf_counter()
        assert search(db, word), word
        return perf_counter() - begin


def told(number: int) -> tuple[Section, ...]:
    """Give a narrative of some 2,500 characters in two sections."""
    name, year = names(number)[1:3]
    drawn = [narrative.sections(Random(number * PARTS + part), name, year) for part in range(PARTS)]
    first = "".join(line for parts in drawn for line in parts[0])
    last = "".join(line for parts in drawn for line in (*parts[4], *parts[5]))
    return Section(1, "总体情况", first + ("号码零零七" if number % 1000 == 0 else "")), Section(5, "问题", last)


def names(number: int) -> tuple[str, str, int, str, str]:
    """Give hash, agency, year, region and address of a generated report, spread as they are in life."""
    agency = number // YEARS
    digest = sha256(str(number).encode()).hexdigest()
    region = f"99{agency % REGIONS:04}"
    return digest, f"清江市第{agency}局", 2016 + number % YEARS, region, f"http://portal.example/{digest}"


def open_quickly(path: Path) -> Database:
    """Open for writing without the check of the whole file, which a crawl does once and not for each report."""
    writer = Database(str(path))
    writer.conn.isolation_level = None
    for pragma in (*CONNECTION, *WRITER):
        writer.execute(f"PRAGMA {pragma}")
    return writer


def fill(path: Path, start: int, end: int, with_text: bool) -> str:
    """Copy the rows of the first report to each number from ``start`` to ``end``, and give that number for a line."""
    with closing(open_quickly(path)) as db:
        [template] = db.execute("SELECT report_id FROM placements ORDER BY rowid LIMIT 1").fetchone()
        for pragma in ("synchronous = OFF", "foreign_keys = OFF", "cache_size = -400000", "temp_store = MEMORY"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("CREATE TEMP TABLE fresh (n INTEGER PRIMARY KEY, sha256, name, year, region, url, agency, report)")
        for first in range(start, end, CHUNK):
            numbers = range(first, min(first + CHUNK, end))
            db.execute("BEGIN")
            db.execute("DELETE FROM fresh")
            db.conn.executemany("INSERT INTO fresh VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(fresh, numbers))
            for statement in statements(with_text):
                db.execute(statement, {"template": template})
            if with_text:
                tell(db, numbers)
            db.execute("COMMIT")
        if not db.execute("SELECT 1 FROM runs").fetchone():
            judge_run(db, start_run(db), "2024-06-01", (), ())
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return f"{end:>9}"


def tell(db: Database, numbers: range) -> None:
    """Give each report a narrative of its own, in the order in which a crawl would find them: any."""
    for number in numbers:
        report = str(fresh(number)[-1])
        for section in told(number):
            rowid = section_id(report, section.number)
            row = (rowid, report, section.number, section.heading, section.text)
            db.execute("INSERT INTO sections VALUES (?, ?, ?, ?, ?)", row)
            index_section(db, rowid, section.heading, section.text)


def fresh(number: int) -> tuple[object, ...]:
    digest, name, year, region, url = names(number)
    return number, digest, name, year, region, url, f"{region}-{name}", f"{region}-{name}-{year}"


def statements(with_text: bool) -> Iterator[str]:
    """Yield what copies every row of the template's report, parents first; without its sections where each has its own."""
    yield (
        "INSERT OR IGNORE INTO agencies (id, name, region, level, body)"
        " SELECT agency, name, region, 'county', '' FROM fresh"
    )
    yield ("INSERT OR IGNORE INTO documents SELECT sha256, 'text/html', 1, 'ok', 'generated', '{}' FROM fresh")
    yield (
        "INSERT OR IGNORE INTO reports (id, agency_id, year, template, title, published, url, document, outcome, reason,"
        " consistent, first_seen, last_changed)"
        " SELECT f.report, f.agency, f.year, r.template, r.title, r.published, f.url, f.sha256, r.outcome, r.reason,"
        " r.consistent, r.first_seen, r.last_changed FROM fresh f CROSS JOIN reports r WHERE r.id = :template"
    )
    yield "INSERT OR IGNORE INTO placements (sha256, report_id, problem) SELECT sha256, report, '' FROM fresh"
    yield (
        "INSERT OR IGNORE INTO sources SELECT sha256, url, 'http://portal.example/nb/', '', '', name, region, ''"
        " FROM fresh"
    )
    yield (
        "INSERT INTO fetches (url, at, status, outcome, detail, sha256)"
        " SELECT url, '2024-01-01T00:00:00+00:00', 200, 'ok', '', sha256 FROM fresh"
    )
    for table, columns in COLUMNS.items():
        if with_text and table == "sections":
            continue
        named = ", ".join(f'"{column}"' for column in columns)
        values = "f.sha256" if table == "origins" else None
        wanted = ", ".join(values if values and c == "document" else f't."{c}"' for c in columns)
        yield (
            f"INSERT OR IGNORE INTO {table} (report_id, {named})"
            f" SELECT f.report, {wanted} FROM fresh f CROSS JOIN {table} t WHERE t.report_id = :template"
        )


if __name__ == "__main__":
    main()
