"""Figures in the text of an OFD page that nobody sees: their cell is marked, or what is printed is read."""

from io import BytesIO

import pytest
from PIL import Image

from extract.formats.ofd import read
from extract.text import LOST
from tests.kit import ofd
from tests.test_ofd import PROSE, TABLE, grids, image, made, path, resources, text

BOX = "M 0 0 L 9 0 L 9 12 L 0 12 C"
PLACE = "104.5 62 9 12"
WHITE = '<ofd:FillColor Value="255 255 255"/>'
BLUE = '<ofd:FillColor Value="10 20 90"/>'
SEVEN = text(105, 69, "7")
"""A digit right behind the figure 1 of the first row."""


def painted(node: str, colour: str) -> str:
    return node.replace("><ofd:", f">{colour}<ofd:", 1)


def area(colour: str, how: str = "") -> str:
    return painted(path(BOX, f'Stroke="false" Fill="true" {how}', PLACE), colour)


def clipped(corners: str) -> str:
    inner = f'<ofd:Path Boundary="0 0 9 9" Fill="true"><ofd:AbbreviatedData>{corners}</ofd:AbbreviatedData></ofd:Path>'
    return painted(SEVEN, f"<ofd:Clips><ofd:Clip><ofd:Area>{inner}</ofd:Area></ofd:Clip></ofd:Clips>")


def page(*objects: str) -> bytes:
    """A page with drawing parameters (5 white, 6 as 5), colour spaces (7 grey, 8 CMYK) and a picture (3)."""
    parameters = f'<ofd:DrawParam ID="5">{WHITE}</ofd:DrawParam><ofd:DrawParam ID="6" Relative="5"/><ofd:DrawParam ID="9" LineWidth="12"/>'
    spaces = '<ofd:ColorSpace ID="7" Type="GRAY" BitsPerComponent="4"/><ofd:ColorSpace ID="8" Type="CMYK"/>'
    media = '<ofd:MultiMedia ID="3" Type="Image"><ofd:MediaFile>a.jpg</ofd:MediaFile></ofd:MultiMedia>'
    listed = resources(
        f"<ofd:DrawParams>{parameters}</ofd:DrawParams><ofd:ColorSpaces>{spaces}</ofd:ColorSpaces>"
        f"<ofd:MultiMedias>{media}</ofd:MultiMedias>"
    )
    drawn = BytesIO()
    Image.new("L", (8, 8)).save(drawn, "JPEG")
    content = PROSE + TABLE + "".join(objects)
    return made(content, **{"Doc_0/PublicRes.xml": listed.encode(), "Doc_0/Res/a.jpg": drawn.getvalue()})


def first(*objects: str) -> str:
    return grids(read(page(*objects), ""))[0][0][1]


UNSEEN = {
    "white": painted(SEVEN, WHITE),
    "white by its parameters": text(105, 69, "7", how='DrawParam="6"'),
    "white by its layer": f'<ofd:Layer ID="9" DrawParam="5">{SEVEN}</ofd:Layer>',
    "white in grey": painted(SEVEN, '<ofd:FillColor Value="15" ColorSpace="7"/>'),
    "without ink": painted(SEVEN, '<ofd:FillColor Value="0 0 0 0" ColorSpace="8"/>'),
    "faint": painted(SEVEN, '<ofd:FillColor Value="0 0 0" Alpha="9"/>'),
    "as its ground": area(BLUE) + painted(SEVEN, BLUE),
    "covered": SEVEN + area(WHITE),
    "below a wide line": SEVEN + painted(path("M 0 6 L 9 6", 'LineWidth="12"', PLACE), WHITE.replace("Fill", "Stroke")),
    "below a wide line of its parameters": SEVEN + path("M 0 6 L 9 6", 'DrawParam="9"', PLACE),
    "below one of two areas": SEVEN
    + painted(path(f"{BOX} M 20 0 L 29 0 L 29 12 C", 'Stroke="false" Fill="true"', PLACE), WHITE),
    "below a picture": SEVEN + image("104.5 55 9 25"),
    "tiny": text(105, 69, "7", size=0.6),
    "squeezed": text(105, 69, "7", how='HScale="0.1"'),
    "mirrored": text(105, 69, "7", how='CTM="-1 0 0 1 2 0"'),
    "on its head": text(105, 69, "7", how='CTM="-1 0 0 -1 2 5.2"'),
    "outlined in white": painted(text(105, 69, "7", how='Stroke="true"'), WHITE + WHITE.replace("Fill", "Stroke")),
    "a white outline": painted(text(105, 69, "7", how='Stroke="1" Fill="0"'), WHITE.replace("Fill", "Stroke")),
    "cut off": clipped("M -2 0 L 0 0 L 0 9 L -2 9 C"),
}


@pytest.mark.parametrize("content", UNSEEN.values(), ids=UNSEEN)
def test_a_digit_that_nobody_sees_makes_its_figure_unreadable(content: str) -> None:
    assert first(content) == f"1{LOST}"


SEEN = {
    "white on blue": area(BLUE) + painted(SEVEN, WHITE),
    "outlined": painted(text(105, 69, "7", how='Stroke="true"'), WHITE),
    "an outline": painted(text(105, 69, "7", how='Stroke="true"'), '<ofd:FillColor Value="0 0 0" Alpha="0"/>'),
    "blue": painted(SEVEN, BLUE),
    "on white": area(WHITE) + SEVEN,
    "below what has no colour": SEVEN + area(""),
    "below a translucent area": SEVEN + area(WHITE, 'Alpha="99"'),
    "below a picture with a mask": SEVEN + image("104.5 55 9 25", 'ImageMask="3"'),
    "in its clip": clipped("M 0 0 L 9 0 L 9 9 L 0 9 C"),
    "in a space that is not there": painted(SEVEN, '<ofd:FillColor Value="1 1 1" ColorSpace="99"/>'),
}


@pytest.mark.parametrize("content", SEEN.values(), ids=SEEN)
def test_a_digit_that_is_seen_is_read(content: str) -> None:
    assert first(content) == "17"


def test_a_template_in_the_foreground_covers_what_the_page_prints() -> None:
    entry = '<ofd:TemplatePage ID="20" BaseLoc="Tpls/T.xml"/>'
    used = '<ofd:Template TemplateID="20" ZOrder="Foreground"/>'
    plain = ofd.parts([ofd.page_xml(PROSE + TABLE + SEVEN)], "0 0 210 297")
    parts = dict(plain)
    parts["Doc_0/Tpls/T.xml"] = ofd.page_xml(area(WHITE)).encode()
    [name] = [name for name in plain if name.endswith("Content.xml")]
    parts[name] = plain[name].replace(b"<ofd:Content>", used.encode() + b"<ofd:Content>")
    parts["Doc_0/Document.xml"] = plain["Doc_0/Document.xml"].replace(
        b"</ofd:CommonData>", entry.encode() + b"</ofd:CommonData>"
    )
    assert grids(read(ofd.packed(parts), ""))[0][0][1] == f"1{LOST}"
