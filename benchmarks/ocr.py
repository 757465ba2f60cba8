"""Recognition: seconds a page and cells right, flagged and silently wrong for each wear, of both forms or that of 2014.

``python -m benchmarks ocr [--wear NAME…] [--rules NAME…] [--reports N] [--form 2014] [--beside]``. Tables are ruled
unless ``--rules`` names other ways: lines between rows only, dashed lines, none. Times are those of one thread;
``--beside`` adds those of rapidocr for whole pages.
"""

import resource
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from random import Random
from time import process_time

import cv2

from extract.ocr.engine import parameters
from extract.reading import read
from tests.comparing import truths
from tests.kit import form2014, pdf, scan, styles2014
from tests.kit.pdf_file import Rules
from tests.kit.truth import Truth
from tests.test_forms import silently_wrong, wrong

REPORTS = 3
RULES: tuple[Rules, ...] = ("lines", "rows", "dashes", "none")
Report = Truth | form2014.Report


@dataclass(slots=True)
class Tally:
    """Sums over the reports of one wear."""

    pages: int = 0
    seconds: float = 0.0
    plain: float = 0.0
    cells: int = 0
    wrong: int = 0
    silent: int = 0


def prints(form: str, reports: int, rules: Rules) -> Iterator[tuple[Report, bytes]]:
    """Yield reports of the forms of 2019 and 2021 in turn, or of that of 2014 in the styles of its table."""
    if form != "2014":
        for number, truth in enumerate(truths(reports)):
            yield truth, pdf.render(truth, Random(number), rules=rules)
        return
    styles = list(styles2014.TABLES.values())
    for number in range(reports):
        made = form2014.make_report(number * 7 + 1, dense=number % 2 == 0, blanks=number % 4 == 1)
        yield made, styles2014.to_pdf(made, styles[number % len(styles)](made), rules)


def measure(wear: scan.Wear, made: Iterator[tuple[Report, bytes]], beside: bool) -> Tally:
    """Read reports of one wear, and if asked their pages with rapidocr alone."""
    tally = Tally()
    for truth, printed in made:
        pages = scan.pages(printed, wear)
        start = process_time()
        reading = read(scan.bound(pages, wear.dpi, wear.quality))
        tally.seconds += process_time() - start
        tally.plain += _plainly(pages) if beside else 0.0
        tally.pages += len(pages)
        tally.cells += len(truth.cells)
        tally.wrong += len(wrong(reading, truth))
        tally.silent += _named(silently_wrong(reading, truth))
    return tally


def _plainly(pages: list[scan.Page]) -> float:
    """Return the seconds rapidocr takes for whole pages."""
    import rapidocr

    plain, start = rapidocr.RapidOCR(params=parameters()), process_time()
    for page in pages:
        plain(page if page.ndim == 3 else cv2.cvtColor(page, cv2.COLOR_GRAY2BGR))
    return process_time() - start


def _named(silent: list[object]) -> int:
    """Print each cell that is silently wrong: its truth and what was read."""
    for cell in silent:
        print(f"silent: {cell}", flush=True)
    return len(silent)


def main(words: list[str] | None = None) -> None:
    """Print one line for each wear, and the most memory this process took."""
    options = ArgumentParser(prog="python -m benchmarks ocr", description=__doc__)
    options.add_argument("--wear", nargs="+", choices=list(scan.WEARS), default=list(scan.WEARS))
    options.add_argument("--rules", nargs="+", choices=RULES, default=RULES[:1])
    options.add_argument("--reports", type=int, default=REPORTS)
    options.add_argument(
        "--form", choices=["2021", "2014"], default="2021", help="2021: those of 2019 and 2021 in turn"
    )
    options.add_argument("--beside", action="store_true")
    chosen = options.parse_args(words or [])
    print(f"{'wear':<8}{'rules':<8}{'pages':>6}{'s/page':>8}{'rapidocr':>9}{'right':>9}{'flagged':>9}{'silent':>8}")
    for name, rules in product(chosen.wear, chosen.rules):
        tally = measure(scan.WEARS[name], prints(chosen.form, chosen.reports, rules), chosen.beside)
        right, flagged = tally.cells - tally.wrong, tally.wrong - tally.silent
        print(
            f"{name:<8}{rules:<8}{tally.pages:>6}{tally.seconds / tally.pages:>8.2f}{tally.plain / tally.pages:>9.2f}"
            f"{right / tally.cells:>9.1%}{flagged / tally.cells:>9.1%}{tally.silent:>8}",
            flush=True,
        )
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
