"""Scanner of the review table (政府信息公开行政复议、行政诉讼情况) in aligned grids: one row of values under stacked headers."""

from extract.forms.aligned import ColumnMap, ValueRow, options
from extract.forms.canvas import Canvas, is_blank, is_text
from extract.forms.slots import FormRow, Printed, Scan, note
from extract.labels import Vocabulary
from extract.templates._shared import OUTCOMES

TABLE = "review"
COLUMNS = tuple(column.name for column in OUTCOMES)
ROWS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
_TOLD_APART = frozenset(COLUMNS[:-1])
_HEADER_CELLS = 3


def scan(canvas: Canvas, words: Vocabulary) -> Scan:
    """Read the review table of a grid: 15 values, five for each of 行政复议, 未经复议直接起诉 and 复议后起诉."""
    header_rows = [row for row in range(canvas.grid.rows) if _is_header(canvas, words, row)]
    if not header_rows:
        return Scan()
    last = header_rows[-1]
    turned = _scan_turned(canvas, words, last)
    if turned.rows:
        return turned
    headers = _headers(canvas, words, last)
    value_rows = _value_rows(canvas, last)
    claimed = frozenset(range(header_rows[0], last + 1)) | frozenset(value_rows)
    if not headers or len(value_rows) != 1:
        detail = f"{len(value_rows)} rows of values under the review header" if headers else "header not understood"
        return Scan((), (note("header", detail, table=TABLE),), claimed)
    return Scan(_read(canvas, value_rows[0], headers), (), claimed)


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
        values = ValueRow(tuple(c for c in canvas.rows[index] if c.column >= cell.column + cell.column_span), cell)
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
    return ColumnMap(names, spans, ("",) * len(names))


def _is_header(canvas: Canvas, words: Vocabulary, row: int) -> bool:
    if len(canvas.words[row]) < _HEADER_CELLS:
        return False
    return len(_TOLD_APART.intersection(words.column(cell.text, TABLE) for cell in canvas.words[row])) >= _HEADER_CELLS


def _headers(canvas: Canvas, words: Vocabulary, last: int) -> list[tuple[str, str, frozenset[int]]]:
    """Return (row, column, grid columns) for every outcome header, left to right."""
    spans: dict[tuple[str, str], set[int]] = {}
    for column in range(canvas.grid.columns):
        stack = canvas.above(last + 1, column)
        outcome = next((name for cell in stack if (name := words.column(cell.text, TABLE))), None)
        body = next((label.row for cell in stack if (label := words.row(cell.text, (TABLE,)))), None)
        if outcome is not None and body is not None:
            spans.setdefault((body, outcome), set()).add(column)
    ordered = sorted(spans.items(), key=lambda entry: min(entry[1]))
    return [(body, outcome, frozenset(columns)) for (body, outcome), columns in ordered]


def _value_rows(canvas: Canvas, last: int) -> list[int]:
    rows = []
    for index in range(last + 1, canvas.grid.rows):
        cells = [cell for cell in canvas.rows[index] if cell.row == index]
        if any(is_text(cell) for cell in cells[1:]) or not cells:
            break
        rows.append(index)
    filled = [index for index in rows if any(cell.text.strip() for cell in canvas.rows[index])]
    return filled or rows[:1]


def _read(canvas: Canvas, index: int, headers: list[tuple[str, str, frozenset[int]]]) -> tuple[FormRow, ...]:
    cells = tuple(cell for cell in canvas.rows[index] if not is_text(cell))
    values = ValueRow(cells)
    whole = ColumnMap(
        tuple(f"{body} {outcome}" for body, outcome, _ in headers),
        tuple(columns for _, _, columns in headers),
        ("",) * len(headers),
    )
    arrangements = options(whole, values, values.edge)
    return tuple(_form_row(canvas, index, body, headers, arrangements) for body in dict.fromkeys(h[0] for h in headers))


def _form_row(
    canvas: Canvas,
    index: int,
    body: str,
    headers: list[tuple[str, str, frozenset[int]]],
    arrangements: tuple[tuple[Printed, ...], ...],
) -> FormRow:
    places = [place for place, header in enumerate(headers) if header[0] == body]
    columns = tuple(headers[place][1] for place in places)
    return FormRow(
        TABLE,
        body,
        None,
        columns,
        tuple(tuple(arrangement[place] for place in places) for arrangement in arrangements),
        canvas.rows[index][0].at,
        " | ".join(cell.text for cell in canvas.rows[index]),
        is_full=sum(not is_blank(cell) for cell in canvas.rows[index]) == len(headers),
    )
