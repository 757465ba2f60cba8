"""Blocks of a text: paragraphs, and tables that were flattened to lines.

Told apart line by line, never by the whole text: rows with tabs between cells; one cell a line behind a tab, rows
separated by blank lines; cells closed by bars; wrapped PDF text in which only the order of words and numbers is left.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from extract.headings import heading_number
from extract.identity.titles import read_title
from extract.labels import vocabulary
from extract.model import Block, Paragraph
from extract.plain_text.boxes import without_boxes
from extract.plain_text.broken_rows import with_broken_marked
from extract.plain_text.columns import rows_in_columns
from extract.plain_text.even_rows import are_even
from extract.plain_text.markup import without_lines_around_bars, without_markup
from extract.plain_text.open_bars import with_closed_cells, with_single_bars
from extract.plain_text.padded_rows import is_padded, with_strange_spoiled, without_padding
from extract.plain_text.tables import (
    Cell,
    Line,
    bar_rows,
    cell_rows,
    grid,
    is_table_start,
    line_rows,
    tab_rows,
    unparted_rows,
    word_rows,
)
from extract.text import CUT, LOST

_PAGE_MARK = re.compile(r"\s*(?:[-—–－]+\s*\d{1,4}\s*[-—–－]+|第\s*\d+\s*页(?:\s*[,，/共]\s*\d++(?:\s*+页)?)?)\s*")
_REST = re.compile(r"[-+]?[\d.,，．]++\s*+(?:万?元|[件条项])?")
_SENTENCE_END = re.compile(r"[。；;：:]\s*$")
_MARKDOWN = re.compile(r"\s{0,3}#{1,6}\s++(?P<heading>.+?)(?<![\s#])[\s#]*+|\s*\*\*(?P<bold>[^*|]+)\*\*\s*")
_RULE = re.compile(
    r"\s*+\|?(?:\s*+:?-{3,}+:?\s*+\|)++(?:\s*+:?-{3,}+:?\s*+)?|\s*+(?:(?:-{2,}+|={2,}+)\s++)++(?:-{2,}+|={2,}+)\s*+"
)
"""The rule below the header of a table in Markdown, and of one that was put in columns with spaces."""

_REST_RULE = re.compile(r"\s*(?:={2,}\s+)+={2,}\s*")
_MAX_WORDS_BETWEEN_ROWS = 30
_TABLES = ("disclosure", "requests", "review", "statistics")
_LAST_ROWS = ("复议后起诉", "接受培训")

_FEWEST_BARS = 2
_LINES_BEFORE = 3
_FEWEST_EVEN_LINES = 3

Shape = Literal["rows", "cells", "unparted", "tabs", "bars", "words", "prose"]


@dataclass(frozen=True, slots=True)
class _Run:
    shape: Shape
    lines: tuple[Line, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()


def text_blocks(lines: Sequence[Line], is_whole: bool = False) -> tuple[Block, ...]:
    """Return the paragraphs and tables of a text. Of tables only the order of cells is believed, but for even rows.

    ``is_whole``: the text is known to end where it ends; else a number that ends it amid a table may be cut. Raises ``TooBigError`` for a table past the limit.
    """
    is_rest = any(_REST_RULE.fullmatch(line.text) for line in lines)
    plain = [without_markup(line) for line in without_lines_around_bars(lines)]
    unmarked = [replace(line, text=_unmarked(_without_dots(line.text) if is_rest else line.text)) for line in plain]
    kept = [line for line in unmarked if not is_page_mark(line) and not _RULE.fullmatch(line.text)]
    kept = without_boxes(kept)
    while kept and kept[-1].is_blank():
        kept.pop()
    kept = list(with_closed_cells(with_single_bars(kept), _is_prose))
    runs = list(_runs(kept))
    if not is_whole:
        runs[-1:] = map(_ended, runs[-1:])
    change = without_padding if is_padded(kept) else with_strange_spoiled
    runs = [_with_rows(run, change) for run in runs]
    return tuple(block for run in _in_columns(runs) for block in _blocks(run))


def _in_columns(runs: Sequence[_Run]) -> Iterator[_Run]:
    """Yield the stretches of a text, those of wrapped tables with their rows where these keep their columns."""
    kept = [[line for line in run.lines if not line.is_blank()] for run in runs if run.shape == "words"]
    found = iter(rows_in_columns(kept) or ()) if kept else iter(())
    for run in runs:
        rows = next(found, None) if run.shape == "words" else None
        yield run if rows is None else replace(run, rows=tuple(map(tuple, rows)))


def _with_rows(run: _Run, change: Callable[[Sequence[Line]], Iterable[Line]]) -> _Run:
    return replace(run, lines=tuple(change(run.lines))) if run.shape in _BETWEEN_BARS else run


def is_page_mark(line: Line) -> bool:
    """Say whether the number of a page stands alone on a line."""
    return _PAGE_MARK.fullmatch(line.text) is not None


def _without_dots(line: str) -> str:
    """Return a line without the dots that stand in a table of reStructuredText where its first cell is blank."""
    return re.sub(r"^(\s*)\.\.(?=\s|$)", r"\1  ", line)


def _unmarked(line: str) -> str:
    """Return a line without the signs of Markdown headings, and a title, heading or sentence of a page that is all in
    one table without the bar of its cell."""
    marked = _MARKDOWN.fullmatch(line)
    if marked:
        return marked["heading"] or marked["bold"]
    if not line.rstrip().endswith("|"):
        return line
    text = line.rstrip("| \t")
    return text if "|" not in text and _is_prose(text) else line


def _is_prose(text: str) -> bool:
    """Say whether a text is a sentence, a heading or a report's title, none of which stands in a table of the form."""
    return bool(_SENTENCE_END.search(text) or heading_number(text) or read_title(text).kind == "report")


def _ended(run: _Run) -> _Run:
    """Mark the number with which a text breaks off amid its tables: more digits may have stood behind (7 of 76). What
    else ends it may go on in a cell that is lost, and then nothing is known to be blank."""
    last = run.lines[-1]
    text = "".join(line.text for line in run.lines)
    is_number = last.text.rstrip(" ")[-1:].isdigit()
    if run.shape == "prose" or (is_number and any(label in text for label in _LAST_ROWS)):
        return run
    sign = CUT if is_number else _lost_behind(run)
    return replace(run, lines=(*run.lines[:-1], replace(last, text=last.text.rstrip(" ") + sign)))


def _lost_behind(run: _Run) -> str:
    """Return the cells that are lost where a text breaks off amid a row: the line before it has more."""
    sign = next((sign for sign in "\t|" if sign in run.lines[-1].text), "")
    *before, last = [line.text.rstrip(" ") for line in run.lines if sign in line.text]
    if not sign or not any(vocabulary().meanings(cell, table) for cell in last.split(sign) for table in _TABLES):
        return ""
    missing = max((line.count(sign) for line in before[-_LINES_BEFORE:]), default=0) - last.count(sign)
    if sign == "|":
        return (LOST + sign) * missing if last.endswith(sign) else sign + (LOST + sign) * (missing - 1)
    return LOST * last.endswith(sign) + (sign + LOST) * missing


def _runs(lines: list[Line]) -> Iterator[_Run]:
    """Split the text into stretches of one shape."""
    start = 0
    while start < len(lines):
        shape, stop = _stretch(lines, start)
        yield _Run(shape, tuple(lines[start:stop]))
        start = stop


def _stretch(lines: list[Line], start: int) -> tuple[Shape, int]:
    first = lines[start]
    if (even := _end_of_even_bars(lines, start)) > start:
        return "rows", even
    if first.is_bar() or _before_lone_bar(lines, start):
        return "bars", _end_of_bars(lines, start)
    if first.has_tab():
        stop = _end_of_tabs(lines, start)
        single = sum(line.is_single_cell() for line in lines[start:stop])
        return (
            _of_cells(lines[start:stop]) if single * 2 > sum(map(Line.has_tab, lines[start:stop])) else "tabs"
        ), stop
    stop = start + 1
    if is_table_start(first.text):
        while stop < len(lines) and not _ends_words(lines[stop]):
            stop += 1
        return "words", stop
    while stop < len(lines) and not _begins_table(lines, stop):
        stop += 1
    return "prose", stop


def _of_cells(lines: Sequence[Line]) -> Shape:
    """Say whether blank lines part the rows of cells that stand on lines of their own."""
    is_parted = any(line.is_blank() and not line.has_tab() and below.has_tab() for line, below in pairwise(lines))
    return "cells" if is_parted else "unparted"


def _begins_table(lines: list[Line], place: int) -> bool:
    line = lines[place]
    if line.is_bar() or line.has_tab() or is_table_start(line.text) or _before_lone_bar(lines, place):
        return True
    return _end_of_even_bars(lines, place) > place


def _before_lone_bar(lines: list[Line], place: int) -> bool:
    """Say whether a line is a cell whose bar stands alone on the next line (规章 / | / 0 / |, seen on 新疆 portals), or before
    the next cell (行政复议 / | 行政诉讼 |) in a text in which not every row begins with one.

    Elsewhere the lone bar opens the table's first row; the heading or sentence above it is not of the table.
    """
    is_before_cell = _starts_with_bar(lines, place + 1) and not _starts_with_bar(lines, place + 2)
    is_closed = _has_bar_below(lines, place) or (is_before_cell and not lines[place].holds_bar())
    return is_closed and not lines[place].is_blank() and not _is_prose(lines[place].text)


def _starts_with_bar(lines: list[Line], place: int) -> bool:
    return place < len(lines) and lines[place].text.lstrip().startswith("|")


def _has_bar_below(lines: list[Line], place: int) -> bool:
    return place + 1 < len(lines) and lines[place + 1].is_bar() and not lines[place + 1].text.strip(" |")


def _ends_words(line: Line) -> bool:
    return line.is_bar() or line.has_tab() or heading_number(line.text) is not None


def _end_of_even_bars(lines: list[Line], start: int) -> int:
    """Return where a table ends whose lines all hold as many bars and so are its rows; ``start`` where there is none."""
    bars = lines[start].text.count("|")
    if bars < _FEWEST_BARS:
        return start
    stop = start
    while stop < len(lines) and (lines[stop].text.count("|") == bars or lines[stop].is_blank()):
        stop += 1
    goes_on = stop < len(lines) and lines[stop].holds_bar()
    count = sum(not line.is_blank() for line in lines[start:stop])
    return start if goes_on or count < _FEWEST_EVEN_LINES else stop


def _end_of_bars(lines: list[Line], start: int) -> int:
    """Return where a table of bars ends: at a heading, or after the last bar (and a last row without its bar).

    Where the bars of cells stand on lines of their own, what has one below it is a cell (一、主动公开情况 / |, in the form of
    2014) and no heading.
    """
    stop = last = start
    is_below = not lines[start].is_bar()
    while stop < len(lines):
        if lines[stop].is_bar():
            last = stop
        elif not (is_below and _has_bar_below(lines, stop)) and (stop - last > 2 or _is_prose(lines[stop].text)):
            break
        stop += 1
    after = last + 1
    if after < len(lines) and (lines[after].is_value() or lines[after].holds_bar()):
        return after + 1
    return after


def _end_of_tabs(lines: list[Line], start: int) -> int:
    """Return where a table of tabs ends; short lines between its rows are pieces of labels."""
    stop = last = start
    while stop < len(lines):
        line = lines[stop]
        if line.has_tab():
            last = stop
        elif heading_number(line.text) is not None or len(line.text) > _MAX_WORDS_BETWEEN_ROWS or stop - last > 6:
            break
        stop += 1
    after = last + 1
    # A number directly below the last row, or half of one, may be the rest of the row's own, at whose middle a line ended.
    goes_on = after < len(lines) and (lines[after].is_value() or _REST.fullmatch(lines[after].text.strip()))
    return after + 1 if goes_on else after


_ROWS = {
    "rows": line_rows,
    "cells": cell_rows,
    "unparted": unparted_rows,
    "tabs": tab_rows,
    "bars": bar_rows,
    "words": word_rows,
}
_COMPLETE = frozenset(("rows", "cells", "bars"))
"""In these no cell is lost: blank ones have their sign."""

_BETWEEN_BARS = frozenset(("rows", "bars"))
_IN_LINES = frozenset(("rows", "tabs"))
"""In these every line is a row."""


def _blocks(run: _Run) -> Iterator[Block]:
    if run.shape == "prose":
        yield from (Paragraph(line.text.strip(), f"line {line.number}") for line in run.lines if line.text.strip())
        return
    rows = run.rows or list(_ROWS[run.shape](run.lines))
    rows = with_broken_marked(rows, run.lines) if run.shape == "words" and not run.rows else rows
    aligned = run.shape in _IN_LINES and are_even(rows)
    complete = aligned or run.shape in _COMPLETE or bool(run.rows)
    found = grid(rows, f"line {run.lines[0].number}", complete=complete, aligned=aligned)
    if found is not None:
        yield found
