"""The form read by the shape of its tables: what was found once holds for every report that prints the same shape.

The reader looks at the shape with a symbol in place of each number, and so finds for each cell of the form the cell of
the tables that stands for it: a plan, which the texts of a document then fill. It cannot depend on numbers that it does
not see. Where it would have to look at them there is no plan, and the document is read by itself: sums that choose,
rows printed twice, values that two readings of a row place otherwise, the statistics table of 2014.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import NamedTuple

from extract.forms.cells import judged, value_of
from extract.forms.complete import is_complete
from extract.forms.engine import FormReading, Placement, place, read_form, scan_tables
from extract.forms.figures import TABLES
from extract.forms.presence import may_print_statistics
from extract.forms.second import RowName, flattened
from extract.forms.shape import Shape, is_small, taken_apart
from extract.forms.slots import Slot
from extract.forms.symbols import Print, document_of, has_symbol, is_spoiled, place_of, symbols_of
from extract.kept import Kept
from extract.labels import templates, vocabulary
from extract.ledger import Ledger, ledger_of
from extract.model import Document, Finding, FormCell, Grid, Number, State
from extract.templates import Template

_PLANS = 64
"""Shapes whose plan is kept, of at most a hundred KiB each: a reader is replaced after 200 documents."""

_TABLES_KEPT = 256
_COUNTS_KEPT = 4096


class Planned(NamedTuple):
    """A cell of the form for which one cell of the tables stands: the number of that cell, and the units."""

    table: str
    row: str
    item: str | None
    column: str
    state: State | None
    cell: int
    printed_unit: str
    unit: str


_PlannedCell = FormCell | Planned | Slot


@dataclass(frozen=True, slots=True)
class Plan:
    """How every document of one shape is read. Texts with symbols in them (slots, findings) are made out each time."""

    template: Template | None
    cells: tuple[_PlannedCell, ...]
    findings: tuple[Finding, ...]
    confirmed: frozenset[RowName]
    seconded: frozenset[str]
    ledger: Ledger | None
    is_complete: bool
    single: "_Single | None"

    def filled(self, printed: Print) -> FormReading:
        """Return the reading of a document."""
        findings = tuple(finding._replace(detail=printed.restored(finding.detail)) for finding in self.findings)
        cells = tuple(self._cells(printed))
        return FormReading(self.template, cells, findings, self.confirmed, self.seconded, self.ledger, self.is_complete)

    def _cells(self, printed: Print) -> Iterator[FormCell]:
        single = self.single.filled(printed) if self.single else iter(())
        for cell in self.cells:
            if isinstance(cell, Planned):
                yield next(single)
            elif isinstance(cell, FormCell):
                yield cell
            else:
                raw, at, text = map(printed.restored, (cell.raw, cell.at, cell.text))
                yield judged(cell._replace(raw=raw, at=at, text=text))


_COUNT = "件"
_counts = Kept(lambda text: value_of(text, "", _COUNT), _COUNTS_KEPT)

_CELL: Callable[[tuple[str, str, str | None, str, State, Number | None, str, str]], FormCell] = partial(
    tuple.__new__, FormCell
)


@dataclass(frozen=True, slots=True)
class _Single:
    """The planned cells of a shape field by field: all are filled at once, in a third of the time of one by one.

    By the number of the cell among these, ``others`` are the units of those that are not in 件, printed and wanted,
    and ``known`` the states that do not depend on a text.
    """

    heads: tuple[tuple[str, ...], tuple[str, ...], tuple[str | None, ...], tuple[str, ...]]
    cells: tuple[int, ...]
    others: tuple[tuple[int, str, str], ...]
    known: Mapping[int, State]

    def filled(self, printed: Print) -> Iterator[FormCell]:
        """Yield these cells of the form as a document prints them."""
        texts = [printed.texts[cell] for cell in self.cells]
        ats = [printed.ats[cell] for cell in self.cells]
        found = list(map(_counts.__getitem__, texts))
        for number, printed_unit, unit in self.others:
            found[number] = value_of(texts[number], printed_unit, unit)
        for number, state in self.known.items():
            found[number] = state, None
        states, values = zip(*found, strict=True)
        return map(_CELL, zip(*self.heads, states, values, texts, ats, strict=True))


def _single(cells: Iterable[_PlannedCell]) -> _Single | None:
    planned = [cell for cell in cells if isinstance(cell, Planned)]
    if not planned:
        return None
    tables, rows, items, columns, states, numbers, printed_units, wanted = zip(*planned, strict=True)
    known = {number: state for number, state in enumerate(states) if state is not None}
    units = enumerate(zip(printed_units, wanted, strict=True))
    others = tuple((number, *pair) for number, pair in units if pair != ("", _COUNT))
    return _Single((tables, rows, items, columns), numbers, others, known)


def read_twice(document: Document, year: int | None = None) -> FormReading:
    """Read the tables of an annual report by their columns, and once more by nothing but the order of their cells.

    The same as ``read_form(document, year, flattened(document))``.
    """
    tables = [taken_apart(block) for block in document.blocks if isinstance(block, Grid)]
    if not _can_be_planned(document, [table.shape for table in tables]):
        return read_form(document, year, flattened(document))
    speaking = [table for table in tables if not _is_silent(table.shape)]
    plan = _plan(tuple(table.shape for table in speaking), _first_alike(year))
    if plan is None:
        return read_form(document, year, flattened(document))
    texts = [text for table in speaking for text in table.texts]
    return plan.filled(Print(texts, [at for table in speaking for at in table.ats]))


def _can_be_planned(document: Document, shapes: Sequence[Shape]) -> bool:
    if document.is_recognised or not is_small([text for shape in shapes for text in shape.texts]):
        return False
    return not may_print_statistics(document, vocabulary(), [shape.texts for shape in shapes])


def forget() -> None:
    """Drop the plans that are kept: the next document is read as the first of its shape. It is read alike, but slower."""
    _plan.cache_clear()
    _is_silent.cache_clear()


@lru_cache(maxsize=_TABLES_KEPT)
def _is_silent(shape: Shape) -> bool:
    """Say whether a table has no row of the form and nothing to be told of it (发布机构, 索引号 beside the report)."""
    words = vocabulary()
    if any(words.row(text, TABLES) for text in shape.texts if text is not None):
        return False
    symbols = symbols_of((shape,))
    if symbols is None:
        return False
    document = document_of((shape,), symbols)
    scans = (scan_tables(reading, has_statistics=False) for reading in (document, flattened(document)))
    return not any(scan.rows or scan.findings for scan in scans)


@cache
def _turns() -> tuple[int, ...]:
    """Return the years in which another set of form years comes into force."""
    ends = (form.last_year + 1 for form in templates() if form.last_year is not None)
    return tuple(sorted({*ends, *(form.first_year for form in templates())}))


def _first_alike(year: int | None) -> int | None:
    """Return the first of the years in which the same forms are in force."""
    return None if year is None else max((turn for turn in _turns() if turn <= year), default=0)


@lru_cache(maxsize=_PLANS)
def _plan(shapes: tuple[Shape, ...], year: int | None) -> Plan | None:
    """Return the plan of a document's tables, or ``None`` where their numbers must be looked at."""
    symbols = symbols_of(shapes)
    if symbols is None:
        return None
    document = document_of(shapes, symbols)
    found = place(document, year, flattened(document), has_statistics=False)
    if found.by_numbers or _is_spoiled(found, symbols):
        return None
    places = {place_of(cell): cell for cell in range(len(symbols))}
    cells = tuple(_planned(slot, symbols, places) for slot in found.slots)
    template = found.template
    ledger = ledger_of(cells, template) if template else None
    complete = template is not None and is_complete(cells, template)
    return Plan(template, cells, found.findings, found.confirmed, found.seconded, ledger, complete, _single(cells))


def _is_spoiled(found: Placement, symbols: Sequence[str]) -> bool:
    """Say whether symbols could not be made out again, or stand together in a text: what their numbers are together,
    only they tell."""
    texts = {slot.text for slot in found.slots}.difference(symbols)
    told = {text for slot in found.slots for text in (slot.raw, slot.at)}.difference(symbols)
    return any(map(has_symbol, texts)) or any(map(is_spoiled, {*texts, *told, *(f.detail for f in found.findings)}))


def _planned(slot: Slot, symbols: Sequence[str], places: Mapping[str, int]) -> _PlannedCell:
    """Return a slot as what is left to do for it: nothing, to look at one cell, or to make out its texts."""
    cell = places.get(slot.at)
    if cell is None:
        return slot if any(map(has_symbol, (slot.raw, slot.text, slot.at))) else judged(slot)
    if slot.raw != symbols[cell] or slot.text not in (slot.raw, ""):
        return slot
    return Planned(*slot[:4], slot.state, cell, slot.printed_unit, slot.unit)
