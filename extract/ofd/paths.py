"""Paths (AbbreviatedData): letters and their numbers become figures of corner points.

Besides the letters of the standard, the ones of SVG are understood where they mean the same: some producers close a
figure with Z, or write a cubic curve as C.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.errors import CorruptError
from extract.ofd.values import numbers
from extract.pdf.geometry import Point

Figure = tuple[list[Point], list[bool]]
"""Corner points, and which of the steps between them are straight."""

_LETTER = re.compile(r"([A-DF-Za-df-z])")  # E belongs to a number
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0, "Z": 0}
_CUBIC = 6


@dataclass(slots=True)
class _Pen:
    """The figure being drawn."""

    points: list[Point] = field(default_factory=list)
    straight: list[bool] = field(default_factory=list)

    def to(self, point: Point, *, straight: bool) -> None:
        self.points.append(point)
        if len(self.points) > 1:
            self.straight.append(straight)

    def close(self) -> None:
        if self.points:
            self.to(self.points[0], straight=True)

    def lift(self) -> Iterator[Figure]:
        if len(self.points) > 1:
            yield self.points, self.straight
        self.points, self.straight = [], []


def figures(data: str) -> Iterator[Figure]:
    """Yield the figures of a path. Raises ``CorruptError`` for what is none."""
    pen = _Pen()
    for letter, operands in _steps(data):
        if letter in "SM":
            yield from pen.lift()
        if operands:
            pen.to((operands[-2], operands[-1]), straight=letter in "LSM")
        else:
            pen.close()
    yield from pen.lift()


def _steps(data: str) -> Iterator[tuple[str, list[float]]]:
    """Yield the letters with their numbers; a letter that is left out is the one before."""
    first, *pieces = _LETTER.split(data)
    if first.strip():
        raise CorruptError(f"a path that begins with {first[:20]!r}")
    for letter, operands in zip(pieces[::2], pieces[1::2], strict=True):
        yield from _complete(letter.upper(), numbers(operands))


def _complete(letter: str, operands: list[float]) -> Iterator[tuple[str, list[float]]]:
    count = _CUBIC if letter == "C" and operands else _OPERANDS.get(letter, -1)
    if count == 0 and not operands:
        yield letter, []
        return
    if count <= 0 or not operands or len(operands) % count:
        raise CorruptError(f"a path with {len(operands)} numbers behind {letter}")
    for start in range(0, len(operands), count):
        yield ("L" if letter == "M" and start else letter), operands[start : start + count]
