"""The statistics table of the 2014 form without ruling lines: its columns are what the gaps between its words leave.

Rows whose label stands in one line tell the columns: a column is what is not white in all of them. With the columns
every cell is known, the empty ones too. Two halves side by side become one below the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.labels import key, vocabulary
from extract.pages.text import TextLine
from extract.pages.unruled.columns import BEFORE, Cells, cells_of, columns_of
from extract.pages.unruled.labels import STATISTICS as _TABLE
from extract.pages.unruled.labels import UNITS, Labelled, Line, known, rows_of_labels
from extract.pages.unruled.rows import Row, Span, Token, Unruled, glued, touched
from extract.text import LOST

_FEWEST_ROWS = 5
_MOST_AROUND = 14  # lines of labels broken at the edge of the table, and of a header
_SENTENCE = "。"  # in no label
_HIGHEST_HEADER = 3  # lines
_MOSTLY = 0.6
_HEADERS = frozenset(
    (
        "统计指标",
        "指标名称",
        "指标",
        "统计项目",
        "项目",
        "项目名称",
        "名称",
        "内容",
        "统计内容",
        "单位",
        "计量单位",
        "统计单位",
    )
)
_SIGN = "数"
"""In all labels but a few; the cheapest sign of the table."""


@dataclass(frozen=True, slots=True)
class _Half:
    """One half of the table, or the whole: its columns from the one of the labels to the last, those before it, and that
    of the units if there is one."""

    label: int
    last: int
    before: range
    unit: int | None


def may_be_statistics(pages: Sequence[Sequence[TextLine]]) -> bool:
    """Tell, at little cost, whether as many lines as the table has may be rows of it."""
    return sum(_SIGN in line.text for lines in pages for line in lines) > _FEWEST_ROWS


def prints_statistics(rows: Sequence[Row]) -> bool:
    """Tell whether any line is a row of the table."""
    return any(_is_row(part) for row in rows for part in row.tokens)


def statistics_tables(rows: Sequence[Row]) -> list[Unruled]:
    """Return the table, the parts of it that other text stands between apart; nothing where its columns cannot be told."""
    full = [place for place, row in enumerate(rows) if any(map(_is_row, row.tokens))]
    if len(full) < _FEWEST_ROWS:
        return []
    printed = [rows[place] for place in full]
    columns = _without_twins(columns_of(printed), printed)
    halves = _halves(columns, [part for place in full for part in rows[place].tokens])
    found = [_table(rows, bounds, part, columns, halves) for bounds, part in _parts(rows, full)] if halves else []
    return [table for table in found if table is not None]


def _without_twins(columns: Sequence[Span], rows: Sequence[Row]) -> list[Span]:
    """Return the columns, two beside each other as one where they print values and no row has both: marks in the middle of
    the cells, and figures at their right."""
    found: list[Span] = []
    for column in columns:
        if found and _are_twins(found[-1], column, rows):
            found[-1] = (found[-1][0], column[1])
        else:
            found.append(column)
    return found


def _are_twins(left: Span, right: Span, rows: Sequence[Row]) -> bool:
    over = [(touched(part, (left, right)), part) for row in rows for part in row.tokens]
    both = any(len({place for part in row.tokens for place in touched(part, (left, right))}) == 2 for row in rows)
    return not both and all(part.is_value for places, part in over if places)


def _parts(rows: Sequence[Row], full: Sequence[int]) -> Iterator[tuple[range, list[int]]]:
    """Yield the places of whole rows, cut where other text stands between two of them, and the lines of each part."""
    cuts = [
        number
        for number, (before, place) in enumerate(pairwise(full), 1)
        if any(_SENTENCE in row.line.text for row in rows[before:place])
    ]
    for start, stop in pairwise((0, *cuts, len(full))):
        low = (full[start - 1] + full[start]) // 2 if start else 0
        high = (full[stop - 1] + full[stop]) // 2 if stop < len(full) else len(rows)
        lines = range(max(low, full[start] - _MOST_AROUND), min(high, full[stop - 1] + 1 + _MOST_AROUND))
        yield lines, list(full[start:stop])


def _table(
    rows: Sequence[Row], places: range, full: Sequence[int], columns: Sequence[Span], halves: Sequence[_Half]
) -> Unruled | None:
    """Return the table around some whole rows, or ``None`` where words beside them are unknown."""
    cells = {place: cells_of(rows[place], columns) for place in places}
    header = _header(cells, full[0])
    lines = {
        place: line
        for place, line in _below(header, rows, cells).items()
        if place in full or _may_be_of_table(place, full, line, halves)
    }
    parts = [_labelled(rows, lines, half) for half in halves]
    if not all(parts):
        return None
    made = [row for half, part in zip(halves, parts, strict=True) for row in _made(part, half, columns)]
    first = min(header, default=min(line.place for part in parts for line in part[0].lines))
    last = max(line.place for part in parts for line in part[-1].lines)
    head = [_header_row([cells[place] or {} for place in header], halves[0], columns)] if header else []
    return Unruled((*head, *made), tuple(row.line for row in rows[first : last + 1]), aligned=True)


def _below(header: Sequence[int], rows: Sequence[Row], cells: dict[int, Cells | None]) -> dict[int, Cells | None]:
    """Return the lines below the header, without those that print it, or one in a line, again at the head of a page."""
    again = {rows[place].line.text for place in header}
    start = max(header, default=-1)
    return {
        place: line
        for place, line in cells.items()
        if place > start and rows[place].line.text not in again and not _is_whole_header(line or {})
    }


def _is_whole_header(line: Cells) -> bool:
    return sum(map(_is_header, line.values())) > 1 and not _is_printed(line)


def _is_row(part: Token) -> bool:
    return bool(vocabulary().meanings(part.text, _TABLE))


def _halves(columns: Sequence[Span], tokens: Sequence[Token]) -> list[_Half]:
    """Return the halves of the table; none where one lacks labels, or numbers behind them, or has labels behind those."""
    stacks = [[part for part in tokens if number in touched(part, columns)] for number in range(len(columns))]
    kinds = [_kind(stack) for stack in stacks]
    middle = len(kinds) // 2
    double = len(kinds) % 2 == 0 and kinds[:middle] == kinds[middle:] and "row" in kinds[:middle]
    bounds = [range(middle), range(middle, len(kinds))] if double else [range(len(kinds))]
    halves = [
        _Half(
            label, bound[-1], range(bound[0] or BEFORE, label), kinds.index("unit", label) if "unit" in behind else None
        )
        for bound in bounds
        for label in bound
        if kinds[label] == "row" and "value" in (behind := kinds[label : bound[-1] + 1])
        if not any(_is_row(part) for stack in stacks[label + 1 : bound[-1] + 1] for part in stack)
    ]
    return halves if len(halves) == len(bounds) else []


def _kind(stack: Sequence[Token]) -> str:
    """Return what a column mostly prints."""
    counts = {
        "row": sum(map(_is_row, stack)),
        "unit": sum(part.text in UNITS for part in stack),
        "value": sum(part.is_value for part in stack),
    }
    kind = max(counts, key=lambda name: counts[name])
    return kind if counts[kind] >= _MOSTLY * len(stack) else "words"


def _header(cells: dict[int, Cells | None], first: int) -> list[int]:
    """Return the lines of the header above the first row, its words broken or whole."""
    for count in range(1, _HIGHEST_HEADER + 1):
        for last in range(min(cells) + count - 1, first):
            lines = [cells[place] or {} for place in range(last - count + 1, last + 1)]
            if sum(map(_is_header, _stacked(lines).values())) > 1 and not any(map(_is_printed, lines)):
                return list(range(last - count + 1, last + 1))
    return []


def _is_printed(line: Cells) -> bool:
    """Tell whether a line prints a value or a label of the table."""
    return any(part.is_value or known(part.text, _TABLE) for part in line.values())


def _stacked(lines: Sequence[Cells]) -> Cells:
    numbers = sorted({number for line in lines for number in line})
    return {number: glued(line[number] for line in lines if number in line) for number in numbers}


def _is_header(part: Token) -> bool:
    return key(part.text) in _HEADERS or vocabulary().column(part.text, _TABLE) is not None


def _may_be_of_table(place: int, full: Sequence[int], cells: Cells | None, halves: Sequence[_Half]) -> bool:
    """Tell whether a line stands between whole rows, or above or below them and is no prose, signature or date."""
    if full[0] < place < full[-1]:
        return True
    if cells is None or any(half.label in cells for half in halves):
        return cells is not None
    return all(part.is_value or part.text in UNITS for part in cells.values())


def _header_row(lines: Sequence[Cells], half: _Half, columns: Sequence[Span]) -> tuple[Token, ...]:
    found = _stacked(lines)
    top = max(part.top for part in found.values())
    return tuple(
        found.get(number) or Token("", *_box(columns[number], top, top)) for number in range(half.label, half.last + 1)
    )


def _box(span: Span, top: float, bottom: float) -> tuple[float, float, float, float]:
    return span[0], top, span[1], bottom


def _labelled(rows: Sequence[Row], cells: dict[int, Cells | None], half: _Half) -> list[Labelled]:
    """Return the rows of a half from its first known one to its last; none where words before them are unknown.

    Words that head rows are the table's above them; below the last one they are a heading of the text.
    """
    lines = [line for place, found in cells.items() for line in _lines_of(rows[place], place, found, half)]
    if not _heads_are_known(cells, half):
        return []
    found = rows_of_labels(lines, _TABLE)
    places = [place for place, row in enumerate(found) if row.known and (row.others or _names_row(row))]
    first = next((place for place in places if found[place].others), 0)
    while first and found[first - 1].known:
        first -= 1
    return found[first : places[-1] + 1] if places else []


def _names_row(row: Labelled) -> bool:
    return row.label is not None and _is_row(row.label)


def _lines_of(row: Row, place: int, cells: Cells | None, half: _Half) -> Iterator[Line]:
    if cells is None or (len(row.tokens) == 1 and known(row.line.text, _TABLE)):  # words over several columns
        line = row.line
        yield Line(Token(line.text, line.x0, line.top, line.x1, line.bottom), {}, line.top, line.bottom, place)
        return
    others = {number: part for number, part in cells.items() if half.label < number <= half.last}
    label = cells.get(half.label)
    if label or others:
        yield Line(label, others, row.line.top, row.line.bottom, place)


def _heads_are_known(cells: dict[int, Cells | None], half: _Half) -> bool:
    """Tell whether all words in columns before the labels head rows of the form: nothing else may be left out."""
    lines = [
        Line(part, {}, part.top, part.bottom, place)
        for number in half.before
        for place, found in cells.items()
        if found and (part := found.get(number)) and not part.is_value
    ]
    return all(row.known for row in rows_of_labels(lines, _TABLE))


def _made(part: Sequence[Labelled], half: _Half, columns: Sequence[Span]) -> Iterator[tuple[Token, ...]]:
    for row in part:
        label = row.label
        if label is not None:
            doubtful = row.doubtful or _lacks_line(row, label, half)
            numbers = range(half.label + 1, half.last + 1)
            empty = {number: Token("", *_box(columns[number], label.top, label.bottom)) for number in numbers}
            found = [row.others.get(number, empty[number]) for number in numbers]
            yield (label, *(map(_doubted, found) if doubtful else found))


def _lacks_line(row: Labelled, label: Token, half: _Half) -> bool:
    """Tell whether a row of the form lacks even its unit where the others have theirs: its line may be lost."""
    return half.unit is not None and half.unit not in row.others and _is_row(label)


def _doubted(part: Token) -> Token:
    return part if part.text in UNITS else replace(part, text=f"{part.text}{LOST}")
