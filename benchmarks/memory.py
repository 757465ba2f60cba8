"""Memory: the most a reader process has after reading a kind of document many times, beside its limit.

``python -m benchmarks.memory [FILE…]`` measures files instead. Recognition of pictures is left out: it has its own limit.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median

from extract.limits import WORKER_ADDRESS_SPACE_BYTES
from extract.model import Reading
from extract.readers.pool import ReaderPool
from extract.reading import read
from tests.kit import docx, html_styles, mht, ofd, pdf, rtf, xlsx
from tests.kit.truth import make_report
from tests.shared import CORPUS

REPORTS = 20
MIB = 1 << 20


def read_and_measure(data: bytes, hint: str) -> Reading:
    """Read a document in the pool's process and tell in ``detail`` what memory that process has and ever had."""
    reading = read(data, hint)
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    sizes = {name: int(status.partition(f"{name}:")[2].split()[0]) * 1024 for name in ("VmHWM", "VmPeak")}
    return replace(reading, detail=json.dumps(sizes))


def measured(files: list[tuple[str, bytes]]) -> tuple[int, int, str]:
    """Read files in one fresh process; give its most resident and address space, and how the readings ended."""
    with ReaderPool(workers=1, ocr_workers=0, reader=read_and_measure) as pool:
        readings = [pool.read(data, name).result() for name, data in files]
    sizes = json.loads(readings[-1].detail)
    return sizes["VmHWM"], sizes["VmPeak"], ", ".join(sorted({reading.outcome for reading in readings}))


def kinds() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """Yield the kit's reports by format, and every real document that lies beside the checkout."""
    truths = [make_report(seed, "2021" if seed % 3 else "2019", "dense") for seed in range(REPORTS)]
    printers = {
        "pdf": lambda truth: pdf.render(truth),
        "docx": lambda truth: docx.word(truth, Random(1)),
        "xlsx": lambda truth: xlsx.numbers(truth, Random(1)),
        "xls": lambda truth: xlsx.xls(truth, Random(1)),
        "rtf": lambda truth: rtf.word(truth, Random(1)),
        "mht": lambda truth: mht.word(truth, Random(1)),
        "ofd": lambda truth: ofd.STYLES["lines"](truth, Random(1)),
        "html": lambda truth: html_styles.STYLES["clean"](truth, Random(1)),
    }
    for name, write in printers.items():
        yield name, [(f"a.{name}", write(truth)) for truth in truths]
    yield "all in turn", [(f"a.{name}", write(truth)) for truth in truths[:5] for name, write in printers.items()]
    if CORPUS.is_dir():
        yield "real ones", [(path.name, path.read_bytes()) for path in sorted(CORPUS.rglob("*.*")) if path.is_file()]


def main(names: list[str] | None = None) -> None:
    """Print a row a kind of document, and the highest of all beside the limit."""
    files = [(Path(name).name, Path(name).read_bytes()) for name in names or []]
    print(f"{'documents':14}{'number':>7}{'resident MiB':>14}{'address MiB':>13}  outcomes")
    resident = []
    for kind, documents in [("files", files)] if files else kinds():
        most, space, outcomes = measured(documents)
        resident.append(most)
        print(f"{kind:14}{len(documents):7}{most / MIB:14.0f}{space / MIB:13.0f}  {outcomes}", flush=True)
    print(f"most {max(resident) / MIB:.0f} MiB resident, median {median(resident) / MIB:.0f};", end=" ")
    print(f"limit {WORKER_ADDRESS_SPACE_BYTES / MIB:.0f} MiB of address space")


if __name__ == "__main__":
    main(sys.argv[1:])
