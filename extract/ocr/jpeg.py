"""JPEG pictures that are damaged: decoders go on and show something, blank paper in place of figures among others.

The decoder of Pillow and that of PDFium do not pass on what libjpeg warns of, simplejpeg does.
"""

import re
from typing import Any

import pypdfium2.raw as api
import simplejpeg

from extract.errors import CorruptError

_HARMLESS = re.compile(r"Adobe|JFIF|ICC|SOS parameters|too many scanlines", re.IGNORECASE)
_LEFT_OVER = re.compile(r"(?<!\d)(\d{1,9}) extraneous bytes before marker 0xd9")
_FEW_BYTES = 4
"""Some scanners leave a few bytes before the end of a picture."""

_END = b"\xff\xd9"
_FILTER = "DCTDecode"


def check_jpeg(data: bytes) -> None:
    """Decode a JPEG for nothing but what its decoder has to say of it. Raises ``CorruptError`` where it had to guess."""
    ended = data + _END  # where only the end is missing, all of the picture is there
    try:
        *_, colours, _ = simplejpeg.decode_jpeg_header(ended, strict=False)
        space = "CMYK" if colours in ("CMYK", "YCCK") else "GRAY"
        simplejpeg.decode_jpeg(ended, space, fastdct=True, fastupsample=True)
    except ValueError as error:
        if _is_damage(str(error)):
            raise CorruptError(f"picture: {error}") from error


def _is_damage(said: str) -> bool:
    left = _LEFT_OVER.search(said)
    return int(left[1]) > _FEW_BYTES if left else _HARMLESS.search(said) is None


def check_pictures(page: Any) -> None:
    """Look at each JPEG that a page of a PDF shows. Raises ``CorruptError`` for a damaged one."""
    for picture in page.get_objects(filter=[api.FPDF_PAGEOBJ_IMAGE]):
        if picture.get_filters(skip_simple=True) == [_FILTER]:
            check_jpeg(bytes(picture.get_data(decode_simple=True)))
