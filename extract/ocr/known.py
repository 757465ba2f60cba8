"""Short words of the form that are misread by one character, for which no other word of a form could stand.

Longer labels are recognised by what they resemble wherever they come from (``extract.forms``); of short ones only a page
that is a picture can say that a character was misread. Of the columns and parts of section four one lost label loses the table.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.ocr.network import Sign
from extract.ocr.words import Printed

_WORDS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "未经复议直接起诉", "复议后起诉")
_UNITS = {"欠": "次", "吹": "次", "伴": "件", "仵": "件", "糸": "条", "入": "人", "入次": "人次", "方元": "万元"}
_HALVES = re.compile(r"[反夂夕攵久各][木ホ朩]|[,，、]条")
"""Characters like a unit of the form of 2014 that are no word of a form, alone in their cells; the two halves of one (条)
that large type sets apart."""

_LOOK_ALIKE = str.maketrans("向冋木末宙甲纪", "尚尚未未审审结")
"""Characters that small type turns into others, of these words."""

_STEP = 0.1  # of a line's width: how far before its neighbour a character stands that was passed over

Place = tuple[int, Sign]
"""The number of a line, and a character on it."""


def with_known_words(printed: Sequence[Printed]) -> list[Printed]:
    """Return what was read with the words of the form in the cells that hold nothing else."""
    cells: dict[int, dict[int, Printed]] = {}
    for number, one in enumerate(printed):
        if one.cell is not None:
            cells.setdefault(one.cell, {})[number] = one
    mended = {number: one for lines in cells.values() for number, one in _mended(lines).items()}
    return [mended.get(number, one) for number, one in enumerate(printed)]


def _mended(lines: Mapping[int, Printed]) -> Mapping[int, Printed]:
    """Return the lines of a cell as a word of the form where they are one but for a character."""
    places = [(number, sign) for number, one in lines.items() for sign in one.signs]
    text = "".join(sign.text for _, sign in places)
    if unit := "条" if _HALVES.fullmatch(text) else _UNITS.get(text):
        spelled = [(n, replace(sign, text=char)) for (n, sign), char in zip(places[-len(unit) :], unit, strict=True)]
        return _with_signs(lines, spelled)
    likely = text.translate(_LOOK_ALIKE)
    near = [word for word in _WORDS if len(text) == len(places) and _is_near(likely, word)]
    if len(near) != 1 or text == near[0]:
        return lines
    meant = [(number, replace(sign, text=char)) for (number, sign), char in zip(places, likely, strict=True)]
    return _with_signs(lines, meant if likely == near[0] else _spelled(meant, likely, near[0]))


def _is_near(text: str, word: str) -> bool:
    """Tell whether one character was misread, passed over or added."""
    first = _shared(text, word)
    rest = text[first:], word[first:]
    return text == word or any(
        rest[0][skipped:] == rest[1][missed:] for skipped, missed in ((1, 1), (0, 1), (1, 0)) if any(rest)
    )


def _spelled(places: Sequence[Place], text: str, word: str) -> list[Place]:
    """Return the characters of a word in the places of those that were read for it."""
    at = _shared(text, word)
    if len(text) > len(word):
        return [*places[:at], *places[at + 1 :]]
    if len(text) == len(word):
        number, sign = places[at]
        return [*places[:at], (number, replace(sign, text=word[at])), *places[at + 1 :]]
    number, sign = places[min(at, len(places) - 1)]
    step = -_STEP if at < len(places) else _STEP
    return [*places[:at], (number, replace(sign, text=word[at], place=sign.place + step)), *places[at:]]


def _shared(text: str, word: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = enumerate(zip(text, word, strict=False))
    return next((number for number, (one, other) in pairs if one != other), min(len(text), len(word)))


def _with_signs(lines: Mapping[int, Printed], places: Sequence[Place]) -> Mapping[int, Printed]:
    return {
        number: replace(one, signs=[sign for line, sign in places if line == number]) for number, one in lines.items()
    }
