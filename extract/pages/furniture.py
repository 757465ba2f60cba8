"""Page furniture: page numbers and running headers, which stand in the margins and say nothing of the report."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal, get_args

from extract.pages.text import TextLine
from extract.pages.unruled.rows import row_of
from extract.plain_text.tables import is_table_start

_MARGIN = 0.1
"""Share of the page height taken for a margin at the top and at the bottom; A4 with Word's default has 0.09."""

_SAME_CELL = 0.35
"""Type sizes between the lines of one cell; a page number stands further off."""

_MOST_WORDS = 3
"""In a running title; the header of a table, printed again on every page, has more beside each other."""

_STATISTICS = ("统计指标", "指标名称", "统计项目")
"""How the header of the statistics table of the 2014 form begins."""

_Margin = Literal["top", "bottom"]

_DECORATED = re.compile(r"[-—–－―·.~〜]+\s*\d{1,3}\s*[-—–－―·.~〜]+")
_COUNTED = re.compile(
    r"第\s*\d{1,3}\s*页(?:\s*+[,，、/／]?\s*+共\s*\d{1,3}\s*页)?|\d{1,3}\s*[/／]\s*\d{1,3}|Page\s*\d{1,3}(?: of \d{1,3})?"
)
_CLOCK = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[,，]?\s*(?:[上下]午\s*)?\d{1,2}:\d\d(?::\d\d)?(?:\s*[AP]M)?(?=\s)"
)
"""When a browser printed the page; it stands beside the title."""

_BARE = re.compile(r"\d{1,3}")


def without_furniture(pages: Sequence[Sequence[TextLine]], heights: Sequence[float]) -> list[list[TextLine]]:
    """Return the lines of each page that are not furniture.

    Dropped are, in the margins only: printed page numbers; a bare number, if it is the page's own (a cover may shift
    it by one) and no piece of a figure broken over two lines; and words that stand in the same margin of at least two, and of at least half the pages.
    """
    margins = [[_margin_of(line, height) for line in lines] for lines, height in zip(pages, heights, strict=True)]
    running = _running_titles(pages, margins)
    return [
        [
            line
            for line, margin in zip(lines, found, strict=True)
            if not (margin and _is_furniture(line, page, running[margin]) and not _is_piece(line, lines))
        ]
        for page, (lines, found) in enumerate(zip(pages, margins, strict=True), 1)
    ]


def _is_piece(line: TextLine, lines: Sequence[TextLine]) -> bool:
    """Tell whether a bare number stands as close to another line as the lines of one cell do, not beyond the text."""
    return _BARE.fullmatch(line.text) is not None and any(
        other is not line and max(other.top - line.bottom, line.top - other.bottom) < _SAME_CELL * line.size
        for other in lines
    )


def _margin_of(line: TextLine, height: float) -> _Margin | None:
    if line.bottom < _MARGIN * height:
        return "top"
    return "bottom" if line.top > (1 - _MARGIN) * height else None


def _running_titles(
    pages: Sequence[Sequence[TextLine]], margins: list[list[_Margin | None]]
) -> dict[_Margin, set[str]]:
    """Return the running titles of each margin. Ends of broken labels stand now below, now above."""
    seen = Counter(
        found
        for lines, places in zip(pages, margins, strict=True)
        for found in {(margin, _words(line.text)) for line, margin in zip(lines, places, strict=True) if margin}
    )
    often = [found for found, count in seen.items() if count >= max(2, len(pages) / 2)]
    return {margin: {words for place, words in often if place == margin} for margin in get_args(_Margin)}


def _words(text: str) -> str:
    """Return the words of a header without its page number and the time of printing."""
    return _COUNTED.sub("", _CLOCK.sub("", text)).strip()


def _is_furniture(line: TextLine, page: int, running: set[str]) -> bool:
    if _DECORATED.fullmatch(line.text) or _COUNTED.fullmatch(line.text):
        return True
    if _BARE.fullmatch(line.text):
        return abs(int(line.text) - page) <= 1
    words = _words(line.text)
    if (
        words not in running
        or is_table_start(words)
        or words.startswith(_STATISTICS)
        or len(row_of(line).tokens) - sum(len(found.split()) for found in _CLOCK.findall(line.text)) > _MOST_WORDS
    ):
        return False
    # A row of figures may repeat in the same place by chance; a running title has letters and no table behind it.
    return not re.search(r"\d\s+\d", words) and re.search(r"[^\W\d]{2}", words) is not None
