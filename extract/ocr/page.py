"""A page that is a picture becomes characters and ruling lines, like a page of any other engine."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from extract.ocr import rows
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
    lines,
    marks_of_cells,
    rim_of,
    usual_digit,
    with_traces,
)
from extract.ocr.network import Sign
from extract.ocr.pale import is_pale
from extract.ocr.picture import Picture, PixelBox, Pixels, coloured
from extract.ocr.pieces import of_cell, outside, type_size, usual_height
from extract.ocr.rulings import ink_of, traces_of
from extract.ocr.turning import may_be_on_side, quarters_to_upright
from extract.ocr.words import Printed, read_words, sure, without_lone_figures
from extract.pages.text import Char, is_wide
from extract.pdf.ink import UNREADABLE, clean

_DIGIT_SHARES = (0.3, 0.75)
"""Least and greatest height of a digit, as shares of the usual height of the boxes in which text is found."""

_LOWEST_TEXT_IN, _THICKEST_TEXT_IN = 0.08, 0.7
_CLOSE = 1.2  # type sizes between the middles of two characters with no space between them
_POINTS = 72
_LEGIBLE = 0.7  # mean certainty; upside down it is about 0.5
_LEAST_INK = 0.001  # of a page: less is dirt
_STROKE = 1.0  # pixels of colour a digit's height that may hide a stroke
_EDGE_IN = 0.02  # beside a coloured line: its own edge
_SPOT_IN = 0.1  # ink is thinner, paper is not
_SIMPLIFIED = str.maketrans(
    "佈係個傳內動務區參員單噹國圍埰執報審專對屬廢強後徑從復應捲採據數時會査條業構標機檢權決沒況減濟為無爲獲現當發眾確祕穩穫範糾納組結絡統經維網線"
    "編總織繫繳繼續罰聞職舉萬處號衆補製複規計訓訟訪設許訴註詢認談請議護讀負責費購輯輿轉辦這過錯門開閱閲關隻項題額類體點",
    "布系个传内动务区参员单当国围采执报审专对属废强后径从复应卷采据数时会查条业构标机检权决没况减济为无为获现当发众确秘稳获范纠纳组结络统经维网线"
    "编总织系缴继续罚闻职举万处号众补制复规计训讼访设许诉注询认谈请议护读负责费购辑舆转办这过错门开阅阅关只项题额类体点",
)
"""Traditional forms that the model now and then sees in words of the form, which is printed in simplified ones."""


Marks = Sequence[Sequence[Mark]]
"""The marks of each cell."""


@dataclass(frozen=True, slots=True)
class _Recognised:
    """A page, the sum of its characters' certainties, and whether they are such as an upright page has."""

    content: PicturePage
    read: float
    is_upright: bool


def page_content(picture: Picture, engine: Engine) -> PicturePage:
    """Recognise a page. What is printed in a cell and not recognised with certainty is ``UNREADABLE`` there.

    A page that stands on its side or on its head is legible only when it is turned.
    """
    best = _recognised(picture, engine)
    if best.is_upright:
        return best.content
    quarters = quarters_to_upright(picture, engine)
    turned = [_recognised(picture.turned(quarters), engine)] if quarters else []
    return max([best, *turned], key=lambda found: found.read).content


def _recognised(picture: Picture, engine: Engine) -> _Recognised:
    found = ruled(picture)
    straight, cells = found.picture, found.cells
    pixels = _without_lines(straight, cells, found.covered)
    ink = ink_of(pixels, picture.dpi)
    texts = _texts(pixels, ink, cells, picture.dpi, engine)
    sheet, marks = _sheet(pixels, ink, cells, texts, picture.dpi)
    faint = with_traces(marks, marks_of_cells(cells, traces_of(sheet.pixels, picture.dpi), picture.dpi), sheet.digit)
    faint |= _coloured(found, marks, sheet.digit) | without_room(cells, picture.dpi)
    faint |= cut_short(cells, [bool(found) for found in marks])
    outer = read_words(outside(texts, cells, sheet.ink), engine, sheet.pixels)
    beside = without_lone_figures(outer)
    loose = sum(one is not kept for one, kept in zip(outer, beside, strict=True))
    printed = [*beside, *_in_cells(cells, marks, faint, sheet, engine)]
    height, width = sheet.pixels.shape
    scale = _POINTS / picture.dpi
    chars = [char for one in _without_doubt(printed, found.doubtful) for char in _chars(one, scale)]
    scores = [sign.score for one in printed for sign in one.signs]
    printed_on = np.count_nonzero(sheet.ink) > _LEAST_INK * sheet.ink.size
    is_legible = sum(scores) >= _LEGIBLE * len(scores) if scores else not printed_on
    is_upright = is_legible and not may_be_on_side(texts, cells)
    content = PicturePage(width * scale, height * scale, chars, found.segments, loose=loose)
    return _Recognised(content, sum(scores), is_upright)


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
    return Sheet(pixels, ink, dpi, digit, dirty, is_pale(pixels, ink)), marks


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
    found = [line for cell in sorted(figures) for line in lines(cell, insides[cell], marks[cell], sheet)]
    read = [*(word for word in words if word.cell not in figures), *_figures(found, sheet, engine)]
    unclear = [cell for cell in faint if cell in figures or not marks[cell]]
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


def _chars(printed: Printed, scale: float) -> Iterator[Char]:
    left, top, right, bottom = printed.box
    size, middle = printed.size * scale, (top + bottom) / 2 * scale
    places = [(left + sign.place * (right - left)) * scale for sign in printed.signs]
    for sign, (x0, x1) in zip(printed.signs, _edges(printed.signs, places, size), strict=True):
        yield Char(clean(sign.text.translate(_SIMPLIFIED)), x0, middle - size / 2, x1, middle + size / 2)


def _edges(signs: Sequence[Sign], places: Sequence[float], size: float) -> Iterator[tuple[float, float]]:
    """Yield the left and right edges of characters; those that stand close to each other touch."""
    halves = [size / 2 if is_wide(sign.text) else size / 4 for sign in signs]
    lefts = [place - half for place, half in zip(places, halves, strict=True)]
    rights = [place + half for place, half in zip(places, halves, strict=True)]
    for number, (place, following) in enumerate(pairwise(places)):
        if following - place < _CLOSE * size:
            rights[number] = lefts[number + 1] = (place + following) / 2
    return zip(lefts, rights, strict=True)
