"""A report as the text of a portal's page, its tables flattened in the manners that copies of real pages show."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from tests.kit import form, tables
from tests.kit.tables import Rows
from tests.kit.truth import Truth

_TABLE_OF = {2: tables.disclosure, 3: tables.requests, 4: tables.review}
_CUT_HEADERS = {"本年新制作数量": "本年新", "本年新公开数量": "本年新"}
_LOST_SIGNS = {"现行有效件数": "现行有效件", "本年增/减": "本年增/"}

Flatten = Callable[[Rows], Iterator[str]]


def _texts(rows: Rows) -> Iterator[tuple[list[str], int]]:
    """Yield the texts of each row's own cells, and how many positions it takes up beyond them (not told of the last)."""
    width = tables.width(rows)
    for row in rows:
        yield [box.text for box in row], width - len(row) if row is not rows[-1] else 0


def row_bars(rows: Rows) -> Iterator[str]:
    """A row a line, a bar behind every cell, more bars where cells are merged."""
    for texts, missing in _texts(rows):
        yield "".join(f"{text} | ".lstrip() for text in texts) + "|" * missing


def leading_bars(rows: Rows) -> Iterator[str]:
    """The same with a bar before every row."""
    yield from (f"| {line}" for line in row_bars(rows))


def spanning_bars(rows: Rows) -> Iterator[str]:
    """A row a line between bars, with an empty cell for each further column of a merged one; below it there is none."""
    for row in rows:
        yield "".join(f"| {box.text} {'| ' * (box.colspan - 1)}" for box in row) + "|"


def bars_above_rows(rows: Rows) -> Iterator[str]:
    """A cell a line with a bar behind it, a bar alone above every row."""
    for texts, missing in _texts(rows):
        yield "|"
        yield from (f"{text} |" if text else "|" for text in texts[:-1])
        yield f"{texts[-1]} | {'|' * missing}".strip()


def bars_below_cells(rows: Rows) -> Iterator[str]:
    """A cell a line, a bar alone below it; merged cells leave no trace."""
    for texts, _ in _texts(rows):
        for text in texts:
            yield from (text, "|")


def paragraphs(rows: Rows) -> Iterator[str]:
    """A cell a paragraph; empty and merged cells leave no trace."""
    for texts, _ in _texts(rows):
        for text in filter(None, texts):
            yield from (text, "")


FLATTENED: dict[str, Flatten] = {
    "row_bars": row_bars,
    "leading_bars": leading_bars,
    "spanning_bars": spanning_bars,
    "bars_above_rows": bars_above_rows,
    "bars_below_cells": bars_below_cells,
    "paragraphs": paragraphs,
}
"""Ways to flatten a table."""


def _as_printed(truth: Truth, rng: Random) -> dict[str, str]:
    """Return the labels that this copy shows otherwise than the form: at most one kind of them."""
    cut = _CUT_HEADERS if truth.template == "2019" else {}
    return rng.choice(({}, {}, cut, _LOST_SIGNS))


def render(truth: Truth, rng: Random, name: str) -> str:
    """Print a report with its tables flattened as ``FLATTENED`` says; the first section has headings of its own."""
    renamed = _as_printed(truth, rng)
    lines = [truth.title]
    for number, heading in enumerate(form.HEADINGS, 1):
        lines.append(heading)
        lines += truth.sections[number - 1]
        lines += ["（一）主动公开情况", "已在第一部分说明。", "（二）依申请公开情况"] if number == 1 else []
        if number in _TABLE_OF:
            lines += FLATTENED[name](_renamed(_TABLE_OF[number](truth), renamed))
    return "\n".join(lines)


def _renamed(rows: Rows, names: dict[str, str]) -> Rows:
    return [[replace(box, text=names.get(box.text, box.text)) for box in row] for row in rows]
