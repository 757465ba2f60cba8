"""Figures in the text of a PDF page that nobody sees: both engines mark them, or read what is printed."""

import pytest

from extract.errors import TooBigError, UnsupportedError
from extract.formats.pdf import read, read_again
from extract.model import Document
from extract.pdf import shown
from extract.text import LOST
from tests.test_pdf import CHINESE, assembled, chinese, grids, objects, rows, ruled_page, stream
from tests.test_pdf_drawn import PROSE

SEVEN = chinese(272, 580, "7")
"""A digit right behind the figure 10 of the first row."""

PICTURE = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
SPOT = b"[/Separation /Spot /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0 0 1] /N 1 >>]"
SHADING = (
    b"<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 600 0] /Extend [true true]"
    b" /Function << /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [1] /N 1 >> >>"
)
TILES = "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >>"
BEHIND = "q 20 0 0 60 270 560 cm {} Do Q "
LAYERS = b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [11 0 R 12 0 R] /D << /OFF [11 0 R] >> >> >>"


def page(content: str, *, catalog: bytes = b"<< /Type /Catalog /Pages 2 0 R >>", annotations: str = "") -> bytes:
    """A page with a form (/X 6), pictures (/I 7, /S 8 with a mask 9), a spot colour (10) and layers (11 off, 12 on)."""
    resources = (
        "/XObject << /X 6 0 R /I 7 0 R /S 8 0 R /H 14 0 R >> /ColorSpace << /Spot 10 0 R >>"
        " /ExtGState << /Faint << /ca 0.05 >> /Half << /ca 0.4 >> /Multiply << /BM /Multiply >>"
        " /Masked << /SMask << /S /Luminosity /G 6 0 R >> >> /Unmasked << /SMask /None >> /Plain << /BM /Normal >>"
        " /Screen << /BM [/Screen /Normal] >> >> /Shading << /Sh 15 0 R >> /Pattern << /Tiles 16 0 R >>"
        " /Properties << /Off 11 0 R /On 12 0 R /Both 13 0 R >>"
    )
    form = "/Type /XObject /Subtype /Form /Resources << /Font << /F1 5 0 R >> >> /BBox "
    made = objects((ruled_page() + PROSE + content).encode(), font=CHINESE, resources=resources, page=annotations)
    made[0] = catalog
    return assembled(
        [
            *made,
            stream(SEVEN.encode(), form + "[0 0 271 600]"),
            stream(b"\0", PICTURE),
            stream(b"\0", PICTURE + " /SMask 9 0 R"),
            stream(b"\0", PICTURE),
            SPOT,
            b"<< /Type /OCG /Name (draft) >>",
            b"<< /Type /OCG /Name (final) >>",
            b"<< /Type /OCMD /OCGs [11 0 R 12 0 R] /P /AllOn >>",
            stream(SEVEN.encode(), "/OC 11 0 R " + form + "[0 0 600 600]"),
            SHADING,
            stream(b"1 g 0 0 9 9 re f", TILES),
        ]
    )


def first(document: Document) -> str:
    return rows(grids(document)[0])[0][1]


UNSEEN = {
    "white": f"1 g {SEVEN}",
    "nearly white": f"0.95 0.93 0.96 rg {SEVEN}",
    "no ink at all": f"0 0 0 0 k {SEVEN}",
    "no ink of a spot colour": f"/Spot cs 0 scn {SEVEN}",
    "faint": f"/Faint gs {SEVEN}",
    "as its ground": f"0.2 0.4 0.6 rg 270 575 20 20 re f {SEVEN}",
    "below a white box": f"{SEVEN} 1 g 270 575 20 20 re f",
    "below a picture": SEVEN + BEHIND.format("/I"),
    "outside the clip": f"q 250 570 20 30 re W n {SEVEN} Q",
    "outside two clips": f"q 250 570 50 30 re W n 200 500 70 300 re W n {SEVEN} Q",
    "outside its form": "/X Do",
    "below a shading": f"{SEVEN} q 270 575 20 20 re W n /Sh sh Q",
    "below a pattern": f"{SEVEN} /Pattern cs /Tiles scn 270 575 20 20 re f",
    "below a wide line": f"{SEVEN} 1 G 20 w 270 585 m 290 585 l S",
    "below one of two boxes": f"{SEVEN} 1 g 270 575 20 20 re 400 400 5 5 re f",
    "below a mask": f"q /Masked gs {SEVEN} Q",
    "below a mask with a plain way of mixing": f"q /Masked gs /Plain gs {SEVEN} Q",
    "mixed so that black vanishes": f"q /Screen gs {SEVEN} Q",
    "an outline in white": "1 G " + SEVEN.replace("BT", "BT 1 Tr"),
    "white with an outline in white": "1 g 1 G " + SEVEN.replace("BT", "BT 6 Tr"),
    "not shown": SEVEN.replace("BT", "BT 3 Tr"),
    "only a clip": SEVEN.replace("BT", "BT 7 Tr"),
}


@pytest.mark.parametrize("content", UNSEEN.values(), ids=UNSEEN)
def test_a_digit_that_nobody_sees_makes_its_figure_unreadable(content: str) -> None:
    assert [first(engine(page(content), "")) for engine in (read, read_again)] == [f"10{LOST}"] * 2


SEEN = {
    "white on dark": f"0 0 0.4 rg 270 575 20 20 re f 1 g {SEVEN}",
    "black with an outline in white": "1 G " + SEVEN.replace("BT", "BT 2 Tr"),
    "an outline": "1 g " + SEVEN.replace("BT", "BT 1 Tr"),
    "after a mask": f"q /Masked gs /Unmasked gs {SEVEN} Q",
    "on a shading": f"q 270 575 20 20 re W n /Sh sh Q {SEVEN}",
    "beside a shading": f"{SEVEN} q 290 575 20 20 re W n /Sh sh Q",
    "on a wide line": f"q 0.8 G 20 w 270 585 m 290 585 l S Q {SEVEN}",
    "outlined": "1 g " + SEVEN.replace("BT", "BT 2 Tr"),
    "grey": f"0.6 g {SEVEN}",
    "in a spot colour": f"/Spot cs 1 scn {SEVEN}",
    "with the colour restored": f"q 1 g Q {SEVEN}",
    "with the clip restored": f"q 0 0 9 9 re W n Q {SEVEN}",
    "after a form": f"1 0 0 1 0 150 cm /X Do 1 0 0 1 0 -150 cm {SEVEN}",
    "on a white box": f"1 g 270 575 20 20 re f 0 g {SEVEN}",
    "on a picture": BEHIND.format("/I") + SEVEN,
    "below a translucent box": f"{SEVEN} /Half gs 1 g 270 575 20 20 re f",
    "below a marker": f"{SEVEN} /Multiply gs 1 1 0 rg 270 575 20 20 re f",
    "below a corner": f"{SEVEN} 290 590 m 290 570 l 260 570 l 260 572 l 288 572 l 288 590 l f",
    "below a frame": f"{SEVEN} 265 570 30 30 re 270 575 20 20 re f*",
    "below a seal": SEVEN + BEHIND.format("/S"),
    "in its clip": f"q 250 570 50 30 re W n {SEVEN} Q",
}


@pytest.mark.parametrize("content", SEEN.values(), ids=SEEN)
def test_a_digit_that_is_seen_is_read(content: str) -> None:
    expected = ["107"] * 2
    assert [first(engine(page(content), "")) for engine in (read, read_again)] == expected


def test_a_figure_typed_over_a_covered_one_is_read() -> None:
    content = "1 g 255 575 30 20 re f 0 g " + chinese(261, 580, "85")
    assert [first(engine(page(content), "")) for engine in (read, read_again)] == ["85", "85"]


def test_a_figure_below_a_whole_page_is_not_taken_for_a_corrected_one() -> None:
    content = "1 g 0 0 595 842 re f 0 g " + chinese(100, 30, "3")
    assert [first(engine(page(content), "")) for engine in (read, read_again)] == [LOST * 2] * 2


def test_more_areas_than_are_looked_at_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "MAX_MEETINGS", 9)
    for engine in (read, read_again):
        with pytest.raises(TooBigError, match="areas"):
            engine(page("0.9 g 0 0 595 842 re f 0 0 595 842 re f"), "")


HIDDEN = {
    "a layer": f"/OC /Off BDC /P BMC {SEVEN} EMC {SEVEN} EMC",
    "layers of which one is off": f"/OC /Both BDC {SEVEN} EMC",
    "a layer that does not end": f"/OC /Off BDC {SEVEN}",
    "a form": "/H Do",
}


@pytest.mark.parametrize("content", HIDDEN.values(), ids=HIDDEN)
def test_what_is_on_a_hidden_layer_is_not_read(content: str) -> None:
    data = page(content, catalog=LAYERS)
    assert first(read(data, "")) == "10"
    with pytest.raises(UnsupportedError, match="layers"):
        read_again(data, "")


@pytest.mark.parametrize("state", ["/OFF []", "/BaseState /OFF /ON [11 0 R 12 0 R]"])
def test_layers_that_are_on_are_read(state: str) -> None:
    data = page(HIDDEN["a layer"], catalog=LAYERS.replace(b"/OFF [11 0 R]", state.encode()))
    assert [first(engine(data, "")) for engine in (read, read_again)] == ["107"] * 2


def test_layers_are_off_where_the_file_says_so_of_all() -> None:
    data = page(HIDDEN["a layer"], catalog=LAYERS.replace(b"/OFF [11 0 R]", b"/BaseState /OFF"))
    assert first(read(data, "")) == "10"


@pytest.mark.parametrize(
    ("default", "event", "usage", "read_as"),
    [
        ("", "View", "/View << /ViewState /OFF >>", "10"),
        ("", "Print", "/Print << /PrintState /OFF >>", "10"),
        ("", "Print", "/Print << /PrintState /ON >>", "107"),
        ("", "Export", "/Export << /ExportState /OFF >>", "107"),
        ("", "View", "/Print << /PrintState /OFF >>", "107"),
        ("/OFF [11 0 R]", "View", "/View << /ViewState /ON >>", "107"),
        ("/OFF [11 0 R]", "Print", "/Print << /PrintState /ON >>", "10"),
    ],
)
def test_a_layer_that_its_usage_turns_off_is_not_read(default: str, event: str, usage: str, read_as: str) -> None:
    applied = f"/AS [<< /Event /{event} /Category [/{event}] /OCGs [11 0 R] >>]"
    catalog = LAYERS.replace(b"/OFF [11 0 R]", f"{default} {applied}".encode())
    data = page(HIDDEN["a layer"], catalog=catalog).replace(b"(draft) >>", f"(draft) /Usage << {usage} >> >>".encode())
    assert first(read(data, "")) == read_as


def test_text_typed_on_a_hidden_layer_is_not_read() -> None:
    annotation = "/Annots [<< /Type /Annot /Subtype /FreeText /Rect [270 575 280 595] /Contents (7) /OC 11 0 R >>]"
    assert first(read(page("", catalog=LAYERS, annotations=annotation), "")) == "10"
