"""Read every file of a folder through the real pool, without recognition, which may take minutes: ``python -m tests.hostile.run FOLDER SECONDS``.

Prints one JSON line a file, as each is done, and at the end the most memory this process, the parent, ever had.
"""

import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from extract.model import Reading
from extract.readers.pool import ReaderPool
from tests.hostile.processes import memory_bytes

WORKERS = 2


def told(name: str, reading: Reading, seconds: float) -> dict[str, object]:
    return {
        "name": name,
        "outcome": reading.outcome,
        "detail": reading.detail,
        "seconds": round(seconds, 2),
        "cells": [[cell.row, cell.column, cell.state, cell.value] for cell in reading.cells],
        "text": " ".join([reading.title or "", *(section.text for section in reading.sections)])[:200_000],
        "rules": sorted({finding.rule for finding in reading.findings}),
    }


def answers(folder: Path, timeout_s: float) -> Iterator[str]:
    with (
        ReaderPool(workers=WORKERS, timeout_s=timeout_s, ocr_workers=0) as pool,
        ThreadPoolExecutor(WORKERS) as threads,
    ):

        def read(path: Path) -> dict[str, object]:
            began = time.monotonic()
            reading = pool.read(path.read_bytes(), path.name).result()
            return told(path.name, reading, time.monotonic() - began)

        for answer in threads.map(read, sorted(folder.iterdir())):
            yield json.dumps(answer)


if __name__ == "__main__":
    for line in answers(Path(sys.argv[1]), float(sys.argv[2])):
        print(line, flush=True)
    print(json.dumps({"peak_bytes": memory_bytes("VmHWM")}))
