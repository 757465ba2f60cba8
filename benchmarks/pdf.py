"""PDF: bytes to checked report by each engine and by both, beside pdfplumber's tables alone, on the same files.

``python -m benchmarks.pdf [FILE…]`` measures files instead of the kit's prints. pdfplumber comes with the extra ``bench``.
"""

import logging
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Any

import pdfplumber

from extract.formats.pdf import read as read_with_pdfminer
from extract.formats.pdf import read_again as read_with_pdfium
from extract.reading import read, read_document
from tests.kit import pdf
from tests.kit.prints import CHROMIUM, SOFFICE, by_chromium, by_libreoffice
from tests.kit.truth import make_report
from tests.shared import CORPUS

ROUNDS = 5
KIT: dict[str, dict[str, Any]] = {
    "lines": {},
    "landscape": {"landscape": True},
    "boxes": {"rules": "boxes"},
    "fills": {"rules": "fills"},
    "narrow": {"narrow": True},
}
WORK: dict[str, Callable[[bytes], object]] = {
    "pdfplumber": lambda data: tables(data),
    "pdfminer": lambda data: read_document(read_with_pdfminer(data, "")),
    "pdfium": lambda data: read_document(read_with_pdfium(data, "")),
    "both": read,
}


def tables(data: bytes) -> int:
    """Find the tables of every page with pdfplumber, and nothing more."""
    with pdfplumber.open(BytesIO(data)) as document:
        return sum(len(page.extract_tables()) for page in document.pages)


def milliseconds(work: Callable[[bytes], object], data: bytes) -> float:
    """Return the median time of some rounds after one that is not counted (fonts, tables of characters)."""
    work(data)
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        work(data)
        times.append(process_time() - start)
    return median(times) * 1000


def prints() -> Iterator[tuple[str, bytes]]:
    """Yield reports printed in the manners of the kit, and by the programs that are installed."""
    for seed, (name, options) in enumerate(KIT.items()):
        truth = make_report(seed, "2019" if seed == 3 else "2021", "dense" if seed % 2 else "sparse")
        yield f"kit {name}", pdf.render(truth, Random(seed), **options)
    truths = [make_report(seed, "2021", "dense") for seed in range(2)]
    if SOFFICE:
        yield from ((f"office {number}", data) for number, data in enumerate(by_libreoffice(truths)))
    if CHROMIUM:
        yield from ((f"browser {number}", by_chromium(truth)) for number, truth in enumerate(truths))
    yield from ((path.name, path.read_bytes()) for path in sorted(CORPUS.glob("*.pdf")))


def main(paths: list[str] | None = None) -> None:
    """Print the table: milliseconds a document, and the share of pdfplumber's time."""
    logging.disable(logging.CRITICAL)
    print(f"{'document':<18}{'KB':>6}" + "".join(f"{name:>12}" for name in WORK) + f"{'pdfium':>9}{'both':>7}")
    sums = dict.fromkeys(WORK, 0.0)
    for name, data in [(path, Path(path).read_bytes()) for path in paths] if paths else prints():
        times = {engine: milliseconds(work, data) for engine, work in WORK.items()}
        sums = {engine: sums[engine] + times[engine] for engine in WORK}
        print(_row(name, f"{len(data) / 1024:.0f}", times))
    print(_row("sum", "", sums))


def _row(name: str, size: str, times: dict[str, float]) -> str:
    plumber = times["pdfplumber"]
    ratios = f"{times['pdfium'] / plumber:>8.2f}x{times['both'] / plumber:>6.2f}x"
    return f"{name:<18}{size:>6}" + "".join(f"{value:>9.1f} ms" for value in times.values()) + ratios


if __name__ == "__main__":
    main(sys.argv[1:])
