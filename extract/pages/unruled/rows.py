"""Lines of a table without ruling lines: what stands between the gaps of a line, and the values behind its words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.changes import is_change
from extract.pages.paragraphs import joined
from extract.pages.text import Char, TextLine, is_wide, text_lines
from extract.text import LOST, parse_number

# Type sizes of white space between two cells of a row by how many of them are words: between a word and a number in
# one cell is a quarter at most, between the digits of a number next to nothing.
_CELL_GAPS = (0.2, 0.4, 0.8)
_BEFORE_MARK = 0.1  # a figure, and the mark in the next cell; none is printed behind a number with a gap
_MARKS = frozenset("-—–－/")

_SAME_CELL = 1.35  # type sizes from line to line
_BEFORE_ORDINAL = 0.2  # a group beside its row, （三）不 1.属于国家秘密: nothing in a label is spaced before an ordinal
_UNEVEN = 0.12  # type sizes between the gaps of one number
_ORDINAL = re.compile(r"[（(][一二三四五六七八九十][）)]|(?<![\d.])\d[.．、](?!\d)")

Span = tuple[float, float]
"""Left and right edge of a column, in points."""


@dataclass(frozen=True, slots=True)
class Token:
    """What stands between two gaps of a line."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_value(self) -> bool:
        """A number or the rest of one (``09``), a mark, a change told in words, or what may be a number and cannot be read."""
        if LOST in self.text:
            return not any(map(str.isalpha, self.text))
        return self.text.isdecimal() or parse_number(self.text).state in ("reported", "mark") or is_change(self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """A line as words, and the values behind the last word."""

    line: TextLine
    words: tuple[Token, ...]
    values: tuple[Token, ...]
    page: int = 0

    @property
    def tokens(self) -> tuple[Token, ...]:
        """All that stands in the line."""
        return (*self.words, *self.values)

    def chars_of(self, part: Token) -> list[Char]:
        """Return the characters of what stands in the line."""
        return [char for char in self.line.chars if part.x0 <= char.x0 and char.x1 <= part.x1]


def row_of(line: TextLine, page: int = 0) -> Row:
    """Take a line apart."""
    tokens = list(_tokens(line))
    words = len(tokens)
    while words and tokens[words - 1].is_value:
        words -= 1
    made = Row(line, tuple(tokens[:words]), tuple(tokens[words:]), page)
    return replace(made, values=tuple(doubted(part) if _is_uneven(made, part) else part for part in made.values))


def _is_uneven(row: Row, part: Token) -> bool:
    """Tell whether the digits of a value stand unevenly: they may be two figures that nearly touch."""
    if not part.text.isdecimal():
        return False
    gaps = [right.x0 - left.x1 for left, right in pairwise(row.chars_of(part))]
    return bool(gaps) and max(gaps) - (min(gaps) if len(gaps) > 1 else 0.0) > _UNEVEN * row.line.size


def parted_at(row: Row, edge: float) -> Row:
    """Return a row whose last word runs over the left edge of the columns as a label and a value, where it is one: words
    up to the edge, and a number behind it."""
    last = row.words[-1] if row.words else None
    if last is None or not last.x0 < edge < last.x1:
        return row
    chars = row.chars_of(last)
    before, behind = [char for char in chars if char.x1 <= edge], [char for char in chars if char.x1 > edge]
    if not before or before[-1].text.isdecimal() or not (value := token(behind)).is_value:
        return row
    return replace(row, words=(*row.words[:-1], token(before)), values=(value, *row.values))


def _tokens(line: TextLine) -> Iterator[Token]:
    chunk: list[Char] = []
    ordinals = {found.start() for found in _ORDINAL.finditer("".join(char.text[:1] for char in line.chars))}
    for place, char in enumerate(line.chars):
        gap = _BEFORE_ORDINAL if place in ordinals else _gap(chunk[-1], char) if chunk else 0.0
        if chunk and char.x0 - chunk[-1].x1 > gap * line.size:
            yield token(chunk)
            chunk = []
        chunk.append(char)
    yield token(chunk)


def _gap(left: Char, right: Char) -> float:
    """Return the gap that parts two cells."""
    if left.text.isdecimal() and right.text in _MARKS:
        return _BEFORE_MARK
    return _CELL_GAPS[_is_of_word(left) + _is_of_word(right)]


def _is_of_word(char: Char) -> bool:
    return is_wide(char.text) and not char.text.isdecimal()


def token(chars: Sequence[Char]) -> Token:
    """Return characters of one line as what stands between two gaps."""
    line = text_lines(chars)[0]
    return Token(line.text, line.x0, line.top, line.x1, line.bottom)


def glued(tokens: Iterable[Token]) -> Token:
    """Return tokens that stand below each other as one."""
    first, *others = sorted(tokens, key=lambda part: part.top)
    text, x0, x1, bottom = first.text, first.x0, first.x1, first.bottom
    for part in others:
        text = joined(text, part.text)
        x0, x1, bottom = min(x0, part.x0), max(x1, part.x1), part.bottom
    return Token(text, x0, first.top, x1, bottom)


def doubted(part: Token) -> Token:
    """Return what stands in a cell as something that is not known for certain."""
    return replace(part, text=f"{part.text}{LOST}")


def beside(parts: Sequence[Token]) -> Token:
    """Return what stands beside each other as one."""
    if len(parts) == 1:
        return parts[0]
    whole = glued(parts)
    return Token(" ".join(part.text for part in parts), whole.x0, whole.top, whole.x1, whole.bottom)


def touched(token: Token, columns: Sequence[Span]) -> list[int]:
    """Return the columns that a token stands over or below."""
    return [number for number, (left, right) in enumerate(columns) if token.x0 <= right and token.x1 >= left]


def inside(row: Row, columns: Sequence[Span]) -> list[Token]:
    """Return what a line prints in the columns."""
    return [token for token in row.tokens if token.x1 > columns[0][0]]


def is_close(line: Row, other: Row) -> bool:
    """Tell whether two lines stand as close to each other as the lines of one cell do."""
    return 0 < abs(other.line.bottom - line.line.bottom) < _SAME_CELL * line.line.size


def labels_of(row: Row, columns: Sequence[Span]) -> list[Token]:
    """Return what a line prints left of the columns."""
    return [token for token in row.tokens if token.x1 <= columns[0][0]]


def stacks(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return tokens in stacks that stand beside each other, from left to right."""
    found: list[list[Token]] = []
    for token in sorted(tokens, key=lambda token: token.x0):
        if found and token.x0 <= max(other.x1 for other in found[-1]):
            found[-1].append(token)
        else:
            found.append([token])
    return found


@dataclass(frozen=True, slots=True)
class Unruled:
    """A table without lines: its rows as (text, box) and the lines it is made of. ``aligned``: each cell's place in its row
    is its column."""

    rows: tuple[tuple[Token, ...], ...]
    lines: tuple[TextLine, ...]
    aligned: bool = False

    @property
    def top(self) -> float:
        """Upper edge in points."""
        return self.lines[0].top

    @property
    def certain(self) -> int:
        """How many rows have a figure that is certain."""
        return sum(any(part.is_value and LOST not in part.text for part in row) for row in self.rows)

    @property
    def is_certain(self) -> bool:
        """Whether nothing in it is doubtful."""
        return not any(LOST in part.text for row in self.rows for part in row)
