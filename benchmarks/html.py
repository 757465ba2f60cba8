"""Web pages: bytes to checked report, beside parsing the page and walking over its text once.

Every page is another report, so nothing but labels and small numbers repeats.
"""

from collections.abc import Callable
from random import Random
from statistics import median
from time import process_time

import lxml.html

from extract.reading import read
from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report

NAMES = ("clean", "word", "nested_layout", "gbk", "page_in_tables")
PAGES = 20


def seconds(pages: list[bytes], work: Callable[[bytes], object]) -> float:
    """Return the median time of a page on the processor, which other programs do not change."""
    times = []
    for page in pages:
        start = process_time()
        work(page)
        times.append(process_time() - start)
    return median(times)


def parse_and_walk(page: bytes) -> int:
    return sum(len(text) for text in lxml.html.fromstring(page).itertext())


def main() -> None:
    print(f"{'style':<16}{'KB':>6}{'lxml ms':>9}{'read ms':>9}{'ratio':>7}")
    for name in NAMES:
        pages = [STYLES[name](make_report(seed, "2021", "dense"), Random(seed)) for seed in range(PAGES)]
        read(pages[0])
        raw, ours = seconds(pages, parse_and_walk), seconds(pages, read)
        size = sum(map(len, pages)) / len(pages) / 1024
        print(f"{name:<16}{size:>6.0f}{raw * 1000:>9.2f}{ours * 1000:>9.2f}{ours / raw:>7.1f}")


if __name__ == "__main__":
    main()
