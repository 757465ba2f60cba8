"""本年增/减 as agencies print it: with a sign, or with one of the two words of its header, or with an arrow.

The form leaves the manner open, and notes of those who collect reports ask for a minus (减用负值表示，如-8): 减3 under this
header is what others print as -3, and nothing else. Under any other header such a text is no number.
"""

import re
from functools import lru_cache

from extract.text import compact

COLUMN = "change"
"""The codebook's name of the column."""

_CHANGE = re.compile(r"(?:(?P<more>新?增加?|↑)|(?P<less>减少?|↓))(?P<number>\d[\d,.]*(?:项|件|个)?)")
_KEPT = 4096


def signed(text: str) -> str:
    """Return a change that is printed in a word or an arrow with a sign instead (减3: -3); any other text as it is."""
    return _signed(text) or text


def is_change(text: str) -> bool:
    """Say whether a text is a change in a word or an arrow, and so a value and no label."""
    return bool(_signed(text))


@lru_cache(maxsize=_KEPT)
def _signed(text: str) -> str:
    found = _CHANGE.fullmatch(compact(text)) if text else None
    if found is None:
        return ""
    return f"-{found['number']}" if found["less"] else found["number"]
