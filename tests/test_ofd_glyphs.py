"""Codes of OFD texts that do not say what is printed: glyphs named beside them, fonts of pictures, other ways to read."""

from io import BytesIO

import pytest
from PIL import Image

from extract.errors import CorruptError
from extract.formats.ofd import read
from extract.ofd.png import is_opaque_png
from extract.text import LOST
from tests.kit import ofd
from tests.test_ofd import PROSE, TABLE, grids, image, made, text, with_picture
from tests.test_ofd_unseen import SEVEN


def first(*objects: str) -> str:
    return grids(read(made(PROSE + TABLE + "".join(objects)), ""))[0][0][1]


def printed_by(node: str, glyphs: str, how: str = "") -> str:
    """A text object that names the glyphs of its characters."""
    named = f'<ofd:CGTransform CodePosition="0" {how}><ofd:Glyphs>{glyphs}</ofd:Glyphs></ofd:CGTransform>'
    return node.replace("<ofd:TextCode", f"{named}<ofd:TextCode")


def foot(string: str, glyphs: str) -> str:
    return printed_by(text(20, 200, string), glyphs, f'CodeCount="{len(string)}" GlyphCount="{len(glyphs.split())}"')


def test_glyphs_of_one_code_each_are_believed() -> None:
    one = printed_by(SEVEN, "24", 'CodeCount="1" GlyphCount="1"')
    assert first(one) == first(one, foot("17年", "18 24 99")) == first(one, foot("７ 8", "24 3 25")) == "17"
    assert first(printed_by(SEVEN, "24")) == "17"


@pytest.mark.parametrize("other", [foot("1年", "24 99"), foot("共 件", "98 24 99")])
def test_a_glyph_printed_for_two_codes_is_no_figure(other: str) -> None:
    assert first(printed_by(SEVEN, "24"), other) == f"1{LOST}"
    assert first(printed_by(SEVEN, "24"), other.replace('Font="1"', 'Font="2"')) == "17"


def test_a_space_that_looks_unlike_the_others_is_no_blank() -> None:
    spaced = foot("年 月 日", "91 3 92 3 93")
    assert first(printed_by(SEVEN.replace(">7<", "> <"), "3"), spaced) == "1"
    assert first(printed_by(SEVEN.replace(">7<", "> <"), "24"), spaced) == f"1{LOST}"


@pytest.mark.parametrize(("glyphs", "how"), [("24 25", 'CodeCount="1" GlyphCount="2"'), ("", 'CodeCount="1"')])
def test_a_code_printed_by_none_or_several_glyphs_is_no_figure(glyphs: str, how: str) -> None:
    assert first(printed_by(SEVEN, glyphs, how)) == f"1{LOST}"


def test_a_font_of_pictures_prints_no_figures() -> None:
    font = '<ofd:Fonts><ofd:Font ID="4" FontName="Wingdings 2"/></ofd:Fonts>'
    listed = f'{ofd.DECLARATION}<ofd:Res {ofd.NAMESPACE} BaseLoc="Res">{font}</ofd:Res>'
    page = PROSE + TABLE + SEVEN.replace('Font="1"', 'Font="4"')
    assert grids(read(made(page, **{"Doc_0/PublicRes.xml": listed.encode()}), ""))[0][0][1] == f"1{LOST}"


@pytest.mark.parametrize("direction", ["90", "180"])
def test_figures_that_follow_each_other_in_another_direction_are_not_guessed(direction: str) -> None:
    number = text(103, 80, "78", how=f'ReadDirection="{direction}"')
    assert LOST in "".join(grids(read(made(PROSE + TABLE + number), ""))[0][1])


def test_words_may_be_set_downwards_where_offsets_say_so() -> None:
    down = text(60, 80, "甲乙", how='ReadDirection="90"', delta=' DeltaY="4"')
    assert grids(read(made(PROSE + TABLE + down), ""))[0][1][0].replace("\n", "") == "甲行政许可 乙"


def test_elements_among_characters_are_damage() -> None:
    with pytest.raises(CorruptError, match="among the characters"):
        read(made(PROSE + SEVEN.replace(">7<", ">7<ofd:Tab/>8<")), "")


def png(mode: str, **how: int | tuple[int, ...]) -> bytes:
    drawn = BytesIO()
    Image.new(mode, (8, 8)).save(drawn, "PNG", **how)
    return drawn.getvalue()


@pytest.mark.parametrize("mode", ["L", "RGB", "P"])
def test_a_picture_without_clear_places_covers_figures(mode: str) -> None:
    assert is_opaque_png(png(mode))
    assert not is_opaque_png(png(mode, transparency=(0, 0, 0) if mode == "RGB" else 0))
    covered = with_picture(png(mode), "a.png", PROSE + TABLE + SEVEN + image("104.5 55 9 25"))
    assert grids(read(covered, ""))[0][0][1] == f"1{LOST}"


def test_a_seal_with_clear_places_covers_nothing() -> None:
    assert not any(map(is_opaque_png, (png("RGBA"), png("LA"), png("L")[:40], b"", b"\xff\xd8")))
    sealed = with_picture(png("RGBA"), "a.png", PROSE + TABLE + SEVEN + image("80 40 90 90"))
    assert grids(read(sealed, ""))[0][0][1] == "17"
