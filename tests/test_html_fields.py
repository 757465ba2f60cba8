"""Figures in form fields, drawings and scripts of a cell: read, or at least never a blank."""

import pytest

from extract.formats.html import read
from extract.model import Grid, Paragraph
from tests.test_form_traps import HEAD, NEW, cells, reported, table, tr

VALUES = (30, 1, 2, 3, 4, 5, 45)


def text(cell: str) -> str:
    markup = f"<table><tr><td>规章<td>{cell}<td>3</table>"
    grids = [block for block in read(markup.encode(), "").blocks if isinstance(block, Grid)]
    return next(found.text for found in grids[0].cells if found.column == 1)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("<input value='12'>", "12"),
        ("<p><input type=number disabled value=' 12 '></p>", "12"),
        ("<input type=NEW value=12>件", "12 件"),
        ("<textarea>12</textarea>", "12"),
        ("<select><option>0<option selected>12</select>", "12"),
        ("<select><option value=1>7<option>8</select>", "7"),
        ("<input>", ""),
        ("<input type=hidden value=9>4", "4"),
        ("<input type=checkbox value=9>", ""),
        ("<input value=9 style='display:none'>4", "4"),
        ("<button>9</button>4", "4"),
        ("<button>12</button>", "[图片]"),
        ("<button hidden>12</button>", ""),
        ("<button>复制</button>", ""),
        ("<input type=button value=12>", "[图片]"),
        ("<input placeholder=12>", "[图片]"),
        ("<input type=password value=12>", "�"),
        ("<input type=password>", ""),
        ("<input type=number value='12.5'>", "12.5"),
        ("<input type=number value='1,234'>", "�"),
        ("<img width=9 height=14 src=1.png>", "[图片]"),
        ("<img width=1 height=1 src=spacer.gif>", ""),
        ("<input value=4 placeholder=12>", "4"),
        ("<select><option label=12></option></select>", "12"),
        ("<svg><text>12</text></svg>", "[图片]"),
        ("<canvas></canvas>", "[图片]"),
        ("<script>document.write(n)</script>", "[图片]"),
        ("<script>share()</script>4", "4"),
        ("4<svg width=16 height=16></svg>", "4"),
    ],
)
def test_what_a_cell_shows(cell: str, shown: str) -> None:
    assert text(cell) == shown


def test_a_form_that_was_filled_in_is_read() -> None:
    row = tr(NEW, *(f"<input type='text' readonly value='{value}'>" for value in VALUES))
    assert cells(table(tr("", *HEAD), row), "new") == reported(VALUES)


def test_a_search_box_beside_the_report_is_not_read() -> None:
    blocks = read("<div><input value='请输入关键字'></div><p>一、总体情况</p>".encode(), "").blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["一、总体情况"]
