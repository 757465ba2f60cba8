"""Figures broken over lines inside their cells, in the requests table without ruling lines: what makes one of pieces.

A figure is broken only where its column has no room for one more digit; its pieces stand below each other as close as
the lines of one cell; and the figures of a row all stand at the top of their cells, in the middle or at the bottom. The
pieces are put together with a gap between them: the sums of the form have to say that they are one number.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extract.pages.unruled.rows import Row, Span, Token, glued, touched
from extract.text import LOST, parse_number

_BROKEN = (re.compile(r"[0-9０-９.,]+"), re.compile(r"[-—]+"))
"""What a piece of a figure is, and one of a long dash."""

_SAME_CELL = 1.6  # type sizes from line to line in one cell, and over a page break
_UNEVEN = 0.3  # type sizes between figures of one row

Cells = Mapping[int, Token]
"""What a line, or a row, prints in each column."""


def cells_in(row: Row, columns: Sequence[Span]) -> Cells | None:
    """Return what a line prints in the columns; ``None`` where it cannot be told."""
    cells: dict[int, Token] = {}
    for part in row.tokens:
        if part.x1 <= columns[0][0]:
            continue
        over = touched(part, columns)
        if len(over) != 1 or over[0] in cells:
            return None
        cells[over[0]] = part
    return cells


def widest(lines: Iterable[Cells | None], columns: int) -> Sequence[float]:
    """Return the width of the widest figure, or piece of one, in each column."""
    found = [0.0] * columns
    for line in lines:
        for column, part in (line or {}).items():
            if _is_piece(part):
                found[column] = max(found[column], part.x1 - part.x0)
    return found


def whole(lines: Sequence[Cells | None], widths: Sequence[float]) -> Cells | None:
    """Return lines as one row; ``None`` where what stands below each other in a column is no broken figure."""
    if len(lines) == 1:
        return lines[0]
    found = _stacks(lines)
    if found is None:
        return None
    figures = all(_is_figure(stack, widths[column]) for column, stack in found.items())
    if not figures or not _is_even(found.values()):
        return None
    put_together = glued if len(found) == len(widths) else _unproven
    return {column: put_together(stack) for column, stack in found.items()}


def _unproven(stack: Sequence[Token]) -> Token:
    """Return the pieces of a figure in a row with blanks, of which no sum says that they are one number."""
    token = glued(stack)
    is_broken = len(stack) > 1 and any(map(str.isdecimal, token.text))
    return replace(token, text=token.text.replace(" ", LOST)) if is_broken else token


def _stacks(lines: Sequence[Cells | None]) -> dict[int, list[Token]] | None:
    stacks: dict[int, list[Token]] = {}
    for line in lines:
        if line is None:
            return None
        for column, part in line.items():
            stacks.setdefault(column, []).append(part)
    return stacks


def _is_even(stacks: Iterable[Sequence[Token]]) -> bool:
    """Tell whether the figures of a row stand as cells of one row do: all at the top, in the middle or at the bottom."""
    edges = [(stack[0].top, stack[-1].bottom) for stack in stacks]
    size = min(bottom - top for top, bottom in edges)
    places = ([top for top, _ in edges], [(top + bottom) / 2 for top, bottom in edges], [bottom for _, bottom in edges])
    return any(max(place) - min(place) < _UNEVEN * size for place in places)


def _is_figure(stack: Sequence[Token], widest: float) -> bool:
    return len(stack) == 1 or (
        any(all(kind.fullmatch(part.text) for part in stack) for kind in _BROKEN)
        and all(_is_near(above, below) and _is_full(above, widest) for above, below in pairwise(stack))
    )


def _is_piece(part: Token) -> bool:
    return any(kind.fullmatch(part.text) for kind in _BROKEN)


def _is_near(above: Token, below: Token) -> bool:
    return below.bottom - above.bottom < _SAME_CELL * max(above.bottom - above.top, below.bottom - below.top)


def _is_full(part: Token, widest: float) -> bool:
    """Tell whether a column has no room for one more digit."""
    width = part.x1 - part.x0
    return width + width / len(part.text) > widest


def adds_up(cells: Cells, columns: int) -> bool | None:
    """Tell whether the last of the figures is the sum of the others; ``None`` where not all of them are known."""
    if not all(column in cells for column in range(columns)):
        return None
    known = [value for column in range(columns) if (value := _value(cells[column])) is not None]
    return sum(known[:-1]) == known[-1] if len(known) == columns else None


def contradicts_itself(cells: Cells, columns: int) -> bool:
    """Tell whether the last of the figures is not the sum of the others, blanks and marks taken for nothing."""
    values = {column: _value(part) or Decimal(0) for column, part in cells.items()}
    total = values.pop(columns - 1, None)
    return total is not None and sum(values.values()) != total


def _value(part: Token) -> Decimal | None:
    return parse_number(part.text.replace(" ", "")).value
