"""Tables laid out with blocks: read where rows and columns are certain, and never another number."""

from random import Random

import pytest

from extract.errors import TooBigError
from extract.formats.html import read as read_page
from extract.model import Grid, Paragraph
from extract.reading import read
from tests.comparing import assert_style_exact
from tests.kit import tables
from tests.kit.html_blocks import LAYOUTS
from tests.kit.html_page import page
from tests.kit.html_styles import report_page
from tests.kit.mutants import changed_in_silence
from tests.kit.truth import Truth, make_report

_TABLES = (tables.disclosure, tables.requests, tables.review)


def printed(truth: Truth, rng: Random, layout: str) -> bytes:
    two, three, four = (LAYOUTS[layout](rows(truth)) for rows in _TABLES)
    return page(truth, rng, report_page(truth, two, three, four)).encode()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_cell_of_a_layout_of_blocks_is_read(layout: str) -> None:
    assert_style_exact(lambda truth, rng: printed(truth, rng, layout))


def _cells(row: str) -> list[str]:
    return [f"<div class='td'>{text}</div>" for text in row.split(",")]


HEADER = "项目,自然人,商业企业,科研机构,社会公益组织,法律服务机构,其他,总计"
NEW = "一、本年新收政府信息公开申请数量,30,1,2,3,4,5,45"
CARRIED = "二、上年结转政府信息公开申请数量,6,0,0,0,0,0,6"


def blocks(*rows: str, style: str = "") -> str:
    lines = "".join(f"<div class='tr'>{''.join(_cells(row))}</div>" for row in rows)
    return f"<p>三、收到和处理政府信息公开申请情况</p><div style='{style}'>{lines}</div><p>四、其他</p>"


def values(markup: str) -> list[int | float | None]:
    return [cell.value for cell in read(markup.encode()).cells if cell.row == "new"]


def test_rows_and_columns_of_blocks_are_a_table_with_the_prose_around_it() -> None:
    document = read_page(blocks(HEADER, NEW, CARRIED).encode(), "")
    [grid] = (block for block in document.blocks if isinstance(block, Grid))
    assert (grid.rows, grid.columns, grid.aligned) == (3, 8, True)
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert lines == ["三、收到和处理政府信息公开申请情况", "四、其他"]
    assert values(blocks(HEADER, NEW, CARRIED)) == [30, 1, 2, 3, 4, 5, 45]


def test_columns_printed_one_after_the_other_are_the_same_table() -> None:
    columns = zip(*(row.split(",") for row in (HEADER, NEW, CARRIED)), strict=True)
    assert values(blocks(*map(",".join, columns))) == [30, 1, 2, 3, 4, 5, 45]


@pytest.mark.parametrize("style", ["flex-direction:row-reverse", "flex-direction: column-reverse", "display: grid"])
def test_blocks_that_a_style_puts_in_another_order_are_not_believed(style: str) -> None:
    assert values(blocks(HEADER, NEW, CARRIED, style=style)) == []


def test_cells_that_a_style_puts_in_another_order_are_not_believed() -> None:
    page = blocks(HEADER, NEW, CARRIED).replace("<div class='td'>30", "<div style='order:7'>30")
    assert 1 not in values(page)[:1]


@pytest.mark.parametrize(
    "style",
    [
        "grid-area: 2 / 2",
        "grid-row:auto",
        "order:3",
        "grid-column:9 / span 1",
        "grid-column: 2 / span 1",
        "grid-row:-1",
    ],
)
def test_a_grid_with_a_place_that_is_not_plain_is_not_believed(style: str) -> None:
    cells = "".join(f"<div>{text}</div>" for row in (HEADER, NEW, CARRIED) for text in row.split(","))
    whole = f"<div style='display:grid;grid-template-columns:repeat(8,1fr)'>{cells}</div>"
    assert values(whole) == [30, 1, 2, 3, 4, 5, 45]
    assert values(whole.replace("<div>30", f"<div style='{style}'>30")) == []


def test_a_grid_of_lines_and_sizes_has_as_many_columns() -> None:
    cells = "".join(f"<div>{text}</div>" for row in (HEADER, NEW, CARRIED) for text in row.split(","))
    for columns in ("20% 1fr 1fr 1fr 1fr 1fr 1fr 1fr", "2fr repeat(6, minmax(10px, 1fr)) auto"):
        assert values(f"<div style='display:grid;grid-template-columns:{columns}'>{cells}</div>")[-1] == 45
    for columns in ("repeat(auto-fill, 80px)", "[a] 1fr [b] 1fr", "1fr"):
        assert values(f"<div style='display:grid;grid-template-columns:{columns}'>{cells}</div>") == []


def test_a_table_of_cells_is_not_taken_apart_by_words_outside_it() -> None:
    table = "<table><tr>" + "</tr><tr>".join("".join(f"<td>{t}" for t in row.split(",")) for row in (HEADER, NEW))
    assert values(f"<p>自然人</p>{table}</table>") == [30, 1, 2, 3, 4, 5, 45]


def test_a_page_of_many_headers_is_read_in_time() -> None:
    assert values("<div>" + "<div>自然人</div>" * 20_000 + "</div>") == []


def _spoiled(rows: tables.Rows, rng: Random) -> tables.Rows:
    """Drop, double or move a cell of one row."""
    number = rng.randrange(len(rows))
    row = list(rows[number])
    place = rng.randrange(len(row))
    change = rng.choice(("drop", "double", "blank", "swap"))
    if change == "drop":
        del row[place]
    elif change == "double":
        row.insert(place, row[place])
    elif change == "blank":
        row.insert(place, tables.Box(""))
    else:
        other = rng.randrange(len(row))
        row[place], row[other] = row[other], row[place]
    return [*rows[:number], row, *rows[number + 1 :]]


@pytest.mark.parametrize("layout", ["merged_divs", "figures_apart", "terms"])
def test_a_row_that_lost_or_gained_a_cell_gives_no_other_number_in_silence(layout: str) -> None:
    for seed in range(24):
        rng = Random(seed)
        truth = make_report(seed + 1, "2021", "dense" if seed % 2 else "sparse")
        three = LAYOUTS[layout](_spoiled(tables.requests(truth), rng))
        two, four = (LAYOUTS[layout](rows(truth)) for rows in (tables.disclosure, tables.review))
        data = page(truth, rng, report_page(truth, two, three, four)).encode()
        assert changed_in_silence(read(data), truth.cells) == [], (layout, seed)


def test_a_grid_of_far_reaching_items_is_refused_in_time() -> None:
    cells = "".join(f"<div>{text}</div>" for text in f"{HEADER},{NEW}".split(","))
    wide = "<div style='grid-row: span 200; grid-column: span 60'>0</div>" * 5000
    whole = f"<div style='display:grid;grid-template-columns:repeat(60,1fr)'>{cells}{wide}</div>"
    with pytest.raises(TooBigError, match="MAX_GRID_CELLS"):
        read_page(whole.encode(), "")


@pytest.mark.parametrize(
    ("first", "value"),
    [
        ("<span style='visibility:hidden'>7</span>30", 30),
        ("30<span style='vertical-align:sub'>7</span>", None),
        ("30<span style='color:white'>7</span>", None),
        ("<span data-value=30>29</span>", None),
        ("<span style='float:none;color:red'>30</span>", 30),
    ],
)
def test_styles_mean_in_blocks_what_they_mean_in_tables(first: str, value: int | None) -> None:
    assert values(blocks(HEADER, NEW.replace("30", first), CARRIED)) == [value, 1, 2, 3, 4, 5, 45]
