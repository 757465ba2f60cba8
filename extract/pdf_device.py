"""What pdfminer.six draws, as engine-neutral characters, ruling lines and picture boxes; no layout analysis."""

import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, list_value, stream_value
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect, mult_matrix

from extract.errors import CorruptError, TooBigError
from extract.limits import MAX_DOCUMENT_BYTES, MAX_TEXT_CHARACTERS
from extract.lines import THIN_PT, Box, PageContent, Segment
from extract.page_text import DESCENT, Char

MAX_FORMS = 5000
"""Most Form XObjects drawn on one page: forms that draw each other ten times grow without end."""

MAX_SEGMENTS = 200_000
"""Most pieces of lines collected on one page; a page of the form has a few hundred."""

UNREADABLE = "\ufffd"
_SMALLEST_TYPE_PT = 1.0
_SLANT = 0.05
_INVISIBLE_MODE = 3
_STREAM_END = 4  # bytes of the checksum that closes a zlib stream

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


@dataclass(slots=True)
class Ink:
    """Everything one page prints, and the counts that tell whether its text layer can be believed."""

    box: Box
    chars: list[Char] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    drawings: int = 0
    invisible: int = 0
    slanted: int = 0
    forms: int = 0

    def content(self) -> PageContent:
        """Return the visible part of the page, measured from its top left corner."""
        x0, y0, x1, y1 = self.box
        chars = [char for char in self.chars if 0 <= char.x0 + char.x1 <= 2 * (x1 - x0) and char.top < y1 - y0]
        return PageContent(x1 - x0, y1 - y0, [char for char in chars if char.bottom > 0], self.segments, self.images)


class Interpreter(PDFPageInterpreter):  # type: ignore[misc]
    """The page interpreter, which refuses damaged content instead of drawing what is left of it."""

    def execute(self, streams: Sequence[object]) -> None:
        """Draw content streams. Raises ``CorruptError`` for damage, ``TooBigError`` for a bomb."""
        for stream in streams:
            _check_whole(stream_value(stream))
        super().execute(streams)
