"""Changes met where a page, a cell or a line ends amid a table: rows joined, labels parted from figures, parts printed twice."""

from dataclasses import replace
from itertools import pairwise
from random import Random

from tests.kit.mutants.rows import Change, _body, _copy, _headers, _labels, _shorter_above, _texted, _values, _with
from tests.kit.tables import Box, Rows, cut

_ENDS = ("\n", " ")


def _plain(rows: Rows) -> list[int]:
    return [number for number in _body(rows) if all(box.rowspan == 1 for box in rows[number])]


def join_rows(rows: Rows, rng: Random) -> Rows:
    """The line between two rows is lost: each cell holds what both held."""
    alike = [(one, two) for one, two in pairwise(_plain(rows)) if two == one + 1 and len(rows[one]) == len(rows[two])]
    if not alike:
        return rows
    one, two = rng.choice(alike)
    end = rng.choice(_ENDS)
    joined = [replace(a, text=f"{a.text}{end}{b.text}".strip()) for a, b in zip(rows[one], rows[two], strict=True)]
    kept = _shorter_above(rows, two, -1)
    return [*kept[:one], joined, *kept[two + 1 :]]


def label_above_values(rows: Rows, rng: Random) -> Rows:
    """A row is two: its label above, its figures below, where nothing names them; or the other way round."""
    numbers = _plain(rows)
    if not numbers:
        return rows
    number = rng.choice(numbers)
    label = [replace(box, text="") if box.is_value else box for box in rows[number]]
    values = [box if box.is_value else replace(box, text="") for box in rows[number]]
    kept = _shorter_above(rows, number, 1)
    return [*kept[:number], *rng.choice(([label, values], [values, label])), *kept[number + 1 :]]


def label_with_value(rows: Rows, rng: Random) -> Rows:
    """The first figure of a row stands in the cell of its label; the others move to the left, or stay."""
    number = rng.choice([number for number in _body(rows) if _labels(rows[number])] or _body(rows))
    labels, values = _labels(rows[number]), _values(rows[number])
    if not labels:
        return rows
    texts = [rows[number][place].text for place in values]
    row = _texted(rows[number], labels[-1], rows[number][labels[-1]].text + rng.choice(("", *_ENDS)) + texts[0])
    left = rng.choice(([*texts[1:], ""], ["", *texts[1:]]))
    for place, text in zip(values, left, strict=True):
        row = _texted(row, place, text)
    return _with(rows, number, row)


def half_twice(rows: Rows, rng: Random) -> Rows:
    """A page is there twice."""
    above, below = cut(rows, rng.randint(1, len(rows) - 1), repeat_label=rng.random() < 0.5)
    return rng.choice((above + above + below, above + below + below))


def split_value(rows: Rows, rng: Random) -> Rows:
    """A figure is cut in two, each part in a cell of its own."""
    number = rng.choice(_body(rows))
    places = [place for place in _values(rows[number]) if len(rows[number][place].text) > 1]
    if not places:
        return rows
    place = rng.choice(places)
    box = rows[number][place]
    at = rng.randrange(1, len(box.text))
    parts = [replace(box, text=box.text[:at], colspan=1), Box(box.text[at:], max(1, box.colspan - 1), is_value=True)]
    return _with(rows, number, [*rows[number][:place], *parts, *rows[number][place + 1 :]])


def header_reaches_down(rows: Rows, rng: Random) -> Rows:
    """A header cell spans the first row of figures too, and a figure of that row is gone."""
    number = max(number for number, _ in _headers(rows))
    below = number + 1
    if below not in _body(rows):
        return rows
    places = [place for at, place in _headers(rows) if at == number]
    place = rng.choice(places)
    out = _copy(rows)
    out[number][place] = replace(out[number][place], rowspan=2)
    values = _values(rows[below])
    gone = values[min(place, len(values) - 1)]
    return _with(out, below, rows[below][:gone] + rows[below][gone + 1 :])


CHANGES: tuple[Change, ...] = (
    join_rows,
    label_above_values,
    label_with_value,
    half_twice,
    split_value,
    header_reaches_down,
)
