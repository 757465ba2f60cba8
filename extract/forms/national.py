"""The tables of the national form as its circular prints them, with a figure in every cell: most reports print just these.

Made of the templates: their labels, groups and columns. What else stands in the tables (titles over several columns,
the unit of money, the hint at the sums) is that of the annexes of 国办公开办函〔2019〕60号 and 〔2021〕30号.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from extract.grid import RawCell, build
from extract.model import Grid
from extract.templates import Column, Row, Table, Template

_FIGURE = "0"
_SUM_HINT = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_APPLICANTS, _LEGAL_PERSONS = "申请人情况", "法人或其他组织"
_INFORMATION = "信息内容"
_RECONSIDERATION = "行政复议"
_WITH_UNIT = {"本年收费金额": "本年收费金额（单位：万元）"}

_LABEL_COLUMNS = 3
_VALUE_COLUMNS = 3
"""Columns of labels in the requests table, and of figures in the disclosure table."""

Rows = list[list[RawCell]]


def printed_tables(template: Template) -> list[Grid]:
    """Return the tables of a form year; none of a year whose form has other tables than these."""
    tables = {table.name: table for table in template.tables}
    if not tables.keys() <= _PRINTERS.keys():
        return []
    return [build(_PRINTERS[name](table), f"table {number}") for number, (name, table) in enumerate(tables.items(), 1)]


def _cell(text: str, columns: int = 1, rows: int = 1) -> RawCell:
    return RawCell(text, text, rows, columns)


def _figures(columns: Iterable[Column]) -> list[RawCell]:
    return [_cell(_FIGURE) for _ in columns]


def _disclosure(table: Table) -> Rows:
    """Return a block for each item of article 20: the item, a header, and the rows under it."""
    rows: Rows = []
    for basis, members in groupby(table.rows, lambda row: row.legal_basis):
        mine = list(members)
        labels = [_WITH_UNIT.get(column.label, column.label) for column in mine[0].columns]
        rows.append([_cell(basis, 1 + _VALUE_COLUMNS)])
        rows.append([_cell(_INFORMATION), *_spread(labels)])
        rows += [[_cell(row.label), *_spread([_FIGURE] * len(labels))] for row in mine]
    return rows


def _spread(texts: list[str]) -> Iterator[RawCell]:
    """Yield cells of which the last one fills what is left of the columns of figures."""
    yield from map(_cell, texts[:-1])
    yield _cell(texts[-1], 1 + _VALUE_COLUMNS - len(texts))


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


_PRINTERS = {"disclosure": _disclosure, "requests": _requests, "review": _review}
