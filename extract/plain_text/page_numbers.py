"""Numbers of pages that stand alone beside a form feed, as programs print them that turn pages into text.

Nothing but its place tells such a number from a figure. Where those of several pages count the pages, all are page numbers;
else each may be the figure of a cell that happens to end its page, and is left doubtful.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.plain_text.tables import Line
from extract.text import CUT

_NUMBER = re.compile(r"\s*(\d{1,3})\s*")
_FEWEST_PAGES = 2

Page = Sequence[Line]


def with_page_marks(pages: Sequence[Page]) -> list[Line]:
    """Return the lines of all pages: their numbers marked as such (``-5-``), and numbers that may be theirs as cut."""
    changed: dict[int, Line] = {}
    for found in (_at_ends(pages, -1), _at_ends(pages, 0)):
        numbered = [(page, line) for page, line in found if _NUMBER.fullmatch(line.text)]
        mark = _as_mark if _count_pages(numbered, len(pages)) else _doubted
        changed |= {line.number: mark(line) for _, line in numbered}
    return [changed.get(line.number, line) for page in pages for line in page]


def _at_ends(pages: Sequence[Page], place: int) -> Iterator[tuple[int, Line]]:
    """Yield the last line (or first) with something on it of each page that has another page beyond it."""
    beside = pages[:-1] if place else pages[1:]
    for number, page in enumerate(beside):
        printed = [line for line in page if not line.is_blank()]
        if printed:
            yield number, printed[place]


def _count_pages(numbered: Sequence[tuple[int, Line]], pages: int) -> bool:
    """Say whether every page has a number, one more than that before it; the first page, a title, may have none."""
    first = {int(line.text) - page for page, line in numbered}
    fewest = max(_FEWEST_PAGES, pages - 2)
    return len(first) == 1 and len(numbered) >= fewest and min(int(line.text) for _, line in numbered) > 0


def _as_mark(line: Line) -> Line:
    return replace(line, text=f"-{line.text.strip()}-")


def _doubted(line: Line) -> Line:
    return replace(line, text=line.text.rstrip() + CUT)
