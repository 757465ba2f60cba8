"""What the kit renders, the reader reads back: every cell of every layout and style, or a flag, never another number."""

from collections.abc import Callable
from random import Random

import pytest

from extract.forms import read_form
from extract.forms.settle import settle
from extract.forms.slots import FormRow, Printed
from extract.model import RECOGNISED, Document, Finding, FormCell, Grid, GridCell, Reading
from extract.reading import read
from extract.templates.y2021 import TEMPLATE
from tests.kit import pdf, text_lines
from tests.kit.html_styles import STYLES
from tests.kit.text_layouts import LAYOUTS, PRINTS, SHOWS_BLANKS
from tests.kit.truth import Truth, TruthCell, make_report

SEEDS = range(12)
TEMPLATE_OF = {"cell_lines": "2019"}

Key = tuple[str, str, str | None, str]


def cells_of(reading: Reading) -> dict[Key, FormCell]:
    return {(cell.table, cell.row, cell.item, cell.column): cell for cell in reading.cells}


def wrong(reading: Reading, truth: Truth) -> list[tuple[TruthCell, FormCell | None]]:
    """Cells whose state or value is not the truth's."""
    found = cells_of(reading)
    return [
        (cell, found.get((cell["table"], cell["row"], cell["item"], cell["column"])))
        for cell in truth.cells
        if (read_cell := found.get((cell["table"], cell["row"], cell["item"], cell["column"]))) is None
        or (read_cell.state, read_cell.value) != (cell["state"], cell["value"])
    ]


def silently_wrong(reading: Reading, truth: Truth) -> list[object]:
    """Cells that claim a number, a blank or a mark that the truth does not have."""
    found = cells_of(reading)
    return [
        (cell, read_cell)
        for cell in truth.cells
        if (read_cell := found.get((cell["table"], cell["row"], cell["item"], cell["column"]))) is not None
        and read_cell.state in ("reported", "blank", "mark")
        and (read_cell.state, read_cell.value) != (cell["state"], cell["value"])
    ]


def failures(reading: Reading) -> list[Finding]:
    return [finding for finding in reading.findings if finding.verdict == "FAIL"]


def report(seed: int, layout: str, style: str, **options: bool) -> Truth:
    form = TEMPLATE_OF.get(layout) or ("2021" if seed % 4 else "2019")
    return make_report(seed, "2019" if form == "2019" else "2021", "dense" if style == "dense" else "sparse", **options)


@pytest.mark.parametrize("style", ["sparse", "dense"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_text_layouts_come_back_exact(layout: str, style: str) -> None:
    for seed in SEEDS:
        truth = report(seed, layout, style)
        reading = read(LAYOUTS[layout](truth, Random(seed)).encode(), "report.txt")
        assert wrong(reading, truth) == []
        assert failures(reading) == []
        for fact in PRINTS[layout]:
            assert getattr(reading, fact) == getattr(truth, fact)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_marks_in_text_stay_marks(layout: str) -> None:
    for seed in SEEDS:
        truth = report(seed, layout, "dense", marks=True)
        assert wrong(read(LAYOUTS[layout](truth, Random(seed)).encode(), "report.txt"), truth) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_blanks_in_text_are_blank_or_flagged_never_a_number(layout: str) -> None:
    for seed in SEEDS:
        truth = report(seed, layout, "sparse" if seed % 2 else "dense", blanks=True)
        reading = read(LAYOUTS[layout](truth, Random(seed)).encode(), "report.txt")
        assert silently_wrong(reading, truth) == []
        if layout in ("pipes", "cell_lines"):
            assert layout in SHOWS_BLANKS
            # What fills a row up at its end is a bar, too: in the layout that does so a row that ends blank may be unread.
            filled = _rows_that_end_blank(truth) if layout == "pipes" else set()
            assert [cell for cell, _ in wrong(reading, truth) if _row_of(cell) not in filled] == []


def _rows_that_end_blank(truth: Truth) -> set[tuple[str, ...]]:
    last = {_row_of(cell): cell for cell in truth.cells if cell["state"] != "absent"}
    return {row for row, cell in last.items() if cell["state"] == "blank"}


def _row_of(cell: TruthCell) -> tuple[str, ...]:
    """Return the row that a cell is printed in; all of table 3 is one."""
    return (cell["table"],) if cell["table"] == "review" else (cell["table"], cell["row"], cell["item"] or "")


@pytest.mark.parametrize(
    "options", [{}, {"blanks": True}, {"marks": True}, {"merged_other": True}, {"remarks": True}], ids=str
)
@pytest.mark.parametrize("style", STYLES)
def test_html_styles_come_back_exact(style: str, options: dict[str, bool]) -> None:
    for seed in range(3):
        truth = make_report(
            seed * 7 + 1, "2021" if seed or options else "2019", "dense" if seed % 2 else "sparse", **options
        )
        reading = read(STYLES[style](truth, Random(seed)), "")
        assert wrong(reading, truth) == []
        assert failures(reading) == []
        identity = (reading.agency, reading.year, reading.template, reading.published)
        assert identity == (truth.agency, truth.year, truth.template, truth.published)


@pytest.mark.parametrize(
    "render",
    [
        lambda truth, rng: pdf.render(truth, rng),
        lambda truth, rng: pdf.render(truth, rng, landscape=True, rules="fills"),
        lambda truth, rng: pdf.render(truth, rng, rules="boxes"),
        lambda truth, rng: pdf.render(truth, rng, narrow=True),
    ],
    ids=["portrait", "landscape", "boxes", "digits broken in their cells"],
)
def test_pdf_comes_back_exact(render: Callable[[Truth, Random], bytes]) -> None:
    for seed in range(3):
        truth = make_report(seed, "2021" if seed else "2019", "dense" if seed % 2 else "sparse")
        assert wrong(read(render(truth, Random(seed)), ""), truth) == []


def test_a_broken_sum_is_the_agencys_and_stays() -> None:
    for seed in SEEDS:
        truth = make_report(seed, "2021", "dense", broken=True)
        reading = read(STYLES["clean"](truth, Random(seed)), "")
        assert wrong(reading, truth) == []
        assert failures(reading)
        assert all(finding.expected != finding.actual for finding in failures(reading))


def test_cells_come_in_template_order_with_their_place_and_print() -> None:
    truth = make_report(5, "2021", "dense")
    reading = read(STYLES["clean"](truth, Random(5)), "")
    keys = [(cell["table"], cell["row"], cell["item"], cell["column"]) for cell in truth.cells]
    assert [key for key in cells_of(reading) if key in keys] == keys
    assert all(cell.at and cell.raw for cell in reading.cells if cell.state == "reported")


def test_split_digits_are_joined_only_where_a_sum_proves_it() -> None:
    proved = 0
    for seed in range(30):
        truth = make_report(seed, "2021", "dense")
        reading = read(text_lines.render(truth, Random(seed), split_digits=True).encode(), "report.txt")
        assert silently_wrong(reading, truth) == []
        proved += any(finding.rule == "ambiguous_layout" for finding in reading.findings)
    assert proved


APPLICANTS = (
    "natural_person",
    "business",
    "research_institute",
    "welfare_organization",
    "legal_service",
    "other",
    "total",
)


@pytest.mark.parametrize(
    ("printed", "joined"),
    [
        ("48/2 27/1 10/0 16/0 21/0 13/0 135/3", False),  # two rows in one: both add up, and so do the numbers joined
        ("48/2 - - - - - 48/2", False),
        ("48/2 27/1 0 0 0 0 75/3", True),
        ("48/7 27/8 10/0 16/0 21/0 13/0 136/5", True),  # one is carried: the lines do not add up
    ],
)
def test_numbers_over_two_lines_may_be_two_rows(printed: str, joined: bool) -> None:
    cells = tuple(
        Printed(cell.replace("-", "").replace("/", "\n"), f"c{place}") for place, cell in enumerate(printed.split())
    )
    (row,), findings = settle([FormRow("requests", "carried_out", None, APPLICANTS, (cells,), "r")], TEMPLATE)
    assert (row.options != (cells,)) is joined
    assert [finding.rule for finding in findings] == ["ambiguous_layout"]


def test_a_row_not_found_on_a_scan_is_unreadable_and_elsewhere_absent() -> None:
    cells = tuple(GridCell(0, place, text, f"c{place}") for place, text in enumerate(["行政许可", "5"]))
    header = tuple(GridCell(0, place, text, f"h{place}") for place, text in enumerate(["信息内容", "本年处理决定数量"]))
    grid = Grid(2, 2, (*header, *(cell._replace(row=1) for cell in cells)), "t")
    for notes, state in ((), "absent"), ((Finding(RECOGNISED, "NOT_ASSESSABLE"),), "unreadable"):
        form = read_form(Document("image/png", (grid,), notes=notes), 2022)
        states = {(cell.row, cell.column): cell.state for cell in form.cells}
        assert states["licensing", "decisions"] == "reported"
        assert states["new", "total"] == state
