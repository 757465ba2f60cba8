"""The kit that makes the other tests' documents: its reports add up, and its printings lose no figure."""

import io
import json
import re
import unicodedata
from collections import Counter
from itertools import product
from pathlib import Path
from posixpath import dirname, join, normpath
from random import Random

import lxml.html
import pytest
from pdfminer.high_level import extract_text

from tests.kit import demo_content, demo_portal, form, pdf, tables, text_lines
from tests.kit.html_styles import STYLES
from tests.kit.pdf_file import Rules
from tests.kit.text_layouts import LAYOUTS, PRINTS
from tests.kit.truth import Style, Template, Truth, make_report

TEMPLATES: tuple[Template, ...] = ("2021", "2019")
STYLES_OF_FIGURES: tuple[Style, ...] = ("sparse", "dense")
KINDS = tuple(product(TEMPLATES, STYLES_OF_FIGURES))
SEEDS = range(12)


def values(truth: Truth, table: str, row: str) -> list[float]:
    found = [cell["value"] for cell in truth.cells if (cell["table"], cell["row"]) == (table, row)]
    return [value for value in found if value is not None]


def columns_added(truth: Truth, *rows: str) -> list[float]:
    return [sum(column) for column in zip(*(values(truth, "requests", row) for row in rows), strict=True)]


def printed(truth: Truth) -> Counter[str]:
    return Counter(text for text in truth.printed.values() if text)


def reports(merged_other: bool = False, marks: bool = False, blanks: bool = False) -> list[Truth]:
    return [
        make_report(seed, template, style, merged_other=merged_other, marks=marks, blanks=blanks)
        for seed in SEEDS
        for template, style in KINDS
    ]


@pytest.mark.parametrize("merged", [False, True])
def test_figures_satisfy_the_sums_of_the_form(merged: bool) -> None:
    for truth in reports(merged_other=merged):
        outcomes = [row for row, _, _ in truth.outcomes()]
        assert columns_added(truth, *outcomes) == values(truth, "requests", "processed_total")
        assert columns_added(truth, "new", "carried_in") == columns_added(truth, "processed_total", "carried_out")
        rows = [values(truth, "requests", row) for row in ("new", "carried_in", *outcomes, "carried_out")]
        rows += [values(truth, "review", row) for row, _ in form.REVIEW_ROWS]
        assert all(sum(row[:-1]) == row[-1] for row in rows)
        assert all(cell["value"] >= 0 for cell in truth.cells if cell["column"] != "change" and cell["value"])


def test_a_form_has_all_its_cells() -> None:
    assert {len(make_report(seed, "2021", "dense").cells) for seed in SEEDS} == {200}
    assert len(make_report(1, "2019", "dense", items=0).cells) == 198
    items = make_report(1, "2019", "dense", items=2)
    assert [cell["item"] for cell in items.cells if cell["row"] == "other_services"] == [
        *[items.items[0]] * 3,
        *[items.items[1]] * 3,
    ]


def test_a_merged_row_leaves_its_three_rows_absent() -> None:
    truth = make_report(1, "2021", "dense", merged_other=True)
    absent = [cell["row"] for cell in truth.cells if cell["state"] == "absent"]
    assert absent == [row for row, _, _ in form.OTHER_ROWS for _ in form.REQUEST_COLUMNS]
    assert len(values(truth, "requests", "other_processing")) == 7


def test_gaps_have_no_value_and_print_no_number() -> None:
    for truth in reports(blanks=True, marks=True):
        gaps = [cell for cell in truth.cells if cell["state"] in ("blank", "mark")]
        texts = {truth.printed[cell["table"], cell["row"], cell["item"], cell["column"]] for cell in gaps}
        assert {cell["state"] for cell in gaps} == {"blank", "mark"}
        assert all(cell["value"] is None for cell in gaps)
        assert not any(character.isdigit() for text in texts for character in text)


def test_a_broken_report_is_known_as_one() -> None:
    truth = make_report(1, "2021", "dense", broken=True)
    total = values(truth, "requests", "processed_total")
    assert truth.consistent is False
    assert sum(total[:-1]) != total[-1]


def test_the_same_arguments_make_the_same_report() -> None:
    assert reports(blanks=True) == reports(blanks=True)
    assert make_report(1, "2021", "dense") != make_report(2, "2021", "dense")


def test_every_agency_is_of_an_invented_region() -> None:
    assert all(truth.region.startswith("99") for truth in reports())
    assert all(report.region.startswith("99") for report in demo_content.REPORTS)


def test_tables_are_rectangles_and_a_cut_keeps_every_figure() -> None:
    for truth in reports():
        for make in (tables.disclosure, tables.requests, tables.review):
            tables.positions(make(truth))
        rows = tables.requests(truth)
        above, below = tables.cut(rows, 8, repeat_label=False)
        tables.positions(above)
        tables.positions(below)
        assert figures_of(above + below) == figures_of(rows)


def figures_of(rows: tables.Rows) -> list[str]:
    return [box.text for row in rows for box in row if box.is_value]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("options", [{}, {"merged_other": True}, {"marks": True}, {"blanks": True}], ids=str)
def test_a_text_layout_prints_every_figure_and_what_it_promises(layout: str, options: dict[str, bool]) -> None:
    for truth in reports(**options):
        text = LAYOUTS[layout](truth, Random(truth.seed))
        found = Counter(re.split(r"[\s|]+", text[text.index("二、主动") : text.index("五、存在")]))
        missing = printed(truth) - found
        assert set(missing) <= ({"0"} if "0元" in found else set())
        assert text == LAYOUTS[layout](truth, Random(truth.seed))
        squeezed = re.sub(r"\s", "", text)
        assert truth.agency in squeezed
        assert (truth.title in squeezed) == ("title" in PRINTS[layout])


def test_split_digits_only_cuts_numbers() -> None:
    cut = 0
    for truth in reports():
        text = text_lines.render(truth, Random(1))
        split = text_lines.render(truth, Random(1), split_digits=True)
        cut += text != split
        assert truth.title not in split
    assert cut


@pytest.mark.parametrize("style", STYLES)
def test_a_page_prints_every_figure_in_cells_and_its_identity(style: str) -> None:
    for truth in reports() + reports(marks=True):
        data = STYLES[style](truth, Random(truth.seed))
        page = lxml.html.fromstring(data.decode("gbk" if style == "gbk" else "utf-8"))
        found = Counter(_plain("".join(map(str, cell.itertext()))) for cell in page.iter("td"))
        assert not Counter(unicodedata.normalize("NFKC", text) for text in printed(truth).elements()) - found
        text = re.sub(r"\s", "", "".join(map(str, page.itertext())))
        assert truth.title in text
        assert truth.published in text


def _plain(text: str) -> str:
    squeezed = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"(?<=\d),(?=\d)|件$", "", squeezed)


@pytest.mark.parametrize("rules", ["lines", "boxes", "fills"])
def test_a_pdf_prints_every_figure(rules: Rules) -> None:
    for seed, landscape in ((1, False), (2, True)):
        truth = make_report(seed, "2021", "dense")
        data = pdf.render(truth, rules=rules, landscape=landscape)
        text = extract_text(io.BytesIO(data))
        assert not printed(truth) - Counter(text.split())
        assert text.count("\f") > 1
        assert data == pdf.render(truth, rules=rules, landscape=landscape)


def test_the_portal_is_what_the_generator_makes() -> None:
    files, truth, seeds = demo_portal.build()
    served = demo_portal.DEMO / "portal"
    on_disk = {path.relative_to(served).as_posix(): path.read_bytes() for path in served.rglob("*") if path.is_file()}
    advice = "run python -m tests.kit.demo_portal"
    assert sorted(on_disk) == sorted(files), advice
    assert on_disk == files, advice
    assert (demo_portal.DEMO / "truth.json").read_text(encoding="utf-8") == truth, advice
    assert (demo_portal.DEMO / "seeds.csv").read_text(encoding="utf-8") == seeds, advice
    assert len(files) <= 60
    assert sum(map(len, files.values())) < 2_000_000


def test_every_link_of_the_portal_leads_to_a_file_and_every_report_is_reached() -> None:
    files, truth, _ = demo_portal.build()
    known = json.loads(truth)
    reached: set[str] = set()
    for path in files:
        if path.endswith(".html"):
            reached.update(_targets(path, files[path]))
    # What the pager's script names is not in a link.
    reached.update(f"{demo_content.TRS}/index_{number}.html" for number in (1, 2))
    assert reached <= set(files)
    wanted = {document.lstrip("/") for report in known["reports"] for document in report["documents"]}
    wanted |= {other["path"].lstrip("/") for other in known["others"]}
    assert wanted <= reached


def _targets(path: str, data: bytes) -> set[str]:
    page = lxml.html.fromstring(data)
    hrefs = [href for link in page.iter("a") if (href := link.get("href"))]
    paths = [href.lstrip("/") if href.startswith("/") else normpath(join(dirname(path), href)) for href in hrefs]
    return {
        normpath(join(target, "index.html")) if href.endswith("/") else target
        for href, target in zip(hrefs, paths, strict=True)
    }


def test_writing_the_portal_replaces_what_was_there(tmp_path: Path) -> None:
    stale = tmp_path / "portal" / "old.html"
    stale.parent.mkdir()
    stale.write_text("old")
    assert demo_portal.write(tmp_path) == len([path for path in (tmp_path / "portal").rglob("*") if path.is_file()])
    assert not stale.exists()


def test_the_portal_has_the_hard_cases() -> None:
    known = json.loads(demo_portal.build()[1])
    assert {report["form"] for report in known["reports"]} == {
        "page",
        "page_and_twin",
        "page_and_tables",
        "page_and_corrupt",
        "file",
    }
    assert [report["agency"] for report in known["reports"] if report["consistent"] is False] == [demo_content.FINANCE]
    assert {other["outcome"] for other in known["others"]} == {"not_a_report", "soft_404", "robots"}
    listed = {(report["agency"], report["year"]) for report in known["reports"]}
    assert not listed & {(report["agency"], report["year"]) for report in known["missing"]}
