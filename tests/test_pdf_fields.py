"""Figures that stand in form fields and typed-on text of a PDF, read by both engines; what has no look is not blank."""

import pytest

from extract.errors import TooBigError
from extract.formats.pdf import read, read_again
from extract.pdf import annotations
from extract.pdf.ink import UNREADABLE
from extract.pdf.pdfium import ink as pdfium_ink
from extract.text import LOST
from tests.test_pdf import CHINESE, assembled, chinese, grids, objects, rows, ruled_page, stream, texts

FIELD = "/Subtype /Widget /FT /Tx /T (a)"
TYPED = "/Subtype /FreeText"
LOOK = stream(
    b"BT /F1 9 Tf 2 3 Td <00310032> Tj ET", "/Subtype /Form /BBox [0 0 20 12] /Resources << /Font << /F1 5 0 R >> >>"
)


def page(entry: str, *more: bytes, page: str = "") -> bytes:
    """A ruled table whose first figure is replaced by an annotation in its cell."""
    content = ruled_page().replace("<00310030> Tj", "<> Tj").encode()
    annotation = f"<< /Type /Annot /Rect [260 577 280 589] {entry} >>".encode()
    return assembled([*objects(content, font=CHINESE, page=f"/Annots [6 0 R] {page}"), annotation, *more])


def first(data: bytes) -> list[str]:
    return [rows(grids(engine(data, ""))[0])[0][1] for engine in (read, read_again)]


def test_more_fields_than_are_read_are_refused_and_not_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    data = page(f"{FIELD} /AP << /N 7 0 R >>", LOOK)
    for place, engine in ((annotations, read), (pdfium_ink, read_again)):
        monkeypatch.setattr(place, "MAX_FORMS", 0)
        with pytest.raises(TooBigError, match="annotations"):
            engine(data, "")


@pytest.mark.parametrize("kind", [FIELD, TYPED, "/Subtype /Stamp", "/Subtype /Watermark"])
@pytest.mark.parametrize("turned", ["", "/Rotate 90"])
def test_what_a_field_shows_is_printed(kind: str, turned: str) -> None:
    assert first(page(f"{kind} /F 4 /AP << /N 7 0 R >>", LOOK, page=turned)) == ["12", "12"]


@pytest.mark.parametrize("kind", ["Stamp", "Square", "Redact", "FreeText"])
@pytest.mark.parametrize(("typed", "expected"), [("", LOST * 2), ("0 g BT /F1 9 Tf 2 3 Td <00310032> Tj ET", "12")])
def test_an_annotation_covers_what_the_page_prints(kind: str, typed: str, expected: str) -> None:
    look = stream(
        f"1 g 0 0 20 12 re f {typed}".encode(),
        "/Subtype /Form /BBox [0 0 20 12] /Resources << /Font << /F1 5 0 R >> >>",
    )
    entry = f"<< /Type /Annot /Rect [258 577 278 589] /Subtype /{kind} /AP << /N 7 0 R >> >>"
    made = objects(ruled_page().encode(), font=CHINESE, page="/Annots [6 0 R]")
    assert first(assembled([*made, entry.encode(), look])) == [expected] * 2


@pytest.mark.parametrize(
    "entry", ["/Subtype /StrikeOut /QuadPoints [258 589 278 589 258 577 278 577]", "/Subtype /Square /IC [1]"]
)
def test_what_is_struck_out_or_filled_without_a_look_is_no_figure(entry: str) -> None:
    annotation = f"<< /Type /Annot /Rect [258 577 278 589] {entry} >>".encode()
    data = assembled([*objects(ruled_page().encode(), font=CHINESE, page="/Annots [6 0 R]"), annotation])
    assert UNREADABLE in rows(grids(read(data, ""))[0])[0][1]


@pytest.mark.parametrize("kind", ["/Subtype /Stamp", "/Subtype /Widget /FT /Sig"])
def test_a_seal_makes_a_short_page_no_picture(kind: str) -> None:
    look = stream(b"q 90 0 0 90 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID a EI Q", "/Subtype /Form /BBox [0 0 90 90]")
    annotation = f"<< /Type /Annot /Rect [300 200 390 290] {kind} /AP << /N 7 0 R >> >>".encode()
    signed = chinese(300, 250, "某某市自然资源局") + chinese(300, 230, "2024年1月9日")
    document = read(assembled([*objects(signed.encode(), font=CHINESE, page="/Annots [6 0 R]"), annotation, look]), "")
    assert ("".join(texts(document)), document.notes) == ("某某市自然资源局2024年1月9日", ())


def test_a_look_is_drawn_into_its_rectangle() -> None:
    look = stream(
        b"BT /F1 90 Tf 20 30 Td <00310032> Tj ET",
        "/Subtype /Form /BBox [0 0 200 120] /Resources << /Font << /F1 5 0 R >> >>",
    )
    assert first(page(f"{FIELD} /AP << /N 7 0 R >>", look)) == ["12", "12"]


@pytest.mark.parametrize("entry", [f"{FIELD} /V (12)", f"{TYPED} /Contents (12)", "/Subtype /Widget /Parent 7 0 R"])
def test_a_value_without_a_look_is_unreadable_and_no_blank(entry: str) -> None:
    above = b"<< /FT /Tx /T (a) /V (12) >>"
    assert rows(grids(read(page(entry, above), ""))[0])[0][1] == UNREADABLE


@pytest.mark.parametrize(
    "entry",
    [
        f"{FIELD} /V ()",
        f"{FIELD} /F 2 /V (12)",
        f"{FIELD} /F 2 /AP << /N 7 0 R >>",
        "/Subtype /Stamp /F 2 /AP << /N 7 0 R >>",
        "/Subtype /Link /AP << /N 7 0 R >>",
        "/Subtype /Square /Contents (12)",
        "/Subtype /Text /Contents (12)",
    ],
)
def test_empty_and_hidden_fields_and_notes_print_nothing(entry: str) -> None:
    assert first(page(entry, LOOK)) == ["", ""]
