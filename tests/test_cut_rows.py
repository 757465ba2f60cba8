"""Rows of text tables that lost a cell, beside blanks of their own: what is left stands in no column for certain."""

from collections.abc import Callable

import pytest

from extract.reading import read
from tests.kit import form, tables
from tests.kit.grades import Grades, grade
from tests.kit.padded import padded
from tests.kit.tables import Rows
from tests.kit.truth import Truth, make_report, without_zeros

TABLE_OF = {2: tables.disclosure, 3: tables.requests, 4: tables.review}
LABELS = ("规章", "行政规范性文件", "规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费", "政府集中采购")
SEEDS = range(8)


def each_position(rows: Rows) -> list[list[str]]:
    """Merged cells as their text and blank cells: one for each position of the grid."""
    return [[box.text if top and left else "" for box, top, left in line] for line in tables.positions(rows)]


def each_span(rows: Rows) -> list[list[str]]:
    return [[text for box in row for text in [box.text, *[""] * (box.colspan - 1)]] for row in rows]


def each_cell(rows: Rows) -> list[list[str]]:
    return [[box.text for box in row] for row in rows]


def below_merged(rows: Rows) -> list[list[str]]:
    return [[box.text if top else "" for box, top, left in line if left] for line in tables.positions(rows)]


STYLES = {"positions": each_position, "spans": each_span, "cells": each_cell, "below merged": below_merged}


def text_of(truth: Truth, cells: Callable[[Rows], list[list[str]]], keeps_blanks: bool = True) -> list[str]:
    parts = [truth.title]
    for number in range(1, 7):
        parts += [form.HEADINGS[number - 1], *truth.sections[number - 1]]
        if number in TABLE_OF:
            rows = cells(TABLE_OF[number](truth))
            parts += [" | ".join(cell for cell in row if cell or keeps_blanks) + " |" for row in rows]
    return [*parts, truth.agency]


def report(seed: int) -> Truth:
    return make_report(seed, ("2021", "2019")[seed % 2], "dense", blanks=True)


@pytest.mark.parametrize("style", STYLES)
def test_tables_between_bars_are_read(style: str) -> None:
    found = Grades()
    for seed in SEEDS:
        found += grade(read("\n".join(text_of(report(seed), STYLES[style])).encode()), report(seed).cells)
    assert found.silent == []
    assert found.flagged <= 0.02 * found.total()


@pytest.mark.parametrize("style", STYLES)
def test_a_row_with_blanks_that_lost_a_cell_is_not_read(style: str) -> None:
    for seed in SEEDS:
        truth = report(seed)
        lines = text_of(truth, STYLES[style])
        for place, line in enumerate(lines):
            label, *cells = line.split(" | ")
            if label in LABELS:
                for lost in range(len(cells)):
                    row = " | ".join([label, *cells[:lost], *cells[lost + 1 :]])
                    found = read("\n".join([*lines[:place], row, *lines[place + 1 :]]).encode())
                    assert grade(found, truth.cells).silent == [], row


@pytest.mark.parametrize("style", ["cells", "below merged"])
def test_a_row_with_blanks_and_a_cell_too_many_is_not_read(style: str) -> None:
    for seed in SEEDS:
        truth = report(seed)
        lines = text_of(truth, STYLES[style])
        for place, line in enumerate(lines):
            label, *cells = line.removesuffix(" |").split(" | ")
            if label in LABELS and not all(cells):
                for more in range(1, len(cells)):
                    row = " | ".join([label, *cells[:more], "", *cells[more:]]) + " |"
                    found = read("\n".join([*lines[:place], row, *lines[place + 1 :]]).encode())
                    assert grade(found, truth.cells).silent == [], row


def test_below_a_header_that_lost_a_cell_figures_without_their_blanks_are_not_read() -> None:
    for seed in SEEDS:
        truth = without_zeros(make_report(seed, ("2021", "2019")[seed % 2], "sparse"))
        lines = text_of(truth, each_cell, keeps_blanks=False)
        for place, line in enumerate(lines):
            first, *cells = line.removesuffix(" |").split(" | ")
            for lost in range(len(cells)) if first == "信息内容" else ():
                header = " | ".join([first, *cells[:lost], *cells[lost + 1 :]]) + " |"
                found = read("\n".join([*lines[:place], header, *lines[place + 1 :]]).encode())
                assert grade(found, truth.cells).silent == [], header


def test_a_header_joined_to_a_row_doubts_it() -> None:
    truth = make_report(3, "2019", "dense")
    lines = text_of(truth, each_cell)
    place = next(place for place, line in enumerate(lines) if line.startswith("行政许可"))
    lines[place - 1] = lines[place - 1].removesuffix(" |")
    found = read("\n".join(lines).encode())
    assert ("label", "licensing") in {(said.rule, said.where.get("row")) for said in found.findings}


def test_a_label_whose_bar_opens_the_next_line_is_read() -> None:
    for seed in SEEDS:
        truth = make_report(seed, ("2021", "2019")[seed % 2], "dense")
        text = padded(truth, "row", keeps_blanks=False)
        broken = text.replace(f"\n{form.RESULTS_LABEL} |", f"\n{form.RESULTS_LABEL}\n|")
        assert broken != text
        grades = grade(read(broken.encode()), truth.cells)
        assert (grades.flagged, grades.silent) == (0, [])
