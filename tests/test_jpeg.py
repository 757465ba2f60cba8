"""JPEG pictures: damaged ones are told, whoever wrote the good ones."""

from collections.abc import Iterable
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from extract.errors import CorruptError
from extract.ocr.files import of_file
from extract.ocr.jpeg import check_jpeg
from extract.ocr.picture import of_pdf
from tests.kit.scan import bound

GREY = np.random.default_rng(1).integers(0, 255, (400, 300), dtype=np.uint8)


def jpeg(mode: str = "L", **how: int) -> bytes:
    written = BytesIO()
    Image.fromarray(GREY).convert(mode).save(written, "JPEG", **how)
    return written.getvalue()


def damaged(picture: bytes) -> bytes:
    """Zero some bytes amid the coded pixels."""
    middle = len(picture) // 2
    return picture[:middle] + bytes(600) + picture[middle + 600 :]


def all_of(pictures: Iterable[object]) -> int:
    return len(list(pictures))


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("how", [{}, {"progressive": 1}, {"quality": 30}, {"restart_marker_rows": 2}])
def test_a_good_picture_is_none_that_is_damaged(mode: str, how: dict[str, int]) -> None:
    check_jpeg(jpeg(mode, **how))


@pytest.mark.parametrize("end", [b"\0\xff\xd9", b"\0\0\xff\xd9", b"", b"\xff\xd9\r\n"])
def test_what_scanners_make_of_the_end_is_no_damage(end: bytes) -> None:
    check_jpeg(jpeg()[:-2] + end)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("how", [{}, {"progressive": 1}])
def test_damage_is_told(mode: str, how: dict[str, int]) -> None:
    with pytest.raises(CorruptError, match="JPEG"):
        check_jpeg(damaged(jpeg(mode, **how)))
    with pytest.raises(CorruptError):
        check_jpeg(jpeg(mode, **how)[:-3000])


def test_a_damaged_picture_is_not_read() -> None:
    assert all_of(of_file(jpeg())) == 1
    with pytest.raises(CorruptError, match="JPEG"):
        all_of(of_file(damaged(jpeg())))


def test_nor_is_one_that_a_pdf_shows() -> None:
    good = bound([GREY])
    assert all_of(of_pdf(good, [0])) == 1
    start = good.index(b"\xff\xda") + 5000
    with pytest.raises(CorruptError, match="JPEG"):
        all_of(of_pdf(good[:start] + bytes(600) + good[start + 600 :], [0]))
