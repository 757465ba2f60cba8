"""Prose in two columns is read column after column; what may be a table is left as it is printed."""

from tests.kit.pdf_file import wrap
from tests.test_pages import LEFT, RIGHT, SIZE, XS, Sheet, only_grid, rows, texts

MIDDLE, WIDTH = 310.0, 230.0
FIRST = "　　本机关认真贯彻落实政府信息公开条例，坚持以公开为常态、以不公开为例外，及时回应社会关切。" * 4
SECOND = "　　全年受理公众提出的申请并在法定期限内答复，未发生因公开引起的行政复议和行政诉讼案件。" * 4


def in_lines(text: str, width: float = WIDTH) -> list[str]:
    return [line for part in text.split("　　") if part for line in wrap("　　" + part, SIZE, width)]


def two_columns(sheet: Sheet, left: str, right: str, top: float, shift: float = 0.0) -> Sheet:
    for number, line in enumerate(in_lines(left)):
        sheet.text(line, top + 16 * number)
    for number, line in enumerate(in_lines(right)):
        sheet.text(line, top + shift + 16 * number, MIDDLE)
    return sheet


def paragraphs(text: str) -> list[str]:
    return [part for part in text.split("　　") if part]


def test_columns_are_read_one_after_the_other() -> None:
    for shift in (0.0, 7.0):
        sheet = two_columns(Sheet(), FIRST, SECOND, 100, shift)
        assert texts(sheet) == paragraphs(FIRST + SECOND)


def test_a_sentence_goes_on_in_the_next_column() -> None:
    lines = in_lines(FIRST + SECOND)
    sheet = Sheet()
    for number, line in enumerate(lines):
        low = number >= len(lines) // 2
        sheet.text(line, 100 + 16 * (number - low * (len(lines) // 2)), MIDDLE if low else LEFT)
    assert texts(sheet) == paragraphs(FIRST + SECOND)


def test_lines_across_the_page_stand_before_and_behind() -> None:
    sheet = Sheet().text("一、总体情况" + "如下" * 20, 80)
    two_columns(sheet, FIRST, SECOND, 100)
    sheet.text("二、存在的问题和改进的情况" * 3, 500)
    assert texts(sheet) == ["一、总体情况" + "如下" * 20, *paragraphs(FIRST + SECOND), "二、存在的问题和改进的情况" * 3]


def test_a_heading_across_both_columns_leaves_the_order_as_printed() -> None:
    sheet = two_columns(Sheet(), FIRST, SECOND, 100)
    two_columns(sheet.text("二、存在的问题", 420), FIRST, SECOND, 440)
    assert "全年受理" in texts(sheet)[0]


def test_a_table_beside_nothing_but_labels_stays_a_table() -> None:
    sheet = two_columns(Sheet(), FIRST, SECOND, 100).table(500, XS, [["规章", "88", "2"]])
    assert rows(only_grid(sheet)) == [["规章", "88", "2"]]


def test_labels_and_figures_are_no_columns() -> None:
    sheet = Sheet()
    for number in range(8):
        sheet.text("予以公开的数量。", 100 + 16 * number).text(f"{number}00", 100 + 16 * number, MIDDLE)
    assert all(str(number) in text for number, text in enumerate(texts(sheet)))


def test_prose_across_the_page_is_not_parted() -> None:
    sheet = Sheet()
    for number, line in enumerate(in_lines(FIRST, RIGHT - LEFT)):
        sheet.text(line, 100 + 16 * number)
    assert "".join(texts(sheet)) == "".join(paragraphs(FIRST))
