"""The national form as its circulars print it is known to a reader before it reads the first report."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest

from extract.formats.docx import FORMAT as DOCX
from extract.formats.html import FORMAT as HTML
from extract.forms import read_form, read_twice, tables
from extract.forms.aligned import ColumnMap
from extract.forms.engine import scan_table
from extract.forms.national import printings
from extract.forms.plan import _plan, _unseconded, forget, ready
from extract.forms.second import flattened
from extract.forms.shape import taken_apart
from extract.forms.slots import Scan
from extract.forms.tables import known_table
from extract.labels import templates, vocabulary
from extract.model import Block, Document, Grid, GridCell
from extract.templates import Template
from extract.text import compact
from tests.kit import docx
from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report
from tests.test_plan import with_cells

FEWEST = 10


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def page(seed: int, template: str) -> Document:
    return HTML.read(STYLES["clean"](make_report(seed, template, "dense"), Random(seed)), "")


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.name)
def test_its_tables_have_every_row_and_column_of_the_form(template: Template) -> None:
    ways = printings(template)
    assert len(ways) == {"2021": 2, "2019": 3, "2014": 0}[template.name]
    for printed in ways:
        read = read_form(Document("text/html", tuple(printed)), template.first_year)
        assert read.template == template
        assert {cell.state for cell in read.cells} == {"reported"}
        assert not read.findings


def test_it_is_printed_as_in_reports() -> None:
    [form] = [template for template in templates() if template.name == "2021"]
    reports = [taken_apart(grid).shape for grid in grids(page(1, "2021"))]
    assert [taken_apart(grid).shape for grid in printings(form)[0]] == reports


def test_the_first_report_that_prints_it_is_read_by_a_plan() -> None:
    forget()
    ready()
    before = _plan.cache_info().misses, known_table.cache_info().misses
    for seed in range(2):
        document = DOCX.read(docx.clean(make_report(seed, "2021", "dense"), Random(seed)), "")
        assert read_twice(document, 2023) == read_form(document, 2023, flattened(document))
    assert (_plan.cache_info().misses, known_table.cache_info().misses) == before


def test_its_last_table_is_known_behind_one_that_is_cut_in_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither its place among the tables nor the columns of another make it one that was never seen."""
    forget()
    ready()
    document = DOCX.read(docx.halves(make_report(1, "2021", "dense"), Random(1)), "")
    *_, second_half, last = map(taken_apart, grids(document))
    looked_at: list[Grid] = []

    def scan(grid: Grid, before: ColumnMap | None) -> tuple[Scan, ColumnMap | None]:
        looked_at.append(grid)
        return scan_table(grid, before)

    monkeypatch.setattr(tables, "scan_table", scan)
    assert read_twice(document, 2023) == read_form(document, 2023, flattened(document))
    shapes = [taken_apart(grid).shape.places for grid in looked_at]
    assert second_half.shape.places in shapes
    assert last.shape.places not in shapes


def test_rows_left_blank_ask_for_the_order_of_what_is_printed_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    ready()
    document = page(1, "2021")
    blank = replace(document, blocks=tuple(map(with_blank_rows, document.blocks)))
    before = _unseconded.cache_info().misses
    looked_at: list[Grid] = []

    def scan(grid: Grid, before: ColumnMap | None) -> tuple[Scan, ColumnMap | None]:
        looked_at.append(grid)
        return scan_table(grid, before)

    monkeypatch.setattr(tables, "scan_table", scan)
    assert read_twice(blank, 2023) == read_form(blank, 2023, flattened(blank)) != read_twice(document, 2023)
    assert looked_at
    assert not any(grid.aligned for grid in looked_at)
    assert _unseconded.cache_info().misses == before


def with_blank_rows(block: Block) -> Block:
    """Return a table with nothing printed in every third of its rows but words."""
    if not isinstance(block, Grid):
        return block
    cells = (cell._replace(text="") if cell.text.isdecimal() and not cell.row % 3 else cell for cell in block.cells)
    return replace(block, cells=tuple(cells))


def with_words(document: Document, words: Mapping[str, str]) -> Document:
    """Return a document with other words in place of some."""

    def change(cell: GridCell) -> GridCell:
        return cell._replace(text=words.get(cell.text, cell.text))

    return with_cells(document, change)


def test_labels_broken_into_lines_are_those_of_the_form() -> None:
    document = page(1, "2021")
    words = {cell.text for grid in grids(document) for cell in grid.cells if cell.text.isalpha()}
    labels = [
        text for text in words if vocabulary().column(text, "requests") or vocabulary().row(text, ("disclosure",))
    ]
    broken = with_words(document, {text: "\n".join(text) for text in labels})
    assert len(labels) >= FEWEST
    assert [taken_apart(grid).shape for grid in grids(broken)] == [taken_apart(grid).shape for grid in grids(document)]
    assert read_twice(broken, 2023) == read_form(broken, 2023, flattened(broken))


@pytest.mark.parametrize(
    "printed",
    [
        *("2.\n重复申请", "2 .重复申请", "２．重复申请", "（五）不予\n处理", "（七）\n总\n计", "(七)总计"),
        *(
            "3.\n危及“三安全\n一稳定”",
            "本年收费金额\n(单位:万元)",
            "第二十条\n第（五）项",
            "一、本年新收\n政府信息公开申请数量",
        ),
    ],
)
def test_ordinals_and_signs_of_labels_make_no_other_shape(printed: str) -> None:
    document = page(1, "2021")
    words = {cell.text for grid in grids(document) for cell in grid.cells}
    [label] = (word for word in words if compact(word) == compact(printed))
    other = with_words(document, {label: printed})
    assert [taken_apart(grid).shape for grid in grids(other)] == [taken_apart(grid).shape for grid in grids(document)]
    assert read_twice(other, 2023) == read_form(other, 2023, flattened(other))


@pytest.mark.parametrize("printed", ["2\n（重复申请）", "2. 5", "3.\n其他9件", "2.\ufffd重复申请", "/\n无", "减\n3"])
def test_what_may_be_a_figure_is_looked_at_as_it_is_printed(printed: str) -> None:
    [document] = [with_words(page(1, "2021"), {"2.重复申请": printed})]
    assert read_twice(document, 2023) == read_form(document, 2023, flattened(document))


def test_what_is_told_of_a_broken_label_is_told_as_it_is_printed() -> None:
    report = with_words(page(1, "2021"), {"本年处理决定数量": "其他数量"})
    for told in ("行政许可", "行政\n许可", "行政许可", "行 政许可"):
        printed = with_words(report, {"行政许可": told})
        read = read_twice(printed, 2023)
        assert f"no column header above “{told}”" in [finding.detail for finding in read.findings]
        assert read == read_form(printed, 2023, flattened(printed))
