"""Which figures of a table without ruling lines may be those of another row, or not whole."""

import re
from collections.abc import Iterable, Sequence

from extract.labels import vocabulary
from extract.pages.unruled.groups import heads_rows
from extract.pages.unruled.head import LABELLED
from extract.pages.unruled.rows import Row, Span, Token, glued, inside, is_close, stacks, touched

_ORDINALS = (re.compile(r"[（(][一二三四五六七八九十][）)]"), re.compile(r"(?<!\d)\d[.．、](?!\d)"))


_TABLE = "requests"
_OVERLAP = 0.85  # type sizes from one line to another: rows are at least 1.0 apart


def doubts(
    between: Iterable[tuple[Row, int]],
    printed: Sequence[Row],
    words: Sequence[Sequence[Token]],
    columns: Sequence[Span],
) -> list[set[int]]:
    """Return the columns of each row in which a piece of a broken cell may be missing.

    Nobody knows whether a piece is of the row above or of that below. A row without a label of its own is one too.
    """
    found: list[set[int]] = [set() for _ in printed]
    for row, passed in between:
        _near(found, passed - 1, passed, _columns_in(row, columns))
    for number, (row, labels) in enumerate(zip(printed, words, strict=True)):
        if _has_two_labels(labels):
            found[number].update(range(len(columns)))  # two labels and one line of figures: nobody knows whose
        if _is_bare(row, labels, columns):
            _near(found, number - 1, number + 1, _columns_in(row, columns))
        elif _is_torn(row, labels, printed, columns):
            _near(found, number - 1, number + 1, range(len(columns)))
    return found


def _near(found: Sequence[set[int]], first: int, last: int, columns: Iterable[int]) -> None:
    for near in found[max(first, 0) : last + 1]:
        near.update(columns)


def _is_bare(row: Row, labels: Sequence[Token], columns: Sequence[Span]) -> bool:
    """Tell whether a row has no label but such as head rows; those of the review table have none."""
    bare = all(heads_rows(label.text) for label in labels)
    return bare and (len(columns) in LABELLED or len(inside(row, columns)) < len(columns))


def _is_torn(row: Row, labels: Sequence[Token], printed: Sequence[Row], columns: Sequence[Span]) -> bool:
    """Tell whether a line overlaps another one, as rows cannot, or is close to one and has few figures, and words that
    are not a whole label of the form."""
    if len(columns) not in LABELLED:
        return False
    if any(0 < abs(other.line.bottom - row.line.bottom) < _OVERLAP * row.line.size for other in printed):
        return True
    few = len(inside(row, columns)) <= len(columns) / 2
    texts = [glued(stack).text for stack in stacks(labels)] if few else []
    return few and any(is_close(row, other) for other in printed) and not any(map(_is_row, texts))


def _is_row(text: str) -> bool:
    return bool(vocabulary().meanings(text, _TABLE))


def _has_two_labels(tokens: Sequence[Token]) -> bool:
    """Tell whether words that stand below each other begin two rows, or two groups, of the form."""
    texts = ["".join(token.text for token in stack) for stack in stacks(tokens)]
    return any(len(ordinals.findall(text)) > 1 for text in texts for ordinals in _ORDINALS)


def _columns_in(row: Row, columns: Sequence[Span]) -> set[int]:
    return {column for token in inside(row, columns) for column in touched(token, columns)}
