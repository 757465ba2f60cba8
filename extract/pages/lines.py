"""Ruled tables of a page: ruling lines make positions, present edges make cells, characters fall into them.

Pure geometry, the same for every PDF engine. Positions are points, y growing downwards.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extract.errors import TooBigError
from extract.limits import MAX_GRID_CELLS
from extract.pages.parted import Place, parted_across, parted_down
from extract.pages.rules import Rule, Segment, clusters, split
from extract.pages.text import Char, text_lines
from extract.text import LOST

Box = tuple[float, float, float, float]

MAX_RULES = 3000
"""Most ruling lines believed on one page after merging; a page of the form has about 60, a drawn map has thousands."""

_SAME_POSITION = 6.0  # columns and rows are never narrower: type is at least 7 points high
_TOUCH = 4.0
_OVERHANG = 4.0
_SAME_END = 3.0
_GROUND = 0.8  # of a cell's area
_LEFT_FREE = 2.2  # type sizes that padding and the next character need: less is left free by a broken line


@dataclass(frozen=True, slots=True)
class PageContent:
    """What an engine hands over of one page: size in points, characters, ruling lines, boxes of its pictures, and of what
    may be a figure and is no text (``extract.pages.obscured``). ``whole``: nothing printed on it is in none of these."""

    width: float
    height: float
    chars: Sequence[Char]
    segments: Sequence[Segment]
    images: Sequence[Box] = ()
    marks: Sequence[Box] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell in position numbers and points. ``full``: its last line of text leaves no room for more."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    text: str = ""
    full: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands on one page: positions of its columns and rows, and its cells in reading order.

    A table of one column is mostly a frame around text, so it keeps its characters too.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[TableCell, ...]
    chars: tuple[Char, ...] = ()

    @property
    def is_frame(self) -> bool:
        """One column only: a frame around text, or the row of a table that a page break cut off."""
        return len(self.xs) == 2


@dataclass(slots=True)
class _Lines:
    """The horizontal and vertical lines of one table."""

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)


def find_tables(page: PageContent) -> tuple[list[Table], list[Char]]:
    """Return the ruled tables of a page, frames around text included, and the characters outside all of them.

    Raises ``TooBigError`` past ``MAX_RULES`` or ``MAX_GRID_CELLS``.
    """
    skeletons = [table for lines in _components(page.segments) if (table := _skeleton(lines)) is not None]
    skeletons.sort(key=lambda table: _area(table))  # a table inside another one takes its text first
    boxes: list[dict[int, list[Char]]] = [{} for _ in skeletons]
    owners = [_owners(table) for table in skeletons]
    places = [_place(char, skeletons, owners, boxes) for char in page.chars] if skeletons else [None] * len(page.chars)
    rest = [char for char, place in zip(page.chars, places, strict=True) if place is None]
    cut = set(parted_across(page.chars, places)) if skeletons else set()
    for number, table in enumerate(skeletons):
        cut.update(_parted(number, table, boxes[number]))
    cut.update(place for mark in page.marks for place in _marked(mark, skeletons, owners, boxes))
    filled = [
        _filled(table, texts, number, cut) for number, (table, texts) in enumerate(zip(skeletons, boxes, strict=True))
    ]
    kept = [table for table in filled if table.chars or not table.is_frame]
    return sorted(kept, key=lambda table: (table.ys[0], table.xs[0])), rest


def _area(table: Table) -> float:
    return (table.xs[-1] - table.xs[0]) * (table.ys[-1] - table.ys[0])


def _components(segments: Iterable[Segment]) -> list[_Lines]:
    across, down = split(segments)
    if len(across) + len(down) > MAX_RULES:
        raise TooBigError(f"{len(across) + len(down)} ruling lines on one page (MAX_RULES {MAX_RULES})")
    parents = list(range(len(across) + len(down)))
    heights = [rule.at for rule in across]
    for number, rule in enumerate(down, len(across)):
        low, high = bisect_left(heights, rule.start - _TOUCH), bisect_right(heights, rule.end + _TOUCH)
        for other in range(low, high):
            if across[other].start - _TOUCH <= rule.at <= across[other].end + _TOUCH:
                parents[_root(parents, number)] = _root(parents, other)
    found: dict[int, _Lines] = {}
    for number, rule in enumerate(across):
        found.setdefault(_root(parents, number), _Lines()).across.append(rule)
    for number, rule in enumerate(down, len(across)):
        found.setdefault(_root(parents, number), _Lines()).down.append(rule)
    return list(found.values())


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _skeleton(lines: _Lines) -> Table | None:
    """Return the table without its text, or ``None`` when the lines are no table."""
    if not lines.across or not lines.down:
        return None
    xs = _closed(_positions(lines.down), lines.across, lines.across[0].at, lines.across[-1].at)
    ys = _closed(_positions(lines.across), lines.down, lines.down[0].at, lines.down[-1].at)
    rows, columns = len(ys) - 1, len(xs) - 1
    if columns < 1 or rows < 1:
        return None
    if rows * columns > MAX_GRID_CELLS:
        raise TooBigError(f"a table of {rows} x {columns} positions (MAX_GRID_CELLS {MAX_GRID_CELLS})")
    return Table(tuple(xs), tuple(ys), tuple(_cells(xs, ys, _edges(lines.down, xs, ys), _edges(lines.across, ys, xs))))


def _positions(rules: list[Rule]) -> list[float]:
    return [sum(rule.at for rule in group) / len(group) for group in clusters(sorted(rules), _SAME_POSITION)]


def _closed(positions: list[float], crossing: list[Rule], first: float, last: float) -> list[float]:
    """Add the outer line that a page break (or an open-sided design) left undrawn.

    It is there when three crossing lines stick out to the same end, or two do of which one is outermost.
    """
    low, high = positions[0], positions[-1]
    before = _common_end([(-rule.start, rule.at) for rule in crossing if rule.start < low - _OVERHANG], first, last)
    after = _common_end([(rule.end, rule.at) for rule in crossing if rule.end > high + _OVERHANG], first, last)
    return [*([-before] if before is not None else []), *positions, *([after] if after is not None else [])]


def _common_end(ends: list[tuple[float, float]], first: float, last: float) -> float | None:
    if not ends:
        return None
    furthest = max(ends)[0]
    together = [at for end, at in ends if furthest - end <= _SAME_END]
    outermost = len(together) == 2 and (min(together) == first or max(together) == last)
    return furthest if len(together) >= 3 or outermost else None


def _edges(rules: Iterable[Rule], positions: Sequence[float], crossing: Sequence[float]) -> list[list[bool]]:
    """Tell for each position, and each gap between two crossing positions, whether a line is drawn there."""
    covered = [[0.0] * (len(crossing) - 1) for _ in positions]
    for rule in rules:
        row = covered[_nearest(positions, rule.at)]
        for gap in range(max(0, bisect_right(crossing, rule.start) - 1), len(row)):
            if crossing[gap] >= rule.end:
                break
            row[gap] += min(rule.end, crossing[gap + 1]) - max(rule.start, crossing[gap])
    gaps = [high - low for low, high in pairwise(crossing)]
    return [[length > 0.5 * gap for length, gap in zip(row, gaps, strict=True)] for row in covered]


def _nearest(positions: Sequence[float], value: float) -> int:
    right = min(bisect_left(positions, value), len(positions) - 1)
    return right - 1 if right and value - positions[right - 1] < positions[right] - value else right


def _cells(
    xs: Sequence[float], ys: Sequence[float], down: list[list[bool]], across: list[list[bool]]
) -> list[TableCell]:
    """Cut the rectangle of positions into the largest cells that no drawn edge crosses."""
    rows, columns = len(ys) - 1, len(xs) - 1
    taken = [[False] * columns for _ in range(rows)]
    cells = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            right = column + 1
            while right < columns and not taken[row][right] and not down[right][row]:
                right += 1
            bottom = row + 1
            while bottom < rows and _continues(bottom, column, right, down, across):
                bottom += 1
            for line in taken[row:bottom]:
                line[column:right] = [True] * (right - column)
            box = (xs[column], ys[row], xs[right], ys[bottom])
            cells.append(TableCell(row, column, bottom - row, right - column, box))
    return cells


def _continues(row: int, left: int, right: int, down: list[list[bool]], across: list[list[bool]]) -> bool:
    return not any(across[row][left:right]) and not any(down[x][row] for x in range(left + 1, right))


def _owners(table: Table) -> dict[tuple[int, int], int]:
    return {
        (cell.row + down, cell.column + right): number
        for number, cell in enumerate(table.cells)
        for down in range(cell.row_span)
        for right in range(cell.column_span)
    }


def _place(
    char: Char, tables: list[Table], owners: list[dict[tuple[int, int], int]], boxes: list[dict[int, list[Char]]]
) -> Place | None:
    """Put a character into its cell and return which that is, or ``None`` outside all tables."""
    x, y = (char[1] + char[3]) / 2, (char[2] + char[4]) / 2
    for number, table in enumerate(tables):
        xs, ys = table.xs, table.ys
        if xs[0] < x < xs[-1] and ys[0] < y < ys[-1]:
            cell = owners[number][bisect_right(ys, y) - 1, bisect_right(xs, x) - 1]
            boxes[number].setdefault(cell, []).append(char)
            return number, cell
    return None


def _parted(number: int, table: Table, texts: dict[int, list[Char]]) -> Iterator[Place]:
    spans = [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells]
    words = {place for place, chars in texts.items() if any(char.text.isalpha() for char in chars)}
    figures = {place for place, chars in texts.items() if any(char.text.isdecimal() for char in chars)} - words
    return ((number, place) for place in parted_down(spans, figures, words))


def _marked(
    mark: Box, tables: list[Table], owners: list[dict[tuple[int, int], int]], boxes: list[dict[int, list[Char]]]
) -> Iterator[Place]:
    """Yield the cell in which a mark stands, if it has no words; one as large as a cell is its ground, and counts only
    where it has no text."""
    sign = Char(LOST, *mark)
    scratch: list[dict[int, list[Char]]] = [{} for _ in tables]
    place = _place(sign, tables, owners, scratch)
    if place is None or tables[place[0]].is_frame:
        return
    x0, top, x1, bottom = tables[place[0]].cells[place[1]].box
    text = boxes[place[0]].get(place[1], [])
    inside = x0 - _TOUCH < mark[0] and mark[2] < x1 + _TOUCH and top - _TOUCH < mark[1] and mark[3] < bottom + _TOUCH
    ground = (mark[2] - mark[0]) * (mark[3] - mark[1]) > _GROUND * (x1 - x0) * (bottom - top)
    if inside and not (text if ground else any(char.text.isalpha() for char in text)):
        yield place


def _filled(table: Table, texts: dict[int, list[Char]], number: int, cut: Set[Place]) -> Table:
    cells = tuple(_with_text(cell, texts.get(place, [])) for place, cell in enumerate(table.cells))
    if cut:
        cells = tuple(
            replace(cell, text=f"{cell.text}{LOST}") if (number, place) in cut else cell
            for place, cell in enumerate(cells)
        )
    chars = tuple(char for inside in texts.values() for char in inside) if table.is_frame else ()
    return Table(table.xs, table.ys, cells, chars)


def _with_text(cell: TableCell, chars: list[Char]) -> TableCell:
    lines = text_lines(chars) if chars else ()
    if not lines:
        return cell
    last = lines[-1]
    full = (cell.box[2] - cell.box[0]) - (last.x1 - last.x0) < _LEFT_FREE * last.size
    text = "\n".join(line.text for line in lines)
    return TableCell(cell.row, cell.column, cell.row_span, cell.column_span, cell.box, text, full)
