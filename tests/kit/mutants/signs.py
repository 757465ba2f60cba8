"""Changes of single signs of a figure: a sign comes in, a letter looks like a digit, digits are of another kind."""

from collections.abc import Callable
from random import Random

from tests.kit.mutants.rows import Change, _body, _texted, _values, _with
from tests.kit.tables import Rows

_SIGNS = (" ", "\n", ",", "，", "、", ".", "。", "'", "·", "-", "—", "/", ":", "_", "*", "~", ";", "（", "\u00a0")
_ALIKE = {"0": "OoD〇○Ｏ", "1": "lI丨!", "2": "Zz二", "5": "Ss", "6": "b", "8": "B", "9": "gq"}
_KINDS = ("⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉", "⓪①②③④⑤⑥⑦⑧⑨", "〇一二三四五六七八九", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
_REMARKS = ("（更正为{}）", "（应为{}）", "（有误，实际{}）")


def _of_figure(change: Callable[[str, Random], str]) -> Change:
    def changed(rows: Rows, rng: Random) -> Rows:
        number = rng.choice(_body(rows))
        places = [place for place in _values(rows[number]) if any(map(str.isdigit, rows[number][place].text))]
        if not places:
            return rows
        place = rng.choice(places)
        return _with(rows, number, _texted(rows[number], place, change(rows[number][place].text, rng)))

    changed.__name__ = change.__name__
    return changed


def sign_inside(text: str, rng: Random) -> str:
    """A blank, a comma or another sign comes between two digits, or behind a lone one."""
    at = rng.randrange(1, len(text)) if len(text) > 1 else 1
    return text[:at] + rng.choice(_SIGNS) + text[at:]


def letter_for_digit(text: str, rng: Random) -> str:
    places = [place for place, sign in enumerate(text) if sign in _ALIKE]
    if not places:
        return text
    at = rng.choice(places)
    return text[:at] + rng.choice(_ALIKE[text[at]]) + text[at + 1 :]


def digits_of_another_kind(text: str, rng: Random) -> str:
    kind = rng.choice(_KINDS)
    return "".join(kind[int(sign)] if sign in "0123456789" else sign for sign in text)


def corrected(text: str, rng: Random) -> str:
    """A remark says that another number holds: the cell prints the wrong one first."""
    return str(rng.randint(0, 99)) + rng.choice(_REMARKS).format(text)


CHANGES: tuple[Change, ...] = tuple(map(_of_figure, (sign_inside, letter_for_digit, digits_of_another_kind, corrected)))
