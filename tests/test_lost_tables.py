"""Word and RTF documents whose tables were typed, or pasted, as lines of text: they are read as those of a text file."""

from collections.abc import Callable

import pytest

from extract.formats.docx import read as blocks_of
from extract.model import Paragraph
from extract.reading import read
from tests.comparing import truths
from tests.kit import docx, rtf
from tests.kit.mutants.prints import PRINTS
from tests.kit.story import story
from tests.kit.truth import Truth
from tests.test_forms import wrong


def lines(truth: Truth, name: str) -> list[str]:
    return PRINTS[name][0](truth, list(story(truth))).decode().splitlines()


def as_docx(printed: list[str]) -> bytes:
    return docx.package("".join(map(docx.paragraph, printed)).replace("\t", "</w:t><w:tab/><w:t>"))


def as_rtf(printed: list[str]) -> bytes:
    parts = (rtf.unicode(line).replace("\t", "\\tab ") for line in printed)
    return rtf.document("".join(f"\\pard\\plain {line}\\par\n" for line in parts))


@pytest.mark.parametrize("written", [as_docx, as_rtf])
def test_cells_between_tabs_are_read(written: Callable[[list[str]], bytes]) -> None:
    for truth in truths(4):
        assert wrong(read(written(lines(truth, "tabs")), ""), truth) == []


@pytest.mark.parametrize("name", ["tabs", "lines", "cell_lines", "bars"])
def test_they_give_what_the_text_gives(name: str) -> None:
    for truth in truths(4):
        text = PRINTS[name][0](truth, list(story(truth)))
        expected = [(cell.state, cell.value) for cell in read(text, "report.txt").cells]
        assert [(cell.state, cell.value) for cell in read(as_docx(lines(truth, name)), "").cells] == expected


def test_a_document_that_only_speaks_of_the_table_stays_prose() -> None:
    document = blocks_of(as_docx(["本年新收政府信息公开申请3件", "其中商业企业、科研机构各1件", "行政许可\t3"]), "")
    assert [type(block) for block in document.blocks] == [Paragraph] * 3
