"""A page that is a picture becomes characters and ruling lines, like a page of any other engine."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extract.ocr import rows
from extract.ocr.chars import chars_of
from extract.ocr.columns import cut_short
from extract.ocr.content import PicturePage
from extract.ocr.engine import Engine
from extract.ocr.figures import FIGURE, read_lines, unreadable
from extract.ocr.grids import Ruled, ruled, without_room
from extract.ocr.known import with_known_words
from extract.ocr.marks import (
    Digit,
    InkLine,
    Mark,
    Sheet,
    around,
    is_compact,
    is_dirty,
    marks_of_cells,
    rim_of,
    usual_digit,
    with_traces,
)
from extract.ocr.network import Sign
from extract.ocr.pale import is_pale
from extract.ocr.picture import Picture, PixelBox, Pixels, coloured
from extract.ocr.pieces import of_cell, outside, type_size, usual_height
from extract.ocr.rulings import ink_and_traces, ink_of
from extract.ocr.signs import signed_lines
from extract.ocr.sizes import tables as tables_of
from extract.ocr.strewn import without_dots
from extract.ocr.turning import is_in_single_signs, may_be_on_side, quarters_to_upright
from extract.ocr.unruled import Zone, doubted, holds, in_type, left_over, on_lines, zones
from extract.ocr.words import Printed, read_words, sure, without_lone_figures
from extract.pdf.ink import UNREADABLE

_DIGIT_SHARES = (0.3, 0.75)
"""Least and greatest height of a digit, as shares of the usual height of the boxes in which text is found."""

_LOWEST_TEXT_IN, _THICKEST_TEXT_IN = 0.08, 0.7
_POINTS = 72
_LEGIBLE = 0.7  # mean certainty; upside down it is about 0.5
_LEAST_INK = 0.001  # of a page: less is dirt
_COLOUR = 20  # pixels among a table without ruling lines that may cover a figure
_STROKE = 1.0  # pixels of colour a digit's height that may hide a stroke
_EDGE_IN = 0.02  # beside a coloured line: its own edge
_SPOT_IN = 0.1  # ink is thinner, paper is not

_WORD, _WORDS = 2, re.compile(r"[\u4e00-\u9fff]")

Marks = Sequence[Sequence[Mark]]
"""The marks of each cell."""


@dataclass(frozen=True, slots=True)
class _Recognised:
    """A page, the sum of its characters' certainties, whether they are such as an upright page has, its unruled tables."""

    content: PicturePage
    read: float
    is_upright: bool
    tables: Sequence[Zone]


def page_content(picture: Picture, engine: Engine) -> PicturePage:
    """Recognise a page. What is printed in a cell and not recognised with certainty is ``UNREADABLE`` there.

    A page that stands on its side or on its head is legible only when it is turned.
    """
    picture = without_dots(picture)
    best = _recognised(picture, engine)
    if best.is_upright:
        return best.content
    quarters = quarters_to_upright(picture, engine)
    turned = [_recognised(picture.turned(quarters), engine)] if quarters else []
    return max([best, *turned], key=lambda found: found.read).content


def _recognised(picture: Picture, engine: Engine) -> _Recognised:
    found = ruled(picture)
    tables = _zones(found)
    best = _read(found, tables, engine)
    return best if len(best.tables) == len(tables) else _read(found, best.tables, engine)


def _zones(found: Ruled) -> list[Zone]:
    """Return what may be tables without ruling lines; nothing is read below colour, which may cover a figure."""
    straight = found.picture
    black = Picture(straight.black, straight.black, straight.dpi)
    ink = ink_of(_without_lines(black, (), found.covered), straight.dpi)
    colour = coloured(straight)
    return [
        zone
        for zone in zones(ink, list(_free(found.cells, len(ink))), straight.dpi)
        if cv2.countNonZero(colour[slice(*zone.rows)]) <= _COLOUR
    ]


def _read(found: Ruled, tables: Sequence[Zone], engine: Engine) -> _Recognised:
    straight, dpi = found.picture, found.picture.dpi
    cells = [*found.cells, *(cell for zone in tables for cell in zone.cells)]
    pixels = _without_lines(straight, cells, found.covered)
    ink, traces = ink_and_traces(pixels, dpi)
    texts = _texts(pixels, ink, cells, dpi, engine)
    sheet, marks = _sheet(pixels, ink, cells, texts, dpi)
    sheet = replace(sheet, traces=traces, dots=straight.dots)
    faint = _faint(replace(found, cells=cells), marks, traces, sheet)
    faint |= {cell for cell in on_lines(marks, found.covered) if cell >= len(found.cells)}
    inside = _in_cells(cells, marks, faint, sheet, engine)
    outer = read_words(outside(texts, cells, sheet.ink), engine, sheet.pixels)
    beside = without_lone_figures(outer)
    loose = sum(one is not kept for one, kept in zip(outer, beside, strict=True))
    missed = [
        Printed(unreadable(), box, type_size(sheet.digit), None) for box in left_over(tables, traces, sheet.digit)
    ]
    printed = [*beside, *in_type(tables, doubted(tables, inside, sheet)), *missed]
    height, width = sheet.pixels.shape
    scale = _POINTS / dpi
    chars = [char for one in _without_doubt(printed, found.doubtful) for char in chars_of(one, scale)]
    content = PicturePage(width * scale, height * scale, chars, found.segments, loose=loose)
    is_on_side = may_be_on_side(texts, found.cells) or is_in_single_signs(
        one.signs for one in inside if (one.cell or 0) >= len(found.cells)
    )
    return _Recognised(
        content,
        sum(sign.score for one in printed for sign in one.signs),
        _is_legible(printed, sheet) and not is_on_side,
        holds(tables, inside),
    )


def _faint(found: Ruled, marks: Marks, traces: Pixels, sheet: Sheet) -> set[int]:
    """Return the cells of which nobody can say that they are blank, or that nothing of their figures is missing."""
    cells, dpi = found.cells, sheet.dpi
    faint = with_traces(marks, marks_of_cells(cells, traces, dpi), sheet.digit)
    faint |= _coloured(found, marks, sheet.digit) | without_room(cells, dpi)
    return faint | cut_short(cells, [bool(one) for one in marks])


def _is_legible(printed: Sequence[Printed], sheet: Sheet) -> bool:
    scores = [sign.score for one in printed for sign in one.signs]
    printed_on = np.count_nonzero(sheet.ink) > _LEAST_INK * sheet.ink.size
    return sum(scores) >= _LEGIBLE * len(scores) if scores else not printed_on


def _without_doubt(printed: Sequence[Printed], doubtful: Set[int]) -> Iterator[Printed]:
    """Make what stands in cells unreadable that may be two: nobody can say to which a label or figure belongs."""
    for one in printed:
        yield replace(one, signs=unreadable()) if one.cell in doubtful else one


def _sheet(
    pixels: Pixels, ink: Pixels, cells: Sequence[PixelBox], texts: Sequence[PixelBox], dpi: float
) -> tuple[Sheet, Marks]:
    marks = marks_of_cells(cells, ink, dpi)
    usual = usual_height(texts, dpi)
    digit = usual_digit(marks, *(share * usual for share in _DIGIT_SHARES))
    dirty = is_dirty(ink, [*cells, *texts], dpi)
    return Sheet(pixels, ink, dpi, digit, dirty, is_pale(pixels, ink), tables=tables_of(cells, dpi)), marks


def _texts(pixels: Pixels, ink: Pixels, cells: Sequence[PixelBox], dpi: float, engine: Engine) -> list[PixelBox]:
    """Find text above, between and below tables; what stands in cells is found by its ink, which takes no time."""

    def find(start: int, end: int) -> list[PixelBox]:
        boxes = engine.find(pixels[start:end], dpi)
        return [(left, top + start, right, bottom + start) for left, top, right, bottom in boxes]

    free = [piece for piece in _free(cells, len(pixels)) if piece[1] - piece[0] >= _LOWEST_TEXT_IN * dpi]
    found = rows.texts(ink, free, dpi, find)
    return [box for box in found if min(box[2] - box[0], box[3] - box[1]) <= _THICKEST_TEXT_IN * dpi]


def _free(cells: Sequence[PixelBox], height: int) -> Iterator[tuple[int, int]]:
    """Yield the rows of a page that no table takes."""
    start = 0
    for top, bottom in sorted((cell[1], cell[3]) for cell in cells):
        if top > start:
            yield start, top
        start = max(start, bottom)
    yield start, height


def _in_cells(cells: Sequence[PixelBox], marks: Marks, faint: Set[int], sheet: Sheet, engine: Engine) -> list[Printed]:
    """Read cells: short ones as figures, others as words first, and what may be a figure after that as figures."""
    insides = [_inside(cell, sheet.dpi) for cell in cells]
    figures = {cell for cell, found in enumerate(marks) if found and is_compact(found, sheet.digit.height)}
    pieces = [
        piece
        for cell, found in enumerate(marks)
        if found and cell not in figures
        for piece in of_cell(cell, insides[cell], found, sheet.digit, sheet.ink)
    ]
    words = read_words(pieces, engine, sheet.pixels)
    figures |= _doubtful(words)
    found = [line for cell in sorted(figures) for line in signed_lines(cell, insides[cell], marks[cell], sheet)]
    read = [*(word for word in words if word.cell not in figures), *_figures(found, sheet, engine)]
    unclear = faint & ({cell for cell, ink in enumerate(marks) if not ink} | figures - _worded(read))
    unread = [Printed(unreadable(), insides[cell], type_size(sheet.digit), cell) for cell in unclear]
    return with_known_words([*read, *unread])


def _without_lines(picture: Picture, cells: Sequence[PixelBox], covered: Pixels) -> Pixels:
    """Paint ruling lines with the paper around them: beside a figure one reads as 1. In cells only black print counts.

    Outside them colours stay: titles are printed in red.
    """
    pixels = picture.pixels.copy()
    for left, top, right, bottom in cells:
        pixels[top:bottom, left:right] = picture.black[top:bottom, left:right]
    spot = int(_SPOT_IN * picture.dpi)
    paper = cv2.morphologyEx(pixels, cv2.MORPH_CLOSE, np.ones((spot, spot), np.uint8))
    return np.asarray(np.where(cv2.dilate(covered, np.ones((5, 5), np.uint8)) > 0, paper, pixels), dtype=np.uint8)


def _coloured(found: Ruled, marks: Marks, digit: Digit) -> set[int]:
    """Return the cells that have colour where a figure is or, without black print, could be; that of lines is none.

    Colours are left out together with the edges of what is printed below them: a digit may lack a stroke, or be gone.
    """
    colour = coloured(found.picture)
    colour[cv2.dilate(found.covered, np.ones((2 * round(_EDGE_IN * found.picture.dpi) + 1,) * 2, np.uint8)) > 0] = 0
    return {
        cell
        for cell, box in enumerate(found.cells)
        if cv2.countNonZero(_seen(colour, box, marks[cell], digit)) > _STROKE * digit.height
    }


def _seen(colour: Pixels, cell: PixelBox, marks: Sequence[Mark], digit: Digit) -> Pixels:
    """Return the part of a cell in which a figure stands, with room for a digit at its sides; all of one without marks."""
    left, top, right, bottom = cell
    if marks:
        room = round(digit.width)
        first, upper, last, lower = around(marks)
        left, top = max(left, first - room), max(top, upper - room // 2)
        right, bottom = min(right, last + room), min(bottom, lower + room // 2)
    return colour[top:bottom, left:right]


def _inside(cell: PixelBox, dpi: float) -> PixelBox:
    rim = rim_of(dpi)
    return (cell[0] + rim, cell[1] + rim, cell[2] - rim, cell[3] - rim)


def _doubtful(words: Sequence[Printed]) -> set[int]:
    """Return the cells in which a figure may stand, or nothing was read at all."""
    texts: dict[int, str] = {}
    for word in words:
        if word.cell is not None:
            texts[word.cell] = texts.get(word.cell, "") + "".join(sign.text for sign in word.signs)
    return {cell for cell, text in texts.items() if FIGURE.match(text)}


def _worded(read: Sequence[Printed]) -> set[int]:
    """Return the cells in which words of two characters and more were read: a trace beside them is no figure."""
    return {
        one.cell
        for one in read
        if one.cell is not None
        and len(one.signs) >= _WORD
        and all(map(_WORDS.match, (sign.text for sign in one.signs)))
    }


def _figures(found: Sequence[InkLine], sheet: Sheet, engine: Engine) -> list[Printed]:
    read = read_lines(found, sheet, engine.read)
    strokes = _with_lone_strokes(found, [signs for _, signs in read])
    return [
        Printed(
            unreadable() if line.cell in strokes or not signs else [sure(sign) for sign in signs],
            strip.box,
            type_size(sheet.digit),
            line.cell,
        )
        for line, (strip, signs) in zip(found, read, strict=True)
    ]


def _with_lone_strokes(lines: Sequence[InkLine], read: Sequence[Sequence[Sign]]) -> set[int]:
    """Return the cells with a line of nothing but strokes above or below another line.

    Where the edge of a dark cell reaches in it looks like a dash, and with a figure below like its minus.
    """
    bare = {
        line.cell
        for line, signs in zip(lines, read, strict=True)
        if not any(sign.text.isalnum() or sign.text == UNREADABLE for sign in signs)
    }
    counts = Counter(line.cell for line in lines)
    return {cell for cell in bare if counts[cell] > 1}
