"""Tables without ruling lines that are told by their words: columns by a header, rows by their labels.

So a row that prints nothing is a row too, and a column in which no row prints anything is there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import takewhile

from extract.pages.unruled.below import Columns
from extract.pages.unruled.labels import Labelled, Line, known
from extract.pages.unruled.rows import Row, Token, beside, doubted, parted_at
from extract.text import LOST

_ENDS = re.compile(r"[一-鿿)）”」』》、，。：；]$")
"""How the lines of labels end."""

_MOST_LINES = 8  # of one label


def body_below(rows: Sequence[Row], header: Sequence[Token], table: str) -> list[Row]:
    """Return the lines below a header that have no words below its own, down to the last label or figure."""
    edge = header[0].x0
    parted = (parted_at(row, edge) for row in rows)
    lines = list(takewhile(lambda row: all(word.x1 <= edge for word in row.words), parted))
    while lines and not (lines[-1].values or ends_label(lines, table)):
        lines.pop()
    return lines


def ends_label(rows: Sequence[Row], table: str) -> bool:
    """Tell whether some last lines make a label."""
    return any(
        known("".join(word.text for row in rows[-count:] for word in row.words[-1:]), table)
        for count in range(1, _MOST_LINES)
    )


def lines_of(body: Sequence[Row], columns: Mapping[Token, Columns], groups: Set[Token] = frozenset()) -> Iterator[Line]:
    """Yield the lines of a body without the words that head rows."""
    for place, row in enumerate(body):
        words = [word for word in row.words if word not in groups]
        others = _figures(row, columns)
        if words or others:
            yield Line(beside(words) if words else None, others, row.line.top, row.line.bottom, place)


def _figures(row: Row, columns: Mapping[Token, Columns]) -> Mapping[int, Token]:
    """Return what a line prints in each column; what may be of several is doubtful in all of these."""
    found: dict[int, Token] = {}
    for part in row.values:
        own: Sequence[int] = columns[part]
        if LOST in part.text:  # it may be two figures
            own = range(min(own) - 1, max(own) + 2)
        for column in own:
            cell = beside([found[column], part]) if column in found else part
            found[column] = doubted(cell) if len(own) > 1 or column in found else cell
    return found


def cells_of(row: Labelled, header: Sequence[Token]) -> tuple[Token, ...]:
    """Return the cells of a row; nothing for figures without a label, beside which others are doubtful.

    A figure or a mark may be glued to a line of a label that ends in neither a word nor a bracket.
    """
    label, others = row.label, row.others
    if label is None:
        return ()
    empty = (Token("", word.x0, label.top, word.x1, label.bottom) for word in header)
    cells = [others.get(column, blank) for column, blank in enumerate(empty)]
    is_doubtful = row.doubtful or any(line.label and not _ENDS.search(line.label.text) for line in row.lines)
    return (label, *(map(doubted, cells) if is_doubtful else cells))
