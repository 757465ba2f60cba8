"""Everything one PDF page prints, before it becomes an engine-neutral page."""

from dataclasses import dataclass, field

from extract.lines import Box, PageContent, Segment
from extract.page_text import Char

UNREADABLE = "\ufffd"
"""Stands for a glyph that its font does not map to a character."""


@dataclass(slots=True)
class Ink:
    """Marks in points from the top left corner of the visible page, and counts that tell what its text is worth.

    ``turns``: characters by quarter turns counter-clockwise; ``slanted``: characters at other angles (watermarks,
    seals), which are left out; ``invisible``: characters of a text layer laid under a picture; ``drawings``: painted
    paths of any kind.
    """

    width: float = 0.0
    height: float = 0.0
    chars: list[Char] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    turns: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    slanted: int = 0
    invisible: int = 0
    drawings: int = 0

    def content(self) -> PageContent:
        """Return what lies on the visible page, turned so that most of its text stands upright."""
        turn = max(range(4), key=lambda quarter: self.turns[quarter])
        width, height = (self.height, self.width) if turn % 2 else (self.width, self.height)
        return PageContent(
            width,
            height,
            [Char(char.text, *self._turned(turn, char[1:])) for char in self.chars if self._shows(char[1:])],
            [Segment(*self._turned(turn, segment)) for segment in self.segments if self._shows(segment)],
            [self._turned(turn, image) for image in self.images if self._shows(image)],
        )

    def _shows(self, box: Box) -> bool:
        # Comparisons with the infinite and not-a-number boxes of broken files are false: such marks are left out.
        return 0 <= box[0] + box[2] <= 2 * self.width and 0 <= box[1] + box[3] <= 2 * self.height

    def _turned(self, turn: int, box: Box) -> Box:
        x0, top, x1, bottom = box
        if turn == 1:
            return (self.height - bottom, x0, self.height - top, x1)
        if turn == 2:
            return (self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        if turn == 3:
            return (top, self.width - x1, bottom, self.width - x0)
        return box
