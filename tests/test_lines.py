from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import TooBigError
from extract.pages import lines as module
from extract.pages.lines import PageContent, Table, find_tables
from extract.pages.parted import on_page
from extract.pages.rules import Segment, split
from extract.pages.text import Char, text_lines
from extract.text import LOST
from tests.test_pages import Sheet, only_grid, rows


def across(y: float, x0: float, x1: float) -> Segment:
    return Segment(x0, y, x1, y)


def down(x: float, y0: float, y1: float) -> Segment:
    return Segment(x, y0, x, y1)


def ruled(xs: Sequence[float], ys: Sequence[float]) -> list[Segment]:
    return [*(across(y, xs[0], xs[-1]) for y in ys), *(down(x, ys[0], ys[-1]) for x in xs)]


def text(string: str, x: float, y: float, size: float = 10.0) -> list[Char]:
    """Characters with their base line at y; all but CJK are half as wide as high."""
    chars = []
    for sign in string:
        width = size if sign >= "\u2e80" else size / 2
        chars.append(Char(sign, x, y - 0.88 * size, x + width, y + 0.12 * size))
        x += width
    return chars


def page(segments: Sequence[Segment], *chars: list[Char]) -> PageContent:
    return PageContent(595, 842, [char for run in chars for char in run], segments)


def texts(table: Table) -> dict[tuple[int, int, int, int], str]:
    return {(cell.row, cell.column, cell.row_span, cell.column_span): cell.text for cell in table.cells}


def only_table(content: PageContent) -> Table:
    (table,), rest = find_tables(content)
    assert not rest
    return table


def test_cells_take_the_characters_inside_them() -> None:
    segments = ruled([50, 150, 200], [100, 120, 140])
    table = only_table(page(segments, text("规章", 55, 115), text("12", 160, 115), text("0", 160, 135)))
    assert texts(table) == {(0, 0, 1, 1): "规章", (0, 1, 1, 1): "12", (1, 0, 1, 1): "", (1, 1, 1, 1): "0"}


def test_missing_edges_merge_positions() -> None:
    segments = [*ruled([50, 200], [100, 140]), across(120, 100, 200), down(100, 100, 140), down(150, 120, 140)]
    table = only_table(
        page(segments, text("三", 60, 120), text("总", 120, 115), text("1", 110, 135), text("2", 160, 135))
    )
    assert texts(table) == {(0, 0, 2, 1): "三", (0, 1, 1, 2): "总", (1, 1, 1, 1): "1", (1, 2, 1, 1): "2"}


def test_borders_drawn_cell_by_cell_and_twice_are_one_line() -> None:
    boxes = [(50, 100, 100, 120), (100.4, 100, 150, 120), (50, 120.5, 100, 140), (100.4, 120.5, 150, 140)]
    segments = [piece for x0, y0, x1, y1 in boxes for piece in ruled([x0, x1], [y0, y1])]
    table = only_table(page(segments, text("1", 60, 115), text("2", 110, 115), text("3", 60, 135), text("4", 110, 135)))
    assert [cell.text for cell in table.cells] == ["1", "2", "3", "4"]


def test_dashed_lines_are_lines() -> None:
    dashes = [across(120, x, x + 3) for x in range(50, 150, 5)]
    segments = [*ruled([50, 100, 150], [100, 140]), *dashes]
    assert len(only_table(page(segments, text("1", 60, 115))).ys) == 3


@pytest.mark.parametrize(("first", "last"), [(110, 200), (100, 190), (110, 190)])
def test_grid_is_closed_where_a_page_break_left_out_a_line(first: float, last: float) -> None:
    xs, ys = [50, 100, 150, 200], [120, 140, 160, 180]
    segments = [*(across(y, 50, 200) for y in ys), *(down(x, first if first < 120 else 120, last) for x in xs)]
    content = page(segments, text("7", 110, 119 if first < 120 else 139), text("8", 110, 189 if last > 180 else 179))
    table = only_table(content)
    assert table.ys[0] == first
    assert table.ys[-1] == last
    assert "7" in [cell.text for cell in table.cells]


def test_one_line_that_sticks_out_closes_nothing() -> None:
    segments = [*ruled([50, 100, 150], [100, 120]), down(100, 100, 160)]
    assert only_table(page(segments, text("1", 60, 115))).ys == (100, 120)


def test_side_left_open_by_design_is_closed() -> None:
    segments = [*(across(y, 50, 200) for y in (100, 120, 140)), down(100, 100, 140), down(150, 100, 140)]
    table = only_table(page(segments, text("规章", 55, 115), text("3", 160, 115)))
    assert table.xs == (50, 100, 150, 200)


def test_frame_is_told_apart_and_keeps_its_characters() -> None:
    (frame,), rest = find_tables(page(ruled([50, 500], [100, 700]), text("一", 60, 200)))
    assert frame.is_frame
    assert [char.text for char in frame.chars] == ["一"]
    assert not rest


def test_underline_is_no_table() -> None:
    found, rest = find_tables(page([across(100, 50, 150)], text("一", 60, 98)))
    assert not found
    assert len(rest) == 1


def test_tables_side_by_side_and_inside_each_other_keep_their_own_text() -> None:
    outer = ruled([50, 300, 550], [100, 300])
    inner = ruled([320, 400, 500], [150, 170])
    tables, _ = find_tables(page([*outer, *inner], text("甲", 60, 200), text("1", 330, 165), text("乙", 330, 250)))
    assert [[cell.text for cell in table.cells] for table in tables] == [["甲", "乙"], ["1", ""]]


def test_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_RULES", 5)
    with pytest.raises(TooBigError, match="MAX_RULES"):
        find_tables(page(ruled([50, 100, 150], [100, 120, 140])))


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_GRID_CELLS", 3)
    with pytest.raises(TooBigError, match="MAX_GRID_CELLS"):
        find_tables(page(ruled([50, 100, 150], [100, 120, 140])))


def test_lines_of_a_cell_are_joined_by_line_breaks() -> None:
    table = only_table(page(ruled([50, 100, 150], [100, 130]), text("企业", 60, 125), text("商业", 60, 112)))
    assert table.cells[0].text == "商业\n企业"


def line_text(*runs: list[Char]) -> str:
    (line,) = text_lines([char for run in runs for char in run])
    return line.text


def test_gaps_between_numbers_stay_and_gaps_between_ideographs_do_not() -> None:
    assert line_text(text("12", 0, 10), text("3", 16, 10)) == "12 3"
    assert line_text(text("总", 0, 10), text("计", 15, 10)) == "总计"
    assert line_text(text("年", 0, 10), text("9487", 13, 10)) == "年9487"
    assert line_text(text("许可", 0, 10), text("9487", 60, 10)) == "许可 9487"


def test_bold_type_faked_by_printing_twice_is_read_once() -> None:
    assert line_text(text("11", 0, 10), text("11", 0.4, 10)) == "11"


def test_digits_printed_over_each_other_never_make_a_number() -> None:
    assert line_text(text("3", 0, 10), text("8", 1, 10)) == "3\ufffd8"


def test_sizes_and_small_shifts_share_a_line() -> None:
    assert line_text(text("共", 0, 10, 12), text("17", 12, 11), text("件", 22, 10, 12)) == "共17件"


@given(
    st.lists(st.tuples(*[st.floats(0, 600) for _ in range(4)]), max_size=40),
    st.lists(st.tuples(st.sampled_from("01一件 "), st.floats(0, 590), st.floats(0, 830)), max_size=20),
)
def test_any_lines_give_rectangles_that_cover_every_position_once(
    boxes: list[tuple[float, float, float, float]], signs: list[tuple[str, float, float]]
) -> None:
    segments = [Segment(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in boxes]
    segments += [across(d, min(a, c), max(a, c)) for a, b, c, d in boxes]
    segments += [down(a, min(b, d), max(b, d)) for a, b, c, d in boxes]
    content = PageContent(600, 842, [text(sign, x, y)[0] for sign, x, y in signs], segments)
    tables, rest = find_tables(content)
    for table in tables:
        covered = [
            (cell.row + row, cell.column + column)
            for cell in table.cells
            for row in range(cell.row_span)
            for column in range(cell.column_span)
        ]
        assert sorted(covered) == [(r, c) for r in range(len(table.ys) - 1) for c in range(len(table.xs) - 1)]
    printed = sum(len("".join(cell.text.split())) for table in tables for cell in table.cells)
    assert printed <= 2 * len(signs)
    assert len(rest) <= len(signs)


def test_rows_and_columns_of_dots_are_lines() -> None:
    dots = [Segment(x, y, x + 0.75, y + 0.75) for x in range(60, 541, 2) for y in (100, 120, 140)]
    dots += [Segment(x, y, x + 0.75, y + 0.75) for x in (60, 300, 540) for y in range(100, 141, 2)]
    across, down = split(dots)
    assert [(round(rule.at), round(rule.start), round(rule.end)) for rule in across] == [
        (100, 60, 541),
        (120, 60, 541),
        (140, 60, 541),
    ]
    assert [(round(rule.at), round(rule.start), round(rule.end)) for rule in down] == [
        (60, 100, 141),
        (300, 100, 141),
        (540, 100, 141),
    ]


def test_dots_of_one_line_are_not_parted_by_rounding_their_place() -> None:
    places = [(320.849 + 0.002 * (number % 2), 100 + 3 * number) for number in range(9)]
    _, down = split([Segment(x, y, x + 0.8, y + 0.8) for x, y in places])
    assert [(round(rule.at, 1), rule.start, round(rule.end, 1)) for rule in down] == [(321.2, 100, 124.8)]


def test_scattered_dots_are_no_line() -> None:
    assert split([Segment(x, x * 7 % 90, x + 0.7, x * 7 % 90 + 0.7) for x in range(0, 500, 11)]) == ([], [])


def test_a_number_printed_over_the_edge_of_its_cell_is_cut_and_not_believed() -> None:
    sheet = Sheet().table(100, [60.0, 160.0, 200.0, 240.0], [["规章", "1", "2"], ["许可", "", "5"]])
    sheet.text("12345", 129, 185, 8).text("678", 109, 232, 8)
    assert rows(only_grid(sheet)) == [["规章", "1", f"2 67{LOST}"], ["许可", f"1234{LOST}", f"5{LOST}"]]


def underlined(*, label_line: bool) -> Table:
    """A row of a label and two figures over two lines each, their first lines underlined in all the column's width."""
    segments = [*ruled([50, 100, 130, 160], [100, 140]), across(120, 50 if label_line else 100, 160)]
    labels = [text("予以", 55, 115), text("公开", 55, 135)]
    figures = [text("294", 105, 115), text("14", 105, 135), text("7", 140, 115)]
    return only_table(page(segments, *labels, *figures))


def test_two_figures_beside_one_label_may_be_one_that_is_underlined() -> None:
    found = texts(underlined(label_line=False))
    assert found[(0, 1, 1, 1)] == f"294{LOST}"
    assert found[(1, 1, 1, 1)] == f"14{LOST}"
    assert found[(0, 2, 1, 1)] == "7"


def test_two_figures_with_a_label_each_are_two() -> None:
    found = texts(underlined(label_line=True))
    assert (found[(0, 1, 1, 1)], found[(1, 1, 1, 1)]) == ("294", "14")


def test_figures_below_a_line_that_parts_labels_too_are_two_though_one_label_is_on_the_next_page() -> None:
    segments = [*ruled([50, 100, 160, 190], [100, 140]), across(120, 100, 190)]
    figures = [text("294", 165, 115), text("14", 165, 135)]
    found = texts(only_table(page(segments, text("办理", 55, 125), text("予以公开", 105, 115), *figures)))
    assert (found[(0, 2, 1, 1)], found[(1, 2, 1, 1)]) == ("294", "14")


@pytest.mark.parametrize(("shift", "size"), [(2.8, 8.3), (-2.8, 8.3), (2.0, 10.0), (-1.8, 10.0)])
def test_digits_beside_a_raised_or_lowered_one_are_unreadable(shift: float, size: float) -> None:
    chars = [*text("31", 100, 200), *text("3", 110, 200 + shift, size)]
    assert [line.text for line in text_lines(chars)] != ["313"]
    assert not any(line.text.isdecimal() and len(line.text) > 2 for line in text_lines(chars))


def test_digits_on_nearly_one_base_line_are_one_number() -> None:
    assert [line.text for line in text_lines([*text("31", 100, 200), *text("3", 110, 200.8, 9.5)])] == ["313"]


def test_a_digit_is_lost_where_the_edge_of_the_page_cuts_off_the_next() -> None:
    chars = [*text("新收", 500, 100), *text("2031", 585, 100), *text("7", 400, 100), *text("88", 640, 100)]
    seen = "".join(char.text for char in on_page(chars, 595, 842))
    assert seen == f"新收2{LOST}7"
    assert on_page(chars, 700, 842) == chars


def test_the_first_row_of_a_table_without_upper_and_left_borders_is_its_first_row() -> None:
    segments = [across(y, 60, 360) for y in (120, 140)]
    segments += [
        down(160, 100, 120),
        down(360, 100, 140),
        down(110, 120, 140),
        down(160, 120, 140),
        down(260, 120, 140),
    ]
    words = [*text("行政复议", 70, 113), *text("行政诉讼", 220, 113), *text("维持", 62, 133), *text("总计", 112, 133)]
    (table,), rest = find_tables(page(segments, words))
    assert [(cell.text, cell.column_span) for cell in table.cells if cell.row == 0] == [
        ("行政复议", 2),
        ("行政诉讼", 2),
    ]
    assert rest == []


def test_a_digit_printed_between_two_others_is_no_digit_of_their_number() -> None:
    assert [line.text for line in text_lines([*text("48", 100, 200), *text("9", 102.5, 200)])] == [f"4{LOST}9{LOST}8"]
    condensed = [*text("4", 100, 200), *text("8", 104, 200), *text("9", 108, 200)]
    assert [line.text for line in text_lines(condensed)] == ["489"]
