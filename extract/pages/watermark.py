"""Words printed in large type across a page and the text on it: watermarks that no angle tells apart."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median_low

from extract.pages.lines import PageContent
from extract.pages.text import Char, TextLine, text_lines

_LARGE = 2.2
"""Times the usual type size of the page; titles are at most twice as large, and nothing is printed across them."""

_FEWEST_CROSSED = 3


def without_watermark(page: PageContent) -> PageContent:
    """Return a page without lines of large type that lie across smaller text."""
    heights = [char[4] - char[2] for char in page.chars]
    if not heights or max(heights) <= (least := _LARGE * median_low(heights)):
        return page
    small = [char for char, height in zip(page.chars, heights, strict=True) if height <= least]
    large = [char for char, height in zip(page.chars, heights, strict=True) if height > least]
    across = {char for line in text_lines(large) if _crossed(line, small) for char in line.chars}
    return replace(page, chars=[char for char in page.chars if char not in across]) if across else page


def _crossed(line: TextLine, small: Sequence[Char]) -> bool:
    inside = [char for char in small if line.top < (char.top + char.bottom) / 2 < line.bottom]
    crossed = [char for char in inside if any(large.x0 < (char.x0 + char.x1) / 2 < large.x1 for large in line.chars)]
    return len(crossed) >= _FEWEST_CROSSED
