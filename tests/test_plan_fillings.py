"""Reports filled at random, one after another: what is kept of those read before changes nothing in the next one."""

from collections.abc import Callable
from random import Random

import pytest

from extract.formats.docx import FORMAT as DOCX
from extract.formats.html import FORMAT as HTML
from extract.formats.xlsx import FORMAT as XLSX
from extract.model import Document, GridCell
from tests.comparing import truths
from tests.kit import docx, xlsx
from tests.kit.html_styles import STYLES
from tests.test_plan import by_plan, first_of_its_kind, with_cells

FILLINGS = 120
STRANGE = (
    "", "/", "无", "9件", "3（其中1件）", "1 2", "007", "其他", "总计", "备注", "777000000003", "７７７０００００００３",
    "\ue0003\ue000", "\u3000", "\u200b", "减3", "详见附件", "序号", "一、本年新收政府信息公开申请数量", "3.其他", "规章",
)  # fmt: skip
MARKS = ("/", "无", "—", "0件", "3（其中2件）", "-5", "１２", "减3")


def filled(document: Document, rng: Random) -> Document:
    """Return a report with other figures, some of them blank or marks, some rows blank, some words broken into lines, now
    and then a cell that does not belong there or is gone."""
    blank, mark = rng.choice((0, 0.02, 0.1, 0.25, 0.6, 0.95)), rng.choice((0, 0, 0.1, 0.5))
    odd, empty_row = rng.choice((0, 0, 0, 0.01)), rng.choice((0, 0, 0.1, 0.4))
    broken = rng.choice((0, 0, 0.1))
    empty: dict[tuple[str, int], bool] = {}

    def change(cell: GridCell) -> GridCell | None:
        if rng.random() < odd:
            return rng.choice((None, cell._replace(text=rng.choice(STRANGE))))
        if not cell.text.isdecimal():
            return cell._replace(text=in_lines(cell.text, rng)) if rng.random() < broken else cell
        row = cell.at.rpartition(" ")[0], cell.row
        if empty.setdefault(row, rng.random() < empty_row) or rng.random() < blank:
            return cell._replace(text="")
        return cell._replace(text=rng.choice(MARKS) if rng.random() < mark else str(rng.randrange(50)))

    return with_cells(document, change)


def in_lines(text: str, rng: Random) -> str:
    place = rng.randint(0, len(text))
    return text[:place] + rng.choice("\n \u3000") + text[place:]


def web_pages(rng: Random) -> list[Document]:
    return [HTML.read(style(truth, rng), "") for style in STYLES.values() for truth in truths(2)]


def word_files(rng: Random) -> list[Document]:
    return [DOCX.read(style(truth, rng), "") for style in docx.STYLES.values() for truth in truths(2)]


def workbooks(rng: Random) -> list[Document]:
    return [XLSX.read(style(truth, rng), "") for style in xlsx.STYLES.values() for truth in truths(2)]


@pytest.mark.parametrize("kind", [web_pages, word_files, workbooks])
def test_whatever_was_read_before(kind: Callable[[Random], list[Document]]) -> None:
    rng = Random(kind.__name__)
    reports = kind(rng)
    for _ in range(FILLINGS):
        report = filled(rng.choice(reports), rng)
        assert by_plan(report) == first_of_its_kind(report)
