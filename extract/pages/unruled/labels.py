"""Labels of a table over several lines, without ruling lines: which lines make one label of the form.

A value stands beside the first, the middle or the last line of its label. Only the words tell where one label ends and
the next begins: the lines are cut so that as few of them as possible are no label of the form.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.labels import vocabulary
from extract.pages.paragraphs import ORDINAL, joined
from extract.pages.unruled.rows import Token, glued

STATISTICS, REQUESTS, DISCLOSURE = "statistics", "requests", "disclosure"
"""Tables whose labels are known, and of one kind in all their rows."""

_MOST_LINES = 14  # of one label, the line of its value among them
_LONGEST = 120  # characters of one label, hints in brackets included
_NEAR = 1.2  # type sizes between lines of one label
_LARGER = 1.3  # times the type size of a label: words that are none of it
_UNKNOWN, _BARE = 1, 3  # cost of a line that is no label, and of one that has not even words
UNITS = frozenset(
    ("条", "件", "次", "篇", "个", "人", "人次", "份", "期", "场", "例", "起", "万元", "元", "千元", "亿元")
)
"""Units of the table; in a narrow column one may be broken, a number that is broken is uncertain."""

_AMONG = re.compile(r"其中[:：]?")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line in one half of the table: a piece of a label, and what stands in the other columns by their number."""

    label: Token | None
    others: Mapping[int, Token]
    top: float
    bottom: float
    place: int
    """Its number among the lines of the page."""

    @property
    def is_value(self) -> bool:
        """Something stands in the columns of units and numbers."""
        return bool(self.others)


@dataclass(frozen=True, slots=True)
class Labelled:
    """The lines of one row of the table; ``doubtful``: whose the value is cannot be told."""

    lines: tuple[Line, ...]
    known: bool
    doubtful: bool = False

    @property
    def label(self) -> Token | None:
        """The whole label."""
        pieces = [line.label for line in self.lines if line.label is not None]
        return glued(pieces) if pieces else None

    @property
    def others(self) -> dict[int, Token]:
        """What stands beside the label, by column."""
        return {column: glued(pieces) for column, pieces in _stacks(self.lines).items()}


@dataclass(frozen=True, slots=True)
class _Cut:
    """The cheapest way of cutting the first lines: what it costs, and where its last label begins."""

    cost: int
    before: int


def known(text: str, table: str) -> bool:
    """Tell whether a text is a label of a table, or heads some rows."""
    return bool(_meanings(text, table)) or vocabulary().group(text) is not None


def _meanings(text: str, table: str) -> frozenset[str]:
    words, among = vocabulary(), _AMONG.match(text)
    rest = text[among.end() :] if among else text
    return frozenset(label.row for label in words.meanings(text, table) or words.meanings(rest, table))


def rows_of_labels(lines: Sequence[Line], table: str) -> list[Labelled]:
    """Cut lines into labels. Where two ways of cutting are as good, the values they disagree about are doubtful."""
    costs = [list(_costs(lines[max(0, end - _MOST_LINES) : end], end, table)) for end in range(1, len(lines) + 1)]
    cuts, others = (_ways(costs, prefer_long=long) for long in (False, True))
    rows = [Labelled(tuple(lines[start:end]), _is_label(lines[start:end], table)) for start, end in cuts]
    other = dict(_names(lines, table, others))
    unsure = {place for place, name in _names(lines, table, cuts) if other[place] != name}
    # The row that may have it the other way is no more certain, above all where it seems to have nothing.
    parts = [lines[start:end] for start, end in (*cuts, *others)]
    doubtful = {line.place for part in parts if any(line.place in unsure for line in part) for line in part}
    doubtful.update(line.place for near in _beside_pieces(rows) for line in rows[near].lines)
    return [replace(row, doubtful=any(line.place in doubtful for line in row.lines)) for row in rows]


def _names(lines: Sequence[Line], table: str, cuts: Sequence[tuple[int, int]]) -> Iterator[tuple[int, object]]:
    """Yield the place of each value and the rows that its label names."""
    for start, end in cuts:
        text = _text(lines[start:end])
        yield from ((line.place, _meanings(text, table)) for line in lines[start:end] if line.is_value)


def _ways(costs: Sequence[Sequence[tuple[int, int]]], *, prefer_long: bool) -> list[tuple[int, int]]:
    """Return the cheapest cuts, given for the end of each label where it may begin, and what that costs."""
    best = [_Cut(0, 0)]
    for found in costs:
        totals = [(best[start].cost + cost, start) for start, cost in found]
        cheapest = min(total for total, _ in totals)
        places = [start for total, start in totals if total == cheapest]
        best.append(_Cut(cheapest, min(places) if prefer_long else max(places)))
    cuts, end = [], len(costs)
    while end:
        cuts.append((best[end].before, end))
        end = best[end].before
    return cuts[::-1]


def _costs(lines: Sequence[Line], end: int, table: str) -> Iterator[tuple[int, int]]:
    """Yield where a label that ends with the last of some lines, the ``end``th of all, may begin, and what that costs."""
    text = ""
    for count, line in enumerate(reversed(lines), 1):
        if count > 1 and not _is_near(line, lines[1 - count]):
            return
        text = joined(line.label.text, text) if line.label else text
        if len(text) > _LONGEST and count > 1:
            return
        if known(text, table) and (count == 1 or _is_whole(lines[-count:])):
            yield end - count, 0
        elif count == 1:
            yield end - 1, _UNKNOWN if line.label else _BARE


def _is_whole(lines: Sequence[Line]) -> bool:
    return all(len(pieces) == 1 or glued(pieces).text in UNITS for pieces in _stacks(lines).values())


def _stacks(lines: Sequence[Line]) -> dict[int, list[Token]]:
    columns = sorted({column for line in lines for column in line.others})
    return {column: [line.others[column] for line in lines if column in line.others] for column in columns}


def _is_near(above: Line, below: Line) -> bool:
    return below.top - above.bottom < _NEAR * max(above.bottom - above.top, below.bottom - below.top)


def _is_label(lines: Sequence[Line], table: str) -> bool:
    return known(_text(lines), table)


def _text(lines: Sequence[Line]) -> str:
    pieces = [line.label for line in lines if line.label is not None]
    return glued(pieces).text if pieces else ""


def _beside_pieces(rows: Sequence[Labelled]) -> Iterator[int]:
    """Yield the places of rows beside what may be the rest of theirs: a value without words, words that are no label.

    Words with an ordinal are of no row above them, those above a row with an ordinal are not of it, nor are words of another
    type size of either (the signature).
    """
    for place, (above, below) in enumerate(pairwise(rows)):
        bare = above.label is None or below.label is None
        if bare or (not below.known and not _begins(below) and _may_go_on(above, below)):
            yield place
        if bare or (not above.known and not _begins(below) and _may_go_on(below, above)):
            yield place + 1


def _may_go_on(row: Labelled, piece: Labelled) -> bool:
    """Tell whether words that are no label may be of a row: one of both has no value."""
    sizes = [line.label.bottom - line.label.top for part in (row, piece) for line in part.lines if line.label]
    return max(sizes) < _LARGER * min(sizes) and not (_has_value(row) and _has_value(piece))


def _has_value(row: Labelled) -> bool:
    return any(part.text not in UNITS for part in row.others.values())


def _begins(row: Labelled) -> bool:
    return row.label is not None and ORDINAL.match(row.label.text) is not None
