"""What PDFium tells of one object of a page."""

import ctypes
from collections.abc import Iterator

import pypdfium2.raw as api
from pdfminer.utils import Matrix, apply_matrix_pt

from extract.pages.lines import Box
from extract.pdf.geometry import Point, around
from extract.pdf.pdfium.calls import Address, function
from extract.pdf.shown import MOSTLY, UNTOLD, Colour, Tint, common

FILL, LINE = "Fill", "Stroke"
"""PDFium's names for what areas and lines are painted with."""


class Pen:
    """Asks PDFium about its objects. The places for its answers are made once: a page has thousands of steps."""

    def __init__(self) -> None:
        self._get_matrix = function("FPDFPageObj_GetMatrix", "address place")
        self._get_mode = function("FPDFPath_GetDrawMode", "address place place")
        self._step = function("FPDFPath_GetPathSegment", "address number", "address")
        self._kind, self._closes = function("FPDFPathSegment_GetType"), function("FPDFPathSegment_GetClose")
        self._get_point = function("FPDFPathSegment_GetPoint", "address place place")
        self._get_width = function("FPDFPageObj_GetStrokeWidth", "address place")
        self._matrix = api.FS_MATRIX()
        self._mode = ctypes.c_int(), ctypes.c_int()
        self._point = ctypes.c_float(), ctypes.c_float()
        self._colour = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
        self._to_matrix = ctypes.byref(self._matrix)
        self._to_mode = ctypes.byref(self._mode[0]), ctypes.byref(self._mode[1])
        self._to_point = ctypes.byref(self._point[0]), ctypes.byref(self._point[1])
        self._to_colour = tuple(map(ctypes.byref, self._colour))

    def matrix(self, drawn: Address) -> Matrix:
        """Return an object's matrix."""
        m = self._matrix
        self._get_matrix(drawn, self._to_matrix)
        return (m.a, m.b, m.c, m.d, m.e, m.f)

    def mode(self, drawn: Address) -> tuple[int, int]:
        """Tell whether a path is filled and whether it is stroked."""
        self._get_mode(drawn, *self._to_mode)
        return self._mode[0].value, self._mode[1].value

    def colour(self, drawn: Address, kind: str = FILL) -> tuple[Colour, float] | None:
        """Return the colour that an object is filled (or its lines are drawn) with, and how opaque it is (0 to 1)."""
        if not function(f"FPDFPageObj_Get{kind}Color", "address place place place place")(drawn, *self._to_colour):
            return None
        red, green, blue, alpha = (place.value / 255 for place in self._colour)
        return (red, green, blue), alpha

    def tint(self, drawn: Address, kind: str = FILL) -> Tint:
        """Return what an area without holes, or a wide line, hides below itself."""
        found = self.colour(drawn, kind)
        if found is None or found[1] <= MOSTLY:
            return UNTOLD
        return Tint(found[0], covers=not self.is_mixed(drawn))

    def is_mixed(self, drawn: Address) -> bool:
        """Tell whether an object is not opaque, or mixed with what is below it, or lies below a mask."""
        return bool(function("FPDFPageObj_HasTransparency")(drawn))

    def width(self, drawn: Address) -> float:
        """Return the width of a path's lines."""
        self._get_width(drawn, self._to_point[0])
        return self._point[0].value

    def clip(self, drawn: Address, to_page: Matrix, box: Box | None) -> Box | None:
        """Return the box outside of which an object is cut off, inside another box."""
        path = function("FPDFPageObj_GetClipPath", gives="address")(drawn)
        for number in range(function("FPDFClipPath_CountPaths")(path)):
            corners = [apply_matrix_pt(to_page, point) for point in self._clip_points(path, number)]
            box = common(box, around(corners)) if corners else box
        return box

    def _clip_points(self, path: Address, number: int) -> Iterator[Point]:
        step_of = function("FPDFClipPath_GetPathSegment", "address number number", "address")
        for step in range(function("FPDFClipPath_CountPathSegments", "address number")(path, number)):
            self._get_point(step_of(path, number, step), *self._to_point)
            yield self._point[0].value, self._point[1].value

    def figures(self, drawn: Address, steps: int, matrix: Matrix) -> Iterator[tuple[list[Point], list[bool]]]:
        """Yield the figures of a path: their corner points, and which of the steps between them are straight."""
        a, b, c, d, e, f = matrix
        across, up = self._point
        to_across, to_up = self._to_point
        points: list[Point] = []
        straight: list[bool] = []
        part, kind_of, place, closes = self._step, self._kind, self._get_point, self._closes
        for number in range(steps):
            step = part(drawn, number)
            kind = kind_of(step) if number else api.FPDF_SEGMENT_MOVETO
            place(step, to_across, to_up)
            x, y = across.value, up.value
            point = (a * x + c * y + e, b * x + d * y + f)
            if kind == api.FPDF_SEGMENT_MOVETO or not points:
                if points:
                    yield points, straight
                points, straight = [point], []
                continue
            points.append(point)
            straight.append(kind == api.FPDF_SEGMENT_LINETO)
            if steps > 2 and closes(step):
                points.append(points[0])
                straight.append(True)
        if points:
            yield points, straight
