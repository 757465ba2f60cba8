"""Headers of the disclosure table of which a part is not understood, where only the order of the cells is known."""

import re
from functools import lru_cache

from extract.forms.disclosure import INFORMATION
from extract.labels import Vocabulary, key, without_hint

_TABLE = "disclosure"
_KEPT = 256
_COLUMN = re.compile(r"\w{2,10}[数量额]")
"""What the rest of a header looks like when it is a column's label, misprinted or of no form."""


@lru_cache(maxsize=_KEPT)
def has_strange_columns(header: str, words: Vocabulary) -> bool:
    """Say whether a printed header has a column beside those it is known for: a figure may stand below that one."""
    rest = key(without_hint(header))
    for label in sorted((*words.columns[_TABLE], *map(key, INFORMATION)), key=len, reverse=True):
        rest = rest.replace(label, "\0")
    return any(_COLUMN.fullmatch(piece) for piece in rest.split("\0"))
