"""Good documents spoiled in one place never give another number without a finding. More of them: the benchmark mutants.

Each kind of change comes once for each format here, so a failure names the change, the report and the number to make
it again.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from extract.model import Finding, FormCell, Reading
from extract.reading import read
from tests.kit import doc, docx, html_styles, mht, ofd, pdf, rtf, text_layouts, xlsx
from tests.kit.grades import grade
from tests.kit.mutants import Mutant, changed_in_silence, files, lines, misnamed_in_silence, stories
from tests.kit.mutants.prints import PRINTS
from tests.kit.story import story
from tests.kit.truth import Truth, TruthCell, make_report
from tests.shared import CORPUS, SEED_REPORTS, needs_corpus, needs_seed_reports

DENSE = make_report(8, "2021", "dense")
GAPS = make_report(22, "2021", "dense", blanks=True, marks=True)
PAGES = ("pdf", "ofd")
KINDS = len(stories.KINDS)
LINE_KINDS = len(lines.CHANGES)
FILE_KINDS = 2 * len(files.CHANGES)

FILES: dict[str, tuple[bytes, str]] = {
    "html": (html_styles.STYLES["clean"](DENSE, Random(1)), ""),
    "gbk": (html_styles.STYLES["gbk"](DENSE, Random(1)), ""),
    "mht": (mht.STYLES["word"](DENSE, Random(1)), ""),
    "docx": (docx.STYLES["clean"](DENSE, Random(1)), ""),
    "rtf": (rtf.STYLES["word"](DENSE, Random(1)), ""),
    "xlsx": (xlsx.STYLES["one_sheet"](DENSE, Random(1)), ""),
    "xls": (xlsx.STYLES["xls"](DENSE, Random(1)), ""),
    "pdf": (pdf.render(DENSE, Random(1)), ""),
    "ofd": (ofd.STYLES["lines"](DENSE, Random(1)), ""),
    "text": (text_layouts.LAYOUTS["lines"](DENSE, Random(1)).encode(), "report.txt"),
}


def silent(mutants: Iterable[Mutant], cells: Iterable[TruthCell]) -> list[tuple[str, FormCell | str]]:
    """Return what changed in silence, with the change that did it."""
    good = list(cells)
    return [(mutant.change, changed) for mutant in mutants for changed in _changed(mutant, good)]


def _changed(mutant: Mutant, good: list[TruthCell]) -> list[FormCell | str]:
    found = read(mutant.data, mutant.hint)
    return [*changed_in_silence(found, good, mutant.excused), *misnamed_in_silence(found, mutant)]


@pytest.mark.parametrize("truth", [DENSE, GAPS], ids=["dense", "gaps"])
@pytest.mark.parametrize("name", PRINTS)
def test_good_stories_have_no_silent_change(name: str, truth: Truth) -> None:
    to_bytes, hint = PRINTS[name]
    reading = read(to_bytes(truth, list(story(truth))), hint)
    assert changed_in_silence(reading, truth.cells) == []
    assert grade(reading, truth.cells).right > len(truth.cells) / 3


@pytest.mark.parametrize("truth", [DENSE, GAPS], ids=["dense", "gaps"])
@pytest.mark.parametrize("name", [name for name in PRINTS if name not in PAGES])
def test_tables_changed_in_one_place(name: str, truth: Truth) -> None:
    assert silent(stories.mutants(truth, name, KINDS), truth.cells) == []


@pytest.mark.parametrize("name", PAGES)
def test_tables_of_pages_changed_in_one_place(name: str) -> None:
    assert silent(stories.mutants(DENSE, name, KINDS, seed=1), DENSE.cells) == []


def test_the_form_of_2019_changed_in_one_place() -> None:
    truth = make_report(5, "2019", "dense", items=2)
    for name in ("html", "tabs"):
        assert silent(stories.mutants(truth, name, KINDS, seed=2), truth.cells) == []


@pytest.mark.parametrize("name", text_layouts.LAYOUTS)
def test_lines_of_text_changed_in_one_place(name: str) -> None:
    truth = make_report(9, "2019" if name == "cell_lines" else "2021", "dense")
    data = text_layouts.LAYOUTS[name](truth, Random(2)).encode()
    assert silent(lines.mutants(data, 4 * LINE_KINDS), truth.cells) == []


@pytest.mark.parametrize("name", FILES)
def test_bytes_changed_in_one_place(name: str) -> None:
    data, hint = FILES[name]
    assert silent(files.mutants(data, hint, 2 * FILE_KINDS), DENSE.cells) == []


@doc.needs_libreoffice
def test_bytes_of_a_doc_changed_in_one_place() -> None:
    [data] = doc.converted([docx.STYLES["clean"](DENSE, Random(1))], "docx", "doc")
    assert silent(files.mutants(data, "", FILE_KINDS), DENSE.cells) == []


def gold(path: Path) -> list[TruthCell]:
    cells = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))["cells"]
    return [{**cell, "state": cell.get("state", "reported")} for cell in cells]


@needs_seed_reports
@pytest.mark.parametrize("path", sorted(SEED_REPORTS.glob("*.txt")), ids=lambda path: path.stem)
def test_lines_of_real_reports_changed_in_one_place(path: Path) -> None:
    assert silent(lines.mutants(path.read_bytes(), 4 * LINE_KINDS), gold(path)) == []


@needs_corpus
@pytest.mark.parametrize("name", ["hongze_2024.pdf", "shanghai_bgt_2019.html"])
def test_bytes_of_real_documents_changed_in_one_place(name: str) -> None:
    path = CORPUS / name
    assert silent(files.mutants(path.read_bytes(), name, FILE_KINDS), gold(path)) == []


def test_a_number_that_the_end_of_a_page_cuts_is_not_read() -> None:
    data, _ = FILES["html"]
    [value] = [cell["value"] for cell in DENSE.cells if cell["row"] == "licensing"]
    place = data.index(f">{value}<".encode())
    [cell] = [cell for cell in read(data[: place + 3], "").cells if cell.row == "licensing"]
    assert (cell.state, cell.raw) == ("unreadable", f"{str(value)[:2]}…")
    [cell] = [cell for cell in read(data[: place + len(str(value)) + 4], "").cells if cell.row == "licensing"]
    assert (cell.state, cell.value) == ("reported", value)


# --- The measure itself ----------------------------------------------------------------------------------------------


def test_changes_are_changes() -> None:
    """Nearly every change of a story gives another file; a few find nothing to change (one column, one row)."""
    good = PRINTS["html"][0](DENSE, list(story(DENSE)))
    same = [mutant.change for mutant in stories.mutants(DENSE, "html", 2 * KINDS) if mutant.data == good]
    assert len(same) <= KINDS / 4, same


def test_a_number_that_changed_is_seen_unless_it_is_excused() -> None:
    good: Reading = read(*FILES["html"])
    cells = [cell for cell in DENSE.cells if cell["row"] != "licensing"]
    [changed] = changed_in_silence(good, cells)
    assert changed.row == "licensing"
    assert changed_in_silence(good, cells, {"disclosure"}) == []


def test_an_agency_or_a_year_that_changed_is_seen_unless_a_finding_doubts_it() -> None:
    good = read(*FILES["html"])
    wrong = Mutant("", b"", agency="石桥县教育局", year=1999)
    assert len(misnamed_in_silence(good, wrong)) == 2
    doubt = Finding("year", "NOT_ASSESSABLE", {}, DENSE.year, 1999)
    assert len(misnamed_in_silence(replace(good, findings=(doubt,)), wrong)) == 1
    assert misnamed_in_silence(good, Mutant("", b"", agency=DENSE.agency, year=DENSE.year)) == []


def test_what_is_packed_is_changed_inside() -> None:
    for name in ("docx", "xlsx", "ofd", "pdf"):
        data, hint = FILES[name]
        changes = [mutant.change for mutant in files.mutants(data, hint, FILE_KINDS)]
        assert sum("inside" in change for change in changes) == len(files.CHANGES)
