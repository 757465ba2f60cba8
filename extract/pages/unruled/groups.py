"""Labels that head several rows of the disclosure table without ruling lines: 其他对外管理服务事项 and its items."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from extract.labels import body, vocabulary
from extract.pages.unruled.rows import Row, Token, glued

DISCLOSURE_STARTS = ("第二十条第", "信息内容")
"""How the lines begin below which a block of the disclosure table stands."""

_TABLES = ("disclosure",)
_FEWEST_SIGNS = 2


def heads_rows(text: str) -> bool:
    """Tell whether words are, or begin, a label of the requests table that heads rows and is none itself (（三）不予公开)."""
    words, begun = vocabulary(), body(text)
    return (
        len(begun) >= _FEWEST_SIGNS
        and any(group.startswith(begun) for group in words.groups)
        and words.row(text, ("requests",)) is None
    )


def with_groups(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows, those of items with the label that heads them in front.

    That label stands beside its items, on lines of its own or on theirs. Where its pieces do not make a label of the
    form, everything stays as it is.
    """
    for may_be_items, group in groupby(rows, key=_may_be_of_items):
        found = list(group)
        yield from (_headed(found) if may_be_items else found)


def _may_be_of_items(row: Row) -> bool:
    """Tell whether a line has an item and its values, or nothing but words: maybe a piece of the label beside them."""
    if not row.words or row.line.text.startswith(DISCLOSURE_STARTS):
        return False
    return not row.values or vocabulary().row(row.words[-1].text, _TABLES) is None


def _headed(rows: Sequence[Row]) -> Sequence[Row]:
    items = [row for row in rows if row.values]
    if not items:
        return rows
    left = min(row.words[-1].x0 for row in items)
    pieces = [token for row in rows for token in (row.words[:-1] if row.values else row.words) if token.x1 <= left]
    whole = sum(len(row.words) for row in rows) == len(pieces) + len(items)
    label = glued(pieces) if pieces and whole else None
    if label is None or vocabulary().row(label.text, _TABLES) is None:
        return rows
    return [replace(row, words=(_beside(label, row), row.words[-1])) for row in items]


def _beside(label: Token, row: Row) -> Token:
    return replace(label, top=row.line.top, bottom=row.line.bottom)
