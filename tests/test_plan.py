"""A report read by the plan of its shape is read as if it were the first of its kind, whatever numbers it prints."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from extract.formats.docx import FORMAT as DOCX
from extract.formats.html import FORMAT as HTML
from extract.forms import FormReading, read_form, read_twice
from extract.forms.plan import _plan
from extract.forms.second import flattened
from extract.forms.shape import taken_apart
from extract.identity.identify import identify
from extract.model import Document, Finding, Grid, GridCell
from tests.comparing import truths
from tests.kit import docx, form2014, styles2014
from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report

FIGURES = ("0", "7", "12", "1,234", "３", "-4", "2.5")
WORDS = (
    "",
    "/",
    "无",
    "9件",
    "3（其中1件）",
    "1 2",
    "007",
    "其他",
    "总计",
    "备注",
    "777000000003",
    "７７７０００００００３",
    "\ue0003\ue000",
)
EXTRAS = ("0件", "3（其中1件）", "/", "无", "0", "——", "", "")
SPOILED = 3


def first_of_its_kind(document: Document) -> FormReading:
    return read_form(document, identify(document).identity.year, flattened(document))


def by_plan(document: Document) -> FormReading:
    return read_twice(document, identify(document).identity.year)


def pages(style: str) -> list[Document]:
    return [HTML.read(STYLES[style](truth, Random(number)), "") for number, truth in enumerate(truths(4))]


def with_cells(document: Document, change: Callable[[GridCell], GridCell | None]) -> Document:
    """Return a document with other cells; ``None`` takes one away."""

    def changed(grid: Grid) -> Grid:
        return replace(grid, cells=tuple(new for cell in grid.cells if (new := change(cell)) is not None))

    return replace(document, blocks=tuple(changed(b) if isinstance(b, Grid) else b for b in document.blocks))


def spoiled(document: Document, rng: Random) -> Document:
    """Return a document with other figures everywhere, and something else in a few cells."""
    cells = sum(len(block.cells) for block in document.blocks if isinstance(block, Grid))
    odd = rng.choice((0, 0, 1, 3)) / cells

    def change(cell: GridCell) -> GridCell | None:
        if rng.random() < odd:
            return rng.choice((None, cell._replace(text=rng.choice(WORDS))))
        return cell._replace(text=rng.choice(FIGURES)) if cell.text.isdecimal() else cell

    return with_cells(document, change)


@pytest.mark.parametrize("style", STYLES)
def test_whatever_is_printed_in_a_shape(style: str) -> None:
    rng = Random(style)
    for document in pages(style):
        assert by_plan(document) == first_of_its_kind(document)
        for _ in range(SPOILED):
            other = spoiled(document, rng)
            assert by_plan(other) == first_of_its_kind(other)


def with_gaps(document: Document, rng: Random) -> Document:
    """Return a document with blanks and marks in place of many figures, and rows that print none."""
    share = rng.choice((0.1, 0.4, 0.9))
    empty = {(at, row) for at in range(len(document.blocks)) for row in range(50) if rng.random() < share / 4}

    def gap(cell: GridCell, block: int) -> GridCell:
        if (block, cell.row) in empty or rng.random() < share:
            return cell._replace(text=rng.choice(("", "", "/", "减3")) if (block, cell.row) not in empty else "")
        return cell._replace(text=rng.choice(FIGURES))

    def changed(grid: Grid, at: int) -> Grid:
        return replace(grid, cells=tuple(gap(cell, at) if cell.text.isdecimal() else cell for cell in grid.cells))

    blocks = enumerate(document.blocks)
    return replace(document, blocks=tuple(changed(b, at) if isinstance(b, Grid) else b for at, b in blocks))


@pytest.mark.parametrize("style", STYLES)
def test_whichever_figures_are_left_blank(style: str) -> None:
    rng = Random(style)
    for document in pages(style)[:2]:
        for _ in range(SPOILED):
            other = with_gaps(document, rng)
            assert by_plan(other) == first_of_its_kind(other)


@pytest.mark.parametrize("style", docx.STYLES)
def test_word_files_too(style: str) -> None:
    for number, truth in enumerate(truths(4)):
        document = DOCX.read(docx.STYLES[style](truth, Random(number)), "")
        assert by_plan(document) == first_of_its_kind(document)


@pytest.mark.parametrize("style", styles2014.HTML)
def test_the_form_of_2014_is_read_by_itself(style: str) -> None:
    for seed in range(2):
        report = form2014.make_report(seed, dense=bool(seed), blanks=False, marks=False)
        document = HTML.read(styles2014.HTML[style](report, Random(seed)), "")
        assert by_plan(document) == first_of_its_kind(document)


def test_tables_printed_twice_are_compared_number_by_number() -> None:
    [document, *_] = pages("four_tables")
    twice = replace(document, blocks=(*document.blocks, *document.blocks))
    other = with_cells(document, lambda cell: cell._replace(text="8") if cell.text.isdecimal() else cell)
    changed = replace(document, blocks=(*document.blocks, *other.blocks))
    assert by_plan(twice) == first_of_its_kind(twice)
    assert by_plan(changed) == first_of_its_kind(changed)
    assert {finding.detail.split(":")[0] for finding in by_plan(changed).findings} >= {
        "printed twice, with other figures"
    }


def test_what_is_told_names_the_documents_own_figures() -> None:
    [document, *_] = pages("clean")
    label = "一、本年新收政府信息公开申请数量"

    def told(figure: str) -> tuple[Finding, ...]:
        def change(cell: GridCell) -> GridCell:
            odd = cell._replace(text="本年甲乙丙丁") if cell.text == label else cell
            return odd._replace(text=figure) if odd.text.isdecimal() else odd

        other = with_cells(document, change)
        assert by_plan(other) == first_of_its_kind(other)
        return by_plan(other).findings

    assert any("5 | 5" in finding.detail for finding in told("5"))
    assert any("6 | 6" in finding.detail and " at table" in finding.detail for finding in told("6"))


def test_a_table_beside_the_report_does_not_make_another_shape() -> None:
    [document, *_] = pages("clean")

    def beside(agency: str) -> Document:
        cells = (GridCell(0, 0, "发布机构", "table 0 row 1 cell 1"), GridCell(0, 1, agency, "table 0 row 1 cell 2"))
        return replace(document, blocks=(Grid(1, 2, cells, "table 0"), *document.blocks))

    by_plan(beside("甲县教育局"))
    before = _plan.cache_info()
    assert by_plan(beside("乙县财政局")) == first_of_its_kind(beside("乙县财政局"))
    assert (_plan.cache_info().hits, _plan.cache_info().misses) == (before.hits + 1, before.misses)


def test_reports_of_a_style_have_one_shape() -> None:
    shapes = set()
    for seed in range(6):
        document = HTML.read(STYLES["clean"](make_report(seed, "2021", "dense"), Random(seed)), "")
        shapes.add(tuple(taken_apart(block).shape for block in document.blocks if isinstance(block, Grid)))
    assert len(shapes) <= 3  # an agency may print items of its own


def test_what_stands_in_the_cells_does_not_make_another_shape() -> None:
    """Blanks neither, as long as something is left in each row: else its words run into the next row's."""
    [document, *_] = pages("clean")
    by_plan(document)
    before = _plan.cache_info()
    rng = Random(7)
    lines: set[int] = set()

    def other(cell: GridCell) -> GridCell:
        if cell.text != "0":
            return cell
        if cell.row in lines:
            return cell._replace(text=rng.choice(EXTRAS))
        lines.add(cell.row)
        return cell

    for _ in range(5):
        lines.clear()
        printed = with_cells(document, other)
        assert by_plan(printed) == first_of_its_kind(printed)
    assert _plan.cache_info().misses == before.misses


def test_a_run_of_values_that_is_blank_confirms_nothing() -> None:
    [document, *_] = pages("clean")
    by_plan(document)
    blank = with_cells(document, lambda cell: cell._replace(text="") if cell.text == "0" and cell.column > 4 else cell)
    assert by_plan(blank).confirmed == first_of_its_kind(blank).confirmed < by_plan(document).confirmed


@pytest.mark.parametrize(
    ("year", "name"), [(None, "2021"), (2014, "2021"), (2019, "2019"), (2020, "2019"), (2030, "2021")]
)
def test_the_year_still_chooses_the_form(year: int | None, name: str) -> None:
    """All forms that have the row print it alike; where none of them is in force, the newest is taken."""
    [document, *_] = pages("clean")
    labels = ("商业企业", "本年新收政府信息公开申请数量")
    [table] = [b for b in document.blocks if isinstance(b, Grid) and any(c.text.endswith(labels) for c in b.cells)]
    kept = {cell.row for cell in table.cells if cell.text.endswith(labels)}
    alone = replace(document, blocks=(replace(table, cells=tuple(c for c in table.cells if c.row in kept)),))
    assert read_twice(alone, year) == read_form(alone, year, flattened(alone))
    assert getattr(read_twice(alone, year).template, "name", None) == name


@pytest.mark.parametrize(
    ("render", "blanks"),
    [*((STYLES[name], False) for name in ("clean", "word", "vertical_headers")), (STYLES["clean"], True)],
)
def test_ordinary_pages_are_read_by_a_plan(
    render: Callable[..., bytes], blanks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing but their time would tell otherwise: what is read is the same."""
    truth = make_report(4, "2021", "dense", blanks=blanks)
    document = HTML.read(render(truth, Random(1)), "")
    wanted = read_form(document, truth.year, flattened(document))

    def refused(*_: object) -> FormReading:
        raise AssertionError("read without a plan")

    monkeypatch.setattr("extract.forms.plan.read_form", refused)
    assert read_twice(document, truth.year).cells == wanted.cells
