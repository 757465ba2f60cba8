"""Normal form of text, and the one number parser: what is not certainly a number never becomes one."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extract.model import Number, State

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
# ⸺ is what fonts of browsers make of ——; ー and ━ are typed for a dash.
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―⸺⸻─━−－﹣ー", "-") | dict.fromkeys("∕⁄╱", "/"))

# A printed non-number. "." and "*" stand for "nothing" on some portals; of letters only N/A does.
_MARK = re.compile(
    r"[/\\|\-_~*.·、。…]+|/?无|暂?没有|暂无|无此[项类][一-鿿]{0,4}|不涉及|无(?:相关)?数据|无相关(?:事项|业务|情况)|不适用|未(?:发生|涉及|开展|产生)|N/A"
)
_PLAIN = r"[+-]?(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|0|[1-9][0-9]*)(?:\.[0-9]+)?"
_UNIT = "亿元|万元|千元|元|亿|万|项/件|件/次|件次|人次|户次|家次|批次|件|条|个|人|次|项|宗|份|篇|部|例|起|户|家"
_REMARK = r"\((?P<remark>.*)\)"
_BRACKETED = rf"\((?:单位:)?(?P<bracketed>[百千万亿]?(?:{_UNIT}))\)"
_NUMBER = re.compile(rf"(?P<number>{_PLAIN})(?:(?P<unit>{_UNIT})|{_BRACKETED})?(?:{_REMARK})?", re.DOTALL)
_UNIT_IN_REMARK = re.compile(
    r"(?<![0-9.一二三四五六七八九十百千万亿两几数多余])[百千万亿]元|^(?:单位|以|按)?:?(?:元|[百千万亿])"
)
"""A remark that names a unit and no amount in it (25.1（万元，含罚没）): it may be the number's own."""

_CORRECTED = re.compile("更正|订正|勘误|有误|误[填报写]|应[为是]|改为|实[为际]|修正为|调整为")
"""A remark that says which number holds, or that this one does not (68（更正为0）)."""

_PIECES = re.compile(r"[0-9.,]+(?: [0-9.,]+)+")

# Digits that NFKC would turn into plain ones although they are superscripts, circled or mathematical: 10² is not 102.
_DISGUISED = re.compile(r"(?![0-9０-９])[\d¹²³⁰-₉①-⓿❶-➓㈠-㊉🄀-🄉]")

_WIDE = tuple(zip("，：；（）！？％\u3000\xa0", ",:;()!?%  ", strict=True))
"""The full-width signs of Chinese prose and what each is in NFKC, whatever stands beside it."""

CUT = "…"
"""Stands where the characters that followed, or went before, are lost."""

LOST = "\ufffd"
"""Stands for what could not be decoded, and for the tag or character that damage left."""

PICTURE_FONTS = "dings"
"""What the names of Wingdings and Webdings have in common: fonts whose digits and letters print as pictures."""

TWICE = " || "
"""Stands between the two printings of a row that was printed twice."""

_SHORT = 120
_FEWEST_NAMES = 5

MAX_DIGITS = 15
"""Longer runs of digits are glued cells, not a count, and would not be exact in every export."""


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """What stands in a cell: its state, the value when it is certain, the printed unit and remark.

    ``candidates`` are the numbers the text could be when white space stands between digits (a number broken over
    two lines); only the sums of the form may choose among them.
    """

    state: State
    value: Decimal | None = None
    unit: str = ""
    remark: str = ""
    candidates: tuple[Decimal, ...] = ()


def normal(text: str) -> str:
    """Return text in NFKC with invisible characters removed and white space folded to single spaces."""
    return _normal_short(text) if len(text) <= _SHORT else _normal(text)


def _normal(text: str) -> str:
    return " ".join(_folded(text).split())


_normal_short = lru_cache(maxsize=4096)(_normal)


def _folded(text: str) -> str:
    # Nearly all text is printable: a look at that takes a tenth of the search.
    seen = text if text.isprintable() else _INVISIBLE.sub("", text)
    # With these replaced, nearly all text is in NFKC: to see that takes a hundredth of making it so.
    for wide, narrow in _WIDE:
        seen = seen.replace(wide, narrow)
    return unicodedata.normalize("NFKC", seen)


def compact(text: str) -> str:
    """Return text in NFKC without any white space or invisible character."""
    return _compact_short(text) if len(text) <= _SHORT else _compact_long(text)


def _compact(text: str) -> str:
    folded = _folded(text)
    without_space = "".join(folded.split())
    # NFKC turns a free-standing accent into a space and the accent: without the space it joins its neighbour.
    return without_space if without_space == folded else unicodedata.normalize("NFKC", without_space)


# The cells and labels of a form repeat thousands of times; prose is asked for a few times while its document is read.
_compact_short = lru_cache(maxsize=16_384)(_compact)
_compact_long = lru_cache(maxsize=64)(_compact)


def parse_number(text: str) -> ParsedNumber:
    """Read one cell. Only plain ASCII digits after NFKC, with sign, groups of thousands, unit and remark, are certain.

    ``22（其中修订16件）`` is 22 with a remark; ``/`` and ``无`` are marks; ``〇一``, ``1.2.3``, ``007``, ``12 3`` are
    unreadable.
    """
    return _parse_short(text) if len(text) <= _SHORT else _parse(text)


def is_count(text: str) -> bool:
    """Say whether a text is a number and nothing else, in plain digits: most cells of a report are, and need no parser."""
    return text.isdigit() and text.isascii() and (text[0] != "0" or len(text) == 1) and len(text) <= MAX_DIGITS


def _parse(text: str) -> ParsedNumber:
    if is_count(text):
        return ParsedNumber("reported", Decimal(text))
    printed = normal(text).translate(_DASHES)
    if not printed:
        return ParsedNumber("blank")
    if printed == "#" or _MARK.fullmatch(printed.replace(" ", "")):
        return ParsedNumber("mark")
    matched = _NUMBER.fullmatch(re.sub(r" (?=[^\d])|(?<=[^\d]) ", "", printed))
    if matched is None or _DISGUISED.search(text):
        return ParsedNumber("unreadable", candidates=_candidates(printed))
    digits = matched["number"].replace(",", "")
    if sum(map(str.isdigit, digits)) > MAX_DIGITS:
        return ParsedNumber("unreadable")
    unit = matched["unit"] or matched["bracketed"] or ""
    remark = matched["remark"] or ""
    if _CORRECTED.search(remark) or (not unit and _UNIT_IN_REMARK.search(remark) and Decimal(digits)):
        return ParsedNumber("unreadable")
    return ParsedNumber("reported", Decimal(digits), unit, remark)


_parse_short = lru_cache(maxsize=16_384)(_parse)


def is_blank(text: str) -> bool:
    """Say whether nothing is printed: no sign, or only invisible ones."""
    return not text or (_is_blank_short(text) if len(text) <= _SHORT else not normal(text))


def is_words(text: str) -> bool:
    """Say whether a text is words: not blank, not a number, not a mark."""
    return _is_words_short(text) if len(text) <= _SHORT else _is_words(text)


def heads_figures(texts: Iterable[str]) -> bool:
    """Say whether a row of a sheet has nothing but names of columns: a blank row right below it is one of the table."""
    printed = [text for text in texts if not is_blank(text)]
    return len(printed) >= _FEWEST_NAMES and all(map(is_words, printed))


def _is_words(text: str) -> bool:
    return parse_number(text).state == "unreadable" and any(map(str.isalpha, text))


# Asked many times of every cell.
_is_blank_short = lru_cache(maxsize=16_384)(lambda text: not normal(text))
_is_words_short = lru_cache(maxsize=16_384)(_is_words)


def _candidates(printed: str) -> tuple[Decimal, ...]:
    if not _PIECES.fullmatch(printed):
        return ()
    joined = parse_number(printed.replace(" ", ""))
    return (joined.value,) if joined.value is not None else ()


# How many 万元 one printed unit is.
_IN_WAN: dict[str, Decimal] = {
    "亿元": Decimal(10_000),
    "亿": Decimal(10_000),
    "万元": Decimal(1),
    "万": Decimal(1),
    "千元": Decimal("0.1"),
    "元": Decimal("0.0001"),
}

_MANY = ("百", "千", "万", "亿")
"""Before a unit of counts (万件); nobody counts in them on the form."""


def in_unit(value: Decimal, printed_unit: str, wanted: str) -> Decimal | None:
    """Convert a printed amount to the form's unit; ``None`` when the printed unit does not fit (元 in a count).

    Nothing is nothing in any unit: ``0件`` in a column of money is 0.
    """
    if value == 0:
        return value
    if wanted == "万元":
        factor = _IN_WAN.get(printed_unit or wanted)
        return None if factor is None else value * factor
    return None if printed_unit in _IN_WAN or printed_unit.startswith(_MANY) else value


def exact(value: Number) -> int | Decimal:
    """Return a number that can be added up without loss."""
    return value if isinstance(value, int) else Decimal(str(value))


def plain(value: int | Decimal) -> Number:
    """Return a number as ``int`` when it is whole, else as ``float`` (JSON and SQLite know no decimals)."""
    if isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
