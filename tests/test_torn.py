"""Tables whose markup is damaged: what is lost keeps its place or is told, and no number moves in silence."""

import re
from itertools import pairwise
from random import Random

import pytest

from extract.checks.missing_rows import CHECK as MISSING_ROWS
from extract.html.tree import clean
from extract.judging import Figures
from extract.model import Document, FormCell, Grid, GridCell, Reading
from extract.reading import read
from extract.templates import Template
from extract.templates.y2019 import TEMPLATE as FORM_2019
from extract.templates.y2021 import TEMPLATE as FORM_2021
from extract.text import parse_number
from extract.torn import torn
from tests.kit import form2014, styles2014
from tests.kit.html_styles import STYLES
from tests.kit.mutants import changed_in_silence
from tests.kit.text_layouts import LAYOUTS
from tests.kit.truth import make_report
from tests.store_kit import cells_of

REPORT = make_report(8, "2021", "dense")
PAGE = STYLES["clean"](REPORT, Random(1)).decode()
INQUIRY = "refused_administrative_inquiry"
LABEL = "8.属于行政查询事项</td>"
ROW = next(line for line in PAGE.splitlines() if LABEL in line)
HEADER = next(line for line in PAGE.splitlines() if "自然人" in line)


def spoiled(line: str, old: str, new: str) -> Reading:
    """Read the page with a line changed at the first place after its label where the old text stands."""
    assert old in line
    start = line.index(LABEL) if LABEL in line else 0
    return read(PAGE.replace(line, line[:start] + line[start:].replace(old, new, 1)).encode())


def doubts(reading: Reading, rule: str) -> list[dict[str, str]]:
    return [finding.where for finding in reading.findings if finding.rule == rule and finding.verdict != "PASS"]


def test_a_sound_page_is_not_doubted() -> None:
    reading = read(PAGE.encode())
    assert reading.outcome == "ok"
    assert doubts(reading, "torn") == doubts(reading, "missing_rows") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</td><td>", "</td><|d>"),  # the cell is gone, its number stands between two others
        ("</td><td>", "</td><<td>"),
        ("</td><td>", "<|td><td>"),
        ("</td><td>", "</\xbad><td>"),
        ("</td><td>", "</td\ufffd<td>"),
        ("</td><td>", "</><td>"),
        ("</td><td>", "><td>"),
        ("</td><td>", "</td>9<td>"),
        ("</td></tr>", "</td><\ufffdtr>"),
    ],
)
def test_a_broken_tag_makes_its_row_doubtful(old: str, new: str) -> None:
    reading = spoiled(ROW, old, new)
    assert changed_in_silence(reading, REPORT.cells) == []
    told = [where.get("row", INQUIRY) for where in doubts(reading, "torn") if where["table"] == "requests"]
    assert INQUIRY in told, "neither the row nor, where its label is gone too, the table"


@pytest.mark.parametrize("tag", ['<span style="a"', "</span", '<font color="red"'])
def test_a_tag_that_is_not_closed_swallows_no_digit_in_silence(tag: str) -> None:
    head = "<tr><td>信息内容</td><td>本年处理决定数量</td></tr>"
    rows = f"<tr><td>行政处罚</td><td>2{tag}5</td></tr><tr><td>行政强制</td><td>3</td></tr>"
    reading = read(f"<p>二、主动公开政府信息情况</p><table>{head}{rows}</table><p>三、其他</p>".encode())
    states = {cell.row: cell.state for cell in reading.cells if cell.raw}
    assert states == {"penalties": "unreadable", "coercion": "reported"}
    assert {where["row"] for where in doubts(reading, "torn")} == {"penalties"}


@pytest.mark.parametrize("address", ["list.jsp?year=", "data:image/png;base64,iVBORw0KGgo=", "a?b=1&amp;c="])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_value_that_ends_in_an_equals_sign_is_no_damage(address: str, quote: str) -> None:
    head = "<tr><td>信息内容</td><td>本年处理决定数量</td></tr>"
    link = f"<a href={quote}{address}{quote}>7</a>"
    rows = f"<tr><td>行政处罚</td><td>{link}</td></tr><tr><td>行政强制</td><td>3</td></tr>"
    reading = read(f"<p>二、主动公开政府信息情况</p><table>{head}{rows}</table><p>三、其他</p>".encode())
    assert {cell.row: cell.value for cell in reading.cells if cell.raw} == {"penalties": 7, "coercion": 3}
    assert not doubts(reading, "torn")


def test_a_page_that_ends_within_a_figure_of_several_elements_cuts_no_digit_in_silence() -> None:
    page = STYLES["word"](REPORT, Random(3)).decode()
    [value] = [cell["value"] for cell in REPORT.cells if cell["row"] == "licensing"]
    start = page.index("</td>", page.index("行政许可"))
    stop = page.index("</td>", start + 5)
    figure = re.sub(r"<[^<>]*>|\s", "", page[start:stop])
    assert figure == str(value)
    assert page[start:stop].count("</span>") > 1
    for end in range(start + 5, stop + 3):
        reading = read(page[:end].encode())
        read_as = [(cell.state, cell.value) for cell in reading.cells if cell.row == "licensing"]
        assert ("reported", value) in read_as or not any(state == "reported" for state, _ in read_as), page[
            stop - 99 : end
        ]
    whole = read(page[: stop + 3].encode())
    assert [cell.value for cell in whole.cells if cell.row == "licensing"] == [value]


@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_value_without_its_end_swallows_no_digit_in_silence(quote: str, place: int) -> None:
    """The tags up to the next quote are a part of it for every parser."""
    opened = f"<span lang={quote}EN-US{quote}>"
    digits = [f"{opened}{digit}</span>" for digit in "238"]
    digits[place] = digits[place].replace(f"US{quote}", "US:")
    head = "<tr><td>信息内容</td><td>本年处理决定数量</td></tr>"
    rows = f"<tr><td>行政处罚</td><td>{''.join(digits)}</td></tr><tr><td>行政强制</td><td>{opened}3</span></td></tr>"
    reading = read(f"<p>二、主动公开政府信息情况</p><table>{head}{rows}</table><p>三、其他</p>".encode())
    told = {where.get("row") for where in doubts(reading, "torn")}
    assert all(cell.value in (None, 238) or cell.row in told for cell in reading.cells if cell.row == "penalties")
    assert "penalties" in told or None in told or not any(cell.value for cell in reading.cells)


def test_words_between_cells_keep_the_place_of_the_cell_that_held_them() -> None:
    reading = spoiled(ROW, "</td><td>", "</td><|d>")
    row = {cell.column: cell for cell in reading.cells if cell.row == INQUIRY}
    truth = {cell["column"]: cell["value"] for cell in REPORT.cells if cell["row"] == INQUIRY}
    assert row.pop("natural_person").state == "unreadable"
    assert {name: cell.value for name, cell in row.items()} == {name: truth[name] for name in row}


def test_a_damaged_header_speaks_of_its_table() -> None:
    reading = spoiled(HEADER, "总计</td>", "\ufffdW计</td>")
    assert {"table": "requests"} in doubts(reading, "torn")
    assert changed_in_silence(reading, REPORT.cells) == []


def test_a_header_whose_cells_lost_their_span_names_every_column_it_moved() -> None:
    reading = spoiled(HEADER, 'colspan="5"', 'col\ufffdpan="5"')
    assert changed_in_silence(reading, REPORT.cells) == []


@pytest.mark.parametrize("at", ["page 2 table 1", "picture 1 page 2 table 1", "table 1"])
def test_a_character_that_is_not_legible_on_a_printed_page_moves_no_number(at: str) -> None:
    cells = (GridCell(0, 0, "2.重\ufffd申请", f"{at} row 1 cell 1"), GridCell(0, 1, "3", f"{at} row 1 cell 2"))
    document = Document("application/pdf", (Grid(1, 2, cells, at),))
    read_as = FormCell("requests", "unprocessed_repeat", None, "total", "reported", 3, "3", cells[1].at)
    assert bool(list(torn(document, [read_as]))) is (at == "table 1")
    two = FormCell("requests", "unprocessed_repeat", None, "total", "unreadable", None, "3 4", cells[1].at)
    assert [found.actual for found in torn(document, [two])] == [cells[1].text]


def test_text_around_a_table_stays_beside_it() -> None:
    page = PAGE.replace(ROW, f"{ROW}\n单位：件\n").replace("<tbody>", "<tbody>\n单位：件\n")
    reading = read(page.encode())
    assert [cell.value for cell in reading.cells] == [cell.value for cell in read(PAGE.encode()).cells]
    assert doubts(reading, "torn") == []


def test_a_row_before_missing_ones_is_doubted() -> None:
    lines = PAGE.splitlines()
    start = lines.index(ROW)
    lost = "\n".join([*lines[:start], ROW.split("</td>")[0] + "</td>" + lines[start + 2].split("</td>", 2)[2]])
    reading = read((lost + "\n" + "\n".join(lines[start + 3 :])).encode())
    assert doubts(reading, "missing_rows") == [{"table": "requests", "row": INQUIRY}]
    assert changed_in_silence(reading, REPORT.cells) == []


@pytest.mark.parametrize("template", [FORM_2019, FORM_2021], ids=["2019", "2021"])
def test_every_row_lost_amid_the_others_is_told(template: Template) -> None:
    cells = cells_of(template, {})
    assert list(MISSING_ROWS.judge(Figures(cells), template)) == []
    rows = [row.name for table in template.tables if table.name == "requests" for row in table.rows]
    for before, row in pairwise(rows):
        found = list(MISSING_ROWS.judge(Figures(tuple(cell for cell in cells if cell.row != row)), template))
        assert [finding.where for finding in found] == [{"table": "requests", "row": before}]


def test_one_row_in_place_of_three_misses_none() -> None:
    merged = re.compile("other_(?:not_corrected|fee_unpaid|other)")
    cells = tuple(cell for cell in cells_of(FORM_2021, {}) if not merged.fullmatch(cell.row))
    total = next(cell for cell in cells if cell.row == "processed_total")
    assert list(MISSING_ROWS.judge(Figures((*cells, total._replace(row="other_processing"))), FORM_2021)) == []


@pytest.mark.parametrize("seed", [8, 22])
def test_the_row_of_table_3_that_lost_its_last_cells_moves_none(seed: int) -> None:
    report = make_report(seed, "2021", "dense", blanks=True)
    lines = LAYOUTS["pipes"](report, Random(1)).splitlines()
    start = max(number for number, line in enumerate(lines) if "复议后起诉" in line)
    end = next(number for number, line in enumerate(lines) if line.startswith("五、"))
    for lost in range(start + 1, end):
        reading = read("\n".join((*lines[:lost], *lines[end:])).encode(), "report.txt")
        assert changed_in_silence(reading, report.cells) == [], f"without lines {lost} to {end}"


def test_a_cell_that_the_end_of_the_file_cuts_off_is_no_blank() -> None:
    whole = styles2014.HTML["word"](form2014.make_report(8), Random(1)).decode()
    label_end = whole.index("</td><td>", whole.index("人次", whole.index("接受培训人员数"))) + len("</td>")
    for end in range(label_end, whole.index("'EN-US'>", label_end) + len("'EN-US'>") + 1):
        states = {cell.state for cell in read(whole[:end].encode()).cells if cell.row == "trainees"}
        assert states <= {"absent", "unreadable"}, whole[label_end:end]


def test_a_digit_of_which_one_bit_is_lost_is_told() -> None:
    """A control character is not shown: 1 with its sixth bit lost is U+0011, and 12734 would be 2734."""
    page = PAGE.encode()
    cells = [cell for cell in REPORT.cells if cell["row"] == "new" and cell["column"] in ("natural_person", "total")]
    for cell in cells:
        printed = str(cell["value"]).encode()
        place = page.index(b">" + printed + b"<") + 1
        for number in range(len(printed)):
            spoilt = bytearray(page)
            spoilt[place + number] ^= 0x20
            reading = read(bytes(spoilt))
            [found] = [one for one in reading.cells if (one.row, one.column) == (cell["row"], cell["column"])]
            assert found.state == "unreadable"


@pytest.mark.parametrize("text", ["\x112", "\x152", "2\x7f", "1\x002", "\x15", "2\x1d"])
def test_control_characters_are_lost_digits_where_they_stand_beside_some_or_alone(text: str) -> None:
    assert parse_number(clean(text)).state == "unreadable"


def test_control_characters_between_words_are_not_printed() -> None:
    assert clean("行政\x01许可\x02") == "行政许可"


def test_an_empty_row_below_two_figures_in_each_cell_is_told() -> None:
    upper = next(line for line in PAGE.splitlines() if "7.属于行政执法案卷</td>" in line)
    figures = re.findall(r"<td>(\d+)</td>", ROW)
    assert len(figures) == 7
    both = upper
    for figure, other in zip(re.findall(r"<td>(\d+)</td>", upper), figures, strict=True):
        both = both.replace(f"<td>{figure}</td>", f"<td>{figure}<br>{other}</td>", 1)
    empty = re.sub(r"<td>\d+</td>", "<td></td>", ROW)
    reading = read(PAGE.replace(upper, both).replace(ROW, empty).encode())
    assert {cell.state for cell in reading.cells if cell.row == INQUIRY} == {"blank"}
    assert {"table": "requests", "row": INQUIRY} in doubts(reading, "torn")


def test_a_row_of_the_first_table_before_missing_ones_is_doubted() -> None:
    """It has no sums at all: the label of one row and the figures of the next are one row of three figures."""
    lost = re.sub(r"(规章</td>)<td>.*?规范性文件</td>(?=<td>)", r"\1", PAGE, count=1, flags=re.DOTALL)
    assert 50 < len(PAGE) - len(lost) < 150
    reading = read(lost.encode())
    assert doubts(reading, "missing_rows") == [{"table": "disclosure", "row": "regulations"}]
    assert changed_in_silence(reading, REPORT.cells) == []


def test_a_row_of_which_only_items_are_printed_is_not_missing() -> None:
    reading = read(STYLES["clean"](make_report(5, "2019", "dense", items=2), Random(1)))
    assert {cell.state for cell in reading.cells if cell.row == "other_services" and not cell.item} == {"absent"}
    assert doubts(reading, "missing_rows") == []


def test_the_last_row_of_a_table_that_lost_its_end_is_told() -> None:
    """The figures of 四、结转下年度继续办理 would stand beside the label above, were the lines between them lost."""
    lines = PAGE.splitlines()
    [total] = [place for place, line in enumerate(lines) if "（七）总计</td>" in line]
    assert "四、结转下年度继续办理" in lines[total + 1]
    reading = read("\n".join([*lines[:total], *lines[total + 2 :]]).encode())
    [told] = doubts(reading, "missing_rows")
    assert told["row"].startswith("other_")


@pytest.mark.parametrize("rest", [".0365", "00", "0365", "0365元", "5"])
def test_a_number_of_the_last_row_that_goes_on_below_it_is_not_read_without_its_rest(rest: str) -> None:
    text = (
        "2020年政府信息公开工作年度报告\n\t第二十条第（九）项\n\n\t信息内容\n\t采购项目数量\n\t采购总金额\n\n"
        f"\t政府集中采购\n\t38\n\t4010\n{rest}\n\n三、收到和处理政府信息公开申请情况\n"
    )
    [cell] = [
        cell
        for cell in read(text.encode(), "report.txt").cells
        if cell.column == "amount" and cell.row == "procurement"
    ]
    assert cell.value is None or cell.value == 4010.0365
