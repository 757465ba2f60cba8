"""Everything one PDF page prints, before it becomes an engine-neutral page."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from extract.errors import TooBigError
from extract.pages.lines import Box, PageContent
from extract.pages.obscured import drawn
from extract.pages.parted import on_page
from extract.pages.rules import THIN_PT, Segment
from extract.pages.strokes import is_short, without_strokes
from extract.pages.text import Char
from extract.pdf.aslant import figures
from extract.pdf.geometry import FEWEST_POINTS, Point, around, has_slope, is_box, thickness, widened
from extract.pdf.shown import (
    UNTOLD,
    Colour,
    Ground,
    Run,
    Tint,
    below_pictures,
    is_paper,
    not_shown,
    turned_otherwise,
    unseen,
)

UNREADABLE = "\ufffd"
"""Stands for a glyph that its font does not map to a character."""

MAX_FORMS = 5000
"""Most forms and pictures drawn on one page: forms that draw each other ten times each grow without end."""

MAX_SEGMENTS = 200_000
"""Most pieces of lines collected on one page; a page of the form has a few hundred."""

_WIDEST_RULE = 6.0  # points: what is wider, and stroked, is the ground of a row
_WIDEST_BAR = 6.0  # no cell is as narrow or low, so that it may be a digit
_LOWEST_LETTER, _LARGEST_LETTER = 3.0, 30.0  # points

_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长镸长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
"""Radicals without a decomposition in Unicode that fonts map their ideographs to (Unicode 16, EquivalentUnifiedIdeograph)."""


@dataclass(slots=True)
class Ink:
    """Marks in points from the top left corner of the visible page, and counts that tell what its text is worth.

    ``turns``: characters by quarter turns counter-clockwise; ``turned``: places of those that are turned; ``slanted``: how
    many are at other angles (watermarks, seals), which are left out; ``aslant``: these, of which some may be figures;
    ``invisible``: characters of a text layer laid under a picture; ``hidden``: places of those that are not shown;
    ``short``: lines of figures no larger than type; ``runs``: how the characters were painted, ``grounds``: areas they may stand on, ``order``: of painting;
    ``drawings``: painted paths of any kind; ``shapes``: those of the size of a letter that are neither lines nor
    larger rectangles.
    """

    width: float = 0.0
    height: float = 0.0
    chars: list[Char] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    short: set[Segment] = field(default_factory=set)
    images: list[Box] = field(default_factory=list)
    shapes: list[Box] = field(default_factory=list)
    turns: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    turned: list[tuple[range, int]] = field(default_factory=list)
    slanted: int = 0
    aslant: list[Char] = field(default_factory=list)
    invisible: int = 0
    hidden: list[range] = field(default_factory=list)
    drawings: int = 0
    runs: list[Run] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    covers: list[Ground] = field(default_factory=list)
    order: int = 0

    def painted(self, steps: int) -> None:
        """Count a painted path of so many steps. Raises ``TooBigError`` past ``MAX_SEGMENTS``."""
        self.drawings += 1
        self.order += 1
        if len(self.segments) + steps > MAX_SEGMENTS:
            raise TooBigError(f"more than MAX_SEGMENTS ({MAX_SEGMENTS}) pieces of lines on one page")

    def stroke(self, points: Sequence[Point], straight: Sequence[bool], width: float = 0, tint: Tint = UNTOLD) -> None:
        """Keep the steps of a stroked figure that are straight and run along the page; any of them may be a ruling line,
        or an area if it is wide enough."""
        lines = [
            Segment(x0 if x0 < x1 else x1, y0 if y0 < y1 else y1, x1 if x0 < x1 else x0, y1 if y0 < y1 else y0)
            for (x0, y0), (x1, y1), is_line in zip(points, points[1:], straight, strict=False)
            if is_line and (-1 <= x1 - x0 <= 1 or -1 <= y1 - y0 <= 1)
        ]
        if len(lines) < len(straight):
            self._shape(points, straight)
        if width <= _WIDEST_RULE:
            self.segments += lines
            if lines and is_short(lines[0]) and is_short(around(points)):
                self.short.update(lines)
        if width > THIN_PT:
            for line in lines:
                self.area(widened(line, width / 2), tint)

    def _bar(self, box: Box) -> None:
        self.segments.append(Segment(*box))
        if is_short(box):
            self.short.add(self.segments[-1])

    def area(self, box: Box, tint: Tint) -> None:
        """Keep an area that text may stand on or below."""
        self.grounds.append(Ground(box, self.order, tint))

    def shade(self, box: Box | None, *, covers: bool) -> None:
        """Keep what a shading fills: all within a box, or the page."""
        self.order += 1
        self.area(box or (0.0, 0.0, self.width, self.height), Tint(covers=covers))

    def fill(
        self, points: Sequence[Point], straight: Sequence[bool], *, ruling: bool = True, tint: Tint = UNTOLD
    ) -> None:
        """Keep a filled figure that is thin enough to be a line (if it is not stroked too), or may be a ground."""
        if ruling:
            self._shape(points, straight)
        box = around(points)
        if thickness(box) > THIN_PT:
            rectangle = is_box(points, straight)
            self.area(box, tint if rectangle else Tint(tint.colour))
            if rectangle and thickness(box) <= _WIDEST_BAR and not is_paper(tint.colour):
                self._shape_of_letter(box)
        elif ruling and all(straight):
            self._bar(box)

    @staticmethod
    def is_ground(figures: Sequence[tuple[Sequence[Point], Sequence[bool]]]) -> bool:
        """Tell whether text may stand on any of some filled figures: none is as thin as a line."""
        return any(thickness(around(points)) > THIN_PT for points, _ in figures)

    def run(self, start: int, colour: Colour | None, alpha: float, clip: Box | None) -> None:
        """Note how the characters from a place on were painted."""
        self.order += 1
        self.runs.append(Run(start, len(self.chars), self.order, colour, alpha, clip))

    def _shape(self, points: Sequence[Point], straight: Sequence[bool]) -> None:
        if all(straight) and not has_slope(points):
            return
        box = around(points)
        # The ends of mitred borders are cut at a slope; they are thin. A line with no more ends than two is a stroke.
        if not all(straight) or len(points) < FEWEST_POINTS or box[2] - box[0] > THIN_PT:
            self._shape_of_letter(box)

    def _shape_of_letter(self, box: Box) -> None:
        if _LOWEST_LETTER <= box[3] - box[1] <= _LARGEST_LETTER and 0 < box[2] - box[0] <= _LARGEST_LETTER:
            self.shapes.append(box)

    def picture(self, box: Box, *, covers: bool = False) -> None:
        """Keep the box of a picture, and whether it hides what is below; some producers draw their lines as pictures."""
        self.order += 1
        if thickness(box) <= THIN_PT:
            self._bar(box)
        else:
            self.images.append(box)
            self.grounds.append(Ground(box, self.order, UNTOLD))
            if covers:
                self.covers.append(self.grounds[-1])

    def lie(self, start: int, turn: int) -> None:
        """Note how the characters from a place on are turned."""
        self.turns[turn] += len(self.chars) - start
        if turn:
            self.turned.append((range(start, len(self.chars)), turn))

    def lean(self, chars: Sequence[Char]) -> None:
        """Note characters at an angle."""
        self.slanted += len(chars)
        self.aslant += chars

    def hide(self, start: int) -> None:
        """Note that the characters from a place on are not shown."""
        self.invisible += len(self.chars) - start
        self.hidden.append(range(start, len(self.chars)))

    def _believed(self, turn: int) -> Sequence[Char]:
        """Return the characters, the signs of numbers that are not seen or stand otherwise unreadable, or gone where others were printed over
        them."""
        lost, gone = unseen(self.chars, self.runs, self.grounds)
        lost = lost | below_pictures(self.chars, self.runs, self.covers)
        lost = lost | not_shown(self.chars, self.hidden)
        if sum(self.turns) > self.turns[turn]:
            lost = lost | turned_otherwise(self.chars, self.turned, turn)
        if not (lost or gone):
            return self.chars
        return [
            char._replace(text=UNREADABLE) if place in lost else char
            for place, char in enumerate(self.chars)
            if place not in gone
        ]

    def content(self) -> PageContent:
        """Return what lies on the visible page, turned so that most of its text stands upright."""
        turn = max(range(4), key=lambda quarter: self.turns[quarter])
        width, height = (self.height, self.width) if turn % 2 else (self.width, self.height)
        chars = on_page(self._believed(turn), self.width, self.height)
        # Comparisons with the infinite and not-a-number boxes of broken files are false: such marks are left out.
        right, low = 2 * self.width, 2 * self.height
        segments = [box for box in self.segments if 0 <= box[0] + box[2] <= right and 0 <= box[1] + box[3] <= low]
        images = [box for box in self.images if 0 <= box[0] + box[2] <= right and 0 <= box[1] + box[3] <= low]
        shapes = [box for box in self.shapes if 0 <= box[0] + box[2] <= right and 0 <= box[1] + box[3] <= low]
        if self.short:
            segments, strokes = without_strokes(segments, self.short, chars)
            shapes += strokes
        aslant = list(figures(self.aslant)) if self.aslant else []
        if turn:
            shapes = [self._turned(turn, shape) for shape in shapes]
            aslant = [self._turned(turn, mark) for mark in aslant]
            chars = [Char(char.text, *self._turned(turn, char[1:])) for char in chars]
            segments = [Segment(*self._turned(turn, segment)) for segment in segments]
            images = [self._turned(turn, image) for image in images]
        return PageContent(width, height, chars, segments, images, [*drawn(images, shapes), *aslant])

    def _turned(self, turn: int, box: Box) -> Box:
        x0, top, x1, bottom = box
        if turn == 1:
            return (self.height - bottom, x0, self.height - top, x1)
        if turn == 2:
            return (self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        if turn == 3:
            return (top, self.width - x1, bottom, self.width - x0)
        return box


@lru_cache(maxsize=16_384)
def clean(text: str) -> str:
    """Turn what cannot be a printed character into ``UNREADABLE``, and radicals (some fonts' ⽂) into ideographs."""
    if "\u2e80" <= text[:1] <= "\u2fdf":
        return unicodedata.normalize("NFKC", _RADICALS.get(text, text))
    if not text or any(unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") for char in text):
        return " " if text in ("\t", "\n", "\r") else UNREADABLE
    return text
