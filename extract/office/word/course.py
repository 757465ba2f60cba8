"""What the markup of a whole block does, apart from its texts: the cells that begin in it, and which texts each prints.

Reports that one program wrote have the same markup and other words, so what the markup of a block does is kept.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import NamedTuple, TypeVar

from extract.office.printed import Edges
from extract.office.word.columns import column_edges
from extract.office.word.marks import CellMark
from extract.office.word.markup import TEXT, Step, ways_from
from extract.office.word.pieces import Place
from extract.office.word.sound import are_sound
from extract.office.word.source import text_of

T = TypeVar("T")

_TEXT_END = "</w:t>"
_MARK = "\0"
"""Put between texts. XML has no such sign."""

_NO_TEXT = f"{TEXT}>{_TEXT_END}"
_SHORT = 8
_LONG = 3_000
"""Texts of a paragraph, and of the longest table whose course is kept: the form has 300 cells."""

_KEPT_SHORT, _KEPT_LONG, _KEPT_EDGES = 256, 32, 32


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

    ``declared`` as in ``extract.office.word.plain``: a source that is not well-formed is not plain either.
    """
    taken = _taken_apart(place, source)
    course = None if taken is None else _keeper(len(taken[0]))(taken[0], declared)
    return None if taken is None or course is None else (course, course.printed(taken[1]))


def follow_lines(source: str, declared: str) -> str | None:
    """Return what paragraphs that stand one behind the other print, each a line; ``None`` if one of them is not plain."""
    taken = _taken_apart("cell", source)
    if taken is None:
        return None
    steps, texts = taken
    if steps[-1].place != "filled" or not are_sound(declared, [step.markup for step in steps], _NO_TEXT):
        return None
    said = [step.words + text if step.is_printed else step.words for step, text in zip(steps, texts, strict=False)]
    return "".join([*said, steps[-1].words])


def _taken_apart(place: Place, source: str) -> tuple[tuple[Step, ...], list[str]] | None:
    """Return the steps that a source takes from a place, and the texts between each two."""
    *parts, last = source.split(_TEXT_END)
    pieces = [part.rpartition(">") for part in parts]
    printed = text_of(_MARK.join([text for _, _, text in pieces]))
    if printed is None or printed.count(_MARK) != max(0, len(parts) - 1):
        return None
    steps = _steps(place, [*[head for head, _, _ in pieces], last + TEXT])
    return None if steps is None else (steps, printed.split(_MARK) if parts else [])


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
    cells = tuple(chain.from_iterable([step.cells for step in steps]))
    laid = (_kept_laid if len(cells) <= _LONG else _laid)(cells, steps[0].widths)
    if all(step.is_silent for step in steps):
        single = _of_silent(steps, len(cells))
        return Course(steps[-1].place, laid.edges, ("",), _shown(single, laid), ())
    said, signs = _said(steps)
    shown = _shown(said, laid)
    single = [pieces[0] if pieces else -1 for pieces in shown]
    several = tuple([(cell, tuple(pieces)) for cell, pieces in enumerate(shown) if len(pieces) > 1])
    return Course(steps[-1].place, laid.edges, signs, tuple(single), several)


def _of_silent(steps: Iterable[Step], cells: int) -> list[int]:
    """Return the number of the text before the first cell and in each, where the markup itself prints nothing."""
    said = [-1] * (1 + cells)
    cell = 0
    for number, step in enumerate(steps):
        cell += len(step.cells)
        if step.is_printed:
            said[cell] = number
    return said


def _said(steps: Iterable[Step]) -> tuple[list[list[int]], tuple[str, ...]]:
    """Return the pieces of what is printed before the first cell and in each, and what the markup itself prints."""
    signs = _Signs()
    said: list[list[int]] = [[]]
    for number, step in enumerate(steps):
        if step.words:
            said[-1].append(signs.of(step.words))
        if step.cells:
            said += [[signs.of(text)] if text else [] for text in step.starts]
        if step.is_printed:
            said[-1].append(number)
    return said, signs.all()


def _shown(said: Sequence[T], laid: "_Laid") -> tuple[T, ...]:
    """Return what is printed before the first cell and in those that are shown."""
    return tuple(said) if len(laid.shown) + 1 == len(said) else (said[0], *(said[1 + cell] for cell in laid.shown))


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


@dataclass(frozen=True, slots=True)
class _Laid:
    """Where the cells of a table lie that are shown, and their numbers among all."""

    edges: Edges
    shown: tuple[int, ...]


def _laid(cells: tuple[CellMark, ...], widths: tuple[str | None, ...]) -> _Laid:
    tops = [number for number, cell in enumerate(cells) if cell.row is not None]
    edge = _kept_edges(widths)
    counts: list[int] = []
    lefts: list[int] = []
    rights: list[int] = []
    shown: list[int] = []
    for top, below in pairwise((*tops, len(cells))):
        row = cells[top].row
        if row is not None and not row.is_dropped:
            sides = [edge(column) for column in accumulate([c.span for c in cells[top:below]], initial=row.left_out)]
            counts.append(below - top)
            lefts += sides[:-1]
            rights += sides[1:]
            shown += range(top, below)
    continued = tuple([cells[cell].is_continued for cell in shown])
    return _Laid(Edges(tuple(counts), tuple(lefts), tuple(rights), continued), tuple(shown))


_kept_laid = lru_cache(maxsize=_KEPT_LONG)(_laid)
"""Which cells are blank changes what stands between two texts, and not where the cells lie."""

_kept_edges: Callable[[tuple[str | None, ...]], Callable[[int], int]] = lru_cache(maxsize=_KEPT_EDGES)(column_edges)

_Follower = Callable[[tuple[Step, ...], str | None], Course | None]
_kept_short: _Follower = lru_cache(maxsize=_KEPT_SHORT)(_course)
_kept_long: _Follower = lru_cache(maxsize=_KEPT_LONG)(_course)


def _keeper(steps: int) -> _Follower:
    if steps > _LONG:
        return _course
    return _kept_long if steps > _SHORT else _kept_short
