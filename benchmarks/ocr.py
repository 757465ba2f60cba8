"""Recognition: seconds a page and cells right, flagged and silently wrong for each wear, beside rapidocr's whole pages.

``python -m benchmarks ocr [--wear NAME…] [--reports N]``. Times are those of one thread.
"""

import resource
from argparse import ArgumentParser
from dataclasses import dataclass
from random import Random
from time import process_time

import cv2

from extract.ocr.engine import parameters
from extract.reading import read
from tests.comparing import truths
from tests.kit import pdf, scan
from tests.test_forms import silently_wrong, wrong

REPORTS = 3


@dataclass(slots=True)
class Tally:
    """Sums over the reports of one wear."""

    pages: int = 0
    seconds: float = 0.0
    plain: float = 0.0
    cells: int = 0
    wrong: int = 0
    silent: int = 0


def measure(wear: scan.Wear, reports: int) -> Tally:
    """Read reports of one wear, and their pages with rapidocr alone."""
    import rapidocr

    plain, tally = rapidocr.RapidOCR(params=parameters()), Tally()
    for number, truth in enumerate(truths(reports)):
        pages = scan.pages(pdf.render(truth, Random(number)), wear)
        start = process_time()
        reading = read(scan.bound(pages, wear.dpi, wear.quality))
        tally.seconds += process_time() - start
        start = process_time()
        for page in pages:
            plain(page if page.ndim == 3 else cv2.cvtColor(page, cv2.COLOR_GRAY2BGR))
        tally.plain += process_time() - start
        tally.pages += len(pages)
        tally.cells += len(truth.cells)
        tally.wrong += len(wrong(reading, truth))
        tally.silent += len(silently_wrong(reading, truth))
    return tally


def main(words: list[str] | None = None) -> None:
    """Print one line for each wear, and the most memory this process took."""
    options = ArgumentParser(prog="python -m benchmarks ocr", description=__doc__)
    options.add_argument("--wear", nargs="+", choices=list(scan.WEARS), default=list(scan.WEARS))
    options.add_argument("--reports", type=int, default=REPORTS)
    chosen = options.parse_args(words or [])
    print(f"{'wear':<8}{'pages':>6}{'s/page':>8}{'rapidocr':>9}{'right':>9}{'flagged':>9}{'silent':>8}")
    for name in chosen.wear:
        tally = measure(scan.WEARS[name], chosen.reports)
        right, flagged = tally.cells - tally.wrong, tally.wrong - tally.silent
        print(
            f"{name:<8}{tally.pages:>6}{tally.seconds / tally.pages:>8.2f}{tally.plain / tally.pages:>9.2f}"
            f"{right / tally.cells:>9.1%}{flagged / tally.cells:>9.1%}{tally.silent:>8}",
            flush=True,
        )
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
