"""RTF: styles of Word, WPS and LibreOffice, characters in code pages, merges, nesting, damage."""

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import CorruptError, TooBigError
from extract.formats.rtf import read
from extract.model import Grid
from extract.reading import read as read_report
from extract.rtf import reader as rtf_reader
from extract.rtf import tables as rtf_tables
from extract.text import LOST
from tests.comparing import assert_exact, assert_style_exact, truths
from tests.kit import docx, rtf
from tests.kit.damage import damaged, read_or_refuse
from tests.kit.doc import converted, needs_libreoffice
from tests.kit.truth import make_report
from tests.test_forms import silently_wrong

SURE_IN_LIBREOFFICE = ("clean", "strict", "layout", "revisions", "slivers", "indented", "halves", "one_table")
"""All but ``word``: LibreOffice shows hidden text that stands in a content control around a cell."""


@pytest.mark.parametrize("style", rtf.STYLES)
def test_styles_come_back_exact(style: str) -> None:
    assert_style_exact(rtf.STYLES[style])


@needs_libreoffice
def test_files_saved_by_libreoffice_come_back_exact() -> None:
    pairs = [(truth, docx.STYLES[style]) for style in SURE_IN_LIBREOFFICE for truth in truths(2)]
    files = converted([render(truth, Random(1)) for truth, render in pairs], "docx", "rtf")
    for data, (truth, _) in zip(files, pairs, strict=True):
        assert_exact(data, truth)


def body(text: str, head: str = "\\ansicpg936") -> bytes:
    return f"{{\\rtf1\\ansi{head}{{\\fonttbl{{\\f1\\fcharset134 x;}}{{\\f2\\fcharset0 y;}}}} {text}}}".encode("latin-1")


def lines(text: str, head: str = "\\ansicpg936") -> list[str]:
    return [getattr(block, "text", "<table>") for block in read(body(text, head), "").blocks]


def cells(text: str) -> list[tuple[int, int, int, int, str]]:
    (block,) = read(body(text), "").blocks
    assert isinstance(block, Grid)
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in block.cells]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("\\u25919?\\u24220?", "政府"),
        ("\\u-32590?", "育"),
        ("\\uc0\\u25919\\u24220", "政府"),
        ("\\uc2\\u25919\\'d5\\'fe1", "政1"),
        ("{\\uc0 \\u25919}\\u24220?2", "政府2"),
        ("\\u25919\\emdash 2", "政2"),
        ("\\u-10187?\\u-9138?", "\U0001d44e"),
        ("\\'d5\\'fe\\'b8\\'ae", "政府"),
        ("\\'d5\r\n\\'fe", "政"),
        ("\xd5\xfe\xb8\xae 1", "政府 1"),
        ("\\'81\\'5c\x81\\\x81{1", "乗乗亄1"),
        ("1\\~2", "1 2"),
        ("\\_2", "-2"),
        ("a\\\\b\\{c\\}", "a\\b{c}"),
        ("1\\tab 2", "1 2"),
        ("{\\v 9}1", "1"),
        ("{\\deleted 9}1", "1"),
        ("\\v 9\\v0 1", "1"),
        ("5{\\super 1}", "5[1]"),
        ("{\\strike 4}5", "[4]5"),
        ("{\\*\\unknown 9}1", "1"),
        ("{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}", "7"),
        ("{\\bin3 }}}1}", "1"),
        ("{\\pict 0102}", "[图片]"),
        ("3{\\pict 0102}", "3"),
        ("\\revdttm-2074015744 1", "1"),
    ],
)
def test_what_a_line_prints(written: str, printed: str) -> None:
    assert lines(written + "\\par") == [printed]


def test_bytes_belong_to_the_code_page_of_their_font() -> None:
    assert lines("{\\f1 \\'d5\\'fe}{\\f2 \\'d5}\\par", "\\ansicpg1252") == ["政Õ"]
    assert lines("\\'ac\\'46\\par", "\\ansicpg950") == ["政"]
    assert lines("\\'d5\\'fe\\par", "") == ["政"]
    assert lines("\\'d5\\'fe\\par", "\\ansicpg99999") == ["政"]
    assert lines("\\loch\\af2\\hich\\af2\\dbch\\af1 \\'d5\\'fe\\loch \\'d5\\par", "\\ansicpg1252") == ["政Õ"]


def test_lost_characters_are_reported() -> None:
    document = read(body("\\'ff\\'ff\\par"), "")
    assert [finding.rule for finding in document.notes] == ["charset"]


def test_headers_notes_and_fallbacks_are_left_out_and_text_boxes_read_once() -> None:
    box = "{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 9}}{\\shptxt \\pard box\\par}}{\\shprslt{\\*\\do{\\dptxbxtext box\\par}}}}"
    text = f"{{\\header 9\\par}}{{\\footnote 8}}a{{\\nonshppict 7}}\\par {box}\\par b\\par"
    assert lines(text) == ["a", "box", "b"]


ROW = "\\trowd\\cellx1000\\cellx2000 "


def test_merges_of_every_kind_are_one_cell() -> None:
    above = "\\trowd\\clvmgf\\cellx1000\\clmgf\\cellx2000\\clmrg\\cellx3000 \\intbl a\\cell b\\cell\\cell\\row "
    below = "\\trowd\\clvmrg\\cellx1010\\cellx2000\\cellx2990 \\intbl\\cell c\\cell d\\cell\\row\\pard"
    assert cells(above + below) == [(0, 0, 2, 1, "a"), (0, 1, 1, 2, "b"), (1, 1, 1, 1, "c"), (1, 2, 1, 1, "d")]


def test_the_last_definition_before_the_end_of_a_row_holds() -> None:
    first = f"{ROW}\\intbl a\\cell b\\cell{{\\trowd\\cellx1000\\cellx3000\\row}}"
    second = "\\trowd\\cellx1000\\cellx2000\\cellx3000 \\intbl c\\cell d\\cell e\\cell\\row\\pard"
    assert cells(first + second)[:2] == [(0, 0, 1, 1, "a"), (0, 1, 1, 2, "b")]


def test_rows_may_have_more_or_fewer_cells_than_their_definition() -> None:
    text = f"{ROW}\\intbl b\\cell\\row {ROW}\\intbl a\\cell 1\\cell 2\\cell\\row\\pard"
    torn = [(1, 0, "a"), (1, 1, f"1{LOST}"), (1, 2, f"2{LOST}")]
    assert [(c[0], c[1], c[4]) for c in cells(text)] == [(0, 0, "b"), *torn]


def test_figures_of_a_row_with_more_cells_than_edges_are_not_read() -> None:
    truth = make_report(3, "2021", "dense")
    data = rtf.STYLES["wps"](truth, Random(1))
    places = [found.start() for found in re.finditer(rb"\\cellx", data)]
    for place in (*places[160:176:3], *places[-40::5]):
        spoilt = data[:place] + b"." + data[place + 1 :]
        assert silently_wrong(read_report(spoilt, "a.rtf"), truth) == []


def test_paragraphs_in_cells_and_a_missing_mark_of_the_table() -> None:
    text = f"{ROW}\\intbl a\\par 1\\cell\\pard 2\\par 3\\cell\\row\\pard after\\par"
    blocks = read(body(text), "").blocks
    assert isinstance(blocks[0], Grid)
    assert [cell.text for cell in blocks[0].cells] == ["a\n1", "2\n3"]
    assert lines(text) == ["<table>", "after"]


def test_tables_in_cells_are_tables() -> None:
    inner = "\\pard\\intbl\\itap2 1\\nestcell 2\\nestcell{\\*\\nesttableprops\\trowd\\cellx500\\cellx900\\nestrow}{\\nonesttables\\par}"
    text = f"{ROW}\\pard\\intbl\\itap1 left\\cell {inner}\\pard\\intbl\\itap1 below\\cell\\row\\pard\\par"
    assert lines(text) == ["left", "<table>", "below"]


def test_a_row_that_never_ends_is_shown() -> None:
    text = f"{ROW}\\intbl a\\cell 1\\cell\\row {ROW}\\intbl b\\cell 2\\cell"
    assert [c[4] for c in cells(text)] == ["a", "1", "b", "2"]


def test_facts_of_the_file_are_weak() -> None:
    document = read(body("{\\info{\\title \\'d5\\'fe}{\\author \\u24220?}{\\operator x}}a\\par"), "")
    assert document.metadata == (("rtf:title", "政"), ("rtf:author", "府"))


SAMPLE = rtf.word(make_report(3, "2021", "dense"), Random(3))


@pytest.mark.parametrize("data", [b"", b"x", b"{\\rtf1", SAMPLE[:-10], SAMPLE[: len(SAMPLE) // 2], b"{\\rtf1 a\\"])
def test_files_cut_short_are_corrupt(data: bytes) -> None:
    with pytest.raises(CorruptError):
        read(data, "")


def test_what_follows_the_last_brace_is_ignored() -> None:
    assert read(SAMPLE + b"\0\0 {garbage", "").blocks == read(SAMPLE, "").blocks


def test_limits_bite(monkeypatch: pytest.MonkeyPatch) -> None:
    for place, name, value in (
        (rtf_reader, "MAX_GROUPS", 3),
        (rtf_reader, "MAX_TEXT_CHARACTERS", 100),
        (rtf_tables, "MAX_GRID_CELLS", 10),
        (rtf_tables, "MAX_ROW_CELLS", 5),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(place, name, value)
            with pytest.raises(TooBigError, match=name):
                read(SAMPLE, "")
    for bomb in ("{" * 100_000 + "}" * 100_000, "\\intbl\\itap999 a\\cell\\nestcell", "\\intbl\\cell" * 60_000):
        with pytest.raises(TooBigError):
            read(body(bomb), "")


def test_damage_is_read_or_refused_and_never_a_silent_number() -> None:
    for data in damaged(SAMPLE, Random(1)):
        read_or_refuse(read, data)


def test_a_file_cut_anywhere_claims_no_number() -> None:
    truth = make_report(3, "2021", "dense")
    for cut in range(0, len(SAMPLE), len(SAMPLE) // 40):
        assert silently_wrong(read_report(SAMPLE[:cut], ""), truth) == []


@given(st.binary(max_size=300), st.text("\\{}'*abcdelprtuvw0159- \n", max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes, text: str) -> None:
    read_or_refuse(read, data)
    read_or_refuse(read, b"{\\rtf1 " + data + b"}")
    read_or_refuse(read, body(text))
