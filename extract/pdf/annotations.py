"""What annotations print into a page: form fields that were filled in, text typed on top of it, stamps and drawings.

A filled form keeps its figures in fields (ISO 32000-1, 12.7), drawn by their appearance streams; where a field has none
the viewer makes one, and only its place and that it is not empty are certain.
"""

from collections.abc import Iterator, Set
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import MATRIX_IDENTITY, Matrix, Rect, apply_matrix_rect, mult_matrix

from extract.errors import TooBigError
from extract.pdf.ink import MAX_FORMS
from extract.pdf.layers import is_hidden

PRINTED = (
    "Widget",
    "FreeText",
    "Stamp",
    "Watermark",
    "Square",
    "Circle",
    "Line",
    "PolyLine",
    "Polygon",
    "Ink",
    "StrikeOut",
    "Redact",
)
"""Kinds that print figures, or cover or strike out those of the page; links, notes and markers do not."""

_FIELDS = ("Widget", "FreeText", "Stamp")
_HIDDEN = 2 | 32  # ISO 32000-1, table 165: Hidden, NoView
_UPWARDS = 12  # most dictionaries between a field and the one that has its value


def draw_annotations(
    page: PDFPage, interpreter: PDFPageInterpreter, to_page: Matrix, layers: Set[int]
) -> Iterator[Rect]:
    """Draw the appearances of a page's annotations that print something, and yield the boxes, in the page's own space, of
    those without appearance that have text or hide what is below. Raises ``TooBigError`` past ``MAX_FORMS`` annotations."""
    references = list_value(page.annots or [])
    if len(references) > MAX_FORMS:
        raise TooBigError(f"more than MAX_FORMS ({MAX_FORMS}) annotations on one page")
    for reference in references:
        found = resolve1(reference)
        if not isinstance(found, dict) or not _is_printed(found) or is_hidden(found.get("OC"), layers):
            continue
        box = _numbers(found.get("Rect"))
        appearance = _appearance(found)
        if len(box) != 4:
            continue
        rect = (min(box[::2]), min(box[1::2]), max(box[::2]), max(box[1::2]))
        if appearance is not None:
            _draw(appearance, rect, interpreter, to_page)
        elif _hides(found) or (_is_field(found) and _has_text(found)):
            yield rect


def _is_printed(found: dict[str, Any]) -> bool:
    kind, flags = resolve1(found.get("Subtype")), resolve1(found.get("F", 0))
    return (
        isinstance(kind, PSLiteral) and literal_name(kind) in PRINTED and isinstance(flags, int) and not flags & _HIDDEN
    )


def _hides(found: dict[str, Any]) -> bool:
    """Tell whether a viewer strikes out or fills an annotation without a look (ISO 32000-1, 12.5.6.8 and 12.5.6.10)."""
    return literal_name(resolve1(found.get("Subtype"))) == "StrikeOut" or bool(list_value(found.get("IC") or []))


def _is_field(found: dict[str, Any]) -> bool:
    """Tell whether what an annotation says is its look; of the others it is what somebody remarked."""
    return literal_name(resolve1(found.get("Subtype"))) in _FIELDS


def _appearance(found: dict[str, Any]) -> PDFStream | None:
    """Return the stream that draws an annotation, in the state it is in; ``None`` where there is none."""
    normal = resolve1(dict_value(found.get("AP") or {}).get("N"))
    if isinstance(normal, dict):
        state = resolve1(found.get("AS"))
        normal = resolve1(normal.get(literal_name(state))) if isinstance(state, PSLiteral) else None
    return normal if isinstance(normal, PDFStream) and normal.get_data().strip() else None


def _has_text(found: dict[str, Any]) -> bool:
    """Tell whether a field, or one it is a part of, has a value that is text."""
    for _ in range(_UPWARDS):
        value = resolve1(found.get("V", found.get("Contents")))
        if isinstance(value, bytes) and value.strip(b"\0 \xfe\xff"):
            return True
        above = resolve1(found.get("Parent"))
        if not isinstance(above, dict):
            return False
        found = above
    return False


def _draw(form: PDFStream, rect: Rect, interpreter: PDFPageInterpreter, to_page: Matrix) -> None:
    """Draw an appearance so that its box fills the annotation's rectangle (ISO 32000-1, 12.5.5)."""
    matrix = _matrix(form)
    box = _numbers(form.get("BBox"))
    if len(box) != 4:
        return
    left, low, right, high = apply_matrix_rect(matrix, (box[0], box[1], box[2], box[3]))
    across = (rect[2] - rect[0]) / (right - left) if right > left else 1.0
    up = (rect[3] - rect[1]) / (high - low) if high > low else 1.0
    fit = (across, 0.0, 0.0, up, rect[0] - left * across, rect[1] - low * up)
    inner = interpreter.dup()
    inner.render_contents(
        dict_value(form.get("Resources") or {}), [form], ctm=mult_matrix(matrix, mult_matrix(fit, to_page))
    )


def _matrix(form: PDFStream) -> Matrix:
    found = _numbers(form.get("Matrix"))
    return (found[0], found[1], found[2], found[3], found[4], found[5]) if len(found) == 6 else MATRIX_IDENTITY


def _numbers(value: object) -> list[float]:
    found = [resolve1(number) for number in list_value(value or [])]
    return [float(number) for number in found if isinstance(number, (int, float))]
