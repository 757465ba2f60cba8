"""Short words of the form that are misread by one character, for which no other word of a form could stand.

Longer labels are recognised by what they resemble wherever they come from (``extract.forms``); of short ones only a page
that is a picture can say that a character was misread. Of the columns of sections three and four one lost label loses the table.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.ocr.network import Sign
from extract.ocr.words import Printed

_WORDS = (
    *("结果维持", "结果纠正", "其他结果", "尚未审结", "未经复议直接起诉", "复议后起诉"),
    *("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构"),
)
_UNITS = {"欠": "次", "吹": "次", "伴": "件", "仵": "件", "糸": "条", "入": "人", "入次": "人次", "方元": "万元"}
_HALVES = re.compile(r"[反夂夕攵久各][木ホ朩]|[,，、]条")
"""Characters like a unit of the form of 2014 that are no word of a form, alone in their cells; the two halves of one (条)
that large type sets apart."""

_ROWS = {"一": "予以公开", "二": "部分公开", "2": "重复申请", "六": "其他处理"}
_ROW = re.compile(r"[(（]?([一二六2])[)）]?[.、．]? ?([\u4e00-\u9fff]{4})(?:[(（].*)?")
"""Labels of four characters by their ordinals, of rows: too short to be told by what they resemble."""

_BELONGS = re.compile(r"(?<=属)[干千]")
"""The second character of 属于, with which seven labels begin, as low type has it: no word has the others behind the first."""

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
    if len(text) != len(places):
        return lines
    known = _unit(places, text) or _row(places, text) or _word(places, text) or _belonging(places, text)
    return _with_signs(lines, known) if known else lines


def _unit(places: Sequence[Place], text: str) -> list[Place]:
    unit = "条" if _HALVES.fullmatch(text) else _UNITS.get(text, "")
    return _written(places[-len(unit) :], unit) if unit else []


def _row(places: Sequence[Place], text: str) -> list[Place]:
    """Return the label of a row with the word of the form that goes with its ordinal, but for a character."""
    row = _ROW.fullmatch(text)
    if not row or sum(one != other for one, other in zip(row[2], _ROWS[row[1]], strict=True)) != 1:
        return []
    start, end = row.span(2)
    return [*places[:start], *_written(places[start:end], _ROWS[row[1]]), *places[end:]]


def _word(places: Sequence[Place], text: str) -> list[Place]:
    likely = text.translate(_LOOK_ALIKE)
    near = [word for word in _WORDS if _is_near(likely, word)]
    if len(near) != 1 or text == near[0]:
        return []
    meant = _written(places, likely)
    return meant if likely == near[0] else _spelled(meant, likely, near[0])


def _belonging(places: Sequence[Place], text: str) -> list[Place]:
    return _written(places, _BELONGS.sub("于", text)) if _BELONGS.search(text) else []


def _written(places: Sequence[Place], text: str) -> list[Place]:
    """Return places with other characters."""
    return [(number, replace(sign, text=char)) for (number, sign), char in zip(places, text, strict=True)]


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
