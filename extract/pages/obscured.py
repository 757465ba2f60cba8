"""Places where something is printed that is no text: a picture of a figure, digits drawn as curves. They are not blank."""

from collections.abc import Iterator, Sequence

from extract.pages.text import Char, TextLine, text_lines
from extract.pages.unruled.rows import row_of
from extract.text import LOST

Box = tuple[float, float, float, float]

HIGHEST_PT = 30.0
"""Type is lower."""

_WIDEST, _LEAST = 120.0, 3.0  # points: a speck is less
_JOINED = 3.0  # points between two drawn digits of one number


def drawn(pictures: Sequence[Box], shapes: Sequence[Box]) -> list[Box]:
    """Return the boxes of what may be a figure: pictures as low as a line of type, and shapes, those of a number as one."""
    found = [
        box for box in pictures if _LEAST <= box[3] - box[1] <= HIGHEST_PT and _LEAST <= box[2] - box[0] <= _WIDEST
    ]
    for box in sorted(shapes):
        last = found[-1] if found and found[-1] not in pictures else None
        if last and box[0] - last[2] < _JOINED and box[1] < last[3] and last[1] < box[3]:
            found[-1] = (last[0], min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
        else:
            found.append(box)
    return found


def beside_text(marks: Sequence[Box], chars: Sequence[Char]) -> Iterator[Char]:
    """Yield a character that nobody can read for each mark that stands in a line of words and figures with gaps."""
    lines = [line for line in text_lines(chars) if _may_be_of_table(line)] if marks else []
    for left, top, right, bottom in marks:
        line = _line_at((top + bottom) / 2, lines)
        if line is not None:
            yield Char(LOST, left, line.bottom - line.size, right, line.bottom)


def _may_be_of_table(line: TextLine) -> bool:
    row = row_of(line)
    return len(row.tokens) > 1 or bool(row.values)


def _line_at(middle: float, lines: Sequence[TextLine]) -> TextLine | None:
    return next((line for line in lines if line.top < middle < line.bottom), None)
