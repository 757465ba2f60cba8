"""Scanner of the review table (政府信息公开行政复议、行政诉讼情况) in aligned grids: one row of values under stacked headers."""

from dataclasses import replace
from itertools import groupby, pairwise

from extract.forms.aligned import ColumnMap, ValueRow, options
from extract.forms.beside import columns_beside
from extract.forms.canvas import Canvas, is_blank, is_text
from extract.forms.slots import FormRow, Printed, Scan, note
from extract.forms.turned import review_upright
from extract.labels import Vocabulary
from extract.model import GridCell
from extract.templates._shared import OUTCOMES
from extract.text import LOST

TABLE = "review"
COLUMNS = tuple(column.name for column in OUTCOMES)
ROWS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
_TOLD_APART = frozenset(COLUMNS[:-1])
_HEADER_CELLS = 3

_Header = tuple[str, str, frozenset[int]]
"""Row and column of the form, and the grid columns under them."""


def scan(canvas: Canvas, words: Vocabulary) -> Scan:
    """Read the review table of a grid: 15 values, five for each of 行政复议, 未经复议直接起诉 and 复议后起诉."""
    if header_rows := _header_rows(canvas, words):
        return _scan_below(canvas, words, header_rows)
    upright = review_upright(canvas, words)
    if upright is None or not (header_rows := _header_rows(upright, words)):
        return Scan()
    return replace(_scan_below(upright, words, header_rows), claimed=frozenset(range(canvas.grid.rows)))


def _header_rows(canvas: Canvas, words: Vocabulary) -> list[int]:
    return [row for row in range(canvas.grid.rows) if _is_header(canvas, words, row)]


def _scan_below(canvas: Canvas, words: Vocabulary, header_rows: list[int]) -> Scan:
    last = header_rows[-1]
    if _is_printed_again(canvas, header_rows):
        detail = "printed twice in one table: nobody says which of them is this report's"
        return Scan((), (note("header", detail, table=TABLE),), frozenset(range(header_rows[0], canvas.grid.rows)))
    turned = _scan_turned(canvas, words, last)
    if turned.rows:
        return turned
    headers = _headers(canvas, words, last)
    own = frozenset(column for _, _, columns in headers for column in columns)
    beside = columns_beside(canvas, range(max(header_rows[0] - 1, 0), last + 1), own)
    value_rows = _value_rows(canvas, last, beside, headers)
    claimed = frozenset(range(header_rows[0], last + 1)) | frozenset(value_rows)
    if not headers or len(value_rows) != 1:
        detail = f"{len(value_rows)} rows of values under the review header" if headers else "header not understood"
        return Scan((), (note("header", detail, table=TABLE),), claimed)
    return Scan(_read(canvas, value_rows[0], headers, beside), (), claimed)


def _is_printed_again(canvas: Canvas, header_rows: list[int]) -> bool:
    """Say whether figures stand between rows of headers: two tables that nothing parts, last year's and this one's."""
    between = (row for row in range(header_rows[0], header_rows[-1]) if row not in header_rows)
    return any(
        cell.row == row and not is_text(cell) and not is_blank(cell) for row in between for cell in canvas.rows[row]
    )


def _scan_turned(canvas: Canvas, words: Vocabulary, last: int) -> Scan:
    """Read a table that prints the three bodies as rows under one header of results."""
    header = _outcome_map(canvas, words, last)
    found: list[FormRow] = []
    claimed = set(range(last + 1))
    for index in range(last + 1, canvas.grid.rows):
        labels = [
            (label, cell) for cell in canvas.words[index] if (label := words.row(cell.text, (TABLE,))) is not None
        ]
        if not labels or header is None:
            continue
        label, cell = labels[-1]
        right = tuple(c for c in canvas.rows[index] if c.column >= cell.column + cell.column_span)
        values = header.own_cells(ValueRow(right, cell))
        raw = " | ".join(value.text for value in values.cells)
        found.append(FormRow(TABLE, label.row, None, header.names, options(header, values, values.edge), cell.at, raw))
        claimed.add(index)
    return Scan(tuple(found), (), frozenset(claimed))


def _outcome_map(canvas: Canvas, words: Vocabulary, last: int) -> ColumnMap | None:
    named = [(name, cell) for cell in canvas.rows[last] if (name := words.column(cell.text, TABLE)) is not None]
    names = tuple(name for name, _ in named)
    if names != COLUMNS:
        return None
    spans = tuple(frozenset(range(cell.column, cell.column + cell.column_span)) for _, cell in named)
    beside = columns_beside(canvas, range(last, last + 1), frozenset().union(*spans))
    return ColumnMap(names, spans, ("",) * len(names), beside)


def _is_header(canvas: Canvas, words: Vocabulary, row: int) -> bool:
    if len(canvas.words[row]) < _HEADER_CELLS:
        return False
    return len(_TOLD_APART.intersection(words.column(cell.text, TABLE) for cell in canvas.words[row])) >= _HEADER_CELLS


def _headers(canvas: Canvas, words: Vocabulary, last: int) -> list[_Header]:
    """Return (row, column, grid columns) for every outcome header, left to right; none where a body is not over its own.

    Where one is lost, or a result was doubled, the others may stand over columns that are not theirs.
    """
    spans: dict[tuple[str, str], set[int]] = {}
    if _is_doubled(canvas, words, last):
        return []
    named = _carried(_with_lost(canvas, last, [_named(canvas, words, last, at) for at in range(canvas.grid.columns)]))
    if any(_is_displaced(outcome, body, named[:place]) for place, (_, outcome, body) in enumerate(named)):
        return []
    for column, outcome, body in named:
        if body:
            spans.setdefault((body, outcome), set()).add(column)
    ordered = sorted(spans.items(), key=lambda entry: min(entry[1]))
    return [(body, outcome, frozenset(columns)) for (body, outcome), columns in ordered]


def _with_lost(canvas: Canvas, last: int, named: list[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """Name the one result of a body that was not legible, where the body has five columns and the other four stand in the
    form's places."""
    found: list[tuple[int, str, str]] = []
    for _, group in groupby(named, lambda entry: entry[2]):
        own = list(group)
        lost = [place for place, (_, outcome, body) in enumerate(own) if body and not outcome]
        if len(own) == len(COLUMNS) and len(lost) == 1 and _is_illegible(canvas, last, own[lost[0]][0]):
            known = [outcome or COLUMNS[place] for place, (_, outcome, _) in enumerate(own)]
            if tuple(known) == COLUMNS:
                own = [(column, outcome, body) for (column, _, body), outcome in zip(own, known, strict=True)]
        found += own
    return found


def _is_illegible(canvas: Canvas, last: int, column: int) -> bool:
    """Say whether the header cell next to the figures of a column has characters that could not be read, and is its alone."""
    stack = [cell for cell in canvas.above(last + 1, column) if cell.row + cell.row_span == last + 1]
    return any(LOST in cell.text and cell.column_span == 1 for cell in stack)


def _is_doubled(canvas: Canvas, words: Vocabulary, last: int) -> bool:
    """Say whether two header cells side by side are called by one result: one of them may have been another's."""
    cells = canvas.rows[last]
    return any(
        one.column + one.column_span == two.column
        and (name := words.column(one.text, TABLE)) is not None
        and name == words.column(two.text, TABLE)
        for one, two in pairwise(cells)
    )


def _is_displaced(outcome: str, body: str, before: list[tuple[int, str, str]]) -> bool:
    """Say whether a result has no body over it, or one that has its total already."""
    if outcome == COLUMNS[0] and not body:
        return True
    return outcome in COLUMNS[:-1] and bool(body) and any(entry[1:] == (COLUMNS[-1], body) for entry in before)


def _named(canvas: Canvas, words: Vocabulary, last: int, column: int) -> tuple[int, str, str]:
    """Return a grid column with the outcome and the body that stand over it, each empty where none does."""
    stack = canvas.above(last + 1, column)
    outcome = next((name for cell in stack if (name := words.column(cell.text, TABLE))), "")
    body = next((label.row for cell in stack if (label := words.row(cell.text, (TABLE,)))), "")
    return column, outcome, body


def _carried(named: list[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """Carry each body on over the columns right of it, where a sheet without merged cells prints it over the first.

    Only where each of the three then has the five outcomes in the form's order.
    """
    carried: list[tuple[int, str, str]] = []
    for column, outcome, body in named:
        if outcome:
            goes_on = [before for _, _, before in carried[-len(COLUMNS) :]]
            is_whole = len(goes_on) == len(COLUMNS) and len(set(goes_on)) == 1
            carried.append((column, outcome, body or ("" if is_whole or not carried else goes_on[-1])))
    groups = groupby((entry for entry in carried if entry[2]), lambda entry: entry[2])
    bodies = [(body, tuple(outcome for _, outcome, _ in group)) for body, group in groups]
    return carried if bodies == [(body, COLUMNS) for body in ROWS] else [entry for entry in named if entry[1]]


def _value_rows(canvas: Canvas, last: int, beside: frozenset[int], headers: list[_Header]) -> list[int]:
    rows = []
    for index in range(last + 1, canvas.grid.rows):
        cells = [cell for cell in canvas.rows[index] if cell.row == index and cell.column not in beside]
        is_worded = any(is_text(cell) for cell in cells[1:]) or all(map(is_text, cells))
        if is_worded and not _is_whole(cells, headers):
            break
        rows.append(index)
    filled = [index for index in rows if not all(map(is_blank, _own(canvas, index, beside)))]
    return filled or rows[:1]


def _is_whole(cells: list[GridCell], headers: list[_Header]) -> bool:
    """Say whether a row has a cell for each column of the header and mostly figures: a word among them (未统计) stands in
    a cell of figures."""
    under = [frozenset(range(cell.column, cell.column + cell.column_span)) for cell in cells]
    words = sum(map(is_text, cells))
    figures = sum(not is_text(cell) and not is_blank(cell) for cell in cells)
    return bool(headers) and under == [columns for _, _, columns in headers] and figures > words


def _own(canvas: Canvas, index: int, beside: frozenset[int]) -> list[GridCell]:
    return [cell for cell in canvas.rows[index] if cell.column not in beside]


def _read(canvas: Canvas, index: int, headers: list[_Header], beside: frozenset[int]) -> tuple[FormRow, ...]:
    own = _own(canvas, index, beside)
    cells = tuple(own if _is_whole(own, headers) else (cell for cell in own if not is_text(cell)))
    values = ValueRow(cells)
    named = frozenset(column for _, _, columns in headers for column in columns)
    reaching = [cell.column for cell in own if cell.row < index and is_text(cell)]
    is_pushed = not named.isdisjoint(reaching) or (bool(reaching) and values.edge != max(named) + 1)
    whole = ColumnMap(
        tuple(f"{body} {outcome}" for body, outcome, _ in headers),
        tuple(columns for _, _, columns in headers),
        ("",) * len(headers),
    )
    # A header cell that reaches down among the figures has pushed those right of it under others; a label beside the
    # whole table leaves each below its own.
    arrangements = () if is_pushed else options(whole, values, values.edge)
    at = canvas.rows[index][0].at
    rows = (_form_row(values, at, body, headers, arrangements) for body in dict.fromkeys(h[0] for h in headers))
    steady = bool(arrangements) and whole.is_steady(values)
    return tuple(replace(row, is_steady=steady) for row in rows)


def _form_row(
    values: ValueRow,
    at: str,
    body: str,
    headers: list[_Header],
    arrangements: tuple[tuple[Printed, ...], ...],
) -> FormRow:
    places = [place for place, header in enumerate(headers) if header[0] == body]
    return FormRow(
        TABLE,
        body,
        None,
        tuple(headers[place][1] for place in places),
        tuple(tuple(arrangement[place] for place in places) for arrangement in arrangements),
        at,
        " | ".join(cell.text for cell in values.cells),
        is_full=len(values.filled) == len(headers),
    )
