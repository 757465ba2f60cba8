"""What lies on the cells of a sheet in the old way of drawing: embedded objects, form controls and notes."""

import io
import zipfile

import pytest

from tests.test_sheet_drawings import SHEET, TABLE, figures
from tests.test_xlsx import part_replaced, rows

_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def lying(kind: str, anchor: str, more: str = "") -> str:
    data = f'<x:ClientData ObjectType="{kind}">{more}<x:Anchor>\n {anchor}</x:Anchor></x:ClientData>'
    return f"<v:shape>{data}<br></v:shape>"


def drawn(*shapes: str) -> bytes:
    """Return a sheet with old drawings on it."""
    tag = f'<legacyDrawing xmlns:r="{_OFFICE}" r:id="rId9"/></worksheet>'
    buffer = io.BytesIO(part_replaced(rows(*TABLE), SHEET, b"</worksheet>", tag.encode()))
    with zipfile.ZipFile(buffer, "a") as package:
        link = f'<Relationship Id="rId9" Type="{_OFFICE}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>'
        package.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels", f'<Relationships xmlns="{_LINKS}">{link}</Relationships>'
        )
        package.writestr("xl/drawings/vmlDrawing1.vml", f'<xml xmlns:x="urn:x">{"".join(shapes)}</xml>')
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (lying("Pict", "1, 0, 1, 0, 3, 0, 3, 0"), "[37] [4] x [图片] [5] - 42 - -"),
        (lying("Pict", "1, 60, 1, 18, 3, 0, 3, 0"), "37 4 x - [5] - 42 - -"),
        (lying("Drop", "1, 0, 1, 0, 1, 60, 1, 18"), "[37] 4 x - 5 - 42 - -"),
        (lying("Note", "1, 0, 1, 0, 3, 0, 3, 0"), "37 4 x - 5 - 42 - -"),
        (lying("Note", "1, 0, 1, 0, 3, 0, 2, 0", "<x:Visible/>"), "[37] [4] x - 5 - 42 - -"),
        (lying("Pict", "1, 0, 1"), "37 4 x - 5 - 42 - -"),
        ("<v:shape><x:ClientData", "37 4 x - 5 - 42 - -"),
    ],
)
def test_figures_under_an_old_drawing_are_set_apart(shape: str, expected: str) -> None:
    assert [text or "-" for text in figures(drawn(shape))] == expected.split()
