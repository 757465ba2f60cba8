"""Web pages: bytes to checked report, beside parsing the page and walking over its text once.

``first ms`` is the first page of its style, in a reader that has read no document: what it knows of tables is the national
form (``extract.forms.plan.ready``) in its usual printings, which all styles but ``real`` have. The ``lxml ms`` before it
is of the same pages, each parsed after the same preparation, which slows what follows it by what it drives from the
processor's caches. ``later ms`` is a page of a style that was read before, which is what nearly every page of a night is; but every page is another report,
with other figures and another agency, and none is read twice; ``slow`` is the ratio that one page of ten exceeds, and
``sum`` adds up the styles. Pages with ``gaps`` have other cells blank, marked or remarked than any before them, each page
its own. ``real`` is a page of the corpus, where it lies beside the checkout, with other figures in its tables each time.
"""

import re
from collections.abc import Callable
from random import Random
from statistics import median, quantiles
from time import process_time
from typing import NamedTuple

import lxml.html

from benchmarks._gaps import report
from extract.forms.plan import forget, ready
from extract.reading import read
from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report
from tests.shared import CORPUS

NAMES = ("clean", "word", "nested_layout", "gbk", "page_in_tables", "vertical_headers")
REAL = CORPUS / "shanghai_bgt_2019.html"
PAGES = 60
WARM = 20
FIRST = 10
"""Pages read as the first of their style."""


def seconds(page: bytes, work: Callable[[bytes], object]) -> float:
    """Return the time of a page on the processor, which other programs do not change."""
    start = process_time()
    work(page)
    return process_time() - start


def parse_and_walk(page: bytes) -> int:
    return sum(len(text) for text in lxml.html.fromstring(page).itertext())


def as_first(page: bytes, work: Callable[[bytes], object]) -> float:
    """Return the time of a page for a reader that has just made ready, or of other work in its place."""
    forget()
    ready()
    return seconds(page, work)


def samples() -> dict[str, list[bytes]]:
    count = WARM + PAGES + FIRST
    made = {name: [STYLES[name](make_report(n, "2021", "dense"), Random(n)) for n in range(count)] for name in NAMES}
    made |= {f"{name}, gaps": [STYLES[name](report(n), Random(n)) for n in range(count)] for name in NAMES}
    return made | (
        {"real": [other_figures(REAL.read_bytes(), Random(n)) for n in range(count)]} if REAL.exists() else {}
    )


def other_figures(page: bytes, rng: Random) -> bytes:
    return re.sub(rb">(\d+)<", lambda found: b">%d<" % rng.randrange(10 ** len(found[1])), page)


class Times(NamedTuple):
    """Milliseconds a page of lxml and of ours, as the first of its style and as a later one."""

    first_raw: float
    first: float
    raw: float
    later: float


def main() -> None:
    print(
        f"{'style':<22}{'KB':>4}{'lxml ms':>9}{'first ms':>10}{'ratio':>7}{'lxml ms':>9}{'later ms':>10}{'ratio':>7}{'slow':>7}"
    )
    print_row(
        "sum", "", Times(*map(sum, zip(*(_style(name, pages) for name, pages in samples().items()), strict=True)))
    )
    print()


def print_row(name: str, size: str, times: Times) -> None:
    first, later = times.first / times.first_raw, times.later / times.raw
    print(f"{name:<22}{size:>4}{times.first_raw:>9.2f}{times.first:>10.2f}{first:>7.1f}", end="")
    print(f"{times.raw:>9.2f}{times.later:>10.2f}{later:>7.1f}", end="")


def _style(name: str, pages: list[bytes]) -> Times:
    """Measure a style, and print its row."""
    for page in pages[:WARM]:
        read(page)
    pairs = [(seconds(page, parse_and_walk), seconds(page, read)) for page in pages[WARM : WARM + PAGES]]
    firsts = [(as_first(page, parse_and_walk), as_first(page, read)) for page in pages[WARM + PAGES :]]
    times = Times(*(median(found) * 1000 for both in (firsts, pairs) for found in zip(*both, strict=True)))
    slow = quantiles([ours for _, ours in pairs], n=10)[-1] * 1000
    print_row(name, f"{sum(map(len, pages)) / len(pages) / 1024:.0f}", times)
    print(f"{slow / times.raw:>7.1f}")
    return times


if __name__ == "__main__":
    main()
