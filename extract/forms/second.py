"""A second, independent reading of the same document, and what its agreement is worth.

The first reading places values by the printed columns. The second believes only the order in which words and numbers
follow each other (or comes from another engine, where a format has one). A row both read alike is confirmed; where they
differ both are candidates, and only the sums of the form may choose.
"""

from dataclasses import replace

from extract.forms.slots import Arrangement, FormRow
from extract.model import Document, Grid, GridCell
from extract.plain_text.tables import Cell, rows_of_cells
from extract.text import is_blank, parse_number

RowName = tuple[str, str, str | None]


def flattened(document: Document) -> Document:
    """Return a document whose tables keep nothing but the order of what is printed in them.

    Tables that were flattened before they came to us are left out: reading them again would confirm nothing. Nor would
    the order of characters that were misread, where tables were recognised from pictures.
    """
    if document.is_recognised:
        return replace(document, blocks=())
    blocks = (flat(block) if isinstance(block, Grid) else block for block in document.blocks)
    return replace(document, blocks=tuple(block for block in blocks if block is not None))


def flat(table: Grid) -> Grid | None:
    """Return a table as a sequence of what is printed in it, or ``None`` where it is one, or nothing is printed."""
    if not table.aligned:
        return None
    ordered = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    kept = [(number, cell) for number, cell in enumerate(ordered) if not is_blank(cell.text)]
    printed: list[Cell] = [(cell.text.strip(), number) for number, cell in kept]
    rows = list(rows_of_cells(printed))
    cells = tuple(
        GridCell(row, column, text, ordered[number].at)
        for row, found in enumerate(rows)
        for column, (text, number) in enumerate(found)
    )
    return Grid(len(rows), max(map(len, rows)), cells, table.at, aligned=False, complete=False) if cells else None


def compare(first: list[FormRow], second: list[FormRow]) -> tuple[list[FormRow], frozenset[RowName]]:
    """Return the rows, with the second reading's values as a further candidate where it differs, and the names of the
    rows that both read alike."""
    others = {_name(row): row for row in second if _is_certain(row)}
    merged: list[FormRow] = []
    agreed: set[RowName] = set()
    for row in first:
        other = others.get(_name(row))
        if other is None or not _comparable(row, other):
            merged.append(row)
        elif _alike(row, other):
            merged.append(row)
            agreed.add(_name(row))
        else:
            merged.append(_with_candidate(row, other))
    return merged, frozenset(agreed)


def _name(row: FormRow) -> RowName:
    return row.table, row.row, row.item


def _is_certain(row: FormRow) -> bool:
    """Say whether the order of a row's values is certain: one is printed for every column, or cells hold the places of
    the others (tables flattened to their words have no blank cells). The blank may be another body's of the same row.
    """
    if len(row.options) != 1:
        return False
    held = not row.in_order or any(is_blank(cell.text) for cell in row.options[0])
    return row.is_full or (not row.needs_proof and held)


def _with_candidate(row: FormRow, other: FormRow) -> FormRow:
    if other.columns != row.columns:
        return row
    return replace(row, options=(row.options[0], other.options[0]))


def _comparable(row: FormRow, other: FormRow) -> bool:
    """Say whether two readings of a row speak of the same cells.

    Where the row has blanks, a reading by order alone may have filled its place with a neighbour (序号, 备注).
    """
    return _is_certain(row) and (row.is_full or not other.in_order)


def _alike(row: FormRow, other: FormRow) -> bool:
    """Say whether two certain readings of a row have the same columns and, in these, the same figures."""
    if row.columns != other.columns:
        return False
    [mine], [its] = row.options, other.options
    return [cell.text for cell in mine] == [cell.text for cell in its] or _value(mine) == _value(its)


def _value(option: Arrangement) -> list[object]:
    return [(parsed.state, parsed.value) for parsed in (parse_number(cell.text) for cell in option)]
