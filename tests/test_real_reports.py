"""Real reports with figures read by hand: every cell, agency, year, title and date."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from extract.model import Reading
from extract.reading import read
from tests.shared import CORPUS, SEED_REPORTS, needs_corpus, needs_seed_reports

SEEDS = sorted(SEED_REPORTS.glob("*.txt"))
DOCUMENTS = [
    path for path in sorted(CORPUS.glob("*.*")) if path.with_suffix(".gold.json").exists() and path.suffix != ".json"
]


def differences(reading: Reading, gold: dict[str, Any]) -> list[object]:
    cells = {(cell.table, cell.row, cell.item, cell.column): cell for cell in reading.cells}
    wrong: list[object] = []
    for truth in gold["cells"]:
        cell = cells.get((truth["table"], truth["row"], truth["item"], truth["column"]))
        if cell is None and truth.get("optional"):
            continue
        if cell is None or (cell.state, cell.value) != (truth.get("state", "reported"), truth["value"]):
            wrong.append((truth, cell))
    identity = ("agency", "year", "template", "title", "published")
    return wrong + [(name, getattr(reading, name)) for name in identity if getattr(reading, name) != gold[name]]


def gold_of(path: Path) -> dict[str, Any]:
    return json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))


@needs_seed_reports
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_seed_reports_are_read_without_one_wrong_cell(path: Path) -> None:
    reading = read(path.read_bytes(), path.name)
    assert differences(reading, gold_of(path)) == []
    assert [finding for finding in reading.findings if finding.verdict == "FAIL"] == []
    assert [section.number for section in reading.sections] == [1, 2, 3, 4, 5, 6]


@needs_corpus
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_documents_of_the_corpus(path: Path) -> None:
    assert differences(read(path.read_bytes(), path.name), gold_of(path)) == []


# What the beginning of a page cannot decide: the year stands in the part that was cut off, or nowhere.
UNDECIDED_YEAR = {"shenxian_wangzhuangji_jiedu_2023.txt"}


@needs_corpus
def test_years_and_kinds_of_real_beginnings() -> None:
    with (CORPUS / "excerpts.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) > 20
    for row in rows:
        path = CORPUS / row["file"]
        reading = read(path.read_bytes(), path.name)
        expected = int(row["year"]) if row["year"] and path.name not in UNDECIDED_YEAR else None
        assert (path.name, reading.year) == (path.name, expected)
        assert (path.name, reading.outcome == "not_a_report") == (path.name, row["kind"] == "not_a_report")


@needs_corpus
def test_no_agency_of_a_real_beginning_is_another_body() -> None:
    """A beginning often prints less than the full name; what it prints must be part of it, or nothing is said."""
    with (CORPUS / "excerpts.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            agency = read((CORPUS / row["file"]).read_bytes(), row["file"]).agency
            if agency is not None and row["agency"]:
                short = agency.replace("人民", "").replace("办事处", "").replace("住建局", "住房和城乡建设局")
                assert short in row["agency"].replace("人民", ""), (row["file"], agency)
