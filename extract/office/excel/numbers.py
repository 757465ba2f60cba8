"""A sheet's number as its cell prints it: number formats of Excel, as far as reports use them.

A format has up to four sections (positive; negative; zero; text), each with literals around one run of digit places.
A number in a format that counts thousands, or is not understood (fractions, powers of ten, digits apart), stands beside
``UNKNOWN``, which no number has: another figure is printed.
"""

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

GENERAL = "General"
UNKNOWN = "\ufffd"

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    **dict.fromkeys((5, 6), '"¥"#,##0;"¥"-#,##0'),
    **dict.fromkeys((7, 8), '"¥"#,##0.00;"¥"-#,##0.00'),
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
    37: "#,##0_);(#,##0)",
    38: "#,##0_);(#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);(#,##0.00)",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    **dict.fromkeys((45, 46, 47), "mm:ss"),
    48: "##0.0E+0",
    49: "@",
}
"""Formats known by number alone (ECMA-376 part 1, 18.8.30, with the Chinese currency formats); the rest is General."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*(?P<filler>.)|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]'
    r"|(?P<elapsed>\[[hms]+\])|(?P<white>\[(?:white|白色?|color\s*2)\])|\[[^\]]*\]"
    r"|(?P<general>General|G/通用格式)|(?P<run>[#0?][#0?,.]*)|(?P<percent>%)|(?P<power>E[+-])"
    r"|(?P<date>[ymdhs]+)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_LITERALS = ("quoted", "escaped", "currency", "percent", "other")
_SIGN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|.', re.DOTALL)
_CONDITION = re.compile(r"^\s*(?:\[[^\]<>=]*\])*\[(?P<relation>[<>]=?|<>|=)(?P<limit>-?\d{1,15}(?:\.\d{1,15})?)\]")
_ANY_CONDITION = re.compile(r"\[[<>=]")
_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST_DAY = 2_958_465  # 9999-12-31 in the days of Excel
_SIGNIFICANT = Context(prec=11, rounding=ROUND_HALF_UP)  # what General shows of a fraction
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_MAX_DIGITS = 20
_MAX_CODE_CHARACTERS = 255  # Excel's own limit
_MAX_PLACES = 30
_AS_IT_IS = (GENERAL, "@")
_KEPT = 256
_SECTIONS = 4


@dataclass(frozen=True, slots=True)
class _Section:
    """A section taken apart: the one run of digit places, the literals before and after it, and its signs of per cent."""

    before: str
    run: str
    after: str
    percents: int


def printed_number(stored: str, code: str = GENERAL, *, is_1904: bool = False) -> str:
    """Return a stored number as a cell with this format prints it; what is no number is returned as it is."""
    try:
        value = Decimal(stored.strip())
    except InvalidOperation:
        return stored
    if not value.is_finite() or value.adjusted() > _MAX_DIGITS:
        return stored
    sections = _sections(code[:_MAX_CODE_CHARACTERS])
    if len(code) > _MAX_CODE_CHARACTERS:
        return _unknown(value)
    if len(sections) > 1 and _is_for_text(sections[-1]):
        sections.pop()
    if any(map(_ANY_CONDITION.search, sections)):
        found = _fitting(value, sections)
        return _unknown(value) if found is None else _in_section(value, found, drops_sign=False, is_1904=is_1904)
    chosen = _chosen(value, len(sections))
    return _in_section(value, sections[chosen], drops_sign=chosen == 1, is_1904=is_1904)


def printed_text(text: str, code: str = GENERAL) -> str:
    """Return a text as a cell with this format prints it: by the fourth section, or the last if that is for text."""
    if code in _AS_IT_IS:
        return text
    sections = _sections(code[:_MAX_CODE_CHARACTERS])
    tokens = _tokens(sections[-1])
    if len(sections) < _SECTIONS and not _is_for_text(sections[-1]):
        return text
    if any(token["general"] or token["run"] for token in tokens):
        return text
    return "".join(text if token["text"] else _literal((token,)) for token in tokens)


def _is_for_text(section: str) -> bool:
    return any(token["text"] for token in _tokens(section))


@lru_cache(maxsize=_KEPT)
def _tokens(section: str) -> tuple[re.Match[str], ...]:
    return tuple(_TOKEN.finditer(section))


def _sections(code: str) -> list[str]:
    return list(_kept_sections(code))


@lru_cache(maxsize=_KEPT)
def _kept_sections(code: str) -> tuple[str, ...]:
    sections = [""]
    for sign in _SIGN.findall(code):
        if sign == ";":
            sections.append("")
        else:
            sections[-1] += sign
    return tuple(sections)


def _chosen(value: Decimal, sections: int) -> int:
    if value < 0 and sections > 1:
        return 1
    return 2 if value == 0 and sections > 2 else 0


def _fitting(value: Decimal, sections: list[str]) -> str | None:
    """Return the first section whose condition holds, else the last if it has none; ``None`` for any other kind."""
    for section in sections:
        found = _CONDITION.match(section)
        if found is None:
            return section if section is sections[-1] and not _ANY_CONDITION.search(section) else None
        if _HOLDS[found["relation"]](value, Decimal(found["limit"])):
            return None if value < 0 else section  # whether it prints the sign is not told
    return None


def _in_section(value: Decimal, section: str, *, drops_sign: bool, is_1904: bool) -> str:
    tokens = _tokens(section)
    kinds = {token.lastgroup for token in tokens}
    places = [number for number, token in enumerate(tokens) if token.lastgroup in ("run", "general", "text")]
    if len(places) > 1 or kinds & {"power", "elapsed", "white"} or _is_filled_up(tokens):
        return _unknown(value)
    if "date" in kinds:
        return _unknown(value) if places else _day(value, is_1904)
    if not places:
        return _literal(tokens)
    place = places[0]
    before, after = _literal(tokens[:place]), _literal(tokens[place + 1 :])
    shown = abs(value) if drops_sign else value
    if not tokens[place]["run"]:
        return f"{before}{_general(shown)}{after}".strip()
    return _filled(
        shown, _Section(before, tokens[place]["run"], after, sum(bool(token["percent"]) for token in tokens))
    )


def _is_filled_up(tokens: Sequence[re.Match[str]]) -> bool:
    """Say whether a cell's width is filled up with figures."""
    return any((token["filler"] or "").isdigit() for token in tokens)


def _literal(tokens: Sequence[re.Match[str]]) -> str:
    return "".join(token[name] or "" for token in tokens for name in _LITERALS)


def _filled(value: Decimal, section: _Section) -> str:
    """Put a number's digits into the places of a section."""
    whole, _, fraction = section.run.partition(".")
    thousands = len(whole) - len(whole.rstrip(",")) + len(fraction) - len(fraction.rstrip(","))
    places = [sign for sign in fraction if sign != ","]
    if thousands or len(places) > _MAX_PLACES or "." in places:
        return _unknown(value)
    scaled = value.scaleb(2 * section.percents, _WIDE)
    rounded = scaled.quantize(Decimal(1).scaleb(-len(places)), context=_WIDE)
    digits, _, decimals = format(abs(rounded), "f").partition(".")
    digits = digits.zfill(whole.count("0")) if digits != "0" or "0" in whole else ""
    if "," in whole.rstrip(","):
        digits = f"{int(digits or '0'):,}" if digits else ""
    while decimals and decimals[-1] == "0" and places[len(decimals) - 1] != "0":
        decimals = decimals[:-1]
    sign = "-" if rounded < 0 else ""
    number = f"{digits}.{decimals}" if decimals else digits
    return f"{section.before}{sign}{number}{section.after}".strip()


def _unknown(value: Decimal) -> str:
    return f"{_general(value)}{UNKNOWN}"


def _general(value: Decimal) -> str:
    if value == value.to_integral_value():
        return format(value.quantize(Decimal(1), context=_WIDE), "f")
    return format(_SIGNIFICANT.plus(value).normalize(), "f")


def _day(value: Decimal, is_1904: bool) -> str:
    if not 0 <= value <= _LAST_DAY:
        return _unknown(value)
    return ((_EPOCH_1904 if is_1904 else _EPOCH) + timedelta(days=int(value))).isoformat()
