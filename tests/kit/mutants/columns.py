"""Changes of columns and headers: dropped, doubled, swapped, renamed, spans broken."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.kit.mutants.rows import Change, _body, _copy, _headers, _texted
from tests.kit.tables import Box, Rows, positions

_FOREIGN = ("备注", "其中：线上", "上年数", "同比", "排名")


def _grid(rows: Rows) -> list[list[tuple[Box, bool, bool]]]:
    return positions(rows)


def _value_columns(rows: Rows) -> list[int]:
    grid = _grid(rows)
    return sorted(
        {column for line in grid for column, (box, top, left) in enumerate(line) if box.is_value and top and left}
    )


def _columnwise(rows: Rows, order: Callable[[list[int]], list[int | None]], only: set[int] | None = None) -> Rows:
    """Rebuild a table from its positions in another order of columns; ``None`` is a new, empty column.

    Merged cells are taken apart where the new order parts them. ``only`` are the rows that are changed.
    """
    grid = _grid(rows)
    out: Rows = []
    for number, line in enumerate(grid):
        wanted = order(list(range(len(line)))) if only is None or number in only else list(range(len(line)))
        row: list[Box] = []
        before: Box | None = None
        for column in wanted:
            if column is None:
                row.append(Box("", is_value=any(box.is_value for box in rows[number])))
                before = None
                continue
            box, top, _ = line[column]
            if before is box:
                row[-1] = replace(row[-1], colspan=row[-1].colspan + 1)
            else:
                row.append(Box(box.text if top else "", is_value=box.is_value))
            before = box
        out.append(row)
    return out


def drop_column(rows: Rows, rng: Random) -> Rows:
    gone = rng.choice(_value_columns(rows))
    return _columnwise(rows, lambda columns: [column for column in columns if column != gone])


def drop_values_of_column(rows: Rows, rng: Random) -> Rows:
    """A column is gone below the header only: all rows move to the left."""
    gone = rng.choice(_value_columns(rows))
    return _columnwise(rows, lambda columns: [column for column in columns if column != gone], set(_body(rows)))


def empty_column(rows: Rows, rng: Random) -> Rows:
    place = rng.choice(_value_columns(rows))
    return _columnwise(rows, lambda columns: [*columns[:place], None, *columns[place:]])


def empty_column_in_body(rows: Rows, rng: Random) -> Rows:
    """An empty column in the rows of numbers, but not in the header."""
    place = rng.choice(_value_columns(rows))
    return _columnwise(rows, lambda columns: [*columns[:place], None, *columns[place:]], set(_body(rows)))


def foreign_column(rows: Rows, rng: Random) -> Rows:
    """A column with a header of its own and numbers in it."""
    place = rng.choice([*_value_columns(rows), len(_grid(rows)[0])])
    made = _columnwise(rows, lambda columns: [*columns[:place], None, *columns[place:]])
    body, header = _body(rows), rng.choice(_FOREIGN)
    out = _copy(made)
    for number, row in enumerate(out):
        new = [at for at, box in enumerate(row) if not box.text and sum(b.colspan for b in row[:at]) == place]
        for at in new[:1]:
            text = str(rng.randint(1, 99)) if number in body else header
            out[number] = [*row[:at], replace(row[at], text=text), *row[at + 1 :]]
    return out


def double_column(rows: Rows, rng: Random) -> Rows:
    place = rng.choice(_value_columns(rows))
    return _columnwise(rows, lambda columns: [*columns[: place + 1], *columns[place:]])


def _two(columns: list[int], one: int, two: int) -> list[int | None]:
    return [two if column == one else one if column == two else column for column in columns]


def swap_columns(rows: Rows, rng: Random) -> Rows:
    """Two columns change places, each with its header."""
    columns = _value_columns(rows)
    if len(columns) < 2:
        return rows
    one, two = rng.sample(columns, 2)
    return _columnwise(rows, lambda columns: _two(columns, one, two))


def swap_values_of_columns(rows: Rows, rng: Random) -> Rows:
    """The numbers of two columns change places; the header stays."""
    columns = _value_columns(rows)
    if len(columns) < 2:
        return rows
    one, two = rng.sample(columns, 2)
    return _columnwise(rows, lambda columns: _two(columns, one, two), set(_body(rows)))


def swap_headers(rows: Rows, rng: Random) -> Rows:
    """Two header cells of one row change their words."""
    by_row: dict[int, list[int]] = {}
    for number, place in _headers(rows):
        by_row.setdefault(number, []).append(place)
    alike = [(number, places) for number, places in by_row.items() if len(places) > 1]
    if not alike:
        return rows
    number, places = rng.choice(alike)
    one, two = rng.sample(places, 2)
    row = _texted(_texted(rows[number], one, rows[number][two].text), two, rows[number][one].text)
    return [*rows[:number], row, *rows[number + 1 :]]


def rename_header(rows: Rows, rng: Random) -> Rows:
    number, place = rng.choice(_headers(rows))
    text = rng.choice((*_FOREIGN, "", rows[number][place].text[:2], "第二十条第（七）项"))
    return [*rows[:number], _texted(rows[number], place, text), *rows[number + 1 :]]


def copy_header(rows: Rows, rng: Random) -> Rows:
    """A header cell takes the words of another one."""
    (number, place), (other, source) = rng.sample(_headers(rows), 2)
    return [*rows[:number], _texted(rows[number], place, rows[other][source].text), *rows[number + 1 :]]


def drop_header_cell(rows: Rows, rng: Random) -> Rows:
    number, place = rng.choice(_headers(rows))
    return [*rows[:number], rows[number][:place] + rows[number][place + 1 :], *rows[number + 1 :]]


def drop_header_row(rows: Rows, rng: Random) -> Rows:
    numbers = sorted({number for number, _ in _headers(rows)})
    number = rng.choice(numbers)
    return rows[:number] + rows[number + 1 :]


def break_span(rows: Rows, rng: Random) -> Rows:
    """A header cell spans one column or row more or less than it should."""
    number, place = rng.choice(_headers(rows))
    box = rows[number][place]
    wide = {"colspan": max(1, box.colspan + rng.choice((-1, 1)))}
    tall = {"rowspan": max(1, box.rowspan + rng.choice((-1, 1)))}
    changed = replace(box, **rng.choice((wide, tall)))
    return [*rows[:number], [*rows[number][:place], changed, *rows[number][place + 1 :]], *rows[number + 1 :]]


def values_left(rows: Rows, rng: Random) -> Rows:
    """All numbers of a column stand one column to the left of where they should, beside what is there."""
    columns = _value_columns(rows)
    if len(columns) < 2:
        return rows
    place = rng.choice(columns[1:])
    out = _copy(rows)
    for number in _body(rows):
        line = _grid(rows)[number]
        box, top, _ = line[place]
        left = line[place - 1][0]
        if box.is_value and left.is_value and top and box is not left:
            row = out[number]
            at, beside = row.index(box), row.index(left)
            row[beside] = replace(left, text=left.text + box.text)
            row[at] = replace(box, text="")
    return out


CHANGES: tuple[Change, ...] = (
    drop_column,
    drop_values_of_column,
    empty_column,
    empty_column_in_body,
    foreign_column,
    double_column,
    swap_columns,
    swap_values_of_columns,
    swap_headers,
    rename_header,
    copy_header,
    drop_header_cell,
    drop_header_row,
    break_span,
    values_left,
)
