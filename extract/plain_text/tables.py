"""Rows of cells from the lines of a flattened table. Column positions are lost; the order of cells is not."""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.changes import is_change
from extract.errors import TooBigError
from extract.labels import key, vocabulary
from extract.limits import MAX_GRID_CELLS
from extract.model import Grid, GridCell
from extract.plain_text.woven_labels import outcomes_in_order, woven_labels
from extract.text import LOST, compact, parse_number

_TABLE_STARTS = ("第二十条第", "信息内容", "本列数据的勾稽", "申请人情况")
_APPLICANTS = frozenset(("自然人", "商业企业", "科研机构"))
"""The words of a header in one line; a sentence that lists them has signs between them."""

_REVIEW_START = re.compile(r"行政复议行政诉讼|行政诉讼行政复议|行政复议|行政诉讼")
_BRACKETED = re.compile(r"[(（][^()（）]{0,60}[)）]")
# An ordinal belongs to the label that follows it, also behind a space or on the line above: 2. 重复申请. A unit in which
# figures are larger or smaller than they read belongs to the figure before it: 251000 元, 12 万.
_WORD = re.compile(
    r"(?<!\S)(?:(?:\d ?[.、．)）]|[(（]\d[)）]|[①-⑨])\s+|\d\n[.、．)）]\s*)[一-鿿]\S*"
    r"|(?<!\S)\d[\d.,]{0,15}[ \u3000]{1,3}(?:[十百千万亿]{1,2}[元件条次项人]?|元)(?!\S)|\S+"
)
_GLUED = re.compile(r"(?P<label>.*[^\W\d_][)）”」]?)(?P<digits>\d[\d.,]*)")
_TABLES = ("disclosure", "requests")
_NEARLY_ALL = 0.9
_FEWEST_BARS = 3
"""Around a label and a value."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, numbered from 1."""

    number: int
    text: str

    def has_tab(self) -> bool:
        """Say whether the line holds cells separated (or begun) by tabs."""
        return "\t" in self.text

    def is_single_cell(self) -> bool:
        """Say whether the line is one cell behind one tab."""
        return self.text.startswith("\t") and self.text.count("\t") == 1

    def is_bar(self) -> bool:
        """Say whether the line closes cells with bars."""
        return self.text.rstrip().endswith("|")

    def holds_bar(self) -> bool:
        """Say whether the line holds cells set off by bars."""
        return "|" in self.text

    def is_blank(self) -> bool:
        """Say whether the line holds nothing to see."""
        return not self.text.strip()

    def is_value(self) -> bool:
        """Say whether a number stands alone on the line."""
        return parse_number(self.text).state == "reported"


Cell = tuple[str, int]
"""The text of a cell and the number of the line where it begins."""


def is_table_start(text: str) -> bool:
    """Say whether a line of wrapped text begins a table of the form."""
    if _APPLICANTS.issubset(text.split()):
        return True
    line = key(text)
    return line.startswith(tuple(map(key, _TABLE_STARTS))) or bool(_REVIEW_START.fullmatch(line))


def grid(rows: Iterable[Sequence[Cell]], at: str, complete: bool, aligned: bool = False) -> Grid | None:
    """Return rows of cells as a grid, or ``None`` when there is no cell. Raises ``TooBigError``."""
    cells = tuple(
        GridCell(row, column, text.strip(), f"line {number}")
        for row, found in enumerate(found for found in rows if found)
        for column, (text, number) in enumerate(found)
    )
    if len(cells) > MAX_GRID_CELLS:
        raise TooBigError(f"a table of more than {MAX_GRID_CELLS} cells")
    if not cells:
        return None
    return Grid(cells[-1].row + 1, 1 + max(cell.column for cell in cells), cells, at, aligned, complete)


def tab_rows(lines: Iterable[Line]) -> Iterator[list[Cell]]:
    """Yield a row for every line, cells separated by tabs."""
    for line in lines:
        if not line.is_blank() or line.has_tab():
            yield [(text, line.number) for text in line.text.split("\t")]


def cell_rows(lines: Iterable[Line]) -> Iterator[list[Cell]]:
    """Yield rows of cells that stand one a line behind a tab; a blank line before a tab begins a new row.

    A line without a tab goes on with the cell before it (a label broken in the middle).
    """
    row: list[Cell] = []
    blank = False
    for line in lines:
        if line.has_tab():
            if blank:
                yield row
                row = []
            row.extend((text, line.number) for text in line.text.split("\t")[1:])
        elif not line.is_blank() and row:
            row[-1] = (_joined(row[-1][0], line.text.strip()), row[-1][1])
        blank = line.is_blank() and not line.has_tab()
    yield row


def unparted_rows(lines: Iterable[Line]) -> Iterator[list[Cell]]:
    """Yield rows of cells that stand one a line behind a tab, with no blank line left between the rows.

    Words after a value or a blank cell begin the next row. Blank cells before those words stay with the row above, so one
    too many goes unnoticed: where two tabs stand on a line, what is between them is not said to be blank.
    """
    whole = [replace(line, text=line.text.replace("\t\t", f"\t{LOST}\t")) for line in lines]
    return rows_of_cells(cell for row in cell_rows(whole) for cell in row)


def bar_rows(lines: Iterable[Line]) -> Iterator[list[Cell]]:
    """Yield rows of cells closed by bars. No sign ends a row: words after a value or an empty cell begin the next.

    Where nearly every line is a row between bars (Markdown), blank cells of merged labels stand before its first words too.
    """
    kept = [line for line in lines if not line.is_blank()]
    if sum(map(_is_row, kept)) >= _NEARLY_ALL * len(kept):
        yield from line_rows(kept)
        return
    for row in rows_of_cells(_bar_cells(_without_first_bars(_without_bars_above(kept)))):
        yield from _by_labels(row)


def line_rows(lines: Iterable[Line]) -> Iterator[list[Cell]]:
    """Yield a row for every line of cells set off by bars; a bar with which every line begins or ends closes no cell."""
    kept = [replace(line, text=line.text.strip()) for line in lines if not line.is_blank()]
    first = all(line.text.startswith("|") for line in kept)
    last = -1 if all(line.is_bar() for line in kept) else None
    for line in kept:
        yield [(text.strip(), line.number) for text in line.text[first:last].split("|")]


def _is_row(line: Line) -> bool:
    return line.text.lstrip().startswith("|") and line.is_bar() and line.text.count("|") >= _FEWEST_BARS


def _by_labels(row: list[Cell]) -> Iterator[list[Cell]]:
    """Yield what stands from each label of the disclosure table on: a row answered in words ends at the next label."""
    begun: list[Cell] = []
    for cell in row:
        if begun and vocabulary().row(cell[0], ("disclosure",)):
            yield begun
            begun = []
        begun.append(cell)
    yield begun


def _without_first_bars(lines: list[Line]) -> list[Line]:
    """Drop the bar at the head of each line where all have one (| 规章 | 0 |): it closes no cell."""
    if not all(line.text.lstrip().startswith("|") for line in lines if not line.is_blank()):
        return lines
    return [replace(line, text=line.text.lstrip().removeprefix("|")) for line in lines]


def _without_bars_above(lines: list[Line]) -> list[Line]:
    """Drop the bars that stand alone above every row where one stands above the first; other lone bars close empty cells.

    A row begins with a label, or below cells that are merged (总计 | |||||), whose bars end the row before it.
    """
    if not lines or lines[0].text.strip() != "|":
        return lines
    before = ["||", *(line.text.replace(" ", "").rstrip() for line in lines)]
    after = [*(line.text for line in lines[1:]), ""]
    return [
        line
        for line, above, below in zip(lines, before, after, strict=False)
        if line.text.strip() != "|" or not (above.endswith("||") or _is_words(below.rstrip("| ")))
    ]


def _bar_cells(lines: Iterable[Line]) -> Iterator[Cell]:
    pending = ""
    for line in lines:
        pieces = line.text.split("|")
        for piece in pieces[not pending and _begins_below_merged(pieces) : -1]:
            yield _joined(pending, piece.strip()), line.number
            pending = ""
        pending = _joined(pending, pieces[-1].strip())
    if pending:
        yield pending, line.number


def _begins_below_merged(pieces: Sequence[str]) -> bool:
    """Say whether the first cell of a row is blank because it is merged with the one above: it is none of the row before."""
    return len(pieces) > _FEWEST_BARS and not pieces[0].strip() and _is_words(pieces[1])


def _joined(text: str, rest: str) -> str:
    """Return a cell with what stands on its next line; digits of two lines stay apart, for they may be two numbers."""
    return f"{text} {rest}" if text[-1:].isdigit() and rest[:1].isdigit() else text + rest


def word_rows(lines: Iterable[Line]) -> Iterator[list[Cell]]:
    """Yield rows from wrapped text: words, then numbers. Numbers inside brackets (保留4位小数) are words."""
    yield from rows_of_cells(_words(_with_whole_labels(list(lines))))


def _with_whole_labels(lines: list[Line]) -> list[Line]:
    """Put the broken labels of table 3 together, on the line where they begin."""
    found = woven_labels([line.text for line in lines])
    if found is None:
        return lines
    first, stop = found
    return [*lines[:first], replace(lines[first], text=outcomes_in_order()), *lines[stop:]]


def _words(lines: Iterable[Line]) -> Iterator[Cell]:
    kept = list(lines)
    text = "\n".join(line.text for line in kept)
    bracketed = [found.span() for found in _BRACKETED.finditer(text)]
    number, newlines = 0, 0
    for found in _WORD.finditer(text):
        newlines += text.count("\n", number, found.start())
        number = found.start()
        word = "".join(found[0].split())
        bracket = bisect(bracketed, (number, len(text))) - 1
        inside = bracket >= 0 and number < bracketed[bracket][1]
        for piece in _pieces(f"（{word}）" if inside and is_value(word) else word):
            yield piece, kept[newlines].number


def _pieces(word: str) -> tuple[str, ...]:
    """Take a row's label from the digits glued to it (行政处罚12): what they say is for the columns to judge."""
    glued = _GLUED.fullmatch(word)
    if glued is None or vocabulary().row(glued["label"], _TABLES) is None:
        return (word,)
    return glued["label"], glued["digits"]


def rows_of_cells(cells: Iterable[Cell]) -> Iterator[list[Cell]]:
    """Yield rows from cells in reading order: words after a value (or an empty cell) begin the next row."""
    row: list[Cell] = []
    for cell in cells:
        if row and _is_words(cell[0]) and not _is_words(row[-1][0]):
            yield row
            row = []
        row.append(cell)
    yield row


def _is_words(text: str) -> bool:
    return not is_value(text) and any(map(str.isalpha, compact(text)))


def is_value(text: str) -> bool:
    """Say whether a text is a figure, a mark or a change."""
    return parse_number(text).state != "unreadable" or is_change(text)
