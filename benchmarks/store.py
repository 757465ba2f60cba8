"""What one more report costs as the database grows: `python -m benchmarks store [LARGEST]` (default 2,000).

Each step saves a hundred readings into a database that holds that many reports, and asks for one region's coverage.
"""

import sys
import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from extract.reading import EXTRACTOR, read
from store.database import DATABASE_NAME, open_writer
from store.readings import record_document, save_reading
from store.records import Source
from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report

BATCH = 100
DEFAULT_LARGEST = 2000


def main(largest: int = DEFAULT_LARGEST) -> None:
    template = read(STYLES["clean"](make_report(1, "2021", "dense"), Random(1)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / DATABASE_NAME
        db = open_writer(path)
        print(f"{'reports':>9}{'save ms':>9}{'coverage ms':>13}{'MB':>7}")
        for start in range(0, largest, BATCH):
            times = []
            for number in range(start, start + BATCH):
                name = sha256(str(number).encode()).hexdigest()
                agency, year = f"清江市第{number // 5}局", 2021 + number % 5
                source = Source(f"http://portal.example/{name}", agency=agency, region=f"99{number % 997:04}")
                begin = perf_counter()
                record_document(db, name, "text/html", 1, source)
                save_reading(db, name, replace(template, agency=agency, year=year), EXTRACTOR)
                times.append(perf_counter() - begin)
            if start in (0, largest // 2 // BATCH * BATCH) or start + BATCH >= largest:
                begin = perf_counter()
                db.execute("SELECT count(*) FROM coverage WHERE region = '990001'").fetchall()
                asked = perf_counter() - begin
                size = path.stat().st_size / 1e6
                print(f"{start + BATCH:>9}{median(times) * 1000:>9.2f}{asked * 1000:>13.1f}{size:>7.0f}")
        db.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_LARGEST)
