"""The plain blocks of a WordprocessingML body, from its text.

Most blocks are paragraphs of runs, and tables of such paragraphs, written in the few ways that ``extract.office.word_markup``
knows. A tree of elements takes longer to build than the text to be cut. A block with anything else in it that
could change what is printed (a field, a text box, struck-out words, a table in a cell) is not plain: it is left to the
walk of ``extract.office.word``, which gives the same for plain blocks too.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, islice, repeat

from extract.errors import TooBigError
from extract.limits import MAX_GRID_CELLS
from extract.office.placing import PrintedCell
from extract.office.table import PrintedTable, printed_text
from extract.office.word_columns import column_edges
from extract.office.word_markup import PRINTED, UNPRINTED, WRAPPERS, CellMark, Place, RowMark, Step, step
from extract.office.word_source import TEXT, Element, UnusualError, elements, next_element, unescaped, whole

_FRAMES = 4
"""Layout tables in each other that are taken apart; what is nested deeper is walked over."""

_HOLDERS = frozenset(("w:p", *(f"w:{name}" for name in (*WRAPPERS, "altChunk"))))
"""Elements beside tables that may print something where they are no plain paragraphs."""

_NEVER_FRAMED = ("<w:hMerge", "<w:del", "<w:hidden")
_WITH_TEXT = PRINTED | UNPRINTED
_WITH_CELL: frozenset[Place] = frozenset(("new cell", "cell", "filled"))
_PRINTED_CELL: Callable[[tuple[int, int, str, bool, str]], PrintedCell] = partial(tuple.__new__, PrintedCell)


@dataclass(frozen=True, slots=True)
class Odd:
    """A block that is not plain, as its source."""

    source: str


PlainBlock = str | PrintedTable | Odd


def plain_blocks(source: str, frames: int = _FRAMES) -> Iterator[PlainBlock]:
    """Yield what the elements of a body print; of a layout table what stands in its cells.

    Raises ``UnusualError`` where the elements cannot be told apart, ``TooBigError`` past ``MAX_GRID_CELLS``.
    """
    position = 0
    while element := next_element(source, position):
        block = _plain(element.name, source[element.start : element.end])
        if block is None:
            # What seemed to be its end may be that of an element in it.
            element = whole(source, element)
            yield from _not_plain(element, source, frames)
        else:
            yield block
        position = element.end


def _plain(name: str, source: str) -> str | PrintedTable | None:
    if name == "w:p":
        return _paragraph(source)
    return _table(source) if name == "w:tbl" else None


def _not_plain(element: Element, source: str, frames: int) -> Iterator[PlainBlock]:
    cells = _cells_of_frame(source[element.inside : element.close]) if element.name == "w:tbl" and frames else []
    if cells:
        for cell in cells:
            yield from plain_blocks(cell, frames - 1)
    elif element.name == "w:tbl" or element.name in _HOLDERS or not element.name.startswith("w:"):
        yield Odd(source[element.start : element.end])


def _paragraph(source: str) -> str | None:
    head, *texts = source.split(TEXT)
    words: list[str] = []
    begun = step("cell", head)
    is_plain = begun is not None and _written(begun, texts, words) == "filled"
    return "".join(words) if is_plain else None


def _written(begun: Step, texts: Iterable[str], words: list[str]) -> Place | None:
    """Add what is printed to the words, and return where that ends; ``None`` where it is not plain."""
    place = begun.place
    if begun.words:
        words.append(begun.words)
    for following in texts:
        text, _, markup = following.partition("</w:t>")
        if place in PRINTED:
            words.append(unescaped(text))
            place = "run"
        taken = step(place, markup)
        if taken is None or "<" in text or place not in _WITH_TEXT:
            return None
        place = taken.place
        if taken.words:
            words.append(taken.words)
    return place


@dataclass(slots=True)
class _Row:
    mark: RowMark
    cells: list[CellMark] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def _table(source: str) -> PrintedTable | None:
    *cells, tail = source.split("</w:tc>")
    place: Place = "outside"
    widths: tuple[str | None, ...] = ()
    rows: list[_Row] = []
    for cell in cells:
        head, *texts = cell.split(TEXT)
        words: list[str] = []
        begun = step(place, head)
        if begun is None or begun.cell is None or _written(begun, texts, words) not in _WITH_CELL:
            return None
        place = "row"
        widths = begun.widths or widths
        if begun.row is not None:
            rows.append(_Row(begun.row))
        rows[-1].cells.append(begun.cell)
        rows[-1].texts.append(printed_text(words[0] if len(words) == 1 else "".join(words)))
    end = step(place, tail)
    return _printed(rows, widths) if end is not None and end.place == "after" and end.row is None else None


def _printed(rows: Iterable[_Row], widths: tuple[str | None, ...]) -> PrintedTable:
    """Return a table without the rows that are not shown."""
    edge = column_edges(widths)
    printed = []
    for row in rows:
        if not row.mark.is_dropped:
            spans, continued = zip(*row.cells, strict=True)
            edges = list(map(edge, accumulate(spans, initial=row.mark.left_out)))
            cells = zip(edges, edges[1:], row.texts, continued, repeat(""), strict=False)
            printed.append(tuple(map(_PRINTED_CELL, cells)))
    return PrintedTable(printed)


def _cells_of_frame(inside: str) -> list[str]:
    """Return the insides of the cells of a table that only lays tables of several cells out, or an empty list."""
    holds_table = "<w:tbl>" in inside or "<w:tbl " in inside
    if not holds_table or any(odd in inside for odd in _NEVER_FRAMED):
        return []
    try:
        cells = list(_cells(inside))
        found = ((cell, element) for cell in cells for element in elements(cell) if element.name == "w:tbl")
        is_frame = any(_is_several(cell[element.inside : element.close]) for cell, element in found)
    except UnusualError:
        return []
    if len(cells) > MAX_GRID_CELLS:
        raise TooBigError(f"more than MAX_GRID_CELLS = {MAX_GRID_CELLS} table cells")
    return cells if is_frame else []


def _is_several(inside: str) -> bool:
    return len(list(islice(_cells(inside), 2))) > 1


def _cells(inside: str) -> Iterator[str]:
    """Yield the insides of a table's cells. Raises ``UnusualError`` where anything stands beside them."""
    for row in _insides(inside, "w:tr", ("w:tblPr", "w:tblGrid")):
        yield from _insides(row, "w:tc", ("w:trPr", "w:tblPrEx"))


def _insides(source: str, name: str, beside: Collection[str]) -> list[str]:
    """Return the insides of the elements of a name, where nothing but properties stands beside them."""
    found = elements(source)
    if any(element.name != name and element.name not in beside for element in found):
        raise UnusualError
    return [source[element.inside : element.close] for element in found if element.name == name]
