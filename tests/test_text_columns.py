"""Tables in text that keep their columns with spaces: blanks are where nothing stands below a header."""

import unicodedata
from collections.abc import Callable
from random import Random

import pytest

from extract.reading import read
from tests.kit import form, tables
from tests.kit.mutants import changed_in_silence
from tests.kit.truth import Truth, make_report

_SECTIONS = {2: tables.disclosure, 3: tables.requests, 4: tables.review}


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _very_wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def _left(text: str, room: int) -> str:
    return text + " " * room


def _right(text: str, room: int) -> str:
    return " " * room + text


def _centred(text: str, room: int) -> str:
    return " " * (room // 2) + text + " " * (room - room // 2)


def printed(rows: tables.Rows, wide: Callable[[str], int], put: Callable[[str, int], str]) -> list[str]:
    """Write a table with each column as wide as its longest cell."""
    lines = [
        [box.text if is_top and is_left else "" for box, is_top, is_left in line] for line in tables.positions(rows)
    ]
    widths = [max(map(wide, column)) + 2 for column in zip(*lines, strict=True)]
    return ["".join(put(text, width - wide(text)) for text, width in zip(line, widths, strict=True)) for line in lines]


def report(truth: Truth, wide: Callable[[str], int], put: Callable[[str, int], str]) -> list[str]:
    lines = [truth.title]
    for number, rows in _SECTIONS.items():
        lines += [form.HEADINGS[number - 1], *printed(rows(truth), wide, put)]
    return [*lines, form.HEADINGS[4], "无。"]


def missed(lines: list[str], truth: Truth) -> list[object]:
    found = {cell[:4]: (cell.state, cell.value) for cell in read("\n".join(lines).encode(), "report.txt").cells}
    return [
        cell
        for cell in truth.cells
        if found.get((cell["table"], cell["row"], cell["item"], cell["column"])) != (cell["state"], cell["value"])
    ]


@pytest.mark.parametrize("wide", [_wide, _very_wide, len])
@pytest.mark.parametrize("put", [_left, _right, _centred])
def test_blanks_of_a_table_that_keeps_its_columns_are_read(
    wide: Callable[[str], int], put: Callable[[str, int], str]
) -> None:
    for seed, template in ((1, "2021"), (2, "2019")):
        truth = make_report(seed, template, "dense", blanks=True)
        assert missed(report(truth, wide, put), truth) == []


def test_lines_with_single_spaces_leave_blanks_unread() -> None:
    truth = make_report(1, "2021", "dense", blanks=True)
    lines = [" ".join(line.split()) for line in report(truth, _wide, _left)]
    assert missed(lines, truth)
    reading = read("\n".join(lines).encode(), "report.txt")
    assert changed_in_silence(reading, truth.cells) == []
    assert {cell.state for cell in reading.cells if cell.table == "review"} != {"blank"}


def test_one_figure_below_no_header_leaves_no_column_certain() -> None:
    truth = make_report(1, "2021", "dense", blanks=True)
    lines = report(truth, _wide, _left)
    place = next(number for number, line in enumerate(lines) if "一、本年新收" in line)
    label, _, figures = lines[place].partition(" ")
    spoiled = [*lines[:place], f"{label} 7 {figures.strip()}", *lines[place + 1 :]]
    assert len(missed(spoiled, truth)) > len(truth.cells) // 10
    assert changed_in_silence(read("\n".join(spoiled).encode(), "report.txt"), truth.cells) == []


def test_a_spoiled_line_gives_no_other_number_in_silence() -> None:
    for seed in range(40):
        rng = Random(seed)
        truth = make_report(seed % 4, "2021", "dense" if seed % 2 else "sparse", blanks=True)
        lines = report(truth, _wide, (_left, _right, _centred)[seed % 3])
        place = rng.choice([number for number, line in enumerate(lines) if line[-9:].strip().isdigit()])
        line = lines[place]
        at = rng.randrange(len(line))
        changed = (line[:at] + " " * rng.randrange(1, 9) + line[at:], line[:at] + line[at + rng.randrange(1, 9) :], "")
        lines[place] = rng.choice(changed)
        reading = read("\n".join(lines).encode(), "report.txt")
        assert changed_in_silence(reading, truth.cells, {"disclosure"}) == [], (seed, line, lines[place])
