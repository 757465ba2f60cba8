"""Tables read row by row give what the walk over every element gives."""

import re
from random import Random

import pytest

from extract.html.document import read_page
from extract.html.plain_table import plain_cell, plain_rows
from extract.html.tree import parse
from tests.comparing import truths
from tests.kit.html_styles import STYLES

TABLE = re.compile(rb"<table\b[^>]*>")
CELL = re.compile(rb"<t[dh]\b[^>]*>")

ODD_CELLS = (
    "<td>1</td>",
    "<td> 1\n</td>",
    "<td></td>",
    "<td>&nbsp;</td>",
    "<td>&#8203;1</td>",
    "<td>[]</td>",
    "<td><p>1</p></td>",
    "<td><p> <span style='x:y'>1</span> </p></td>",
    "<td>1<p>2</p></td>",
    "<td><p>1</p>2</td>",
    "<td><p>1</p><p>2</p></td>",
    "<td>1<br>2</td>",
    "<td><p><b>1<br> <br>2</b></p></td>",
    "<td><p>1<br>2</p>3</td>",
    "<td>[<br>]</td>",
    "<td>1<br style='display:none'>2</td>",
    "<td>1<sup>2</sup></td>",
    "<td><p style='display:none'>1</p></td>",
    "<td style='DISPLAY : none'>1</td>",
    "<td hidden>1</td>",
    "<td><span hidden>1</span></td>",
    "<td><del>1</del></td>",
    "<td><a href=x>1</a></td>",
    "<td><img src=x.png></td>",
    "<td><font>1<img src=x.png></font></td>",
    "<td><pre>1\n2</pre></td>",
    "<td><script>1</script></td>",
    "<td><table><tr><td>1</td></tr></table></td>",
    "<td><table><tr><td>1</td><td>2</td></tr></table></td>",
    "<th rowspan=2 colspan=' 3'>1</th>",
    "<td rowspan=0>1</td>",
    "<td rowspan=x colspan=0>1</td>",
    "<td>" + "字" * 200 + "</td>",
)
FRAMES = (
    "<table><tr>{}<td>a</td></tr><tr><td>b</td><td>c</td></tr></table>",
    "<table><thead><tr>{}<td>a</td></tr></thead><tbody><tr><td>b</td><td>c</td></tr></tbody></table>",
    "<table><colgroup><col><col></colgroup><tr>{}<td>a</td></tr><tr></tr><tr><td>b</td><td>c</td></tr></table>",
    "<table><tr style='display:none'><td>x</td></tr><tr>{}<td>a</td></tr><tr><td>b</td><td>c</td></tr></table>",
    "<table><tbody hidden><tr><td>x</td></tr></tbody><tr>{}<td>a</td></tr><tr><td>b</td><td>c</td></tr></table>",
    "<table>x<tr>{}<td>a</td></tr>y<tr><td>b</td><td>c</td></tr></table>",
    "<table><tr>x{}y<td>a</td></tr><tr><td>b</td><td>c</td></tr></table>",
    "<pre><table>\n<tr>{}<td>a</td></tr>\n<tr><td>b</td><td>c</td></tr></table></pre>",
    "<a href=x><table><tr>{}<td>a</td></tr><tr><td>b</td><td>c</td></tr></table></a>",
    "<p>w<table><tr>{}<td>a</td></tr><tr><td>b</td><td>c</td></tr></table>v",
)


def walked(page: bytes) -> bytes:
    """Return a page none of whose tables is plain; an empty caption prints nothing."""
    return TABLE.sub(lambda found: found[0] + b"<caption></caption>", page)


def walked_cells(page: bytes) -> bytes:
    """Return a page none of whose cells is plain; an empty underlining prints nothing."""
    return CELL.sub(lambda found: found[0] + b"<u></u>", page)


@pytest.mark.parametrize("style", STYLES)
def test_pages(style: str) -> None:
    for number, truth in enumerate(truths(2)):
        page = STYLES[style](truth, Random(number))
        read = read_page(page, "")
        assert read == read_page(walked(page), "") == read_page(walked_cells(page), "")


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("cell", ODD_CELLS)
def test_odd_tables(frame: str, cell: str) -> None:
    page = f"<html><body><h1>x</h1>{frame.format(cell)}<p>z</p></body></html>".encode()
    read = read_page(page, "")
    assert read == read_page(walked(page), "") == read_page(walked_cells(page), "")


def test_what_is_plain_is_read_as_plain() -> None:
    [table] = parse(f"<body>{FRAMES[1].format(ODD_CELLS[7])}".encode(), "").root.iter("table")
    rows = plain_rows(table)
    assert rows is not None
    cells = [[plain_cell(cell, rows) for cell in row] for row in rows.cells]
    assert [[cell and cell.text for cell in row] for row in cells] == [["1", "a"], ["b", "c"]]
    assert rows.groups == [1, 3]
