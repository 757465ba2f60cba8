"""The header of the requests table without ruling lines: the word over each of the applicants' columns."""

from collections.abc import Callable, Sequence

from extract.labels import vocabulary
from extract.pages.unruled.gutters import parted_by_gutters, parted_by_labels
from extract.pages.unruled.rows import Row, Token
from extract.templates._shared import APPLICANTS

_NAMES = tuple(column.name for column in APPLICANTS)
_GROUPS = ("申请人情况", "法人或其他组织")
_SIGNS, _ALL_SIGNS = "研法", "自商研公法计"
"""Of words over the columns; lines without the first are no header, those without one of the others none as on the form."""

_MOST_BESIDE = 4  # words beside each other left of the applicants, where a remark on the sums stands


def names_applicants(rows: Sequence[Row]) -> bool:
    """Tell whether any line may be of the header."""
    return any(name in row.line.text for row in rows for name in (*_GROUPS, "自然人"))


def applicants(rows: Sequence[Row]) -> tuple[Token, ...]:
    """Return the word over each column from the lines of a header; nothing where they are not the form's in its order."""
    text = "".join(row.line.text for row in rows)
    if not all(sign in text for sign in _SIGNS):
        return ()
    words, size = vocabulary(), max(row.line.size for row in rows)
    lines = [[char for part in row.tokens if not _is_group(part) for char in row.chars_of(part)] for row in rows]
    for found in parted_by_gutters(lines, size, range(len(_NAMES), len(_NAMES) + _MOST_BESIDE)):
        own = found[-len(_NAMES) :]
        if tuple(words.column(part.text, "requests") for part in own) == _NAMES:
            return own
    return parted_by_labels(lines, _LABELS) if all(sign in text for sign in _ALL_SIGNS) else ()


def _is_label_of(name: str) -> Callable[[str], bool]:
    return lambda text: vocabulary().column(text, "requests") == name


_LABELS = tuple(map(_is_label_of, _NAMES))


def _is_group(part: Token) -> bool:
    return part.text.replace(" ", "") in _GROUPS
