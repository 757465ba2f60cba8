"""A table cut over several pictures is one table: pictures of one web page, pages of a scan, pieces of a long picture."""

from base64 import b64encode
from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray

from extract.html.document import read_page
from extract.model import Grid, Reading
from extract.ocr import recognition
from extract.reading import read
from tests.kit.truth import Truth, make_report
from tests.test_forms import silently_wrong, wrong

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

Pixels = NDArray[np.uint8]
NEAR = 40  # pixels around a place in which a picture is cut


def report() -> Truth:
    return make_report(5, "2021", "sparse", agency=("云岭市教育局", "990100"), year=2023)


@pytest.fixture(scope="module")
def page() -> Pixels:
    """The title, the first section, the table of section 2 and the beginning of that of section 3."""
    from random import Random

    from tests.kit import pdf, scan

    return scan.pages(pdf.render(report(), Random(1)))[0]


@pytest.fixture(scope="module")
def table(page: Pixels) -> Pixels:
    """The table of section 2 alone."""
    from tests.kit import scan

    return scan.first_table(page)


def parted(picture: Pixels, *shares: float) -> list[Pixels]:
    """Cut a picture where least is printed around some shares of its height, as people who cut pictures do."""
    places = [0]
    for share in shares:
        around = int(share * len(picture))
        rows = picture[around - NEAR : around + NEAR].mean(axis=1)
        places.append(around - NEAR + int(rows.argmax()))
    return [picture[top:bottom] for top, bottom in zip(places, [*places[1:], len(picture)], strict=True)]


def png(picture: Pixels) -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.fromarray(picture).save(out, "png")
    return out.getvalue()


def web_page(*pictures: bytes) -> bytes:
    shown = "".join(f"<p><img src='data:image/png;base64,{b64encode(one).decode()}'></p>" for one in pictures)
    return f"<html><body><div id=zoom><h1>云岭市教育局2023年政府信息公开工作年度报告</h1>{shown}</div></body></html>".encode()


def missing(reading: Reading) -> list[str]:
    """Return the rows of section 2 that were not read as they are, and make sure that nothing is silently wrong."""
    assert silently_wrong(reading, report()) == []
    return [cell["row"] for cell, _ in wrong(reading, report()) if cell["table"] == "disclosure"]


def test_a_table_in_two_pictures_of_a_web_page_is_one(table: Pixels) -> None:
    upper, lower = parted(table, 0.65)
    held = web_page(png(upper), png(lower))
    assert len([block for block in read_page(held, "").blocks if isinstance(block, Grid)]) == 1
    reading = read(held, "text/html")
    assert missing(reading) == []
    places = {cell.at.partition(" table")[0] for cell in reading.cells if cell.table == "disclosure" and cell.at}
    assert places == {"picture 1 page 1", "picture 2 page 1"}


def test_a_damaged_picture_among_others_is_named(table: Pixels) -> None:
    upper, lower = (png(part) for part in parted(table, 0.65))
    reading = read(web_page(upper, upper[: len(upper) // 3], lower), "text/html")
    assert silently_wrong(reading, report()) == []
    assert missing(reading) == []
    assert len([finding for finding in reading.findings if finding.rule == recognition.PICTURE]) == 1


@pytest.mark.parametrize("dpi", [200, 72])
def test_pieces_of_a_page_bound_as_pages_are_one_print_whatever_size_they_claim(dpi: int, page: Pixels) -> None:
    """Programs that bind pictures often make a point of each pixel: such pages are larger than any paper."""
    from tests.kit import scan

    reading = read(scan.bound(parted(page, 0.62), dpi))
    assert missing(reading) == []
    assert (reading.year, reading.template) == (2023, "2021")
    assert reading.agency in ("云岭市教育局", None)


def test_a_long_picture_is_cut_and_joined(page: Pixels) -> None:
    text = page[: len(page) // 3]
    reading = read(png(np.vstack([text, text, page])))
    assert missing(reading) == []
    assert reading.agency in ("云岭市教育局", None)
