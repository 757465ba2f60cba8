"""Changes of what cells say and span: figures turned around or behind a blank, signs, units, headers of other columns."""

import re
from dataclasses import replace
from random import Random

from extract.labels import vocabulary
from tests.kit.mutants.rows import Change, _body, _copy, _headers, _labelled, _labels, _texted, _values, _with
from tests.kit.tables import Box, Rows

_UNITS = ("元", "千元", "亿元")
_MINUS = ("-", "−", "－")
_TABLES = {"规章": "disclosure", "自然人": "requests", "结果维持": "review"}


def rotate_values(rows: Rows, rng: Random) -> Rows:
    """All figures of a row go some places on, the last ones to its beginning."""
    number = rng.choice(_body(rows))
    texts = [rows[number][place].text for place in _values(rows[number])]
    by = rng.randrange(1, max(len(texts), 2))
    return _with_texts(rows, number, texts[by:] + texts[:by])


def values_behind_blank(rows: Rows, rng: Random) -> Rows:
    """A blank comes into a row: the figures right of it go one cell on, and the last is lost."""
    number = rng.choice(_body(rows))
    texts = [rows[number][place].text for place in _values(rows[number])]
    at = rng.randrange(len(texts))
    return _with_texts(rows, number, [*texts[:at], "", *texts[at:-1]])


def _with_texts(rows: Rows, number: int, texts: list[str]) -> Rows:
    row = list(rows[number])
    for place, text in zip(_values(row), texts, strict=True):
        row[place] = replace(row[place], text=text)
    return _with(rows, number, row)


def row_to_another_group(rows: Rows, rng: Random) -> Rows:
    """A row goes, with its label and figures, below another one: its group's label is now another."""
    plain = [number for number in _body(rows) if all(box.rowspan == 1 for box in rows[number])]
    if len(plain) < 2:
        return rows
    source, target = rng.sample(plain, 2)
    kept = [row for number, row in enumerate(_copy(rows)) if number != source]
    at = target - (source < target) + 1
    return [*kept[:at], list(rows[source]), *kept[at:]]


def rename_header_as_another(rows: Rows, rng: Random) -> Rows:
    """A header cell takes the label that a form has for another column of the table."""
    texts = {box.text for row in rows for box in row}
    table = next(name for label, name in _TABLES.items() if label in texts)
    labels = sorted(vocabulary().columns[table])
    known = [
        (number, place) for number, place in _headers(rows) if vocabulary().column(rows[number][place].text, table)
    ]
    number, place = rng.choice(known or _headers(rows))
    return _with(rows, number, _texted(rows[number], place, rng.choice(labels)))


def change_span(rows: Rows, rng: Random) -> Rows:
    """A cell of a row with figures spans a column more or less."""
    number = rng.choice(_body(rows))
    place = rng.randrange(len(rows[number]))
    box = rows[number][place]
    changed = replace(box, colspan=max(1, box.colspan + rng.choice((-1, 1, 2))))
    return _with(rows, number, [*rows[number][:place], changed, *rows[number][place + 1 :]])


def change_minus(rows: Rows, rng: Random) -> Rows:
    """A figure loses its minus sign, or gets one."""
    places = [
        (number, place) for number in _body(rows) for place in _values(rows[number]) if _number(rows[number][place])
    ]
    if not places:
        return rows
    number, place = rng.choice(places)
    text = rows[number][place].text
    bare = text.lstrip("".join(_MINUS))
    return _with(rows, number, _texted(rows[number], place, rng.choice(_MINUS) + text if bare == text else bare))


def _number(box: Box) -> bool:
    return bool(re.search("[1-9]", box.text))


def change_unit(rows: Rows, rng: Random) -> Rows:
    """A header or a figure gets another unit, or a unit at all."""
    headers = [(number, place) for number, place in _headers(rows) if "万元" in rows[number][place].text]
    if headers and rng.random() < 0.5:
        number, place = rng.choice(headers)
        text = rows[number][place].text.replace("万元", rng.choice(_UNITS))
        return _with(rows, number, _texted(rows[number], place, text))
    number = rng.choice(_body(rows))
    place = rng.choice(_values(rows[number]))
    text = rows[number][place].text + rng.choice(("万", "%", "元", "万件", "千"))
    return _with(rows, number, _texted(rows[number], place, text))


def labels_one_row_lower(rows: Rows, rng: Random) -> Rows:
    """From one row on each label stands a row lower, and that row has its own again."""
    numbers = [number for number in _labelled(rows) if _labels(rows[number])]
    if len(numbers) < 2:
        return rows
    start = rng.randrange(len(numbers) - 1)
    out = _copy(rows)
    for above, below in zip(numbers[start:], numbers[start + 1 :], strict=False):
        text = rows[above][_labels(rows[above])[-1]].text
        out[below] = _texted(rows[below], _labels(rows[below])[-1], text)
    return out


CHANGES: tuple[Change, ...] = (
    rotate_values,
    values_behind_blank,
    row_to_another_group,
    rename_header_as_another,
    change_span,
    change_minus,
    change_unit,
    labels_one_row_lower,
)
