"""The header of the requests table without ruling lines: the word over each of the applicants' columns."""

from collections.abc import Callable, Sequence

from extract.labels import vocabulary
from extract.pages.unruled.gutters import parted_by_gutters, parted_by_labels
from extract.pages.unruled.rows import Row, Token
from extract.templates._shared import APPLICANTS

_NAMES = tuple(column.name for column in APPLICANTS)
_GROUPS = ("申请人情况", "法人或其他组织")
_SIGNS = "研公法计"
"""Of the words over the columns; lines without them are no header."""

_MOST_BESIDE = 4  # words beside each other left of the applicants, where a remark on the sums stands


def names_applicants(rows: Sequence[Row]) -> bool:
    """Tell whether any line may be of the header."""
    return any(name in row.line.text for row in rows for name in (*_GROUPS, "自然人"))


def applicants(rows: Sequence[Row]) -> tuple[Token, ...]:
    """Return the word over each column from the lines of a header; nothing where they are not the form's in its order."""
    words, size = vocabulary(), max((row.line.size for row in rows), default=0.0)
    lines = [[char for part in row.tokens if not _is_group(part) for char in row.chars_of(part)] for row in rows]
    for beside in range(_MOST_BESIDE):
        for found in parted_by_gutters(lines, size, len(_NAMES) + beside):
            own = found[beside:]
            if tuple(words.column(part.text, "requests") for part in own) == _NAMES:
                return own
    text = "".join(row.line.text for row in rows)
    return parted_by_labels(lines, _LABELS) if all(sign in text for sign in _SIGNS) else ()


def _is_label_of(name: str) -> Callable[[str], bool]:
    return lambda text: vocabulary().column(text, "requests") == name


_LABELS = tuple(map(_is_label_of, _NAMES))


def _is_group(part: Token) -> bool:
    return part.text.replace(" ", "") in _GROUPS
