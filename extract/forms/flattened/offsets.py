"""How many cells stand before the values of a row of an unaligned grid, where the other rows show it."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from extract.forms.canvas import is_blank
from extract.forms.flattened.rows import Line
from extract.labels import key
from extract.model import GridCell
from extract.text import parse_number

_MIN_EVIDENCE = 2
_MOST_ALIKE = 0.6
_HEADER_ROWS = 4
_MANY = 6
"""Rows of one kind that show, all of them, how the kind stands."""

_MOST_ROWS = 200
"""The form has less than thirty rows: of more, which are compared with each other, nobody knows what they are."""


def is_packed(above: list[Line], label: str) -> bool:
    """Say whether merged cells leave no blank before what follows them, but at the end of a row.

    ``above`` are the rows down to the first of the form. Their lengths do not differ, and that of the single legal persons
    begins with the first of them, a ``label`` in normal form.
    """
    header = above[-_HEADER_ROWS:]
    firsts = [line.words[0] for line in header if line.words]
    is_first = any(cell.column == 0 and key(cell.text) == label for cell in firsts)
    return is_first and len({line.length for line in header}) == 1


def offset_shown(rows: list[Line], wanted: int) -> int | None:
    """Return how many cells stand before the values, if all fully printed rows of a table agree on it.

    A flattened table may have lost or gained cells row by row; where full rows differ, a row with blanks proves
    nothing by its shape.
    """
    full = [line for line in rows if len(line.filled) == wanted]
    shapes = {(line.values.index(line.filled[0]), len(line.values)) for line in full}
    if len(full) < _MIN_EVIDENCE or len(shapes) != 1:
        return None
    first, length = shapes.pop()
    return first if all(len(line.values) == length for line in rows) else None


def offsets(rows: list[Line], wanted: int, packed: bool = False) -> dict[int, int | None]:
    """Return for each row (by its index) how many cells stand before its values; ``None`` where the table does not say.

    Where most rows have as many cells as each other, they may be the columns of a grid: merged labels leave blank cells
    before the values there, in some rows more than in others, and the values of whole rows end below each other.
    Elsewhere the values begin behind the words. ``packed``: the header shows so (``is_packed``).
    """
    shown = offset_shown(rows, wanted)
    if shown is not None or len(rows) > _MOST_ROWS:
        return {line.index: shown for line in rows}
    length, count = Counter(line.length for line in rows).most_common(1)[0]
    in_step = [line for line in rows if line.length == length] if count >= _MOST_ALIKE * len(rows) else []
    full = [line for line in in_step if len(line.filled) == wanted]
    behind = _agreed([line.values[-1].column - line.filled[-1].column for line in full])
    before = _agreed([line.filled[0].column - line.values[0].column for line in full])
    in_step = [] if packed and not full else in_step
    found = {line.index: _offset(line, wanted, before, behind) if line in in_step else _first(line) for line in rows}
    kinds = _kinds(rows)
    placed = {
        line.index: _offset_of_kind(line, kinds[_kind(line)], wanted) if (own := found[line.index]) is None else own
        for line in rows
    }
    return placed | dict.fromkeys(_trimmed(rows, placed), None)


def _trimmed(rows: list[Line], placed: dict[int, int | None]) -> set[int]:
    """Return the rows that may be of a longer kind, with the blank cells at their ends trimmed away.

    They begin with the blanks behind which the values of longer rows begin. Where rows of the table end with a blank,
    nothing was trimmed.
    """
    if sum(bool(line.values) and is_blank(line.values[-1]) for line in rows) >= _MIN_EVIDENCE:
        return set()
    starts = {(len(line.values), start) for line in rows if (start := placed[line.index])}
    return {
        line.index
        for line in rows
        for length, start in starts
        if len(line.values) < length and placed[line.index] in range(start) and all(map(is_blank, line.values[:start]))
    }


def _kind(line: Line) -> tuple[int, int]:
    """Return how many cells a row has, and how many of them stand behind its words."""
    return line.length, len(line.values)


def _kinds(rows: list[Line]) -> dict[tuple[int, int], list[Line]]:
    kinds: dict[tuple[int, int], list[Line]] = {}
    for line in rows:
        kinds.setdefault(_kind(line), []).append(line)
    return kinds


def _offset_of_kind(line: Line, alike: list[Line], wanted: int) -> int | None:
    """Return how many cells stand before the values in rows of one kind, where they agree on it.

    In a row that was packed to the left, or begins elsewhere than the others, a part stands in the place of the total.
    Where a row's own total is blank, it must not fit anywhere else, or many others have to show that their kind has none
    of these. Rows that begin elsewhere and add up there are of another kind; beside them, only a row as wide as the form
    is placed. A row alone in its kind may have a blank too many.
    """
    if not line.filled:
        return None
    others = [row for row in alike if _is_around(row, line) or not _shows_its_place(row, wanted)]
    own, end = _span(line)
    is_one_kind = len(others) == len(alike) or end - own == wanted - 1
    first, last = _span_of(others)
    wide = [row for row in others if _span(row) == (first, last)]
    if not is_one_kind or last - first != wanted - 1 or not _is_shown(line, wide, wanted):
        return None
    if end == last:
        return first if _could_add_up(line.values[first : last + 1]) else None
    totals = [row.values[first : last + 1] for row in alike if row.filled and _span(row)[1] == last]
    is_many = len(totals) >= _MANY and all(map(_could_add_up, totals))
    return first if is_many or not _fits_elsewhere(line, first, wanted) else None


def _is_around(row: Line, other: Line) -> bool:
    first, last = _span(row)
    own, end = _span(other)
    return first <= own and end <= last


def _shows_its_place(line: Line, wanted: int) -> bool:
    first, last = _span(line)
    return last - first == wanted - 1 and _adds_up(_between(line))


def _span(line: Line) -> tuple[int, int]:
    """Return the places of the first and the last figure among the values; -1 where there is none."""
    if not line.filled:
        return -1, -1
    return line.values.index(line.filled[0]), line.values.index(line.filled[-1])


def _span_of(rows: list[Line]) -> tuple[int, int]:
    spans = [_span(row) for row in rows if row.filled]
    return min(first for first, _ in spans), max(last for _, last in spans)


def _is_shown(line: Line, wide: list[Line], wanted: int) -> bool:
    """Say whether the widest rows of a kind show where the values of a row begin.

    Two of noughts do not: a cell that is none of the form's may stand in front, and the totals be blank.
    """
    is_proved = any(_adds_up(_between(row)) for row in wide if row is not line)
    if len(wide) < _MIN_EVIDENCE:
        return is_proved
    return is_proved or len(wide) > _MIN_EVIDENCE or any(len(row.filled) == wanted for row in wide)


def _between(line: Line) -> Sequence[GridCell]:
    first, last = _span(line)
    return line.values[first : last + 1]


def _fits_elsewhere(line: Line, first: int, wanted: int) -> bool:
    """Say whether the figures of a row could begin in another place: what would be their total may be one, or blank."""
    own, end = _span(line)
    others = (place for place in range(end - wanted + 1, own + 1) if place != first)
    return any(_could_add_up(line.values[max(place, 0) : place + wanted]) for place in others)


def _adds_up(cells: Sequence[GridCell]) -> bool:
    """Say whether the figures of a row add up to the last, and it is none that blanks add up to as well."""
    *parts, total = map(_count, cells)
    return total > 0 and sum(parts) == total


def _could_add_up(cells: Sequence[GridCell]) -> bool:
    *parts, total = cells
    return is_blank(total) or sum(map(_count, parts)) <= _count(total)


def _count(cell: GridCell) -> Decimal:
    return parse_number(cell.text).value or Decimal(0)


def _agreed(counts: list[int]) -> int | None:
    return counts[0] if len(counts) >= _MIN_EVIDENCE and len(set(counts)) == 1 else None


def _offset(line: Line, wanted: int, before: int | None, behind: int | None) -> int | None:
    if behind is not None and line.complete:
        return max(len(line.values) - wanted - behind, 0)
    return before if line.complete else None


def _first(line: Line) -> int | None:
    return 0 if line.complete else None


def offset_below(line: Line, header: Line | None, wanted: int) -> int | None:
    """Return how many cells stand before the values of a row below a header that ends with a word for each of them.

    Of rows with as many cells the value stands below its word; ``None`` where it does not show.
    """
    if header is None or not wanted or not line.complete or line.length != header.length:
        return _first(line)
    over = [cell.column for cell in header.words[-wanted:]]
    offset = over[0] - line.values[0].column
    is_below = over == list(range(over[0], over[0] + wanted)) and 0 <= offset <= len(line.values) - wanted
    return offset if is_below else None
