"""What the markup of a whole block does, apart from its texts: the cells that begin in it, and which texts each prints.

Reports that one program wrote have the same markup and other words, so what the markup of a block does is kept.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from extract.office.printed import Edges
from extract.office.word_columns import column_edges
from extract.office.word_marks import CellMark
from extract.office.word_markup import step
from extract.office.word_pieces import PRINTED, UNPRINTED, Place
from extract.office.word_sound import is_sound
from extract.office.word_source import unescaped

_TEXT = re.compile("<w:t>([^<]*)</w:t>")
_NO_TEXT = "<w:t></w:t>"
_SHORT = 2_000
_LONG = 200_000
"""Characters of the markup of a paragraph, and of the longest table whose course is kept: the form's has 60,000."""

_KEPT_SHORT, _KEPT_LONG, _KEPT_EDGES = 256, 32, 32
_WITH_TEXT = PRINTED | UNPRINTED


class Course(NamedTuple):
    """Where markup leads to; the shown cells that begin in it; and the pieces of what is printed before and in each.

    A piece is the number of a text, or of one of ``signs`` behind all texts. ``several`` are the cells of not just one.
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
    pieces = _TEXT.split(source)
    markups, texts = tuple(pieces[::2]), pieces[1::2]
    course = _keeper(len(source))(place, markups, declared)
    if course is None:
        return None
    return course, course.printed(list(map(unescaped, texts)) if "&" in source else texts)


def _course(place: Place, markups: Sequence[str], declared: str | None) -> Course | None:
    taken = step(place, markups[0])
    if taken is None or (declared is not None and not is_sound(declared, _NO_TEXT.join(markups))):
        return None
    place, cells, said = taken.place, list(taken.cells), _begun(taken.words, taken.starts)
    widths = taken.widths
    for number, markup in enumerate(markups[1:]):
        if place in PRINTED:
            said[-1].append(number)
            place = "run"
        taken = step(place, markup) if place in _WITH_TEXT else None
        if taken is None:
            return None
        place = taken.place
        (more, *begun) = _begun(taken.words, taken.starts)
        said[-1] += more
        said += begun
        cells += taken.cells
    rows = list(_rows(cells, widths))
    shown = [said[0], *(said[1 + cell] for row in rows for cell in row.cells)]
    return Course(place, _edges(rows), *_numbered(shown, len(markups) - 1))


_Said = list[int | str]


def _begun(words: str, starts: Iterable[str]) -> list[_Said]:
    return [[text] if text else [] for text in (words, *starts)]


def _numbered(
    said: Sequence[_Said], texts: int
) -> tuple[tuple[str, ...], tuple[int, ...], tuple[tuple[int, tuple[int, ...]], ...]]:
    """Return the signs, and the pieces of each cell as numbers; a cell that prints nothing prints an empty sign."""
    signs = ("", *dict.fromkeys(piece for pieces in said for piece in pieces if isinstance(piece, str)))
    number = {sign: texts + place for place, sign in enumerate(signs)}
    cells = [tuple(piece if isinstance(piece, int) else number[piece] for piece in pieces) for pieces in said]
    single = tuple(cell[0] if len(cell) == 1 else texts for cell in cells)
    return signs, single, tuple((place, cell) for place, cell in enumerate(cells) if len(cell) > 1)


class _Row(NamedTuple):
    """The numbers of a row's cells, their left and right edges, and which of them go on from the row above."""

    cells: range
    lefts: tuple[int, ...]
    rights: tuple[int, ...]
    continued: tuple[bool, ...]


def _rows(cells: Sequence[CellMark], widths: tuple[str | None, ...]) -> Iterator[_Row]:
    """Yield the rows of a table, but not those that are not shown."""
    edges = _kept_edges(widths)
    tops = [number for number, cell in enumerate(cells) if cell.row is not None]
    for top, below in pairwise((*tops, len(cells))):
        row, mine = cells[top].row, cells[top:below]
        if row is not None and not row.is_dropped:
            found = tuple(map(edges, accumulate((cell.span for cell in mine), initial=row.left_out)))
            yield _Row(range(top, below), found[:-1], found[1:], tuple(cell.is_continued for cell in mine))


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
