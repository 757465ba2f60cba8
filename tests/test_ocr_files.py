"""Picture files as scanners, fax machines and telephones write them show the same page."""

from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pytest

from extract.ocr import recognition

if TYPE_CHECKING:
    from PIL import Image

    from extract.ocr.picture import Picture

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

WIDTH, HEIGHT = 1654, 2339  # A4, 200 dots an inch
BAR = (200, 300, 900, 420)


def drawn(width: int = WIDTH, height: int = HEIGHT) -> "Image.Image":
    """Draw a black bar on white paper."""
    from PIL import Image, ImageDraw

    page = Image.new("L", (width, height), 255)
    box = [side * whole / of for side, whole, of in zip(BAR, (width, height) * 2, (WIDTH, HEIGHT) * 2, strict=True)]
    ImageDraw.Draw(page).rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill=0)
    return page


def saved(page: "Image.Image", kind: str, **options: object) -> bytes:
    out = BytesIO()
    page.save(out, kind, **options)
    return out.getvalue()


def only(data: bytes) -> "Picture":
    from extract.ocr.files import of_file

    [picture] = of_file(data)
    return picture


def assert_same(data: bytes) -> None:
    """A file shows the bar on white paper at its place, at about 200 dots an inch."""
    picture = only(data)
    assert picture.dpi == pytest.approx(200, rel=0.01)
    dark = np.argwhere(picture.black < 128)
    (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0) + 1
    assert (left, top, right, bottom) == pytest.approx(BAR, abs=3)
    assert picture.pixels[0, 0] >= 250
    assert picture.pixels[(BAR[1] + BAR[3]) // 2, (BAR[0] + BAR[2]) // 2] <= 5


@pytest.mark.parametrize("most", [4095, 65535])
@pytest.mark.parametrize("kind", ["png", "tiff"])
def test_grey_values_of_more_than_eight_bits(kind: str, most: int) -> None:
    from PIL import Image

    deep = (np.asarray(drawn(), dtype=np.uint32) * most // 255).astype(np.uint16)
    assert_same(saved(Image.fromarray(deep), kind))


@pytest.mark.parametrize("compression", ["group3", "group4"])
def test_black_and_white_of_fax_machines(compression: str) -> None:
    assert_same(saved(drawn().convert("1"), "tiff", compression=compression))


def test_a_fax_has_lines_twice_as_far_apart_as_dots() -> None:
    coarse = drawn().resize((WIDTH, HEIGHT // 2)).convert("1")
    assert_same(saved(coarse, "tiff", compression="group4", dpi=(204, 102)))


def test_colours_of_printing_machines() -> None:
    assert_same(saved(drawn().convert("CMYK"), "jpeg", quality=95))


def test_a_telephone_says_how_it_was_held() -> None:
    from PIL import ExifTags, Image

    side = drawn().transpose(Image.Transpose.ROTATE_90)
    told = side.getexif()
    told[ExifTags.Base.Orientation] = 6
    assert_same(saved(side, "jpeg", quality=95, exif=told))


def test_what_is_transparent_is_paper() -> None:
    from PIL import Image, ImageOps

    page = Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
    page.putalpha(ImageOps.invert(drawn()))
    assert_same(saved(page, "png"))


@pytest.mark.parametrize("times", [0.5, 1.5, 3.0])
def test_coarser_and_finer_scans(times: float) -> None:
    assert_same(saved(drawn(round(times * WIDTH), round(times * HEIGHT)), "png"))


@pytest.mark.parametrize(("stated", "height"), [(200, 3307), (72, 2339)])
def test_a3_is_believed_of_a_file_whose_pixels_fit_it(stated: int, height: int) -> None:
    page = drawn(2339, 3307)
    assert len(only(saved(page, "tiff", dpi=(stated, stated))).pixels) == pytest.approx(height, abs=2)
