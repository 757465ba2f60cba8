"""The form read by the shape of its tables: what was found once holds for every report that prints the same shape.

The reader looks at the shape with a symbol in place of each figure, and so finds for each cell of the form the cell of
the tables that stands for it: a plan, which the texts of a document then fill. It cannot depend on figures that it does
not see. Where it would have to look at them there is no plan, and the document is read by itself: sums that choose,
rows printed twice, values that two readings of a row place otherwise, the statistics table of 2014.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import chain

from extract.forms.aligned import ColumnMap
from extract.forms.cells import judged
from extract.forms.complete import is_complete
from extract.forms.engine import FormReading, Placement, arranged, read_form, seconded_by
from extract.forms.figures import TABLES
from extract.forms.filling import Plan, Planned, PlannedCell, single
from extract.forms.national import printings
from extract.forms.presence import may_print_statistics
from extract.forms.second import RowName, flattened
from extract.forms.shape import Printed, Shape, is_small, taken_apart
from extract.forms.slots import FormRow, Scan, Slot
from extract.forms.symbols import TABLES as MOST_TABLES
from extract.forms.symbols import cell_at, has_symbol, is_spoiled, place_of
from extract.forms.tables import TableReading, known_table
from extract.labels import templates, vocabulary
from extract.ledger import ledger_of
from extract.model import Document, Grid

_PLANS = 64
"""Shapes whose plan is kept, of at most a hundred KiB each: a reader is replaced after 200 documents."""

_TABLES_KEPT = 256
_FROM_START = 2
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")


def read_twice(document: Document, year: int | None = None) -> FormReading:
    """Read the tables of an annual report by their columns, and once more by nothing but the order of their cells.

    The same as ``read_form(document, year, flattened(document))``.
    """
    ready()
    tables = [taken_apart(block) for block in document.blocks if isinstance(block, Grid)]
    found = _by_plan(tables, year) if _can_be_planned(document, [table.shape for table in tables]) else None
    return read_form(document, year, flattened(document)) if found is None else found


def _by_plan(tables: Sequence[Printed], year: int | None) -> FormReading | None:
    """Read the tables of a document by the plan of their shape, or return ``None`` where there is none."""
    speaking = [(table, blanks) for table in tables if not _is_silent(table.shape, blanks := table.blanks())]
    readings = list(_readings(speaking))
    if len(readings) < len(speaking):
        return None
    plan = _plan(tuple(readings), _first_alike(year))
    if plan is None:
        return None
    if plan.tells_words and (said := [table.as_printed() for table in tables]) != tables:
        return _by_plan(said, year)
    texts = [text for table, _ in speaking for text in table.texts]
    ats = [at for table, _ in speaking for at in table.ats]
    gaps = (reading.gaps(blanks) for reading, (_, blanks) in zip(readings, speaking, strict=True))
    return plan.filled(texts, ats, set(chain.from_iterable(gaps)))


def _can_be_planned(document: Document, shapes: Sequence[Shape]) -> bool:
    if document.is_recognised or len(shapes) > MOST_TABLES:
        return False
    if not is_small([text for shape in shapes for text in shape.texts]):
        return False
    return not may_print_statistics(document, vocabulary(), [shape.texts for shape in shapes])


def _readings(tables: Sequence[tuple[Printed, Sequence[int]]]) -> Iterator[TableReading]:
    """Yield the reading of each table, up to one of which nothing can be known."""
    column_map: ColumnMap | None = None
    for number, (table, blanks) in zip(_numbers(len(tables)), tables, strict=True):
        known = known_table(table.shape, number, None)
        if known is not None and known.may_go_on and column_map is not None:
            known = known_table(table.shape, number, column_map)
        if known is None:
            return
        reading = known.reading(blanks)
        column_map = reading.column_map if known.may_go_on else column_map
        yield reading


def _numbers(tables: int) -> list[int]:
    """Number tables from both ends: the last one is then known also where another is cut in two before it."""
    return [*range(min(tables, _FROM_START)), *range(MOST_TABLES - max(0, tables - _FROM_START), MOST_TABLES)]


@cache
def ready() -> None:
    """Find the plans of the national form, so that the first report that prints it just so is read by one too.

    It is done before the first document is read, and takes as long as reading four.
    """
    for template in templates():
        for tables in printings(template):
            _by_plan(list(map(taken_apart, tables)), template.first_year)


def forget() -> None:
    """Drop the plans that are kept, as if no document had been read. The next ones are read alike, but slower."""
    ready.cache_clear()
    _plan.cache_clear()
    _unseconded.cache_clear()
    _is_silent.cache_clear()
    known_table.cache_clear()


@lru_cache(maxsize=_TABLES_KEPT)
def _is_silent(shape: Shape, blanks: tuple[int, ...]) -> bool:
    """Say whether a table has no row of the form and nothing to be told of it (发布机构, 索引号 beside the report)."""
    words = vocabulary()
    if any(words.row(text, TABLES) for text in shape.texts if text is not None):
        return False
    known = known_table(shape, 0, None)
    if known is None:
        return False
    reading = known.reading(blanks)
    return not (reading.rows or reading.findings or reading.again)


@cache
def _turns() -> tuple[int, ...]:
    """Return the years in which another set of form years comes into force."""
    ends = (form.last_year + 1 for form in templates() if form.last_year is not None)
    return tuple(sorted({*ends, *(form.first_year for form in templates())}))


def _first_alike(year: int | None) -> int | None:
    """Return the first of the years in which the same forms are in force."""
    return None if year is None else max((turn for turn in _turns() if turn <= year), default=0)


@lru_cache(maxsize=_PLANS)
def _plan(tables: tuple[TableReading, ...], year: int | None) -> Plan | None:
    """Return the plan of a document's tables, or ``None`` where their figures must be looked at."""
    known = _unseconded(tuple([table.whole or table for table in tables]), year)
    if known is None:
        return None
    found, plan = known
    again = tuple([row for table in tables for row in table.again])
    said = seconded_by(found.rows, again)
    if said is None:
        found = arranged(_scan(tables), again, year)
        other = _made(found, tables)
        return (
            None
            if other is None
            else _seconded(other, (found.confirmed, found.seconded), (*found.rows, *again), tables)
        )
    return _seconded(plan, said, (*found.rows, *again), tables)


@lru_cache(maxsize=_PLANS)
def _unseconded(tables: tuple[TableReading, ...], year: int | None) -> tuple[Placement, Plan] | None:
    """Return what there is of a plan before their second reading is looked at: which rows print anything does not matter."""
    found = arranged(_scan(tables), (), year)
    plan = _made(found, tables)
    return None if plan is None else (found, plan)


def _scan(tables: Iterable[TableReading]) -> Scan:
    rows, findings = zip(*((table.rows, table.findings) for table in tables), strict=True) if tables else ((), ())
    return Scan(tuple(chain.from_iterable(rows)), tuple(chain.from_iterable(findings)))


def _made(found: Placement, tables: Sequence[TableReading]) -> Plan | None:
    texts = [text for table in tables for text in table.texts]
    numbers = {cell: number for number, cell in enumerate(cell for table in tables for cell in table.cells)}
    places = {place_of(cell): number for cell, number in numbers.items()}
    if found.by_numbers or _is_spoiled(found, texts, places):
        return None
    cells = tuple([_planned(slot, texts, places) for slot in found.slots])
    template = found.template
    ledger = ledger_of(cells, template) if template else None
    complete = template is not None and is_complete(cells, template)
    nothing = frozenset[RowName](), frozenset[str]()
    return Plan(
        template, cells, found.findings, *nothing, ledger, complete, single(cells), numbers, {}, _tells_words(found)
    )


def _seconded(
    plan: Plan, said: tuple[frozenset[RowName], frozenset[str]], rows: Iterable[FormRow], tables: Sequence[TableReading]
) -> Plan:
    """Return a plan with what a second reading confirmed of the rows of both."""
    confirmed, seconded = said
    mine = [row for row in rows if (row.table, row.row, row.item) in confirmed]
    run_of = {cell: run for table in tables for cell, run in zip(table.cells, table.runs, strict=True)}
    return replace(plan, confirmed=confirmed, seconded=seconded, runs=_runs(mine, run_of))


def _tells_words(found: Placement) -> bool:
    """Say whether words that are printed in the tables may be among what a reading says of them."""
    told = chain.from_iterable((slot.raw, slot.text, slot.item or "") for slot in found.slots)
    return any(map(_IDEOGRAPH.search, chain(told, (said.detail for said in found.findings))))


def _runs(rows: Iterable[FormRow], run_of: Mapping[int, int]) -> dict[int, frozenset[RowName]]:
    """Return for each run of values the rows that have a value in it."""
    found: dict[int, set[RowName]] = {}
    for row in rows:
        for run in {run_of[cell_at(value.at)] for value in row.options[0]}:
            found.setdefault(run, set()).add((row.table, row.row, row.item))
    return {run: frozenset(held) for run, held in found.items()}


def _is_spoiled(found: Placement, texts: Sequence[str], places: Mapping[str, int]) -> bool:
    """Say whether symbols could not be made out again, or stand together in a text: what their numbers are together,
    only they tell."""
    others = {slot.text for slot in found.slots}.difference(texts)
    told = {text for slot in found.slots for text in (slot.raw, slot.at)}.difference(texts, places)
    return any(map(has_symbol, others)) or any(map(is_spoiled, {*others, *told, *(f.detail for f in found.findings)}))


def _planned(slot: Slot, texts: Sequence[str], places: Mapping[str, int]) -> PlannedCell:
    """Return a slot as what is left to do for it: nothing, to look at one cell, or to make out its texts."""
    cell = places.get(slot.at)
    if cell is None:
        return slot if any(map(has_symbol, (slot.raw, slot.text, slot.at))) else judged(slot)
    if slot.raw != texts[cell] or slot.text not in (slot.raw, ""):
        return slot
    return Planned(*slot[:4], slot.state, cell, slot.printed_unit, slot.unit)
