"""PDFs whose fonts name other characters than they draw: the text layer is not believed, and the pages are recognised."""

from random import Random

import pytest

from extract.errors import NeedsOcrError
from extract.formats.pdf import read as read_pdf
from extract.ocr import recognition
from extract.pdf.garbled import is_garbled
from extract.reading import read
from tests.kit import pdf
from tests.kit.grades import grade
from tests.kit.pdf_file import Canvas
from tests.kit.text_layouts import LAYOUTS
from tests.kit.truth import make_report
from tests.test_pdf import assembled, objects
from tests.test_pdf_codes import SUBSET, meanings

TRUTH = make_report(3, "2021", "dense")
SHIFTS = (256, 1024, 4096, -512, 768)


def moved(places: int) -> bytes:
    return pdf.draw(TRUTH, Canvas(595.0, 842.0, "lines"), Random(3)).to_bytes(moved=places)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_reports_are_written_in_chinese(layout: str) -> None:
    for seed in range(20):
        assert not is_garbled(LAYOUTS[layout](make_report(seed, "2021", "sparse"), Random(seed)))


@pytest.mark.parametrize("places", SHIFTS)
def test_what_other_codes_stand_for_is_not(places: int) -> None:
    text = LAYOUTS["tabs"](TRUTH, Random(3))
    assert is_garbled(chr(ord(sign) + places) if sign >= "一" else sign for sign in text)


def test_traditional_characters_latin_and_short_texts_are_no_garble() -> None:
    assert not is_garbled("本機關主動公開政府資訊，收到的申請均已依法辦理。" * 20)
    assert not is_garbled("Annual report on open government information. " * 50)
    assert not is_garbled("鰋燕鯺䅨育㡄" * 9)


@pytest.mark.parametrize("places", SHIFTS)
def test_a_text_layer_of_other_characters_is_not_believed(places: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_are_installed", lambda names: not names)
    signs = sorted({sign for sign in LAYOUTS["tabs"](TRUTH, Random(3)) if sign >= "一"})
    told = {f"{code:04X}": chr(ord(sign) + places) for code, sign in enumerate(signs, 1)}
    content = f"BT /F1 12 Tf 72 700 Td <{''.join(told)}> Tj <{''.join(told)}> Tj ET".encode()
    made = assembled([*objects(content, font=SUBSET.encode()), b"null", meanings(told)])
    with pytest.raises(NeedsOcrError, match="not those of a Chinese text"):
        read_pdf(made, "")


@pytest.mark.parametrize("places", [0x10000, 1024])
def test_standard_encodings_need_no_map_to_characters(places: int) -> None:
    """The one map names each character, the other one others: neither is needed."""
    reading = read(moved(places))
    found = grade(reading, TRUTH.cells)
    assert (found.right, found.silent, reading.agency) == (len(TRUTH.cells), [], TRUTH.agency)
    assert [finding.rule for finding in reading.findings if finding.verdict != "PASS"] == []
