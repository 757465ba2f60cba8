"""Tables cut by page breaks become one grid again: columns are matched, halves of rows joined, headers dropped."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.changes import is_change
from extract.errors import TooBigError
from extract.limits import MAX_GRID_CELLS
from extract.model import Grid, GridCell
from extract.pages.lines import Table, TableCell
from extract.pages.paragraphs import ORDINAL
from extract.pages.text import Char, TextLine, is_wide, text_lines
from extract.text import LOST, parse_number

_TOLERANCE = 4.0  # points between the same column on two pages
_CERTAIN_COLUMNS = 5
_OPENING = ("（", "(")
_PARTS = ("其中", "其他", "制发")  # begin a row of their own, which has no ordinal


@dataclass(frozen=True, slots=True)
class Fragment:
    """The part of a table that stands on one page; page and table are counted from 1.

    ``beside`` are lines of text left of it: a page break may take away the outer line of a cell that spans it.
    ``below`` are the last words of the page, below the table: browsers print there what a cut cell had left to say.
    """

    page: int
    number: int
    table: Table
    beside: tuple[TextLine, ...] = ()
    below: tuple[TextLine, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of the growing grid; ``full``: its last line leaves no room, so that the text may go on."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    full: bool
    at: str

    @property
    def end(self) -> int:
        return self.row + self.row_span

    @property
    def place(self) -> tuple[int, int]:
        return (self.column, self.column_span)

    @property
    def is_label(self) -> bool:
        return bool(self.text) and not self.is_value

    @property
    def is_value(self) -> bool:
        """A number, a mark or garbled digits, as against words."""
        state = parse_number(self.text).state
        if state == "unreadable":
            doubted = self.text.replace(LOST, "")
            return not any(map(is_wide, doubted if doubted.strip().isdecimal() else self.text)) or is_change(self.text)
        return state != "blank"


def fits(before: Sequence[Fragment], fragment: Fragment) -> bool:
    """Tell whether a fragment has the columns of the fragments before it, or a subset or superset of them, or goes on with
    those of their last row: other tables may be stuck to both ends of one."""
    union, xs = _union(before), fragment.table.xs
    return (
        _shift(union, xs) is not None or _shift(xs, union) is not None or _goes_below(before[-1].table, fragment.table)
    )


def _goes_below(upper: Table, lower: Table) -> bool:
    """Tell whether the columns of a table's last row and of another one's first row are the same, too many for chance; one
    of them may lack the first, or be a header whose columns have parts."""
    above = _edges_of(cell for cell in upper.cells if cell.row + cell.row_span == len(upper.ys) - 1)
    below = _edges_of(cell for cell in lower.cells if cell.row == 0)
    fewer, more = sorted((above, below), key=len)
    return (
        len(fewer) >= _CERTAIN_COLUMNS
        and abs(upper.xs[-1] - lower.xs[-1]) <= _TOLERANCE
        and all(_index(more, x) is not None for x in fewer)
        and all(_index(fewer, more[at]) is not None for at in (-2, -1))
    )


def _edges_of(cells: Iterable[TableCell]) -> list[float]:
    return sorted({x for cell in cells for x in (cell.box[0], cell.box[2])})


def lacks_first_column(fragments: Sequence[Fragment], fragment: Fragment) -> bool:
    """Tell whether a fragment begins right of the table it belongs to."""
    return _columns(fragment.table.xs, _union(fragments))[0] > 0


def stitch(fragments: Sequence[Fragment]) -> Grid:
    """Make one grid of a table's fragments. Raises ``TooBigError`` past ``MAX_GRID_CELLS``."""
    xs = _union(fragments)
    cells: list[_Cell] = []
    for fragment in fragments:
        part = _cells(fragment if fragment is fragments[-1] else _with_words_below(fragment), xs)
        cells = _appended(cells, _without_repeated_header(cells, part)) if cells else part
    rows, columns = max(cell.end for cell in cells), len(xs) - 1
    if rows * columns > MAX_GRID_CELLS:
        raise TooBigError(f"a table of {rows} x {columns} positions (MAX_GRID_CELLS {MAX_GRID_CELLS})")
    made = (GridCell(cell.row, cell.column, cell.text, cell.at, cell.row_span, cell.column_span) for cell in cells)
    ordered = tuple(sorted(made, key=lambda cell: (cell.row, cell.column)))
    return Grid(rows, columns, ordered, f"page {fragments[0].page} table {fragments[0].number}")


def _union(fragments: Sequence[Fragment]) -> Sequence[float]:
    widest = max((fragment.table.xs for fragment in fragments), key=len)
    more = (fragment.table.xs for fragment in fragments if _shift(widest, fragment.table.xs) is None)
    return sorted({*widest, *(x for xs in more for x in xs if _index(widest, x) is None)})


def _shift(fine: Sequence[float], coarse: Sequence[float]) -> float | None:
    """Return how far to move ``coarse`` for all its columns to be among those of ``fine``, or ``None``.

    Pages may be shifted against each other when the outer edges agree. A fragment without its first column must
    stand exactly below, with enough columns to be no coincidence.
    """
    moves = [fine[0] - coarse[0]]
    if len(coarse) >= _CERTAIN_COLUMNS and coarse[0] > fine[0]:
        moves.append(0.0)
    for move in moves:
        ends_meet = abs(fine[-1] - coarse[-1] - move) <= _TOLERANCE
        if ends_meet and all(_index(fine, x + move) is not None for x in coarse):
            return move
    return None


def _index(xs: Sequence[float], x: float) -> int | None:
    nearest = min(range(len(xs)), key=lambda index: abs(xs[index] - x))
    return nearest if abs(xs[nearest] - x) <= _TOLERANCE else None


def _columns(xs: Sequence[float], union: Sequence[float]) -> list[int]:
    shift = _shift(union, xs) or 0.0
    return [_index(union, x + shift) or 0 for x in xs]


def _cells(fragment: Fragment, union: Sequence[float]) -> list[_Cell]:
    columns = _columns(fragment.table.xs, union)
    cells = [_cell(fragment, cell, columns) for cell in fragment.table.cells]
    if columns[0] > 0:
        rows = max(cell.end for cell in cells)
        text = "\n".join(line.text for line in fragment.beside)
        at = f"page {fragment.page} table {fragment.number} left of row 1"
        cells.append(_Cell(0, 0, rows, columns[0], text, False, at))
    return cells


def _with_words_below(fragment: Fragment) -> Fragment:
    """Return a fragment that goes on with the words below it put into the cells they fell out of."""
    table = fragment.table
    fallen: dict[int, list[Char]] = {}
    for char in (char for line in fragment.below for char in line.chars):
        fallen.setdefault(bisect_right(table.xs, (char.x0 + char.x1) / 2) - 1, []).append(char)
    cells = tuple(_with_more(cell, fallen) if cell.box[3] == table.ys[-1] else cell for cell in table.cells)
    return replace(fragment, table=replace(table, cells=cells))


def _with_more(cell: TableCell, fallen: dict[int, list[Char]]) -> TableCell:
    columns = range(cell.column, cell.column + cell.column_span)
    more = text_lines(char for column in columns for char in fallen.get(column, ()))
    return replace(cell, text=_text(cell.text, "\n".join(line.text for line in more)))


def _cell(fragment: Fragment, cell: TableCell, columns: Sequence[int]) -> _Cell:
    first, last = columns[cell.column], columns[cell.column + cell.column_span]
    box = ",".join(str(round(edge)) for edge in cell.box)
    at = f"page {fragment.page} table {fragment.number} row {cell.row + 1} cell {cell.column + 1} [{box}]"
    return _Cell(cell.row, first, cell.row_span, last - first, cell.text, cell.full, at)


def _without_repeated_header(cells: list[_Cell], part: list[_Cell]) -> list[_Cell]:
    """Drop the first rows of a fragment that repeat the first rows of the table word for word."""
    dropped = 0
    for rows in range(1, max(cell.end for cell in part)):
        head = [cell for cell in part if cell.row < rows]
        if not all(cell.end <= rows for cell in head):
            continue
        if any(cell.is_value for cell in head) or not any(cell.text for cell in head):
            break
        if _words(head) != _words(cell for cell in cells if cell.row < rows):
            break
        dropped = rows
    return [_moved(cell, -dropped) for cell in part if cell.row >= dropped] if dropped else part


def _moved(cell: _Cell, rows: int) -> _Cell:
    return _Cell(cell.row + rows, cell.column, cell.row_span, cell.column_span, cell.text, cell.full, cell.at)


def _words(cells: Iterable[_Cell]) -> set[tuple[int, int, int, int, str]]:
    return {(cell.row, cell.column, cell.row_span, cell.column_span, "".join(cell.text.split())) for cell in cells}


def _appended(cells: list[_Cell], part: list[_Cell]) -> list[_Cell]:
    """Put a fragment below the cells so far, joining what the page break cut in two."""
    end = max(cell.end for cell in cells)
    last = {cell.place: cell for cell in cells if cell.end == end}
    first = {cell.place: cell for cell in part if cell.row == 0}
    pairs = {last[place]: first[place] for place in last.keys() & first.keys()}
    halves = last.keys() == first.keys() and _is_one_row(pairs)
    cut = pairs if halves else {above: below for above, below in pairs.items() if _is_one_group(above, below, first)}
    shift = end - 1 if halves else end
    whole = [_joined(above, cut[above], shift) if above in cut else above for above in cells]
    below = set(cut.values())
    return whole + [_moved(cell, shift) for cell in part if cell not in below]


def _is_one_row(pairs: dict[_Cell, _Cell]) -> bool:
    """Tell whether the last row above a page break and the first row below it are the halves of one row.

    The lower half begins no numbered row. Where both have text in a column, it is of one kind and the upper text
    fills its line; only below a labelled row can a row without a label be nothing else. What is not certain stays
    two rows.
    """
    above, below = list(pairs), list(pairs.values())
    if _is_parted(pairs):
        return True
    if any(ORDINAL.match(cell.text) for cell in below) or all(cell.row_span > 1 for cell in above):
        return False
    upper, lower = any(cell.is_value for cell in above), any(cell.is_value for cell in below)
    if not upper and not any(cell.text for cell in (above if lower else below)):
        return False
    if any(high.text and low.text and high.is_value != low.is_value for high, low in pairs.items()):
        return False
    if any(cell.is_label for cell in above) and not any(cell.is_label for cell in below):
        return True
    return all(_goes_on(high, low) for high, low in pairs.items() if high.text and low.text)


def _is_parted(pairs: dict[_Cell, _Cell]) -> bool:
    """Tell whether all figures of a row stand above the page break and the end of its label below it, or of each of its
    labels: a list may be printed in two halves beside each other.

    Labels that stand in the middle of a high row, and those of several paragraphs, leave room in their last line, or are
    not begun at all. A row of figures has a label; a label with an ordinal goes on in one that has none.
    """
    values = [cell.column for cell in pairs if cell.is_value]
    labels = sorted(
        ((high, low) for high, low in pairs.items() if low.is_label and low.row_span == 1),
        key=lambda halves: halves[0].column,
    )
    if not values or not labels or any(low.is_value for low in pairs.values()):
        return False
    ends = [high.column for high, _ in labels[1:]] + [max(values) + 1]
    return labels[0][0].column < min(values) and all(
        any(high.column < value < end for value in values) and _is_end_of_label(high, low)
        for (high, low), end in zip(labels, ends, strict=True)
    )


def _is_end_of_label(high: _Cell, low: _Cell) -> bool:
    if high.row_span > 1 or low.text.startswith(_PARTS):
        return False
    return not high.text or bool(ORDINAL.match(high.text) and not ORDINAL.match(low.text))


def _goes_on(high: _Cell, low: _Cell) -> bool:
    """Tell whether the text of a cell goes on in another. A bracket that opens ends no line, so a line before one is not
    full; nor does it begin a label."""
    opens = low.text.startswith(_OPENING) and not ORDINAL.match(low.text)
    return high.full or opens or (_is_vertical(high.text) and _is_vertical(low.text))


def _is_vertical(text: str) -> bool:
    return all(len(line) == 1 for line in text.split("\n"))


def _is_one_group(above: _Cell, below: _Cell, first: dict[tuple[int, int], _Cell]) -> bool:
    """Tell whether a cell that heads several rows (（四）无法提供) goes on below the page break."""
    heads = any(cell.is_label for (column, _), cell in first.items() if column > below.column)
    if not heads or above.is_value or below.is_value or not (above.text or below.text):
        return False
    if above.text and below.text:
        return not ORDINAL.match(below.text) and above.row_span + below.row_span > 2 and _goes_on(above, below)
    return True


def _joined(above: _Cell, below: _Cell, shift: int) -> _Cell:
    text = _text(above.text, below.text)
    at = above.at if above.text else below.at
    return replace(above, row_span=below.row + below.row_span + shift - above.row, text=text, full=below.full, at=at)


def _text(above: str, below: str) -> str:
    """Return the text of a cell whose halves stand on two pages."""
    return f"{above}\n{below}" if above and below else above or below
