"""Units of money in the disclosure table: what the header, the row's label and the line above say of them together."""

from random import Random

import pytest

from extract.forms.money import caption_of, unit_of
from extract.reading import read
from tests.kit import text_layouts
from tests.kit.mutants.prints import PRINTS
from tests.kit.story import story
from tests.kit.tables import Box, Rows
from tests.kit.truth import make_report

HEADER = "本年收费金额（单位：万元）"
LABEL = "行政事业性收费"


def amount(name: str, header: str = HEADER, label: str = LABEL, caption: str = "", text: str = "251000") -> object:
    """Return the state or the value of the fees in a report that prints them so."""
    truth = make_report(5, "2021", "dense")

    def changed(part: Rows) -> Rows:
        rows = []
        for row in part:
            is_fees = row[0].text.startswith(LABEL)
            words = [
                Box(
                    header if "收费金额" in box.text else label if box.text == LABEL else box.text,
                    box.colspan,
                    box.rowspan,
                )
                for box in row
            ]
            rows.append(
                [words[0], Box(text, row[1].colspan, is_value=True)]
                if is_fees
                else [word if not box.is_value else box for word, box in zip(words, row, strict=True)]
            )
        return rows

    parts: list[str | Rows] = []
    for part in story(truth):
        if not isinstance(part, str):
            part = changed(part)
            if caption and part[0][0].text.startswith("第二十条") and caption not in parts:
                parts.append(caption)
        parts.append(part)
    [cell] = [c for c in read(PRINTS[name][0](truth, parts), PRINTS[name][1]).cells if c.row == "fees"]
    return cell.value if cell.state == "reported" else cell.state


NAMES = ("html", "docx", "xlsx", "tabs")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("unit", ["元", "单位：元", "人民币元", "单位：人民币元", "单位：元，保留整数"])
def test_a_unit_of_the_header_or_the_label_holds(name: str, unit: str) -> None:
    assert amount(name, header=f"本年收费金额（{unit}）") == 25.1
    assert amount(name, header="本年收费金额", label=f"{LABEL}（{unit}）") == 25.1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("caption", ["单位：元", "（金额单位：元）", "单位：件、元", "单位：元/件"])
def test_a_unit_above_the_table_holds_where_no_other_is_stated(name: str, caption: str) -> None:
    assert amount(name, header="本年收费金额", caption=caption) == 25.1
    assert amount(name, header="本年收费金额（单位：元）", caption=caption) == 25.1


@pytest.mark.parametrize("name", NAMES)
def test_units_that_contradict_each_other_leave_no_figure(name: str) -> None:
    assert amount(name, label=f"{LABEL}（元）") == "unreadable"
    assert amount(name, caption="单位：元") == "unreadable"
    assert amount(name, label=f"{LABEL}（单位：万元）（元）") == "unreadable"
    assert amount(name, label=f"{LABEL}（元）", text="251000元") == 25.1
    assert amount(name, caption="单位：元", text="0") == 0
    assert amount(name, caption="单位：元", text="/") == "mark"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("caption", ["填报单位：元宝山区财政局", "单位：件", "单位：万元", "联系单位：公元镇"])
def test_other_lines_are_no_unit(name: str, caption: str) -> None:
    assert amount(name, caption=caption, text="25.1") == 25.1


def test_units_nobody_counts_in_are_no_unit_of_the_form() -> None:
    assert amount("html", header="本年收费金额（单位：百元）") == "unreadable"
    assert amount("html", header="本年收费金额（美元）") == "unreadable"


def test_what_a_unit_is() -> None:
    assert [unit_of(text) for text in ("金额（元）", "（元月）", "单位：万元", "（人民币：万元）", "元")] == [
        "元",
        "",
        "万元",
        "万元",
        "",
    ]
    assert [caption_of(text) for text in ("单位：元", "（元）", "单位：元" + "长" * 40)] == ["元", "", ""]


@pytest.mark.parametrize("layout", text_layouts.LAYOUTS)
def test_flattened_headers_still_say_so(layout: str) -> None:
    truth = make_report(5, "2021", "dense")
    text = text_layouts.LAYOUTS[layout](truth, Random(1))
    if HEADER not in text:
        return
    said = {
        cell.value
        for cell in read(text.replace(HEADER, "本年收费金额（单位：元）").encode(), "a.txt").cells
        if cell.row == "fees"
    }
    true = next(cell["value"] for cell in truth.cells if cell["row"] == "fees")
    assert said <= {None, round((true or 0) / 10_000, 9)}


def test_in_text_a_header_and_a_label_may_contradict_each_other() -> None:
    for layout in ("cell_lines", "lines", "tabs"):
        assert amount(layout, label=f"{LABEL}（单位：元）") == "unreadable"


@pytest.mark.parametrize(("text", "value"), [("251000 元", 25.1), ("12 万", 12), ("3 万元", 3), ("12 百元", "absent")])
def test_a_unit_behind_a_space_is_the_figures(text: str, value: object) -> None:
    assert amount("lines", text=text) == value


def test_a_unit_in_the_first_row_of_a_table_holds_for_those_behind_it() -> None:
    head = "<table><tr><td colspan=2>单位：元</td></tr><tr><td>信息内容</td><td>本年处理决定数量</td></tr>"
    rest = (
        "<table><tr><td>信息内容</td><td>本年收费金额</td></tr><tr><td>行政事业性收费</td><td>251000</td></tr></table>"
    )
    for between, value in (("", 25.1), ("<p>三、收到和处理政府信息公开申请情况</p>", 251000)):
        page = f"<p>二、主动公开政府信息情况</p>{head}<tr><td>行政许可</td><td>3</td></tr></table>{between}{rest}"
        assert [cell.value for cell in read(page.encode(), "").cells if cell.row == "fees"] == [value]
