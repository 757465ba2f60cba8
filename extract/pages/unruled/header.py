"""The header of a block of the disclosure table without ruling lines, whose words may be broken over lines."""

from collections.abc import Sequence

from extract.labels import key, vocabulary
from extract.pages.unruled.gutters import parted_by_gutters
from extract.pages.unruled.rows import Row, Token

_FIRST = "信息内容"
_MOST = 4  # words in a header: of its labels and of three columns


def header_below(rows: Sequence[Row]) -> tuple[Token, ...]:
    """Return the words of a header printed in some lines, 信息内容 first; nothing where they are not the form's.

    A header in one line that prints other words is as it is: whose they are is not for the pages to say.
    """
    return form_header(rows) or (rows[0].words if len(rows) == 1 else ())


def form_header(rows: Sequence[Row]) -> tuple[Token, ...]:
    """Return the words of a header of the form printed in some lines, or nothing."""
    if not rows:
        return ()
    lines, size = [row.line.chars for row in rows], max(row.line.size for row in rows)
    for count in range(_MOST, 1, -1):
        for found in parted_by_gutters(lines, size, (count,)):
            if _is_of_form(found):
                return found
    return ()


def _is_of_form(found: Sequence[Token]) -> bool:
    words = vocabulary()
    return key(found[0].text) == _FIRST and all(words.column(part.text, "disclosure") for part in found[1:])
