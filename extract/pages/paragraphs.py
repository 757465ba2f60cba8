"""Lines of text outside tables become paragraphs; the printed title of the report is told apart by its type size."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.model import Paragraph
from extract.pages.text import TextLine, is_wide

ORDINAL = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)]|[㈠-㈩]|[①-⑳]"
    r"|第[一二三四五六七八九十]{1,3}[章节条]|\d{1,2}\s*[、.．](?!\d)|[（(]\d{1,2}[）)])"
)
"""Beginning of a heading or of a numbered row: 一、 （一） ㈠ 1. (1)."""

_TABULAR = re.compile(r"(?:^|\s)[\d.,/—-]+\s+[\d.,/—-]+(?:\s|$)")
"""Two values beside each other: a row of a table without lines, never to be joined to another line."""

_INDENT = 1.2
_SHORT = 1.8
_GAP = 2.0
_OTHER_SIZE = 0.15
_TITLE_SIZE = 1.15
_FEW_LINES = 3


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of text, its page and its number on that page (both from 1), and the margins of the text around it."""

    line: TextLine
    page: int
    number: int
    left: float
    right: float

    @property
    def at(self) -> str:
        """The place as people look it up."""
        return f"page {self.page} line {self.number}"


def placed(lines: Sequence[tuple[TextLine, int]], page: int, reach: float = 0.0) -> list[PlacedLine]:
    """Number the lines of a page, given with their columns, and note the margins of each column's text.

    ``reach`` is how far text went on the page before. A page of few lines does not say so itself: the longest of them,
    a heading perhaps, would be taken for full and joined to the next.
    """
    margins = {column: _margins([line for line, own in lines if own == column]) for column in {own for _, own in lines}}
    least = reach if len(lines) <= _FEW_LINES else 0.0
    return [
        PlacedLine(line, page, number, margins[column][0], max(margins[column][1], least))
        for number, (line, column) in enumerate(lines, 1)
    ]


def _margins(lines: Sequence[TextLine]) -> tuple[float, float]:
    left = -_margin([(-line.x0, line.size) for line in lines])
    # Where no line is full, two short ones may share an end: only the furthest says how far text could have gone.
    return left, max(line.x1 for line in lines)


def _margin(ends: list[tuple[float, float]]) -> float:
    """Return the furthest end that two lines share; a single line may hang out (a title, a signature)."""
    ordered = sorted(ends, reverse=True)
    shared = (end for (end, size), (next_end, _) in pairwise(ordered) if end - next_end <= _SHORT * size)
    return next(shared, ordered[0][0] if ordered else 0.0)


def title_lines(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """Return the consecutive lines of the first page set in its largest type, if that is larger than the body's."""
    first = [line for line in lines if line.page == 1]
    if not first:
        return []
    body = median(line.line.size for line in lines for _ in line.line.text)
    wanted = max(_TITLE_SIZE * body, 0.9 * max(line.line.size for line in first))
    large = [number for number, line in enumerate(first) if line.line.size >= wanted]
    run = [number for step, number in enumerate(large) if number == large[0] + step]
    found = [first[number] for number in run]
    return [] if any(ORDINAL.match(line.line.text) for line in found) else found


def paragraphs(lines: Sequence[PlacedLine], title: Sequence[PlacedLine]) -> Iterator[Paragraph]:
    """Join lines that were broken because they were full; a heading, an indent or a short line begins a new one."""
    text, at, before = "", "", None
    for line in lines:
        if before is not None and _continues(before, line, title):
            text = joined(text, line.line.text)
        else:
            if before is not None:
                yield Paragraph(text, at, "title" if before in title else "body")
            text, at = line.line.text, line.at
        before = line
    if before is not None:
        yield Paragraph(text, at, "title" if before in title else "body")


def _continues(before: PlacedLine, line: PlacedLine, title: Sequence[PlacedLine]) -> bool:
    if before in title or line in title:
        return before in title and line in title
    size = line.line.size
    same_page = before.page == line.page
    return not (
        ORDINAL.match(line.line.text)
        or _TABULAR.search(before.line.text)
        or _TABULAR.search(line.line.text)
        or abs(size - before.line.size) > _OTHER_SIZE * size
        or line.line.x0 - line.left > _INDENT * size
        or before.right - before.line.x1 > _SHORT * size
        or (same_page and line.line.top - before.line.bottom > _GAP * size)
    )


def joined(text: str, more: str) -> str:
    """Join two broken lines; only between Latin letters or digits there was a space, so that no number grows."""
    return f"{text}{more}" if is_wide(text[-1:]) or is_wide(more[:1]) else f"{text} {more}"
