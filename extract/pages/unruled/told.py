"""Tables without ruling lines that are told by their words: columns by a header, rows by their labels.

So a row that prints nothing is a row too, and a column in which no row prints anything is there.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import takewhile

from extract.pages.unruled.below import Columns
from extract.pages.unruled.labels import Labelled, Line, known
from extract.pages.unruled.rows import Row, Token, beside, doubted, parted_at

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
    """Yield the lines of a body without the words that head rows; a figure that may be of two columns is doubtful in both."""
    for place, row in enumerate(body):
        words = [word for word in row.words if word not in groups]
        others: dict[int, Token] = {}
        for part in row.values:
            own = columns[part]
            for column in own:
                cell = beside([others[column], part]) if column in others else part
                others[column] = doubted(cell) if len(own) > 1 or column in others else cell
        if words or others:
            yield Line(beside(words) if words else None, others, row.line.top, row.line.bottom, place)


def cells_of(row: Labelled, header: Sequence[Token]) -> tuple[Token, ...]:
    """Return the cells of a row; nothing for figures without a label, beside which others are doubtful.

    A figure may be glued to a label that ends in a digit.
    """
    label, others = row.label, row.others
    if label is None:
        return ()
    empty = (Token("", word.x0, label.top, word.x1, label.bottom) for word in header)
    cells = [others.get(column, blank) for column, blank in enumerate(empty)]
    is_doubtful = row.doubtful or any(line.label and line.label.text[-1].isdecimal() for line in row.lines)
    return (label, *(map(doubted, cells) if is_doubtful else cells))
