"""The tables of the national form as its circular prints them, with a figure in every cell: most reports print just these.

Made of the templates: their labels, groups and columns. What else stands in the tables (titles over several columns,
the unit of money, the hint at the sums) is that of the annexes of 国办公开办函〔2019〕60号 and 〔2021〕30号.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from extract.grid import RawCell, build
from extract.model import Grid
from extract.templates import Column, Row, Table, Template

_DISCLOSURE = "disclosure"
_FIGURE = "0"
_SUM_HINT = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_APPLICANTS, _LEGAL_PERSONS = "申请人情况", "法人或其他组织"
_INFORMATION = "信息内容"
_RECONSIDERATION = "行政复议"
_FEES = "本年收费金额"
_YEAR_BEFORE = "上一年项目数量"
_UNITS = ("（单位：万元）", "（单位：万元，保留四位小数）")
"""Behind the fees of 2021; the second stands in the forms that portals give their agencies to fill in."""

_LABEL_COLUMNS = 3
"""In the requests table."""

Rows = list[list[RawCell]]
Spans = Mapping[int, tuple[int, ...]]

_SPANS: Spans = {1: (3,), 2: (1, 2), 3: (1, 1, 1)}
_EVEN_SPANS: Spans = {2: (2, 2), 3: (1, 2, 1)}
"""How many columns each of one, two or three figures of a row of the disclosure table takes."""

_EARLY_SPANS: Spans = {**_EVEN_SPANS, 3: (2, 1, 1)}
"""The same in the rows that count changes, where their header keeps the even ones (上海市人民政府办公厅, 2019)."""


def printings(template: Template) -> list[list[Grid]]:
    """Return the tables of a form year, once for each way in which its first is usually printed; none of a year whose form
    has other tables than these."""
    first, *others = template.tables
    if first.name != _DISCLOSURE or not {table.name for table in others} <= _PRINTERS.keys():
        return []
    rest = [build(_PRINTERS[table.name](table), f"table {number}") for number, table in enumerate(others, 2)]
    return [[build(rows, "table 1"), *rest] for rows in _disclosures(first)]


def _disclosures(table: Table) -> Iterator[Rows]:
    """Yield the rows of the first table: with each unit, or where rows have two figures, also with these of one width."""
    if any(column.label == _FEES for row in table.rows for column in row.columns):
        yield from (_disclosure(table, unit) for unit in _UNITS)
    else:
        yield _disclosure(table)
        yield from (_disclosure(table, "", _EVEN_SPANS, changes) for changes in (_EVEN_SPANS, _EARLY_SPANS))


def _cell(text: str, columns: int = 1, rows: int = 1) -> RawCell:
    return RawCell(text, text, rows, columns)


def _figures(columns: Iterable[Column]) -> list[RawCell]:
    return [_cell(_FIGURE) for _ in columns]


def _disclosure(table: Table, unit: str = "", spans: Spans = _SPANS, changes: Spans = _SPANS) -> Rows:
    """Return a block for each item of article 20: the item, a header, and the rows under it.

    ``changes`` are the spans of rows whose header has the year before beside the change.
    """
    rows: Rows = []
    for basis, members in groupby(table.rows, lambda row: row.legal_basis):
        mine = list(members)
        labels = [column.label + (unit if column.label == _FEES else "") for column in mine[0].columns]
        widths = spans[len(labels)]
        rows.append([_cell(basis, 1 + sum(widths))])
        rows.append([_cell(_INFORMATION), *map(_cell, labels, widths)])
        below = (changes if labels[0] == _YEAR_BEFORE else spans)[len(labels)]
        rows += [[_cell(row.label), *(_cell(_FIGURE, width) for width in below)] for row in mine]
    return rows


def _requests(table: Table) -> Rows:
    applicants = table.rows[0].columns
    first, *persons, last = (column.label for column in applicants)
    header = [
        [_cell(_SUM_HINT, _LABEL_COLUMNS, 3), _cell(_APPLICANTS, len(applicants))],
        [_cell(first, rows=2), _cell(_LEGAL_PERSONS, len(persons)), _cell(last, rows=2)],
        [_cell(label) for label in persons],
    ]
    return header + [[*labels, *_figures(row.columns)] for row, labels in _labelled(table)]


def _labelled(table: Table) -> Iterator[tuple[Row, list[RawCell]]]:
    """Yield each row of the requests table with the labels that begin beside it."""
    results = next(row.group for row in table.rows if row.group)
    inside = [row for row in table.rows if row.group]
    for row in table.rows:
        labels = [_cell(results, rows=len(inside))] if row is inside[0] else []
        if row.group in ("", results):
            yield row, [*labels, _cell(row.label, 2 if row.group else _LABEL_COLUMNS)]
            continue
        members = [other for other in inside if other.group == row.group]
        group = [_cell(row.group, rows=len(members))] if row is members[0] else []
        yield row, [*labels, *group, _cell(row.label)]


def _review(table: Table) -> Rows:
    """Return the three bodies side by side, each with the same columns."""
    first, *others = table.rows
    labels = [column.label for column in first.columns]
    width = len(labels)
    return [
        [_cell(_RECONSIDERATION, width), _cell(others[0].group, width * len(others))],
        [*(_cell(label, rows=2) for label in labels), *(_cell(row.label, width) for row in others)],
        [_cell(label) for _ in others for label in labels],
        [cell for row in table.rows for cell in _figures(row.columns)],
    ]


_PRINTERS = {"requests": _requests, "review": _review}
