"""Scanner of the requests table (收到和处理政府信息公开申请情况) in aligned grids."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.forms.aligned import ColumnMap, ValueRow, best_map, common_edge, is_steady, named_twice, options
from extract.forms.beside import columns_beside
from extract.forms.canvas import Canvas, is_text
from extract.forms.slots import FormRow, Scan, note
from extract.forms.subtotals import Named, without_subtotals
from extract.forms.turned import set_upright
from extract.labels import RowLabel, Vocabulary, body, is_ordinal
from extract.model import Finding, GridCell
from extract.sums import OTHER_PROCESSING, OTHER_SUB_ROWS
from extract.templates._shared import APPLICANTS, OTHER
from extract.text import compact

TABLE = "requests"
COLUMNS = tuple(column.name for column in APPLICANTS)
_TOLD_APART = frozenset(COLUMNS) - {"total", "other"}
_HEADER_CELLS = 3
_FEWEST_FITTING = 1 / 2
"""Of the rows below a header; in reports its spans are wrong for all of them or for none."""

_COMPARED = re.compile(r"[本今上去]一?年|同期|同比|增[长减幅]|20\d\d年")
_ROWS_ABOVE = 2
"""Of a header, above the row that tells most applicants apart (申请人情况, 自然人)."""

_FEWEST_APPLICANTS = 3
_OTHER_ROW = "other_other"
_TOTAL_ROW = "processed_total"
_PROCESSING = "处理"


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A grid row with the form row its label names."""

    index: int
    label: RowLabel
    cell: GridCell
    values: ValueRow


def scan(canvas: Canvas, words: Vocabulary, before: ColumnMap | None) -> tuple[Scan, ColumnMap | None]:
    """Read the rows of the requests table in a grid.

    A header holds for the rows below it until the next one. ``before`` is the column map of the part of the table on
    an earlier page, for a part that repeats no header.
    """
    total, column_map, start = Scan(), before, 0
    blocks = _header_blocks(canvas, words)
    if not blocks and (upright := set_upright(canvas, words)) is not None:
        turned, _ = scan(upright.canvas, words, None)
        return Scan(turned.rows, turned.findings, frozenset(upright.rows)), before
    stops = [block[0] for block in blocks[1:]] + [canvas.grid.rows]
    for header_rows, stop in zip(blocks or [[]], stops, strict=True):
        found, column_map = _scan_part(canvas, words, header_rows, range(start, stop), column_map)
        total, start = total + found, stop
    return total, column_map


def may_have_rows(texts: Iterable[str], words: Vocabulary) -> bool:
    """Say whether a table with these words may have a row of the requests table: 总计 alone is none (``_labelled``)."""
    found = (words.row(text, (TABLE,)) or words.resembling(text, (TABLE,)) for text in texts)
    return any(label is not None and label.row != _TOTAL_ROW for label in found)


def _header_blocks(canvas: Canvas, words: Vocabulary) -> list[list[int]]:
    """Return the header rows, those that follow each other together."""
    blocks: list[list[int]] = []
    for row in range(canvas.grid.rows):
        if _is_header(canvas, words, row):
            if blocks and blocks[-1][-1] == row - 1:
                blocks[-1].append(row)
            else:
                blocks.append([row])
    return blocks


def _scan_part(
    canvas: Canvas, words: Vocabulary, header_rows: list[int], part: range, before: ColumnMap | None
) -> tuple[Scan, ColumnMap | None]:
    """Read the rows under one header, or those of a part without any."""
    first = header_rows[-1] + 1 if header_rows else part.start
    beside = columns_beside(canvas, range(header_rows[0], first)) if header_rows else frozenset[int]()
    rows, findings = _labelled(canvas, words, range(first, part.stop), beside)
    if not rows:
        return Scan(), before
    claimed = frozenset(row.index for row in rows) | frozenset(range(part.start, first))
    if not header_rows and (_compares(canvas, rows[0]) or _sums_up(rows)):
        return Scan(tuple(replace(_unplaced(row), columns=()) for row in rows), tuple(findings), claimed), before
    header = _header_map(canvas, words, header_rows) if header_rows else before or _official_order(rows)
    findings += _displaced(header)
    if header.foreign:
        rows = [replace(row, values=header.own_cells(row.values)) for row in rows]
    column_map = best_map(header, [row.values for row in rows], COLUMNS)
    if column_map is None:
        findings.append(note("header", "the applicants' columns could not be told apart", table=TABLE))
        return Scan(tuple(_unplaced(row) for row in rows), tuple(findings), claimed), None
    edge = common_edge([row.values for row in rows])
    fits = sum(column_map.fits(row.values) for row in rows) > len(rows) * _FEWEST_FITTING
    steady = (header_rows or before) and _is_steady(column_map, header, [row.values for row in rows])
    read = [_form_row(row, column_map, edge, bool(steady)) for row in rows]
    return Scan(
        tuple(row if fits or row.is_full else _doubted(row) for row in read), tuple(findings), claimed
    ), column_map


def _is_steady(column_map: ColumnMap, header: ColumnMap, rows: Sequence[ValueRow]) -> bool:
    """Say whether the rows would be read by the same columns whichever of their cells were blank."""
    edge = common_edge(rows)
    regular = sum(row.edge == edge for row in rows)
    is_own = header.names == COLUMNS and regular > len(rows) * _FEWEST_FITTING
    return is_own and is_steady(column_map, header, rows)


def _displaced(header: ColumnMap) -> list[Finding]:
    """Report every header cell that does not stand where the form has it.

    Whether one was moved, or one lost its span and pushed the others aside, no row can tell: all of them are named.
    """
    detail = f"the header prints the applicants in another order: {', '.join(header.names)}"
    official = sorted(header.names, key=COLUMNS.index)
    moved = [name for name, own in zip(header.names, official, strict=True) if name != own]
    return [note("order", detail, table=TABLE, column=name) for name in moved]


def _unplaced(row: LabelledRow) -> FormRow:
    raw = " | ".join(cell.text for cell in row.values.cells)
    return FormRow(TABLE, row.label.row, None, COLUMNS, (), row.cell.at, raw)


def _doubted(row: FormRow) -> FormRow:
    """Return a row with blanks without its figures: the header fits few rows, and this one may do so by chance."""
    return replace(row, options=())


def _sums_up(rows: list[LabelledRow]) -> bool:
    """Say whether each label has a figure or two beside it: a summary in the narrative, and not the applicants' columns."""
    return all(len(row.values.cells) < _FEWEST_APPLICANTS for row in rows)


def _compares(canvas: Canvas, first: LabelledRow) -> bool:
    """Say whether years stand over the figures below the first label (本年, 上年, 同比), where the applicants should."""
    edge = first.cell.column + first.cell.column_span
    above = (cell for value in first.values.cells for cell in canvas.above(first.index, value.column))
    return any(cell.column >= edge and compares(cell.text) for cell in above)


def compares(text: str) -> bool:
    """Say whether a text names a year or compares with one (上年, 同比), as headers of a comparison do."""
    return bool(_COMPARED.search(compact(text)))


def _is_header(canvas: Canvas, words: Vocabulary, row: int) -> bool:
    if len(canvas.words[row]) < _HEADER_CELLS:
        return False
    return len(_TOLD_APART.intersection(words.column(cell.text, TABLE) for cell in canvas.words[row])) >= _HEADER_CELLS


def _header_map(canvas: Canvas, words: Vocabulary, header_rows: list[int]) -> ColumnMap:
    """Map every applicant column to the grid columns under its label, in printed order."""
    header = range(max(header_rows[0] - _ROWS_ABOVE, 0), header_rows[-1] + 1)
    named = without_subtotals(canvas, header, dict(_named(canvas, words, header)))
    spans: dict[str, set[int]] = {}
    cells: dict[str, list[GridCell]] = {}
    for column, (name, cell) in named.items():
        spans.setdefault(name, set()).add(column)
        cells.setdefault(name, []).append(cell)
    names = tuple(sorted(spans, key=lambda name: min(spans[name])))
    foreign = frozenset(_foreign(canvas, header, frozenset(named)))
    placed = tuple(frozenset(spans[name]) for name in names)
    return ColumnMap(names, placed, ("",) * len(names), foreign, doubled=named_twice(cells))


def _named(canvas: Canvas, words: Vocabulary, header: range) -> Iterator[tuple[int, Named]]:
    """Yield the grid columns under an applicant's label, with its name and the cell of the label."""
    for column in range(canvas.grid.columns):
        above = list(canvas.above(header.stop, column))
        texts = [*((cell.text, cell) for cell in above), *_in_two(above)]
        found = ((name, cell) for text, cell in texts if (name := words.column(text, TABLE)) is not None)
        if named := next(found, None):
            yield column, named


def _in_two(above: Sequence[GridCell]) -> Iterator[tuple[str, GridCell]]:
    """Yield the texts of two cells below each other: a stroke of 企 or 业 looks like a line across a scanned header."""
    for lower, upper in pairwise(above):
        if (lower.column, lower.column_span) == (upper.column, upper.column_span):
            yield upper.text + lower.text, upper


def _foreign(canvas: Canvas, header: range, placed: frozenset[int]) -> Iterator[int]:
    """Yield the columns right of the first applicant whose header is words that are no applicant (备注, 小计)."""
    beside = columns_beside(canvas, header, placed)
    for column in range(min(placed, default=0), canvas.grid.columns):
        cell = canvas.positions.get((header.stop - 1, column))
        if column not in placed and (column in beside or (cell is not None and is_text(cell))):
            yield column


def _official_order(rows: list[LabelledRow]) -> ColumnMap:
    """Return the form's own order for a table whose header is missing; positions come from the values."""
    widest = max(rows, key=lambda row: len(row.values.filled))
    cells = widest.values.filled[: len(COLUMNS)]
    spans = tuple(frozenset(range(cell.column, cell.column + cell.column_span)) for cell in cells)
    missing = (frozenset[int](),) * (len(COLUMNS) - len(spans))
    return ColumnMap(COLUMNS, spans + missing, ("",) * len(COLUMNS))


def _labelled(
    canvas: Canvas, words: Vocabulary, part: range, beside: frozenset[int]
) -> tuple[list[LabelledRow], list[Finding]]:
    rows: list[LabelledRow] = []
    findings: list[Finding] = []
    for index in part:
        found = _label([cell for cell in canvas.words[index] if cell.column not in beside], words, index)
        if found is None or _is_header(canvas, words, index):
            continue
        label, cell = found
        right = tuple(c for c in canvas.rows[index] if c.column >= cell.column + cell.column_span)
        values = ValueRow(right, cell)
        if not values.cells:
            continue
        if label.quality == "resembling":
            findings.append(note("label", f"read “{cell.text}” as “{label.label}”", table=TABLE, row=label.row))
        rows.append(LabelledRow(index, label, cell, values))
    # A table of other things may have a row 总计 too: alone it is no row of the form.
    if all(row.label.row == _TOTAL_ROW for row in rows):
        return [], findings
    strange = strangers([row.label for row in rows])
    return [row for row in _without_heading(rows) if row.label not in strange], findings


def _without_heading(rows: list[LabelledRow]) -> list[LabelledRow]:
    """Leave out （六）其他处理 with nothing beside it and all of its rows below: it heads them, as other groups do."""
    if not {row.label.row for row in rows}.issuperset(OTHER_SUB_ROWS):
        return rows
    return [row for row in rows if row.label.row != OTHER_PROCESSING or row.values.filled]


def strangers(labels: Sequence[RowLabel]) -> list[RowLabel]:
    """Return the label （六）其他 where （六）其他处理 is printed too: it is a row that the agency added."""
    others = [label for label in labels if label.row == OTHER_PROCESSING]
    bare = [label for label in others if not label.label.endswith(_PROCESSING)]
    return bare if len(bare) < len(others) else []


def _label(texts: Sequence[GridCell], words: Vocabulary, index: int) -> tuple[RowLabel, GridCell] | None:
    """Return the rightmost label of a row that begins in it; labels left of it only name its group."""
    for recognise in (words.row, words.resembling):
        for cell in reversed(texts):
            label = recognise(cell.text, (TABLE,))
            if label is None or cell.row != index:
                continue
            if in_context(label, [other.text for other in texts if other is not cell], words):
                return label, cell
    return None


def in_context(label: RowLabel, others: list[str], words: Vocabulary) -> bool:
    """Say whether a label that also means something else is a row here, given the other words of its row.

    A bare 其他 is the row 3.其他 only under （六）其他处理; a bare 总计 is （七）总计 only beside labels of groups.
    """
    if label.row == _OTHER_ROW:
        return label.label[0].isdigit() or any(body(text) == body(OTHER) for text in others)
    if label.row == _TOTAL_ROW and len(label.label) == len("总计"):
        return all(words.group(text) is not None or is_ordinal(text) for text in others)
    return True


def _form_row(row: LabelledRow, column_map: ColumnMap, edge: int, steady: bool) -> FormRow:
    raw = " | ".join(cell.text for cell in row.values.cells)
    read = options(column_map, row.values, row.values.edge if row.values.runs_out(edge) else edge)
    is_full = len(row.values.filled) == len(COLUMNS)
    steady = steady and row.values.edge == edge
    return FormRow(
        TABLE, row.label.row, None, column_map.names, read, row.cell.at, raw, is_full=is_full, is_steady=steady
    )
