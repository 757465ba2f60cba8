"""The disclosure table without ruling lines: rows of at most three values behind a label, below a header of their own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.pages.paragraphs import ORDINAL
from extract.pages.unruled.disclosure import disclosure_block
from extract.pages.unruled.groups import DISCLOSURE_STARTS, with_groups
from extract.pages.unruled.header import header_below
from extract.pages.unruled.rows import Row, Span, Token, Unruled, touched
from extract.text import LOST

_ARTICLE = "第二十条"
_MOST_SHORT = 3  # values in a row of the disclosure table
_WIDEST_WORDS = 0.6  # of the text width: longer lines are prose


def short_tables(rows: Sequence[Row], *, whole: bool) -> Iterator[Unruled]:
    """Yield runs of lines, from a header of the disclosure table on, that print values behind words, or whose labels tell
    that they may where the lines are the ``whole`` section."""
    width = max((row.line.x1 for row in rows), default=0.0) - min((row.line.x0 for row in rows), default=0.0)
    run: list[Row] = []
    for row in rows:
        short = len(row.words) + len(row.values) > 1 or row.line.x1 - row.line.x0 < _WIDEST_WORDS * width
        if run and short and not _is_heading(row):
            run.append(row)
            continue
        yield from _short_table(run, whole)
        run = [row] if short and row.line.text.startswith(DISCLOSURE_STARTS) else []
    yield from _short_table(run, whole)


def _is_heading(row: Row) -> bool:
    return not row.values and len(row.words) == 1 and ORDINAL.match(row.line.text) is not None


def _short_table(run: Iterable[Row], whole: bool) -> Iterator[Unruled]:
    lines = list(run)
    told = disclosure_block(lines) if whole else None
    others = [] if told is not None and told.is_certain else list(_by_order(lines))
    if told is not None and told.certain >= sum(table.certain for table in others):
        yield told
    else:
        yield from others


def _by_order(lines: Sequence[Row]) -> Iterator[Unruled]:
    """Yield the table in which only the order of cells is certain, and blank ones below words of its header."""
    rows = list(with_groups(lines))
    while rows and not rows[-1].values:
        lines = [line for line in lines if line is not rows[-1]]
        rows.pop()
    if any(row.words and row.values for row in rows) and all(len(row.values) <= _MOST_SHORT for row in rows):
        made = (tokens for block in _blocks(rows) for tokens in _rows_of(block))
        yield Unruled(tuple(made), tuple(row.line for row in lines))


def _blocks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield the rows from the words above one header (第二十条第（一）项) to the next."""
    block: list[Row] = []
    for row in rows:
        if row.line.text.startswith(DISCLOSURE_STARTS) and any(above.values for above in block):
            yield block
            block = []
        block.append(row)
    yield block


def _rows_of(block: Sequence[Row]) -> Iterator[tuple[Token, ...]]:
    """Yield the rows of a block, with an empty cell below each word of the header that has no value.

    Words beside the label of a row, or a header that is not one of the form, may be pieces of broken cells: then no
    figure is believed.
    """
    first = next((place for place, row in enumerate(block) if row.values), len(block))
    titles = [row for row in block[:first] if row.line.text.startswith(_ARTICLE)]
    named = [row for row in block[:first] if row not in titles]
    header = header_below(named)
    columns = _columns(header[1:], [row.values for row in block[first:]])
    strays = _strays(block[first:], columns)
    yield from (row.words for row in titles)
    yield from ([header] if header else [row.words for row in named])
    for place, row in enumerate(block[first:]):
        tokens = _in_columns(row, columns)
        is_doubtful = (len(named) > 1 and not header) or not strays.isdisjoint((place - 1, place + 1))
        yield tuple(map(_doubtful, tokens)) if is_doubtful else tokens


def _strays(rows: Sequence[Row], columns: Sequence[Span]) -> set[int]:
    """Return which lines have no values, but words where values stand."""
    left = columns[0][0] if columns else min((value.x0 for row in rows for value in row.values), default=0.0)
    return {place for place, row in enumerate(rows) if not row.values and any(word.x1 > left for word in row.words)}


def _doubtful(part: Token) -> Token:
    return replace(part, text=f"{part.text}{LOST}") if part.is_value or not part.text else part


def _columns(header: Sequence[Token], rows: Sequence[Sequence[Token]]) -> list[Span]:
    """Return where the columns are: the header's words, and what whole rows print below them."""
    words = [(word.x0, word.x1) for word in header]
    stacks = [header, *(values for values in rows if len(values) == len(header))]
    wide = [(min(part.x0 for part in stack), max(part.x1 for part in stack)) for stack in zip(*stacks, strict=True)]
    return wide if all(left[1] < right[0] for left, right in pairwise(wide)) else words


def _in_columns(row: Row, columns: Sequence[Span]) -> tuple[Token, ...]:
    below = [touched(value, columns) for value in row.values]
    is_whole = all(not word.text[-1:].isdecimal() for word in row.words)  # else a value may be glued to the label
    apart = all(len(places) == 1 for places in below) and len({places[0] for places in below if places}) == len(below)
    if not (is_whole and apart and 0 < len(below) < len(columns)):
        # What stands beside the columns (the edge of a photograph) would move the values after a blank by one.
        in_order = all(len(places) != 1 or places[0] == place for place, places in enumerate(below))
        return (*row.words, *(row.values if in_order or not is_whole else map(_doubtful, row.values)))
    values = {places[0]: value for places, value in zip(below, row.values, strict=True)}
    blanks = (Token("", left, row.line.top, right, row.line.bottom) for left, right in columns)
    cells = [values.get(place, blank) for place, blank in enumerate(blanks)]
    # Of two figures that nearly touch one may be of a column that seems blank.
    may_be_two = any(LOST in value.text for value in row.values)
    return (*row.words, *(map(_doubtful, cells) if may_be_two else cells))
