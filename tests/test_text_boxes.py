"""Tables drawn with characters, and tables in preformatted text of a page."""

import pytest

from extract.formats.html import read as read_page
from extract.formats.text import read as read_text
from extract.model import Document, Grid, Paragraph
from extract.reading import read
from tests.kit import form, tables
from tests.kit.mutants import changed_in_silence
from tests.kit.truth import Truth, make_report


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def rows(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.in_row(row)] for row in range(grid.rows)]


LIGHT = "┌──┬──┬──┐\n│规章│1│2│\n├──┼──┼──┤\n│行政│3│4│\n│许可│ │ │\n└──┴──┴──┘\n"
HEAVY = LIGHT.translate(str.maketrans("┌┬┐├┼┤└┴┘─│", "╔╦╗╠╬╣╚╩╝═║"))
PLAIN = "+--+-+-+\n|规章|1|2|\n+--+-+-+\n|行政|3|4|\n|许可| | |\n+--+-+-+\n"


@pytest.mark.parametrize("drawn", [LIGHT, HEAVY, PLAIN])
def test_rules_are_no_rows_and_broken_words_are_one_cell(drawn: str) -> None:
    [grid] = grids(read_text(f"年度报告。\n{drawn}\n第四部分。\n".encode(), ""))
    assert rows(grid) == [["规章", "1", "2"], ["行政许可", "3", "4"]]
    assert [cell.at for cell in grid.in_row(1)] == ["line 5"] * 3


def test_numbers_below_each_other_in_a_cell_are_not_one_number() -> None:
    [grid] = grids(
        read_text("+--+-+\n|规章|1|\n| |2|\n+--+-+\n|行政许可|3|\n+--+-+\n|行政处罚|4|\n+--+-+\n".encode(), "")
    )
    assert rows(grid)[0] == ["规章", "1 2"]


def test_a_rule_left_open_where_cells_are_merged_parts_rows_too() -> None:
    drawn = "┌──┬──┬─┐\n│三、│规章│1│\n│    ├──┼─┤\n│    │许可│2│\n└──┴──┴─┘\n"
    [grid] = grids(read_text(drawn.encode(), ""))
    assert rows(grid) == [["三、", "规章", "1"], ["", "许可", "2"]]


def test_one_line_of_signs_is_no_drawn_table() -> None:
    text = "+----+----+\n规章|1|2|\n行政许可|3|4|\n行政处罚|5|6|\n"
    assert len(grids(read_text(text.encode(), ""))) == 1


def _drawn(table: tables.Rows) -> str:
    """Draw a table, merged cells as their text and empty ones."""
    lines = [
        "│" + "│".join(box.text if is_top and is_left else " " for box, is_top, is_left in line) + "│"
        for line in tables.positions(table)
    ]
    width = len(tables.positions(table)[0])
    rules = ["".join((first, join.join(["──"] * width), last)) for first, join, last in ("┌┬┐", "├┼┤", "└┴┘")]
    return "\n".join([rules[0], f"\n{rules[1]}\n".join(lines), rules[2]])


def _report(truth: Truth, around: str = "{}") -> str:
    parts = {2: tables.disclosure, 3: tables.requests, 4: tables.review}
    drawn = (f"{form.HEADINGS[number - 1]}\n{around.format(_drawn(rows(truth)))}" for number, rows in parts.items())
    return truth.title + "\n" + "\n".join(drawn)


@pytest.mark.parametrize("seed", range(3))
def test_a_drawn_report_is_read_whole(seed: int) -> None:
    truth = make_report(seed, "2021" if seed else "2019", "dense", blanks=seed == 1)
    for data, hint in ((_report(truth).encode(), "report.txt"), (_report(truth, "<pre>{}</pre>").encode(), "")):
        found = {cell[:4]: (cell.state, cell.value) for cell in read(data, hint).cells}
        assert [
            cell
            for cell in truth.cells
            if found.get((cell["table"], cell["row"], cell["item"], cell["column"])) != (cell["state"], cell["value"])
        ] == []


def test_a_drawn_report_that_lost_a_line_gives_no_other_number() -> None:
    truth = make_report(3, "2021", "dense")
    lines = _report(truth).split("\n")
    for number in range(0, len(lines), 3):
        changed = "\n".join(lines[:number] + lines[number + 1 :])
        reading = read(changed.encode(), "report.txt")
        assert changed_in_silence(reading, truth.cells, {"disclosure"}) == [], lines[number]


def test_tabs_and_bars_of_preformatted_text_are_tables_and_its_prose_stays() -> None:
    page = "<p>一、总体情况</p><pre>本年情况如下。\n规章\t1\t2\n行政许可\t3\t4\n行政处罚\t\t6\n以上为全部数据。</pre><p>七</p>"
    document = read_page(page.encode(), "")
    [grid] = grids(document)
    assert rows(grid) == [["规章", "1", "2"], ["行政许可", "3", "4"], ["行政处罚", "", "6"]]
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "一、总体情况",
        "本年情况如下。",
        "以上为全部数据。",
        "七",
    ]


def test_preformatted_prose_stays_as_it_is() -> None:
    document = read_page("<pre>一、总体情况\n  本年公开。\n\n二、其他</pre>".encode(), "")
    texts = [(block.text, block.at) for block in document.blocks if isinstance(block, Paragraph)]
    assert texts == [("一、总体情况", "paragraph 1"), ("本年公开。", "paragraph 2"), ("二、其他", "paragraph 3")]


def _in_lines(truth: Truth) -> list[str]:
    """Return a report as a page that lost its tables prints it: each cell a line."""
    lines = [truth.title]
    for number, rows in {2: tables.disclosure, 3: tables.requests, 4: tables.review}.items():
        lines += [form.HEADINGS[number - 1], *(box.text for row in rows(truth) for box in row)]
    return [*lines, form.HEADINGS[4], "无。"]


def _page(lines: list[str]) -> bytes:
    return f"<div>{''.join(f'<p>{line}</p>' for line in lines)}</div>".encode()


@pytest.mark.parametrize("template", ["2021", "2019"])
def test_a_page_that_lost_its_tables_is_read_by_the_order_of_its_lines(template: str) -> None:
    truth = make_report(1, template, "dense")
    found = {cell[:4]: (cell.state, cell.value) for cell in read(_page(_in_lines(truth))).cells}
    assert [
        cell
        for cell in truth.cells
        if found.get((cell["table"], cell["row"], cell["item"], cell["column"])) != (cell["state"], cell["value"])
    ] == []


@pytest.mark.parametrize("style", ["display:flex;flex-direction:column-reverse", "order:3", "display: grid"])
def test_lines_that_a_style_puts_in_another_order_are_no_table(style: str) -> None:
    lines = _in_lines(make_report(1, "2021", "dense"))
    page = _page(lines).replace(b"<div>", f"<div style='{style}'>".encode())
    assert "reported" not in {cell.state for cell in read(page).cells}


def test_lines_of_a_lost_table_that_were_spoiled_give_no_other_number() -> None:
    truth = make_report(2, "2021", "dense", blanks=True)
    lines = _in_lines(truth)
    for number in range(5, len(lines), 9):
        for changed in ([*lines[:number], *lines[number + 1 :]], [*lines[: number + 1], *lines[number:]]):
            assert changed_in_silence(read(_page(changed)), truth.cells, {"disclosure"}) == [], lines[number]
