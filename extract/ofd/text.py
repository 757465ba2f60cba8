"""Text objects: characters in their boxes, placed by the offsets their producer wrote."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from lxml import etree
from pdfminer.utils import Matrix, apply_matrix_pt

from extract.errors import CorruptError, TooBigError
from extract.limits import MAX_TEXT_CHARACTERS
from extract.ofd.glyphs import MIXED, Look, glyphs_of, is_told_by_glyph
from extract.ofd.values import is_clear, is_true, number, offsets
from extract.office.package import local_name
from extract.pages.text import DESCENT, Char
from extract.pdf.geometry import Point, around
from extract.pdf.ink import UNREADABLE, Ink, clean
from extract.pdf.legible import THIN, TINY_PT
from extract.pdf.shown import is_sign

_SLANT = 0.05
_NO_CODE = "\u00a4"
"""Written, with a glyph of its own, for a character whose code the producer did not know."""

_FIRST_WIDE = "\u2010"

_DIRECTIONS: tuple[Point, ...] = ((1, 0), (0, 1), (-1, 0), (0, -1))
"""Where the next character stands, by quarter turns clockwise; y grows downwards."""


@dataclass(slots=True)
class Sheet:
    """What a page prints, the glyphs named for its figures, and apart from that the characters it holds but does not
    print (as OCR layers do)."""

    ink: Ink
    unprinted: list[Char] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Sign:
    """A character, the start of its base line in its object's space, and its advance there; its code, and the glyph
    named for it."""

    text: str
    x: float
    y: float
    advance: float
    code: str
    glyph: str = ""


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a text object sets its characters: type size, width of a square character, the quarter turns clockwise of each
    of them and of the way in which they follow each other."""

    size: float
    square: float
    quarters: int
    reading: int

    @classmethod
    def of(cls, node: etree._Element) -> "_Setting":
        """Return the setting of a text object."""
        size = abs(number(node.get("Size") or ""))
        square = size * abs(number(node.get("HScale") or "1"))
        return cls(size, square, _quarters(node, "CharDirection"), _quarters(node, "ReadDirection"))

    def is_told(self, across: Sequence[float], down: Sequence[float]) -> bool:
        """Tell whether offsets say where the next character stands. Readers differ on offsets along other ways to read."""
        return not self.reading or (self.reading % 2 == 1 and bool(down) and not any(across))

    def advance(self, sign: str) -> float:
        """Return the usual advance of a character; the fonts are not asked. Chinese ones set dashes and quotes wide."""
        return self.square if sign >= _FIRST_WIDE else self.square / 2

    def along(self, step: Point) -> float:
        """Return how far a step leads in the direction the characters stand in."""
        x, y = _DIRECTIONS[self.quarters]
        return step[0] * x + step[1] * y


@dataclass(frozen=True, slots=True)
class _Frame:
    """The ways along a line of text and down from it, for one unit of the object's space; turns as in ``Ink``."""

    along: Point
    down: Point
    turn: int
    mirrored: bool

    def is_legible(self, setting: _Setting) -> bool:
        """Tell whether figures can be made out: not mirrored, tiny or squeezed to strokes."""
        high = sum(map(abs, self.down)) * setting.size
        wide = sum(map(abs, self.along)) * setting.square
        return not self.mirrored and high >= TINY_PT and wide > high * THIN


def _quarters(node: etree._Element, name: str) -> int:
    return round(number(node.get(name) or "0") / 90) % 4


def add_text(node: etree._Element, to_page: Matrix, sheet: Sheet, *, pictorial: bool = False) -> None:
    """Add the characters of a text object. ``to_page`` leads from its space to points from the page's top left corner. In
    a pictorial font every code prints a picture.

    Raises ``CorruptError`` for places that are no numbers and ``TooBigError`` past ``MAX_TEXT_CHARACTERS``.
    """
    setting = _Setting.of(node)
    signs = list(_signs(node, setting))
    frame = _frame(to_page, setting.quarters)
    if frame is None:
        sheet.ink.lean([_leaning(sign, to_page, setting) for sign in signs])
        return
    chars = [_char(sign, to_page, frame, setting.size) for sign in signs]
    if pictorial or not frame.is_legible(setting):
        chars = [char._replace(text=UNREADABLE) if pictorial or is_sign(char.text) else char for char in chars]
    if _is_printed(node):
        start, font = len(sheet.ink.chars), node.get("Font") or ""
        sheet.looks += (
            Look(place, font, sign.glyph, sign.code) for place, sign in enumerate(signs, start) if sign.glyph
        )
        sheet.ink.chars.extend(chars)
        sheet.ink.lie(start, frame.turn)
    else:
        sheet.unprinted.extend(chars)
    if len(sheet.ink.chars) + len(sheet.unprinted) > MAX_TEXT_CHARACTERS:
        raise TooBigError(f"more than MAX_TEXT_CHARACTERS ({MAX_TEXT_CHARACTERS}) on one page")


def _is_printed(node: etree._Element) -> bool:
    if is_clear(node):
        return False
    filled = is_true(node, "Fill", default=True) and not _has_clear(node, "FillColor")
    return filled or (is_true(node, "Stroke", default=False) and not _has_clear(node, "StrokeColor"))


def _has_clear(node: etree._Element, name: str) -> bool:
    return any(local_name(child) == name and is_clear(child) for child in node)


def _signs(node: etree._Element, setting: _Setting) -> Iterator[_Sign]:
    codes = [code for code in node if local_name(code) == "TextCode"]
    if not codes:
        raise CorruptError("a text object without text")
    texts = [_text(code) for code in codes]
    glyphs = glyphs_of(node, sum(map(len, texts))) if len(codes) < len(node) else {}
    at = 0
    x = y = 0.0
    for code, text in zip(codes, texts, strict=True):
        # A piece without a place of its own begins where the one before began.
        x, y = number(code.get("X") or str(x)), number(code.get("Y") or str(y))
        text = text.replace(_NO_CODE, UNREADABLE) if glyphs else text
        for place, (sign, spot, step) in enumerate(zip(text, *_places(code, text, (x, y), setting), strict=True), at):
            yield _sign(sign, glyphs.get(place, ""), spot, step, setting)
        at += len(text)


def _sign(code: str, glyph: str, spot: Point, step: Point, setting: _Setting) -> _Sign:
    own = setting.advance(code)
    along = setting.along(step)
    matters = bool(glyph) and is_told_by_glyph(code)
    text = UNREADABLE if step == (0, 0) or (matters and glyph == MIXED) else clean(code)
    return _Sign(text, *spot, min(own, along) if along > 0 else own, code, glyph if matters else "")


def _text(code: etree._Element) -> str:
    if len(code):
        raise CorruptError("elements among the characters of a text")
    text = code.text or ""
    return text.strip() if text.startswith(("\n", "\r")) else text  # an indented file


def _places(code: etree._Element, text: str, place: Point, setting: _Setting) -> tuple[list[Point], list[Point]]:
    """Return where the characters stand, and the step from each to the next."""
    steps = _steps(code, text, setting)
    places = []
    for across, down in steps:
        places.append(place)
        place = (place[0] + across, place[1] + down)
    return places, steps


def _steps(code: etree._Element, text: str, setting: _Setting) -> list[Point]:
    """Return the stated steps behind the characters; where none is stated for a line, the usual advance."""
    if not text:
        return []
    most = len(text) - 1
    across = offsets(code.get("DeltaX") or "", most)
    down = offsets(code.get("DeltaY") or "", most)
    if not down:
        across += [setting.advance(sign) for sign in text[len(across) : most]]
    steps = list(zip_longest(across, down, fillvalue=0.0)) if most and setting.is_told(across, down) else []
    steps += [(0.0, 0.0)] * (most - len(steps))
    return [*steps, (setting.advance(text[-1]), 0.0)]


def _frame(to_page: Matrix, quarters: int) -> _Frame | None:
    """Return how a text lies on its page, without the shear of italics; ``None`` for one at another angle."""
    a, b, c, d, _, _ = to_page
    (ax, ay), (dx, dy) = _DIRECTIONS[quarters], _DIRECTIONS[(quarters + 1) % 4]
    right, fall = a * ax + c * ay, b * ax + d * ay
    mirrored = a * d < b * c
    if abs(fall) <= _SLANT * abs(right):
        return _Frame((right, 0.0), (0.0, b * dx + d * dy), 0 if right > 0 else 2, mirrored)
    if abs(right) <= _SLANT * abs(fall):
        return _Frame((0.0, fall), (a * dx + c * dy, 0.0), 1 if fall < 0 else 3, mirrored)
    return None


def _leaning(sign: _Sign, to_page: Matrix, setting: _Setting) -> Char:
    """Return a character at an angle in the box around it."""
    (ax, ay), (dx, dy) = _DIRECTIONS[setting.quarters], _DIRECTIONS[(setting.quarters + 1) % 4]
    along, low, high = sign.advance, DESCENT * setting.size, (DESCENT - 1) * setting.size
    corners = ((ax * step + dx * down, ay * step + dy * down) for step in (0, along) for down in (low, high))
    return Char(sign.text, *around([apply_matrix_pt(to_page, (sign.x + x, sign.y + y)) for x, y in corners]))


def _char(sign: _Sign, to_page: Matrix, frame: _Frame, size: float) -> Char:
    x, y = apply_matrix_pt(to_page, (sign.x, sign.y))
    (ax, ay), (dx, dy) = frame.along, frame.down
    low, high = DESCENT * size, (DESCENT - 1) * size
    corners = ((x + dx * low, y + dy * low), (x + ax * sign.advance + dx * high, y + ay * sign.advance + dy * high))
    return Char(sign.text, *around(corners))
