"""Signs of markup in lines of text that are no part of what is printed: in rows between bars, and blank lines around bars."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape

from extract.plain_text.tables import Line

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BOLD = re.compile(r"\*\*([^*|]+)\*\*")
_QUOTED = re.compile(r"^\s*>\s?(?=\|)")
_FEWEST_BARS = 6


def without_markup(line: Line) -> Line:
    """Return a line with plain spaces and signs (&ldquo;), a row of Markdown without bold type and line breaks in its cells
    (商业<br>企业), also one of a quotation.

    Digits on both sides of a break stay apart: they may be two numbers.
    """
    text = (unescape(line.text) if "&" in line.text else line.text).replace("\xa0", " ")
    if "|" in text:
        text = _QUOTED.sub("", _BREAK.sub(" ", _BOLD.sub(r"\1", text)))
    return line if text == line.text else replace(line, text=text)


def without_lines_around_bars(lines: Sequence[Line]) -> list[Line]:
    """Return lines without the blank ones around bars that stand alone, where nearly all of those have some on both sides."""
    printed = [place for place, line in enumerate(lines) if not line.is_blank()]
    bars = [number for number, place in enumerate(printed) if lines[place].text.strip() == "|"]
    parted = [number for number in bars if _is_parted(printed, number)]
    if len(parted) < max(_FEWEST_BARS, 0.9 * len(bars)):
        return list(lines)
    dropped = {place for number in bars for place in _around(printed, number)}
    return [line for place, line in enumerate(lines) if place not in dropped]


def _around(printed: Sequence[int], number: int) -> Iterator[int]:
    """Yield the blank lines between a bar and what is printed above and below it."""
    above = printed[number - 1] if number else printed[number]
    below = printed[number + 1] if number + 1 < len(printed) else printed[number]
    yield from (place for place in range(above + 1, below) if place != printed[number])


def _is_parted(printed: Sequence[int], number: int) -> bool:
    before = printed[number] - printed[number - 1] if number else 2
    after = printed[number + 1] - printed[number] if number + 1 < len(printed) else 2
    return before > 1 and after > 1
