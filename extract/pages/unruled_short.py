"""The disclosure table without ruling lines: rows of at most three values behind a label, below a header of their own."""

from collections.abc import Iterable, Iterator, Sequence

from extract.pages.paragraphs import ORDINAL
from extract.pages.unruled_groups import DISCLOSURE_STARTS, with_groups
from extract.pages.unruled_rows import Row, Token, Unruled, touched

_MOST_SHORT = 3  # values in a row of the disclosure table
_WIDEST_WORDS = 0.6  # of the text width: longer lines are prose


def short_tables(rows: Sequence[Row]) -> Iterator[Unruled]:
    """Yield runs of lines, from a header of the disclosure table on, that print values behind words."""
    width = max((row.line.x1 for row in rows), default=0.0) - min((row.line.x0 for row in rows), default=0.0)
    run: list[Row] = []
    for row in rows:
        short = len(row.words) + len(row.values) > 1 or row.line.x1 - row.line.x0 < _WIDEST_WORDS * width
        if run and short and not _is_heading(row):
            run.append(row)
            continue
        yield from _short_table(run)
        run = [row] if short and row.line.text.startswith(DISCLOSURE_STARTS) else []
    yield from _short_table(run)


def _is_heading(row: Row) -> bool:
    return not row.values and len(row.words) == 1 and ORDINAL.match(row.line.text) is not None


def _short_table(run: Iterable[Row]) -> Iterator[Unruled]:
    lines = list(run)
    rows = list(with_groups(lines))
    while rows and not rows[-1].values:
        lines = [line for line in lines if line is not rows[-1]]
        rows.pop()
    if any(row.words and row.values for row in rows) and all(len(row.values) <= _MOST_SHORT for row in rows):
        yield Unruled(tuple(_under_headers(rows)), tuple(row.line for row in lines))


def _under_headers(rows: Iterable[Row]) -> Iterator[tuple[Token, ...]]:
    """Yield the rows of the disclosure table, with an empty cell below each word of the header that has no value."""
    header: tuple[Token, ...] = ()
    for row in rows:
        if row.line.text.startswith(DISCLOSURE_STARTS):
            header = row.words[1:]
        values = {
            place: value for value in row.values for place in touched(value, [(word.x0, word.x1) for word in header])
        }
        is_whole = all(not word.text[-1:].isdecimal() for word in row.words)  # else a value may be glued to the label
        is_certain = is_whole and 0 < len(row.values) == len(values) < len(header) and _is_one_each(row.values, header)
        below = [values.get(place) or _empty(word, row) for place, word in enumerate(header)]
        yield (*row.words, *(below if is_certain else row.values))


def _is_one_each(values: Iterable[Token], header: Sequence[Token]) -> bool:
    return all(len(touched(value, [(word.x0, word.x1) for word in header])) == 1 for value in values)


def _empty(word: Token, row: Row) -> Token:
    return Token("", word.x0, row.line.top, word.x1, row.line.bottom)
