"""What the markup of a whole block does, apart from its texts: the cells that begin in it, and which texts each prints.

Reports that one program wrote have the same markup and other words, so what the markup of a block does is kept.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from extract.office.printed import Edges
from extract.office.word_columns import column_edges
from extract.office.word_marks import CellMark
from extract.office.word_markup import TEXT, Step, ways_from
from extract.office.word_pieces import Place
from extract.office.word_sound import are_sound
from extract.office.word_source import text_of

_TEXT_END = "</w:t>"
_MARK = "\0"
"""Put between texts. XML has no such sign."""

_NO_TEXT = f"{TEXT}>{_TEXT_END}"
_SHORT = 8
_LONG = 3_000
"""Texts of a paragraph, and of the longest table whose course is kept: the form has 300 cells."""

_KEPT_SHORT, _KEPT_LONG, _KEPT_EDGES, _KEPT_ROWS = 256, 32, 32, 256


class Course(NamedTuple):
    """Where markup leads to; the shown cells that begin in it; and the pieces of what is printed before and in each.

    A piece is the number of a text; what the markup itself prints is counted from the end of ``signs``, -1 the last.
    ``several`` are the cells of other than one piece.
    """

    place: Place
    edges: Edges
    signs: tuple[str, ...]
    single: tuple[int, ...]
    several: tuple[tuple[int, tuple[int, ...]], ...]

    def printed(self, texts: Sequence[str]) -> list[str]:
        """Return what is printed before the first cell and in each, given the texts between the markup."""
        pieces = [*texts, *self.signs]
        words = [pieces[number] for number in self.single]
        for cell, numbers in self.several:
            words[cell] = "".join([pieces[number] for number in numbers])
        return words


def follow(place: Place, source: str, declared: str | None) -> tuple[Course, list[str]] | None:
    """Follow a source from a place, and return what it prints as in ``Course.printed``; ``None`` if it is not plain.

    ``declared`` as in ``extract.office.word_plain``: a source that is not well-formed is not plain either.
    """
    *parts, last = source.split(_TEXT_END)
    pieces = [part.rpartition(">") for part in parts]
    printed = text_of(_MARK.join([text for _, _, text in pieces]))
    if printed is None or printed.count(_MARK) != max(0, len(parts) - 1):
        return None
    steps = _steps(place, [*[head for head, _, _ in pieces], last + TEXT])
    course = None if steps is None else _keeper(len(steps))(steps, declared)
    return None if course is None else (course, course.printed(printed.split(_MARK)))


def _steps(place: Place, heads: Iterable[str]) -> tuple[Step, ...] | None:
    ways = ways_from(place)
    steps = []
    for head in heads:
        step = ways[head]
        if step is None:
            return None
        steps.append(step)
        ways = step.ways
    return tuple(steps)


def _course(steps: tuple[Step, ...], declared: str | None) -> Course | None:
    if declared is not None and not are_sound(declared, [step.markup for step in steps], _NO_TEXT):
        return None
    signs = _Signs()
    cells: list[CellMark] = []
    said: list[list[int]] = [[]]
    for number, step in enumerate(steps):
        if step.words:
            said[-1].append(signs.of(step.words))
        if step.cells:
            cells += step.cells
            said += [[signs.of(text)] if text else [] for text in step.starts]
        if step.is_printed:
            said[-1].append(number)
    rows = list(_rows(cells, steps[0].widths))
    shown = [said[0], *(said[1 + cell] for row in rows for cell in row.cells)]
    single = tuple([pieces[0] if pieces else -1 for pieces in shown])
    several = tuple([(cell, tuple(pieces)) for cell, pieces in enumerate(shown) if len(pieces) > 1])
    return Course(steps[-1].place, _edges(rows), signs.all(), single, several)


class _Signs:
    """What markup itself prints (tabs, ends of lines), numbered from the end."""

    def __init__(self) -> None:
        self._numbers = {"": -1}

    def of(self, text: str) -> int:
        """Return the number of a text."""
        return self._numbers.setdefault(text, -1 - len(self._numbers))

    def all(self) -> tuple[str, ...]:
        """Return them all, the first one last."""
        return tuple(reversed(self._numbers))


class _Row(NamedTuple):
    """The numbers of a row's cells, their left and right edges, and which of them go on from the row above."""

    cells: range
    lefts: tuple[int, ...]
    rights: tuple[int, ...]
    continued: tuple[bool, ...]


def _rows(cells: Sequence[CellMark], widths: tuple[str | None, ...]) -> Iterator[_Row]:
    """Yield the rows of a table, but not those that are not shown."""
    tops = [number for number, cell in enumerate(cells) if cell.row is not None]
    for top, below in pairwise((*tops, len(cells))):
        row = cells[top].row
        if row is not None and not row.is_dropped:
            yield _Row(range(top, below), *_bounds(widths, row.left_out, tuple(cells[top:below])))


@lru_cache(maxsize=_KEPT_ROWS)
def _bounds(
    widths: tuple[str | None, ...], left_out: int, cells: tuple[CellMark, ...]
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[bool, ...]]:
    edges = tuple(map(_kept_edges(widths), accumulate((cell.span for cell in cells), initial=left_out)))
    return edges[:-1], edges[1:], tuple(cell.is_continued for cell in cells)


def _edges(rows: Sequence[_Row]) -> Edges:
    counts, *fields = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Edges(tuple(map(len, counts)), *(tuple(chain.from_iterable(field)) for field in fields))


_kept_edges: Callable[[tuple[str | None, ...]], Callable[[int], int]] = lru_cache(maxsize=_KEPT_EDGES)(column_edges)

_Follower = Callable[[tuple[Step, ...], str | None], Course | None]
_kept_short: _Follower = lru_cache(maxsize=_KEPT_SHORT)(_course)
_kept_long: _Follower = lru_cache(maxsize=_KEPT_LONG)(_course)


def _keeper(steps: int) -> _Follower:
    if steps > _LONG:
        return _course
    return _kept_long if steps > _SHORT else _kept_short
