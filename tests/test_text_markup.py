"""Text tables among signs that are no part of what is printed: breaks and bold type in cells, spaces that do not break, blank
lines around bars, empty columns, and the line of an article that was lost."""

from collections.abc import Callable
from random import Random

import pytest

from benchmarks._gaps import report as with_gaps
from extract.reading import read
from extract.sniff import media_type
from tests.kit import form, tables
from tests.kit.grades import grade
from tests.kit.padded import padded
from tests.kit.portal_texts import render
from tests.kit.tables import Box, Rows
from tests.kit.truth import Truth, make_report

TABLE_OF = {2: tables.disclosure, 3: tables.requests, 4: tables.review}
SEEDS = range(6)


def written(truth: Truth, write: Callable[[Rows], list[str]]) -> str:
    parts = [truth.title]
    for number in range(1, 7):
        parts += [form.HEADINGS[number - 1], *truth.sections[number - 1]]
        parts += write(TABLE_OF[number](truth)) if number in TABLE_OF else []
    return "\n".join((*parts, truth.agency))


def markdown(cell: Callable[[Box], str]) -> Callable[[Rows], list[str]]:
    def write(rows: Rows) -> list[str]:
        lines = [
            "| " + " | ".join(cell(box) if top and left else "" for box, top, left in line) + " |"
            for line in tables.positions(rows)
        ]
        return [lines[0], "|" + " --- |" * tables.width(rows), *lines[1:]]

    return write


def with_break(box: Box) -> str:
    return box.text if box.is_value or len(box.text) < 4 else f"{box.text[:2]}<br>{box.text[2:]}"


def in_bold(box: Box) -> str:
    return f"**{box.text}**" if box.text else ""


def with_empty_column(rows: Rows) -> list[str]:
    """A cell a line, rows filled up for one column more than the form has."""
    width = tables.width(rows) + 1
    return [line for row in rows for line in (*(f"{box.text} |".lstrip() for box in row), "|" * (width - len(row)))]


def report(seed: int, blanks: bool) -> Truth:
    return make_report(seed, ("2021", "2019")[seed % 2], "dense", blanks=blanks)


@pytest.mark.parametrize("blanks", [False, True])
@pytest.mark.parametrize("write", [markdown(with_break), markdown(in_bold), with_empty_column])
def test_signs_in_cells_and_columns_without_a_head_change_nothing(
    write: Callable[[Rows], list[str]], blanks: bool
) -> None:
    for seed in SEEDS:
        truth = report(seed, blanks)
        found = read(written(truth, write).encode(), "report.txt")
        grades = grade(found, truth.cells)
        assert grades.silent == []
        assert grades.flagged <= (0.02 * grades.total() if blanks else 0)
        assert (found.agency, found.year) == (truth.agency, truth.year)


def test_markdown_with_breaks_in_its_cells_is_text_and_a_page_is_a_page() -> None:
    text = written(report(0, False), markdown(with_break))
    assert media_type(text.encode()) == "text/plain"
    assert media_type(text.replace("。", "。<br>").encode()) == "text/html"


def test_signs_of_markup_and_quotations_are_read() -> None:
    for seed in SEEDS:
        truth = report(seed, False)
        text = written(truth, markdown(lambda box: box.text)).replace("“", "&ldquo;").replace("”", "&rdquo;")
        for quoted in (text, text.replace("\n|", "\n> |")):
            grades = grade(read(quoted.encode(), "report.txt"), truth.cells)
            assert (grades.flagged, grades.silent) == (0, [])


def test_digits_on_both_sides_of_a_break_are_no_number() -> None:
    text = written(report(0, False), markdown(lambda box: box.text))
    row = next(line for line in text.split("\n") if line.startswith("| 行政许可 |"))
    figure = row.split(" | ")[1]
    broken = text.replace(row, row.replace(figure, f"{figure[:1]}<br>{figure[1:]}"))
    cells = [cell.state for cell in read(broken.encode()).cells if cell.row == "licensing"]
    assert cells[0] == "unreadable"


def test_blank_lines_around_bars_are_nothing() -> None:
    for seed in SEEDS:
        truth = report(seed, False)
        text = render(truth, Random(seed), "bars_below_cells")
        grades = grade(read(text.replace("\n", "\n\n").encode(), "report.txt"), truth.cells)
        assert (grades.flagged, grades.silent) == (0, [])


@pytest.mark.parametrize("style", ["row", "cells"])
def test_spaces_that_do_not_break_are_spaces(style: str) -> None:
    for seed in SEEDS:
        truth = with_gaps(seed)
        text = padded(truth, style, keeps_blanks=False)
        spaced = grade(read(text.replace(" |", "\xa0|").encode()), truth.cells)
        plain = grade(read(text.encode()), truth.cells)
        assert spaced.silent == []
        assert spaced.right == plain.right


def test_a_row_of_bars_whose_words_are_lost_does_not_make_filling_blank() -> None:
    for seed in SEEDS:
        truth = with_gaps(seed)
        lines = padded(truth, "cells", keeps_blanks=False).split("\n")
        for lost in range(len(lines)):
            if lines[lost].startswith("第二十条"):
                found = read("\n".join(lines[:lost] + lines[lost + 1 :]).encode())
                assert grade(found, truth.cells).silent == []


def test_rows_without_the_lines_of_their_articles_are_not_read_in_other_columns() -> None:
    for seed in SEEDS:
        truth = report(seed, True)
        lines = padded(truth, "cells", keeps_blanks=False).split("\n")
        found = read("\n".join(line for line in lines if not line.startswith("第二十条")).encode())
        assert grade(found, truth.cells).silent == []
