"""Text layers whose characters are not what the pages print: fonts with a map to characters that is another font's, or none.

Glyph numbers taken for characters, and maps that a printer's driver made up, give Chinese characters too, but such as hardly
anybody writes. In any Chinese text the few commonest make up a quarter.
"""

from collections.abc import Iterable

_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子产种面而方后多定行学法所民得经"
    "政府信息公开情况工作申请报告部门办理管理单位市县区局"
    "這為個國時來們於對會發動過產種後學經開報請門辦單縣區實務機關處"
)
_IDEOGRAPHS = "\u2e80"
"""Radicals, ideographs, Hangul and all behind them; Latin, Greek and the like stand before."""

_FEWEST = 200
_LEAST_COMMON = 0.04
"""Tables of the form have 0.3, lists of names 0.1; maps that were moved by some places less than 0.02."""


def is_garbled(characters: Iterable[str]) -> bool:
    """Say whether the characters of a text layer are not those of a Chinese text."""
    written = [character for character in characters if character >= _IDEOGRAPHS and character.isalpha()]
    common = sum(character in _COMMON for character in written)
    return len(written) >= _FEWEST and common < _LEAST_COMMON * len(written)
