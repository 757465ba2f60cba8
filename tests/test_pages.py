from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from extract.errors import TooBigError
from extract.model import Grid, Paragraph
from extract.pages import stitch as page_stitch
from extract.pages.blocks import to_blocks
from extract.pages.lines import PageContent
from extract.pages.rules import Segment
from extract.pages.text import Char

SIZE = 10.0
LEFT, RIGHT, TOP, BOTTOM = 60.0, 540.0, 72.0, 770.0


@dataclass
class Sheet:
    """A page under construction; y is the base line of text, or the upper edge of a table."""

    chars: list[Char] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)

    def text(self, string: str, y: float, x: float = LEFT, size: float = SIZE) -> "Sheet":
        for sign in string:
            width = size if sign >= "\u2e80" else size / 2
            self.chars.append(Char(sign, x, y - 0.88 * size, x + width, y + 0.12 * size))
            x += width
        return self

    def table(self, y: float, xs: Sequence[float], rows: Sequence[Sequence[str]], height: float = 20) -> "Sheet":
        """Rule a table; the text of a row starts at its positions, ``<`` joins a position to the one before."""
        ys = [y + height * number for number in range(len(rows) + 1)]
        self.segments += [Segment(xs[0], edge, xs[-1], edge) for edge in ys]
        for top, row in zip(ys, rows, strict=False):
            for x, cell in zip(xs, row, strict=False):
                if cell != "<":
                    self.segments.append(Segment(x, top, x, top + height))
                    for number, line in enumerate(cell.split("\n")):
                        self.text(line, top + 9 + 10 * number, x + 2, 8)
            self.segments.append(Segment(xs[-1], top, xs[-1], top + height))
        return self

    def content(self) -> PageContent:
        return PageContent(595, 842, self.chars, self.segments)


def blocks(*sheets: Sheet) -> list[Paragraph | Grid]:
    return list(to_blocks([sheet.content() for sheet in sheets]))


def texts(*sheets: Sheet) -> list[str]:
    return [block.text for block in blocks(*sheets) if isinstance(block, Paragraph)]


def rows(grid: Paragraph | Grid) -> list[list[str]]:
    assert isinstance(grid, Grid)
    return [[cell.text for cell in grid.in_row(row)] for row in range(grid.rows)]


def only_grid(*sheets: Sheet) -> Grid:
    (grid,) = (block for block in blocks(*sheets) if isinstance(block, Grid))
    return grid


XS = [60.0, 220.0, 300.0, 380.0]
NARROW = [60.0, 125.0, 155.0, 185.0]


def test_reading_order_and_places() -> None:
    sheet = Sheet().text("二、主动公开政府信息情况", 100).table(120, XS, [["规章", "1", "2"]]).text("三、收到", 200)
    first, grid, last = blocks(sheet)
    assert first == Paragraph("二、主动公开政府信息情况", "page 1 line 1")
    assert isinstance(grid, Grid)
    assert (grid.at, grid.aligned) == ("page 1 table 1", True)
    assert grid.cells[1].at == "page 1 table 1 row 1 cell 2 [220,120,300,140]"
    assert last == Paragraph("三、收到", "page 1 line 2")


def test_full_lines_are_joined_and_headings_stay_apart() -> None:
    sheet = Sheet().text("一、总体情况", 100).text("甲" * 46, 120, LEFT + 20).text("乙" * 48, 140).text("丙" * 5, 160)
    sheet.text("（一）主动公开。" + "丁" * 40, 180).text("戊" * 3, 200)
    assert texts(sheet) == ["一、总体情况", "甲" * 46 + "乙" * 48 + "丙" * 5, "（一）主动公开。" + "丁" * 40 + "戊" * 3]


def test_short_lines_that_end_alike_are_not_full() -> None:
    sheet = Sheet().text("本报告的统计期限自一月一日起至十二月三十一日止。", 100).text("某某县沙渡镇人民政府", 120, 200)
    assert texts(sheet.text("2020年1月13日", 140, 230)) == [
        "本报告的统计期限自一月一日起至十二月三十一日止。",
        "某某县沙渡镇人民政府",
        "2020年1月13日",
    ]


def test_paragraph_goes_on_over_the_page_break() -> None:
    first = Sheet().text("甲" * 48, 700).text("乙" * 48, 720).text("- 1 -", 810, 290)
    assert texts(first, Sheet().text("丙" * 5, 90)) == ["甲" * 48 + "乙" * 48 + "丙" * 5]


def test_a_heading_at_the_top_of_a_page_of_few_lines_is_not_full() -> None:
    first = Sheet().text("甲" * 48, 700).text("乙" * 20, 720)
    second = Sheet().text("六、其他需要报告的事项", 90).text("无其他需要报告的事项。", 110)
    assert texts(first, second) == ["甲" * 48 + "乙" * 20, "六、其他需要报告的事项", "无其他需要报告的事项。"]


def test_numbers_of_two_lines_never_grow_together() -> None:
    sheet = Sheet().text("甲" * 47 + "12", 100).text("34件", 120).text("乙" * 48, 140)
    assert texts(sheet)[0].startswith("甲" * 47 + "12 34件")


def test_rows_of_figures_are_not_joined_to_prose() -> None:
    sheet = Sheet().text("甲" * 48, 100).text("规章   3   0   8", 120).text("乙" * 48, 140)
    assert texts(sheet) == ["甲" * 48, "规章 3 0 8", "乙" * 48]


def test_title_is_the_largest_type_of_the_first_page() -> None:
    sheet = Sheet().text("99市政府", 100, 200, 20).text("2024年度报告", 130, 200, 20)
    for number in range(5):
        sheet.text("甲" * 20, 160 + 20 * number)
    title, *rest = (block for block in blocks(sheet) if isinstance(block, Paragraph))
    assert title == Paragraph("99市政府2024年度报告", "page 1 line 1", "title")
    assert {paragraph.role for paragraph in rest} == {"body"}


@pytest.mark.parametrize("number", ["- 1 -", "— 1 —", "-1-", "第 1 页 共 2 页", "1/2", "1", "·1·", "Page 1 of 2"])
def test_page_numbers_are_dropped_in_margins_only(number: str) -> None:
    assert texts(Sheet().text("甲", 400).text(number, 810, 290)) == ["甲"]
    assert len(texts(Sheet().text("甲", 380).text(number, 420, 290))) == 2


def test_bare_number_that_is_not_the_page_stays() -> None:
    assert texts(Sheet().text("甲", 400).text("37", 810, 290)) == ["甲", "37"]


def test_running_titles_are_dropped_and_figures_at_the_margin_are_not() -> None:
    sheets = [
        Sheet().text(f"99市年度报告 第{page}页", 50).text("甲" * page, 400).text("重复申请 0 0 0", 800)
        for page in (1, 2, 3)
    ]
    assert texts(*sheets) == [line for page in (1, 2, 3) for line in ("甲" * page, "重复申请 0 0 0")]


def test_number_inside_a_table_at_the_margin_is_no_page_number() -> None:
    assert rows(only_grid(Sheet().table(800, XS, [["规章", "1", "2"]]))) == [["规章", "1", "2"]]


@pytest.mark.parametrize("clock", ["11/23/26, 1:20 PM", "2023/1/9 上午10:21", "2023/1/9 10:21"])
def test_the_head_that_a_browser_prints_is_furniture(clock: str) -> None:
    head = f"{clock}    某县2022年政府信息公开工作年度报告"
    assert texts(*(Sheet().text(head, 20).text(body, 100) for body in ("甲", "乙"))) == ["甲乙"]


def test_table_goes_on_over_a_page_break_past_furniture() -> None:
    first = (
        Sheet()
        .text("报告", 40)
        .table(730, XS, [["一、新收", "1", "2"], ["二、结转", "3", "4"]])
        .text("- 1 -", 810, 290)
    )
    second = Sheet().text("报告", 40).table(80, [x + 2 for x in XS], [["三、办理", "5", "6"]]).text("乙", 200)
    grid = only_grid(first, second)
    assert rows(grid) == [["一、新收", "1", "2"], ["二、结转", "3", "4"], ["三、办理", "5", "6"]]
    assert grid.cells[-1].at.startswith("page 2 table 1 row 1 cell 3 ")


def test_a_label_goes_on_below_the_page_break_with_a_bracket_that_ends_no_line() -> None:
    first = Sheet().table(
        730,
        XS,
        [
            [
                "（一）予以公开",
                "1",
                "2",
            ],
            ["（二）部分公开", "3", "0"],
        ],
    )
    second = Sheet().table(80, XS, [["（区分处理的）", "", ""], ["（三）不予公开", "5", "6"]])
    assert rows(only_grid(first, second)) == [
        ["（一）予以公开", "1", "2"],
        ["（二）部分公开\n（区分处理的）", "3", "0"],
        ["（三）不予公开", "5", "6"],
    ]


def test_words_between_keep_tables_apart() -> None:
    first = Sheet().table(730, XS, [["一、新收", "1", "2"]])
    second = Sheet().text("四、行政复议情况", 80).table(100, XS, [["行政复议", "5", "6"]])
    assert [type(block) for block in blocks(first, second)] == [Grid, Paragraph, Grid]


def test_other_columns_make_another_table() -> None:
    first = Sheet().table(730, XS, [["一、新收", "1", "2"]])
    second = Sheet().table(80, [60, 100, 200, 380], [["行政复议", "5", "6"]])
    assert [type(block) for block in blocks(first, second)] == [Grid, Grid]


def test_fragment_with_fewer_columns_is_spread_over_the_union() -> None:
    first = Sheet().table(730, [60, 220, 380], [["信息内容", "本年处理决定数量"], ["行政许可", "9487"]])
    second = Sheet().table(80, XS, [["规章", "1", "2"]])
    grid = only_grid(first, second)
    assert (grid.rows, grid.columns) == (3, 3)
    assert [(cell.column, cell.column_span) for cell in grid.in_row(1)] == [(0, 1), (1, 2)]


def test_fragment_without_its_first_column_takes_the_words_beside_it() -> None:
    xs = [60.0, 90, 200, 260, 320, 380]
    first = Sheet().table(730, xs, [["三、办", "（一）予以", "1", "2", "3"]])
    second = (
        Sheet()
        .table(80, xs[1:], [["（二）部分", "4", "5", "6"], ["（三）不予", "7", "8", "9"]])
        .text("理结果", 100, 62, 8)
    )
    grid = only_grid(first, second)
    assert grid.columns == 5
    assert rows(grid)[2] == ["（三）不予", "7", "8", "9"]
    assert [cell.text for cell in grid.cells if cell.column == 0] == ["三、办\n理结果"]


def test_words_that_fell_out_of_a_cut_header_go_back_into_their_cells() -> None:
    first = Sheet().table(740, XS, [["项目", "结", "其"]]).text("果", 772, 222, 8).text("他", 772, 302, 8)
    second = Sheet().table(80, XS, [["1.甲", "1", "2"]])
    assert rows(only_grid(first, second)) == [["项目", "结\n果", "其\n他"], ["1.甲", "1", "2"]]
    assert texts(first) == ["果 他"]
    figure = Sheet().table(740, XS, [["项目", "结", "其"]]).text("3", 772, 222, 8)
    assert [type(block) for block in blocks(figure, second)] == [Grid, Paragraph, Grid]


def test_group_label_covers_its_rows_on_both_pages() -> None:
    first = Sheet().table(740, XS, [["（四）无法提供", "1.不掌握", "31"]])
    second = Sheet().table(80, XS, [["", "2.需制作", "1"], ["（五）不予处理", "1.信访", "0"]])
    grid = only_grid(first, second)
    assert [(cell.text, cell.row_span) for cell in grid.cells if cell.column == 0] == [
        ("（四）无法提供", 2),
        ("（五）不予处理", 1),
    ]


def test_blank_value_below_a_value_is_not_merged_with_it() -> None:
    first = Sheet().table(740, XS, [["一、新收", "5", "7"]])
    second = Sheet().table(80, XS, [["二、结转", "", "0"]])
    assert rows(only_grid(first, second)) == [["一、新收", "5", "7"], ["二、结转", "", "0"]]


def test_repeated_header_is_dropped_and_another_one_kept() -> None:
    header = ["信息内容", "制发", "废止"]
    first = Sheet().table(700, XS, [header, ["规章", "1", "2"]])
    again = Sheet().table(80, XS, [header, ["行政规范性文件", "3", "4"]])
    assert rows(only_grid(first, again)) == [header, ["规章", "1", "2"], ["行政规范性文件", "3", "4"]]
    other = Sheet().table(80, XS, [["信息内容", "处理", "决定"], ["行政许可", "3", "4"]])
    assert len(rows(only_grid(first, other))) == 4


def test_halves_of_a_row_become_one_row() -> None:
    first = Sheet().table(740, NARROW, [["2.没有现成信息需", "31", "0"]])
    second = Sheet().table(80, NARROW, [["要另行制作", "", ""], ["3.补正", "1", "0"]])
    grid = only_grid(first, second)
    assert rows(grid) == [["2.没有现成信息需\n要另行制作", "31", "0"], ["3.补正", "1", "0"]]
    assert grid.cells[1].at.startswith("page 1 ")


@pytest.mark.parametrize("begun", ["", "一、本年"])
@pytest.mark.parametrize("values", [["31", "0"], ["", "0"], ["—", "7"], ["0\ufffd", "1\ufffd"]])
def test_figures_above_the_page_break_belong_to_the_label_that_ends_below_it(begun: str, values: list[str]) -> None:
    first = Sheet().table(740, XS, [["（本列数据）", "自然人", "总计"], [begun, *values]])
    label = "新收政府信息公开申请数量" if begun else "一、新收"
    second = Sheet().table(80, XS, [[label, "", ""], ["二、上年结转", "1", "8"]])
    whole = f"{begun}\n{label}".strip()
    assert rows(only_grid(first, second))[1:] == [[whole, *values], ["二、上年结转", "1", "8"]]


def test_a_list_in_two_halves_has_two_labels_that_end_below_the_page_break() -> None:
    xs = [60.0, 160, 200, 240, 340, 380, 420]
    first = Sheet().table(720, xs, [["1.甲", "条", "8", "2.乙", "件", "9"], ["", "条", "1", "", "件", "2"]])
    second = Sheet().table(80, xs, [["2.政府网站", "", "", "法律法规", "", ""], ["3.丙", "条", "5", "4.丁", "件", "6"]])
    found = rows(only_grid(first, second))
    assert found[1:] == [["2.政府网站", "条", "1", "法律法规", "件", "2"], ["3.丙", "条", "5", "4.丁", "件", "6"]]


def test_a_table_goes_on_between_other_tables_that_are_stuck_to_both_ends_of_it() -> None:
    xs = [60.0, 200, 230, 260, 290, 320]
    first = Sheet().table(720, [60.0, 180, 320], [["行政许可", "7"]]).table(740, xs, [["", "1", "2", "3", "4"]])
    second = (
        Sheet()
        .table(80, xs, [["2.重复", "", "", "", ""]])
        .table(100, [60.0, 150, 250, 320], [["维持", "纠正", "总计"]])
    )
    found = rows(only_grid(first, second))
    assert found == [["行政许可", "7"], ["2.重复", "1", "2", "3", "4"], ["维持", "纠正", "总计"]]
    other = (
        Sheet().table(80, [60.0, 190, 240, 320], [["2.重复", "", ""]]).table(100, [60.0, 150, 320], [["维持", "纠正"]])
    )
    assert len(blocks(first, other)) == 2


def test_values_in_the_lower_half_belong_to_the_label_above() -> None:
    first = Sheet().table(740, NARROW, [["四、结转下年度", "", ""]])
    grid = only_grid(first, Sheet().table(80, NARROW, [["", "27", "8"]]))
    assert rows(grid) == [["四、结转下年度", "27", "8"]]
    assert grid.cells[1].at.startswith("page 2 ")


def test_number_cut_by_the_page_break_is_not_read_as_its_first_digits() -> None:
    first = Sheet().table(740, [60, 125, 137, 149], [["5.要求行政机关确", "24", "0"]])
    second = Sheet().table(80, [60, 125, 137, 149], [["认或重新出具", "3", ""]])
    assert rows(only_grid(first, second)) == [["5.要求行政机关确\n认或重新出具", "24\n3", "0"]]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["2.重复申请", "1", "0"], ["3.要求提供", "", ""]),  # the next numbered row, left blank
        (["（一）主动公开", "5", "7"], ["其中：规范性文件", "", ""]),  # so is a part without an ordinal
        (["其中：规范性文件", "5", "7"], ["制发总数", "", ""]),
        (["行政处罚", "5", "7"], ["行政强制", "", ""]),  # none has an ordinal
        (["规章", "0", "0"], ["行政规范性文件", "3", "8"]),  # both have values, and the label above is complete
        (["结果维持", "结果纠正", "总计"], ["1", "1", "2"]),  # a header and its figures
        (["信息内容", "制发", "废止"], ["规章", "1", "0"]),
        (["规章", "", ""], ["", "", ""]),
    ],
)
def test_rows_that_only_look_like_halves_stay_two_rows(above: list[str], below: list[str]) -> None:
    assert rows(only_grid(Sheet().table(740, XS, [above]), Sheet().table(80, XS, [below]))) == [above, below]


def test_row_of_one_cell_cut_off_its_table_is_no_frame() -> None:
    first = Sheet().text("二、主动公开", 700).table(740, [60, 380], [["第二十条第（一）项"]])
    grid = only_grid(first, Sheet().table(80, XS, [["规章", "1", "2"]]))
    assert rows(grid) == [["第二十条第（一）项"], ["规章", "1", "2"]]


def test_text_in_frames_and_page_borders_is_text() -> None:
    sheet = Sheet().table(30, [30, 565], [[""]], height=780).table(100, [60, 300], [["注意事项"]])
    assert texts(sheet.text("一、总体情况", 200).text("- 1 -", 800, 290)) == ["注意事项", "一、总体情况"]


def test_grid_limit_counts_all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_stitch, "MAX_GRID_CELLS", 5)
    sheets = [Sheet().table(80, XS, [["1.甲", "1", "2"]]) for _ in range(2)]
    with pytest.raises(TooBigError, match="MAX_GRID_CELLS"):
        blocks(*sheets)


COLUMNS = [250.0 + 40 * number for number in range(7)]


def figures(sheet: Sheet, y: float, values: Sequence[object]) -> Sheet:
    for x, value in zip(COLUMNS, values, strict=True):
        sheet.text(str(value), y, x)
    return sheet


def unruled(second: Sequence[object]) -> Sheet:
    sheet = Sheet().text("三、收到和处理政府信息公开申请情况", 60).text("申请人情况", 80, 330)
    for x, name in zip(COLUMNS, ("自然", "商业", "科研", "社会", "法律", "其他", "总计"), strict=True):
        sheet.text(name, 100, x - 5)
    for x, name in zip(COLUMNS, ("人", "企业", "机构", "公益", "服务"), strict=False):
        sheet.text(name, 112, x - 5)
    figures(sheet, 140, range(7)).text("一、本年新收", 140)
    figures(sheet, 166, second).text("二、上年结转政府", 160).text("信息公开申请", 172)
    figures(sheet, 200, range(20, 27)).text("（三）不予公开", 200).text("1.国家秘密", 200, 150)
    return figures(sheet, 220, range(30, 37)).text("2.其他法律", 220, 150).text("五、存在的问题", 260)


def test_table_without_lines_is_read_by_its_columns_of_numbers() -> None:
    _, grid, last = blocks(unruled(range(10, 17)))
    assert isinstance(grid, Grid)
    assert grid.aligned
    assert rows(grid) == [
        ["", "自然人", "商业企业", "科研机构", "社会公益", "法律服务", "其他", "总计"],
        ["一、本年新收", *map(str, range(7))],
        ["二、上年结转政府信息公开申请", *map(str, range(10, 17))],
        ["1.国家秘密", *map(str, range(20, 27))],
        ["2.其他法律", *map(str, range(30, 37))],
    ]
    assert isinstance(last, Paragraph)
    assert last.text == "五、存在的问题"


def header_of_seven(sheet: Sheet) -> Sheet:
    for x, name in zip(COLUMNS, ("自然", "商业", "科研", "社会", "法律", "其他", "总计"), strict=True):
        sheet.text(name, 100, x - 5)
    return sheet


def test_two_rows_without_lines_are_a_table_only_under_a_whole_header() -> None:
    def printed(sheet: Sheet) -> list[Paragraph | Grid]:
        figures(sheet.text("申请人情况", 80, 330).text("一、本年新收", 140), 140, range(7))
        figures(sheet.text("二、上年结转", 160), 160, range(10, 17))
        return blocks(sheet)

    assert any(isinstance(block, Grid) for block in printed(header_of_seven(Sheet())))
    assert not any(isinstance(block, Grid) for block in printed(Sheet()))


def test_group_over_the_middle_of_its_columns_is_no_part_of_a_label_below() -> None:
    sheet = header_of_seven(Sheet().text("申请人情况", 70, 330).text("行政复议", 88, COLUMNS[3] - 8))
    figures(sheet.text("一、本年新收", 140), 140, range(7))
    (grid,) = (b for b in blocks(figures(sheet.text("二、上年结转", 160), 160, range(7))) if isinstance(b, Grid))
    assert ["自然", "商业", "科研", "社会", "法律", "其他", "总计"] in rows(grid)


def test_blank_in_a_table_without_lines_keeps_its_place() -> None:
    _, grid, _ = blocks(unruled(["1", "", "3", "4", "", "6", "14"]))
    assert rows(grid)[2][1:] == ["1", "", "3", "4", "", "6", "14"]


@pytest.mark.parametrize(("first", "tables"), [(230, 0), (300, 1)], ids=["of one section", "of another section"])
def test_columns_that_do_not_line_up_stay_text(first: int, tables: int) -> None:
    sheet = unruled(range(10, 17))
    for shift, y in enumerate((first, first + 8, first + 16)):
        for number in range(7):
            sheet.text("5", y, 200 + 40 * number + 17 * shift)
    assert sum(isinstance(block, Grid) for block in blocks(sheet)) == tables
