"""Figures in cells: a number is believed when two readings of its ink and the shape of its marks agree.

One reading looks closely, the other from further away. Where they differ, where the marks cannot be as many digits as
were read, where a stroke comes in from outside or the shape is that of a slash, the cell is unreadable.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import cv2
import numpy as np

from extract.ocr.hyphens import hyphens
from extract.ocr.marks import InkLine, Mark, Sheet
from extract.ocr.network import Sign
from extract.ocr.pale import in_black
from extract.ocr.picture import PixelBox, Pixels, paper_of
from extract.ocr.rings import spokesmen
from extract.ocr.shapes import (
    could_be,
    digits,
    is_bar,
    is_level,
    is_pointed_zero,
    is_slash,
    is_upright,
    is_zero,
    joined,
)
from extract.ocr.sizes import sizes
from extract.ocr.specks import has_specks, with_specks
from extract.pdf.ink import UNREADABLE
from extract.text import parse_number

FIGURE = re.compile(r"[\d,.，+\-–—−－]*\d(?![.、．])|\W*$")
"""Beginning of what may be a figure, with its remark; 1. and 1、 number a label."""

_NEAR, _FAR, _BETWEEN = 0.3, 0.7, 0.5
"""Paper around the ink, in heights of a line, at which it is read first, second and, where that fails, third."""

_STRETCH = 1.4  # how much wider digits are in the third reading
_LEAST_SCORE = 0.8
_CERTAIN_ZERO = 0.9
_NARROW = "1"  # narrower than other digits

_NUMBERS = re.compile(r"[\d.,，+\-—]+")
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_MINUS = frozenset("-–—−－")
_STROKES = frozenset("/1Il|!丿7")
_LIKE_SLASH = "7"  # where its bar is short or faint
_AFTER_NUMBERS = ".,，+-—"
_GUESSED = frozenset(_AFTER_NUMBERS)
_LIKE_DIGITS = str.maketrans("Oo日q", "0009")
_OF_FIGURES = re.compile(r"[\dOo日q.,，+\-—]+")
_DIGITS = re.compile(r"[-–—−－]?\d[\d.,]*")
_POINTS = frozenset(".,，")

Read = Callable[[Sequence[Pixels]], Sequence[Sequence[Sign]]]


@dataclass(frozen=True, slots=True)
class Strip:
    """A line as it is read, and the box it fills on the page."""

    pixels: Pixels
    box: PixelBox


def read_lines(lines: Sequence[InkLine], sheet: Sheet, read: Read) -> list[tuple[Strip, Sequence[Sign]]]:
    """Read lines of ink. Words are returned as they were read; what may be a figure and is not proven is unreadable."""
    read = partial(_read_as_figures, read)
    found = _read_lines(lines, sheet, read)
    if sheet.dots is not None:
        found = [(strip, _whole(line, signs, sheet)) for line, (strip, signs) in zip(lines, found, strict=True)]
    specked = [number for number in _figures(found) if has_specks(lines[number], sheet)]
    found = _alike(found, {number: with_specks(lines[number], sheet) for number in specked}, read)
    return _alike_in_black(lines, found, sheet, read) if sheet.pale else found


def _read_lines(lines: Sequence[InkLine], sheet: Sheet, read: Read) -> list[tuple[Strip, Sequence[Sign]]]:
    near = [_strip(line, sheet, _NEAR) for line in lines]
    first = _first(lines, near, sheet, read)
    certain = [_text(signs) if _scores(signs) else "" for signs in first]
    sheets = [replace(sheet, digit=digit) for digit in sizes(lines, certain, sheet)]
    dashes = hyphens(lines, first, [sheet.digit.height for sheet in sheets])
    settled = {
        number: _settled(line, first[number], sheets[number], number in dashes) for number, line in enumerate(lines)
    }
    open_ = [number for number, signs in settled.items() if signs is None]
    second = dict(zip(open_, read([_strip(lines[number], sheet, _FAR).pixels for number in open_]), strict=True))
    unsure = [number for number in open_ if _is_open(lines[number], first[number], second[number], sheets[number])]
    third = dict(
        zip(unsure, read([_stretched(_strip(lines[number], sheet, _BETWEEN)) for number in unsure]), strict=True)
    )
    return [
        (strip, settled[number] or _decided(line, (signs, second[number], third.get(number)), sheets[number]))
        for number, (line, strip, signs) in enumerate(zip(lines, near, first, strict=True))
    ]


def _whole(line: InkLine, signs: Sequence[Sign], sheet: Sheet) -> Sequence[Sign]:
    """Return a figure if none of its digits is in pieces: of one with dots around others may have been painted over.

    A 5 of which only a dot of its upright stroke is left looks like a 3, also with the dot.
    """
    is_broken = any(len(marks) > 1 for marks in digits(line.marks, sheet.digit.height))
    return unreadable() if is_broken and _numbers(_text(signs)) and not _is_pointed(line, signs, sheet) else signs


def _is_pointed(line: InkLine, signs: Sequence[Sign], sheet: Sheet) -> bool:
    return _text(signs) == "0" and is_pointed_zero(line.marks, sheet.pixels, sheet.digit)


def _alike_in_black(
    lines: Sequence[InkLine], found: Sequence[tuple[Strip, Sequence[Sign]]], sheet: Sheet, read: Read
) -> list[tuple[Strip, Sequence[Sign]]]:
    """Make figures of pale print unreadable that are others in black and white; of zeros the shape is proof."""
    figures = [number for number in _figures(found) if _text(found[number][1]) != "0"]
    black = {number: in_black(_strip(lines[number], sheet, _BETWEEN).pixels) for number in figures}
    return _alike(found, black, read)


def _figures(found: Sequence[tuple[Strip, Sequence[Sign]]]) -> list[int]:
    """Return the numbers of the lines in which figures were read."""
    return [number for number, (_, signs) in enumerate(found) if _numbers(_text(signs))]


def _alike(
    found: Sequence[tuple[Strip, Sequence[Sign]]], other: Mapping[int, Pixels], read: Read
) -> list[tuple[Strip, Sequence[Sign]]]:
    """Make the figures unreadable that are others in another picture of their line."""
    unlike = {
        number
        for number, signs in zip(other, read(list(other.values())), strict=True)
        if _numbers(_text(signs)) != _numbers(_text(found[number][1]))
    }
    return [(strip, unreadable() if number in unlike else signs) for number, (strip, signs) in enumerate(found)]


def _read_as_figures(read: Read, strips: Sequence[Pixels]) -> list[Sequence[Sign]]:
    """Read strips; a ring alone or among digits is 0, for which the network now and then takes the letter.

    One with a point inside, as type of one width has it, looks like 日, and 9 like q.
    """
    return [
        [replace(sign, text=sign.text.translate(_LIKE_DIGITS)) for sign in signs]
        if _OF_FIGURES.fullmatch(_text(signs))
        else signs
        for signs in read(strips)
    ]


def _is_open(line: InkLine, first: Sequence[Sign], second: Sequence[Sign], sheet: Sheet) -> bool:
    """Tell whether another reading may decide: one is certain of as many digits as there are marks, the other is not.

    From far away, 11 and digits that touch are often read without certainty; from near, the first digit now and then.
    """
    text = _text(first)
    is_weak = any(sign.score < _LEAST_SCORE for sign in second)
    is_told = is_weak if _scores(first) else text == _text(second) and not is_weak
    return is_told and _DIGITS.fullmatch(text) is not None and _fits(text, line.marks, sheet)


def _first(lines: Sequence[InkLine], strips: Sequence[Strip], sheet: Sheet, read: Read) -> list[Sequence[Sign]]:
    """Read lines from near, zeros that look alike by a few of them."""
    behind = spokesmen(lines, sheet)
    alone = [number for number in range(len(lines)) if number not in behind]
    found = dict(zip(alone, read([strips[number].pixels for number in alone]), strict=True))
    unlike = [number for number, before in behind.items() if not all(_is_read_as_zero(found[one]) for one in before)]
    found.update(zip(unlike, read([strips[number].pixels for number in unlike]), strict=True))
    return [found[number if number in found else behind[number][0]] for number in range(len(lines))]


def _is_read_as_zero(signs: Sequence[Sign]) -> bool:
    return _text(signs) == "0" and signs[0].score >= _CERTAIN_ZERO


def unreadable() -> Sequence[Sign]:
    """Return what stands for ink that is no certain character."""
    return (Sign(UNREADABLE, 0.0, 0.5),)


def _settled(line: InkLine, signs: Sequence[Sign], sheet: Sheet, is_dash: bool) -> Sequence[Sign] | None:
    """Return what one reading and the shape decide, ``None`` where a second reading is needed."""
    text = _text(signs)
    lacks_sign = line.signed and text[:1].isdigit()
    if (not line.certain or lacks_sign) and FIGURE.match(text):
        return unreadable()
    if _is_read_as_zero(signs) and is_zero(line.marks, sheet.ink, sheet.digit):
        return signs
    if is_dash or is_bar(line.marks, sheet.digit.height):
        return unreadable() if sheet.dirty else (Sign("—", 1.0, 0.5),)
    if set(text) <= _STROKES and is_slash(line.marks, sheet.ink, sheet.digit.height):
        return unreadable() if text == _LIKE_SLASH else (Sign("/", 1.0, 0.5),)
    return None if FIGURE.match(text) or parse_number(text).state in ("mark", "reported") else signs


def _decided(
    line: InkLine, read: tuple[Sequence[Sign], Sequence[Sign], Sequence[Sign] | None], sheet: Sheet
) -> Sequence[Sign]:
    """Return the first reading where two agree with certainty; the third, if there is one, takes the place of the weak one."""
    first, second, third = read
    if third is None or _scores(first):
        return _compared(line, first, second if third is None else third, sheet)
    return first if _text(_compared(line, second, third, sheet)) == _text(first) else unreadable()


def _compared(line: InkLine, first: Sequence[Sign], second: Sequence[Sign], sheet: Sheet) -> Sequence[Sign]:
    """Return the first reading where the second and the shape of the marks agree with it."""
    text = _text(first)
    if _numbers(text) != _numbers(_text(second)) or not text:
        return unreadable()
    if _WORDS.search(text):
        return first if _scores(first) and _scores(second) else unreadable()
    if text == _text(second) and _is_pointed(line, first, sheet):
        return first
    agreed = text == _text(second) and _scores(first) and _scores(second)
    proven = agreed and any(map(str.isdigit, text)) and not (sheet.dirty and _GUESSED & set(text))
    return first if proven and _fits(text, line.marks, sheet) and _is_signed(text, line, sheet) else unreadable()


def _is_signed(text: str, line: InkLine, sheet: Sheet) -> bool:
    """Tell whether the minus of a number, if it has one, is a dash and no stroke of a pen."""
    return text[0] not in _MINUS or is_level(line.marks[0], sheet.digit.height)


def _text(signs: Sequence[Sign]) -> str:
    return "".join(sign.text for sign in signs)


def _numbers(text: str) -> list[str]:
    """Return what stands in a text as numbers, each up to its last digit."""
    return [number for run in _NUMBERS.findall(text) if (number := run.rstrip(_AFTER_NUMBERS))]


def _scores(signs: Sequence[Sign]) -> bool:
    """Tell whether the signs of figures are certain; words are recognised by what they resemble."""
    return all(sign.score >= _LEAST_SCORE for sign in signs if sign.text.isdigit() or sign.text in _GUESSED)


def _fits(text: str, marks: Sequence[Mark], sheet: Sheet) -> bool:
    """Tell whether the marks can be the digits read: as many, and a lone 1 upright."""
    read = [sign for sign in text if sign.isdigit()]
    if not could_be(len(read), marks, sheet.digit, sum(sign in _POINTS for sign in text)):
        return _are_broken(read, marks, sheet)
    return read != ["1"] or is_upright(marks, sheet.ink)


def _are_broken(read: Sequence[str], marks: Sequence[Mark], sheet: Sheet) -> bool:
    """Tell whether the marks are pieces of the digits read, which fainter ink joins; pieces of 0 might be 11."""
    if sheet.traces is None or _NARROW in read or len(marks) <= len(read):
        return False
    return could_be(len(read), joined(marks, sheet.traces), sheet.digit)


def _strip(line: InkLine, sheet: Sheet, margin: float) -> Strip:
    """Cut a line out with some paper around it, nothing of its neighbours on it."""
    left, top, right, bottom = _at_least(line.box, sheet.digit.height)
    room = max(2, int(margin * (bottom - top)))
    box = (left - room, top - room, right + room, bottom + room)
    cut = (
        max(line.inside[0], box[0]),
        max(line.inside[1], box[1]),
        min(line.inside[2], box[2]),
        min(line.inside[3], box[3]),
    )
    pixels = _only(line.marks, cut, sheet)
    sides = (cut[1] - box[1], box[3] - cut[3], cut[0] - box[0], box[2] - cut[2])
    paper = int(paper_of(pixels))
    return Strip(np.asarray(cv2.copyMakeBorder(pixels, *sides, cv2.BORDER_CONSTANT, value=(paper,)), np.uint8), box)


def _stretched(strip: Strip) -> Pixels:
    wide = cv2.resize(strip.pixels, None, fx=_STRETCH, fy=1, interpolation=cv2.INTER_CUBIC)
    return np.asarray(wide, dtype=np.uint8)


def _at_least(box: PixelBox, height: float) -> PixelBox:
    """Return a box as high as a digit: a dash is read in the size of its neighbours."""
    left, top, right, bottom = box
    more = max(0, int(height - (bottom - top)) // 2)
    return (left, top - more, right, bottom + more)


def _only(marks: Sequence[Mark], cut: PixelBox, sheet: Sheet) -> Pixels:
    """Return a piece of the page on which all ink but the marks' is painted with paper."""
    left, top, right, bottom = cut
    pixels = sheet.pixels[top:bottom, left:right].copy()
    other = sheet.ink[top:bottom, left:right].copy()
    for mark in marks:
        other[max(0, mark.top - top) : mark.bottom - top, max(0, mark.left - left) : mark.right - left] = 0
    around = cv2.dilate(other, np.ones((5, 5), np.uint8)) > 0
    pixels[around] = int(paper_of(pixels))
    return pixels
