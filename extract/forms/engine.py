"""The form reader: scan every grid, settle what is ambiguous, lay the rows out in template order."""

import operator
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cache

from extract.forms import disclosure, requests, review, statistics
from extract.forms.aligned import ColumnMap
from extract.forms.canvas import Canvas, is_blank, is_text
from extract.forms.cells import judged, lay_out
from extract.forms.doubts import cells_of, in_known_columns, once, without_group_values
from extract.forms.entries import TABLE as STATISTICS
from extract.forms.flattened.disclosure import scan_disclosure
from extract.forms.flattened.requests import scan_requests
from extract.forms.flattened.review import scan_review
from extract.forms.flattened.rows import lines
from extract.forms.flattened.split_figures import beside_split
from extract.forms.order import notes_on_order
from extract.forms.second import RowName, compare
from extract.forms.settle import settle
from extract.forms.slots import FormRow, Scan, Slot, note
from extract.forms.unlabelled import beside_unlabelled
from extract.labels import Vocabulary, templates, vocabulary
from extract.ledger import Ledger
from extract.model import Document, Finding, FormCell, Grid, State
from extract.sums import OTHER_PROCESSING
from extract.templates import Template
from extract.text import compact

_CellName = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class FormReading:
    """The cells of the form in template order, the template they were read by, and what was noticed.

    ``confirmed`` names the rows (table, row, item) that a second, independent reading gave alike, ``seconded`` the tables
    of which there is one. Where other reports of the same shape were read, ``ledger`` is that of the cells and ``complete``
    says whether every row of the template is printed with all its columns.
    """

    template: Template | None
    cells: tuple[FormCell, ...]
    findings: tuple[Finding, ...]
    confirmed: frozenset[RowName] = frozenset()
    seconded: frozenset[str] = frozenset()
    ledger: Ledger | None = field(default=None, compare=False)
    complete: bool | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Placement:
    """What stands for each cell of the form, before any text is judged; the rest as in ``FormReading``.

    ``by_numbers``: printed numbers had a say in it (sums chose, rows were printed twice), not only their places. ``rows``
    are those of the first reading alone.
    """

    template: Template | None
    slots: tuple[Slot, ...]
    findings: tuple[Finding, ...]
    confirmed: frozenset[RowName] = frozenset()
    seconded: frozenset[str] = frozenset()
    by_numbers: bool = False
    rows: tuple[FormRow, ...] = ()


def read_form(document: Document, year: int | None = None, second: Document | None = None) -> FormReading:
    """Read the tables of an annual report. ``year`` decides the template only where the labels do not."""
    found = place(document, year, second)
    return FormReading(found.template, tuple(map(judged, found.slots)), found.findings, found.confirmed, found.seconded)


def place(document: Document, year: int | None = None, second: Document | None = None) -> Placement:
    """Find what stands for each cell of the form, in a document and where there is one in a second reading of it."""
    scan = scan_tables(document)
    has_statistics = any(row.table == STATISTICS for row in scan.rows)
    others = scan_tables(second, has_statistics).rows if second and scan.rows else ()
    return arranged(scan, others, year, "unreadable" if document.is_recognised else "absent")


def arranged(scan: Scan, again: tuple[FormRow, ...], year: int | None, missing: State = "absent") -> Placement:
    """Arrange the rows found in a document, and ``again`` in a second reading of it, as the form has them.

    ``missing`` is the state of a row that was not found.
    """
    template = choose_template(scan.rows, year)
    if template is None:
        return Placement(None, (), scan.findings)
    printed, repeats = once(scan.rows)
    known, strangers = in_known_columns(printed)
    rows, doubts = without_group_values(known)
    others, doubled = once(again)
    compared, confirmed = compare(rows, others)
    settled, decisions = settle(compared, template)
    slots = tuple(lay_out(settled, template, missing))
    strange = (*notes_on_order(printed, template), *_left_out(settled, template))
    noticed = (*scan.findings, *repeats, *strangers, *doubts, *decisions, *strange)
    by_numbers = bool(repeats or doubled or decisions) or any(row.by_numbers for row in (*rows, *others))
    by_numbers = by_numbers or any(row.lost for row in rows)
    seconded = frozenset(row.table for row in others)
    return Placement(template, slots, noticed, confirmed, seconded, by_numbers, tuple(rows))


def seconded_by(rows: Sequence[FormRow], again: Iterable[FormRow]) -> tuple[frozenset[RowName], frozenset[str]] | None:
    """Return what a second reading confirms of the rows of a ``Placement``, and of which tables there is one; ``None``
    where it has anything else to say."""
    others, doubled = once(again)
    compared, confirmed = compare(list(rows), others)
    if doubled or any(row.by_numbers for row in others) or any(map(operator.is_not, compared, rows)):
        return None
    return confirmed, frozenset(row.table for row in others)


def scan_tables(document: Document, has_statistics: bool = True) -> Scan:
    """Find the rows of the form in every table of a document, those of the statistics table where it may have one."""
    total = Scan()
    column_map: ColumnMap | None = None
    of_2014 = statistics.scan(document, vocabulary()) if has_statistics else {}
    for index, block in enumerate(document.blocks):
        found = of_2014.get(index, Scan())
        if isinstance(block, Grid):
            others, column_map = scan_table(block, column_map, found.claimed)
            found += Scan(findings=tuple(_beside_bare(block, found))) + _without(others, found)
        total += found
    return total + Scan(findings=tuple(beside_split(total)))


def _beside_bare(grid: Grid, found: Scan) -> Iterator[Finding]:
    """Yield a note for each row of the statistics table beside figures without a label: a line broken within a number."""
    if not found.rows:
        return iter(())
    left = [row for row in range(grid.rows) if row not in found.claimed]
    return beside_unlabelled(Canvas(grid), left, found.rows)


def scan_table(
    grid: Grid, before: ColumnMap | None, accounted: frozenset[int] = frozenset()
) -> tuple[Scan, ColumnMap | None]:
    """Find the rows of the form in a table, of which some grid rows are accounted for.

    ``before`` has the applicants' columns of a table above that this one may go on with; they come back with those of
    this table, for the next.
    """
    words = vocabulary()
    if grid.aligned:
        return _scan_aligned(Canvas(grid), words, before, accounted)
    return _scan_sequence(grid, words, accounted), before


def _without(others: Scan, found: Scan) -> Scan:
    """Leave out rows already read as another table's: the forms share some labels (涉及国家秘密)."""
    places = {row.at for row in found.rows}
    rows = tuple(row for row in others.rows if row.at not in places)
    gone = [row for row in others.rows if row.at in places]
    # Of a table without rows there is nothing to say.
    taken = {(row.table, row.row) for row in gone} | {(row.table, None) for row in gone}
    taken -= {(row.table, None) for row in rows}
    kept = tuple(said for said in others.findings if (said.where.get("table"), said.where.get("row")) not in taken)
    return Scan(rows, kept, others.claimed)


def _scan_aligned(
    canvas: Canvas, words: Vocabulary, before: ColumnMap | None, accounted: frozenset[int]
) -> tuple[Scan, ColumnMap | None]:
    in_requests, column_map = requests.scan(canvas, words, before)
    found = in_requests + disclosure.scan(canvas, words) + review.scan(canvas, words)
    if not found.rows:
        return found, column_map
    left = [row for row in range(canvas.grid.rows) if row not in found.claimed | accounted]
    doubted = beside_unlabelled(canvas, left, found.rows)
    return found + Scan(findings=(*_unknown(canvas, left), *doubted)), column_map


def _unknown(canvas: Canvas, left: list[int]) -> Iterator[Finding]:
    """Report every row of a form table that prints values under a label nobody knows."""
    for row in left:
        cells = canvas.rows[row]
        texts = [compact(cell.text) for cell in cells if is_text(cell)]
        values = [cell.text for cell in cells if not is_text(cell) and not is_blank(cell)]
        if values:
            yield note("unknown_label", f"{' / '.join(texts)}: {' | '.join(values)} at {cells[0].at}")


def _scan_sequence(grid: Grid, words: Vocabulary, accounted: frozenset[int]) -> Scan:
    rows = lines(grid)
    found = scan_requests(rows, words) + scan_disclosure(rows, words) + scan_review(rows, words)
    if not found.rows:
        return found
    unknown = [line for line in rows if line.filled and line.index not in found.claimed | accounted]
    doubted = beside_unlabelled(Canvas(grid), [line.index for line in unknown], found.rows) if unknown else ()
    noticed = (note("unknown_label", f"{line.text}: {line.raw()} at {line.at()}") for line in unknown)
    return found + Scan(findings=(*noticed, *doubted))


def choose_template(rows: tuple[FormRow, ...], year: int | None) -> Template | None:
    """Return the template whose labels the document prints.

    The disclosure table decides (its columns changed in 2021): first its rows that print just the form's columns, for
    a report on one form may keep a header of the other. Then the other tables, the year, the newest form.
    """
    printed = {(row.table, row.row, column) for row in rows for column in row.columns}
    if not printed:
        return None
    whole = [(row.row, row.columns) for row in rows if row.table == disclosure.TABLE and row.item is None]
    return max(
        templates(),
        key=lambda form: (
            sum(row in _disclosure_rows(form) for row in whole),
            *_fit(_telling(printed, year), cells_of(form)),
            _in_force(form, year),
            form.first_year,
        ),
    )


def _telling(printed: set[_CellName], year: int | None) -> set[_CellName]:
    """Return the cells that tell the forms apart: reports on the newest form, too, print （六）其他处理 as one row."""
    if year is None or not _in_force(templates()[0], year):
        return printed
    return {cell for cell in printed if cell[1] != OTHER_PROCESSING}


def _left_out(rows: list[FormRow], template: Template) -> list[Finding]:
    """Report what the chosen form does not have: rows of other tables, which are not its figures, and columns that
    stand under another form's header."""
    mine = {table.name for table in template.tables}
    own_rows = {(table.name, row.name) for table in template.tables for row in table.rows}
    own = cells_of(template)
    return [
        note(
            "other_form", f"{_of_other_form(row, mine, template)}: {row.raw} at {row.at}", table=row.table, row=row.row
        )
        for row in rows
        if row.table not in mine
        or ((row.table, row.row) in own_rows and any((row.table, row.row, name) not in own for name in row.columns))
    ]


def _of_other_form(row: FormRow, mine: Set[str], template: Template) -> str:
    what = "columns" if row.table in mine else "a row"
    return f"{what} of another form year than {template.name}"


def _fit(printed: set[_CellName], form: frozenset[_CellName]) -> tuple[int, int]:
    decisive = {cell for cell in printed if cell[0] == disclosure.TABLE}
    return len(decisive & form), len(printed & form)


@cache
def _disclosure_rows(template: Template) -> frozenset[tuple[str, tuple[str, ...]]]:
    tables = (table for table in template.tables if table.name == disclosure.TABLE)
    return frozenset((row.name, tuple(column.name for column in row.columns)) for table in tables for row in table.rows)


def _in_force(template: Template, year: int | None) -> bool:
    if year is None:
        return template.last_year is None
    return template.first_year <= year <= (template.last_year or year)
