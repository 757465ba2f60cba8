"""Figures of an RTF file that nobody sees as their text says: raised, reversed, numbered, of the colour behind them."""

import pytest

from extract.errors import CorruptError
from extract.formats.rtf import read
from extract.model import Grid
from tests.test_rtf import body, lines

COLOURS = "{\\colortbl;\\red255\\green255\\blue255;\\red31\\green78\\blue121;\\red0\\green0\\blue0;\\red254\\green254\\blue254;}"
FONTS = "{\\fonttbl{\\f7\\fnil\\fcharset2 Wingdings;}{\\f8\\fnil\\fcharset134 \\'cb\\'ce;}}"
ROW = "\\trowd\\cellx1000\\cellx2000 "


def printed(inside: str, row: str = ROW, before: str = "") -> str:
    """Return what the second one of two cells prints."""
    text = f"{COLOURS}{FONTS}{row}\\pard\\intbl a\\cell {before}{inside}\\cell\\row\\pard"
    (block,) = read(body(text), "").blocks
    assert isinstance(block, Grid)
    return block.cells[1].text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("5{\\up6 1}", "5[1]"),
        ("5{\\dn6 1}", "5[1]"),
        ("5{\\up 1}", "5[1]"),
        ("5{\\up0 1}", "51"),
        ("{\\dn2 51}", "51"),
        ("5{\\super\\strike0 1}", "5[1]"),
        ("5{\\super\\nosupersub 1}", "51"),
        ("5{\\striked1 1}", "5[1]"),
        ("5{\\striked0 1}", "51"),
        ("{\\ltrch\\fcs1 \\rtlch\\fcs0 51}", "[51]"),
        ("{\\rtlch\\fcs1 \\af0 \\ltrch\\fcs0 51}", "51"),
        ("5{\\spv 1}", "5[1]"),
        ("5{\\twoinone0 1}", "51"),
        ("5{\\twoinone1 1}", "5[1]"),
        ("{\\strike 5\\plain 1}", "[5]1"),
        ("5\\chpgn ", "5\ufffd"),
        ("3{\\v\\par}7\\par", "37"),
        ("3{\\deleted\\par}7\\par", "37"),
        ("{\\field{\\*\\fldinst SYMBOL 49 \\\\f Arial}{\\fldrslt}}", "\ufffd"),
        ("{\\field{\\*\\fldinst {\\fs20 EQ \\\\o(5,1)}}}", "\ufffd"),
        ("{\\field{\\*\\fldinst FORMCHECKBOX {\\*\\formfield{\\fftype1}}}{\\fldrslt }}", "\ufffd"),
        ("{\\field{\\*\\fldinst SYMBOL 49}{\\fldrslt 37}}", "37"),
        ("{\\field{\\*\\fldinst  =SUM(ABOVE)\\par }{\\fldrslt 37}}", "37"),
        ("{\\field{\\*\\fldinst  =SUM(ABOVE)}}", "\ufffd"),
        ("{\\field{\\*\\fldinst XE \\'22x\\'22}}1", "1"),
    ],
)
def test_what_a_line_prints(written: str, expected: str) -> None:
    assert lines(written + "\\par") == [expected]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("5{\\cf1 1}", "5[1]"),
        ("5{\\cf4 1}", "5[1]"),
        ("5{\\cf3 1}", "51"),
        ("5{\\cf0 1}", "51"),
        ("5{\\cf99 1}", "51"),
        ("5{\\cf1\\chcbpat2 1}", "51"),
        ("5{\\cf2\\highlight2 1}", "5[1]"),
        ("{\\cf1 \\'b9\\'e6}", "规"),
        ("5{\\fs2 1}", "5[1]"),
        ("5{\\fs21 1}", "51"),
        ("5{\\charscalex5 1}", "5[1]"),
        ("5{\\expndtw-200 1}", "5[1]"),
        ("5{\\f7 1}", "5[1]"),
        ("5{\\f8 1}", "51"),
        ("\\sl-20\\slmult0 37", "[37]"),
        ("\\sl-560\\slmult0 37", "37"),
        ("\\ls1\\ilvl0 ", "\ufffd"),
        ("\\ls1\\ilvl0 37", "\ufffd37"),
        ("\\ls0 37", "37"),
        ("{\\listtext 1.\\tab}\\ls1 37", "1. 37"),
        ("\\ls1 \\'b9\\'e6", "规"),
        ("{\\cbpat2\\cf1 37}", "37"),
    ],
)
def test_a_figure_of_a_cell_that_is_not_seen_is_set_apart(written: str, expected: str) -> None:
    assert printed(written) == expected


def test_the_colour_of_a_cell_is_behind_its_figure() -> None:
    row = "\\trowd\\cellx1000\\clcbpat2\\cellx2000 "
    assert printed("{\\cf1 37}", row) == "37"
    assert printed("{\\cf2 37}", row) == "[37]"
    assert printed("{\\cf1 37}", "\\trowd\\clcbpat2\\cellx1000\\cellx2000 ") == "[37]"


def test_a_row_without_height_shows_no_figure() -> None:
    assert printed("37", "\\trowd\\trrh-10\\cellx1000\\cellx2000 ") == "[37]"
    assert printed("37", "\\trowd\\trrh-340\\cellx1000\\cellx2000 ") == "37"


def test_what_is_not_in_a_table_is_read_whatever_its_colour() -> None:
    assert lines(f"{COLOURS}{{\\cf1 2023}}\\par") == ["2023"]


@pytest.mark.parametrize("word", ["loch", "pard", "cell", "ltrch", "intbl"])
def test_a_word_that_swallowed_a_figure_is_damage(word: str) -> None:
    with pytest.raises(CorruptError, match="takes no number"):
        printed(f"\\{word}37")


def test_cells_that_end_left_of_where_they_begin_are_damage() -> None:
    assert printed("37") == "37"
    with pytest.raises(CorruptError, match="left of"):
        printed("37", ROW.replace("\\cellx", "\\cellx9", 1))


def in_shape(words: str, text: str = "") -> list[str]:
    """Return what three rows of a label and two figures print, with a shape anchored in the first figure's cell."""
    inside = f"{{\\shptxt \\pard\\plain {text}\\par}}" if text else ""
    drawn = f"{{\\shp{{\\*\\shpinst{words}{{\\sp{{\\sn shapeType}}{{\\sv 1}}}}{inside}}}}}"
    rows = [f"\\pard\\intbl a\\cell {drawn}37\\cell 4\\cell\\row "] + ["\\pard\\intbl b\\cell\\cell 5\\cell\\row "] * 2
    table = "".join(f"\\trowd\\cellx1000\\cellx2000\\cellx3000 {row}" for row in rows)
    (block,) = read(body(f"{table}\\pard"), "").blocks
    assert isinstance(block, Grid)
    return [found.text for found in block.cells if found.column]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "\\shpleft0\\shptop0\\shpright900\\shpbottom200\\shpwr3\\shpbxcolumn\\shpbypara",
            ["[37]", "4", "", "5", "", "5"],
        ),
        (
            "\\shpleft0\\shptop0\\shpright1900\\shpbottom400\\shpbxpage\\shpbxignore\\shpbyignore",
            ["[37]", "[4]", "", "[5]", "", "5"],
        ),
        ("\\shpleft0\\shptop0\\shpright9\\shpbottom9\\shpbxpage\\shpbypage", ["[37]", "[4]", "", "5", "", "5"]),
        ("\\shpleft0\\shptop0\\shpright900\\shpbottom200\\shpfblwtxt1", ["37", "4", "", "5", "", "5"]),
        ("\\shpleft0\\shptop0\\shpright900\\shpbottom200\\shpwr2", ["37", "4", "", "5", "", "5"]),
    ],
)
def test_figures_under_a_shape_are_set_apart(words: str, expected: list[str]) -> None:
    assert in_shape(words) == expected


def test_a_text_box_over_another_cell_leaves_no_blank() -> None:
    found = in_shape("\\shpleft0\\shptop300\\shpright900\\shpbottom500\\shpwr3", "8")
    assert found[2] == "[图片]"


def test_a_shape_outside_tables_covers_nothing() -> None:
    shape = "{\\shp{\\*\\shpinst\\shpleft0\\shptop0\\shpright900\\shpbottom200}}"
    assert lines(f"{shape}37\\par") == ["37"]


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ("\\shptop200\\shpbottom500", True),
        ("\\shptop0\\shpbottom200", False),
        ("\\shptop200\\shpbottom500\\shpwr2", False),
        ("\\shptop-300\\shpbottom0", True),
        ("\\shptop900\\shpbottom1200\\shpbypage", True),
    ],
)
def test_a_shape_outside_the_tables_that_may_lie_over_one_is_told(words: str, is_told: bool) -> None:
    shape = f"{{\\shp{{\\*\\shpinst\\shpleft0\\shpright900{words}}}}}"
    table = "\\trowd\\cellx1000\\cellx2000 \\pard\\intbl a\\cell 37\\cell\\row \\pard "
    below = words.startswith("\\shptop-")
    text = f"{table}{shape}\\par" if below else f"{shape}\\par {table}"
    assert [note.rule for note in read(body(text), "").notes] == ["floating"] * is_told
