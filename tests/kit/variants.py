"""What agencies and programs do to the tables of the form: columns beside them, notes above, merged cells taken apart."""

from collections.abc import Callable
from dataclasses import replace

from tests.kit import tables
from tests.kit.story import story
from tests.kit.tables import Box, Rows
from tests.kit.truth import Truth

_REMARKS = ("", "", "详见附件", "/", "", "含下属单位")


def _header_rows(rows: Rows) -> int:
    return next(place for place, row in enumerate(rows) if any(box.is_value for box in row))


def numbered(rows: Rows) -> Rows:
    """Put a column of running numbers before a table."""
    first = _header_rows(rows)
    counts = [Box(str(place - first + 1)) for place in range(first, len(rows))]
    return [
        [Box("序号", rowspan=first), *rows[0]],
        *rows[1:first],
        *([n, *row] for n, row in zip(counts, rows[first:], strict=True)),
    ]


def remarked(rows: Rows) -> Rows:
    """Put a column of remarks behind a table, its header on the first row alone."""
    behind = ("备注", *("" for _ in rows[1 : _header_rows(rows)]))
    notes = (*behind, *(_REMARKS[place % len(_REMARKS)] for place in range(len(rows) - len(behind))))
    return [[*row, Box(note)] for row, note in zip(rows, notes, strict=True)]


def compared(rows: Rows) -> Rows:
    """Put last year's figures behind a table, under a header of their own in every block of it."""
    first = _header_rows(rows)
    if len(rows[0]) > 1:
        header = [[*rows[0], Box("上年合计", rowspan=first)], *rows[1:first]]
        return [*header, *([*row, Box(str(place))] for place, row in enumerate(rows[first:]))]
    behind = ("上年数" if row[0].text == "信息内容" else "12%" for row in rows if len(row) > 1)
    return [
        [replace(row[0], colspan=row[0].colspan + 1)] if len(row) == 1 else [*row, Box(next(behind))] for row in rows
    ]


def subtotalled(rows: Rows) -> Rows:
    """Put a column 小计 behind those of 法人或其他组织; other tables stay."""
    if len(rows[0]) != 2 or rows[0][1].text != "申请人情况":
        return rows
    head = [[rows[0][0], replace(rows[0][1], colspan=8)]]
    head.append([rows[1][0], replace(rows[1][1], colspan=6), rows[1][2]])
    head.append([*rows[2], Box("小计")])
    return [*head, *([*row[:-1], Box("7"), row[-1]] for row in rows[3:])]


def turned(rows: Rows) -> Rows:
    """Print the requests table on its side, the applicants one below the other; other tables stay."""
    if len(rows[0]) != 2 or rows[0][1].text != "申请人情况":
        return rows
    columns = list(zip(*([box for box, _, _ in line] for line in tables.positions(rows)), strict=True))
    groups, labels = columns[1], columns[2]
    above = [replace(box, colspan=1, rowspan=1) for box in groups[3:]]
    header = [[Box("申请人", rowspan=2), *above], [replace(box, colspan=1, rowspan=1) for box in labels[3:]]]
    names = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    return [*header, *([Box(name), *column[3:]] for name, column in zip(names, columns[3:], strict=True))]


def fallen(rows: Rows) -> Rows:
    """Print the review table with its results one below the other; other tables stay."""
    if rows[0][0].text != "行政复议":
        return rows
    columns = list(zip(*([box for box, _, _ in line] for line in tables.positions(rows)), strict=True))
    bodies = (columns[at][0 if at == 0 else 1].text for at in range(0, 15, 5))
    heads = {5 * place: Box(body, rowspan=5) for place, body in enumerate(bodies)}
    return [
        [*([heads[place]] if place in heads else []), Box(column[2].text), column[3]]
        for place, column in enumerate(columns)
    ]


def titled(rows: Rows) -> Rows:
    """Put a title and the unit above a table, each over all its columns."""
    columns = tables.width(rows)
    return [[Box("政府信息公开情况统计表", columns)], [Box("单位：件", columns)], *rows]


def unmerged(rows: Rows) -> Rows:
    """Take merged cells apart: the text stays in the first position."""
    return [
        [Box(box.text if top and left else "", is_value=box.is_value) for box, top, left in line]
        for line in tables.positions(rows)
    ]


def repeated(rows: Rows) -> Rows:
    """Take merged cells apart: the text stands in every position."""
    return [[replace(box, colspan=1, rowspan=1) for box, _, _ in line] for line in tables.positions(rows)]


def crowded(rows: Rows) -> Rows:
    """Number and remark a table, then take its merged cells apart."""
    return unmerged(numbered(remarked(subtotalled(rows))))


VARIANTS: dict[str, Callable[[Rows], Rows]] = {
    "numbered": numbered,
    "remarked": remarked,
    "compared": compared,
    "subtotalled": subtotalled,
    "turned": turned,
    "fallen": fallen,
    "titled": titled,
    "unmerged": unmerged,
    "repeated": repeated,
    "crowded": crowded,
}


def varied(truth: Truth, variant: str) -> list[str | Rows]:
    """Return a report with its tables in a variant."""
    return [part if isinstance(part, str) else VARIANTS[variant](part) for part in story(truth)]
