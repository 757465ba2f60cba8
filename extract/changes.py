"""本年增/减 as agencies print it: with a sign, or with one of the two words of its header, or with an arrow.

The form leaves the manner open, and notes of those who collect reports ask for a minus (减用负值表示，如-8): 减3 under this
header is what others print as -3, and nothing else. Under any other header such a text is no number.
"""

import re
from functools import lru_cache

from extract.text import LOST, compact

COLUMN = "change"
"""The codebook's name of the column."""

_NUMBER = r"(?P<number>\d[\d,.]*(?:项|件|个)?)"
_MORE, _LESS = "(?P<more>新?增加?|↑)", "(?P<less>减少?|↓)"
_CHANGE = re.compile(rf"(?:{_MORE}|{_LESS}):?{_NUMBER}")
_CHANGE_BEHIND = re.compile(rf"{_NUMBER}(?:(?P<open>\()|(?=[↑↓]))(?:{_MORE}|{_LESS})(?(open)\))")
_REMARKED = re.compile(rf"\+?{_NUMBER}\((?P<remark>.*)\)", re.DOTALL)
_OF_LESS = frozenset("减降少↓负")
_KEPT = 4096


def signed(text: str) -> str:
    """Return a change that is printed in a word or an arrow with a sign instead (减3, 3（减）: -3); any other text as it is."""
    return _signed(text) or text


def is_change(text: str) -> bool:
    """Say whether a text is a change in a word or an arrow, and so a value and no label."""
    return bool(_signed(text))


@lru_cache(maxsize=_KEPT)
def _signed(text: str) -> str:
    printed = compact(text)
    found = _CHANGE.fullmatch(printed) or _CHANGE_BEHIND.fullmatch(printed)
    if found is None:
        remarked = _REMARKED.fullmatch(printed)
        # 5（较上年减少）: whether the remark is the sign of the number, nobody knows.
        return f"{printed}{LOST}" if remarked and _OF_LESS.intersection(remarked["remark"]) else ""
    return f"-{found['number']}" if found["less"] else found["number"]
