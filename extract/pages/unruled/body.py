"""The rows below the header of a table without ruling lines: which lines are rows, and whose the other lines are."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from extract.pages.paragraphs import ORDINAL
from extract.pages.unruled.bands import in_bands
from extract.pages.unruled.broken import NOTHING, mended
from extract.pages.unruled.doubts import doubts
from extract.pages.unruled.groups import heads_rows
from extract.pages.unruled.head import LABELLED
from extract.pages.unruled.pieces import Cells
from extract.pages.unruled.rows import Row, Span, Token, glued, inside, is_close, labels_of, stacks, touched
from extract.text import LOST


def begins_row(row: Row, columns: Sequence[Span]) -> bool:
    """Tell whether a line has values behind words that are numbered as a row of the form is."""
    return bool(row.values) and any(ORDINAL.match(token.text) for token in labels_of(row, columns))


def body_of(rows: Sequence[Row], above: Sequence[Token], columns: Sequence[Span]) -> Iterator[tuple[Token, ...]]:
    """Yield the rows with values: words that stand on lines of their own go to the row they belong to."""
    rows = in_bands(rows, columns) if len(columns) in LABELLED else rows
    lines = [row for row in rows if inside(row, columns)]
    printed = [line for line in lines if not _is_broken_off(line, lines, columns)]
    if not printed:
        return
    words = [labels_of(row, columns) for row in printed]
    words[0] = [*above, *words[0]]
    for row, passed in _between_rows(rows, printed):
        for token in labels_of(row, columns):
            words[_owner(token, printed, passed)].append(token)
    whole = mended(printed, _gaps(rows, printed, columns), columns) if len(columns) in LABELLED else NOTHING
    left = [(row, passed) for row, passed in _between_rows(rows, printed) if passed not in whole.gaps]
    doubted = doubts(left, printed, words, columns)
    for number, (row, labels, doubtful) in enumerate(zip(printed, words, doubted, strict=True)):
        cells = whole.rows.get(number)
        values = _values(row, columns, doubtful) if cells is None else _with_blanks(cells, row, columns, doubtful)
        yield (*_labels(labels), *values)


def _gaps(rows: Sequence[Row], printed: Sequence[Row], columns: Sequence[Span]) -> list[list[Row]]:
    """Return the lines with pieces of figures above the first row, between each two, and below the last one."""
    gaps: list[list[Row]] = [[] for _ in range(len(printed) + 1)]
    for row, passed in _between_rows(rows, printed):
        if inside(row, columns):
            gaps[passed].append(row)
    return gaps


def _between_rows(rows: Sequence[Row], printed: Sequence[Row]) -> Iterator[tuple[Row, int]]:
    """Yield the lines that are no rows, each with the number of rows before it."""
    passed = 0
    for row in rows:
        if row in printed:
            passed += 1
        else:
            yield row, passed


def _is_broken_off(line: Row, lines: Sequence[Row], columns: Sequence[Span]) -> bool:
    """Tell whether a line stands as close to another one as the lines of one cell do, or has few cells and no number of a
    row of the form. The numbers of labels that head rows, and of one that goes on beside the line below, are no such
    numbers."""
    count = len(inside(line, columns))
    few = count <= len(columns) / 2
    close = [other for other in lines if is_close(line, other)]
    heads = all(heads_rows(token.text) for token in labels_of(line, columns))
    if close and ((heads and count < len(columns)) or (few and any(_goes_on(line, other, columns) for other in close))):
        return True
    return count < len(columns) and not begins_row(line, columns) and (bool(close) or few)


def _goes_on(line: Row, below: Row, columns: Sequence[Span]) -> bool:
    """Tell whether the words of a line go on below it, beside more figures."""
    if below.line.top < line.line.top or len(inside(below, columns)) <= len(inside(line, columns)):
        return False
    labels = labels_of(below, columns)
    return bool(labels) and not any(ORDINAL.match(label.text) for label in labels)


def _owner(token: Token, printed: Sequence[Row], passed: int) -> int:
    """Return the row, above or below, whose label a word on a line of its own belongs to."""
    if passed in (0, len(printed)):
        return min(passed, len(printed) - 1)
    above, below = printed[passed - 1], printed[passed]
    if ORDINAL.match(token.text):
        return passed
    if any(ORDINAL.match(word.text) for word in below.words if word.x0 <= token.x1 and word.x1 >= token.x0):
        return passed - 1
    return passed if below.line.top - token.top < token.top - above.line.top else passed - 1


def _labels(tokens: Sequence[Token]) -> list[Token]:
    """Glue what stands below each other; words beside each other (a group and its row) stay apart."""
    return [glued(stack) for stack in stacks(tokens)]


def _values(row: Row, columns: Sequence[Span], doubtful: Set[int]) -> Iterator[Token]:
    by_column = {place: token for token in inside(row, columns) for place in touched(token, columns)}
    lost = {place for token in by_column.values() for place in _of_many(token, columns)} | doubtful
    yield from _with_blanks(by_column, row, columns, lost)


def _with_blanks(cells: Cells, row: Row, columns: Sequence[Span], lost: Set[int]) -> Iterator[Token]:
    for number, (left, right) in enumerate(columns):
        found = cells.get(number) or Token("", left, row.line.top, right, row.line.bottom)
        yield replace(found, text=f"{found.text}{LOST}") if number in lost else found


def _of_many(token: Token, columns: Sequence[Span]) -> list[int]:
    """Return the columns of figures that are printed into each other."""
    places = touched(token, columns)
    return places if len(places) > 1 else []
