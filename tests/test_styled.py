"""What styles and scripts do to a page's figures: raised, struck out, out of sight, or not in the page at all."""

import pytest

from extract.formats.html import read
from extract.model import Grid, GridCell
from tests.test_form_traps import HEAD, NEW, cells, reported, table, tr

VALUES = (30, 1, 2, 3, 4, 5, 45)


def shown(cell: str, style: str = "") -> list[str]:
    markup = f"<style>{style}</style><table><tr><td>规章<td>{cell}<td>3</table>"
    [grid] = (block for block in read(markup.encode(), "").blocks if isinstance(block, Grid))
    return [found.text for found in sorted(grid.cells, key=_column)]


def _column(cell: GridCell) -> int:
    return cell.column


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("5<span style='font-size:8px; vertical-align: super'>1</span>", "5[1]"),
        ("<span style='text-decoration:line-through'>7</span>5", "[7]5"),
        ("<font style='text-decoration-line: line-through'>75</font>", "[75]"),
        ("<span style='vertical-align:baseline'>5</span>", "5"),
        ("5<span style='vertical-align:super;display:none'>1</span>", "5"),
    ],
)
def test_what_a_style_raises_or_strikes_out_is_no_digit(cell: str, text: str) -> None:
    assert shown(cell) == ["规章", text, "3"]


@pytest.mark.parametrize(
    "style", ["visibility:hidden", "color:red;visibility : collapse", "opacity:0", "font-size: 0px;", "opacity:0.0"]
)
def test_what_keeps_its_place_out_of_sight_is_not_read(style: str) -> None:
    assert shown(f"<p style='{style}'>9</p>") == ["规章", "", "3"]
    assert shown(f"4<span style='{style}'>9</span>") == ["规章", "4", "3"]


@pytest.mark.parametrize("style", ["opacity:0.5", "font-size:0.9em", "visibility:visible", "opacity: 1"])
def test_what_is_only_pale_or_small_is_read(style: str) -> None:
    assert shown(f"<p style='{style}'>9</p>") == ["规章", "9", "3"]


def test_what_is_shown_again_inside_is_read() -> None:
    assert shown("<div style='font-size:0'><span style='font-size:14px'>9</span></div>") == ["规章", "9", "3"]


def test_a_cell_out_of_sight_keeps_its_column_blank() -> None:
    markup = "<table><tr><td>规章<td style='visibility:hidden'>9<td>3</table>"
    [grid] = (block for block in read(markup.encode(), "").blocks if isinstance(block, Grid))
    assert [(cell.column, cell.text) for cell in grid.cells] == [(0, "规章"), (1, ""), (2, "3")]


@pytest.mark.parametrize("style", ["hidden", "collapse"])
def test_last_years_row_out_of_sight_leaves_this_years_alone(style: str) -> None:
    old = tr(NEW, *(9,) * 7).replace("<tr>", f"<tr style='visibility:{style}'>")
    assert "visibility" in old
    assert cells(table(tr("", *HEAD), tr(NEW, *VALUES), old), "new") == reported(VALUES)


@pytest.mark.parametrize(
    ("cell", "style"),
    [
        ("<span data-v=12 class=v></span>", ".v::before{content:attr(data-v)}"),
        ("<i class=n style='counter-set:n 12'></i>", ".n:after { content : counter(n) }"),
        ("<span v-text='row.issued'></span>", ""),
        ("<b ng-bind=issued> </b>", ""),
        ("<span data-bind='text: issued'></span>", ""),
    ],
)
def test_an_empty_element_that_a_style_or_script_fills_is_no_blank(cell: str, style: str) -> None:
    assert shown(cell, style) == ["规章", "[图片]", "3"]


def test_a_cell_that_a_script_fills_is_no_blank() -> None:
    markup = "<table><tr><td>规章<td v-text='issued'></td><td>3</table>"
    [grid] = (block for block in read(markup.encode(), "").blocks if isinstance(block, Grid))
    assert [cell.text for cell in sorted(grid.cells, key=_column)] == ["规章", "[图片]", "3"]


def test_an_attribute_that_no_style_prints_leaves_a_cell_blank() -> None:
    assert shown("<span data-v=12></span>", ".v{color:red}") == ["规章", "", "3"]


def test_a_table_of_several_years_leaves_the_forms_own_figures_alone() -> None:
    compared = table(tr("项目", "本年", "上年"), tr(NEW, 3, 9))
    assert cells(table(tr("", *HEAD), tr(NEW, *VALUES)) + compared, "new") == reported(VALUES)
    assert cells(compared + table(tr("", *HEAD), tr(NEW, *VALUES)), "new") == reported(VALUES)
