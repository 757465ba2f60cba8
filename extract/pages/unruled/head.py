"""The header of a table without ruling lines: which words stand over which column."""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from extract.labels import vocabulary
from extract.pages.paragraphs import ORDINAL
from extract.pages.text import Char
from extract.pages.unruled.gutters import parted_by_gutters
from extract.pages.unruled.rows import Row, Span, Token, glued, token

_GROUPS = frozenset(("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", "申请人情况", "法人或其他组织"))
_TABLES = {7: "requests", 15: "review"}
LABELLED = frozenset((7,))
"""Tables whose rows have a label, left of which no header word of a column stands."""

Head = tuple[list[tuple[Token, ...]], list[Token]]
"""The header's rows, and the words that begin the first row's label."""


def head(rows: Sequence[Row], columns: Sequence[Span]) -> Head:
    """Return the header's rows, words stacked over a column glued, and the words that begin the first row's label."""
    tokens = [part for row in rows for part in row.tokens]
    if len(columns) not in LABELLED and (found := _parted(rows, tokens, columns)):
        return [part for part in (tuple(found[0]), found[1]) if part], []
    label = _first_label(tokens, columns)
    far = columns[0][0] - (columns[0][1] - columns[0][0])
    left = [part for part in tokens if part.x1 <= far and part not in label]
    over = [part for part in tokens if part not in left and part not in label]
    wide, narrow = _parted(rows, over, columns) or _stacked(over, columns)
    if len(columns) in LABELLED and len(narrow) != len(columns):
        # Whose words are whose is not certain: as they stand in their lines they tell no wrong order.
        lines = [tuple(part for part in row.tokens if part not in label) for row in rows]
        return [line for line in lines if line], label
    return [part for part in (tuple(left), tuple(wide), narrow) if part], label


def _first_label(tokens: Sequence[Token], columns: Sequence[Span]) -> list[Token]:
    """Return the words that begin the label of the first row: an ordinal left of the columns, and what stands below it."""
    left = [part for part in tokens if part.x1 <= columns[0][0]]
    first = next((place for place, part in enumerate(left) if ORDINAL.match(part.text)), len(left))
    return [part for part in left[first:] if part.x0 < left[first].x1]


def _stacked(over: Sequence[Token], columns: Sequence[Span]) -> tuple[list[Token], tuple[Token, ...]]:
    """Return the words that stand over several columns, and those stacked over one."""
    stacks: dict[int, list[Token]] = {}
    wide: list[Token] = []
    for part in over:
        column = _over(part, columns)
        if column is None:
            wide.append(part)
        else:
            stacks.setdefault(column, []).append(part)
    return wide, tuple(glued(stacks[column]) for column in sorted(stacks))


def _over(part: Token, columns: Sequence[Span]) -> int | None:
    """Return the column a header word stands over, or ``None`` if it spans several.

    The centre of 行政复议 is over one column, but it heads five.
    """
    if _is_group(part):
        return None
    centres = [(left + right) / 2 for left, right in columns]
    covered = [number for number, centre in enumerate(centres) if part.x0 <= centre <= part.x1]
    return covered[0] if len(covered) == 1 else None


def _is_group(part: Token) -> bool:
    return part.text.replace(" ", "") in _GROUPS


def _parted(
    rows: Sequence[Row], over: Sequence[Token], columns: Sequence[Span]
) -> tuple[list[Token], tuple[Token, ...]] | None:
    """Return a header whose words nearly touch their neighbours' (结果维结果纠其他结, 持正果), cut between the columns.

    Values may stand in the middle of their columns, at the right or at the left; taken is the way of cutting in which
    every column gets a label of the form.
    """
    words, table = vocabulary(), _TABLES[len(columns)]
    wide = [part for part in over if _is_group(part)]
    lines = [
        [char for part in over if part in row.tokens and not _is_group(part) for char in row.chars_of(part)]
        for row in rows
    ]
    size = max((row.line.size for row in rows), default=0.0)
    ways = (_cut(lines, edges) for edges in _edges(columns))
    for labels in chain(parted_by_gutters(lines, size, (len(columns),)), ways):
        if len(labels) == len(columns) and all(words.column(label.text, table) for label in labels):
            return wide, labels
    return None


def _edges(columns: Sequence[Span]) -> Iterator[list[float]]:
    """Yield the inner edges of the columns: half way between values, behind them, before them."""
    yield [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]
    yield [(sum(left) + sum(right)) / 4 for left, right in pairwise(columns)]
    yield [left[1] + 1 for left, _ in pairwise(columns)]
    yield [right[0] - 1 for _, right in pairwise(columns)]


def _cut(lines: Sequence[Sequence[Char]], edges: Sequence[float]) -> tuple[Token, ...]:
    """Return what stands between the edges, line below line, for each column that has something."""
    stacks: dict[int, list[Token]] = {}
    for chars in lines:
        pieces: dict[int, list[Char]] = {}
        for char in chars:
            pieces.setdefault(sum(edge < (char.x0 + char.x1) / 2 for edge in edges), []).append(char)
        for column, piece in pieces.items():
            stacks.setdefault(column, []).append(token(piece))
    return tuple(glued(stacks[column]) for column in sorted(stacks))
