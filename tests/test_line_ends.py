"""Texts that another program wrote once more: line ends doubled or lost, lines indented or trimmed, cells joined by bars."""

import re
from collections.abc import Callable
from random import Random

import pytest

from extract.model import Reading
from extract.reading import read
from tests.kit.grades import grade
from tests.kit.text_layouts import LAYOUTS
from tests.kit.truth import Truth, make_report

Change = Callable[[str], str]

KEPT: dict[str, Change] = {
    "blocks joined by blank lines": lambda text: text.replace("\n", "\n\n"),
    "line ends of Windows written once more": lambda text: text.replace("\n", "\r\r\n"),
    "indented": lambda text: re.sub("^", "    ", text, flags=re.MULTILINE),
    "quoted": lambda text: re.sub("^", "> ", text, flags=re.MULTILINE),
}
"""Changes that lose nothing."""

LOST: dict[str, Change] = {
    "in one line": lambda text: re.sub(r" *\n[ \n]*", " ", text),
    "in one line, tabs too": lambda text: re.sub(r"\s+", " ", text),
    "no line end at all": lambda text: text.replace("\n", ""),
    "without blank lines": lambda text: re.sub(r"\n(?: *\n)+", "\n", text),
    "without anything blank": lambda text: re.sub(r"\n\s*\n", "\n", text),
    "trimmed": lambda text: "\n".join(line.strip() for line in text.split("\n")),
    "trimmed at the end": lambda text: "\n".join(line.rstrip() for line in text.split("\n")),
    "without blank lines, a tab doubled": lambda text: re.sub(r"\n(?: *\n)+", "\n", text).replace(
        "\t0\n", "\t\t0\n", 9
    ),
    "one space for all": lambda text: re.sub(r"[ \t]+", " ", text),
}
"""Changes that may lose blanks and the ends of rows."""

SEEDS = range(3)


def report(layout: str, seed: int, figures: str) -> tuple[Truth, str]:
    truth = make_report(seed, "2021" if seed % 2 else "2019", figures)  # type: ignore[arg-type]
    return truth, LAYOUTS[layout](truth, Random(seed))


def facts(reading: Reading) -> object:
    cells = [(cell.table, cell.row, cell.item, cell.column, cell.state, cell.value) for cell in reading.cells]
    return reading.outcome, reading.agency, reading.year, reading.title, len(reading.sections), cells


@pytest.mark.parametrize("figures", ["dense", "sparse"])
@pytest.mark.parametrize("change", KEPT)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_loses_nothing_changes_nothing(layout: str, change: str, figures: str) -> None:
    for seed in SEEDS:
        _, text = report(layout, seed, figures)
        assert facts(read(KEPT[change](text).encode())) == facts(read(text.encode()))


@pytest.mark.parametrize("layout", ["lines", "tabs", "ragged_tabs", "cell_lines", "pipes"])
def test_a_report_without_blanks_is_read_from_one_line(layout: str) -> None:
    for seed in SEEDS:
        truth, text = report(layout, seed, "dense")
        reading = read(LOST["in one line"](text).encode())
        assert grade(reading, truth.cells).right == len(truth.cells)
        assert (reading.year, len(reading.sections)) == (read(text.encode()).year, 6)


def test_a_long_paragraph_and_a_table_of_contents_are_left_as_they_are() -> None:
    headings = "一、总体情况 二、主动公开政府信息情况 三、收到和处理政府信息公开申请情况 四、政府信息公开行政复议、行政诉讼情况"
    _, text = report("tabs", 1, "dense")
    long = "本机关 认真 办理。" * 200
    reading = read(f"{headings}\n{text}\n{long}".encode())
    assert long in reading.sections[-1].text
    assert facts(reading)[-1] == facts(read(text.encode()))[-1]  # type: ignore[index]


@pytest.mark.parametrize("change", LOST)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("figures", ["dense", "sparse"])
def test_what_loses_blanks_tells_no_wrong_number(layout: str, change: str, figures: str) -> None:
    for seed in (*SEEDS, 3, 4, 5):
        truth, text = report(layout, seed, figures)
        assert grade(read(LOST[change](text).encode()), truth.cells).silent == []


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u00ad"])
@pytest.mark.parametrize("layout", ["tabs", "ragged_tabs", "cell_lines"])
def test_signs_without_width_are_no_figures(layout: str, sign: str) -> None:
    for seed in SEEDS:
        truth, text = report(layout, seed, "sparse")
        found = grade(read(text.replace("\t", f"\t{sign}").encode()), truth.cells)
        assert (found.right, found.silent) == (grade(read(text.encode()), truth.cells).right, [])


@pytest.mark.parametrize("bar", ["|", " | "])
@pytest.mark.parametrize("figures", ["dense", "sparse"])
@pytest.mark.parametrize("layout", ["tabs", "ragged_tabs"])
def test_bars_between_the_cells_of_a_row_are_as_good_as_tabs(layout: str, figures: str, bar: str) -> None:
    for seed in SEEDS:
        _, text = report(layout, seed, figures)
        assert facts(read(text.replace("\t", bar).encode()))[-1] == facts(read(text.encode()))[-1]  # type: ignore[index]
