"""The values of OFD's attributes: numbers, boxes, matrices, offsets, truth values.

Nothing is guessed for a value that is broken: an object in the wrong place is a figure in the wrong cell.
"""

import math
from collections.abc import Iterator
from itertools import islice, repeat
from string import hexdigits

from lxml import etree
from pdfminer.utils import Matrix, mult_matrix

from extract.errors import CorruptError
from extract.office.package import local_name

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

MOST = 255.0
"""Of a colour's parts and its opacity, in 8 bits."""

_REPEAT = "g"
_LONGEST_PART = 8


def number(text: str) -> float:
    """Return a number. Raises ``CorruptError`` for anything else, infinity included."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise CorruptError(f"{text[:40]!r} is not a number")
    return value


def parts_of_colour(text: str) -> list[float]:
    """Return the parts of a colour, which may be hexadecimal (``#FF 0 0``). Raises ``CorruptError`` for anything else."""
    return [_hexadecimal(word[1:]) if word.startswith("#") else number(word) for word in _words(text)]


def _hexadecimal(digits: str) -> float:
    if not 0 < len(digits) <= _LONGEST_PART or not set(digits) <= set(hexdigits):
        raise CorruptError(f"#{digits[:40]} is not a number")
    return float(int(digits, 16))


def numbers(text: str) -> list[float]:
    """Return the numbers of a list. Raises ``CorruptError`` for anything else."""
    return [number(word) for word in _words(text)]


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()


def offsets(text: str, most: int) -> list[float]:
    """Return the offsets between characters, ``most`` at most: numbers, and ``g 3 4.2`` for 4.2 three times."""
    return list(islice(_offsets(iter(_words(text)), most), most))


def _offsets(words: Iterator[str], most: int) -> Iterator[float]:
    for word in words:
        if word == _REPEAT:
            count = min(number(next(words, "")), most)
            yield from repeat(number(next(words, "")), int(count))
        else:
            yield number(word)


def refuse_text(node: etree._Element) -> None:
    """Raise ``CorruptError`` for text where the standard has none: passed over, its figures would leave blank cells."""
    if next(node.iter("{*}TextCode"), None) is not None:
        raise CorruptError(f"text in an element that holds none: {local_name(node)[:40]}")


def own_matrix(node: etree._Element) -> Matrix:
    """Return the way from a graphic object's own space to that of the block it stands in, by CTM and Boundary."""
    left, top, _, _ = boundary(node)
    a, b, c, d, e, f = matrix(node) or IDENTITY
    return (a, b, c, d, e + left, f + top)


def moved(node: etree._Element) -> Matrix:
    """Return the way from a block's own space, which begins at the corner of its Boundary, to that it stands in."""
    left, top, _, _ = boundary(node)
    return (1.0, 0.0, 0.0, 1.0, left, top)


def matrix(node: etree._Element) -> Matrix | None:
    """Return an object's CTM, or ``None`` where it has none."""
    text = node.get("CTM")
    if text is None:
        return None
    found = numbers(text)
    if len(found) != 6:
        raise CorruptError(f"a CTM of {len(found)} numbers")
    a, b, c, d, e, f = found
    return (a, b, c, d, e, f)


def boundary(node: etree._Element) -> tuple[float, float, float, float]:
    """Return left, top, width and height of an object."""
    return box(node.get("Boundary") or "")


def box(text: str) -> tuple[float, float, float, float]:
    """Return a box as left, top, width, height. Raises ``CorruptError`` when that is not what stands there."""
    found = numbers(text)
    if len(found) != 4:
        raise CorruptError(f"a box of {len(found)} numbers")
    left, top, width, height = found
    return (left, top, width, height)


def is_true(node: etree._Element, name: str, *, default: bool) -> bool:
    """Return a truth value, which XML also writes as 1 and 0."""
    text = node.get(name)
    return text.strip().lower() in ("true", "1") if text else default


def is_clear(node: etree._Element) -> bool:
    """Tell whether an object or colour is wholly transparent."""
    alpha = node.get("Alpha")
    return alpha is not None and number(alpha) == 0


def is_opaque(node: etree._Element) -> bool:
    """Tell whether nothing shines through an object by its own transparency."""
    return number(node.get("Alpha") or str(MOST)) == MOST


def combined(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does what two do one after the other."""
    return mult_matrix(first, then)
