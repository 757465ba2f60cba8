"""Printings of the form seen on real portals: what their editors left in, out or half of the tables."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.kit import html_page, tables
from tests.kit.html_styles import report_page
from tests.kit.html_tables import table
from tests.kit.tables import Box, Rows
from tests.kit.truth import Truth

Change = Callable[[Rows], Rows]

_EXPLAINED = {
    "规章": "规章（设区的市、自治州人民政府应提供相关数据）",
    "规范性文件": "规范性文件（指各行政机关印发的有正式文号的文件）",
    "上一年项目数量": "上一年项目数量（指2019年事项数）",
    "本年增/减": "本年增/减（指增加或减少的事项数，减用负值表示，如-8）",
    "处理决定数量": "处理决定数量（指2020年办件量）",
    "现行有效件数": "现行有效件数（历史累计）",
}
_SPOILT = {
    "本年增/减": "本年增/",
    "现行有效件数": "现行有效件",
    "本年收费金额（单位：万元）": "本年收费金额单位:万元",
    "第二十条第（一）项": "第二十条第",
    "第二十条第（五）项": "第二十条第",
    "5.属于三类内部事务信息": "5.属于三类内容事务信息",
}
_HALVES = {"本年新制作数量": ("本年新", "制作数量"), "本年新公开数量": ("本年新", "公开数量")}


def empty_last_column(rows: Rows) -> Rows:
    """A column at the right edge in which nothing stands."""
    return [[*row, Box("")] for row in rows]


def name_of_the_table(rows: Rows) -> Rows:
    """The section's heading again, as the first row of table 1."""
    return [[Box("主动公开政府信息情况", colspan=tables.width(rows))], *rows]


def no_first_article(rows: Rows) -> Rows:
    """Without the row 第二十条第（一）项."""
    return rows[1:]


def explained(rows: Rows) -> Rows:
    """Labels with explanations in brackets, as a county's editors handed the form down."""
    return _renamed(rows, _EXPLAINED)


def spoilt(rows: Rows) -> Rows:
    """Labels that lost signs on the way from one editor to the next."""
    return _renamed(rows, _SPOILT)


def cut_headers(rows: Rows) -> Rows:
    """The second line of 本年新|制作数量 lost."""
    return _renamed(rows, {whole: first for whole, (first, _) in _HALVES.items()})


def headers_in_two_rows(rows: Rows) -> Rows:
    """The second line of 本年新|制作数量 in a row of cells of its own."""
    place = next((at for at, row in enumerate(rows) if any(box.text in _HALVES for box in row)), None)
    if place is None:
        return rows
    upper = [
        replace(box, text=_HALVES[box.text][0]) if box.text in _HALVES else replace(box, rowspan=2)
        for box in rows[place]
    ]
    lower = [replace(box, text=_HALVES[box.text][1]) for box in rows[place] if box.text in _HALVES]
    return [*rows[:place], upper, lower, *rows[place + 1 :]]


def one_more_kind(rows: Rows) -> Rows:
    """A row of the province's own below the prescribed ones of its block."""
    at = next(number for number, row in enumerate(rows) if row[0].text.endswith("规范性文件"))
    own = [Box("其他主动公开文件", rows[at][0].colspan), *(Box(text, is_value=True) for text in ("186", "86", "255"))]
    return [*rows[: at + 1], own, *rows[at + 1 :]]


CHANGES: dict[str, Change] = {
    change.__name__: change
    for change in (
        empty_last_column,
        name_of_the_table,
        no_first_article,
        explained,
        spoilt,
        cut_headers,
        headers_in_two_rows,
        one_more_kind,
    )
}
"""What was done to table 1; the others stay as they are, but for their labels."""


def render(truth: Truth, rng: Random, name: str) -> bytes:
    """Print a report as a page whose table 1 is changed."""
    change = CHANGES[name]
    requests = _renamed(tables.requests(truth), _SPOILT) if change is spoilt else tables.requests(truth)
    written = (table(change(tables.disclosure(truth))), table(requests), table(tables.review(truth)))
    return html_page.page(truth, rng, report_page(truth, *written)).encode()


def _renamed(rows: Rows, names: dict[str, str]) -> Rows:
    return [[replace(box, text=names.get(box.text, box.text)) for box in row] for row in rows]
