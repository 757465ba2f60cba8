"""What the markup of a whole block does, apart from its texts: the cells that begin in it, and which texts each prints.

Reports that one program wrote have the same markup and other words, so what the markup of a block does is kept.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from extract.office.printed import Edges
from extract.office.word_columns import column_edges
from extract.office.word_marks import CellMark
from extract.office.word_markup import step
from extract.office.word_pieces import PRINTED, UNPRINTED, Place
from extract.office.word_sound import is_sound
from extract.office.word_source import TEXT, unescaped

_TEXT_END = "</w:t>"
_NO_TEXT = TEXT + _TEXT_END
_SHORT = 2_000
_LONG = 200_000
"""Characters of the markup of a paragraph, and of the longest table whose course is kept: the form's has 60,000."""

_KEPT_SHORT, _KEPT_LONG, _KEPT_EDGES, _KEPT_ROWS = 256, 32, 32, 256
_WITH_TEXT = PRINTED | UNPRINTED


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
    head, *parts = source.split(TEXT)
    pieces = [part.partition(_TEXT_END) for part in parts]
    texts = [text for text, _, _ in pieces]
    if "<" in "".join(texts) or "" in [end for _, end, _ in pieces]:
        return None
    markups = (head, *[markup for _, _, markup in pieces])
    course = _keeper(len(source))(place, markups, declared)
    if course is None:
        return None
    return course, course.printed(list(map(unescaped, texts)) if "&" in source else texts)


def _course(place: Place, markups: Sequence[str], declared: str | None) -> Course | None:
    taken = step(place, markups[0])
    if taken is None or (declared is not None and not is_sound(declared, _NO_TEXT.join(markups))):
        return None
    place, words, begun, starts, widths = taken
    signs = _Signs()
    cells, said = list(begun), [signs.of(text) for text in (words, *starts)]
    for number, markup in enumerate(markups[1:]):
        if place in PRINTED:
            said[-1].append(number)
            place = "run"
        taken = step(place, markup) if place in _WITH_TEXT else None
        if taken is None:
            return None
        place, words, begun, starts, _ = taken
        said[-1] += signs.of(words)
        if begun:
            cells += begun
            said += [signs.of(text) for text in starts]
    rows = list(_rows(cells, widths))
    shown = [said[0], *(said[1 + cell] for row in rows for cell in row.cells)]
    single = tuple([pieces[0] if pieces else -1 for pieces in shown])
    several = tuple((cell, tuple(pieces)) for cell, pieces in enumerate(shown) if len(pieces) > 1)
    return Course(place, _edges(rows), signs.all(), single, several)


class _Signs:
    """What markup itself prints (tabs, ends of lines), numbered from the end."""

    def __init__(self) -> None:
        self._numbers = {"": -1}

    def of(self, text: str) -> list[int]:
        """Return a text as pieces: none where it is empty."""
        return [self._numbers.setdefault(text, -1 - len(self._numbers))] if text else []

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

_Follower = Callable[[Place, tuple[str, ...], str | None], Course | None]
_kept_short: _Follower = lru_cache(maxsize=_KEPT_SHORT)(_course)
_kept_long: _Follower = lru_cache(maxsize=_KEPT_LONG)(_course)


def _keeper(length: int) -> _Follower:
    if length > _LONG:
        return _course
    return _kept_long if length > _SHORT else _kept_short
