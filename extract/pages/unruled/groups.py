"""Labels that head several rows without ruling lines: 其他对外管理服务事项 and its items, （三）不予公开 and its reasons."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from extract.labels import body, key, vocabulary
from extract.pages.unruled.rows import Row, Token, glued
from extract.templates._shared import GROUPS, OTHER

DISCLOSURE_STARTS = ("第二十条第", "信息内容")
"""How the lines begin below which a block of the disclosure table stands."""

_TABLES = ("disclosure",)
_FEWEST_SIGNS = 2
_SAME_CELL = 2.0  # type sizes from line to line of one label


def heads_rows(text: str) -> bool:
    """Tell whether words are, or begin, a label of the requests table that heads rows and is none itself (（三）不予公开)."""
    words, begun = vocabulary(), body(text)
    return (
        len(begun) >= _FEWEST_SIGNS
        and any(group.startswith(begun) for group in words.groups)
        and words.row(text, ("requests",)) is None
    )


def pieces_of_groups(rows: Sequence[Row], *, other_is_row: bool) -> set[Token]:
    """Return the words that stand below each other and make a label that heads rows of the requests table.

    ``other_is_row``: （六）其他处理 is a row itself, as in the form of 2019.
    """
    labels = _labels_of_groups(other_is_row)
    return {
        piece
        for number, row in enumerate(rows)
        for token in row.words
        for piece in _stack_of(token, rows[number:], labels)
    }


@cache
def _labels_of_groups(other_is_row: bool) -> frozenset[str]:
    heads = (text for text in GROUPS if not (other_is_row and text == OTHER))
    return frozenset(form(text) for text in heads for form in (key, body))


def _stack_of(first: Token, rows: Sequence[Row], labels: frozenset[str]) -> Sequence[Token]:
    """Return a word with those below it that make a whole label with it; nothing where they make none."""
    stack, text = [first], key(first.text)
    while text and text not in labels:
        if not any(label.startswith(text) for label in labels):
            return ()
        below = next((token for row in rows for token in row.words if _goes_on_in(stack[-1], token)), None)
        if below is None:
            return ()
        stack.append(below)
        text += key(below.text)
    return stack if text else ()


def _goes_on_in(above: Token, below: Token) -> bool:
    """Tell whether a word stands close below another one: the lines of one cell do."""
    apart = below.bottom - above.bottom
    return 0 < apart < _SAME_CELL * (above.bottom - above.top) and below.x0 < above.x1 and below.x1 > above.x0


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
