"""Scanner of the disclosure table (主动公开政府信息情况, 条例第二十条) in aligned grids.

The table is a stack of blocks, each with its own header (信息内容 | 本年制发件数 | …); portals print them as one table or
as four. A header holds for the rows below it until the next one.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from extract.forms.aligned import ColumnMap, ValueRow, best_map, is_steady, options
from extract.forms.beside import columns_beside
from extract.forms.canvas import Canvas, is_blank, is_text
from extract.forms.money import AMOUNT, agreed, caption_of, unit_of
from extract.forms.slots import FormRow, Scan, note
from extract.labels import RowLabel, Vocabulary, key
from extract.model import Finding, GridCell
from extract.text import compact

TABLE = "disclosure"
ITEM_ROWS = ("other_services",)
INFORMATION = ("信息内容", "信息类别", "内容")
_ARTICLE = re.compile(r"(?:条例)?第?二十条第?[一二三四五六七八九十]*项?")


@dataclass(frozen=True, slots=True)
class _Line:
    label: RowLabel
    item: str | None
    cell: GridCell
    values: ValueRow
    index: int


def scan(canvas: Canvas, words: Vocabulary) -> Scan:
    """Read the rows of the disclosure table in a grid."""
    header: ColumnMap | None = None
    lines: list[_Line] = []
    total, caption = Scan(), ""
    for index in range(canvas.grid.rows):
        found = _header(canvas, words, index)
        if found is not None or _ends_block(canvas, index):
            total += _flush(canvas, lines, header, caption)
            header, lines = found, [] if found else _without_header(canvas, words, index)
            total += Scan(claimed=frozenset({index}))
        elif (line := _line(canvas, words, index) or _next_item(canvas, index, lines)) is not None:
            lines += [*_twins(canvas, words, line), line]
        else:
            caption = agreed(caption, *(caption_of(cell.text) for cell in canvas.words[index]))
    return total + _flush(canvas, lines, header, caption)


def _ends_block(canvas: Canvas, index: int) -> bool:
    """Say whether a row begins a new block (第二十条第（六）项, 信息内容): no header holds beyond it.

    The article may stand left of all rows of its block, in one cell or in one for each row.
    """
    if not canvas.words[index]:
        return False
    cell = canvas.words[index][0]
    first = key(cell.text)
    if first in INFORMATION or not _ARTICLE.fullmatch(first):
        return first in INFORMATION
    above = canvas.words[index - 1] if index else ()
    return cell.row == index and not (above and key(above[0].text) == first)


def _without_header(canvas: Canvas, words: Vocabulary, index: int) -> list[_Line]:
    """Return what stands beside the beginning of a block, where its header should."""
    line = _line(canvas, words, index)
    return [line] if line and line.values.filled else []


def _header(canvas: Canvas, words: Vocabulary, index: int) -> ColumnMap | None:
    cells = canvas.words[index]
    named = [(name, cell) for cell in cells if (name := words.column(cell.text, TABLE)) is not None]
    if len(named) < len(cells) - 1:
        named = _cut_short(cells, words) or named
    if not named or any(words.row(cell.text, (TABLE,)) for cell in cells):
        return None
    known = {cell for _, cell in named}
    first = min(cell.column for cell in known)
    taken = frozenset(column for cell in known for column in _span(cell))
    # 信息内容 heads the labels: where it stands amid the others, it was moved, and a figure below it is one of theirs.
    first = min([first, *(cell.column for cell in cells[:1] if key(cell.text) in INFORMATION)])
    strange = [cell for cell in cells if cell.column > first and cell not in known]
    foreign = [cell for cell in strange if key(cell.text) not in INFORMATION]
    return ColumnMap(
        tuple(name for name, _ in named),
        tuple(frozenset(_span(cell)) for _, cell in named),
        tuple(unit_of(cell.text) for _, cell in named),
        frozenset(column for cell in foreign for column in _span(cell))
        | columns_beside(canvas, range(index, index + 1), taken),
        frozenset(
            column for cell in canvas.rows[index] if cell.column > first and is_blank(cell) for column in _span(cell)
        ),
    )


def _span(cell: GridCell) -> range:
    return range(cell.column, cell.column + cell.column_span)


def _cut_short(cells: Sequence[GridCell], words: Vocabulary) -> list[tuple[str, GridCell]]:
    """Recognise a header with cells that were cut (本年新 | 本年新 | 对外公开总数量): 信息内容 stands first."""
    if len(cells) < 2 or key(cells[0].text) not in INFORMATION:
        return []
    names = words.header([cell.text for cell in cells[1:]], TABLE)
    return list(zip(names, cells[1:], strict=True)) if names else []


def _line(canvas: Canvas, words: Vocabulary, index: int) -> _Line | None:
    cells = canvas.rows[index]
    labels = [(label, cell) for cell in canvas.words[index] if (label := _recognise(cell, words)) is not None]
    if not labels:
        return None
    label, cell = labels[-1]
    after = tuple(c for c in cells if c.column >= cell.column + cell.column_span)
    if label.row in ITEM_ROWS and after and is_text(after[0]):
        return _Line(label, compact(after[0].text), after[0], ValueRow(after[1:], after[0]), index)
    if not after or cell.row != index:
        return None
    return _Line(label, None, cell, ValueRow(after, cell), index)


def _twins(canvas: Canvas, words: Vocabulary, line: _Line) -> list[_Line]:
    """Return what stands behind the same label earlier in its row: of two figures nobody knows which is the row's."""
    cells = canvas.rows[line.index]
    following = {
        cell: after for cell, after in pairwise(cells) if not is_text(after) and after.column < line.cell.column
    }
    found = [(label, cell) for cell in following if (label := _recognise(cell, words)) and label.row == line.label.row]
    return [_Line(label, None, cell, ValueRow((following[cell],), cell), line.index) for label, cell in found]


def _next_item(canvas: Canvas, index: int, lines: Sequence[_Line]) -> _Line | None:
    """Return an item that stands below another, where the group's label is printed beside the first one alone."""
    above = lines[-1] if lines else None
    if above is None or above.item is None or above.index != index - 1 or not canvas.words[index]:
        return None
    cell = canvas.words[index][0]
    if (cell.row, cell.column) != (index, above.cell.column):
        return None
    after = tuple(c for c in canvas.rows[index] if c.column >= cell.column + cell.column_span)
    return _Line(above.label, compact(cell.text), cell, ValueRow(after, cell), index)


def _recognise(cell: GridCell, words: Vocabulary) -> RowLabel | None:
    return words.row(cell.text, (TABLE,)) or words.resembling(cell.text, (TABLE,))


def _flush(canvas: Canvas, lines: list[_Line], header: ColumnMap | None, caption: str) -> Scan:
    """Read the lines under one header; lines without any header are reported, their values not used.

    ``caption`` is the unit of money that the table states above its headers.
    """
    if not lines:
        return Scan()
    claimed = frozenset(line.index for line in lines)
    if header is None:
        orphans = tuple(
            note("header", f"no column header above “{line.cell.text}”", table=TABLE, row=line.label.row)
            for line in lines
        )
        return Scan(tuple(_unplaced(line) for line in lines), orphans, claimed)
    short = {line.index for line in lines if header.foreign and _lost_a_cell(canvas, header, line)}
    short |= _longer(canvas, header, lines) | _in_nobodys_columns(canvas, header, lines)
    if header.foreign:
        lines = [replace(line, values=header.own_cells(line.values)) for line in lines]
    rows = [line.values for line in lines]
    column_map = best_map(header, rows, header.names) or header
    steady = is_steady(column_map, header, rows)
    read = [_form_row(line, _in_units(column_map, line, caption), steady and line.index not in short) for line in lines]
    sure = [replace(row, options=()) if line.index in short else row for row, line in zip(read, lines, strict=True)]
    return Scan(tuple(_believed(sure, lines)), tuple(finding for line in lines for finding in _misprint(line)), claimed)


def _lost_a_cell(canvas: Canvas, header: ColumnMap, line: _Line) -> bool:
    """Say whether a row ends before a column behind the form's own (备注), and what stands below the last header may be
    the remark: it is blank, or others are figures. Separated values leave blank remarks out."""
    own = max(chain.from_iterable(header.spans), default=0)
    behind = min((column for column in header.foreign if column > own), default=0)
    if not 0 < behind >= line.values.edge or not line.values.cells:
        return False
    return is_blank(line.values.cells[-1]) or any(
        (cell := canvas.positions.get((index, behind))) is not None and not is_blank(cell) and not is_text(cell)
        for index in range(canvas.grid.rows)
    )


def _longer(canvas: Canvas, header: ColumnMap, lines: list[_Line]) -> set[int]:
    """Return the lines with blanks that end behind their header and behind the other rows: a cell too many pushed what
    was there aside."""
    edge = max(chain(header.foreign, header.unnamed, *header.spans), default=0) + 1
    longer = [line for line in lines if line.values.edge > edge and len(line.values.filled) < len(line.values.cells)]
    if not longer:
        return set()
    ends = Counter(max((cell.column + cell.column_span for cell in row), default=0) for row in canvas.rows)
    usual = ends.most_common(1)[0][0]
    return {line.index for line in longer if line.values.edge > usual}


def _in_nobodys_columns(canvas: Canvas, header: ColumnMap, lines: list[_Line]) -> set[int]:
    """Return the lines below one header for several grid columns whose figure stands in one that is nobody's.

    A column that was added keeps a blank head where others have theirs, and goes on below heads that were merged.
    """
    wide = frozenset(chain.from_iterable(span for span in header.spans if len(span) > 1))
    if not wide or header.unnamed:
        return set()
    nobodys = _below_blank_heads(canvas) & wide
    return {line.index for line in lines if any(nobodys.issuperset(_span(cell)) for cell in line.values.filled)}


def _below_blank_heads(canvas: Canvas) -> frozenset[int]:
    """Return the grid columns in which figures stand right below a blank cell of a header."""
    headers = {index for index, cells in enumerate(canvas.words) if cells and key(cells[0].text) in INFORMATION}
    return frozenset(
        column
        for index in headers
        for head in canvas.rows[index]
        if is_blank(head)
        for column in _span(head)
        for below in (canvas.positions.get((index + 1, column)), canvas.positions.get((index + 2, column)))
        if below is not None and below.column_span == 1 and not is_blank(below) and not is_text(below)
    )


def _believed(read: list[FormRow], lines: list[_Line]) -> list[FormRow]:
    """Doubt the rows with as many cells too many as one that cannot be read: the header lost a cell, and where they print
    nothing the others may have moved."""
    strange = {
        len(line.values.cells)
        for row, line in zip(read, lines, strict=True)
        if not row.options and len(line.values.cells) > len(row.columns)
    }
    return [
        replace(row, options=(), is_steady=False) if len(line.values.cells) in strange else row
        for row, line in zip(read, lines, strict=True)
    ]


def _unplaced(line: _Line) -> FormRow:
    raw = " | ".join(cell.text for cell in line.values.cells)
    return FormRow(TABLE, line.label.row, line.item, (), (), line.cell.at, raw)


def _misprint(line: _Line) -> tuple[Finding, ...]:
    if line.label.quality != "resembling":
        return ()
    return (note("label", f"read “{line.cell.text}” as “{line.label.label}”", table=TABLE, row=line.label.row),)


def _in_units(column_map: ColumnMap, line: _Line, caption: str) -> ColumnMap:
    """Return a map with the unit that the header, the row's own label and the table's caption agree on."""
    stated = (unit_of(line.cell.text), caption)
    if AMOUNT not in column_map.names or not any(stated):
        return column_map
    named = zip(column_map.names, column_map.units, strict=True)
    return replace(column_map, units=tuple(agreed(unit, *stated) if name == AMOUNT else unit for name, unit in named))


def _is_shared(column_map: ColumnMap, row: ValueRow) -> bool:
    """Say whether one printed cell stands below two headers beside a blank: the row lost a cell, as sheets show it."""
    if len(row.filled) == len(row.cells) or len(row.cells) != len(column_map.names):
        return False
    claims = Counter(id(cell) for picked in row.under(column_map.spans).columns for cell in picked)
    return any(claims[id(cell)] > 1 for cell in row.filled)


def _form_row(line: _Line, column_map: ColumnMap, steady: bool) -> FormRow:
    raw = " | ".join(cell.text for cell in line.values.cells)
    arrangements = () if _is_shared(column_map, line.values) else options(column_map, line.values, line.values.edge)
    return FormRow(
        TABLE,
        line.label.row,
        line.item,
        column_map.names,
        arrangements,
        line.cell.at,
        raw,
        is_full=len(line.values.filled) == len(column_map.names),
        by_numbers=len(set(column_map.names)) < len(column_map.names),
        is_steady=steady and column_map.is_steady(line.values),
    )
