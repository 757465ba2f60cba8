"""Pages that are pictures: recognised where that is possible, and put where the picture stands on its page."""

from collections.abc import Sequence

from extract.errors import NeedsOcrError
from extract.ocr import recognition
from extract.ofd.book import Book
from extract.ofd.page import Picture, Printed
from extract.pages.lines import Box, PageContent
from extract.pages.rules import Segment
from extract.pages.text import Char
from extract.sniff import media_type

_LEAST_CHARACTERS = 30  # a scan may carry a printed page number or a stamp
_LEAST_AREA = 0.3
"""Share of its page that a picture covers when it is the page; a seal or an emblem covers a tenth."""


def is_picture(page: Printed) -> bool:
    """Tell whether a page is a picture with hardly any text of its own."""
    return bool(page.pictures) and sum(not char.text.isspace() for char in page.ink.chars) < _LEAST_CHARACTERS


def recognised(book: Book, page: Printed) -> PageContent:
    """Read a page that is a picture. Raises ``NeedsOcrError`` where it, or such a picture, cannot be recognised."""
    recognition.ensure_possible()
    large = [
        picture for picture in page.pictures if _area(picture.box) >= _LEAST_AREA * page.ink.width * page.ink.height
    ]
    if len(large) != 1 or not large[0].upright:
        # Strips are cut through lines of type; a figure read from half of it may be another figure.
        raise NeedsOcrError(f"{len(page.pictures)} pictures, not one that is the page")
    content = page.ink.content()
    chars, segments = list(content.chars), list(content.segments)
    for part in _placed(recognition.pages_of_file(_data(book, large[0]), apart=False), large[0].box):
        chars.extend(part.chars)
        segments.extend(part.segments)
    return PageContent(content.width, content.height, chars, segments, content.images)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _data(book: Book, picture: Picture) -> bytes:
    data = book.data(picture.part) if picture.part else None
    kind = media_type(data) if data else "missing"
    if data is None or not kind.startswith("image/"):
        raise NeedsOcrError(f"a picture of a kind that is not read ({kind}): {picture.part}")
    return data


def _placed(parts: Sequence[PageContent], box: Box) -> list[PageContent]:
    """Scale recognised parts, which lie below each other, into the box of their picture."""
    scale = (box[2] - box[0]) / max(part.width for part in parts)
    down = (box[3] - box[1]) / sum(part.height for part in parts)
    placed, top = [], box[1]
    for part in parts:
        place = (scale, down, box[0], top)
        chars = [Char(char.text, *_moved(char[1:], *place)) for char in part.chars]
        segments = [Segment(*_moved(segment, *place)) for segment in part.segments]
        placed.append(PageContent(part.width * scale, part.height * down, chars, segments))
        top += part.height * down
    return placed


def _moved(box: Box, across: float, down: float, left: float, top: float) -> Box:
    x0, y0, x1, y1 = box
    return (left + x0 * across, top + y0 * down, left + x1 * across, top + y1 * down)
