"""Changes of one table: rows and cells lost, doubled, moved, renamed. Each takes rows of boxes and gives others."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from random import Random

from tests.kit.tables import Box, Rows

Change = Callable[[Rows, Random], Rows]

_STRANGE = ("其中：网上申请数量", "合并办理", "（八）备注", "其他情况说明", "本级办理数")


def _body(rows: Rows) -> list[int]:
    return [number for number, row in enumerate(rows) if any(box.is_value for box in row)]


def _headers(rows: Rows) -> list[tuple[int, int]]:
    body = _body(rows)
    return [
        (number, place)
        for number, row in enumerate(rows)
        if number not in body
        for place, box in enumerate(row)
        if box.text
    ]


def _values(row: list[Box]) -> list[int]:
    return [place for place, box in enumerate(row) if box.is_value]


def _labels(row: list[Box]) -> list[int]:
    return [place for place, box in enumerate(row) if not box.is_value and box.text]


def _labelled(rows: Rows) -> list[int]:
    return [number for number in _body(rows) if _labels(rows[number])] or _body(rows)


def _copy(rows: Rows) -> Rows:
    return [list(row) for row in rows]


def _with(rows: Rows, number: int, row: list[Box]) -> Rows:
    return [*rows[:number], row, *rows[number + 1 :]]


def _cut_spans(rows: Rows) -> Rows:
    """Shorten cells that reach below the table."""
    return [[replace(box, rowspan=min(box.rowspan, len(rows) - top)) for box in row] for top, row in enumerate(rows)]


def _shorter_above(rows: Rows, number: int, by: int) -> Rows:
    """Shorten (or lengthen) the cells above that cover a row which goes (or is doubled)."""
    return [
        [replace(box, rowspan=box.rowspan + by) if top + box.rowspan > number else box for box in row]
        if top < number
        else row
        for top, row in enumerate(rows)
    ]


# --- Rows ------------------------------------------------------------------------------------------------------------


def drop_row(rows: Rows, rng: Random) -> Rows:
    number = rng.choice(_body(rows))
    kept = _shorter_above(_copy(rows), number, -1)
    fallen = [replace(box, rowspan=box.rowspan - 1) for box in kept[number] if box.rowspan > 1]
    if fallen and number + 1 < len(kept):
        kept[number + 1] = fallen + kept[number + 1]
    return kept[:number] + kept[number + 1 :]


def double_row(rows: Rows, rng: Random) -> Rows:
    number = rng.choice(_body(rows))
    again = [box for box in rows[number] if box.rowspan == 1]
    kept = [
        [
            replace(box, rowspan=box.rowspan + 1) if top + box.rowspan > number and box.rowspan > 1 else box
            for box in row
        ]
        if top <= number
        else row
        for top, row in enumerate(rows)
    ]
    return [*kept[: number + 1], again, *kept[number + 1 :]]


def swap_rows(rows: Rows, rng: Random) -> Rows:
    """Two rows change places, each with its label."""
    plain = [number for number in _body(rows) if all(box.rowspan == 1 for box in rows[number])]
    by_width: dict[int, list[int]] = {}
    for number in plain:
        by_width.setdefault(len(rows[number]), []).append(number)
    alike = [group for group in by_width.values() if len(group) > 1]
    return _swapped(rows, *rng.sample(rng.choice(alike), 2)) if alike else rows


def _swapped(rows: Rows, one: int, two: int) -> Rows:
    out = _copy(rows)
    out[one], out[two] = out[two], out[one]
    return out


def swap_labels(rows: Rows, rng: Random) -> Rows:
    """Two rows change their labels and keep their numbers."""
    numbers = _labelled(rows)
    if len(numbers) < 2 or not _labels(rows[numbers[0]]):
        return rows
    one, two = rng.sample(numbers, 2)
    first, second = _labels(rows[one])[-1], _labels(rows[two])[-1]
    out = _copy(rows)
    out[one][first] = replace(rows[one][first], text=rows[two][second].text)
    out[two][second] = replace(rows[two][second], text=rows[one][first].text)
    return out


def copy_label(rows: Rows, rng: Random) -> Rows:
    """A row takes the label of another one, which keeps it."""
    numbers = _labelled(rows)
    if len(numbers) < 2 or not _labels(rows[numbers[0]]):
        return rows
    one, two = rng.sample(numbers, 2)
    return _relabelled(rows, one, rows[two][_labels(rows[two])[-1]].text)


def rename_label(rows: Rows, rng: Random) -> Rows:
    return _relabelled(rows, rng.choice(_labelled(rows)), rng.choice(_STRANGE))


def empty_label(rows: Rows, rng: Random) -> Rows:
    return _relabelled(rows, rng.choice(_labelled(rows)), "")


def cut_label(rows: Rows, rng: Random) -> Rows:
    number = rng.choice(_labelled(rows))
    places = _labels(rows[number])
    text = rows[number][places[-1]].text if places else ""
    return _relabelled(rows, number, text[: rng.randint(1, max(1, len(text) - 1))])


def renumber_label(rows: Rows, rng: Random) -> Rows:
    number = rng.choice(_labelled(rows))
    places = _labels(rows[number])
    text = rows[number][places[-1]].text if places else ""
    digits = "".join(rng.choice("123456789") if sign.isdigit() else sign for sign in text)
    return _relabelled(
        rows,
        number,
        "".join(rng.choice("一二三四五六七") if s in "一二三四五六七" else s for s in digits[:3]) + digits[3:],
    )


def _relabelled(rows: Rows, number: int, text: str) -> Rows:
    places = _labels(rows[number])
    out = _copy(rows)
    if places:
        out[number][places[-1]] = replace(out[number][places[-1]], text=text)
    return out


def values_down(rows: Rows, rng: Random) -> Rows:
    """The numbers of a row and of all below it stand one row lower."""
    numbers = [number for number in _body(rows) if len(_values(rows[number])) == len(_values(rows[_body(rows)[0]]))]
    if len(numbers) < 2:
        return rows
    start = rng.randrange(len(numbers) - 1)
    out = _copy(rows)
    for above, below in zip(numbers[start:], numbers[start + 1 :], strict=False):
        for source, place in zip(_values(rows[above]), _values(rows[below]), strict=False):
            out[below][place] = replace(out[below][place], text=rows[above][source].text)
    for place in _values(rows[numbers[start]]):
        out[numbers[start]][place] = replace(out[numbers[start]][place], text="")
    return out


def strange_row(rows: Rows, rng: Random) -> Rows:
    """A row of numbers without a label, or with a foreign one."""
    number = rng.choice(_body(rows))
    columns = sum(box.colspan for box in rows[0])
    values = min(7, columns - 1)
    label = Box(rng.choice(("", *_STRANGE)), columns - values)
    row = [label, *(Box(str(rng.randint(1, 9)), is_value=True) for _ in range(values))]
    covered = any(top < number < top + box.rowspan for top, above in enumerate(rows) for box in above)
    return rows if covered else [*rows[:number], row, *rows[number:]]


# --- Cells -----------------------------------------------------------------------------------------------------------


def _row_and_value(rows: Rows, rng: Random) -> tuple[int, int]:
    number = rng.choice(_body(rows))
    return number, rng.choice(_values(rows[number]))


def drop_value(rows: Rows, rng: Random) -> Rows:
    """A cell is gone, and the rest of its row moves to the left."""
    number, place = _row_and_value(rows, rng)
    return _with(rows, number, rows[number][:place] + rows[number][place + 1 :])


def double_value(rows: Rows, rng: Random) -> Rows:
    number, place = _row_and_value(rows, rng)
    return _with(rows, number, [*rows[number][: place + 1], *rows[number][place:]])


def blank_before(rows: Rows, rng: Random) -> Rows:
    """An empty cell pushes the rest of a row to the right."""
    number, place = _row_and_value(rows, rng)
    return _with(rows, number, [*rows[number][:place], Box("", is_value=True), *rows[number][place:]])


def moved_to_end(rows: Rows, rng: Random) -> Rows:
    """A cell is gone, the rest moves to the left, and an empty cell ends the row."""
    number, place = _row_and_value(rows, rng)
    return _with(rows, number, [*rows[number][:place], *rows[number][place + 1 :], Box("", is_value=True)])


def drop_label_cell(rows: Rows, rng: Random) -> Rows:
    number = rng.choice(_labelled(rows))
    places = _labels(rows[number])
    return _with(rows, number, [box for place, box in enumerate(rows[number]) if place not in places[-1:]])


def swap_values(rows: Rows, rng: Random) -> Rows:
    number = rng.choice(_body(rows))
    places = _values(rows[number])
    if len(places) < 2:
        return rows
    one, two = rng.sample(places, 2)
    row = list(rows[number])
    row[one], row[two] = row[two], row[one]
    return _with(rows, number, row)


def change_digit(rows: Rows, rng: Random) -> Rows:
    number, place = _row_and_value(rows, rng)
    text = rows[number][place].text
    digits = [at for at, sign in enumerate(text) if sign.isdigit()]
    if not digits:
        return rows
    at = rng.choice(digits)
    changed = text[:at] + rng.choice([sign for sign in "123456789" if sign != text[at]]) + text[at + 1 :]
    return _with(rows, number, _texted(rows[number], place, changed))


def add_digit(rows: Rows, rng: Random) -> Rows:
    number, place = _row_and_value(rows, rng)
    return _with(rows, number, _texted(rows[number], place, rng.choice("123456789") + rows[number][place].text))


def _texted(row: list[Box], place: int, text: str) -> list[Box]:
    return [*row[:place], replace(row[place], text=text), *row[place + 1 :]]


def merge_beside(rows: Rows, rng: Random) -> Rows:
    """Two cells of a row become one, which holds what the first or both held."""
    number = rng.choice(_body(rows))
    places = [place for place in _values(rows[number])[:-1] if rows[number][place + 1].is_value]
    if not places:
        return rows
    place = rng.choice(places)
    one, two = rows[number][place], rows[number][place + 1]
    text = rng.choice((one.text, two.text, one.text + two.text, f"{one.text} {two.text}"))
    merged = replace(one, text=text, colspan=one.colspan + two.colspan)
    return _with(rows, number, [*rows[number][:place], merged, *rows[number][place + 2 :]])


def merge_below(rows: Rows, rng: Random) -> Rows:
    """Two cells of one column become one."""
    body = _body(rows)
    pairs = [
        (one, two)
        for one, two in pairwise(body)
        if two == one + 1 and len(_values(rows[one])) == len(_values(rows[two]))
    ]
    if not pairs:
        return rows
    above, below = rng.choice(pairs)
    order = rng.randrange(len(_values(rows[above])))
    upper, lower = _values(rows[above])[order], _values(rows[below])[order]
    out = _copy(rows)
    out[above][upper] = replace(out[above][upper], rowspan=2)
    del out[below][lower]
    return out


CHANGES: tuple[Change, ...] = (
    drop_row,
    double_row,
    swap_rows,
    swap_labels,
    copy_label,
    rename_label,
    empty_label,
    cut_label,
    renumber_label,
    values_down,
    strange_row,
    drop_value,
    double_value,
    blank_before,
    moved_to_end,
    drop_label_cell,
    swap_values,
    change_digit,
    add_digit,
    merge_beside,
    merge_below,
)
