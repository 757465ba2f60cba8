"""Rows of text that are those of a grid: each has a cell for every column, so each figure stands below its header.

As sheets and Markdown have them. Rows that were packed to the left and then filled up, or in which merged cells left one
blank here and two there, have as many cells, too; but their labels and figures do not stand in columns of their own.
"""

from collections.abc import Iterator, Sequence

from extract.labels import key, vocabulary
from extract.plain_text.tables import Cell
from extract.templates._shared import APPLICANTS, REVIEW
from extract.text import parse_number

_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 3
_TOLD_APART = tuple(column.name for column in APPLICANTS[:5])
_BODIES = tuple(row.name for row in REVIEW.rows)
_UNIT_HEADS = frozenset(("单位", "计量单位", "统计单位"))
_LONGEST = 20
"""A cell with more characters is no figure."""

_SHORTEST_LABEL = 4
"""总计 and 其他 head rows and columns of several tables."""


def are_even(rows: Sequence[Sequence[Cell]]) -> bool:
    """Say whether rows of cells are the rows of one grid."""
    lengths = {len(row) for row in rows}
    if len(rows) < _FEWEST_ROWS or len(lengths) != 1 or lengths.pop() < _FEWEST_COLUMNS:
        return False
    return _applicants_in_place(rows) and _bodies_in_place(rows) and _units_in_place(rows)


def _applicants_in_place(rows: Sequence[Sequence[Cell]]) -> bool:
    words = vocabulary()
    places: dict[str, int] = {}
    for column, text in _cells(rows):
        name = words.column(text, "requests")
        if name in _TOLD_APART:
            places.setdefault(name, column)
    if not places:
        return not any(_is_request(text) for _, text in _cells(rows))
    found = [places.get(name, -1) for name in _TOLD_APART]
    first = found[0]
    in_a_row = found == list(range(first, first + len(found))) and first > 0
    beside = {column for column, text in _cells(_above(rows)) if column > first and not _is_figure(text)}
    totals = [column for column, text in _cells(rows) if words.column(text, "requests") == APPLICANTS[-1].name]
    own = range(first, 1 + max([first + len(found), *totals]))
    return in_a_row and all(_is_in_place(row, own, beside) for row in rows)


def _above(rows: Sequence[Sequence[Cell]]) -> Sequence[Sequence[Cell]]:
    """Return the rows above the first row of the form."""
    printed = (number for number, row in enumerate(rows) if any(_is_request(text) for text, _ in row))
    return rows[: next(printed, len(rows))]


def _is_in_place(row: Sequence[Cell], own: range, beside: set[int]) -> bool:
    """Say whether a row of the requests table has its label before the applicants' columns, and its figures in them."""
    labels = [column for column, (text, _) in enumerate(row) if _is_request(text)]
    if not labels:
        return True
    figures = [column for column, (text, _) in enumerate(row) if text and _is_figure(text)]
    return labels[-1] < own.start and all(
        column in own or column < labels[-1] or column in beside for column in figures
    )


def _is_figure(text: str) -> bool:
    return parse_number(text).state in ("reported", "mark")


def _is_request(text: str) -> bool:
    return len(key(text)) >= _SHORTEST_LABEL and vocabulary().row(text, ("requests",)) is not None


def _bodies_in_place(rows: Sequence[Sequence[Cell]]) -> bool:
    """Say whether the three bodies of the review table stand at equal distances, or head a row each."""
    places: dict[str, tuple[int, int]] = {}
    for line, row in enumerate(rows):
        for column, (text, _) in enumerate(row):
            if text and (label := vocabulary().row(text, ("review",))) is not None:
                places.setdefault(label.row, (line, column))
    if len(places) != len(_BODIES):
        return not places
    (above, first), (middle, second), (below, third) = (places[body] for body in _BODIES)
    if above < middle < below:
        return first <= second == third
    return third - second == second - first != 1


def _units_in_place(rows: Sequence[Sequence[Cell]]) -> bool:
    """Say whether no figure stands below 单位, as where a row of the form of 2014 without its blank was filled up."""
    columns = {column for column, text in _cells(rows) if key(text) in _UNIT_HEADS}
    return not any(column in columns and _is_figure(text) for column, text in _cells(rows) if len(text) < _LONGEST)


def _cells(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, str]]:
    return ((column, text) for row in rows for column, (text, _) in enumerate(row) if text)
